"""Leads get another model: in numbers first, then for good; nobody is moved by it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual import Event, InputRefused, InstantError, ModelChanged, Qualifier, Verdict, loads
from leadqual.lifecycle.facts import StageChanged
from leadqual.service import QualificationService
from leadqual.service.opening import open_store
from leadqual.service.tables import EFFECTS, LEADS
from tests.core.lifecycle.small import BIG, INTEREST, small, table, text
from tests.practice.life import on

from .hosts import act, dump, hosted, lead

NOW = on(10)
LEVELS = INTEREST.replace("decay =", "levels = { 1 = 20, 2 = 10, 3 = 0 }\ndecay =")
BEFORE = small(interest=LEVELS)
"""Five points for a visit make an MQL, fifteen an SQL."""
EASY = small(interest=LEVELS.replace("points = 5", "points = 15"))
"""A visit is worth fifteen."""
HARD = small(interest=LEVELS.replace("points = 5", "points = 1"))
"""A visit is worth one."""
COUNTING = Qualifier(loads(text(fit="").replace('size = "text"', 'size = "integer"')))
"""It reads the size as a number."""


def filled(store: Any, by: Qualifier = BEFORE) -> QualificationService:
    """Return a service with leads: one of no act, an MQL, one that sales have accepted, and one that was won."""
    service = QualificationService(by, store)
    names = ("L0", "L1", "L2", "L3")
    events = {name: [act(f"{name}-e", name, day=9.9)] for name in names[1:]}
    verdicts = {"L2": [Verdict("accept", at=on(10))], "L3": [Verdict("yes", at=on(10))]}
    leads = {name: lead(name, attributes=BIG, created_at=on(9)) for name in names}
    service.replay(leads, events=events, verdicts=verdicts, now=NOW)
    assert stages(service) == {"L0": "lead", "L1": "mql", "L2": "sql", "L3": "won"}
    return service


def rows(store: Any) -> list[Any]:
    """Return the rows of all leads."""
    with store.unit("main", write=False) as unit:
        return list(unit.find(LEADS))


def stages(service: QualificationService) -> dict[str, str]:
    """Return where each lead stands."""
    return {name: service.record_of(name).stage for name in service.lead_ids()}


def emptied(store: Any) -> None:
    """Take everything out of the outbox."""
    with store.unit("main", write=True) as unit:
        for row in unit.find(EFFECTS):
            unit.remove(EFFECTS, equal={"key": row.key})


def test_leads_of_another_model_are_refused_until_they_are_rescored(store):
    """The error names what to do."""
    filled(store)
    service = QualificationService(EASY, store)
    with pytest.raises(ModelChanged) as caught:
        service.record([act("e9", day=10)], now=NOW)
    assert "service.rescore(now=" in caught.value.problems[0].hint
    service.rescore(now=NOW, apply=True)
    assert service.record([act("e9", day=10)], now=NOW).new == 1


def test_rescore_says_first_who_changes(store):
    """In numbers, and nothing is written."""
    filled(store)
    service = QualificationService(EASY, store)
    before = dump(store)
    found = service.rescore(now=NOW, before=BEFORE)
    assert (found.applied, found.leads, found.done, found.unchanged) == (False, 4, 0, 1)
    assert found.waiting.counts == {"sql": 1}
    assert (found.reviews, found.labels) == ({}, {("A3", "A2"): 3})
    assert found.problems == ()
    assert dump(store) == before


def test_labels_are_compared_only_where_those_of_before_are_known(store):
    """Without what decided before nobody knows them."""
    filled(store)
    found = QualificationService(EASY, store).rescore(now=NOW)
    assert (found.labels, found.unchanged) == (None, 3)
    assert QualificationService(EASY, store).rescore(now=NOW, before=HARD).labels == {}


def test_rescore_moves_nobody(store):
    """Nobody is told of anything either; who would be promoted waits for a release, whose facts say why."""
    filled(store)
    emptied(store)
    service = QualificationService(EASY, store)
    found = service.rescore(now=NOW, apply=True)
    assert (found.applied, found.leads) == (True, 4)
    assert stages(service) == {"L0": "lead", "L1": "mql", "L2": "sql", "L3": "won"}
    assert dump(store)["effects"] == []
    assert service.waiting(now=NOW).counts == {"sql": 1}
    assert service.release(now=NOW, per_day=5).lead_ids == ("L1",)
    moves = [fact for fact in service.facts_of("L1") if isinstance(fact, StageChanged)]
    assert [(fact.to, fact.cause.kind) for fact in moves] == [("mql", "event"), ("sql", "rescore")]
    assert stages(service)["L1"] == "sql"


def test_stage_that_a_model_would_not_give_is_reviewed(store):
    """Nobody is taken from sales: a person is asked, once."""
    filled(store)
    emptied(store)
    service = QualificationService(HARD, store)
    assert service.rescore(now=NOW).reviews == {"mql": 1, "sql": 1}
    found = service.rescore(now=NOW, apply=True)
    assert (found.reviews, found.waiting.counts, found.unchanged) == ({"mql": 1, "sql": 1}, {}, 2)
    assert stages(service) == {"L0": "lead", "L1": "mql", "L2": "sql", "L3": "won"}
    assert [claim.effect.name for claim in service.effects(now=NOW)] == ["review", "review"]
    assert [row.held for row in rows(store)] == [None] * 4


def test_rescored_leads_have_the_scores_of_the_new_model(store):
    """As if it had scored them all along."""
    filled(store)
    service = QualificationService(EASY, store)
    service.rescore(now=NOW, apply=True)
    for name in ("L1", "L2", "L3"):
        record = service.record_of(name)
        assert (record.stale, record.model.fingerprint) == (False, EASY.model.fingerprint)
        assert (
            record.score().interest
            == EASY.model.score(record.lead, [act(f"{name}-e", name, day=9.9)], now=NOW).interest
        )
        assert service.qualifier.replay(service.facts_of(name)) == record.state


def test_rescore_does_nothing_twice(store):
    """What is done is done."""
    filled(store)
    service = QualificationService(EASY, store)
    service.rescore(now=NOW, apply=True)
    before = dump(store)
    found = service.rescore(now=NOW, apply=True)
    assert (found.leads, found.done, found.waiting.counts) == (0, 4, {})
    assert dump(store) == before


def test_rescore_is_resumed_where_it_was_cut_off(store):
    """Whatever was done stays, and the rest is done by the next call."""
    service = QualificationService(BEFORE, store)
    names = [f"L{number:03}" for number in range(120)]
    service.replay({name: lead(name, created_at=on(9), attributes=BIG) for name in names}, now=NOW)
    other = QualificationService(EASY, store)

    def cut(done: int) -> None:
        if done >= 50:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        other.rescore(now=NOW, apply=True, progress=cut)
    found = other.rescore(now=NOW, apply=True)
    assert 0 < found.done < 120
    assert found.leads + found.done == 120
    assert {row.model for row in rows(store)} == {EASY.model.fingerprint}


def test_two_may_rescore_at_once(store):
    """Each lead is done once, and both end well."""
    service = QualificationService(BEFORE, store)
    names = [f"L{number:03}" for number in range(120)]
    service.replay({name: lead(name, created_at=on(9), attributes=BIG) for name in names}, now=NOW)
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _: QualificationService(EASY, store).rescore(now=NOW, apply=True), range(2)))
    assert sum(one.leads for one in found) == 120
    refolded = [fact.name for name in names for fact in QualificationService(EASY, store).facts_of(name)]
    assert refolded.count("refolded") == 120


def test_rescored_merge_can_be_undone(store):
    """The lead that has gone into another is read again then."""
    service = hosted(store, "L1", "L2", by=BEFORE)
    service.record([act("e1", "L1", day=9.9), act("e2", "L2", day=9.9)], now=NOW)
    service.merge("L1", "L2", now=NOW)
    other = QualificationService(EASY, store)
    found = other.rescore(now=NOW, apply=True)
    assert (found.leads, found.problems) == (1, ())
    assert other.rescore(now=NOW, apply=True).done == 1
    assert other.record_of("L2") == other.record_of("L1")
    other.unmerge("L1", "L2", now=NOW)
    assert [float(other.record_of(name).score().interest) for name in ("L1", "L2")] == [15, 15]
    assert {row.model for row in rows(store)} == {EASY.model.fingerprint}


def test_lead_that_waits_after_an_import_goes_on_waiting_for_that(store):
    """Its promotion is released as an import, by the new model."""
    service = QualificationService(BEFORE, store)
    service.import_leads([lead("L1", attributes=BIG)], {"L1": [act("e1", day=10)]}, now=NOW)
    other = QualificationService(EASY, store)
    with pytest.raises(ModelChanged):
        other.waiting(now=NOW)
    other.rescore(now=NOW, apply=True)
    assert other.waiting(now=NOW).counts == {"sql": 1}
    other.release(now=NOW)
    assert [fact.cause.kind for fact in other.facts_of("L1") if fact.name == "stage_changed"] == ["import"]


def test_lead_that_a_model_cannot_read_is_left_as_it_is(store):
    """It is told which and why; the others are done."""
    filled(store)
    service = QualificationService(table(interest=LEVELS.replace("points = 5", "points = 15")), store)
    for apply in (False, True):
        found = service.rescore(now=NOW, apply=apply)
        assert [problem.where for problem in found.problems] == [f"lead 'L{number}'" for number in range(4)]
        assert (found.leads, found.unchanged) == (4, 0)
    assert {row.model for row in rows(store)} == {BEFORE.model.fingerprint}


def test_profile_that_a_model_cannot_read_is_left_as_it_is(store):
    """Also that of a lead that has gone into another."""
    service = hosted(store, "L1", "L2", by=BEFORE)
    service.merge("L1", "L2", now=NOW)
    found = QualificationService(COUNTING, store).rescore(now=NOW, apply=True)
    assert [problem.where for problem in found.problems] == ["lead 'L1'.attributes.size", "lead 'L2'.attributes.size"]
    assert (found.leads, found.unchanged) == (1, 0)
    assert {row.model for row in rows(store)} == {BEFORE.model.fingerprint}


def test_clocks_may_differ(store):
    """What is decided already stays so: a lead is rescored as of then."""
    filled(store)
    service = QualificationService(EASY, store)
    assert service.rescore(now=on(5), apply=True).leads == 4
    assert {service.record_of(name).as_of for name in service.lead_ids()} == {NOW}


def test_rescore_tells_how_far_it_is(store):
    """Now and then."""
    filled(store)
    calls: list[int] = []
    QualificationService(EASY, store).rescore(now=NOW, progress=calls.append)
    assert calls == [4]


def test_rescore_refuses_what_is_no_argument(store):
    """Before anything is done."""
    service = QualificationService(EASY, store)
    wrong: Any = "yes"
    for more in ({"apply": wrong}, {"before": wrong}):
        with pytest.raises(InputRefused):
            service.rescore(now=NOW, **more)
    with pytest.raises(InstantError):
        service.rescore(now=NOW.replace(tzinfo=None))


KINDS = st.sampled_from(["visit", "form", "ask", "email_reply"])


@given(st.lists(st.tuples(st.integers(0, 9), KINDS), max_size=5, unique=True), st.sampled_from([EASY, HARD]))
def test_dry_run_says_what_then_comes_about(acts, by):
    """The numbers are equal, everybody stays in place, and a release brings what was said."""
    store = open_store("memory:")
    service = QualificationService(BEFORE, store)
    events = [Event(id=f"{day}-{kind}", lead_id="L1", kind=kind, at=on(day)) for day, kind in acts]
    service.replay({"L1": lead("L1", attributes=BIG, created_at=on(0))}, events={"L1": events}, now=NOW)
    stage = service.record_of("L1").stage
    other = QualificationService(by, store)
    first = other.rescore(now=NOW, before=BEFORE)
    then = other.rescore(now=NOW, before=BEFORE, apply=True)
    assert (first.waiting, first.reviews, first.labels, first.unchanged) == (
        then.waiting,
        then.reviews,
        then.labels,
        then.unchanged,
    )
    record = other.record_of("L1")
    assert record.stage == stage
    assert record.score() == by.model.score_state(record.profile, record.tally.state, NOW, None, record.state)
    assert other.waiting(now=NOW) == first.waiting
    assert other.release(now=NOW).counts == first.waiting.counts
