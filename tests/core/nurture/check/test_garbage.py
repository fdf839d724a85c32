"""Whatever is passed, nothing but problems comes out."""

from typing import Any

from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from leadqual.errors import MOST_PROBLEMS, Problem
from leadqual.nurture.check import nurturing_problems
from leadqual.nurture.content import Content
from leadqual.nurture.people import Hint, Need, Persona, Sign
from leadqual.nurture.sequences import Branch, Ending, Entry, Goal, Pool, Sequence, Step
from leadqual.nurture.settings import Effort, Nurture
from leadqual.nurture.waits import Wait
from tests.core.nurture.check.support import playbook, table
from tests.properties.junk import JUNK

SOUND: Any = playbook("").sequences["welcome"]
WORDS = st.sampled_from(("a", "guide", "email", "lead", "TOFU", "*", "3d", "09:30", "hello", "welcome", "long", "once"))


@st.composite
def anything(draw):
    """Draw a value of any type, or a word that a playbook knows."""
    return draw(st.one_of(JUNK, WORDS, st.lists(WORDS, max_size=3), st.integers(-1, 3)))


ANY = anything()


def spoilt(kind, **instead):
    """Draw a value of a class, any of whose fields may be anything, or one of what is drawn for it."""
    return _spoilt(kind, instead)


@st.composite
def _spoilt(draw, kind, instead):
    """Draw a value of a class, any of whose fields may be anything."""
    names = [attribute.alias for attribute in fields(kind) if attribute.init]
    return kind(**{name: draw(st.one_of(ANY, *([instead[name]] if name in instead else []))) for name in names})


def some(part):
    """Draw a list of parts, of which any may be anything."""
    return st.lists(ANY | part, max_size=3)


def named(part):
    """Draw a table of parts, of which any may be anything."""
    return st.dictionaries(WORDS | JUNK.filter(lambda word: isinstance(word, str)), ANY | part, max_size=3)


WAIT = spoilt(Wait)
STEP = st.one_of(
    st.sampled_from(SOUND.steps),
    spoilt(Step, wait=WAIT, pool=spoilt(Pool), branch=spoilt(Branch, within=WAIT), on_end=spoilt(Ending)),
)
SEQUENCE = spoilt(
    Sequence,
    enter=spoilt(Entry),
    goals=some(spoilt(Goal)),
    on_end=spoilt(Ending),
    moved=st.dictionaries(WORDS, ANY, max_size=2),
    arms=st.dictionaries(WORDS, ANY, max_size=2),
    steps=some(STEP),
)


@given(
    nurture=ANY | spoilt(Nurture, effort=some(spoilt(Effort)), windows=named(ANY), offers=named(ANY)),
    personas=ANY | some(spoilt(Persona, signs=some(spoilt(Sign)))),
    needs=ANY | named(spoilt(Need, hints=some(spoilt(Hint)))),
    content=ANY | named(spoilt(Content)),
    sequences=ANY | named(SEQUENCE),
    recycle=ANY,
)
def test_garbage_gives_problems_and_nothing_else(**parts):
    """No value of any type in any place raises, and every problem can be shown."""
    told = list(nurturing_problems(table(**parts)))
    assert all(type(problem) is Problem for problem in told)
    assert all(str(problem).isprintable() for problem in told)


@given(sequence=st.sampled_from([attribute.alias for attribute in fields(Sequence)]), instead=ANY)
def test_garbage_in_one_place_is_told_of_that_sequence(sequence, instead):
    """A fault in one sequence is told at that one, or not at all."""
    sound = playbook("")
    strange = evolve(SOUND, **{sequence: instead})
    parts = {"personas": sound.personas, "needs": sound.needs, "content": sound.content}
    told = nurturing_problems(table(sequences={"welcome": strange}, **parts))
    assert all(problem.where.startswith("sequences.welcome.") for problem in told)


def test_nurturing_has_at_most_so_many_problems():
    """A hostile document is not worth more than a page of problems."""
    steps = [Step(name=f"s{i}", channel="") for i in range(1_000)]
    assert len(list(nurturing_problems(table(sequences={"s": Sequence(steps=steps)})))) == MOST_PROBLEMS
