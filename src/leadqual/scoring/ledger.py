"""Where a score comes from, line by line; the lines add up to it exactly."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Literal

from attrs import frozen

from leadqual.event import Event, Key
from leadqual.fit.plan import FitPlan
from leadqual.interest.measure import counted, quiet_grains
from leadqual.interest.plan import InterestPlan
from leadqual.interest.rules import RulePlan, factor
from leadqual.interest.slots import Days
from leadqual.interest.state import State
from leadqual.lead import Lead
from leadqual.points import MILLIONTHS, clamp, grains_to_decimal, half_up

_EPOCH: Final = date(1970, 1, 1)


@frozen(kw_only=True)
class Evidence:
    """What a line rests on: an event that counted, or a day with a number of them.

    Attributes:
        day: Its day.
        count: How many events counted.
        key: Source and id of the event, when the events themselves were scored.
    """

    day: date
    count: int = 1
    key: Key | None = None


@frozen(kw_only=True)
class Line:
    """One line of a ledger. All points are exact: ``raw + limits + decay + cap == points``.

    Attributes:
        axis: ``"fit"`` or ``"interest"``.
        where: Path of what earned it, such as ``interest.rules[2]``.
        name: What people call it.
        what: ``criterion``, ``table``, ``rule``, ``inactivity``, ``cap`` (of a group or an axis) or ``rounding``.
        count: How many events matched; 1 for a criterion.
        raw: What it would earn without any limit.
        limits: What ``distinct_by``, ``per``, ``times`` and ``weights`` took.
        decay: What decay took.
        cap: What the rule's, group's or axis's caps took or gave.
        points: What remained.
        fields: The attributes it read.
        evidence: The events or days that counted, the newest first.
    """

    axis: Literal["fit", "interest"]
    where: str
    name: str
    what: Literal["criterion", "table", "rule", "inactivity", "cap", "rounding"]
    count: int = 0
    raw: Decimal = Decimal(0)
    limits: Decimal = Decimal(0)
    decay: Decimal = Decimal(0)
    cap: Decimal = Decimal(0)
    points: Decimal = Decimal(0)
    fields: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def fit_lines(plan: FitPlan, lead: Lead) -> Iterator[Line]:
    """Yield what a lead's profile earned: criteria, tables, caps of groups, cap of the axis.

    Args:
        plan: The fit.
        lead: The lead.
    """
    reading = plan.read(lead)
    for item, earned in zip(plan.items, reading.earned, strict=True):
        if earned.points:
            points = grains_to_decimal(earned.points * MILLIONTHS)
            what: Literal["criterion", "table"] = "criterion" if item.what == "criterion" else "table"
            yield Line(
                axis="fit",
                where=item.where,
                name=item.name,
                what=what,
                count=1,
                raw=points,
                points=points,
                fields=item.fields,
            )
    for name, (before, after) in reading.groups.items():
        yield from _cap_line("fit", f"fit.groups.{name}", f"Cap of {name}", (after - before) * MILLIONTHS)
    bound = "max" if reading.points < reading.total else "min"
    yield from _cap_line("fit", f"fit.{bound}", "Cap of fit", (reading.points - reading.total) * MILLIONTHS)


def _cap_line(axis: Literal["fit", "interest"], where: str, name: str, grains: int) -> Iterator[Line]:
    if grains:
        points = grains_to_decimal(grains)
        yield Line(axis=axis, where=where, name=name, what="cap", cap=points, points=points)


def interest_lines(plan: InterestPlan, state: State, today: int, events: Sequence[Event] | None) -> Iterator[Line]:
    """Yield what a lead's behaviour earned: rules, caps of groups, cap of the axis, the one rounding.

    Args:
        plan: The interest.
        state: What was folded.
        today: The day of the score.
        events: The events that were folded, if they are at hand; they become the evidence.
    """
    groups = [0] * len(plan.groups)
    total = 0
    matched = None if events is None else _matched(plan, events)
    by_rule = state.by_rule(plan)
    for i, rule in enumerate(plan.rules):
        days = by_rule.get(i)
        if i in state.quiet:
            line, grains = _quiet_line(rule, state.quiet[i], today)
        elif days is None:
            continue
        else:
            own = None if matched is None else matched.get(i, [])
            line, grains = _rule_line(rule, days, today, own, plan)
        if line is not None:
            yield line
        if rule.group is None:
            total += grains
        else:
            groups[rule.group] += grains
    for i, name in enumerate(plan.groups):
        after = clamp(groups[i], *plan.caps[i])
        yield from _cap_line("interest", f"interest.groups.{name}", f"Cap of {name}", after - groups[i])
        total += after
    after = clamp(total, plan.low, plan.high)
    bound = "max" if after < total else "min"
    yield from _cap_line("interest", f"interest.{bound}", "Cap of interest", after - total)
    rounding = half_up(after, MILLIONTHS) * MILLIONTHS - after
    if rounding:
        points = grains_to_decimal(rounding)
        yield Line(axis="interest", where="interest", name="Rounding", what="rounding", points=points, raw=points)


def _quiet_line(rule: RulePlan, last: int, today: int) -> tuple[Line | None, int]:
    raw = quiet_grains(rule, last, today)
    grains = clamp(raw, rule.low, rule.high)
    if not raw:
        return None, 0
    line = Line(
        axis="interest",
        where=rule.where,
        name=rule.name,
        what="inactivity",
        count=raw // (rule.points * MILLIONTHS),
        raw=grains_to_decimal(raw),
        cap=grains_to_decimal(grains - raw),
        points=grains_to_decimal(grains),
        evidence=(Evidence(day=_date(last)),),
    )
    return line, grains


def _rule_line(
    rule: RulePlan, days: Days, today: int, events: list[Event] | None, plan: InterestPlan
) -> tuple[Line, int]:
    rows = list(counted(rule, days))
    before = sum(earned for _, _, earned in rows) * MILLIONTHS
    after = sum(earned * factor(rule, today - day) for day, _, earned in rows)
    grains = clamp(after, rule.low, rule.high)
    matched = sum(days.values()) if events is None else len(events)
    raw = matched * rule.points * MILLIONTHS
    line = Line(
        axis="interest",
        where=rule.where,
        name=rule.name,
        what="rule",
        count=matched,
        raw=grains_to_decimal(raw),
        limits=grains_to_decimal(before - raw),
        decay=grains_to_decimal(after - before),
        cap=grains_to_decimal(grains - after),
        points=grains_to_decimal(grains),
        evidence=tuple(_evidence(rule, rows, events, plan)),
    )
    return line, grains


def _evidence(
    rule: RulePlan, rows: list[tuple[int, int, int]], events: list[Event] | None, plan: InterestPlan
) -> Iterator[Evidence]:
    if events is None:
        yield from (Evidence(day=_date(day), count=number) for day, number, _ in rows)
        return
    by_day: dict[int, list[Event]] = {}
    for event in _earliest(rule, events):
        by_day.setdefault(plan.day_start.day(event.at), []).append(event)
    for day, number, _ in rows:  # which events of one day count makes no difference to the score
        for event in by_day[day][:number]:
            yield Evidence(day=_date(day), key=event.key)


def _earliest(rule: RulePlan, events: list[Event]) -> list[Event]:
    """Return the events in order of (at, source, id); of a `distinct_by` rule the first of each value."""
    ordered = sorted(events, key=lambda event: (event.at, event.source, event.id))
    name = rule.rule.distinct_by
    if rule.read is None or name is None:
        return ordered
    first: dict[object, Event] = {}
    for event in ordered:
        value = event.properties.get(name)
        first.setdefault(None if value is None else rule.read(value), event)
    return list(first.values())


def _matched(plan: InterestPlan, events: Sequence[Event]) -> dict[int, list[Event]]:
    matched: dict[int, list[Event]] = {}
    for event in events:
        for i in plan.hits(event):
            matched.setdefault(i, []).append(event)
    return matched


def _date(day: int) -> date:
    return _EPOCH + timedelta(days=day)
