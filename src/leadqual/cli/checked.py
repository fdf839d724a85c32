"""A playbook under check: its problems, what is in it, and what real files say about it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from attrs import frozen
from rich.console import Console

from leadqual.cli.findings import Finding, findings
from leadqual.cli.screen import number_of, say, table
from leadqual.cli.work import BadRows, read
from leadqual.errors import InputError, ModelError, Problem
from leadqual.files import Base
from leadqual.playbook import Playbook, load_playbook


@frozen(kw_only=True)
class Checked:
    """What a check came to.

    Attributes:
        path: Where the playbook is.
        playbook: The playbook, if it loads.
        base: The files, if they were named and can be used.
        problems: The first hundred things that are wrong.
        total: How many there are.
        found: What is worth a look though nothing is wrong.
    """

    path: Path
    playbook: Playbook | None
    base: Base | None
    problems: tuple[Problem, ...]
    total: int
    found: tuple[Finding, ...]


def check_playbook(
    path: Path, *, leads: Sequence[Path], events: Sequence[Path], now: datetime, bad_rows: BadRows
) -> Checked:
    """Load a playbook and, if files are named, read them with it; whatever is wrong is collected, not raised.

    Args:
        path: The playbook.
        leads: Leads files; none compares nothing.
        events: Events files.
        now: Events after it lie in the future.
        bad_rows: Whether bad rows are problems or are left out.
    """
    problems: tuple[Problem, ...] = ()
    total = 0
    playbook: Playbook | None = None
    base: Base | None = None
    try:
        playbook = load_playbook(path)
        base = read(playbook, leads, events, now, "skip") if leads else None
    except InputError as error:
        problems, total = error.problems, error.total
    except ModelError as error:
        problems, total = error.problems, len(error.problems)
    if base is not None and bad_rows == "fail":
        problems, total = base.report.problems, base.report.total
    found = findings(playbook, base, now) if playbook is not None and base is not None else ()
    return Checked(path=path, playbook=playbook, base=base, problems=problems, total=total, found=found)


def print_checked(console: Console, checked: Checked) -> None:
    """Print the problems first, then what the playbook holds and what the files say about it."""
    for problem in checked.problems:
        say(console, str(problem), wrap=False)
    if checked.total > len(checked.problems):
        say(console, f"… and {checked.total - len(checked.problems):,} more")
    path = str(checked.path)
    if checked.playbook is None:
        say(console, f"{path}: {number_of(checked.total, 'problem')}", "bold", wrap=False)
        return
    say(console, f"{path}: no problems in the playbook", "bold", wrap=False)
    for sentence in _summary(checked.playbook):
        say(console, f"  {sentence}")
    if checked.total:
        say(console, f"In the files: {number_of(checked.total, 'problem')}, listed above", "bold")
    if checked.base is not None:
        _print_base(console, checked.base, checked.found)


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


def counts(playbook: Playbook) -> dict[str, object]:
    """Return how much there is of everything in a playbook, for machines."""
    model = playbook.model
    return {
        "criteria": len(model.fit.criteria),
        "tables": len(model.fit.tables),
        "gates": len(model.fit.gates),
        "grades": list(model.fit.grades),
        "rules": len(model.interest.rules),
        "groups": len(model.interest.groups),
        "levels": list(model.interest.levels),
        "attributes": len(model.attributes),
        "properties": len(model.properties),
        "bars": [name for name in ("mql", "sql") if getattr(model.qualify, name) is not None],
    }


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
    return [
        f"{playbook.name} {playbook.version}, fingerprint {playbook.fingerprint[:16]}",
        f"reads      {number_of(model.attributes, 'attribute')}, {properties}",
        f"fit        {', '.join(fit)}",
        f"interest   {', '.join(interest)}",
        f"qualifies  {', '.join(bars) or 'nobody: no bars'}",
    ]


def checked_document(checked: Checked) -> dict[str, object]:
    """Return the same for machines."""
    document: dict[str, object] = {
        "ok": checked.total == 0,
        "total": checked.total,
        "problems": [
            {"where": p.where, "what": p.what, "got": getattr(p.got, "text", str(p.got)), "hint": p.hint}
            for p in checked.problems
        ],
    }
    playbook, base = checked.playbook, checked.base
    if playbook is not None:
        document |= {"playbook": playbook.name, "version": playbook.version, "fingerprint": playbook.fingerprint}
        document["counts"] = counts(playbook)
    if base is not None:
        document["data"] = {
            "leads": len(base.leads),
            "events": base.report.events,
            "bad_rows": base.report.bad_rows,
            "warnings": list(base.report.warnings),
            "findings": [{"topic": f.topic, "where": f.where, "text": f.text} for f in checked.found],
        }
    return document
