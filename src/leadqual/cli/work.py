"""The main job, once for every command that does it: read a playbook and a base, score every lead."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from attrs import frozen

from leadqual.cli.findings import date_findings
from leadqual.cli.screen import reading_bar, watched
from leadqual.files import Base, Report, read_base
from leadqual.playbook import Playbook
from leadqual.scoring import Score

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
    """

    playbook: Playbook
    now: datetime
    scores: tuple[Score, ...]
    report: Report
    remarks: tuple[str, ...]


def read(playbook: Playbook, leads: Sequence[Path], events: Sequence[Path], now: datetime, bad_rows: BadRows) -> Base:
    """Read the files of a base as the playbook says.

    Raises:
        InputError: With every problem, if rows are wrong and are not to be skipped.
    """
    with reading_bar(sum(path.stat().st_size for path in (*leads, *events))) as progress:
        return read_base(playbook, leads=leads, events=events or None, now=now, bad_rows=bad_rows, progress=progress)


def score_all(playbook: Playbook, base: Base, now: datetime, *, with_events: bool = True) -> Scored:
    """Score every lead of a base.

    Args:
        playbook: What scores them.
        base: Its leads and events.
        now: As of when.
        with_events: Whether events files were named; if not, a remark says what that means.
    """
    ids = watched(sorted(base.leads), "Scoring", len(base.leads))
    scores = tuple(playbook.model.score(base.leads[i], base.events.get(i, ()), now=now) for i in ids)
    return Scored(
        playbook=playbook, now=now, scores=scores, report=base.report, remarks=remarks(base, with_events=with_events)
    )


def remarks(base: Base, *, with_events: bool) -> tuple[str, ...]:
    """Return what a reader of a base's scores should know: that no events were named, and what is odd about dates."""
    return (
        *(() if with_events else (NO_EVENTS,)),
        *(f"{found.where}: {found.text}" for found in date_findings(base)),
    )


def ranked(scores: Iterable[Score]) -> list[Score]:
    """Return the scores best first: gated ones last, then by total, then by lead id."""
    return sorted(scores, key=lambda s: (s.gate is not None, -s.total, s.lead_id))
