"""Windows by weekday, hours of the day and quiet hours."""

from datetime import datetime

import pytest

from leadqual import ModelError
from leadqual.nurture.windows import SendWindow, common, without

FULL = ((0, 1440),)
OFFICE = ((540, 1080),)


def problems(**parts):
    """Return what is wrong with a window: where and what."""
    with pytest.raises(ModelError) as caught:
        SendWindow(**parts)
    return [(problem.where, problem.what) for problem in caught.value.problems]


def test_window_is_open_always_when_nothing_is_said():
    """No hours, no weekdays and no quiet hours close nothing."""
    assert SendWindow().week == (FULL,) * 7


@pytest.mark.parametrize(
    ("parts", "week"),
    [
        ({"hours": ["09:00-18:00"], "weekdays": ["mon", "tue", "wed", "thu", "fri"]}, (*(OFFICE,) * 5, (), ())),
        ({"hours": ["09:00-18:00"], "weekdays": ["mon"], "days": {"sun": ["10:00-12:00"]}},
         (OFFICE, (), (), (), (), (), ((600, 720),))),
        ({"quiet": ["21:00-08:00"]}, (((480, 1260),),) * 7),
        ({"quiet": ["13:00-15:00", "21:00-24:00", "00:00-08:00"]}, (((480, 780), (900, 1260)),) * 7),
        ({"quiet": ["21:00-00:00"]}, (((0, 1260),),) * 7),
        ({"hours": ["06:00-22:00"], "days": {"sat": ["07:00-09:00", "20:00-24:00"]}, "quiet": ["21:00-08:00"]},
         (*(((480, 1260),),) * 5, ((480, 540), (1200, 1260)), ((480, 1260),))),
    ],
)  # fmt: skip
def test_window_is_its_hours_without_the_quiet_ones(parts, week):
    """Quiet hours hold on every day, on both sides of midnight."""
    assert SendWindow(**parts).week == week


@pytest.mark.parametrize(
    ("wall", "held"),
    [
        (datetime(2026, 12, 4, 8, 59, 59, 999_999), False),
        (datetime(2026, 12, 4, 9), True),
        (datetime(2026, 12, 4, 17, 59, 59, 999_999), True),
        (datetime(2026, 12, 4, 18), False),
        (datetime(2026, 12, 5, 12), False),
    ],
)
def test_window_holds_from_its_opening_to_before_its_closing(wall, held):
    """To the microsecond, by the weekday of the local time."""
    assert SendWindow(hours=["09:00-18:00"], weekdays=["fri"]).holds(wall) is held
    assert SendWindow(hours=["09:30-10:00"], weekdays=["fri"]).holds(datetime(2026, 12, 4, 9, 45))


def test_window_is_a_value_with_parts_of_its_own():
    """Two of equal parts are equal, and a list that changes later changes nothing."""
    hours, days = ["09:00-18:00"], {"fri": ["09:00-14:00"]}
    window = SendWindow(hours=hours, days=days)
    assert window == SendWindow(hours=("09:00-18:00",), days={"fri": ("09:00-14:00",)})
    assert hash(window) == hash(SendWindow(hours=hours))
    days["fri"].append("15:00-16:00")
    hours.append("19:00-20:00")
    assert (window.hours, window.days) == (("09:00-18:00",), {"fri": ("09:00-14:00",)})


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        ({"hours": ["18:00-09:00"]}, [("hours[0]", "the interval crosses midnight")]),
        ({"weekdays": ["lunes"]}, [("weekdays[0]", "unknown weekday")]),
        ({"weekdays": []}, [("weekdays", "no day is a working day")]),
        ({"hours": "09:00-18:00"}, [("hours", "a list was expected")]),
        ({"days": ["mon"]}, [("days", "a table was expected")]),
        ({"days": {"mon": ["noon"]}}, [("days.mon[0]", "an interval of the day was expected")]),
        ({"quiet": "21:00-08:00"}, [("quiet", "a list was expected")]),
        ({"quiet": ["21:00", 7, "24:00-08:00"]}, [(f"quiet[{i}]", "quiet hours were expected") for i in range(3)]),
        ({"quiet": ["08:00-08:00"]}, [("quiet[0]", "the quiet hours are empty")]),
        ({"quiet": ["08:00-09:00"] * 25}, [("quiet", "too many intervals for one day")]),
        ({"quiet": ["00:00-24:00"]}, [("quiet", "nothing is left of the week")]),
        ({"hours": ["21:00-23:00"], "quiet": ["20:00-08:00"]}, [("quiet", "nothing is left of the week")]),
        ({"hours": ["x"], "weekdays": ["x"], "quiet": ["x"]},
         [("weekdays[0]", "unknown weekday"), ("hours[0]", "an interval of the day was expected"),
          ("quiet[0]", "quiet hours were expected")]),
    ],
)  # fmt: skip
def test_window_tells_everything_that_is_wrong_with_it(parts, wrong):
    """In one error, each with its path."""
    assert problems(**parts) == wrong


@pytest.mark.parametrize(
    ("quiet", "message"),
    [
        (
            "at night",
            (
                "quiet[0]: quiet hours were expected (got 'at night'). "
                'Write when it begins and ends, such as "21:00-08:00".'
            ),
        ),
        (
            "08:00-08:00",
            (
                "quiet[0]: the quiet hours are empty (got '08:00-08:00'). "
                'Let them end at another time than they begin; a whole day is "00:00-24:00".'
            ),
        ),
        (
            "00:00-24:00",
            (
                "quiet: nothing is left of the week (got a list of 1). "
                "Leave some hours of some day outside the quiet hours."
            ),
        ),
    ],
)
def test_quiet_hours_that_are_wrong_are_explained(quiet, message):
    """What came, and how it is written."""
    with pytest.raises(ModelError) as caught:
        SendWindow(quiet=[quiet])
    assert str(caught.value) == message


def test_quiet_hours_are_twenty_four_intervals_at_most():
    """As many as a day has hours."""
    assert SendWindow(quiet=["08:00-09:00"] * 24).week[0] == ((0, 480), (540, 1440))
    with pytest.raises(ModelError) as caught:
        SendWindow(quiet=["08:00-09:00"] * 25)
    assert str(caught.value) == "quiet: too many intervals for one day (got a list of 25). Write at most 24."


@pytest.mark.parametrize(
    ("intervals", "silence", "left"),
    [
        (FULL, (), FULL),
        (FULL, ((0, 1440),), ()),
        (OFFICE, ((600, 660),), ((540, 600), (660, 1080))),
        (OFFICE, ((0, 540), (1080, 1440)), OFFICE),
        (((540, 840), (960, 1140)), ((800, 1000),), ((540, 800), (1000, 1140))),
    ],
)
def test_what_is_taken_out_of_a_day_is_not_left(intervals, silence, left):
    """In order, without empty pieces."""
    assert without(intervals, silence) == left


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (FULL, OFFICE, OFFICE),
        (OFFICE, (), ()),
        (((0, 540), (1080, 1440)), OFFICE, ()),
        (((500, 600), (700, 800)), ((550, 750),), ((550, 600), (700, 750))),
    ],
)
def test_common_hours_are_in_both(one, other, both):
    """Hours that only touch have nothing in common."""
    assert common(one, other) == common(other, one) == both
