"""Conditions evaluated in SQL beside the reference: rows as they are staged, tables of an engine, and what both say."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, Protocol

from attrs import frozen
from sqlglot import exp

from leadqual.batch.sql import nodes
from leadqual.batch.sql.columns import Column, Columns
from leadqual.batch.sql.conditions import holds, knows
from leadqual.batch.sql.dialects import DUCKDB, Dialect, render
from leadqual.batch.sql.nodes import Expr
from leadqual.batch.sql.texts import TextTests, as_column
from leadqual.conditions import Condition, FieldType, Scope
from leadqual.conditions.bind import bound_of

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_DAY = date(1970, 1, 1)
KEPT = {"text": "TEXT", "list": "TEXT", "grade": "TEXT", "number": "DOUBLE", "boolean": "BOOLEAN"}
"""Types of columns; all others are BIGINT."""
AT_ONCE = 300
"""Expressions in one statement."""


class Engine(Protocol):
    """A database under test."""

    dialect: Dialect

    def make(self, name: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
        """Make a table, or put another in its place."""

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""


class Duck:
    """DuckDB under test."""

    dialect = DUCKDB

    def __init__(self, connection):
        self.connection = connection

    def make(self, name, columns, rows):
        """Make a table, or put another in its place."""
        declared = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        self.connection.execute(f'create or replace table "{name}" ({declared})')
        marks = ", ".join("?" * len(columns))
        if rows:
            self.connection.executemany(" ".join(["insert into", f'"{name}"', "values", f"({marks})"]), rows)

    def ask(self, statement):
        """Return the rows of a query."""
        return self.connection.execute(statement).fetchall()


def said(engine: Engine, *pieces: Expr, of: str = "") -> tuple[Any, ...]:
    """Return what an engine makes of pieces, of no table or of rows written in its own words; the only row."""
    written = ", ".join(render(piece, engine.dialect) for piece in pieces)
    (answer,) = engine.ask(" ".join(["select", written, of and "from", of]))
    return answer


def staged(value: Any, type_name: str) -> Any:
    """Return a value as it stands in a staged column."""
    if type_name == "list":
        return as_column(tuple(text for text in value if text)) if value and any(value) else None
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    if type_name == "number":
        return float(value) + 0.0
    if type_name == "date":
        return (value - FIRST_DAY).days
    return (value - EPOCH) // timedelta(microseconds=1) if type_name == "instant" else value


@frozen(kw_only=True)
class Ground:
    """Rows that conditions are evaluated on.

    Attributes:
        types: The fields.
        rows: Values by field.
        lists: The named lists.
        choices: Of a text whose values are known beforehand.
    """

    types: Mapping[str, str]
    rows: Sequence[Mapping[str, Any]]
    lists: Mapping[str, tuple[str, ...]] = {}
    choices: Mapping[str, tuple[str, ...]] = {}

    @property
    def scope(self) -> Scope:
        """What the conditions may name."""
        kinds = {name: FieldType(kind, _set(self.choices.get(name))) for name, kind in self.types.items()}
        return Scope(kinds, self.lists)

    def differences(self, engine: Engine, conditions: Sequence[Condition]) -> list[tuple[Any, ...]]:
        """Return where the engine differs from the reference: condition, row, what it says, what is right."""
        self._stage(engine)
        columns = Columns(
            scope=self.scope, by_name=dict(self._columns(engine)), tests=TextTests(), dialect=engine.dialect
        )
        pairs = [(holds(one, columns), knows(one, columns)) for one in conditions]
        self._make_texts(engine, columns)
        found = []
        for start in range(0, len(pairs), AT_ONCE):
            some = pairs[start : start + AT_ONCE]
            answers = engine.ask(render(_query(columns, [part for pair in some for part in pair]), engine.dialect))
            assert len(answers) == len(self.rows)
            for i, condition in enumerate(conditions[start : start + AT_ONCE]):
                bound = bound_of(condition, self.scope)
                for answer in answers:
                    row = self.rows[answer[0]]
                    said = answer[1 + 2 * i], answer[2 + 2 * i]
                    right = bound.holds(row), bound.knows(row)
                    if said != right:
                        found.append((condition, row, said, right))
        return found

    def _stage(self, engine: Engine) -> None:
        kinds = {"no": "BIGINT"} | {f"a_{name}": KEPT.get(kind, "BIGINT") for name, kind in self.types.items()}
        rows = [
            (i, *(staged(row.get(name), kind) for name, kind in self.types.items())) for i, row in enumerate(self.rows)
        ]
        engine.make("lq_rows", kinds, rows)

    def _columns(self, engine: Engine) -> Iterator[tuple[str, Column]]:
        """Yield the columns; whether one is foreign is asked of the data."""
        for name, kind in self.types.items():
            key = f"a_{name}"
            value = nodes.column(key, "r")
            if name in self.choices:
                yield name, Column(key=key, value=value, choices=self.choices[name])
            elif kind in ("text", "list") and self._foreign(engine, key):
                yield (
                    name,
                    Column(
                        key=key,
                        value=value,
                        normal=nodes.column("lq_normal", key),
                        mask=partial(_mask, key),
                    ),
                )
            else:
                yield name, Column(key=key, value=value)

    def _foreign(self, engine: Engine, key: str) -> list[str]:
        value = nodes.column(key)
        query = exp.select(value).distinct().from_(exp.Table(this=nodes.identifier("lq_rows")))
        query = query.where(nodes.negated(engine.dialect.is_ascii(value)))
        return [found for (found,) in engine.ask(render(query, engine.dialect))]

    def _make_texts(self, engine: Engine, columns: Columns) -> None:
        tests = columns.tests
        for column in columns.by_name.values():
            if column.normal is not None:
                tests.register(column.key, "text")  # in case no condition asks for a bit
        masks = {f"lq_m{mask}": "BIGINT" for mask in range(max(tests.masks, 1))}
        kinds = dict.fromkeys(("lq_field", "lq_value", "lq_normal"), "TEXT") | masks
        rows = [
            row + (0,) * (len(kinds) - len(row))
            for key in tests.keys
            for row in tests.rows(key, self._foreign(engine, key))
        ]
        engine.make("lq_text", kinds, rows)


def _set(choices):
    return None if choices is None else frozenset(choices)


def _query(columns: Columns, expressions: Sequence[Expr]) -> Expr:
    named = [nodes.aliased(each, f"x{i}") for i, each in enumerate(expressions)]
    query = exp.select(nodes.aliased(nodes.column("no", "r"), "no"), *named).from_(_table("lq_rows", "r"))
    for column in columns.by_name.values():
        if column.mask is not None:
            key = nodes.equals(nodes.column("lq_field", column.key), nodes.text(column.key))
            value = nodes.equals(nodes.column("lq_value", column.key), columns.dialect.binary(column.value))
            query = query.join(_table("lq_text", column.key), on=nodes.all_of([key, value]), join_type="left")
    return query


def _mask(key: str, number: int) -> Expr:
    return nodes.column(f"lq_m{number}", key)


def _table(name: str, alias: str) -> Expr:
    return exp.Table(this=nodes.identifier(name), alias=exp.TableAlias(this=nodes.identifier(alias)))
