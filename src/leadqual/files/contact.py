"""Reads what leads agreed to, and what became of touches, from files, strictly."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Generic, Literal, TypeVar, cast

from attrs import define, evolve, field, frozen

from leadqual.errors import InputError, InputRefused, Kind, Problem
from leadqual.files.base import Paths, paths_of, read_all, refuse, ticker
from leadqual.files.bind import Column, bind, row_problems, warn_absent
from leadqual.files.columns import Columns, FilesPlaybook
from leadqual.files.notes import BadCell, Notes, plain
from leadqual.files.open import open_rows
from leadqual.files.rows import Ask
from leadqual.files.source import Progress
from leadqual.lifecycle.inputs import ConsentChange
from leadqual.lifecycle.nurtureinputs import TouchReport

Given = TypeVar("Given", ConsentChange, TouchReport)
_CELLS: Final = {"NoneType": "nothing"}
"""What stood in a cell, by its type in Python."""


def _size(given: Mapping[str, object]) -> str:
    return f"of {len(given)} leads"


@frozen(kw_only=True)
class Contact(Generic[Given]):
    """What leads agreed to, or what became of touches.

    Attributes:
        by_lead: What was said by lead id, each once, in the order of the files.
        rows: Rows of the files, bad ones included.
        copies: Rows that repeat another one exactly; they do not count.
        bad_rows: Rows that cannot be read; left out with ``bad_rows="skip"``.
        warnings: What is odd but no error, as sentences.
    """

    by_lead: Mapping[str, Sequence[Given]] = field(factory=dict, repr=_size)
    rows: int = 0
    copies: int = 0
    bad_rows: int = 0
    warnings: tuple[str, ...] = ()


def read_consents(
    consents: Paths,
    playbook: FilesPlaybook,
    *,
    bad_rows: Literal["fail", "skip"] = "fail",
    progress: Progress | None = None,
) -> Contact[ConsentChange]:
    r"""Read what leads agreed to and withdrew from CSV, JSON Lines and Parquet files.

    Args:
        consents: A file, or several, with the columns ``lead_id``, ``at``, ``channel``, ``purpose`` and ``given``
            (``yes`` or ``no``), and ``confirmed``, ``actor``, ``source`` and ``wording`` if there are such.
        playbook: Says how the files are written: as events are.
        bad_rows: ``"fail"`` refuses files with anything wrong in them; ``"skip"`` leaves bad rows out and counts them.
        progress: Called now and then with the bytes read and the bytes of all files.

    Returns:
        The consents and withdrawals, with what reading them came to.

    Raises:
        RowsError: If rows are wrong, with the first hundred problems (file, line, column) and their number.
        InputError: If a file cannot be used at all, with the same; `RowsError` is one too.
        MissingExtra: If a file is Parquet and pyarrow is not installed.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from leadqual.playbook import loads
    >>> playbook = loads('schema = 1\nname = "mine"\nversion = "1"')
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "consents.csv")
    ...     _ = path.write_text("lead_id,at,channel,purpose,given\n007,2026-03-02T09:00:00Z,email,newsletter,yes\n")
    ...     found = read_consents(path, playbook)
    >>> [(one.purpose, one.given) for one in found.by_lead["007"]]
    [('newsletter', True)]
    """
    return _read(consents, Columns.of(playbook, "consents"), _consent, bad_rows, progress)


def read_reports(
    reports: Paths,
    playbook: FilesPlaybook,
    *,
    bad_rows: Literal["fail", "skip"] = "fail",
    progress: Progress | None = None,
) -> Contact[TouchReport]:
    """Read what became of touches that came due from CSV, JSON Lines and Parquet files.

    Args:
        reports: A file, or several, with the columns ``lead_id``, ``at``, ``key`` (of the touch) and ``outcome``
            (``sent``, ``skipped`` or ``cancelled``), and ``reason`` if there is such.
        playbook: Says how the files are written: as events are.
        bad_rows: ``"fail"`` refuses files with anything wrong in them; ``"skip"`` leaves bad rows out and counts them.
        progress: Called now and then with the bytes read and the bytes of all files.

    Returns:
        The reports, with what reading them came to.

    Raises:
        RowsError: If rows are wrong, with the first hundred problems (file, line, column) and their number.
        InputError: If a file cannot be used at all, with the same; `RowsError` is one too.
        MissingExtra: If a file is Parquet and pyarrow is not installed.
    """
    return _read(reports, Columns.of(playbook, "reports"), _report, bad_rows, progress)


def _consent(cells: Mapping[str, Any]) -> ConsentChange:
    confirmed = cells.get("confirmed") is True
    return ConsentChange(**{name: cell for name, cell in cells.items() if name != "confirmed"}, confirmed=confirmed)


def _report(cells: Mapping[str, Any]) -> TouchReport:
    return TouchReport(**cells)


def _read(
    files: Paths,
    columns: Columns,
    build: Callable[[Mapping[str, Any]], Given],
    bad_rows: Literal["fail", "skip"],
    progress: Progress | None,
) -> Contact[Given]:
    if bad_rows not in ("fail", "skip"):
        hint = 'Write "fail" or "skip".'
        raise InputError([Problem(where="bad_rows", what="a known word was expected", got=bad_rows, hint=hint)])
    notes, rows, paths = Notes(), _ContactRows(build), paths_of(files)
    read_all(rows, columns, paths, notes, ticker(paths, progress))
    refuse(notes, bad_rows)
    return Contact(
        by_lead={lead_id: tuple(found) for lead_id, found in rows.by_lead.items()},
        rows=rows.good + notes.bad_rows,
        copies=rows.good - sum(map(len, rows.by_lead.values())),
        bad_rows=notes.bad_rows,
        warnings=tuple(notes.warnings),
    )


@define
class _ContactRows(Generic[Given]):
    """All rows of the files that can be read."""

    build: Callable[[Mapping[str, Any]], Given]
    by_lead: dict[str, dict[Given, None]] = field(factory=dict)
    good: int = 0

    def read(self, columns: Columns, ask: Ask) -> None:
        """Read one file.

        Raises:
            Unusable: If it cannot be used.
            MissingExtra: If it is Parquet and pyarrow is not installed.
        """
        rows = open_rows(ask)
        found = bind(columns, rows)
        for line, row in rows.rows:
            where = f"{rows.name}:{line}"
            try:
                cells = {name: column.read(row[column.position]) for name, column in found.items()}
                if any(cells[name] is None for name, column in found.items() if column.required):
                    ask.notes.row(*row_problems(found.values(), row, where))
                    continue
                whose = cast("str", cells.pop("lead_id"))
                given = self.build(cells)
            except BadCell:
                ask.notes.row(*row_problems(found.values(), row, where))
            except InputRefused as error:
                ask.notes.row(*(_placed(problem, found, where) for problem in error.problems))
            else:
                self.good += 1
                self.by_lead.setdefault(whose, {}).setdefault(given)
        warn_absent(columns, rows, ask.notes)


def _placed(problem: Problem, found: Mapping[str, Column], where: str) -> Problem:
    """Return the problem of an input as one of a file: with its line and column."""
    got = Kind(_CELLS.get(str(problem.got), str(problem.got)))
    column = found.get(problem.where)
    return evolve(problem, where=where if column is None else f"{where}:{plain(column.name)}", got=got)
