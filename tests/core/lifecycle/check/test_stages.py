"""Single stages, and the one where leads begin."""

import pytest

from tests.core.lifecycle.check.support import STAGES, TRANSITIONS, Lifecycle, Stage, found, problems, renewed, table


def test_a_right_table_has_no_problem():
    """Nothing is found where nothing is wrong."""
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "where", "what"),
    [
        ({"kind": "opne"}, "kind", "unknown kind of stage"),
        ({"kind": ["open"]}, "kind", "unknown kind of stage"),
        ({"phase": "tofu"}, "phase", "unknown phase"),
        ({"temperature": 3}, "temperature", "unknown temperature"),
        ({"hand_off": 1}, "hand_off", "true or false was expected"),
    ],
)
def test_a_stage_is_told_what_it_cannot_be(changes, where, what):
    """Kind, phase and temperature are known words, the hand-off is true or false."""
    assert found(stages=renewed("mql", **changes)) == [(f"lifecycle.stages[1].{where}", what)]


@pytest.mark.parametrize("name", ["", "MQL", "a b", None, 7, ["a"], "x" * 64])
def test_a_stage_needs_a_name_that_can_be_used(name):
    """Names of stages are those of attributes."""
    stages = (*STAGES, Stage(name=name))
    assert ("lifecycle.stages[6].name", "the name cannot be used") in found(stages=stages)


def test_a_stage_is_declared_once():
    """The second stage of a name is the one that is wrong."""
    stages = (*STAGES, Stage(name="mql"))
    assert found(stages=stages) == [("lifecycle.stages[6].name", "the name is taken by lifecycle.stages[1]")]


@pytest.mark.parametrize("stages", ["abc", 7, None, {"a": 1}])
def test_stages_are_a_list(stages):
    """What is no list of stages is refused as such."""
    assert ("lifecycle.stages", "a list was expected") in found(stages=stages)


def test_a_stage_is_a_stage():
    """Something else in the list has its place in the path."""
    assert found(stages=(*STAGES, "mql")) == [("lifecycle.stages[6]", "a stage was expected")]


def test_a_lifecycle_needs_stages():
    """A table without any says so."""
    assert found((), ()) == [("lifecycle.stages", "a lifecycle needs stages")]


def test_a_lifecycle_has_at_most_a_hundred_stages():
    """One more is one problem, whatever comes after it."""
    more = tuple(Stage(name=f"s{i}", kind="ended") for i in range(95))
    assert found(stages=(*STAGES, *more))[0] == ("lifecycle.stages", "there are too many stages")
    assert ("lifecycle.stages", "there are too many stages") not in found(stages=(*STAGES, *more[:94]))


def test_leads_begin_in_the_first_open_stage():
    """Without a name for it the first open stage is where leads begin."""
    stages = (STAGES[3], *STAGES[:3], *STAGES[4:])
    assert found(stages=stages) == []


def test_leads_begin_in_an_open_stage():
    """A stage of rest, an ended one and one that does not exist are refused."""
    where = "lifecycle.initial"
    assert (where, "leads begin in an open stage") in found(initial="recycle")
    assert (where, "leads begin in an open stage") in found(initial="won")
    assert found(initial="laed") == [(where, "no such stage")]
    assert found(initial=["lead"]) == [(where, "no such stage")]
    assert found(initial="lead") == []


def test_some_stage_is_open():
    """Where no stage is open leads cannot begin; where a kind is wrong it might be that one."""
    stages = (Stage(name="won", kind="ended"), Stage(name="recycle", kind="rest"))
    assert ("lifecycle.stages", "no stage is open") in found((), stages)
    assert ("lifecycle.stages", "no stage is open") not in found((), (*stages, Stage(name="lead", kind="?")))


def test_the_path_can_be_another_one():
    """Problems of a table stand under the path that it is given."""
    asked = table(initial="laed", where="tables.two", lifecycle=Lifecycle(transitions=TRANSITIONS))
    assert [problem.where for problem in problems(asked)] == ["tables.two.initial"]
