"""Records and facts as text that somebody has altered: refused, or as good as any; and nothing personal is said."""

import json
from datetime import timedelta
from typing import Any

import pytest

from leadqual import (
    ConsentChange,
    Event,
    Flag,
    HistoryError,
    Lead,
    LeadqualError,
    ProfileChange,
    Qualifier,
    Tick,
    Verdict,
    loads,
)
from leadqual.lifecycle.nurtureinputs import EnrolmentChange, Suppression, TouchReport
from leadqual.lifecycle.stored import fact_from_plain, fact_to_plain, state_from_plain, state_to_plain
from tests.hostile.canaries import CANARY, leaks, told
from tests.hostile.full import places, replaced
from tests.hostile.living import LIVING, NOW
from tests.hostile.nurtured import nurtured
from tests.properties.written import as_json

_RULE = {"event": "download", "points": 5, "distinct_by": "asset"}
_DOCUMENT = LIVING | {
    "properties": {"qty": "number", "asset": "text"},
    "interest": {"rules": [*LIVING["interest"]["rules"], _RULE]},
}
QUALIFIER = Qualifier(loads(as_json(_DOCUMENT), format="json"))
HOSTILE: tuple[Any, ...] = (
    None, True, -1, 1.5, 0, 2, 2**61, 10**30, float("nan"), "", CANARY, f"{CANARY}\0", "\ud800", [], [[CANARY]],
    [["a"], 1], [1, 2], [2**61, 2**61], {}, {CANARY: CANARY}, "2026-02-30", "2026-03-03", "9999-12-31T23:59:59-23:59",
)  # fmt: skip
_PERSON: dict[str, Any] = {"reason": f"{CANARY} reason", "actor": f"{CANARY} actor"}


def _profile(job):
    return Lead(
        id="L1",
        email=f"{CANARY}@b.example",
        phone=CANARY,
        channel=CANARY,
        source=CANARY,
        acquisition="inbound",
        attributes={"job": job, f"{CANARY}_other": CANARY},
    )


def _acts():
    shown = {"qty": 1, "asset": CANARY, "other": CANARY}
    yield Event(id="e1", lead_id="L1", kind="download", at=NOW, properties=shown)
    yield Event(id="e2", lead_id="L1", kind="demo", at=NOW, properties=shown)
    yield Verdict("accept", **_PERSON)
    yield Verdict("return", **_PERSON)
    yield Verdict("maybe", **_PERSON)
    yield Event(id="e3", lead_id="L1", kind="download", at=NOW + timedelta(days=9), properties=shown)
    yield ProfileChange(_profile(f"{CANARY} CTO"), actor=CANARY)
    yield ConsentChange(channel="email", purpose="news", given=False, actor=CANARY)
    yield Flag(event_id="e1", flag="bot", actor=CANARY)
    yield EnrolmentChange(change="enrol", sequence="warm", actor=CANARY)
    yield TouchReport(key="k1", outcome="skipped", reason=CANARY)
    yield Suppression(channel="email", reason=CANARY, actor=CANARY)
    yield Verdict("disqualify", **_PERSON)
    yield Verdict("reinstate", **_PERSON)
    yield Tick()
    yield Verdict("yes", amount=5, currency="EUR", **_PERSON)
    yield Verdict("reopen", **_PERSON)
    yield Verdict("no", **_PERSON)


def _life():
    """Yield each input of a life with its outcome; what is not allowed at that point is yielded as its error."""
    now = NOW
    outcome = QUALIFIER.open(_profile(CANARY), now=now)
    yield None, outcome
    for one in _acts():
        now += timedelta(days=1)
        try:
            outcome = QUALIFIER.handle(outcome.record, one, now=now)
        except LeadqualError as error:
            yield one, error
        else:
            yield one, outcome


_EVENTS = [one for one, _ in _life() if isinstance(one, Event)]
OUTCOMES = [outcome for _, outcome in _life() if not isinstance(outcome, LeadqualError)]
_LIVED = [fact for outcome in OUTCOMES for fact in outcome.facts]
HISTORY = [*_LIVED, *nurtured(_LIVED, f"{CANARY} reason")]
_LAST = OUTCOMES[-1].record
RECORD = QUALIFIER.restore(_LAST.lead, HISTORY, _EVENTS, now=HISTORY[-1].known_at)


def test_life_of_a_lead_shows_nothing_of_the_person():
    """No input, outcome, record, state, fact, effect or score; sentences alone tell what people typed."""
    parts = [one for one, _ in _life() if one is not None]
    for outcome in OUTCOMES:
        record = outcome.record
        parts += [outcome, record, record.state, record.tally, record.traces, record.profile, outcome.score]
        parts += [*outcome.facts, *outcome.effects]
    assert len(HISTORY) > 30
    parts += [RECORD, RECORD.state, *RECORD.state.enrolments.values(), *RECORD.state.touches, *HISTORY]
    assert not [part for part in parts if leaks(f"{part!r} {part!s} {[part]}")]


def test_refusals_show_nothing_of_the_person():
    """Whatever is wrong with an input, its message says where and what, not whose."""
    later = RECORD.as_of + timedelta(days=1)
    other = QUALIFIER.open(Lead(id="L2", email=f"info@{CANARY}.example"), now=later).record
    third = QUALIFIER.open(Lead(id="L3", email=f"info@{CANARY}.example"), now=later).record
    stranger = ProfileChange(Lead(id="L9", email=CANARY, attributes={"job": CANARY}))
    wrong: Any = CANARY
    nasty: Any = f"{CANARY}\0"
    listed: Any = [CANARY]
    everything: dict[str, Any] = {
        "reason": nasty,
        "actor": nasty,
        "amount": CANARY,
        "currency": nasty,
        "wake_on": CANARY,
    }
    acts = (
        lambda: QUALIFIER.handle(RECORD, Verdict("no", **_PERSON), now=later),
        lambda: QUALIFIER.handle(RECORD, stranger, now=later),
        lambda: QUALIFIER.handle(RECORD, ProfileChange(Lead(id="L1", attributes={"job": [CANARY]})), now=later),
        lambda: QUALIFIER.handle(RECORD, wrong, now=later),
        lambda: QUALIFIER.handle(RECORD, Tick(), now=wrong),
        lambda: QUALIFIER.merge(other, third, [], now=later),
        lambda: QUALIFIER.load(CANARY),
        lambda: QUALIFIER.load(RECORD.to_json()[:-3]),
        lambda: Verdict(wrong),
        lambda: Verdict(wrong, closed_on=wrong, **everything),
        lambda: Verdict("no", at=wrong),
        lambda: ConsentChange(channel=nasty, purpose=listed, given=wrong, actor=listed),
        lambda: Flag(event_id=nasty, source=nasty, flag=wrong, on=wrong, actor=nasty),
        lambda: ProfileChange(wrong, actor=nasty),
        lambda: EnrolmentChange(change=wrong, sequence=nasty, actor=nasty),
        lambda: EnrolmentChange(change="pause", sequence="warm", at=wrong),
        lambda: TouchReport(key=nasty, outcome=wrong, reason=listed),
        lambda: TouchReport(key="k1", at=wrong),
        lambda: Suppression(channel=nasty, reason=nasty, actor=listed),
        lambda: Suppression(channel="email", at=wrong),
    )
    for number, act in enumerate(acts):
        with pytest.raises(LeadqualError) as caught:
            act()
        assert not leaks(told(caught.value)), number


def _use(record):
    """Do with a record what a host does."""
    for one in (Tick(), Event(id="n1", lead_id=record.lead.id, kind="demo", at=record.as_of), Verdict("reopen")):
        try:
            outcome = QUALIFIER.handle(record, one, now=record.as_of)
        except LeadqualError:
            continue
        str([outcome.because, outcome.explain("es"), QUALIFIER.next_due(outcome.record)]).encode()
    repr(record)
    record.score().explain()
    assert QUALIFIER.load(record.to_json()) == record


@pytest.mark.parametrize("part", ["schema", "model", "lead", "state", "tally", "traces", "as_of", "stale"])
def test_altered_record_is_refused_or_as_good_as_any(part):
    """HistoryError or LeadError; what loads all the same can be handled, scored, told and stored."""
    record = OUTCOMES[3].record if part == "tally" else RECORD
    data = json.loads(record.to_json())
    for path in places(data.get(part), (part,)) if part in data else [(part,)]:
        for value in HOSTILE:
            altered = replaced(data, path, value) if part in data else data | {part: value}
            try:
                loaded = QUALIFIER.load(json.dumps(altered))
            except LeadqualError as error:
                str(error).encode()
                continue
            _use(loaded)


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"pending": [{"id": "x", "lead_id": "L7", "kind": "demo", "at": "2099-03-03T00:00:00+00:00"}]}, "stranger"),
        ({"pending": [{"id": "x", "lead_id": "L1", "kind": "demo", "at": "2016-03-03T00:00:00+00:00"}]}, "past"),
        ({"as_of": "1970-01-01T00:00:00+00:00"}, "time gone back"),
        ({"schema": 2}, "newer"),
        ({"model": "0" * 64}, "other model"),
        ({"more": 1}, "unknown key"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_record_at_odds_with_itself_is_refused(more, what):
    """A record is one lead's, of one model, and its time runs one way."""
    assert what
    with pytest.raises(HistoryError):
        QUALIFIER.load(json.dumps(json.loads(RECORD.to_json()) | more))


def test_record_of_two_leads_is_refused():
    """The state and the profile are those of one lead."""
    data = json.loads(RECORD.to_json())
    with pytest.raises(HistoryError):
        QUALIFIER.load(json.dumps(data | {"state": data["state"] | {"lead_id": "L2"}}))


@pytest.mark.parametrize("text", ["", "[" * 100_000, '{"schema":' * 50_000, "9" * 5_000, "null", "\ud800", "\0", "NaN"])
def test_text_that_is_no_record_is_refused(text):
    """Deep, long, empty: one short message."""
    with pytest.raises(HistoryError) as caught:
        QUALIFIER.load(text)
    assert len(str(caught.value)) < 1_000


@pytest.mark.parametrize("number", range(len(HISTORY)))
def test_altered_fact_is_refused_or_as_good_as_any(number):
    """What is read all the same can be written, replayed in its place, and what comes of it stored."""
    plain = json.loads(json.dumps(fact_to_plain(HISTORY[number])))
    for path in places(plain):
        for value in HOSTILE:
            try:
                fact = fact_from_plain(replaced(plain, path, value))
                state = QUALIFIER.replay([*HISTORY[:number], fact])
                QUALIFIER.restore(Lead(id="L1"), [*HISTORY[:number], fact], [], now=RECORD.as_of)
            except LeadqualError as error:
                str(error).encode()
                continue
            assert fact_from_plain(fact_to_plain(fact)) == fact
            assert state_from_plain(state_to_plain(state)) == state
