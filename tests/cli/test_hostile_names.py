"""Names that somebody less trusted wrote: they are shown as codes and command no terminal."""

import json

import pytest

NASTY = "\x1b[31mred\x1b]0;title\x07\x9b2J\u202e\x7f"
SHOWN = r"\x1b[31mred\x1b]0;title\x07\x9b2J\u202e\x7f"
ESCAPED = NASTY.encode("unicode_escape").decode("ascii").replace("\\x", "\\u00")
PLAYBOOK = f"""
schema = 1
name = "{ESCAPED}"
version = "{ESCAPED}"
attributes = {{ job_title = "text" }}
[fit]
criteria = [{{ name = "{ESCAPED}", when = {{ field = "job_title", op = "exists" }}, points = 20 }}]
gates = [{{ reason = "late", when = {{ field = "job_title", op = "eq", value = "{ESCAPED}" }} }}]
[interest]
rules = [
  {{ name = "{ESCAPED} rule", event = "{ESCAPED}", points = 4 }},
  {{ event = "other {ESCAPED}", points = 1 }},
]
"""


@pytest.fixture
def nasty(desk):
    """A playbook and a base whose every name and id holds control characters; options that name them."""
    desk.put("playbook.toml", PLAYBOOK)
    desk.put("leads.csv", f"lead_id,job_title,{NASTY}\n{NASTY},CEO,1\nL2,{NASTY},1\n")
    rows = f"{NASTY},{NASTY},{NASTY},2026-02-01T10:00:00Z\ne2,{NASTY},stranger {NASTY},2026-02-01T10:00:00Z\n"
    desk.put("events.csv", f"event_id,lead_id,kind,at\n{rows}")
    return desk


def controls(result):
    """Every character of the output that a terminal would obey, line ends apart."""
    return [c for c in result.stdout + result.stderr if not c.isprintable() and c != "\n"]


@pytest.mark.parametrize(
    "question", [["--since", "2026-02-01T00:00:00Z"], ["--forecast", "30"], ["--against", "playbook.toml"]]
)
@pytest.mark.parametrize("more", [[], ["--json"]])
@pytest.mark.parametrize("language", ["en", "es"])
def test_hostile_names_in_answers_are_shown_as_codes(nasty, question, more, language, monkeypatch):
    """What is asked of a lead is answered without a control character, in both languages."""
    monkeypatch.chdir(nasty.folder)
    args = ("--lead", NASTY, *nasty.files, *question, "--language", language, *more)
    result = nasty.run("explain", nasty.playbook, *args)
    assert result.exit_code == 0, result.stderr
    assert controls(result) == []


@pytest.mark.parametrize("more", [[], ["--json"]])
@pytest.mark.parametrize("command", ["check", "score", "explain"])
def test_hostile_names_are_shown_as_codes(nasty, command, more):
    """Rules, kinds, ids, the playbook's own name: none reaches the terminal as it is."""
    lead = ["--lead", NASTY] if command == "explain" else []
    result = nasty.run(command, nasty.playbook, *lead, *nasty.files, *more)
    assert result.exit_code == 0, result.stderr
    assert controls(result) == []
    if more:
        json.loads(result.stdout)
    else:
        assert SHOWN[:12] in result.stdout


def test_hostile_rule_name_stands_in_the_ledger(nasty):
    """The card shows it readable, as its codes."""
    out = nasty.run("explain", nasty.playbook, "--lead", NASTY, *nasty.files).stdout
    assert r"\x1b[31mred" in out
    assert "24.00" in out


def test_hostile_names_in_a_fitted_playbook_are_shown_as_codes(nasty):
    """`init` writes and prints kinds and columns of the files."""
    path = nasty.folder / "mine.toml"
    result = nasty.run("init", str(path), *nasty.files)
    assert result.exit_code == 0, result.stderr
    assert controls(result) == []
    assert [c for c in path.read_text(encoding="utf-8") if not c.isprintable() and c != "\n"] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[fit]", f'[lists]\n"{ESCAPED}" = 1\n[fit]'),
        ('job_title = "text"', f'"{ESCAPED}" = "{ESCAPED}"'),
        ("points = 4", f'points = 4, group = "{ESCAPED}"'),
        ('op = "exists"', f'op = "{ESCAPED}"'),
        ("[fit]", f'[fit]\n"{ESCAPED}" = 1'),
        ("[fit]", f'[columns.leads]\n"{ESCAPED}" = "{ESCAPED}"\n[fit]'),
        ("[fit]", f'[files.leads]\nzone = "{ESCAPED}"\n[fit]'),
        ("schema = 1", f'"a\\nb{ESCAPED}" = 1\nschema = 1'),
    ],
)
@pytest.mark.parametrize("command", ["check", "score"])
def test_hostile_names_in_problems_are_shown_as_codes(nasty, old, new, command):
    """A wrong playbook is told without its control characters, one line a problem."""
    nasty.put("playbook.toml", PLAYBOOK.replace(old, new, 1))
    result = nasty.run(command, nasty.playbook, *nasty.files)
    assert result.exit_code == 1
    assert controls(result) == []
    assert not any(line.startswith("b") for line in (result.stdout + result.stderr).splitlines())


def test_hostile_names_in_problems_of_files_are_shown_as_codes(nasty):
    """Rows that cannot be read name the file and the column as codes too."""
    nasty.put("playbook.toml", PLAYBOOK + f'[columns.events]\nat = "{ESCAPED}"\n')
    nasty.put("events.csv", f"event_id,lead_id,kind,{NASTY}\n1,{NASTY},{NASTY},{NASTY}\n")
    result = nasty.run("score", nasty.playbook, *nasty.files)
    assert result.exit_code == 1
    assert controls(result) == []
    assert r"events.csv:2:\x1b[31mred" in result.stderr
