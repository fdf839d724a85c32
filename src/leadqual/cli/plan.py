"""``leadqual plan``: what goes to a lead next, when, why and by which permission; or to a whole base."""

import json
from collections import deque
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leadqual.cli.objectives import objective_option
from leadqual.cli.options import (
    bad_rows_option,
    base_options,
    contact_options,
    instant_or_clock,
    json_option,
    now_option,
    playbook_argument,
    spreadsheets_option,
    verdicts_option,
)
from leadqual.cli.output import check_output
from leadqual.cli.screen import Paper, print_json, say, say_lines, screen
from leadqual.cli.voice import Voice, language_option, voice_of
from leadqual.cli.work import BadRows
from leadqual.files.atomic import complete_file
from leadqual.playbook import load_playbook

if TYPE_CHECKING:
    from leadqual.cli.planning import PlannedLead
    from leadqual.cli.plantable import Coming

_ENDINGS = (".csv", ".json", ".jsonl", ".parquet")
_LEAD_ENDINGS = {"text": (), "json": (".json",), "ics": (".ics",)}
_WIDTH = 100
_DAYS = 7


@click.command()
@playbook_argument
@click.option("--lead", "lead_id", metavar="ID", help="Whose plan; without it, what goes to the whole base.")
@base_options(required=True)
@verdicts_option
@contact_options
@now_option
@objective_option
@click.option(
    "--days",
    type=click.IntRange(1, 400),
    metavar="N",
    help=f"Of a whole base, what goes within so many days (default {_DAYS}).",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["text", "json", "ics"]),
    default="text",
    show_default=True,
    help="How the plan of a lead is given: for people, for machines, or as a calendar (extra `ics`).",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the plan of a lead to a file; of a base every touch: .csv, .json, .jsonl or .parquet.",
)
@spreadsheets_option
@language_option
@bad_rows_option
@json_option
def plan(
    *,
    playbook: Path,
    lead_id: str | None,
    leads: tuple[Path, ...],
    events: tuple[Path, ...],
    verdicts: tuple[Path, ...],
    consents: tuple[Path, ...],
    reports: tuple[Path, ...],
    now: datetime | None,
    objective: str | None,
    days: int | None,
    kind: str,
    output: Path | None,
    safe: bool,
    language: str,
    bad_rows: BadRows,
    as_json: bool,
) -> None:
    """Show what goes to a lead next, when and why; or what goes to a whole base.

    Each lead goes through the lifecycle and the sequences of PLAYBOOK as if they had been at work all along, up to
    --now; from there on it is planned what goes if nothing happens. Nothing is sent.

    With --lead it is told who that is and where it stands, what has gone to it, what goes next by its own clock and by
    which permission, why something is moved, held back or not chosen, and where the way forks. Without it, how many
    touches go on which day by which channel.

    What was due before --now has gone, as far as anybody knows: --reports says what really became of it, --consents
    what leads agreed to.
    """
    from leadqual.cli.planning import PlanInputs, planned_lead, read_lives
    from leadqual.cli.plantable import Coming

    kind = "json" if as_json else kind
    files = (playbook, *leads, *events, *verdicts, *consents, *reports)
    if lead_id is None and kind == "ics":
        raise click.UsageError("A calendar is of one lead: --lead ID")
    if lead_id is not None and days is not None:
        raise click.UsageError("--days is for a whole base: leave --lead or --days out")
    if output is not None:
        check_output(output, files, _ENDINGS if lead_id is None else _LEAD_ENDINGS[kind])
    if safe and (lead_id is not None or output is None or output.suffix.lower() != ".csv"):
        raise click.UsageError("--safe-for-spreadsheets is for a base that goes to a .csv file: -o FILE.csv")
    loaded = load_playbook(playbook)
    voice = voice_of(loaded, language)
    inputs = PlanInputs(
        playbook=loaded,
        leads=leads,
        events=events,
        verdicts=verdicts,
        consents=consents,
        reports=reports,
        now=instant_or_clock(now),
        bad_rows=bad_rows,
        objective=objective,
    )
    lives = read_lives(inputs)
    if lead_id is None:
        coming = Coming(lives=lives, days=days or _DAYS)
        _plan_base(coming, voice, output, safe=safe, as_json=kind == "json", clock=now is None)
    else:
        _plan_lead(planned_lead(lives, lead_id), voice, kind, output, clock=now is None)


def _plan_lead(planned: "PlannedLead", voice: Voice, kind: str, output: Path | None, *, clock: bool) -> None:
    """Print the plan of one lead, or write it to a file."""
    from leadqual.cli.plancard import plan_text
    from leadqual.cli.plandata import plan_data
    from leadqual.ics import plan_calendar

    if kind == "text" and output is None:
        say_lines(screen(), plan_text(planned, voice, clock=clock))
        return
    if kind == "json" and output is None:
        print_json(plan_data(planned))
        return
    if kind == "ics":
        words = voice.words
        lead_id = planned.life.lead_id
        whole = plan_calendar(planned.plan, lead_id=lead_id, language=words.language, labels=words.labels)
    elif kind == "json":
        whole = f"{json.dumps(plan_data(planned), indent=2)}\n".encode()
    else:
        page = StringIO()
        say_lines(Paper(file=page, width=_WIDTH, color_system=None), plan_text(planned, voice, clock=clock))
        whole = "".join(f"{line.rstrip()}\n" for line in page.getvalue().splitlines()).encode()
    if output is None:
        click.echo(whole, nl=False)
        return
    with complete_file(output) as file:
        file.write(whole)
    say(screen(), voice("The plan is in {path}.", path=output), wrap=False)


def _plan_base(coming: "Coming", voice: Voice, output: Path | None, *, safe: bool, as_json: bool, clock: bool) -> None:
    """Print what goes to a base, and write every touch of it to a file."""
    from leadqual.cli.plandata import PLAN_COLUMNS
    from leadqual.cli.plantable import coming_data, print_coming
    from leadqual.files.write import write_rows

    rows = 0
    if output is None:
        deque(coming.rows(), maxlen=0)
    else:
        rows = write_rows(output, PLAN_COLUMNS, coming.rows(), safe=safe)
    if as_json:
        print_json(coming_data(coming) | ({} if output is None else {"output": str(output)}))
        return
    console = screen()
    print_coming(console, coming, voice, clock=clock)
    if output is not None:
        say(console, voice("{rows} written to {path}.", rows=voice.count(rows, "row"), path=output), wrap=False)
