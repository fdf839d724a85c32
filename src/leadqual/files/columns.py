"""Which columns a playbook reads, and how."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from attrs import frozen

from leadqual.errors import InputError
from leadqual.playbook.mapping import EVENT_COLUMNS, LEAD_COLUMNS, FileFormat


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
        others: The file's names of the other table's columns.
    """

    table: str
    format: FileFormat
    types: Mapping[str, str]
    declared: Mapping[str, str]
    names: Mapping[str, str]
    mapped: Collection[str]
    others: Collection[str] = ()

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
        return cls(
            table=table,
            format=cells,
            types=types,
            declared=declared,
            names=names,
            mapped=mapped.keys(),
            others=_names(playbook, "events" if table == "leads" else "leads"),
        )

    @property
    def wanted(self) -> Sequence[str]:
        """The file's names of the columns to read."""
        return list(dict.fromkeys(self.names.values()))


def _names(playbook: FilesPlaybook, table: str) -> frozenset[str]:
    built_in = LEAD_COLUMNS if table == "leads" else EVENT_COLUMNS
    declared = playbook.model.attributes if table == "leads" else playbook.model.properties
    mapped = playbook.columns.get(table, {})
    return frozenset(mapped.get(name, name) for name in (*built_in, *declared))
