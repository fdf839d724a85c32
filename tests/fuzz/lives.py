"""Lives: documents of a lifecycle, inputs of any type, and stored records and facts, generated and then spoilt.

python -m tests.fuzz.lives --examples 100000 --seed 7
"""

import json
import sys
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from leadqual import ConsentChange, Event, Flag, Lead, LeadqualError, ProfileChange, Qualifier, Tick, Verdict, loads
from leadqual.lifecycle.inputs import Input
from leadqual.lifecycle.nurtureinputs import EnrolmentChange, Suppression, TouchReport
from leadqual.lifecycle.stored import fact_from_plain, fact_to_plain, state_from_plain, state_to_plain
from leadqual.lifecycle.values import VERDICTS
from leadqual.qualifier.timeline import timeline
from tests.fuzz.runner import fuzz, options
from tests.hostile.living import LIVING, NOW, TABLES, live
from tests.hostile.nurtured import nurtured
from tests.properties.junk import JUNK, spoilt
from tests.properties.written import as_json

QUALIFIER = Qualifier(loads(as_json(LIVING), format="json"))
LEAD = Lead(id="L1", acquisition="inbound")


def _lived() -> tuple[list[Any], list[str]]:
    """Return the facts of a life, and its records as text."""
    outcome = QUALIFIER.open(LEAD, now=NOW)
    facts, records = [*outcome.facts], [outcome.record.to_json()]
    acts: tuple[Input, ...] = (
        Event(id="e1", lead_id="L1", kind="demo", at=NOW),
        Verdict("return", reason="r"),
        Verdict("maybe"),
        Tick(),
        Flag(event_id="e1", flag="bot"),
        Verdict("yes", amount=5),
        Verdict("reopen"),
    )
    for days, one in enumerate(acts):
        outcome = QUALIFIER.handle(outcome.record, one, now=NOW + timedelta(days=days))
        facts += outcome.facts
        records.append(outcome.record.to_json())
    return facts, records


_LIVED, RECORDS = _lived()
FACTS = [*_LIVED, *nurtured(_LIVED)]
RECORDS.append(QUALIFIER.restore(LEAD, FACTS, [], now=FACTS[-1].known_at).to_json())
_PLAIN = [json.loads(json.dumps(fact_to_plain(fact))) for fact in FACTS]
_ROWS = [json.loads(text) for text in RECORDS]


@st.composite
def _document(draw: st.DrawFn) -> str:
    table = draw(st.sampled_from(TABLES))
    part: Any = LIVING[table]
    for _ in range(draw(st.integers(1, 2))):
        part = draw(spoilt(part))
    return as_json(LIVING | {table: part})


def _arguments(**sound: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for arguments of which some are junk."""
    junk = st.dictionaries(st.sampled_from(sorted(sound)), JUNK, max_size=2)
    return junk.map(lambda wrong: sound | wrong)


_VERDICT = st.sampled_from(VERDICTS).flatmap(
    lambda verdict: _arguments(
        verdict=verdict, reason="r", actor=None, at=None, amount=None, currency=None, closed_on=None, wake_on=None
    )
)
_INPUTS = st.one_of(
    st.tuples(st.just(Verdict), _VERDICT),
    st.tuples(st.just(ProfileChange), _arguments(lead=LEAD, at=None, actor=None)),
    st.tuples(st.just(ConsentChange), _arguments(channel="email", purpose="news", given=False, at=None, actor=None)),
    st.tuples(st.just(Flag), _arguments(event_id="e1", source="", flag="bot", on=True, at=None, actor=None)),
    st.tuples(st.just(EnrolmentChange), _arguments(change="pause", sequence="warm", at=None, actor=None)),
    st.tuples(st.just(TouchReport), _arguments(key="L1:warm:2:guide:1", outcome="sent", reason=None, at=None)),
    st.tuples(st.just(Suppression), _arguments(channel="email", reason="r", at=None, actor=None)),
    st.tuples(st.just(Event), _arguments(id="e9", lead_id="L1", kind="demo", at=NOW, properties={}, by="lead")),
    st.tuples(st.just(Tick), st.just({})),
)
_PLACE = st.integers(0, len(RECORDS) - 1)
STRATEGY = st.one_of(
    st.tuples(st.just("document"), _document()),
    st.tuples(st.just("inputs"), st.tuples(_PLACE, st.lists(st.tuples(_INPUTS, st.just(None) | JUNK), max_size=4))),
    st.tuples(st.just("record"), _PLACE.flatmap(lambda at: spoilt(_ROWS[at]).map(as_json))),
    st.tuples(
        st.just("fact"),
        st.integers(0, len(FACTS) - 1).flatmap(lambda at: st.tuples(st.just(at), spoilt(_PLAIN[at]))),
    ),
)


def _handle_all(record: Any, inputs: Any) -> None:
    """Handle inputs one after the other; each that is refused leaves the record as it was."""
    now = record.as_of
    for (make, arguments), junk in inputs:
        before = record.to_json()
        try:
            outcome = QUALIFIER.handle(record, make(**arguments), now=now if junk is None else junk)
        except LeadqualError as error:
            str(error).encode()
            assert record.to_json() == before
            continue
        str([outcome.because, outcome.explain("es")]).encode()
        due = QUALIFIER.next_due(outcome.record)
        assert due is None or due >= outcome.record.as_of
        assert QUALIFIER.load(outcome.record.to_json()) == outcome.record
        record, now = outcome.record, outcome.record.as_of


def act(example: Any) -> None:
    """Live under a document, handle inputs, read a record or a fact; what is taken can be used in every way."""
    kind, value = example
    if kind == "document":
        live(loads(value, format="json"))
    elif kind == "inputs":
        place, inputs = value
        _handle_all(QUALIFIER.load(RECORDS[place]), inputs)
    elif kind == "record":
        record = QUALIFIER.load(value)
        sound = [((Tick, {}), None), ((Verdict, {"verdict": "no"}), None)]
        _handle_all(record, sound)
        record.score().explain()
    else:
        place, plain = value
        fact = fact_from_plain(plain)
        assert fact_from_plain(fact_to_plain(fact)) == fact
        state = QUALIFIER.replay([*FACTS[:place], fact])
        assert state_from_plain(state_to_plain(state)) == state
        timeline([*FACTS[:place], fact]).encode()


def main() -> int:
    """Fuzz lives."""
    return fuzz("lives", STRATEGY, act, options(40_000, __doc__))


if __name__ == "__main__":
    sys.exit(main())
