"""Few words, few numbers, few days: what drawn playbooks are made of."""

from decimal import Decimal
from typing import Any, Final

from leadqual.points import Points

ATTRIBUTES: Final = {
    "job_title": "text",
    "department": "text",
    "employees": "integer",
    "revenue": "number",
    "customer": "boolean",
    "founded": "date",
    "trial_ends": "instant",
    "topics": "list",
}
PROPERTIES: Final = {
    "asset": "text",
    "page": "text",
    "minutes": "integer",
    "amount": "number",
    "finished": "boolean",
    "due": "date",
    "slot": "instant",
    "tags": "list",
}
OF_LEAD: Final = {**ATTRIBUTES, "email": "text", "acquisition": "text", "channel": "text", "created_at": "instant"}
LISTS: Final = {"chiefs": ["CEO", "CTO", "Técnico"], "rivals": ["rival.example"]}
KINDS: Final = ("page_view", "download", "form", "newsletter_open", "call")
INTEREST_GROUPS: Final = ("web", "intent")
FIT_GROUPS: Final = ("seniority", "company")
REASONS: Final = ("spam", "competitor", "test")
OF_SCORE: Final = {
    **dict.fromkeys(("fit", "fit_high", "interest", "total", "completeness"), "points"),
    **{f"group.{name}": "points" for name in INTEREST_GROUPS},
    **dict.fromkeys(("interactions", "active_days", "days_since_activity", "days_since_contact", "level"), "count"),
    **dict.fromkeys(("days_in_stage", "attempts", "cycle"), "count"),
    **dict.fromkeys(("stage", "furthest", "persona", "need", "label"), "text"),
    "kinds": "kinds",
}

_WORDS: Final = ("CTO", "cto", "Técnico", "CEO", "IT", "/pricing", "A1")
LITERALS: Final[dict[str, tuple[Any, ...]]] = {
    "text": _WORDS,
    "list": _WORDS,
    "integer": (10, 0, 1, 50, -5, 2**63 - 1),
    "number": (10, 0, Decimal("0.1"), Decimal("1.50"), Decimal("-2.5")),
    "boolean": (True, False),
    "date": ("2026-01-01", "2024-02-29"),
    "instant": ("2026-11-01T00:00:00Z", "2026-10-31T23:59:59.999999+01:00"),
    "points": (5, 0, 1, Decimal("6.5"), Decimal("0.01"), 50, -1),
    "count": (1, 0, 2, 7, 30),
    "kinds": KINDS[:3],
}
"""What a document writes for each type; `points`, `count` and `kinds` are types of what a bar may read of a score."""
DOMAINS: Final = ("rival.example", "Free.example")

POINTS: Final[tuple[Points, ...]] = (5, 1, 2, Decimal("6.5"), Decimal("0.33"), 40, 10_000, -3, Decimal("-1.5"))
POINTS_TO_WEIGH: Final[tuple[Points, ...]] = (4, 2, 10, Decimal("0.4"), -4)
PENALTIES: Final[tuple[Points, ...]] = (-1, Decimal("-1.5"), -10, 2)
SHARES: Final = ([1], [1, Decimal("0.5")], [1, 1, Decimal("0.5"), Decimal("0.25")], [Decimal("0.75"), 0])
CAPS: Final[tuple[Points, ...]] = (10, 1, Decimal("15.5"), 100, 0)
FLOORS: Final[tuple[Points, ...]] = (0, -5, Decimal("-5.25"), -50)
BOUNDS: Final[tuple[Points, ...]] = (0, 1, 3, Decimal("6.50"), 10, 20, Decimal("45.01"), -5, 99)
FACTORS: Final[tuple[Points, ...]] = (1, Decimal("0.4"), 0, -1, 100)
CURVES: Final[tuple[Any, ...]] = (
    {"linear": 10},
    {"half_life": 7},
    {"half_life": Decimal("2.25")},
    {"linear": Decimal("2.5")},
    {"window": 7},
    {"steps": [[0, 1], [7, Decimal("0.5")]]},
    {"steps": [[1, Decimal("0.333333")], [30, Decimal("0.1")]]},
    "none",
)
DAY_STARTS: Final = ("-06:00", "+05:30", "+14:00")
