"""Guards that can never hold."""

import math
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from leadqual.conditions import All, AnyOf, Not
from leadqual.conditions.fieldtypes import FieldType
from leadqual.conditions.leafcheck import Scope
from tests.core.lifecycle.check.support import (
    SCOPE,
    STAGES,
    TRANSITIONS,
    Lifecycle,
    Transition,
    changed,
    field,
    found,
    guarded,
    problems,
    table,
)

SIZE = field("size")
DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)
FIRST = datetime(1970, 1, 1, tzinfo=UTC)
LAST = datetime(2199, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
MOST = math.nextafter(math.inf, 0)
NO_HAND = "it can never hold: no kind of act raises a hand"
TRUE = {"value": True}
FALSE = {"value": False}


def _blamed(guard, **changes):
    """Return the places of a guard that are to blame."""
    return [where for where, _ in guarded(guard, **changes)]


@pytest.mark.parametrize(
    "guard",
    [
        SIZE.ge(10) & SIZE.lt(11),
        SIZE.gt(10) & SIZE.lt(12),
        SIZE.ge(10) & SIZE.le(10) & SIZE.ne(11),
        SIZE.between(3, 3) | SIZE.lt(0),
        SIZE.ne(5, missing=True) & SIZE.missing(),
        SIZE.lt(5, missing=True) & SIZE.gt(5, missing=True),
        SIZE.eq(2**63 - 1),
        SIZE.not_in(1, 2, 3) & SIZE.between(1, 4),
        Not(SIZE.eq(5)) & Not(SIZE.ne(5)),
        Not(SIZE.ge(5)) & SIZE.missing(),
        field("input.minutes").gt(Decimal("2.5")) & field("input.minutes").lt(Decimal("2.6")),
        field("founded").gt(date(2020, 1, 1)) & field("founded").lt(date(2020, 1, 3)),
        field("founded").eq(date.max) | field("founded").eq(date.min),
        field("fit").gt(Decimal("1.01")) & field("fit").lt(Decimal("1.03")),
        field("email").eq("a") & field("email").eq("A", ignore_case=True),
        field("email").ne("a") & field("email").eq("A", ignore_case=True),
        field("email").eq("é", ignore_accents=True) & field("email").eq("A", ignore_case=True),
        field("email").is_in("a", "b") & Not(field("email").eq("a")),
        field("email").contains("a") & Not(field("email").starts_with("a")),
        field("email").exists() & field("email").ne("a"),
        field("grade").eq("A") | field("grade").ne("A"),
        field("kinds").has("a") & Not(field("kinds").has("b")),
        field("kinds").has("A", ignore_case=True) & Not(field("kinds").has("A")),
        field("kinds").has_all("a", "b") & Not(field("kinds").has_all("a", "c")),
        field("kinds").exists() & Not(field("kinds").has("a")),
        field("kinds").missing() & Not(field("kinds").has("a")),
        field("score.qualifies").has("mql") & Not(field("score.qualifies").has("sql")),
        field("score.qualifies").has("MQL", ignore_case=True),
        field("score.qualifies").exists() & Not(field("score.qualifies").has_all("mql", "sql")),
        field("score.qualifies").has_any("mql", "other"),
        Not(field("score.qualifies").has("other")),
        Not(field("score.stays").has("mql")),
        field("state.touched").eq(**FALSE) & field("state.hand_raised").eq(**TRUE),
        field("input.by").eq("us") & field("input.kind").is_in("@kinds"),
        field("input.interaction").eq(**TRUE) | field("verdict.reason").exists(),
        field("verdict.reason").missing() & field("score.gate").missing(),
        field("stage").eq("lead") & field("furthest").eq("won"),
        field("attempts").eq(0) & field("cycle").eq(1),
        field("acquisition").eq("partner") & field("kind").ne("company"),
        All(()),
        Not(AnyOf(())),
        AnyOf((AnyOf(()), SIZE.lt(5))),
        (SIZE.lt(5) | SIZE.gt(9)) & (SIZE.gt(4) | SIZE.lt(0)) & SIZE.ne(4),
    ],
)
def test_a_guard_that_can_hold_has_no_problem(guard):
    """What may hold of some lead on some event is not reported."""
    assert guarded(guard) == []


@pytest.mark.parametrize(
    ("guard", "places"),
    [
        (SIZE.ge(10) & SIZE.lt(5), ["when.all[1]"]),
        (SIZE.ge(10) & SIZE.lt(10), ["when.all[1]"]),
        (SIZE.gt(10) & SIZE.lt(11), ["when.all[1]"]),
        (SIZE.eq(1) & SIZE.eq(2), ["when.all[1]"]),
        (SIZE.eq(1) & SIZE.ne(1), ["when.all[1]"]),
        (SIZE.is_in(1, 2) & SIZE.not_in(2, 1), ["when.all[1]"]),
        (SIZE.exists() & SIZE.missing(), ["when.all[1]"]),
        (SIZE.missing() & SIZE.gt(1), ["when.all[1]"]),
        (SIZE.gt(1) & Not(SIZE.gt(1)), ["when.all[1].not"]),
        (SIZE.gt(2**63 - 1), ["when"]),
        (SIZE.lt(-(2**63)), ["when"]),
        (field("founded").gt(date.max), ["when"]),
        (field("founded").lt(date.min), ["when"]),
        (field("founded").gt(date(2020, 1, 1)) & field("founded").lt(date(2020, 1, 2)), ["when.all[1]"]),
        (field("signed").gt(datetime(2199, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)), ["when"]),
        (field("input.minutes").gt(Decimal("2.5")) & field("input.minutes").lt(Decimal("2.5")), ["when.all[1]"]),
        (field("fit").gt(Decimal("1.01")) & field("fit").lt(Decimal("1.02")), ["when.all[1]"]),
        (field("email").eq("a") & field("email").eq("b"), ["when.all[1]"]),
        (field("email").eq("a") & field("email").contains("b"), ["when.all[1]"]),
        (field("email").eq("a", ignore_case=True) & field("email").eq("b", ignore_case=True), ["when.all[1]"]),
        (field("email").contains("a") & Not(field("email").contains("a")), ["when.all[1].not"]),
        (field("email").contains("a") & field("email").missing(), ["when.all[1]"]),
        (field("grade").eq("A") & field("grade").eq("B"), ["when.all[1]"]),
        (field("kinds").has("a") & Not(field("kinds").has("a")), ["when.all[1].not"]),
        (field("kinds").has("a") & Not(field("kinds").has_any("a", "b")), ["when.all[1].not"]),
        (field("kinds").has_all("a", "b") & Not(field("kinds").has("b")), ["when.all[1].not"]),
        (field("kinds").has("a") & field("kinds").missing(), ["when.all[1]"]),
        (field("score.qualifies").exists() & Not(field("score.qualifies").has_any("mql", "sql")), ["when.all[1].not"]),
        (field("state.touched").eq(**TRUE) & field("state.touched").eq(**FALSE), ["when.all[1]"]),
        (field("attempts").lt(0), ["when"]),
        (field("cycle").eq(0), ["when"]),
        (field("days_in_stage").lt(0) & SIZE.gt(5) & field("cycle").lt(1), ["when.all[0]", "when.all[2]"]),
        (AnyOf(()), ["when"]),
        (Not(All(())), ["when.not"]),
        (Not(SIZE.exists() | SIZE.missing()), ["when.not.any[1]"]),
        (Not(Not(SIZE.eq(1) & SIZE.eq(2))), ["when.not.not.all[1]"]),
        ((SIZE.lt(5) | SIZE.gt(9)) & SIZE.between(6, 8), ["when.all[1]"]),
        ((SIZE.lt(5) | SIZE.gt(9)) & SIZE.gt(4) & SIZE.lt(10), ["when"]),
        (AnyOf((SIZE.eq(1) & SIZE.eq(2), SIZE.lt(3) & SIZE.gt(3))), ["when"]),
    ],
)
def test_a_guard_that_can_never_hold_is_told(guard, places):
    """The part that can never hold, else the second of two that exclude each other, else the whole."""
    scope = Scope({**SCOPE.fields, "signed": FieldType("instant")}, SCOPE.lists)
    assert _blamed(guard, scope=scope) == places


@pytest.mark.parametrize(
    ("guard", "changes", "what"),
    [
        (field("score.qualifies").has("hot"), {}, "it can never hold: there is no such bar"),
        (field("score.qualifies").has_all("mql", "hot"), {}, "it can never hold: there is no such bar"),
        (field("score.stays").has("mql"), {"bars": ()}, "it can never hold: there is no such bar"),
        (field("stage").eq("sql"), {}, "it can never hold: no lead is in it here"),
        (field("stage").missing(), {}, "it can never hold"),
        (Not(field("stage").eq("lead")), {}, "it can never hold: no lead is in it here"),
        (field("furthest").eq("sal"), {}, "it can never hold: there is no such stage"),
        (field("grade").eq("A"), {"grades": ()}, "it can never hold: nobody has a grade"),
        (field("acquisition").eq("bought"), {}, "it can never hold"),
        (field("state.hand_raised").eq(**TRUE), {"hand_raise": False}, NO_HAND),
        (field("input.hand_raise").eq(**TRUE), {"hand_raise": False}, NO_HAND),
        (field("verdict.reason").eq("budget"), {}, "it can never hold: it is known of verdicts only"),
        (field("score.gate").exists(), {}, "it can never hold: a lead with a gate goes nowhere by itself"),
        (field("input.by").eq("them"), {}, "it can never hold"),
        (field("state.touched").missing(), {}, "it can never hold"),
    ],
)  # fmt: skip
def test_a_guard_that_asks_for_what_is_never_there_is_told_why(guard, changes, what):
    """Bars, stages, grades and acts that do not exist, and what an input of this kind does not bring."""
    transitions = tuple(part for part in changed("score", when=guard, on="event") if part.name != "back")
    assert found(transitions, **changes) == [(f"lifecycle.transitions[3].when{_not(guard)}", what)]


def _not(guard):
    return ".not" if isinstance(guard, Not) else ""


@pytest.mark.parametrize(
    ("guard", "opposite"),
    [
        (SIZE.gt(2**63 - 2), SIZE.gt(2**63 - 1)),
        (SIZE.lt(1 - 2**63), SIZE.lt(-(2**63))),
        (field("founded").gt(date.max - DAY), field("founded").gt(date.max)),
        (field("founded").lt(date.min + DAY), field("founded").lt(date.min)),
        (field("signed").gt(LAST - MOMENT), field("signed").gt(LAST)),
        (field("signed").lt(FIRST + MOMENT), field("signed").lt(FIRST)),
        (field("input.minutes").gt(math.nextafter(MOST, 0)), field("input.minutes").gt(MOST)),
        (field("input.minutes").lt(math.nextafter(-MOST, 0)), field("input.minutes").lt(-MOST)),
        (field("interactions").lt(1), field("interactions").lt(0)),
        (field("active_days").lt(1), field("active_days").lt(0)),
        (field("days_in_stage").lt(1), field("days_in_stage").lt(0)),
        (field("attempts").le(0), field("attempts").lt(0)),
        (field("cycle").lt(2), field("cycle").lt(1)),
        (field("kind").eq("company"), field("kind").eq("robot")),
        (field("kind").missing(), field("kind").is_in("robot", "Person")),
        (field("acquisition").eq("outbound"), field("acquisition").eq("Outbound")),
        (field("acquisition").missing(), field("acquisition").not_in("inbound", "outbound", "partner")),
        (field("score.stays").has("mql"), field("score.stays").has("MQL")),
    ],
)
def test_the_last_value_that_can_be_is_one(guard, opposite):
    """Up to the ends of what a field can be a guard can hold, beyond them it cannot."""
    scope = Scope({**SCOPE.fields, "signed": FieldType("instant")}, SCOPE.lists)
    assert guarded(guard, scope=scope) == []
    assert _blamed(opposite, scope=scope) == ["when"]


@pytest.mark.parametrize(
    "name",
    [
        "state.hand_raised",
        "state.score_route_open",
        "state.touched",
        "state.accepted",
        "state.sla_running",
        "state.review",
        "input.interaction",
        "input.hand_raise",
        "input.reply",
        "input.capture",
    ],
)
@pytest.mark.parametrize("on", ["event", "release", "accept"])
def test_yes_or_no_is_never_missing(name, on):
    """What is asked of the state and of the input has an answer, whatever the input is."""
    where = ["lifecycle.transitions[4].when"]
    assert [place for place, _ in found(changed("accepted", when=field(name).missing(), on=on))] == where
    for value in (True, False):
        can = on == "event" or not value or name.startswith("state.")
        places = found(changed("accepted", when=field(name).eq(value=value), on=on))
        assert [place for place, _ in places] == ([] if can else where)


@pytest.mark.parametrize(("kinds", "name"), [({"replies": ()}, "input.reply"), ({"captures": ()}, "input.capture")])
def test_acts_that_have_no_kinds_never_happen(kinds, name):
    """A lifecycle that names no kind of reply, or of capture, has none."""
    transitions = changed("score", when=field(name).eq(**TRUE))
    own = Lifecycle(stages=STAGES, transitions=transitions)
    assert found(transitions) == []
    assert [where for where, _ in found(transitions, lifecycle=evolve(own, **kinds))] == [
        "lifecycle.transitions[3].when"
    ]


@pytest.mark.parametrize("trigger", ["tick", "profile", "release", "reinstate", "wake", "yes"])
@pytest.mark.parametrize(
    "guard",
    [
        field("input.kind").eq("demo"),
        field("input.by").exists(),
        field("input.minutes").gt(Decimal(1)),
        field("input.interaction").eq(**TRUE),
        field("input.hand_raise").eq(**TRUE),
    ],
)
def test_only_an_event_has_a_kind(trigger, guard):
    """What is known of an event is asked for in vain where the trigger is another one."""
    leaves = "recycle" if trigger == "wake" else "sql"
    more = Transition(name="more", from_=leaves, to="lead", on=trigger, when=guard)
    transitions = (*(part for part in TRANSITIONS if part.name not in ("yes", "rested")), more)
    if trigger != "yes":
        transitions += tuple(part for part in TRANSITIONS if part.name == "yes")
    if trigger != "wake":
        transitions += tuple(part for part in TRANSITIONS if part.name == "rested")
    assert ("lifecycle.transitions[6].when", "it can never hold: it is known of events only") in found(transitions)
    both = tuple(evolve(part, on=(trigger, "event")) if part is more else part for part in transitions)
    assert "lifecycle.transitions[6].when" not in [where for where, _ in found(both)]


@pytest.mark.parametrize("trigger", ["yes", "no", "maybe", "accept", "return", "reopen"])
def test_a_verdict_may_have_a_reason_and_a_gate_beside_it(trigger):
    """People may give verdicts of leads with a gate, and say why."""
    guard = field("verdict.reason").eq("budget") & field("score.gate").exists()
    name = {"yes": "yes", "no": "no", "maybe": "maybe", "reopen": "reopened"}.get(trigger, "accepted")
    assert found(changed(name, on=trigger, when=guard)) == []


def test_one_that_is_reinstated_goes_on_by_its_score():
    """Why somebody was reinstated is not asked by a guard, which looks at the lead alone."""
    more = Transition(name="more", from_="mql", to="sql", on="reinstate", when=field("verdict.reason").exists())
    assert found((*TRANSITIONS, more)) == [
        ("lifecycle.transitions[8].when", "it can never hold: it is known of verdicts only")
    ]


def test_two_parts_that_exclude_each_other_name_each_other():
    """The problem stands at the second and says where the first is; what is got is its value."""
    asked = table(changed("score", when=SIZE.ge(10) & field("email").exists() & SIZE.lt(5)))
    (problem,) = problems(asked)
    assert problem.where == "lifecycle.transitions[3].when.all[2]"
    assert problem.what == "it can never hold together with lifecycle.transitions[3].when.all[0]"
    assert str(problem.got) == "5"


def test_what_is_got_is_the_value_or_the_size_of_a_condition():
    """A comparison shows its value, one without a value itself, anything else how long it is."""
    shown = [
        str(problem.got)
        for guard in (SIZE.gt(2**63 - 1), field("stage").missing(), AnyOf((SIZE.gt(2**63 - 1), SIZE.lt(-(2**63)))))
        for problem in problems(table(changed("score", when=guard)))
    ]
    assert shown == [str(2**63 - 1), "stage missing", "a condition of 2 comparisons"]


def test_nobody_is_demoted_by_a_bar_without_stay():
    """A bar has to have a lower one that keeps, if a lead is to leave by itself since it is not kept."""
    cooled = Transition(name="cooled", from_="sql", to="mql", on="tick", when=Not(field("score.stays").has("sql")))
    where = "lifecycle.transitions[8].when.not"
    assert found((*TRANSITIONS, cooled)) == [(where, "the bar has no `stay`")]
    assert found((*TRANSITIONS, cooled), stay_bars=("mql", "sql")) == []
    assert found((*TRANSITIONS, evolve(cooled, on="return"))) == []
    assert found((*TRANSITIONS, evolve(cooled, when=field("score.stays").has("sql")))) == []
    assert found((*TRANSITIONS, evolve(cooled, when=SIZE.lt(5)))) == []


def test_guards_of_transitions_that_nobody_takes_are_not_looked_at():
    """Where stages or triggers are wrong nothing is known of when a guard is asked."""
    never = SIZE.ge(10) & SIZE.lt(5)
    nowhere = Transition(name="nowhere", from_="elsewhere", to="mql", on="event", when=never)
    assert found((*TRANSITIONS, nowhere)) == [("lifecycle.transitions[8].from[0]", "no such stage")]
    at_no_time = Transition(name="at no time", from_="mql", to="sql", on="somehow", when=never)
    assert found((*TRANSITIONS, at_no_time)) == [("lifecycle.transitions[8].on[0]", "no such trigger")]


def test_a_guard_with_many_choices_is_taken_to_hold():
    """The search ends, whatever it is given; then it says nothing."""
    choices = [SIZE.lt(i) | SIZE.gt(i) for i in range(21)]
    never = [SIZE.eq(1), SIZE.eq(2)]
    assert _blamed(All(tuple(choices[:20] + never))) != []
    wide = AnyOf(tuple(SIZE.eq(i) & SIZE.lt(i) for i in range(3)))
    assert _blamed(All((*choices, wide))) == []


def test_the_search_ends():
    """A guard for which everything would have to be tried is taken to hold."""
    many = tuple(SIZE.ne(i) for i in range(700))
    assert _blamed(All((*many, SIZE.between(0, 699)))) == []
    assert _blamed(All((*many[:100], SIZE.between(0, 99)))) == ["when"]
