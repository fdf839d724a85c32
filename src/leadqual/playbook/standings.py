"""Where leads stand under two models: what a comparison over a whole base gives."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from attrs import field, frozen

from leadqual.languages import Language
from leadqual.scoring.score import Score

_NO_LABELS: Final[Mapping[str, str]] = {}


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
