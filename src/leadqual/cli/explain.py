"""``leadqual explain``: one lead's score, line by line."""

from datetime import datetime
from pathlib import Path

import click

from leadqual.cli.card import card, print_card
from leadqual.cli.options import (
    bad_rows_option,
    base_options,
    instant_or_clock,
    json_option,
    now_option,
    playbook_argument,
)
from leadqual.cli.screen import note, number_of, print_json, screen
from leadqual.cli.work import NO_EVENTS, BadRows, Scored, read
from leadqual.playbook import load_playbook


@click.command()
@playbook_argument
@click.option("--lead", "lead_id", required=True, metavar="ID", help="Whose score.")
@base_options(required=True)
@now_option
@bad_rows_option
@json_option
@click.pass_context
def explain(
    ctx: click.Context,
    *,
    playbook: Path,
    lead_id: str,
    leads: tuple[Path, ...],
    events: tuple[Path, ...],
    now: datetime | None,
    bad_rows: BadRows,
    as_json: bool,
) -> None:
    """Explain the score of one lead.

    Shows what each rule of PLAYBOOK gave, and what limits, time and caps took.
    """
    at = instant_or_clock(now)
    loaded = load_playbook(playbook)
    base = read(loaded, leads, events, at, bad_rows)
    if lead_id not in base.leads:
        note(f"--lead: this lead is not in the base of {number_of(base.leads, 'lead')}. Ids are compared exactly.")
        ctx.exit(1)
    score = loaded.model.score(base.leads[lead_id], base.events.get(lead_id, ()), now=at)
    scored = Scored(
        playbook=loaded, now=at, scores=(score,), report=base.report, remarks=() if events else (NO_EVENTS,)
    )
    if as_json:
        print_json(card(scored, score))
    else:
        print_card(screen(), scored, score, clock=now is None)
