"""The main job, once for every command that does it: read a playbook and a base, score every lead."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from attrs import frozen

from leadqual.cli.findings import Finding, date_findings
from leadqual.cli.objectives import NONE_ASKED, Asked
from leadqual.cli.passing import Outcome, Passing, Row
from leadqual.cli.screen import reading_bar, watched
from leadqual.event import Event
from leadqual.files import Base, Report, read_base, score_rows
from leadqual.files.columns import FilesPlaybook
from leadqual.files.write import choice_cells
from leadqual.lead import Lead
from leadqual.playbook import Playbook
from leadqual.scoring import Best, Score, best

NO_EVENTS: Final = "no events were named (--events FILE), so interest counts none."
BadRows = Literal["fail", "skip"]


@frozen(kw_only=True)
class Scored:
    """Every lead of a base with its score.

    Attributes:
        playbook: What scored them.
        now: As of when.
        scores: By lead id, by code point.
        report: What reading found.
        remarks: What is odd about the dates, as sentences.
        asked: The objectives under which they were scored.
        bests: What each lead suits best, in the order of the scores, where several objectives were tried.
    """

    playbook: Playbook
    now: datetime
    scores: tuple[Score, ...]
    report: Report
    remarks: tuple[str, ...]
    asked: Asked = NONE_ASKED
    bests: tuple[Best, ...] = ()


def read(
    playbook: FilesPlaybook, leads: Sequence[Path], events: Sequence[Path], now: datetime, bad_rows: BadRows
) -> Base:
    """Read the files of a base as the playbook says.

    Raises:
        InputError: With every problem, if rows are wrong and are not to be skipped.
    """
    with reading_bar(sum(path.stat().st_size for path in (*leads, *events))) as progress:
        return read_base(playbook, leads=leads, events=events or None, now=now, bad_rows=bad_rows, progress=progress)


def score_all(
    playbook: Playbook, base: Base, now: datetime, *, with_events: bool = True, asked: Asked = NONE_ASKED
) -> Scored:
    """Score every lead of a base.

    Args:
        playbook: What scores them.
        base: Its leads and events.
        now: As of when.
        with_events: Whether events files were named; if not, a remark says what that means.
        asked: The objectives under which they are scored; of several, each lead's best one counts.
    """
    leads = ((base.leads[i], base.events.get(i, ())) for i in sorted(base.leads))
    seen = watched(leads, "Scoring", len(base.leads))
    bests = tuple(_best(playbook, asked, *one, now) for one in seen) if asked.several else ()
    model = playbook.model_for(asked.single)
    scores = tuple(one.score for one in bests) or tuple(model.score(*one, now=now) for one in seen)
    noted = remarks(base, with_events=with_events)
    return Scored(
        playbook=playbook, now=now, scores=scores, report=base.report, remarks=noted, asked=asked, bests=bests
    )


def outcome_of(scored: Scored, top: int = 0) -> Outcome:
    """Return what scores come to, with the best of them.

    Args:
        scored: The scores.
        top: How many of the best.
    """
    passing = Passing(top=top)
    passing.see(rows_of(scored))
    return passed(scored, passing)


def passed(scored: Scored, passing: Passing) -> Outcome:
    """Return what scores come to whose rows were seen.

    Args:
        scored: The scores.
        passing: What was seen of them.
    """
    by_id = {score.lead_id: score for score in scored.scores}

    def last_acts(leads: Collection[str]) -> dict[str, int]:
        found = ((lead, by_id[lead].days_since_activity) for lead in leads)
        return {lead: days for lead, days in found if days is not None}

    return Outcome(
        playbook=scored.playbook,
        now=scored.now,
        asked=scored.asked,
        report=scored.report,
        remarks=scored.remarks,
        passing=passing,
        last_acts=last_acts,
    )


def rows_of(scored: Scored) -> Iterator[Row]:
    """Yield the rows of a scores file; of several objectives with the columns of the choice."""
    for one in scored.bests:
        yield (*score_rows(one.score).values(), *choice_cells(one))
    if not scored.bests:
        yield from (tuple(score_rows(score).values()) for score in scored.scores)


def _best(playbook: Playbook, asked: Asked, lead: Lead, events: Sequence[Event], now: datetime) -> Best:
    return best({name: playbook.models[name] for name in asked.names}, lead, events, now=now)


def remarks(base: Base, *, with_events: bool) -> tuple[str, ...]:
    """Return what a reader of a base's scores should know: that no events were named, and what is odd about dates."""
    return remarks_of(date_findings(base), with_events=with_events)


def remarks_of(found: Iterable[Finding], *, with_events: bool) -> tuple[str, ...]:
    """Return the same out of findings.

    Args:
        found: What is odd about dates.
        with_events: Whether events files were named.
    """
    return (*(() if with_events else (NO_EVENTS,)), *(f"{one.where}: {one.text}" for one in found))


def ranked(scores: Iterable[Score]) -> list[Score]:
    """Return the scores best first: gated ones last, then by total, then by lead id."""
    return sorted(scores, key=lambda s: (s.gate is not None, -s.total, s.lead_id))
