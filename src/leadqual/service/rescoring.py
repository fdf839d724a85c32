"""Leads get another model: first in numbers, then for good; nobody is moved by it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Final

from attrs import evolve, frozen

from leadqual.errors import Problem, ProblemsError, shown
from leadqual.lifecycle.facts import ReviewOpened
from leadqual.qualifier import Outcome, Qualifier
from leadqual.qualifier.backlog import backlog
from leadqual.qualifier.stored import unfolded_from_json
from leadqual.service.answers import Rescored
from leadqual.service.held import Held
from leadqual.service.releasing import brought
from leadqual.service.rows import LeadRow
from leadqual.service.tables import LEADS
from leadqual.service.work import Work

_PAGE: Final = 50


@frozen(kw_only=True, eq=False)
class Change:
    """What another model makes of one lead.

    Attributes:
        lead_id: Which lead.
        goes_on: Whether it goes on, and has not gone into another one.
        done: Whether it is scored by that model already.
        stage: Where it stands.
        released: What a release would bring it then; ``None`` if that cannot be said.
        review: Whether a person is asked if it should still stand there.
        labels: Its label before and after, if that of before is known.
        problems: Why it could not be decided upon.
    """

    lead_id: str
    goes_on: bool = True
    done: bool = False
    stage: str
    released: Outcome | None = None
    review: bool = False
    labels: tuple[str, str] | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        """Whether it stays all that it is, as far as that is known."""
        same = self.labels is None or self.labels[0] == self.labels[1]
        return self.released is not None and same and not self.review and not brought(self.released)


def changes(
    ask: Callable[[Callable[[Work], list[Change]]], list[Change]],
    *,
    apply: bool,
    before: Qualifier | None,
    progress: Callable[[int], object] | None,
) -> Iterator[Change]:
    """Yield what another model makes of each lead, in order of their ids.

    Args:
        ask: Carries out a command, or answers a question.
        apply: Whether it is written.
        before: What decided before.
        progress: Called with how many leads are done.
    """
    after, done = "", 0
    while page := ask(partial(rescore, after=after, apply=apply, before=before)):
        yield from page
        after, done = page[-1].lead_id, done + len(page)
        if progress is not None:
            progress(done)


def rescore(work: Work, *, after: str, apply: bool, before: Qualifier | None) -> list[Change]:
    """Score the next leads by the service's model; see `QualificationService.rescore`."""
    rows = work.unit.find(LEADS, above=("lead_id", after), order=("lead_id",), limit=_PAGE)
    if apply:
        rows = work.unit.get(LEADS, [(row.lead_id,) for row in rows], lock=work.lock)
    return [_rescored(work, row, apply=apply, before=before) for row in rows]


def numbers(found: Iterable[Change], now: datetime, *, apply: bool, before: bool) -> Rescored:
    """Return what another model makes of all leads, in numbers.

    Args:
        found: What it makes of each.
        now: The instant.
        apply: Whether it was written.
        before: Whether labels of before are known.
    """
    counts: Counter[str] = Counter()
    reviews: Counter[str] = Counter()
    labels: Counter[tuple[str, str]] = Counter()
    problems: list[Problem] = []

    def outcomes() -> Iterator[Outcome]:
        for one in found:
            if not one.goes_on:
                problems.extend(one.problems)
                continue
            counts["done" if one.done else "leads"] += 1
            counts["unchanged"] += one.is_unchanged
            problems.extend(one.problems)
            if one.review:
                reviews[one.stage] += 1
            if one.labels is not None and one.labels[0] != one.labels[1]:
                labels[one.labels] += 1
            if one.released is not None:
                yield one.released

    waiting = backlog(outcomes(), now)
    return Rescored(
        applied=apply,
        leads=counts["leads"],
        done=counts["done"],
        waiting=waiting,
        reviews=dict(sorted(reviews.items())),
        labels=dict(sorted(labels.items())) if before else None,
        unchanged=counts["unchanged"],
        problems=tuple(problems),
    )


def _rescored(work: Work, row: LeadRow, *, apply: bool, before: Qualifier | None) -> Change:
    """Score one lead by the service's model; one that cannot be is left as it is."""
    goes_on, model = row.into is None, work.desk.qualifier.model
    plain = Change(lead_id=row.lead_id, goes_on=goes_on, stage=row.stage)
    if row.model == model.fingerprint:
        return evolve(plain, done=True)
    try:
        held = Held(row, unfolded_from_json(row.record, model))
        if goes_on:
            return _folded(work, held, plain, apply=apply, before=before)
    except ProblemsError as error:
        where = f"lead {shown(row.lead_id)}"
        problems = (one if one.where.startswith(where) else one.under(where) for one in error.problems)
        return evolve(plain, problems=tuple(problems))
    if apply:  # it stays as it is, but may be read again when the merge is undone
        text = held.record.to_json()
        work.replace(LEADS, row, evolve(row, version=row.version + 1, model=model.fingerprint, record=text))
    return plain


def _folded(work: Work, held: Held, plain: Change, *, apply: bool, before: Qualifier | None) -> Change:
    """Fold a lead's events by the service's model, and look at what a release would bring it then."""
    qualifier, now = work.desk.qualifier, work.when(held)
    outcome = qualifier.refold(held.record, work.events_of(held.ids), now=now)
    released = qualifier.release(outcome.record, now=now)
    labels, row = None, held.row
    if before is not None and row is not None and row.model == before.model.fingerprint:
        labels = before.load(row.record).score(now).label, outcome.score.label
    review = any(isinstance(fact, ReviewOpened) for fact in outcome.facts)
    if apply:
        work.hold(held)
        work.take(held, outcome)
        if held.held is None and brought(released):
            held.held = "rescore"
    return evolve(plain, released=released, review=review, labels=labels)
