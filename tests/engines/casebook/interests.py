"""Interest: every kind of rule, limit, curve and bound; what is counted besides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import nan
from typing import Any

from .words import NOW, at, case, days, did, lead, leaf, rules, times

TINY = timedelta(microseconds=1)
CURVES: dict[str, Any] = {
    "half life": {"half_life": 30},
    "short half life": {"half_life": Decimal("0.25")},
    "odd half life": {"half_life": Decimal("6.97")},
    "linear": {"linear": 10},
    "odd linear": {"linear": Decimal("2.5")},
    "window": {"window": 7},
    "steps": {"steps": [[0, 1], [7, Decimal("0.5")], [30, Decimal("0.333333")]]},
    "none": "none",
}


def decay_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about decay."""
    ages = (0, 1, 2, 3, 6, 7, 8, 9, 10, 30, 31, 365, 366, 697, 2000)
    yield case(
        "decay",
        "The factor of each age is exact under every curve, and none is left beyond the last age.",
        rules(*({"event": name, "points": Decimal("99.99"), "decay": curve} for name, curve in CURVES.items())),
        leads=[lead(f"{name} {age}") for name in CURVES for age in ages],
        events=[did(f"{name} {age}", name, age, lead=f"{name} {age}") for name in CURVES for age in ages],
    )
    two = rules({"event": "a", "points": 1}, {"event": "b", "points": 1, "decay": "none"}, decay={"linear": 4})
    yield case(
        "decay of the axis",
        "A rule without a curve has that of the axis; `none` has none.",
        two,
        leads=[lead()],
        events=[did("1", "a", 1), did("2", "b", 3), did("3", "a", 4), did("4", "b", 9)],
    )


def rounding_cases() -> Iterator[dict[str, Any]]:
    """Yield cases in which a sum of floats, or a division, would be off by a unit."""
    shares = {"steps": [[1, Decimal("0.7")], [2, Decimal("0.5")], [3, Decimal("0.3")], [4, Decimal("0.2")],
                        [5, Decimal("0.1")], [6, Decimal("0.000001")]]}  # fmt: skip
    cents = [
        {"event": "plus", "points": Decimal("0.01"), "decay": shares},
        {"event": "minus", "points": Decimal("-0.01"), "decay": shares},
        {"event": "tenth", "points": Decimal("0.15"), "decay": shares},
        {"event": "third", "points": Decimal("-1.15"), "decay": shares},
    ]
    stories = {
        "half up": [("plus", 2)], "half of a loss up": [("minus", 2)], "just below": [("plus", 3), ("plus", 4)],
        "three tenths and two": [("plus", 3), ("plus", 4), ("minus", 6)], "sum to a half": [("plus", 5)] * 5,
        "seven tenths off": [("minus", 1)], "one and a half off": [("minus", 2)] * 3,
        "half and a bit": [("minus", 2), ("minus", 6)], "half less a bit": [("minus", 2), ("plus", 6)],
        "tenths": [("tenth", 1), ("tenth", 4), ("tenth", 5)], "many tenths": [("tenth", 5)] * 7 + [("tenth", 3)] * 3,
        "odd": [("third", 1), ("third", 3), ("tenth", 2)], "more odd": [("third", 5)] * 3 + [("plus", 4)],
        "nothing left": [("plus", 1), ("minus", 1)], "a millionth": [("plus", 6)], "a millionth off": [("minus", 6)],
        **{f"{n} of each": [("plus", 4)] * n + [("plus", 5)] * n + [("tenth", 3)] * n for n in range(1, 10)},
    }  # fmt: skip
    events = [
        did(f"{name}{n}", kind, age, lead=name)
        for name, story in stories.items()
        for n, (kind, age) in enumerate(story)
    ]
    yield case(
        "rounding",
        "Interest is rounded once, half up, after everything; no float is summed, nothing is cut off.",
        rules(*cents, min=-100),
        leads=[lead(name) for name in stories],
        events=events,
    )
    big = [{"event": "huge", "points": 10_000, "times": 100} for _ in range(100)]
    loss = [{"event": "huge", "points": -10_000, "times": 100} for _ in range(100)]
    yield case(
        "more than a double holds",
        "Sums beyond 2^53 grains stay exact.",
        rules(*big, {"event": "plus", "points": Decimal("0.01"), "decay": shares}, *loss, min=-100),
        leads=[lead(), lead("L2"), lead("L3")],
        events=[
            *times(100, "huge"),
            did("p", "plus", 2),
            *times(100, "huge", lead="L2"),
            did("q", "plus", 3, lead="L2"),
            did("r", "plus", 2, lead="L3"),
        ],
    )
    ends = [
        {"event": "up", "points": 10_000},
        {"event": "down", "points": -10_000},
        {"event": "both", "points": 10_000, "max": 1_000_000, "min": -1_000_000, "group": "g"},
        {"event": "both", "points": Decimal("0.01"), "group": "g"},
    ]
    yield case("silent bounds of interest", "Every rule, group and axis ends at a million points either way.",
               rules(*ends, min=-1_000_000, groups={"g": {}}),
               leads=[lead(name) for name in ("up", "down", "both", "cancel")],
               events=[*times(101, "up", lead="up"), *times(101, "down", lead="down"), *times(101, "both", lead="both"),
                       *times(102, "up", lead="cancel"), *times(99, "down", lead="cancel")])  # fmt: skip


def limit_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about what limits how often a rule counts."""
    counted = [
        did(f"e{n}", "view", ago) for n, ago in enumerate((0, 0, 0, 1, 1, 2, 6, 7, 8, 13, 14, 15, 29, 30, 31, 36, 37))
    ]
    faded = {"steps": [[n, Decimal(64 - n) / 64] for n in range(0, 40, 2)]}
    stretches = ({"days": 1, "times": 1}, {"days": 7, "times": 1}, {"days": 7, "times": 2}, {"days": 30, "times": 3})
    several = [{"event": f"view {n}", "points": 64, "per": per, "decay": faded} for n, per in enumerate(stretches)]
    several.append({"event": "view 4", "points": 64, "per_day": 2, "decay": faded})
    yield case(
        "per day, week and month",
        "In fixed stretches of days, the earliest few count; weeks begin on Monday.",
        rules(*several),
        leads=[lead(f"L{n}") for n in range(5)] + [lead(f"M{n}") for n in range(5)],
        events=[
            {**event, "id": f"{event['id']}-{n}", "kind": f"view {n}", "lead_id": f"L{n}"}
            for n in range(5)
            for event in counted
        ]
        + [did(f"f{n}-{ago}", f"view {n}", ago, lead=f"M{n}") for n in range(5) for ago in range(12)],
    )
    weighing = [
        {"event": "view", "points": 8, "weights": [1, Decimal("0.5"), Decimal("0.25")], "decay": {"linear": 20}},
        {"event": "click", "points": 8, "weights": [1, 1, Decimal("0.5"), 0], "max": 19},
        {"event": "form", "points": Decimal("1.5"), "times": 3, "decay": {"window": 5}},
        {"event": "call", "points": -4, "weights": [Decimal("0.75"), Decimal("0.5")]},
    ]
    ages = ((), (0,), (0, 0), (0, 1, 2), (5, 4, 3, 2, 1, 0), (3, 3, 3), (19, 20, 21), (0, 6, 6, 6), (2, 2, 1, 1))
    yield case("times and weights", "The newest day counts first, and nothing counts beyond the list.",
               rules(*weighing, min=-10), leads=[lead(f"L{n}") for n, _ in enumerate(ages)],
               events=[did(f"{n}{kind}{m}", kind, age, lead=f"L{n}") for n, some in enumerate(ages)
                       for kind in ("view", "click", "form", "call") for m, age in enumerate(some)])  # fmt: skip
    both = {
        "event": "view",
        "points": 16,
        "distinct_by": "asset",
        "per": {"days": 7, "times": 2},
        "times": 3,
        "decay": faded,
    }
    assets = "aabbcddeeffab"
    yield case(
        "limits in their order",
        "Distinct values first, then stretches of days, then the newest few, then decay and caps.",
        {"properties": {"asset": "text"}, **rules(both, {**both, "max": 20})},
        leads=[lead()],
        events=[did(f"e{n}", "view", 2.5 * n, asset=asset) for n, asset in enumerate(assets)],
    )


def mixed_cases() -> Iterator[dict[str, Any]]:
    """Yield cases in which rules of every sort look at the same events."""
    curve = {"steps": [[n, Decimal(32 - n) / 32] for n in range(0, 32, 4)]}
    sorts: list[dict[str, Any]] = [
        {},
        {"distinct_by": "asset"},
        {"distinct_by": "n"},
        {"distinct_by": "asset", "times": 2},
        {"distinct_by": "n", "weights": [1, Decimal("0.5")]},
        {"distinct_by": "asset", "per": {"days": 7, "times": 1}},
        {"distinct_by": "n", "per_day": 1},
        {"per_day": 1},
        {"per": {"days": 7, "times": 2}},
        {"times": 3},
        {"weights": [1, Decimal("0.5"), Decimal("0.5")]},
        {"max": 3},
        {"distinct_by": "asset", "max": 3},
        {"decay": "none"},
        {"distinct_by": "n", "decay": "none", "when": leaf("asset", "in", ["a", "é"])},
        {"when": leaf("n", "exists"), "times": 1},
    ]
    several = [
        {"event": "*" if n % 3 == 0 else ["a", "b"] if n % 3 == 1 else "a", "points": 2, **sort}
        for n, sort in enumerate(sorts)
    ]
    quiet = [{"event": "a", "inactivity": 2, "points": -3, "group": "g"}, {"event": "*", "inactivity": 1, "points": 1}]
    grouped = [{**rule, "group": "g"} for rule in several[1::2]] + quiet
    stories = ("a", "b", "c", "aa", "ab", "aab", "abc", "aaaabbbbcccc", "bca" * 5)
    events = [
        did(f"{story}{n}", kind, (n * 5) % 13 + n / 8, lead=story, asset="aébe\u0301"[n % 4], n=(n % 3) or None)
        for story in stories
        for n, kind in enumerate(story)
    ]
    yield case(
        "rules side by side",
        "Rules of every sort, with and without limits, look at the same events and do not get in each other's way.",
        {"properties": {"asset": "text", "n": "integer"}, **rules(*several, decay=curve)},
        leads=[lead(story) for story in stories],
        events=events,
    )
    yield case(
        "rules side by side, in a group",
        "The same in a group that has bounds, beside silence.",
        {
            "properties": {"asset": "text", "n": "integer"},
            **rules(*grouped, *several[::2], decay=curve, groups={"g": {"max": 15, "min": -2}}, min=-50),
        },
        leads=[lead(story) for story in stories],
        events=events,
    )
    for n, sort in enumerate(sorts[1:7]):
        pair = [{"event": "a", "points": 64, "distinct_by": "asset"}, {"event": "b", "points": -2, **sort}]
        yield case(
            f"a value once beside another rule, {n}",
            "What is counted by value is counted for its own rule only.",
            {"properties": {"asset": "text", "n": "integer"}, **rules(*pair, decay=curve, min=-50)},
            leads=[lead(story) for story in stories],
            events=events,
        )


def distinct_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about counting a value once."""
    values: dict[str, tuple[Any, ...]] = {
        "text": ("a", "A", "é", "e\u0301", "a ", "", None, "a", "ſ", "s", "\u212a", "K", "null", "%", "é\u0301", "日"),
        "boolean": (True, False, None, True, False, None),
        "integer": (0, 1, -1, None, 2**63 - 1, -(2**63), 0, 9007199254740992, 9007199254740993),
        "date": (date(2026, 1, 1), date(2026, 1, 1), None, date(1, 1, 1), date(9999, 12, 31), date(2026, 1, 2)),
        "instant": (days(1), days(1) + TINY, None, days(1).astimezone(at("2026-01-01T00:00:00+02:00").tzinfo),
                    datetime(1970, 1, 1, tzinfo=UTC)),
    }  # fmt: skip
    several = [
        {"event": type_name, "points": 1, "distinct_by": type_name, "decay": {"linear": 100}} for type_name in values
    ]
    events = []
    for type_name, of in values.items():
        events += [
            did(f"{type_name}{n}", type_name, n % 7, lead=type_name, **{type_name: value}) for n, value in enumerate(of)
        ]
        events += [
            did(f"{type_name}-{n}", type_name, 9, lead="L2", **{type_name: value}) for n, value in enumerate(of[:2])
        ]
        events.append(did(f"{type_name} absent", type_name, 3, lead=type_name))
    yield case("distinct values", "Of equal values the earliest day counts; events without one share a value.",
               {"properties": {name: name for name in values}, **rules(*several)},
               leads=[*map(lead, values), lead("L2")], events=events)  # fmt: skip


def cap_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about caps."""
    several = [
        {"event": "a", "points": 4, "max": 6, "group": "g"},
        {"event": "b", "points": 4, "max": 5, "group": "g"},
        {"event": "c", "points": -4, "min": -6, "group": "g"},
        {"event": "d", "points": Decimal("2.5"), "max": 5, "group": "h"},
        {"event": "e", "points": 3},
    ]
    stories = (
        "",
        "a",
        "aa",
        "aaa",
        "ab",
        "aab",
        "aabb",
        "aaabbb",
        "c",
        "cc",
        "aabbc",
        "aabbccc",
        "d",
        "dddd",
        "aabbdde",
        "e" * 9,
        "ccce",
        "aaabbbcccdddeee",
    )
    axis: dict[str, Any] = {"groups": {"g": {"max": 8, "min": -3}, "h": {"max": 4}}, "max": 16}
    events = [did(f"{story}{n}", kind, lead=f"L-{story}") for story in stories for n, kind in enumerate(story)]
    people = [lead(f"L-{story}") for story in stories]
    yield case(
        "caps of interest",
        "A rule is capped before its group, a group before the whole; interest is never below 0.",
        rules(*several, **axis),
        leads=people,
        events=events,
    )
    yield case("caps of interest, a bound below", "With a `min` the whole may be negative.",
               rules(*several, **axis, min=-4), leads=people, events=events)  # fmt: skip
    zero = [{"event": "a", "points": 4, "max": 0}, {"event": "b", "points": -4, "min": 0}, {"event": "d", "points": 0}]
    yield case("caps at zero", "A cap of zero lets nothing through.", rules(*zero, {"event": "e", "points": 1}, min=-9),
               leads=people, events=events)  # fmt: skip


def inactivity_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about falling silent."""
    several = [
        {"event": "*", "inactivity": 30, "points": -1, "min": -5},
        {"event": ["form", "call"], "inactivity": 7, "points": -10, "group": "quiet"},
        {
            "event": "view",
            "when": leaf("page", "eq", "/x"),
            "inactivity": 1,
            "points": Decimal("-0.25"),
            "group": "quiet",
        },
        {"event": "form", "inactivity": 10, "points": 2, "max": 7},
    ]
    playbook = {"properties": {"page": "text"},
                **rules(*several, groups={"quiet": {"min": -40}}, min=-100)}  # fmt: skip
    stories: dict[str, list[dict[str, Any]]] = {
        "never": [],
        "today": [did("t", "form", lead="today")],
        "six": [did("s", "form", 6, lead="six")],
        "seven": [did("v", "form", 7, lead="seven")],
        "fourteen": [did("x", "call", 14, lead="fourteen"), did("xx", "call", 40, lead="fourteen")],
        "year": [did("y", "other", 365, lead="year")],
        "ours": [did("o", "form", 70, by="us", lead="ours")],
        "ours later": [did("p", "form", 70, lead="ours later"), did("pp", "form", 1, by="us", lead="ours later")],
        "page": [did("q", "view", 20, page="/x", lead="page"), did("qq", "view", 3, page="/y", lead="page")],
        "later": [did("l", "form", 29, lead="later"), did("ll", "form", -1, lead="later")],
        "long": [did("m", "form", at=datetime(1970, 1, 1, tzinfo=UTC), lead="long")],
    }
    yield case("inactivity", "Silence is measured from the last own act of the kinds; without one there is none.",
               playbook, leads=[lead(name) for name in stories],
               events=[event for story in stories.values() for event in story])  # fmt: skip


def kind_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about what a rule matches and what an interaction is."""
    several = [
        {"event": "a", "points": 1},
        {"event": ["a", "b", "c"], "points": 10, "counts": False},
        {"event": "*", "points": 100},
        {"event": "*", "points": 1000, "when": leaf("n", "ge", 2)},
        {"event": "c", "points": -10_000, "times": 1},
        {"event": "d", "points": 0},
    ]
    bars = {
        "mql": {"when": {"all": [leaf("interactions", "ge", 2), leaf("active_days", "ge", 2)]},
                "stay": leaf("kinds", "has_any", ["a", "é"])},
        "sql": {"when": leaf("kinds", "has_all", ["a", "b"]), "stay": leaf("interactions", "le", 1)},
    }  # fmt: skip
    stories: dict[str, list[tuple[str, float, dict[str, Any]]]] = {
        "nothing": [],
        "a": [("a", 0, {})],
        "a twice a day": [("a", 0, {}), ("a", 0, {})],
        "a on two days": [("a", 0, {}), ("a", 1, {})],
        "b": [("b", 0, {"n": 2}), ("b", 1, {"n": 1}), ("b", 2, {"n": None})],
        "ours": [("a", 0, {"by": "us"}), ("b", 1, {"by": "us", "n": 5}), ("x", 2, {"by": "us"})],
        "c": [("c", 0, {}), ("c", 1, {})],
        "all": [("a", 1, {}), ("b", 2, {}), ("c", 3, {}), ("d", 4, {}), ("é", 5, {}), ("e\u0301", 5, {})],
        "memory": [("a", 30, {}), ("a", 31, {}), ("b", 30, {})],
        "old": [("a", 31, {}), ("b", 400, {"n": 9})],
        "later": [("a", -0.5, {}), ("a", 0, {"at": NOW}), ("b", 0, {"at": NOW + TINY})],
    }
    yield case(
        "kinds and interactions",
        "A named kind matches whoever acted; `*` and interactions are own acts only, each once.",
        {"properties": {"n": "integer"}, **rules(*several, memory=30, min=-10_000), "qualify": bars},
        leads=[lead(name) for name in stories],
        events=[
            did(f"{name}{n}", kind, ago, lead=name, **more)
            for name, story in stories.items()
            for n, (kind, ago, more) in enumerate(story)
        ],
    )
    tests = [
        leaf("page", "starts_with", "/p"), leaf("n", "between", [1, 3]), leaf("amount", "ge", Decimal("0.1")),
        leaf("done", "eq", True), leaf("due", "lt", "2026-01-01"), leaf("slot", "ge", "2026-10-01T00:00:00Z"),
        leaf("tags", "has", "é"), {"not": leaf("page", "exists")},
        {"all": [leaf("n", "ne", 2), {"not": {"any": [leaf("done", "eq", True), leaf("amount", "missing")]}}]},
    ]  # fmt: skip
    types = {"page": "text", "n": "integer", "amount": "number", "done": "boolean", "due": "date", "slot": "instant",
             "tags": "list"}  # fmt: skip
    properties: tuple[dict[str, Any], ...] = (
        {},
        {"page": "/p", "n": 1},
        {"page": "/P", "n": 4, "amount": 0.1},
        {"amount": 0.09999999999999999, "done": True},
        {"done": False, "due": date(2025, 12, 31)},
        {"due": date(2026, 1, 1), "slot": at("2026-10-01T00:00:00Z")},
        {"slot": at("2026-10-01T01:59:59.999999+02:00"), "tags": ["e\u0301"]},
        {"tags": [], "page": "", "amount": nan},
        {"n": 2, "amount": -0.0, "tags": ["é", "x"], "page": "/pé"},
        {"n": 3, "amount": 1e308, "undeclared": "x"},
    )
    yield case(
        "conditions on events",
        "A rule may test properties of any type; a missing one meets nothing.",
        {
            "properties": types,
            **rules(*({"event": "view", "when": test, "points": 2**n} for n, test in enumerate(tests))),
        },
        leads=[lead(f"L{n}") for n, _ in enumerate(properties)],
        events=[did(f"e{n}", "view", lead=f"L{n}", **some) for n, some in enumerate(properties)],
    )
