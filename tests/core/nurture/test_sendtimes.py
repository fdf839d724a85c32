"""Openings of windows, to the instant, in one zone and in several."""

from datetime import UTC, date, datetime, timedelta

import pytest

from leadqual import InstantError, ModelError
from leadqual.nurture.sendtimes import LONGEST, TOGETHER, SendTimes
from leadqual.nurture.windows import SendWindow
from tests.core.nurture.closed import EveryDay

OFFICE = SendWindow(hours=["09:00-18:00"], weekdays=["mon", "tue", "wed", "thu", "fri"])
DAILY = SendWindow(hours=["09:00-18:00"])
MADRID = ("Europe/Madrid",)
MOMENT = timedelta(microseconds=1)


def utc(text):
    """Return an instant of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def night(*hours):
    """Return the openings of some hours of every day."""
    return SendTimes(windows=[SendWindow(hours=hours)])


@pytest.mark.parametrize(
    ("at", "zones", "first"),
    [
        ("2026-12-04 12:00", MADRID, "2026-12-04 12:00"),
        ("2026-12-04 12:00:00.000001", MADRID, "2026-12-04 12:00:00.000001"),
        ("2026-12-04 16:59:59.999999", MADRID, "2026-12-04 16:59:59.999999"),
        ("2026-12-04 17:00", MADRID, "2026-12-07 08:00"),
        ("2026-12-07 07:59:59.999999", MADRID, "2026-12-07 08:00"),
        ("2026-12-04 09:30", ("Asia/Tokyo",), "2026-12-07 00:00"),  # Friday 18:30 there
        ("2026-12-06 22:00", ("Pacific/Auckland",), "2026-12-06 22:00"),  # Monday 11:00 there
        ("2026-12-06 22:00", ("Pacific/Honolulu",), "2026-12-07 19:00"),
        ("2026-12-07 07:00", (*MADRID, "Atlantic/Canary"), "2026-12-07 09:00"),
        ("2026-12-07 16:59", (*MADRID, "Atlantic/Canary"), "2026-12-07 16:59"),
        ("2026-12-07 17:00", (*MADRID, "Atlantic/Canary"), "2026-12-08 09:00"),
        ("2026-12-04 18:00", ("America/New_York", "America/Los_Angeles"), "2026-12-04 18:00"),
    ],
)
def test_first_opening_is_by_the_clocks_of_all_zones(at, zones, first):
    """Weekdays are those of the zone; the hours hold in each."""
    assert SendTimes(windows=[OFFICE]).first(utc(at), zones) == utc(first)


@pytest.mark.parametrize(
    ("hours", "zone", "at", "first"),
    [
        ("02:30-04:00", "Europe/Madrid", "2026-03-29 00:30", "2026-03-29 01:00"),  # jumped over: forward
        ("02:30-02:45", "Europe/Madrid", "2026-03-29 00:30", "2026-03-30 00:30"),  # never shown that night
        ("02:30-02:45", "Europe/Madrid", "2026-10-24 22:00", "2026-10-25 00:30"),  # shown twice: the first
        ("02:30-02:45", "Europe/Madrid", "2026-10-25 00:45", "2026-10-25 01:30"),  # and the second
        ("02:30-02:45", "Europe/Madrid", "2026-10-25 01:45", "2026-10-26 01:30"),
        ("02:30-06:00", "Europe/Madrid", "2026-10-25 01:10", "2026-10-25 01:30"),  # 02:10 again: not open
        ("00:00-02:30", "Europe/Madrid", "2026-10-25 00:45", "2026-10-25 01:00"),  # 02:00 again: open
        ("00:00-00:30", "America/Santiago", "2026-09-06 03:30", "2026-09-07 03:00"),  # midnight jumped over
        ("23:00-24:00", "America/Santiago", "2026-04-05 03:30", "2026-04-05 03:30"),  # the second 23:30 of Saturday
        ("02:15-03:00", "Australia/Lord_Howe", "2026-10-03 15:00", "2026-10-03 15:30"),  # by half an hour
    ],
)
def test_first_opening_follows_the_clock_when_it_is_changed(hours, zone, at, first):
    """What the clock shows decides: over a gap it is the jump, of an hour that comes twice the first that is left."""
    assert night(hours).first(utc(at), [zone]) == utc(first)


def test_first_opening_knows_a_day_that_never_was():
    """Samoa had no 30 December 2011: from Thursday it went to Saturday."""
    fridays = SendTimes(windows=[SendWindow(hours=["09:00-18:00"], weekdays=["fri"])])
    assert fridays.first(utc("2011-12-29 12:00"), ["Pacific/Apia"]) == utc("2012-01-05 19:00")


def test_first_opening_takes_an_instant_of_any_zone_and_gives_one_of_utc():
    """An instant is the same instant wherever it is read."""
    there = datetime.fromisoformat("2026-12-04T23:30:00+05:45")
    found = SendTimes(windows=[OFFICE]).first(there, MADRID)
    assert (found, found.tzinfo) == (utc("2026-12-07 08:00"), UTC)


def test_every_window_has_to_hold():
    """The quiet hours of a channel and the hours of a step are kept together."""
    both = SendTimes(windows=[SendWindow(quiet=["20:00-10:00"]), OFFICE])
    assert both.first(utc("2026-12-05 00:00"), MADRID) == utc("2026-12-07 09:00")
    assert SendTimes().first(utc("2026-12-05 00:00"), MADRID) == utc("2026-12-05 00:00")


def test_holidays_are_local_dates():
    """On a holiday nothing is open, from midnight to midnight of the lead."""
    times = SendTimes(windows=[DAILY], holidays={date(2026, 12, 25)})
    assert times.first(utc("2026-12-24 23:00"), MADRID) == utc("2026-12-26 08:00")
    assert times.first(utc("2026-12-24 23:00"), ["America/Bogota"]) == utc("2026-12-26 14:00")
    assert times.first(utc("2026-12-24 22:00"), ["America/Bogota"]) == utc("2026-12-24 22:00")
    assert not times.holds(utc("2026-12-25 12:00"), MADRID)


def test_holidays_are_copied():
    """A set that changes later changes nothing."""
    days = {date(2026, 12, 25)}
    times = SendTimes(holidays=days)
    days.add(date(2026, 12, 26))
    assert times.holds(utc("2026-12-26 12:00"), MADRID)


def test_first_opening_is_none_when_holidays_leave_none():
    """It is looked for through 53 weeks, and holidays alone do not make the clocks disagree."""
    times = SendTimes(windows=[DAILY], holidays=EveryDay())
    assert times.first(utc("2026-12-04 12:00"), MADRID) is None
    assert times.meet(utc("2026-12-04 12:00"), (*MADRID, "Atlantic/Canary"))


@pytest.mark.parametrize(("closed", "found"), [(LONGEST, True), (LONGEST + 1, False)])
def test_first_opening_is_looked_for_through_53_weeks(closed, found):
    """A closure of that many days is waited for, a longer one is not."""
    begin = utc("2026-12-04 08:00")
    days = {(begin + timedelta(days=n)).date() for n in range(closed)}
    first = SendTimes(windows=[DAILY], holidays=days).first(begin, MADRID)
    assert first == (begin + timedelta(days=closed) if found else None)


@pytest.mark.parametrize(
    ("at", "zones", "meet"),
    [
        ("2026-12-04 12:00", ("America/Los_Angeles", "America/New_York"), True),
        ("2026-12-04 12:00", ("America/Los_Angeles", "Europe/Madrid"), False),
        ("2026-03-01 12:00", ("America/Los_Angeles", "Europe/Madrid"), True),  # from the 8th to the 29th by an hour
        ("2026-12-04 12:00", ("Europe/Madrid",), True),
    ],
)
def test_windows_meet_when_clocks_agree_within_four_weeks(at, zones, meet):
    """Nobody waits for the two weeks of spring in which America's clocks are ahead."""
    assert SendTimes(windows=[DAILY]).meet(utc(at), zones) is meet


def test_windows_meet_on_the_last_of_28_days_and_no_later():
    """The four weeks are those after the instant."""
    times, apart = SendTimes(windows=[DAILY]), ("America/Los_Angeles", "Europe/Madrid")
    assert times.meet(utc("2026-03-08 00:00") - timedelta(days=TOGETHER), apart)
    assert not times.meet(utc("2026-03-08 00:00") - timedelta(days=TOGETHER + 1), apart)


@pytest.mark.parametrize(
    ("at", "held"),
    [("2026-12-07 07:59:59.999999", False), ("2026-12-07 08:00", True), ("2026-12-07 17:00", False)],
)
def test_windows_hold_exactly_while_they_are_open(at, held):
    """The check before something is sent is that of the plan."""
    times = SendTimes(windows=[OFFICE])
    assert times.holds(utc(at), MADRID) is held
    assert (times.first(utc(at), MADRID) == utc(at)) is held


def test_first_opening_is_none_after_the_last_instant():
    """No instant lies in the year 2200."""
    times = SendTimes(windows=[SendWindow(hours=["09:00-10:00"])])
    assert times.first(utc("2199-12-31 08:30"), ["UTC"]) == utc("2199-12-31 09:00")
    assert times.first(utc("2199-12-31 10:00"), ["UTC"]) is None
    assert times.first(utc("1970-01-01 00:00"), ["Pacific/Honolulu"]) == utc("1970-01-01 19:00")
    assert times.meet(utc("2199-12-31 23:00"), MADRID)


def test_first_opening_does_not_depend_on_what_was_asked_before():
    """Answers are kept, and forgotten when there are many; they stay the same."""
    times, begin = SendTimes(windows=[OFFICE]), utc("2026-12-04 17:00")
    first = times.first(begin, MADRID)
    for day in range(40_000):
        times.holds(begin + timedelta(days=day), ["UTC"])
    assert len(times._found) < 40_000
    assert times.first(begin, MADRID) == first == utc("2026-12-07 08:00")


@pytest.mark.parametrize("zones", [[], ["Mars/Olympus"]])
def test_zones_that_are_none_are_refused(zones):
    """Nothing is sent by a clock that does not exist."""
    with pytest.raises(ModelError, match="zone"):
        SendTimes().first(utc("2026-12-04 12:00"), zones)


def test_naive_instant_is_refused():
    """An instant has a zone."""
    for ask in (SendTimes().first, SendTimes().holds, SendTimes().meet):
        with pytest.raises(InstantError, match="^at: the instant has no zone"):
            ask(datetime(2026, 12, 4), MADRID)


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        ({"windows": 7}, ["windows"]),
        ({"windows": [OFFICE, "09:00-18:00"], "holidays": ["2026-12-25"]}, ["windows[1]", "holidays"]),
        ({"windows": [SendWindow(weekdays=["sat"]), OFFICE]}, ["windows"]),
    ],
)
def test_send_times_tell_everything_that_is_wrong(parts, wrong):
    """Windows that are none or share nothing, and holidays that are no dates."""
    with pytest.raises(ModelError) as caught:
        SendTimes(**parts)
    assert [problem.where for problem in caught.value.problems] == wrong


def test_windows_that_share_nothing_are_explained():
    """Two of them were never open together."""
    with pytest.raises(ModelError) as caught:
        SendTimes(windows=[SendWindow(weekdays=["sat"]), OFFICE])
    expected = "windows: the windows are never open together (got a list of 2). "
    assert str(caught.value) == f"{expected}Let them share some hours of some weekday."


def test_stretches_of_a_day_are_those_that_are_open_in_all_zones():
    """Nine to six in Madrid, and in London an hour later; nothing on a Saturday."""
    times, friday = SendTimes(windows=[OFFICE]), utc("2026-12-04T00:00").toordinal()
    expected = ((utc("2026-12-04T09:00"), utc("2026-12-04T17:00")),)
    assert times.stretches(friday, ["Europe/Madrid", "Europe/London"]) == expected
    assert times.stretches(friday + 1, MADRID) == ()


def test_stretches_of_a_day_are_told_once_when_the_clocks_change_in_it():
    """In the night they are put on, in Madrid, at two."""
    times, night = SendTimes(windows=[SendWindow(hours=["01:30-09:00"])]), utc("2026-03-29T00:00").toordinal()
    expected = (utc("2026-03-29T00:30"), utc("2026-03-29T01:00")), (utc("2026-03-29T01:00"), utc("2026-03-29T07:00"))
    assert times.stretches(night, MADRID) == (*expected, (utc("2026-03-29T23:30"), utc("2026-03-30T00:00")))
