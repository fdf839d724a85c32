"""What the numbers of one score have to do with each other: fit with grades, interest with levels, both with totals."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from leadqual.playbook.lint.acts import Range
from leadqual.playbook.lint.possible import Known
from leadqual.playbook.lint.sizes import Sizes
from leadqual.playbook.lint.totals import total_range
from leadqual.playbook.lint.words import Words
from leadqual.scoring.combine import Combine

MANY: Final = 1 << 62
"""More interactions than anybody counts."""
ANYTHING: Final = Range(-MANY, MANY)

"""Every score."""


def letters_of(bounds: Sequence[tuple[Any, int]], scores: Range, only: frozenset[int] | None = None) -> list[Any]:
    """Return the grades or levels that scores of a range have.

    Args:
        bounds: Lowest score of each, best first.
        scores: The scores.
        only: The only scores there are, if they are known.

    >>> letters_of([("A", 50), ("B", 30), ("C", 10)], Range(0, 40))
    ['B', 'C']
    """
    steps = steps_of(bounds)
    if only is not None:
        return [name for name, own in steps.items() if any(own.low <= score <= own.high for score in only)]
    return [name for name, own in steps.items() if _overlap(own, scores) is not None]


def labels_of(grades: Iterable[str], levels: Iterable[int]) -> frozenset[str]:
    """Return every label of some grades and some levels; where there are none, the empty word stands for them.

    >>> sorted(labels_of(["A"], [1, 2]))
    ['A1', 'A2']
    """
    return frozenset(f"{grade}{level}" for grade in [*grades] or [""] for level in [*map(str, levels)] or [""])


def steps_of(bounds: Sequence[tuple[Any, int]]) -> dict[Any, Range]:
    """Return which scores have each grade or level.

    Args:
        bounds: Lowest score of each, best first; lower ones than the lowest have the last.

    >>> steps_of([("A", 50), ("B", 30)])["A"].low
    50
    """
    ends = [MANY, *(bound - 1 for _, bound in bounds)]
    steps = {name: Range(bound, high) for (name, bound), high in zip(bounds, ends, strict=False)}
    return steps | {name: Range(-MANY, steps[name].high) for name, _ in bounds[-1:]}


@frozen(eq=False)
class Relations:
    """What the numbers of one score have to do with each other.

    Attributes:
        combine: How both axes become one total.
        fit: What fit can be.
        interest: What interest can be.
        grades: Which fits have each grade; one of no name, where there are none.
        levels: Which interests have each level, likewise.
    """

    combine: Combine
    fit: Range
    interest: Range
    grades: Mapping[Any, Range]
    levels: Mapping[Any, Range]

    def __call__(self, known: Known) -> bool:
        """Return whether what is known of a score goes together; `False` is certain."""
        fit, interest = _range(known, "fit", self.fit), _range(known, "interest", self.interest)
        grades = {name: both for name, own in self.grades.items() if (both := _overlap(own, fit)) is not None}
        levels = {name: both for name, own in self.levels.items() if (both := _overlap(own, interest)) is not None}
        pairs = [(g, d) for g in grades for d in levels if _is_labelled(known, g, d)]
        if not pairs:
            return False
        labels = frozenset(f"{grade}{level}" for grade, level in pairs)
        fit, interest = _hull(grades[grade] for grade, _ in pairs), _hull(levels[level] for _, level in pairs)
        total = _range(known, "total", ANYTHING)
        return _overlap(total, total_range(self.combine, fit, interest, labels)) is not None and _acts_agree(known)


def _range(known: Known, name: str, otherwise: Range) -> Range:
    sizes = known[name].values if name in known else None
    return Range(sizes.low, sizes.high) if isinstance(sizes, Sizes) else otherwise


def _overlap(one: Range, other: Range) -> Range | None:
    low, high = max(one.low, other.low), min(one.high, other.high)
    return Range(low, high) if low <= high else None


def _hull(ranges: Iterable[Range]) -> Range:
    both = tuple(ranges)
    return Range(min(own.low for own in both), max(own.high for own in both))


def _is_labelled(known: Known, grade: str, level: int | str) -> bool:
    """Return whether a grade and a level may go together with what is known of them and of the label."""
    for name, value in (("grade", grade), ("level", level), ("label", f"{grade}{level}")):
        possible = known.get(name)
        if possible is None or value == "":
            continue
        values = possible.values
        if isinstance(values, Sizes) and values.only is not None and value not in values.only:
            return False
        if isinstance(values, Words) and values.among is not None and value not in values.among:
            return False
    return True


def _acts_agree(known: Known) -> bool:
    """Return whether interactions, their days and their kinds may go together."""
    interactions, days = (_range(known, name, Range(0, MANY)) for name in ("interactions", "active_days"))
    named = [known[name] for name in ("kinds", "days_since_activity") if name in known]
    acted = interactions.low > 0 or days.low > 0 or ("kinds" in known and not known["kinds"].missing)
    idle = interactions.high == 0 or days.high == 0 or any(possible.values is None for possible in named)
    return days.low <= interactions.high and not (acted and idle)
