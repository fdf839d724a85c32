"""``leadqual history``: the lives of all leads of a base, replayed."""

from collections import deque
from datetime import datetime
from pathlib import Path

import click

from leadqual.cli.objectives import objective_option
from leadqual.cli.options import (
    bad_rows_option,
    base_options,
    instant_or_clock,
    json_option,
    now_option,
    playbook_argument,
    spreadsheets_option,
    verdicts_option,
)
from leadqual.cli.output import check_output
from leadqual.cli.screen import print_json, say, screen
from leadqual.cli.voice import language_option, voice_of
from leadqual.cli.work import BadRows
from leadqual.playbook import load_playbook

_ENDINGS = (".csv", ".json", ".jsonl", ".parquet")


@click.command()
@playbook_argument
@base_options(required=True)
@verdicts_option
@now_option
@objective_option
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write every change of stage, by lead id: .csv, .json, .jsonl or .parquet.",
)
@spreadsheets_option
@language_option
@bad_rows_option
@json_option
def history(
    *,
    playbook: Path,
    leads: tuple[Path, ...],
    events: tuple[Path, ...],
    verdicts: tuple[Path, ...],
    now: datetime | None,
    objective: str | None,
    output: Path | None,
    safe: bool,
    language: str,
    bad_rows: BadRows,
    as_json: bool,
) -> None:
    """Replay the lives of all leads of a base.

    Each lead goes through the lifecycle of PLAYBOOK as if it had been at work all along: events and verdicts in the
    order in which they happened, and what time alone brings about between them. Shows how many leads stand in each
    stage, which transitions were taken how often, and for how many days leads stood in a stage; with -o writes every
    change of stage to a file.

    What comes after --now is left out and counted. So is a verdict that a lead could not take as it stood: the screen
    names the first twenty with lead and instant, --json all of them with the reason.
    """
    from leadqual.cli.lives import lives_document, replay_all
    from leadqual.cli.livesscreen import print_lives
    from leadqual.files.history import write_history

    if output is not None:
        check_output(output, (playbook, *leads, *events, *verdicts), _ENDINGS)
    if safe and (output is None or output.suffix.lower() != ".csv"):
        raise click.UsageError("--safe-for-spreadsheets is for a history that goes to a .csv file: -o FILE.csv")
    at = instant_or_clock(now)
    loaded = load_playbook(playbook)
    lives = replay_all(loaded, leads, events, verdicts, at, bad_rows=bad_rows, objective=objective)
    rows = 0
    if output is None:
        deque(lives, maxlen=0)
    else:
        rows = write_history(output, lives, safe_for_spreadsheets=safe)
    if as_json:
        print_json(lives_document(lives, loaded, output))
        return
    console = screen()
    voice = voice_of(loaded, language)
    print_lives(console, lives, voice, clock=now is None)
    if output is not None:
        say(console, voice("{rows} written to {path}.", rows=voice.count(rows, "row"), path=output), wrap=False)
