"""What is said when something is refused, word for word: ``refusals.txt`` beside this file holds all of it."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from leadqual import ConsentChange, Event, Flag, Lead, LeadqualError, ProfileChange, Qualifier, Tick, Verdict
from tests.core.lifecycle.small import INTEREST, QUALIFY, lead, live, small, table, way
from tests.practice.life import on

TOLD: Final = Path(__file__).with_name("refusals.txt")
BY = small(
    interest=f'{INTEREST}[[interest.rules]]\nevent = "page"\npoints = 1\ndistinct_by = "page"\n',
)
OTHER = small(qualify=QUALIFY.replace("value = 5", "value = 6"))
FITS = '{ field = "fit", op = "ge", value = 99 }'
GUARDED = table(way("fits", "working", "client", "accept", FITS), way("up", "fresh", "working", "event"))
ANY: Any = None
SLIP: Any = "resccore"
SWAPPED: Any = "retrun"
WRONG: Any = float("inf")
LISTED: Any = [Lead(id="L1"), Lead(id="L2")]


def _record(by: Qualifier = BY, **more: Any):
    return live(by, **more).record


def _gone():
    one, other = live(BY), live(BY, id="L2")
    out = BY.merge(one.record, other.record, [], now=on(0))
    return BY.restore(other.lead, [*other.facts, *(fact for fact in out.facts if fact.lead_id == "L2")], [], now=on(0))


def _merged() -> tuple[Any, Any]:
    one, other = live(BY), live(BY, id="L2")
    out = BY.merge(one.record, other.record, [], now=on(0))
    return out.record, out.facts[0]


def _loaded(change: Callable[[Any], Any], by: Qualifier = BY):
    life = live(BY)
    life.does("page", 0, page="/a")
    return by.load(json.dumps(change(json.loads(life.record.to_json()))))


def _tally(**parts: Any):
    return _loaded(lambda data: data | {"tally": data["tally"] | parts})


def _said(*verdicts: str):
    life = live(BY)
    for day, verdict in enumerate(verdicts):
        life.is_said(verdict, day, reason="x")
    return life.record


def _stale():
    life = live(BY)
    life.does("newsletter", 0)
    return life.takes(Flag(event_id=life.events[0].id, flag="bot"), 1).record


def _worked_on():
    life = live(GUARDED)
    life.does("visit", 0)
    return life.record


def _handled(given: Any, *, by: Qualifier = BY, record: Any = None, day: float = 9):
    return by.handle(_record(by) if record is None else record, given, now=on(day))


def _event(**more: Any) -> Event:
    known: dict[str, Any] = {"id": "e1", "lead_id": "L1", "kind": "visit", "at": on(1)}
    return Event(**known | more)


CASES: Final[dict[str, Callable[[], object]]] = {
    "no playbook": lambda: Qualifier(ANY),
    "no record": lambda: BY.handle(ANY, Tick(), now=on(1)),
    "no record to ask about": lambda: BY.next_due(ANY),
    "no record to ask for verdicts": lambda: BY.allowed(ANY),
    "no record to merge": lambda: BY.merge(_record(), ANY, [], now=on(1)),
    "no records to count": lambda: BY.waiting(ANY, now=on(1)),
    "no input": lambda: _handled("a visit of Ana"),
    "imported is no truth value": lambda: BY.open(lead(), now=on(0), imported=ANY),
    "unknown cause of a release": lambda: BY.release(_record(), now=on(1), cause=ANY),
    "cause of a release misspelt": lambda: BY.release(_record(), now=on(1), cause=SLIP),
    "confirmed is no truth value": lambda: BY.merge(_record(), _record(id="L2"), [], now=on(1), confirmed=ANY),
    "record of another model": lambda: _handled(Tick(), by=OTHER, record=_record()),
    "time goes back": lambda: _handled(Tick(), record=BY.handle(_record(), Tick(), now=on(9)).record, day=8),
    "gone into another": lambda: _handled(Tick(), record=_gone()),
    "unknown stage": lambda: small().handle(
        live(small('[lifecycle]\npreset = "subscriber"\n'), {}).record, Tick(), now=on(1)
    ),
    "stale record released": lambda: BY.release(_stale(), now=on(2)),
    "event of another lead": lambda: _handled(_event(lead_id="L9")),
    "event long ahead": lambda: _handled(_event(at=on(20))),
    "events long ahead when opened": lambda: BY.open(lead(), [_event(at=on(20)), _event(id="e2", at=on(9))], now=on(1)),
    "verdict of tomorrow": lambda: _handled(Verdict("no", at=on(10))),
    "profile of another lead": lambda: _handled(ProfileChange(Lead(id="L9"))),
    "verdict that is not possible": lambda: _handled(Verdict("return", reason="x")),
    "reinstated without need": lambda: _handled(Verdict("reinstate")),
    "verdict after an end": lambda: _handled(Verdict("maybe"), record=_said("no")),
    "verdict for a disqualified lead": lambda: _handled(Verdict("maybe"), record=_said("disqualify")),
    "verdict whose guard says no": lambda: _handled(Verdict("accept"), by=GUARDED, record=_worked_on()),
    "reopened too late": lambda: _handled(Verdict("reopen"), record=_said("no"), day=99),
    "day to wake that has come": lambda: _handled(Verdict("maybe", wake_on=date(2026, 1, 5))),
    "merged with itself": lambda: BY.merge(_record(), _record(), [], now=on(1)),
    "merged by a shared box": lambda: BY.merge(
        _record(email="info@b.example"), _record(id="L2", email="info@b.example"), [], now=on(1)
    ),
    "unmerged by no merge": lambda: BY.unmerge(_merged()[0], ANY, LISTED, events=[], now=on(1)),
    "unmerged with a list": lambda: BY.unmerge(*_merged(), LISTED, events=[], now=on(1)),
    "unmerged with one lead": lambda: BY.unmerge(*_merged(), (LISTED[0],) * 2, events=[], now=on(1)),
    "restored with no lead": lambda: BY.restore(ANY, live(BY).facts, [], now=on(1)),
    "restored with another lead": lambda: BY.restore(Lead(id="L9"), live(BY).facts, [], now=on(1)),
    "restored too early": lambda: BY.restore(lead(), live(BY).facts, [], now=on(0) - timedelta(seconds=1)),
    "replayed without facts": lambda: BY.replay([]),
    "replayed from no list": lambda: BY.replay(ANY),
    "loaded from no text": lambda: BY.load(ANY),
    "loaded from another text": lambda: BY.load("Ana"),
    "loaded from another table": lambda: BY.load('{"schema": 1}'),
    "loaded from a newer schema": lambda: _loaded(lambda data: data | {"schema": 2}),
    "loaded for another model": lambda: _loaded(lambda data: data, OTHER),
    "loaded with no lead": lambda: _loaded(lambda data: data | {"lead": {"email": "ana@b.example"}}),
    "loaded with a wrong lead": lambda: _loaded(lambda data: data | {"lead": {"id": "L1", "email": 7}}),
    "loaded with another tally": lambda: _tally(more=1),
    "loaded with a slot of another model": lambda: _tally(counts={"99": []}),
    "loaded with a slot by name": lambda: _tally(counts={"x": []}),
    "loaded with no table": lambda: _tally(counts=[]),
    "loaded with half a pair": lambda: _tally(quiet=[1]),
    "loaded with half a count": lambda: _tally(counts={"0": [1]}),
    "loaded with half a first": lambda: _tally(firsts={"0": ["/a"]}),
    "loaded with a broken number": lambda: _tally(count=1.5),
    "loaded with firsts of a rule without": lambda: _tally(firsts={"0": ["/a", 20458]}),
    "loaded with silence of another rule": lambda: _tally(quiet=[0, 20458]),
    "loaded with silence of no rule": lambda: _tally(quiet=[99, 20458]),
    "loaded with an instant before its facts": lambda: _loaded(lambda data: data | {"as_of": on(-1).isoformat()}),
    "loaded with the profile of another": lambda: _loaded(lambda data: data | {"lead": {"id": "L9"}}),
    "consent without a channel": lambda: ConsentChange(channel="", purpose="news", given=ANY),
    "flag of nothing": lambda: Flag(event_id="", source=ANY, flag=ANY, on=ANY),
    "verdict that says all wrong": lambda: Verdict(
        ANY, reason=ANY, actor="", amount=WRONG, closed_on=on(1), wake_on=on(1)
    ),
    "verdict with what does not belong to it": lambda: Verdict(
        "accept", amount=3, currency="EUR", closed_on=date(2026, 1, 1), wake_on=date(2026, 1, 1)
    ),
    "verdict that is misspelt": lambda: Verdict(SWAPPED, reason="x"),
    "return without a reason": lambda: Verdict("return"),
    "profile that is none": lambda: ProfileChange(ANY),
}


def _told(name: str) -> str:
    """Return what is said in a case."""
    try:
        CASES[name]()
    except LeadqualError as error:
        return f"{type(error).__name__}: {error}"
    return "nothing is refused"


def _known() -> dict[str, str]:
    """Return what should be said, by case."""
    blocks = TOLD.read_text(encoding="utf-8").strip("\n").split("\n\n")
    return {name: text for name, _, text in (block.partition("\n") for block in blocks)}


@pytest.mark.parametrize("name", CASES)
def test_refusal_says_what_is_wrong_and_what_to_do(name):
    """A word that changes is read before it is shipped: change ``refusals.txt`` with it."""
    assert _told(name) == _known().get(name)


def test_refusals_are_all_tried():
    """The file holds nothing else, in the same order."""
    assert list(_known()) == list(CASES)


def test_refusals_show_nothing_personal():
    """Neither names nor addresses nor the reasons that people give."""
    text = TOLD.read_text(encoding="utf-8")
    assert not [word for word in ("Ana", "example", "/a'") if word in text]
