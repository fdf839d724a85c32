"""Few words, few values, few days: small enough that generated leads, events and playbooks keep meeting each other."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

ATTRIBUTES = {
    "title": "text",
    "team": "text",
    "size": "integer",
    "revenue": "number",
    "vip": "boolean",
    "founded": "date",
    "seen": "instant",
    "tags": "list",
}
PROPERTIES = {
    "asset": "text",
    "page": "text",
    "qty": "integer",
    "amount": "number",
    "ok": "boolean",
    "due": "date",
    "slot": "instant",
    "topics": "list",
}
LEAD_FIELDS = {"email": "text", "acquisition": "text", "language": "text", "created_at": "instant"}
KINDS = ("open", "click", "visit")
OUR_KIND = "mail"
INTEREST_GROUPS = ("web", "intent")
FIT_GROUPS = ("seniority", "company")

ROME = timezone(timedelta(hours=1))
WORDS = ("CTO", "cto", "Técnico", "Te\u0301cnico", "TECNICO", "É", "c", "ß", "a-b", "CT")
TEXTS = (
    *WORDS,
    "VP/CTO",
    "CTO_2",
    "CTO2",
    "éCTO",
    "Director",
    "cto Técnico",
    "\u0130stanbul",
    "\u0301",
    "日本",
    "x@CTO",
)
DOMAINS = ("rival.example", "FREE.example", "CTO")
EMAILS = ("a@rival.example", "b@free.example", "c@d@RIVAL.EXAMPLE", "nobody", "ceo@ours.example", None, "")
INSTANTS = (
    datetime(2026, 3, 1, tzinfo=UTC),
    datetime(2026, 3, 1, 1, tzinfo=ROME),
    datetime(2025, 12, 31, 23, 59, 59, 999999, UTC),
)

VALUES: dict[str, tuple[object, ...]] = {
    "text": (*TEXTS, None, ""),
    "integer": (0, 1, 9, 10, 11, -5, 2**63 - 1, None),
    "number": (0.0, -0.0, 0.1, 0.30000000000000004, 1.5, 10, 2**53 + 1, -1e300, float("nan"), None),
    "boolean": (True, False, None),
    "date": (date(2026, 1, 1), date(2026, 3, 1), None),
    "instant": (*INSTANTS, None),
    "list": ([], ["CTO"], ["cto", "É"], ["E\u0301"], ["Técnico", "c", "CTO"], None),
}
LITERALS: dict[str, tuple[object, ...]] = {
    "text": WORDS,
    "list": WORDS,
    "integer": (0, 1, 9, 10, -5, 2**63 - 1),
    "number": (0, Decimal("0.1"), Decimal("0.3"), Decimal("0.1000000000000000055"), Decimal("1.50"), 10, 2**53),
    "boolean": (True, False),
    "date": ("2026-01-01", "2026-03-01"),
    "instant": ("2026-03-01T00:00:00Z", "2026-03-01T00:00:00+01:00", "2025-12-31T23:59:59.999999Z"),
    "score": (0, 1, 5, Decimal("6.5"), Decimal("0.01"), 10, 50, 100, -1),
    "count": (0, 1, 2, 3, 7),
    "kinds": KINDS,
}
"""What a document writes for each type; `score`, `count` and `kinds` are those of the names a bar may read."""

POINTS = (1, 2, 5, Decimal("6.5"), Decimal("0.01"), Decimal("0.33"), 40, 10_000, -3, Decimal("-1.5"))
POINTS_TO_WEIGH = (1, 2, 4, Decimal("0.04"), 10, -4, Decimal("-0.4"))
CAPS = (5, 1, Decimal("15.5"), 100, 1_000_000, 0)
FLOORS = (-50, 0, -1, Decimal("-5.25"), -1_000_000)
CURVES: tuple[object, ...] = (
    "none",
    {"half_life": 1},
    {"half_life": 7},
    {"half_life": 30},
    {"half_life": Decimal("2.25")},
    {"linear": 1},
    {"linear": 10},
    {"linear": Decimal("2.5")},
    {"window": 1},
    {"window": 7},
    {"window": Decimal("2.5")},
    {"steps": [[0, 1], [7, Decimal("0.5")]]},
    {"steps": [[1, Decimal("0.333333")], [30, Decimal("0.1")], [31, Decimal("0.000001")]]},
)
WEIGHTS = ([1], [1, Decimal("0.5")], [1, 1, Decimal("0.5"), Decimal("0.25")], [Decimal("0.75"), 0])
AGES = (0, 0, 0, 1, 1, 2, 3, 6, 7, 8, 10, 13, 14, 29, 30, 31, 40, 365, 366)
NOWS = (
    datetime(2026, 3, 18, 12, 34, 56, 789012, UTC),
    datetime(2026, 3, 16, tzinfo=UTC),  # a Monday's first instant
    datetime(2026, 3, 22, 23, 59, 59, 999999, UTC),  # a Sunday's last
    datetime(2024, 3, 1, 4, 30, tzinfo=UTC),  # after a leap day
    datetime(1971, 1, 4, 18, tzinfo=UTC),
    datetime(2199, 12, 25, 3, tzinfo=UTC),
)
DAY_STARTS = ("+00:00", "-06:00", "+05:30", "+14:00", "-00:30")
