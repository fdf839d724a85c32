"""All that is kept of one person, as plain data."""

import json

import pytest
from attrs import evolve

from leadqual import ConsentChange, InputRefused, Suppression, UnknownLead, Verdict
from leadqual.service.bodies import text_of
from leadqual.service.holdings import holding_of, kept_of
from leadqual.service.tables import FACTS, LEADS
from tests.core.lifecycle.small import small
from tests.practice.life import on

from .hosts import act, dump, form, hosted
from .test_erasing import peopled


def values_of(data):
    """Return all texts and numbers in plain data, as texts."""
    if isinstance(data, dict):
        return {word for value in data.values() for word in values_of(value)}
    if isinstance(data, list):
        return {word for value in data for word in values_of(value)}
    return {str(data)}


def told(store):
    """Return a service, and what it exports of a lead of whom everything is known."""
    service = peopled(store, "L1", "L2")
    service.consent("L1", ConsentChange(channel="email", purpose="news", given=True, source="page"), now=on(1.2))
    service.consent("L1", ConsentChange(channel="email", purpose="news", given=False, source="mail"), now=on(1.3))
    service.handle("L1", Suppression(channel="phone", reason="robinson"), now=on(1.3))
    service.verdict("L1", Verdict("accept", actor="eva"), now=on(1.4), command_id="accepts")
    return service, service.export_lead("L1")


def test_export_is_plain_data(store):
    """JSON takes it, and gives it back as it was."""
    _, data = told(store)
    assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_export_has_the_shape_that_is_documented(store):
    """With these keys, whatever is known of a lead."""
    keys = [
        "schema", "lead_id", "merged_ids", "profile", "stage", "score", "consents", "suppressed", "leads", "events",
        "facts", "effects", "known_by", "commands", "spared",
    ]  # fmt: skip
    service, data = told(store)
    assert list(data) == keys == list(hosted(store, "L9", tenant="other").export_lead("L9"))
    assert (data["schema"], data["lead_id"], data["merged_ids"]) == (1, "L1", [])
    assert data["profile"]["email"] == "L1@b.example"
    assert data["profile"]["attributes"] == {"size": "big"}
    assert data["stage"] == service.record_of("L1").stage
    assert [(one["channel"], one["purpose"], one["given"], one["source"]) for one in data["consents"]] == [
        ("email", "news", False, "mail")
    ]
    assert data["suppressed"] == ["phone"]
    assert [(one["lead_id"], one["stage"]) for one in data["leads"]] == [("L1", data["stage"])]
    assert [event["id"] for event in data["events"]] == ["form-L1", "e-L1", "seen-L1"]
    assert data["known_by"] == ["email", "phone", "visitor"]
    assert [one["command_id"] for one in data["commands"]] == ["enrol-L1", "accepts"]
    assert {one["effect"]["effect"] for one in data["effects"]} >= {"notify", "touch_due"}
    assert data["spared"] == []


def test_export_holds_all_that_the_store_holds_of_a_person(store):
    """Every value of every row of its own, but the digests; and nothing of anybody else."""
    service, data = told(store)
    words = values_of(data)
    for fact in service.facts_of("L1"):
        assert fact.known_at.isoformat() in words
    rows = dump(store)
    assert len(data["facts"]) == len([row for row in rows["facts"] if row[0] == "L1"])
    assert len(data["events"]) == len([row for row in rows["events"] if row[2] == "L1"])
    assert len(data["effects"]) == len([row for row in rows["effects"] if row[1] == "L1"])
    for name in ("leads", "events", "facts", "effects"):
        for row in rows[name]:
            if "L1" in row:
                assert values_of(json.loads(str(row[-1]))) <= words | {str(None)}
    assert not any("L2" in word for word in words)


def test_export_of_a_person_is_of_all_its_leads(store):
    """Whichever of them is named."""
    service = peopled(store, "L1", "L2")
    service.merge("L1", "L2", now=on(2))
    data = service.export_lead("L2")
    assert data == service.export_lead("L1")
    assert (data["lead_id"], data["merged_ids"]) == ("L1", ["L2"])
    assert [(one["lead_id"], one.get("into")) for one in data["leads"]] == [("L1", None), ("L2", "L1")]
    assert {event["lead_id"] for event in data["events"]} == {"L1", "L2"}
    assert {fact["lead_id"] for fact in data["facts"]} == {"L1", "L2"}


def test_export_explains_the_score(store):
    """The lines of each axis add up to it."""
    service, data = told(store)
    score = service.record_of("L1").score()
    told_score = data["score"]
    assert (told_score["fit"], told_score["interest"], told_score["label"]) == (
        str(score.fit),
        str(score.interest),
        score.label,
    )
    assert [line["points"] for line in told_score["lines"]] == [str(line.points) for line in score.lines]
    assert told_score["lines"][0]["fields"] == ["size"]
    assert told_score["at"] == service.record_of("L1").as_of.isoformat()


def test_export_under_another_model_has_no_score(store):
    """Everything else is told all the same."""
    peopled(store, "L1")
    data = hosted(store, by=small(qualify="")).export_lead("L1")
    assert data["score"] is None
    assert data["profile"]["email"] == "L1@b.example"


def test_export_tells_what_an_address_is_spared(store):
    """Since an erasure, for whoever has it now."""
    service = peopled(store, "L1")
    service.consent("L1", ConsentChange(channel="email", purpose="news", given=False), now=on(1.2))
    service.handle("L1", Suppression(channel="phone"), now=on(1.3))
    service.erase("L1", now=on(2))
    found = service.capture(form("fresh", 3, email="L1@b.example"), now=on(3))
    assert service.export_lead(found.lead_id)["spared"] == [
        {"channel": "email", "purpose": "news", "since": on(1.2).isoformat()},
        {"channel": "phone", "purpose": "*", "since": on(2).isoformat()},
    ]


def test_export_of_who_is_not_there_is_refused(store):
    """Nor of an erased one, nor of another tenant's."""
    service = peopled(store, "L1")
    for asked, lead_id in ((service, "L9"), (hosted(store, tenant="other"), "L1")):
        with pytest.raises(UnknownLead):
            asked.export_lead(lead_id)
    for wrong in ("", None, 7):
        with pytest.raises(InputRefused):
            service.export_lead(wrong)
    service.erase("L1", now=on(2))
    with pytest.raises(UnknownLead):
        service.export_lead("L1")


def test_export_changes_nothing(store):
    """It reads only."""
    service = peopled(store, "L1")
    before = dump(store)
    service.export_lead("L1")
    assert dump(store) == before


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"lead": 1, "state": {}}', '{"lead": {}, "state": 1}', "[" * 9999])
def test_damaged_record_is_refused(store, record):
    """Nothing of it is shown."""
    service = peopled(store, "L1")
    with store.unit("main", write=True) as unit:
        unit.put(LEADS, [evolve(unit.get(LEADS, [("L1",)])[0], record=record)])
    with pytest.raises(ValueError, match="expected"):
        service.export_lead("L1")


def test_values_of_what_is_held_show_nothing(store):
    """Only their classes."""
    told(store)
    with store.unit("main", write=False) as unit:
        holding = holding_of(unit, "L1")
        assert holding_of(unit, "L9") is None
    shown = repr([holding, kept_of(holding.leads[0]), *holding.events])
    assert "L1" not in shown


def test_history_reads_alike_in_an_export_and_in_the_store(store):
    """Facts are those that can be replayed."""
    service, data = told(store)
    with store.unit("main", write=False) as unit:
        rows = unit.find(FACTS, equal={"lead_id": "L1"}, order=("seq",))
    assert [text_of(fact) for fact in data["facts"]] == [row.body for row in rows]
    assert len(service.facts_of("L1")) == len(rows)


def test_export_tells_events_as_they_came(store):
    """With their properties, and when they became known."""
    service = hosted(store, "L1")
    service.record([act("e1", page="/prices", people=4)], now=on(2))
    event = service.export_lead("L1")["events"][-1]
    assert (event["id"], event["lead_id"], event["kind"]) == ("e1", "L1", "visit")
    assert event["properties"] == {"page": "/prices", "people": 4}
    assert (event["at"], event["known_at"]) == (on(1).isoformat(), on(2).isoformat())
