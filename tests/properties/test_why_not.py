"""Why not: every answer reaches its bar when it is applied, and nothing in it can be left out."""

from __future__ import annotations

from collections import Counter
from itertools import chain, combinations
from typing import Any

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from leadqual.lead import BUILT_IN
from leadqual.scoring.whynot import Act, Costs, Learned
from leadqual.scoring.whynot.acts import possible_acts
from leadqual.scoring.whynot.facts import facts_of, learnable, with_values

from .bases import cases
from .running import events_of, lead_of, model_of


@st.composite
def near(draw):
    """Draw a case whose bar asks for a little of several things, so that answers often take two or three changes."""
    case = draw(cases())
    asks = [("fit", draw(st.integers(1, 12))), ("interest", draw(st.integers(1, 9))), ("active_days", draw(days))]
    when = {"all": [{"field": name, "op": "ge", "value": least} for name, least in asks]}
    return case._replace(document={**case.document, "qualify": {"sql": {"when": when}}})


days = st.integers(0, 3)


def applied(lead, changes):
    """Return the lead as a user would change it."""
    learned = {change.attribute: change.value for change in changes if isinstance(change, Learned)}
    own = {name: value for name, value in learned.items() if name in BUILT_IN}
    rest = {name: value for name, value in learned.items() if name not in BUILT_IN}
    return evolve(lead, **own, attributes={**lead.attributes, **rest})


def acts(changes):
    """Return the acts among changes as events."""
    return [change.event for change in changes if isinstance(change, Act)]


def parts_of(changes):
    """Return every part of changes but the whole: nothing at all is one."""
    return chain.from_iterable(combinations(changes, size) for size in range(len(changes)))


def asked(case):
    """Return the model, the lead, the events that have happened, and the score of a case."""
    model, lead = model_of(case.document), lead_of(case.lead)
    events = [event for event in events_of(case.events) if event.at <= case.now]
    return model, lead, events, model.score(lead, events, now=case.now)


def test_every_answer_reaches_the_bar_and_no_part_of_it_does():
    """Over 1,000 random playbooks: applied as a user would, an answer qualifies, and each of its parts does not."""
    seen: Counter[object] = Counter()

    @settings(max_examples=1_300)
    @given(st.one_of(cases(), near(), near()))
    def each(case):
        model, lead, events, score = asked(case)
        for bar in (plan.name for plan in model.plans.bars):
            found = score.why_not(bar)
            seen["asked"] += 1
            assert found.met is (bar in score.qualifies)
            assert len(found.answers) <= 5
            assert [answer.cost for answer in found.answers] == sorted(answer.cost for answer in found.answers)
            for answer in found.answers:
                seen[len(answer.changes)] += 1
                assert 1 <= len(answer.changes) <= 3
                assert answer.cost == sum(change.cost for change in answer.changes)
                now = answer.score.now
                whole = model.score(applied(lead, answer.changes), [*events, *acts(answer.changes)], now=now)
                assert bar in whole.qualifies
                assert whole == answer.score
                assert whole == model.score(answer.lead, [*events, *answer.events], now=now)
                for part in parts_of(answer.changes):
                    less = model.score(applied(lead, part), [*events, *acts(part)], now=now)
                    assert bar not in less.qualifies

    each()
    assert seen["asked"] >= 1_000
    assert min(seen[1], seen[2], seen[3]) >= 50, seen


@given(st.one_of(cases(most=6), near()))
def test_search_that_is_complete_misses_no_cheaper_answer(case):
    """Where few changes are possible, going through all pairs finds none that is cheaper than what was found."""
    model, lead, events, score = asked(case)
    for plan in model.plans.bars:
        found = score.why_not(plan.name)
        when, scope = plan.when.condition, model.plans.scope
        learned, _ = learnable(facts_of(model, scope, when), lead, scope.lists, Costs())
        possible = possible_acts(model, score.reading.state, when, Costs())
        if lead.since is not None and lead.since > case.now:
            possible = []
        if found.met or not found.complete or len(learned) + len(possible) > 14:
            continue
        dearest = max((answer.cost for answer in found.answers), default=None)
        both_kinds: list[Any] = [*learned, *possible]
        for pair in combinations(both_kinds, 2):
            cost = sum(part.cost for part in pair)
            if len(found.answers) == 5 and cost >= dearest:
                continue
            told = [part for part in pair if isinstance(part, Learned)]
            if len({part.attribute for part in told}) < len(told):
                continue
            happening = [part for part in pair if not isinstance(part, Learned)]
            new = [act.event(lead.id, case.now, 0, number) for number, act in enumerate(happening)]
            values = {part.attribute: part.value for part in told}
            both = model.score(with_values(lead, values), [*events, *new], now=case.now)
            if plan.name in both.qualifies:
                assert found.answers
                assert min(answer.cost for answer in found.answers) <= cost


@given(cases())
def test_answers_are_the_same_from_a_tally(case):
    """What was folded is enough: a score from a tally gives the same answers as one from events."""
    model, lead, events, score = asked(case)
    folded = model.score(lead, model.tally(events, lead=lead), now=case.now)
    for plan in model.plans.bars:
        one, other = score.why_not(plan.name), folded.why_not(plan.name)
        assert [answer.changes for answer in one.answers] == [answer.changes for answer in other.answers]


@given(cases())
def test_answers_can_be_said_in_both_languages(case):
    """Every answer, and the lack of one, is a sentence in English and in Spanish."""
    model, _, _, score = asked(case)
    for plan in model.plans.bars:
        found = score.why_not(plan.name)
        for language in ("en", "es"):
            lines = found.explain(language).splitlines()
            assert len(lines) == max(1, len(found.answers) + (1 if found.answers and score.gates else 0))
            assert all(line.endswith(".") for line in lines)
