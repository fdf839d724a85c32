"""A scoring model: one meaning, checked when it is built, then a pure function."""

from collections.abc import Container, Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from attrs import field, frozen

from leadqual.axis import copied, listed
from leadqual.calendar import utc
from leadqual.canonical import fingerprint, plain
from leadqual.errors import LeadError, ModelError, Problem, kind_of
from leadqual.event import Event, Key
from leadqual.fit.values import Fit
from leadqual.interest.measure import Subtotals, measure
from leadqual.interest.state import State
from leadqual.interest.tally import Tally
from leadqual.interest.values import Interest
from leadqual.lead import Lead
from leadqual.scoring.build import plan_model
from leadqual.scoring.combine import Combine
from leadqual.scoring.declared import Attribute
from leadqual.scoring.once import events_of_one
from leadqual.scoring.plans import Plans
from leadqual.scoring.profile import Profile, read_profile
from leadqual.scoring.qualify import Qualify, try_bars
from leadqual.scoring.reading import Life, Reading
from leadqual.scoring.score import Score

_NO_FLAGS: Final[frozenset[Key]] = frozenset()
_NO_BARS: Final[frozenset[str]] = frozenset()


def _attributes(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    return {name: Attribute(type=part) if isinstance(part, str) else part for name, part in value.items()}


def _offset(value: Any) -> Any:
    return "+00:00" if value == "-00:00" else value


def _lists(value: Any) -> Any:
    return {name: listed(part) for name, part in value.items()} if isinstance(value, Mapping) else value


@frozen(kw_only=True)
class ScoringModel:
    """How leads are scored: what is read, fit, interest, how they join, and which scores qualify.

    A playbook has one; it can be built in Python too. Equal models have equal fingerprints.

    Attributes:
        attributes: What is read of a lead, by name: a type, or an `Attribute` with a weight.
        properties: What is read of an event, by name, with its type.
        lists: Named value lists, for ``value = "@name"``.
        day_starts: Fixed offset from UTC at which a day starts.
        fit: How well a profile matches.
        interest: What the behaviour says.
        combine: How both become one total.
        qualify: Which scores make an MQL or an SQL.
        plans: The same, checked and ready to be run; for engines and extensions.

    Raises:
        ModelError: With every problem, if the model is wrong.

    >>> from datetime import UTC, datetime
    >>> from leadqual.conditions import field
    >>> from leadqual.fit import Criterion
    >>> from leadqual.interest import InterestRule
    >>> model = ScoringModel(
    ...     attributes={"job_title": "text"},
    ...     fit=Fit(criteria=[Criterion(when=field("job_title").contains_word("CTO"), points=25)]),
    ...     interest=Interest(rules=[InterestRule(event="download", points=2)]),
    ... )
    >>> lead = Lead(id="L1", attributes={"job_title": "CTO"})
    >>> at = datetime(2026, 1, 1, tzinfo=UTC)
    >>> model.score(lead, [Event(id="e1", lead_id="L1", kind="download", at=at)], now=at).total
    Decimal('27.00')
    """

    attributes: Mapping[str, Attribute] = field(factory=dict, converter=_attributes, hash=False)
    properties: Mapping[str, str] = field(factory=dict, converter=copied, hash=False)
    lists: Mapping[str, tuple[str, ...]] = field(factory=dict, converter=_lists, hash=False)
    day_starts: str = field(default="+00:00", converter=_offset)
    fit: Fit = field(factory=Fit)
    interest: Interest = field(factory=Interest)
    combine: Combine = field(factory=Combine)
    qualify: Qualify = field(factory=Qualify)
    plans: Plans = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        problems: list[Problem] = []
        plans = plan_model(self, problems)
        if plans is None or problems:
            raise ModelError(problems)
        object.__setattr__(self, "plans", plans)

    def __reduce__(self) -> tuple[Any, ...]:
        own = (self.attributes, self.properties, self.lists, self.day_starts)
        return _built, (*own, self.fit, self.interest, self.combine, self.qualify)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the model's canonical form, in hexadecimal."""
        return fingerprint(plain(self))

    def profile(self, lead: Lead) -> Profile:
        """Read a lead, to score it at many instants without reading its attributes again.

        Args:
            lead: The lead.

        Returns:
            What `score` takes in place of the lead.

        Raises:
            LeadError: If an attribute is of another type than declared.
        """
        if not isinstance(lead, Lead):
            raise LeadError([Problem(where="lead", what="a lead was expected", got=kind_of(lead), hint="Pass a Lead.")])
        return read_profile(lead, self.plans.fit, self.plans.weights)

    def tally(
        self, events: Iterable[Event] = (), *, lead: Lead | None = None, flagged: Container[Key] = _NO_FLAGS
    ) -> Tally:
        """Fold events into a tally, for scoring that does not keep them.

        Args:
            events: Events of one lead in any order; exact copies are one.
            lead: Whose they are; its ``since`` and merged ids matter.
            flagged: Keys of events that do not exist while they are flagged.

        Returns:
            A tally that `score` takes in place of the events.

        Raises:
            EventConflict: If one id came with two contents.
            EventError: If the events are of several leads or of another one, or a property is of another type than
                declared.
        """
        if lead is not None and not isinstance(lead, Lead):
            raise LeadError([Problem(where="lead", what="a lead was expected", got=kind_of(lead), hint="Pass a Lead.")])
        since = None if lead is None else lead.since
        tally = Tally(self.plans.interest, self, since)
        for event in events_of_one(events, lead, self.properties, flagged):
            tally.add(event)
        return tally

    def score(
        self,
        lead: Lead | Profile,
        events: Iterable[Event] | Tally = (),
        *,
        now: datetime,
        flagged: Container[Key] = _NO_FLAGS,
    ) -> Score:
        """Score a lead as of an instant.

        Args:
            lead: The lead, or its profile.
            events: Its events in any order, also later ones (they do not count yet), or a tally of them.
            now: The instant.
            flagged: Keys of events that do not exist while they are flagged; a tally has left them out already.

        Returns:
            The score.

        Raises:
            EventConflict: If one id came with two contents.
            EventError: If an event is another lead's, or a property is of another type than declared.
            InstantError: If `now` is naive or out of range.
            LeadError: If an attribute is of another type than declared.
            ModelLimit: If more than 4 000 000 events of one rule count.
            TallyMismatch: If the tally belongs to another model, or was folded with another `since`.
            TooEarly: If the tally reaches beyond `now`.
        """
        now = utc(now, "now")
        profile = lead if isinstance(lead, Profile) else self.profile(lead)
        if isinstance(events, Tally):
            score = self._score(profile, events.state_at(now, self, profile.lead.since), now, None)
            events.lend(score.reading)
            return score
        once = events_of_one(events, profile.lead, self.properties, flagged)
        tally = Tally(self.plans.interest, self, profile.lead.since)
        known = tuple(event for event in once if event.at <= now and (tally.since is None or event.at >= tally.since))
        for event in known:
            tally.add(event)
        return self._score(profile, tally.state, now, known)

    def score_state(
        self,
        lead: Lead | Profile,
        state: State,
        now: datetime,
        events: tuple[Event, ...] | None,
        life: Life | None = None,
    ) -> Score:
        """Score what was folded; for engines and stores, which keep the state of a tally.

        Args:
            lead: The lead, or its profile.
            state: What was folded for it; it must not change afterwards.
            now: The instant, in UTC, not before the newest event.
            events: The events that were folded, if they are at hand.
            life: Where the lead stands in its life, if that is known.
        """
        return self._score(lead if isinstance(lead, Profile) else self.profile(lead), state, now, events, life)

    def _score(
        self,
        profile: Profile,
        state: State,
        now: datetime,
        events: tuple[Event, ...] | None,
        life: Life | None = None,
    ) -> Score:
        plans = self.plans
        subtotals = measure(plans.interest, state, plans.interest.day_start.day(now))
        reading = self.reading(profile, state, subtotals, now, events, life=life)
        if not plans.bars or reading.gates:
            return Score(reading, _NO_BARS, _NO_BARS)
        return Score(reading, *try_bars(plans.bars, reading))

    def reading(
        self,
        profile: Profile,
        state: State,
        subtotals: Subtotals,
        now: datetime,
        events: tuple[Event, ...] | None,
        *,
        life: Life | None = None,
    ) -> Reading:
        """Return what was folded and measured as bars read it; for searches, which keep both.

        Args:
            profile: The lead's profile.
            state: What was folded for it; it must not change afterwards.
            subtotals: What it measures on the day of `now`.
            now: The instant, in UTC.
            events: The events that were folded, if they are at hand.
            life: Where the lead stands in its life, if that is known.
        """
        plans = self.plans
        plan = plans.interest
        today = plan.day_start.day(now)
        level = plan.level(subtotals.interest)
        label = (profile.grade or "") + ("" if level is None else str(level))
        total = plans.total(profile.fit, subtotals.interest, label)
        return Reading(self, now, today, profile, state, events, subtotals, total, level, label, life)


def _built(*parts: Any) -> ScoringModel:
    """Return a model from its parts; a pickled model is built anew."""
    names = ("attributes", "properties", "lists", "day_starts", "fit", "interest", "combine", "qualify")
    return ScoringModel(**dict(zip(names, parts, strict=True)))
