"""``leadqual check``: is a playbook sound, and does it fit real files?"""

from datetime import datetime
from pathlib import Path
from typing import Literal

import click

from leadqual.cli.checked import check_playbook, checked_document
from leadqual.cli.checkscreen import print_checked
from leadqual.cli.options import (
    bad_rows_option,
    base_options,
    instant_or_clock,
    json_option,
    now_option,
    playbook_argument,
)
from leadqual.cli.screen import print_json, screen
from leadqual.cli.voice import voice_of
from leadqual.cli.work import BadRows
from leadqual.files.open import ENDINGS
from leadqual.languages import LANGUAGES
from leadqual.playbook import load_playbook


@click.command()
@playbook_argument
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Compare with the files leads.* and events.* of a folder.",
)
@base_options(required=False)
@now_option
@click.option("--strict", is_flag=True, help="End with 1 on warnings about the playbook too.")
@click.option(
    "--diagram",
    "drawn",
    type=click.Choice(["text", "mermaid", "toml"]),
    is_flag=False,
    flag_value="text",
    help="Show the lifecycle instead: drawn as a table for the screen, or as mermaid, or written out as toml.",
)
@click.option("--language", type=click.Choice(LANGUAGES), help="Draw it in English or Spanish; English by default.")
@bad_rows_option
@json_option
@click.pass_context
def check(
    ctx: click.Context,
    *,
    playbook: Path,
    data: Path | None,
    leads: tuple[Path, ...],
    events: tuple[Path, ...],
    now: datetime | None,
    strict: bool,
    drawn: Literal["text", "mermaid", "toml"] | None,
    language: str | None,
    bad_rows: BadRows,
    as_json: bool,
) -> None:
    """Check a playbook, alone or against real files.

    Every problem comes with its place and what to do about it. The [[examples]] of the playbook are told to it: one
    that it contradicts is a problem. What is sound but looks like a mistake (a bar that nobody can reach, a rule bigger
    than its cap) is listed as a warning or a note and ends with 0, unless --strict makes warnings fail.

    With --data FOLDER, or with --leads (and --events), it is compared with real files: kinds that no rule names,
    rules whose kinds never occur, dates that cannot be right, columns that are empty. These are remarks; only what is
    wrong ends with 1. A file that is named takes the place of the folder's.

    With --diagram it draws the lifecycle of a sound playbook: for each stage what leads out of it, on what, under which
    condition, in the order in which it is tried. With --diagram mermaid it writes the source of a state diagram, which
    Markdown pages and wikis draw. With --diagram toml it writes all stages and transitions out as tables that can stand
    in the playbook: a lifecycle of one's own begins with them.
    """
    if drawn is not None:
        if data is not None or leads or events or now is not None or strict or as_json:
            raise click.UsageError("A diagram is drawn from the playbook alone: leave all but --language out.")
        if drawn == "toml" and language is not None:
            raise click.UsageError("TOML is the same in every language: leave --language out.")
        _draw(playbook, drawn, language or "en")
        return
    if language is not None:
        raise click.UsageError("--language is for a diagram: add --diagram")
    if data is not None:
        leads, events = leads or _found(data, "leads"), events or _found(data, "events")
        if not leads:
            raise click.BadParameter(
                f"there is no file leads.csv, .jsonl or .parquet in {str(data)!a}.", param_hint="--data"
            )
    if events and not leads:
        raise click.UsageError("To compare with real files, name the leads too: --leads FILE --events FILE")
    at = instant_or_clock(now)
    checked = check_playbook(playbook, leads=leads, events=events, now=at, bad_rows=bad_rows, strict=strict)
    if as_json:
        print_json(checked_document(checked))
    else:
        print_checked(screen(), checked)
    if not checked.passes:
        ctx.exit(1)


def _draw(path: Path, drawn: Literal["text", "mermaid", "toml"], language: str) -> None:
    from leadqual.lifecycle.diagram import diagram
    from leadqual.playbook.dump import lifecycle_toml

    loaded = load_playbook(path)
    if drawn == "toml":
        click.echo(lifecycle_toml(loaded), nl=False)
        return
    words = voice_of(loaded, language).words
    width = screen().width - 1
    click.echo(diagram(loaded.plan, drawn, language=words.language, labels=words.labels, width=width), nl=False)


def _found(folder: Path, table: str) -> tuple[Path, ...]:
    """Return the file of a table in a folder, whatever of our formats it has; nothing if there is none."""
    names = {f"{table}{ending}{packed}" for ending in ENDINGS for packed in ("", ".gz")}
    there = sorted(path for path in folder.iterdir() if path.name.lower() in names and path.is_file())
    if len(there) > 1:
        shown = ", ".join(path.name for path in there)
        raise click.BadParameter(f"{shown}: which? Name it with --{table} FILE.", param_hint="--data")
    return tuple(there)
