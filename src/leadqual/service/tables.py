"""The tables of a store, as data: every store makes them, and finds rows in them, by these."""

from collections.abc import Callable
from operator import attrgetter
from types import NoneType
from typing import Any, Final, Generic, Literal, TypeVar, get_args, get_type_hints

from attrs import field, frozen

from leadqual.service.rows import (
    CommandRow,
    EffectRow,
    ErasedRow,
    EventRow,
    FactRow,
    KeyRow,
    LeadRow,
    NoteRow,
    Row,
    SparedRow,
)

R = TypeVar("R", bound=Row)
Value = str | int | None
"""What a column holds."""
Values = tuple[Value, ...]
"""What the columns of a row hold, in their order; or those that identify it."""


@frozen
class Column:
    """One column of a table.

    Attributes:
        name: Its name, and that of the field.
        kind: ``"text"``, or ``"integer"`` of 64 bits.
        optional: Whether it may hold nothing.
    """

    name: str
    kind: Literal["text", "integer"]
    optional: bool


@frozen(eq=False)
class Table(Generic[R]):
    """One table of a store. Every row belongs to a tenant, which the store adds as the first column.

    Attributes:
        name: Its name; a store puts a prefix before it.
        makes: The class of its rows.
        primary: The columns that identify a row within its tenant.
        indexes: Columns by which rows are found besides.
        columns: Its columns, in the order of the fields.
        values: Takes what the columns hold from a row.
        key: Takes what identifies a row from it, as a tuple.
    """

    name: str
    makes: type[R]
    primary: tuple[str, ...]
    indexes: tuple[tuple[str, ...], ...] = ()
    columns: tuple[Column, ...] = field(init=False)
    values: Callable[[R], Values] = field(init=False)
    key: Callable[[R], Values] = field(init=False)

    @columns.default
    def _columns(self) -> tuple[Column, ...]:
        found = []
        for name, hint in get_type_hints(self.makes).items():
            kinds = get_args(hint) or (hint,)
            found.append(Column(name, "text" if str in kinds else "integer", NoneType in kinds))
        return tuple(found)

    @values.default
    def _values(self) -> Callable[[R], Values]:
        return _taking(tuple(column.name for column in self.columns))

    @key.default
    def _key(self) -> Callable[[R], Values]:
        return _taking(self.primary)

    def row(self, values: Values) -> R:
        """Return the row whose columns hold these values.

        Args:
            values: What they hold, in their order.
        """
        return self.makes(**{column.name: value for column, value in zip(self.columns, values, strict=True)})


def _taking(names: tuple[str, ...]) -> Callable[[Any], Values]:
    """Return what takes fields from a row, always as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    one = attrgetter(names[0])

    def take(row: Any) -> Values:
        return (one(row),)

    return take


LEADS: Final = Table("leads", LeadRow, ("lead_id",), (("due",), ("held", "lead_id"), ("into",)))
EVENTS: Final = Table("events", EventRow, ("source", "event_id"), (("lead_id",),))
FACTS: Final = Table("facts", FactRow, ("lead_id", "seq"))
EFFECTS: Final = Table("effects", EffectRow, ("key",), (("ready_at", "number"), ("lead_id",), ("touch",)))
KEYS: Final = Table("keys", KeyRow, ("digest",), (("lead_id",),))
COMMANDS: Final = Table("commands", CommandRow, ("command_id",), (("lead_id",),))
SPARED: Final = Table("spared", SparedRow, ("digest", "channel", "purpose"))
ERASED: Final = Table("erased", ErasedRow, ("digest",))
NOTES: Final = Table("notes", NoteRow, ("name",))

TABLES: Final[tuple[Table[Any], ...]] = (LEADS, EVENTS, FACTS, EFFECTS, KEYS, COMMANDS, SPARED, ERASED, NOTES)
"""Every table."""
