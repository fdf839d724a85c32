"""The hours, weekdays and holidays of a calendar, and everything that can be wrong with them."""

from datetime import UTC, date, datetime

import pytest

from leadqual.lifecycle.hours import WEEKDAYS, BusinessHours, calendar_problems


def told(value=None, **fields):
    """What is wrong with a calendar, in lines."""
    return [str(problem) for problem in calendar_problems(BusinessHours(**fields) if value is None else value)]


def test_calendar_by_default_is_nine_to_six_on_working_days_in_utc():
    """It needs no table in a playbook."""
    hours = BusinessHours()
    assert not told(hours)
    assert hours.zone == "UTC"
    assert [hours.intervals(day) for day in range(7)] == [((540, 1080),)] * 5 + [()] * 2


def test_calendar_has_other_hours_for_a_weekday_that_it_names():
    """What is named is a working day, whether it is among the weekdays or not."""
    hours = BusinessHours(
        hours=["09:00-14:00", "16:00-19:00"],
        weekdays=["mon", "fri"],
        days={"fri": ["09:00-14:00"], "sat": ["10:00-24:00"]},
    )
    assert not told(hours)
    pair = ((540, 840), (960, 1140))
    assert [hours.intervals(day) for day in range(7)] == [pair, (), (), (), ((540, 840),), ((600, 1440),), ()]


def test_calendar_may_have_single_weekdays_only():
    """Without working days and hours of its own, the named ones remain."""
    hours = BusinessHours(hours=[], weekdays=[], days={"sun": ["00:00-24:00"]})
    assert not told(hours)
    assert hours.intervals(6) == ((0, 1440),)
    assert not told(hours=[], weekdays=["sun"], days={"sun": ["00:00-24:00"]})


def test_calendar_keeps_its_own_copies():
    """A caller's later change has no effect, and equal calendars are equal."""
    hours, days = ["09:00-10:00"], {"mon": ["09:00-10:00"]}
    made = BusinessHours(hours=hours, days=days)
    hours.append("x")
    days["mon"].append("x")
    days["x"] = []
    assert not told(made)
    assert made == BusinessHours(hours=("09:00-10:00",), days={"mon": ("09:00-10:00",)})
    assert len({made, BusinessHours(hours=["09:00-10:00"], days={"mon": ["09:00-10:00"]})}) == 1


def test_calendar_reads_holidays_as_dates_and_as_iso_texts():
    """TOML has dates, JSON has texts; both are the same calendar."""
    made = BusinessHours(holidays=["2026-12-25", date(2027, 1, 1)])
    assert not told(made)
    assert made.holidays == (date(2026, 12, 25), date(2027, 1, 1))


INTERVAL = 'Write when it opens and closes, such as "09:00-14:00"; "24:00" is the end of a day.'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "9:00-18:00",
        "09:00–18:00",
        "09:00 - 18:00",
        "09.00-18.00",
        "09:60-18:00",
        "25:00-26:00",
        "09:00-24:01",
        "24:00-24:00",
        "0x:00-18:00",
        "٠٩:00-18:00",
        "09:00-18:000",
        "-9:00-18:00",
        "09:00,18:00",
        9,
        None,
        ["09:00", "18:00"],
    ],
)
def test_interval_that_cannot_be_read_is_shown(text):
    """Two clock times of two digits each, joined by a hyphen."""
    (problem,) = calendar_problems(BusinessHours(hours=["08:00-08:30", text]))
    assert (problem.where, problem.what) == ("calendar.hours[1]", "an interval of the day was expected")
    assert problem.hint == INTERVAL


ORDER = "Write the intervals of a day in ascending order, without overlap."


def test_intervals_ascend_within_the_day_without_overlap():
    """Each opens when the one before it has closed, at the earliest."""
    assert not told(hours=["00:00-09:00", "09:00-09:01", "23:59-24:00"])
    assert told(hours=["09:00-14:00", "13:59-15:00", "15:00-16:00", "08:00-09:00", "16:00-17:00"]) == [
        f"calendar.hours[1]: the interval opens before the one before it closes (got '13:59-15:00'). {ORDER}",
        f"calendar.hours[3]: the interval opens before the one before it closes (got '08:00-09:00'). {ORDER}",
    ]


def test_interval_neither_crosses_midnight_nor_is_empty():
    """A night shift is two intervals."""
    assert told(hours=["22:00-06:00"]) == [
        "calendar.hours[0]: the interval crosses midnight (got '22:00-06:00'). End it at 24:00, begin another at 00:00."
    ]
    assert told(hours=["09:00-09:00"]) == [
        "calendar.hours[0]: the interval is empty (got '09:00-09:00'). Let it close after it opens."
    ]


def test_intervals_of_a_day_are_bounded():
    """More than 24 are a mistake; they are not gone through."""
    assert told(hours=["x"] * 25) == [
        "calendar.hours: too many intervals for one day (got a list of 25). Write at most 24."
    ]
    clock = [f"{hour:02}:00-{hour:02}:30" for hour in range(24)]
    assert not told(hours=clock)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Monday", "Did you mean `mon`?"),
        ("THU", "Did you mean `thu`?"),
        ("lunes", "Known: mon, tue, wed, thu, fri, sat, sun."),
        ("", "Known: mon, tue, wed, thu, fri, sat, sun."),
        (1, "Known: mon, tue, wed, thu, fri, sat, sun."),
        ([], "Known: mon, tue, wed, thu, fri, sat, sun."),
    ],
)
def test_weekday_that_is_unknown_gets_a_hint(name, hint):
    """Weekdays are the first three letters of their English names."""
    (problem,) = calendar_problems(BusinessHours(weekdays=["mon", name]))
    assert (problem.where, problem.what, problem.hint) == ("calendar.weekdays[1]", "unknown weekday", hint)


def test_weekday_that_comes_twice_is_shown():
    """One of the two was meant to be another."""
    assert told(weekdays=["mon", "tue", "mon"]) == [
        "calendar.weekdays[2]: the weekday comes twice (got 'mon'). Name each weekday once."
    ]
    assert not told(weekdays=WEEKDAYS)
    assert len(told(weekdays=["mon"] * 100_000)) == 7


def test_weekday_of_other_hours_is_checked_like_any():
    """Its name, its list and its intervals, each in its place."""
    closed = "Write at least one interval, or take the weekday out of `days` and `weekdays` to close it."
    assert told(days={"Fri": ["09:00-14:00"], "sat": [], "sun": "09:00-14:00", "mon": ["9-5"]}) == [
        "calendar.days.Fri: unknown weekday (got 'Fri'). Did you mean `fri`?",
        f"calendar.days.sat: a working day has no hours (got a list of 0). {closed}",
        "calendar.days.sun: a list was expected (got '09:00-14:00'). Pass a list.",
        f"calendar.days.mon[0]: an interval of the day was expected (got '9-5'). {INTERVAL}",
    ]


def test_calendar_that_never_opens_is_refused():
    """There is at least one interval a week, and each working day has one."""
    none = "Name at least one weekday, or there is no business time."
    assert told(weekdays=[]) == [f"calendar.weekdays: no day is a working day (got a list of 0). {none}"]
    hint = 'Write at least one interval, such as "09:00-18:00", or take the days out of `weekdays`.'
    assert told(hours=[]) == [f"calendar.hours: a working day has no hours (got a list of 0). {hint}"]
    assert told(hours=[], weekdays=["mon", "tue"], days={"tue": ["09:00-10:00"]}) == [
        f"calendar.hours: a working day has no hours (got a list of 0). {hint}"
    ]


def test_calendar_says_all_that_is_wrong_at_once():
    """Every part is looked at, in the order of the document, under the path that was given."""
    value = BusinessHours(
        zone="Europe/Madird", hours=["9-5"], weekdays=["Mon"], holidays=["1 May", datetime(2026, 1, 1, tzinfo=UTC)]
    )
    assert [problem.where for problem in calendar_problems(value, "playbook.calendar")] == [
        "playbook.calendar.zone",
        "playbook.calendar.weekdays[0]",
        "playbook.calendar.hours[0]",
        "playbook.calendar.holidays[0]",
        "playbook.calendar.holidays[1]",
    ]


def test_calendar_of_wrong_kinds_is_refused():
    """What is no list, table or calendar at all is said once."""
    assert told({}) == ["calendar: a BusinessHours was expected (got a table of 0). Pass a BusinessHours."]
    assert told(hours="09:00-18:00", weekdays={"mon": 1}, days=["fri"], holidays="2026-12-25", zone=None) == [
        'calendar.zone: unknown zone (got None). Write an IANA name such as "Europe/Madrid".',
        "calendar.hours: a list was expected (got '09:00-18:00'). Pass a list.",
        "calendar.weekdays: a list was expected (got a table of 1). Pass a list.",
        "calendar.days: a table was expected (got a list of 1). Pass a dict.",
        "calendar.holidays: a list was expected (got '2026-12-25'). Pass a list.",
    ]


def test_problems_of_a_calendar_are_bounded():
    """A list of thousands of wrong dates makes 500 problems."""
    assert len(told(holidays=["x"] * 10_000)) == 500
