"""`leadqual describe` and `leadqual schema`."""

import json
import os
import subprocess
import sys

import pytest

from leadqual.playbook import loads
from leadqual.playbook.describe import describe
from leadqual.playbook.jsonschema import json_schema
from leadqual.presets import starter_text
from tests.cli.conftest import PLAYBOOK, SOURCES


@pytest.mark.parametrize(("language", "words"), [("en", "Who qualifies?"), ("es", "¿Quién")])
def test_describe_says_the_playbook_in_plain_sentences(desk, language, words):
    """What is printed is the text of `describe`, in either language."""
    path = desk.put("starter.toml", starter_text())
    result = desk.run("describe", str(path), "--language", language)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == describe(loads(starter_text()), language=language)
    assert words in result.stdout


def test_describe_writes_a_file(desk):
    """-o FILE.md takes the text, with LF line ends, and stdout says where it is."""
    target = desk.folder / "playbook.md"
    result = desk.run("describe", desk.playbook, "-o", str(target))
    assert result.exit_code == 0
    assert target.read_bytes().decode() == describe(loads(PLAYBOOK, format="toml"))
    assert result.stdout == f"Wrote {target}.\n"


@pytest.mark.parametrize("name", ["playbook.toml", "nowhere/a.md", "nowhere/a.json", "", "dir.md", "pipe.md", "x.csv"])
@pytest.mark.parametrize("command", ["describe", "schema"])
def test_output_that_cannot_be_written_is_wrong_usage(desk, name, command):
    """What is not there, no ordinary file, the playbook itself or named like other data is refused before the work."""
    (desk.folder / "dir.md").mkdir()
    os.mkfifo(desk.folder / "pipe.md")
    own = [desk.playbook] if command == "describe" else []
    result = desk.run(command, *own, "-o", str(desk.folder / name))
    assert result.exit_code == 2
    assert (desk.folder / "playbook.toml").read_text(encoding="utf-8") == PLAYBOOK
    assert (desk.folder / "pipe.md").is_fifo()


def test_describe_of_a_wrong_playbook_lists_its_problems(desk):
    """As everywhere: all of them, and 1."""
    result = desk.run("describe", str(desk.put("broken.toml", "schema = 1\nname = 7\n")))
    assert result.exit_code == 1
    assert "name" in result.stderr
    assert result.stdout == ""


def test_describe_wraps_on_a_terminal_only(desk):
    """A terminal gets lines as wide as it is, words whole, without the marks of Markdown."""
    path = desk.put("starter.toml", starter_text())
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "leadqual.cli", "describe", str(path)]
    environment = os.environ | {"PYTHONPATH": SOURCES, "TERM": "xterm", "COLUMNS": "60", "NO_COLOR": "1"}
    with subprocess.Popen(command, stdout=theirs, env=environment) as process:
        os.close(theirs)
        shown = b"".join(iter(lambda: _piece(ours), b"")).decode()
    os.close(ours)
    assert process.returncode == 0
    lines = shown.replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines()
    assert max(map(len, lines)) <= 60
    assert not any("**" in line or line.startswith("#") for line in lines)
    words = describe(loads(starter_text())).replace("#", "").replace("**", "").split()
    assert " ".join(lines).split() == words


def _piece(terminal):
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""


def test_describe_shows_hostile_names_as_codes(desk):
    """Names of the playbook command no terminal."""
    desk.put(
        "playbook.toml", PLAYBOOK.replace('"Boss"', '"\\u001b[31mBoss\\u0007"').replace('"small"', '"\\u001b]0;x"')
    )
    result = desk.run("describe", desk.playbook)
    assert result.exit_code == 0
    assert [c for c in result.stdout if not c.isprintable() and c != "\n"] == []
    assert "[31mBoss" in result.stdout


def test_schema_prints_the_json_schema_of_playbooks(desk):
    """It is the one that the library makes."""
    result = desk.run("schema")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == json_schema()


def test_schema_writes_a_file(desk):
    """-o FILE.json takes the same bytes that are printed."""
    target = desk.folder / "playbook.schema.json"
    result = desk.run("schema", "-o", str(target))
    assert result.exit_code == 0
    assert target.read_text(encoding="utf-8") == desk.run("schema").stdout
