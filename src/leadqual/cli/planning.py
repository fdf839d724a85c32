"""Leads planned from files: read, their lives replayed, and what is to become of each in its sequences."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from attrs import evolve, frozen

from leadqual.cli.explained import not_there, not_yet
from leadqual.cli.lives import Lives, replay_all
from leadqual.cli.screen import reading_bar
from leadqual.cli.work import BadRows
from leadqual.errors import ModelError, Problem
from leadqual.files import read_consents, read_reports
from leadqual.files.replay import Life, replay_lead
from leadqual.nurture.asked import Asked
from leadqual.nurture.planned import Plan
from leadqual.playbook import Playbook
from leadqual.qualifier import Qualifier
from leadqual.qualifier.nurturedstep import NurturedStep
from leadqual.qualifier.nurturing import Nurturing


@frozen(kw_only=True)
class PlanInputs:
    """What is read, and as of when.

    Attributes:
        playbook: The playbook.
        leads: Leads files.
        events: Events files.
        verdicts: Verdicts files.
        consents: Consents files.
        reports: Files that say what became of touches.
        now: The instant.
        bad_rows: What happens to rows that cannot be read.
        objective: The objective under which leads are scored.
    """

    playbook: Playbook
    leads: Sequence[Path]
    events: Sequence[Path]
    verdicts: Sequence[Path]
    consents: Sequence[Path]
    reports: Sequence[Path]
    now: datetime
    bad_rows: BadRows
    objective: str | None


@frozen(kw_only=True)
class PlannedLead:
    """A lead with its plan.

    Attributes:
        qualifier: What decided.
        nurturing: What the playbook says of nurturing.
        life: What became of it.
        asked: The lead as the planner was asked about it.
        plan: What is to become of it.
        due: When something happens by itself next; ``None`` if nothing more does.
    """

    qualifier: Qualifier
    nurturing: Nurturing
    life: Life
    asked: Asked
    plan: Plan
    due: datetime | None


def read_lives(inputs: PlanInputs) -> Lives:
    """Read the files and get ready to replay the lives.

    Raises:
        InputError: If the files are wrong.
        ModelError: If the playbook has no sequences.
        UnknownName: If the playbook has no such objective.
    """
    playbook, bad_rows = inputs.playbook, inputs.bad_rows
    if not playbook.sequences:
        hint = "Write what goes to whom under [sequences.NAME]; docs/nurture.md says how."
        got = playbook.name
        raise ModelError(
            [Problem(where="sequences", what="the playbook plans nothing: it has none", got=got, hint=hint)]
        )
    lives = replay_all(
        playbook,
        inputs.leads,
        inputs.events,
        inputs.verdicts,
        inputs.now,
        bad_rows=bad_rows,
        objective=inputs.objective,
    )
    if inputs.consents:
        with reading_bar(sum(path.stat().st_size for path in inputs.consents)) as progress:
            lives.consents = read_consents(inputs.consents, playbook, bad_rows=bad_rows, progress=progress)
    if inputs.reports:
        with reading_bar(sum(path.stat().st_size for path in inputs.reports)) as progress:
            lives.reports = read_reports(inputs.reports, playbook, bad_rows=bad_rows, progress=progress)
    return lives


def planned_lead(lives: Lives, lead_id: str) -> PlannedLead:
    """Return one lead with its plan.

    Args:
        lives: The base that it is in.
        lead_id: Its id.

    Raises:
        UnknownName: If there is no such lead, or not yet.
    """
    base, now = lives.base, lives.now
    if lead_id not in base.leads:
        raise not_there(base, lead_id)
    life = replay_lead(
        lives.qualifier,
        base.leads[lead_id],
        base.events.get(lead_id, ()),
        lives.said.by_lead.get(lead_id, ()),
        now=now,
        consents=lives.consents.by_lead.get(lead_id, ()),
        reports=lives.reports.by_lead.get(lead_id, ()),
    )
    if life is None:
        raise not_yet(lead_id, now)
    qualifier, nurturing = lives.qualifier, lives.nurturing
    step = NurturedStep(qualifier.lifecycle, nurturing, life.record, now)
    step.settle()
    plan = qualifier.plan(life.record, now=now)
    due = qualifier.next_due(life.record)
    return PlannedLead(qualifier=qualifier, nurturing=nurturing, life=life, asked=step.asked(), plan=plan, due=due)


def plans_of(lives: Lives, until: datetime) -> Iterator[tuple[Life, Plan]]:
    """Yield every life with the part of its plan that lies before an instant.

    Args:
        lives: The lives of a base; they are replayed as the plans are asked for.
        until: The instant.
    """
    for life in lives:
        plan = lives.qualifier.plan(life.record, now=lives.now)
        touches = tuple(touch for touch in plan.touches if touch.at < until)
        yield life, evolve(plan, touches=touches, withheld=tuple(one for one in plan.withheld if one.at < until))
