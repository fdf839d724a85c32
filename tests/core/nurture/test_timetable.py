from datetime import UTC, date, datetime, timedelta

import pytest

from leadqual.nurture.sendtimes import SendTimes
from leadqual.nurture.timetable import Timetable
from leadqual.nurture.windows import SendWindow

from .closed import EveryDay

WEEK = ["mon", "tue", "wed", "thu", "fri"]
FRIDAY = datetime(2026, 12, 4, tzinfo=UTC)


def table(zone="Europe/Madrid", holidays=frozenset(), **parts):
    """Return the openings of a window."""
    return Timetable(times=SendTimes(windows=[SendWindow(**parts)], holidays=holidays), zone=zone)


def at(hours):
    """Return an instant so many hours after Friday begins."""
    return FRIDAY + timedelta(hours=hours)


def test_day_holds_its_openings_and_closings_and_the_next_opening():
    """In UTC, which is an hour behind Madrid."""
    office = table(hours=["09:00-14:00", "16:00-19:00"], weekdays=WEEK)
    friday = FRIDAY.toordinal()
    assert office.bounds(friday) == tuple(map(at, (8, 13, 15, 18, 80)))
    assert office.bounds(friday + 1) == (at(80),)
    assert office.days == {friday: office.bounds(friday), friday + 1: office.bounds(friday + 1)}


@pytest.mark.parametrize(("asked", "found"), [(0, 8), (8, 8), (12.5, 12.5), (13, 15), (17.9, 17.9), (18, 80), (30, 80)])
def test_first_opening_is_looked_up(asked, found):
    """The opening belongs to the window, and the closing does not."""
    office = table(hours=["09:00-14:00", "16:00-19:00"], weekdays=WEEK)
    assert office.first(at(asked)) == at(found)
    assert office.first(at(asked)) == office.times.first(at(asked), ["Europe/Madrid"])


def test_change_of_the_clock_is_no_gap():
    """A window that is open over it stays open."""
    night = table(hours=["00:00-12:00"])
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert night.first(change) == change
    assert night.first(change - timedelta(minutes=1)) == change - timedelta(minutes=1)


def test_window_that_never_opens_has_no_opening():
    """Every day is a holiday."""
    closed = table(holidays=EveryDay())
    assert closed.first(FRIDAY) is None
    assert closed.bounds(FRIDAY.toordinal()) == ()


@pytest.mark.parametrize(("days", "found"), [(371, True), (372, False)])
def test_opening_that_is_too_far_away_is_none(days, found):
    """Fifty-three weeks from the day of the instant, as where it is worked out."""
    closed = frozenset(date(2026, 12, 4) + timedelta(days=day) for day in range(days))
    office = table("UTC", closed, hours=["09:00-18:00"])
    expected = at(24 * days + 9) if found else None
    assert office.first(FRIDAY) == office.times.first(FRIDAY, ["UTC"]) == expected


def test_table_forgets_before_it_grows_without_end():
    """It holds 4,096 days at most, and the same answers afterwards."""
    office, first = table("UTC", hours=["09:00-18:00"]), FRIDAY.toordinal()
    before = [office.bounds(first + day) for day in range(4_096)]
    assert len(office.days) == 4_096
    assert office.bounds(first + 4_096)[0] == at(24 * 4_096 + 9)
    assert len(office.days) == 1
    assert office.bounds(first) == before[0]
