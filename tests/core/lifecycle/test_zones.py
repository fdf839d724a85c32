"""Zones are found by their exact names, and a local time is the first instant at which clocks show it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from leadqual.lifecycle.zones import day_start, first_at, furthest_wall, zone_named, zone_problems

MADRID = ZoneInfo("Europe/Madrid")
SANTIAGO = ZoneInfo("America/Santiago")
APIA = ZoneInfo("Pacific/Apia")
NEWFOUNDLAND = ZoneInfo("America/St_Johns")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
GENERIC = 'Write an IANA name such as "Europe/Madrid".'


@pytest.mark.parametrize("name", ["Europe/Madrid", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "CET"])
def test_zone_is_found_by_its_name(name):
    """Every IANA name is a zone."""
    assert zone_named(name) == ZoneInfo(name)
    assert not list(zone_problems(name, "zone"))


def test_zone_utc_needs_no_zone_data():
    """UTC is known on a machine that has no zones at all."""
    assert zone_named("UTC") is UTC
    assert not list(zone_problems("UTC", "zone", known=()))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "europe/madrid",
        "Europe",
        "Europe/",
        "../etc/passwd",
        "/etc/localtime",
        "localtime",
        "Factory",
        "a\0b",
        "posix/Europe/Madrid",
        "right/Europe/Madrid",
        "x" * 5_000,
        "\ud800",
        "tzdata.zi",
        "+01:00",
        "Madrid",
    ],
)
def test_zone_is_none_for_any_other_text(name):
    """Paths, offsets, other letters and names that mean another zone on every machine are no zones."""
    assert zone_named(name) is None
    (problem,) = zone_problems(name, "calendar.zone")
    assert (problem.where, problem.what) == ("calendar.zone", "unknown zone")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("europe/madrid", "Did you mean `Europe/Madrid`?"),
        ("America/Bogata", "Did you mean `America/Bogota`?"),
        ("Madrid", "Did you mean `Europe/Madrid`?"),
        ("Spain/Madrid", "Did you mean `Europe/Madrid`?"),
        ("louisville", "Did you mean `America/Kentucky/Louisville`?"),
        ("Europe/Qqqqqqqq", GENERIC),
        ("+01:00", GENERIC),
        (None, GENERIC),
        (7, GENERIC),
        (["UTC"], GENERIC),
    ],
)
def test_zone_that_is_unknown_gets_a_hint(name, hint):
    """The closest name of the region is offered, or the zone of that city."""
    known = {"America/Kentucky/Louisville", "America/Louisville", "Europe/Madrid", "America/Bogota", "Europe/Paris"}
    (problem,) = zone_problems(name, "zone", known=known)
    assert problem.hint == hint


def test_zone_that_is_unknown_for_lack_of_data_says_so():
    """Where no zones are installed, the hint is what to install."""
    (problem,) = zone_problems("Europe/Madrid", "zone", known=())
    assert problem.hint == "This machine has no zone data: pip install tzdata."


def utc(*parts):
    """Return an instant."""
    return datetime(*parts).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "wall", "instant"),
    [
        (MADRID, datetime(2026, 7, 1, 9), utc(2026, 7, 1, 7)),
        (MADRID, datetime(2026, 3, 29, 1, 59, 59, 999_999), utc(2026, 3, 29, 0, 59, 59, 999_999)),
        (MADRID, datetime(2026, 3, 29, 2), utc(2026, 3, 29, 1)),  # jumped over
        (MADRID, datetime(2026, 3, 29, 2, 30, 0, 7), utc(2026, 3, 29, 1)),
        (MADRID, datetime(2026, 3, 29, 2, 59, 59, 999_999), utc(2026, 3, 29, 1)),
        (MADRID, datetime(2026, 3, 29, 3), utc(2026, 3, 29, 1)),
        (MADRID, datetime(2026, 3, 29, 3, 1), utc(2026, 3, 29, 1, 1)),
        (MADRID, datetime(2026, 10, 25, 2), utc(2026, 10, 25)),  # shown twice
        (MADRID, datetime(2026, 10, 25, 2, 59), utc(2026, 10, 25, 0, 59)),
        (MADRID, datetime(2026, 10, 25, 2, 59, fold=1), utc(2026, 10, 25, 0, 59)),
        (MADRID, datetime(2026, 10, 25, 3), utc(2026, 10, 25, 2)),
        (APIA, datetime(2011, 12, 30, 13), utc(2011, 12, 30, 10)),  # a day that never was
        (LORD_HOWE, datetime(2026, 10, 4, 2, 15), utc(2026, 10, 3, 15, 30)),
    ],
)
def test_local_time_is_the_first_instant_at_which_clocks_show_it_or_a_later_one(zone, wall, instant):
    """Over a gap it is the jump, in a fold the first of the two."""
    assert first_at(wall, zone) == instant
    assert first_at(wall, zone).tzinfo is UTC


@pytest.mark.parametrize(
    ("zone", "at", "wall"),
    [
        (MADRID, utc(2026, 10, 24, 12), datetime(2026, 10, 24, 14)),
        (MADRID, utc(2026, 10, 25, 0, 59), datetime(2026, 10, 25, 2, 59)),
        (MADRID, utc(2026, 10, 25, 1), datetime(2026, 10, 25, 3)),
        (MADRID, utc(2026, 10, 25, 1, 59, 59, 999_999), datetime(2026, 10, 25, 3)),
        (MADRID, utc(2026, 10, 25, 2), datetime(2026, 10, 25, 3)),
        (MADRID, utc(2026, 10, 25, 2, 1), datetime(2026, 10, 25, 3, 1)),
        (NEWFOUNDLAND, utc(2008, 11, 2, 3), datetime(2008, 11, 2, 0, 1)),
    ],
)
def test_clocks_have_run_to_the_end_of_an_hour_that_they_show_again(zone, at, wall):
    """In the second of two equal hours the clock says less than it had run to."""
    assert furthest_wall(at, zone) == wall


@pytest.mark.parametrize(
    ("zone", "day", "instant"),
    [
        (MADRID, date(2026, 8, 31), utc(2026, 8, 30, 22)),
        (SANTIAGO, date(2026, 9, 6), utc(2026, 9, 6, 4)),  # 00:00 becomes 01:00
        (SANTIAGO, date(2026, 4, 5), utc(2026, 4, 5, 4)),  # 24:00 became 23:00
        (NEWFOUNDLAND, date(2008, 11, 2), utc(2008, 11, 2, 2, 30)),  # 00:01 becomes 23:01: the day begins twice
        (ZoneInfo("America/Havana"), date(2026, 11, 1), utc(2026, 11, 1, 4)),  # 01:00 becomes 00:00
        (UTC, date(2026, 1, 1), utc(2026, 1, 1)),
    ],
)
def test_local_day_begins_with_the_first_of_its_instants(zone, day, instant):
    """Midnight may not exist, or come twice."""
    assert day_start(day, zone) == instant
    assert (instant - timedelta(microseconds=1)).astimezone(zone).date() < day
