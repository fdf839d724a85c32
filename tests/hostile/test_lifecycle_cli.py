"""Files and names that are meant to do something where lives are shown: on a screen, in a spreadsheet, in a page."""

import csv
import unicodedata

import pytest
from click.testing import CliRunner

from leadqual.cli.app import cli
from tests.hostile.canaries import leaks
from tests.hostile.living import LIVING
from tests.properties.written import as_json

NAMES = (
    "=cmd|' /C calc'!A0", "+1", "-1", "@x", "a;b", '"q', "{0.__class__}", "<script>alert(1)</script>", 'x"] --> y',
    "%%{init: {}}%%", "#quot; --> s9", "`r`; end\u2028x", "end note", "[red]x[/red]", "{{x}}", "\u202eback",
)  # fmt: skip
NOW = "2026-04-01T00:00:00Z"
HEAD = b"lead_id,at,verdict\n"
WRONG = {
    "nothing": b"",
    "NUL": b"\0" * 50,
    "other columns": b"a,b\n1,2\n",
    "no such verdict": HEAD + b"L1,2026-03-03T10:00:00Z,canary7f3a\n",
    "an escape": HEAD + b"L1,2026-03-03T10:00:00Z,\x1b[31mno\n",
    "an amount": b"lead_id,at,verdict,amount\nL1,2026-03-03T10:00:00Z,yes,1e999999\n",
    "a day": b"lead_id,at,verdict,wake_on\nL1,2026-03-03T10:00:00Z,maybe,9999-12-31\n",
    "no such day": HEAD + b"L1,2026-02-30T10:00:00Z,no\n",
    "a short row": HEAD + b"L1\n",
    "Latin-1": b"lead_id,at,verdict,reason\nL1,2026-03-03T10:00:00Z,no,\xf1canary7f3a\n",
    "an open quote": HEAD + b'"L1,2026-03-03T10:00:00Z,yes\n',
}
RIGHT = {
    "a mark": b"\xef\xbb\xbf" + HEAD + b"L1,2026-03-03T10:00:00Z,no\n",
    "semicolons": HEAD.replace(b",", b";") + b"L1;2026-03-03T10:00:00Z;no\n",
    "copies": HEAD + b"L1,2026-03-03T10:00:00Z,no\n" * 2,
    "a stranger": HEAD + b"L1,2026-03-03T10:00:00Z,no\nL9,2026-03-03T10:00:00Z,yes\n",
    "a verdict that cannot be": HEAD + b"L1,2026-03-03T10:00:00Z,no\nL1,2026-03-04T10:00:00Z,yes\n",
}


def _run(*arguments):
    """Run a command; what it shows can be printed anywhere, and nothing but an exit code comes out."""
    result = CliRunner().invoke(cli, [*map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert not [c for c in result.output if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    assert not leaks(result.output)
    return result


def _rows(path, head, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *rows])
    return path


@pytest.fixture
def playbook(tmp_path):
    """Return the path of a playbook of lives."""
    path = tmp_path / "playbook.json"
    path.write_text(as_json(LIVING), encoding="utf-8")
    return path


@pytest.fixture
def base(tmp_path):
    """Return the options for a base whose ids and reasons are hostile."""
    names = [name for name in NAMES if name.isprintable()]
    at = "2026-03-03T10:00:00Z"
    leads = _rows(tmp_path / "leads.csv", ["lead_id", "acquisition"], [[name, "inbound"] for name in names])
    events = _rows(
        tmp_path / "events.csv",
        ["event_id", "lead_id", "kind", "at"],
        [[f"{name}1", name, "demo", "2026-03-02T10:00:00Z"] for name in names],
    )
    verdicts = _rows(
        tmp_path / "verdicts.csv",
        ["lead_id", "at", "verdict", "reason", "actor"],
        [[name, at, "maybe", name, name] for name in names],
    )
    return ["--leads", leads, "--events", events, "--verdicts", verdicts, "--now", NOW]


def test_history_of_hostile_names_is_safe_in_a_spreadsheet(tmp_path, playbook, base):
    """With the option for it no cell begins a formula; without it every text is as it came."""
    plain, safe = tmp_path / "plain.csv", tmp_path / "safe.csv"
    assert _run("history", playbook, *base, "-o", plain).exit_code == 0
    assert _run("history", playbook, *base, "-o", safe, "--safe-for-spreadsheets").exit_code == 0
    with plain.open(newline="", encoding="utf-8") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "=cmd|' /C calc'!A0" in cells
    with safe.open(newline="", encoding="utf-8") as file:
        texts = [row[name] for row in csv.DictReader(file) for name in ("lead_id", "transition", "reason", "label")]
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("language", ["en", "es"])
def test_life_of_a_hostile_name_is_told_as_text(playbook, base, language):
    """An id and a reason that look like markup or a formula are shown as they are, and do nothing."""
    for name in ("=cmd|' /C calc'!A0", "[red]x[/red]", "{0.__class__}"):
        result = _run("explain", playbook, *base, "--lead", name, "--history", "--language", language)
        assert result.exit_code == 0
        assert name in result.output


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("bad_rows", ["fail", "skip"])
def test_verdicts_that_cannot_be_read_are_named_by_file_and_row(tmp_path, playbook, name, bad_rows):
    """The place is named, what stood there is not; nothing is written."""
    leads = _rows(tmp_path / "leads.csv", ["lead_id", "acquisition"], [["L1", "inbound"]])
    path, out = tmp_path / "verdicts.csv", tmp_path / "out.csv"
    path.write_bytes(WRONG[name])
    result = _run(
        "history", playbook, "--leads", leads, "--verdicts", path, "--now", NOW, "--bad-rows", bad_rows, "-o", out
    )
    assert result.exit_code == 0 if out.exists() else "verdicts.csv" in result.output
    assert bad_rows == "skip" or (result.exit_code == 1 and not out.exists())


@pytest.mark.parametrize("name", RIGHT)
def test_verdicts_that_are_strange_but_right_are_taken(tmp_path, playbook, name):
    """Marks, separators, copies, strangers and verdicts out of place stop nobody."""
    leads = _rows(tmp_path / "leads.csv", ["lead_id", "acquisition"], [["L1", "inbound"]])
    path, out = tmp_path / "verdicts.csv", tmp_path / "out.csv"
    path.write_bytes(RIGHT[name])
    result = _run("history", playbook, "--leads", leads, "--verdicts", path, "--now", NOW, "-o", out)
    assert result.exit_code == 0
    assert "lost" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "mermaid", "toml"])
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_diagram_of_hostile_names_draws_what_it_says(tmp_path, playbook, name, form):
    """Names of transitions, reasons and SLAs add no line and no arrow to a drawing."""
    life = LIVING["lifecycle"]
    renamed = [life["transitions"][0] | {"name": name}, *life["transitions"][1:]]
    path = tmp_path / "hostile.json"
    path.write_text(as_json(LIVING | {"lifecycle": life | {"transitions": renamed}}), encoding="utf-8")
    drawn, plain = (_run("check", one, "--diagram", form) for one in (path, playbook))
    assert (drawn.exit_code, plain.exit_code) == (0, 0)
    if form == "mermaid":
        lines, before = drawn.output.split("\n"), plain.output.split("\n")
        assert len(lines) == len(before)
        assert [line.partition(" : ")[0] for line in lines] == [line.partition(" : ")[0] for line in before]
