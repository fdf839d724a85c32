"""A small table without a fault, and what is found once something in it is changed."""

from typing import Any

from attrs import evolve

from leadqual import conditions
from leadqual.conditions.fieldtypes import FieldType
from leadqual.conditions.leafcheck import Scope
from leadqual.errors import Problem
from leadqual.lifecycle import check, values
from leadqual.lifecycle.scope import guard_scope
from leadqual.scoring import ScoringModel

Stage: Any = values.Stage
Transition: Any = values.Transition
Lifecycle: Any = values.Lifecycle
Recycle: Any = values.Recycle
RecyclePolicy: Any = values.RecyclePolicy
Sla: Any = values.Sla
Table: Any = check.Table
field: Any = conditions.field

MODEL = ScoringModel(attributes={"size": "integer"}, properties={"minutes": "number"})
NAMES = guard_scope(MODEL)
SCOPE = Scope(
    {**NAMES.fields, "grade": FieldType("grade", frozenset("ABC")), "founded": FieldType("date")},
    {**NAMES.lists, "kinds": ("demo", "call")},
)
STAGES = (
    Stage(name="lead"),
    Stage(name="mql"),
    Stage(name="sql"),
    Stage(name="recycle", kind="rest"),
    Stage(name="won", kind="ended"),
    Stage(name="lost", kind="ended"),
)
WORKING = ("lead", "mql", "sql")
TRANSITIONS = (
    Transition(name="yes", from_=WORKING, to="won", on="yes"),
    Transition(name="no", from_=WORKING, to="lost", on="no"),
    Transition(name="maybe", from_=WORKING, to="recycle", on="maybe"),
    Transition(name="score", from_="lead", to="mql", on=("event", "profile")),
    Transition(name="accepted", from_="mql", to="sql", on="accept"),
    Transition(name="rested", from_="recycle", to="lead", on="wake"),
    Transition(name="reopened", from_=("won", "lost"), to="sql", on="reopen"),
    Transition(name="back", from_="won", to="lead", on="event", cycle="next"),
)


def table(transitions: Any = TRANSITIONS, stages: Any = STAGES, **changes: Any) -> Any:
    """Return a table of a team's own that is right, with some parts of it changed."""
    parts = {
        "initial": None,
        "stages": stages,
        "transitions": transitions,
        "recycle": Recycle(),
        "sla": {},
        "bars": ("mql", "sql"),
        "stay_bars": ("mql",),
        "grades": ("A", "B", "C"),
        "hand_raise": True,
        "scope": SCOPE,
        "lifecycle": Lifecycle(stages=stages, transitions=transitions),
    }
    return Table(**(parts | changes))


def problems(asked: Any) -> list[Problem]:
    """Return all that is wrong with a table."""
    return list(check.table_problems(asked))


def found(*args: Any, **changes: Any) -> list[tuple[str, str]]:
    """Return where a table is wrong, and what is."""
    return [(problem.where, problem.what) for problem in problems(table(*args, **changes))]


def changed(name: str, /, **changes: Any) -> tuple[Any, ...]:
    """Return the transitions with one of them changed."""
    return tuple(evolve(part, **changes) if part.name == name else part for part in TRANSITIONS)


def renewed(name: str, /, **changes: Any) -> tuple[Any, ...]:
    """Return the stages with one of them changed."""
    return tuple(evolve(part, **changes) if part.name == name else part for part in STAGES)


def guarded(guard: Any, **changes: Any) -> list[tuple[str, str]]:
    """Return what is found about a guard of the transition ``score``, from under its path."""
    where = "lifecycle.transitions[3]."
    return [(place.removeprefix(where), what) for place, what in found(changed("score", when=guard), **changes)]
