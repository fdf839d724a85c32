"""Takes one table as it was handed in: what DuckDB reads itself, and what goes through the readers of files."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from attrs import define, evolve, field
from sqlglot import exp

from leadqual.batch.border.bound import asked, bound, natively, rows_without
from leadqual.batch.border.extra import duckdb, pyarrow, run
from leadqual.batch.border.frames import Frame, opened, scan_of
from leadqual.batch.border.handed import Streamed
from leadqual.batch.border.native import Counts, Native, counted, selecting, tell
from leadqual.batch.border.parquet import Group, footers_of, groups_of, place
from leadqual.batch.border.reference import Loader
from leadqual.batch.border.staged import Made
from leadqual.batch.sql.nodes import Expr
from leadqual.files.arrowrows import broken, trouble
from leadqual.files.bind import Column, warn_absent
from leadqual.files.columns import Columns
from leadqual.files.csvrows import refuse_doubled
from leadqual.files.notes import Notes, Unusable, plain
from leadqual.files.open import kind_of_file, open_rows
from leadqual.files.rows import Rows
from leadqual.files.source import Source

Tick = Callable[[Path, int], object]
Opens = Callable[[], Rows]


@define(kw_only=True)
class Gathered:
    """One table, gathered from everything that was handed in.

    Attributes:
        connection: Where to.
        columns: The columns of the table.
        notes: Where problems go.
        made: What is put on the connection.
        tick: Called with a file and the bytes of it that are read.
        natives: What DuckDB reads itself, with what its rows came to.
        loader: What went through the readers of files.
        dated: Whether everything has ``valid_from``.
        bad_rows: How many rows cannot be read.
        rows: How many there were.
        inputs: Names of what was handed in.
    """

    connection: Any
    columns: Columns
    notes: Notes
    made: Made
    tick: Tick
    natives: list[tuple[Native, Counts]] = field(factory=list)
    loader: Loader = field(init=False)
    dated: bool = True
    bad_rows: int = 0
    rows: int = 0
    inputs: list[str] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        name = f"lq_read_{self.columns.table}"
        self.loader = Loader(connection=self.connection, name=name, columns=self.columns, notes=self.notes)

    def take(self, items: Sequence[Path | Streamed]) -> None:
        """Take paths and frames."""
        parquet: list[Path] = []
        for number, item in enumerate(items):
            if not isinstance(item, Path):
                self.inputs.append(self.columns.table)
                self._noted(partial(self._frame, item, f"{self.columns.table}_{number}"))
                continue
            self.inputs.append(plain(str(item)))
            try:
                kind = kind_of_file(item)
            except Unusable as unusable:
                self.notes.file(unusable)
                continue
            if kind == "parquet":
                parquet.append(item)
            else:
                self._noted(partial(self._file, item))
        if parquet:
            self._parquet(parquet)
        if self.loader.made:
            self.made.tables.append(self.loader.name)

    def _noted(self, take: Callable[[], None]) -> None:
        try:
            take()
        except Unusable as unusable:
            self.notes.file(unusable)

    def _parquet(self, paths: Sequence[Path]) -> None:
        groups, closed = groups_of(self.connection, paths)
        for group in groups:
            self._noted(partial(self._group, group))
        for path in closed:
            self._noted(partial(self._file, path))

    def _group(self, group: Group) -> None:
        """Take Parquet files of one schema."""
        physicals = dict(zip(group.names, group.physicals, strict=True))
        opened: list[tuple[dict[str, Column], Rows]] = []

        def open_one(path: Path) -> None:
            ask = asked(self.columns, path, self.notes)
            source = Source(path, ask.format, ask.table, ask.tick)
            refuse_doubled(source, group.names, ask.wanted)
            rows = rows_without(ask, source.name, group.names, physicals)
            opened.append((bound(self.columns, rows), rows))

        for path in group.paths:
            self._noted(partial(open_one, path))
        if len(opened) < len(group.paths):
            return
        found = opened[0][0]
        places = {name: place(number) for number, name in enumerate(group.names)}
        count, footers = footers_of(self.connection, group)
        cells = natively(self.columns, found, physicals, places)
        scans = [(plain(str(path)), group.scan([path])) for path in group.paths]
        known = {place(number): footer for number, footer in footers.items()}
        if cells is not None and self._taken(
            Native(scans=scans, scan=group.scan(), cells=cells, footers=known, rows=count)
        ):
            for columns, rows in opened:
                self._settled(columns, rows)
            for path in group.paths:
                self.tick(path, path.stat().st_size)
            return
        for path in group.paths:
            self._noted(partial(self._file, path))

    def _file(self, path: Path) -> None:
        """Take one file through its reader."""
        pyarrow()
        ask = evolve(asked(self.columns, path, self.notes), tick=partial(self.tick, path))
        self._through(open_rows(ask))

    def _frame(self, frame: Streamed, name: str) -> None:
        """Take a frame or a stream."""
        ask = asked(self.columns, Path(self.columns.table), self.notes)
        opened_frame = opened(frame, ask)
        rows = evolve(opened_frame.rows(ask), names=opened_frame.names)
        found = bound(self.columns, rows)
        physicals = opened_frame.physicals()
        wanted = list(dict.fromkeys(column.name for column in found.values()))
        places = {column: place(number) for number, column in enumerate(wanted)}
        cells = natively(self.columns, found, physicals, places)
        if cells is None:
            self._through(rows)
            return
        scan = self._put(opened_frame, wanted, name)
        native = Native(scans=[(self.columns.table, scan)], scan=scan, cells=cells, footers={}, rows=None)
        self._take(native)
        self._settled(found, rows)

    def _put(self, frame: Frame, wanted: Sequence[str], name: str) -> Expr:
        """Put a frame on the connection, or a stream, which is read once, into a table of its own."""
        registered = f"lq_frame_{name}"
        self.connection.register(registered, frame.counted(wanted))
        if frame.table is not None:
            self.made.registered.append(registered)
            return scan_of(registered)
        table = f"lq_stream_{name}"
        query = selecting([exp.Star()], scan_of(registered))
        try:
            run(self.connection, f"CREATE OR REPLACE TEMP TABLE {table} AS {query.sql('duckdb')}")
        except (duckdb().Error, *trouble(pyarrow())) as error:
            raise broken(self.columns.table, error) from None
        finally:
            self.connection.unregister(registered)
        self.made.tables.append(table)
        return scan_of(table)

    def _take(self, native: Native) -> None:
        """Take a table that DuckDB reads itself."""
        counts = counted(self.connection, native)
        bad_rows = tell(self.connection, native, counts, self.notes) if counts.problems else 0
        self.natives.append((native, counts))
        self.bad_rows += bad_rows
        self.rows += counts.rows

    def _taken(self, native: Native) -> bool:
        """Take a table that DuckDB reads itself, unless it holds values that DuckDB cannot; return whether it does."""
        try:
            self._take(native)
        except duckdb().Error:  # the readers of files say which
            return False
        return True

    def _through(self, rows: Rows) -> None:
        """Take rows through the readers of files."""
        found = bound(self.columns, rows)
        before, known = self.notes.bad_rows, self.loader.rows
        self.loader.load(rows, found)
        self.bad_rows += self.notes.bad_rows - before
        self.rows += self.notes.bad_rows - before + self.loader.rows - known
        self._settled(found, rows)

    def _settled(self, found: Mapping[str, Column], rows: Rows) -> None:
        warn_absent(self.columns, rows, self.notes)
        valid_from = found.get("valid_from")
        self.dated = self.dated and valid_from is not None and valid_from.name not in rows.absent()
