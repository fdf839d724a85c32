"""What holds of a whole base: which events count, days, bars, combiners, empty sets, objectives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import nan
from typing import Any

from .words import NOW, at, case, days, did, lead, leaf, rules, times

TINY = timedelta(microseconds=1)
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
ROME = at("2026-01-01T00:00:00+02:00").tzinfo


def dedupe_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about copies, conflicts and events of nobody."""
    types = {"asset": "text", "n": "integer", "amount": "number", "tags": "list", "slot": "instant", "due": "date",
             "done": "boolean"}  # fmt: skip
    playbook = {"properties": types, **rules({"event": ["a", "é"], "points": 1}, {"event": "b", "points": 100})}
    same = [
        did("exact", "a", 1, asset="x", n=1),
        did("exact", "a", 1, asset="x", n=1),
        did("exact", "a", 1, asset="x", n=1),
        did("composed", "a", 1, asset="é", tags=["é"]),
        did("composed", "a", 1, asset="e\u0301", tags=["e\u0301"]),
        did("zero", "a", 1, amount=0.0),
        did("zero", "a", 1, amount=-0.0),
        did("missing", "a", 1, asset="", amount=nan, tags=[], n=None),
        did("missing", "a", 1),
        did("missing", "a", 1, tags=[""], asset=None),
        did("zone", "a", 1, slot=days(3)),
        did("zone", "a", at=days(1).astimezone(ROME), slot=days(3).astimezone(ROME)),
        did("kind", "é", 1),
        did("kind", "e\u0301", 1),
        did("undeclared", "a", 1, other="x"),
        did("undeclared", "a", 1, other="y"),
    ]
    yield case(
        "copies",
        "Copies are one event however they are written: composed or not, -0.0 or 0.0, any kind of missing.",
        playbook,
        leads=[lead()],
        events=same,
    )
    pairs: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
        "kind": (did("1", "a"), did("1", "b")),
        "at": (did("1", "a"), did("1", "a", at=NOW - TINY)),
        "by": (did("1", "a"), did("1", "a", by="us")),
        "lead": (did("1", "a"), did("1", "a", lead="other")),
        "orphan": (did("1", "a", lead="nobody"), did("1", "a", lead="noone")),
        "text": (did("1", "a", asset="x"), did("1", "a", asset="X")),
        "space": (did("1", "a", asset="x"), did("1", "a", asset="x ")),
        "integer": (did("1", "a", n=9007199254740992), did("1", "a", n=9007199254740993)),
        "number": (did("1", "a", amount=0.1), did("1", "a", amount=0.10000000000000002)),
        "order": (did("1", "a", tags=["x", "y"]), did("1", "a", tags=["y", "x"])),
        "list": (did("1", "a", tags=["x", "y"]), did("1", "a", tags=["xy"])),
        "date": (did("1", "a", due=date(1, 1, 1)), did("1", "a", due=date(1, 1, 2))),
        "boolean": (did("1", "a", done=False), did("1", "a")),
        "zero": (did("1", "a", n=0), did("1", "a")),
        "future": (did("1", "a", -2), did("1", "b", -2)),
        "before since": (did("1", "a", 40), did("1", "b", 40)),
    }
    events = []
    for name, two in pairs.items():
        who = {event["lead_id"]: event["lead_id"] for event in two} | {"L1": name}
        events += [{**event, "id": f"c-{name}", "lead_id": who[event["lead_id"]]} for event in two]
        events.append(did(f"k-{name}", "a", 1, lead=name))
    three = [
        did("c-three", "b", 1),
        did("c-three", "a", 1),
        did("c-three", "a", 1),
        did("c-three", "é", 1),
        did("k-three", "b", 1),
    ]
    yield case("conflicts", "One id with two contents counts for nobody, wherever and whenever both are.", playbook,
               leads=[lead(name, **({"since": days(30)} if name == "before since" else {})) for name in pairs]
               + [lead("other"), lead("L1")], events=[*events, *three])  # fmt: skip
    unknown = [
        did("1", "a", lead="L1"),
        did("2", "a", lead="nobody"),
        did("2", "a", lead="nobody"),
        did("3", "b", -5, lead="l1"),
        did("4", "x", lead="L1 "),
        did("5", "a", lead="Ł1", by="us"),
    ]
    yield case("events of nobody", "Events of unknown leads are counted, each once, and score nothing.", playbook,
               leads=[lead(), lead("L2")], events=unknown)  # fmt: skip
    yield case(
        "a lead that comes twice",
        "Two equal rows are one lead.",
        {
            "attributes": {"title": "text"},
            "fit": {"criteria": [{"when": leaf("title", "eq", "x"), "points": 2}]},
            **rules({"event": "a", "points": 1}),
        },
        leads=[lead(title="x"), lead("L2"), lead(title="x")],
        events=[did("1", "a"), did("2", "a", 3)],
    )


def time_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about which events count, and about days."""
    moments = {
        "now": NOW,
        "a moment later": NOW + TINY,
        "a moment before": NOW - TINY,
        "first": FIRST,
        "last": LAST,
        "midnight": at("2026-11-01T00:00:00Z"),
        "before midnight": at("2026-10-31T23:59:59.999999Z"),
    }
    fading = rules({"event": "a", "points": 1, "decay": {"linear": 40_00}}, {"event": "a", "points": 1000})
    yield case("as of now", "An event at `now` counts, one a moment later does not.", fading,
               leads=[lead(name) for name in moments],
               events=[did(name, "a", at=when, lead=name) for name, when in moments.items()])  # fmt: skip
    starts = ("-06:00", "+05:30", "+14:00")
    edges = [
        at(f"2026-10-{day:02}T{clock}Z")
        for day in (25, 26, 31)
        for clock in (
            "00:00:00",
            "06:00:00",
            "05:59:59.999999",
            "18:30:00",
            "18:29:59.999999",
            "10:00:00",
            "09:59:59.999999",
            "12:00:00",
            "11:59:59.999999",
            "23:59:00",
            "23:59:59.999999",
        )
    ]
    for start in starts:
        weekly = {"event": "a", "points": 1, "per": {"days": 7, "times": 1}, "decay": {"linear": 30}}
        daily = {"event": "a", "points": 100, "decay": {"linear": 10}}
        yield case(f"days start at {start}", "A day is the date at one fixed offset, for ages and for weeks.",
                   {"day_starts": start, **rules(weekly, daily)},
                   leads=[lead(f"L{n:02}") for n, _ in enumerate(edges)] + [lead("all")],
                   events=[did(f"e{n}", "a", at=edge, lead=f"L{n:02}") for n, edge in enumerate(edges)]
                   + [did(f"f{n}", "a", at=edge, lead="all") for n, edge in enumerate(edges)])  # fmt: skip
    for start, now in (("-12:00", FIRST + TINY), ("+14:00", LAST)):
        year = now.year
        yield case(
            f"the end of time, {year}",
            "The first and the last instant are instants like others.",
            {
                "day_starts": start,
                **rules(
                    {"event": "a", "points": 64, "per": {"days": 30, "times": 2}, "decay": {"half_life": 36_500}},
                    {"event": "*", "inactivity": 36_500, "points": 1},
                ),
            },
            leads=[lead(), lead("L2", since=FIRST), lead("L3", since=LAST)],
            now=now,
            events=[
                did(f"{who}{n}", "a", at=when, lead=who)
                for who in ("L1", "L2", "L3")
                for n, when in enumerate((FIRST, FIRST + TINY, LAST, FIRST + timedelta(days=40_000)))
            ],
        )
    since = days(10)
    playbook = {
        "properties": {"asset": "text"},
        **rules(
            {"event": "a", "points": 1},
            {"event": "a", "points": 10, "distinct_by": "asset", "decay": {"linear": 50}},
            {"event": "*", "inactivity": 5, "points": -100},
            {"event": "a", "points": 5, "per": {"days": 30, "times": 1}, "decay": {"linear": 50}},
            min=-10_000,
        ),
        "qualify": {
            "mql": {"when": leaf("interactions", "ge", 1)},
            "sql": {"when": leaf("days_since_contact", "ge", 0)},
        },
    }
    told = [
        did("same", "a", at=since, asset="x"),
        did("before", "a", at=since - TINY, asset="x"),
        did("old", "a", 20, asset="y"),
        did("ours", "mail", 15, by="us"),
        did("new", "a", 4, asset="y"),
    ]
    people = {"L1": None, "L2": since, "L3": since + TINY, "L4": days(-1), "L5": days(3)}
    yield case(
        "since",
        "What is before `since` does not count for anything, not even as silence or contact.",
        playbook,
        leads=[lead(name, **({} if when is None else {"since": when})) for name, when in people.items()],
        events=[{**event, "id": f"{event['id']}-{name}", "lead_id": name} for name in people for event in told],
    )


def together_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about what is made of both axes."""
    base = {
        "attributes": {"size": "integer"},
        "fit": {
            "tables": [
                {
                    "field": "size",
                    "bands": [*({"below": n, "points": n} for n in (-7, 3, 10, 25)), {"points": 30}],
                    "missing": 3,
                }
            ],
            "min": -100,
            "grades": {"A": 25, "B": 10, "C": Decimal("0.01"), "D": -5},
        },
        **rules(
            {"event": "a", "points": Decimal("3.33")},
            {"event": "b", "points": Decimal("-2.15")},
            min=-100,
            levels={"1": 9, "2": Decimal("3.33"), "3": 0, "9": -3},
        ),
    }
    people = [lead(f"{size}-{n}", **({} if size is None else {"size": size})) for size in (None, -8, 2, 9, 99)
              for n in ("", "a", "aaa", "bb", "aab")]  # fmt: skip
    events = [did(f"{one['id']}-{n}", kind, lead=one["id"]) for one in people
              for n, kind in enumerate(one["id"].rpartition("-")[2])]  # fmt: skip
    combiners: dict[str, dict[str, Any]] = {
        "sum by default": {},
        "sum with weights": {"combine": {"kind": "sum", "fit": Decimal("0.15"), "interest": Decimal("-0.35")}},
        "minimum": {"combine": {"kind": "minimum"}},
        "gate": {"combine": {"kind": "gate", "fit": Decimal("0.5"), "floors": {"fit": 3, "interest": Decimal("3.33")}}},
        "gate without floors": {"combine": {"kind": "gate", "interest": Decimal("0.45")}},
        "matrix": {
            "combine": {"kind": "matrix", "cells": {"A1": 100, "B2": Decimal("6.5"), "-3": -4, "C9": 1_000_000}}
        },
    }
    for name, joined in combiners.items():
        yield case(f"total by {name}", "Both rounded scores join into one, rounded half up again.", {**base, **joined},
                   leads=people, events=events)  # fmt: skip
    plain = {**base, "fit": {key: part for key, part in base["fit"].items() if key != "grades"}}
    yield case(
        "label without grades",
        "Without grades a label is the level alone.",
        {
            **plain,
            "combine": {"kind": "matrix", "cells": {"1": 5, "9": -5}},
            "qualify": {"mql": {"when": leaf("label", "eq", "3")}},
        },
        leads=people,
        events=events,
    )


def bar_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about bars over every name that they may read."""
    read = {
        "fit": leaf("fit", "ge", Decimal("6.66")),
        "fit_high": leaf("fit_high", "between", [10, 20]),
        "interest": leaf("interest", "lt", Decimal("5.01")),
        "total": leaf("total", "in", [0, Decimal("6.66"), Decimal("11.66")]),
        "grade": leaf("grade", "in", ["A", "-"]),
        "not grade": {"not": leaf("grade", "ne", "B")},
        "level": leaf("level", "le", 2),
        "label": leaf("label", "starts_with", "a", ignore_case=True),
        "completeness": leaf("completeness", "ge", Decimal("33.33")),
        "interactions": leaf("interactions", "not_in", [0, 2]),
        "active_days": leaf("active_days", "gt", 1),
        "kinds": leaf("kinds", "has_any", ["a", "É"], ignore_case=True),
        "no kinds": leaf("kinds", "missing"),
        "group": leaf("group.g", "ge", 5),
        "days_since_activity": leaf("days_since_activity", "between", [1, 5]),
        "no activity": {"not": leaf("days_since_activity", "exists")},
        "days_since_contact": leaf("days_since_contact", "lt", 3, missing=True),
        "stage": leaf("stage", "in", ["mql", "sql"]),
        "no stage": {"not": leaf("stage", "eq", "mql")},
        "state": {
            "any": [
                leaf("days_in_stage", "ge", 0),
                leaf("attempts", "exists"),
                leaf("furthest", "eq", "mql"),
                leaf("cycle", "missing"),
            ]
        },
        "person": {"all": [leaf("persona", "missing"), {"not": leaf("need", "eq", "x")}]},
        "lead": {
            "all": [
                leaf("title", "exists"),
                leaf("acquisition", "ne", "outbound"),
                leaf("email", "domain_in", ["x.example"]),
            ]
        },
    }
    playbook: dict[str, Any] = {
        "attributes": {"title": "text", "size": "integer", "topics": "list"},
        "fit": {
            "criteria": [
                {"when": leaf("title", "eq", "CTO"), "points": Decimal("6.66")},
                {"when": leaf("size", "ge", 10), "points": 10},
            ],
            "grades": {"A": 10, "B": Decimal("6.66"), "C": 0},
        },
        "interest": {
            "rules": [
                {"event": "a", "points": 5, "group": "g"},
                {"event": "é", "points": Decimal("0.01"), "group": "g"},
                {"event": "mail", "points": 0},
            ],
            "groups": {"g": {"max": 9}},
            "levels": {"1": 9, "2": 5, "3": 0},
        },
    }
    people = [
        lead("none"),
        lead("cto", title="CTO", stage="mql", email="a@x.example", acquisition="inbound"),
        lead("big", size=10, stage="sql", topics=["x"]),
        lead("both", title="CTO", size=11, stage="won", acquisition="outbound", email="a@X.example"),
        lead("other", title="é", size=9, topics=["x"], stage="", email="x.example", acquisition="partner"),
    ]
    events = [
        did("1", "a", 0, lead="cto"), did("2", "a", 1, lead="cto"), did("3", "mail", 2, by="us", lead="cto"),
        did("4", "é", 5, lead="big"), did("5", "e\u0301", 6, lead="big"), did("6", "mail", 3, by="us", lead="big"),
        did("7", "nothing", 1, lead="both"), did("8", "a", 7, by="us", lead="both"),
        did("9", "a", 400, lead="other"), did("10", "a", 0, lead="other"), did("11", "É", 1, lead="other"),
    ]  # fmt: skip
    names = list(read)
    names += names[: -len(names) % 4]
    for n in range(0, len(names), 4):
        first, second, third, fourth = names[n : n + 4]
        bars = {"mql": {"when": read[first], "stay": read[second]}, "sql": {"when": read[third], "stay": read[fourth]}}
        yield case(f"bars over {first}, {second}, {third}, {fourth}",
                   "A bar compares exact scores; one that is not met may still be kept.",
                   {**playbook, "qualify": bars}, leads=people, events=events)  # fmt: skip


def empty_cases() -> Iterator[dict[str, Any]]:
    """Yield cases in which something is not there."""
    full = {
        "attributes": {"title": "text"},
        "fit": {"criteria": [{"when": leaf("title", "missing"), "points": 5}], "grades": {"A": 5, "B": 0}},
        **rules({"event": "a", "points": 5}, {"event": "*", "inactivity": 1, "points": -1}, levels={"1": 5, "2": 0}),
        "qualify": {"mql": {"when": leaf("interest", "ge", 5)}},
    }
    yield case("no leads", "Nobody to score is no error.", full, leads=[], events=[did("1", "a"), did("1", "a")])
    yield case("no events", "Leads without events are scored.", full, leads=[lead(), lead("L2", title="x")])
    yield case("nobody and nothing", "An empty base is a base.", full, leads=[])
    yield case("no rules", "A playbook that says nothing scores 0.", {}, leads=[lead(), lead("L2", email="x")],
               events=[did("1", "a"), did("2", "b", lead="L3")])  # fmt: skip
    yield case("nothing matches", "Events that no rule names are no error.", full, leads=[lead()],
               events=[did("1", "b", 9), did("2", "c", 8, by="us")])  # fmt: skip
    yield case(
        "nothing is known",
        "Columns without a single value are columns.",
        {
            "attributes": {
                "title": "text",
                "n": "integer",
                "r": "number",
                "b": "boolean",
                "d": "date",
                "i": "instant",
                "t": "list",
            },
            "properties": {"asset": "text", "k": "integer", "tags": "list"},
            "fit": {
                "criteria": [
                    {"when": {"not": leaf(name, "exists")}, "points": 2**n} for n, name in enumerate("nrbdit")
                ],
                "tables": [{"field": "n", "bands": [{"below": 0, "points": 1000}, {"points": 0}], "missing": 64}],
            },
            **rules(
                {"event": "a", "points": 1, "distinct_by": "asset"},
                {"event": "a", "points": 10, "when": leaf("tags", "missing")},
            ),
        },
        leads=[lead(), lead("L2")],
        events=[did("1", "a"), did("2", "a", 1), did("3", "a", lead="L2")],
    )


def label_cases() -> Iterator[dict[str, Any]]:
    """Yield cases of bars that ask for a label, with and without what it is made of."""
    for graded, levelled in ((False, False), (True, False), (False, True)):
        grades = {"grades": {"A": 10, "B": 0}} if graded else {}
        levels: dict[str, Any] = {"levels": {"1": 5, "2": 0}} if levelled else {}
        playbook = {
            "attributes": {"size": "integer"},
            "fit": {"criteria": [{"when": leaf("size", "ge", 10), "points": 10}], **grades},
            **rules({"event": "a", "points": 5}, **levels),
            "qualify": {
                "mql": {
                    "when": leaf("label", "contains_any", ["A", "1", "x"]),
                    "stay": {"all": [leaf("label", "missing"), leaf("size", "missing")]},
                },
                "sql": {
                    "when": {"any": [leaf("label", "ne", "A"), leaf("label", "not_in", ["1", "A1"])]},
                    "stay": leaf("label", "starts_with", ["B", "2"], missing=True),
                },
            },
        }
        made_of = " and ".join([*(["grades"] if graded else []), *(["levels"] if levelled else [])])
        yield case(f"label of {made_of or 'nothing'}", "A label without letters or digits is missing.", playbook,
                   leads=[lead(), lead("L2", size=10), lead("L3", size=1)],
                   events=[did("1", "a"), did("2", "a", lead="L3")])  # fmt: skip


def objective_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about pricing a lead differently."""
    playbook = {
        "attributes": {"size": "integer", "country": "text"},
        "fit": {
            "criteria": [{"name": "Spain", "when": leaf("country", "eq", "ES"), "points": 10}],
            "tables": [{"name": "Size", "field": "size", "bands": [{"below": 50, "points": 4}, {"points": 12}]}],
            "grades": {"A": 20, "B": 10, "C": 0},
        },
        **rules(
            {"name": "Form", "event": "form", "points": 6},
            {"name": "View", "event": "view", "points": 1, "per_day": 1},
            levels={"1": 6, "2": 0},
        ),
        "qualify": {"mql": {"when": leaf("total", "ge", 20)}},
        "objectives": {
            "small": {"bands": {"Size": [12, 4]}},
            "abroad": {
                "based_on": "small",
                "criteria": {"Spain": -5},
                "rules": {"Form": Decimal("7.5")},
                "combine": {"kind": "minimum"},
            },
        },
    }
    people = [lead(), lead("L2", size=49, country="ES"), lead("L3", size=50), lead("L4", size=500, country="ES")]
    events = [*times(2, "form", 1, lead="L2"), *times(3, "view", 1, lead="L3"), *times(1, "form", lead="L4")]
    for name in (None, "small", "abroad"):
        yield case(f"objective {name or 'of the playbook'}", "An objective is a model of its own over the same base.",
                   playbook, leads=people, events=events, objective=name)  # fmt: skip
