"""The table of the best leads, and the summary beneath it."""

from collections.abc import Iterator, Sequence

from rich.console import Console

from leadqual.cli.options import shown_instant
from leadqual.cli.screen import number_of, say, table
from leadqual.cli.work import Scored, ranked
from leadqual.files import score_rows
from leadqual.scoring import Score

_COLUMNS = (
    ("", "right"),
    ("Lead", "long"),
    ("Label", "left"),
    ("Fit", "right"),
    ("Interest", "right"),
    ("Total", "right"),
    ("Qualifies", "left"),
    ("Last act", "right"),
)
_WIDE = 100
_SHORT_ID = 20
"""Longer ids need the room of the last column, unless the terminal is wide."""


def print_ranking(console: Console, scored: Scored, top: int) -> None:
    """Print the leads with the highest totals."""
    best = ranked(scored.scores)[:top]
    roomy = console.width >= _WIDE or max((len(s.lead_id) for s in best), default=0) <= _SHORT_ID
    columns = len(_COLUMNS) if roomy else len(_COLUMNS) - 1
    title = f"Top {len(best)} of {number_of(scored.scores, 'lead')}"
    console.print(table(_COLUMNS[:columns], (_row(i, s)[:columns] for i, s in enumerate(best, start=1)), title=title))


def _row(rank: int, score: Score) -> Sequence[str]:
    qualifies = f"gate: {score.gate}" if score.gate is not None else " ".join(sorted(score.qualifies))
    return (
        str(rank),
        score.lead_id,
        score.label,
        str(score.fit),
        str(score.interest),
        str(score.total),
        qualifies,
        ago(score.days_since_activity),
    )


def ago(days: int | None) -> str:
    """Return an age in words.

    >>> ago(None), ago(0), ago(1), ago(40)
    ('never', 'today', '1 day ago', '40 days ago')
    """
    if days is None:
        return "never"
    return "today" if days == 0 else f"{number_of(days, 'day')} ago"


def summary(scored: Scored) -> dict[str, object]:
    """Return the counts that a reader of the scores should know, for machines."""
    report = scored.report
    return {
        "leads": len(scored.scores),
        "events": report.events,
        "mql": sum("mql" in s.qualifies for s in scored.scores),
        "sql": sum("sql" in s.qualifies for s in scored.scores),
        "gated": sum(s.gate is not None for s in scored.scores),
        "copies": report.copies,
        "orphans": report.orphans,
        "conflicts": report.conflicts,
        "doubled_leads": report.doubled_leads,
        "bad_rows": report.bad_rows,
        "later_leads": report.later_leads,
        "profile_dated": report.profile_dated,
        "warnings": [*scored.remarks, *report.warnings],
    }


def row(score: Score) -> dict[str, object]:
    """Return a score as it stands in a scores file, for machines: numbers as numbers, nothing as null."""
    cells: dict[str, object] = {name: cell or None for name, cell in score_rows(score).items()}
    numbers = {"fit": float(score.fit), "interest": float(score.interest), "total": float(score.total)}
    return cells | numbers | {"level": score.level, "label": score.label, "qualifies": cells["qualifies"] or ""}


def heading(scored: Scored) -> dict[str, object]:
    """Return what scored and as of when, for machines."""
    playbook = scored.playbook
    return {
        "playbook": playbook.name,
        "version": playbook.version,
        "fingerprint": playbook.fingerprint,
        "now": shown_instant(scored.now),
    }


def print_summary(console: Console, scored: Scored, *, clock: bool) -> None:
    """Print the counts in sentences.

    Args:
        console: Where to.
        scored: The scores.
        clock: Whether the instant came from the clock; then it is said how to repeat it.
    """
    at = shown_instant(scored.now)
    say(console, f"As of {at}" + (f" (the clock; repeat with --now {at})" if clock else ""))
    for sentence in _sentences(scored):
        say(console, sentence)
    for warning in (*scored.remarks, *scored.report.warnings):
        say(console, f"Note: {warning}", style="yellow")


def _sentences(scored: Scored) -> Iterator[str]:
    report = scored.report
    count = summary(scored)
    yield (
        f"{number_of(scored.scores, 'lead')} scored with {number_of(report.events, 'event')}: "
        f"{count['sql']:,} SQL, {count['mql']:,} MQL, {count['gated']:,} gated."
    )
    left_out = [
        number_of(found, one, many)
        for found, one, many in (
            (report.copies, "copy of an event (counted once)", "copies of events (counted once)"),
            (report.orphans, "event of leads that are not in the base", "events of leads that are not in the base"),
            (report.conflicts, "event id with different contents", "event ids with different contents"),
            (report.doubled_leads, "lead with different rows", "leads with different rows"),
            (report.bad_rows, "row that cannot be read", "rows that cannot be read"),
            (report.later_leads, "lead that comes only later", "leads that come only later"),
        )
        if found
    ]
    if left_out:
        yield f"Left out: {'; '.join(left_out)}."
    if not report.profile_dated:
        yield "Profiles are as of today: the leads have no valid_from."
