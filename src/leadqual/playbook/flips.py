"""Who stands elsewhere under another model, over a whole base, and which lines of the ledger made the difference."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

from attrs import define, field, frozen

from leadqual.event import Event, Key
from leadqual.languages import Language
from leadqual.lead import Lead
from leadqual.scoring.compare import compare
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.score import Score

Progress = Callable[[int, int], object]
"""Called with how many leads are done, and how many there are."""
_NO_FLAGS: Final[frozenset[Key]] = frozenset()
_NO_LABELS: Final[Mapping[str, str]] = {}
_MOST_MOVES: Final = 3


@frozen(kw_only=True)
class Standing:
    """Where a lead stands.

    Attributes:
        label: Grade and level together.
        grade: Letter of fit.
        level: Digit of interest.
        qualifies: The bars that are reached.
        stays: The bars that are reached or kept.
        gate: Reason of the first gate that holds.
    """

    label: str
    grade: str | None
    level: int | None
    qualifies: frozenset[str]
    stays: frozenset[str]
    gate: str | None

    @classmethod
    def of(cls, score: Score) -> "Standing":
        """Return where a score puts its lead."""
        return cls(
            label=score.label,
            grade=score.grade,
            level=score.level,
            qualifies=score.qualifies,
            stays=score.stays,
            gate=score.gate,
        )


@frozen(kw_only=True)
class Move:
    """A line of the ledger that earns another number of points.

    Attributes:
        axis: ``"fit"`` or ``"interest"``.
        name: What people call it.
        points: How many points more it earns, exact.
    """

    axis: str
    name: str
    points: Decimal


@frozen(kw_only=True)
class Flip:
    """A lead that stands elsewhere.

    Attributes:
        lead_id: Whose.
        before: Where it stood.
        after: Where it stands.
        moves: The lines that moved most, at most three; none where only bounds or bars moved.
    """

    lead_id: str
    before: Standing
    after: Standing
    moves: tuple[Move, ...]

    @property
    def gained(self) -> frozenset[str]:
        """Names of the bars it enters."""
        return self.after.qualifies - self.before.qualifies

    @property
    def lost(self) -> frozenset[str]:
        """Names of the bars it leaves."""
        return self.before.qualifies - self.after.qualifies


@frozen(kw_only=True)
class Flow:
    """How many leads a bar wins, loses and keeps.

    Attributes:
        entered: Leads that reach it now and did not before.
        left: Leads that reached it before and do not now.
        stayed: Leads that reach it as before.
    """

    entered: int = 0
    left: int = 0
    stayed: int = 0


@frozen(kw_only=True)
class Reason:
    """The line that moved most, for a number of leads that stand elsewhere.

    Attributes:
        axis: ``"fit"`` or ``"interest"``; ``None`` where no line moved, but bounds or bars did.
        name: What people call the line; ``None`` likewise.
        leads: For how many leads it moved most.
        least: The smallest difference in points.
        most: The greatest one.
    """

    axis: str | None
    name: str | None
    leads: int
    least: Decimal
    most: Decimal


@frozen(kw_only=True)
class Flips:
    """Who stands elsewhere under another model. Leads are named by their ids only.

    Attributes:
        leads: How many leads were scored.
        flipped: Those that stand elsewhere, by lead id as text.
        bars: By bar, how many leads reach it before and after.
        stays: By bar, how many leads reach or keep it.
        labels: How many leads went from one label to another, or kept theirs.
        reasons: The lines that moved most, those of the most leads first.
    """

    leads: int
    flipped: tuple[Flip, ...] = field(repr=False)
    bars: Mapping[str, Flow] = field(hash=False)
    stays: Mapping[str, Flow] = field(hash=False)
    labels: Mapping[tuple[str, str], int] = field(hash=False)
    reasons: tuple[Reason, ...]

    def explain(self, language: Language = "en", *, labels: Mapping[str, str] = _NO_LABELS) -> str:
        """Return the figures as text for people: bars, labels, reasons, and the first ids of who enters and leaves.

        Args:
            language: ``"en"`` or ``"es"``.
            labels: What people call rules and groups, by name.

        Returns:
            Lines without markup.

        Raises:
            UnknownName: If leadqual does not speak the language.
        """
        from leadqual.playbook.flipwords import figures

        return figures(self, language, labels)


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
