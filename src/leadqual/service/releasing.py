"""Who waits to be promoted after a back-fill or under another model is let go on: so many a day, the best first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Final, Literal

from attrs import evolve, frozen

from leadqual.errors import ModelChanged, Problem, ProblemsError
from leadqual.lifecycle.facts import Fact, StageChanged
from leadqual.qualifier import Outcome
from leadqual.qualifier.backlog import Backlog, backlog
from leadqual.service.rows import NoteRow
from leadqual.service.tables import LEADS, NOTES
from leadqual.service.work import Work

_PAGE: Final = 200
_CAUSES: Final = ("import", "rescore")


@frozen(kw_only=True, eq=False)
class Look:
    """What a release would bring one lead that waits.

    Attributes:
        lead_id: Which lead.
        outcome: What it would bring; ``None`` if that cannot be said.
        problems: Why it cannot.
    """

    lead_id: str
    outcome: Outcome | None = None
    problems: tuple[Problem, ...] = ()


@frozen(kw_only=True, eq=False)
class Queue:
    """Who waits.

    Attributes:
        backlog: Who would be promoted, the most promising first.
        others: Leads for which a release would do something else, such as a task to approach them, by id.
        idle: Leads for which it would do nothing, by id.
        problems: What is wrong with leads that could not be decided upon.
    """

    backlog: Backlog
    others: tuple[str, ...]
    idle: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def lead_ids(self) -> tuple[str, ...]:
        """Whom there is something to release for, in the order in which that is done."""
        return tuple(dict.fromkeys([*(one.lead_id for one in self.backlog.leads), *self.others]))


@frozen(kw_only=True)
class Part:
    """What came of the release of some leads.

    Attributes:
        lead_ids: Who was released, in this order.
        stages: The stages that they entered.
        today: How many have been released on this day.
    """

    lead_ids: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    today: int = 0


def looks(ask: Callable[[Callable[[Work], list[Look]]], list[Look]]) -> Iterator[Look]:
    """Yield what a release would bring each lead that waits, in order of their ids.

    Args:
        ask: Answers a question from the store.

    Raises:
        ModelChanged: If leads are scored by another model than the service's.
    """
    after = ""
    while page := ask(partial(_look, after=after)):
        yield from page
        after = page[-1].lead_id


def queue_of(looked: Iterable[Look], now: datetime) -> Queue:
    """Return who waits.

    Args:
        looked: What a release would bring each.
        now: The instant.
    """
    others: list[str] = []
    idle: list[str] = []
    problems: list[Problem] = []

    def outcomes() -> Iterator[Outcome]:
        for one in looked:
            problems.extend(one.problems)
            if one.outcome is None:
                continue
            facts = brought(one.outcome)
            if not facts:
                idle.append(one.lead_id)
            elif not any(isinstance(fact, StageChanged) for fact in facts):
                others.append(one.lead_id)
            yield one.outcome

    found = backlog(outcomes(), now)
    return Queue(backlog=found, others=tuple(others), idle=tuple(idle), problems=tuple(problems))


def brought(outcome: Outcome) -> tuple[Fact, ...]:
    """Return the facts that a release itself has brought about, not the time that has passed.

    Args:
        outcome: What came of it.
    """
    return tuple(fact for fact in outcome.facts if fact.cause.kind in _CAUSES)


def release(work: Work, lead_ids: Sequence[str], *, per_day: int | None) -> Part:
    """Let leads go on that wait, as many as may on this day; see `QualificationService.release`."""
    name = f"released {work.now.date().isoformat()}"
    notes = work.unit.get(NOTES, [(name,)], lock=work.lock)
    before = today = int(notes[0].value) if notes else 0
    found = work.look(lead_ids)
    released, stages = [], []
    for lead_id in lead_ids:
        held = found.get(lead_id)
        if held is None or held.held is None:
            continue
        cause: Literal["import", "rescore"] = "import" if held.held == "import" else "rescore"
        try:
            outcome = work.desk.qualifier.release(held.record, now=work.when(held), cause=cause)
        except ProblemsError:
            continue  # it is told of where everybody is looked at
        facts = brought(outcome)
        if facts and per_day is not None and today >= per_day:
            continue
        held.held = None
        if facts:
            work.take(held, outcome)
            released.append(held.lead_id)
            stages += [fact.to for fact in facts if isinstance(fact, StageChanged)]
            today += 1
    if notes and today > before:
        work.replace(NOTES, notes[0], evolve(notes[0], value=str(today)))
    elif today > before:
        work.add(NOTES, NoteRow(name=name, value=str(today)))
    return Part(lead_ids=tuple(released), stages=tuple(stages), today=today)


def _look(work: Work, *, after: str) -> list[Look]:
    """Look at the next leads that wait."""
    rows = work.unit.find(
        LEADS, equal={"held": _CAUSES, "into": None}, above=("lead_id", after), order=("lead_id",), limit=_PAGE
    )
    found = []
    for row in rows:
        record = work.desk.records.read(row)
        try:
            outcome = work.desk.qualifier.release(record, now=max(work.now, record.as_of))
        except ModelChanged:
            raise
        except ProblemsError as error:
            found.append(Look(lead_id=row.lead_id, problems=error.problems))
        else:
            found.append(Look(lead_id=row.lead_id, outcome=outcome))
    return found
