"""Which columns a playbook reads, and how."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, Protocol, runtime_checkable

from attrs import frozen

from leadqual.errors import InputError
from leadqual.playbook.mapping import EVENT_COLUMNS, LEAD_COLUMNS, VERDICT_COLUMNS, FileFormat

CONSENT_COLUMNS: Final[Mapping[str, str]] = {
    "lead_id": "text",
    "at": "instant",
    "channel": "text",
    "purpose": "text",
    "given": "boolean",
    "confirmed": "boolean",
    "actor": "text",
    "source": "text",
    "wording": "text",
}
"""The columns of every consents file, with their types."""
REPORT_COLUMNS: Final[Mapping[str, str]] = {
    "lead_id": "text",
    "at": "instant",
    "key": "text",
    "outcome": "text",
    "reason": "text",
}
"""The columns of every file that says what became of touches, with their types."""
_BUILT_IN: Final = {
    "leads": LEAD_COLUMNS,
    "events": EVENT_COLUMNS,
    "verdicts": VERDICT_COLUMNS,
    "consents": CONSENT_COLUMNS,
    "reports": REPORT_COLUMNS,
}
_OTHER: Final = {"leads": "events", "events": "leads"}
"""With which table each may be swapped by mistake."""
_NOTHING: Final[Mapping[str, str]] = {}


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


@runtime_checkable
class FilesPlaybook(Protocol):
    """The part of a playbook that files need."""

    @property
    def model(self) -> Declared:
        """What is declared."""

    @property
    def columns(self) -> Mapping[str, Mapping[str, str]]:
        """For ``leads``, ``events`` and ``verdicts``: our name of a column to the file's."""

    @property
    def files(self) -> Mapping[str, FileFormat]:
        """For ``leads``, ``events`` and ``verdicts``: how cells are written; verdicts as events where not said."""


def type_of(declared: str | Typed) -> str:
    """Return the type's name of a declared attribute or property."""
    return declared if isinstance(declared, str) else declared.type


@frozen(kw_only=True)
class Columns:
    """The columns of one table, as the playbook names and reads them.

    Attributes:
        table: ``leads``, ``events``, ``verdicts``, ``consents`` or ``reports``.
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
        declared = {name: type_of(kind) for name, kind in _declared(playbook, table).items()}
        types = {**declared, **_BUILT_IN[table]}
        mapped = playbook.columns.get(table, {})
        part = table if table in ("leads", *playbook.files) else "events"
        cells = playbook.files.get(part, FileFormat())
        problems = list(cells.problems(f"files.{part}"))
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
            others=_names(playbook, _OTHER[table]) if table in _OTHER else (),
        )

    @property
    def wanted(self) -> Sequence[str]:
        """The file's names of the columns to read."""
        return list(dict.fromkeys(self.names.values()))


def _names(playbook: FilesPlaybook, table: str) -> frozenset[str]:
    mapped = playbook.columns.get(table, {})
    return frozenset(mapped.get(name, name) for name in (*_BUILT_IN[table], *_declared(playbook, table)))


def _declared(playbook: FilesPlaybook, table: str) -> Mapping[str, str | Typed]:
    """Return what the playbook declares of a table, by name."""
    if table == "leads":
        return playbook.model.attributes
    return playbook.model.properties if table == "events" else _NOTHING
