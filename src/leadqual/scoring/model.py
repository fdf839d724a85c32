"""A scoring model: one meaning, checked when it is built, then a pure function."""

from collections.abc import Collection, Container, Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from attrs import field, frozen

from leadqual.axis import container_problems, copied, listed
from leadqual.calendar import DayStart, utc
from leadqual.canonical import fingerprint, plain
from leadqual.conditions.bind import Scope
from leadqual.conditions.lists import BUILT_IN_LISTS
from leadqual.errors import EventError, InstantError, Kind, LeadError, ModelError, Problem, kind_of, shown
from leadqual.event import Event, Key
from leadqual.fit.check import fit_containers
from leadqual.fit.plan import LETTERS, UNKNOWN_GRADE, plan_fit
from leadqual.fit.values import Fit
from leadqual.fold import normal
from leadqual.interest.check import interest_containers
from leadqual.interest.dedupe import each_once
from leadqual.interest.measure import measure
from leadqual.interest.plan import DIGITS, plan_interest
from leadqual.interest.state import State
from leadqual.interest.tally import Tally
from leadqual.interest.values import Interest
from leadqual.lead import Lead
from leadqual.scoring.combine import Combine, combine_containers, combine_problems, combiner
from leadqual.scoring.declared import (
    Attribute,
    attribute_problems,
    lead_fields,
    list_problems,
    property_problems,
    typed,
    weights,
)
from leadqual.scoring.plans import Plans
from leadqual.scoring.profile import Profile, read_profile
from leadqual.scoring.qualify import Qualify, plan_bars, score_fields, try_bars
from leadqual.scoring.reading import Reading
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
        plans = _plan(self, problems)
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
        for event in self._once(events, lead, flagged):
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
        once = self._once(events, profile.lead, flagged)
        tally = Tally(self.plans.interest, self, profile.lead.since)
        known = tuple(event for event in once if event.at <= now and (tally.since is None or event.at >= tally.since))
        for event in known:
            tally.add(event)
        return self._score(profile, tally.state, now, known)

    def _once(self, events: Iterable[Event], lead: Lead | None, flagged: Container[Key]) -> tuple[Event, ...]:
        """Return each event once, all of them of the lead."""
        same_lead: dict[str, str] = {}
        events = _checked(events, flagged)
        if lead is None and len({event.lead_id for event in events}) > 1:
            hint = "Pass one lead's events; after a merge, pass lead=Lead(…, merged_ids=…)."
            what = "events of one lead were expected"
            raise EventError([Problem(where="events", what=what, got=Kind("events of several"), hint=hint)])
        if lead is not None:
            same_lead = dict.fromkeys(lead.merged_ids, lead.id)
            others = [event for event in events if same_lead.get(event.lead_id, event.lead_id) != lead.id]
            if others:
                hint = "Pass this lead's events only; after a merge, name the other id in Lead(merged_ids=…)."
                got = f"an event of lead {shown(others[0].lead_id)}"
                where = f"event {shown(others[0].id)}.lead_id"
                raise EventError([Problem(where=where, what=f"lead {shown(lead.id)} was expected", got=got, hint=hint)])
        return each_once(events, self.properties, same_lead=same_lead, flagged=flagged)

    def score_state(self, lead: Lead, state: State, now: datetime, events: tuple[Event, ...] | None) -> Score:
        """Score what was folded; for engines and stores, which keep the state of a tally.

        Args:
            lead: The lead.
            state: What was folded for it; it must not change afterwards.
            now: The instant, in UTC, not before the newest event.
            events: The events that were folded, if they are at hand.
        """
        return self._score(self.profile(lead), state, now, events)

    def _score(self, profile: Profile, state: State, now: datetime, events: tuple[Event, ...] | None) -> Score:
        plans = self.plans
        plan = plans.interest
        today = (now - plan.day_start.epoch).days
        subtotals = measure(plan, state, today)
        level = plan.level(subtotals.interest)
        label = (profile.grade or "") + ("" if level is None else str(level))
        total = plans.total(profile.fit, subtotals.interest, label)
        reading = Reading(self, now, today, profile, state, events, subtotals, total, level, label)
        if profile.gates or not plans.bars:
            return Score(reading, _NO_BARS, _NO_BARS)
        return Score(reading, *try_bars(plans.bars, reading))


def _built(*parts: Any) -> ScoringModel:
    """Return a model from its parts; a pickled model is built anew."""
    names = ("attributes", "properties", "lists", "day_starts", "fit", "interest", "combine", "qualify")
    return ScoringModel(**dict(zip(names, parts, strict=True)))


def _checked(events: Iterable[Event], flagged: Container[Key]) -> tuple[Event, ...]:
    """Return events as a tuple, or raise if they, or the flags, are nothing of the kind.

    Raises:
        EventError: With the first that is no event.
    """
    hint = "Pass Event values, or a tally made by model.tally()."
    if not isinstance(events, Iterable):
        raise EventError([Problem(where="events", what="events were expected", got=kind_of(events), hint=hint)])
    first = next(iter(flagged), None) if isinstance(flagged, Collection) else None
    if not isinstance(flagged, Container) or (first is not None and not isinstance(first, tuple)):
        wrong = "Pass a set of event keys, (source, id)."
        raise EventError([Problem(where="flagged", what="keys were expected", got=kind_of(flagged), hint=wrong)])
    listed_events = tuple(events)
    for i, event in enumerate(listed_events):
        if not isinstance(event, Event):
            raise EventError(
                [Problem(where=f"events[{i}]", what="an event was expected", got=kind_of(event), hint=hint)]
            )
    return listed_events


def _plan(model: ScoringModel, problems: list[Problem]) -> Plans | None:
    """Check a model and make it ready; what is wrong is added to the problems in the order of a document."""
    problems += _containers(model)
    if problems:
        return None
    try:
        day_start = DayStart.parse(model.day_starts)
    except InstantError as error:
        problems += error.problems
        day_start = DayStart()
    problems += attribute_problems(model.attributes)
    problems += property_problems(model.properties)
    problems += list_problems(model.lists)
    lists = {**BUILT_IN_LISTS, **{name: part for name, part in model.lists.items() if isinstance(part, tuple)}}
    sound = {name: part for name, part in model.attributes.items() if isinstance(part, Attribute)}
    lead_scope = Scope(lead_fields(sound), lists, "attribute")
    event_scope = Scope(typed(model.properties), lists, "property")
    fit = plan_fit(model.fit, lead_scope, problems)
    interest = plan_interest(model.interest, event_scope, day_start, problems)
    problems += _axis_problems(model)
    problems += combine_problems(model.combine, _labels(model))
    bar_fields = {**lead_scope.fields, **score_fields(model.fit.grades, model.interest.groups)}
    bars = plan_bars(model.qualify, Scope(bar_fields, lists, "field"), problems)
    if interest is None or problems:
        return None
    return Plans(fit=fit, interest=interest, total=combiner(model.combine), bars=bars, weights=weights(sound))


def _containers(model: ScoringModel) -> list[Problem]:
    """Return which parts of a model are of another class than they should be; nothing else can be checked then."""
    found = container_problems(
        (
            ("attributes", model.attributes, dict),
            ("properties", model.properties, dict),
            ("lists", model.lists, dict),
            ("fit", model.fit, Fit),
            ("interest", model.interest, Interest),
            ("combine", model.combine, Combine),
            ("qualify", model.qualify, Qualify),
        )
    )
    return list(found) or [
        *fit_containers(model.fit),
        *interest_containers(model.interest),
        *combine_containers(model.combine),
    ]


def _labels(model: ScoringModel) -> frozenset[str]:
    grades = (
        [*(letter for letter in LETTERS if letter in model.fit.grades), UNKNOWN_GRADE] if model.fit.grades else [""]
    )
    levels = [digit for digit in DIGITS if digit in model.interest.levels] or [""]
    return frozenset(grade + level for grade in grades for level in levels)


def _axis_problems(model: ScoringModel) -> list[Problem]:
    """Return what is wrong with names that serve both axes."""
    hint = "A name serves one axis only; rename one of the two."
    of_fit = {normal(str(name)) for name in model.fit.groups}
    both: list[str] = [name for name in model.interest.groups if normal(str(name)) in of_fit]
    return [
        Problem(where=f"interest.groups.{name}", what="the group belongs to fit", got=name, hint=hint) for name in both
    ]
