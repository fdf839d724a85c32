"""The screen of a check: problems first, then what the playbook holds and what is worth a look."""

import shlex
from typing import TYPE_CHECKING

from rich.console import Console

from leadqual.cli.checked import Checked
from leadqual.cli.findings import Finding
from leadqual.cli.screen import number_of, say, table
from leadqual.cli.subject import example_name
from leadqual.errors import Problem
from leadqual.files import Base
from leadqual.playbook import Playbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leadqual.playbook.lint import Finding as Remark


def print_checked(console: Console, checked: Checked) -> None:
    """Print the problems first, then what the playbook holds, and what it and the files say about each other."""
    for problem in checked.problems:
        say(console, str(problem), wrap=False)
    if checked.total > len(checked.problems):
        say(console, f"… and {checked.total - len(checked.problems):,} more")
    path, untold = str(checked.path), checked.untold
    if checked.playbook is None:
        say(console, f"{path}: {number_of(checked.total, 'problem')}", "bold", wrap=False)
        return
    if untold:
        say(console, f"{path}: contradicts its examples, {number_of(untold, 'problem')}", "bold", wrap=False)
        for name in dict.fromkeys(_example_of(checked.playbook, problem) for problem in untold):
            command = f"leadqual explain {shlex.quote(path)} --example {shlex.quote(name)}"
            say(console, f"  The ledger: {command}", "green", wrap=False)
    else:
        say(console, f"{path}: no problems in the playbook", "bold", wrap=False)
    for sentence in _summary(checked.playbook):
        say(console, f"  {sentence}")
    _print_lint(console, checked)
    if checked.total > len(untold):
        say(console, f"In the files: {number_of(checked.total - len(untold), 'problem')}, listed above", "bold")
    if checked.base is not None:
        _print_base(console, checked.base, checked.found)


def _example_of(playbook: Playbook, problem: Problem) -> str:
    """Return what names the example that a problem is about."""
    number = problem.where.removeprefix("examples[").partition("]")[0]
    return example_name(playbook, int(number))


def _print_lint(console: Console, checked: Checked) -> None:
    """Print what is worth a look in the playbook, warnings first, what has one code together."""
    if not checked.lint:
        return
    warnings = checked.warnings
    counts = [number_of(warnings, "warning")] if warnings else []
    counts += [number_of(len(checked.lint) - warnings, "note")] if len(checked.lint) > warnings else []
    failing = "; --strict makes warnings fail" if warnings and not checked.strict else ""
    say(console, f"Worth a look: {' and '.join(counts)}{failing}", "bold")
    for code, remarks in _by_code(checked.lint).items():
        console.print()
        severity = remarks[0].severity
        say(console, f"  {severity} {code}", "yellow" if severity == "warning" else "cyan")
        for remark in remarks:
            say(console, f"    {remark.where}: {remark.reason}. {remark.hint}", wrap=False)
    console.print()


def _by_code(remarks: "Sequence[Remark]") -> "dict[str, list[Remark]]":
    grouped: dict[str, list[Remark]] = {}
    for remark in sorted(remarks, key=lambda one: one.severity != "warning"):
        grouped.setdefault(remark.code, []).append(remark)
    return grouped


def _print_base(console: Console, base: Base, found: tuple[Finding, ...]) -> None:
    say(console, f"Compared with {number_of(base.leads, 'lead')} and {number_of(base.report.events, 'event')}", "bold")
    for warning in base.report.warnings:
        say(console, f"  Note: {warning}", "yellow")
    if base.report.bad_rows:
        say(console, f"  Left out: {number_of(base.report.bad_rows, 'row')} that cannot be read")
    if found:
        columns = (("About", "left"), ("Where", "long"), ("What", "long"))
        console.print(table(columns, ((one.topic, one.where, one.text) for one in found)))
    else:
        say(console, "  Nothing remarkable.")


def _summary(playbook: Playbook) -> list[str]:
    model = playbook.model
    bars = [
        f"{name.upper()}{' (with a lower bar to stay)' if bar.stay is not None else ''}"
        for name, bar in (("mql", model.qualify.mql), ("sql", model.qualify.sql))
        if bar is not None
    ]
    fit = [
        number_of(model.fit.criteria, "criterion", "criteria"),
        number_of(model.fit.tables, "table"),
        number_of(model.fit.gates, "gate"),
        f"grades {' '.join(model.fit.grades)}" if model.fit.grades else "no grades",
    ]
    properties = number_of(model.properties, "property", "properties")
    levels = " ".join(str(level) for level in model.interest.levels)
    interest = [
        number_of(model.interest.rules, "rule"),
        number_of(model.interest.groups, "group"),
        f"levels {levels}" if levels else "no levels",
    ]
    more = [f"objectives {', '.join(playbook.objectives)}"] if playbook.objectives else []
    more += [f"examples   {len(playbook.examples):,}"] if playbook.examples else []
    return [
        f"{playbook.name} {playbook.version}, fingerprint {playbook.fingerprint[:16]}",
        f"reads      {number_of(model.attributes, 'attribute')}, {properties}",
        f"fit        {', '.join(fit)}",
        f"interest   {', '.join(interest)}",
        f"qualifies  {', '.join(bars) or 'nobody: no bars'}",
        *more,
    ]
