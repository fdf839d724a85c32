"""Whatever is passed, nothing but problems comes out, and a table with many faults has them all told."""

from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from leadqual.conditions import All, AnyOf, Leaf, Not
from leadqual.errors import MOST_PROBLEMS, Problem
from tests.core.lifecycle.check.support import (
    STAGES,
    TRANSITIONS,
    Lifecycle,
    Recycle,
    RecyclePolicy,
    Sla,
    Stage,
    Transition,
    field,
    found,
    problems,
    table,
)
from tests.properties.junk import JUNK

WORDS = st.sampled_from(
    ("lead", "mql", "won", "recycle", "event", "tick", "wake", "reopen", "yes", "next", "rest", "ended", "open", "size")
)


@st.composite
def anything(draw):
    """Draw a value of any type, or a word that a table knows."""
    return draw(st.one_of(JUNK, WORDS, st.lists(WORDS, max_size=3)))


@st.composite
def spoilt(draw, kind, instead):
    """Draw a value of a class, any of whose fields may be anything."""
    return kind(**{attribute.alias: draw(instead) for attribute in fields(kind) if attribute.init})


@st.composite
def conditions(draw, depth=2):
    """Draw what may look like a condition."""
    shape = draw(st.sampled_from(("leaf", "junk", "not", "all", "any") if depth else ("leaf", "junk")))
    if shape == "leaf":
        return draw(spoilt(Leaf, ANY))
    if shape == "not":
        return Not(draw(conditions(depth - 1)))
    parts = draw(ANY) if shape == "junk" else draw(st.lists(conditions(depth - 1), max_size=3))
    return parts if shape == "junk" else All(parts) if shape == "all" else AnyOf(parts)


@st.composite
def transitions_of_any_kind(draw):
    """Draw a transition, one with a strange guard, or anything."""
    part = draw(st.sampled_from(TRANSITIONS))
    return draw(st.one_of(ANY, st.just(part), spoilt(Transition, ANY), st.just(evolve(part, when=draw(conditions())))))


ANY = anything()
STAGE = st.one_of(ANY, st.sampled_from(STAGES), spoilt(Stage, ANY))
POLICY = st.one_of(ANY, spoilt(RecyclePolicy, ANY))
SLAS = st.dictionaries(WORDS, st.one_of(ANY, spoilt(Sla, ANY)), max_size=3)


@given(
    stages=ANY | st.lists(STAGE, max_size=5),
    transitions=ANY | st.lists(transitions_of_any_kind(), max_size=5),
    recycle=ANY | spoilt(Recycle, POLICY),
    sla=ANY | SLAS,
    lifecycle=st.one_of(ANY, st.just(Lifecycle()), spoilt(Lifecycle, ANY)),
    initial=ANY,
)
def test_garbage_gives_problems_and_nothing_else(**parts):
    """No value of any type in any place raises, and every problem can be shown."""
    told = problems(table(**parts))
    assert all(type(problem) is Problem for problem in told)
    assert all(str(problem).isprintable() for problem in told)


@given(where=st.sampled_from([attribute.alias for attribute in fields(Transition)]), instead=ANY | conditions())
def test_garbage_in_one_transition_is_told_of_that_one(where, instead):
    """A fault in one transition is told at that one, at the stages that it no longer serves, or not at all."""
    strange = evolve(TRANSITIONS[3], **{where: instead})
    places = found((*TRANSITIONS[:3], strange, *TRANSITIONS[4:]))
    assert all(place.startswith(("lifecycle.transitions[3]", "lifecycle.stages")) for place, _ in places)


def test_all_faults_of_a_table_are_told_at_once():
    """Ten faults of ten sorts, in one go."""
    stages = (
        *STAGES,
        Stage(name="mql"),
        Stage(name="parked"),
        Stage(name="alone", kind="ended"),
        Stage(name="Bad Name", phase="TOP"),
    )
    size = field("size")
    transitions = (
        *TRANSITIONS,
        Transition(name="park", from_="mql", to="parked", on="return"),
        Transition(name="promoted by time", from_="mql", to="sql", on="tick"),
        Transition(name="never", from_="mql", to="sql", on="event", when=size.ge(10) & size.lt(5)),
        Transition(name="late", from_="lead", to="sql", on="event"),
        Transition(name="misspelt", from_="mql", to="sql", on="relese", when=field("siz").exists()),
    )
    recycle = Recycle(inbound=RecyclePolicy(rest_months=(6, 3)))
    own = Lifecycle(stages=stages, transitions=transitions, return_days=-1)
    places = found(transitions, stages, recycle=recycle, sla={"won": Sla(within="?")}, initial="won", lifecycle=own)
    assert [place for place, _ in places] == [
        "lifecycle.return_days",
        "lifecycle.initial",
        "lifecycle.stages[6].name",
        "lifecycle.stages[9].name",
        "lifecycle.stages[9].phase",
        "lifecycle.transitions[9].on[0]",
        "lifecycle.transitions[12].on[0]",
        "lifecycle.transitions[12].when.field",
        "lifecycle.transitions[11]",
        "lifecycle.transitions[10].when.all[1]",
        "lifecycle.stages[8]",
        "lifecycle.stages[9]",
        "lifecycle.stages[7]",
        "lifecycle.stages[9]",
        "recycle.inbound.rest_months",
        "sla.won",
        "sla.won.within",
    ]


def test_a_table_has_at_most_so_many_problems():
    """A hostile document is not worth more than a page of problems."""
    stages = tuple(Stage(name="", kind=i, phase=i, temperature=i) for i in range(90))
    transitions = tuple(Transition(name=i, from_=(i, i), to=i, on=i, when=i, cycle=i) for i in range(1_000))
    assert len(found(transitions, stages)) == MOST_PROBLEMS
    many = All(tuple(Leaf(field=str(i), op="exists") for i in range(600)))
    guarded = tuple(Transition(name=f"t{i}", from_="lead", to="mql", on="event", when=many) for i in range(3))
    assert len(found(guarded)) == MOST_PROBLEMS


def test_names_that_mean_nothing_are_not_compared_for_ever():
    """A hostile list of names costs little: only so many of them are compared with those of the stages."""
    names = tuple(f"x{i}" for i in range(100))
    transitions = tuple(Transition(name=f"t{i}", from_=names, to=f"y{i}", on="event") for i in range(300))
    assert len(found(transitions)) == MOST_PROBLEMS
