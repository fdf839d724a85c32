"""What goes out: claimed, carried out, done or failed; each under one key, none twice at a time, none lost."""

from datetime import timedelta

import pytest

from leadqual import ClaimLost, ConsentChange, InputRefused
from leadqual.lifecycle.effects import TouchDue
from leadqual.lifecycle.nurtureinputs import EnrolmentChange
from leadqual.service.outbox import FIRST_WAIT, LONGEST_WAIT, MOST_ATTEMPTS
from tests.core.qualifier.nurtured import by, mail, sequence
from tests.practice.life import on

from .hosts import act, dump, hosted, keys_of

MINUTE = timedelta(minutes=1)
ONE = by(sequence("one", mail("a"), mail("b", "4d")))
BY_DAY = """
[nurture.windows."*"]
hours = ["09:00-17:00"]
"""
TOUCH = "L1:one:1:a:1"


def enrolled(store, qualifier=ONE):
    """Return a service with a lead in whose sequence a touch has come due."""
    service = hosted(store, "L1", by=qualifier)
    service.handle("L1", EnrolmentChange(change="enrol", sequence="one"), now=on(1))
    return service


def states(store):
    """Return the states of the effects by their kinds."""
    return sorted((row[2], row[3]) for row in dump(store)["effects"])


def touched(claims):
    """Return the touches that were claimed."""
    return [claim.effect.touch_key for claim in claims if isinstance(claim.effect, TouchDue)]


def outcomes(service, lead_id="L1"):
    """Return what became of the touches of a lead."""
    return {touch.step: touch.outcome for touch in service.record_of(lead_id).state.touches}


def test_effects_are_those_of_the_decisions(store):
    """In the order in which they were decided, each once while its lease lasts."""
    service = hosted(store, "L1", "L2")
    decided = []
    for number, lead_id in enumerate(["L1", "L2"]):
        found = service.record([act(f"e{number}", lead_id, "ask", 1 + number)], now=on(1 + number))
        decided += [effect for one in found.decisions for effect in one.effects]
    claims = service.effects(now=on(3))
    assert [claim.effect for claim in claims] == decided
    assert {claim.attempt for claim in claims} == {1}
    assert service.effects(now=on(3)) == ()


def test_effect_that_is_done_never_comes_again(store):
    """Said twice, the second changes nothing."""
    service = hosted(store, "L1")
    service.record([act("e1", kind="ask")], now=on(1))
    for claim in service.effects(now=on(1)):
        service.done(claim, now=on(1))
        before = dump(store)
        service.done(claim, now=on(1))
        assert dump(store) == before
    assert service.effects(now=on(9)) == ()
    assert {state for _, state in states(store)} == {"done"}


def test_effect_whose_lease_is_over_comes_again_under_its_key(store):
    """Whoever held it before is told when he comes late."""
    service = hosted(store, "L1")
    service.record([act("e1", kind="ask")], now=on(1))
    first = service.effects(now=on(1), lease=MINUTE)
    assert service.effects(now=on(1) + MINUTE / 2) == ()
    again = service.effects(now=on(1) + MINUTE)
    assert keys_of(again) == keys_of(first)
    assert {claim.attempt for claim in again} == {2}
    for claim in first:
        with pytest.raises(ClaimLost):
            service.done(claim, now=on(1))
        with pytest.raises(ClaimLost):
            service.failed(claim, now=on(1))
    for claim in again:
        service.done(claim, now=on(1))


def test_effect_that_fails_is_tried_later_and_given_up_in_the_end(store):
    """Twice as long each time, six hours at most; then it is among the dead, and may be revived."""
    service = hosted(store, "L1")
    service.record([act("e1", kind="ask")], now=on(1))
    now, waits, key = on(1), [], ""
    for _ in range(MOST_ATTEMPTS):
        claim = service.effects(now=now, limit=1)[0]
        key = claim.effect.key
        again = service.failed(claim, now=now, reason="timeout")
        if again is not None:
            waits.append(again - now)
            for other in service.effects(now=now):
                service.done(other, now=now)
            assert service.effects(now=again - MINUTE / 2) == ()
            now = again
    assert waits == [min(FIRST_WAIT * 2**n, LONGEST_WAIT) for n in range(MOST_ATTEMPTS - 1)]
    assert waits[-1] == LONGEST_WAIT
    assert max(waits) <= LONGEST_WAIT
    assert service.effects(now=on(99)) == ()
    (dead,) = service.dead()
    assert (dead.effect.key, dead.reason, dead.attempts) == (key, "timeout", MOST_ATTEMPTS)
    assert service.revive(dead.effect.key, now=on(99))
    assert not service.revive(dead.effect.key, now=on(99))
    assert service.dead() == ()
    assert keys_of(service.effects(now=on(99))) == [dead.effect.key]


def test_effect_that_nobody_answers_for_is_given_up(store):
    """Whoever claims it dies of it, each time."""
    service = hosted(store, "L1")
    service.record([act("e1", kind="ask")], now=on(1))
    count = len(service.effects(now=on(1), lease=MINUTE))
    for number in range(1, MOST_ATTEMPTS):
        assert len(service.effects(now=on(1) + number * MINUTE, lease=MINUTE)) == count
    assert service.effects(now=on(2)) == ()
    assert [dead.reason for dead in service.dead()] == ["no answer"] * count


def test_failing_effect_does_not_hold_up_others(store):
    """They are claimed one by one."""
    service = hosted(store, "L1", "L2")
    service.record([act("e1", "L1", "ask"), act("e2", "L2", "ask")], now=on(1))
    first, *others = service.effects(now=on(1))
    service.failed(first, now=on(1))
    for claim in others:
        service.done(claim, now=on(1))
    assert keys_of(service.effects(now=on(2))) == [first.effect.key]


def test_touch_is_reported_as_sent_once_it_is_done(store):
    """By the service itself, in the same transaction."""
    service = enrolled(store)
    (claim,) = service.effects(now=on(1))
    assert touched([claim]) == [TOUCH]
    assert outcomes(service) == {"a": "due"}
    service.done(claim, now=on(1))
    assert outcomes(service) == {"a": "sent"}


def test_touch_that_is_withdrawn_from_before_it_goes_never_does(store):
    """Its end is known at once; the host hears nothing of it."""
    service = enrolled(store)
    service.consent("L1", ConsentChange(channel="email", purpose="*", given=False), now=on(1.5))
    assert [claim.effect.name for claim in service.effects(now=on(1.5))] == ["unenrol"]
    assert outcomes(service) == {"a": "cancelled"}
    assert ("touch_due", "withdrawn") in states(store)


def test_touch_that_was_claimed_is_called_back_at_the_host(store):
    """It may have gone."""
    service = enrolled(store)
    service.effects(now=on(1))
    service.consent("L1", ConsentChange(channel="email", purpose="*", given=False), now=on(1))
    assert "cancel_touch" in [claim.effect.name for claim in service.effects(now=on(1))]


def test_touch_waits_for_its_hours(store):
    """It came due in time, and nobody asked before the evening."""
    service = enrolled(store, by(BY_DAY, sequence("one", mail("a"))))
    assert service.effects(now=on(1.5)) == ()
    assert service.effects(now=on(2) - MINUTE) == ()
    assert touched(service.effects(now=on(2))) == [TOUCH]


def test_touch_that_nobody_fetches_expires(store):
    """Its lead is told, and it never goes."""
    service = enrolled(store)
    assert service.effects(now=on(9)) == ()
    assert outcomes(service)["a"] == "expired"


def test_touch_that_may_not_go_any_more_is_skipped(store):
    """A playbook without its step is at work by now, which calls nothing back."""
    service = enrolled(store, by(sequence("one", mail("a"), mail("b"))))
    other = hosted(store, by=by(sequence("one", mail("b"))))
    assert touched(other.effects(now=on(1))) == ["L1:one:1:b:1"]
    assert outcomes(service) == {"a": "skipped", "b": "due"}


def test_time_passes_for_leads_that_are_due(store):
    """The next touch comes due, and is in the outbox."""
    service = enrolled(store)
    for claim in service.effects(now=on(1)):
        service.done(claim, now=on(1))
    assert service.next_due() == on(5)
    assert service.tick_due(now=on(4)).leads == 0
    found = service.tick_due(now=on(5))
    assert (found.leads, found.left, found.refused) == (1, False, ())
    assert touched(service.effects(now=on(5))) == ["L1:one:1:b:1"]
    assert service.tick_due(now=on(5)).leads == 0


def test_ticks_are_taken_a_few_at_a_time(store):
    """The earliest first, until none is left."""
    service = hosted(store, "L1", "L2", "L3", by=ONE)
    for number, lead_id in enumerate(["L1", "L2", "L3"]):
        service.handle(lead_id, EnrolmentChange(change="enrol", sequence="one"), now=on(1 + number / 10))
    found = service.tick_due(now=on(9), limit=2)
    assert ([one.lead_id for one in found.decisions], found.left) == (["L1", "L2"], True)
    while found.left or found.leads:
        found = service.tick_due(now=on(9), limit=2)
    assert all(outcomes(service, lead_id)["b"] == "due" for lead_id in ("L1", "L2", "L3"))


@pytest.mark.parametrize("limit", [0, -1, 1_001, 2.0, True, None])
def test_limits_are_whole_numbers(store, limit):
    """Within reason."""
    with pytest.raises(InputRefused):
        hosted(store).effects(now=on(1), limit=limit)


@pytest.mark.parametrize("lease", [timedelta(0), timedelta(days=8), 5, None])
def test_leases_are_spans(store, lease):
    """Within reason."""
    with pytest.raises(InputRefused):
        hosted(store).effects(now=on(1), lease=lease)


@pytest.mark.parametrize("claim", [None, "L1:1:notify"])
def test_what_was_not_claimed_is_not_done(store, claim):
    """Keys alone hold nothing."""
    service = hosted(store)
    with pytest.raises(InputRefused):
        service.done(claim, now=on(1))
    with pytest.raises(InputRefused):
        service.failed(claim, now=on(1))
    with pytest.raises(InputRefused):
        service.revive("", now=on(1))
