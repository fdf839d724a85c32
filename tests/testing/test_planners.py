"""The check of planners: good ones pass, and each way to be wrong is told in a sentence."""

from itertools import count
from typing import Any, ClassVar

import pytest
from attrs import define, frozen

from leadqual import Pool, Proposal, Step, Touch, Wait
from leadqual.testing import check_planner

CALLS = count()
MORE = (Step(name="mail", channel="email", pool=Pool(), wait=Wait(days=1)),)


@frozen
class Turns:
    """A good planner: one step after the other, and a few in all."""

    kind: ClassVar[str] = "acme/turns"
    most: int = 4

    def propose(self, asked, _place, options, /):
        """Return the next in turn."""
        gone = len(asked.touches)
        return Proposal(step=options[gone % len(options)].step) if gone < self.most else None


def test_good_planner_passes():
    """With its own steps too, and one that never does anything."""
    check_planner(Turns())
    check_planner(Turns(most=99), steps=MORE, examples=5)
    check_planner(Turns(most=0), examples=5)


def sentences(planner):
    """Return what it does not keep."""
    with pytest.raises(AssertionError) as raised:
        check_planner(planner)
    first, *rest = str(raised.value).splitlines()
    name = planner.__name__ if isinstance(planner, type) else type(planner).__name__
    assert first == f"{name} does not keep what a planner has to:"
    return rest


@frozen
class Random(Turns):
    """One that does not go by what it is asked."""

    kind: ClassVar[str] = "acme/random"

    def propose(self, _asked, _place, options, /):
        """Return whatever."""
        return Proposal(step=options[next(CALLS) % len(options)].step)


@frozen
class Memory(Turns):
    """One that keeps something outside its fields."""

    kind: ClassVar[str] = "acme/memory"

    def propose(self, _asked, _place, options, /):
        """Return the next in turn for this very object."""
        SEEN[id(self)] = SEEN.get(id(self), 0) + 1
        return Proposal(step=options[0].step) if SEEN[id(self)] < 3 else None


SEEN: dict[int, int] = {}


@frozen
class Forgetful(Turns):
    """One that goes by the year."""

    kind: ClassVar[str] = "acme/forgetful"

    def propose(self, asked, place, options, /):
        """Return a step that depends on how much has gone, but not by what was planned."""
        due = any(touch.outcome == "due" and touch.sequence == place.sequence for touch in asked.touches)
        mails = [option for option in options if isinstance(option, Touch) and option.channel == "email"]
        return Proposal(step="call" if due and len(asked.touches) == 1 else (mails or options)[0].step)


@frozen
class Unknown(Turns):
    """One that proposes a step that is not there."""

    kind: ClassVar[str] = "acme/unknown"

    def propose(self, _asked, _place, _options, /):
        """Return what is none of the options."""
        return Proposal(step="nothing")


@frozen
class Failing(Turns):
    """One that fails."""

    kind: ClassVar[str] = "acme/failing"

    def propose(self, _asked, place, _options, /):
        """Fail."""
        raise KeyError(place.step)


@frozen
class Idle:
    """One that proposes nothing, having no way to."""

    kind: ClassVar[str] = "acme/idle"


@frozen
class Odd(Turns):
    """One with a field that no document holds."""

    kind: ClassVar[str] = "acme/odd"
    what: Any = None


@frozen
class Lossy(Turns):
    """One with a field that a document changes."""

    kind: ClassVar[str] = "acme/lossy"
    names: Any = ()


@define
class Loose:
    """One that can be changed, without a name of its own."""

    kind: ClassVar[str] = "loose"
    most: int = 1

    def propose(self, _asked, _place, _options, /):
        """Propose nothing."""


def test_each_fault_is_told_in_a_sentence():
    """With what to do."""
    impure = "- Asked again, or in a copy, it answers something else: let it go by its fields and by what it is asked."
    assert sentences(Random()) == [impure]
    assert sentences(Memory()) == [impure]
    where = "- It fails for a lead that was drawn: sequences.conformance.planner:"
    (unknown,) = sentences(Unknown())
    assert unknown.startswith(f"{where} 'acme/unknown' proposed a step that the sequence does not have (got 'nothing')")
    (failing,) = sentences(Failing())
    assert failing.startswith(f"{where} the planner fails: KeyError (got 'acme/failing')")
    advice = "let its fields be texts, whole numbers, decimals, booleans and lists of these, as a document holds them"
    assert sentences(Idle()) == ["- It has no method `propose`: add one that takes a lead, its place and the options."]
    assert [line.partition(":")[0] for line in sentences(Odd(what=1j))] == [
        "- A playbook that has it cannot be written (InvalidOperation)"
    ]
    assert sentences(Lossy(names=("a", "b"))) == [f"- It is another after a document was written and read: {advice}."]
    assert [line.partition(":")[0] for line in sentences(Loose())] == [
        "- Its `kind` is 'loose'",
        "- Its fields can be changed after it was made",
    ]
    assert sentences(Turns)[0].startswith("- A class was passed")


def test_steps_that_no_planner_can_choose_are_told():
    """They are part of what is checked."""
    wrong = (Step(name="one", channel="email", task="x"),)
    with pytest.raises(
        AssertionError, match=r"cannot be built, written or read with it: sequences\.conformance\.steps"
    ):
        check_planner(Turns(), steps=wrong)
