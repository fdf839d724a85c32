"""Interests of every sort of rule come to what the reference says, whatever the ids of leads are."""

from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from leadqual.conditions.nodes import Leaf
from leadqual.interest import Interest, InterestRule
from leadqual.lead import Lead
from leadqual.scoring.model import ScoringModel
from tests.batch.running import differences, fewer

from .drawing import NOW, PROPERTIES, acts, models

seeds = st.integers(0, 1 << 32)
ids = st.sampled_from(
    [
        ("L1", "L2", "É3"),
        ("1", "2", "7"),
        ("-5", "0", "3"),
        (str(-(1 << 62)), "0", str(1 << 62)),
        (str((1 << 63) - 1), str((1 << 63) - 4)),
        (str(-(1 << 63)), str(3 - (1 << 63))),
    ]
)
"""Texts; whole numbers that stand for themselves, negative ones too; and such as lie too far apart for that."""


def base(seed, names, *, since=False):
    """Return leads and events, of whom one is nobody's."""
    strangers = (str(int(names[1]) + 1), names[1]) if names[0].lstrip("-").isdecimal() else ("nobody", names[1])
    leads = [
        Lead(id=name, since=NOW - timedelta(days=9 * at) if since and at else None) for at, name in enumerate(names)
    ]
    return leads, acts(seed, 120, leads=(*names, *strangers))


@fewer
@given(model=models(), seed=seeds, names=ids)
def test_scores_are_those_of_the_reference(model, seed, names):
    """Every rule, limit, cap and count of acts, over ids that are keys themselves and ids that are numbered."""
    leads, events = base(seed, names)
    assert differences(model, leads, events, now=NOW, threads=1) == []


@fewer
@given(model=models(most=5), seed=seeds, names=ids)
def test_since_counts_for_the_lead_that_has_it(model, seed, names):
    """Events before a lead's `since` are no acts, no values and no silence, to the microsecond."""
    leads, events = base(seed, names, since=True)
    first = next((event.at for event in sorted(events, key=lambda event: event.at) if event.lead_id == names[1]), NOW)
    leads = [evolve(lead, since=first if lead.id == names[1] else lead.since) for lead in leads]
    assert differences(model, leads, events, now=NOW, threads=1) == []


@fewer
@given(model=models(most=4), seed=seeds, names=ids, late=st.integers(0, 3))
def test_orphans_are_counted_once_whatever_they_match(model, seed, names, late):
    """An event of nobody is one, in however many streams it counts, also if it matches nothing or is later than now."""
    leads, events = base(seed, names)
    nobody = next(event.lead_id for event in events if event.lead_id not in names) if late else "1000"
    strange = [evolve(event, lead_id=nobody, id=f"{event.id}n") for event in events[: 30 * late]]
    assert differences(model, leads, [*events, *strange], now=NOW, threads=1) == []


@pytest.mark.parametrize("names", [("1", "2", "7"), ("L1", "L2", "É3")])
@pytest.mark.parametrize("seed", range(3))
def test_kinds_with_many_conditions_count_in_each_stream_what_counts(names, seed):
    """Of each stream beyond the first, too, later events and those before `since` and of nobody are left out."""
    found = [InterestRule(event="open", points=1, when=Leaf(field="n", op="ge", value=at)) for at in range(-4, 10)]
    model = ScoringModel(properties=PROPERTIES, interest=Interest(rules=found))
    leads, events = base(seed, names)
    assert differences(model, leads, events, now=NOW - timedelta(days=9), threads=1) == []
