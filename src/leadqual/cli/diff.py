"""``leadqual diff``: what changed between two playbooks, in words, and who stands elsewhere for it."""

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
    spreadsheets_option,
)
from leadqual.cli.output import check_output, write_text
from leadqual.cli.screen import print_json, screen, told_progress
from leadqual.cli.voice import language_option
from leadqual.cli.work import BadRows, read
from leadqual.languages import language_of


@click.command()
@click.argument("before", type=FILE)
@click.argument("after", type=FILE)
@base_options(required=False)
@now_option
@objective_option
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="Write every lead of the base that stands elsewhere, with where it stood and why.",
)
@spreadsheets_option
@language_option
@bad_rows_option
@json_option
def diff(
    *,
    before: Path,
    after: Path,
    leads: tuple[Path, ...],
    events: tuple[Path, ...],
    now: datetime | None,
    objective: str | None,
    output: Path | None,
    safe: bool,
    language: str,
    bad_rows: BadRows,
    as_json: bool,
) -> None:
    """Say what changed between two playbooks, and for whom.

    Compares BEFORE with AFTER rule by rule, in words. With --leads (and --events) both score the base: how many leads
    enter and leave each bar, which labels change, and which lines moved most; -o writes who.
    """
    from leadqual.cli.diffed import Diffed, diffed_document, flips_text, print_diffed
    from leadqual.cli.together import loaded, together
    from leadqual.playbook.diff import diff as differences
    from leadqual.playbook.flips import flips

    if not leads and (events or output is not None):
        raise click.UsageError("To see who stands elsewhere, name the leads: --leads FILE --events FILE")
    if output is not None:
        check_output(output, (before, after, *leads, *events), (".csv",))
    elif safe:
        raise click.UsageError("--safe-for-spreadsheets is for leads that go to a .csv file: -o FILE.csv")
    first, second = loaded(before), loaded(after)
    models = [playbook.model_for(objective) for playbook in (first, second)]
    spoken = language_of(language)
    at = instant_or_clock(now)
    found = None
    warnings: tuple[str, ...] = ()
    if leads:
        base = read(together(first, second), leads, events, at, bad_rows)
        with told_progress("Scoring", len(base.leads)) as progress:
            found = flips(models[0], models[1], base.leads, base.events, now=at, progress=progress)
        warnings = base.report.warnings
    result = Diffed(
        before=first,
        after=second,
        diff=differences(first, second, language=spoken),
        flips=found,
        now=at,
        objective=objective,
        warnings=warnings,
        with_events=bool(events),
    )
    if output is not None and found is not None:
        write_text(output, flips_text(found, safe=safe))
    if as_json:
        print_json(diffed_document(result, output))
    else:
        print_diffed(screen(), result, (before, after), output, clock=now is None)
