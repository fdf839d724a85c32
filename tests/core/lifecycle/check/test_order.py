"""Transitions that are never taken since an earlier one always comes first."""

from leadqual.conditions import field
from tests.core.lifecycle.check.support import TRANSITIONS, Transition, found

SMALL, LARGE = field("size").lt(10), field("size").ge(10)


def _after(*parts):
    transitions = (*TRANSITIONS, *parts)
    return [what for where, what in found(transitions) if where.startswith("lifecycle.transitions")]


def test_nothing_comes_after_a_transition_that_always_holds():
    """Behind one without a guard every other one from the same stage on the same trigger is idle."""
    first = "it is never taken: lifecycle.transitions[3] always comes first"
    assert _after(Transition(name="late", from_="lead", to="sql", on="event", when=LARGE)) == [first]
    assert _after(Transition(name="late", from_="lead", to="sql", on="profile")) == [first]


def test_the_same_guard_holds_once():
    """Behind one with the very same guard a transition is idle; behind one with another guard it is not."""
    one = Transition(name="one", from_="mql", to="sql", on="event", when=LARGE)
    two = Transition(name="two", from_="mql", to="lead", on="event", when=LARGE)
    other = Transition(name="other", from_="mql", to="lead", on="event", when=SMALL)
    assert _after(one, two) == ["it is never taken: lifecycle.transitions[8] always comes first"]
    assert _after(one, other) == []


def test_every_stage_and_trigger_counts():
    """A transition that is taken from one of its stages, or on one of its triggers, is taken."""
    assert _after(Transition(name="late", from_=("lead", "mql"), to="sql", on="event")) == []
    assert _after(Transition(name="late", from_="lead", to="sql", on=("event", "release"))) == []


def test_several_earlier_ones_may_share_the_work():
    """One earlier transition for each stage is enough."""
    mql = Transition(name="mql", from_="mql", to="sql", on="event")
    both = Transition(name="both", from_=("lead", "mql"), to="sql", on="event", when=SMALL)
    named = "it is never taken: lifecycle.transitions[3], lifecycle.transitions[8] always comes first"
    assert _after(mql, both) == [named]


def test_a_guard_that_is_wrong_comes_before_nothing():
    """Nobody knows when a guard holds that cannot be read, so that nothing follows from it."""
    wrong = Transition(name="wrong", from_="mql", to="sql", on="event", when=field("no_such").exists())
    later = Transition(name="later", from_="mql", to="sql", on="event")
    assert _after(wrong, later) == ["unknown field"]
