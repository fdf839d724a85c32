"""How much an event still counts at each age."""

import math
from collections.abc import Iterator
from decimal import Context, Decimal
from typing import Final

from attrs import field, frozen

from leadqual.canonical import plain
from leadqual.errors import Problem
from leadqual.exact import scaled
from leadqual.points import MILLIONTHS, Points, number_problem, to_hundredths

LONGEST: Final = 36_500
"""Longest half-life, span and age of a curve, in days."""
_MOST_STEPS: Final = 1_000
_LAST_AGE: Final = 84_006
"""Days from 1970-01-01 to 2199-12-31, the oldest an event can be."""


@frozen
class HalfLife:
    """Counts half after each half-life: 2 ** (-age / days).

    Attributes:
        days: The half-life; at most two decimal places.
    """

    days: Points


@frozen
class Linear:
    """Counts evenly less: 1 - age / days, nothing from age ``days`` on.

    Attributes:
        days: The span; at most two decimal places.
    """

    days: Points


@frozen
class Window:
    """Counts in full up to and with age ``days``, then not at all.

    Attributes:
        days: The span; at most two decimal places.
    """

    days: Points


def _pairs(value: object) -> object:
    if isinstance(value, list | tuple):
        return tuple(tuple(part) if isinstance(part, list) else part for part in value)
    return value


@frozen
class Steps:
    """Counts a share up to and with each age, nothing after the last.

    Attributes:
        steps: Pairs of age in whole days and share from 0 to 1; ages ascend, shares never rise.

    >>> decay_table(Steps([[1, 1], [2, Decimal("0.5")]]))
    (1000000, 1000000, 500000)
    """

    steps: tuple[tuple[int, Points], ...] = field(converter=_pairs)


@frozen
class NoDecay:
    """Counts in full for ever."""


NO_DECAY: Final = NoDecay()
Decay = HalfLife | Linear | Window | Steps | NoDecay


@plain.register(HalfLife | Linear | Window | Steps | NoDecay)
def decay_to_plain(curve: Decay) -> object:
    """Return the form a document holds: ``{"half_life": 30}`` or ``"none"``.

    >>> decay_to_plain(HalfLife(30))
    {'half_life': 30}
    """
    if isinstance(curve, HalfLife):
        return {"half_life": curve.days}
    if isinstance(curve, Linear):
        return {"linear": curve.days}
    if isinstance(curve, Window):
        return {"window": curve.days}
    return {"steps": [list(step) for step in curve.steps]} if isinstance(curve, Steps) else "none"


def decay_problems(curve: object, where: str) -> Iterator[Problem]:
    """Yield what is wrong with a curve.

    >>> [problem.where for problem in decay_problems(HalfLife(0), "interest.decay")]
    ['interest.decay.half_life']
    """
    if isinstance(curve, HalfLife | Linear | Window):
        name = {HalfLife: "half_life", Linear: "linear", Window: "window"}[type(curve)]
        yield from number_problem(curve.days, f"{where}.{name}", low=Decimal("0.01"), high=LONGEST)
    elif isinstance(curve, Steps):
        yield from _step_problems(curve.steps, f"{where}.steps")
    elif not isinstance(curve, NoDecay):
        hint = 'Write { half_life = 30 }, { linear = 90 }, { window = 30 }, { steps = [[7, 1], [30, 0.5]] } or "none".'
        yield Problem(where=where, what="a decay curve was expected", got=curve, hint=hint)


def _step_problems(steps: object, where: str) -> Iterator[Problem]:
    hint = "Write pairs of age and share, such as [[7, 1], [30, 0.5]]."
    if not isinstance(steps, tuple) or not 0 < len(steps) <= _MOST_STEPS:
        yield Problem(where=where, what="a list of steps was expected", got=steps, hint=hint)
        return
    last_age, last_share = -1, Decimal(1)
    for i, step in enumerate(steps):
        place = f"{where}[{i}]"
        if not isinstance(step, tuple) or len(step) != 2:
            yield Problem(where=place, what="a pair was expected", got=step, hint=hint)
            continue
        age, share = step
        found = list(number_problem(age, f"{place}[0]", low=0, high=LONGEST, places=0))
        found += number_problem(share, f"{place}[1]", low=0, high=1, places=6)
        yield from found
        if found:
            continue
        if age <= last_age:
            yield Problem(where=f"{place}[0]", what="the ages must ascend", got=age, hint="Order the steps by age.")
        if share > last_share:
            what = "a share never rises with age"
            yield Problem(
                where=f"{place}[1]", what=what, got=share, hint="An old event cannot count more than a new one."
            )
        last_age, last_share = int(age), Decimal(share)


def _half_even(numerator: int, denominator: int) -> int:
    """Return the quotient of two integers, the lower one positive, rounded half to even."""
    floor, rest = divmod(numerator, denominator)
    return floor + (2 * rest > denominator or (2 * rest == denominator and floor % 2))


def decay_table(curve: Decay) -> tuple[int, ...] | None:
    """Return how much an event still counts at each age.

    Args:
        curve: Half-life, linear, window or steps; ages in whole days.

    Returns:
        Factors in millionths; the index is the age and ``[0]`` is 1 000 000 unless steps say less. The last one is not
        zero: its age is the horizon. ``None`` for no decay, which has no horizon.

    Source:
        The exact real number rounded half to even, once, here: integers from here on give the same sum in any order on
        any engine, which floating-point sums do not.

    >>> decay_table(HalfLife(30))[:61:30]
    (1000000, 500000, 250000)
    """
    if isinstance(curve, NoDecay):
        return None
    if isinstance(curve, Steps):
        factors = _steps(curve)
    elif isinstance(curve, Window):
        factors = [MILLIONTHS] * (int(curve.days) + 1)
    elif isinstance(curve, Linear):
        span = to_hundredths(curve.days)
        factors = [_half_even((span - 100 * age) * MILLIONTHS, span) for age in range(math.ceil(span / 100))]
    else:
        factors = _halves(to_hundredths(curve.days))
    while factors and not factors[-1]:
        factors.pop()
    return tuple(factors[: _LAST_AGE + 1])


def table_size(curve: Decay) -> int:
    """Return how many factors a curve has at most, without working them out.

    >>> table_size(HalfLife(30)) >= len(decay_table(HalfLife(30)))
    True
    """
    if isinstance(curve, NoDecay):
        return 0
    if isinstance(curve, Steps):
        return int(curve.steps[-1][0]) + 1
    spans = 21 if isinstance(curve, HalfLife) else 1
    return min(spans * to_hundredths(curve.days) // 100 + 2, _LAST_AGE + 1)


def _steps(curve: Steps) -> list[int]:
    factors: list[int] = []
    for age, share in curve.steps:
        factors += [scaled(share, 6)] * (int(age) + 1 - len(factors))
    return factors


def _halves(half_life: int) -> list[int]:
    """Return the factors of a half-life given in hundredths of a day."""
    factors: list[int] = []
    for age in range(min(21 * half_life // 100 + 2, _LAST_AGE + 1)):
        whole, rest = divmod(100 * age, half_life)
        if rest == 0:  # a whole number of half-lives: the only ages at which a tie can occur
            factors.append(_half_even(MILLIONTHS, 1 << whole))
            continue
        value = MILLIONTHS * 2.0 ** (-100 * age / half_life)
        floor = math.floor(value)
        if abs(value - floor - 0.5) > 1e-6:  # a double is right to about 1e-9 here
            factors.append(floor + (value - floor > 0.5))
        else:
            factors.append(_exactly(age, half_life))
    return factors


def _exactly(age: int, half_life: int) -> int:
    """Return one factor with sixty digits; only asked where a double lies too close to a half."""
    context = Context(prec=60)
    exponent = context.divide(Decimal(-100 * age), Decimal(half_life))
    value = context.multiply(context.power(Decimal(2), exponent), Decimal(MILLIONTHS))
    return int(value.to_integral_value(context=context))
