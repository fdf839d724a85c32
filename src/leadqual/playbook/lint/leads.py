"""A lead that meets a bar without any act: made up, then scored, so that what is said of it is true."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final

from leadqual.conditions.nodes import Condition, Leaf
from leadqual.errors import LeadError
from leadqual.fit.items import read_key
from leadqual.fit.values import Table
from leadqual.lead import BUILT_IN, Lead
from leadqual.playbook.lint.parts import BarPart, Parts
from leadqual.playbook.lint.samples import rows_of, samples_of
from leadqual.scoring.profile import Profile
from leadqual.scoring.score import Score

NOW: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""A Monday, on which the buckets of weeks begin."""
_MOST_PROFILES: Final = 2_000
_MOST_ANSWERS: Final = 200_000
"""Criteria, tables and gates tried on made-up leads, all in all."""
_MOST_SCORES: Final = 600
_APPROACHED: Final = "outbound"


def idle_lead(parts: Parts, bar: BarPart) -> Score | None:
    """Return the score of a lead that we did not approach, that never did anything, and that reaches a bar.

    Args:
        parts: The parts of the model.
        bar: The bar.

    Returns:
        The score, or ``None`` if no such lead was found.
    """
    asked = samples_of([bar.when], parts.of_lead.scope)
    found = ({**row, **more} for row in _profiles(parts) for more in rows_of(asked))
    for row in islice(found, _MOST_SCORES):
        lead = made_up(row)
        if lead is None or lead.acquisition == _APPROACHED:
            continue
        score = parts.model.score(lead, now=NOW)
        if bar.name in score.qualifies:
            return score
    return None


def made_up(row: Mapping[str, Any]) -> Lead | None:
    """Return a lead with some values, or ``None`` if no lead has them.

    Args:
        row: Values by field or attribute; ``None`` for what is not known.

    >>> made_up({"acquisition": "outbound", "country": "ES"}).attributes
    {'country': 'ES'}
    """
    own: dict[str, Any] = {name: value for name, value in row.items() if name in BUILT_IN and value is not None}
    try:
        return Lead(**{"id": "nobody", **own, "attributes": {name: row[name] for name in row if name not in BUILT_IN}})
    except LeadError:
        return None


def _profiles(parts: Parts) -> Iterator[dict[str, Any]]:
    """Yield an empty profile and better and better ones, a field at a time; gated ones only where none is better."""
    samples = samples_of(_questions(parts), parts.of_lead.scope)
    left = min(_MOST_PROFILES, _MOST_ANSWERS // (1 + len(parts.fit) + len(parts.gates)))
    row: dict[str, Any] = {}
    rank = _rank(parts.model.profile(Lead(id="nobody")))
    yield row
    for _ in range(2):
        for name, values in samples.items():
            best = row
            for value in values[: max(left, 0)]:
                left -= 1
                lead = made_up({**row, name: value})
                reached = rank if lead is None else _rank(parts.model.profile(lead))
                if reached > rank:
                    best, rank = {**row, name: value}, reached
            if best is not row:
                row = best
                yield row


def _rank(profile: Profile) -> tuple[bool, int]:
    return not profile.gates, profile.fit


def _questions(parts: Parts) -> Iterator[Condition]:
    """Yield conditions on every value that fit and gates tell apart."""
    yield from (asked.condition for asked in parts.conditions if asked.of == "lead")
    for part in parts.fit:
        table = part.written
        if isinstance(table, Table):
            kind = parts.of_lead.scope.fields[table.field].name
            sizes = [band.below for band in table.bands if band.below is not None]
            named = [read_key(key, kind) for key in table.values]
            values: Any = (*sizes, *named)
            yield Leaf(field=table.field, op="in", value=values) if values else Leaf(field=table.field, op="exists")
