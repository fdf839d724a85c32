"""The options that several commands share; the same name means the same everywhere."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from leadqual.calendar import utc
from leadqual.errors import InstantError

Decorated = Callable[..., Any]
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def read_instant(_ctx: click.Context, _option: click.Parameter, text: str | None) -> datetime | None:
    """Read an instant in ISO 8601 with a zone, such as 2026-11-01T12:00:00Z.

    Raises:
        click.BadParameter: If it is none, or not a certain one; the message says what to write.
    """
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!a} is no instant. Write it like 2026-11-01T12:00:00Z.") from None
    if at.tzinfo is None:
        bare = len(text) <= len("2026-11-01")
        example = f"{at:%Y-%m-%d}T00:00:00Z" if bare else f"{text.replace(' ', 'T')}Z"
        missing = "no time and no zone" if bare else "no zone"
        raise click.BadParameter(f"{text!a} has {missing}. Write for example {example} (Z is UTC).")
    try:
        return utc(at)
    except InstantError:
        raise click.BadParameter(f"{text!a} is out of range. Instants lie in the years 1970 to 2199.") from None


def playbook_argument(command: Decorated) -> Decorated:
    """Add the argument PLAYBOOK."""
    return click.argument("playbook", type=FILE)(command)


def base_options(*, required: bool) -> Callable[[Decorated], Decorated]:
    """Add --leads and --events: CSV, JSON Lines or Parquet, each more than once if need be."""

    def add(command: Decorated) -> Decorated:
        leads = click.option(
            "--leads",
            type=FILE,
            multiple=True,
            required=required,
            metavar="FILE",
            help="Leads: .csv, .jsonl (also .gz) or .parquet. May be given more than once.",
        )
        events = click.option(
            "--events",
            type=FILE,
            multiple=True,
            metavar="FILE",
            help="Their events, in the same formats; without them interest counts none.",
        )
        return leads(events(command))

    return add


def verdicts_option(command: Decorated) -> Decorated:
    """Add --verdicts: CSV, JSON Lines or Parquet, more than once if need be."""
    return click.option(
        "--verdicts",
        type=FILE,
        multiple=True,
        metavar="FILE",
        help="What people said of them, in the same formats: yes, no, maybe, accept, return …",
    )(command)


def contact_options(command: Decorated) -> Decorated:
    """Add --consents and --reports: CSV, JSON Lines or Parquet, more than once if need be."""
    consents = click.option(
        "--consents",
        type=FILE,
        multiple=True,
        metavar="FILE",
        help="What they agreed to and withdrew, in the same formats: channel, purpose, given (yes or no).",
    )
    reports = click.option(
        "--reports",
        type=FILE,
        multiple=True,
        metavar="FILE",
        help="What became of touches, in the same formats: key, outcome (sent, skipped or cancelled).",
    )
    return consents(reports(command))


def now_option(command: Decorated) -> Decorated:
    """Add --now; absent, it is the current instant."""
    return click.option(
        "--now",
        callback=read_instant,
        metavar="INSTANT",
        help="As of this instant, such as 2026-11-01T12:00:00Z; by default the current one.",
    )(command)


def bad_rows_option(command: Decorated) -> Decorated:
    """Add --bad-rows."""
    return click.option(
        "--bad-rows",
        type=click.Choice(["fail", "skip"]),
        default="fail",
        show_default=True,
        help="On rows that cannot be read: stop and list them, or leave them out and count them.",
    )(command)


def spreadsheets_option(command: Decorated) -> Decorated:
    """Add --safe-for-spreadsheets."""
    return click.option(
        "--safe-for-spreadsheets",
        "safe",
        is_flag=True,
        help="In a .csv that people open: disarm ids and other texts that a spreadsheet would run as a formula.",
    )(command)


def json_option(command: Decorated) -> Decorated:
    """Add --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document, for machines.")(command)


def instant_or_clock(now: datetime | None) -> datetime:
    """Return the instant asked for, or else the current one in whole seconds. Nothing else here reads the clock."""
    return now if now is not None else datetime.now(UTC).replace(microsecond=0)


def shown_instant(at: datetime) -> str:
    """Return an instant as --now takes it.

    >>> shown_instant(datetime(2026, 11, 1, 12, tzinfo=UTC))
    '2026-11-01T12:00:00Z'
    """
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
