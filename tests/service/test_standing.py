"""Where all leads stand, and what is still to go out, in numbers."""

from datetime import timedelta

from leadqual.lifecycle.nurtureinputs import EnrolmentChange
from leadqual.service import QualificationService, Standing
from leadqual.service.outbox import MOST_ATTEMPTS
from tests.core.lifecycle.small import BIG
from tests.core.qualifier.nurtured import by, mail, sequence
from tests.practice.life import on

from .hosts import SMALL, act, hosted, lead

NOBODY = Standing(stages={}, held={}, waiting=0, claimed=0, dead=0, next_effect=None, next_tick=None)
LEASE = timedelta(minutes=5)


def test_empty_store_has_nobody(store):
    """Nothing stands anywhere, nothing is due."""
    assert QualificationService(SMALL, store).standing() == NOBODY


def test_leads_are_counted_where_they_stand(store):
    """By the stage in which each is after its last command; of two that were merged only the one that goes on."""
    service = hosted(store, "L1", "L2", "L3", "L4")
    service.record([act("e1", "L1"), act("e2", "L2", "ask")], now=on(1))
    assert service.standing().stages == {"lead": 2, "mql": 1, "sql": 1}
    service.merge("L1", "L3", now=on(1))
    assert service.standing().stages == {"lead": 1, "mql": 1, "sql": 1}
    service.erase("L2", now=on(2))
    assert service.standing().stages == {"lead": 1, "mql": 1}


def test_held_leads_are_counted_by_what_holds_them(store):
    """They stand where they stand, and wait."""
    service = QualificationService(SMALL, store)
    leads = [lead(name, attributes=BIG) for name in ("L1", "L2")]
    service.import_leads(leads, {"L1": [act("e1", "L1", day=9)]}, now=on(10))
    standing = service.standing()
    assert (standing.stages, standing.held) == ({"lead": 2}, {"import": 2})
    service.release(now=on(10))
    assert service.standing().held == {}


def test_effects_are_counted_until_they_are_over(store):
    """They wait, are claimed, are done; the first of them says since when something could go out."""
    service = hosted(store, "L1", "L2")
    service.record([act("e1", "L1", "ask")], now=on(1))
    decided = service.standing()
    assert (decided.waiting > 1, decided.claimed, decided.dead) == (True, 0, 0)
    assert decided.next_effect == on(1)
    first, *others = service.effects(now=on(2), lease=LEASE)
    claimed = service.standing()
    assert (claimed.waiting, claimed.claimed, claimed.next_effect) == (0, decided.waiting, on(2) + LEASE)
    service.failed(first, now=on(2))
    for claim in others:
        service.done(claim, now=on(2))
    failed = service.standing()
    assert (failed.waiting, failed.claimed, failed.next_effect) == (1, 0, on(2) + timedelta(minutes=1))
    for day in range(3, 3 + MOST_ATTEMPTS):
        for claim in service.effects(now=on(day)):
            service.failed(claim, now=on(day))
    given_up = service.standing()
    assert (given_up.waiting, given_up.claimed, given_up.dead, given_up.next_effect) == (0, 0, 1, None)


def test_next_tick_is_that_of_the_lead_that_is_due_first(store):
    """As `next_due` says by itself."""
    service = hosted(store, "L1", "L2", by=by(sequence("one", mail("a"), mail("b", "4d"))))
    for number, lead_id in enumerate(("L1", "L2")):
        service.handle(lead_id, EnrolmentChange(change="enrol", sequence="one"), now=on(1 + number))
    for claim in service.effects(now=on(2)):
        service.done(claim, now=on(2))
    assert service.standing().next_tick == service.next_due() == on(5)


def test_tenants_are_counted_apart(store):
    """Nobody sees in numbers either what belongs to another."""
    service, other = hosted(store, "L1", "L2"), hosted(store, "L1", tenant="other")
    other.record([act("e1", "L1", "ask")], now=on(1))
    assert service.standing().stages == {"lead": 2}
    assert service.standing().waiting == 0
    assert other.standing().stages == {"sql": 1}
