"""Reads verdicts of people on leads from files, strictly."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from attrs import define, evolve, field, frozen

from leadqual.errors import InputError, InputRefused, Kind, Problem
from leadqual.files.base import Paths, paths_of, read_all, refuse, ticker
from leadqual.files.bind import Column, bind, row_problems, warn_absent
from leadqual.files.columns import Columns, FilesPlaybook
from leadqual.files.notes import BadCell, Notes, plain
from leadqual.files.open import open_rows
from leadqual.files.rows import Ask
from leadqual.files.source import Progress
from leadqual.lifecycle.inputs import Verdict

_NEEDED: Final = ("lead_id", "at", "verdict")
_MORE: Final = ("reason", "actor", "amount", "currency", "closed_on", "wake_on")

_CELLS: Final = {"NoneType": "nothing", "Decimal": "a number", "int": "a number", "date": "a date"}
"""What stood in a cell, by its type in Python."""
_HINTS: Final = {
    "reason": "Say why, in a word or two.",
    "amount": "Write a number of zero or more.",
    "closed_on": "Write a day of the years 1970 to 2199.",
    "wake_on": "Write a day of the years 1970 to 2199.",
}
"""What to do about a cell, by its column."""


def _size(verdicts: Mapping[str, object]) -> str:
    return f"of {len(verdicts)} leads"


@frozen(kw_only=True)
class Verdicts:
    """What people said of leads.

    Attributes:
        by_lead: Verdicts by lead id, each once, in the order of the files; each says when it was given.
        rows: Rows of the files, bad ones included.
        copies: Rows that repeat another one exactly; they do not count.
        bad_rows: Rows that cannot be read; left out with ``bad_rows="skip"``.
        total: How many problems there were.
        problems: The first hundred of them.
        warnings: What is odd but no error, as sentences.
    """

    by_lead: Mapping[str, Sequence[Verdict]] = field(factory=dict, repr=_size)
    rows: int = 0
    copies: int = 0
    bad_rows: int = 0
    total: int = 0
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()


def read_verdicts(
    verdicts: Paths,
    playbook: FilesPlaybook,
    *,
    bad_rows: Literal["fail", "skip"] = "fail",
    progress: Progress | None = None,
) -> Verdicts:
    r"""Read verdicts from CSV, JSON Lines and Parquet files.

    Args:
        verdicts: A file, or several, with the columns ``lead_id``, ``at`` and ``verdict``, and ``reason``, ``actor``,
            ``amount``, ``currency``, ``closed_on`` and ``wake_on`` if there are such.
        playbook: Says what the columns are called and how the files are written.
        bad_rows: ``"fail"`` refuses files with anything wrong in them; ``"skip"`` leaves bad rows out and counts them.
        progress: Called now and then with the bytes read and the bytes of all files.

    Returns:
        The verdicts, with what reading them came to.

    Raises:
        RowsError: If rows are wrong, with the first hundred problems (file, line, column) and their number.
        InputError: If a file cannot be used at all, with the same; `RowsError` is one too.
        MissingExtra: If a file is Parquet and pyarrow is not installed.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from leadqual.playbook import loads
    >>> playbook = loads('schema = 1\nname = "mine"\nversion = "1"')
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "verdicts.csv")
    ...     _ = path.write_text("lead_id,at,verdict,reason\n007,2026-03-02T09:00:00Z,maybe,no_budget\n")
    ...     found = read_verdicts(path, playbook)
    >>> [verdict.reason for verdict in found.by_lead["007"]]
    ['no_budget']
    """
    if bad_rows not in ("fail", "skip"):
        hint = 'Write "fail" or "skip".'
        raise InputError([Problem(where="bad_rows", what="a known word was expected", got=bad_rows, hint=hint)])
    columns, notes, rows, paths = Columns.of(playbook, "verdicts"), Notes(), VerdictRows(), paths_of(verdicts)
    read_all(rows, columns, paths, notes, ticker(paths, progress))
    refuse(notes, bad_rows)
    return Verdicts(
        by_lead={lead_id: tuple(found) for lead_id, found in rows.by_lead.items()},
        rows=rows.good + notes.bad_rows,
        copies=rows.good - sum(map(len, rows.by_lead.values())),
        bad_rows=notes.bad_rows,
        total=notes.total,
        problems=tuple(notes.first),
        warnings=tuple(notes.warnings),
    )


@define
class VerdictRows:
    """All rows of the verdicts files that can be read.

    Attributes:
        by_lead: Verdicts by lead id, each once, in their order.
        good: How many rows there were.
    """

    by_lead: dict[str, dict[Verdict, None]] = field(factory=dict)
    good: int = 0

    def read(self, columns: Columns, ask: Ask) -> None:
        """Read one file.

        Raises:
            Unusable: If it cannot be used.
            MissingExtra: If it is Parquet and pyarrow is not installed.
        """
        rows = open_rows(ask)
        found = bind(columns, rows)
        lead_id, at, verdict = (found[name] for name in _NEEDED)
        more = [(name, found[name].position, found[name].read) for name in _MORE if name in found]
        for line, row in rows.rows:
            where = f"{rows.name}:{line}"
            try:
                whose = lead_id.read(row[lead_id.position])
                given = Verdict(
                    verdict.read(row[verdict.position]),
                    at=at.read(row[at.position]),
                    **{name: read(row[position]) for name, position, read in more},
                )
            except BadCell:
                ask.notes.row(*row_problems(found.values(), row, where))
            except InputRefused as error:
                problems = row_problems(found.values(), row, where)
                ask.notes.row(*(problems or (_placed(problem, found, where) for problem in error.problems)))
            else:
                if not whose or given.at is None:
                    ask.notes.row(*row_problems(found.values(), row, where))
                    continue
                self.good += 1
                self.by_lead.setdefault(whose, {}).setdefault(given)
        warn_absent(columns, rows, ask.notes)


def _placed(problem: Problem, found: Mapping[str, Column], where: str) -> Problem:
    """Return the problem of a verdict as one of a file: with its line and column, and what can be done there."""
    column, name = found.get(problem.where), problem.where
    got = Kind(_CELLS.get(str(problem.got), str(problem.got)))
    if column is None:
        return evolve(problem, where=where, got=got, hint=f"Give the files a column `{name}`.")
    hint = problem.hint if problem.hint.startswith("Leave") else _HINTS.get(name, problem.hint)
    return evolve(problem, where=f"{where}:{plain(column.name)}", got=got, hint=hint)
