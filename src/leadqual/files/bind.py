"""Where a file has the columns that a playbook reads, and what is said when it has them not."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import frozen

from leadqual.errors import Kind, Problem
from leadqual.files.cells import Reader
from leadqual.files.columns import Columns
from leadqual.files.notes import BadCell, Notes, Unusable, plain
from leadqual.files.rows import Rows
from leadqual.hints import did_you_mean
from leadqual.lead import ACQUISITIONS, KINDS
from leadqual.lifecycle.nurtureinputs import OUTCOMES
from leadqual.lifecycle.values import VERDICTS

REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "leads": ("lead_id",),
    "events": ("event_id", "lead_id", "kind", "at"),
    "verdicts": ("lead_id", "at", "verdict"),
    "consents": ("lead_id", "at", "channel", "purpose", "given"),
    "reports": ("lead_id", "at", "key", "outcome"),
}
WORDS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("leads", "kind"): KINDS,
    ("leads", "acquisition"): ACQUISITIONS,
    ("events", "by"): ("lead", "us"),
    ("verdicts", "verdict"): VERDICTS,
    ("reports", "outcome"): OUTCOMES,
}

_AS_THEY_ARE: Final = ("consents", "reports")
"""Tables whose columns a playbook gives no other names."""


@frozen
class Column:
    """A column that the file has."""

    ours: str
    name: str
    position: int
    read: Reader
    required: bool

    def problem(self, where: str, bad: BadCell) -> Problem:
        """Return the problem of one of its cells."""
        return Problem(where=f"{where}:{plain(self.name)}", what=bad.what, got=bad.got, hint=bad.hint)


def bind(columns: Columns, rows: Rows) -> dict[str, Column]:
    """Return the columns that a file has, by our names.

    Raises:
        Unusable: If one is absent that no row can do without.
    """
    have, found = set(rows.names), dict[str, Column]()
    lacking: list[Problem] = []
    required = REQUIRED[columns.table]
    for ours, type_name in columns.types.items():
        name = columns.names[ours]
        if name in rows.positions and (name in have or ours not in required):
            read = rows.reader(name, type_name)
            words = WORDS.get((columns.table, ours))
            needed = ours in required
            read = _one_of(read, words, required=needed) if words else read
            found[ours] = Column(ours, name, rows.positions[name], read, needed)
        elif ours in required:
            lacking.append(_lacking(columns, rows, ours, "" if lacking else _swapped(columns, rows)))
    if lacking:
        raise Unusable(*lacking)
    return found


def warn_absent(columns: Columns, rows: Rows, notes: Notes) -> None:
    """Warn of declared or mapped columns that the file turned out not to have."""
    absent = set(rows.absent())
    for ours, name in columns.names.items():
        if name not in absent or not (ours in columns.declared or ours in columns.mapped):
            continue
        close = _close(name, rows)
        what = f"{rows.name} has no column `{plain(name)}`: `{ours}` is missing for all its {columns.table}."
        notes.warn(f"{what} {close}".rstrip())


def row_problems(found: Iterable[Column], row: Sequence[object], where: str) -> list[Problem]:
    """Return everything that is wrong with the cells of a row, in the order of the columns."""
    problems = []
    for column in sorted(found, key=lambda column: column.position):
        try:
            value = column.read(row[column.position])
        except BadCell as bad:
            problems.append(column.problem(where, bad))
        else:
            if value is None and column.required:
                needed = BadCell("a value is needed here", "Give every row one, or leave the row out.", None)
                problems.append(column.problem(where, needed))
    return problems


def _one_of(read: Reader, words: tuple[str, ...], *, required: bool) -> Reader:
    def word(cell: object) -> object:
        value = read(cell)
        if value is None or value in words:
            return value
        known = f"Write one of: {', '.join(words)}{'.' if required else '; or leave it empty.'}"
        close = did_you_mean(value, words, " ").strip()
        raise BadCell("a known word was expected", f"{close} {known}".strip(), value)

    return word


def _lacking(columns: Columns, rows: Rows, ours: str, question: str) -> Problem:
    name, part = columns.names[ours], f"[columns.{columns.table}]"
    if ours in columns.mapped:
        line = f"{part} maps {ours} to `{plain(name)}`, which this file does not have."
    elif columns.table in _AS_THEY_ARE:
        line = "Give the file a column of that name."
    else:
        line = f'Add under {part}: {ours} = "the file\'s name of it".'
    hint = " ".join(filter(None, (question, _close(name, rows), line)))
    got = Kind(f"{len(rows.names)} other columns")
    return Problem(where=rows.name, what=f"the column `{plain(name)}` is needed", got=got, hint=hint)


def _swapped(columns: Columns, rows: Rows) -> str:
    """Return a question when the file looks like one of the other table, and nothing otherwise."""
    have = set(rows.names)
    own, others = len(have & {*columns.names.values()}), len(have & {*columns.others})
    if others <= max(own, 1):
        return ""
    return f"Is this the {'events' if columns.table == 'leads' else 'leads'} file?"


def _close(name: str, rows: Rows) -> str:
    """Return *did you mean* over the file's columns, and nothing when none is close."""
    return plain(
        did_you_mean(name, [other for other in rows.names if other != name and other.isprintable()][:200], " ")
    ).strip()
