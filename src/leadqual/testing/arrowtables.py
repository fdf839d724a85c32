"""Leads and events as Arrow tables, to hand a base that was made in Python to an engine."""

from collections.abc import Iterable
from typing import Any, Final

from leadqual.errors import MissingExtra
from leadqual.event import Event
from leadqual.lead import BUILT_IN, Lead
from leadqual.scoring.model import ScoringModel

_TEXTS: Final = ("event_id", "lead_id", "kind", "by", "source")


def arrow_leads(model: ScoringModel, leads: Iterable[Lead]) -> Any:
    """Return leads as an Arrow table with the columns of a leads file.

    Values are handed over as they are: nothing is composed, folded or made missing.

    Args:
        model: Declares the attributes and their types; others are left out.
        leads: The leads; their merged ids are left out, since a file has none.

    Returns:
        A `pyarrow.Table`: ``lead_id``, ``since``, ``stage``, every field that conditions may read, the attributes.

    Raises:
        MissingExtra: If pyarrow is not installed.

    >>> from leadqual import Lead, ScoringModel
    >>> table = arrow_leads(ScoringModel(attributes={"employees": "integer"}), [Lead(id="L1", language="es")])
    >>> table.select(["lead_id", "language", "employees"]).to_pylist()
    [{'lead_id': 'L1', 'language': 'es', 'employees': None}]
    """
    listed = list(leads)
    fields = [name for name in BUILT_IN if name != "id"]
    columns: dict[str, tuple[str, list[Any]]] = {
        "lead_id": ("text", [lead.id for lead in listed]),
        "since": ("instant", [lead.since for lead in listed]),
        "stage": ("text", [lead.stage for lead in listed]),
    }
    columns |= {name: (BUILT_IN[name], [lead.row.get(name) for lead in listed]) for name in fields}
    for name, attribute in model.attributes.items():
        columns[name] = (attribute.type, [lead.attributes.get(name) for lead in listed])
    return _table(columns)


def arrow_events(model: ScoringModel, events: Iterable[Event]) -> Any:
    """Return events as an Arrow table with the columns of an events file; see `arrow_leads`.

    Args:
        model: Declares the properties and their types; others are left out.
        events: The events.

    Returns:
        A `pyarrow.Table`: ``event_id``, ``lead_id``, ``kind``, ``by``, ``source``, ``at`` and the properties.

    Raises:
        MissingExtra: If pyarrow is not installed.
    """
    listed = list(events)
    texts = zip(*((event.id, event.lead_id, event.kind, event.by, event.source) for event in listed), strict=True)
    columns: dict[str, tuple[str, list[Any]]] = {name: ("text", []) for name in _TEXTS}
    columns |= {name: ("text", list(column)) for name, column in zip(_TEXTS, texts, strict=bool(listed))}
    columns["at"] = ("instant", [event.at for event in listed])
    for name, type_name in model.properties.items():
        columns[name] = (type_name, [event.properties.get(name) for event in listed])
    return _table(columns)


def _table(columns: dict[str, tuple[str, list[Any]]]) -> Any:
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtra('Arrow tables need PyArrow: pip install "leadqual[parquet]"') from None
    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "instant": pa.timestamp("us", tz="UTC"),
        "list": pa.list_(pa.string()),
    }
    arrays = [pa.array(values, type=types[type_name], from_pandas=False) for type_name, values in columns.values()]
    return pa.table(arrays, names=list(columns))
