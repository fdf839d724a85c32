"""Values of other types, which only Python can pass: each is told at its place, and nothing else of it is."""

from typing import Any

import pytest

from leadqual.nurture import content, people, sequences, settings, waits
from leadqual.nurture.check import nurturing_problems
from tests.core.nurture.check.support import table

Loose: Any = sequences
Sequence, Step, Branch, Pool = Loose.Sequence, Loose.Step, Loose.Branch, Loose.Pool
Entry, Goal, Ending = Loose.Entry, Loose.Goal, Loose.Ending
People: Any = people
Settings: Any = settings
Content: Any = content.Content
Wait: Any = waits.Wait
CALL = Step(name="a", task="Call")


def found(**parts: Any) -> list[str]:
    """Return what is wrong with nurturing of any values."""
    return [f"{problem.where}: {problem.what}" for problem in nurturing_problems(table(**parts))]


def of_step(**keys: Any) -> list[str]:
    """Return what is wrong with a step of any values, from under its path."""
    step = Step(**{"name": "a", "task": "Call", **keys})
    return [line.removeprefix("sequences.s.steps[0]") for line in found(sequences={"s": Sequence(steps=[step])})]


def of_sequence(**keys: Any) -> list[str]:
    """Return what is wrong with a sequence of any values, from under its path."""
    parts = {"s": Sequence(**{"steps": [CALL], **keys})}
    return [line.removeprefix("sequences.s") for line in found(sequences=parts)]


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        ({"nurture": 3}, ["nurture: a Nurture was expected"]),
        ({"nurture": 3, "sequences": {"s": Sequence(steps=[CALL])}}, ["nurture: a Nurture was expected"]),
        ({"personas": 3}, ["personas: a list was expected"]),
        ({"personas": [3]}, ["personas[0]: a Persona was expected"]),
        ({"needs": 3}, ["needs: a table was expected"]),
        ({"needs": {3: 4}}, ["needs.3: a text was expected", "needs.3: a Need was expected"]),
        ({"content": 3}, ["content: a table was expected"]),
        ({"content": {"a": 3}}, ["content.a: a Content was expected"]),
        ({"content": {3: Content(kind=4)}}, ["content.3: a text was expected"]),
        ({"sequences": 3}, ["sequences: a table was expected"]),
        ({"sequences": {"s": 3}}, ["sequences.s: a Sequence was expected"]),
        ({"sequences": {"s": Sequence(steps=[CALL])}, "recycle": 3}, []),
        ({"stages": None, "sequences": {"s": Sequence(steps=[CALL], stages=["moon"])}}, []),
    ],
)
def test_tables_of_another_type_are_told(parts, lines):
    """What is no table, no list or no value of its class is told, once."""
    assert found(**parts) == lines


@pytest.mark.parametrize(
    ("keys", "lines"),
    [
        ({"windows": 3}, ["windows: a table was expected"]),
        ({"windows": {"a": 3}}, ["windows.a: a SendWindow was expected"]),
        ({"windows": {3: 4}}, ["windows: a text was expected", "windows.3: a SendWindow was expected"]),
        ({"without_zone": {3: 4}}, ["without_zone: a text was expected", "without_zone.3: no such choice"]),
        ({"bases": [3]}, ["bases[0]: a BasisRule was expected"]),
        ({"bases": 3}, ["bases: a list was expected"]),
        ({"offers": 3}, ["offers: a table was expected"]),
        ({"offers": {3: "asset"}}, [
            "offers: a text was expected",
        ]),
        ({"effort": 3}, ["effort: a list was expected"]),
        ({"effort": [3]}, ["effort[0]: an Effort was expected"]),
        ({"effort": [Settings.Effort(cost="x")]}, ["effort[0].cost: a whole number was expected"]),
        ({"postpone": 3, "expires": 4}, ["postpone: a duration was expected", "expires: elapsed time was expected"]),
    ],
)  # fmt: skip
def test_settings_of_another_type_are_told(keys, lines):
    """Each setting says what it takes."""
    told = [line.removeprefix("nurture.") for line in found(nurture=Settings.Nurture(**keys))]
    assert told == lines


@pytest.mark.parametrize(
    ("keys", "lines"),
    [
        ({"name": 3}, [".name: a text was expected"]),
        ({"signs": 3}, [".signs: a list was expected"]),
        ({"signs": [3]}, [".signs[0]: a Sign was expected"]),
        ({"signs": [People.Sign(when=None)]}, [".signs[0].when: a condition was expected"]),
        ({"signs": [People.Sign(when=3, points="x")]}, [
            ".signs[0].when: a condition was expected",
            ".signs[0].points: a number was expected",
        ]),
    ],
)  # fmt: skip
def test_personas_of_another_type_are_told(keys, lines):
    """Each part of a persona says what it takes."""
    told = found(personas=[People.Persona(**{"name": "a", "signs": [], **keys})])
    nothing = "personas[0].signs: nothing speaks for the persona"
    assert [line.removeprefix("personas[0]") for line in told if line != nothing] == lines


@pytest.mark.parametrize(
    ("keys", "lines"),
    [
        ({"hints": 3}, [".hints: a list was expected"]),
        ({"hints": [3]}, [".hints[0]: a Hint was expected"]),
        ({"hints": [People.Hint(on=3)]}, [".hints[0].on: a list was expected"]),
    ],
)
def test_needs_of_another_type_are_told(keys, lines):
    """Each part of a need says what it takes."""
    assert [line.removeprefix("needs.a") for line in found(needs={"a": People.Need(**keys)})] == lines


@pytest.mark.parametrize(
    ("keys", "lines"),
    [
        ({"steps": 3}, [".steps: a list was expected"]),
        ({"steps": [3]}, [".steps[0]: a Step was expected"]),
        ({"steps": [CALL, 3]}, [".steps[1]: a Step was expected"]),
        ({"steps": [Step(name=3, task="x")]}, [".steps[0].name: a text was expected"]),
        ({"stages": 3}, [".stages: a list was expected"]),
        ({"stages": [3]}, [".stages[0]: no such stage"]),
        ({"enter": 3}, [".enter: an Entry was expected"]),
        ({"enter": Entry(on=3)}, [".enter.on: a list was expected"]),
        ({"enter": Entry(stages=[3])}, [".enter.stages[0]: no such stage"]),
        ({"goals": [3]}, [".goals[0]: a Goal was expected"]),
        ({"goals": 3}, [".goals: a list was expected"]),
        ({"on_end": 3}, [".on_end: an Ending was expected"]),
        ({"arms": 3}, [".arms: a table was expected"]),
        ({"arms": {3: 4}}, [".arms: a text was expected"]),
        ({"moved": 3}, [".moved: a table was expected"]),
        ({"moved": {3: "a"}}, [".moved: a text was expected"]),
        ({"moved": {"old": 3}}, [".moved.old: no such step"]),
        ({"again": "always", "on_end": Ending(sequence=3)}, [".on_end.sequence: no such sequence"]),
    ],
)
def test_sequences_of_another_type_are_told(keys, lines):
    """Each part of a sequence says what it takes."""
    assert of_sequence(**keys) == lines


@pytest.mark.parametrize(
    ("keys", "lines"),
    [
        ({"wait": 3}, [".wait: a Wait was expected"]),
        ({"wait": Wait(at=3, days=1)}, [".wait.at: a time of day was expected"]),
        ({"channel": 3}, [".channel: a text was expected"]),
        ({"content": 3}, [".content: no such content"]),
        ({"channel": 3, "content": "a"}, [".channel: a text was expected", ".content: no such content"]),
        ({"pool": 3}, [".pool: a Pool was expected"]),
        ({"pool": Pool(kinds=3)}, [".pool.kinds: a list was expected"]),
        ({"window": 3}, [".window: a SendWindow was expected"]),
        ({"arm": 3}, [".arm: no such arm"]),
        ({"next": 3}, [".next: no such step"]),
        ({"on_end": 3, "end": True, "task": None}, [".on_end: an Ending was expected"]),
        ({"branch": 3, "task": None}, [".branch: a Branch was expected"]),
        ({"branch": Branch(on="x", within=3), "task": None}, [".branch.within: a Wait was expected"]),
    ],
)
def test_steps_of_another_type_are_told(keys, lines):
    """Each part of a step says what it takes."""
    assert of_step(**keys) == lines


def test_steps_that_lead_astray_end_the_search():
    """Where a sequence leads to no step, nobody asks whether it ends at once."""
    ending = Ending(sequence="s")
    wrong = Sequence(steps=[Step(name="a", task="x", next="b")], on_end=ending, again="always")
    assert found(sequences={"s": wrong}) == ["sequences.s.steps[0].next: no such step"]
    waits = Step(name="a", task="x", wait=Wait(elapsed="1m"))
    strange = Sequence(steps=[waits, 3], on_end=ending, again="always")
    assert found(sequences={"s": strange}) == ["sequences.s.steps[1]: a Step was expected"]


def test_content_that_goes_by_some_channels_is_known_by_its_kind():
    """The channel of a touch that is no text goes with no content that names its channels."""
    guide = Content(kind="guide", channels="email")
    told = found(content={"a": guide}, sequences={"s": Sequence(steps=[Step(name="a", channel=3, content="a")])})
    assert told == [
        "sequences.s.steps[0].channel: a text was expected",
        "sequences.s.steps[0].content: the content does not go by this channel",
    ]
