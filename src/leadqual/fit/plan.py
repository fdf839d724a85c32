"""A fit, checked and made ready: what a profile earns, how sure that is, and which grade it gives."""

from collections.abc import Callable, Mapping
from typing import Final

from attrs import frozen

from leadqual.axis import bound_problems, bounds_of, cap_problems, in_order
from leadqual.conditions.bind import Bound
from leadqual.conditions.fieldtypes import READERS
from leadqual.conditions.leafcheck import Scope
from leadqual.errors import Problem
from leadqual.fit.check import fit_gates, fit_items
from leadqual.fit.items import Earned, Item
from leadqual.fit.quick import Quick, quick_points
from leadqual.fit.values import Fit
from leadqual.lead import Lead
from leadqual.points import caps_problem, clamp, to_hundredths

LETTERS: Final = "ABCDEF"
UNKNOWN_GRADE: Final = "-"


@frozen(kw_only=True)
class FitReading:
    """What fit says of one lead; all points in hundredths.

    Attributes:
        earned: What each item earned, in ledger order.
        groups: Subtotal of each group before and after its bounds.
        total: Sum before the bounds of the axis.
        points: The fit.
        low: What it would be if every unknown answer were the worst.
        high: What it would be if every unknown answer were the best.
        known: Whether any field that fit reads is known.
    """

    earned: tuple[Earned, ...]
    groups: Mapping[str, tuple[int, int]]
    total: int
    points: int
    low: int
    high: int
    known: bool


@frozen(kw_only=True)
class FitPlan:
    """A fit that passed its checks.

    Attributes:
        items: Criteria and tables in ledger order.
        caps: Lower and upper bound of each group, in hundredths.
        low: Lower bound of the axis.
        high: Upper bound of the axis.
        gates: Reasons and conditions in declared order.
        grades: Lowest fit by letter, best first.
        readers: How each field that fit reads is read.
        points: The quick path of `read`: the fit in hundredths, and whether any field that fit reads is known.
    """

    items: tuple[Item, ...]
    caps: Mapping[str, tuple[int, int]]
    low: int
    high: int
    gates: tuple[tuple[str, Bound], ...]
    grades: tuple[tuple[str, int], ...]
    readers: Mapping[str, Callable[[object], object]]
    points: Quick

    def read(self, lead: Lead) -> FitReading:
        """Return what each item says of a lead, and what they come to.

        Raises:
            WrongType: If a value is of another type than declared.
        """
        row = lead.row
        earned = tuple(item.earn(row) for item in self.items)
        sums: dict[str | None, Earned] = {None: Earned.known(0)} | {name: Earned.known(0) for name in self.caps}
        for item, part in zip(self.items, earned, strict=True):
            so_far = sums[item.group]
            sums[item.group] = Earned(
                points=so_far.points + part.points, low=so_far.low + part.low, high=so_far.high + part.high
            )
        loose = sums.pop(None)
        total, low, high = loose.points, loose.low, loose.high
        groups = {}
        for name, (floor, ceiling) in self.caps.items():
            group = sums[name]
            groups[name] = (group.points, clamp(group.points, floor, ceiling))
            total += groups[name][1]
            low += clamp(group.low, floor, ceiling)
            high += clamp(group.high, floor, ceiling)
        return FitReading(
            earned=earned,
            groups=groups,
            total=total,
            points=clamp(total, self.low, self.high),
            low=clamp(low, self.low, self.high),
            high=clamp(high, self.low, self.high),
            known=any(
                (value := row.get(name)) is not None and read(value) is not None for name, read in self.readers.items()
            ),
        )

    def grade(self, points: int, *, known: bool) -> str | None:
        """Return the letter of a fit: ``"-"`` when nothing is known, ``None`` when there are no grades."""
        if not self.grades:
            return None
        if not known:
            return UNKNOWN_GRADE
        for letter, bound in self.grades:
            if points >= bound:
                return letter
        return self.grades[-1][0]


def plan_fit(fit: Fit, scope: Scope, problems: list[Problem]) -> FitPlan:
    """Check a fit and make it ready.

    Args:
        fit: The fit.
        scope: The fields of a lead and the lists it may name.
        problems: Takes everything that is wrong; the plan must not be used if there is any.

    Returns:
        The plan.
    """
    before = len(problems)
    problems += caps_problem(fit.min, fit.max, "fit.")
    problems += cap_problems(fit.groups, "fit.groups")
    problems += bound_problems(fit.grades, LETTERS, "fit.grades")
    items = fit_items(fit, scope, problems)
    gates = fit_gates(fit, scope, problems)
    if len(problems) > before or any(kind.name not in READERS for kind in scope.fields.values()):
        return FitPlan(items=(), caps={}, low=0, high=0, gates=(), grades=(), readers={}, points=lambda _: (0, False))
    names = dict.fromkeys(name for item in items for name in item.fields)
    caps = {name: bounds_of(cap.min, cap.max) for name, cap in in_order(fit.groups)}
    low, high = bounds_of(fit.min, fit.max)
    readers = {name: READERS[scope.fields[name].name] for name in names}
    return FitPlan(
        items=tuple(items),
        caps=caps,
        low=low,
        high=high,
        gates=tuple(gates),
        grades=tuple((letter, to_hundredths(fit.grades[letter])) for letter in sorted(fit.grades)),
        readers=readers,
        points=_quick(items, {name: scope.fields[name].name for name in names}, readers, caps, low, high),
    )


def _quick(
    items: list[Item],
    types: Mapping[str, str],
    readers: Mapping[str, Callable[[object], object]],
    caps: Mapping[str, tuple[int, int]],
    *bounds: int,
) -> Quick:
    """Return the quick path: each group's items together, then its bounds, then those of the axis."""
    low, high = bounds
    if not caps:
        return quick_points(items, types, readers, low, high)
    loose = quick_points([item for item in items if item.group is None], types, readers)
    groups = [
        quick_points([item for item in items if item.group == name], types, readers, *cap) for name, cap in caps.items()
    ]

    def points(lead: Lead) -> tuple[int, bool]:
        total, known = loose(lead)
        for quick in groups:
            earned, seen = quick(lead)
            total += earned
            known = known or seen
        return clamp(total, low, high), known

    return points
