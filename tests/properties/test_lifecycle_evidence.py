"""What moves a lead by itself is evidence: fresh, its own, enough, and used once."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from leadqual import Event, Tick, Verdict
from leadqual.lifecycle.facts import HandRaised

from .lives import DAY, START, Host, act_of, deeds, lead_of, lived, qualifier_of

own_kinds = st.sampled_from(["visit", "reply", "open", "careers"])
some_hours = st.integers(0, 400).map(lambda n: timedelta(hours=n))
walks = st.lists(st.tuples(st.integers(0, 96).map(lambda n: timedelta(hours=n)), own_kinds), min_size=1, max_size=14)


@given(st.permutations(["reply", "visit", "visit", "reply"]), st.lists(some_hours, min_size=4, max_size=4))
def test_events_that_each_suffice_give_one_mql(kinds, hours):
    """However many acts reach the bar, and in whatever order they become known, the lead becomes an MQL once."""
    qualifier = qualifier_of(stay=False)
    host = Host(qualifier, lead_of("inbound", "small"))
    now = START + max(hours)
    for number, (kind, late) in enumerate(zip(kinds, hours, strict=True)):
        host.handle(act_of(number, kind, now - late), now)
    assert [fact.to for fact in host.changes] in ([], ["mql"])
    assert host.changes or not host.record.score().qualifies


@given(walks)
def test_stages_follow_the_bars_like_a_switch(walk):
    """Between two crossings of the bars nothing moves: the table is what a switch with two thresholds would do."""
    qualifier = qualifier_of(slas=False, interest="keep")
    host, stage = Host(qualifier, lead_of()), "lead"
    known: list[Event] = []

    def bars(now):
        score = qualifier.model.score(lead_of(), known, now=now)
        return score.qualifies, score.stays

    def up(reached):
        return "sql" if "sql" in reached else "mql" if "mql" in reached and stage != "sql" else None

    for number, (wait, kind) in enumerate(walk):
        now = host.now + wait
        while host.now + DAY < now:
            host.handle(Tick(), host.now + DAY)
            if stage in ("mql", "sql") and stage not in bars(host.now)[1]:
                stage = "recycle"
            assert host.record.stage == stage
        host.handle(Tick(), now)
        if stage in ("mql", "sql") and stage not in bars(now)[1]:
            stage = "recycle"
        now += timedelta(seconds=1)  # what happens in the instant of a fall is no act after it
        event = act_of(number, kind, now)
        known.append(event)
        reached, kept = bars(now)
        rested = stage == "recycle"
        interaction = kind in ("visit", "reply")
        if stage in ("lead", "mql") or (rested and interaction):
            better = up(reached)
            stage = better if better and better != stage else "lead" if rested else stage
        if stage in ("mql", "sql") and stage not in kept:
            stage = "recycle"
        host.handle(event, now)
        assert host.record.stage == stage


@given(deeds, st.lists(st.tuples(own_kinds | st.just("demo"), some_hours), min_size=1, max_size=5))
def test_late_events_never_wake_a_resting_lead(story, late):
    """What a lead did before it went to rest, or at that instant, does not end the rest, whenever it becomes known."""
    qualifier = qualifier_of(interest="keep")
    host = lived(qualifier, lead_of("inbound"), story)
    assume(host.handle(Verdict("maybe", reason="timing"), host.now) is not None)
    rested, facts = host.now, list(host.facts)
    for number, (kind, hours) in enumerate(late):
        old = rested - hours - (30 * DAY if kind == "demo" else 0 * DAY)
        host.handle(act_of(900 + number, kind, old), rested + number * DAY + timedelta(hours=1))
        assert host.record.stage == "recycle"
    assert host.facts[: len(facts)] == facts
    host.refold()
    host.handle(act_of(950, "visit", host.now), host.now)
    assert host.record.stage != "recycle"


@given(deeds, st.lists(st.tuples(own_kinds, some_hours), max_size=4))
def test_late_events_leave_history_as_it_is(story, late):
    """Facts that stand are never changed, removed or dated anew; late events add to them at most."""
    host = lived(qualifier_of(), lead_of(), story)
    facts, changes = list(host.facts), list(host.changes)
    for number, (kind, hours) in enumerate(late):
        host.handle(act_of(900 + number, kind, START - hours), host.now)
    assert host.facts[: len(facts)] == facts
    assert host.changes[: len(changes)] == changes
    assert all(one.at <= other.at for one, other in pairwise(host.changes))


@given(st.lists(st.tuples(st.integers(0, 400).map(lambda n: timedelta(hours=n)), own_kinds), min_size=1, max_size=12))
def test_a_returned_lead_waits_for_new_acts_and_thirty_days(walk):
    """After a return the score promotes nobody before 30 days are over, nor without an interaction since."""
    qualifier = qualifier_of(stay=False)
    host = Host(qualifier, lead_of())
    host.handle(act_of(1, "demo", START), START)
    returned = START + timedelta(hours=1)
    host.handle(Verdict("return", reason="timing"), returned)
    assert host.record.stage == "mql"
    new = False
    for number, (wait, kind) in enumerate(walk):
        now = host.now + wait
        event = act_of(10 + number, kind, now)
        host.handle(event, now)
        new = new or (kind in ("visit", "reply") and now > returned)
        free = new and now >= returned + 30 * DAY
        assert host.record.stage == ("sql" if free and "sql" in host.record.score().qualifies else "mql")
        if host.record.stage == "sql":
            return


@given(st.integers(0, 60 * 24).map(lambda n: timedelta(hours=n)), st.sampled_from(["lead", "recycle", "lost"]))
def test_a_hand_raise_is_valid_for_thirty_days_from_its_instant(late, stage):
    """One that becomes known later than that does nothing; a fresh one leads to sales, if it is newer than the end."""
    host = Host(qualifier_of(), lead_of(), START)
    known = START + 90 * DAY
    if stage != "lead":
        host.handle(Verdict("maybe" if stage == "recycle" else "no", reason="timing"), START + 75 * DAY)
        assert host.record.stage == stage
    event = act_of(1, "demo", known - late)
    host.handle(event, known)
    fresh = late <= 30 * DAY
    newer = stage == "lead" or event.at > START + 75 * DAY
    raised = [fact for fact in host.facts if isinstance(fact, HandRaised)]
    if late not in (30 * DAY, 15 * DAY):
        assert (host.record.stage == "sql") == (fresh and newer)
        assert fresh or not raised
    assert all(fact.until == event.at + 30 * DAY for fact in raised)


@given(st.sampled_from(["poor", "gated", "disqualified"]), deeds)
def test_who_is_disqualified_moves_by_nobody_but_a_person(why, story):
    """After a disqualification nothing moves the lead, starts an SLA or enrols it before it is reinstated."""
    host = lived(qualifier_of(), lead_of(), [deed for deed in story if deed.name != "disqualify"])
    assume(host.handle(Verdict("disqualify", reason=why), host.now) is not None)
    facts, effects, stage = len(host.facts), len(host.effects), host.record.stage
    assert host.record.state.sla is None
    for number, kind in enumerate(("reply", "demo", "visit", "reply")):
        host.handle(act_of(900 + number, kind, host.now), host.now + DAY)
    host.tick_until(host.now + 900 * DAY)
    assert host.record.stage == stage
    names = {fact.name for fact in host.facts[facts:]}
    assert not names & {"stage_changed", "sla_started", "sla_breached", "woken", "recycled", "cycle_started"}
    assert not {effect.name for effect in host.effects[effects:]} & {"enrol", "hand_off", "notify", "escalate"}
