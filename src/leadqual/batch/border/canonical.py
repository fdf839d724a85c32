"""The columns that every engine reads, whatever they were called and however they were written."""

from collections.abc import Mapping
from typing import Final

from sqlglot import exp

from leadqual.batch.sql.nodes import Expr, boolean, coalesce, equals, text
from leadqual.files.columns import Columns
from leadqual.lead import BUILT_IN

EVENTS_VIEW: Final = "lq_events_in"
LEADS_VIEW: Final = "lq_leads_in"
_EVENT_COLUMNS: Final[Mapping[str, str]] = {
    "lq_source": "source",
    "lq_event": "event_id",
    "lq_lead": "lead_id",
    "lq_kind": "kind",
    "lq_own": "by",
    "lq_us": "at",
}
_LEAD_COLUMNS: Final[Mapping[str, str]] = {
    "lq_lead": "lead_id",
    "lq_since": "since",
    "lq_stage": "stage",
    "lq_valid_from": "valid_from",
}
IDS: Final = ("lq_lead", "lq_event")
_SQL_TYPES: Final = {"text": "TEXT", "list": "TEXT", "number": "DOUBLE", "boolean": "BOOLEAN"}


def canonical(columns: Columns) -> dict[str, str]:
    """Return the canonical columns of a table, each with our name of the column that it comes from."""
    if columns.table == "events":
        return {**_EVENT_COLUMNS, **{f"p_{name}": name for name in columns.declared}}
    built_in = {f"a_{name}": "lead_id" if name == "id" else name for name in BUILT_IN}
    return {**_LEAD_COLUMNS, **built_in, **{f"a_{name}": name for name in columns.declared}}


def type_of(name: str, ours: str, columns: Columns) -> str:
    """Return the leadqual type of a canonical column."""
    return "boolean" if name == "lq_own" else columns.types[ours]


def sql_type(type_name: str) -> str:
    """Return in what a value of a leadqual type is kept.

    >>> sql_type("instant"), sql_type("list")
    ('BIGINT', 'TEXT')
    """
    return _SQL_TYPES.get(type_name, "BIGINT")


def as_canonical(name: str, value: Expr | None, type_name: str) -> Expr:
    """Return what a canonical column holds.

    Args:
        name: The canonical column.
        value: What was read; nothing where no such column was handed in.
        type_name: Its leadqual type.
    """
    if name == "lq_source":
        return text("") if value is None else coalesce(value, text(""))
    if name == "lq_own":
        return boolean(1) if value is None else coalesce(equals(value, text("lead")), boolean(1))
    if value is None:
        return exp.Cast(this=exp.Null(), to=exp.DataType(this=exp.DataType.Type[sql_type(type_name)]))
    return value
