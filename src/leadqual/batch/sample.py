"""Staged rows as leads and events again, for the reference."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from leadqual.batch.sql.texts import SEPARATOR
from leadqual.calendar import EARLIEST
from leadqual.event import Event
from leadqual.lead import BUILT_IN, Lead

_EPOCH: Final = date(1970, 1, 1)
Staged = Mapping[str, Any]
"""A staged row by column."""


def lead_of(row: Staged, types: Mapping[str, str]) -> Lead:
    """Return the lead that a staged row stands for.

    Args:
        row: A row of ``lq_leads``.
        types: Its columns with their leadqual types.
    """
    values = {name: unstaged(value, types[name]) for name, value in row.items() if value is not None}
    own = {name: values[f"a_{name}"] for name in BUILT_IN if name != "id" and f"a_{name}" in values}
    attributes = {
        name[2:]: value for name, value in values.items() if name.startswith("a_") and name[2:] not in BUILT_IN
    }
    return Lead(
        id=str(row["lq_lead"]),
        since=values.get("lq_since"),
        stage=values.get("lq_stage"),
        attributes=attributes,
        **own,
    )


def event_of(row: Staged, types: Mapping[str, str]) -> Event:
    """Return the event that a staged row stands for.

    Args:
        row: A row of ``lq_events``.
        types: Its columns with their leadqual types.
    """
    values = {name: unstaged(value, types[name]) for name, value in row.items() if value is not None}
    return Event(
        id=str(row["lq_event"]),
        lead_id=str(row["lq_lead"]),
        kind=row["lq_kind"],
        at=values["lq_us"],
        by="lead" if row["lq_own"] else "us",
        source=row["lq_source"] or "",
        properties={name[2:]: value for name, value in values.items() if name.startswith("p_")},
    )


def unstaged(value: Any, type_name: str) -> Any:
    r"""Return a staged value as Python has it.

    >>> unstaged("\x1fa\x1fb\x1f", "list"), unstaged(0, "date")
    (('a', 'b'), datetime.date(1970, 1, 1))
    """
    if type_name == "instant":
        return EARLIEST + timedelta(microseconds=int(value))
    if type_name == "date":
        return _EPOCH + timedelta(days=int(value))
    if type_name == "list":
        return tuple(str(value).strip(SEPARATOR).split(SEPARATOR))
    return value
