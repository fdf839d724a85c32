"""``leadqual check --diagram``: the lifecycle of a playbook drawn."""

import pytest

from leadqual.playbook import loads
from tests.cli.conftest import PLAYBOOK

NASTY = "\x1b[31mred\x1b]0;t\x07 --> s0 : x\u202e"


def test_check_draws_a_table(desk):
    """--diagram shows what leads out of each stage, and ends with 0."""
    result = desk.run("check", desk.playbook, "--diagram")
    assert result.exit_code == 0
    assert result.stdout.startswith("lead: TOFU, cold; leads begin here\n  -> won ")
    assert "score for marketing" in result.stdout
    assert "no problems" not in result.stdout


def test_check_draws_a_table_as_wide_as_the_terminal(desk):
    """A wide terminal gets longer lines."""
    narrow, wide = (desk.run("check", desk.playbook, "--diagram", COLUMNS=width).stdout for width in ("80", "160"))
    assert len(wide.splitlines()) < len(narrow.splitlines())
    assert max(map(len, narrow.splitlines())) < 80


def test_check_writes_mermaid_to_a_pipe(desk):
    """--diagram mermaid writes the source and nothing else."""
    done = desk.spawn("check", desk.playbook, "--diagram", "mermaid")
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines()
    assert lines[0] == "---"
    assert "stateDiagram-v2" in lines
    assert lines[-1] == "  class s4,s5 ended"
    assert done.stderr == b""


def test_check_draws_in_spanish_with_the_words_of_the_team(desk):
    """--language and the playbook's labels hold for a diagram."""
    path = desk.put("es.toml", PLAYBOOK + '[labels.es]\nwon = "cliente"\n')
    text = desk.run("check", str(path), "--diagram", "--language", "es").stdout
    assert "-> cliente " in text
    assert "aquí empiezan los leads" in text
    assert "cliente" in desk.run("check", str(path), "--diagram", "mermaid", "--language", "es").stdout


@pytest.mark.parametrize("kind", ["text", "mermaid"])
def test_check_draws_hostile_names_as_codes(desk, kind):
    """A label commands no terminal and adds nothing to the drawing."""
    escaped = NASTY.encode("unicode_escape").decode("ascii").replace("\\x", "\\u00")
    path = desk.put("nasty.toml", PLAYBOOK + f'[labels.en]\nwon = "{escaped}"\nyes = "{escaped}"\n')
    assert loads(path.read_text(encoding="utf-8")).labels["en"]["won"] == NASTY
    result = desk.run("check", str(path), "--diagram", kind)
    assert result.exit_code == 0
    assert [c for c in result.stdout if not c.isprintable() and c != "\n"] == []
    plain = desk.run("check", desk.playbook, "--diagram", "mermaid").stdout
    if kind == "mermaid":
        assert result.stdout.count("-->") == plain.count("-->")


def test_check_draws_no_playbook_that_is_wrong(desk):
    """Its problems are listed instead, with 1."""
    path = desk.put("wrong.toml", PLAYBOOK.replace("points = 4", "points = true"))
    result = desk.run("check", str(path), "--diagram")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "points" in result.stderr


@pytest.mark.parametrize("more", [["--strict"], ["--json"], ["--now", "2026-03-01T00:00:00Z"], ["--data", "."]])
def test_check_refuses_other_questions_beside_a_diagram(desk, more):
    """What a diagram has nothing to do with is wrong usage."""
    result = desk.run("check", desk.playbook, "--diagram", "text", *more)
    assert result.exit_code == 2
    assert "drawn from the playbook alone" in result.stderr


def test_check_takes_a_language_for_a_diagram_only(desk):
    """The findings of a check are in English."""
    result = desk.run("check", desk.playbook, "--language", "es")
    assert result.exit_code == 2
    assert "--diagram" in result.stderr


def test_check_writes_the_table_out_as_toml(desk):
    """--diagram toml writes a table that can stand in the playbook: leads move by it as before."""
    result = desk.run("check", desk.playbook, "--diagram", "toml")
    assert result.exit_code == 0
    assert result.stdout.startswith("[[lifecycle.stages]]\n")
    own = desk.put("own.toml", f"{PLAYBOOK}\n{result.stdout}")
    assert loads(own.read_text(encoding="utf-8")).plan.transitions == loads(PLAYBOOK).plan.transitions
    assert desk.run("check", str(own), "--diagram").stdout == desk.run("check", desk.playbook, "--diagram").stdout


def test_check_writes_toml_in_no_language(desk):
    """A table that is to be loaded has no words to translate."""
    result = desk.run("check", desk.playbook, "--diagram", "toml", "--language", "es")
    assert result.exit_code == 2
    assert "the same in every language" in result.stderr
