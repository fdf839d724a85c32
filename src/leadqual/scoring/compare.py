"""What changed between two scores of one lead, line by line."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from attrs import field, frozen

from leadqual.errors import Kind, LeadError, Problem, kind_of, shown
from leadqual.exact import EXACT
from leadqual.scoring.ledger import Line
from leadqual.scoring.score import Score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from leadqual.languages import Language

_Key = tuple[str, str, str, int]
"""Axis, what, name, and which of that name it is."""
_NOTHING: Final = Decimal(0)
_NO_LABELS: Final[Mapping[str, str]] = {}


@frozen(kw_only=True)
class Row:
    """One line of two ledgers. All points are exact, and ``raw + limits + decay + cap == difference``.

    Attributes:
        axis: ``"fit"`` or ``"interest"``.
        what: What earned it: ``criterion``, ``table``, ``rule``, ``inactivity``, ``cap`` or ``rounding``.
        name: What people call it.
        where: Its path in the model of the second score, or in that of the first if only this one has it.
        before: Its line in the ledger of the first score, if it has one there.
        after: Its line in the ledger of the second.
    """

    axis: Literal["fit", "interest"]
    what: str
    name: str
    where: str
    before: Line | None
    after: Line | None

    @property
    def difference(self) -> Decimal:
        """How many points more there are after than before."""
        return self._more(lambda line: line.points)

    @property
    def raw(self) -> Decimal:
        """How much more there is without any limit."""
        return self._more(lambda line: line.raw)

    @property
    def limits(self) -> Decimal:
        """How much less ``distinct_by``, ``per``, ``times`` and ``weights`` take."""
        return self._more(lambda line: line.limits)

    @property
    def decay(self) -> Decimal:
        """How much less decay takes."""
        return self._more(lambda line: line.decay)

    @property
    def cap(self) -> Decimal:
        """How much less caps take, or more give."""
        return self._more(lambda line: line.cap)

    @property
    def moved(self) -> bool:
        """Whether anything about it is another than before."""
        return any((self.raw, self.limits, self.decay, self.cap))

    def _more(self, part: Callable[[Line], Decimal]) -> Decimal:
        before, after = (_NOTHING if line is None else part(line) for line in (self.before, self.after))
        return EXACT.subtract(after, before)


@frozen(kw_only=True)
class Comparison:
    """Two scores of one lead, side by side; made by ``compare(before, after)``.

    Attributes:
        before: The first score.
        after: The second.
        rows: Every line of either ledger. Of each axis the one that moved most comes first, equal ones in the order of
            the ledger; the differences of an axis add up to its own.
    """

    before: Score
    after: Score
    rows: tuple[Row, ...] = field(repr=False)

    @property
    def fit(self) -> Decimal:
        """How much more fit there is after than before, in points."""
        return EXACT.subtract(self.after.fit, self.before.fit)

    @property
    def interest(self) -> Decimal:
        """How much more interest there is, in points."""
        return EXACT.subtract(self.after.interest, self.before.interest)

    @property
    def total(self) -> Decimal:
        """How much more the total is, in points."""
        return EXACT.subtract(self.after.total, self.before.total)

    @property
    def gained(self) -> frozenset[str]:
        """Names of the bars that are reached after and were not before."""
        return self.after.qualifies - self.before.qualifies

    @property
    def lost(self) -> frozenset[str]:
        """Names of the bars that were reached before and are not after."""
        return self.before.qualifies - self.after.qualifies

    @property
    def gates_gained(self) -> tuple[str, ...]:
        """Reasons of the gates that hold after and did not before."""
        return tuple(reason for reason in self.after.gates if reason not in self.before.gates)

    @property
    def gates_lost(self) -> tuple[str, ...]:
        """Reasons of the gates that held before and do not after."""
        return tuple(reason for reason in self.before.gates if reason not in self.after.gates)

    def explain(self, language: Language = "en", *, labels: Mapping[str, str] = _NO_LABELS) -> str:
        """Return what changed as a table for people, in plain text.

        Args:
            language: ``"en"`` or ``"es"``.
            labels: What people call groups, rules and reasons, by name.

        Returns:
            Several lines, about 100 characters wide; lines that did not move are counted only.

        Raises:
            UnknownName: If leadqual does not speak the language.
        """
        from leadqual.scoring.comparetable import table

        return table(self, language, labels)


def compare(before: Score, after: Score) -> Comparison:
    """Say what changed between two scores of one lead: of two instants, two models or two profiles.

    Lines are matched by axis, sort and name; of equal names the first with the first, in the order of the models.

    Args:
        before: The first score.
        after: The second.

    Returns:
        The comparison; its rows add up exactly.

    Raises:
        LeadError: If the scores are of different leads, or are no scores.

    >>> from datetime import UTC, datetime, timedelta
    >>> from leadqual import Event, Interest, InterestRule, Lead, Linear, ScoringModel
    >>> model = ScoringModel(interest=Interest(rules=[InterestRule(event="download", points=10, decay=Linear(10))]))
    >>> at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    >>> lead, events = Lead(id="L1"), [Event(id="e1", lead_id="L1", kind="download", at=at)]
    >>> change = compare(*(model.score(lead, events, now=at + timedelta(days=days)) for days in (0, 3)))
    >>> change.interest, [(row.name, row.decay) for row in change.rows]
    (Decimal('-3.00'), [('download', Decimal('-3.00000000'))])
    """
    for where, score in (("before", before), ("after", after)):
        if not isinstance(score, Score):
            hint = "Pass what model.score(…) gave."
            raise LeadError([Problem(where=where, what="a score was expected", got=kind_of(score), hint=hint)])
    if before.lead_id != after.lead_id:
        hint = "Compare two scores of one lead; after a merge, score both under the id that is left."
        what = f"lead {shown(before.lead_id)} was expected"
        raise LeadError([Problem(where="after.lead_id", what=what, got=Kind(shown(after.lead_id)), hint=hint)])
    first, second = _lines(before), _lines(after)
    rows = []
    for key in _in_order(list(first), list(second)):
        line = second[key] if key in second else first[key]
        rows.append(
            Row(
                axis=line.axis,
                what=line.what,
                name=line.name,
                where=line.where,
                before=first.get(key),
                after=second.get(key),
            )
        )
    rows.sort(key=lambda row: row.difference.copy_abs(), reverse=True)
    rows.sort(key=lambda row: row.axis)
    return Comparison(before=before, after=after, rows=tuple(rows))


def _lines(score: Score) -> dict[_Key, Line]:
    """Return the lines of a ledger by what they are matched by."""
    plans = score.reading.model.plans
    parts: list[tuple[str, object]] = [(item.where, (item.what, item.name)) for item in plans.fit.items]
    parts += [(rule.where, (rule.rule.inactivity is None, rule.name)) for rule in plans.interest.rules]
    numbers: dict[str, int] = {}
    seen: Counter[object] = Counter()
    for where, sort in parts:  # also what earned nothing has its number
        seen[sort] += 1
        numbers[where] = seen[sort]
    return {_key(line, numbers): line for line in score.lines}


def _key(line: Line, numbers: Mapping[str, int]) -> _Key:
    of_axis = line.what == "cap" and ".groups." not in line.where  # a group may have the name of its axis
    return line.axis, line.what, line.name, -1 if of_axis else numbers.get(line.where, 0)


def _in_order(first: list[_Key], second: list[_Key]) -> Iterator[_Key]:
    """Yield the keys of both ledgers, those of one alone where they stand in it."""
    rest = iter(first)
    there, both = set(first), set(second)
    for key in second:
        if key in there:
            for old in rest:
                if old == key:
                    break
                if old not in both:
                    yield old
        yield key
    yield from (old for old in rest if old not in both)
