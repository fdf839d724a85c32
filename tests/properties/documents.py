"""Strategies for valid playbook documents, as plain dicts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from .conditions import LISTS, conditions
from .vocabulary import (
    ATTRIBUTES,
    CAPS,
    CURVES,
    DAY_STARTS,
    FIT_GROUPS,
    FLOORS,
    INTEREST_GROUPS,
    KINDS,
    LEAD_FIELDS,
    OUR_KIND,
    POINTS,
    POINTS_TO_WEIGH,
    PROPERTIES,
    WEIGHTS,
    WORDS,
)

OF_LEAD = ATTRIBUTES | LEAD_FIELDS
OF_SCORE = {
    **dict.fromkeys(("fit", "fit_high", "interest", "total", "completeness"), "score"),
    **dict.fromkeys(("interactions", "active_days", "days_since_activity", "days_since_contact", "level"), "count"),
    **dict.fromkeys(("stage", "furthest"), "text"),
    **dict.fromkeys(("days_in_stage", "attempts", "cycle"), "count"),
    "kinds": "kinds",
}
OFTEN = st.booleans()
SELDOM = st.sampled_from((False, False, False, True))


def some(of: st.SearchStrategy[Any], least: int, most: int) -> st.SearchStrategy[list[Any]]:
    """Draw lists whose lengths are all equally likely; by themselves they would mostly be short."""
    return st.integers(least, most).flatmap(lambda n: st.lists(of, min_size=n, max_size=n))


@st.composite
def caps(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a cap above, below, both or none."""
    found: dict[str, Any] = {}
    if draw(SELDOM):
        found["max"] = draw(st.sampled_from(CAPS))
    if draw(SELDOM):
        found["min"] = draw(st.sampled_from(FLOORS))
    return found


@st.composite
def kinds(draw: st.DrawFn) -> Any:
    """Draw what a rule names: a kind, some kinds, or any."""
    one = st.sampled_from((*KINDS, OUR_KIND))
    return draw(st.one_of(st.just("*"), one, one, st.lists(one, min_size=1, max_size=3, unique=True)))


@st.composite
def counting_rules(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a rule that counts events."""
    rule: dict[str, Any] = {"event": draw(kinds()), "points": draw(st.sampled_from(POINTS))}
    if draw(SELDOM):
        rule["distinct_by"] = draw(
            st.sampled_from([n for n, kind in PROPERTIES.items() if kind not in ("number", "list")])
        )
    match draw(st.integers(0, 4)):
        case 0:
            rule["per"] = {"days": draw(st.sampled_from((1, 2, 7, 30))), "times": draw(st.integers(1, 2))}
        case 1:
            rule["per_day"] = draw(st.integers(1, 2))
    match draw(st.integers(0, 4)):
        case 0:
            rule["times"] = draw(st.integers(1, 3))
        case 1:
            rule["weights"] = draw(st.sampled_from(WEIGHTS))
            rule["points"] = draw(st.sampled_from(POINTS_TO_WEIGH))
    if draw(OFTEN):
        rule["decay"] = draw(st.sampled_from(CURVES))
    if draw(SELDOM):
        rule["counts"] = draw(st.booleans())
    return rule


@st.composite
def inactivity_rules(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a rule about silence."""
    points = st.sampled_from((-10, Decimal("-1.5"), -1, 2))
    return {"event": draw(kinds()), "inactivity": draw(st.sampled_from((1, 2, 5, 30))), "points": draw(points)}


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an interest rule of either sort, with what both may have."""
    rule = draw(st.one_of(counting_rules(), counting_rules(), counting_rules(), inactivity_rules())) | draw(caps())
    if draw(SELDOM):
        rule["when"] = draw(conditions(PROPERTIES))
    if draw(OFTEN):
        rule["group"] = draw(st.sampled_from(INTEREST_GROUPS))
    return rule


@st.composite
def interests(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the interest axis."""
    axis: dict[str, Any] = {"rules": draw(some(rules(), 1, 4)), **draw(caps())}
    axis["groups"] = {name: draw(caps()) for name in INTEREST_GROUPS}
    if draw(OFTEN):
        axis["decay"] = draw(st.sampled_from(CURVES))
    if draw(SELDOM):
        axis["memory"] = draw(st.sampled_from((0, 1, 30, 400)))
    if draw(OFTEN):
        axis["levels"] = draw(steps("123456789"))
    for n, rule in enumerate(axis["rules"]):
        if draw(SELDOM):
            rule["name"] = f"rule {n}"
    return axis


@st.composite
def steps(draw: st.DrawFn, names: str) -> dict[str, Any]:
    """Draw bounds that fall with the letter or the digit."""
    bound = st.sampled_from((0, 1, 3, Decimal("6.50"), 10, 20, Decimal("45.01"), -5, 99))
    bounds = draw(st.lists(bound, min_size=1, max_size=4, unique=True))
    chosen = draw(st.lists(st.sampled_from(names), min_size=len(bounds), max_size=len(bounds), unique=True))
    return dict(zip(sorted(chosen), sorted(bounds, reverse=True), strict=True))


@st.composite
def criteria(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a fit criterion."""
    points = draw(st.sampled_from(POINTS))
    criterion = {"when": draw(conditions(OF_LEAD)), "points": points}
    if draw(SELDOM):
        criterion["missing"] = draw(st.sampled_from((0, points)))
    return criterion


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a table of values or of bands."""
    points = st.sampled_from((0, *POINTS))
    table: dict[str, Any]
    if draw(OFTEN):
        named = draw(st.lists(st.sampled_from(WORDS[:3] + WORDS[4:]), min_size=1, max_size=3, unique=True))
        table = {"field": draw(st.sampled_from(("title", "team", "acquisition")))}
        table["values"] = {name: draw(points) for name in named}
        if draw(OFTEN):
            table["other"] = draw(points)
    else:
        below = sorted(draw(st.lists(st.sampled_from((0, 1, 9, 10, 50)), min_size=1, max_size=3, unique=True)))
        table = {"field": draw(st.sampled_from(("size", "revenue")))}
        table["bands"] = [{"below": bound, "points": draw(points)} for bound in below] + [{"points": draw(points)}]
    if draw(SELDOM):
        could = table["values"].values() if "values" in table else [band["points"] for band in table["bands"]]
        table["missing"] = draw(st.sampled_from((0, table.get("other", 0), *could)))
    return table


@st.composite
def fits(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the fit axis."""
    axis: dict[str, Any] = {
        "criteria": draw(some(criteria(), 0, 3)),
        "tables": draw(some(tables(), 0, 2)),
        "groups": {name: draw(caps()) for name in FIT_GROUPS},
        **draw(caps()),
    }
    for part in (*axis["criteria"], *axis["tables"]):
        if draw(SELDOM):
            part["group"] = draw(st.sampled_from(FIT_GROUPS))
    if draw(OFTEN):
        axis["grades"] = draw(steps("ABCDEF"))
    if draw(SELDOM):
        reasons = draw(st.lists(st.sampled_from(("spam", "rival", "test")), min_size=1, max_size=2, unique=True))
        axis["gates"] = [{"reason": reason, "when": draw(conditions(OF_LEAD, depth=1))} for reason in reasons]
    return axis


@st.composite
def combiners(draw: st.DrawFn, labels: list[str]) -> dict[str, Any]:
    """Draw how the two scores make a total; a matrix only where there are labels."""
    kind = draw(st.sampled_from(("sum", "minimum", "gate", *(["matrix", "matrix"] if labels else []))))
    found: dict[str, Any] = {"kind": kind}
    if kind in ("sum", "gate"):
        for axis in ("fit", "interest"):
            if draw(OFTEN):
                found[axis] = draw(st.sampled_from((Decimal("0.4"), 1, 0, -1, Decimal("0.05"), 100)))
    if kind == "gate":
        found["floors"] = {axis: draw(st.sampled_from((0, 1, 10, Decimal("6.5")))) for axis in ("fit", "interest")
                           if draw(OFTEN)}  # fmt: skip
    if kind == "matrix":
        chosen = draw(st.lists(st.sampled_from(labels), min_size=1, max_size=4, unique=True))
        found["cells"] = {label: draw(st.sampled_from((1, Decimal("7.25"), 100, -5))) for label in chosen}
    return found


@st.composite
def bars(draw: st.DrawFn, fields: dict[str, Any]) -> dict[str, Any]:
    """Draw what it takes to become and to stay something."""
    found = {"when": draw(conditions(fields))}
    if draw(OFTEN):
        found["stay"] = draw(conditions(fields, depth=1))
    return found


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a whole playbook document."""
    fit, interest = draw(fits()), draw(interests())
    found: dict[str, Any] = {"schema": 1, "name": "drawn", "version": "1", "lists": LISTS, "properties": PROPERTIES}
    weigh = st.sampled_from((1, 3, Decimal("0.5"), Decimal("0.33")))
    found["attributes"] = {name: {"type": kind, "weight": draw(weigh)} if draw(SELDOM) else kind
                           for name, kind in ATTRIBUTES.items()}  # fmt: skip
    if draw(OFTEN):
        found["day_starts"] = draw(st.sampled_from(DAY_STARTS))
    found |= {"fit": fit, "interest": interest}
    letters, digits = [*fit.get("grades", []), *(["-"] if "grades" in fit else [])], [*interest.get("levels", [])]
    labels = [letter + digit for letter in letters for digit in digits] or letters or digits
    if draw(OFTEN):
        found["combine"] = draw(combiners(labels))
    fields = {**OF_SCORE, **OF_LEAD, **{f"group.{name}": "score" for name in INTEREST_GROUPS}, "grade": (*letters, "-")}
    names = draw(st.sampled_from(((), ("mql",), ("sql",), ("mql", "sql"), ("mql", "sql"))))
    found["qualify"] = {name: draw(bars(fields)) for name in names}
    return found
