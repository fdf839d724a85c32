"""A form or a scan comes in: whose it is, what it tells, and what was done before anybody knew."""

from typing import Any

import pytest

from leadqual import ConsentChange, EventConflict, EventError, InputRefused, LeadError
from leadqual.service import Form, QualificationService
from tests.core.lifecycle.small import INTEREST, small
from tests.practice.life import on

from .hosts import SMALL, act, dump, form, hosted, stored_events, told

STRICT = small(
    interest=INTEREST
    + """
[[interest.rules]]
event = "seen"
when = { field = "page", op = "eq", value = "/a" }
points = 1
"""
)
"""Reads a property."""


def test_form_of_somebody_new_makes_a_lead(store):
    """The moment is an event, the answers are the profile; the same form again is known."""
    service = QualificationService(SMALL, store)
    found = service.capture(form(lead_id="L1", page="/guide", intent="information", zone="Europe/Madrid"), now=on(0))
    assert (found.lead_id, found.new, found.known) == ("L1", True, False)
    assert told(found.decision)[0] == "opened"
    lead = service.record_of("L1").lead
    assert (lead.email, lead.zone, lead.created_at, dict(lead.attributes)) == (
        "ana@b.example",
        "Europe/Madrid",
        on(0),
        {"size": "big"},
    )
    assert stored_events(store) == {"f1": "L1"}
    before = dump(store)
    again = service.capture(form(lead_id="L1", page="/guide", intent="information", zone="Europe/Madrid"), now=on(1))
    assert (again.lead_id, again.new, again.known, again.decision) == ("L1", False, True, None)
    assert dump(store) == before


def test_form_says_what_it_is_about(store):
    """Form, page, placement, offer and intent are properties of the event."""
    given = form(
        form="guide", page="/a", placement="footer", offer="ebook", intent="purchase", properties={"people": 3}
    )
    assert given.event("L1").properties == {
        "people": 3,
        "form": "guide",
        "page": "/a",
        "placement": "footer",
        "offer": "ebook",
        "intent": "purchase",
    }


def test_lead_gets_an_id_that_is_the_same_whenever_it_is_made(store):
    """It follows from the form."""
    service = QualificationService(SMALL, store, key=b"0123456789abcdef")
    found = service.capture(form(), now=on(0))
    other = QualificationService(SMALL, store, tenant="other", key=b"0123456789abcdef").capture(form(), now=on(0))
    assert found.lead_id == other.lead_id
    assert found.lead_id.startswith("lead-")


@pytest.mark.parametrize(
    "again",
    [{"email": " ANA@B.example"}, {"email": None, "phone": "0034 600 000 000"}, {"email": None, "visitor": "v1"}],
)
def test_same_person_is_known_again(store, again):
    """By address, number or visitor, however it is written; what is new of it is filled in."""
    service = QualificationService(SMALL, store)
    first = service.capture(form(phone="+34600000000", visitor="v1"), now=on(0))
    found = service.capture(form("f2", 1, language="es", attributes={"size": "mid"}, **again), now=on(1))
    assert (found.lead_id, found.new, found.others) == (first.lead_id, False, ())
    lead = service.record_of(found.lead_id).lead
    assert (lead.email, lead.language, dict(lead.attributes)) == ("ana@b.example", "es", {"size": "mid"})
    assert "profile_changed" in told(found.decision)


def test_address_is_not_replaced_by_what_a_form_says(store):
    """Anybody can type any address into a form."""
    service = QualificationService(SMALL, store)
    first = service.capture(form(visitor="v1"), now=on(0))
    service.capture(form("f2", 1, visitor="v1", email="eva@c.example"), now=on(1))
    assert service.record_of(first.lead_id).lead.email == "ana@b.example"


def test_shared_box_is_nobody(store):
    """Two people who write from it are two leads."""
    service = QualificationService(SMALL, store)
    one = service.capture(form(email="info@b.example"), now=on(0))
    two = service.capture(form("f2", 1, email="info@b.example"), now=on(1))
    assert one.lead_id != two.lead_id


def test_lead_that_the_host_names_is_that_one(store):
    """Others that share an address with it are told, and nobody is merged."""
    service = hosted(store, "L1")
    found = service.capture(form(lead_id="L2", email="l1@b.example"), now=on(0))
    assert (found.lead_id, found.new) == ("L2", True)
    again = service.capture(form("f2", 1, lead_id="L2", email="l1@b.example"), now=on(1))
    assert (again.lead_id, again.others) == ("L2", ("L1",))


def test_lead_that_has_gone_into_another_is_known_as_that(store):
    """By its own address still."""
    service = hosted(store, "L1", "L2")
    service.merge("L1", "L2", now=on(1))
    assert service.capture(form("f1", 2, email="L2@b.example"), now=on(2)).lead_id == "L1"


def test_form_of_nobody_is_kept_and_goes_to_the_lead_later(store):
    """It is never refused; what was done before counts once it is known who did it."""
    service = QualificationService(SMALL, store)
    nobody = {"email": None, "attributes": {}, "visitor": "v1", "kind": "visit"}
    found = service.capture(form("f1", 0, **nobody), now=on(0))
    assert (found.lead_id, found.new, found.decision) == (None, False, None)
    assert service.lead_ids() == ()
    assert service.capture(form("f1", 0, **nobody), now=on(1)).known
    assert stored_events(store)["f1"].startswith("anonymous-")
    known = service.capture(form("f2", 0.5, visitor="v1", kind="signup"), now=on(0.5))
    assert known.new
    assert set(stored_events(store).values()) == {known.lead_id}
    assert service.record_of(known.lead_id).stage == "mql"
    service.capture(form("f3", 2, **nobody | {"kind": "form"}), now=on(2))
    assert stored_events(store)["f3"] == known.lead_id


def test_history_of_a_visitor_goes_to_a_lead_that_was_known_before(store):
    """It is late, and counts."""
    service = hosted(store, "L1")
    nobody = {"email": None, "attributes": {}, "visitor": "v1", "kind": "visit"}
    service.capture(form("f1", 0.5, **nobody), now=on(0.5))
    found = service.capture(form("f2", 0.6, email="L1@b.example", visitor="v1", kind="signup"), now=on(0.6))
    assert (found.lead_id, found.decision.stage) == ("L1", "mql")
    assert stored_events(store)["f1"] == "L1"


def test_form_of_nobody_without_a_visitor_stays_alone(store):
    """Nobody will ever know whose it was."""
    service = QualificationService(SMALL, store)
    nobody: dict[str, Any] = {"email": None, "attributes": {}}
    for name in ("f1", "f2"):
        assert service.capture(form(name, **nobody), now=on(0)).lead_id is None
    assert len(set(stored_events(store).values())) == 2


def test_least_that_makes_a_lead_depends_on_the_channel(store):
    """A scan at an event is enough with a name, a web form needs an address."""
    least = {"event": ("full_name", "email"), "*": ("email",)}
    service = QualificationService(SMALL, store, minimum=least)
    scan = {"email": None, "phone": "600000000", "attributes": {"full_name": "Ana"}}
    assert service.capture(form("f1", channel="event", **scan), now=on(0)).new
    assert not service.capture(form("f2", channel="website", **scan | {"phone": "600000001"}), now=on(0)).new


def test_consents_of_a_form_hold_before_its_event(store):
    """With the form as their source, if it says so."""
    service = QualificationService(SMALL, store)
    consent = ConsentChange(channel="email", purpose="newsletter", given=True, source="footer")
    found = service.capture(form(consents=(consent,)), now=on(0))
    assert service.record_of(found.lead_id).state.consents_to("email", "newsletter") is True


def test_form_of_one_id_with_two_contents_is_a_conflict(store):
    """Nothing is written."""
    service = QualificationService(SMALL, store)
    service.capture(form(), now=on(0))
    before = dump(store)
    with pytest.raises(EventConflict):
        service.capture(form(kind="visit"), now=on(0))
    assert dump(store) == before


@pytest.mark.parametrize(
    ("more", "error"),
    [({"attributes": {"size": 7}}, LeadError), ({"properties": {"page": 7}, "kind": "seen"}, EventError)],
)
def test_answer_of_another_type_than_declared_is_refused(store, more, error):
    """Nothing is written."""
    service = QualificationService(STRICT, store)
    before = dump(store)
    with pytest.raises(error):
        service.capture(form(**more), now=on(0))
    assert dump(store) == before


def test_form_that_is_wrong_says_everything():
    """Where, what was expected and what to do; never what came."""
    wrong: dict[str, Any] = {"id": "", "email": 7, "intent": "buy", "acquisition": "none", "properties": 1}
    wrong |= {"attributes": [], "consents": ["ana@b.example"]}
    with pytest.raises(InputRefused) as caught:
        Form(at=on(0), **wrong)
    text = str(caught.value)
    for name in ("id", "email", "intent", "acquisition", "properties", "attributes", "consents"):
        assert f"{name}: " in text
    assert "ana@b.example" not in text
    with pytest.raises(InputRefused):
        Form(id="f1", at=None)


def test_what_is_no_form_is_refused(store):
    """An event is recorded instead."""
    other: Any = act("e1")
    with pytest.raises(InputRefused):
        QualificationService(SMALL, store).capture(other, now=on(0))
