"""Fit: numbers, days and instants; criteria, tables, groups, gates, what is unknown, completeness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from math import nan
from typing import Any

from .words import at, case, criteria, lead, leaf

LOW, HIGH = -(2**63), 2**63 - 1
EDGE = (
    0.1,
    0.30000000000000004,
    0.3,
    5e-324,
    -5e-324,
    1e308,
    -1e308,
    1.7976931348623157e308,
    0.0,
    -0.0,
    nan,
    None,
    1.0,
    9007199254740993.0,
    2.5,
    -2.5,
    1e-7,
)


def _sum(tests: Sequence[Any]) -> list[dict[str, Any]]:
    """Return a criterion for each test, so that the fit says which held."""
    return [{"when": test, "points": 2**n} for n, test in enumerate(tests)]


def _people(name: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    return [*(lead(f"L{n:02}", **{name: value}) for n, value in enumerate(values)), lead("absent")]


def value_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about comparing what is no text."""
    tests = [
        leaf("revenue", "eq", Decimal("0.1")),
        leaf("revenue", "gt", Decimal("0.3")),
        leaf("revenue", "ge", 0),
        leaf("revenue", "lt", 0),
        leaf("revenue", "between", [Decimal("-2.5"), Decimal("2.5")]),
        leaf("revenue", "in", [1, Decimal("0.30000000000000004"), Decimal("1E+308")]),
        leaf("revenue", "not_in", [0, Decimal("1.0")]),
        leaf("revenue", "ne", 0),
        {"not": leaf("revenue", "le", Decimal("2.5"))},
        leaf("revenue", "eq", 9007199254740993),
        leaf("revenue", "lt", Decimal("1E-7"), missing=True),
    ]
    yield case("numbers", "Doubles compare exactly; zero has one sign, and NaN is missing.",
               criteria(*_sum(tests), attributes={"revenue": "number"}), leads=_people("revenue", EDGE))  # fmt: skip
    tests = [
        leaf("size", "eq", HIGH),
        leaf("size", "eq", LOW),
        leaf("size", "gt", HIGH - 1),
        leaf("size", "lt", LOW + 1),
        leaf("size", "between", [-1, 1]),
        leaf("size", "in", [0, 9007199254740993]),
        leaf("size", "not_in", [0, 1]),
        leaf("size", "ge", 9007199254740993),
        {"not": leaf("size", "ge", 0)},
        leaf("size", "ne", 2, missing=True),
    ]
    sizes = (HIGH, HIGH - 1, LOW, LOW + 1, 0, 1, -1, 2, 9007199254740992, 9007199254740993, 9007199254740994, None)
    yield case("integers", "Whole numbers compare as 64-bit integers, never as doubles.",
               criteria(*_sum(tests), attributes={"size": "integer"}), leads=_people("size", sizes))  # fmt: skip
    tests = [
        leaf("founded", "lt", "2024-02-29"),
        leaf("founded", "ge", "2024-02-29"),
        leaf("founded", "between", ["1970-01-01", "1999-12-31"]),
        leaf("founded", "eq", "1969-12-31"),
        leaf("founded", "in", ["0001-01-01", "9999-12-31"]),
        {"not": leaf("founded", "gt", "1970-01-01")},
        leaf("founded", "not_in", ["2024-02-28"]),
        {"any": [leaf("founded", "missing"), leaf("founded", "le", "0001-01-01")]},
        leaf("founded", "ne", "2000-01-01"),
    ]
    dates = (
        date(2024, 2, 29),
        date(2024, 2, 28),
        date(1970, 1, 1),
        date(1969, 12, 31),
        date(1, 1, 1),
        date(9999, 12, 31),
        date(1999, 12, 31),
        date(2000, 1, 1),
        date(1582, 10, 10),
        date(1900, 2, 28),
        None,
    )
    yield case("dates", "Dates compare as days of one calendar, from year 1 to 9999.",
               criteria(*_sum(tests), attributes={"founded": "date"}), leads=_people("founded", dates))  # fmt: skip
    tests = [
        leaf("created_at", "lt", "2026-03-29T01:00:00Z"),
        leaf("created_at", "le", "2026-03-29T02:00:00+01:00"),
        leaf("created_at", "eq", "1970-01-01T00:00:00Z"),
        leaf("created_at", "between", ["2199-12-31T23:59:59.999999Z", "2199-12-31T23:59:59.999999Z"]),
        leaf("ends", "gt", "2026-10-25T00:59:59.999999Z"),
        leaf("ends", "ne", "2026-10-25T01:00:00Z"),
        leaf("ends", "in", ["2026-10-25T03:00:00+02:00"], missing=True),
        {"any": [leaf("ends", "missing"), leaf("created_at", "not_in", ["1970-01-01T00:00:00Z"])]},
    ]
    moments = (
        at("2026-03-29T01:00:00Z"),
        at("2026-03-29T00:59:59.999999Z"),
        at("2026-03-29T01:00:00.000001Z"),
        datetime(1970, 1, 1, tzinfo=UTC),
        at("2199-12-31T23:59:59.999999Z"),
        at("2026-03-29T03:30:00+02:00"),
        at("2026-10-25T01:00:00Z"),
        at("2026-10-25T02:59:59.999999+02:00"),
        at("2026-10-25T00:59:59.999999Z"),
    )
    yield case("instants", "Instants compare in UTC to the microsecond, from 1970 to 2199.",
               criteria(*_sum(tests), attributes={"ends": "instant"}),
               leads=[lead(f"L{n:02}", created_at=one, ends=moments[-n]) for n, one in enumerate(moments)]
               + [lead("absent"), lead("none", ends=None, created_at=moments[0])])  # fmt: skip
    tests = [
        leaf("customer", "eq", True),
        leaf("customer", "ne", True),
        {"not": leaf("customer", "eq", False)},
        leaf("customer", "eq", False, missing=True),
        leaf("customer", "exists"),
        leaf("customer", "missing"),
    ]
    yield case("booleans", "A missing boolean is neither true nor false.",
               criteria(*_sum(tests), attributes={"customer": "boolean"}),
               leads=_people("customer", (True, False, None)))  # fmt: skip


def logic_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about joining comparisons, and about what is not known."""
    size, title, topics = leaf("size", "ge", 10), leaf("title", "eq", "CTO"), leaf("topics", "has", "x")
    tests = [
        {"not": size},
        {"all": [size, {"not": title}]},
        {"any": [{"not": size}, {"not": title}]},
        {"not": {"all": [size, title]}},
        {"not": {"any": [size, title, topics]}},
        {"all": []},
        {"any": []},
        {"not": {"not": title}},
        {"all": [leaf("size", "missing"), {"not": leaf("title", "exists")}]},
        {"any": [leaf("size", "lt", 10, missing=True), {"all": [topics, {"not": {"any": []}}]}]},
        {"not": leaf("size", "ne", 10)},
        {"not": leaf("title", "not_in", ["CTO", "CEO"])},
    ]
    attributes = {"size": "integer", "title": "text", "topics": "list"}
    people = [
        lead(f"{n}-{title_}-{topic}", size=n, title=title_, topics=topic)
        for n in (None, 9, 10)
        for title_ in (None, "", "CTO", "x")
        for topic in (None, ["x"])
    ]
    yield case("two truths", "A comparison with a missing value is false, and `not` flips that.",
               criteria(*_sum(tests), attributes=attributes), leads=people)  # fmt: skip
    unknown = [
        {"when": test, "points": points, **more}
        for test, points, more in zip(
            tests,
            (1, -2, 4, -8, 16, 32, 64, -128, 256, 512, -1024, 2048),
            (
                {},
                {},
                {"missing": 3},
                {"missing": -5},
                {"missing": 0},
                {},
                {},
                {"missing": -128},
                {},
                {},
                {},
                {"missing": 7},
            ),
            strict=True,
        )
    ]
    yield case(
        "three truths",
        "A criterion that cannot be known earns its `missing`, and spans a range.",
        criteria(*unknown, attributes=attributes, min=-3000, grades={"A": 100, "B": 0}),
        leads=people,
    )


def table_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about tables."""
    sizes = {
        "field": "size",
        "bands": [{"below": 0, "points": -1}, {"below": 10, "points": 2}, {"below": 1000, "points": 4}, {"points": 8}],
    }
    open_end = {"field": "revenue", "bands": [{"below": Decimal("0.1"), "points": 16}, {"points": 32}], "missing": 20}
    again = {"field": "revenue", "bands": [{"below": 0, "points": -64}, {"points": 128}]}
    people = [
        lead(f"L{n:02}", size=size, revenue=revenue)
        for n, (size, revenue) in enumerate((
            (-1, 0.1), (0, 0.09999999999999999), (9, nan), (10, None), (999, -0.0), (1000, 0.0), (None, 1e308),
            (HIGH, 5e-324), (LOW, None), (None, -5e-324),
        ))
    ]  # fmt: skip
    attributes = {"size": "integer", "revenue": "number"}
    yield case(
        "tables of bands",
        "A band ends below its bound; what is missing earns `missing`, never a band or `other`.",
        {"attributes": attributes, "fit": {"tables": [sizes, open_end, again], "min": -10}},
        leads=[*people, lead("absent")],
    )
    tables = [
        {"field": "country", "values": {"ES": 1, "es": 2, "É": 4, "O'B": 8}, "other": 16},
        {"field": "country", "values": {"ES": -32}, "missing": -10},
        {"field": "customer", "values": {"true": 64, "false": 128}, "other": 200},
        {"field": "size", "values": {"10": 256, "-1": 512, "9007199254740993": 1024}, "other": -3, "missing": -2},
    ]
    attributes = {"country": "text", "customer": "boolean", "size": "integer"}
    rows = (
        ("ES", True, 10),
        ("es", False, -1),
        ("e\u0301", None, 0),
        ("E\u0301", True, None),
        ("É", None, 9007199254740993),
        ("", None, 9007199254740992),
        (None, False, HIGH),
        ("O'B", None, None),
        ("ES ", True, LOW),
        ("Es", None, None),
    )
    yield case("tables of values", "Values are looked up composed and whole; what is not named earns `other`.",
               {"attributes": attributes, "fit": {"tables": tables, "min": -100}},
               leads=[lead(f"L{n:02}", country=c, customer=b, size=s) for n, (c, b, s) in enumerate(rows)]
               + [lead("absent")])  # fmt: skip


def cap_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about groups and bounds of fit."""
    words = "abcdef"
    parts = [
        {"when": leaf("word", "in", list("ab")), "points": 8, "group": "one"},
        {"when": leaf("word", "in", list("ac")), "points": 7, "group": "one"},
        {"when": leaf("word", "in", list("bd")), "points": -20, "group": "one"},
        {"when": leaf("word", "in", list("ae")), "points": Decimal("6.66"), "group": "two"},
        {"when": leaf("word", "in", list("ad")), "points": Decimal("-3.33"), "group": "two", "missing": -1},
        {"when": leaf("word", "in", list("abcde")), "points": 3},
    ]
    tables = [{"field": "word", "values": {"a": 5, "f": -50}, "other": 1, "group": "two", "missing": 2}]
    groups = {"one": {"max": 10, "min": -5}, "two": {"max": 6}}
    for low, name in ((None, "no bound below"), (-30, "a bound below")):
        bounds = {"max": 14} if low is None else {"max": 14, "min": low}
        yield case(
            f"caps of fit, {name}",
            "Groups are capped before the whole; fit is never below 0 unless it may be.",
            {"attributes": {"word": "text"}, "fit": {"criteria": parts, "tables": tables, "groups": groups, **bounds}},
            leads=[lead(letter, word=letter) for letter in words] + [lead("none")],
        )
    huge = [{"when": leaf("n", "ge", n), "points": 10_000} for n in range(1, 106)]
    small = [{"when": leaf("n", "le", -n), "points": -10_000} for n in range(1, 106)]
    yield case("silent bounds of fit", "Without a `max`, an axis ends at a million points.",
               criteria(*huge, *small, attributes={"n": "integer"}, min=-1_000_000),
               leads=[lead(f"L{n}", n=n) for n in (0, 1, 99, 100, 101, 105, -1, -100, -105)])  # fmt: skip


def gate_cases() -> Iterator[dict[str, Any]]:
    """Yield cases about gates, grades and completeness."""
    gates = [
        {"reason": "z last by name", "when": leaf("title", "contains", "spam", ignore_case=True)},
        {"reason": "a first by name", "when": leaf("email", "domain_in", ["rival.example"])},
        {"reason": "é", "when": {"not": leaf("size", "ge", 1)}},
    ]
    playbook = {
        "attributes": {
            "title": {"type": "text", "weight": 3},
            "size": "integer",
            "topics": {"type": "list", "weight": 0},
            "rate": {"type": "number", "weight": Decimal("0.01")},
        },
        "fit": {
            "criteria": [{"when": leaf("title", "exists"), "points": 10}],
            "gates": gates,
            "grades": {"A": 10, "B": 5, "C": 0},
        },
        "interest": {"rules": [{"event": "download", "points": 5}], "levels": {"1": 5, "2": 0}},
        "qualify": {"mql": {"when": leaf("fit", "ge", 0), "stay": {"all": []}}, "sql": {"when": {"all": []}}},
    }
    people = [
        lead("clean", title="CTO", size=5, topics=["x"], rate=0.0),
        lead("spam", title="Spam!", size=1, email="a@rival.example"),
        lead("rival", title="CTO", size=2, email="a@RIVAL.example"),
        lead("unknown"),
        lead("empty", title="", topics=[], rate=nan, size=3),
        lead("zero", title="x", size=0),
    ]
    yield case(
        "gates",
        "The first gate that holds, in declared order, names the reason; a gated lead keeps its scores and "
        "qualifies for nothing.",
        playbook,
        leads=people,
    )
    weights = {"a": {"type": "text", "weight": Decimal("0.33")}, "b": {"type": "text", "weight": Decimal("0.33")},
               "c": {"type": "text", "weight": Decimal("0.34")}, "d": {"type": "text", "weight": 7},
               "e": {"type": "number", "weight": 5}, "f": {"type": "list", "weight": 1000}}  # fmt: skip
    several = [
        lead(
            "".join(names) or "none", **{name: 1.5 if name == "e" else ["x"] if name == "f" else "x" for name in names}
        )
        for names in ("", "a", "ab", "abc", "d", "de", "abcde", "f", "abcdef", "bcf")
    ]
    yield case("completeness", "The share of what is known, by weight, rounded half up to two places.",
               {"attributes": weights}, leads=several)  # fmt: skip
    yield case(
        "no weight at all",
        "Nothing to know is all known.",
        {"attributes": {"a": {"type": "text", "weight": 0}}},
        leads=[lead(), lead("L2", a="x")],
    )
    tested = criteria(
        {"when": leaf("title", "eq", "x"), "points": 5, "missing": 3},
        attributes={"title": "text", "n": "integer"},
        grades={"A": 5, "B": 3, "C": 0},
        gates=[{"reason": "r", "when": leaf("n", "eq", 1)}],
    )
    tested["fit"]["tables"] = [{"field": "language", "values": {"es": 1}}]
    yield case(
        "grade of nobody known",
        "The grade is `-` when nothing that fit reads is known, whatever fit is.",
        tested,
        leads=[
            lead(),
            lead("L2", n=2),
            lead("L3", title="x"),
            lead("L4", language="de"),
            lead("L5", n=1),
            lead("L6", title="", language=""),
        ],
    )
