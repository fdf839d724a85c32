"""Where steps and sequences lead: names, steps that nothing leads to, circles without waiting."""

import pytest

from leadqual.nurture.check.flow import Edge, circles, ways_of
from tests.core.nurture.check.support import found, playbook, steps, told


def task(name, more=""):
    """Return the line of a step with a task."""
    return f'name = "{name}" | task = "x"{more and f" | {more}"}'


def fork(name, within="1d", more=""):
    """Return the line of a fork."""
    return f'name = "{name}" | branch = {{ on = "x", within = "{within}"{more and f", {more}"} }}'


WAIT = 'wait = "1m"'
END = 'name = "end" | end = true'


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        ([task("a"), task("b")], []),
        ([task("a", 'next = "c"'), task("b")], ["steps[0].next: no such step"]),
        ([fork("a", more='yes = "c", no = "d"'), task("b")], [
            "steps[0].branch.yes: no such step",
            "steps[0].branch.no: no such step",
        ]),
        ([task("a"), END, task("b")], ["steps[2]: nothing leads to this step"]),
        ([task("a", 'next = "c"'), task("b"), task("c")], ["steps[1]: nothing leads to this step"]),
        ([fork("a", more='yes = "c"'), END, task("c")], []),
        ([fork("a", more='no = "c"'), END, task("c")], []),
        ([fork("a", more='yes = "c", no = "c"'), task("b"), task("c")], ["steps[1]: nothing leads to this step"]),
        ([task("a", 'next = "a"')], ["steps[0]: steps go round without waiting"]),
        ([task("a", f'next = "a" | {WAIT}')], []),
        ([task("a"), task("b", 'next = "a"')], ["steps[1]: steps go round without waiting"]),
        ([task("a"), task("b", f'next = "a" | {WAIT}')], []),
        ([task("a"), task("b", 'next = "a" | wait = { days = 0, at = "09:00" }')], [
            "steps[1]: steps go round without waiting",
        ]),
        ([task("a"), task("b", 'next = "a" | wait = { months = 0 }')], ["steps[1]: steps go round without waiting"]),
        ([task("a"), task("b", 'next = "a" | wait = { days = 1 }')], []),
        ([task("a"), task("b", 'next = "a" | wait = { months = 1 }')], []),
        ([task("a"), task("b", 'next = "a" | wait = { business = "1m" }')], []),
        ([task("a"), fork("b", "0m", 'no = "a", yes = "c"'), task("c")], ["steps[1]: steps go round without waiting"]),
        ([task("a"), fork("b", "1m", 'no = "a", yes = "c"'), task("c")], []),
        ([task("a"), fork("b", "1m", 'no = "c", yes = "a"'), task("c")], []),
        ([task("a"), fork("b", "1m", 'no = "c", yes = "a", since = "enrolment"'), task("c")], [
            "steps[1]: steps go round without waiting",
        ]),
        ([task("a"), task("b", 'next = "a"'), task("c", 'next = "d"'), task("d", 'next = "c"')], [
            "steps[2]: nothing leads to this step",
            "steps[3]: nothing leads to this step",
            "steps[1]: steps go round without waiting",
            "steps[3]: steps go round without waiting",
        ]),
    ],
)  # fmt: skip
def test_ways_that_are_wrong_are_told(lines, problems):
    """A step that is not there, one that nothing leads to, and a circle in which no time passes are found."""
    assert steps("\n".join(lines)) == problems


def test_moved_steps_are_reached():
    """Where a lead stands whose step was taken out, something leads there."""
    lines = "\n".join([task("a"), END, task("b")])
    assert steps(lines, 'moved = { gone = "b" }') == []
    assert steps(lines, 'moved = { gone = "a" }') == ["steps[2]: nothing leads to this step"]


def test_circles_are_shown():
    """Who reads of a circle sees which steps are in it; a long one is counted."""
    text = '[[sequences.s.steps]]\nname = "NAME"\ntask = "x"\n'
    back = 'next = "s0"\n'
    short = "".join(text.replace("NAME", f"s{i}") for i in range(8)) + back
    assert told(short) == [
        (
            "sequences.s.steps[7]: steps go round without waiting "
            "(got s0 > s1 > s2 > s3 > s4 > s5 > s6 > s7 > s0). Let one of its steps wait."
        )
    ]
    long = "".join(text.replace("NAME", f"s{i}") for i in range(9)) + back
    assert told(long) == [
        "sequences.s.steps[8]: steps go round without waiting (got 9 steps). Let one of its steps wait."
    ]
    after = text.replace("NAME", "a") + '[[sequences.s.steps]]\nname = "end"\nend = true\n' + text.replace("NAME", "b")
    assert told(after) == [
        (
            "sequences.s.steps[2]: nothing leads to this step (got a step after an end). "
            "Lead to it from a step before, or remove it."
        )
    ]


def test_ways_of_a_sequence_are_those_that_a_lead_can_go():
    """A touch leads on, a fork both ways, an end nowhere; time passes while something waits."""
    ways = ways_of(playbook("").sequences["welcome"])
    assert ways == {
        "hello": (Edge(to="more", passes=True),),
        "more": (Edge(to="pricing", passes=False),),
        "pricing": (Edge(to="call", passes=True), Edge(to="out", passes=True)),
        "out": (),
        "call": (Edge(to=None, passes=False),),
    }


@pytest.mark.parametrize(
    ("ways", "found"),
    [
        ({}, []),
        ({"a": []}, []),
        ({"a": ["a"]}, [("a",)]),
        ({"a": ["b"], "b": ["c"], "c": ["b", "a"]}, [("b", "c"), ("a", "b", "c")]),
        ({"a": ["b", "c"], "b": ["c"], "c": []}, []),
        ({"a": [], "b": ["a", "b"]}, [("b",)]),
    ],
)
def test_circles_of_a_graph(ways, found):
    """Every way back gives one circle; ways that only meet again give none."""
    assert list(circles(ways)) == found


def onward(first, second):
    """Return what is found of two sequences that follow one another."""
    step = 'steps = [{ name = "a", task = "x"WAIT }]\n'
    texts = []
    for name, other, said in (("p", "q", first), ("q", "p", second)):
        keys, _, wait = said.partition("|")
        texts.append(f'[sequences.{name}]\non_end = {{ sequence = "{other}" }}\n{keys}\n{step.replace("WAIT", wait)}')
    return found("".join(texts), sound="")


@pytest.mark.parametrize(
    ("first", "second", "problems"),
    [
        ('again = "always"', 'again = "always"', ["q"]),
        ('again = "if_not_active"', 'again = "always"', ["q"]),
        ('again = "once"', 'again = "always"', []),
        ('again = "always"', "", []),
        ('again = "always"\nagain_after = "1d"', 'again = "always"', []),
        ('again = "always"|, wait = "1m"', 'again = "always"', []),
        ('again = "always"|, wait = "0m"', 'again = "always"', ["q"]),
    ],
)
def test_sequences_that_lead_into_one_another_at_once_are_told(first, second, problems):
    """A lead that could go round sequences for ever without waiting is not let in."""
    told = [f"sequences.{name}.on_end: sequences lead into one another without waiting" for name in problems]
    assert onward(first, second) == told


@pytest.mark.parametrize(
    ("lines", "at_once"),
    [
        (['{ name = "a", end = true, on_end = { sequence = "s" } }'], True),
        (['{ name = "a", task = "x" }', '{ name = "b", end = true, on_end = { sequence = "s" } }'], True),
        (['{ name = "a", task = "x" }', '{ name = "b", wait = "1d", end = true, on_end = { sequence = "s" } }'], False),
        (['{ name = "a", end = true, on_end = { verdict = "maybe" } }'], False),
        ([
            '{ name = "f", branch = { on = "x", within = "0m", yes = "a", no = "b" } }',
            '{ name = "a", end = true, on_end = { sequence = "s" } }',
            '{ name = "b", task = "x" }',
        ], False),
        ([
            '{ name = "f", branch = { on = "x", within = "0m", yes = "b", no = "a" } }',
            '{ name = "a", end = true, on_end = { sequence = "s" } }',
            '{ name = "b", task = "x" }',
        ], True),
        ([
            '{ name = "f", branch = { on = "x", within = "0m", yes = "g", no = "g" } }',
            '{ name = "g", branch = { on = "x", within = "0m", yes = "g", no = "a", since = "enrolment" } }',
            '{ name = "a", end = true, on_end = { sequence = "s" } }',
        ], None),
    ],
)  # fmt: skip
def test_the_end_of_a_step_counts_before_that_of_the_sequence(lines, at_once):
    """A sequence that begins itself anew is told if a lead can come to such an end without waiting."""
    text = f'[sequences.s]\nagain = "always"\nsteps = [{", ".join(lines)}]\n'
    told = "sequences.s.on_end: sequences lead into one another without waiting"
    problems = found(text, sound="")
    assert (told in problems) is (at_once is not False)
    assert problems == ([told] if at_once else [] if at_once is False else problems)
