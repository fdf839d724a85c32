"""A person is erased: nothing of it is left but digests, and nothing of it comes back."""

from contextlib import contextmanager

import pytest
from attrs import evolve

from leadqual import ClaimLost, ConsentChange, InputRefused, StoreBusy, StoreError, Suppression, UnknownLead, Verdict
from leadqual.errors import Kind, Problem
from leadqual.lifecycle.effects import TouchDue
from leadqual.lifecycle.nurtureinputs import EnrolmentChange
from leadqual.service.bodies import text_of
from leadqual.service.tables import EVENTS, LEADS
from tests.core.qualifier.nurtured import by, mail, sequence
from tests.practice.life import on

from .hosts import act, dump, form, hosted, lead
from .test_running import ENROL, Rivalled, asked, watched

__all__ = ["asked"]

PERSONAL = ("leads", "events", "facts", "effects", "keys", "commands")
"""The tables of which nothing of a person may be left."""
NURTURED = by(sequence("one", mail("a"), mail("b", "4d")))


def peopled(store, *lead_ids, **more):
    """Return a service with leads of which there is something in every table."""
    service = hosted(store, *lead_ids, by=NURTURED, **more)
    for number, lead_id in enumerate(lead_ids):
        known = form(f"seen-{lead_id}", 1, lead_id=lead_id, visitor=f"cookie-{lead_id}", phone=f"+3460000000{number}")
        service.capture(known, now=on(1))
        service.handle(lead_id, ENROL, now=on(1), command_id=f"enrol-{lead_id}")
        service.record([act(f"e-{lead_id}", lead_id)], now=on(1))
    return service


def counted(store):
    """Return how many rows there are by table, as far as they are of persons."""
    return {name: len(rows) for name, rows in dump(store).items() if name in PERSONAL}


def mentions(tables, *words):
    """Tell whether a word stands anywhere in the tables."""
    return any(word in str(part) for rows in tables.values() for row in rows for part in row for word in words)


def test_erasure_leaves_nothing_of_a_person(store):
    """In no table; of others everything stays as it was."""
    service = peopled(store, "L1", "L2")
    before = dump(store)
    assert all(counted(store).values())
    erased = service.erase("L1", now=on(2))
    after = dump(store)
    assert (erased.lead_ids, erased.at, erased.repeated) == (("L1",), on(2), False)
    assert (erased.events, erased.facts) == (3, len([row for row in before["facts"] if row[0] == "L1"]))
    assert erased.effects == len([row for row in before["effects"] if row[1] == "L1"]) > 0
    for name in PERSONAL:
        assert after[name] == [row for row in before[name] if "L1" not in row]
        assert len(after[name]) < len(before[name])
    assert not mentions(after, "L1", "+34600000000")
    with pytest.raises(UnknownLead):
        service.record_of("L1")
    assert service.record_of("L2").stage


@pytest.mark.parametrize("named", ["L1", "L2", "L3"])
def test_erasure_goes_through_all_that_has_gone_into_a_lead(store, named):
    """Whichever of its ids is named, also by way of a third."""
    service = peopled(store, "L1", "L2", "L3", "L4")
    service.merge("L2", "L3", now=on(2))
    service.merge("L1", "L2", now=on(2))
    assert service.erase(named, now=on(3)).lead_ids == ("L1", "L2", "L3")
    assert service.lead_ids() == ("L4",)
    assert not mentions(dump(store), "L1", "L2", "L3")
    service.erase("L4", now=on(3))
    assert counted(store) == dict.fromkeys(PERSONAL, 0)


def test_erasure_of_a_lead_that_was_erased_says_so(store):
    """It counts nothing, and changes nothing."""
    service = peopled(store, "L1")
    service.erase("L1", now=on(2))
    before = dump(store)
    again = service.erase("L1", now=on(5))
    assert (again.lead_ids, again.at, again.repeated) == (("L1",), on(2), True)
    assert (again.events, again.facts, again.effects, again.spared) == (0, 0, 0, ())
    assert dump(store) == before


def test_erasure_of_a_lead_that_never_was_is_refused(store):
    """And so is that of another tenant's."""
    service = peopled(store, "L1")
    before = dump(store)
    with pytest.raises(UnknownLead):
        service.erase("L9", now=on(2))
    with pytest.raises(UnknownLead):
        hosted(store, tenant="other").erase("L1", now=on(2))
    with pytest.raises(InputRefused):
        service.erase("", now=on(2))
    assert dump(store) == before


def test_erasure_is_a_tenants_own(store):
    """A lead of the same id is another one there."""
    service, other = peopled(store, "L1"), hosted(store, "L1", tenant="other")
    before = dump(store, "other")
    service.erase("L1", now=on(2))
    assert dump(store, "other") == before
    assert other.record_of("L1").lead.email == "L1@b.example"


def test_events_of_an_erased_lead_are_left_out(store):
    """Those that come late, those that come again, and new ones: all are counted, none is kept."""
    service = peopled(store, "L1", "L2")
    service.erase("L1", now=on(2))
    before = dump(store)
    found = service.record([act("e-L1"), act("late", "L1", day=1), act("new", "L1", day=3)], now=on(3))
    assert (found.new, found.known, found.erased, found.decisions) == (0, 0, 3, ())
    assert dump(store) == before


def test_older_forms_of_an_erased_person_are_left_out(store):
    """By id, by address in any spelling, by number, by visitor, or because the form itself was erased."""
    service = peopled(store, "L1")
    service.capture(form("shared", 1, lead_id="L1", email="info@b.example"), now=on(1))
    service.erase("L1", now=on(2))
    before = dump(store)
    known = [
        {"lead_id": "L1", "email": None},
        {"email": " l1@B.EXAMPLE"},
        {"email": None, "phone": "0034 600-000-000"},
        {"email": None, "visitor": "cookie-L1"},
    ]
    for number, by_what in enumerate(known):
        found = service.capture(form(f"late-{number}", 2, **by_what), now=on(3))
        assert (found.lead_id, found.erased) == (None, True)
    assert service.capture(form("shared", 9, email="info@b.example"), now=on(9)).lead_id
    assert service.erase(service.lead_ids()[0], now=on(10)).events == 1
    again = service.capture(form("shared", 1, email="info@b.example"), now=on(10))
    assert again.erased
    assert {name: rows for name, rows in dump(store).items() if name in PERSONAL} == {
        name: rows for name, rows in before.items() if name in PERSONAL
    }


def test_newer_form_of_an_erased_person_is_a_new_beginning(store):
    """Under a new id, and nothing of what was comes back."""
    service = peopled(store, "L1")
    service.erase("L1", now=on(2))
    found = service.capture(form("fresh", 3, email="L1@b.example", visitor="cookie-L1"), now=on(3))
    assert found.new
    assert found.lead_id not in (None, "L1")
    assert service.facts_of(found.lead_id)[0].name == "opened"
    assert service.record_of(found.lead_id).lead.phone is None
    assert len(dump(store)["events"]) == 1


def test_id_that_was_erased_is_never_opened_again(store):
    """A newer form under it is somebody new, known again by the address; events of the old id are left out for ever."""
    service = peopled(store, "L1")
    service.erase("L1", now=on(2))
    found = service.capture(form("fresh", 3, lead_id="L1", email="L1@b.example"), now=on(3))
    again = service.capture(form("fresher", 4, lead_id="L1", email="L1@b.example"), now=on(4))
    assert (found.new, again.new) == (True, False)
    assert found.lead_id == again.lead_id != "L1"
    assert service.record([act("e-L1"), act("e2", day=5)], now=on(5)).erased == 2
    assert service.capture(form("nobody", 5, lead_id="L1", email=None), now=on(5)).lead_id is None


def test_event_that_was_erased_does_not_come_back_under_another_lead(store):
    """Whether it is recorded, replayed or imported; events that are new are taken."""
    service = peopled(store, "L1", "L2")
    service.erase("L1", now=on(2))
    gone, new = evolve(act("e-L1"), lead_id="L2"), evolve(act("new", day=3), lead_id="L2")
    found = service.record([gone, new], now=on(5))
    assert (found.new, found.known, found.erased) == (1, 0, 1)
    again = service.replay({"L2": service.record_of("L2").lead}, events={"L2": [gone, new]}, now=on(5))
    assert (again.new_events, again.known_events, again.erased, again.erased_events) == (0, 1, 0, 1)
    filled = service.import_leads([service.record_of("L2").lead], {"L2": [gone, new]}, now=on(5))
    assert (filled.new_events, filled.known_events, filled.erased_events) == (0, 1, 1)


def test_address_that_is_spared_stays_so_whoever_comes_to_it(store):
    """By a form that fills it in, or by a change of profile."""
    service = peopled(store, "L1", "L2", "L3")
    service.consent("L1", ConsentChange(channel="email", purpose="news", given=False), now=on(1.2))
    service.erase("L1", now=on(2))
    service.change_profile(evolve(service.record_of("L2").lead, email="l1@b.example"), now=on(3))
    service.change_profile(evolve(service.record_of("L3").lead, email=None), now=on(3))
    service.capture(form("fills", 3, lead_id="L3", email="L1@b.example"), now=on(3))
    for lead_id in ("L2", "L3"):
        assert service.record_of(lead_id).state.consents_to("email", "news") is False


def test_others_who_read_the_same_box_are_not_taken_for_an_erased_person(store):
    """Their older forms count."""
    service = hosted(store)
    service.capture(form("f1", lead_id="L1", email="info@b.example"), now=on(1))
    service.erase("L1", now=on(2))
    assert service.capture(form("f2", lead_id="L2", email="info@b.example"), now=on(2)).lead_id == "L2"


def test_withdrawals_and_suppressions_survive(store):
    """For whoever has the address or the number, in any spelling, and for all addresses that the lead ever had."""
    service = peopled(store, "L1")
    service.consent("L1", ConsentChange(channel="email", purpose="news", given=False), now=on(1.2))
    service.consent("L1", ConsentChange(channel="phone", purpose="news", given=True), now=on(1.2))
    service.handle("L1", Suppression(channel="phone"), now=on(1.3))
    service.change_profile(evolve(service.record_of("L1").lead, email="new@b.example"), now=on(1.4))
    erased = service.erase("L1", now=on(2))
    assert erased.spared == (("email", "news"), ("phone", "*"))
    for number, given in enumerate([{"email": "L1@B.example"}, {"email": "NEW@b.example"}, {"phone": "+34600000000"}]):
        found = service.capture(form(f"fresh-{number}", 3, **({"email": None} | given)), now=on(3))
        state = service.record_of(found.lead_id).state
        assert state.consents_to("email", "news") is False
        assert state.consents_to("phone", "news") is None
        assert state.suppressed == {"phone"}


def test_who_consents_anew_after_an_erasure_has_consented(store):
    """Also to what it had withdrawn from for all purposes; only a list of people to be spared knows no way back."""
    service = peopled(store, "L1")
    service.consent("L1", ConsentChange(channel="email", purpose="*", given=False), now=on(1.2))
    service.consent("L1", ConsentChange(channel="sms", purpose="*", given=False), now=on(1.2))
    service.erase("L1", now=on(2))
    said = (ConsentChange(channel="email", purpose="*", given=True),)
    found = service.capture(form("fresh", 3, email="L1@b.example", consents=said), now=on(3))
    state = service.record_of(found.lead_id).state
    assert (state.consents_to("email", "news"), state.consents_to("sms", "news")) == (True, False)
    assert state.suppressed == frozenset()


def test_withdrawals_survive_a_second_erasure(store):
    """As those of the address that it shares with the first."""
    service = peopled(store, "L1")
    service.consent("L1", ConsentChange(channel="email", purpose="news", given=False), now=on(1.2))
    service.erase("L1", now=on(2))
    before = dump(store)["spared"]
    found = service.capture(form("fresh", 3, email="L1@b.example"), now=on(3))
    service.erase(found.lead_id, now=on(4))
    assert set(before) <= set(dump(store)["spared"])


def test_touch_of_an_erased_lead_never_goes(store):
    """Whoever had claimed it is told when he reports."""
    service = peopled(store, "L1")
    claims = service.effects(now=on(1))
    assert any(isinstance(claim.effect, TouchDue) for claim in claims)
    service.erase("L1", now=on(1.5))
    assert service.effects(now=on(9)) == ()
    for claim in claims:
        with pytest.raises(ClaimLost):
            service.done(claim, now=on(2))
    assert service.tick_due(now=on(99)).leads == 0


def test_commands_upon_an_erased_lead_are_refused(store):
    """Also one that was carried out before, under its id."""
    service = peopled(store, "L1", "L2")
    service.erase("L1", now=on(2))
    before = dump(store)
    with pytest.raises(UnknownLead):
        service.handle("L1", EnrolmentChange(change="enrol", sequence="one"), now=on(3), command_id="enrol-L1")
    with pytest.raises(UnknownLead):
        service.verdict("L1", Verdict("yes"), now=on(3))
    with pytest.raises(UnknownLead):
        service.change_profile(lead("L1"), now=on(3))
    with pytest.raises(UnknownLead):
        service.merge("L2", "L1", now=on(3))
    assert dump(store) == before


@pytest.mark.parametrize("named", ["L1", "L2"])
def test_lead_that_was_taken_for_another_is_not_erased_with_it(store, named):
    """Nothing of the one that is erased is left in the history of the other, which can still be replayed."""
    service = peopled(store, "L1", "L2")
    for lead_id in ("L1", "L2"):
        service.verdict(lead_id, Verdict("maybe", reason=f"reason-{lead_id}", actor=f"actor-{lead_id}"), now=on(1.5))
    service.merge("L1", "L2", now=on(2))
    service.unmerge("L1", "L2", now=on(3))
    other = "L2" if named == "L1" else "L1"
    known = service.record_of(other)
    assert named in str(dump(store)["facts"])
    assert service.erase(named, now=on(4)).lead_ids == (named,)
    facts = str([row for row in dump(store)["facts"] if row[0] == other])
    assert facts.count(other) > 1
    assert not any(word in facts for word in (f"reason-{named}", f"actor-{named}", f"'{named}'", f'"{named}"'))
    assert service.record_of(other) == known
    assert service.qualifier.replay(service.facts_of(other)) == known.state


def test_anonymous_history_of_an_erased_visitor_goes_too(store):
    """What two commands at a time have left under the id of nobody."""
    service = hosted(store)
    service.capture(form("f1", visitor="cookie", email=None), now=on(0))
    with store.unit("main", write=False) as unit:
        (orphan,) = unit.find(EVENTS)
    found = service.capture(form("f2", visitor="cookie"), now=on(1))
    with store.unit("main", write=True) as unit:
        unit.add(EVENTS, [evolve(orphan, event_id="f0")])
    assert service.erase(found.lead_id, now=on(2)).events == 3
    assert dump(store)["events"] == []


def test_erasure_needs_no_model(store):
    """A store whose leads were scored by another model than the service's can be erased from."""
    peopled(store, "L1")
    service = hosted(store)
    assert service.erase("L1", now=on(2)).lead_ids == ("L1",)
    assert counted(store) == dict.fromkeys(PERSONAL, 0)


def test_erasure_is_all_or_nothing(store):
    """What fails at its end leaves everything; what comes in between is erased too."""
    service = peopled(store, "L1")
    before = dump(store)

    class Failing(Rivalled):
        @contextmanager
        def unit(self, tenant, *, write):
            with super().unit(tenant, write=write) as unit:
                yield unit
                if write:
                    problem = Problem(where="store", what="it broke", got=Kind("a fault"), hint="")
                    raise StoreError([problem])

    failing = hosted(Failing(store, 0), by=NURTURED)
    with pytest.raises(StoreError, match="it broke"):
        failing.erase("L1", now=on(2))
    assert dump(store) == before
    rivalled = Rivalled(store, 3)
    assert hosted(rivalled, by=NURTURED).erase("L1", now=on(2)).repeated is False
    assert counted(store) == dict.fromkeys(PERSONAL, 0)
    assert service.erase("L1", now=on(2)).repeated


def test_erasure_locks_first_beside_planners_of_others(store, asked):
    """They are not asked, and nothing changes between what is read and what is removed."""
    wrote = []

    class Watching(Rivalled):
        @contextmanager
        def unit(self, tenant, *, write):
            wrote.append(write)
            with super().unit(tenant, write=write) as unit:
                yield unit

    service = hosted(Watching(store, 0), "L1", by=watched())
    asked.append(lambda: pytest.fail("a planner was asked"))
    wrote.clear()
    service.erase("L1", now=on(2))
    assert wrote == [True]


@pytest.mark.parametrize("kind_of_error", [StoreBusy, StoreError])
def test_store_that_cannot_clear_its_files_says_that_the_lead_is_erased(store, kind_of_error):
    """A second call clears them, of which the erasure is told again."""
    calls = []

    class Busy(Rivalled):
        def clear_traces(self):
            calls.append(self.times)
            if len(calls) == 1:
                problem = Problem(where="store", what="somebody reads", got=Kind("busy"), hint="Nothing was written.")
                raise kind_of_error([problem])

    service = hosted(Busy(store, 0), "L1")
    with pytest.raises(kind_of_error, match="what was erased stays erased") as caught:
        service.erase("L1", now=on(2))
    assert type(caught.value) is kind_of_error
    assert "Nothing was written" not in str(caught.value)
    assert service.lead_ids() == ()
    assert service.erase("L1", now=on(2)).repeated
    assert len(calls) == 2


def test_traces_of_many_are_cleared_once(store):
    """When the last of them is erased."""
    calls = []

    class Watched(Rivalled):
        def clear_traces(self):
            calls.append(len(dump(store)["leads"]))

    service = hosted(Watched(store, 0), "L1", "L2", "L3")
    for lead_id in ("L1", "L2", "L3"):
        service.erase(lead_id, now=on(2), clear=False)
    assert calls == []
    service.clear_traces()
    assert calls == [0]


def test_erased_lead_is_not_in_the_memory_of_the_service(store):
    """The records that it keeps to read nothing twice are forgotten."""
    service = peopled(store, "L1", "L2")
    service.erase("L1", now=on(2))
    assert list(service._runner.desk.records._known) == ["L2"]


def test_damaged_record_is_not_erased_before_it_is_mended(store):
    """It is not known any more what its address has withdrawn from."""
    service = peopled(store, "L1")
    with store.unit("main", write=True) as unit:
        row = unit.get(LEADS, [("L1",)])[0]
        unit.put(LEADS, [evolve(row, record=text_of({"lead": None}))])
    before = dump(store)
    with pytest.raises(ValueError, match="a stored record was expected"):
        service.erase("L1", now=on(2))
    assert dump(store) == before


def test_tombstones_cannot_be_read(store):
    """They are digests under a key: whoever has the address alone cannot make them."""
    service = peopled(store, "L1")
    service.erase("L1", now=on(2))
    digests = {str(row[0]) for row in dump(store)["erased"]}
    assert len(digests) == 4 + 3  # id, address, number and visitor; three events
    assert all(len(one) == 40 for one in digests)
    other = hosted(store, tenant="other", key=b"0123456789abcdef")
    assert other._runner.desk.digests.of("email", "L1@b.example") not in digests
    assert service._runner.desk.digests.of("email", "l1@B.example") in digests
