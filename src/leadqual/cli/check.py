"""``leadqual check``: is a playbook sound, and does it fit real files?"""

from datetime import datetime
from pathlib import Path

import click

from leadqual.cli.checked import check_playbook, checked_document, print_checked
from leadqual.cli.options import (
    bad_rows_option,
    base_options,
    instant_or_clock,
    json_option,
    now_option,
    playbook_argument,
)
from leadqual.cli.screen import print_json, screen
from leadqual.cli.work import BadRows


@click.command()
@playbook_argument
@click.option("--data", is_flag=True, help="Compare with real files too; naming them says so already.")
@base_options(required=False)
@now_option
@bad_rows_option
@json_option
@click.pass_context
def check(
    ctx: click.Context,
    *,
    playbook: Path,
    data: bool,
    leads: tuple[Path, ...],
    events: tuple[Path, ...],
    now: datetime | None,
    bad_rows: BadRows,
    as_json: bool,
) -> None:
    """Check a playbook, alone or against real files.

    Every problem comes with its place and what to do about it.

    With --leads (and --events) it is compared with real files: kinds that no rule names, rules whose kinds never
    occur, dates that cannot be right, columns that are empty. These are remarks; only what is wrong ends with 1.
    """
    if (data or events) and not leads:
        raise click.UsageError("To compare with real files, name them: --leads FILE --events FILE")
    at = instant_or_clock(now)
    checked = check_playbook(playbook, leads=leads, events=events, now=at, bad_rows=bad_rows)
    if as_json:
        print_json(checked_document(checked))
    else:
        print_checked(screen(), checked)
    if checked.total:
        ctx.exit(1)
