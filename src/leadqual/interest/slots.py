"""Counts of several rules in one table: what is added up together is kept together.

A count has the key ``(day + 1) × width - 1 - rule``, so that ``(today + 1) × width - 1 - key`` is
``age × width + rule``, its *place*: one subtraction finds what one event earns, whatever the day. Rules that share a
group and have no caps or limits of their own but a limit by day form one *slot*: their grains may be added up in one
go, since nothing happens between the rule and its group.
"""

from collections.abc import Mapping
from typing import NamedTuple

from leadqual.interest.rules import RulePlan

Counts = dict[int, int]
"""Number of events by key."""
Days = dict[int, int]
"""Number of events by day."""


class Slot(NamedTuple):
    """Rules whose counts are kept together.

    Attributes:
        rules: Indices of the rules.
        group: Index of their group.
        together: Whether they may be added up in one go.
    """

    rules: tuple[int, ...]
    group: int | None
    together: bool


def slots_of(rules: tuple[RulePlan, ...]) -> tuple[Slot, ...]:
    """Return the slots of rules.

    Args:
        rules: The rules.
    """
    shared: dict[int | None, list[int]] = {}
    alone: list[Slot] = []
    for i, rule in enumerate(rules):
        if rule.daily is not None and rule.rule.max is None and rule.rule.min is None:
            shared.setdefault(rule.group, []).append(i)
        else:
            alone.append(Slot((i,), rule.group, together=False))
    return (*(Slot(tuple(indices), group, together=True) for group, indices in shared.items()), *alone)


def key_of(day: int, rule: int, width: int) -> int:
    """Return the key of a rule and day.

    >>> key_of(20, 1, width=3)
    61
    """
    return (day + 1) * width - 1 - rule


def read_key(key: int, width: int) -> tuple[int, int]:
    """Return the day and rule of a key.

    >>> read_key(61, width=3)
    (20, 1)
    """
    day, rest = divmod(key, width)
    return day, width - 1 - rest


def days_of(counts: Mapping[int, int], rule: int, width: int) -> Days:
    """Return the days of one rule out of its slot's counts.

    >>> days_of({key_of(20, 1, 3): 2, key_of(21, 2, 3): 1}, rule=1, width=3)
    {20: 2}
    """
    rest = width - 1 - rule
    return {key // width: count for key, count in counts.items() if key % width == rest}
