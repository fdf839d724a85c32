import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual.event import Event
from leadqual.files import read_base, read_events
from leadqual.lead import Lead
from leadqual.playbook.mapping import EVENT_COLUMNS, LEAD_COLUMNS
from leadqual.testing import synthetic_base
from tests.batch.border.support import (
    AT,
    ATTRIBUTES,
    BOOK,
    FORMS,
    PROPERTIES,
    as_csv,
    as_parquet,
    events_of,
    kept,
    leads_of,
    staged,
)
from tests.files.support import playbook

LEAD_TYPES = {**LEAD_COLUMNS, **ATTRIBUTES}
EVENT_TYPES = {**EVENT_COLUMNS, **PROPERTIES}
LEADS: list[dict[str, Any]] = [
    {"lead_id": "L1", "kind": "person", "email": "ana@b.example", "created_at": AT, "since": AT, "stage": "mql",
     "title": "Señora, «CTO»", "employees": 2**62, "revenue": -0.0, "open": True, "founded": dt.date(1, 1, 1),
     "seen": AT, "tags": ["a", "b;c", "ñ"], "acquisition": "inbound", "zone": "Europe/Madrid"},
    {"lead_id": "L 2", "valid_from": AT, "open": False, "revenue": 1e300, "founded": dt.date(9999, 12, 31),
     "tags": ["x"]},
    {"lead_id": "é", "kind": "company", "title": "a\nb'\"c", "employees": -(2**63), "seen": AT.replace(microsecond=1)},
]  # fmt: skip
EVENTS: list[dict[str, Any]] = [
    {"event_id": "e1", "lead_id": "L1", "kind": "open", "at": AT, "by": "lead", "source": "crm", "asset": "A",
     "pages": 3, "price": 0.1, "bot": False, "day": dt.date(2026, 1, 1), "due": AT, "topics": ["t"]},
    {"event_id": "e2", "lead_id": "nobody", "kind": "téléchargement", "at": dt.datetime(1970, 1, 1, tzinfo=dt.UTC),
     "by": "us"},
    {"event_id": "e2", "lead_id": "L1", "kind": "open",
     "at": dt.datetime(2199, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC)},
]  # fmt: skip


def lead_row(lead: Lead, valid_from: dt.datetime | None) -> dict[str, Any]:
    """Return a lead as the staged table has it."""
    row: dict[str, Any] = {
        "lq_lead": lead.id,
        "lq_since": lead.since,
        "lq_stage": lead.stage,
        "lq_valid_from": valid_from,
    }
    row |= {f"a_{name}": getattr(lead, name) for name in ("id", *LEAD_COLUMNS)
            if name not in ("lead_id", "since", "stage", "valid_from")}  # fmt: skip
    row |= {f"a_{name}": lead.attributes.get(name) for name in ATTRIBUTES}
    return {name: kept(value) for name, value in row.items()}


def event_row(event: Event, properties: Mapping[str, str] = PROPERTIES) -> dict[str, Any]:
    """Return an event as the staged table has it."""
    row: dict[str, Any] = {"lq_source": event.source, "lq_event": event.id, "lq_lead": event.lead_id}
    row |= {"lq_kind": event.kind, "lq_own": event.by == "lead", "lq_us": event.at}
    row |= {f"p_{name}": event.properties.get(name) for name in properties}
    return {name: kept(value) for name, value in row.items()}


def key(row: dict[str, Any]) -> str:
    """Order rows."""
    return json.dumps(row, sort_keys=True)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_rows_that_the_readers_of_files_give(tmp_path, form):
    """One base, nine ways to hand it in, one meaning: that of the files."""
    leads, events = (
        FORMS[form](tmp_path, "leads", LEADS, LEAD_TYPES),
        FORMS[form](tmp_path, "events", EVENTS, EVENT_TYPES),
    )
    connection, found = staged(leads, events)
    base = read_base(
        BOOK, leads=as_parquet(tmp_path, "plain", LEADS, LEAD_TYPES), now=dt.datetime(2190, 1, 1, tzinfo=dt.UTC)
    )
    expected = [lead_row(base.leads[row["lead_id"]], row.get("valid_from")) for row in LEADS]
    assert leads_of(connection) == sorted(expected, key=key)
    each = [read_events(as_parquet(tmp_path, "one", [row], EVENT_TYPES), BOOK)[0] for row in EVENTS]
    assert events_of(connection) == sorted(map(event_row, each), key=key)
    assert (found.leads.rows, found.events.rows, found.leads.bad_rows, found.total) == (3, 3, 0, 0)
    assert found.dated
    assert (found.leads.native, found.events.native) == ((False, False) if form in ("csv", "jsonl") else (True, True))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_knows_which_texts_are_ascii(tmp_path, form):
    """Columns that are not listed as foreign need no look at their texts."""
    leads, events = (
        FORMS[form](tmp_path, "leads", LEADS, LEAD_TYPES),
        FORMS[form](tmp_path, "events", EVENTS, EVENT_TYPES),
    )
    _, found = staged(leads, events)
    assert found.leads.non_ascii == {"a_id", "a_title", "a_tags"}
    assert found.events.non_ascii == {"lq_kind"}


@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("csv", "jsonl")])
def test_whole_numbers_stay_whole_numbers_when_all_ids_are(tmp_path, form):
    """Lead ids are compared as numbers of 64 bits where both tables have them, and are still text for conditions."""
    leads = FORMS[form](tmp_path, "leads", [{"lead_id": 7}, {"lead_id": -8}], LEAD_TYPES)
    events = FORMS[form](tmp_path, "events", [{"event_id": 1, "lead_id": 7, "kind": "open", "at": AT}], EVENT_TYPES)
    connection, found = staged(leads, events)
    assert (found.lead_id_type, found.event_id_type) == ("BIGINT", "BIGINT")
    assert [(row["lq_lead"], row["a_id"]) for row in leads_of(connection)] == [(-8, "-8"), (7, "7")]
    assert [(row["lq_lead"], row["lq_event"]) for row in events_of(connection)] == [(7, 1)]


def test_ids_are_text_when_one_table_has_text(tmp_path):
    """A number is read as its digits, in both tables alike."""
    leads = FORMS["arrow"](tmp_path, "leads", [{"lead_id": 7}], LEAD_TYPES)
    events = FORMS["arrow"](
        tmp_path, "events", [{"event_id": 1, "lead_id": "007", "kind": "open", "at": AT}], EVENT_TYPES
    )
    connection, found = staged(leads, events)
    assert (found.lead_id_type, found.event_id_type) == ("TEXT", "BIGINT")
    assert leads_of(connection)[0]["lq_lead"] == "7"
    assert events_of(connection)[0]["lq_lead"] == "007"


def test_ids_are_text_when_one_file_goes_through_the_readers(tmp_path):
    """A CSV has texts only."""
    leads = FORMS["arrow"](tmp_path, "leads", [{"lead_id": 7}], LEAD_TYPES)
    events = as_csv(tmp_path, "events", [{"event_id": 1, "lead_id": 7, "kind": "open", "at": AT}], EVENT_TYPES)
    connection, found = staged(leads, events)
    assert (found.lead_id_type, found.event_id_type) == ("TEXT", "TEXT")
    assert leads_of(connection)[0]["lq_lead"] == events_of(connection)[0]["lq_lead"] == "7"


def test_several_inputs_are_one_table(tmp_path):
    """A list may hold files of several kinds and frames; what one of them lacks is null in its rows."""
    parts = [
        as_csv(tmp_path, "a", [{"lead_id": "L1", "title": "CTO"}], {"lead_id": "text", "title": "text"}),
        as_parquet(tmp_path, "b", [{"lead_id": "L2", "employees": 3}], {"lead_id": "text", "employees": "integer"}),
        FORMS["arrow"](tmp_path, "c", [{"lead_id": "L3", "revenue": 1.5}], {"lead_id": "text", "revenue": "number"}),
    ]
    connection, found = staged(parts)
    rows = [(row["lq_lead"], row["a_title"], row["a_employees"], row["a_revenue"]) for row in leads_of(connection)]
    assert sorted(rows, key=repr) == [("L1", "CTO", None, None), ("L2", None, 3, None), ("L3", None, None, 1.5)]
    assert found.leads.rows == 3
    assert not found.leads.native
    assert {"a_title", "a_employees", "a_revenue"}.isdisjoint(found.leads.absent)
    assert {"a_open", "a_email", "lq_since"} <= found.leads.absent
    assert "lq_valid_from" not in found.leads.columns


def test_no_events_is_an_empty_table(tmp_path):
    """A base may have leads only; the ids of both tables are still of one type."""
    connection, found = staged(FORMS["arrow"](tmp_path, "leads", [{"lead_id": 7}], {"lead_id": "text"}))
    assert events_of(connection) == []
    assert (found.events.rows, found.lead_id_type, found.events.native) == (0, "BIGINT", True)
    types = dict(connection.execute("SELECT column_name, column_type FROM (DESCRIBE lq_events_in)").fetchall())
    assert (types["lq_lead"], types["lq_event"], types["p_price"]) == ("BIGINT", "BIGINT", "DOUBLE")


def test_columns_are_told_in_the_order_of_the_view(tmp_path):
    """With their leadqual types; DuckDB's are the ones that every engine reads."""
    connection, found = staged(
        as_csv(tmp_path, "leads", LEADS, LEAD_TYPES), as_csv(tmp_path, "events", EVENTS, EVENT_TYPES)
    )
    kept_as = {"text": "VARCHAR", "list": "VARCHAR", "number": "DOUBLE", "boolean": "BOOLEAN"}
    for table in (found.leads, found.events):
        described = connection.execute(f"DESCRIBE {table.view}").fetchall()
        assert [(line[0], line[1]) for line in described] == [
            (name, kept_as.get(kind, "BIGINT")) for name, kind in table.columns.items()
        ]


def test_synthetic_base_is_staged_as_files_read_it(tmp_path):
    """Leads and events of a whole base of CSV files, one by one."""
    base = synthetic_base(seed=3, leads=60)
    leads, events, _ = base.write(tmp_path)
    attributes = {
        "job_title": "text",
        "department": "text",
        "employees": "integer",
        "country": "text",
        "email_type": "text",
    }
    book = playbook(attributes, {"asset": "text", "page": "text", "email_id": "text"})
    connection, found = staged(leads, events, book)
    assert found.events.rows == len(base.events)
    expected = [event_row(event, book.model.properties) for event in base.events]
    assert events_of(connection) == sorted(expected, key=key)
    by_id = {lead.id: lead for lead in base.leads}
    assert {
        row["lq_lead"]: (row["a_job_title"], row["a_created_at"], row["a_employees"]) for row in leads_of(connection)
    } == {
        lead.id: (lead.attributes.get("job_title"), kept(lead.created_at), lead.attributes.get("employees"))
        for lead in by_id.values()
    }


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\x1f"), max_size=6)
VALUES = {
    "text": TEXTS | st.sampled_from(["a|b", "n/a", '"', "\r\n", "[", " "]),
    "integer": st.integers(-(2**63), 2**63 - 1),
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
    "date": st.dates(),
    "instant": st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2199, 12, 31), timezones=st.just(dt.UTC)),
    "list": st.lists(TEXTS, max_size=3),
}
IDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=4).filter(lambda text: text != "n/a")


@st.composite
def event_lists(draw):
    """Rows of an events table, whatever a column may hold."""
    types = {
        name: kind for name, kind in EVENT_TYPES.items() if name not in ("event_id", "lead_id", "kind", "at", "by")
    }
    optional = {name: st.none() | VALUES[kind] for name, kind in types.items()}
    needed = {
        "event_id": IDS,
        "lead_id": IDS,
        "kind": IDS,
        "at": VALUES["instant"],
        "by": st.sampled_from([None, "lead", "us"]),
    }
    return draw(st.lists(st.fixed_dictionaries({**needed, **optional}), min_size=1, max_size=8))


@given(event_lists(), st.sampled_from(sorted(FORMS)))
def test_random_events_are_the_same_in_every_form(rows, form):
    """Whatever the values, each form gives the rows that the readers of files give."""
    book = playbook({}, PROPERTIES, events={"missing": ["n/a"]})
    with TemporaryDirectory() as name:
        folder = Path(name)
        events = [{**row, "source": str(number)} for number, row in enumerate(rows)]
        plain = read_events(as_parquet(folder, "plain", events, EVENT_TYPES), book)
        connection, found = staged([], FORMS[form](folder, "events", events, EVENT_TYPES), book)
        assert events_of(connection) == sorted(map(event_row, plain), key=key)
        assert found.events.rows == len(rows)
