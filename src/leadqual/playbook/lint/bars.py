"""Findings on bars: out of reach, met by all, met by one axis alone."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from leadqual.conditions.describe import describe
from leadqual.conditions.nodes import All, Condition, Leaf, Not
from leadqual.languages import amount
from leadqual.playbook.lint.acts import acts_of
from leadqual.playbook.lint.deeds import unknown_lead
from leadqual.playbook.lint.finding import Finding, finding
from leadqual.playbook.lint.leads import idle_lead
from leadqual.playbook.lint.parts import BarPart
from leadqual.playbook.lint.possible import Fields
from leadqual.playbook.lint.reach import Reach, reach_of
from leadqual.playbook.lint.relations import MANY
from leadqual.playbook.lint.search import can_fail, can_hold, without
from leadqual.playbook.lint.sizes import Sizes
from leadqual.points import to_decimal


def bar_findings(reach: Reach) -> Iterator[Finding]:
    """Yield what is found about the bars of a model.

    Args:
        reach: What its scores can come to.
    """
    parts, profiles = reach.parts, reach.profiles
    unfaded = reach_of(parts, profiles, acts_of(parts, fades=False))
    sound: list[BarPart] = []
    for bar in reach.parts.bars:
        entered = list(_reached(bar.when, f"{bar.where}.when", reach, unfaded))
        yield from entered or _alone(bar, reach)
        sound += [] if entered else [bar]
        if bar.stay is None:
            continue
        kept = list(_reached(bar.stay, f"{bar.where}.stay", reach, unfaded))
        yield from kept
        if not entered and not kept and not without(bar.stay, [bar.when], reach.fields):
            reason = f"whoever meets `stay` ({_said(bar.stay)}) meets `when` too"
            yield finding(
                "stay-without-effect", f"{bar.where}.stay", reason, "Write a lower bar than `when`, or remove it."
            )
    yield from _no_higher(sound, reach)


def _no_higher(bars: Sequence[BarPart], reach: Reach) -> Iterator[Finding]:
    """Yield that the second bar asks for nothing that the first does not ask for."""
    if len(bars) == 2 and not without(bars[0].when, [bars[1].when], reach.fields):
        reason = "whoever meets the bar of an MQL meets this one too, so that an MQL is an SQL at once"
        hint = "Ask for more than an MQL has, or exchange the two."
        yield finding("sql-not-above-mql", f"{bars[1].where}.when", reason, hint)


def _reached(asked: Condition, where: str, reach: Reach, unfaded: Reach) -> Iterator[Finding]:
    """Yield that nobody can meet what is asked, or that everybody does."""
    if not can_hold(asked, reach.fields):
        why = _why(asked, reach.fields)
        if can_hold(asked, unfaded.fields):
            reason = f"points fade too fast for any lead to meet it{why}"
            hint = "Lower the bar, let points fade more slowly, or raise the limits by day and week."
            yield finding("bar-faded", where, reason, hint)
        else:
            hint = "Lower the bar, or raise what can be earned: points, limits and caps."
            yield finding("bar-out-of-reach", where, f"no lead can ever meet it{why}", hint)
    elif not can_fail(asked, reach.fields):
        hint = "Ask for something that not every lead has."
        yield finding("bar-always-met", where, f"every lead meets it ({_said(asked)})", hint)


def _alone(bar: BarPart, reach: Reach) -> Iterator[Finding]:
    """Yield that one axis alone is enough for a bar."""
    parts, where = reach.parts, f"{bar.where}.when"
    if not parts.fit or not parts.rules:
        return
    idle, unknown = (reach_of(parts, reach.profiles, reach.acts, of=whom) for whom in ("idle", "unknown"))
    score = idle_lead(parts, bar) if can_hold(bar.when, idle.fields) else None
    if score is not None:
        reason = f"a lead that never did anything can meet it, with a fit of {amount(score.fit)}"
        hint = "Ask for interest as well, or only let those in whose `acquisition` is outbound."
        yield finding("fit-alone-qualifies", where, reason, hint)
    score = unknown_lead(parts, reach.acts, bar) if can_hold(bar.when, unknown.fields) else None
    if score is not None:
        reason = f"a lead of whose profile nothing is known can meet it, with an interest of {amount(score.interest)}"
        yield finding("interest-alone-qualifies", where, reason, "Ask for fit or a grade as well.")


def _said(asked: Condition) -> str:
    """Return what is asked in a few words."""
    words = describe(asked)
    return words if len(words) <= 80 else f"{words[:79]}…"


def _why(asked: Condition, fields: Fields) -> str:
    """Return the part of what is asked that cannot be met by itself, and how far a score comes."""
    parts = asked.parts if isinstance(asked, All) else (asked,)
    alone = next((part for part in parts if not can_hold(part, fields)), None)
    if alone is None:
        return ": its parts contradict each other, or ask for too much together"
    if isinstance(alone, All) and alone is not asked:
        return _why(alone, fields)
    return f": it asks that {_said(alone)}{_bounds(alone, fields)}"


def _bounds(part: Condition, fields: Fields) -> str:
    """Return between which bounds a number lies that a comparison reads."""
    leaf = part.part if isinstance(part, Not) else part
    if not isinstance(leaf, Leaf) or leaf.field not in fields.known:
        return ""
    sizes = fields.known[leaf.field].values
    if not isinstance(sizes, Sizes):
        return ""
    points = fields.scope.fields[leaf.field].name == "points"
    low, high = (amount(_number(end, points=points)) for end in (sizes.low, sizes.high))
    if low == high:
        return f", and that is always {low}"
    return f", and that is at least {low}" if sizes.high == MANY else f", and that lies between {low} and {high}"


def _number(value: Any, *, points: bool) -> Decimal | int:
    return to_decimal(value) if points else int(value)
