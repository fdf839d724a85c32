"""Time as a weapon: the ends of the calendar, long silences, nights of clock changes, days that never open."""

from datetime import UTC, date, datetime, timedelta

import pytest

from leadqual import (
    ConsentChange,
    Event,
    InputRefused,
    Lead,
    LeadqualError,
    ModelError,
    Qualifier,
    Tick,
    TransitionError,
    Verdict,
    loads,
)
from tests.hostile.living import LIVING, NOW
from tests.properties.written import as_json

QUALIFIER = Qualifier(loads(as_json(LIVING), format="json"))
FIRST = datetime(1970, 1, 1, tzinfo=UTC)
LAST = datetime(2199, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)


class Closed:
    """Holidays of a host on which nothing is ever open."""

    def __contains__(self, _: object) -> bool:
        """Every day is one."""
        return True


class Broken:
    """Holidays of a host whose service is down."""

    def __contains__(self, _: object) -> bool:
        """Fail."""
        raise OSError("the host's own trouble")


def _lead(acquisition="inbound"):
    return Lead(id="L1", acquisition=acquisition)


def _demo(at, name="e1"):
    return Event(id=name, lead_id="L1", kind="demo", at=at)


def _opened(now, qualifier=QUALIFIER, acquisition="inbound"):
    return qualifier.open(_lead(acquisition), now=now).record


@pytest.mark.parametrize("now", [FIRST, LAST, LAST - DAY, LAST - 100 * DAY], ids=str)
@pytest.mark.parametrize("acquisition", ["inbound", "outbound", None])
def test_whole_life_is_possible_at_the_ends_of_the_calendar(now, acquisition):
    """An SLA or a rest that would end after the year 2199 keeps nobody from acting."""
    record = _opened(now, acquisition=acquisition)
    for one in (
        _demo(now),
        Verdict("return", reason="early"),
        Verdict("maybe"),
        Tick(),
        Verdict("yes"),
        Verdict("reopen"),
        Verdict("no"),
    ):
        record = QUALIFIER.handle(record, one, now=now).record
        due = QUALIFIER.next_due(record)
        assert due is None or now <= due <= LAST
    assert [*record.state.visits] == ["lead", "opportunity", "later", "won", "lost"]


@pytest.mark.parametrize("end", [LAST, NOW + 10_000 * DAY], ids=str)
def test_two_centuries_of_silence_are_one_tick(end):
    """What has fallen due in between is decided once, in order; after it nothing more is due."""
    record = QUALIFIER.handle(_opened(FIRST), _demo(FIRST), now=FIRST).record
    outcome = QUALIFIER.handle(record, Tick(), now=end)
    assert [fact.known_at for fact in outcome.facts] == [end] * len(outcome.facts)
    assert [fact.at for fact in outcome.facts] == sorted(fact.at for fact in outcome.facts)
    again = QUALIFIER.handle(outcome.record, Tick(), now=end)
    assert not again.facts


def test_input_of_a_moment_too_early_or_too_late_is_refused():
    """Before what is decided, after now, more than a day ahead: one microsecond is enough."""
    record = _opened(NOW)
    with pytest.raises(TransitionError):
        QUALIFIER.handle(record, Tick(), now=NOW - MOMENT)
    with pytest.raises(InputRefused):
        QUALIFIER.handle(record, Verdict("no", at=NOW + MOMENT), now=NOW)
    with pytest.raises(LeadqualError):
        QUALIFIER.handle(record, _demo(NOW + DAY + MOMENT), now=NOW)
    waiting = QUALIFIER.handle(record, _demo(NOW + DAY), now=NOW).record
    assert QUALIFIER.next_due(waiting) == NOW + DAY
    assert QUALIFIER.handle(waiting, Tick(), now=NOW + DAY - MOMENT).record.stage == "lead"
    assert QUALIFIER.handle(waiting, Tick(), now=NOW + DAY).record.stage == "opportunity"


@pytest.mark.parametrize("holidays", [Closed(), Broken()], ids=["every day", "broken"])
def test_no_calendar_of_a_host_bricks_a_lead(holidays):
    """Whatever a container of holidays does, a withdrawal is taken once an event has fallen due."""
    qualifier = Qualifier(QUALIFIER.playbook, holidays=holidays)
    record = qualifier.handle(_opened(NOW, qualifier), _demo(NOW + DAY / 2), now=NOW).record
    withdrawal = ConsentChange(channel="*", purpose="*", given=False)
    try:
        after = qualifier.handle(record, withdrawal, now=NOW + DAY).record
    except OSError:  # the host's own, as it came; its next try goes on
        after = QUALIFIER.handle(record, withdrawal, now=NOW + DAY).record
    assert not after.state.consents["*", "*"].given


@pytest.mark.parametrize(
    "tables",
    [
        {"calendar": {"hours": ["00:00-00:01"], "weekdays": ["sun"]}, "sla": {"opportunity": "10000h"}},
        {"calendar": {"hours": ["00:00-00:01"], "weekdays": ["sun"]}, "sla": {"hand_raise": "10000d"}},
        {"calendar": {"holidays": [date.fromordinal(NOW.toordinal() + i).isoformat() for i in range(9_000)]}},
    ],
    ids=["a minute a week", "ten thousand Sundays", "25 years of holidays"],
)
def test_no_calendar_of_a_playbook_bricks_a_lead(tables):
    """It is refused when it is loaded, or every lead can live under it."""
    try:
        playbook = loads(as_json(LIVING | tables), format="json")
    except ModelError:
        return
    qualifier = Qualifier(playbook)
    record = qualifier.handle(_opened(NOW, qualifier), _demo(NOW + DAY / 2), now=NOW).record
    record = qualifier.handle(record, Tick(), now=NOW + DAY).record
    assert record.stage == "opportunity"
    assert qualifier.handle(record, Verdict("maybe"), now=NOW + DAY).record.stage == "later"


@pytest.mark.parametrize(
    "night",
    [
        datetime(2026, 3, 29, 0, 59, 59, 999_999, tzinfo=UTC),
        datetime(2026, 3, 29, 1, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        datetime(2028, 2, 29, 23, 30, tzinfo=UTC),
    ],
    ids=str,
)
def test_next_due_is_kept_on_nights_that_clocks_change(night):
    """Nothing happens a microsecond before what is due, and something does at it, over and over."""
    record = QUALIFIER.handle(_opened(night), _demo(night), now=night).record
    record = QUALIFIER.handle(record, Verdict("maybe", reason="no_budget"), now=night).record
    for _ in range(3):
        due = QUALIFIER.next_due(record)
        if due is None:
            return
        assert not QUALIFIER.handle(record, Tick(), now=due - MOMENT).facts
        outcome = QUALIFIER.handle(record, Tick(), now=due)
        assert outcome.facts or due - record.as_of >= 400 * DAY
        record = outcome.record


def test_thousands_of_events_ahead_are_taken_in_one_tick():
    """A feed whose clock is wrong costs no more than its events."""
    ahead = [_demo(NOW + DAY / 2, f"e{number}") for number in range(3_000)]
    record = QUALIFIER.open(_lead(), ahead, now=NOW).record
    assert len(record.pending) == 3_000
    after = QUALIFIER.handle(record, Tick(), now=NOW + DAY).record
    assert (len(after.pending), after.stage, after.tally.state.count) == (0, "opportunity", 3_000)
