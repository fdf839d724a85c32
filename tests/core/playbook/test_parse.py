"""Documents to plain data."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from leadqual.errors import ModelError
from leadqual.playbook.parse import parse


def _refused(document, written=None):
    with pytest.raises(ModelError) as caught:
        parse(document, written)
    return [f"{problem.where}: {problem.what}" for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "data"), [("a = 1", {"a": 1}), (' \n{"a": 1}', {"a": 1}), (b"\xef\xbb\xbfa = 1", {"a": 1})]
)
def test_notation_is_recognised(text, data):
    """A text that begins with a brace is JSON, anything else TOML."""
    assert parse(text) == data


def test_numbers_are_exact():
    """Decimals stay what was written, in both notations."""
    assert parse("a = 6.50") == parse('{"a": 6.50}') == {"a": Decimal("6.50")}
    assert parse('{"a": 65e-1}')["a"] == Decimal("6.5")


def test_toml_knows_dates():
    """Dates and instants are values of TOML."""
    assert parse("a = 2026-01-31\nb = 2026-01-31T12:00:00Z") == {
        "a": date(2026, 1, 31),
        "b": datetime(2026, 1, 31, 12, tzinfo=UTC),
    }


@pytest.mark.parametrize(
    ("document", "line"),
    [
        ("a = ", ": the TOML cannot be read: Invalid value (at end of document)"),
        ("a = 1\na = 2", ": the TOML cannot be read: Cannot overwrite a value"),
        ('{"a": 1,}', ": the JSON cannot be read: "),
        ('{"a": 1, "a": 2}', ": the JSON cannot be read: the key 'a' comes twice in one table"),
        ('{"a": {"b": 1, "\\u0007": 2, "\\u0007": 3}}', ": the JSON cannot be read: the key '\\x07' comes twice"),
        ('{"a": NaN}', ": the JSON cannot be read: NaN is no number of a playbook"),
        ('{"a": -Infinity}', ": the JSON cannot be read: -Infinity is no number"),
        ("a = 1e9999999999999999999", ": the TOML cannot be read: a number cannot be read"),
        ('{"a": 1e9999999999999999999}', ": the JSON cannot be read: a number cannot be read"),
    ],
)  # fmt: skip
def test_documents_that_cannot_be_read_say_why(document, line):
    """The parser's reason is passed on, in one line."""
    (found,) = _refused(document)
    assert found.startswith(line)


def test_long_reasons_are_left_out():
    """A parser that quotes half of the document is not repeated."""
    (found,) = _refused('{"' + "k" * 300 + '": 1, "' + "k" * 300 + '": 1}')
    assert len(found) < 250
    (found,) = _refused("[" + "a." * 15 + "b]\n[" + "a." * 15 + '"' + "c" * 400 + '"]\n["' + "c" * 400)
    assert len(found) < 250


@pytest.mark.parametrize("document", ["[]", "3", '"x"', "null"])
def test_a_document_is_a_table(document):
    """JSON that is no object is no playbook."""
    assert _refused(document, "json") == [": a table was expected"]


def test_texts_that_cannot_be_stored_are_found_everywhere():
    """Each is listed with its path, in the order of the document; keys too, and times of day."""
    document = '{"a": "\\u0000", "b": [1, {"c": "\\ud800"}], "d": {"\\u0000": 1, "e": "x"}, "\\udfff": 2}'
    assert _refused(document) == [
        ": a key cannot be used",
        "a: the text cannot be used",
        "b[1].c: the text cannot be used",
        "d: a key cannot be used",
    ]
    assert _refused("a = 12:00:00\nb = [12:00:01]") == [
        "a: a time of day has no use here",
        "b[0]: a time of day has no use here",
    ]
