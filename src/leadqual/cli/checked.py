"""A playbook under check: its problems, what is in it, and what real files say about it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from leadqual.cli.findings import Finding, findings
from leadqual.cli.work import BadRows, read
from leadqual.errors import InputError, ModelError, Problem
from leadqual.files import Base
from leadqual.playbook import Playbook, check_examples, load_playbook

if TYPE_CHECKING:
    from leadqual.playbook.lint import Finding as Remark


@frozen(kw_only=True)
class Checked:
    """What a check came to.

    Attributes:
        path: Where the playbook is.
        playbook: The playbook, if it loads.
        base: The files, if they were named and can be used.
        problems: The first hundred things that are wrong.
        total: How many there are.
        found: What the files say that is worth a look though nothing is wrong.
        untold: Where the playbook contradicts its examples; among the problems too.
        lint: What is worth a look in the playbook itself.
        strict: Whether a warning of these makes the check fail.
    """

    path: Path
    playbook: Playbook | None
    base: Base | None
    problems: tuple[Problem, ...]
    total: int
    found: tuple[Finding, ...]
    untold: tuple[Problem, ...] = ()
    lint: "tuple[Remark, ...]" = ()
    strict: bool = False

    @property
    def warnings(self) -> int:
        """How many warnings there are about the playbook."""
        return sum(remark.severity == "warning" for remark in self.lint)

    @property
    def passes(self) -> bool:
        """Whether the check ends well."""
        return self.total == 0 and not (self.strict and self.warnings)


def check_playbook(
    path: Path, *, leads: Sequence[Path], events: Sequence[Path], now: datetime, bad_rows: BadRows, strict: bool = False
) -> Checked:
    """Load a playbook, tell it its examples, look it over, and read the files that are named with it.

    Whatever is wrong is collected, not raised.

    Args:
        path: The playbook.
        leads: Leads files; none compares nothing.
        events: Events files.
        now: Events after it lie in the future.
        bad_rows: Whether bad rows are problems or are left out.
        strict: Whether a warning about the playbook makes the check fail.
    """
    from leadqual.playbook.lint import lint

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
    if playbook is None:
        return Checked(path=path, playbook=None, base=None, problems=problems, total=total, found=())
    untold = check_examples(playbook)
    return Checked(
        path=path,
        playbook=playbook,
        base=base,
        problems=(*untold, *problems),
        total=len(untold) + total,
        found=findings(playbook, base, now) if base is not None else (),
        untold=untold,
        lint=lint(playbook),
        strict=strict,
    )


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
        "objectives": list(playbook.objectives),
        "examples": len(playbook.examples),
    }


def checked_document(checked: Checked) -> dict[str, object]:
    """Return the same for machines."""
    document: dict[str, object] = {
        "ok": checked.passes,
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
        document["lint"] = [
            {"code": r.code, "severity": r.severity, "where": r.where, "reason": r.reason, "hint": r.hint}
            for r in checked.lint
        ]
    if base is not None:
        document["data"] = {
            "leads": len(base.leads),
            "events": base.report.events,
            "bad_rows": base.report.bad_rows,
            "warnings": list(base.report.warnings),
            "findings": [{"topic": f.topic, "where": f.where, "text": f.text} for f in checked.found],
        }
    return document
