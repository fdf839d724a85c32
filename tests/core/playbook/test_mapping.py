"""How a user's files differ from ours, as far as the document says it."""

from typing import Any

import pytest

from leadqual.playbook import mapping

FileFormat: Any = mapping.FileFormat
column_problems: Any = mapping.column_problems

SOUND: dict[str, Any] = {
    "zone": ["Europe/Madrid", "UTC", "America/Argentina/Buenos_Aires"],
    "unit": ["s", "ms", "us", "ns"],
    "dates": ["dd/mm/yyyy", "mm/dd/yyyy", "yyyy-mm-dd", "dd.mm.yyyy hh:mm:ss"],
    "decimal": [".", ","],
    "delimiter": [";", ",", "|", "\t"],
    "encoding": ["utf-8", "cp1252", "latin1", "UTF-16"],
    "missing": [(), ("Select", "")],
}
WRONG: dict[str, Any] = {
    "zone": ["Europe/Madird", "localtime", "../etc/passwd", "", 3, "x" * 201, "Europe", "\u00e9"],
    "unit": ["sec", 1],
    "dates": ["dd/yyyy/mm", "d/m/y", "dd/mm-yyyy", "dd/dd/yyyy", 3, "x" * 201],
    "decimal": [";", "", 3],
    "delimiter": ["a", "1", '"', "", ";;", " ", "\n", 3],
    "encoding": ["rot13", "base64", "utf-99", 3, "a\0", "x" * 201],
    "missing": ["Select", (1,), 3],
}


def _lines(problems):
    return [f"{problem.where}: {problem.what}" for problem in problems]


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in SOUND.items() for value in values])
def test_formats_take_what_files_have(name, value):
    """Every key has its notations."""
    assert not _lines(FileFormat(**{name: value}).problems("files.leads"))


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_formats_refuse_what_cannot_be_meant(name, value):
    """Each wrong key is one problem with its path and a hint."""
    (problem,) = FileFormat(**{name: value}).problems("files.leads")
    assert problem.where == f"files.leads.{name}"
    assert problem.hint


def test_missing_words_are_a_list_of_texts():
    """A list from a document becomes a tuple; whole cells are compared, so any text will do."""
    assert FileFormat(missing=["Select"]) == FileFormat(missing=("Select",))


def test_noon_needs_a_zone():
    """A bare date is read as noon somewhere."""
    assert not _lines(FileFormat(bare_dates="noon", zone="UTC").problems("f"))
    assert _lines(FileFormat(bare_dates="noon").problems("f")) == ["f.bare_dates: noon needs a zone"]
    assert _lines(FileFormat(bare_dates="midnight", zone="UTC").problems("f")) == ["f.bare_dates: `noon` was expected"]


def test_zones_suggest_the_one_that_was_meant():
    """A slip in a zone is recognised; without a likeness an example is given."""
    (near,) = FileFormat(zone="Europe/Madird").problems("f")
    (far,) = FileFormat(zone="0815").problems("f")
    assert near.hint == "Did you mean `Europe/Madrid`?"
    assert "Europe/Madrid" in far.hint


def test_columns_map_our_names_to_the_files():
    """Built-in columns and what is declared may be named, each with a text."""
    columns = {"leads": {"lead_id": "Id", "job": "Job"}, "events": {"at": "ts", "asset": "Asset"}}
    assert not _lines(column_problems(columns, attributes=["job"], properties=["asset"]))


def test_wrong_columns_are_listed():
    """Unknown tables, unknown names and names that are no text."""
    columns = {"lead": {}, "leads": 3, "events": {"tme": "x", "at": "", "kind": 3}}
    assert _lines(column_problems(columns)) == [
        "columns.lead: the table is not known",
        "columns.leads: a table was expected",
        "columns.events.tme: our name of the column is neither built in nor declared",
        "columns.events.at: the name of a column was expected",
        "columns.events.kind: the name of a column was expected",
    ]
