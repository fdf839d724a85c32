"""Instants are aware and kept in UTC; days start at one fixed offset."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import pytest

from leadqual.calendar import DayStart, utc
from leadqual.errors import InstantError, shown

EAST = timezone(timedelta(hours=14))
WEST = timezone(timedelta(hours=-12))
HINTS = {
    "an instant was expected": "Pass a datetime with a zone, such as datetime(2026, 1, 1, tzinfo=UTC).",
    "the zone fails": "Use zoneinfo.ZoneInfo.",
    "the instant has no zone": "Give it a zone, for example at.replace(tzinfo=ZoneInfo('Europe/Madrid')).",
    "the instant is out of range": "Instants lie in the years 1970 to 2199.",
}


class Finer(datetime):
    """A datetime of a data frame library."""


def _what(at, where="at"):
    with pytest.raises(InstantError) as caught:
        utc(at, where)
    (problem,) = caught.value.problems
    assert problem.hint == HINTS[problem.what]
    return f"{problem.where}: {problem.what} (got {problem.got})"


def test_utc_moves_other_zones_to_utc():
    """An instant keeps its moment and changes its zone."""
    moved = utc(datetime(2026, 3, 1, 1, 30, tzinfo=EAST))
    assert moved == datetime(2026, 2, 28, 11, 30, tzinfo=UTC)
    assert moved.tzinfo is UTC


def test_utc_reads_a_zone_that_only_equals_utc():
    """A fixed offset of zero is UTC, whatever object says so."""
    moved = utc(datetime(2026, 3, 1, tzinfo=timezone(timedelta(0), "GMT")))
    assert moved.tzinfo is UTC


def test_utc_returns_plain_datetimes_for_finer_ones():
    """A subclass of datetime becomes a datetime, to the microsecond."""
    moved = utc(Finer(2026, 3, 1, 1, 2, 3, 4, tzinfo=EAST))
    assert type(moved) is datetime
    assert moved == datetime(2026, 2, 28, 11, 2, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "at",
    [
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(1970, 1, 1, 14, tzinfo=EAST),
        datetime(2199, 12, 31, 23, 59, 59, 999_999, UTC),
    ],
)
def test_utc_takes_the_years_1970_to_2199(at):
    """Both ends of the range are in."""
    assert utc(at) == at


@pytest.mark.parametrize(
    "at",
    [
        datetime(1969, 12, 31, 23, 59, 59, 999_999, UTC),
        datetime(2200, 1, 1, tzinfo=UTC),
        datetime(1970, 1, 1, 13, 59, tzinfo=EAST),
        datetime.max.replace(tzinfo=WEST),
        datetime.min.replace(tzinfo=EAST),
    ],
)
def test_utc_refuses_other_years(at):
    """An instant outside the range is refused, also where it lies outside only in UTC."""
    assert _what(at) == f"at: the instant is out of range (got year {at.year})"


def test_utc_refuses_naive_datetimes():
    """A datetime without a zone is no instant."""
    assert _what(datetime(2026, 1, 1)) == "at: the instant has no zone (got a naive datetime)"


class Broken(tzinfo):
    """A zone of somebody else's that does not work."""

    def utcoffset(self, _):
        raise RuntimeError("no such zone")

    tzname = dst = utcoffset


def test_utc_refuses_zones_that_fail():
    """Whatever a zone raises becomes our error."""
    assert _what(datetime(2026, 1, 1, tzinfo=Broken())) == "at: the zone fails (got a zone that raises RuntimeError)"


@pytest.mark.parametrize(("at", "name"), [(date(2026, 1, 1), "date"), ("2026-01-01", "str"), (None, "NoneType")])
def test_utc_refuses_what_is_no_datetime(at, name):
    """A date, a text and nothing are no instants; only the type is shown."""
    assert _what(at) == f"at: an instant was expected (got {name})"


@pytest.mark.parametrize(
    ("text", "minutes"), [("+00:00", 0), ("-00:00", 0), ("-06:00", -360), ("+05:45", 345), ("+23:59", 1439)]
)
def test_day_start_reads_offsets(text, minutes):
    """An offset is a sign, hours and minutes."""
    assert DayStart.parse(text) == DayStart(minutes)


def test_day_start_is_written_as_it_is_read():
    """The text of a day start parses to the same."""
    assert str(DayStart.parse("-06:30")) == "-06:30"
    assert str(DayStart()) == "+00:00"


@pytest.mark.parametrize(
    "text",
    [
        "24:00",
        "+24:00",
        "+00:60",
        "+0000",
        "+00-00",
        "06:00+",
        "X06:00",
        "+1a:00",
        "+a1:00",
        "+00:a0",
        "+00:0\u0660",
        "",
        None,
        0,
        "-6:00 ",
    ],
)
def test_day_start_refuses_what_is_no_offset(text):
    """Anything else is refused with its path and an example."""
    with pytest.raises(InstantError) as caught:
        DayStart.parse(text)
    hint = 'Write a fixed offset such as "+00:00" or "-06:00"; a zone with summer time has no single offset.'
    assert str(caught.value) == f"day_starts: an offset was expected (got {shown(text)}). {hint}"


@pytest.mark.parametrize(
    ("offset", "at", "day"),
    [
        ("+00:00", datetime(1970, 1, 1, 23, 59, 59, 999_999, UTC), 0),
        ("+00:00", datetime(1970, 1, 2, tzinfo=UTC), 1),
        ("-06:00", datetime(1970, 1, 1, 5, 59, tzinfo=UTC), -1),
        ("-06:00", datetime(1970, 1, 1, 6, tzinfo=UTC), 0),
        ("+02:00", datetime(1970, 1, 1, 21, 59, tzinfo=UTC), 0),
        ("+02:00", datetime(1970, 1, 1, 22, tzinfo=UTC), 1),
    ],
)
def test_days_step_at_the_offset(offset, at, day):
    """The day of an instant is its date at the playbook's one offset."""
    assert DayStart.parse(offset).day(at) == day


@pytest.mark.parametrize("offset", ["+00:00", "-06:00", "+05:45"])
def test_a_day_begins_where_the_one_before_ends(offset):
    """`at` gives the first instant of a day."""
    start = DayStart.parse(offset)
    assert start.day(start.at(20_000)) == 20_000
    assert start.day(start.at(20_000) - timedelta(microseconds=1)) == 19_999
    assert start.at(20_000).tzinfo is UTC
