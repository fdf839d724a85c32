"""A score stays what it is, whatever the caller's program sets or changes around it."""

import decimal
from datetime import timedelta
from typing import Any

import pytest

from leadqual.axis import Cap
from leadqual.conditions import field
from leadqual.event import Event
from leadqual.fit import Criterion, Fit, Table
from leadqual.interest import Interest, InterestRule
from leadqual.lead import Lead
from leadqual.playbook import loads
from leadqual.scoring import Combine, ScoringModel
from tests.hostile.odd import NOW, RULE

LEAD = Lead(id="L1")


def _fit(**parts):
    return ScoringModel(attributes={"x": "text", "n": "number"}, fit=Fit(**parts))


@pytest.mark.parametrize("precision", [3, 6, 9])
def test_score_does_not_depend_on_the_decimal_context(precision):
    """A program that computes with few digits, small exponents or traps gets the same score and fingerprint."""

    def outcome():
        document = (
            'schema = 1\nname = "n"\nversion = "1"\n[fit]\nmax = 234567.89\n[[fit.criteria]]\npoints = 9876.54\n'
            'when = { field = "id", op = "exists" }\n[interest]\ndecay = { half_life = 30.25 }\n[[interest.rules]]\n'
            'event = "a"\npoints = 1234.56\nweights = [1, 0.5, 0.25]\n'
            '[combine]\nkind = "sum"\nfit = 0.33\ninterest = 12.34'
        )
        model = loads(document).model
        events = [Event(id=f"e{i}", lead_id="L1", kind="a", at=NOW - timedelta(days=i)) for i in range(5)]
        score = model.score(LEAD, events, now=NOW)
        lines = [(line.raw, line.limits, line.decay, line.cap, line.points) for line in score.lines]
        return score.fit, score.interest, score.total, score.completeness, lines, score.explain(), model.fingerprint

    with decimal.localcontext(decimal.Context()):
        expected = outcome()
    with decimal.localcontext(decimal.Context(prec=precision, rounding=decimal.ROUND_UP)):
        assert outcome() == expected
    with decimal.localcontext(decimal.Context(Emax=3, Emin=-3)):
        assert outcome() == expected
    with decimal.localcontext(decimal.Context(traps=[decimal.Inexact, decimal.Rounded, decimal.FloatOperation])):
        assert outcome() == expected


def test_model_keeps_its_meaning_when_what_it_was_built_from_changes():
    """Dicts and lists that were passed may be changed afterwards; scores, ledger and fingerprint stay."""
    tables: dict[str, Any] = {
        "attributes": {"x": "text"}, "properties": {"p": "text"}, "lists": {"words": ["a"]},
        "groups": {"g": Cap(max=5)},
        "grades": {"A": 1, "B": 0}, "levels": {"1": 1}, "cells": {"A1": 7}, "values": {"a": 1},
        "criteria": [Criterion(when=field("x").is_in("@words"), points=2)], "rules": [RULE], "weights": [1],
    }  # fmt: skip

    def build():
        return ScoringModel(
            attributes=tables["attributes"],
            properties=tables["properties"],
            lists=tables["lists"],
            fit=Fit(
                criteria=tables["criteria"],
                tables=[Table(field="x", values=tables["values"])],
                grades=tables["grades"],
            ),
            interest=Interest(
                rules=[
                    *tables["rules"],
                    InterestRule(event="a", points=9, group="g", weights=tables["weights"], distinct_by="p"),
                ],
                groups=tables["groups"],
                levels=tables["levels"],
            ),
            combine=Combine(kind="matrix", cells=tables["cells"]),
        )

    def outcome(model):
        event = Event(id="e1", lead_id="L1", kind="a", at=NOW, properties={"p": "q"})
        score = model.score(Lead(id="L1", attributes={"x": "a"}), [event, event], now=NOW)
        return score.total, score.label, score.groups, score.explain(), model.fingerprint

    expected, model = outcome(build()), build()
    for table in tables.values():
        if isinstance(table, dict):
            table["p"] = "integer"
            table.pop(next(iter(table)))
        else:
            table.clear()
    assert outcome(model) == expected


def test_score_keeps_what_it_read_when_the_lead_is_changed_afterwards():
    """A score that was given stays what it was, however its lead's dict is changed later."""
    attributes: dict[str, object] = {"x": "a"}
    model = _fit(criteria=[Criterion(when=field("x").eq("a"), points=1)])
    score = model.score(Lead(id="L1", attributes=attributes), now=NOW)
    attributes["x"] = object()
    assert (score.fit, score.completeness) == (1, 50)
