"""Stories: what a lead does day by day, told in a test, and the score that the playbook should give it then."""

import warnings
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, Final

from attrs import evolve, frozen

from leadqual.errors import EventError, LeadError, Problem, ProblemsError, UnknownName
from leadqual.fold import normal
from leadqual.hints import did_you_mean
from leadqual.interest.check import ANY_KIND
from leadqual.playbook.examplecheck import example_problems
from leadqual.playbook.examples import Example, ExampleEvent, Expectation
from leadqual.playbook.playbook import Playbook
from leadqual.playbook.stories import Told, run_example
from leadqual.points import Points
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.score import Score

_SLIP: Final = 0.85
_ERRORS: Final[Mapping[str, type[ProblemsError]]] = {"lead": LeadError, "events": EventError, "objective": UnknownName}
_ANYTHING: Final = Expectation(total=0)


@frozen(kw_only=True, repr=False)
class Story:
    """What a lead does day by day; made by `story`, and never changed: each step returns a longer one.

    Day 0 is a Monday unless the story starts on a date of its own. What happens on a day happens at noon, in the order
    in which it is told.
    """

    _playbook: Playbook
    _form: str
    _page: str
    _page_property: str
    _example: Example
    _expected: bool = False

    def __repr__(self) -> str:
        return f"<Story of {len(self._example.events)} events to day {_last(self._example)}>"

    def lead(self, **known: object) -> "Story":
        """Tell what is known of the lead.

        Args:
            known: Declared attributes, and fields of every lead such as ``email``; ``None`` takes one back.

        Raises:
            LeadError: If one is not declared or of another type.
        """
        return self._with(lead={**self._example.lead, **known})

    def event(self, kind: str, /, day: int = 0, *, times: int = 1, by: str = "lead", **properties: object) -> "Story":
        """Tell that something happened.

        A kind that looks like a slip for one that a rule names brings a warning; another kind that no rule names is
        let pass, since it may be told on purpose, and is noted when an expectation fails.

        Args:
            kind: What, such as ``"download"``.
            day: On which day.
            times: How often on that day.
            by: ``"lead"``, or ``"us"`` for an act of ours.
            properties: Declared properties of the event.

        Raises:
            EventError: If a property is not declared or of another type, or a number is out of range.
        """
        return self._told(ExampleEvent(kind=kind, day=day, times=times, by=by, properties=properties))

    def form(self, day: int = 0, **properties: object) -> "Story":
        """Tell that the lead sent a form: an event of the kind ``"form"``, or of the one that `story` was given.

        Args:
            day: On which day.
            properties: Declared properties of the event.
        """
        return self._told(ExampleEvent(kind=self._form, day=day, properties=properties))

    def page(self, path: str, day: int = 0, *, times: int = 1, **properties: object) -> "Story":
        """Tell that the lead viewed a page: a ``"page_view"`` whose property ``page`` is the path.

        Args:
            path: Path of the page, such as ``"/pricing"``.
            day: On which day.
            times: How often on that day.
            properties: Declared properties of the event besides the page.
        """
        told = {self._page_property: path, **properties}
        return self._told(ExampleEvent(kind=self._page, day=day, times=times, properties=told))

    def tell(self, *events: ExampleEvent) -> "Story":
        """Tell events that were made elsewhere, such as those of an example of the playbook.

        Args:
            events: The events.
        """
        return self._told(*events)

    def under(self, objective: str | None) -> "Story":
        """Return the same story under an objective of the playbook; ``None`` is the playbook's own model.

        Args:
            objective: Its name.

        Raises:
            UnknownName: If the playbook has no such objective.
        """
        return self._with(objective=objective)

    def expect(
        self,
        *,
        day: int | None = None,
        label: str | None = None,
        grade: str | None = None,
        level: int | None = None,
        fit: Points | None = None,
        interest: Points | None = None,
        total: Points | None = None,
        qualifies: Iterable[str] | None = None,
        stays: Iterable[str] | None = None,
        gate: str | None = None,
    ) -> "Story":
        """Score the lead at the end of a day, and compare what is named with the score.

        Args:
            day: The day; that of the last event when absent.
            label: Grade and level together.
            grade: Letter of fit.
            level: Digit of interest.
            fit: Points of fit.
            interest: Points of interest.
            total: Points of both.
            qualifies: All the bars that are reached, no other.
            stays: All the bars that are reached or kept, no other.
            gate: Reason of the first gate that holds.

        Returns:
            The story, so that it goes on.

        Raises:
            AssertionError: If the score is another, with what differs and the ledger.
            ProblemsError: If nothing is expected, or a value could be of no score.
            UnknownName: If the playbook has no such bar.
        """
        __tracebackhide__ = True
        expect = Expectation(
            label=label, grade=grade, level=level, fit=fit, interest=interest, total=total,
            qualifies=self._bars("qualifies", qualifies), stays=self._bars("stays", stays), gate=gate,
        )  # fmt: skip
        example = self._changed(expect=expect, day=day)
        told = run_example(self._playbook, example)
        if told.problems:
            raise AssertionError(_message(told, _kinds(self._playbook)))
        return evolve(self, example=example, expected=True)

    def score(self, day: int | None = None) -> Score:
        """Return the score at the end of a day.

        Args:
            day: The day; that of the last event, or of the last expectation, when absent.
        """
        example = self._example if day is None else self._changed(day=day)
        return run_example(self._playbook, example).score

    def example(self, name: str) -> Example:
        """Return the story as one of the ``[[examples]]`` of a playbook.

        Args:
            name: What it shows.

        Returns:
            The example, with what was expected last; with label, total and bars as they are if something was told
            since, or nothing was expected.

        Raises:
            ProblemsError: If the name cannot be one.
        """
        expect = self._example.expect
        if not self._expected:
            score = self.score()
            bars = tuple(sorted(score.qualifies))
            expect = Expectation(label=score.label or None, total=score.total, qualifies=bars)
        return self._changed(name=name, expect=expect, day=self._example.day)

    def _told(self, *events: ExampleEvent) -> "Story":
        known = _kinds(self._playbook)
        for event in events:
            slip = _slip(event, known)
            if slip:
                message = f"No rule names the kind {event.kind!r}. Did you mean {slip!r}?"
                warnings.warn(message, UserWarning, stacklevel=3)
        return self._with(events=(*self._example.events, *events))

    def _with(self, **changes: Any) -> "Story":
        """Return a longer story, of which nothing is expected yet."""
        return evolve(self, example=self._changed(**changes), expected=False)

    def _changed(self, **changes: Any) -> Example:
        """Return the example with changes, to its last event, or raise with everything that is wrong with it."""
        example = evolve(self._example, **{"expect": _ANYTHING, "day": None, **changes})
        problems = example_problems((example,), self._playbook.model, self._playbook.models)
        found = [evolve(problem, where=problem.where.removeprefix("examples[0].")) for problem in problems]
        if found:
            raise _ERRORS.get(found[0].where.partition(".")[0].partition("[")[0], ProblemsError)(found)
        return example

    def _bars(self, name: str, bars: Iterable[str] | None) -> Any:
        """Return the names of bars in one order, or raise if the playbook lacks one."""
        if bars is None or isinstance(bars, str):
            return bars  # a text has a problem of its own
        named = tuple(sorted(bars, key=str))
        known = [bar.name for bar in self._playbook.model_for(self._example.objective).plans.bars]
        unknown = [bar for bar in named if bar not in known]
        hints = [did_you_mean(bar, known) or "It has none." for bar in unknown]
        what = "the playbook has no such bar"
        if unknown:
            found = zip(unknown, hints, strict=True)
            raise UnknownName(Problem(where=f"expect.{name}", what=what, got=bar, hint=hint) for bar, hint in found)
        return named


def _last(example: Example) -> int:
    """Return the day at whose end the lead is scored."""
    return max((event.day for event in example.events), default=0) if example.day is None else example.day


def _kinds(playbook: Playbook) -> set[str]:
    """Return the kinds that rules name; `*` among them if a rule takes any."""
    return {normal(kind) for rule in playbook.model.plans.interest.rules for kind in rule.rule.event}


def _message(told: Told, known: set[str]) -> str:
    """Return what differs, which kinds no rule names, and the ledger."""
    lines = [f"The score at the end of day {_last(told.example)} is not what was expected."]
    lines += [f"  {one.where.removeprefix('expect.')}: {one.what}, {one.got} came" for one in told.problems]
    unnamed = {normal(event.kind) for event in told.example.events} - known
    if unnamed and ANY_KIND not in known:
        lines.append(f"  No rule names what was told as: {', '.join(sorted(unnamed))}")
    return "\n".join([*lines, "", told.score.explain()])


def _slip(event: object, known: set[str]) -> str | None:
    """Return the kind that was probably meant, if the one that was told looks like a slip."""
    if not isinstance(event, ExampleEvent) or not isinstance(event.kind, str) or normal(event.kind) in known:
        return None
    return next(iter(get_close_matches(normal(event.kind), known, n=1, cutoff=_SLIP)), None)


def story(
    playbook: Playbook | ScoringModel,
    *,
    objective: str | None = None,
    lead: Mapping[str, object] | None = None,
    start: date | None = None,
    form: str = "form",
    page: str = "page_view",
    page_property: str = "page",
) -> Story:
    """Begin a story, to test a playbook as one tells it.

    Args:
        playbook: The playbook, or a model.
        objective: The objective under which the lead is scored.
        lead: What is known of the lead; `Story.lead` adds more.
        start: The date of day 0; a Monday when absent.
        form: The kind of event that `Story.form` tells.
        page: The kind of event that `Story.page` tells.
        page_property: The property that holds the path of a page.

    Returns:
        A story in which nothing has happened yet.

    Raises:
        LeadError: If something of the lead is not declared or of another type.
        ProblemsError: If the start is no date.
        UnknownName: If the playbook has no such objective.

    >>> from leadqual import loads
    >>> from leadqual.presets import starter_text
    >>> told = story(loads(starter_text())).lead(job_title="CTO", department="IT", employees=200, country="ES")
    >>> told = told.page("/pricing", day=0).event("trial_start", day=3).expect(label="A2", qualifies={"mql"})
    >>> told.expect(day=50, qualifies=())
    <Story of 2 events to day 50>
    """
    if isinstance(playbook, ScoringModel):
        playbook = Playbook(name="story", version="1", model=playbook)
    if not isinstance(playbook, Playbook):
        hint = "Pass what load_playbook() returned, or a ScoringModel."
        raise ProblemsError([Problem(where="playbook", what="a playbook was expected", got=playbook, hint=hint)])
    nothing = Example(name="story", expect=_ANYTHING, start=start, objective=objective)
    empty = Story(playbook=playbook, example=nothing, form=form, page=page, page_property=page_property)
    return empty.lead(**(lead or {}))
