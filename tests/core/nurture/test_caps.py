"""Frequency caps as values."""

from datetime import timedelta

import pytest

from leadqual import ModelError
from leadqual.nurture.caps import Caps, FrequencyCap

WEEKLY = FrequencyCap(times=2, days=7)
DAILY = FrequencyCap(times=1, per="day")


def problems(kind, **parts):
    """Return what is wrong with a value: where and what."""
    with pytest.raises(ModelError) as caught:
        kind(**parts)
    return [(problem.where, problem.what) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("cap", "text", "span"),
    [
        (WEEKLY, "2 in 7 days", timedelta(days=7)),
        (FrequencyCap(times=1, days=1), "1 in 1 day", timedelta(days=1)),
        (DAILY, "1 per day", timedelta()),
        (FrequencyCap(times=0, per="month"), "0 per month", timedelta()),
    ],
)
def test_cap_says_what_it_allows(cap, text, span):
    """How many, and in which window."""
    assert (str(cap), cap.span) == (text, span)


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        ({"times": -1, "days": 7}, [("times", "times out of range")]),
        ({"times": True, "days": 7}, [("times", "times out of range")]),
        ({"times": 2.0, "days": 7}, [("times", "times out of range")]),
        ({"times": 1_000_001, "days": 7}, [("times", "times out of range")]),
        ({"times": None, "days": 7}, [("times", "times out of range")]),
        ({"times": 1}, [("days", "a cap has one window")]),
        ({"times": 1, "days": 7, "per": "week"}, [("days", "a cap has one window")]),
        ({"times": 1, "days": 0}, [("days", "days out of range")]),
        ({"times": 1, "days": 36_501}, [("days", "days out of range")]),
        ({"times": 1, "days": 1.5}, [("days", "days out of range")]),
        ({"times": 1, "per": "year"}, [("per", "unknown window")]),
        ({"times": 1, "per": ["day"]}, [("per", "unknown window")]),
        ({"times": "2", "days": "7", "per": 7},
         [("times", "times out of range"), ("days", "a cap has one window"), ("days", "days out of range"),
          ("per", "unknown window")]),
    ],
)  # fmt: skip
def test_cap_tells_everything_that_is_wrong_with_it(parts, wrong):
    """In one error."""
    assert problems(FrequencyCap, **parts) == wrong


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (
            {"times": 1_000_001, "days": 7},
            (
                "times: times out of range (got 1000001). "
                "Write a whole number from 0 (never) to 1,000,000; leave the cap out for no limit."
            ),
        ),
        ({"times": 1}, 'days: a cap has one window (got none). Write either `days = 7` or `per = "week"`.'),
        (
            {"times": 1, "days": 7, "per": "day"},
            'days: a cap has one window (got two). Write either `days = 7` or `per = "week"`.',
        ),
        (
            {"times": 1, "days": 0},
            "days: days out of range (got 0). Write a whole number of days from 1 to 36,500.",
        ),
        ({"times": 1, "per": "year"}, "per: unknown window (got 'year'). Write one of: day, week, month."),
    ],
)
def test_cap_that_is_wrong_is_explained(parts, message):
    """What came, and what may stand there."""
    with pytest.raises(ModelError) as caught:
        FrequencyCap(**parts)
    assert str(caught.value) == message


@pytest.mark.parametrize("times", [0, 1_000_000])
@pytest.mark.parametrize("window", [{"days": 1}, {"days": 36_500}, {"per": "week"}])
def test_cap_takes_its_bounds(times, window):
    """Nought is never; the largest numbers are allowed."""
    assert FrequencyCap(times=times, **window).times == times


def test_caps_of_a_touch_are_those_of_its_channel_and_of_all():
    """Each with the channel that it counts; those of other kinds and channels are not meant."""
    caps = Caps(marketing={"email": [WEEKLY], "sms": [DAILY], "*": [DAILY, WEEKLY]}, sales={"email": [DAILY]})
    assert caps.of("email", "marketing") == ((WEEKLY, "email"), (DAILY, "*"), (WEEKLY, "*"))
    assert caps.of("phone", "marketing") == ((DAILY, "*"), (WEEKLY, "*"))
    assert caps.of("email", "sales") == ((DAILY, "email"),)
    assert caps.of("email", "requested") == ()
    assert Caps(requested={"email": [WEEKLY]}).of("email", "requested") == ((WEEKLY, "email"),)


def test_caps_are_values_with_parts_of_their_own():
    """A list that changes later changes nothing."""
    mine = [WEEKLY]
    caps = Caps(marketing={"email": mine})
    mine.append(DAILY)
    assert caps == Caps(marketing={"email": (WEEKLY,)})


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        ({"marketing": [WEEKLY]}, [("marketing", "a table was expected")]),
        ({"sales": {"email": WEEKLY}}, [("sales.email", "a list was expected")]),
        ({"requested": {"": [WEEKLY]}}, [("requested", "a text was expected")]),
        ({"marketing": {7: 8}}, [("marketing", "a text was expected"), ("marketing", "a list was expected")]),
        ({"marketing": {"email": [{"times": 2, "days": 7}, WEEKLY, 3]}},
         [(f"marketing.email[{i}]", "a FrequencyCap was expected") for i in (0, 2)]),
        ({"marketing": {"email": [WEEKLY] * 33}}, [("marketing.email", "too many caps")]),
    ],
)  # fmt: skip
def test_caps_tell_everything_that_is_wrong_with_them(parts, wrong):
    """Each with its path."""
    assert problems(Caps, **parts) == wrong


def test_caps_of_a_channel_are_thirty_two_at_most():
    """Nobody needs more."""
    assert len(Caps(marketing={"email": [WEEKLY] * 32}).of("email", "marketing")) == 32
    with pytest.raises(ModelError, match=r"^marketing.email: too many caps \(got a list of 33\). Write at most 32.$"):
        Caps(marketing={"email": [WEEKLY] * 33})


def test_caps_name_no_more_problems_than_anybody_reads():
    """A table of nonsense is not described line by line."""
    assert len(problems(Caps, marketing={f"c{n}": 7 for n in range(2_000)})) == 500
