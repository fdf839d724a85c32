"""The lives of all leads of a base, replayed and counted."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median_low

from attrs import define, evolve, field
from rich.console import Console

from leadqual.cli.options import shown_instant
from leadqual.cli.ranking import heading, left_out
from leadqual.cli.screen import number_of, reading_bar, say, table, watched
from leadqual.cli.work import NO_EVENTS, BadRows, read
from leadqual.errors import UnknownName
from leadqual.files import Base, Verdicts, read_verdicts
from leadqual.files.replay import Life, replay_base
from leadqual.lifecycle.facts import Opened, StageChanged
from leadqual.playbook import Playbook
from leadqual.qualifier import Qualifier

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
        refused: Why verdicts could not be taken, and how often.
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
    refused: Counter[str] = field(factory=Counter)

    def __iter__(self) -> Iterator[Life]:
        base, said = self.base, self.said
        lives = replay_base(self.qualifier, base.leads, base.events, said.by_lead, now=self.now)
        for life in watched(lives, "Replaying", len(base.leads)):
            self._count(life)
            yield life

    @property
    def strangers(self) -> int:
        """How many verdicts are on leads that are not in the base."""
        return sum(len(found) for lead_id, found in self.said.by_lead.items() if lead_id not in self.base.leads)

    @property
    def verdicts(self) -> int:
        """How many verdicts are on leads of the base."""
        return sum(map(len, self.said.by_lead.values())) - self.strangers

    def _count(self, life: Life) -> None:
        self.leads += 1
        self.facts += len(life.facts)
        self.stages[life.record.stage] += 1
        self.refused.update(refusal.problems[0].what for refusal in life.refused)
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
    plan = lives.qualifier.plan
    return {
        "leads": lives.leads,
        "events": report.events,
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
        "refused": dict(sorted(lives.refused.items())),
        "strangers": lives.strangers,
        "copies": report.copies,
        "orphans": report.orphans,
        "bad_rows": report.bad_rows + said.bad_rows,
        "profile_dated": report.profile_dated,
        "warnings": [*_remarks(lives), *report.warnings, *said.warnings],
    }


def lives_document(lives: Lives, playbook: Playbook, output: Path | None) -> dict[str, object]:
    """Return the result for machines.

    Args:
        lives: The lives, all replayed.
        playbook: What decided.
        output: The file with every change of stage, if one was written.
    """
    document = {**heading(playbook, lives.now), "summary": summary(lives)}
    return document if output is None else document | {"output": str(output)}


def print_lives(console: Console, lives: Lives, *, clock: bool) -> None:
    """Print where leads stand, which transitions were taken, and for how long they stood where.

    Args:
        console: Where to.
        lives: The lives, all replayed.
        clock: Whether the instant came from the clock; then it is said how to repeat it.
    """
    plan = lives.qualifier.plan
    columns = (("Stage", "long"), ("Leads now", "right"), ("Visits that ended", "right"), ("Median days", "right"))
    rows = [_stage_row(lives, name) for name in plan.stages]
    console.print(table(columns, rows, title=f"Where {number_of(lives.leads, 'lead')} stand{_s(lives.leads)}"))
    taken = {way.name: lives.transitions[way.name] for way in plan.transitions if lives.transitions[way.name]}
    if taken:
        ways = [(name, f"{count:,}") for name, count in taken.items()]
        console.print(table((("Transition", "long"), ("Times", "right")), ways, title="What moved them"))
    at = shown_instant(lives.now)
    say(console, f"As of {at}" + (f" (the clock; repeat with --now {at})" if clock else ""))
    for sentence in _sentences(lives):
        say(console, sentence)
    for remark in (*_remarks(lives), *lives.base.report.warnings, *lives.said.warnings):
        say(console, f"Note: {remark}", style="yellow")


def _s(count: int) -> str:
    return "s" if count == 1 else ""


def _stage_row(lives: Lives, name: str) -> Sequence[str]:
    days = lives.median_days(name)
    visits = len(lives.spans.get(name, ()))
    return (name, f"{lives.stages[name]:,}", f"{visits:,}", "" if days is None else f"{days:,.1f}")


def _sentences(lives: Lives) -> Iterator[str]:
    events, verdicts = number_of(lives.base.report.events, "event"), number_of(lives.verdicts, "verdict")
    yield f"{number_of(lives.leads, 'lead')} replayed with {events} and {verdicts}: {number_of(lives.facts, 'fact')}."
    found = [*left_out(lives.base.report), *_left_out(lives)]
    if found:
        yield f"Left out: {'; '.join(found)}."
    for reason, count in sorted(lives.refused.items()):
        yield f"Not taken: {number_of(count, 'verdict')}, since {reason}."
    if lives.base.report.profile_dated:
        yield "Profiles are those of the end throughout."
    else:
        yield "Profiles are as of today throughout: the leads have no valid_from."


def _left_out(lives: Lives) -> Iterator[str]:
    counts: Mapping[tuple[str, str], int] = {
        ("copy of a verdict (counted once)", "copies of verdicts (counted once)"): lives.said.copies,
        ("verdict on leads that are not in the base", "verdicts on leads that are not in the base"): lives.strangers,
        ("verdict that cannot be read", "verdicts that cannot be read"): lives.said.bad_rows,
    }
    return (number_of(count, *nouns) for nouns, count in counts.items() if count)


def _remarks(lives: Lives) -> Iterator[str]:
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
