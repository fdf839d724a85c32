from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from leadqual.files.cells import CellReaders
from leadqual.files.notes import BadCell, plain
from leadqual.files.values import Huge, ValueReaders
from leadqual.playbook.mapping import FileFormat

TYPES = ("text", "integer", "number", "boolean", "date", "instant", "list")


def cells(**more):
    """Return the readers of a CSV file written like this."""
    return CellReaders(FileFormat(**more), "leads")


def values(**more):
    """Return the readers of a typed file written like this."""
    return ValueReaders(cells(**more))


@pytest.mark.parametrize(
    ("type_name", "cell", "value"),
    [
        ("text", " as it is ", " as it is "),
        ("text", "007", "007"),
        ("text", "n/a ", "n/a "),
        ("integer", "12", 12),
        ("integer", "-0012", -12),
        ("integer", "+7", 7),
        ("integer", str(2**63 - 1), 2**63 - 1),
        ("integer", str(-(2**63)), -(2**63)),
        ("number", "12", 12.0),
        ("number", "-1.5e3", -1500.0),
        ("number", ".5", 0.5),
        ("number", "5.", 5.0),
        ("number", "1e-400", 0.0),
        ("boolean", "TRUE", True),
        ("boolean", "yes", True),
        ("boolean", "1", True),
        ("boolean", "No", False),
        ("boolean", "0", False),
        ("boolean", "fAlse", False),
        ("date", "2026-03-01", date(2026, 3, 1)),
        ("instant", "2026-03-01T09:30Z", datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
        ("list", "a|b", ("a", "b")),
        ("list", "a", ("a",)),
        ("list", " a || b ", (" a ", " b ")),
        ("list", '["a|b", "", null, "c"]', ("a|b", "c")),
        ("list", "[]", None),
        ("list", "||", None),
    ],
)
def test_cell_is_read_as_its_type(type_name, cell, value):
    """Cells are taken as they are, in the one way of their type."""
    assert cells(missing=["n/a"]).of(type_name)(cell) == value


@pytest.mark.parametrize("type_name", TYPES)
def test_cell_is_missing_when_empty_or_a_missing_word(type_name):
    """Empty is missing, and so is a whole cell that the playbook names."""
    read = cells(missing=["Select", "-"]).of(type_name)
    assert read("") is None
    assert read("Select") is None
    assert read("-") is None


@pytest.mark.parametrize(
    ("type_name", "cell", "what"),
    [
        ("integer", "12.0", "a whole number"),
        ("integer", "1_000", "a whole number"),
        ("integer", "1,000", "a whole number"),
        ("integer", " 12", "a whole number"),
        ("integer", "١٢", "a whole number"),
        ("integer", str(2**63), "does not fit 64 bits"),
        ("integer", "9" * 5000, "a whole number"),
        ("number", "1,000.5", "a number"),
        ("number", "1 000", "a number"),
        ("number", "nan", "a number"),
        ("number", "inf", "a number"),
        ("number", "1e400", "a finite number"),
        ("number", "0x10", "a number"),
        ("number", "1" * 2000, "a number"),
        ("boolean", "maybe", "a yes or no"),
        ("boolean", "ＹＥＳ", "a yes or no"),
        ("boolean", "t", "a yes or no"),
        ("date", "x", "a date"),
        ("instant", "x", "an instant"),
        ("instant", "2026-02-30T09:30Z", "no such date"),
        ("instant", "2200-01-01T00:00Z", "out of range"),
        ("list", "[1, 2]", "a list of texts"),
        ("list", '["a"', "a list of texts"),
        ("list", '["\\ud800"]', "half of a surrogate pair"),
        ("list", "[" * 100_000, "a list of texts"),
    ],
)
def test_cell_is_refused_when_it_is_of_another_type(type_name, cell, what):
    """What is not certain is refused; the message has a hint and no cell."""
    with pytest.raises(BadCell, match=what) as caught:
        cells().of(type_name)(cell)
    assert caught.value.hint
    assert caught.value.got.text == f"a text of {len(cell)} character{'s' if len(cell) > 1 else ''}"


def test_number_reads_a_decimal_comma_when_the_playbook_says_so():
    """With a decimal comma a point is refused, and without one the hint is the line to add."""
    read = cells(decimal=",").of("number")
    assert read("12,5") == 12.5
    assert read("12") == 12.0
    for cell in ("12.5", "1.234,5", "1,2,3"):
        with pytest.raises(BadCell):
            read(cell)
    with pytest.raises(BadCell) as caught:
        cells().of("number")("12,5")
    assert 'decimal = ","' in caught.value.hint


@pytest.mark.parametrize(
    ("type_name", "cell", "value"),
    [
        ("text", "a", "a"),
        ("text", "tab\there", "tab\there"),
        ("text", 7, "7"),
        ("text", -(10**30), str(-(10**30))),
        ("integer", 7, 7),
        ("integer", Decimal(7), 7),
        ("number", 7, 7.0),
        ("number", 7.5, 7.5),
        ("number", Decimal("7.5"), 7.5),
        ("boolean", True, True),
        ("boolean", 0, False),
        ("boolean", "yes", True),
        ("date", "2026-03-01", date(2026, 3, 1)),
        ("date", date(2026, 3, 1), date(2026, 3, 1)),
        ("instant", "2026-03-01T09:30Z", datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
        ("instant", 1772357400, datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
        ("instant", 1772357400.0, datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
        ("instant", date(2026, 3, 1), datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("list", ["a", None, ""], ("a",)),
        ("list", [], None),
        ("list", "a|b", ("a", "b")),
    ],
)
def test_value_is_read_as_its_type(type_name, cell, value):
    """Typed values mean what their text in CSV means."""
    read = values(unit="s", zone="UTC", bare_dates="noon").of(type_name)
    assert read(cell) == value
    assert type(read(cell)) is type(value)


@pytest.mark.parametrize("type_name", TYPES)
def test_value_is_missing_when_null_nan_empty_or_a_missing_word(type_name):
    """All kinds of missing are alike."""
    read = values(missing=["Select"]).of(type_name)
    for cell in (None, float("nan"), "", "Select"):
        assert read(cell) is None


@pytest.mark.parametrize(
    ("type_name", "cell"),
    [
        ("text", 7.0),
        ("text", True),
        ("text", {}),
        ("text", "a\0b"),
        ("text", "\ud800"),
        ("text", 10**50),
        ("text", Huge()),
        ("integer", 7.0),
        ("integer", True),
        ("integer", "7"),
        ("integer", 2**63),
        ("integer", Decimal("7.0")),
        ("number", True),
        ("number", "7"),
        ("number", float("inf")),
        ("number", 10**400),
        ("number", Huge()),
        ("boolean", 2),
        ("boolean", 1.0),
        ("boolean", "si"),
        ("date", 20260301),
        ("date", datetime(2026, 3, 1)),
        ("instant", True),
        ("instant", datetime(2026, 3, 1)),
        ("instant", "a\0b"),
        ("list", [1]),
        ("list", ["a\0b"]),
        ("list", {"a": 1}),
        ("list", "a\0b|c"),
    ],
)
def test_value_is_refused_when_it_is_of_another_type(type_name, cell):
    """Nothing is coerced but whole numbers to text and numbers to a double."""
    with pytest.raises(BadCell) as caught:
        values(unit="s").of(type_name)(cell)
    assert caught.value.hint


def test_plain_escapes_and_cuts_names():
    """A name from a file cannot break a terminal or a log."""
    assert plain("a\x1b[31m") == "a\\x1b[31m"
    assert plain("x" * 300) == "x" * 200 + "…"
