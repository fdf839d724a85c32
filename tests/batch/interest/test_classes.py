"""Every event is of the class that matches what it matches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual.batch.engines.duck import Duck
from leadqual.batch.interest.classes import Asked, classes_of
from leadqual.batch.interest.matching import Matching
from leadqual.batch.run import text_small
from leadqual.batch.score import ScorePlan
from leadqual.batch.sql.dialects import DUCKDB
from leadqual.batch.sql.nodes import column
from leadqual.batch.sql.template import listing, statement
from leadqual.batch.table import facts_of
from leadqual.batch.when import When
from leadqual.conditions.nodes import Leaf
from leadqual.fold import normal
from leadqual.interest import Interest, InterestRule
from leadqual.scoring.model import ScoringModel
from leadqual.testing import arrow_events, arrow_leads

from .drawing import KINDS, NOW, PROPERTIES, acts, rules

asked = st.builds(
    Asked,
    acts=st.booleans(),
    own_day=st.booleans(),
    our_day=st.booleans(),
    kinds=st.lists(st.sampled_from([*KINDS, "else", "never"]), max_size=2, unique=True).map(tuple),
)


def model_of(found):
    """Return a model with some rules."""
    return ScoringModel(properties=PROPERTIES, interest=Interest(rules=found))


@pytest.fixture(scope="module")
def duck():
    """Return a database that all examples share."""
    opened = Duck.open(threads=1)
    yield opened
    opened.close()


def classes_in_sql(duck, model, found, events):
    """Return by event the number of its class in each stream, or nothing, as DuckDB works it out."""
    handed = {"leads": arrow_leads(model, []), "events": arrow_events(model, events)}
    facts = facts_of(duck.stage(model, **handed, bad_rows="fail", progress=None), duck, model, ())
    when = When(at=NOW, day_start=model.plans.interest.day_start, dialect=DUCKDB)
    plan = ScorePlan(model=model, when=when, facts=facts, dialect=DUCKDB)
    interested = plan.interested
    joins = interested.joins
    matching = Matching(
        plan=interested.plan, classes=found, properties=interested.properties, kind=joins.column("lq_kind")
    )
    queries = []
    for stream in range(matching.streams):
        read = ("lq_kind", *matching.read(matching.tested(stream)))
        of_event = [("lq_event", column("lq_event", "e")), ("lq_class", matching.event_class(stream))]
        queries.append(listing(joins.to(statement("SELECT 0 FROM lq_events AS e"), read), of_event))
    for name in facts.foreign_events:
        plan.tests.register(name, facts.events[name])
    duck.make(text_small(duck, plan))
    of: dict[str, list[int | None]] = {event.id: [] for event in events}
    for query in queries:
        for event, number in duck.ask(query):
            of[event].append(number)
    return of


def of_kind(count, **more):
    """Return so many rules with a condition on one kind."""
    return [
        InterestRule(event="open", points=1, when=Leaf(field="n", op="ge", value=at), **more) for at in range(count)
    ]


@given(found=st.lists(rules(), max_size=14), asks=asked, seed=st.integers(0, 1 << 32))
def test_events_are_in_the_classes_of_the_rules_they_match(duck, found, asks, seed):
    """What the classes of an event say together is what the reference says of the event alone."""
    model = model_of(found)
    plan = model.plans.interest
    classes = classes_of(plan, asks)
    events = acts(seed, 60)
    numbers = classes_in_sql(duck, model, classes, events)
    for event in events:
        own, hits = event.by == "lead", plan.hits(event)
        of = [classes.classes[number] for number in numbers[event.id] if number is not None]
        assert sorted(i for one in of for i in one.rules) == sorted(i for i in hits if _counts(plan.rules[i]))
        assert sorted(i for one in of for i in one.quiet) == sorted(
            i for i in hits if own and plan.rules[i].rule.inactivity is not None
        )
        acted = asks.acts and own and any(plan.rules[i].interacts for i in hits)
        assert [one.acted for one in of if one.acted] == ([True] if acted else [])
        if (own and asks.own_day) or (not own and asks.our_day):
            assert [one.own for one in of if one.told] == [own]
        if acted:
            named = normal(event.kind) if normal(event.kind) in classes.kinds else None
            assert [one.kind for one in of if one.acted] == [named]


def _counts(rule):
    return rule.rule.inactivity is None and rule.rule.distinct_by is None


@given(found=st.lists(rules(), max_size=20), asks=asked)
def test_classes_are_numbered_densely_and_once(found, asks):
    """The number of a class is its place; sides name where their classes begin."""
    classes = classes_of(model_of(found).plans.interest, asks)
    assert [one.number for one in classes.classes] == list(range(len(classes.classes)))
    sides = [side for stream in classes.streams for side in stream]
    ends = sorted((side.first, side.first + (1 << len(side.tests) + bool(side.acts))) for side in sides)
    assert [first for first, _ in ends] == [0, *(end for _, end in ends)][: len(ends)]
    assert all(len(side.tests) <= 6 for side in sides)


@pytest.mark.parametrize(("count", "streams"), [(0, 0), (1, 1), (6, 1), (7, 2), (13, 3)])
def test_kind_has_a_stream_for_each_six_conditions(count, streams):
    """So the number of classes grows with the number of conditions, not with its power."""
    classes = classes_of(model_of(of_kind(count)).plans.interest, Asked())
    assert len(classes.streams) == streams
    assert len(classes.classes) <= 64 * streams
    assert [one.told for one in classes.classes].count(False) == sum(
        1 << len(stream[0].tests) for stream in classes.streams[1:]
    )


def test_act_is_told_in_the_first_stream_though_the_rule_is_of_another():
    """Interactions are counted once, where all events are."""
    classes = classes_of(model_of(of_kind(8)).plans.interest, Asked(acts=True))
    first, *others = classes.streams
    own = next(side for side in first if side.own)
    assert own.acts == tuple(range(8))
    assert not any(side.acts for stream in others for side in stream)
    assert not any(one.acted for one in classes.classes if not one.told)
    assert sum(one.acted for one in classes.classes) > 64


def test_whose_act_it_is_makes_no_class_where_it_makes_no_difference():
    """Named kinds count whoever acts; with a rule for any kind, or where days of acts are asked for, sides are two."""
    plain, anyone = of_kind(1), [*of_kind(1), InterestRule(event="*", points=1)]
    assert not classes_of(model_of(plain).plans.interest, Asked()).sided
    assert classes_of(model_of(plain).plans.interest, Asked(own_day=True)).sided
    assert classes_of(model_of(plain).plans.interest, Asked(acts=True)).sided
    assert classes_of(model_of(anyone).plans.interest, Asked()).sided


def test_kinds_of_bars_are_told_apart_though_no_rule_names_them():
    """A bar may ask for a kind that earns by ``*`` alone."""
    model = model_of([InterestRule(event="*", points=1)])
    classes = classes_of(model.plans.interest, Asked(acts=True, kinds=("cafe\u0301",)))
    assert classes.kinds == ("café",)
    assert {one.kind for one in classes.classes if one.acted} == {"café", None}


def test_interest_without_rules_has_no_classes():
    """Nothing is told apart where nothing counts."""
    assert classes_of(model_of([]).plans.interest, Asked()).classes == ()
