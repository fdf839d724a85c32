"""A comparison adds up, whatever is compared."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from leadqual.scoring.compare import compare

from .bases import cases, instants, leads
from .documents import documents
from .later import newest
from .running import events_of, lead_of, model_of


def assert_adds_up(change):
    """Check that the rows are both ledgers, and that what they moved is what the axes moved."""
    for row in change.rows:
        assert row.raw + row.limits + row.decay + row.cap == row.difference
        assert row.moved or not row.difference
    for axis in ("fit", "interest"):
        rows = [row for row in change.rows if row.axis == axis]
        assert sum((row.difference for row in rows), Decimal(0)) == getattr(change, axis)
        sizes = [abs(row.difference) for row in rows]
        assert sizes == sorted(sizes, reverse=True)
    for score, lines in (
        (change.before, [row.before for row in change.rows]),
        (change.after, [row.after for row in change.rows]),
    ):
        there = [line for line in lines if line is not None]
        assert sorted(map(repr, there)) == sorted(map(repr, score.lines))
    assert change.before.total + change.total == change.after.total
    assert change.after.qualifies == (change.before.qualifies - change.lost) | change.gained
    kept = [gate for gate in change.before.gates if gate not in change.gates_lost]
    assert sorted([*kept, *change.gates_gained]) == sorted(change.after.gates)


@given(cases(), st.data())
def test_comparison_of_instants_and_profiles_adds_up(case, data):
    """Two instants of a lead whose profile changed meanwhile, from events or from a tally."""
    model, now = model_of(case.document), newest(case)
    events, lead = events_of(case.events), lead_of(case.lead)
    then = data.draw(instants(case.now))
    other = lead_of(data.draw(leads(case.now)))
    before = model.score(lead, events, now=then)
    assert_adds_up(compare(before, model.score(lead, events, now=now)))
    assert_adds_up(compare(before, model.score(other, (), now=now)))
    assert_adds_up(compare(before, model.score(lead, model.tally(events, lead=lead), now=now)))


@given(cases(), documents())
def test_comparison_of_models_adds_up_both_ways(case, document):
    """Two models of one lead; the other way round every difference has the other sign."""
    lead, events = lead_of(case.lead), events_of(case.events)
    scores = [model_of(each).score(lead, events, now=case.now) for each in (case.document, document)]
    there, back = compare(*scores), compare(*reversed(scores))
    assert_adds_up(there)
    assert sorted((row.name, row.what, row.difference) for row in there.rows) == sorted(
        (row.name, row.what, -row.difference) for row in back.rows
    )
    assert (there.gained, there.lost) == (back.lost, back.gained)
    for language in ("en", "es"):
        assert str(scores[1].label) in there.explain(language)


@given(cases())
def test_comparison_of_a_score_with_itself_is_nothing(case):
    """No row moves and no bar changes."""
    score = model_of(case.document).score(lead_of(case.lead), events_of(case.events), now=case.now)
    change = compare(score, score)
    assert not any(row.moved for row in change.rows)
    assert (change.gained, change.lost, change.fit, change.total) == (frozenset(), frozenset(), 0, 0)
