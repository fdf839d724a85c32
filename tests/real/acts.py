"""Events for the published models: what a lead did on which days before now."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from leadqual.event import Event

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)  # a Friday
_NUMBERS = count(1)

Properties = dict[str, str | bool]


def act(kind: str, *, days_ago: int = 0, **properties: str | bool) -> Event:
    """Return an event of the lead `L`."""
    at = NOW - timedelta(days=days_ago)
    return Event(id=f"e{next(_NUMBERS)}", lead_id="L", kind=kind, at=at, properties=properties)


def acts(kinds: Iterable[str]) -> list[Event]:
    """Return one event of today for each kind."""
    return [act(kind) for kind in kinds]


def published(path: Path) -> Any:
    """Read a published model's facts; numbers with a point stay decimal."""
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
