"""One lead under the eyes of somebody who asks: its score, and the answers to what was asked of it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from attrs import evolve, field, frozen

from leadqual.cli.lives import qualifier_of, read_said
from leadqual.cli.options import shown_instant
from leadqual.cli.screen import number_of
from leadqual.cli.subject import Subject, example_subject
from leadqual.cli.together import loaded
from leadqual.cli.work import NO_EVENTS, BadRows, read
from leadqual.errors import Problem, UnknownName
from leadqual.files import Base
from leadqual.files.replay import Life, replay_lead
from leadqual.playbook import Playbook
from leadqual.qualifier import Qualifier
from leadqual.scoring import Score
from leadqual.scoring.compare import Comparison, compare
from leadqual.scoring.forecast import Outlook
from leadqual.scoring.whynot import WhyNot


@frozen(kw_only=True)
class Inputs:
    """What is read, and as of when.

    Attributes:
        playbook: The playbook.
        leads: Leads files.
        events: Events files.
        now: The instant.
        bad_rows: What happens to rows that cannot be read.
    """

    playbook: Playbook
    leads: Sequence[Path]
    events: Sequence[Path]
    now: datetime
    bad_rows: BadRows


@frozen(kw_only=True)
class Whose:
    """Whose score is asked for: a lead's under an objective, or an example's."""

    lead_id: str | None = None
    objective: str | None = None
    example: str | None = None


@frozen(kw_only=True)
class Questions:
    """What is asked beyond the ledger."""

    why_not: str | None = None
    since: datetime | None = None
    against: Path | None = None
    forecast: int | None = None
    history: bool = False
    verdicts: Sequence[Path] = ()


@frozen(kw_only=True)
class ToldLife:
    """What became of a lead, and what decided it.

    Attributes:
        qualifier: What decided.
        life: What became of it.
    """

    qualifier: Qualifier
    life: Life


@frozen(kw_only=True)
class Explained:
    """The answers.

    Attributes:
        subject: The lead and its score.
        why_not: To what it would take, one for each bar that was asked for.
        since: To what changed since an earlier instant.
        against: To what another playbook would change.
        other: That playbook.
        forecast: To what time alone does.
        life: To what became of the lead.
    """

    subject: Subject
    why_not: tuple[WhyNot, ...] = ()
    since: Comparison | None = None
    against: Comparison | None = None
    other: Playbook | None = None
    forecast: tuple[Outlook, ...] = field(default=(), repr=False)
    life: ToldLife | None = field(default=None, repr=False)


def explained(inputs: Inputs, whose: Whose, asked: Questions) -> Explained:
    """Work out the answers to what is asked of one lead.

    Args:
        inputs: What is read.
        whose: Whose score.
        asked: The questions.

    Raises:
        InputError: If the files are wrong.
        UnknownName: If there is no such lead, objective, example or bar.
    """
    subject = _subject(inputs, whose)
    life = _life(inputs, whose, subject, asked.verdicts) if asked.history else None
    if life is not None:
        subject = evolve(subject, score=life.life.record.score())
    score = subject.score
    other, against = None, None
    if asked.against is not None:
        other = loaded(asked.against)
        against = compare(score, _subject(evolve(inputs, playbook=other), whose).score)
    return Explained(
        subject=subject,
        why_not=() if asked.why_not is None else (_why_not(score, asked.why_not),),
        since=None if asked.since is None else compare(_earlier(inputs, whose, subject, asked.since), score),
        against=against,
        other=other,
        forecast=() if asked.forecast is None else score.forecast(asked.forecast),
        life=life,
    )


def _subject(inputs: Inputs, whose: Whose) -> Subject:
    playbook = inputs.playbook
    if whose.example is not None:
        return example_subject(playbook, whose.example)
    try:
        model = playbook.model_for(whose.objective)
    except UnknownName as error:
        raise UnknownName(evolve(one, where=f"--objective in {playbook.name}") for one in error.problems) from None
    base = _read(inputs)
    lead_id = str(whose.lead_id)
    if lead_id not in base.leads:
        raise not_there(base, lead_id)
    lead, events = base.leads[lead_id], base.events.get(lead_id, ())
    return Subject(
        playbook=playbook,
        objective=whose.objective,
        lead=lead,
        events=events,
        score=model.score(lead, events, now=inputs.now),
        remarks=() if inputs.events else (NO_EVENTS,),
        profile_dated=base.report.profile_dated,
    )


def _read(inputs: Inputs) -> Base:
    return read(inputs.playbook, inputs.leads, inputs.events, inputs.now, inputs.bad_rows)


def not_there(base: Base, lead_id: str, hint: str = "Ids are compared exactly.") -> UnknownName:
    """Return the error of a lead that is not in a base; ids may be personal, so no other id is offered.

    Args:
        base: The base.
        lead_id: The id that it does not have.
        hint: What may be done.
    """
    what = f"this lead is not in the base of {number_of(base.leads, 'lead')}"
    return UnknownName([Problem(where="--lead", what=what, got=lead_id, hint=hint)])


def not_yet(lead_id: str, now: datetime) -> UnknownName:
    """Return the error of a lead that came only later.

    Args:
        lead_id: Its id.
        now: As of when it was asked for.
    """
    hint = f"It was created only after {shown_instant(now)}."
    return UnknownName([Problem(where="--lead", what="this lead has no history yet", got=lead_id, hint=hint)])


def _earlier(inputs: Inputs, whose: Whose, subject: Subject, since: datetime) -> Score:
    """Return the score as of an earlier instant, with the profile of then where the files have it."""
    lead = subject.lead
    if subject.profile_dated:
        base = _read(evolve(inputs, now=since))
        if lead.id not in base.leads:
            raise not_there(base, lead.id, f"It comes into the base only after {shown_instant(since)}.")
        lead = base.leads[lead.id]
    return inputs.playbook.model_for(whose.objective).score(lead, subject.events, now=since)


def _life(inputs: Inputs, whose: Whose, subject: Subject, verdicts: Sequence[Path]) -> ToldLife:
    """Return what became of the lead by now."""
    qualifier = qualifier_of(inputs.playbook, whose.objective)
    said = read_said(inputs.playbook, verdicts, inputs.bad_rows)
    lead = subject.lead
    life = replay_lead(qualifier, lead, subject.events, said.by_lead.get(lead.id, ()), now=inputs.now)
    if life is None:
        raise not_yet(lead.id, inputs.now)
    return ToldLife(qualifier=qualifier, life=life)


def _why_not(score: Score, bar: str) -> WhyNot:
    try:
        return score.why_not(bar)
    except UnknownName as error:
        raise UnknownName(evolve(problem, where="--why-not") for problem in error.problems) from None
