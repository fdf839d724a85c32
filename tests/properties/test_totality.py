"""Whatever comes in, nothing but LeadqualError comes out."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadqual.errors import LeadqualError
from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.playbook import Playbook, loads

from .bases import cases, leads
from .documents import documents
from .junk import JUNK, TEXT, spoilt
from .running import event_of, events_of, lead_of, model_of
from .vocabulary import ATTRIBUTES, NOWS, PROPERTIES
from .written import as_json, as_toml

FORMATS = st.sampled_from(("toml", "json", None))
SLOW = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
LEAD_NAMES = ("id", "kind", "email", "phone", "company_id", "acquisition", "channel", "source", "zone", "language",
              "created_at", "since", "stage", "merged_ids", "attributes")  # fmt: skip
EVENT_NAMES = ("id", "lead_id", "kind", "at", "properties", "by", "source")


def loaded(text, format):
    """Load what may be anything; return the playbook, or None after an error that can be written to a file."""
    try:
        playbook = loads(text, format=format)
    except LeadqualError as error:
        str(error).encode()
        return None
    assert isinstance(playbook, Playbook)
    return playbook


@given(st.one_of(st.binary(max_size=200), TEXT, st.text("[]{}=.\"'\\#,:\n 019eE+-_ab", max_size=60)), FORMATS)
def test_loads_any_text_or_bytes_or_refuses_it(text, format):
    """Bytes, text, and text of the characters that mean something in a document."""
    loaded(text, format)


@SLOW
@given(documents(), st.data())
def test_loads_a_spoilt_document_or_refuses_it(document, data):
    """One wrong thing somewhere: what still loads also writes itself and scores."""
    text = as_json(data.draw(spoilt(document)))
    playbook = loaded(text, "json")
    if playbook is not None:
        assert loads(playbook.to_json(), format="json").fingerprint == playbook.fingerprint
        playbook.model.score(Lead(id="L1"), [], now=NOWS[0])


@SLOW
@given(documents(), st.data())
def test_loads_broken_text_or_refuses_it(document, data):
    """A document cut, doubled or with a piece put in, in either format."""
    text = data.draw(st.sampled_from((as_json, as_toml)))(document)
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    piece = data.draw(
        st.one_of(TEXT, st.just(text[start:end]), st.sampled_from(("nan", "inf", "1e999", "[" * 40, "\x00", ",")))
    )
    loaded(text[:start] + piece + text[end:], data.draw(FORMATS))


@SLOW
@given(leads(NOWS[0]), st.dictionaries(st.sampled_from(LEAD_NAMES), JUNK, max_size=4))
def test_lead_is_built_or_refused(lead, junk):
    """Any value in any field of a lead; what is built shows its id only."""
    try:
        built = Lead(**lead | junk)
    except LeadqualError as error:
        str(error).encode()
    else:
        assert built.id in repr(built) or repr(built.id)[1:-1] in repr(built)


@SLOW
@given(cases(most=1), st.dictionaries(st.sampled_from(EVENT_NAMES), JUNK, max_size=4))
def test_event_is_built_or_refused(case, junk):
    """Any value in any field of an event."""
    event = {"id": "e", "lead_id": "L1", "kind": "open", "at": case.now} | junk
    try:
        assert Event(**event).key == (event.get("source", ""), event["id"])
    except LeadqualError as error:
        str(error).encode()


@SLOW
@given(cases(most=2), st.data())
def test_score_of_strange_values_is_given_or_refused(case, data):
    """Any value in a declared attribute or property, and any `now`: a score, or an error that says where."""
    attributes = data.draw(st.dictionaries(st.sampled_from([*ATTRIBUTES, "undeclared"]), JUNK, max_size=3))
    properties = data.draw(st.dictionaries(st.sampled_from([*PROPERTIES, "undeclared"]), JUNK, max_size=3))
    now = data.draw(st.one_of(st.just(case.now), JUNK))
    model = model_of(case.document)
    try:
        lead = lead_of(case.lead | {"attributes": case.lead["attributes"] | attributes})
        events = events_of(case.events[:-1]) + [
            event_of(event | {"properties": properties}) for event in case.events[-1:]
        ]
        score = model.score(lead, events, now=now)
        tally = model.tally(events, lead=lead)
    except LeadqualError as error:
        str(error).encode()
    else:
        assert score.explain()
        assert tally.copy() is not tally


@pytest.mark.parametrize("text", [True, 0, object(), [], None], ids=["boolean", "number", "object", "list", "nothing"])
def test_loads_refuses_what_is_neither_text_nor_bytes(text):
    """A path, a number or nothing is a mistake of the caller's that is named."""
    with pytest.raises((LeadqualError, TypeError)):
        loads(text)


@pytest.mark.parametrize("said", ["txet", "", 2, [], ["text"], {}, None, True])
@pytest.mark.parametrize("table", ["attributes", "properties"])
def test_loads_refuses_a_type_that_there_is_not(table, said):
    """A mistyped type is an error at its place, also when a criterion or a rule reads what it declares."""
    when = {"field": "found", "op": "exists"}
    document = {
        "schema": 1, "name": "x", "version": "1", table: {"found": said},
        "fit": {"criteria": [{"when": when, "points": 1}]} if table == "attributes" else {},
        "interest": {"rules": [{"event": "open", "points": 1, "when": when}]} if table == "properties" else {},
    }  # fmt: skip
    with pytest.raises(LeadqualError, match=rf"{table}\.found"):
        loads(as_json(document), format="json")
