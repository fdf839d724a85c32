"""Whether a store counts as it finds."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from operator import attrgetter
from typing import Any, Final

from leadqual.service.store import Store
from leadqual.service.tables import EFFECTS, Value
from leadqual.testing.storing.base import TENANT, add, effect

_QUESTIONS: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"equal": {"lead_id": "ana"}},
    {"equal": {"lead_id": ["ana", "Ana"], "number": 1}},
    {"equal": {"touch": None}},
    {"equal": {"touch": []}},
    {"upto": ("ready_at", 1)},
    {"equal": {"lead_id": "ben"}, "upto": ("number", 0)},
)


def counts_what_it_finds(store: Store, _patience: timedelta) -> Iterator[str]:
    """How many rows hold what, nothing included, of those that fulfil all conditions."""
    rows = [
        effect(f"k{number:02d}", (None, -1, 1, 2)[number % 4], lead_id=lead_id, number=number % 3, touch=touch)
        for number, (lead_id, touch) in enumerate(
            (lead_id, touch) for lead_id in ("ana", "Ana", "ben", "İ") for touch in (None, "", "t", "T", "t", "i", "I")
        )
    ]
    add(store, EFFECTS, rows)
    with store.unit(TENANT, write=False) as unit:
        for question in _QUESTIONS:
            found = unit.find(EFFECTS, **question)
            for column in ("lead_id", "ready_at", "number", "touch"):
                wanted = Counter(map(attrgetter(column), found))
                counted = unit.count(EFFECTS, column, **question)
                if counted != wanted:
                    yield (
                        f"`count` of {column!r} with {question} returns {_listed(wanted)}; here it returned "
                        f"{_listed(counted)}."
                    )
                    return


def _listed(counts: Mapping[Value, int]) -> str:
    return repr({value: counts[value] for value in sorted(counts, key=lambda value: (value is not None, str(value)))})
