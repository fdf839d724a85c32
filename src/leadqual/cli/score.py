"""``leadqual score``: every lead of a base, into a file or as a table."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import click
from attrs import frozen

from leadqual.cli.engine import Choice, chosen, engine_options, told_as_ours
from leadqual.cli.objectives import Asked, asked_for, objectives_option
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
from leadqual.cli.passing import Outcome, Passing, Row, row_data
from leadqual.cli.ranking import heading, print_ranking, print_summary, summary
from leadqual.cli.screen import number_of, print_json, say, screen
from leadqual.cli.table import score_by_engine
from leadqual.cli.work import BadRows, passed, read, rows_of, score_all
from leadqual.files.write import CHOICE, COLUMNS, write_rows
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
@engine_options
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
    engine: str | None,
    memory_limit: str | None,
    threads: int | None,
    verify: int | None,
    as_json: bool,
) -> None:
    """Score every lead of a base.

    Shows the best leads and a summary; with -o writes the scores of all to a file. An objective that the playbook
    does not have ends with 1. Whatever the engine, the file is the same, byte for byte; the best of several objectives
    is found by python only.
    """
    if output is not None:
        check_output(output, (playbook, *leads, *events), _ENDINGS)
    if safe and (output is None or output.suffix.lower() != ".csv"):
        raise click.UsageError("--safe-for-spreadsheets is for scores that go to a .csv file: -o FILE.csv")
    at = instant_or_clock(now)
    loaded = load_playbook(playbook)
    asked = asked_for(loaded, objectives)
    choice = Choice(engine=engine, memory_limit=memory_limit, threads=threads, verify=verify)
    name = chosen(choice, asked, (*leads, *events))
    wanted = Wanted(
        output=output, safe=safe, as_json=as_json, top=top or (0 if output or as_json else _TOP), clock=now is None
    )
    if name == "python":
        base = read(loaded, leads, events, at, bad_rows)
        scored = score_all(loaded, base, at, with_events=bool(events), asked=asked)
        wanted.show(rows_of(scored), partial(passed, scored), asked)
        return
    with (
        told_as_ours(name),
        score_by_engine(
            loaded, name, choice, leads=leads, events=events, now=at, bad_rows=bad_rows, asked=asked
        ) as tabled,
    ):
        wanted.show(tabled.rows(), tabled.outcome, asked)


@frozen(kw_only=True)
class Wanted:
    """What becomes of scores.

    Attributes:
        output: The file for all of them, if there is one.
        safe: Whether it is made for spreadsheets.
        as_json: Whether one document is printed.
        top: How many of the best are shown.
        clock: Whether the instant came from the clock.
    """

    output: Path | None
    safe: bool
    as_json: bool
    top: int
    clock: bool

    def show(self, rows: Iterable[Row], outcome_of: Callable[[Passing], Outcome], asked: Asked) -> None:
        """Write the rows, and show what they come to.

        Args:
            rows: The rows of a scores file, by lead id.
            outcome_of: Tells what they come to once all were seen.
            asked: The objectives.
        """
        passing = Passing(top=self.top)
        seen = passing.watch(rows)
        kept: list[Row] = []
        if self.output is not None:
            columns = (*COLUMNS, *(CHOICE if asked.several else ()))
            write_rows(self.output, columns, seen, safe=self.safe)
        elif self.as_json and not self.top:
            kept += seen
        else:
            passing.see(rows)
        outcome = outcome_of(passing)
        if self.as_json:
            print_json(self._document(outcome, kept or passing.best))
            return
        console = screen()
        if self.top:
            print_ranking(console, outcome)
        print_summary(console, outcome, clock=self.clock)
        if self.output is not None:
            say(console, f"{number_of(passing.leads, 'score')} written to {self.output}.", wrap=False)

    def _document(self, outcome: Outcome, rows: Sequence[Row]) -> dict[str, object]:
        """Return the result for machines: all rows by lead id, or the best first; none that went to a file alone."""
        document = {**heading(outcome.playbook, outcome.now, outcome.asked.names), "summary": summary(outcome)}
        if self.output is None or self.top:
            document["scores"] = [row_data(row) for row in rows]
        if self.output is not None:
            document["output"] = str(self.output)
        return document
