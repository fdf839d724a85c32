"""``leadqual score``: every lead of a base, into a file or as a table."""

from datetime import datetime
from pathlib import Path

import click

from leadqual.cli.options import (
    bad_rows_option,
    base_options,
    instant_or_clock,
    json_option,
    now_option,
    playbook_argument,
)
from leadqual.cli.ranking import heading, print_ranking, print_summary, row, summary
from leadqual.cli.screen import number_of, print_json, say, screen
from leadqual.cli.work import BadRows, Scored, ranked, read, score_all
from leadqual.files import write_scores
from leadqual.playbook import load_playbook

_ENDINGS = (".csv", ".json", ".jsonl", ".parquet")
_TOP = 20


@click.command()
@playbook_argument
@base_options(required=True)
@now_option
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
@click.option(
    "--safe-for-spreadsheets",
    "safe",
    is_flag=True,
    help="In a .csv that people open: disarm ids and other texts that a spreadsheet would run as a formula.",
)
@bad_rows_option
@json_option
def score(
    *,
    playbook: Path,
    leads: tuple[Path, ...],
    events: tuple[Path, ...],
    now: datetime | None,
    top: int | None,
    output: Path | None,
    safe: bool,
    bad_rows: BadRows,
    as_json: bool,
) -> None:
    """Score every lead of a base.

    Shows the best leads and a summary; with -o writes the scores of all to a file.
    """
    if output is not None:
        _check_output(output, (playbook, *leads, *events))
    if safe and (output is None or output.suffix.lower() != ".csv"):
        raise click.UsageError("--safe-for-spreadsheets is for scores that go to a .csv file: -o FILE.csv")
    at = instant_or_clock(now)
    loaded = load_playbook(playbook)
    scored = score_all(loaded, read(loaded, leads, events, at, bad_rows), at, with_events=bool(events))
    if output is not None:
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
    shown = scored.scores if top is None else ranked(scored.scores)[:top]
    document = {**heading(scored), "summary": summary(scored)}
    if output is None or top is not None:
        document["scores"] = [row(one) for one in shown]
    if output is not None:
        document["output"] = str(output)
    return document


def _check_output(output: Path, inputs: tuple[Path, ...]) -> None:
    """Refuse a file that could not be written, or that is read, before the work rather than after it."""
    if output.suffix.lower() not in _ENDINGS:
        raise click.BadParameter(f"the file must end in {', '.join(_ENDINGS)}.", param_hint="-o")
    if not output.parent.is_dir():
        raise click.BadParameter(f"there is no folder {str(output.parent)!a}.", param_hint="-o")
    if output.exists() and any(output.samefile(one) for one in inputs):
        raise click.BadParameter("this file is read; choose another name.", param_hint="-o")
