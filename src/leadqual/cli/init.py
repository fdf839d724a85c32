"""``leadqual init``: a commented playbook to start from, fitted to one's own files if they are named."""

import shlex
from collections import Counter
from datetime import datetime
from pathlib import Path

import click
from attrs import frozen
from rich.console import Console

from leadqual.cli.draft import draft
from leadqual.cli.findings import Finding, findings
from leadqual.cli.options import base_options, instant_or_clock, now_option
from leadqual.cli.output import write_text
from leadqual.cli.sample import take_sample
from leadqual.cli.screen import number_of, say, screen, table
from leadqual.cli.tableplan import TablePlan, plan_table
from leadqual.cli.work import read
from leadqual.errors import UnknownName
from leadqual.files import Base
from leadqual.playbook import Playbook, loads
from leadqual.playbook.mapping import FileFormat
from leadqual.presets import preset_text


def _read_preset(_ctx: click.Context, _option: click.Parameter, name: str) -> str:
    """Refuse a preset that does not exist, with the nearest one that does."""
    try:
        preset_text(name)
    except UnknownName as error:
        (problem,) = error.problems
        raise click.BadParameter(f"{problem.what}: {name!a}. {problem.hint}") from None
    return name


def _called(preset: str, purpose: str = "") -> str:
    return f"the starter playbook{purpose}" if preset == "saas" else f"the preset {preset}"


@click.command()
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path), default="playbook.toml")
@base_options(required=False)
@click.option(
    "--preset",
    callback=_read_preset,
    default="saas",
    show_default=True,
    metavar="NAME",
    help="Which playbook to begin with: saas (business software, the starter), agency (services bought after a talk), "
    "listings (portals that sell leads to several buyers) or events (trade fairs and webinars).",
)
@click.option("--zone", metavar="ZONE", help="Zone of times that name none, such as Europe/Madrid.")
@now_option
@click.option("--force", is_flag=True, help="Replace PATH if it is there.")
def init(
    *,
    path: Path,
    leads: tuple[Path, ...],
    events: tuple[Path, ...],
    preset: str,
    zone: str | None,
    now: datetime | None,
    force: bool,
) -> None:
    """Write a commented playbook to start from.

    It goes to PATH, playbook.toml by default; --preset picks the one that is nearest to your business. With --leads
    (and --events) it is fitted to your own files: which column is which, how times are written, which kinds of events
    there are. What had to be guessed is marked CHECK.
    """
    _check_arguments(path, leads, events, zone, force=force)
    console = screen()
    if not leads:
        write_text(path, preset_text(preset))
        say(console, f"Wrote {path}: {_called(preset, ' for B2B SaaS')}.", "bold", wrap=False)
        _print_next(console, path, (), ())
        return
    at = instant_or_clock(now)
    fitted = _fit(preset, leads, events, zone, at)
    write_text(path, fitted.text)
    say(console, f"Wrote {path}: {_called(preset)}, fitted to your files.", "bold", wrap=False)
    _print_fitted(console, fitted, findings(fitted.playbook, fitted.base, at))
    _print_next(console, path, leads, events)


@frozen(kw_only=True)
class Fitted:
    """A playbook fitted to files, and what it was fitted to."""

    text: str
    playbook: Playbook
    base: Base
    plans: tuple[TablePlan, ...]


def _check_arguments(
    path: Path, leads: tuple[Path, ...], events: tuple[Path, ...], zone: str | None, *, force: bool
) -> None:
    if path.exists() and not force:
        raise click.BadParameter(f"{str(path)!a} is there already. Take another name, or --force.", param_hint="PATH")
    if path.exists() and not path.is_file():
        raise click.BadParameter("this is no ordinary file.", param_hint="PATH")
    if not path.parent.is_dir():
        raise click.BadParameter(f"there is no folder {str(path.parent)!a}.", param_hint="PATH")
    if path.exists() and any(path.samefile(one) for one in (*leads, *events)):
        raise click.BadParameter("this file is read; choose another name.", param_hint="PATH")
    if events and not leads:
        raise click.UsageError("Events alone say little: name the leads too, with --leads FILE")
    if zone is not None:
        for problem in FileFormat(zone=zone).problems("--zone"):
            raise click.BadParameter(f"{problem.what}. {problem.hint}", param_hint="--zone")


def _fit(preset: str, leads: tuple[Path, ...], events: tuple[Path, ...], zone: str | None, now: datetime) -> Fitted:
    """Plan from a sample, read everything with the plan, then write the playbook with what was seen."""
    starter = preset_text(preset)
    declared = loads(starter, format="toml").model
    attributes = {name: attribute.type for name, attribute in declared.attributes.items()}
    plans = [plan_table(take_sample("leads", leads), attributes, zone=zone)]
    if events:
        plans.append(plan_table(take_sample("events", events), declared.properties, zone=zone))
    drafted = loads(draft(starter, plans[0], plans[1] if events else None, own={}, ours={}), format="toml")
    base = read(drafted, leads, events, now, "skip")
    acts = [event for one in base.events.values() for event in one]
    own = Counter(event.kind for event in acts if event.by == "lead")
    ours = Counter(event.kind for event in acts if event.by == "us" and event.kind not in own)
    text = draft(starter, plans[0], plans[1] if events else None, own=own, ours=ours)
    return Fitted(text=text, playbook=loads(text, format="toml"), base=base, plans=tuple(plans))


def _print_fitted(console: Console, fitted: Fitted, found: tuple[Finding, ...]) -> None:
    report = fitted.base.report
    say(console, f"Read with it: {number_of(fitted.base.leads, 'lead')}, {number_of(report.events, 'event')}.")
    for plan in fitted.plans:
        console.print()
        say(console, f"Columns of the {plan.sample.table}", "bold")
        same = [ours for ours, theirs in plan.matched.items() if ours == theirs]
        if same:
            say(console, f"Under our own names: {', '.join(same)}.")
        others = [(ours, theirs) for ours, theirs in plan.matched.items() if ours != theirs]
        if others:
            console.print(table((("In the playbook", "left"), ("In your files", "long")), others))
        if plan.absent:
            say(console, f"No column found for: {', '.join(plan.absent)}.", "yellow")
        if plan.unused:
            names = ", ".join(column.name for column in plan.unused[:20])
            more = f" and {len(plan.unused) - 20} more" if len(plan.unused) > 20 else ""
            say(console, f"Not read: {names}{more}.")
        for key, reason in plan.guess.assumed.items():
            value = getattr(plan.guess.format, key)
            say(console, f'CHECK [files.{plan.sample.table}] {key} = "{value}": {reason}', "yellow")
    if report.total:
        say(console, f"{number_of(report.total, 'problem')} in the rows; the first of them:", "yellow")
        for problem in report.problems[:3]:
            say(console, f"  {problem}", wrap=False)
    found = tuple(one for one in found if one.topic != "rules")  # the playbook itself says which rules find nothing
    if found:
        columns = (("Worth a look", "left"), ("Where", "long"), ("What", "long"))
        console.print(table(columns, ((one.topic, one.where, one.text) for one in found)))


def _print_next(console: Console, path: Path, leads: tuple[Path, ...], events: tuple[Path, ...]) -> None:
    named = [*(("--leads", one) for one in leads), *(("--events", one) for one in events)]
    files = " ".join(f"{option} {shlex.quote(str(one))}" for option, one in named)
    files = files or "--leads leads.csv --events events.csv"
    say(console, "Next: read it, change what is yours to decide, then")
    mine = shlex.quote(str(path))
    for command in (f"leadqual check {mine} {files}", f"leadqual score {mine} {files} --top 20"):
        say(console, f"  {command}", "green", wrap=False)
