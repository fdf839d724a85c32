"""What nurturing reads: every condition, and every kind of act that it waits for."""

from leadqual.conditions import field
from leadqual.nurture.people import Hint, Need, Persona, Sign
from leadqual.nurture.reading import nurture_reads
from leadqual.nurture.sequences import Branch, Entry, Goal, Sequence, Step
from leadqual.nurture.waits import Wait

SIGN, HINT, ENTRY, WHEN, GOAL, FORK, STEP = (field(name).exists() for name in ("a", "b", "c", "d", "e", "f", "g"))


def test_every_condition_and_kind_is_there():
    """Personas, entries and steps read leads; hints, entries, goals and forks read acts."""
    steps = (
        Step(name="x", task="Call", when=STEP),
        Step(name="y", branch=Branch(on=("fork",), when=FORK, within=Wait(elapsed="1d"))),
        Step(name="z", end=True),
    )
    enter = Entry(on=("enter", "hint"), properties=ENTRY, when=WHEN)
    reads = nurture_reads(
        [Persona(name="p", signs=(Sign(when=SIGN),))],
        {"n": Need(hints=(Hint(on=("hint",), when=HINT), Hint(on=("other",))))},
        {"s": Sequence(enter=enter, goals=(Goal(on=("goal",), when=GOAL),), steps=steps), "t": Sequence()},
    )
    assert reads.of_leads == (SIGN, WHEN, STEP)
    assert reads.of_acts == (HINT, ENTRY, GOAL, FORK)
    assert reads.kinds == ("hint", "other", "enter", "goal", "fork")


def test_nothing_is_read_without_nurturing():
    """A playbook that nurtures nobody reads nothing for it."""
    reads = nurture_reads([], {}, {})
    assert (reads.of_leads, reads.of_acts, reads.kinds) == ((), (), ())
