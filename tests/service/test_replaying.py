"""What happened is replayed into a store: the same becomes of leads as if the service had been there all along."""

from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadqual import ConsentChange, EventConflict, EventError, InputRefused, InstantError, Verdict
from leadqual.errors import LeadError
from leadqual.lifecycle.nurtureinputs import TouchReport
from leadqual.qualifier.replaying import replay_base
from leadqual.service import QualificationService
from leadqual.service.bodies import fact_row, text_of
from leadqual.service.clock import micros
from leadqual.service.opening import open_store
from leadqual.service.tables import EFFECTS, EVENTS, FACTS
from tests.core.lifecycle.small import BIG, INTEREST, MID, small
from tests.core.qualifier.nurtured import by, mail, sequence
from tests.practice.life import on

from .hosts import SMALL, act, dump, form, lead
from .test_running import watched

NOW = on(60)
PEOPLE = small(
    interest=INTEREST.replace(
        "points = 5", 'points = 5\nwhen = { field = "people", op = "ge", value = 2, missing = true }'
    )
)
"""Whoever comes with one other person at least, or does not say, earns points."""
TOURING = by(
    sequence("tour", mail("one"), mail("two", "2d"), mail("three", "3d"), enter='{ on = ["form"] }', again='"always"')
)
"""Whoever fills in a form gets three mails."""


def prospect(lead_id: str = "L1", /, **more: Any) -> Any:
    """Return a lead that was created on day 0."""
    return lead(lead_id, **({"created_at": on(0), "attributes": BIG} | more))


def past(*lead_ids: str) -> dict[str, Any]:
    """Return a past of leads: some acts, verdicts and a withdrawal each."""
    names = lead_ids or ("L1", "L2")
    return {
        "leads": {name: prospect(name) for name in names},
        "events": {
            name: [act(f"{name}-{day}", name, kind, day) for day, kind in ((1, "form"), (5, "visit"), (41, "ask"))]
            for name in names
        },
        "verdicts": {
            name: [Verdict("maybe", reason="budget", at=on(7)), Verdict("no", at=on(30)), Verdict("no", at=on(31))]
            for name in names
        },
        "consents": {
            name: [ConsentChange(channel="email", purpose="newsletter", given=False, at=on(1.5))] for name in names
        },
    }


def rows(store: Any, table: Any) -> list[Any]:
    """Return the rows of a table."""
    with store.unit("main", write=False) as unit:
        return list(unit.find(table))


def texts(facts: Any) -> list[str]:
    """Return facts as they are stored."""
    return [fact_row(fact).body for fact in facts]


def lived(qualifier: Any, of: dict[str, Any], now: Any) -> dict[str, list[str]]:
    """Return what the pure replay makes of a past: facts by lead, as they are stored."""
    given_ = {"verdicts": {}, "events": {}, **of}
    return {life.lead_id: texts(life.facts) for life in replay_base(qualifier, now=now, **given_)}


def stored(service: QualificationService) -> dict[str, list[str]]:
    """Return the facts in a service's store by lead, as they are stored."""
    return {lead_id: texts(service.facts_of(lead_id)) for lead_id in service.lead_ids()}


@pytest.mark.parametrize("qualifier", [SMALL, TOURING], ids=["plain", "touring"])
def test_replay_makes_the_facts_of_the_pure_replay(store, qualifier):
    """Byte for byte, and the records too."""
    service = QualificationService(qualifier, store)
    found = service.replay(**past(), now=NOW)
    assert stored(service) == lived(qualifier, past(), NOW)
    assert (found.leads, found.opened, found.new_events, found.new_said) == (2, 2, 6, 8)
    assert found.facts == sum(map(len, stored(service).values()))
    lives = list(replay_base(qualifier, now=NOW, **past()))
    assert [service.record_of(life.lead_id) for life in lives] == [life.record for life in lives]
    assert [name for name, _ in found.refused] == [life.lead_id for life in lives for _ in life.refused] != []


def test_replay_does_nothing_twice(store):
    """The second time nothing is written at all, and what could not be taken is not tried again."""
    service = QualificationService(TOURING, store)
    service.replay(**past(), now=NOW)
    before = dump(store)
    found = service.replay(**past(), now=NOW)
    assert dump(store) == before
    assert (found.leads, found.opened, found.new_events, found.known_events) == (2, 0, 0, 6)
    assert (found.new_said, found.known_said, found.facts, found.refused) == (0, 8, 0, ())


def test_replay_knows_everything_at_its_own_instant(store):
    """Facts, events and effects bear the instants at which they would have come about."""
    service = QualificationService(SMALL, store)
    service.replay(**past("L1"), now=NOW)
    facts, events, effects = (rows(store, table) for table in (FACTS, EVENTS, EFFECTS))
    assert {row.known_at for row in events} == {micros(on(day)) for day in (1, 5, 41)}
    assert {row.made_at for row in effects} <= {row.known_at for row in facts}
    assert max(row.made_at for row in effects) < micros(NOW)
    assert [row.ready_at for row in effects] == [row.made_at for row in effects]


def test_replay_goes_on_with_what_is_new(store):
    """More leads, more inputs and a later instant: as if all had been replayed at once."""
    service = QualificationService(TOURING, store)
    whole = past("L1", "L2", "L3")
    some: dict[str, Any] = {
        part: {name: rows for name, rows in of.items() if name != "L3"} for part, of in whole.items()
    }
    service.replay(**some, now=on(20))
    found = service.replay(**whole, now=NOW)
    assert (found.leads, found.opened, found.known_events) == (3, 1, 4)
    assert stored(service) == lived(TOURING, whole, NOW)


def test_replay_is_resumed_where_it_was_cut_off(store):
    """What was done stays done: the rest is done by the next call, to the same end."""
    service = QualificationService(SMALL, store)
    names = [f"L{number}" for number in range(60)]

    def cut(done: int, _: int) -> None:
        if done == 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        service.replay(**past(*names), now=NOW, progress=cut)
    assert 0 < len(service.lead_ids()) < 60
    service.replay(**past(*names), now=NOW)
    assert stored(service) == lived(SMALL, past(*names), NOW)


def test_two_may_replay_the_same_at_once(store):
    """Each input is taken once, and both end well."""
    names = [f"L{number}" for number in range(60)]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _: QualificationService(SMALL, store).replay(**past(*names), now=NOW), range(2)))
    assert (sum(one.opened for one in found), sum(one.new_events for one in found)) == (60, 180)
    assert stored(QualificationService(SMALL, store)) == lived(SMALL, past(*names), NOW)


def test_replay_asks_planners_of_others_before_anything_is_locked(store):
    """Under such a playbook the same becomes of leads, too."""
    service = QualificationService(watched(), store)
    changes = [lead(f"L{number}", created_at=on(0), attributes=BIG) for number in (1, 2)]
    of: dict[str, Any] = past() | {"leads": {one.id: one for one in changes}}
    for _ in range(2):
        service.replay(**of, now=NOW)
        assert stored(service) == lived(watched(), of, NOW)


def test_replay_tells_how_far_it_is(store):
    """After each lead."""
    calls: list[tuple[int, int]] = []
    QualificationService(SMALL, store).replay(
        {"L2": prospect("L2"), "L1": prospect()}, now=NOW, progress=lambda *told: calls.append(told)
    )
    assert calls == [(1, 2), (2, 2)]


def test_replay_takes_what_comes_late_at_once(store):
    """An event of long ago that was not known then becomes known when everything up to then is decided already."""
    service = QualificationService(SMALL, store)
    service.replay({"L1": prospect()}, now=on(10))
    found = service.replay({"L1": prospect()}, events={"L1": [act("e1", kind="ask", day=5)]}, now=on(12))
    assert found.new_events == 1
    late = [fact for fact in service.facts_of("L1") if fact.name == "hand_raised"]
    assert [(fact.at, fact.known_at) for fact in late] == [(on(5), on(10))]


def test_late_event_that_begins_a_new_cycle_counts_in_it(store):
    """Everything is folded anew then, with the event itself: the score is that of all events."""
    service = QualificationService(SMALL, store)
    leads, no = {"L1": prospect()}, {"L1": [Verdict("no", at=on(2))]}
    service.replay(leads, verdicts=no, events={"L1": [act("e1", day=8)]}, now=on(9))
    service.record([act("e2", kind="ask", day=5)], now=on(9))
    record = service.record_of("L1")
    assert record.state.since == on(5)
    assert record.score() == record.model.score(
        record.lead, [act("e1", day=8), act("e2", kind="ask", day=5)], now=on(9)
    )


def test_replay_takes_equal_words_as_often_as_they_were_said(store):
    """Two equal verdicts of one instant are two; both are known the next time."""
    service = QualificationService(SMALL, store)
    said = {"L1": [Verdict("no", at=on(2)), Verdict("no", at=on(2))]}
    found = service.replay({"L1": prospect()}, verdicts=said, now=NOW)
    assert (found.new_said, len(found.refused)) == (2, 1)
    again = service.replay({"L1": prospect()}, verdicts={"L1": [*said["L1"], *said["L1"]]}, now=NOW)
    assert (again.new_said, again.known_said) == (2, 2)


def test_replay_takes_over_a_profile_that_has_changed(store):
    """From the instant of the call on, once; what a state says is no part of it."""
    service = QualificationService(SMALL, store)
    service.replay(**past("L1"), now=on(20))
    changed = past("L1") | {"leads": {"L1": prospect(attributes=MID, stage="mql")}}
    found = service.replay(**changed, now=NOW)
    assert found.changed == 1
    assert [fact.at for fact in service.facts_of("L1") if fact.name == "profile_changed"] == [NOW]
    assert service.record_of("L1").lead.attributes == MID
    before = dump(store)
    assert service.replay(**changed, now=NOW).changed == 0
    assert dump(store) == before


def test_replay_has_no_lead_that_comes_later(store):
    """What is after the end is not there yet."""
    service = QualificationService(SMALL, store)
    found = service.replay({"L1": prospect(created_at=on(70))}, events={"L1": [act("e1", day=65)]}, now=NOW)
    assert (found.leads, found.new_events) == (0, 0)
    assert service.lead_ids() == ()


def test_report_takes_a_touch_out_of_the_outbox(store):
    """What is said to be sent does not go once more; a report on no touch is told."""
    service = QualificationService(TOURING, store)
    reports = {"L1": [TouchReport(key="L1:tour:1:one:1", at=on(1.2)), TouchReport(key="other", at=on(1.3))]}
    events = {"L1": [act("e1", kind="form", day=1)]}
    found = service.replay({"L1": prospect()}, events=events, reports=reports, now=on(1.5))
    assert found.stray == (("L1", reports["L1"][1]),)
    assert [row for row in rows(store, EFFECTS) if row.touch is not None] == []
    service.replay({"L1": prospect()}, events=events, reports=reports, now=on(3.1))
    assert [row.touch for row in rows(store, EFFECTS) if row.touch is not None] == ["L1:tour:1:two:1"]


def test_report_of_a_later_replay_withdraws_the_touch(store):
    """It waited in the outbox, and does not any more."""
    service = QualificationService(TOURING, store)
    events = {"L1": [act("e1", kind="form", day=1)]}
    service.replay({"L1": prospect()}, events=events, now=on(1.1))
    reports = {"L1": [TouchReport(key="L1:tour:1:one:1", at=on(1.2))]}
    service.replay({"L1": prospect()}, events=events, reports=reports, now=on(1.5))
    assert [(row.state, row.reason) for row in rows(store, EFFECTS) if row.touch is not None] == [("withdrawn", "sent")]


def test_replay_says_when_an_id_comes_with_other_content(store):
    """Nothing of these leads is written; under skip the others are taken."""
    service = QualificationService(SMALL, store)
    service.replay(**past("L1"), now=NOW)
    before = dump(store)
    wrong = {"L1": [act("L1-1", kind="visit", day=1), act("e9", day=50)]}
    with pytest.raises(EventConflict):
        service.replay({"L1": prospect()}, events=wrong, now=NOW)
    assert dump(store) == before
    found = service.replay({"L1": prospect()}, events=wrong, now=NOW, bad="skip")
    assert (found.new_events, len(found.problems)) == (1, 1)


def test_replay_may_leave_out_events_that_are_wrong(store):
    """A property of another type than declared is refused, or left out and told."""
    service = QualificationService(PEOPLE, store)
    events = {"L1": [act("e1", day=1, people="three"), act("e2", day=2)]}
    with pytest.raises(EventError):
        service.replay({"L1": prospect()}, events=events, now=NOW)
    assert service.lead_ids() == ()
    found = service.replay({"L1": prospect()}, events=events, now=NOW, bad="skip")
    assert (found.new_events, [problem.where for problem in found.problems]) == (1, ["event 'e1'.properties.people"])


def test_replay_leaves_out_who_was_erased(store):
    """By id for ever; by address as long as nothing of it is newer, since a new beginning is one."""
    service = QualificationService(SMALL, store)
    service.replay({"L1": prospect()}, now=on(10))
    service.erase("L1", now=on(11))
    again = service.replay({"L1": prospect(), "L2": prospect("L2", email="l1@b.example")}, now=NOW)
    assert (again.erased, again.leads, service.lead_ids()) == (2, 0, ())
    later = {"L1": prospect(created_at=on(12)), "L3": prospect("L3", email="l1@b.example", created_at=on(12))}
    found = service.replay(later, now=NOW)
    assert (found.erased, found.leads, service.lead_ids()) == (1, 1, ("L3",))


def test_replay_goes_on_with_a_lead_that_was_captured(store):
    """And with one that has gone into another, under that one."""
    service = QualificationService(SMALL, store)
    for name in ("L1", "L2"):
        service.capture(form(f"f-{name}", lead_id=name, email=f"{name}@b.example"), now=on(0))
    service.merge("L1", "L2", now=on(1))
    found = service.replay({"L2": prospect("L2")}, events={"L2": [act("e1", "L2", "ask", day=3)]}, now=on(4))
    assert (found.leads, found.opened, found.changed, found.new_events) == (1, 0, 0, 1)
    assert service.record_of("L1").stage == "sql"


def test_two_leads_of_one_past_may_have_become_one(store):
    """Neither loses anything, and no fact is counted twice."""
    service = QualificationService(SMALL, store)
    service.replay(**past(), now=on(10))
    service.merge("L1", "L2", now=on(10))
    before = sum(map(len, stored(service).values()))
    found = service.replay(**past(), now=NOW)
    assert found.facts == sum(map(len, stored(service).values())) - before
    assert found.new_events == 2
    assert service.qualifier.replay(service.facts_of("L1")) == service.record_of("L1").state


def test_replay_refuses_what_is_no_argument(store):
    """Before anything is done."""
    service = QualificationService(SMALL, store)
    with pytest.raises(InstantError):
        service.replay({"L1": prospect()}, now=NOW.replace(tzinfo=None))
    ignore: Any = "ignore"
    with pytest.raises(InputRefused):
        service.replay({"L1": prospect()}, now=NOW, bad=ignore)
    with pytest.raises(LeadError):
        service.replay({"L1": prospect(attributes={"size": 3})}, now=NOW)
    assert service.lead_ids() == ()


def test_replay_does_not_depend_on_the_order_of_its_parts(store):
    """However the inputs are given, the same becomes of the lead."""
    expected = lived(SMALL, past("L1"), NOW)
    for number, order in enumerate(permutations(past("L1")["events"]["L1"])):
        service = QualificationService(SMALL, store, tenant=f"t{number}")
        service.replay(**past("L1") | {"events": {"L1": order}}, now=NOW)
        assert stored(service) == expected


DAYS = st.integers(0, 40)
PASTS = st.fixed_dictionaries(
    {
        "events": st.lists(st.tuples(DAYS, st.sampled_from(["form", "visit", "ask", "email_reply"])), max_size=8),
        "verdicts": st.lists(
            st.tuples(DAYS, st.sampled_from(["yes", "no", "maybe", "accept", "reopen", "disqualify"])), max_size=4
        ),
        "consents": st.lists(st.tuples(DAYS, st.booleans()), max_size=3),
        "reports": st.lists(st.tuples(DAYS, st.sampled_from(["one", "two"]), st.integers(1, 2)), max_size=3),
    }
)


def told(drawn: dict[str, Any]) -> dict[str, Any]:
    """Return a drawn past of one lead."""
    reasons = {"disqualify": "spam"}
    return {
        "leads": {"L1": prospect()},
        "events": {"L1": [act(f"{day}-{kind}", "L1", kind, day) for day, kind in dict.fromkeys(drawn["events"])]},
        "verdicts": {"L1": [Verdict(word, reason=reasons.get(word), at=on(day)) for day, word in drawn["verdicts"]]},
        "consents": {
            "L1": [
                ConsentChange(channel="email", purpose="newsletter", given=yes, at=on(day))
                for day, yes in drawn["consents"]
            ]
        },
        "reports": {
            "L1": [TouchReport(key=f"L1:tour:{cycle}:{step}:1", at=on(day)) for day, step, cycle in drawn["reports"]]
        },
    }


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(PASTS, st.integers(0, 45))
def test_replay_makes_the_facts_of_the_pure_replay_of_any_past(drawn, cut):
    """Whether at once or in two parts, and nothing is left undecided; the outbox holds what the pure replay brings."""
    whole = told(drawn)
    with QualificationService(TOURING, open_store("memory:")) as service:
        service.replay(**whole, now=on(cut))
        service.replay(**whole, now=on(45))
        expected = lived(TOURING, whole, on(45))
        assert stored(service) == expected
        [life] = replay_base(TOURING, now=on(45), **whole)
        assert service.record_of("L1") == life.record


def test_text_of_a_fact_is_canonical():
    """So that two stores can be compared by it."""
    assert text_of({"b": 1, "a": 2}) == '{"a":2,"b":1}'
