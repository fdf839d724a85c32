"""The lives of all leads of a base, replayed and counted."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median_low

from attrs import define, evolve, field

from leadqual.cli.options import shown_instant
from leadqual.cli.ranking import heading
from leadqual.cli.refusals import reason_of
from leadqual.cli.screen import reading_bar, watched
from leadqual.cli.work import NO_EVENTS, BadRows, read
from leadqual.errors import UnknownName
from leadqual.files import Base, Contact, Verdicts, read_verdicts
from leadqual.files.replay import Life, Refusal, replay_base
from leadqual.lifecycle.facts import Opened, StageChanged
from leadqual.lifecycle.inputs import ConsentChange
from leadqual.lifecycle.nurtureinputs import TouchReport
from leadqual.playbook import Playbook
from leadqual.qualifier import Qualifier
from leadqual.qualifier.nurturing import Nurturing, no_nurturing

NO_VERDICTS = "no verdicts were named (--verdicts FILE), so nobody said yes, no or maybe."
_DAY = timedelta(days=1)


def qualifier_of(playbook: Playbook, objective: str | None) -> Qualifier:
    """Return the qualifier under an objective of the playbook.

    Raises:
        UnknownName: If the playbook has no such objective.
    """
    try:
        return Qualifier(playbook, objective=objective)
    except UnknownName as error:
        raise UnknownName(evolve(one, where=f"--objective in {playbook.name}") for one in error.problems) from None


def read_said(playbook: Playbook, verdicts: Sequence[Path], bad_rows: BadRows) -> Verdicts:
    """Read verdicts files as the playbook says; none if no file is named.

    Raises:
        InputError: With every problem, if rows are wrong and are not to be skipped.
    """
    if not verdicts:
        return Verdicts()
    with reading_bar(sum(path.stat().st_size for path in verdicts)) as progress:
        return read_verdicts(verdicts, playbook, bad_rows=bad_rows, progress=progress)


@define(kw_only=True)
class Lives:
    """The lives of a base, counted as they are replayed.

    Attributes:
        qualifier: What decides.
        base: The leads and their events.
        said: What people said of them.
        now: The end.
        leads: How many lives there were.
        facts: How many facts became of them.
        stages: How many leads stand in each stage at the end.
        transitions: How often each was taken.
        spans: By stage, how long each finished visit took.
        refused: Verdicts that could not be taken, each with the id of its lead.
        consents: What they agreed to and withdrew.
        reports: What became of touches.
        stray: How many reports are on touches that have not come due.
    """

    qualifier: Qualifier
    base: Base
    said: Verdicts
    now: datetime
    leads: int = 0
    facts: int = 0
    stages: Counter[str] = field(factory=Counter)
    transitions: Counter[str] = field(factory=Counter)
    spans: dict[str, list[timedelta]] = field(factory=dict)
    refused: list[tuple[str, Refusal]] = field(factory=list)
    consents: Contact[ConsentChange] = field(factory=Contact)
    reports: Contact[TouchReport] = field(factory=Contact)
    stray: int = 0

    def __iter__(self) -> Iterator[Life]:
        base, said = self.base, self.said
        lives = replay_base(
            self.qualifier,
            base.leads,
            base.events,
            said.by_lead,
            now=self.now,
            consents=self.consents.by_lead,
            reports=self.reports.by_lead,
        )
        for life in watched(lives, "Replaying", len(base.leads)):
            self._count(life)
            yield life

    @property
    def nurturing(self) -> Nurturing:
        """What the playbook says of nurturing."""
        known = self.qualifier.nurturing
        return no_nurturing(self.qualifier.lifecycle, self.qualifier.model) if known is None else known

    @property
    def strangers(self) -> int:
        """How many verdicts are on leads that are not in the base."""
        return sum(len(found) for lead_id, found in self.said.by_lead.items() if lead_id not in self.base.leads)

    @property
    def later_verdicts(self) -> int:
        """How many verdicts on leads of the base come after the end."""
        of_base = (found for lead_id, found in self.said.by_lead.items() if lead_id in self.base.leads)
        return sum(one.at is not None and one.at > self.now for found in of_base for one in found)

    @property
    def verdicts(self) -> int:
        """How many verdicts on leads of the base were replayed, those that were not taken included."""
        return sum(map(len, self.said.by_lead.values())) - self.strangers - self.later_verdicts

    @property
    def later_events(self) -> int:
        """How many events come after the end."""
        return sum(event.at > self.now for found in self.base.events.values() for event in found)

    @property
    def events(self) -> int:
        """How many events were replayed."""
        return self.base.report.events - self.later_events

    @property
    def later_leads(self) -> int:
        """How many leads come only after the end; known when all lives have been replayed."""
        return self.base.report.later_leads + len(self.base.leads) - self.leads

    def _count(self, life: Life) -> None:
        self.leads += 1
        self.facts += len(life.facts)
        self.stray += len(life.stray)
        self.stages[life.record.stage] += 1
        self.refused += ((life.lead_id, refusal) for refusal in life.refused)
        entered, since = "", self.now
        for fact in life.facts:
            if isinstance(fact, Opened):
                entered, since = fact.stage, fact.at
            elif isinstance(fact, StageChanged):
                self.transitions[fact.transition] += 1
                self.spans.setdefault(entered, []).append(fact.at - since)
                entered, since = fact.to, fact.at

    def median_days(self, stage: str) -> float | None:
        """Return for how many days a finished visit in a stage lasted, in the median; the lower of two."""
        spans = self.spans.get(stage)
        return None if not spans else round(median_low(spans) / _DAY, 1)


def summary(lives: Lives) -> dict[str, object]:
    """Return the counts of lives that were replayed, for machines."""
    report, said = lives.base.report, lives.said
    plan = lives.qualifier.lifecycle
    return {
        "leads": lives.leads,
        "events": lives.events,
        "verdicts": lives.verdicts,
        "facts": lives.facts,
        "stages": {
            name: {
                "leads": lives.stages[name],
                "finished_visits": len(lives.spans.get(name, ())),
                "median_days": lives.median_days(name),
            }
            for name in plan.stages
        },
        "transitions": {way.name: lives.transitions[way.name] for way in plan.transitions},
        "refused": dict(sorted(Counter(reason_of(refusal) for _, refusal in lives.refused).items())),
        "later_events": lives.later_events,
        "later_verdicts": lives.later_verdicts,
        "later_leads": lives.later_leads,
        "strangers": lives.strangers,
        "copies": report.copies,
        "orphans": report.orphans,
        "bad_rows": report.bad_rows + said.bad_rows,
        "profile_dated": report.profile_dated,
        "warnings": [*remarks(lives), *report.warnings, *said.warnings],
    }


def lives_document(lives: Lives, playbook: Playbook, output: Path | None) -> dict[str, object]:
    """Return the result for machines.

    Args:
        lives: The lives, all replayed.
        playbook: What decided.
        output: The file with every change of stage, if one was written.
    """
    refused = [
        {
            "lead_id": lead_id,
            "verdict": refusal.given.verdict,
            "at": shown_instant(refusal.at),
            "why": reason_of(refusal),
        }
        for lead_id, refusal in lives.refused
    ]
    document = {**heading(playbook, lives.now), "summary": summary(lives), "not_taken": refused}
    return document if output is None else document | {"output": str(output)}


def remarks(lives: Lives) -> Iterator[str]:
    """Yield what was not named."""
    if not lives.base.report.event_rows:
        yield NO_EVENTS
    if not lives.said.rows:
        yield NO_VERDICTS


def replay_all(
    playbook: Playbook,
    leads: Sequence[Path],
    events: Sequence[Path],
    verdicts: Sequence[Path],
    now: datetime,
    *,
    bad_rows: BadRows,
    objective: str | None,
) -> Lives:
    """Read the files of a base and get ready to replay it; it is replayed as the lives are asked for.

    Raises:
        InputError: With every problem of the leads and events, or else of the verdicts.
        UnknownName: If the playbook has no such objective.
    """
    qualifier = qualifier_of(playbook, objective)
    base = read(playbook, leads, events, now, bad_rows)
    said = read_said(playbook, verdicts, bad_rows)
    return Lives(qualifier=qualifier, base=base, said=said, now=now)
