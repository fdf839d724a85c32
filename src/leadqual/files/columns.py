"""Which columns a playbook reads, and where a file has them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, Protocol

from attrs import frozen

from leadqual.errors import InputError, Kind, Problem
from leadqual.files.cells import Reader
from leadqual.files.notes import BadCell, Notes, Unusable, plain
from leadqual.files.rows import Rows
from leadqual.hints import did_you_mean
from leadqual.lead import ACQUISITIONS, KINDS
from leadqual.playbook.mapping import EVENT_COLUMNS, LEAD_COLUMNS, FileFormat

REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "leads": ("lead_id",),
    "events": ("event_id", "lead_id", "kind", "at"),
}
_WORDS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("leads", "kind"): KINDS,
    ("leads", "acquisition"): ACQUISITIONS,
    ("events", "by"): ("lead", "us"),
}


class Typed(Protocol):
    """A declaration that says more than its type."""

    @property
    def type(self) -> str:
        """The type's name."""


class Declared(Protocol):
    """The part of a scoring model that files need: what is declared, by name."""

    @property
    def attributes(self) -> Mapping[str, str | Typed]:
        """The declared attributes."""

    @property
    def properties(self) -> Mapping[str, str | Typed]:
        """The declared properties."""


class FilesPlaybook(Protocol):
    """The part of a playbook that files need."""

    @property
    def model(self) -> Declared:
        """What is declared."""

    @property
    def columns(self) -> Mapping[str, Mapping[str, str]]:
        """For ``leads`` and ``events``: our name of a column to the file's."""

    @property
    def files(self) -> Mapping[str, FileFormat]:
        """For ``leads`` and ``events``: how cells are written."""


def type_of(declared: str | Typed) -> str:
    """Return the type's name of a declared attribute or property."""
    return declared if isinstance(declared, str) else declared.type


@frozen(kw_only=True)
class Columns:
    """The columns of one table, as the playbook names and reads them.

    Attributes:
        table: ``leads`` or ``events``.
        format: How the cells are written.
        types: Our names with their types, the built-in ones first.
        declared: Those of them that the playbook declares.
        names: Our names with the file's.
        mapped: Our names that the playbook maps.
    """

    table: str
    format: FileFormat
    types: Mapping[str, str]
    declared: Mapping[str, str]
    names: Mapping[str, str]
    mapped: Collection[str]

    @classmethod
    def of(cls, playbook: FilesPlaybook, table: str) -> "Columns":
        """Return the columns of a table.

        Raises:
            InputError: If the playbook's file format is wrong.
        """
        built_in = LEAD_COLUMNS if table == "leads" else EVENT_COLUMNS
        more = playbook.model.attributes if table == "leads" else playbook.model.properties
        declared = {name: type_of(kind) for name, kind in more.items()}
        types = {**declared, **built_in}
        mapped = playbook.columns.get(table, {})
        cells = playbook.files.get(table, FileFormat())
        problems = list(cells.problems(f"files.{table}"))
        if problems:
            raise InputError(problems)
        names = {name: mapped.get(name, name) for name in types}
        return cls(table=table, format=cells, types=types, declared=declared, names=names, mapped=mapped.keys())

    @property
    def wanted(self) -> Sequence[str]:
        """The file's names of the columns to read."""
        return list(dict.fromkeys(self.names.values()))


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
    have, found, lacking = set(rows.names), {}, []
    required = REQUIRED[columns.table]
    for ours, type_name in columns.types.items():
        name = columns.names[ours]
        if name in rows.positions and (name in have or ours not in required):
            read = rows.reader(name, type_name)
            words = _WORDS.get((columns.table, ours))
            found[ours] = Column(
                ours, name, rows.positions[name], _one_of(read, words) if words else read, ours in required
            )
        elif ours in required:
            lacking.append(_lacking(columns, rows, ours))
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


def _one_of(read: Reader, words: tuple[str, ...]) -> Reader:
    def word(cell: object) -> object:
        value = read(cell)
        if value is None or value in words:
            return value
        raise BadCell("a known word was expected", f"Write one of: {', '.join(words)}; or leave it empty.", value)

    return word


def _lacking(columns: Columns, rows: Rows, ours: str) -> Problem:
    name = columns.names[ours]
    line = f'Add under [columns.{columns.table}]: {ours} = "the file\'s name of it".'
    hint = f"{_close(name, rows)} {line}".lstrip()
    got = Kind(f"{len(rows.names)} other columns")
    return Problem(where=rows.name, what=f"the column `{plain(name)}` is needed", got=got, hint=hint)


def _close(name: str, rows: Rows) -> str:
    """Return *did you mean* over the file's columns, and nothing when none is close."""
    return plain(
        did_you_mean(name, [other for other in rows.names if other != name and other.isprintable()][:200], " ")
    ).strip()
