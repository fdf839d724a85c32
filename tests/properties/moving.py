"""Seeded leads whose scores move with time, and bars that lie where they pass: drawn fast, a thousand in seconds."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from attrs import evolve

from leadqual.conditions.nodes import All, AnyOf, Condition, Leaf, Not
from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.scoring import Bar, Combine, Qualify, Score, ScoringModel

from .built import model_built_in_python
from .vocabulary import AGES, CAPS, CURVES, DAY_STARTS, FLOORS, INTEREST_GROUPS, NOWS, POINTS, POINTS_TO_WEIGH, WEIGHTS

ORDER = ("lt", "le", "gt", "ge", "ge", "ge")
POINTS_READ = ("interest", "interest", "total", "group.web", "group.intent")
COUNTS_READ = ("interactions", "active_days", "days_since_activity", "days_since_contact", "level")
COMBINERS: tuple[dict[str, Any], ...] = (
    {},
    {"interest": Decimal("-0.5")},
    {"kind": "minimum"},
    {"kind": "gate", "interest": -1, "floors": {"interest": 3, "fit": 1}},
    {"kind": "gate", "floors": {"interest": Decimal("6.5")}},
    {"kind": "matrix", "cells": {"A1": 100, "A2": 7, "-2": 100, "B3": -5}},
)


ACTS: tuple[tuple[str, Literal["lead", "us"]], ...] = (
    ("open", "lead"),
    ("click", "lead"),
    ("visit", "lead"),
    ("open", "us"),
)


class Moving(NamedTuple):
    """A lead with its events up to now, a model with bars, and its score."""

    model: ScoringModel
    lead: Lead
    events: list[Event]
    score: Score


def _rule(rng: random.Random) -> dict[str, Any]:
    rule: dict[str, Any] = {"event": rng.choice(("open", "click", "visit", "*")), "points": rng.choice(POINTS)}
    shape = rng.randrange(8)
    if shape == 0:
        rule |= {"inactivity": rng.choice((1, 2, 5, 30)), "points": rng.choice((-10, Decimal("-1.5"), -1, 2))}
    elif shape == 1:
        rule |= {"points": rng.choice(POINTS_TO_WEIGH), "weights": rng.choice(WEIGHTS)}
    elif shape == 2:
        rule["times"] = rng.choice((1, 2))
    elif shape == 3:
        rule["per"] = {"days": rng.choice((1, 7)), "times": 1}
    elif shape == 4:
        rule["distinct_by"] = "asset"
    if shape and rng.random() < 0.7:
        rule["decay"] = rng.choice(CURVES)
    if rng.random() < 0.5:
        rule["group"] = rng.choice(INTEREST_GROUPS)
    return rule | _caps(rng)


def _caps(rng: random.Random) -> dict[str, Any]:
    caps: dict[str, Any] = {"max": rng.choice(CAPS)} if rng.random() < 0.3 else {}
    return caps | ({"min": rng.choice(FLOORS)} if rng.random() < 0.3 else {})


def _document(rng: random.Random) -> dict[str, Any]:
    interest: dict[str, Any] = {"rules": [_rule(rng) for _ in range(rng.randint(1, 4))], **_caps(rng)}
    interest["groups"] = {name: _caps(rng) for name in INTEREST_GROUPS}
    interest["memory"] = rng.choice((0, 10, 30, 365))
    if rng.random() < 0.7:
        interest["levels"] = {"1": 10, "2": Decimal("6.5"), "3": 1}
    return {
        "properties": {"asset": "text"},
        "attributes": {"vip": "boolean"},
        "day_starts": rng.choice(DAY_STARTS),
        "fit": {
            "criteria": [{"when": {"field": "vip", "op": "eq", "value": True}, "points": 5}],
            "grades": {"A": 5, "B": 0},
            "gates": [{"reason": "rival", "when": {"field": "email", "op": "exists"}}],
        },
        "interest": interest,
    }


def _event(rng: random.Random, number: int, now: datetime) -> Event:
    at = now - timedelta(days=rng.choice(AGES[:-2]), hours=rng.randrange(24))
    kind, by = rng.choice(ACTS)
    properties = {"asset": rng.choice(("a", "b", None))}
    return Event(id=f"e{number}", lead_id="L1", kind=kind, by=by, at=at, properties=properties)


def _leaf(rng: random.Random, scores: Sequence[Score]) -> Leaf:
    """Draw a comparison with what a score is now or will be, or with what lies beside it."""
    score = rng.choice(scores)
    if rng.random() < 0.6:
        name = rng.choice(POINTS_READ)
        near = score.groups[name[6:]] if name.startswith("group.") else getattr(score, name)
        near += rng.choice((0, 0, Decimal("0.01"), Decimal("-0.01")))
    elif rng.random() < 0.2:
        return Leaf(field="kinds", op="has_any", value=(rng.choice(("open", "click")), "visit"))
    elif rng.random() < 0.2:
        return Leaf(field="label", op="in", value=(score.label or "A", "B2"))
    else:
        name = rng.choice(COUNTS_READ)
        near = (getattr(score, name) or 0) + rng.choice((0, 0, 1, -1))
    op = rng.choice((*ORDER, "eq", "ne", "between", "not_in"))
    if op == "between":
        return Leaf(field=name, op=op, value=(near - 1, near + rng.choice((0, 2))))
    return Leaf(field=name, op=op, value=(near, near + 3) if op == "not_in" else near)


def _condition(rng: random.Random, scores: Sequence[Score], depth: int = 2) -> Condition:
    shape = rng.randrange(6) if depth else 0
    if shape < 3:
        return _leaf(rng, scores)
    if shape == 3:
        return Not(_condition(rng, scores, depth - 1))
    parts = tuple(_condition(rng, scores, depth - 1) for _ in range(2))
    return All(parts) if shape == 4 else AnyOf(parts)


def moving(seed: int) -> Moving:
    """Draw a lead, its events and a playbook; the same ones for the same seed.

    Half of the bars are turned, where they need it, so that the lead meets them now.
    """
    rng = random.Random(seed)
    now = rng.choice(NOWS)
    model = model_built_in_python(_document(rng))
    graded = bool(model.interest.levels)
    model = evolve(model, combine=Combine(**rng.choice(COMBINERS if graded else COMBINERS[:-1])))
    lead = Lead(id="L1", attributes={"vip": True} if rng.random() < 0.5 else {})
    if rng.random() < 0.03:
        lead = Lead(id="L1", email="a@rival.example")
    events = [_event(rng, number, now) for number in range(rng.randint(0, 12))]
    events = [event for event in events if event.at <= now]
    ahead = [now, *(now + timedelta(days=rng.choice((1, 5, 20, 90))) for _ in range(3) if now.year < 2199)]
    scores = [model.score(lead, events, now=at) for at in ahead]
    bars = {}
    for name in ("mql", "sql"):
        bar = Bar(when=_condition(rng, scores), stay=_condition(rng, scores) if rng.random() < 0.5 else None)
        met = name in evolve(model, qualify=Qualify(**{name: bar})).score(lead, events, now=now).qualifies
        turn = not met and rng.random() < 0.5 and not lead.email
        bars[name] = evolve(bar, when=Not(bar.when)) if turn else bar
    model = evolve(model, qualify=Qualify(**bars))
    return Moving(model, lead, events, model.score(lead, events, now=now))
