"""Findings on caps: smaller than what they are to bound, never reached, leaving nothing, or bounding nobody."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from leadqual.axis import Cap
from leadqual.fit.values import Table
from leadqual.languages import amount
from leadqual.playbook.lint.acts import NOTHING, Acts, Range, once
from leadqual.playbook.lint.finding import Finding, finding
from leadqual.playbook.lint.parts import Parts
from leadqual.playbook.lint.profiles import Profiles
from leadqual.points import MILLIONTHS, Points, grains_to_decimal, to_hundredths


class Member(NamedTuple):
    """A rule, criterion or table among what a cap bounds.

    Attributes:
        where: Its path.
        group: Its group.
        cap: Its own bounds.
        one: The least and the most of one event, or of one answer, in grains.
        all: The least and the most that it comes to, in grains, before its own bounds.
        act: What earns, in words.
    """

    where: str
    group: str | None
    cap: Cap
    one: Range
    all: Range
    act: str


class Axis(NamedTuple):
    """What fit or interest adds up, with all bounds on the way; everything in grains.

    Attributes:
        name: ``"fit"`` or ``"interest"``.
        cap: Its bounds.
        members: What it adds up.
        groups: The bounds of each group.
        sums: What each group comes to, before its bounds.
        total: What all comes to, before the bounds of the axis.
    """

    name: str
    cap: Cap
    members: Sequence[Member]
    groups: Mapping[str, Cap]
    sums: Mapping[str, Range]
    total: Range


def fit_axis(parts: Parts, profiles: Profiles) -> Axis:
    """Return fit as an axis.

    Args:
        parts: The parts of a model.
        profiles: What profiles can come to.
    """
    fit = parts.model.fit
    ranges = [_in_grains(own) for own in profiles.parts]
    members = [
        Member(part.where, part.item.group, Cap(), own, own, "one value" if isinstance(part.written, Table) else "it")
        for part, own in zip(parts.fit, ranges, strict=True)
    ]
    sums = {name: _in_grains(own) for name, own in profiles.groups.items()}
    return Axis("fit", Cap(max=fit.max, min=fit.min), members, fit.groups, sums, _in_grains(profiles.total))


def interest_axis(parts: Parts, acts: Acts) -> Axis:
    """Return interest as an axis.

    Args:
        parts: The parts of a model.
        acts: What behaviour can come to.
    """
    interest = parts.model.interest
    members = []
    for rule, own in zip(parts.rules, acts.rules, strict=True):
        one = NOTHING if own == NOTHING else Range(min(0, once(rule)), max(0, once(rule)))
        act = "one event" if rule.rule.inactivity is None else "one period"
        members.append(Member(rule.where, rule.rule.group, Cap(max=rule.rule.max, min=rule.rule.min), one, own, act))
    cap = Cap(max=interest.max, min=interest.min)
    return Axis("interest", cap, members, interest.groups, acts.groups, acts.total)


def _in_grains(own: Range) -> Range:
    return Range(own.low * MILLIONTHS, own.high * MILLIONTHS)


def size_findings(axis: Axis) -> Iterator[Finding]:
    """Yield what is worth more by itself than a bound on its way lets through.

    Args:
        axis: Fit or interest.
    """
    for member in axis.members:
        caps = [("", member.cap, member.all)]
        if member.group is not None:
            of_group = (f"the group {member.group}", axis.groups[member.group], axis.sums[member.group])
            caps.append(of_group)
        caps.append((axis.name, axis.cap, axis.total))
        yield from _bigger(member, caps)


def _bigger(member: Member, caps: Sequence[tuple[str, Cap, Range]]) -> Iterator[Finding]:
    hint = "Raise the cap, or lower the points."
    for whose, cap, _ in caps:
        if cap.max and member.one.high > _grains(cap.max):
            bound = f"the `max` of {amount(cap.max)}{f' of {whose}' if whose else ''}"
            reason = f"{member.act} earns {_points(member.one.high)} points, more than {bound}"
            yield finding("bigger-than-cap", member.where, reason, hint)
            break
    for whose, cap, together in caps:
        if cap.min and member.one.low < _grains(cap.min) and together.high == 0:
            bound = f"the `min` of {amount(cap.min)}{f' of {whose}' if whose else ''}"
            reason = f"{member.act} takes {_points(-member.one.low)} points, more than {bound} lets through"
            yield finding("bigger-than-cap", member.where, reason, hint)
            break


def _grains(points: Points) -> int:
    return to_hundredths(points) * MILLIONTHS


def _points(grains: int) -> str:
    return amount(Decimal(grains_to_decimal(grains)))


def reached_findings(axis: Axis) -> Iterator[Finding]:
    """Yield bounds that nothing ever comes to, and those that leave nothing.

    Args:
        axis: Fit or interest.
    """
    for member in axis.members:
        if member.all != NOTHING:
            yield from _reached(member.where, member.cap, member.all)
    for name, cap in axis.groups.items():
        where, own = f"{axis.name}.groups.{name}", axis.sums[name]
        if own == NOTHING:
            continue
        if _leaves_nothing(cap, own):
            yield finding("capped-at-zero", where, "its bounds leave nothing of what its members earn", _ZERO)
        else:
            yield from _reached(where, cap, own)
    if _leaves_nothing(axis.cap, axis.total):
        reason = f"{axis.name} is always 0: its `max` is 0"
        if axis.total.high == 0:
            reason = f"{axis.name} is always 0: everything in it takes points, and its `min` is 0"
        yield finding("capped-at-zero", axis.name, reason, _ZERO)
    elif axis.total != NOTHING:
        yield from _reached(axis.name, axis.cap, axis.total)


_ZERO = "Raise the bound, or remove what is earned."


def _leaves_nothing(cap: Cap, own: Range) -> bool:
    """Return whether bounds make nothing of what something comes to, and it comes to something."""
    positive = own.high > 0 and cap.max != 0
    negative = own.low < 0 and cap.min != 0
    return own != NOTHING and not positive and not negative


def _reached(where: str, cap: Cap, own: Range) -> Iterator[Finding]:
    hint = "Remove the bound, or bring it nearer."
    if cap.max and own.high < _grains(cap.max):
        reason = f"it comes to {_points(own.high)} at most, and never to {amount(cap.max)}"
        yield finding("cap-never-reached", f"{where}.max", reason, hint)
    if cap.min and own.low > _grains(cap.min):
        reason = f"it comes to {_points(own.low)} at least, and never to {amount(cap.min)}"
        yield finding("cap-never-reached", f"{where}.min", reason, hint)


def group_findings(axis: Axis) -> Iterator[Finding]:
    """Yield groups that nothing belongs to.

    Args:
        axis: Fit or interest.
    """
    used = {member.group for member in axis.members}
    for name in axis.groups:
        if name not in used:
            reason = "nothing belongs to this group"
            hint = f'Write group = "{name}" where it is meant, or remove it.'
            yield finding("group-without-members", f"{axis.name}.groups.{name}", reason, hint)
