from datetime import UTC, date, datetime, timedelta

import pytest

from leadqual.files.instants import InstantReader, from_micros
from leadqual.files.notes import BadCell
from leadqual.playbook.mapping import FileFormat


def reader(**more):
    """Return the reader of an events file written like this."""
    return InstantReader.of(FileFormat(**more), "events")


def at(*parts):
    """Return an instant in UTC."""
    return datetime(*parts).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "instant"),
    [
        ("2026-03-01T09:30:00Z", at(2026, 3, 1, 9, 30)),
        ("2026-03-01 09:30:00+00:00", at(2026, 3, 1, 9, 30)),
        ("2026-03-01T09:30+02", at(2026, 3, 1, 7, 30)),
        ("2026-03-01T09:30:15.5-0530", at(2026, 3, 1, 15, 0, 15, 500_000)),
        ("2026-03-01 09:30:00 UTC", at(2026, 3, 1, 9, 30)),
        ("2026-03-01 09:30:00 +0100", at(2026, 3, 1, 8, 30)),
        ("2026-03-01 09:30:00 Z", at(2026, 3, 1, 9, 30)),
        ("2026-03-01T09:30:00.1234569Z", at(2026, 3, 1, 9, 30, 0, 123_456)),
        ("2026-03-01T09:30:00,123456999Z", at(2026, 3, 1, 9, 30, 0, 123_456)),
        ("1970-01-01T00:00:00Z", at(1970, 1, 1)),
        ("2199-12-31T23:59:59.999999Z", at(2199, 12, 31, 23, 59, 59, 999_999)),
        ("1969-12-31T20:00:00-04:00", at(1970, 1, 1)),
        ("2024-02-29T00:00:00Z", at(2024, 2, 29)),
    ],
)
def test_text_reads_iso_8601_with_a_zone(cell, instant):
    """What names its offset needs nothing said; finer than a microsecond is cut."""
    assert reader().text(cell) == instant
    assert reader().text(cell).tzinfo is UTC


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("2026-03-01T09:30:00", "the time has no zone"),
        ("2026-03-01", "an instant was expected, not a bare date"),
        ("1748000000", "the time is a number without a unit"),
        ("2026-02-30T09:30:00Z", "there is no such date or time"),
        ("2026-02-30", "there is no such date or time"),
        ("2026-03-01T24:00:00Z", "an instant was expected"),
        ("2026-03-01T09:30:60Z", "an instant was expected"),
        ("2026-03-01T09:30:00+25:00", "there is no such date or time"),
        ("20260301T093000Z", "an instant was expected"),
        ("2026-W09-7T09:30:00Z", "an instant was expected"),
        ("01/03/2026", "an instant was expected"),
        ("yesterday", "an instant was expected"),
        (" 2026-03-01T09:30:00Z", "an instant was expected"),
        ("٢٠٢٦-03-01T09:30:00Z", "an instant was expected"),
        ("1969-12-31T23:59:59Z", "the instant is out of range"),
        ("2200-01-01T00:00:00Z", "the instant is out of range"),
        ("0001-01-01T00:00:00+23:59", "the instant is out of range"),
        ("9999-12-31T23:59:59-23:59", "the instant is out of range"),
        ("9" * 5000, "an instant was expected"),
    ],
)
def test_text_refuses_what_is_no_certain_instant(cell, what):
    """Guesses are refused, and the message holds no cell."""
    with pytest.raises(BadCell) as caught:
        reader().text(cell)
    assert caught.value.what == what
    assert cell not in str(caught.value.got)


def test_text_says_which_line_to_add():
    """The hint is the line of the playbook that makes the cell certain."""
    for cell, line in (
        ("2026-03-01T09:30:00", 'Add under [files.events]: zone = "Europe/Madrid"'),
        ("2026-03-01", 'Add under [files.events]: bare_dates = "noon"'),
        ("1748000000", 'Add under [files.events]: unit = "ms"'),
        ("01/03/2026 10:00", 'Add under [files.events]: dates = "dd/mm/yyyy"'),
    ):
        with pytest.raises(BadCell) as caught:
            reader().text(cell)
        assert caught.value.hint.startswith(line)


def test_text_reads_local_times_in_the_zone_of_the_file():
    """A gap goes forward, a fold is the first, and an offset in the cell wins."""
    madrid = reader(zone="Europe/Madrid")
    assert madrid.text("2026-07-01 12:00") == at(2026, 7, 1, 10)
    assert madrid.text("2026-03-29 02:30") == at(2026, 3, 29, 1, 30)
    assert madrid.text("2026-10-25 02:30") == at(2026, 10, 25, 0, 30)
    assert madrid.text("2026-07-01T12:00:00Z") == at(2026, 7, 1, 12)


@pytest.mark.parametrize(
    ("dates", "cell", "instant"),
    [
        ("dd/mm/yyyy", "01/03/2026 09:30", at(2026, 3, 1, 9, 30)),
        ("mm/dd/yyyy", "3/1/2026 9:30", at(2026, 3, 1, 9, 30)),
        ("mm/dd/yyyy", "3/1/2026 9:30 PM", at(2026, 3, 1, 21, 30)),
        ("mm/dd/yyyy", "3/1/2026 12:00:07 am", at(2026, 3, 1, 0, 0, 7)),
        ("dd.mm.yyyy", "01.03.2026 09:30:15.1234567", at(2026, 3, 1, 9, 30, 15, 123_456)),
        ("dd.mm.yyyy hh:mm", "01.03.2026T09:30", at(2026, 3, 1, 9, 30)),
        ("yyyy-mm-dd", "2026-3-1 9:30", at(2026, 3, 1, 9, 30)),
        ("dd/mm/yyyy", "01/03/2026 09:30+02:00", at(2026, 3, 1, 7, 30)),
        ("dd/mm/yyyy", "01/03/2026 09:30 UTC", at(2026, 3, 1, 9, 30)),
        ("dd/mm/yyyy", "2026-03-01 09:30", at(2026, 3, 1, 9, 30)),
    ],
)
def test_text_reads_the_pattern_of_the_playbook(dates, cell, instant):
    """Order and separator are the playbook's; ISO 8601 is read beside it."""
    assert reader(dates=dates, zone="UTC").text(cell) == instant


@pytest.mark.parametrize(
    "cell", ["31/02/2026 10:00", "01/13/2026 10:00", "01/03/2026 13:00 pm", "01/03/2026 10:61", "01/03/2026 00:10 am"]
)
def test_text_refuses_dates_and_times_that_do_not_exist(cell):
    """Day and month are never swapped to make a date fit."""
    with pytest.raises(BadCell, match="no such date"):
        reader(dates="dd/mm/yyyy", zone="UTC").text(cell)


@pytest.mark.parametrize("cell", ["01/03/26 10:00", "01-03-2026 10:00", "01/03/2026 10", "01/03/2026  10:00"])
def test_text_refuses_other_writings_than_the_pattern(cell):
    """Two-digit years and other separators are not guessed."""
    with pytest.raises(BadCell, match="an instant was expected"):
        reader(dates="dd/mm/yyyy", zone="UTC").text(cell)


def test_text_reads_a_bare_date_as_noon_when_the_playbook_says_so():
    """Noon is in the zone of the file."""
    noon = reader(zone="Europe/Madrid", bare_dates="noon", dates="dd/mm/yyyy")
    assert noon.text("2026-07-01") == at(2026, 7, 1, 10)
    assert noon.text("01/07/2026") == at(2026, 7, 1, 10)
    assert noon.day(date(2026, 1, 1)) == at(2026, 1, 1, 11)


@pytest.mark.parametrize(
    ("unit", "cell", "instant"),
    [
        ("s", "1748000000", at(2025, 5, 23, 11, 33, 20)),
        ("s", "1748000000.1234569", at(2025, 5, 23, 11, 33, 20, 123_456)),
        ("ms", "1748000000123", at(2025, 5, 23, 11, 33, 20, 123_000)),
        ("ms", "1748000000123.9999", at(2025, 5, 23, 11, 33, 20, 123_999)),
        ("us", "1748000000123456", at(2025, 5, 23, 11, 33, 20, 123_456)),
        ("ns", "1748000000123456999", at(2025, 5, 23, 11, 33, 20, 123_456)),
        ("s", "2026-03-01T09:30:00Z", at(2026, 3, 1, 9, 30)),
    ],
)
def test_text_reads_numbers_in_the_unit_of_the_file(unit, cell, instant):
    """Whole numbers and decimals count from 1970; what is finer than a microsecond is cut down."""
    assert reader(unit=unit).text(cell) == instant


@pytest.mark.parametrize("cell", ["-1", "1e9", "1748000000000", "-0.5"])
def test_text_refuses_numbers_out_of_range(cell):
    """A number in another unit lands outside the years 1970 to 2199 and is refused."""
    with pytest.raises(BadCell):
        reader(unit="s").text(cell)


def test_number_reads_what_text_reads():
    """A typed number and its digits are the same instant."""
    seconds = reader(unit="s")
    assert seconds.number(1748000000) == seconds.text("1748000000")
    assert seconds.number(1748000000.123) == seconds.text("1748000000.123")
    with pytest.raises(BadCell, match="without a unit"):
        reader().number(1748000000)
    with pytest.raises(BadCell):
        seconds.number(float("inf"))
    with pytest.raises(BadCell):
        seconds.number(10**300)


def test_micros_reads_columns_of_timestamps():
    """Nanoseconds are floored; local ones are in the zone of the file."""
    assert reader().micros(1_999, parts=1000, times=1, aware=True) == at(1970, 1, 1) + timedelta(microseconds=1)
    assert reader(zone="Europe/Madrid").micros(1_782_900_000, parts=1, times=1_000_000, aware=False) == at(
        2026, 7, 1, 8
    )
    for aware in (True, False):
        with pytest.raises(BadCell, match="out of range"):
            reader(zone="UTC").micros(-(2**62), parts=1, times=1, aware=aware)
    with pytest.raises(BadCell, match="no zone"):
        reader().micros(1_782_900_000, parts=1, times=1_000_000, aware=False)


def test_from_micros_is_bounded():
    """The last microsecond of 2199 is the last one."""
    last = (at(2200, 1, 1) - at(1970, 1, 1)) // timedelta(microseconds=1)
    assert from_micros(last - 1) == at(2200, 1, 1) - timedelta(microseconds=1)
    with pytest.raises(BadCell):
        from_micros(last)


def test_date_text_reads_dates_alone():
    """ISO or the pattern; any year; a time of day is refused."""
    pattern = reader(dates="dd.mm.yyyy")
    assert pattern.date_text("2026-03-01") == pattern.date_text("1.3.2026") == date(2026, 3, 1)
    assert pattern.date_text("0001-01-01") == date(1, 1, 1)
    for cell, what in (
        ("2026-03-01T00:00:00", "not a time of day"),
        ("1.3.2026 10:00", "not a time of day"),
        ("2026-02-30", "no such date"),
        ("30.2.2026", "no such date"),
        ("1/3/2026", "a date was expected"),
    ):
        with pytest.raises(BadCell, match=what):
            pattern.date_text(cell)
    with pytest.raises(BadCell, match="a date was expected"):
        reader().date_text("1.3.2026")
