"""How much a profile can come to: the least and the most of each criterion and table, each group and of fit."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from attrs import field, frozen

from leadqual.conditions.nodes import leaves
from leadqual.fit.items import Earned, Item
from leadqual.fit.values import Criterion, Table
from leadqual.playbook.lint.acts import NOTHING, Range
from leadqual.playbook.lint.amounts import Amounts
from leadqual.playbook.lint.claims import literals_of
from leadqual.playbook.lint.parts import FitPart, Parts
from leadqual.playbook.lint.search import can_fail, can_hold
from leadqual.playbook.lint.sizes import Sizes
from leadqual.playbook.lint.words import Words
from leadqual.points import to_hundredths

_NONE: Final = Amounts.among([0])
_ORDERED: Final = ("integer", "number", "date", "boolean")
_MOST: Final = 100_000
"""Answers looked at for one field; with more, its criteria are looked at one by one."""
_EQUAL: Final = ("eq", "ne", "in", "not_in", "exists", "missing")


@frozen
class Profiles:
    """What the profile of a lead can come to, all of it in hundredths.

    Attributes:
        parts: Each criterion and table by itself.
        groups: Each group, before its caps.
        total: All of it, before the caps of fit.
        fit: After all caps.
        fits: The only fits there are, if they are known.
        fit_high: What it would be if every unknown answer were the best.
    """

    parts: tuple[Range, ...]
    groups: Mapping[str, Range] = field(hash=False)
    total: Range
    fit: Range
    fits: frozenset[int] | None
    fit_high: Range


def profiles_of(parts: Parts) -> Profiles:
    """Return what the profile of a lead can come to.

    Args:
        parts: The parts of the model.

    Returns:
        Ranges that hold every profile there can be; their ends need not be reached.
    """
    plan = parts.model.plans.fit
    single = tuple(earned_by(part, parts) for part in parts.fit)
    groups: dict[str | None, Amounts] = {None: _NONE} | dict.fromkeys(plan.caps, _NONE)
    highs = dict.fromkeys(groups, NOTHING)
    for (group, _), together in _together(parts).items():
        points, high = _joint([parts.fit[i] for i in together], parts)
        for amounts in [points] if points is not None else [single[i] for i in together]:
            groups[group] = groups[group].plus(amounts)
        highs[group] = _sum([highs[group], high])
    total, high = groups.pop(None), highs.pop(None)
    named = {name: own for name, own in groups.items() if name is not None}
    for name, own in named.items():
        total = total.plus(own.clamped(*plan.caps[name]))
        high = _sum([high, highs[name].clamped(*plan.caps[name])])
    fit = total.clamped(plan.low, plan.high)
    return Profiles(
        parts=tuple(own.range for own in single),
        groups={name: own.range for name, own in named.items()},
        total=total.range,
        fit=fit.range,
        fits=fit.only,
        fit_high=high.clamped(plan.low, plan.high),
    )


def _sum(ranges: Iterable[Range]) -> Range:
    both = tuple(ranges)
    return Range(sum(own.low for own in both), sum(own.high for own in both))


def earned_by(part: FitPart, parts: Parts) -> Amounts:
    """Return what a criterion or a table can earn.

    Args:
        part: The criterion or table.
        parts: The parts of the model.
    """
    written = part.written
    if isinstance(written, Table):
        return Amounts.among(outcomes(written))
    points = to_hundredths(written.points)
    earned = [] if written.missing is None else [to_hundredths(written.missing)]
    if can_hold(written.when, parts.of_lead):
        earned.append(points)
    if can_fail(written.when, parts.of_lead):
        earned.append(0)
    return Amounts.among(earned)


def outcomes(table: Table) -> list[int]:
    """Return everything a table earns, in hundredths: by value, for other values, for a missing one."""
    named = [*(band.points for band in table.bands), *table.values.values()]
    rest = [] if table.bands else [table.other or 0]
    return [to_hundredths(points) for points in (*named, *rest, table.missing or 0)]


def _hull(points: Sequence[int]) -> Range:
    return Range(min(points), max(points))


Key = tuple[str | None, object]


def _together(parts: Parts) -> dict[Key, list[int]]:
    """Return the items whose points can be worked out together: of one group, about one field, alike in folding."""
    found: dict[Key, list[int]] = {}
    for i, part in enumerate(parts.fit):
        about = _about(part, parts)
        found.setdefault((part.item.group, i if about is None else about), []).append(i)
    return found


def _about(part: FitPart, parts: Parts) -> tuple[object, ...] | None:
    """Return what an item is about, if a few values of one field tell everything that it can earn."""
    fields = part.item.fields
    if len(fields) != 1:
        return None
    type_name = parts.of_lead.scope.fields[fields[0]].name
    if type_name in _ORDERED:
        return (fields[0],)
    if type_name != "text":
        return None
    if isinstance(part.written, Table):
        return (fields[0], False, False)
    folds = {(leaf.ignore_case, leaf.ignore_accents) for leaf in leaves(part.written.when) if leaf.value is not None}
    ops = {leaf.op for leaf in leaves(part.written.when)}
    fold = folds.pop() if folds else (False, False)
    return (fields[0], *fold) if not folds and ops.issubset(_EQUAL) else None


def _joint(together: Sequence[FitPart], parts: Parts) -> tuple[Amounts | None, Range]:
    """Return what items earn together, and what they would earn if every unknown answer were the best.

    The first is ``None`` where an item has to be looked at by itself.
    """
    if _about(together[0], parts) is None:
        return None, _sum(map(_best_answer, together))
    name = together[0].item.fields[0]
    values = _values(name, together, parts)
    if len(values) * len(together) > _MOST:
        return None, _sum(map(_best_answer, together))
    earned = [_earned((part.item for part in together), {name: value}) for value in values]
    return Amounts.among(one.points for one in earned), _hull([one.high for one in earned])


def _best_answer(part: FitPart) -> Range:
    """Return the range of what an item adds to the fit with the best answers."""
    if isinstance(part.written, Criterion):
        points = to_hundredths(part.written.points)
        return Range(min(0, points), max(0, points))
    return _hull(outcomes(part.written))


def _earned(items: Iterable[Item], row: Mapping[str, Any]) -> Earned:
    earned = [item.earn(row) for item in items]
    return Earned(points=sum(one.points for one in earned), low=0, high=sum(one.high for one in earned))


def _values(name: str, together: Sequence[FitPart], parts: Parts) -> list[Any]:
    """Return values of a field among which every combination of answers is found, and no value."""
    kind = parts.of_lead.scope.fields[name].name
    known = parts.of_lead.possible(name)
    if kind == "boolean":
        return [True, False, None]
    if kind == "text":
        marks = [mark for part in together for mark in _texts(part, parts)]
        among = known.values.among if isinstance(known.values, Words) else None
        longest = max(map(len, marks), default=0)
        some: list[Any] = [*dict.fromkeys(marks), "x" * (longest + 1)] if among is None else sorted(among)
        return [*some, *([None] if known.missing else [])]
    ends = Sizes.of_type(kind)
    sizes = sorted({mark for part in together for mark in part.item.marks})
    around = [ends.low, ends.high, *sizes]
    for mark in sizes:
        below, above = ends.narrowed("lt", (mark,)), ends.narrowed("gt", (mark,))
        around += [*([] if below is None else [below.high]), *([] if above is None else [above.low])]
    return [*around, None]


def _texts(part: FitPart, parts: Parts) -> Iterable[str]:
    """Yield every text that an item compares with."""
    if isinstance(part.written, Table):
        yield from part.written.values
        return
    for leaf in leaves(part.written.when):
        if leaf.value is not None:
            yield from literals_of(leaf, parts.of_lead.scope)
