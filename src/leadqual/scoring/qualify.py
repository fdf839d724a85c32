"""Which scores make an MQL or an SQL, and which keep one."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import field, frozen

from leadqual.conditions.bind import Bound, Row, bind
from leadqual.conditions.fieldtypes import FieldType
from leadqual.conditions.leafcheck import Scope
from leadqual.conditions.nodes import Condition
from leadqual.errors import Problem
from leadqual.fit.plan import UNKNOWN_GRADE
from leadqual.fold import normal
from leadqual.texts import word_problem


@frozen(kw_only=True)
class Bar:
    """What a score must reach.

    Attributes:
        when: What enters.
        stay: A lower bar that keeps what was entered.
    """

    when: Condition
    stay: Condition | None = None


def _kinds(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@frozen(kw_only=True)
class Qualify:
    """The bars of a playbook.

    Attributes:
        hand_raise: Kinds of events by which a lead asks for sales by itself.
        mql: The bar for marketing's full effort.
        sql: The bar for sales.
    """

    hand_raise: tuple[str, ...] = field(default=(), converter=_kinds)
    mql: Bar | None = None
    sql: Bar | None = None


@frozen(kw_only=True)
class BarPlan:
    """A bar, ready to be tried.

    Attributes:
        name: ``"mql"`` or ``"sql"``.
        when: What enters.
        stay: What keeps.
    """

    name: str
    when: Bound
    stay: Bound | None


def score_fields(grades: Mapping[str, object], groups: Mapping[str, object]) -> dict[str, FieldType]:
    """Return the reserved names that a bar may read, with types.

    Args:
        grades: The declared grades.
        groups: The declared groups of interest.
    """
    points, whole, text = FieldType("points"), FieldType("integer"), FieldType("text")
    fields = dict.fromkeys(("fit", "fit_high", "interest", "total", "completeness"), points)
    fields |= {f"group.{name}": points for name in groups}
    fields["grade"] = FieldType("grade", frozenset({*grades, UNKNOWN_GRADE}))
    fields["kinds"] = FieldType("list")
    counts = ("level", "interactions", "active_days", "days_since_activity", "days_since_contact")
    fields |= dict.fromkeys((*counts, "days_in_stage", "attempts", "cycle"), whole)
    return fields | dict.fromkeys(("label", "persona", "need", "stage", "furthest"), text)


def plan_bars(qualify: Qualify, scope: Scope, problems: list[Problem]) -> tuple[BarPlan, ...]:
    """Check the bars and make them ready.

    Args:
        qualify: The bars.
        scope: What they may read.
        problems: Takes everything that is wrong.

    Returns:
        The bars that are declared, without those that are wrong.
    """
    problems += _hand_raise_problems(qualify.hand_raise)
    plans = []
    for name, bar in (("mql", qualify.mql), ("sql", qualify.sql)):
        where = f"qualify.{name}"
        if bar is None:
            continue
        if not isinstance(bar, Bar):
            problems.append(Problem(where=where, what="a bar was expected", got=bar, hint="Pass a Bar."))
            continue
        when, found = bind(bar.when, scope, f"{where}.when")
        problems += found
        stay = None
        if bar.stay is not None:
            stay, found = bind(bar.stay, scope, f"{where}.stay")
            problems += found
        if when is not None:
            plans.append(BarPlan(name=name, when=when, stay=stay))
    return tuple(plans)


def try_bars(bars: tuple[BarPlan, ...], row: Row) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of the bars that a score reaches, and of those that it reaches or keeps.

    Args:
        bars: The bars.
        row: The score as a row.

    Raises:
        WrongType: If an attribute that a bar reads is of another type than declared.
    """
    reached: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    for bar in bars:
        if bar.when.holds(row):
            reached += (bar.name,)
            kept += (bar.name,)
        elif bar.stay is not None and bar.stay.holds(row):
            kept += (bar.name,)
    return _NAMES[reached], _NAMES[kept]


_NAMES: Final[Mapping[tuple[str, ...], frozenset[str]]] = {
    names: frozenset(names) for names in ((), ("mql",), ("sql",), ("mql", "sql"))
}


def _hand_raise_problems(kinds: object) -> Iterator[Problem]:
    if not isinstance(kinds, tuple):
        hint = 'Write ["demo_request", "contact_sales"].'
        yield Problem(where="qualify.hand_raise", what="a list of kinds was expected", got=kinds, hint=hint)
        return
    seen: set[str] = set()
    for i, kind in enumerate(kinds):
        place = f"qualify.hand_raise[{i}]"
        found = list(word_problem(kind, place))
        yield from found
        if not found and normal(kind) in seen:
            yield Problem(where=place, what="the kind is named twice", got=kind, hint="Name each kind once.")
        elif not found:
            seen.add(normal(kind))
