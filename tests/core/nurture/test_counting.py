"""The first instant at which one more touch keeps every cap."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from leadqual import EventError, InstantError, ModelError
from leadqual.nurture.caps import Caps, FrequencyCap
from leadqual.nurture.counting import Allowed, CountedTouch, next_allowed

MADRID = ("Europe/Madrid",)
MONDAY = datetime(2026, 12, 7, 9, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
HOUR = timedelta(hours=1)


def on(day):
    """Return the instant so many days after the Monday."""
    return MONDAY + timedelta(days=day)


def sent(*days, channel="email", purpose="newsletter"):
    """Return touches on those days."""
    return [CountedTouch(at=on(day), channel=channel, purpose=purpose) for day in days]


def asked(day, touches, *caps, channel="email", purpose="newsletter", zones=MADRID):
    """Return when a marketing mail may go."""
    return next_allowed(
        on(day), touches, Caps(marketing={"email": caps}), channel=channel, purpose=purpose, zones=zones
    )


@pytest.mark.parametrize(
    ("times", "days", "gone", "at", "first"),
    [
        (1, 7, (), 3, 3),
        (1, 7, (0,), 3, 7),
        (1, 7, (0,), 7, 7),
        (1, 7, (0,), 6.999, 7),
        (2, 7, (0,), 0, 0),
        (2, 7, (0, 1), 2, 7),
        (2, 7, (1, 0), 2, 7),
        (2, 7, (0, 0), 0, 7),
        (2, 7, (0, 1, 2), 3, 8),  # already above it
        (1, 1, (0, 1, 2, 3), 0.5, 4),
        (1, 7, (5,), 0, 12),  # what is planned later counts too
        (1, 7, (7,), 0, 0),
        (2, 7, (2, 9), 5, 5),
        (2, 7, (3, 9), 5, 10),
        (2, 7, (3, 8), 5, 10),
        (3, 7, (0, 6, 6.5), 5, 7),
        (1_000_000, 7, (0, 0, 0), 0, 0),
    ],
)
def test_touch_is_moved_to_the_first_instant_that_keeps_a_rolling_cap(times, days, gone, at, first):
    """In no span of so many days there are more than allowed; two that lie exactly so far apart are in two spans."""
    cap = FrequencyCap(times=times, days=days)
    found = asked(at, sent(*gone), cap)
    assert found == (Allowed(at=on(first)) if first == at else Allowed(at=on(first), cap=cap, scope="email"))


def test_rolling_cap_counts_hours_and_not_the_clock():
    """After the clocks went forward, a day of 24 hours ends an hour later by the clock."""
    cap = Caps(marketing={"email": [FrequencyCap(times=1, days=1)]})
    before = datetime(2026, 3, 28, 8, tzinfo=UTC)  # 09:00
    gone = [CountedTouch(at=before, channel="email", purpose="newsletter")]
    found = next_allowed(before, gone, cap, channel="email", purpose="newsletter", zones=MADRID)
    assert found.at == datetime(2026, 3, 29, 8, tzinfo=UTC)  # 10:00


@pytest.mark.parametrize(
    ("per", "gone", "at", "first"),
    [
        ("day", "2026-12-07T22:30", "2026-12-07T22:45", "2026-12-07T23:00"),
        ("day", "2026-12-07T22:30", "2026-12-07T23:00", "2026-12-07T23:00"),
        ("day", "2026-03-28T09:00", "2026-03-28T12:00", "2026-03-28T23:00"),
        ("day", "2026-03-29T09:00", "2026-03-29T12:00", "2026-03-29T22:00"),
        ("week", "2026-12-07T09:00", "2026-12-09T09:00", "2026-12-13T23:00"),
        ("week", "2026-12-13T22:59", "2026-12-13T22:59", "2026-12-13T23:00"),
        ("week", "2026-10-19T09:00", "2026-10-24T09:00", "2026-10-25T23:00"),
        ("month", "2026-12-01T09:00", "2026-12-02T09:00", "2026-12-31T23:00"),
        ("month", "2026-11-30T22:59", "2026-12-02T09:00", "2026-12-02T09:00"),
        ("month", "2028-02-29T22:59", "2028-02-01T09:00", "2028-02-29T23:00"),
    ],
)
def test_touch_is_moved_to_the_next_day_week_or_month_of_the_lead(per, gone, at, first):
    """Local midnight begins it, whatever the clocks have done meanwhile; weeks begin on Monday."""
    cap = FrequencyCap(times=1, per=per)
    gone, at, first = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (gone, at, first))
    touches = [CountedTouch(at=gone, channel="email", purpose="newsletter")]
    caps = Caps(marketing={"email": [cap]})
    found = next_allowed(at, touches, caps, channel="email", purpose="newsletter", zones=MADRID)
    assert (found.at, found.cap) == (first, None if first == at else cap)


@pytest.mark.parametrize(
    ("zone", "gone", "at", "first"),
    [
        ("Pacific/Apia", "2011-12-30T09:30", "2011-12-30T09:40", "2011-12-30T10:00"),  # Thursday, then Saturday
        ("America/Santiago", "2026-09-06T03:30", "2026-09-06T03:40", "2026-09-06T04:00"),  # 24:00 is 01:00
        ("America/Santiago", "2026-04-05T02:30", "2026-04-05T03:30", "2026-04-05T04:00"),  # the second 23:30
        ("America/Havana", "2026-11-01T04:30", "2026-11-01T05:30", "2026-11-02T05:00"),  # 00:30 twice: one day
        ("America/St_Johns", "2008-11-02T02:30", "2008-11-02T02:30", "2008-11-02T02:31"),  # 00:00, then 23:01 again
        ("America/St_Johns", "2008-11-02T02:29", "2008-11-02T03:00", "2008-11-02T03:30"),  # the second midnight
    ],
)
def test_day_ends_where_the_clock_shows_another_date(zone, gone, at, first):
    """Midnight may not exist, or come twice."""
    gone, at, first = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (gone, at, first))
    caps = Caps(marketing={"*": [FrequencyCap(times=1, per="day")]})
    touches = [CountedTouch(at=gone, channel="sms", purpose="offer")]
    assert next_allowed(at, touches, caps, channel="email", purpose="offer", zones=[zone]).at == first


def test_calendar_cap_holds_in_every_zone_in_which_the_lead_may_be():
    """The next day has to have begun in each of them."""
    cap = FrequencyCap(times=1, per="day")
    assert asked(0.1, sent(0), cap, zones=["Europe/Madrid", "Asia/Tokyo"]).at == on(0).replace(hour=23)
    late = datetime(2026, 12, 7, 15, 30, tzinfo=UTC)  # the 8th in Tokyo
    caps = Caps(marketing={"email": [cap]})
    both = ["Europe/Madrid", "Asia/Tokyo"]
    found = next_allowed(late, sent(0.25), caps, channel="email", purpose="x", zones=both)
    assert found.at == datetime(2026, 12, 8, 15, tzinfo=UTC)


def test_touch_is_moved_until_no_cap_moves_it_any_more():
    """The last cap that moved it is named, with the channel that it counts."""
    daily, weekly = FrequencyCap(times=1, days=1), FrequencyCap(times=2, days=7)
    caps = Caps(marketing={"email": [weekly], "*": [daily]})
    touches = [*sent(0, 1), *sent(6.5, channel="sms")]
    found = next_allowed(on(2), touches, caps, channel="email", purpose="x", zones=MADRID)
    assert found == Allowed(at=on(7.5), cap=daily, scope="*")


def test_touch_of_no_channel_with_a_cap_goes_at_once():
    """What is absent is unlimited."""
    weekly = FrequencyCap(times=1, days=7)
    assert asked(0, sent(0, 0, 0)) == Allowed(at=on(0))
    assert asked(0, sent(0, channel="sms"), weekly, channel="sms") == Allowed(at=on(0))
    assert asked(0, sent(0, channel="sms"), weekly) == Allowed(at=on(0))


@pytest.mark.parametrize("window", [{"days": 7}, {"per": "day"}])
def test_cap_of_nought_allows_none(window):
    """Never is never, also for a lead that got nothing yet."""
    never = FrequencyCap(times=0, **window)
    assert asked(0, [], FrequencyCap(times=1, days=7), never) == Allowed(at=None, cap=never, scope="email")


def test_cap_that_lasts_beyond_the_last_instant_allows_none():
    """No instant lies in the year 2200."""
    century = FrequencyCap(times=1, days=36_500)
    assert asked(1, sent(0), century).at.year == 2126
    found = asked(100 * 365, sent(99 * 365), century)
    assert found == Allowed(at=None, cap=century, scope="email")
    daily = Caps(marketing={"email": [FrequencyCap(times=1, days=1)]})
    last = datetime(2199, 12, 31, tzinfo=UTC)
    gone = [CountedTouch(at=last, channel="email", purpose="x")]
    assert next_allowed(last, gone, daily, channel="email", purpose="x", zones=()).at is None


def test_zones_matter_only_to_caps_by_the_calendar():
    """A rolling cap needs none; another refuses what is none."""
    rolling, calendar = FrequencyCap(times=1, days=1), FrequencyCap(times=1, per="day")
    assert asked(0, sent(0), rolling, zones=[]).at == on(1)
    for zones in ([], ["Mars/Olympus"]):
        with pytest.raises(ModelError, match="zone"):
            asked(0, sent(0), calendar, zones=zones)


def test_counted_touch_is_an_instant_of_utc_with_a_kind():
    """Whatever the zone in which it was noted."""
    touch = CountedTouch(at=datetime.fromisoformat("2026-12-07T10:00:00+01:00"), channel="email", purpose="sales")
    assert (touch.at, touch.at.tzinfo, touch.kind) == (MONDAY, UTC, "sales")


def test_counted_touch_is_checked():
    """An instant has a zone, a channel and a purpose are words."""
    with pytest.raises(InstantError, match="^at: "):
        CountedTouch(at=datetime(2026, 12, 7), channel="email", purpose="sales")
    wrong: dict[str, Any] = {"channel": "", "purpose": 7}
    with pytest.raises(EventError) as caught:
        CountedTouch(at=MONDAY, **wrong)
    assert [problem.where for problem in caught.value.problems] == ["channel", "purpose"]


def test_naive_instant_is_refused():
    """An instant has a zone."""
    with pytest.raises(InstantError, match="^at: the instant has no zone"):
        next_allowed(datetime(2026, 12, 7), [], Caps(), channel="email", purpose="x", zones=MADRID)
