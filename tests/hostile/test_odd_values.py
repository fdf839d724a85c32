"""Every field of every value, and every argument, with values of every type: our error, or a result."""

from collections.abc import Callable
from functools import partial
from typing import Any

import attrs
import pytest

from leadqual.axis import Cap
from leadqual.conditions import condition_from_plain, field
from leadqual.conditions.nodes import All, AnyOf, Leaf, Not
from leadqual.errors import LeadqualError
from leadqual.event import Event
from leadqual.fit import Band, Criterion, Fit, Gate, Table
from leadqual.interest import HalfLife, Interest, InterestRule, Linear, Per, Steps, Window
from leadqual.lead import Lead
from leadqual.playbook import load_playbook, loads
from leadqual.scoring import Attribute, Bar, Combine, Qualify, ScoringModel
from tests.hostile.odd import HERE, NOW, ODD, ODD_CELLS, RULE

EVENT = Event(id="e1", lead_id="L1", kind="a", at=NOW)
LEAD = Lead(id="L1")
MODEL = ScoringModel(
    attributes={"x": "text", "n": "number", "i": "integer"},
    properties={"p": "text"},
    interest=Interest(rules=(RULE, InterestRule(event="a", points=1, distinct_by="p"))),
)


_ANY = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
Place = tuple[Any, dict[str, Any], Callable[[Any], Any]]


def _model(**tables: Any) -> Any:
    return ScoringModel(**{"attributes": {"x": "text", "n": "number"}, "properties": {"p": "text"}} | tables)


def _fit(**parts: Any) -> Any:
    return _model(fit=Fit(**parts))


def _with_rule(rule: Any) -> Any:
    return _model(interest=Interest(rules=(rule,)))


def _with_table(table: Any) -> Any:
    return _fit(tables=(table,))


def _with_condition(condition: Any) -> Any:
    return _fit(criteria=(Criterion(when=condition, points=1),))


def _with_curve(curve: Any) -> Any:
    return _with_rule(InterestRule(event="a", points=1, decay=curve))


PLACES: tuple[Place, ...] = (
    (ScoringModel, {}, lambda model: model),
    (Fit, {}, lambda fit: _model(fit=fit)),
    (Interest, {}, lambda interest: _model(interest=interest)),
    (Criterion, {"when": HERE, "points": 1}, lambda criterion: _fit(criteria=(criterion,))),
    (Table, {"field": "x", "values": {"a": 1}}, _with_table),
    (Table, {"field": "n", "bands": (Band(points=1),)}, _with_table),
    (Band, {"points": 1, "below": 1}, lambda band: _with_table(Table(field="n", bands=(band, Band(points=1))))),
    (Gate, {"reason": "r", "when": HERE}, lambda gate: _fit(gates=(gate,))),
    (InterestRule, {"event": "a", "points": 1}, _with_rule),
    (Per, {"days": 1, "times": 1}, lambda per: _with_rule(InterestRule(event="a", points=1, per=per))),
    *((curve, {}, _with_curve) for curve in (HalfLife, Linear, Window, Steps)),
    (Cap, {}, lambda cap: _fit(groups={"g": cap})),
    *((Combine, {"kind": kind}, lambda combine: _model(combine=combine)) for kind in ("sum", "gate", "matrix")),
    (Qualify, {}, lambda qualify: _model(qualify=qualify)),
    (Bar, {"when": field("fit").ge(1)}, lambda bar: _model(qualify=Qualify(mql=bar))),
    (Attribute, {"type": "text"}, lambda attribute: _model(attributes={"x": attribute})),
    (Leaf, {"field": "n", "op": "in", "value": (1,)}, _with_condition),
    (Leaf, {"field": "x", "op": "contains", "value": "a"}, _with_condition),
    *((joint, {}, _with_condition) for joint in (All, AnyOf, Not)),
)
"""Every value of a model: its class, what is sound of it, and the model that holds one."""
FIELDS = [
    pytest.param(cls, sound, attribute.name, holder, id=f"{cls.__name__}.{attribute.name}-{i}")
    for i, (cls, sound, holder) in enumerate(PLACES)
    for attribute in attrs.fields(cls)
    if attribute.init
]


def _escaped(act: Callable[[], object]) -> str:
    """Return the error that escaped, as text; nothing if the act came out well or was refused in our words."""
    try:
        act()
    except LeadqualError as error:
        str(error).encode()
    except _ANY as error:
        return f"{type(error).__name__}: {str(error)[:60]}"
    return ""


def _all_escaped(act: Callable[[Any], object], values: tuple[Any, ...] = ODD) -> list[tuple[str, str]]:
    found = [(type(value).__name__, _escaped(partial(act, value))) for value in values]
    return [pair for pair in found if pair[1]]


@pytest.mark.parametrize(("cls", "sound", "name", "holder"), FIELDS)
def test_model_with_an_odd_value_is_built_or_refused(cls, sound, name, holder):
    """Whatever stands in a field of a model, ModelError says so; what is built also scores and explains itself."""

    def act(value):
        holder(cls(**sound | {name: value})).score(LEAD, [EVENT], now=NOW).explain()

    assert not _all_escaped(act)


JOINS: tuple[Callable[[Any], object], ...] = (
    lambda value: _with_condition(HERE & value),
    lambda value: _with_condition(HERE | value),
    condition_from_plain,
)


@pytest.mark.parametrize("join", JOINS, ids=["and", "or", "from plain"])
def test_joining_with_what_is_no_condition_is_refused(join):
    """The operators of conditions take conditions; a model says so where something else stands."""
    assert not _all_escaped(join)


def test_groups_that_are_no_texts_are_refused():
    """Names of several types stand in the hint's way; it is a problem like others."""
    groups: dict[Any, Cap] = {1: Cap(), "a": Cap()}
    assert not _all_escaped(lambda value: _fit(groups=groups, criteria=(Criterion(when=HERE, points=1, group=value),)))


@pytest.mark.parametrize(
    "name", ["id", "email", "kind", "acquisition", "created_at", "since", "merged_ids", "attributes"]
)
def test_lead_with_an_odd_value_is_built_or_refused(name):
    """Whatever stands in a field of a lead, LeadError says so."""
    assert not _all_escaped(lambda value: MODEL.score(Lead(**{"id": "L1", name: value}), now=NOW).explain(), ODD_CELLS)


@pytest.mark.parametrize("name", ["id", "lead_id", "kind", "at", "properties", "by", "source"])
def test_event_with_an_odd_value_is_built_or_refused(name):
    """Whatever stands in a field of an event, EventError says so."""
    fields = {"id": "e1", "lead_id": "L1", "kind": "a", "at": NOW}
    assert not _all_escaped(
        lambda value: MODEL.score(LEAD, [Event(**fields | {name: value})], now=NOW).explain(), ODD_CELLS
    )


@pytest.mark.parametrize("type_name", ["text", "integer", "number", "boolean", "date", "instant", "list"])
def test_odd_value_of_a_declared_type_is_read_or_refused(type_name):
    """An attribute and a property of every declared type, in criteria, rules, `distinct_by` and doubled events."""
    model = ScoringModel(
        attributes={"x": type_name},
        properties={"p": type_name},
        fit=Fit(criteria=(Criterion(when=HERE, points=1),)),
        interest=Interest(rules=(InterestRule(event="a", points=1, when=field("p").exists()),)),
    )

    def act(value):
        event = Event(id="e1", lead_id="L1", kind="a", at=NOW, properties={"p": value})
        model.score(Lead(id="L1", attributes={"x": value}), now=NOW).explain()
        model.score(LEAD, [event, Event(id="e1", lead_id="L1", kind="a", at=NOW, properties={"p": value})], now=NOW)

    assert not _all_escaped(act, ODD_CELLS)


CALLS: dict[str, Callable[[Any], object]] = {
    "score the lead": lambda value: MODEL.score(value, [EVENT], now=NOW),
    "score the events": lambda value: MODEL.score(LEAD, value, now=NOW),
    "score an event": lambda value: MODEL.score(LEAD, [EVENT, value], now=NOW),
    "score now": lambda value: MODEL.score(LEAD, [EVENT], now=value),
    "tally the events": MODEL.tally,
    "tally an event": lambda value: MODEL.tally([value]),
    "tally the lead": lambda value: MODEL.tally([EVENT], lead=value),
    "add to a tally": lambda value: MODEL.tally().add(value),
    "merge a tally": lambda value: MODEL.tally().merge(value),
    "prune a tally": lambda value: MODEL.tally([EVENT]).prune(value),
    "profile": MODEL.profile,
    "loads": loads,
    "loads a format": lambda value: loads("schema = 1", format=value),
}


@pytest.mark.parametrize("call", CALLS)
def test_call_with_an_odd_value_gives_a_result_or_our_error(call):
    """The mistake is named; no AttributeError about the inside of the library."""
    assert not _all_escaped(CALLS[call])


@pytest.mark.parametrize("value", [None, 5, object()], ids=["nothing", "number", "object"])
def test_path_that_is_none_is_refused(value):
    """As everywhere in Python, what is no path is a TypeError; a path that leads nowhere is a ModelError."""
    with pytest.raises((LeadqualError, TypeError)):
        load_playbook(value)
