"""Frequency caps against counting in every window; no window ever holds more than its cap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from leadqual.nurture.caps import Caps, FrequencyCap
from leadqual.nurture.counting import CountedTouch, next_allowed

from .walking import MINUTE, NIGHTS

HOUR = timedelta(hours=1)
BEGIN = datetime(2026, 12, 1, tzinfo=UTC)
PER = st.sampled_from(["day", "week", "month"])
ROLLING = st.builds(FrequencyCap, times=st.integers(1, 4), days=st.integers(1, 9))
HOURS = st.integers(0, 20 * 24)
CHANNELS = st.sampled_from(["email", "sms"])
PURPOSES = st.sampled_from(["newsletter", "offer", "requested", "sales"])


def touch(hour, channel="email", purpose="newsletter"):
    """Return a touch at an hour after the beginning."""
    return CountedTouch(at=BEGIN + hour * HOUR, channel=channel, purpose=purpose)


def crowd(instants, at, window):
    """Return how many lie in the fullest window that holds an instant, itself included."""
    ends = [end for end in (*instants, at) if at <= end < at + window]
    return max(1 + sum(end - window < other <= end for other in instants) for end in ends)


@given(st.lists(ROLLING, min_size=1, max_size=3), st.lists(HOURS, max_size=12), HOURS)
def test_touch_goes_at_the_first_hour_at_which_no_rolling_window_is_too_full(caps, gone, start):
    """Every window is counted by hand; at no hour before it would all have had room."""
    instants = [BEGIN + hour * HOUR for hour in gone]
    found = next_allowed(
        BEGIN + start * HOUR, map(touch, gone), Caps(marketing={"email": caps}), channel="email", purpose="x", zones=()
    )

    def fits(at):
        return all(crowd(instants, at, cap.span) <= cap.times for cap in caps)

    earlier = range((found.at - BEGIN) // HOUR - start)
    assert fits(found.at)
    assert not any(fits(BEGIN + (start + hour) * HOUR) for hour in earlier)
    assert (found.cap is None) == (not earlier)


@given(st.lists(ROLLING, min_size=1, max_size=3), st.lists(HOURS, min_size=1, max_size=25))
def test_no_rolling_window_is_ever_above_a_cap(caps, starts):
    """Touches are planned one after the other, in any order of their dates; each window (u - w, u] is counted."""
    table = Caps(marketing={"*": caps})
    planned: list[CountedTouch] = []
    for start in starts:
        at = next_allowed(BEGIN + start * HOUR, planned, table, channel="email", purpose="x", zones=()).at
        planned.append(CountedTouch(at=at, channel="email", purpose="x"))
    instants = sorted(touch.at for touch in planned)
    for cap in caps:
        for hour in range((instants[-1] - BEGIN) // HOUR + cap.days * 24 + 1):
            end = BEGIN + hour * HOUR
            assert sum(end - cap.span < at <= end for at in instants) <= cap.times


@given(
    st.sampled_from(NIGHTS),
    PER,
    st.integers(1, 2),
    st.lists(st.integers(-4_000, 4_000), max_size=8),
    st.integers(-2_000, 2_000),
)
def test_touch_goes_in_the_first_day_week_or_month_with_room(night, per, times, gone, start):
    """The calendar of the lead is read minute by minute, also where its clocks change."""
    zone, change = night
    clock = ZoneInfo(zone)

    def period(at):
        day = at.astimezone(clock).date()
        return day if per == "day" else day.isocalendar()[:2] if per == "week" else (day.year, day.month)

    instants = [change + minute * MINUTE for minute in gone]
    touches = [CountedTouch(at=at, channel="sms", purpose="offer") for at in instants]
    periods = [period(at) for at in instants]
    caps = Caps(marketing={"sms": [FrequencyCap(times=times, per=per)]})
    at = change + start * MINUTE
    found = next_allowed(at, touches, caps, channel="sms", purpose="offer", zones=[zone]).at
    walk = (at + minute * MINUTE for minute in range(3 * 24 * 60))
    expected = next((minute for minute in walk if periods.count(period(minute)) < times), None)
    if expected is not None:
        assert found == expected
    else:
        assert periods.count(period(found)) < times
        assert periods.count(period(found - timedelta.resolution)) >= times


@given(
    st.lists(st.one_of(ROLLING, st.builds(FrequencyCap, times=st.integers(1, 2), per=PER)), min_size=1, max_size=3),
    st.lists(st.tuples(HOURS, CHANNELS, PURPOSES), max_size=15),
    HOURS,
    st.lists(st.sampled_from([zone for zone, _ in NIGHTS]), min_size=1, max_size=3),
)
def test_caps_see_touches_of_their_kind_and_channel_only(caps, gone, start, zones):
    """What other kinds and channels have had makes no difference, and neither does the order."""
    touches = [touch(*one) for one in gone]
    own = [one for one in touches if one.channel == "email" and one.purpose in {"newsletter", "offer"}]
    every = [one for one in touches if one.purpose in {"newsletter", "offer"}]
    asked = {"channel": "email", "purpose": "newsletter", "zones": zones}
    at = BEGIN + start * HOUR
    by_channel, by_all = Caps(marketing={"email": caps}), Caps(marketing={"*": caps}, sales={"*": caps})
    assert next_allowed(at, touches, by_channel, **asked) == next_allowed(at, own[::-1], by_channel, **asked)
    found, again = (next_allowed(at, part, by_all, **asked).at for part in (touches, every[::-1]))
    assert found == again
    assert next_allowed(found, touches, by_all, **asked).at == found
    assert found >= next_allowed(at, own, by_channel, **asked).at
