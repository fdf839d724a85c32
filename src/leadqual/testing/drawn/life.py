"""How a lead moves in a drawn playbook: a lifecycle that is shipped or one of its own, rests, times and a calendar."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from leadqual.testing.drawn.choose import Draw, few, often, pick, seldom

_BETWEEN: Final = ("mql", "sal", "opportunity")
_NUMBERS: Final[Mapping[str, tuple[Any, ...]]] = {
    "hand_raise_days": (14, 0, Decimal("30.0"), 3_650),
    "return_days": (45, 0, 1),
    "reopen_days": (30, 0, 365),
}
_KINDS: Final[Mapping[str, tuple[list[str], ...]]] = {
    "touches": (["call"], ["call", "visita"], []),
    "replies": (["call"], ["page_view", "form"], []),
    "captures": (["form"], ["form", "download"], []),
}
_TIMES: Final[tuple[Any, ...]] = ("2h", "30m", {"within": "1d"}, {"within": "3d", "escalate": "head of sales"})
_HOURS: Final = (["08:00-15:00"], ["09:00-14:00", "16:00-19:30"], ["00:00-24:00"])
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_REASONS: Final = ("no_budget", "timing", "sin presupuesto")


def life(draw: Draw, document: Mapping[str, Any]) -> dict[str, Any]:
    """Draw the tables on how a lead moves that a document may have, each only now and then."""
    found: dict[str, Any] = {}
    stages, rests = ["lead", "mql", "sql"], ["recycle"]
    ways: list[dict[str, Any]] = []
    if often(draw):
        found["lifecycle"] = {name: pick(draw, of) for name, of in _NUMBERS.items() if seldom(draw)}
        found["lifecycle"] |= {name: pick(draw, of) for name, of in _KINDS.items() if seldom(draw)}
        if often(draw):
            stages, rests, ways = _own_table(draw, document, found["lifecycle"])
        elif often(draw):
            found["lifecycle"] |= {"preset": "subscriber"} | ({"initial": "subscriber"} if seldom(draw) else {})
    if often(draw) or ways:
        found["recycle"] = {
            name: _policy(draw, [*rests, stages[0]] if name == "inbound" else rests)
            for name in few(draw, ("outbound", "inbound", "partner"), 0, 3)
        }
    named = [way["sla"] for way in ways if "sla" in way and way["sla"] != "hand_raise"]
    if named or often(draw):
        times = dict.fromkeys((*named, *few(draw, (*stages, "hand_raise"), 0, 2)))
        found["sla"] = {name: pick(draw, _TIMES) for name in times}
    if seldom(draw):
        found["calendar"] = _calendar(draw)
    return found


def _own_table(
    draw: Draw, document: Mapping[str, Any], found: dict[str, Any]
) -> tuple[list[str], list[str], list[dict[str, Any]]]:
    """Put stages and transitions into a lifecycle; return the open stages, those of rest, and the transitions."""
    stages = ["lead", *few(draw, _BETWEEN, 1, 3)]
    rests = ["en_reposo"] if often(draw) else []
    found["stages"] = [_stage(draw, name) for name in stages]
    found["stages"] += [{"name": name, "kind": "rest"} for name in rests]
    found["stages"] += [{"name": name, "kind": "ended"} for name in ("won", "lost")]
    ways = [*_ends(draw, stages, rests), *_between(draw, document, stages)]
    if rests:
        ways += _rests(draw, stages, rests[0])
    if often(draw):
        ways.append({"name": "reopened", "from": ["won", "lost"], "to": stages[-1], "on": "reopen"})
    if document["qualify"].get("hand_raise") and often(draw):
        raised = {"field": "state.hand_raised", "op": "eq", "value": True}
        back = {"name": "back", "from": ["won", "lost"], "to": stages[-1], "on": "event", "when": raised}
        ways.append({**back, "cycle": "next", **({"sla": "hand_raise"} if often(draw) else {})})
    found["transitions"] = ways
    if seldom(draw):
        found["initial"] = "lead"
    return stages, rests, ways


def _stage(draw: Draw, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {"name": name}
    if seldom(draw):
        found |= {"phase": pick(draw, ("TOFU", "MOFU", "BOFU")), "temperature": pick(draw, ("cold", "warm", "hot"))}
    if seldom(draw):
        found |= {"hand_off": often(draw), "kind": "open"}
    return found


def _ends(draw: Draw, stages: list[str], rests: list[str]) -> list[dict[str, Any]]:
    yes = {
        "name": "yes",
        "from": [*stages, *rests],
        "to": "won",
        "on": "yes",
        **({"cycle": "same"} if often(draw) else {}),
    }
    no = {"name": "no", "from": [*stages, *rests], "to": "lost", "on": ["no"]}
    return [yes, {**no, "reason": "no reason given"} if seldom(draw) else no]


def _between(draw: Draw, document: Mapping[str, Any], stages: list[str]) -> list[dict[str, Any]]:
    """Draw ways from each open stage to the next, and some back."""
    found: list[dict[str, Any]] = []
    for i, (low, high) in enumerate(pairwise(stages)):
        on = few(draw, ("event", "profile", "release"), 1, 3)
        up: dict[str, Any] = {"name": f"up to {high}", "from": low, "to": high, "on": on[0] if len(on) == 1 else on}
        up["when"] = _guard(draw, document, i, on)
        if seldom(draw):
            up["sla"] = high
        found.append(up)
        if often(draw):
            found.append({"name": f"{high} taken on", "from": [low], "to": high, "on": "accept"})
        if seldom(draw):
            told = {"field": "verdict.reason", "op": "in", "value": list(_REASONS)}
            found.append({"name": f"{high} returned", "from": high, "to": low, "on": ["return"], "when": told})
    return found


def _guard(draw: Draw, document: Mapping[str, Any], number: int, on: Sequence[str]) -> dict[str, Any]:
    parts: list[dict[str, Any]] = [{"field": "interest", "op": "ge", "value": 5 + number}]
    options: list[dict[str, Any]] = [{"field": "email", "op": "exists"}]
    options.append({"field": "state.score_route_open", "op": "eq", "value": True})
    options += [{"field": "score.qualifies", "op": "has", "value": bar} for bar in ("mql", "sql")
                if bar in document["qualify"]]  # fmt: skip
    if on == ["event"]:
        options.append({"field": "input.page", "op": "starts_with", "value": "/pricing"})
        options.append({"field": "input.kind", "op": "in", "value": ["form", "page_view"]})
    parts += few(draw, options, 0, 2)
    if len(parts) == 1:
        return parts[0] if often(draw) else {"not": {"any": [{"not": parts[0]}]}}
    return {pick(draw, ("all", "any")): parts}


def _rests(draw: Draw, stages: list[str], rest: str) -> list[dict[str, Any]]:
    """Draw ways into rest and out of it."""
    found: list[dict[str, Any]] = [{"name": "maybe", "from": stages, "to": rest, "on": "maybe"}]
    found.append({"name": "rested", "from": rest, "to": stages[0], "on": "wake"})
    if often(draw):
        own_act = {"field": "input.interaction", "op": "eq", "value": True}
        found.append({"name": "woken", "from": rest, "to": stages[0], "on": "event", "when": own_act})
    if seldom(draw):
        free = [
            {"field": f"state.{name}", "op": "eq", "value": False} for name in ("touched", "accepted", "sla_running")
        ]
        cold = {"all": [*free, {"field": "interest", "op": "lt", "value": 1}]}
        found.append({"name": "cooled", "from": stages[-1], "to": rest, "on": "tick", "when": cold, "reason": "cooled"})
    return found


def _policy(draw: Draw, stages: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if stages and often(draw):
        found["to"] = pick(draw, stages)
    if often(draw):
        low: Any = pick(draw, (3, 1, Decimal("2.0")))
        found["rest_months"] = [low, low + pick(draw, (3, 0, 9))]
        if often(draw):
            found["attempts"] = pick(draw, (3, 1, 100))
        found["reasons"] = dict.fromkeys(few(draw, _REASONS, 0, 2), found["rest_months"][0])
    options = (("interest", "keep"), ("spread_days", 0), ("nurture", "keep-warm"), ("bonus_event", "came_back"))
    found |= dict(few(draw, options, 0, 2))
    return found | ({"wake": "never", "then": "dormant"} if "rest_months" in found and often(draw) else {})


def _calendar(draw: Draw) -> dict[str, Any]:
    found: dict[str, Any] = {"zone": pick(draw, ("Europe/Madrid", "America/Mexico_City", "UTC"))}
    found["weekdays"] = sorted(few(draw, _WEEKDAYS, 1, 6), key=_WEEKDAYS.index)
    if often(draw):
        found["hours"] = pick(draw, _HOURS)
    found["days"] = {name: pick(draw, _HOURS) for name in few(draw, _WEEKDAYS, 0, 2)}
    return found | {"holidays": few(draw, ("2026-12-25", "2027-01-06", "2024-02-29"), 0, 3)}
