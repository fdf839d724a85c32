"""``leadqual score``: every lead of a base, into a file or as a table."""

from datetime import datetime
from pathlib import Path

import click

from leadqual.cli.objectives import asked_for, objectives_option
from leadqual.cli.options import (
    bad_rows_option,
    base_options,
    instant_or_clock,
    json_option,
    now_option,
    playbook_argument,
    spreadsheets_option,
)
from leadqual.cli.output import check_output
from leadqual.cli.ranking import best_row, heading, print_ranking, print_summary, row, summary
from leadqual.cli.screen import number_of, print_json, say, screen
from leadqual.cli.work import BadRows, Scored, ranked, read, score_all
from leadqual.files import write_best, write_scores
from leadqual.playbook import load_playbook

_ENDINGS = (".csv", ".json", ".jsonl", ".parquet")
_TOP = 20


@click.command()
@playbook_argument
@base_options(required=True)
@now_option
@objectives_option
@click.option(
    "--top", type=click.IntRange(min=1), metavar="N", help=f"Show the best N leads (default {_TOP} without -o)."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write all scores, by lead id: .csv, .json, .jsonl or .parquet.",
)
@spreadsheets_option
@bad_rows_option
@json_option
def score(
    *,
    playbook: Path,
    leads: tuple[Path, ...],
    events: tuple[Path, ...],
    now: datetime | None,
    objectives: tuple[str, ...],
    top: int | None,
    output: Path | None,
    safe: bool,
    bad_rows: BadRows,
    as_json: bool,
) -> None:
    """Score every lead of a base.

    Shows the best leads and a summary; with -o writes the scores of all to a file. An objective that the playbook
    does not have ends with 1.
    """
    if output is not None:
        check_output(output, (playbook, *leads, *events), _ENDINGS)
    if safe and (output is None or output.suffix.lower() != ".csv"):
        raise click.UsageError("--safe-for-spreadsheets is for scores that go to a .csv file: -o FILE.csv")
    at = instant_or_clock(now)
    loaded = load_playbook(playbook)
    asked = asked_for(loaded, objectives)
    base = read(loaded, leads, events, at, bad_rows)
    scored = score_all(loaded, base, at, with_events=bool(events), asked=asked)
    if output is not None and asked.several:
        write_best(output, scored.bests, safe_for_spreadsheets=safe)
    elif output is not None:
        write_scores(output, scored.scores, safe_for_spreadsheets=safe)
    if as_json:
        print_json(_document(scored, top, output))
        return
    console = screen()
    if output is None or top is not None:
        print_ranking(console, scored, top or _TOP)
    print_summary(console, scored, clock=now is None)
    if output is not None:
        say(console, f"{number_of(scored.scores, 'score')} written to {output}.", wrap=False)


def _document(scored: Scored, top: int | None, output: Path | None) -> dict[str, object]:
    """Return the result for machines: all scores by lead id, or the best N best first; none that went to a file."""
    document = {**heading(scored.playbook, scored.now, scored.asked.names), "summary": summary(scored)}
    if output is None or top is not None:
        rows = {one.score.lead_id: best_row(one) for one in scored.bests} or {s.lead_id: row(s) for s in scored.scores}
        document["scores"] = [rows[s.lead_id] for s in (scored.scores if top is None else ranked(scored.scores)[:top])]
    if output is not None:
        document["output"] = str(output)
    return document
