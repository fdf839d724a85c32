"""A score: two axes, one label, and everything that can be asked of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attrs import frozen

from leadqual.event import Event
from leadqual.interest.state import State
from leadqual.lead import Lead
from leadqual.points import to_decimal
from leadqual.scoring.explain import explain
from leadqual.scoring.ledger import Line, fit_lines, interest_lines
from leadqual.scoring.reading import Life, Reading

if TYPE_CHECKING:
    from leadqual.scoring.forecast import Outlook
    from leadqual.scoring.questions import Question
    from leadqual.scoring.whynot.values import Costs, WhyNot


@frozen(eq=False, repr=False)
class Score:
    """The score of one lead at one instant; made by ``model.score(…)``.

    Points are decimals with two places, exact. Two scores are equal when lead, instant and every number are.

    Attributes:
        reading: What it was worked out from, in hundredths of a point; for extensions, not for users.
        qualifies: Names of the bars that are reached.
        stays: Names of the bars that are reached or kept.
    """

    reading: Reading
    qualifies: frozenset[str]
    stays: frozenset[str]

    def _numbers(self) -> tuple[object, ...]:
        """Return everything by which scores are compared."""
        reading = self.reading
        profile = reading.profile
        numbers = (profile.fit, profile.range(), profile.completeness, reading.subtotals, reading.total, reading.label)
        acts = (reading.acts, reading.activity, reading.contact)
        return (self.lead_id, reading.now, *numbers, *acts, self.gates, self.qualifies, self.stays)

    def __reduce__(self) -> tuple[Any, ...]:
        own = self.reading
        return _again, (own.model, own.profile.lead, own.state, own.now, (own.events, own.life))

    def __eq__(self, other: object) -> bool:
        return self._numbers() == other._numbers() if isinstance(other, Score) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.lead_id, self.now, self.label))

    def __repr__(self) -> str:
        bars = ";".join(sorted(self.qualifies)) or "nothing"
        return (
            f"<Score of {self.lead_id!r}: {self.label or '(no label)'}, fit {self.fit}, interest {self.interest}, "
            f"total {self.total}, qualifies for {bars}>"
        )

    @property
    def lead_id(self) -> str:
        """Whose score it is."""
        return self.reading.profile.lead.id

    @property
    def now(self) -> datetime:
        """As of when."""
        return self.reading.now

    @property
    def grade(self) -> str | None:
        """Letter of fit; ``"-"`` when nothing is known, ``None`` without grades."""
        return self.reading.profile.grade

    @property
    def level(self) -> int | None:
        """Digit of interest, 1 is hottest; ``None`` without levels."""
        return self.reading.level

    @property
    def label(self) -> str:
        """Grade and level together, such as ``"B2"``."""
        return self.reading.label

    @property
    def gates(self) -> tuple[str, ...]:
        """Reasons of all gates that hold, in declared order; that of a person who disqualified the lead comes first."""
        return self.reading.gates

    @property
    def fit(self) -> Decimal:
        """How well the profile matches the ideal customer, in points."""
        return to_decimal(self.reading.profile.fit)

    @property
    def interest(self) -> Decimal:
        """What the behaviour says, in points."""
        return to_decimal(self.reading.subtotals.interest)

    @property
    def total(self) -> Decimal:
        """Both axes joined by the playbook's combiner, in points."""
        return to_decimal(self.reading.total)

    @property
    def fit_low(self) -> Decimal:
        """What fit would be if every unknown answer were the worst."""
        return to_decimal(self.reading.profile.range()[0])

    @property
    def fit_high(self) -> Decimal:
        """What fit would be if every unknown answer were the best."""
        return to_decimal(self.reading.profile.range()[1])

    @property
    def completeness(self) -> Decimal:
        """Percentage of the declared attributes' weight that is known."""
        return to_decimal(self.reading.profile.completeness)

    @property
    def gate(self) -> str | None:
        """Reason of the first gate that holds, or ``None``."""
        return self.gates[0] if self.gates else None

    @property
    def groups(self) -> Mapping[str, Decimal]:
        """Subtotal of each group of interest after its caps, in points."""
        return {name: to_decimal(self.reading.group(name)) for name in self.reading.plan.groups}

    @property
    def interactions(self) -> int:
        """Number of the lead's own acts within memory that matched a rule with points above 0."""
        return self.reading.acts.interactions

    @property
    def active_days(self) -> int:
        """Number of days with an interaction."""
        return self.reading.acts.active_days

    @property
    def kinds(self) -> frozenset[str]:
        """Distinct kinds of the interactions."""
        return self.reading.acts.kinds

    @property
    def days_since_activity(self) -> int | None:
        """Age in days of the lead's newest own act, ``None`` if there is none."""
        return self.reading.activity

    @property
    def days_since_contact(self) -> int | None:
        """Age in days of our newest act, ``None`` if there is none."""
        return self.reading.contact

    @property
    def lines(self) -> tuple[Line, ...]:
        """The ledger: the lines of an axis add up to it exactly; worked out when it is asked for."""
        own = self.reading
        fit = fit_lines(own.model.plans.fit, own.profile.lead)
        return (*fit, *interest_lines(own.plan, own.state, own.today, own.events))

    def why_not(self, bar: str, *, costs: "Costs | None" = None) -> "WhyNot":
        """Return the smallest things that would have to happen, or turn out, for the lead to reach a bar.

        Tried are the values that the playbook itself names, and acts that its rules look for, up to three together;
        each answer is verified by rescoring, and none of its parts reaches the bar alone.

        Args:
            bar: ``"mql"`` or ``"sql"``.
            costs: What changes cost; an act or an answer to a question 1, another value of what is known 5.

        Returns:
            Up to five answers, the cheapest first.

        Raises:
            ModelError: If `costs` are no `Costs`.
            UnknownName: If the playbook has no such bar.

        >>> from datetime import UTC, datetime
        >>> from leadqual import Bar, Interest, InterestRule, Lead, Qualify, ScoringModel, field
        >>> model = ScoringModel(
        ...     interest=Interest(rules=[InterestRule(event="download", points=5)]),
        ...     qualify=Qualify(mql=Bar(when=field("interest").ge(8))),
        ... )
        >>> score = model.score(Lead(id="L1"), now=datetime(2026, 1, 5, tzinfo=UTC))
        >>> print(score.why_not("mql").explain())
        Needs: download 2 times now. Then: total 10, MQL.
        """
        from leadqual.scoring.whynot.search import why_not
        from leadqual.scoring.whynot.values import Costs

        return why_not(self, bar, Costs() if costs is None else costs)

    def explain(self) -> str:
        """Return the ledger as a table for people, in plain text.

        Returns:
            Several lines, about 100 characters wide.
        """
        return explain(self)

    def until(self, bar: str, *, keep: bool = False) -> datetime | None:
        """Return when this score first no longer meets a bar if nothing happens.

        Nothing happens means: the lead does nothing more, nor do we, and the profile stays. The answer is the one that
        scoring anew on each day would give.

        Args:
            bar: ``"mql"`` or ``"sql"``.
            keep: Ask for the lower bar that keeps a stage instead: when the name leaves `stays`.

        Returns:
            The instant at which that day starts, in UTC; `now` if the bar is not met now; ``None`` if it is met to the
            end of 2199.

        Raises:
            UnknownName: If the playbook has no such bar.

        >>> from datetime import UTC, datetime
        >>> from leadqual import Bar, Event, Interest, InterestRule, Lead, Linear, Qualify, ScoringModel, field
        >>> model = ScoringModel(
        ...     interest=Interest(rules=[InterestRule(event="download", points=10, decay=Linear(10))]),
        ...     qualify=Qualify(mql=Bar(when=field("interest").ge(8))),
        ... )
        >>> at = datetime(2026, 1, 5, 9, tzinfo=UTC)
        >>> score = model.score(Lead(id="L1"), [Event(id="e1", lead_id="L1", kind="download", at=at)], now=at)
        >>> print(score.until("mql"))
        2026-01-08 00:00:00+00:00
        """
        from leadqual.scoring.when import until

        return until(self, bar, keep=keep)

    def becomes(self, bar: str) -> datetime | None:
        """Return when this score first meets a bar by time alone, because a penalty has faded.

        A score may do so; a lead's stage does not: in the default lifecycle time alone promotes nobody, only an act of
        the lead does.

        Args:
            bar: ``"mql"`` or ``"sql"``.

        Returns:
            The instant at which that day starts, in UTC; `now` if the bar is met now; ``None`` if it is not met to the
            end of 2199 if nothing happens.

        Raises:
            UnknownName: If the playbook has no such bar.
        """
        from leadqual.scoring.when import becomes

        return becomes(self, bar)

    def forecast(self, days: int = 90) -> "tuple[Outlook, ...]":
        """Return what this score will be on each of the days to come if nothing happens.

        Args:
            days: How many days after today, from 0 to 36 500.

        Returns:
            One outlook for today and one for each day after it, each equal to the score as of that instant; fewer where
            the year 2199 ends.

        Raises:
            ProblemsError: If `days` is no whole number or out of range.
        """
        from leadqual.scoring.forecast import forecast

        return forecast(self, days)

    def questions(self) -> "tuple[Question, ...]":
        """Return what to ask about the lead next: the missing attribute whose answer would move fit most comes first.

        Of equal ones that comes first whose answer surely narrows the range of fit more, then one that decides a bar,
        then the one declared first.

        Returns:
            One question for each missing attribute that fit, a gate or a bar reads, if any answer to it would change
            fit, its range, the grade, a gate or a bar.
        """
        from leadqual.scoring.questions import questions

        return questions(self)

    def next_question(self) -> "Question | None":
        """Return the first of `questions`, or ``None`` if no answer would change anything."""
        return next(iter(self.questions()), None)


def _again(
    model: Any, lead: Lead, state: State, now: datetime, more: tuple[Sequence[Event] | None, Life | None]
) -> Score:
    """Return a score from what it was worked out from; a pickled score is worked out anew."""
    score: Score = model.score_state(lead, state, now, *more)
    return score
