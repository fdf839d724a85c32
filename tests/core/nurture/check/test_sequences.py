"""A sequence as a whole: entry, stages, exits, what follows, experiments, and policies that name it."""

import pytest

from tests.core.nurture.check.support import found

STEP = '[[sequences.s.steps]]\nname = "a"\nchannel = "email"\ncontent = "guide"\n'


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('purpose = "requested"\nexits = []\nagain = "always"\nagain_after = "90d"\nholdout = 100\nsalt = "x"', []),
        ('purpose = "*"', ["purpose: a touch has one purpose"]),
        ('purpose = ""', ["purpose: a text was expected"]),
        ('stages = ["lead", "recycle"]', []),
        ('stages = ["led", "won"]', ["stages[0]: no such stage", "stages[1]: a cycle ends there"]),
        ("enter = 3", ["enter: a table was expected", "enter: an entry waits for an act or a stage"]),
        ("enter = {}", ["enter: an entry waits for an act or a stage"]),
        ('enter = { when = { field = "stage", op = "eq", value = "lead" } }', [
            "enter: an entry waits for an act or a stage",
        ]),
        ('enter = { on = ["a", "a"] }', ["enter.on[1]: it is named twice"]),
        ('enter = { stages = "lead", properties = { field = "asset", op = "exists" } }', [
            "enter.properties: no act is waited for",
        ]),
        ('enter = { on = "a", properties = { field = "title", op = "exists" } }', [
            "enter.properties.field: unknown property",
        ]),
        ('enter = { on = "a", when = { field = "input.kind", op = "exists" } }', [
            "enter.when.field: unknown field",
        ]),
        ('enter = { on = "a", when = { field = "verdict.reason", op = "exists" } }', [
            "enter.when.field: unknown field",
        ]),
        ('enter = { on = "a", when = { field = "total", op = "ge", value = 1 } }', []),
        ('enter = { stages = "lead" }', []),
        ('enter = { stages = "leed" }', ["enter.stages[0]: no such stage"]),
        ('enter = { stages = "recycle" }', ["enter.stages[0]: the sequence does not run in this stage"]),
        ('enter = { stages = "sql" }\nstages = "sql"', []),
        ('exits = ["reply", "sleep"]', ["exits[1]: no such exit"]),
        ('exits = ["reply", "reply"]', ["exits[1]: it is named twice"]),
        ("goals = [{ on = [] }]", ["goals[0].on: the list is empty"]),
        ('goals = [{ on = "a", when = { field = "x", op = "exists" } }]', ["goals[0].when.field: unknown property"]),
        ("on_end = {}", ["on_end: nothing follows"]),
        ('on_end = { verdict = "no" }', ["on_end.verdict: a sequence says no such verdict"]),
        ('on_end = { verdict = "maybe", reason = "later", sequence = "welcome" }', []),
        ('on_end = { reason = "later", sequence = "welcom" }', [
            "on_end.reason: a reason goes with a verdict",
            "on_end.sequence: no such sequence",
        ]),
        ('again = "twice"', ["again: no such way to come in again"]),
        ('again_after = "90d"', ["again_after: a lead comes in only once"]),
        ('again = "always"\nagain_after = "1m"', []),
        ('again = "always"\nagain_after = "0d"', ["again_after: the time is too short"]),
        ('exclusive = "no"', ["exclusive: true or false was expected"]),
        ("priority = 1000001", ["priority: the number is out of range"]),
        ("priority = 1.0", []),
        ('version = ""', ["version: a text was expected"]),
        ("holdout = 101", ["holdout: the number is out of range"]),
        ("holdout = -1", ["holdout: the number is out of range"]),
        ("salt = 3", ["salt: a text was expected"]),
        ("arms = { a = 0, b = 0 }", ["arms: no lead draws any arm"]),
        ('arms = { a = 10001, "b:" = 1 }', [
            "arms.a: the number is out of range",
            "arms.b:: the name cannot be used",
        ]),
        ('moved = { gone = "a" }', []),
        ('moved = { a = "a", gone = "b", "" = "a" }', [
            "moved.a: the step is still there",
            "moved.gone: no such step",
            "moved.: a text was expected",
        ]),
    ],
)  # fmt: skip
def test_sequences_that_are_wrong_are_told_with_their_path(text, lines):
    """Each fault of a sequence is found, at its place."""
    told = found(f"[sequences.s]\n{text}\n{STEP}")
    assert [line.removeprefix("sequences.s.") for line in told] == lines


def test_names_of_sequences_are_looked_at():
    """The name of a sequence is part of the keys of its touches."""
    assert found(f'{STEP}[[sequences."a:b".steps]]\nname = "a"\nchannel = "email"\ncontent = "guide"\n') == [
        "sequences.a:b: the name cannot be used"
    ]


@pytest.mark.parametrize("who", ["inbound", "outbound", "partner"])
def test_policies_name_sequences_once_there_are_any(who):
    """What keeps in touch after a maybe is a declared sequence; without any the host has its own."""
    policy = f'[recycle.{who}]\nnurture = "wellcome"\n'
    assert found(policy, sound="") == []
    assert found(policy) == [f"recycle.{who}.nurture: no such sequence"]
    assert found(policy.replace("wellcome", "welcome")) == []


def test_stages_are_left_alone_while_the_lifecycle_is_wrong():
    """A fault of the lifecycle is told once, not again at every sequence that names a stage."""
    told = found(f'[lifecycle]\nreturn_days = -1\n[sequences.s]\nstages = "moon"\nenter = {{ stages = "sun" }}\n{STEP}')
    assert told == ["lifecycle.return_days: the number is out of range"]
