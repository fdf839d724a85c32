"""Neither the order nor the number of copies of events changes a score."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from .bases import cases, respelt
from .later import newest
from .running import earned, events_of, lead_of, model_of, scored


@given(cases(), st.data())
def test_score_ignores_the_order_in_which_events_arrive(case, data):
    """Late and out-of-order events give the score and the ledger that punctual ones would."""
    model, lead = model_of(case.document), lead_of(case.lead)
    shuffled = events_of(data.draw(st.permutations(case.events)))
    assert model.score(lead, shuffled, now=case.now) == model.score(lead, events_of(case.events), now=case.now)


@given(cases(), st.data())
def test_score_ignores_copies_of_events(case, data):
    """A copy counts once, though it names another zone, decomposes its text or carries what nobody declared."""
    model, lead = model_of(case.document), lead_of(case.lead)
    copies = data.draw(st.lists(st.sampled_from(case.events), max_size=6)) if case.events else []
    more = [*case.events, *(respelt(event, case.lead) for event in copies)]
    events = events_of(data.draw(st.permutations(more)))
    once = events_of(case.events)
    assert scored(model, lead, events, case.now) == scored(model, lead, once, case.now)
    late = newest(case)
    assert earned(model, lead, model.tally(events, lead=lead), late) == earned(model, lead, once, late)
