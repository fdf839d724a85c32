"""What a careless or nasty host does with qualifiers, records and facts: our error, or a result; nothing changes."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from itertools import chain
from typing import Any

import pytest

from leadqual import (
    ConsentChange,
    Event,
    Flag,
    InputRefused,
    Lead,
    LeadqualError,
    ProfileChange,
    Qualifier,
    Tick,
    TransitionError,
    Verdict,
    loads,
)
from leadqual.lifecycle.facts import Cause, Merged, Touched
from leadqual.lifecycle.stored import (
    effect_from_plain,
    effect_to_plain,
    fact_from_plain,
    fact_to_plain,
    state_from_plain,
    state_to_plain,
)
from tests.hostile.living import LIVING, NOW
from tests.properties.written import as_json

QUALIFIER = Qualifier(loads(as_json(LIVING), format="json"))
LATER = NOW + timedelta(days=1)
LEAD, OTHER = Lead(id="L1", acquisition="inbound"), Lead(id="L2", acquisition="outbound")
EVENT = Event(id="e1", lead_id="L1", kind="demo", at=NOW)
OPENED = QUALIFIER.open(LEAD, now=NOW)
ASKED = QUALIFIER.handle(OPENED.record, EVENT, now=NOW)
RECORD = ASKED.record
STRANGER = QUALIFIER.open(OTHER, now=NOW).record
JOINED = QUALIFIER.merge(RECORD, STRANGER, [EVENT], now=NOW)
MERGED = next(fact for fact in JOINED.facts if isinstance(fact, Merged))
HISTORY = (*OPENED.facts, *ASKED.facts)


class Text(str):
    """A text of somebody else's class."""

    __slots__ = ()


class Moment(datetime):
    """An instant of somebody else's class."""


class Zone(tzinfo):
    """A zone that answers with whatever it was made of."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def utcoffset(self, _: datetime | None, /) -> Any:
        """Answer."""
        return self.answer

    def dst(self, _: datetime | None, /) -> Any:
        """Answer."""
        return self.answer

    def tzname(self, _: datetime | None, /) -> Any:
        """Answer."""
        return self.answer


def _broken():
    yield EVENT
    raise LeadqualError("the host's own trouble")


ESCAPES = (ArithmeticError, AttributeError, LookupError, MemoryError, OSError, RuntimeError, TypeError, ValueError)
"""What must not come out of a call."""
FACTORIES: tuple[Callable[[], Any], ...] = (
    *(
        (lambda value=value: value)
        for value in (
            None, True, False, 0, -1, 1.5, float("nan"), float("inf"), 10**5000, Decimal("sNaN"), Decimal("1E+999999"),
            "", "yes", "L1", "\ud800", "\x1b[31m", Text("yes"), b"yes", [], {}, (), [None], [1, "a"], {"a": 1}, set(),
            object(), date(2026, 3, 3), time(1), timedelta(1), range(3),
            datetime(2026, 3, 3), datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC),
            datetime(2026, 3, 3, tzinfo=Zone(None)), datetime(2026, 3, 3, tzinfo=timezone(timedelta(hours=-23))),
            Moment(2026, 3, 3, tzinfo=UTC), Moment(2026, 3, 3),
            LEAD, OTHER, EVENT, RECORD, STRANGER, RECORD.state, QUALIFIER, QUALIFIER.playbook, ASKED, MERGED, HISTORY,
            HISTORY[::-1], (*HISTORY, HISTORY[-1]), HISTORY[:1] + HISTORY[2:], [EVENT, EVENT], [STRANGER], [MERGED],
            (LEAD, OTHER), (OTHER, LEAD), (LEAD,), Tick(), Tick, Verdict, Verdict("no"), Lead, int, len,
            Flag(event_id="e1", flag="bot"), RECORD.to_json(), fact_to_plain(HISTORY[0]), state_to_plain(RECORD.state),
        )
    ),
    lambda: iter([EVENT]),
    _broken,
)  # fmt: skip
"""What may stand where something else belongs, made anew for each call."""


def _input(make, name, **sound):
    return lambda value: QUALIFIER.handle(RECORD, make(**sound | {name: value}), now=LATER)


CALLS: dict[str, Callable[[Any], object]] = {
    **{
        f"{verdict}: {name}": _input(Verdict, name, verdict=verdict, reason="r")
        for verdict in ("yes", "no", "maybe", "return")
        for name in ("verdict", "reason", "actor", "at", "amount", "currency", "closed_on", "wake_on")
    },
    **{f"profile: {name}": _input(ProfileChange, name, lead=LEAD) for name in ("lead", "at", "actor")},
    **{
        f"consent: {name}": _input(ConsentChange, name, channel="email", purpose="news", given=True)
        for name in ("channel", "purpose", "given", "at", "actor")
    },
    **{
        f"flag: {name}": _input(Flag, name, event_id="e1", flag="bot")
        for name in ("event_id", "source", "flag", "on", "at", "actor")
    },
    "a qualifier of": Qualifier,
    "an objective": lambda value: Qualifier(QUALIFIER.playbook, objective=value),
    "holidays": lambda value: Qualifier(QUALIFIER.playbook, holidays=value).open(LEAD, [EVENT], now=NOW),
    "open a lead": lambda value: QUALIFIER.open(value, now=NOW),
    "open with events": lambda value: QUALIFIER.open(LEAD, value, now=NOW),
    "open with an event": lambda value: QUALIFIER.open(LEAD, [value], now=NOW),
    "open now": lambda value: QUALIFIER.open(LEAD, now=value),
    "open as imported": lambda value: QUALIFIER.open(LEAD, now=NOW, imported=value),
    "handle a record": lambda value: QUALIFIER.handle(value, Tick(), now=LATER),
    "handle an event of": lambda value: QUALIFIER.handle(value, EVENT, now=LATER),
    "handle": lambda value: QUALIFIER.handle(RECORD, value, now=LATER),
    "handle now": lambda value: QUALIFIER.handle(RECORD, Tick(), now=value),
    "refold a record": lambda value: QUALIFIER.refold(value, [EVENT], now=LATER),
    "refold events": lambda value: QUALIFIER.refold(RECORD, value, now=LATER),
    "refold an event": lambda value: QUALIFIER.refold(RECORD, [value], now=LATER),
    "refold now": lambda value: QUALIFIER.refold(RECORD, [EVENT], now=value),
    "release a record": lambda value: QUALIFIER.release(value, now=LATER),
    "release because of": lambda value: QUALIFIER.release(OPENED.record, now=LATER, cause=value),
    "release now": lambda value: QUALIFIER.release(RECORD, now=value),
    "who waits of": lambda value: QUALIFIER.waiting(value, now=LATER),
    "who waits of one": lambda value: QUALIFIER.waiting([value], now=LATER),
    "who waits now": lambda value: QUALIFIER.waiting([RECORD], now=value),
    "when is due": QUALIFIER.next_due,
    "what is allowed": QUALIFIER.allowed,
    "replay": QUALIFIER.replay,
    "replay a fact": lambda value: QUALIFIER.replay([*HISTORY, value]),
    "restore a lead": lambda value: QUALIFIER.restore(value, HISTORY, [EVENT], now=LATER),
    "restore facts": lambda value: QUALIFIER.restore(LEAD, value, [EVENT], now=LATER),
    "restore events": lambda value: QUALIFIER.restore(LEAD, HISTORY, value, now=LATER),
    "restore now": lambda value: QUALIFIER.restore(LEAD, HISTORY, [EVENT], now=value),
    "load": QUALIFIER.load,
    "merge into": lambda value: QUALIFIER.merge(value, STRANGER, [EVENT], now=LATER),
    "merge": lambda value: QUALIFIER.merge(RECORD, value, [EVENT], now=LATER),
    "merge events": lambda value: QUALIFIER.merge(RECORD, STRANGER, value, now=LATER),
    "merge an event": lambda value: QUALIFIER.merge(RECORD, STRANGER, [value], now=LATER),
    "merge now": lambda value: QUALIFIER.merge(RECORD, STRANGER, [EVENT], now=value),
    "merge if confirmed": lambda value: QUALIFIER.merge(RECORD, STRANGER, [EVENT], now=LATER, confirmed=value),
    "unmerge a record": lambda value: _unmerge(record=value),
    "unmerge a fact": lambda value: _unmerge(merged=value),
    "unmerge leads": lambda value: _unmerge(leads=value),
    "unmerge a lead": lambda value: _unmerge(leads=(LEAD, value)),
    "unmerge events": lambda value: _unmerge(events=value),
    "unmerge an event": lambda value: _unmerge(events=[value]),
    "unmerge now": lambda value: _unmerge(now=value),
    "score a record": RECORD.score,
    "explain": ASKED.explain,
    "write a fact": fact_to_plain,
    "read a fact": fact_from_plain,
    "write an effect": effect_to_plain,
    "read an effect": effect_from_plain,
    "write a state": state_to_plain,
    "read a state": state_from_plain,
}


def _unmerge(**other):
    sound: dict[str, Any] = {
        "record": JOINED.record,
        "merged": MERGED,
        "leads": (LEAD, OTHER),
        "events": [EVENT],
        "now": LATER,
    }
    given = sound | other
    return QUALIFIER.unmerge(given["record"], given["merged"], given["leads"], events=given["events"], now=given["now"])


def _escaped(call):
    """Call with every odd value; return what came out that is neither a result nor an error of ours."""
    found = []
    for make in FACTORIES:
        value = make()
        try:
            call(value)
        except LeadqualError as error:
            str(error).encode()
        except ESCAPES as error:
            found.append((type(value).__name__, f"{type(error).__name__}: {error}"))
    return found


@pytest.mark.parametrize("call", CALLS)
def test_call_with_an_odd_value_gives_a_result_or_our_error(call):
    """The mistake is named where it was made, in words that can be written, and no record is another one after it."""
    records = (OPENED.record, RECORD, STRANGER, JOINED.record)
    before = [record.to_json() for record in records]
    assert not _escaped(CALLS[call])
    assert [record.to_json() for record in records] == before


def test_outcome_in_place_of_its_record_is_told_apart():
    """The likeliest slip of a host has a hint of its own."""
    slip: Any = ASKED
    with pytest.raises(InputRefused, match="record"):
        QUALIFIER.handle(slip, Tick(), now=LATER)


@pytest.mark.parametrize("wrong", ["no", 1, None, "import\x1b"])
def test_cause_of_a_release_is_one_of_two(wrong):
    """What stands in facts for ever is not taken as it comes."""
    with pytest.raises(InputRefused):
        QUALIFIER.release(RECORD, now=LATER, cause=wrong)


def test_events_ahead_of_time_have_one_rule_at_every_door():
    """A demo request dated a century ahead comes in nowhere."""
    far = Event(id="far", lead_id="L1", kind="demo", at=NOW + timedelta(days=36_500))
    doors: tuple[Callable[[], object], ...] = (
        lambda: QUALIFIER.open(LEAD, [far], now=NOW),
        lambda: QUALIFIER.handle(RECORD, far, now=NOW),
        lambda: QUALIFIER.refold(RECORD, [EVENT, far], now=NOW),
        lambda: QUALIFIER.restore(LEAD, HISTORY, [EVENT, far], now=NOW),
        lambda: QUALIFIER.merge(RECORD, STRANGER, [EVENT, far], now=NOW),
    )
    for door in doors:
        with pytest.raises(LeadqualError, match="far"):
            door()


def test_merge_is_undone_once():
    """A second time would throw away everything since the first."""
    first, _ = _unmerge()
    with pytest.raises(LeadqualError):
        _unmerge(record=first.record)


def test_lead_that_went_into_another_takes_nothing_more():
    """Whatever is done with the record of an absorbed lead is refused with the id of the other."""
    facts = (*QUALIFIER.open(OTHER, now=NOW).facts, *(fact for fact in JOINED.facts if fact.lead_id == "L2"))
    gone = QUALIFIER.restore(OTHER, facts, [], now=NOW)
    withdrawal = ConsentChange(channel="*", purpose="*", given=False)
    acts: tuple[Callable[[], object], ...] = (
        lambda: QUALIFIER.handle(gone, Tick(), now=LATER),
        lambda: QUALIFIER.handle(gone, withdrawal, now=LATER),
        lambda: QUALIFIER.merge(gone, JOINED.record, [], now=LATER),
        lambda: QUALIFIER.merge(JOINED.record, gone, [], now=LATER),
        lambda: QUALIFIER.refold(gone, [], now=LATER),
        lambda: QUALIFIER.release(gone, now=LATER),
    )
    for act in acts:
        with pytest.raises(TransitionError, match="L1"):
            act()
    assert QUALIFIER.next_due(gone) is None


@pytest.mark.parametrize(
    "history",
    [
        (),
        HISTORY[1:],
        HISTORY[::-1],
        (*HISTORY, HISTORY[-1]),
        HISTORY[:1] + HISTORY[2:],
        (*HISTORY[:1], *QUALIFIER.open(OTHER, now=NOW).facts),
        (*HISTORY[:1], *HISTORY[:1]),
    ],
    ids=["none", "without the first", "turned round", "doubled", "with a gap", "of two leads", "opened twice"],
)
def test_facts_that_are_no_history_are_refused(history):
    """In another order, doubled, missing or of others: neither replayed nor restored."""
    for act in (QUALIFIER.replay, lambda facts: QUALIFIER.restore(LEAD, facts, [EVENT], now=LATER)):
        with pytest.raises(LeadqualError):
            act(history)


def test_many_leads_that_are_one_stay_small():
    """A chain of a hundred merges, each into the last, keeps a record of some bytes a lead."""
    record = QUALIFIER.open(Lead(id="M0"), now=NOW).record
    for number in range(1, 101):
        other = QUALIFIER.open(Lead(id=f"M{number}"), now=NOW).record
        pair = (other, record) if number % 2 else (record, other)
        record = QUALIFIER.merge(*pair, [], now=NOW).record
    assert len(record.lead.merged_ids) == 100
    assert len(record.to_json()) < 3_000


def test_long_history_is_replayed():
    """A hundred thousand facts of one lead are one state."""
    same: dict[str, Any] = {"lead_id": "L1", "at": NOW, "known_at": NOW, "cause": Cause("event"), "kind": "call"}
    touches = (Touched(seq=number, **same) for number in range(2, 100_002))
    assert QUALIFIER.replay(chain(HISTORY[:1], touches)).seq == 100_001
