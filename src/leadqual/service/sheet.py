"""What a command is going to write, all of it at its end."""

from typing import Any

from leadqual.service.rows import Row
from leadqual.service.store import Taken, Unit
from leadqual.service.tables import Table


class Sheet:
    """Rows that are to be written, and those that have to be as they were read; nothing is written before the end."""

    def __init__(self) -> None:
        self._added: dict[Table[Any], list[Any]] = {}
        self._put: dict[Table[Any], list[Any]] = {}
        self._read: dict[Table[Any], dict[Any, Any]] = {}
        self._removed: list[tuple[Table[Any], dict[str, Any]]] = []

    def add(self, table: Table[Any], row: Row) -> None:
        """Write a row at the end that must not be there yet."""
        self._added.setdefault(table, []).append(row)

    def put(self, table: Table[Any], row: Row) -> None:
        """Write a row at the end, in the place of one with its key if there is one."""
        self._put.setdefault(table, []).append(row)

    def replace(self, table: Table[Any], before: Row, after: Row) -> None:
        """Write a row at the end in the place of one that was read, unless that has changed meanwhile."""
        self._read.setdefault(table, {}).setdefault(table.key(before), before)
        self.put(table, after)

    def remove(self, table: Table[Any], **equal: Any) -> None:
        """Remove rows at the end, before anything is written."""
        self._removed.append((table, equal))

    def _check_rows(self, unit: Unit) -> None:
        """See to it that nobody else has changed the rows that are to be replaced, and lock them."""
        for table, known in self._read.items():
            if {table.key(row): row for row in unit.get(table, list(known), lock=True)} != known:
                raise Taken

    def _remove_rows(self, unit: Unit) -> None:
        for table, equal in self._removed:
            unit.remove(table, equal=equal)

    def _write_rows(self, unit: Unit) -> None:
        for table, rows in self._added.items():
            unit.add(table, rows)
        for table, rows in self._put.items():
            unit.put(table, rows)
