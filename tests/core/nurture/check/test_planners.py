"""Sequences whose steps do not come in their order."""

import pytest

from leadqual.errors import ModelError
from leadqual.nurture.nextbest import NextBestContent
from leadqual.nurture.sequences import Branch, Ending, Sequence, Step
from leadqual.nurture.waits import Wait
from leadqual.playbook import Playbook, Registry, loads
from leadqual.playbook.dump import to_toml
from leadqual.scoring.model import ScoringModel

DAILY = Wait(days=1)
BOOK = 'schema = 1\nname = "n"\nversion = "1"\n[sequences.a]\nsteps = [{ name = "one", task = "x", wait = "1d" }]\n'


def problems(**parts):
    """Return what is wrong with a sequence that has a planner."""
    sequence = Sequence(**{"planner": NextBestContent()} | parts)
    try:
        Playbook(name="n", version="1", model=ScoringModel(), sequences={"a": sequence})
    except ModelError as error:
        return [str(problem).removeprefix("sequences.a.") for problem in error.problems]
    return []


def task(name="one", **parts):
    """Return a step with a task."""
    return Step(**{"name": name, "task": "x", "wait": DAILY} | parts)


def test_steps_of_a_planner_need_no_order():
    """None is out of reach, and none goes round without waiting."""
    assert problems(steps=[task("one"), task("two"), task("three")]) == []


def test_steps_that_a_planner_cannot_choose_are_refused():
    """Each with what stands against it."""
    told = problems(
        steps=[
            task("one", next="two"),
            Step(name="two", wait=DAILY, branch=Branch(on="click", within=DAILY)),
            Step(name="three", wait=DAILY, end=True),
            task("four", wait=Wait(elapsed="0m")),
        ]
    )
    what = "the planner decides what comes next (got a step with"
    wait = "a step that a planner chooses may come again, and has to wait (got no wait)"
    assert told == [
        f"steps[0].next: {what} `next`). Remove it, or the planner.",
        f"steps[1].branch: {what} `branch`). Remove it, or the planner.",
        f"steps[2].end: {what} `end`). Remove it, or the planner.",
        f'steps[3].wait: {wait}. Write how long it waits after the touch before, such as wait = "3d".',
    ]


def test_step_of_a_planner_that_is_none_is_told_once():
    """The others are checked all the same."""
    told = problems(steps=["one", task("two", next="two")])
    assert told == [
        "steps[0]: a Step was expected (got 'one'). Pass a Step.",
        "steps[1].next: the planner decides what comes next (got a step with `next`). Remove it, or the planner.",
    ]


class _Nameless:
    kind = 3

    def propose(self, asked, place, options, /):
        """Propose nothing."""


@pytest.mark.parametrize("planner", ["next_best_content", object(), _Nameless()])
def test_what_is_no_planner_is_refused(planner):
    """It has a tag of its own and a method."""
    (told,) = problems(planner=planner, steps=[task()])
    assert told == (
        f"planner: this is no planner (got a value of type {type(planner).__name__}). "
        "Pass a frozen attrs class with a `kind` and a method `propose`."
    )


def test_circle_through_a_planner_is_told():
    """It may be over at once, and then the next one begins."""
    steps = [task()]
    onward = {
        "a": Sequence(planner=NextBestContent(), again="always", steps=steps, on_end=Ending(sequence="b")),
        "b": Sequence(planner=NextBestContent(), again="always", steps=steps, on_end=Ending(sequence="a")),
    }
    with pytest.raises(ModelError) as raised:
        Playbook(name="n", version="1", model=ScoringModel(), sequences=onward)
    assert [problem.where for problem in raised.value.problems] == ["sequences.b.on_end"]
    assert "without waiting" in raised.value.problems[0].what


def test_document_names_a_planner_by_its_kind():
    """Alone or in a table; it is kept, and told apart by the fingerprint."""
    short = loads(BOOK + 'planner = "next_best_content"\n')
    table = loads(BOOK + 'planner = { kind = "next_best_content" }\n')
    assert short.sequences["a"].planner == NextBestContent()
    assert short == table
    assert short.fingerprint == table.fingerprint != loads(BOOK).fingerprint
    assert loads(short.to_json()) == loads(to_toml(short)) == short


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            '"next_best"',
            "planner.kind: no such planner is installed (got 'next_best'). Did you mean `next_best_content`?",
        ),
        ("{ }", "planner.kind: no such planner is installed (got '')"),
        ("3", "planner: a table was expected (got 3)"),
        ('{ kind = "next_best_content", every = 3 }', "planner.every: unknown key (got 3)"),
    ],
)
def test_planner_that_is_none_is_told(written, message):
    """With where it stands, and what there is."""
    with pytest.raises(ModelError) as raised:
        loads(BOOK + f"planner = {written}\n")
    assert str(raised.value.problems[0]).startswith(f"sequences.a.{message}")


class _Broken:
    kind = "acme/broken"


def test_planner_that_cannot_be_loaded_or_built_is_told():
    """An extension is somebody else's code."""
    registry = Registry().with_planner(_Broken)
    assert registry.kinds("planner") == ("next_best_content", "acme/broken")
    with pytest.raises(ModelError) as raised:
        loads(BOOK + 'planner = "acme/broken"\n', registry=registry)
    assert str(raised.value.problems[0]) == (
        "sequences.a.planner.kind: the planner cannot be loaded: NotAnAttrsClassError (got 'acme/broken'). "
        "A planner is an attrs class; see the documentation of its package."
    )
