"""One base in every form in which it may be handed in, and what the readers of files make of it."""

import csv
import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from leadqual.batch.border import Staged, stage
from tests.files.support import playbook

UTC = dt.UTC
AT = dt.datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
OTHER = duckdb.connect()
EPOCH = dt.datetime(1970, 1, 1, tzinfo=UTC)
MICROS = (AT - EPOCH) // dt.timedelta(microseconds=1)
STAMP = pa.timestamp("us", "UTC")
ATTRIBUTES = {"title": "text", "employees": "integer", "revenue": "number", "open": "boolean", "founded": "date",
              "seen": "instant", "tags": "list"}  # fmt: skip
PROPERTIES = {"asset": "text", "pages": "integer", "price": "number", "bot": "boolean", "day": "date", "due": "instant",
              "topics": "list"}  # fmt: skip
BOOK = playbook(ATTRIBUTES, PROPERTIES)
ARROW = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(),
         "date": pa.date32(), "instant": STAMP, "list": pa.list_(pa.string())}  # fmt: skip
Row = Mapping[str, Any]


def micros(at: dt.datetime | None) -> int | None:
    """Return an instant as the staged tables keep it."""
    return None if at is None else (at - EPOCH) // dt.timedelta(microseconds=1)


def arrow(rows: Sequence[Row], types: Mapping[str, str]) -> pa.Table:
    """Return rows as an Arrow table; a whole column of ids that are integers stays one."""
    columns = {}
    for name, kind in types.items():
        values = [row.get(name) for row in rows]
        whole = kind == "text" and values and all(type(value) is int for value in values)
        columns[name] = pa.array(values, pa.int64() if whole else ARROW[kind])
    return pa.table(columns)


def as_csv(folder: Path, name: str, rows: Sequence[Row], types: Mapping[str, str]) -> Path:
    """Write rows as CSV."""
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(types)
        writer.writerows([_cell(row.get(name)) for name in types] for row in rows)
    return path


def as_json(folder: Path, name: str, rows: Sequence[Row], types: Mapping[str, str]) -> Path:
    """Write rows as JSON Lines, every key in every row."""
    path = folder / f"{name}.jsonl"
    lines = [json.dumps({key: row.get(key) for key in types}, default=_cell, allow_nan=False) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def as_parquet(folder: Path, name: str, rows: Sequence[Row], types: Mapping[str, str]) -> Path:
    """Write rows as Parquet."""
    path = folder / f"{name}.parquet"
    pq.write_table(arrow(rows, types), path)
    return path


def as_relation(_folder: Path, _name: str, rows: Sequence[Row], types: Mapping[str, str]) -> Any:
    """Return rows as a relation of another connection."""
    return OTHER.from_arrow(arrow(rows, types))


FORMS: dict[str, Callable[[Path, str, Sequence[Row], Mapping[str, str]], Any]] = {
    "csv": as_csv,
    "jsonl": as_json,
    "parquet": as_parquet,
    "arrow": lambda _folder, _name, rows, types: arrow(rows, types),
    "reader": lambda _folder, _name, rows, types: arrow(rows, types).to_reader(max_chunksize=3),
    "pandas": lambda _folder, _name, rows, types: arrow(rows, types).to_pandas(types_mapper=_pandas),
    "polars": lambda _folder, _name, rows, types: pl.from_arrow(arrow(rows, types)),
    "lazy": lambda _folder, _name, rows, types: pl.LazyFrame(pl.from_arrow(arrow(rows, types))),
    "relation": as_relation,
}


def _pandas(kind: pa.DataType) -> Any:
    import pandas as pd

    return pd.ArrowDtype(kind)


def _cell(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, list):
        return json.dumps(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else value


_CONNECTION = duckdb.connect()


def staged(leads: Any, events: Any = None, book: Any = BOOK, **more: Any) -> tuple[duckdb.DuckDBPyConnection, Staged]:
    """Stage on one connection, where the next staging takes the place of this one."""
    connection = _CONNECTION
    return connection, stage(connection, book, leads=leads, events=events, **more)


def rows_of(connection: duckdb.DuckDBPyConnection, view: str) -> list[dict[str, Any]]:
    """Return the rows of a view, sorted."""
    found = connection.table(view)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


def leads_of(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the staged leads, sorted."""
    return rows_of(connection, "lq_leads_in")


def events_of(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the staged events, sorted."""
    return rows_of(connection, "lq_events_in")


def kept(value: Any) -> Any:
    """Return a value that the readers of files give as the staged tables keep it."""
    if isinstance(value, dt.datetime):
        return micros(value)
    if isinstance(value, dt.date):
        return (value - dt.date(1970, 1, 1)).days
    if isinstance(value, tuple):
        return "".join(f"\x1f{part}" for part in value) + "\x1f"
    return value + 0.0 if isinstance(value, float) else value
