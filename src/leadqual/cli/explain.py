"""``leadqual explain``: one lead's score, line by line, and what could change it."""

from datetime import datetime
from pathlib import Path

import click

from leadqual.cli.objectives import objective_option
from leadqual.cli.options import (
    FILE,
    bad_rows_option,
    base_options,
    instant_or_clock,
    json_option,
    now_option,
    playbook_argument,
    read_instant,
    shown_instant,
    verdicts_option,
)
from leadqual.cli.screen import print_json, screen
from leadqual.cli.voice import language_option, voice_of
from leadqual.cli.work import BadRows
from leadqual.playbook import load_playbook


@click.command()
@playbook_argument
@click.option("--lead", "lead_id", metavar="ID", help="Whose score.")
@base_options(required=False)
@verdicts_option
@now_option
@click.option("--example", metavar="NAME", help="Explain an example of the playbook instead of a lead of a base.")
@objective_option
@click.option("--why-not", metavar="BAR", help="Show every answer to what it would take to reach a bar: mql or sql.")
@click.option("--since", callback=read_instant, metavar="INSTANT", help="Show what changed since then, line by line.")
@click.option("--against", type=FILE, metavar="PLAYBOOK", help="Show what another playbook would change.")
@click.option(
    "--forecast", type=click.IntRange(1, 3650), metavar="DAYS", help="Show what time alone does in the days to come."
)
@click.option("--history", is_flag=True, help="Replay its life up to now: what became of it, and what is next.")
@language_option
@bad_rows_option
@json_option
def explain(
    *,
    playbook: Path,
    lead_id: str | None,
    leads: tuple[Path, ...],
    events: tuple[Path, ...],
    verdicts: tuple[Path, ...],
    now: datetime | None,
    example: str | None,
    objective: str | None,
    why_not: str | None,
    since: datetime | None,
    against: Path | None,
    forecast: int | None,
    history: bool,
    language: str,
    bad_rows: BadRows,
    as_json: bool,
) -> None:
    """Explain the score of one lead.

    Shows what each rule of PLAYBOOK gave, and what limits, time and caps took; until when each bar that is reached
    holds; what it would take to reach the others; and what to ask next.

    With --why-not, --since, --against or --forecast it shows that instead of the ledger. A lead, a bar, an objective
    or an example that does not exist ends with 1.

    With --history the lead goes through the lifecycle of PLAYBOOK as if it had been at work all along: events, and what
    people said of it (--verdicts), in the order in which they happened. It shows what became of it day by day, where it
    stands, which verdicts are possible, and when something happens next.
    """
    from leadqual.cli.answers import explained_data, print_explained
    from leadqual.cli.explained import Inputs, Questions, Whose, explained

    inputs = Inputs(
        playbook=load_playbook(playbook), leads=leads, events=events, now=instant_or_clock(now), bad_rows=bad_rows
    )
    if verdicts and not history:
        raise click.UsageError("--verdicts is for the life of a lead: add --history")
    if example is not None:
        if lead_id is not None or leads or events or now is not None or objective is not None:
            raise click.UsageError(
                "An example brings its own lead, events, instant and objective: leave --lead, --leads, --events, --now "
                "and --objective out."
            )
        if since is not None or against is not None or history:
            raise click.UsageError(
                "--since, --against and --history ask about a lead of a base: --lead ID --leads FILE"
            )
    elif lead_id is None or not leads:
        raise click.UsageError("Whose score? --lead ID --leads FILE, or an example of the playbook: --example NAME")
    elif since is not None and since >= inputs.now:
        raise click.BadParameter(f"it must lie before {shown_instant(inputs.now)}.", param_hint="--since")
    asked = Questions(
        why_not=why_not, since=since, against=against, forecast=forecast, history=history, verdicts=verdicts
    )
    found = explained(inputs, Whose(lead_id=lead_id, objective=objective, example=example), asked)
    if as_json:
        print_json(explained_data(found, voice_of(inputs.playbook, language)))
    else:
        print_explained(screen(), found, voice_of(inputs.playbook, language), clock=now is None and example is None)
