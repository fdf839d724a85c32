"""What is asked of a store, and what goes into it, checked alike for every store."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from typing import Any, Final

from attrs import frozen

from leadqual.errors import Problem, StoreError, kind_of
from leadqual.hints import did_you_mean
from leadqual.service.tables import Column, R, Table, Value, Values

_LEAST, _MOST = -(1 << 63), (1 << 63) - 1
LONGEST: Final = 640
"""Bytes in UTF-8, at most, of a text that is part of a key or of an index: four of them go into one of Postgres."""
_CLEAN: Final = "Clean it where it comes from."


@frozen(kw_only=True)
class Asked:
    """Which rows are asked for; names are those of columns, and values are of their kind.

    Attributes:
        equal: Columns with the value that they hold.
        missing: Columns that hold nothing.
        among: Columns with the values of which they hold one, sorted.
        above: A column that holds something greater than a value.
        upto: A column that holds a value or something less.
        order: Columns by which the rows are ordered, then the key.
        limit: How many at most.
        lock: Whether they are locked; those that somebody else holds are left out.
    """

    equal: tuple[tuple[str, str | int], ...] = ()
    missing: tuple[str, ...] = ()
    among: tuple[tuple[str, tuple[str | int, ...]], ...] = ()
    above: tuple[str, str | int] | None = None
    upto: tuple[str, str | int] | None = None
    order: tuple[str, ...] = ()
    limit: int | None = None
    lock: bool = False

    @property
    def hopeless(self) -> bool:
        """Whether no row can be found, whatever there is."""
        return self.limit == 0 or any(not values for _, values in self.among)


def asked(
    table: Table[Any],
    *,
    equal: Mapping[str, Value | Collection[str]] | None = None,
    above: tuple[str, str | int] | None = None,
    upto: tuple[str, str | int] | None = None,
    order: Collection[str] = (),
    limit: int | None = None,
    lock: bool = False,
) -> Asked:
    """Return what is asked for, checked.

    Args:
        table: The table.
        equal: As `Unit.find` takes it.
        above: Likewise.
        upto: Likewise.
        order: Likewise.
        limit: Likewise.
        lock: Likewise.

    Raises:
        StoreError: If a column does not exist, or a value can be in none of its rows.
    """
    one: list[tuple[str, str | int]] = []
    missing: list[str] = []
    among: list[tuple[str, tuple[str | int, ...]]] = []
    for name, value in (equal or {}).items():
        if value is None:
            _column(table, name)
            missing.append(name)
        elif isinstance(value, str | int):
            one.append((name, value))
        else:
            _check(table, name, value)
            among.append((name, tuple(sorted(set(value)))))
    for name, value in (*one, *(bound for bound in (above, upto) if bound is not None)):
        _check(table, name, (value,))
    for name in order:
        _column(table, name)
    if limit is not None and limit < 0:
        problem = _problem(table, "a limit is zero or more", limit, "Leave it out to have all rows.")
        raise StoreError([problem])
    return Asked(
        equal=tuple(one),
        missing=tuple(missing),
        among=tuple(among),
        above=above,
        upto=upto,
        order=tuple(order),
        limit=limit,
        lock=lock,
    )


def keys_of(table: Table[Any], keys: Iterable[Values]) -> list[tuple[Any, ...]]:
    """Return keys sorted, each once, and checked.

    Args:
        table: Their table.
        keys: What identifies rows.

    Raises:
        StoreError: If one can be that of no row.
    """
    found = {tuple(key) for key in keys}
    _check_all(table, table.primary, found)
    return sorted(found)


def check_rows(table: Table[R], rows: Iterable[R]) -> None:
    """Refuse rows that no store can keep.

    Args:
        table: Their table.
        rows: The rows.

    Raises:
        StoreError: If a column cannot hold what it is to hold.
    """
    _check_all(table, [column.name for column in table.columns], [table.values(row) for row in rows])


def check_tenant(tenant: str) -> None:
    """Refuse a tenant that no store can keep.

    Args:
        tenant: The tenant.

    Raises:
        StoreError: If it is no text, or one that cannot be kept.
    """
    flaw = _text_flaw(tenant) or _length_flaw(tenant)
    if flaw:
        raise StoreError([Problem(where="tenant", what=flaw, got=kind_of(tenant), hint=_CLEAN)])


def _check_all(table: Table[Any], names: Collection[str], rows: Collection[Values]) -> None:
    for name, values in zip(names, zip(*rows, strict=True), strict=True) if rows else ():
        _check(table, name, values, optional=_column(table, name).optional)


def _check(table: Table[Any], name: str, values: Collection[Value], *, optional: bool = False) -> None:
    """Refuse values that a column cannot hold."""
    flaw_of = _FLAWS[_column(table, name).kind]
    is_short = name in _short(table)
    for value in values:
        if value is None and optional:
            continue
        flaw = flaw_of(value) or (_length_flaw(value) if is_short else None)
        if flaw:
            raise StoreError([_problem(table, flaw, kind_of(value), _CLEAN, name)])


def _text_flaw(value: object) -> str | None:
    if type(value) is not str:
        return "a text was expected"
    if "\0" in value:
        return "a text with a NUL character cannot be kept"
    return None if value.isascii() or _is_encodable(value) else "a text with half of a surrogate pair cannot be kept"


def _length_flaw(value: object) -> str | None:
    if not isinstance(value, str) or len(value) * 4 <= LONGEST or len(value.encode()) <= LONGEST:
        return None
    return f"a text that is part of a key has at most {LONGEST} bytes"


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _integer_flaw(value: object) -> str | None:
    return None if type(value) is int and _LEAST <= value <= _MOST else "a whole number of 64 bits was expected"


_FLAWS: Final[Mapping[str, Callable[[object], str | None]]] = {"text": _text_flaw, "integer": _integer_flaw}


@cache
def _columns(table: Table[Any]) -> dict[str, Column]:
    return {column.name: column for column in table.columns}


@cache
def _short(table: Table[Any]) -> frozenset[str]:
    """Return the columns that are part of a key or of an index."""
    return frozenset(name for index in (table.primary, *table.indexes) for name in index)


def _column(table: Table[Any], name: str) -> Column:
    columns = _columns(table)
    if name not in columns:
        raise StoreError([_problem(table, "there is no such column", name, did_you_mean(name, columns))])
    return columns[name]


def _problem(table: Table[Any], what: str, got: object, hint: str, name: str = "") -> Problem:
    return Problem(where=f"store.{table.name}{name and '.'}{name}", what=what, got=got, hint=hint)
