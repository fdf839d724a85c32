"""On which days a score may change by time alone.

A set of days is held as one integer here: bit k stands for the k-th day after today's morrow. A decay table then is a
set of ages, and what it does to the events of one day is one shift.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Final

from leadqual.calendar import LATEST
from leadqual.interest.course import counted_rows
from leadqual.interest.plan import InterestPlan
from leadqual.interest.rules import RulePlan
from leadqual.interest.state import State
from leadqual.points import MILLIONTHS

_SILENCES: Final = ("days_since_activity", "days_since_contact")
_NO_SILENCES: Final[Mapping[str, Iterable[int]]] = {}


def last_day(plan: InterestPlan) -> int:
    """Return the last day on which anything can be scored, the one on which the year 2199 ends in UTC."""
    return plan.day_start.day(LATEST - timedelta(microseconds=1))


def change_days(
    plan: InterestPlan, state: State, today: int, silences: Mapping[str, Iterable[int]] = _NO_SILENCES
) -> tuple[int, ...]:
    """Return the days after today on which anything that a bar can read may change, if nothing happens.

    On any other day up to the end of 2199 every number is that of the day before: interest, its groups, level, label,
    total, interactions, active days, kinds, and on which side of the given silences the lead is.

    Args:
        plan: The interest.
        state: What was folded.
        today: The day of the score, not before any event's.
        silences: Whole numbers of days that ``days_since_activity`` and ``days_since_contact`` are compared with.

    Returns:
        The days in order, counted as the plan counts them.
    """
    end = last_day(plan)
    days = 0
    ages: dict[int, int] = {}  # rules that share a curve share its table
    for rule, rows in counted_rows(plan, state):
        if rule.factors is not None:
            if id(rule.factors) not in ages:
                ages[id(rule.factors)] = _fading(rule.factors)
            for day, _ in rows:
                days |= ages[id(rule.factors)] >> (today + 1 - day)
    for i, last in state.quiet.items():
        days |= _periods(plan.rules[i], last, today, end)
    ends = {day + plan.memory + 1 for day in state.acts}
    for name, act in zip(_SILENCES, (state.own_day, state.our_day), strict=True):
        if act is not None:
            ends |= {act + silence + past for silence in silences.get(name, ()) for past in (0, 1)}
    for day in ends:
        if today < day <= end:
            days |= 1 << (day - today - 1)
    bits = f"{days:b}"[::-1][: max(0, end - today)]
    return tuple(today + 1 + k for k, bit in enumerate(bits) if bit == "1")


def _fading(factors: tuple[int, ...]) -> int:
    """Return the ages at which a decay table has another value than a day before."""
    bits = ["0" if here == before else "1" for before, here in pairwise((*factors, 0))]
    return int("".join(reversed(bits)) or "0", 2) << 1


def _periods(rule: RulePlan, last: int, today: int, end: int) -> int:
    """Return the days after today on which a further period of inactivity is full, as far as the rule's cap matters."""
    length = int(rule.rule.inactivity or 1)
    done = (today - last) // length
    bound = rule.high if rule.points > 0 else -rule.low
    worth = abs(rule.points) * MILLIONTHS
    most = min((end - last) // length, -(-bound // worth) if worth else 0)
    if most <= done:
        return 0
    every = ((1 << length * (most - done)) - 1) // ((1 << length) - 1)  # one bit each `length`
    return every << (last + (done + 1) * length - today - 1)
