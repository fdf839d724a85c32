"""Every field of every value, and every argument, with values of every type: our error, or a result."""

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
    interest=Interest(rules=[RULE, InterestRule(event="a", points=1, distinct_by="p")]),
)


_ANY = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


def _with(**tables):
    return ScoringModel(**{"attributes": {"x": "text", "n": "number"}, "properties": {"p": "text"}} | tables)


def _fit(**parts):
    return _with(fit=Fit(**parts))


def _rule(**parts):
    return _with(interest=Interest(rules=[InterestRule(**{"event": "a", "points": 1} | parts)]))


PLACES = {
    **{f"model.{name}": (lambda value, name=name: _with(**{name: value}))
       for name in ("attributes", "properties", "lists", "day_starts", "fit", "interest", "combine", "qualify")},
    **{f"fit.{name}": (lambda value, name=name: _fit(**{name: value}))
       for name in ("max", "min", "criteria", "tables", "groups", "gates", "grades", "scorers")},
    **{f"interest.{name}": (lambda value, name=name: _with(interest=Interest(**{name: value})))
       for name in ("max", "min", "memory", "decay", "rules", "groups", "levels", "scorers")},
    **{f"criterion.{name}": (
        lambda value, name=name: _fit(criteria=[Criterion(**{"when": HERE, "points": 1} | {name: value})]))
       for name in ("when", "points", "name", "group", "missing")},
    **{f"table.{name}": (
        lambda value, name=name: _fit(tables=[Table(**{"field": "x", "values": {"a": 1}} | {name: value})]))
       for name in ("field", "bands", "values", "other", "missing", "name", "group")},
    **{f"band.{name}": (
        lambda value, name=name: _fit(
            tables=[Table(field="n", bands=[Band(**{"points": 1, "below": 1} | {name: value}), Band(points=1)])]))
       for name in ("points", "below")},
    **{f"gate.{name}": (lambda value, name=name: _fit(gates=[Gate(**{"reason": "r", "when": HERE} | {name: value})]))
       for name in ("reason", "when")},
    **{f"rule.{name}": (lambda value, name=name: _rule(**{name: value}))
       for name in ("event", "points", "name", "when", "distinct_by", "per", "times", "weights", "decay", "max", "min",
                    "group", "counts", "inactivity")},
    **{f"per.{name}": (lambda value, name=name: _rule(per=Per(**{"days": 1, "times": 1} | {name: value})))
       for name in ("days", "times")},
    **{f"curve.{curve.__name__}": (lambda value, curve=curve: _rule(decay=curve(value)))
       for curve in (HalfLife, Linear, Window, Steps)},
    **{f"cap.{name}": (lambda value, name=name: _fit(groups={"g": Cap(**{name: value})})) for name in ("max", "min")},
    **{f"combine.{name}": (lambda value, name=name: _with(combine=Combine(**{name: value})))
       for name in ("kind", "fit", "interest", "floors", "cells")},
    **{f"qualify.{name}": (lambda value, name=name: _with(qualify=Qualify(**{name: value})))
       for name in ("hand_raise", "mql", "sql")},
    **{f"bar.{name}": (
        lambda value, name=name: _with(qualify=Qualify(mql=Bar(**{"when": field("fit").ge(1)} | {name: value}))))
       for name in ("when", "stay")},
    **{f"attribute.{name}": (
        lambda value, name=name: _with(attributes={"x": Attribute(**{"type": "text"} | {name: value})}))
       for name in ("type", "weight")},
    **{f"leaf.{name}": (
        lambda value, name=name: _fit(
            criteria=[Criterion(when=Leaf(**{"field": "n", "op": "in", "value": (1,)} | {name: value}), points=1)]))
       for name in ("field", "op", "value", "ignore_case", "ignore_accents", "missing")},
    **{f"condition.{joint.__name__}": (
        lambda value, joint=joint: _fit(criteria=[Criterion(when=joint(value), points=1)]))
       for joint in (All, AnyOf, Not)},
    "condition.and": lambda value: _fit(criteria=[Criterion(when=HERE & value, points=1)]),
    "group beside mixed names": lambda value: _fit(
        groups={1: Cap(), "a": Cap()}, criteria=[Criterion(when=HERE, points=1, group=value)]),
    "condition_from_plain": condition_from_plain,
}  # fmt: skip
"""Every place of a model, as a function that builds a model with a value there."""


def _escaped(act):
    """Return the error that escaped, as text; nothing if the act came out well or was refused in our words."""
    try:
        act()
    except LeadqualError as error:
        str(error).encode()
    except _ANY as error:
        return f"{type(error).__name__}: {str(error)[:60]}"
    return ""


def _all_escaped(act, values=ODD):
    found = [(type(value).__name__, _escaped(lambda value=value: act(value))) for value in values]
    return [pair for pair in found if pair[1]]


@pytest.mark.parametrize("place", PLACES)
def test_model_with_an_odd_value_is_built_or_refused(place):
    """Whatever stands in a field of a model, ModelError says so; what is built also scores and explains itself."""
    build = PLACES[place]

    def act(value):
        model = build(value)
        if isinstance(model, ScoringModel):
            model.score(LEAD, [EVENT], now=NOW).explain()

    assert not _all_escaped(act)


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
        fit=Fit(criteria=[Criterion(when=HERE, points=1)]),
        interest=Interest(rules=[InterestRule(event="a", points=1, when=field("p").exists())]),
    )

    def act(value):
        event = Event(id="e1", lead_id="L1", kind="a", at=NOW, properties={"p": value})
        model.score(Lead(id="L1", attributes={"x": value}), now=NOW).explain()
        model.score(LEAD, [event, Event(id="e1", lead_id="L1", kind="a", at=NOW, properties={"p": value})], now=NOW)

    assert not _all_escaped(act, ODD_CELLS)


CALLS = {
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
