"""The table of the best leads, and the summary beneath it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.console import Console

from leadqual.cli.options import shown_instant
from leadqual.cli.screen import number_of, say, table
from leadqual.cli.voice import ENGLISH, Voice
from leadqual.cli.work import Scored, ranked
from leadqual.files import Report, score_rows
from leadqual.playbook import Playbook
from leadqual.scoring import Best, Score

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
_CHOSEN = (*_COLUMNS[:-1], ("Objective", "left"), ("Margin", "right"), _COLUMNS[-1])
_NARROW = (0, 1, 2, 5, 6, 7, 8)
"""Of those, what a narrow terminal shows: both axes and the last act are left out."""
_WIDE = 100
_SHORT_ID = 20
"""Longer ids need the room of the last column, unless the terminal is wide."""


def print_ranking(console: Console, scored: Scored, top: int) -> None:
    """Print the leads with the highest totals; of several objectives each lead's best, with its margin."""
    best = ranked(scored.scores)[:top]
    bests = {one.score.lead_id: one for one in scored.bests}
    columns = _CHOSEN if bests else _COLUMNS
    roomy = console.width >= _WIDE or (not bests and max((len(s.lead_id) for s in best), default=0) <= _SHORT_ID)
    shown = range(len(columns)) if roomy else _NARROW if bests else range(len(columns) - 1)
    rows = (_row(i, s, bests.get(s.lead_id)) for i, s in enumerate(best, start=1))
    title = f"Top {len(best)} of {number_of(scored.scores, 'lead')}"
    console.print(table([columns[i] for i in shown], ([row[i] for i in shown] for row in rows), title=title))


def _row(rank: int, score: Score, best: Best | None) -> Sequence[str]:
    qualifies = f"gate: {score.gate}" if score.gate is not None else " ".join(sorted(score.qualifies)).upper()
    numbers = (str(score.fit), str(score.interest), str(score.total))
    chosen = () if best is None else (best.name, "" if best.margin is None else str(best.margin))
    return (str(rank), score.lead_id, score.label, *numbers, qualifies, *chosen, ago(score.days_since_activity))


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
        **({"best": best_counts(scored)} if scored.asked.several else {}),
    }


def best_counts(scored: Scored) -> dict[str, int]:
    """Return how many leads suit each of several objectives best."""
    found = Counter(one.name for one in scored.bests)
    return {name: found[name] for name in scored.asked.names}


def row(score: Score) -> dict[str, object]:
    """Return a score as it stands in a scores file, for machines: numbers as numbers, nothing as null."""
    cells: dict[str, object] = {name: cell or None for name, cell in score_rows(score).items()}
    numbers = {"fit": float(score.fit), "interest": float(score.interest), "total": float(score.total)}
    return cells | numbers | {"level": score.level, "label": score.label, "qualifies": cells["qualifies"] or ""}


def best_row(best: Best) -> dict[str, object]:
    """Return a score under the objective that a lead suits best, as it stands in a file, for machines."""
    return row(best.score) | {
        "objective": best.name,
        "margin": None if best.margin is None else float(best.margin),
    }


def heading(playbook: Playbook, now: datetime, objectives: Sequence[str] = ()) -> dict[str, object]:
    """Return what scored and as of when, for machines; the models of objectives have fingerprints of their own."""
    own = {
        "playbook": playbook.name,
        "version": playbook.version,
        "fingerprint": playbook.fingerprint,
        "now": shown_instant(now),
    }
    models = {name: playbook.models[name].fingerprint for name in objectives}
    return own | ({"objectives": models} if models else {})


def print_summary(console: Console, scored: Scored, *, clock: bool) -> None:
    """Print the counts in sentences.

    Args:
        console: Where to.
        scored: The scores.
        clock: Whether the instant came from the clock; then it is said how to repeat it.
    """
    at = shown_instant(scored.now)
    if scored.asked.names:
        _say_objectives(console, scored)
    say(console, f"As of {at}" + (f" (the clock; repeat with --now {at})" if clock else ""))
    for sentence in _sentences(scored):
        say(console, sentence)
    for warning in (*scored.remarks, *scored.report.warnings):
        say(console, f"Note: {warning}", style="yellow")


def _say_objectives(console: Console, scored: Scored) -> None:
    if not scored.asked.several:
        say(console, f"Under the objective {scored.asked.single}")
        return
    found = ", ".join(f"{name} {number_of(count, 'lead')}" for name, count in best_counts(scored).items())
    say(console, f"Each lead under the objective that gives it the highest total: {found}")


def _sentences(scored: Scored) -> Iterator[str]:
    report = scored.report
    count = summary(scored)
    yield (
        f"{number_of(scored.scores, 'lead')} scored with {number_of(report.events, 'event')}: "
        f"{count['sql']:,} SQL, {count['mql']:,} MQL, {count['gated']:,} gated."
    )
    if found := left_out(report):
        yield f"Left out: {'; '.join(found)}."
    if not report.profile_dated:
        yield "Profiles are as of today: the leads have no valid_from."


def left_out(report: Report, voice: Voice = ENGLISH) -> list[str]:
    """Return what reading a base left out, each with its number.

    Args:
        report: What reading it came to.
        voice: The language.
    """
    return [
        voice.count(found, one, many)
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
