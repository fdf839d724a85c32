"""Who stands elsewhere under another model, over a whole base, and which lines of the ledger made the difference."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from attrs import define, field

from leadqual.axis import container_problems
from leadqual.errors import ModelError
from leadqual.event import Event, Key
from leadqual.lead import Lead
from leadqual.playbook.standings import Flip, Flips, Flow, Move, Reason, Standing
from leadqual.scoring.compare import compare
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.score import Score

__all__ = ["Flip", "Flips", "Flow", "Move", "Progress", "Reason", "Standing", "flips"]

Progress = Callable[[int, int], object]
"""Called with how many leads are done, and how many there are."""
_NO_FLAGS: Final[frozenset[Key]] = frozenset()
_MOST_MOVES: Final = 3


def flips(
    before: ScoringModel,
    after: ScoringModel,
    leads: Mapping[str, Lead],
    events: Mapping[str, Sequence[Event]],
    *,
    now: datetime,
    flagged: Container[Key] = _NO_FLAGS,
    progress: Progress | None = None,
) -> Flips:
    """Score a base under two models and tell who stands elsewhere, and why.

    What is kept in memory is the counts and the leads that stand elsewhere, not the scores.

    Args:
        before: The model as it was.
        after: The model as it is.
        leads: The leads by id, such as ``base.leads``.
        events: Their events by lead id, such as ``base.events``; a lead without any may be absent.
        now: As of when, for both.
        flagged: Keys of events that do not exist while they are flagged.
        progress: Called now and then with how many leads are done, and how many there are.

    Returns:
        The counts, and the leads that stand elsewhere.

    Raises:
        EventError: If an event is wrong, or a property is of another type than a model declares.
        InstantError: If `now` is naive or out of range.
        LeadError: If an attribute is of another type than a model declares.
        ModelError: If what is compared are no models.

    >>> from datetime import UTC
    >>> from leadqual import Bar, Criterion, Fit, Qualify, field
    >>> def bar(points):
    ...     fit = Fit(criteria=[Criterion(when=field("channel").eq("website"), points=points)])
    ...     return ScoringModel(fit=fit, qualify=Qualify(mql=Bar(when=field("fit").ge(5))))
    >>> base = {"L1": Lead(id="L1", channel="website")}
    >>> found = flips(bar(5), bar(4), base, {}, now=datetime(2026, 1, 1, tzinfo=UTC))
    >>> found.bars["mql"].left, [flip.lead_id for flip in found.flipped], found.reasons[0].least
    (1, ['L1'], Decimal('-1.00000000'))
    """
    wrong = list(container_problems((("before", before, ScoringModel), ("after", after, ScoringModel))))
    if wrong:
        raise ModelError(wrong)
    counts = _Counts()
    for done, (lead_id, lead) in enumerate(leads.items(), start=1):
        told = events.get(lead_id, ())
        first, second = (model.score(lead, told, now=now, flagged=flagged) for model in (before, after))
        counts.add(first, second)
        if progress is not None and (done % 1_000 == 0 or done == len(leads)):
            progress(done, len(leads))
    return Flips(
        leads=len(leads),
        flipped=tuple(sorted(counts.flipped, key=lambda flip: flip.lead_id)),
        bars=_flows(counts.bars, before, after),
        stays=_flows(counts.stays, before, after),
        labels=dict(sorted(counts.labels.items())),
        reasons=_reasons(counts.flipped),
    )


@define
class _Counts:
    """What is kept of the scores."""

    bars: Counter[tuple[str, bool, bool]] = field(factory=Counter)
    stays: Counter[tuple[str, bool, bool]] = field(factory=Counter)
    labels: Counter[tuple[str, str]] = field(factory=Counter)
    flipped: list[Flip] = field(factory=list)

    def add(self, first: Score, second: Score) -> None:
        """Count a lead's two scores."""
        before, after = Standing.of(first), Standing.of(second)
        for counter, was, now in (
            (self.bars, before.qualifies, after.qualifies),
            (self.stays, before.stays, after.stays),
        ):
            counter.update((name, name in was, name in now) for name in was | now)
        self.labels[before.label, after.label] += 1
        if before != after:
            self.flipped.append(Flip(lead_id=first.lead_id, before=before, after=after, moves=_moves(first, second)))


def _moves(first: Score, second: Score) -> tuple[Move, ...]:
    """Return the lines that moved most; of equal ones a line of its own before a cap, and none for the rounding."""
    rows = [row for row in compare(first, second).rows if row.difference and row.what != "rounding"]
    rows.sort(key=lambda row: (-row.difference.copy_abs(), row.what == "cap", row.axis, row.name))
    return tuple(Move(axis=row.axis, name=row.name, points=row.difference) for row in rows[:_MOST_MOVES])


def _flows(counts: Counter[tuple[str, bool, bool]], *models: ScoringModel) -> dict[str, Flow]:
    names = dict.fromkeys(bar.name for model in models for bar in model.plans.bars)
    return {
        name: Flow(entered=counts[name, False, True], left=counts[name, True, False], stayed=counts[name, True, True])
        for name in sorted(names)
    }


def _reasons(flipped: Iterable[Flip]) -> tuple[Reason, ...]:
    found: dict[tuple[str | None, str | None], list[Decimal]] = {}
    for flip in flipped:
        key = (flip.moves[0].axis, flip.moves[0].name) if flip.moves else (None, None)
        found.setdefault(key, []).append(flip.moves[0].points if flip.moves else Decimal(0))
    reasons = [
        Reason(axis=axis, name=name, leads=len(points), least=min(points), most=max(points))
        for (axis, name), points in found.items()
    ]
    return tuple(sorted(reasons, key=lambda reason: (-reason.leads, reason.axis or "", reason.name or "")))
