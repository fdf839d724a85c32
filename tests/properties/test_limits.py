"""One rule and many events of its kind: where buckets, edges of windows and halves of a hundredth meet most often."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from leadqual.testing.drawn.choose import Draw, often, pick, some
from tests.oracle.scoring import score

from .running import events_of, figures, lead_of, model_of
from .vocabulary import DAY_STARTS, NOWS

CURVES = ("none", {"linear": 40}, {"half_life": 1}, {"window": 3}, {"steps": [[1, 1], [3, Decimal("0.5")]]})
DAYS = (0, 1, 1, 2, 3, 3, 4, 5, 6, 7, 8, 14)
LEAD: dict[str, Any] = {"id": "L1", "attributes": {}}


def rule_of_limits(draw: Draw) -> dict[str, Any]:
    """Draw a rule with most of the limits at once."""
    rule: dict[str, Any] = {"event": "open", "points": pick(draw, (Decimal("0.04"), 10, Decimal("-1.16")))}
    rule["decay"] = pick(draw, CURVES)
    if often(draw):
        rule["distinct_by"] = "asset"
    if often(draw):
        rule["per"] = {"days": pick(draw, (2, 3, 7, 30)), "times": pick(draw, (1, 2))}
    match pick(draw, ("", "times", "weights")):
        case "times":
            rule["times"] = pick(draw, (1, 2, 3))
        case "weights":
            rule["weights"] = [1, Decimal("0.5"), Decimal("0.25")]
    return rule


@st.composite
def dense(draw: Draw) -> tuple[Any, ...]:
    """Draw one rule and events that lie close."""
    now = pick(draw, NOWS)
    document = {"schema": 1, "name": "x", "version": "1", "properties": {"asset": "text"}}
    document |= {"day_starts": pick(draw, DAY_STARTS)}
    document |= {"interest": {"rules": [rule_of_limits(draw)], "min": -10_000}}
    hours = some(draw, lambda draw: 24 * pick(draw, DAYS) + pick(draw, (0, 4, 12, 20)), 0, 12)
    events = [
        {"id": str(n), "lead_id": "L1", "kind": "open", "at": now - timedelta(hours=ago),
         "properties": {"asset": pick(draw, ("a", "b", "c", None))}}
        for n, ago in enumerate(hours)
    ]  # fmt: skip
    return document, LEAD, events, now


@given(dense())
def test_limits_of_a_rule_are_those_of_the_oracle(case):
    """distinct_by, then per, then times or weights, then decay, on events that crowd the same few days."""
    document, lead, events, now = case
    found = model_of(document).score(lead_of(lead), events_of(events), now=now)
    assert figures(found) == score(*case)


@given(st.integers(1, 9), st.sampled_from((1, 3, 25, 333, -1, -3, -25)), st.integers(0, 3))
def test_halves_of_a_hundredth_go_up(times, points, age):
    """Interest, groups and the weighted total round floor(x + 1/2), below nothing too."""
    now = NOWS[0]
    events = [{"id": str(n), "lead_id": "L1", "kind": "open", "at": now - timedelta(days=age)} for n in range(times)]
    rule = {"event": "open", "points": Decimal(points) / 100, "decay": {"half_life": 1}, "group": "web"}
    document = {
        "schema": 1, "name": "x", "version": "1",
        "interest": {"min": -1000, "rules": [rule], "groups": {"web": {}}},
        "combine": {"kind": "sum", "interest": Decimal("0.5")},
    }  # fmt: skip
    found = figures(model_of(document).score(lead_of(LEAD), events_of(events), now=now))
    interest = (2 * times * points + 2**age) // (2 * 2**age)
    assert (found["interest"], found["groups"], found["total"]) == (interest, {"web": interest}, (interest + 1) // 2)
