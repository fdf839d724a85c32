"""What is wrong with a fit, and what is right of it as items that can be evaluated."""

from collections.abc import Iterator
from typing import Any

from leadqual.axis import container_problems, group_problem, lowered, name_problems
from leadqual.conditions.bind import Bound, bind
from leadqual.conditions.fieldtypes import LITERALS, READERS, WrongType
from leadqual.conditions.leafcheck import Scope
from leadqual.errors import MOST_PROBLEMS, Problem
from leadqual.fit.items import Item, criterion_item, read_key, table_item
from leadqual.fit.values import Band, Criterion, Fit, Gate, Table
from leadqual.hints import did_you_mean
from leadqual.points import Points, earned_problem
from leadqual.texts import word_problem


def missing_problem(value: Points | None, low: Points, high: Points, where: str) -> Iterator[Problem]:
    """Yield the problem of points for an unknown answer that lie outside what the answer could earn."""
    if value is None:
        return
    found = list(earned_problem(value, where))
    yield from found
    if not found and not min(0, low) <= value <= max(0, high):
        hint = f"Write {min(0, low)} to {max(0, high)}: an unknown answer earns no more than a known one could."
        yield Problem(where=where, what="points for an unknown answer out of range", got=value, hint=hint)


def fit_containers(fit: Fit) -> Iterator[Problem]:
    """Yield which parts of a fit are no tables or lists at all."""
    yield from container_problems(
        (
            ("fit.criteria", fit.criteria, tuple),
            ("fit.tables", fit.tables, tuple),
            ("fit.groups", fit.groups, dict),
            ("fit.gates", fit.gates, tuple),
            ("fit.grades", fit.grades, dict),
            ("fit.scorers", fit.scorers, tuple),
        )
    )


def _criterion(criterion: object, fit: Fit, scope: Scope, where: str, problems: list[Problem]) -> Item | None:
    if not isinstance(criterion, Criterion):
        problems.append(Problem(where=where, what="a criterion was expected", got=criterion, hint="Pass a Criterion."))
        return None
    before = len(problems)
    types = {name: kind.name for name, kind in scope.fields.items()}
    bound, found = bind(criterion.when, scope, f"{where}.when")
    problems += found
    wrong = list(earned_problem(criterion.points, f"{where}.points"))
    problems += wrong
    problems += group_problem(criterion.group, fit.groups, f"{where}.group")
    if not wrong:
        problems += missing_problem(criterion.missing, criterion.points, criterion.points, f"{where}.missing")
    return criterion_item(criterion, bound, where, types) if bound is not None and len(problems) == before else None


def _table(table: object, fit: Fit, scope: Scope, where: str, problems: list[Problem]) -> Item | None:
    if not isinstance(table, Table):
        problems.append(Problem(where=where, what="a table was expected", got=table, hint="Pass a Table."))
        return None
    before = len(problems)
    bands = table.bands if isinstance(table.bands, tuple) else ()
    problems += container_problems([(f"{where}.bands", table.bands, tuple), (f"{where}.values", table.values, dict)])
    problems += container_problems((f"{where}.bands[{i}]", band, Band) for i, band in enumerate(bands))
    if len(problems) > before:
        return None
    problems += group_problem(table.group, fit.groups, f"{where}.group")
    if not isinstance(table.field, str) or table.field not in scope.fields:
        hint = did_you_mean(table.field, scope.fields, "Declare it first.")
        problems.append(Problem(where=f"{where}.field", what=f"unknown {scope.what}", got=table.field, hint=hint))
        return None
    type_name = scope.fields[table.field].name
    if type_name not in READERS:  # its declaration has a problem of its own
        return None
    if bool(table.bands) == bool(table.values):
        hint = "Write either `bands` (by size) or `values` (by name), with at least one row."
        got = "both" if table.bands else "neither"
        problems.append(Problem(where=where, what="a table has bands or values", got=got, hint=hint))
        return None
    rows = _band_problems if table.bands else _value_problems
    problems += rows(table, type_name, where)
    if len(problems) == before:
        earned = [band.points for band in table.bands] or [*table.values.values(), table.other or 0]
        problems += missing_problem(table.missing, min(earned), max(earned), f"{where}.missing")
    return table_item(table, type_name, where) if len(problems) == before else None


def _band_problems(table: Table, type_name: str, where: str) -> Iterator[Problem]:
    if type_name not in ("integer", "number"):
        hint = "Bands go by the size of an integer or a number; use `values` for other types."
        yield Problem(where=f"{where}.field", what=f"a {type_name} has no bands", got=table.field, hint=hint)
        return
    if table.other is not None:
        yield Problem(
            where=f"{where}.other", what="bands have no `other`", got=table.other, hint="The last band has no `below`."
        )
    last: Any = None
    for i, band in enumerate(table.bands):
        place = f"{where}.bands[{i}]"
        yield from earned_problem(band.points, f"{place}.points")
        if band.below is None:
            if i < len(table.bands) - 1:
                hint = "Only the last band is open; give this one its upper end."
                yield Problem(where=place, what="a band in the middle needs `below`", got=None, hint=hint)
            continue
        try:
            below = LITERALS[type_name](band.below)
        except WrongType as error:
            hint = f"`{table.field}` is of type {type_name}."
            yield Problem(where=f"{place}.below", what=f"{error.expected} was expected", got=band.below, hint=hint)
            continue
        if last is not None and below <= last:
            hint = "Write the bands in ascending order, each end once."
            yield Problem(where=f"{place}.below", what="the bands contradict each other", got=band.below, hint=hint)
        last = below
    if table.bands[-1].below is not None:
        hint = "End with a band without `below`, such as { points = 0 }."
        yield Problem(where=f"{where}.bands", what="the last band is open", got=table.bands[-1].below, hint=hint)


def _value_problems(table: Table, type_name: str, where: str) -> Iterator[Problem]:
    if type_name not in ("text", "integer", "boolean"):
        hint = "Values are named of a text, an integer or a boolean; use `bands` for numbers."
        yield Problem(where=f"{where}.field", what=f"a {type_name} has no named values", got=table.field, hint=hint)
        return
    seen: dict[object, str] = {}
    for key, points in table.values.items():
        place = f"{where}.values.{key}"
        yield from earned_problem(points, place)
        try:
            value = read_key(key, type_name)
        except WrongType as error:
            hint = f"`{table.field}` is of type {type_name}."
            yield Problem(where=place, what=f"{error.expected} was expected", got=key, hint=hint)
            continue
        if value in seen:
            yield Problem(where=place, what=f"the same value as `{seen[value]}`", got=key, hint="Name each value once.")
        seen[value] = key
    if table.other is not None:
        yield from earned_problem(table.other, f"{where}.other")


def fit_items(fit: Fit, scope: Scope, problems: list[Problem]) -> list[Item]:
    """Check criteria, tables and scorers, and return the sound ones as items in ledger order.

    Args:
        fit: The fit.
        scope: The fields and lists it may name.
        problems: Takes what is wrong.

    Returns:
        Criteria, then tables, then what the scorers lower to.
    """
    parts: list[tuple[str, object]] = [(f"fit.criteria[{i}]", part) for i, part in enumerate(fit.criteria)]
    parts += [(f"fit.tables[{i}]", part) for i, part in enumerate(fit.tables)]
    for i, scorer in enumerate(fit.scorers):
        parts += lowered(scorer, f"fit.scorers[{i}]", problems)
    items: list[Item | None] = []
    for where, part in parts:
        if len(problems) >= MOST_PROBLEMS:
            break
        table = isinstance(part, Table) or where.startswith("fit.tables")
        items.append((_table if table else _criterion)(part, fit, scope, where, problems))
    problems += name_problems(
        (f"{where}.name", part.name) for where, part in parts if isinstance(part, Criterion | Table)
    )
    return [item for item in items if item is not None]


def fit_gates(fit: Fit, scope: Scope, problems: list[Problem]) -> list[tuple[str, Bound]]:
    """Check the gates, and return the sound ones with their reasons in declared order."""
    gates = []
    for i, gate in enumerate(fit.gates):
        where = f"fit.gates[{i}]"
        if not isinstance(gate, Gate):
            problems.append(Problem(where=where, what="a gate was expected", got=gate, hint="Pass a Gate."))
            continue
        problems += word_problem(gate.reason, f"{where}.reason")
        bound, found = bind(gate.when, scope, f"{where}.when")
        problems += found
        if bound is not None:
            gates.append((gate.reason, bound))
    return gates
