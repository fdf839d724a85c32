"""The table as a whole: what nobody reaches, and what nobody gets out of."""

from tests.core.lifecycle.check.support import (
    STAGES,
    TRANSITIONS,
    Recycle,
    RecyclePolicy,
    Sla,
    Stage,
    Transition,
    changed,
    found,
    problems,
    renewed,
    table,
)

UNREACHED = "no lead can reach this stage"
DEAD_END = "nothing leads out of this stage"
TRAP = "no way out of these stages leads to an end"
SLEEP = "no rest in this stage ever ends"


def _with(*more):
    return tuple(part for part in TRANSITIONS if part.name not in {other.name for other in more}) + more


def test_a_stage_must_be_reached():
    """A stage that no transition leads to, and an ended one likewise."""
    stages = (*STAGES, Stage(name="sal"), Stage(name="customer", kind="ended"))
    more = Transition(name="sal", from_="sal", to="sql", on="accept")
    assert found(_with(more), stages) == [("lifecycle.stages[6]", UNREACHED), ("lifecycle.stages[7]", UNREACHED)]


def test_stages_that_reach_each_other_are_not_reached_by_that():
    """Two stages that lead to each other are both unreached if nothing leads to them from where leads begin."""
    stages = (*STAGES, Stage(name="one"), Stage(name="two"))
    more = (
        Transition(name="to", from_="one", to="two", on="event"),
        Transition(name="fro", from_="two", to="one", on="event"),
        Transition(name="out", from_="two", to="won", on="yes"),
    )
    assert found(_with(*more), stages) == [("lifecycle.stages[6]", UNREACHED), ("lifecycle.stages[7]", UNREACHED)]


def test_an_open_stage_or_a_rest_needs_a_way_out():
    """Only what is declared as ended may be an end."""
    out = tuple(part for part in TRANSITIONS if part.name != "rested")
    assert found(out) == [("lifecycle.stages[3]", DEAD_END)]
    stages = (*STAGES, Stage(name="parked"))
    assert found(_with(Transition(name="park", from_="mql", to="parked", on="return")), stages) == [
        ("lifecycle.stages[6]", DEAD_END)
    ]


def test_an_end_that_is_declared_is_none_that_is_missing():
    """Ended stages need no way out; of one whose kind is wrong nobody knows."""
    stages = (*STAGES[:4], Stage(name="won", kind="ended"), Stage(name="lost", kind="endet"))
    transitions = tuple(part for part in TRANSITIONS if part.name not in ("reopened", "back"))
    assert found(transitions, stages) == [("lifecycle.stages[5].kind", "unknown kind of stage")]


def test_a_rest_must_end():
    """A verdict alone does not end a rest; its date or an act of the lead does."""
    assert found(changed("rested", on="yes")) == [("lifecycle.stages[3]", SLEEP)]
    assert found(changed("rested", on="tick")) == [("lifecycle.stages[3]", SLEEP)]
    assert found(changed("rested", on="event")) == []


def test_stages_from_which_nobody_ends_are_one_trap():
    """A trap is told once, with all its stages, and not for what leads into it."""
    stages = (*STAGES, Stage(name="one"), Stage(name="two"), Stage(name="self"))
    more = (
        Transition(name="in", from_="mql", to="one", on="return"),
        Transition(name="to", from_="one", to="two", on="event"),
        Transition(name="fro", from_="two", to="one", on="event"),
        Transition(name="in to self", from_="sql", to="self", on="return"),
        Transition(name="round", from_="self", to="self", on="event"),
    )
    asked = problems(table(_with(*more), stages))
    assert [(problem.where, problem.what, str(problem.got)) for problem in asked] == [
        ("lifecycle.stages", TRAP, "one, two"),
        ("lifecycle.stages", TRAP, "self"),
    ]


def test_a_table_without_ends_has_no_traps():
    """A lifecycle that never ends is somebody's choice."""
    stages = STAGES[:2]
    transitions = (
        Transition(name="up", from_="lead", to="mql", on="event"),
        Transition(name="down", from_="mql", to="lead", on="return"),
    )
    assert found(transitions, stages) == []


def test_policies_say_where_a_rest_is():
    """Where all policies name another stage of rest, nobody comes to the one that the transition names."""
    stages = (*STAGES, Stage(name="rolodex", kind="rest"))
    transitions = (*TRANSITIONS, Transition(name="later", from_="rolodex", to="lead", on="wake"))
    elsewhere = RecyclePolicy(to="rolodex")
    assert found(transitions, stages) == [("lifecycle.stages[6]", UNREACHED)]
    both = Recycle(inbound=elsewhere, outbound=elsewhere)
    assert found(transitions, stages, recycle=both) == [("lifecycle.stages[3]", UNREACHED)]
    assert found(transitions, stages, recycle=Recycle(inbound=elsewhere)) == []
    assert found(transitions, stages, recycle=Recycle(partner=elsewhere)) == []


def test_a_policy_that_leads_back_into_the_funnel_leaves_the_rest_in_reach():
    """A date that the buyer names is kept in the stage of rest, whatever the policy says."""
    back = RecyclePolicy(to="mql")
    assert found(recycle=Recycle(inbound=back, outbound=back)) == []


def test_policies_that_are_none_change_nothing():
    """Where a rest is does not follow from what is no policy at all."""
    assert found(recycle=Recycle(inbound=1, outbound=2)) == [
        ("recycle.inbound", "a RecyclePolicy was expected"),
        ("recycle.outbound", "a RecyclePolicy was expected"),
    ]


def test_an_sla_needs_an_open_stage_with_a_way_out():
    """The name of an SLA is that of an open stage that leads can leave, or that of a hand-raise."""
    day = Sla(within="1d", escalate="head")
    assert found(sla={"mql": day, "hand_raise": day}) == []
    assert found(sla={"mqll": day}) == [("sla.mqll", "an SLA is named by a stage, or hand_raise")]
    assert found(sla={3: day}) == [("sla.3", "an SLA is named by a stage, or hand_raise")]
    waits = "nobody has to act on a lead that rests or has ended"
    assert found(sla={"recycle": day, "won": day}) == [("sla.recycle", waits), ("sla.won", waits)]
    stages = (*STAGES, Stage(name="parked"))
    park = _with(Transition(name="park", from_="mql", to="parked", on="return"))
    assert found(park, stages, sla={"parked": day}) == [
        ("lifecycle.stages[6]", DEAD_END),
        ("sla.parked", "nothing leads out of the stage of this SLA"),
    ]


def test_an_sla_says_a_time_and_whom_it_tells():
    """The time is a duration, and the one who is told has a name."""
    assert found(sla={"mql": Sla(within="soon", escalate=7)}) == [
        ("sla.mql.within", "a duration was expected"),
        ("sla.mql.escalate", "a text was expected"),
    ]
    assert found(sla={"mql": "1d"}) == [("sla.mql", "an SLA was expected")]
    assert found(sla=["mql"]) == [("sla", "a table was expected")]


def test_a_stage_of_an_unknown_kind_may_have_an_sla():
    """What is wrong with the stage is told at the stage."""
    places = found(stages=renewed("mql", kind="?"), sla={"mql": Sla(within="1d")})
    assert places == [("lifecycle.stages[1].kind", "unknown kind of stage")]
