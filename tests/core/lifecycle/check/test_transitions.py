"""Single transitions: names, stages, triggers, SLAs, cycles."""

import pytest

from leadqual.conditions import field
from tests.core.lifecycle.check.support import (
    STAGES,
    TRANSITIONS,
    Lifecycle,
    Sla,
    Stage,
    Transition,
    changed,
    found,
    problems,
    renewed,
    table,
)

SCORE = "lifecycle.transitions[3]"


@pytest.mark.parametrize(
    ("changes", "where", "what"),
    [
        ({"name": ""}, "name", "a text was expected"),
        ({"name": None}, "name", "a text was expected"),
        ({"name": "yes"}, "name", "the name is taken by lifecycle.transitions[0]"),
        ({"from_": 7}, "from", "a list was expected"),
        ({"from_": ()}, "from", "the list is empty"),
        ({"from_": ("lead", "laed")}, "from[1]", "no such stage"),
        ({"from_": ("lead", "lead")}, "from[1]", "it is named twice"),
        ({"from_": ("lead", None)}, "from[1]", "no such stage"),
        ({"to": "mqll"}, "to", "no such stage"),
        ({"to": ["mql"]}, "to", "no such stage"),
        ({"on": ()}, "on", "the list is empty"),
        ({"on": {"event": 1}}, "on", "a list was expected"),
        ({"on": ("event", "evnt")}, "on[1]", "no such trigger"),
        ({"on": ("event", "disqualify")}, "on[1]", "no such trigger"),
        ({"on": ("event", "event")}, "on[1]", "it is named twice"),
        ({"reason": 7}, "reason", "a text was expected"),
        ({"sla": 7}, "sla", "a text was expected"),
        ({"sla": "sql"}, "sla", "no such SLA"),
        ({"cycle": "other"}, "cycle", "unknown cycle"),
        ({"when": "now"}, "when", "a condition was expected"),
        ({"when": field("scor").exists()}, "when.field", "unknown field"),
    ],
)
def test_a_transition_is_told_what_it_cannot_be(changes, where, what):
    """Each part that is wrong is named by its path, and nothing else follows from it."""
    places = found(changed("score", **changes))
    assert (f"{SCORE}.{where}", what) in places
    assert {place for place, _ in places} <= {f"{SCORE}.{where}", "lifecycle.stages[1]"}


def test_a_misspelt_stage_is_one_problem():
    """What leads to a stage that is close to a name counts as a way to it, so that it is no unreached one besides."""
    assert found(changed("accepted", to="sqll")) == [("lifecycle.transitions[4].to", "no such stage")]
    hints = [problem.hint for problem in problems(table(changed("accepted", to="sqll")))]
    assert hints == ["Did you mean `sql`?"]


def test_a_strange_stage_is_no_way():
    """A name that is close to none leads nowhere."""
    lost = ("lifecycle.stages[1]", "no lead can reach this stage")
    assert lost in found(changed("score", to="elsewhere"))
    assert lost in found(changed("score", to="m" * 65))


@pytest.mark.parametrize("sla", ["mql", "hand_raise"])
def test_a_transition_names_an_sla_that_exists(sla):
    """Those of the table, and that of a hand-raise even if nobody has set it."""
    places = [place for place, _ in found(changed("score", sla=sla), sla={"mql": Sla(within="1d"), 7: None})]
    assert places == ["sla.7", "sla.7"]


def test_an_sla_of_no_table_is_not_looked_up():
    """Where the SLAs are no table at all, that is the one problem."""
    assert found(changed("score", sla="mql"), sla=7) == [("sla", "a table was expected")]


@pytest.mark.parametrize("transitions", ["abc", 7, None, {"a": 1}])
def test_transitions_are_a_list(transitions):
    """What is no list of transitions is refused as such."""
    assert ("lifecycle.transitions", "a list was expected") in found(transitions)


def test_a_transition_is_a_transition():
    """Something else in the list has its place in the path."""
    assert found((*TRANSITIONS, "yes")) == [("lifecycle.transitions[8]", "a transition was expected")]


def test_a_lifecycle_has_at_most_a_thousand_transitions():
    """One more is one problem; the ones after it are not looked at."""
    more = tuple(Transition(name=f"t{i}", from_="sql", to="mql", on="return") for i in range(993))
    places = found((*TRANSITIONS, *more))
    assert places[0] == ("lifecycle.transitions", "there are too many transitions")
    assert found((*TRANSITIONS, *more[:992]))[0][0] == "lifecycle.transitions[9]"


def test_only_an_ended_stage_starts_a_next_cycle():
    """Open stages and those of rest cannot be left into a next cycle."""
    assert found(changed("back", from_=("won", "mql"))) == [
        ("lifecycle.transitions[7].cycle", "only an ended stage starts a next cycle")
    ]


def test_reopen_goes_on_in_the_same_cycle():
    """A cycle that is reopened is no next one."""
    assert found(changed("reopened", cycle="next")) == [
        ("lifecycle.transitions[6].cycle", "`reopen` goes on in the same cycle")
    ]


def test_only_an_ended_stage_is_reopened():
    """A lead whose cycle runs has nothing to be reopened."""
    assert found(changed("reopened", from_=("won", "mql"))) == [
        ("lifecycle.transitions[6].on[0]", "only an ended stage can be reopened")
    ]


def test_an_event_leaves_an_ended_stage_only_into_a_next_cycle():
    """Without a next cycle nothing but `reopen` leaves the end."""
    what = "an event leaves an ended stage only into a next cycle"
    assert found(changed("back", cycle="same")) == [("lifecycle.transitions[7].on[0]", what)]
    assert found(changed("back", on="event")) == []


def test_only_a_hand_raise_starts_a_next_cycle():
    """Where no kind of act is one, nobody comes back after the end by an event."""
    what = "only a hand-raise starts a next cycle, and no kind is one"
    assert found(hand_raise=False) == [("lifecycle.transitions[7].on[0]", what)]
    assert found(tuple(part for part in TRANSITIONS if part.name != "back"), hand_raise=False) == []


@pytest.mark.parametrize("trigger", ["profile", "tick", "wake", "release", "yes", "reinstate"])
def test_nothing_else_leaves_an_ended_stage(trigger):
    """Time, a release and verdicts other than `reopen` leave a won lead where it is."""
    what = "this does not leave an ended stage"
    assert ("lifecycle.transitions[7].on[0]", what) in found(changed("back", on=trigger))


def test_shipped_transitions_name_the_stages_that_they_need():
    """Stages of a team's own under the shipped transitions: each missing one is told once, not at each transition."""
    asked = table(stages=STAGES[:3], lifecycle=Lifecycle(stages=STAGES[:3]))
    told = [(problem.where, str(problem.got)) for problem in problems(asked)]
    assert told == [("lifecycle.stages", "'won'"), ("lifecycle.stages", "'lost'"), ("lifecycle.stages", "'recycle'")]


def test_shipped_transitions_keep_to_the_kinds_of_stages():
    """A shipped transition that leaves an end must find one."""
    stages = renewed("won", kind="open")
    asked = table(stages=stages, lifecycle=Lifecycle(stages=stages))
    assert ("lifecycle.transitions[6].on[0]", "only an ended stage can be reopened") in [
        (problem.where, problem.what) for problem in problems(asked)
    ]


def test_shipped_transitions_may_be_garbage():
    """What no preset would hold is passed over."""
    parts = (Transition(name="x", from_=7, to=None, on=8), "abc")
    assert found(parts, (Stage(name="lead", kind="ended"),), lifecycle=Lifecycle()) == [
        ("lifecycle.stages", "no stage is open")
    ]
