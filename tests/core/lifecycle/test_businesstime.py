"""Business time counts what is open between instants, and says when a duration of it is over."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from leadqual.errors import InstantError, ModelError
from leadqual.lifecycle.businesstime import BusinessTime
from leadqual.lifecycle.duration import Duration
from leadqual.lifecycle.hours import WEEKDAYS, BusinessHours

MADRID = ZoneInfo("Europe/Madrid")
PLAIN = BusinessTime()
PAUSE = BusinessTime(
    hours=BusinessHours(
        zone="Europe/Madrid",
        hours=["09:00-14:00", "16:00-19:00"],
        days={"fri": ["08:00-15:00"]},
        holidays=["2026-12-08"],
    )
)
ALWAYS = BusinessTime(hours=BusinessHours(zone="Europe/Madrid", hours=["00:00-24:00"], weekdays=WEEKDAYS))


class Everything:
    """A container that says yes to every date."""

    def __contains__(self, day):
        return True


def utc(month, day, hour=0, minute=0, *, second=0, year=2026):
    """Return an instant of 2026; its first Monday is the fifth of January, and the seventh of December is one."""
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def local(month, day, hour=0, minute=0, year=2026):
    """Return an instant by the clock of Madrid."""
    return datetime(year, month, day, hour, minute, tzinfo=MADRID)


def due(time, start, text):
    """Return when a duration is over."""
    return time.due(start, Duration.parse(text))


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        (utc(12, 7, 10), "2h", utc(12, 7, 12)),
        (utc(12, 7, 10), "30m", utc(12, 7, 10, 30)),
        (utc(12, 7, 17), "60m", utc(12, 7, 18)),  # ends at closing, not at the next opening
        (utc(12, 7, 17), "61m", utc(12, 8, 9, 1)),
        (utc(12, 7, 18), "1h", utc(12, 8, 10)),  # closed at closing
        (utc(12, 7, 3), "9h", utc(12, 7, 18)),
        (utc(12, 7, 3), "10h", utc(12, 8, 10)),
        (utc(12, 11, 17, 30), "1h", utc(12, 14, 9, 30)),  # over a weekend
        (utc(12, 12, 12), "1m", utc(12, 14, 9, 1)),
        (utc(12, 7, 9), "45h", utc(12, 11, 18)),
    ],
)
def test_minutes_and_hours_pass_only_while_business_is_open(start, text, end):
    """Nights and weekends do not count."""
    assert due(PLAIN, start, text) == end
    assert PLAIN.elapsed(start, end) == Duration.parse(text).open_time


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        (local(12, 7, 13, 30), "1h", local(12, 7, 16, 30)),  # over the pause
        (local(12, 7, 13), "1h", local(12, 7, 14)),
        (local(12, 7, 15), "1h", local(12, 7, 17)),
        (local(12, 7, 18), "2h", local(12, 9, 10)),  # Tuesday is a holiday
        (local(12, 10, 18), "2h", local(12, 11, 9)),  # Friday begins at eight
        (local(12, 11, 14), "2h", local(12, 14, 10)),
    ],
)
def test_pauses_holidays_and_other_hours_are_kept(start, text, end):
    """What a calendar says of single days is heeded."""
    assert due(PAUSE, start, text) == end


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        (local(12, 9, 11), "1d", local(12, 10, 11)),
        (local(12, 7, 11), "1d", local(12, 9, 11)),  # Tuesday is a holiday
        (local(12, 9, 17), "1d", local(12, 10, 17)),
        (local(12, 10, 17), "1d", local(12, 11, 15)),  # closed on Friday at 17:00: its last closing
        (local(12, 10, 9), "2d", local(12, 14, 9)),
        (local(12, 11, 8, 30), "1d", local(12, 14, 9)),  # not open yet on Monday at 08:30: its opening
        (local(12, 11, 14, 30), "1d", local(12, 14, 14)),  # in Monday's pause: the closing before it
        (local(12, 11, 15), "1d", local(12, 15, 9)),  # closed on Friday at 15:00: from Monday's opening
        (local(12, 9, 15), "1d", local(12, 10, 16)),  # in a pause: from its end
        (local(12, 12, 11), "1d", local(12, 15, 9)),
        (local(12, 9, 20), "5d", local(12, 17, 9)),
    ],
)
def test_days_are_working_days_at_the_same_local_time(start, text, end):
    """From the first open instant, the n-th working day after it, within its hours."""
    assert due(PAUSE, start, text) == end


def test_hours_are_as_long_as_they_are_when_the_clocks_change():
    """An hour that is skipped does not pass, and one that comes twice passes twice."""
    assert due(ALWAYS, local(3, 29, 1), "2h") == local(3, 29, 4)
    assert due(ALWAYS, local(10, 25, 1), "2h") == utc(10, 25, 1)  # the second 02:00
    assert ALWAYS.elapsed(local(3, 29), local(3, 30)) == timedelta(hours=23)
    assert ALWAYS.elapsed(local(10, 25), local(10, 26)) == timedelta(hours=25)


def test_days_keep_the_local_time_when_the_clocks_change():
    """Noon is noon on either side."""
    assert due(ALWAYS, local(3, 28, 12), "1d") == local(3, 29, 12)
    assert due(ALWAYS, local(3, 28, 2, 30), "1d") == utc(3, 29, 1)  # 02:30 is skipped: the jump
    assert due(ALWAYS, local(10, 24, 2, 30), "1d") == utc(10, 25, 0, 30)  # the first of the two
    assert due(ALWAYS, utc(10, 25, 0, 30), "1d") == local(10, 26, 2, 30)
    assert due(ALWAYS, utc(10, 25, 1, 30), "1d") == local(10, 26, 3)  # in the second hour, the clock had run to three


def test_intervals_open_and_close_at_the_first_of_two_equal_times():
    """What closes at 02:30 stays closed when the clock shows 02:10 again; what the clocks jump over is not open."""
    night = BusinessTime(
        hours=BusinessHours(zone="Europe/Madrid", hours=["01:00-02:30", "02:45-02:50"], weekdays=["sun"])
    )
    assert night.is_open(utc(10, 25, 0, 29))
    assert not night.is_open(utc(10, 25, 0, 30))
    assert not night.is_open(utc(10, 25, 1, 10))
    assert night.elapsed(local(3, 29), local(3, 30)) == timedelta(hours=1)
    assert night.elapsed(local(10, 25), local(10, 26)) == timedelta(minutes=95)


def test_day_that_was_put_back_over_midnight_is_open_all_the_same():
    """At 00:01 the clocks of Newfoundland went back to 23:01 of a Saturday, when Sunday's hours had begun."""
    sunday = BusinessTime(hours=BusinessHours(zone="America/St_Johns", hours=["00:00-12:00"], weekdays=["sun"]))
    begins = utc(11, 2, 2, 30, year=2008)
    for minutes in (0, 1, 30, 61, 62):
        at = begins + timedelta(minutes=minutes)
        assert sunday.is_open(at)
        assert sunday.next_open(at) == at
        assert sunday.elapsed(at, at + timedelta(minutes=1)) == timedelta(minutes=1)
        assert sunday.due(at, Duration(1, "m")) == at + timedelta(minutes=1)
    assert not sunday.is_open(begins - timedelta(minutes=1))
    assert sunday.elapsed(begins, begins + timedelta(minutes=30)) == timedelta(minutes=30)


def test_day_whose_hours_are_all_jumped_over_is_no_working_day():
    """A day that never was, and a night shift in the hour that was skipped."""
    apia = BusinessTime(hours=BusinessHours(zone="Pacific/Apia"))
    there = ZoneInfo("Pacific/Apia")
    start = datetime(2011, 12, 29, 10, tzinfo=there)
    assert apia.due(start, Duration(1, "d")) == datetime(2012, 1, 2, 10, tzinfo=there)
    night = BusinessTime(hours=BusinessHours(zone="Europe/Madrid", hours=["02:00-03:00"], weekdays=WEEKDAYS))
    assert night.due(local(3, 28, 2, 15), Duration(1, "d")) == local(3, 30, 2, 15)


def test_is_open_holds_at_the_opening_and_not_at_the_closing():
    """An interval holds its opening instant and not its closing one."""
    assert [
        PLAIN.is_open(at)
        for at in (utc(12, 7, 8, 59, second=59), utc(12, 7, 9), utc(12, 7, 17, 59, second=59), utc(12, 7, 18))
    ] == [
        False,
        True,
        True,
        False,
    ]
    assert not PLAIN.is_open(utc(12, 6, 12))


def test_next_open_is_now_or_the_next_opening():
    """Nobody waits while it is open."""
    assert PLAIN.next_open(utc(12, 7, 12)) == utc(12, 7, 12)
    assert PLAIN.next_open(utc(12, 7, 18)) == utc(12, 8, 9)
    assert PLAIN.next_open(utc(12, 5)) == utc(12, 7, 9)


def test_nothing_elapses_backwards():
    """An end that is not later than the start gives zero."""
    assert PLAIN.elapsed(utc(12, 7, 12), utc(12, 7, 12)) == timedelta(0)
    assert PLAIN.elapsed(utc(12, 9, 12), utc(12, 7, 12)) == timedelta(0)
    assert PLAIN.elapsed(utc(12, 7, 12), utc(12, 7, 11)) == timedelta(0)


def test_holidays_of_playbook_and_host_add_up():
    """Both close their days."""
    both = BusinessTime(hours=BusinessHours(holidays=["2026-12-08"]), holidays={date(2026, 12, 9): "of the host"})
    assert both.due(utc(12, 7, 17), Duration(2, "h")) == utc(12, 10, 10)
    assert both.elapsed(utc(12, 7), utc(12, 11)) == timedelta(hours=18)
    assert not both.is_open(utc(12, 8, 12))


def test_holidays_that_the_host_changes_later_have_no_effect():
    """A plan that counts is one value: asked again, it says the same."""
    days = [date(2026, 12, 8)]
    time = BusinessTime(holidays=days)
    days.append(date(2026, 12, 9))
    assert time.due(utc(12, 7, 17), Duration(2, "h")) == utc(12, 9, 10)


def test_business_time_is_the_same_after_many_questions():
    """What it remembers is bounded and changes no answer."""
    time = BusinessTime()
    years = [time.elapsed(utc(1, 1, year=1970), utc(1, 1, year=2000)) for _ in range(2)]
    assert years == [timedelta(hours=9 * 7_827)] * 2
    assert len(time._found) <= 4_096


@pytest.mark.parametrize("text", ["1m", "2h", "1d"])
def test_holidays_that_swallow_everything_are_refused(text):
    """After 4,000 days without an open one, the search ends with an error that says so."""
    with pytest.raises(ModelError) as caught:
        due(BusinessTime(holidays=Everything()), utc(12, 7, 12), text)
    assert str(caught.value) == (
        "holidays: no open day within 4,000 days (got nothing open after 2026-12-07). "
        "Let the holidays hold single days, not every day."
    )
    closed = BusinessTime(holidays=Everything())
    with pytest.raises(ModelError, match="no open day"):
        closed.next_open(utc(12, 7, 12))
    assert not closed.is_open(utc(12, 7, 12))
    assert closed.elapsed(utc(1, 1), utc(12, 31)) == timedelta(0)


def test_search_goes_four_thousand_days_ahead_and_no_further():
    """The 4,000th day is found; the one after it is not."""
    start = utc(1, 5)
    first = [start.date() + timedelta(days=day) for day in range(4_001)]
    daily = BusinessHours(weekdays=WEEKDAYS)
    assert BusinessTime(hours=daily, holidays=first[:-1]).next_open(start).date() == first[-1]
    with pytest.raises(ModelError, match="within 4,000 days"):
        BusinessTime(hours=daily, holidays=first).next_open(start)


def test_search_begins_anew_after_an_open_day():
    """It is days in a row that end the search, not days in all."""
    weekly = BusinessTime(hours=BusinessHours(weekdays=["mon"]))
    assert weekly.due(utc(1, 5, 9), Duration(1_000, "d")) == utc(1, 5, 9) + timedelta(weeks=1_000)
    assert weekly.due(utc(1, 5, 9), Duration(9_000, "h")) == utc(1, 5, 18) + timedelta(weeks=999)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_what_is_not_over_before_2200_is_refused(zone):
    """There are no instants after the year 2199."""
    time = BusinessTime(hours=BusinessHours(zone=zone, hours=["00:00-24:00"], weekdays=WEEKDAYS))
    last = datetime(2199, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    for text in ("1m", "10000h", "1d", "10000d"):
        with pytest.raises(InstantError, match="due: the instant is out of range"):
            due(time, last, text)
    assert due(time, last - timedelta(minutes=1), "1m") == last
    assert time.is_open(last)
    assert time.next_open(last) == last
    assert time.elapsed(last - timedelta(hours=1), last) == timedelta(hours=1)


def test_business_that_does_not_open_before_2200_is_refused():
    """The end of time is no opening; of the first day of time, the hours are known."""
    mondays = BusinessTime(hours=BusinessHours(weekdays=["mon"]))
    for time in (PLAIN, mondays):
        with pytest.raises(InstantError, match="due: the instant is out of range"):
            time.next_open(utc(12, 31, 18, year=2199))
    with pytest.raises(InstantError, match="due: the instant is out of range"):
        PLAIN.due(utc(12, 31, 18, year=2199), Duration(1, "d"))
    east = BusinessTime(hours=BusinessHours(zone="Pacific/Honolulu", hours=["00:00-24:00"], weekdays=WEEKDAYS))
    assert east.is_open(utc(1, 1, year=1970))
    assert east.due(utc(1, 1, year=1970), Duration(1, "h")) == utc(1, 1, 1, year=1970)


@pytest.mark.parametrize("at", [None, date(2026, 12, 7), datetime(2026, 12, 7), utc(1, 1, year=2200), "2026-12-07"])
def test_instants_that_are_none_are_refused(at):
    """Naive datetimes, dates and texts, wherever they are passed."""
    fine = utc(12, 7)
    with pytest.raises(InstantError, match="^at: "):
        PLAIN.is_open(at)
    with pytest.raises(InstantError, match="^at: "):
        PLAIN.next_open(at)
    with pytest.raises(InstantError, match="^start: "):
        PLAIN.due(at, Duration(1, "h"))
    with pytest.raises(InstantError, match="^start: "):
        PLAIN.elapsed(at, fine)
    with pytest.raises(InstantError, match="^end: "):
        PLAIN.elapsed(fine, at)


def test_answers_are_in_utc_to_the_microsecond():
    """Whatever the zone of the question."""
    start = datetime(2026, 12, 7, 18, 0, 0, 7, tzinfo=MADRID)
    answer = PLAIN.due(start, Duration(1, "h"))
    assert answer == datetime(2026, 12, 7, 18, 0, 0, tzinfo=UTC) + timedelta(hours=15, microseconds=7)
    assert answer.tzinfo is UTC
    assert PLAIN.next_open(start).tzinfo is UTC


def test_calendar_and_holidays_that_are_wrong_are_refused_together():
    """Every problem of both, when the plan is made."""
    hours, holidays = BusinessHours(hours=["9-5"], zone="Mars"), ("2026-12-25", date(2026, 12, 26))
    assert _wrong(hours, holidays) == ["calendar.zone", "calendar.hours[0]", "holidays"]
    assert _wrong(None, ()) == ["calendar"]
    assert _wrong(BusinessHours(), "2026-12-25") == ["holidays"]


def _wrong(hours, holidays):
    with pytest.raises(ModelError) as caught:
        BusinessTime(hours=hours, holidays=holidays)
    return [problem.where for problem in caught.value.problems]


def test_days_are_the_same_however_many_were_asked_for():
    """What is remembered of days is bounded, and forgetting it changes nothing."""
    plan = BusinessTime()
    monday = datetime(2030, 1, 7, 10, tzinfo=UTC)
    starts = [monday + timedelta(days=7 * week + day) for week in range(900) for day in range(5)]
    first = [plan.due(start, Duration(1, "d")) for start in starts]
    assert first == [start + timedelta(days=3 if start.weekday() == 4 else 1) for start in starts]
