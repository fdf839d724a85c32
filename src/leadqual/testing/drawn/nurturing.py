"""How leads are nurtured in a drawn playbook: settings, caps, personas, needs, content and sequences."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from leadqual.testing.drawn.choose import Draw, few, often, pick, seldom

_CHANNELS: Final = ("email", "phone", "sms")
_WINDOWS: Final[tuple[dict[str, Any], ...]] = (
    {"hours": ["09:00-14:00", "16:00-19:00"]},
    {"hours": ["10:00-13:00"], "weekdays": ["mon", "wed"], "days": {"wed": ["09:00-13:00"]}},
    {"quiet": ["21:00-08:00"]},
    {},
)
_WAITS: Final[tuple[Any, ...]] = (
    "3d", "2h", {"elapsed": "1w"}, {"business": "4h"}, {"days": Decimal("2.0")}, {"days": 1, "at": "09:30"},
    {"months": 1},
)  # fmt: skip
_CAPS: Final[tuple[list[dict[str, Any]], ...]] = (
    [{"days": 1, "times": 1}, {"days": 7, "times": Decimal("2.0")}],
    [{"per": "week", "times": 0}],
    [],
)
_SETTINGS: Final[Mapping[str, tuple[Any, ...]]] = {
    "home": ("Europe/Madrid", "UTC"),
    "markets": ("ES", ["MX", "America/Bogota"]),
    "without_zone": ({"email": "withhold"}, {"sms": "home"}),
    "bases": (
        [{"basis": "opt_out", "channels": "email", "countries": ["US"]}, {"basis": "none", "purposes": "sales"}],
        [{"basis": "opt_in", "confirmed": True, "confirm_within": "7d"}],
        [],
    ),
    "presets": ("gdpr", ["can-spam", "tcpa", "rfc-8058"]),
    "offers": ({"download": "asset"}, {}, {"form": "page"}),
    "meetings": ("visit", ["meeting", "demo"]),
    "bounces": (["hard_bounce"], "bounced"),
    "auto_replies": (["auto_reply"], []),
    "postpone": ("5d", "4h"),
    "expires": ("3d", "1w"),
    "effort": ([{"within": 5, "cost": 90}, {"cost": Decimal("9.0")}], [{"within": Decimal("7.0"), "cost": 9}]),
}
_WHEN: Final[tuple[dict[str, Any], ...]] = (
    {"field": "fit", "op": "ge", "value": 1},
    {"field": "stage", "op": "in", "value": ["lead"]},
    {"not": {"field": "email", "op": "exists"}},
)
_ACT: Final = {"field": "page", "op": "starts_with", "value": "/pricing"}
_LEAD: Final[dict[str, Any]] = {"field": "email", "op": "exists"}


def nurturing(draw: Draw, document: Mapping[str, Any]) -> dict[str, Any]:
    """Draw the tables on nurturing that a document may have, each only now and then."""
    found: dict[str, Any] = {}
    if not often(draw):
        return found
    if often(draw):
        names = few(draw, tuple(_SETTINGS), 0, len(_SETTINGS))
        found["nurture"] = {name: pick(draw, _SETTINGS[name]) for name in names}
        if often(draw):
            found["nurture"]["windows"] = {name: pick(draw, _WINDOWS) for name in few(draw, (*_CHANNELS, "*"), 0, 3)}
    if often(draw):
        found["caps"] = _caps(draw)
    if often(draw):
        found["personas"] = [_persona(draw, name) for name in few(draw, ("boss", "user", "buyer"), 1, 2)]
    if often(draw):
        found["needs"] = {name: _need(draw) for name in few(draw, ("payroll", "hiring"), 1, 2)}
    named = [one["name"] for one in found.get("personas", ())], [*found.get("needs", {})]
    if often(draw):
        names = ["guide", *few(draw, ("case", "call", "visit"), 0, 2)]
        found["content"] = {name: _content(draw, name, *named) for name in names}
    policies = document.get("recycle", {}).values()
    kept = [policy["nurture"] for policy in policies if "nurture" in policy]
    if often(draw):
        names = [*dict.fromkeys((*kept, *few(draw, ("welcome", "wake-up"), 0 if kept else 1, 2)))]
        found["sequences"] = {name: _sequence(draw, names, [*found.get("content", {})]) for name in names}
    return found


def _caps(draw: Draw) -> dict[str, Any]:
    caps: dict[str, Any] = {name: pick(draw, _CAPS) for name in few(draw, ("email", "*"), 0, 2)}
    kinds = few(draw, ("marketing", "requested", "sales"), 0, 3)
    return caps | {kind: {pick(draw, ("phone", "sms")): pick(draw, _CAPS)} for kind in kinds}


def _persona(draw: Draw, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {"name": name}
    if often(draw):
        found["when"] = _LEAD
    else:
        found["signs"] = [{"when": _LEAD, "points": pick(draw, (1, Decimal("2.50")))}, {"when": {"not": _LEAD}}]
    return found | ({"least": pick(draw, (0, 60, 100))} if seldom(draw) else {})


def _need(draw: Draw) -> dict[str, Any]:
    found: dict[str, Any] = {"offers": pick(draw, (["guide"], "guide", ["guide", "calculator"]))}
    if often(draw):
        found["hints"] = [
            {"on": pick(draw, ("page_view", ["form", "page_view"])), "when": _ACT},
            {"on": "demo", "points": 2},
        ]
    return found | ({"offer_points": 3, "least": 2} if seldom(draw) else {})


def _content(draw: Draw, name: str, personas: list[str], needs: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": name}
    options: tuple[tuple[str, Any], ...] = (
        ("phases", "TOFU"), ("phases", ["TOFU", "BOFU"]), ("channels", ["email", "phone", "sms", "task"]),
        ("offer", name), ("after", ["calculator"]), ("cost", Decimal("9.0")), ("cost", 1), ("starts", "2026-01-01"),
        ("ends", "2027-12-31"),
    )  # fmt: skip
    found |= dict(few(draw, options, 0, 3))
    if personas and seldom(draw):
        found["personas"] = pick(draw, (personas, personas[0]))
    return found | ({"needs": needs[:1]} if needs and seldom(draw) else {})


def _sequence(draw: Draw, names: list[str], contents: list[str]) -> dict[str, Any]:
    if seldom(draw, 8):
        return _planned(draw, contents)
    found: dict[str, Any] = {"steps": _steps(draw, names, contents)}
    if often(draw):
        entries: tuple[dict[str, Any], ...] = (
            {"on": "form"},
            {"on": ["form", "page_view"], "properties": _ACT},
            {"stages": "lead", "when": pick(draw, _WHEN)},
        )
        found["enter"] = pick(draw, entries)
    options: tuple[tuple[str, Any], ...] = (
        ("purpose", "offers"), ("stages", "lead"), ("exits", ["reply", "sql"]), ("exits", []),
        ("goals", [{"on": "demo"}, {"on": ["form"], "when": _ACT}]),
        ("on_end", {"verdict": "maybe", "reason": "quiet"}), ("on_end", {"sequence": names[0]}),
        ("again", pick(draw, ("if_not_active", "always"))), ("exclusive", False),
        ("priority", Decimal("3.0")), ("version", "2"), ("moved", {"gone": "first"}), ("holdout", 10),
        ("arms", {"short": 1, "long": Decimal("2.0")}), ("salt", "2026"),
    )  # fmt: skip
    found |= dict(few(draw, options, 0, 9))
    if "stages" in found.get("enter", {}):
        found["stages"] = "lead"
    if "arms" in found:
        found["steps"][0]["arm"] = "long"
    if found.get("again") and often(draw):
        found["again_after"] = "90d"
    return found


def _planned(draw: Draw, contents: list[str]) -> dict[str, Any]:
    """Draw a sequence whose planner decides which step comes next."""
    planner = pick(draw, ("next_best_content", {"kind": "next_best_content"}))
    steps = [_touch(draw, name, contents) | {"wait": pick(draw, ("3d", {"days": 2}))} for name in ("first", "second")]
    return {"planner": planner, "steps": steps}


def _steps(draw: Draw, names: list[str], contents: list[str]) -> list[dict[str, Any]]:
    steps = [_touch(draw, "first", contents)]
    if often(draw):
        branch: dict[str, Any] = {"on": pick(draw, ("page_view", ["form", "demo"])), "within": pick(draw, _WAITS)}
        if often(draw):
            branch |= {"when": _ACT, "since": "enrolment"}
        steps.append({"name": "fork", "branch": branch | pick(draw, ({"no": "last"}, {"yes": "last"}))})
        steps.append(_touch(draw, "second", contents))
    if seldom(draw):
        steps[-1]["next"] = "last"
    last: dict[str, Any] = {"name": "last", "end": True}
    endings = ({"verdict": "maybe"}, {"verdict": "maybe", "reason": "quiet", "sequence": names[-1]})
    return [*steps, last | ({"on_end": pick(draw, endings)} if often(draw) else {})]


def _touch(draw: Draw, name: str, contents: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"name": name, "wait": pick(draw, _WAITS)}
    if contents and often(draw):
        found["channel"] = pick(draw, _CHANNELS)
        pool = {"phases": pick(draw, ("TOFU", ["TOFU", "MOFU", "BOFU"]))}
        found |= pick(draw, ({"content": contents[0]}, {"pool": {}}, {"pool": {"kinds": contents[0]}}, {"pool": pool}))
    else:
        found["task"] = "Call and ask"
    options: tuple[tuple[str, Any], ...] = (
        ("purpose", "requested"), ("when", pick(draw, _WHEN)), ("window", pick(draw, _WINDOWS)),
    )  # fmt: skip
    return found | dict(few(draw, options, 0, 3))
