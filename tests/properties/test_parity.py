"""The library and the oracle, which know nothing of each other, give the same figures."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadqual.errors import EventConflict
from leadqual.interest import NO_DECAY, HalfLife, Linear, Steps, Window, decay_table
from tests.oracle.decay import factor
from tests.oracle.dedupe import ConflictFound, counting, deduped, key
from tests.oracle.interest import rule_points, rules_of
from tests.oracle.scoring import score

from .bases import cases, respelt
from .running import event_of, events_of, figures, lead_of, model_of

TWICE = settings(max_examples=2 * settings.default.max_examples)  # the main test: twice the draws


@TWICE
@given(cases())
def test_score_is_the_one_of_the_oracle(case):
    """Every figure of a score is what the definition says, read literally."""
    found = model_of(case.document).score(lead_of(case.lead), events_of(case.events), now=case.now)
    assert figures(found) == score(*case)


@given(cases(), st.data())
def test_score_is_the_one_of_the_oracle_when_events_are_flagged(case, data):
    """A flagged event does not exist."""
    keys = [key(event) for event in case.events]
    flagged = frozenset(data.draw(st.sets(st.sampled_from([*keys, ("", "unheard of")]))))
    model = model_of(case.document)
    found = model.score(lead_of(case.lead), events_of(case.events), now=case.now, flagged=flagged)
    assert figures(found) == score(case.document, case.lead, case.events, case.now, flagged)


@given(cases(), st.data())
def test_conflict_is_one_of_the_oracle(case, data):
    """Two events under one id are a copy or a conflict, whenever they happened and whatever they would have earned."""
    events = [dict(event) for event in case.events]
    for event in data.draw(st.lists(st.sampled_from(events), max_size=2)) if events else []:
        other = data.draw(st.sampled_from(events))
        change = data.draw(st.sampled_from(("kind", "at", "by", "properties", "lead_id", "id", "source")))
        events.append(respelt(event, case.lead) | {change: other[change]})
    model, lead = model_of(case.document), lead_of(case.lead)
    try:
        expected = score(case.document, case.lead, events, case.now)
    except ConflictFound:
        with pytest.raises(EventConflict):
            model.score(lead, events_of(events), now=case.now)
        with pytest.raises(EventConflict):
            model.tally(events_of(events), lead=lead)
    else:
        assert figures(model.score(lead, events_of(events), now=case.now)) == expected


@given(cases())
def test_each_rule_earns_what_the_oracle_says(case):
    """The ledger's line of a rule holds exactly its points after decay and its own cap, not a rounded figure."""
    found = model_of(case.document).score(lead_of(case.lead), events_of(case.events), now=case.now)
    lines = {line.where: line.points for line in found.lines if line.what in ("rule", "inactivity")}
    counted = counting(case.lead, deduped(case.document, case.lead, case.events), case.now)
    expected = {f"interest.rules[{n}]": rule_points(case.document, rule, counted, case.now) / 100
                for n, rule in enumerate(rules_of(case.document))}  # fmt: skip
    assert {where: Fraction(points) for where, points in lines.items() if points} == {
        where: points for where, points in expected.items() if points
    }


@st.composite
def curves(draw):
    """Draw a curve as the document writes it and as Python does."""
    days = draw(st.one_of(st.integers(1, 400), st.integers(1, 40_000).map(lambda n: Decimal(n) / 100)))
    shares = draw(st.lists(st.integers(0, 1_000_000), min_size=1, max_size=4).map(lambda n: sorted(n, reverse=True)))
    ages = sorted(draw(st.sets(st.integers(0, 400), min_size=len(shares), max_size=len(shares))))
    steps = [[age, Decimal(share) / 1_000_000] for age, share in zip(ages, shares, strict=True)]
    return draw(st.sampled_from((
        ("none", NO_DECAY),
        ({"half_life": days}, HalfLife(days)),
        ({"linear": days}, Linear(days)),
        ({"window": days}, Window(days)),
        ({"steps": steps}, Steps(tuple((age, share) for age, share in steps))),
    )))  # fmt: skip


@given(curves(), st.lists(st.integers(0, 40_000), max_size=30))
def test_decay_table_is_the_one_of_the_oracle(curve, ages):
    """Each factor is the exact share rounded half to even, and the table ends with the last one above zero."""
    written, built = curve
    table = decay_table(built)
    if written == "none":
        assert table is None  # it never ends
        return
    ages = {*range(10), *(age % (len(table) + 2) for age in ages)}
    assert {age: table[age] for age in ages if age < len(table)} == {
        age: factor(written, age) for age in ages if factor(written, age)
    }
    assert not table or table[-1] > 0
    assert factor(written, len(table)) == 0


@given(cases())
def test_events_may_be_given_as_any_iterable(case):
    """A generator of events scores as a list does."""
    model, lead = model_of(case.document), lead_of(case.lead)
    given_lazily = model.score(lead, (event_of(event) for event in case.events), now=case.now)
    assert figures(given_lazily) == figures(model.score(lead, events_of(case.events), now=case.now))
