"""Who waits to be promoted, so that an import or a new model does not flood sales in a day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from attrs import frozen

from leadqual.fit.plan import UNKNOWN_GRADE
from leadqual.lifecycle.facts import StageChanged
from leadqual.qualifier.outcome import Outcome


@frozen(kw_only=True)
class Waiting:
    """A lead that would be promoted.

    Attributes:
        lead_id: Which.
        stage: The stage it would enter.
        label: Its label.
        last_act: When it last did something.
    """

    lead_id: str
    stage: str
    label: str
    last_act: datetime | None


@frozen(kw_only=True)
class Backlog:
    """Who waits to be promoted.

    Attributes:
        leads: The leads, the most promising first: by label, then the latest act, then the id.
        counts: By stage, how many would enter it.

    >>> print(Backlog(leads=(), counts={}))
    Nobody would be promoted.
    """

    leads: tuple[Waiting, ...]
    counts: Mapping[str, int]

    def __str__(self) -> str:
        parts = [f"{count:,} would enter {stage}" for stage, count in self.counts.items()]
        return f"{'; '.join(parts)}." if parts else "Nobody would be promoted."


def backlog(outcomes: Iterable[Outcome], now: datetime) -> Backlog:
    """Return who waits, from what a release would bring.

    Args:
        outcomes: What it would bring, lead by lead.
        now: The instant; leads that never did anything come last.
    """
    rows = [row for outcome in outcomes for row in _rows(outcome)]

    def place(row: Waiting) -> tuple[bool, str, bool, timedelta, str]:
        unknown = not row.label or row.label.startswith(UNKNOWN_GRADE)
        silent = row.last_act is None
        return unknown, row.label, silent, timedelta() if row.last_act is None else now - row.last_act, row.lead_id

    leads = tuple(sorted(rows, key=place))
    counts = Counter(row.stage for row in leads)
    return Backlog(leads=leads, counts=dict(sorted(counts.items())))


def _rows(outcome: Outcome) -> Iterator[Waiting]:
    for fact in outcome.facts:
        if isinstance(fact, StageChanged) and fact.cause.kind == "rescore":
            last = outcome.record.traces.last_act
            yield Waiting(lead_id=fact.lead_id, stage=fact.to, label=fact.label, last_act=last)
