"""What is wrong with what becomes of a maybe."""

from collections.abc import Iterator, Mapping
from typing import Final

from leadqual.axis import container_problems
from leadqual.errors import Kind, Problem, shown
from leadqual.lifecycle.check.sound import Sound
from leadqual.lifecycle.check.words import choice_problem, whole_problem
from leadqual.lifecycle.values import Recycle, RecyclePolicy
from leadqual.texts import word_problem

_MOST_MONTHS: Final = 60
_MOST_SPREAD: Final = 366
_MOST_ATTEMPTS: Final = 100


def recycle_problems(recycle: object, sound: Sound) -> Iterator[Problem]:
    """Yield what is wrong with the policies of recycling.

    Args:
        recycle: What should be a `Recycle`.
        sound: The table, as far as it is right.
    """
    yield from container_problems([("recycle", recycle, Recycle)])
    if not isinstance(recycle, Recycle):
        return
    parts = [("inbound", recycle.inbound), ("outbound", recycle.outbound)]
    if recycle.partner is not None:
        parts.append(("partner", recycle.partner))
    for name, policy in parts:
        where = f"recycle.{name}"
        yield from container_problems([(where, policy, RecyclePolicy)])
        if isinstance(policy, RecyclePolicy):
            if policy.to is not None:
                yield from _stage_problems(policy.to, f"{where}.to", sound)
            yield from _word_problems(policy, where)
            yield from _rest_problems(policy, where)


def _stage_problems(to: object, where: str, sound: Sound) -> Iterator[Problem]:
    rests = sound.of_kind("rest")
    hint = f"Name a stage of rest: {', '.join(rests)}." if rests else 'Declare a stage of kind = "rest", or remove it.'
    if isinstance(to, str) and sound.kinds.get(to) == "ended":
        yield Problem(where=where, what="a maybe is no end", got=to, hint=hint)
    else:
        others = [name for name, kind in sound.kinds.items() if kind != "ended"]
        yield from choice_problem(to, others, where, "no such stage", hint)


def _word_problems(policy: RecyclePolicy, where: str) -> Iterator[Problem]:
    yield from choice_problem(policy.interest, ("restart", "keep"), f"{where}.interest", "no such way")
    yield from choice_problem(policy.then, ("dormant",), f"{where}.then", "no such way")
    yield from choice_problem(policy.wake, ("early", "never"), f"{where}.wake", "no such way")
    yield from word_problem(policy.nurture, f"{where}.nurture", optional=True)
    yield from word_problem(policy.bonus_event, f"{where}.bonus_event", optional=True)


def _rest_problems(policy: RecyclePolicy, where: str) -> Iterator[Problem]:
    yield from _month_problems(policy.rest_months, f"{where}.rest_months")
    yield from whole_problem(policy.spread_days, f"{where}.spread_days", 0, _MOST_SPREAD)
    if policy.attempts is not None:
        yield from whole_problem(policy.attempts, f"{where}.attempts", 1, _MOST_ATTEMPTS)
    yield from _reason_problems(policy.reasons, f"{where}.reasons", _bounds(policy.rest_months))
    if policy.rest_months is None:
        hint = "Add rest_months, such as [3, 6], or remove it."
        if policy.attempts is not None:
            what = "attempts are counted only where a rest has a length"
            yield Problem(where=f"{where}.attempts", what=what, got=policy.attempts, hint=hint)
        if policy.reasons:
            what = "a reason sets the length of a rest that has none"
            yield Problem(where=f"{where}.reasons", what=what, got=policy.reasons, hint=hint)


def _month_problems(months: object, where: str) -> Iterator[Problem]:
    if months is None:
        return
    if not isinstance(months, tuple) or len(months) != 2:
        hint = "Write the least and the most months, such as [3, 6]."
        yield Problem(where=where, what="two numbers were expected", got=months, hint=hint)
        return
    for i, month in enumerate(months):
        yield from whole_problem(month, f"{where}[{i}]", 1, _MOST_MONTHS)
    low, high = months
    if type(low) is int and type(high) is int and low > high:
        what = "the ends are the wrong way round"
        yield Problem(where=where, what=what, got=Kind(f"{shown(low)} to {shown(high)}"), hint="Least months first.")


def _bounds(months: object) -> tuple[int, int]:
    """Return the bounds of a rest; the widest ones where none are right."""
    if isinstance(months, tuple) and not [*_month_problems(months, "")]:
        return months[0], months[1]
    return 1, _MOST_MONTHS


def _reason_problems(reasons: object, where: str, bounds: tuple[int, int]) -> Iterator[Problem]:
    yield from container_problems([(where, reasons, dict)])
    if isinstance(reasons, Mapping):
        for reason, months in reasons.items():
            yield from word_problem(reason, where)
            yield from whole_problem(months, f"{where}.{reason}", *bounds)
