"""A playbook: one document with one meaning and one fingerprint."""

from decimal import Decimal
from typing import Any

import pytest

from leadqual.errors import ModelError
from leadqual.playbook import FileFormat, Playbook, load_playbook, loads
from leadqual.scoring import ScoringModel
from tests.core.support import downloads, lead, scored

TEXT = """\
schema = 1
name = "small"
version = "2026.11"
day_starts = "-06:00"

[attributes]
job_title = { type = "text", weight = 3 }
employees = "integer"

[properties]
asset = "text"

[lists]
heads = ["CEO", "CTO"]

[fit]
max = 60
[[fit.criteria]]
when = { field = "job_title", op = "contains_word", value = "@heads", ignore_case = true }
points = 25
[[fit.tables]]
field = "employees"
bands = [{ below = 10, points = 0 }, { points = 6.50 }]
[fit.grades]
A = 30
B = 0

[interest]
decay = { half_life = 30 }
[[interest.rules]]
event = "download"
points = 10
distinct_by = "asset"
per = { days = 7, times = 2 }
weights = [1, 0.5]
group = "web"
[interest.groups.web]
max = 15
[interest.levels]
1 = 10
2 = 0

[combine]
fit = 0.4
interest = 0.6

[qualify]
hand_raise = ["demo_request"]
[qualify.mql]
when = { all = [{ field = "fit", op = "ge", value = 25 }, { field = "interest", op = "ge", value = 5 }] }

[columns.events]
at = "ts"
[files.leads]
missing = ["Select"]
"""
FINGERPRINT = "254d89ea9bffd6dd42ec8e0b8fa7360c71e88488dc0687a23d3a8d8082435a1d"


def _refused(text, **more):
    with pytest.raises(ModelError) as caught:
        loads(text, **more)
    return [f"{problem.where}: {problem.what}" for problem in caught.value.problems]


def test_document_becomes_a_playbook():
    """Name, version, model, columns and files come from one document."""
    playbook = loads(TEXT)
    assert (playbook.name, playbook.version) == ("small", "2026.11")
    assert playbook.columns == {"events": {"at": "ts"}}
    assert playbook.files == {"leads": FileFormat(missing=("Select",))}
    score = scored(playbook.model, downloads(0), of=lead(job_title="Cto, Acme", employees=50))
    assert (score.fit, score.interest, score.label, score.total) == (Decimal("31.5"), 10, "A1", Decimal("18.60"))
    assert score.qualifies == {"mql"}


def test_fingerprint_of_a_document_never_changes():
    """The same document has the same fingerprint in every release."""
    assert loads(TEXT).fingerprint == FINGERPRINT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("6.50", "65e-1"),
        ("6.50", "6.5"),
        ("points = 10\n", "points = 10.0\n"),
        ("[combine]\nfit = 0.4", '[combine]\nkind = "sum"\nfit = 0.40'),
        ('["CEO", "CTO"]', '[\n"CEO", # head\n"CTO" ]'),
        ("per = { days = 7, times = 2 }", "per = { times = 2, days = 7 }"),
        ('employees = "integer"', 'employees = { type = "integer", weight = 1 }'),
        ("ignore_case = true", "ignore_case = true, ignore_accents = false"),
    ],
)
def test_notation_does_not_change_the_fingerprint(old, new):
    """Numbers, order, defaults and comments may be written in several ways."""
    assert old in TEXT
    assert loads(TEXT.replace(old, new)).fingerprint == FINGERPRINT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("6.50", "6.51"),
        ("half_life = 30", "half_life = 31"),
        ('"2026.11"', '"2026.12"'),
        ('"ts"', '"time"'),
        ("B = 0", "C = 0"),
    ],
)
def test_meaning_changes_the_fingerprint(old, new):
    """What is read or said differently is another playbook."""
    assert loads(TEXT.replace(old, new)).fingerprint != FINGERPRINT


def test_playbook_is_written_and_read_back():
    """Canonical JSON reads back to an equal playbook, and is written the same again."""
    playbook = loads(TEXT)
    again = loads(playbook.to_json())
    assert again == playbook
    assert again.to_json() == playbook.to_json()
    assert again.model.fingerprint == playbook.model.fingerprint


def test_playbook_leaves_empty_tables_out():
    """The smallest document says three things."""
    smallest = loads('schema = 1\nname = "x"\nversion = "1"')
    assert smallest.to_json() == '{"name":"x","schema":1,"version":"1"}'
    assert smallest == Playbook(name="x", version="1", model=ScoringModel())


@pytest.mark.parametrize(
    "schema", ["", "schema = 0\n", "schema = 2\n", 'schema = "1"\n', "schema = true\n", "schema = 1.0\n"]
)
def test_other_schemas_are_refused(schema):
    """A document of a newer meaning is not guessed at."""
    text = schema + 'name = "x"\nversion = "1"\n[fit]\nmx = 1\n'
    assert _refused(text) == ["schema: schema 1 was expected"]
    with pytest.raises(ModelError, match="upgrade leadqual" if "2" in schema else "Write schema = 1"):
        loads(text)


def test_name_and_version_are_needed():
    """Both are texts; what is missing or wrong is listed with the rest."""
    assert _refused("schema = 1\nversion = 3\nextra = 1\n") == [
        "name: it is missing",
        "version: a text was expected",
        "extra: unknown table",
    ]


@pytest.mark.parametrize("name", ["play.toml", "play.TOML", "play.json", "play"])
def test_playbooks_are_files(tmp_path, name):
    """The ending says how a file is written; without one its beginning does."""
    path = tmp_path / name
    text = loads(TEXT).to_json() if name == "play.json" else TEXT
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert load_playbook(path) == load_playbook(str(path)) == loads(TEXT)


def test_files_that_cannot_be_read_are_model_errors(tmp_path):
    """A missing file, a folder, a name that cannot be one and a file too large are refused; only the name is shown."""
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * 3_000_000)
    for path in (tmp_path / "none.toml", tmp_path, "a\0b.toml", large):
        with pytest.raises(ModelError) as caught:
            load_playbook(path)
        assert str(tmp_path.parent) not in str(caught.value)


def test_json_files_are_no_toml(tmp_path):
    """A file is read as its ending says."""
    path = tmp_path / "play.json"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(ModelError, match="the JSON cannot be read"):
        load_playbook(path)


def test_playbook_is_a_value():
    """Equal documents are equal playbooks, and a playbook is never changed."""
    assert loads(TEXT) == loads(TEXT)
    playbook: Any = loads(TEXT)
    with pytest.raises(AttributeError):
        playbook.name = "y"
