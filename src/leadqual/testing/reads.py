"""What a playbook reads: its kinds, the literals that it compares, and the ages at which something changes."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from attrs import frozen

from leadqual.axis import listed
from leadqual.conditions.comparisons import NO_VALUE, ONE_OR_SEVERAL, SEVERAL
from leadqual.conditions.fieldtypes import LITERALS
from leadqual.conditions.lists import BUILT_IN_LISTS
from leadqual.conditions.nodes import Condition, Leaf, leaves
from leadqual.errors import Problem, ProblemsError
from leadqual.fit.items import read_key
from leadqual.fit.values import Table
from leadqual.interest.check import ANY_KIND
from leadqual.interest.decay import HalfLife, Linear, Steps, Window
from leadqual.interest.rules import RulePlan
from leadqual.lead import BUILT_IN
from leadqual.lifecycle.scope import INPUT
from leadqual.lifecycle.values import Lifecycle
from leadqual.nurture.reading import nurture_reads
from leadqual.playbook.playbook import Playbook
from leadqual.scoring.model import ScoringModel

_ALWAYS: Final = (0, 1, 2, 3, 6, 7, 8, 30)
_LONGEST: Final = 20_000
_STAGE: Final = {"stage": "text"}
Compared = tuple[str, Any]
"""An operator, and one literal as it compares with the field's values."""


@frozen(kw_only=True)
class Reads:
    """What a playbook reads, all its objectives included.

    Attributes:
        attributes: Declared attributes with their types.
        properties: Declared properties with their types.
        of_lead: By attribute or field of a lead, what it is compared with.
        of_event: By property, what it is compared with.
        kinds: The kinds of events that it names.
        ages: Ages in days at which an event may begin or cease to count, the youngest first.
        day_starts: Time of day in UTC at which a day starts.
    """

    attributes: Mapping[str, str]
    properties: Mapping[str, str]
    of_lead: Mapping[str, tuple[Compared, ...]]
    of_event: Mapping[str, tuple[Compared, ...]]
    kinds: tuple[str, ...]
    ages: tuple[int, ...]
    day_starts: timedelta


def reads_of(playbook: Playbook | ScoringModel) -> Reads:
    """Return what a playbook or a model reads.

    Args:
        playbook: The playbook, or a model.

    Raises:
        ProblemsError: If it is neither.

    >>> from leadqual import Interest, InterestRule, Window
    >>> rule = InterestRule(event="download", points=1, decay=Window(30))
    >>> reads_of(ScoringModel(interest=Interest(rules=[rule]))).ages
    (0, 1, 2, 3, 6, 7, 8, 30, 31, 365, 366)
    """
    if isinstance(playbook, Playbook):
        model, models = playbook.model, (playbook.model, *playbook.models.values())
    elif isinstance(playbook, ScoringModel):
        model, models = playbook, (playbook,)
    else:
        hint = "Pass what load_playbook() returned, or a ScoringModel."
        raise ProblemsError([Problem(where="playbook", what="a playbook was expected", got=playbook, hint=hint)])
    attributes = {name: part.type for name, part in model.attributes.items()}
    lists = {**BUILT_IN_LISTS, **model.lists}
    rules = model.plans.interest.rules
    bars = [leaf for each in models for bar in each.plans.bars for leaf in _leaves(bar.when.condition, bar.stay)]
    lead_types = {**BUILT_IN, **_STAGE, **attributes}
    of_lead = [*_of_fit(model), *((leaf.field, leaf) for leaf in bars if leaf.field in lead_types)]
    of_event = [(leaf.field, leaf) for rule in rules if rule.rule.when for leaf in leaves(rule.rule.when)]
    named = [kind for rule in rules for kind in rule.rule.event if kind != ANY_KIND]
    if isinstance(playbook, Playbook):
        guards = [leaf for way in playbook.lifecycle.transitions if way.when for leaf in leaves(way.when)]
        of_lead += [(leaf.field, leaf) for leaf in guards if leaf.field in lead_types]
        at_hand = [(leaf.field.removeprefix(INPUT), leaf) for leaf in guards if leaf.field.startswith(INPUT)]
        of_event += [(name, leaf) for name, leaf in at_hand if name in model.properties]
        named += _kinds_of(playbook, guards)
        nurtured = nurture_reads(playbook.personas, playbook.needs, playbook.sequences)
        of_states = [leaf for condition in nurtured.of_leads for leaf in leaves(condition)]
        of_lead += [(leaf.field, leaf) for leaf in of_states if leaf.field in lead_types]
        of_event += [(leaf.field, leaf) for condition in nurtured.of_acts for leaf in leaves(condition)]
        named += nurtured.kinds
        if playbook.sequences:
            own = playbook.nurture
            named += [*own.offers, *own.meetings, *own.bounces, *own.auto_replies]
    days = [leaf for leaf in bars if leaf.field in ("days_since_activity", "days_since_contact")]
    ages = {*_ALWAYS, model.interest.memory, model.interest.memory + 1, *_days(days)}
    ages |= {age for rule in rules for age in _ages(rule, model)}
    return Reads(
        attributes=attributes,
        properties=dict(model.properties),
        of_lead=_by_field(of_lead, lead_types, lists),
        of_event=_by_field(of_event, model.properties, lists),
        kinds=tuple(dict.fromkeys([*named, *model.qualify.hand_raise])),
        ages=tuple(sorted(int(age) for age in ages if 0 <= age <= _LONGEST)),
        day_starts=timedelta(minutes=-model.plans.interest.day_start.minutes % 1_440),
    )


def _kinds_of(playbook: Playbook, guards: Iterable[Leaf]) -> Iterator[str]:
    """Yield the kinds of events that a playbook's own words on how a lead moves name."""
    life = playbook.lifecycle
    if life != Lifecycle():
        yield from (*life.touches, *life.replies, *life.captures)
    for leaf in guards:
        if leaf.field == f"{INPUT}kind":
            values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
            yield from (value for value in values if isinstance(value, str) and not value.startswith("@"))
    for policy in (playbook.recycle.inbound, playbook.recycle.outbound, playbook.recycle.partner):
        if policy is not None and policy.bonus_event is not None:
            yield policy.bonus_event


def _leaves(condition: Condition, stay: Any) -> Iterator[Leaf]:
    yield from leaves(condition)
    if stay is not None:
        yield from leaves(stay.condition)


def _of_fit(model: ScoringModel) -> Iterator[tuple[str, Leaf | Table]]:
    """Yield the comparisons and tables of fit with what they read, those of its scorers included."""
    lowered = [part for scorer in model.fit.scorers for part in listed(scorer.lower())]
    for part in (*model.fit.criteria, *model.fit.tables, *lowered, *model.fit.gates):
        if isinstance(part, Table):
            yield part.field, part
        else:
            yield from ((leaf.field, leaf) for leaf in leaves(part.when))


def _by_field(
    parts: Iterable[tuple[str, Leaf | Table]], types: Mapping[str, str], lists: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[Compared, ...]]:
    found: dict[str, dict[Compared, None]] = {}
    for name, part in parts:
        compared = _of_table(part, types[name]) if isinstance(part, Table) else _of_leaf(part, types[name], lists)
        found.setdefault(name, {}).update(dict.fromkeys(compared))
    return {name: tuple(compared) for name, compared in found.items()}


def _of_table(table: Table, type_name: str) -> Iterator[Compared]:
    yield from (("lt", LITERALS[type_name](band.below)) for band in table.bands if band.below is not None)
    yield from (("eq", read_key(key, type_name)) for key in table.values)


def _of_leaf(leaf: Leaf, type_name: str, lists: Mapping[str, tuple[str, ...]]) -> Iterator[Compared]:
    if leaf.op in NO_VALUE:
        return
    values: Any = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    if leaf.op in SEVERAL | ONE_OR_SEVERAL and isinstance(leaf.value, str) and leaf.value.startswith("@"):
        values = lists[leaf.value[1:]]
    yield from ((leaf.op, LITERALS[type_name](value)) for value in values)


def _days(read: Iterable[Leaf]) -> Iterator[int]:
    """Yield the ages around what bars compare days since something with."""
    for leaf in read:
        for value in leaf.value if isinstance(leaf.value, tuple) else (leaf.value,):
            if isinstance(value, int):
                yield from (value - 1, value, value + 1)


def _ages(plan: RulePlan, model: ScoringModel) -> Iterator[int]:
    rule = plan.rule
    if plan.horizon is not None:
        yield from (plan.horizon, plan.horizon + 1)
    if rule.per is not None:
        yield from (rule.per.days - 1, rule.per.days)
    if rule.inactivity is not None:
        yield from (rule.inactivity - 1, rule.inactivity, 2 * rule.inactivity)
    curve = model.interest.decay if rule.decay is None else rule.decay
    if isinstance(curve, HalfLife | Linear | Window):
        yield from (int(curve.days), int(curve.days) + 1)
    if isinstance(curve, Steps):
        yield from (age for last, _ in curve.steps for age in (last, last + 1))
