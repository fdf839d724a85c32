from datetime import UTC, datetime

import pytest

from leadqual.errors import InputError
from leadqual.files import read_base, read_leads
from tests.files.support import NOW, lines, playbook, put

ATTRIBUTES = {"job_title": "text", "employees": "integer", "score": "number", "tags": "list", "open": "boolean"}


def leads(folder, content, book=None, **more):
    """Read leads from the content of a JSON Lines file."""
    path = put(folder, "leads.jsonl", content)
    return read_base(book or playbook(ATTRIBUTES), leads=path, now=NOW, **more)


@pytest.mark.parametrize("name", ["leads.jsonl", "leads.ndjson", "leads.jsonl.gz"])
def test_json_lines_give_typed_values(tmp_path, name):
    """Numbers, lists and booleans keep their types; null, absent, empty text and empty list are missing."""
    content = (
        '{"lead_id": 7, "job_title": "CTO", "employees": 12, "score": 1, "tags": ["a", "b"], "open": true, '
        '"x": {"y": [1]}}\r\n'
        "\n"
        '{"tags": [], "job_title": "", "employees": null, "lead_id": "007", "created_at": "2026-01-01T00:00:00Z"}\n'
    )
    found = read_leads(put(tmp_path, name, content, packed=name.endswith(".gz")), playbook(ATTRIBUTES), now=NOW)
    assert dict(found["7"].attributes) == {
        "job_title": "CTO",
        "employees": 12,
        "score": 1.0,
        "tags": ("a", "b"),
        "open": True,
    }
    assert dict(found["007"].attributes) == {}
    assert found["007"].created_at == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('{"lead_id": "L1", "lead_id": "L2"}', "a key stands twice in one object"),
        ('{"lead_id": "L1", "x": {"a": 1, "a": 2}}', "a key stands twice in one object"),
        ('{"lead_id": "L1", "score": NaN}', "NaN and infinities are no JSON"),
        ('{"lead_id": "L1", "score": -Infinity}', "NaN and infinities are no JSON"),
        ('{"lead_id": "L1"', "the line is no JSON"),
        ('{"lead_id": "L1"} {}', "the line is no JSON"),
        ("[" * 100_000, "the line is no JSON"),
        ('["L1"]', "the line is no object"),
        ("7", "the line is no object"),
        ('{"lead_id": "a\0b"}', "the text cannot be used: it holds a NUL character"),
    ],
)
def test_json_line_is_refused_when_it_is_no_certain_object(tmp_path, line, what):
    """The problem names the line; the others are read."""
    content = f'{{"lead_id": "L0"}}\n{line}\n'
    with pytest.raises(InputError) as caught:
        leads(tmp_path, content)
    (problem,) = lines(caught.value, tmp_path)
    assert problem.startswith(f"leads.jsonl:2: {what} (got a line")
    assert list(leads(tmp_path, content, bad_rows="skip").leads) == ["L0"]


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ('"employees": 12.0', "employees: a whole number was expected"),
        ('"employees": 1e400', "employees: a whole number was expected"),
        ('"score": 1e400', "score: a finite number was expected"),
        ('"employees": ' + "9" * 5000, "employees: a whole number was expected"),
        ('"employees": 9223372036854775808', "employees: the integer does not fit 64 bits"),
        ('"job_title": "\\ud800"', "job_title: the text cannot be used: it holds half of a surrogate pair"),
        ('"job_title": "a\\u0000"', "job_title: the text cannot be used: it holds a NUL character"),
        ('"job_title": {"a": 1}', "job_title: a text was expected"),
        ('"tags": [1]', "tags: a list of texts was expected"),
        ('"kind": "robot"', "kind: a known word was expected"),
        ('"created_at": "2026-01-01"', "created_at: an instant was expected, not a bare date"),
        ('"created_at": 1767225600', "created_at: the time is a number without a unit"),
    ],
)
def test_json_value_is_refused_when_it_is_of_another_type(tmp_path, cell, what):
    """The problem names line and key, and not the value."""
    with pytest.raises(InputError) as caught:
        leads(tmp_path, f'{{"lead_id": "L1", {cell}}}\n')
    (problem,) = lines(caught.value, tmp_path)
    assert problem.startswith(f"leads.jsonl:1:{what}")
    assert "robot" not in problem


def test_json_lines_without_a_needed_key_anywhere_are_one_problem(tmp_path):
    """A key that no object has is a matter of the file; one that some lack, of their rows."""
    with pytest.raises(InputError) as caught:
        leads(tmp_path, '{"leadid": "L1"}\n' * 500)
    (problem,) = lines(caught.value, tmp_path)
    assert problem == (
        "leads.jsonl: the column `lead_id` is needed (got 1 other columns). Did you mean `leadid`? "
        'Add under [columns.leads]: lead_id = "the file\'s name of it".'
    )
    with pytest.raises(InputError, match=r"leads\.jsonl:2:lead_id: a value is needed here"):
        leads(tmp_path, '{"lead_id": "L1"}\n{"job_title": "CTO"}\n')


def test_json_lines_warn_of_declared_keys_that_never_come(tmp_path):
    """A key that comes only in the last of many objects is not missing."""
    content = (
        '{"lead_id": "L1", "jobtitle": "x", "employees": 1, "tags": [], "open": 0}\n' * 300
        + '{"lead_id": "L2", "score": 1}\n'
    )
    report = leads(tmp_path, content).report
    assert [warning.replace(f"{tmp_path}/", "") for warning in report.warnings] == [
        "leads.jsonl has no column `job_title`: `job_title` is missing for all its leads. Did you mean `jobtitle`?"
    ]


def test_json_lines_that_are_empty_are_an_empty_base(tmp_path):
    """No line, no lead, no error."""
    assert leads(tmp_path, "").report.leads == 0


def test_json_lines_in_another_encoding_are_refused_at_the_line(tmp_path):
    """The hint is the encoding to name."""
    content = b'{"lead_id": "L1"}\n' + '{"lead_id": "León"}\n'.encode("cp1252")
    with pytest.raises(InputError, match=r"leads.jsonl:2: .*not utf-8"):
        leads(tmp_path, content)
    found = leads(tmp_path, content, playbook(leads={"encoding": "cp1252"}))
    assert list(found.leads) == ["L1", "León"]
