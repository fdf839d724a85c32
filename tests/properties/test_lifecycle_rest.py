"""Rests: calendar months where the lead lives, dates that a buyer names, and an end to trying."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from leadqual import Tick, Verdict
from leadqual.lifecycle.facts import Recycled, Woken

from .lives import DAY, Host, act_of, lead_of, qualifier_of

ZONES = ("Europe/Madrid", "America/Santiago", "Pacific/Apia", "Asia/Kathmandu", "America/Mexico_City", "UTC", None)
MICROSECOND = timedelta(microseconds=1)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC))
"""Among them ends of months, leap days and nights on which clocks change."""
ends = st.builds(
    lambda year, month, hour: datetime(year, month, monthrange(year, month)[1], hour, tzinfo=UTC),
    st.integers(2024, 2032),
    st.integers(1, 12),
    st.integers(0, 23),
)


def months_later(day: date, months: int) -> date:
    """Count months as people do: the same day, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def first_instant(day: date, zone: ZoneInfo) -> datetime:
    """Find when a local day begins by walking over its minutes."""
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
    while at.astimezone(zone).date() < day:
        at += timedelta(minutes=15)
    return at


def maybe(host: Host, now: datetime, **more: Any) -> Recycled:
    """Say maybe, and return what becomes of it."""
    outcome = host.handle(Verdict("maybe", **more), now)
    assert outcome is not None
    (rest,) = (fact for fact in outcome.facts if isinstance(fact, Recycled))
    return rest


@given(instants | ends, st.sampled_from(ZONES), st.sampled_from(["no_budget", "timing", "nobody_named_this", None]))
def test_rests_are_calendar_months_where_the_lead_lives(now, zone, reason):
    """A rest ends at the start of a local day, from the reason's months on, within the bounds, later than it began."""
    host = Host(qualifier_of(), lead_of("outbound", zone=zone, name=f"L{now.microsecond}"), now)
    rest = maybe(host, now, reason=reason)
    where = ZoneInfo(zone or "UTC")
    began, wakes = now.astimezone(where).date(), rest.wake_at.astimezone(where).date()
    lowest, highest = months_later(began, 3), months_later(began, 6)
    target = months_later(began, {"no_budget": 6, "timing": 4}.get(reason, 3))
    assert lowest <= wakes <= highest
    assert min(target, highest - 30 * DAY) <= wakes <= min(target + 30 * DAY, highest)
    assert rest.wake_at == first_instant(wakes, where)
    assert rest.wake_at > now
    assert (rest.at, host.qualifier.next_due(host.record)) == (now, rest.wake_at)


@given(instants, st.sampled_from(ZONES), st.integers(2, 700))
def test_a_day_that_the_buyer_names_beats_the_window(now, zone, days):
    """The rest ends as the named day begins where the lead lives, be it before or after the window."""
    where = ZoneInfo(zone or "UTC")
    named = now.astimezone(where).date() + days * DAY
    host = Host(qualifier_of(), lead_of("outbound", zone=zone), now)
    rest = maybe(host, now, reason="timing", wake_on=named)
    assert rest.wake_at == first_instant(named, where)


@given(instants, st.sampled_from(ZONES), st.integers(0, 3))
def test_a_rest_ends_at_its_instant_and_not_before(now, zone, late):
    """One microsecond before, nothing; then it wakes, dated to that instant however late the tick comes."""
    host = Host(qualifier_of(), lead_of("outbound", zone=zone), now)
    wake_at = maybe(host, now).wake_at
    host.handle(Tick(), wake_at - MICROSECOND)
    assert host.record.stage == "recycle"
    outcome = host.handle(Tick(), wake_at + late * DAY)
    assert host.record.stage == "lead"
    assert [(fact.at, fact.early) for fact in outcome.facts if isinstance(fact, Woken)] == [(wake_at, False)]
    assert host.qualifier.next_due(host.record) is None


@given(instants, st.lists(st.integers(0, 200), min_size=4, max_size=6))
def test_a_lead_rests_three_times_and_is_left_alone_then(now, waits):
    """After the last attempt it rests without a date, is never lost, and wakes by its own act only."""
    host = Host(qualifier_of(), lead_of("outbound", "tiny"), now)
    for number, wait in enumerate(waits, 1):
        rest = maybe(host, host.now + wait * DAY, reason="timing")
        assert (rest.attempt, rest.dormant, rest.wake_at is None) == (min(number, 4), number > 3, number > 3)
        if number <= 3:
            host.handle(Tick(), rest.wake_at)
            assert host.record.stage == "lead"
    host.tick_until(host.now + 2_000 * DAY)
    assert host.record.stage == "recycle"
    host.handle(act_of(1, "open", host.now), host.now + DAY)
    assert host.record.stage == "recycle"
    host.handle(act_of(2, "visit", host.now), host.now)
    assert host.record.stage == "lead"


@given(instants, st.integers(1, 80), st.sampled_from(["keep", "restart"]))
def test_an_own_act_ends_a_rest_early(now, days, interest):
    """A new interaction wakes, and what was earned before counts on or not, as the playbook says."""
    qualifier = qualifier_of(interest=interest, stay=False)
    host = Host(qualifier, lead_of("outbound", "small"), now)
    host.handle(act_of(1, "visit", now), now)
    host.handle(act_of(2, "visit", now), now + MICROSECOND)
    assert host.record.stage == "mql"
    maybe(host, now + timedelta(minutes=1), reason="timing")
    woken = now + timedelta(minutes=1) + timedelta(hours=days)
    outcome = host.handle(act_of(3, "visit", woken), woken)
    assert [fact.early for fact in outcome.facts if isinstance(fact, Woken)] == [True]
    counted = [act for act in host.events if interest == "keep" or act.at >= now + timedelta(minutes=1)]
    expected = qualifier.model.score(lead_of("outbound", "small"), counted, now=woken)
    assert host.record.score(woken).interest == expected.interest
    assert host.record.stage == ("mql" if "mql" in expected.qualifies else "lead")


@given(instants, st.integers(0, 10))
def test_the_spread_of_a_rest_is_stable(now, number):
    """One lead gets one day, whoever works it out; a later attempt may get another."""
    rests = {
        maybe(Host(qualifier_of(), lead_of("outbound", name=f"L{number}"), now), now, reason="timing").wake_at
        for _ in range(3)
    }
    assert len(rests) == 1
