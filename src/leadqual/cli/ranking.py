"""The table of the best leads, and the summary beneath it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.console import Console

from leadqual.cli.options import shown_instant
from leadqual.cli.passing import Outcome, Row, row_data
from leadqual.cli.screen import number_of, say, table
from leadqual.cli.voice import ENGLISH, Voice
from leadqual.files import Report, score_rows
from leadqual.playbook import Playbook
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
_CHOSEN = (*_COLUMNS[:-1], ("Objective", "left"), ("Margin", "right"), _COLUMNS[-1])
_NARROW = (0, 1, 2, 5, 6, 7, 8)
"""Of those, what a narrow terminal shows: both axes and the last act are left out."""
_WIDE = 100
_SHORT_ID = 20
"""Longer ids need the room of the last column, unless the terminal is wide."""


def print_ranking(console: Console, outcome: Outcome) -> None:
    """Print the leads with the highest totals; of several objectives each lead's best, with its margin."""
    best = outcome.passing.best
    several = outcome.asked.several and bool(best)
    columns = _CHOSEN if several else _COLUMNS
    roomy = console.width >= _WIDE or (not several and max((len(row[0]) for row in best), default=0) <= _SHORT_ID)
    shown = range(len(columns)) if roomy else _NARROW if several else range(len(columns) - 1)
    acts = outcome.last_acts([row[0] for row in best])
    rows = (_row(number, row, acts.get(row[0])) for number, row in enumerate(best, start=1))
    title = f"Top {len(best)} of {number_of(outcome.passing.leads, 'lead')}"
    console.print(table([columns[i] for i in shown], ([row[i] for i in shown] for row in rows), title=title))


def _row(number: int, row: Row, days: int | None) -> Sequence[str]:
    lead, fit, interest, total, _, _, label, qualifies, gate, *chosen = row
    told = f"gate: {gate}" if gate else " ".join(sorted(qualifies.split(";"))).upper()
    return (str(number), lead, label, fit, interest, total, told, *chosen, ago(days))


def ago(days: int | None) -> str:
    """Return an age in words.

    >>> ago(None), ago(0), ago(1), ago(40)
    ('never', 'today', '1 day ago', '40 days ago')
    """
    if days is None:
        return "never"
    return "today" if days == 0 else f"{number_of(days, 'day')} ago"


def summary(outcome: Outcome) -> dict[str, object]:
    """Return the counts that a reader of the scores should know, for machines."""
    report, passing = outcome.report, outcome.passing
    return {
        "leads": passing.leads,
        "events": report.events,
        "mql": passing.mql,
        "sql": passing.sql,
        "gated": passing.gated,
        "copies": report.copies,
        "orphans": report.orphans,
        "conflicts": report.conflicts,
        "doubled_leads": report.doubled_leads,
        "bad_rows": report.bad_rows,
        "later_leads": report.later_leads,
        "profile_dated": report.profile_dated,
        "warnings": [*outcome.remarks, *report.warnings],
        **({"best": best_counts(outcome)} if outcome.asked.several else {}),
    }


def best_counts(outcome: Outcome) -> dict[str, int]:
    """Return how many leads suit each of several objectives best."""
    return {name: outcome.passing.chosen[name] for name in outcome.asked.names}


def row(score: Score) -> dict[str, object]:
    """Return a score as it stands in a scores file, for machines: numbers as numbers, nothing as null."""
    return row_data(tuple(score_rows(score).values()))


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


def print_summary(console: Console, outcome: Outcome, *, clock: bool) -> None:
    """Print the counts in sentences.

    Args:
        console: Where to.
        outcome: The scores.
        clock: Whether the instant came from the clock; then it is said how to repeat it.
    """
    at = shown_instant(outcome.now)
    if outcome.asked.names:
        _say_objectives(console, outcome)
    say(console, f"As of {at}" + (f" (the clock; repeat with --now {at})" if clock else ""))
    for sentence in _sentences(outcome):
        say(console, sentence)
    for warning in (*outcome.remarks, *outcome.report.warnings):
        say(console, f"Note: {warning}", style="yellow")


def _say_objectives(console: Console, outcome: Outcome) -> None:
    if not outcome.asked.several:
        say(console, f"Under the objective {outcome.asked.single}")
        return
    found = ", ".join(f"{name} {number_of(count, 'lead')}" for name, count in best_counts(outcome).items())
    say(console, f"Each lead under the objective that gives it the highest total: {found}")


def _sentences(outcome: Outcome) -> Iterator[str]:
    report = outcome.report
    count = summary(outcome)
    yield (
        f"{number_of(outcome.passing.leads, 'lead')} scored with {number_of(report.events, 'event')}: "
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
