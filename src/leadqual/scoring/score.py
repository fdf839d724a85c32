"""A score: two axes, one label, and everything that can be asked of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from attrs import field, frozen

from leadqual.event import Event
from leadqual.fit.plan import FitPlan
from leadqual.interest.acts import Acts, acts_within, days_since
from leadqual.interest.plan import InterestPlan
from leadqual.interest.state import State
from leadqual.points import MILLIONTHS, half_up, to_decimal
from leadqual.scoring.explain import explain
from leadqual.scoring.ledger import Line, fit_lines, interest_lines
from leadqual.scoring.profile import Profile


@frozen(kw_only=True, eq=False)
class Source:
    """What a score was worked out from, kept so that it can explain itself.

    Attributes:
        fit: The fit of the model.
        interest: The interest of the model.
        profile: What was known of the lead.
        state: What was folded; never changed once a score holds it.
        today: The day of the score.
        events: The events that were folded, if they were at hand.
    """

    fit: FitPlan
    interest: InterestPlan
    profile: Profile
    state: State
    today: int
    events: Sequence[Event] | None


@frozen(kw_only=True, repr=False)
class Score:
    """The score of one lead at one instant; made by ``model.score(…)``.

    Points are decimals with two places, exact. Two scores are equal when lead, instant and every number are.

    Attributes:
        lead_id: Whose score it is.
        now: As of when.
        grade: Letter of fit, ``"-"`` when nothing is known, ``None`` without grades.
        level: Digit of interest, 1 is hottest, ``None`` without levels.
        label: Both together, such as ``"B2"``.
        qualifies: Names of the bars that are reached.
        stays: Names of the bars that are reached or kept.
        gates: Reasons of all gates that hold, in declared order.
    """

    lead_id: str
    now: datetime
    _fit: int
    _interest: int
    _total: int
    grade: str | None
    level: int | None
    label: str
    qualifies: frozenset[str]
    stays: frozenset[str]
    gates: tuple[str, ...]
    _groups: tuple[int, ...]
    _source: Source = field(eq=False)

    def __repr__(self) -> str:
        bars = ";".join(sorted(self.qualifies)) or "nothing"
        return (
            f"<Score of {self.lead_id!r}: {self.label or '(no label)'}, fit {self.fit}, interest {self.interest}, "
            f"total {self.total}, qualifies for {bars}>"
        )

    @property
    def fit(self) -> Decimal:
        """How well the profile matches the ideal customer, in points."""
        return to_decimal(self._fit)

    @property
    def interest(self) -> Decimal:
        """What the behaviour says, in points."""
        return to_decimal(self._interest)

    @property
    def total(self) -> Decimal:
        """Both axes joined by the playbook's combiner, in points."""
        return to_decimal(self._total)

    @property
    def fit_low(self) -> Decimal:
        """What fit would be if every unknown answer were the worst."""
        return to_decimal(self._source.profile.range()[0])

    @property
    def fit_high(self) -> Decimal:
        """What fit would be if every unknown answer were the best."""
        return to_decimal(self._source.profile.range()[1])

    @property
    def completeness(self) -> Decimal:
        """Percentage of the declared attributes' weight that is known."""
        return to_decimal(self._source.profile.completeness)

    @property
    def gate(self) -> str | None:
        """Reason of the first gate that holds, or ``None``."""
        return self.gates[0] if self.gates else None

    @property
    def groups(self) -> Mapping[str, Decimal]:
        """Subtotal of each group of interest after its caps, in points."""
        rounded = (to_decimal(half_up(grains, MILLIONTHS)) for grains in self._groups)
        return dict(zip(self._source.interest.groups, rounded, strict=True))

    @property
    def _acts(self) -> Acts:
        return acts_within(self._source.state, self._source.today, self._source.interest.memory)

    @property
    def interactions(self) -> int:
        """Number of the lead's own acts within memory that matched a rule with points above 0."""
        return self._acts.interactions

    @property
    def active_days(self) -> int:
        """Number of days with an interaction."""
        return self._acts.active_days

    @property
    def kinds(self) -> frozenset[str]:
        """Distinct kinds of the interactions."""
        return self._acts.kinds

    @property
    def days_since_activity(self) -> int | None:
        """Age in days of the lead's newest own act, ``None`` if there is none."""
        return days_since(self._source.state.own_day, self._source.today)

    @property
    def days_since_contact(self) -> int | None:
        """Age in days of our newest act, ``None`` if there is none."""
        return days_since(self._source.state.our_day, self._source.today)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The ledger: the lines of an axis add up to it exactly; worked out when it is asked for."""
        source = self._source
        fit = fit_lines(source.fit, source.profile.lead)
        return (*fit, *interest_lines(source.interest, source.state, source.today, source.events))

    def explain(self) -> str:
        """Return the ledger as a table for people, in plain text.

        Returns:
            Several lines, at most 100 characters wide.
        """
        return explain(self)
