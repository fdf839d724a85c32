"""Traps that cost trust, as far as a lead's life has to do with them, each as a test.

Files with wrong dates and naive times are tested where files are read; what is sent, and when, with the planner.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from leadqual import Event, EventError, Flag, InputRefused, Lead, Qualifier, TransitionError, Verdict
from leadqual.lifecycle.facts import Merged
from tests.practice.life import GOOD, MIDDLING, POOR, STANDARD, VAGUE, Life, details, effects_of, on, qualifier

STAY = 'stay = { field = "interest", op = "ge", value = 3 }'
STRICTER = qualifier(("A = 52", "A = 61"), ("points = 5\n", "points = 2\n"), (STAY, STAY.replace("3", "7")))
"""The starter playbook after a change: no grade A for anybody, less for webinars, and a higher bar to stay an MQL."""


def _merged(one: Life, other: Life, day: float, **more: Any) -> Life:
    """Let the first life go on for both."""
    one.events += other.events
    one.last = one.by.merge(one.record, other.record, one.events, now=on(day), **more)
    one.facts += [fact for fact in one.last.facts if fact.lead_id == one.lead.id]
    one.effects += one.last.effects
    return one


def _other(attributes: dict[str, Any] = GOOD, **more: Any) -> Life:
    """Return the life of another lead, whose events have ids of their own."""
    life = Life(attributes, **{"id": "L2", "email": "ana.garcia@b.example"} | more)
    life.events.append(Event(id="begin", lead_id="L2", kind="first_seen", at=on(-1)))
    return life


# Merged leads


def test_merged_leads_unite_their_events_and_never_add_their_scores():
    """What each did earns what one lead would have earned by both, under its limits."""
    one, other = Life(), _other()
    one.does("webinar_attended", 1)
    other.does("webinar_attended", 2)
    other.does("webinar_attended", 3)
    apart = one.record.score(on(4)).interest + other.record.score(on(4)).interest
    both = _merged(one, other, 4)
    again = both.record.model.score(both.record.lead, both.events, now=on(4))
    assert both.record.score().interest == again.interest
    assert both.record.score().interest < apart


def test_merged_leads_count_one_delivery_under_both_ids_once():
    """The same event, delivered for either lead, is one event after the merge and no conflict."""
    one, other = Life(), _other()
    one.does("download", 1, asset="guide")
    same = Event(id=one.events[0].id, lead_id="L2", kind="download", at=on(1), properties={"asset": "guide"})
    other.takes(same, 1)
    both = _merged(one, other, 2)
    assert both.record.score().interactions == 1


def test_merged_lead_takes_later_events_of_either_id():
    """What is still delivered under the old id is the merged lead's."""
    both = _merged(Life(), _other(), 1)
    late = Event(id="e9", lead_id="L2", kind="demo_request", at=on(2))
    both.takes(late, 2)
    assert both.stage == "sql"


def test_merge_can_be_undone():
    """Each lead stands again where it stood, with its own events and its own score."""
    one, other = Life(), _other()
    one.warms_up(0)
    other.does("demo_request", 2)
    apart = [(life.record.stage, life.record.score(on(3)).interest) for life in (one, other)]
    profiles = (one.lead, other.lead)
    both = _merged(one, other, 3)
    [merge] = [fact for fact in both.last.facts if isinstance(fact, Merged)]
    back = both.by.unmerge(both.record, merge, profiles, events=both.events, now=on(3))
    assert [(outcome.record.stage, outcome.record.score().interest) for outcome in back] == apart


def test_merge_that_is_undone_does_not_undo_a_withdrawal():
    """Who withdrew while the two were one has withdrawn for both."""
    one, other = Life(), _other()
    profiles = (one.lead, other.lead)
    both = _merged(one, other, 1)
    [merge] = [fact for fact in both.last.facts if isinstance(fact, Merged)]
    both.consents(False, 2)
    back = both.by.unmerge(both.record, merge, profiles, events=both.events, now=on(3))
    assert [outcome.record.state.consents_to("email", "newsletter") for outcome in back] == [False, False]


@pytest.mark.parametrize(
    ("first", "second", "both"), [(True, True, True), (True, False, False), (False, True, False), (True, None, None)]
)
def test_merged_leads_unite_withdrawals_and_intersect_consents(first, second, both):
    """Only what both agreed to is agreed; what either withdrew is withdrawn."""
    lives = (Life(), _other())
    for life, given in zip(lives, (first, second), strict=True):
        if given is not None:
            life.consents(given, 1)
    assert _merged(*lives, 2).record.state.consents_to("email", "newsletter") is both


@pytest.mark.parametrize("turned", [False, True])
def test_merged_leads_stand_where_the_open_cycle_stands(turned):
    """A lost lead and one that is worked on are one that is worked on, whichever goes on."""
    lost, worked_on = (_other(), Life()) if turned else (Life(), _other())
    lost.is_said("accept", 0.1)
    lost.is_said("no", 1)
    worked_on.warms_up(1)
    assert _merged(*((worked_on, lost) if turned else (lost, worked_on)), 3).stage == "mql"


def test_merged_leads_stand_at_the_furthest_of_two_open_stages():
    """An SQL that turns out to be a lead of yesterday is an SQL."""
    fresh, advanced = Life(), _other()
    advanced.does("demo_request", 1)
    both = _merged(fresh, advanced, 2)
    assert (both.stage, both.record.state.furthest, both.record.lead.id) == ("sql", "sql", "L1")


def test_merged_leads_keep_the_acquisition_of_the_earliest_capture():
    """Who came by itself in January was not won by the call in March."""
    called, came = Life(acquisition="outbound", opened=60), _other(acquisition="inbound")
    both = _merged(called, came, 61)
    assert (both.record.state.acquisition, both.record.lead.acquisition) == ("inbound", "inbound")


@pytest.mark.parametrize("box", ["info@b.example", "compras@b.example", "Info@B.example"])
def test_shared_box_never_merges_people(box):
    """Two who write from the purchasing department's address are two, unless a person says otherwise."""
    one, other = Life(email=box), _other(email=box.lower())
    with pytest.raises(InputRefused, match="several people"):
        _merged(one, other, 1)
    assert _merged(Life(email=box), _other(email=box.lower()), 1, confirmed=True).record.lead.merged_ids == ("L2",)


def test_merge_promotes_nobody():
    """Two halves of an MQL become one by their next act, or when a person releases them."""
    one, other = Life(), _other()
    one.does("page_view", 1, page="/pricing")
    other.does("page_view", 2, page="/pricing")
    both = _merged(one, other, 3)
    assert ("mql" in both.record.score().qualifies, both.stage) == (True, "lead")
    both.is_released(3)
    assert both.stage == "mql"


def test_merged_lead_keeps_the_hand_raise_that_is_still_valid():
    """The request of either is the request of both, also when the other's has run out."""
    one, other = Life(email="a@rival.example"), _other(email="b@rival.example")
    one.does("demo_request", 0)
    other.does("demo_request", 20)
    both = _merged(one, other, 40)
    both.becomes(GOOD, 41, email="a@b.example")
    assert both.stage == "sql"


def test_merged_lead_that_a_person_has_touched_stays_touched():
    """A seller's MQL does not cool away because a second copy of it was found."""
    one, other = Life(), _other()
    one.warms_up(0)
    other.warms_up(0)
    other.does("call", 1.01, by="us")
    both = _merged(one, other, 2)
    both.passes(300)
    assert both.stage == "mql"


def test_merged_lead_remembers_that_sales_has_returned_it():
    """A second copy of a returned lead is no way around the thirty days."""
    one, other = Life(), _other()
    one.warms_up(0)
    other.does("demo_request", 0)
    other.is_said("return", 1, reason="too early")
    both = _merged(one, other, 2)
    both.does("trial_start", 3)
    assert ("sql" in both.record.score().qualifies, both.stage) == (True, "mql")


def test_lead_that_was_merged_away_is_told_apart_and_takes_nothing_more():
    """Its history ends with where it went, and whoever handles it still is told so."""
    one, other = Life(), _other()
    out = _merged(one, other, 1).last
    assert [(fact.name, fact.lead_id) for fact in out.facts] == [("merged", "L1"), ("absorbed", "L2")]
    gone = other.by.restore(other.lead, [*other.facts, out.facts[1]], other.events, now=on(1))
    with pytest.raises(TransitionError, match="has gone into another"):
        other.by.handle(gone, Verdict("maybe"), now=on(2))
    assert other.by.next_due(gone) is None


# Bots and mail scanners


def test_flagged_event_leaves_the_score_and_lifting_the_flag_restores_it():
    """A scanner's clicks earn nothing, and what was no scanner's earns what it did."""
    life = Life()
    clicked = life.event("email_click", 1, email_id="m1")
    life.takes(clicked, 1)
    before = life.record.score(on(2)).interest
    life.is_flagged(clicked, 2)
    assert (life.record.score().interest, life.record.score().active_days) == (0, 0)
    life.is_flagged(clicked, 2, lifted=True)
    assert life.record.score().interest == before


def test_flag_never_undoes_a_stage_and_offers_a_review():
    """An MQL by the clicks of a machine stays an MQL until a person has looked."""
    life = Life()
    views = [life.event("page_view", day, page="/pricing") for day in (0, 1)]
    for view in views:
        life.takes(view, (view.at - on(0)) / timedelta(days=1))
    life.is_flagged(views[0], 2)
    assert life.record.state.review is None
    life.is_flagged(views[1], 2)
    assert (life.stage, life.record.state.review) == ("mql", "flag")
    assert [effect.name for effect in life.effects].count("review") == 1
    life.passes(300)
    assert life.stage == "mql"


def test_flagged_event_does_not_wake_when_it_was_flagged_before_it_came():
    """The flag may come before the event: then the event does nothing."""
    life = Life(acquisition="outbound")
    life.is_said("maybe", 1, reason="timing")
    scanned = life.event("email_click", 10, email_id="m1")
    life.is_flagged(scanned, 10)
    life.takes(scanned, 10)
    assert (life.stage, life.record.score().interest) == ("recycle", 0)


def test_lead_decides_nothing_by_itself_between_a_flag_and_its_refold():
    """Until the events are folded anew nobody knows the score, so it promotes nobody."""
    life = Life()
    view = life.event("page_view", 0, page="/pricing")
    life.takes(view, 0)
    life.takes(Flag(event_id=view.id, flag="bot"), 1)
    assert life.record.stale
    life.does("page_view", 1, page="/pricing")
    assert life.stage == "lead"
    life.is_folded_anew(2)
    assert not life.record.stale


def test_hand_raise_of_a_machine_leads_nowhere():
    """A request that waits behind a gate and turns out to be a scanner's is no request any more."""
    life = Life(email="a@rival.example")
    asked = life.event("demo_request", 0)
    life.takes(asked, 0)
    life.is_flagged(asked, 1)
    life.becomes(GOOD, 2, email="a@b.example")
    assert life.stage == "lead"


# Import with a wrong date


def test_event_dated_long_after_now_is_refused_and_changes_nothing():
    """A month and a day swapped must not decide anything in the spring to come."""
    life = Life()
    before = life.record
    with pytest.raises(EventError, match="long after now"):
        life.does("demo_request", 60, known=1)
    assert life.record == before


def test_event_dated_a_little_ahead_waits_until_it_is_due():
    """A clock that is some minutes fast is no reason to lose an event; it counts when its time has come."""
    life = Life()
    life.does("demo_request", 1.01, known=1)
    assert (life.stage, life.by.next_due(life.record)) == ("lead", on(1.01))
    life.wakes()
    assert life.stage == "sql"


# Trade-show scan


def test_scan_that_is_uploaded_days_later_counts_from_the_scan():
    """Its points fade from the day at the stand, and the fact says both when it was and when we knew."""
    life = Life(MIDDLING)
    life.does("meeting_in_person", 0)
    life.does("booth_scan", 1, known=9)
    assert life.record.score() == life.record.model.score(life.record.lead, life.events, now=on(9))
    asked = life.does("demo_request", 5, known=10)
    fact = next(fact for fact in asked.facts if fact.name == "stage_changed")
    assert (fact.at, fact.known_at) == (on(5), on(10))


# Bulk back-fill


def _history(*acts: tuple[str, float]) -> tuple[Event, ...]:
    return tuple(
        Event(id=f"h{i}", lead_id="L1", kind=kind, at=on(day), properties={"page": "/pricing"})
        for i, (kind, day) in enumerate(acts)
    )


def test_back_fill_promotes_and_notifies_nobody():
    """A list of years of events is folded; its facts say `import`, and no effect comes of it."""
    life = Life(history=_history(("page_view", -3), ("trial_start", -2), ("demo_request", -1)), imported=True)
    assert (life.stage, life.effects) == ("lead", [])
    assert {fact.cause.kind for fact in life.facts if fact.name == "opened"} == {"import"}
    assert life.record.score().interest > 0


def test_back_fill_is_released_by_a_person():
    """What would have become of it becomes of it then, with the cause said."""
    life = Life(history=_history(("page_view", -3), ("page_view", -2)), imported=True)
    out = life.is_released(1, cause="import")
    assert life.stage == "mql"
    assert details(out, "stage_changed")["cause"].kind == "import"


def test_back_fill_is_counted_before_it_is_released():
    """First how many would become what, then so many of them a day, the most promising first."""
    records = []
    for number, acts in enumerate((("page_view", "page_view"), ("page_view",), ("page_view", "demo_request"))):
        events = [
            Event(id=f"h{number}-{i}", lead_id=f"L{number}", kind=kind, at=on(i - 5), properties={"page": "/pricing"})
            for i, kind in enumerate(acts)
        ]
        lead = Lead(id=f"L{number}", acquisition="inbound", attributes=GOOD)
        records.append(STANDARD.open(lead, events, now=on(0), imported=True).record)
    backlog = STANDARD.waiting(records, now=on(0))
    assert backlog.counts == {"mql": 1, "sql": 1}
    assert {record.stage for record in records} == {"lead"}


@pytest.mark.parametrize(("asked_on", "stage"), [(-31, "lead"), (-29, "sql")])
def test_back_fill_does_nothing_for_hand_raises_older_than_thirty_days(asked_on, stage):
    """Who asked two years ago is not called as if it had asked today."""
    life = Life(
        POOR | {"job_title": "CTO", "department": "IT"}, history=_history(("demo_request", asked_on)), imported=True
    )
    life.is_released(0.5, cause="import")
    assert life.stage == stage


def test_late_hand_raise_that_is_older_than_thirty_days_does_nothing():
    """The same holds for one that arrives late, one by one."""
    life = Life(POOR)
    out = life.does("demo_request", 1, known=32)
    assert (out.facts, life.stage) == ((), "lead")


def test_bought_list_is_outbound_and_has_no_consent():
    """Nothing is known of what its people agreed to; they are worked on fit alone, and only when released."""
    life = Life(acquisition="outbound", imported=True)
    assert (life.names(), life.record.state.consents_to("email", "newsletter")) == (["opened"], None)
    out = life.is_released(1, cause="import")
    assert (life.stage, life.names(out)) == ("lead", ["listed"])


# Employees and tests


@pytest.mark.parametrize("verdict", [None, "accept"])
def test_employee_is_gated_before_the_first_hand_off(verdict):
    """Whatever a colleague clicks, no seller hears of it; a person who says so nevertheless is obeyed."""
    life = Life(email="eva@ours.example")
    life.warms_up(0)
    life.does("demo_request", 2)
    assert [effect.name for effect in life.effects] == []
    assert (life.stage, life.record.score().gate) == ("lead", "own_domain")
    if verdict:
        life.is_said(verdict, 3)
        assert life.stage == "sql"


def test_gated_lead_keeps_its_score_so_that_a_test_of_the_launch_shows_the_path():
    """The test lead of the launch earns its points and label; it only qualifies for nothing."""
    life = Life(email="eva@ours.example")
    life.warms_up(0)
    score = life.record.score()
    assert (score.label, score.qualifies) == ("A3", frozenset())


# Re-opened deal


def test_reopened_deal_counts_its_amount_once():
    """Won, undone and won again for less: the last amount stands, and the first end is marked superseded."""
    life = Life()
    life.is_said("yes", 1, amount=1000, currency="EUR")
    life.is_said("reopen", 10)
    assert (life.record.state.amount, life.record.state.superseded) == (None, 1)
    life.is_said("yes", 20, amount=Decimal("800.50"), currency="EUR")
    assert (life.record.state.amount, life.record.state.cycle) == (Decimal("800.50"), 1)
    assert [vars(fact)["amount"] for fact in life.facts if fact.name == "verdict_given"] == [
        1000,
        None,
        Decimal("800.50"),
    ]


def test_reopened_deal_is_one_end_when_ends_are_counted():
    """The won fact stays in the history; less the superseded ones there is one."""
    life = Life()
    life.is_said("yes", 1, amount=1000, currency="EUR")
    life.is_said("reopen", 10)
    life.is_said("no", 20, reason="price")
    ends = [
        vars(fact)["to"] for fact in life.facts if fact.name == "stage_changed" and vars(fact)["to"] in ("won", "lost")
    ]
    assert (ends, life.record.state.superseded) == (["won", "lost"], 1)


def test_lost_lead_that_returns_by_itself_brings_no_old_interest_and_its_old_reason():
    """Its next cycle begins with nothing but the request; the seller sees why the last one ended."""
    life = Life()
    life.warms_up(0)
    life.does("trial_start", 2)
    life.is_said("no", 3, reason="price", actor="bea")
    out = life.does("demo_request", 200)
    assert life.record.score().interest == 13
    assert (details(out, "hand_off")["previous_reason"], details(out, "hand_off")["owner"]) == ("price", "bea")


# Model change in the quarter


def test_changed_model_demotes_nobody_and_offers_a_review():
    """An MQL that the new playbook would not have made stays one, and a person is asked."""
    life = Life()
    life.warms_up(0)
    out = life.is_folded_anew(2, by=STRICTER)
    assert "mql" not in life.record.score().stays
    assert (life.stage, life.record.state.review, effects_of(out)[-1]) == ("mql", "model", "review")
    life.passes(300)
    assert life.stage == "mql"


def test_changed_model_promotes_only_when_it_is_released():
    """Who would be an MQL under the new playbook waits for the release, and its facts say which model it was."""
    life = Life(MIDDLING, by=STRICTER)
    life.does("webinar_attended", 0)
    life.does("webinar_attended", 1)
    assert life.stage == "lead"
    life.is_folded_anew(2, by=STANDARD)
    life.passes(3)
    assert ("mql" in life.record.score().qualifies, life.stage) == (True, "lead")
    out = life.is_released(3)
    assert (life.stage, details(out, "stage_changed")["cause"].kind) == ("mql", "rescore")
    assert details(out, "stage_changed")["model"] == STANDARD.model.fingerprint


def test_changed_model_leaves_the_history_as_it_was():
    """Facts of before keep the fingerprint and the scores they were decided with, so figures can be split by it."""
    life = Life()
    life.warms_up(0)
    before = list(life.facts)
    life.is_folded_anew(2, by=STRICTER)
    assert life.facts[: len(before)] == before
    [moved] = [vars(fact) for fact in before if fact.name == "stage_changed"]
    assert (moved["model"], moved["label"]) == (STANDARD.model.fingerprint, "A3")


# Unsubscribe


def test_unsubscribe_costs_no_fit_and_leaves_other_channels():
    """It withdraws that purpose on that channel at once; score, stage, running SLA and the telephone stay."""
    life = Life()
    life.does("demo_request", 0)
    before = life.record.score()
    running = life.record.state.sla
    out = life.consents(False, 0.01)
    assert details(out, "unenrol")["channel"] == "email"
    assert (life.record.score().fit, life.record.score().interest) == (before.fit, before.interest)
    assert (life.stage, life.record.state.sla) == ("sql", running)
    assert life.record.state.consents_to("phone", "newsletter") is None


def test_unsubscribe_is_a_decision_and_not_an_event():
    """A scanner that follows the link, told as an event, withdraws nothing."""
    life = Life()
    life.consents(True, 1)
    life.does("unsubscribe_link_opened", 2)
    assert life.record.state.consents_to("email", "newsletter") is True


# Changed job


def test_changed_job_is_a_new_profile_from_its_date_and_fit_follows_it():
    """From then on the new company is what is scored; what was decided before stays as it was."""
    life = Life()
    life.warms_up(0)
    life.becomes(VAGUE, 5, since=4)
    assert (life.record.score().fit, life.stage) == (8, "mql")
    assert [vars(fact)["fit"] for fact in life.facts if fact.name == "stage_changed"] == [6000]


def test_changed_job_of_long_ago_that_arrives_late_changes_nothing():
    """The newest profile counts, not the one that came last; the late one is noted."""
    life = Life()
    life.becomes(MIDDLING, 5, since=4)
    late = life.becomes(POOR, 6, since=3)
    assert life.names(late) == ["profile_changed"]
    assert life.record.lead.attributes["job_title"] == "Manager"
    assert life.record.score().fit == 50


def test_changed_job_may_promote_at_once():
    """A profile change is an input like an act: the reader who became CTO is an MQL by it."""
    life = Life(POOR)
    life.warms_up(0)
    life.does("download", 2, asset="guide")
    assert life.stage == "lead"
    life.becomes(GOOD, 3)
    assert life.stage == "mql"


def test_record_is_never_changed_by_what_is_refused():
    """An illegal input says what is wrong and leaves everything as it was."""
    life = Life()
    before = life.record
    again = Qualifier(life.by.playbook).open(life.lead, now=on(0)).record
    for refused in (Verdict("reopen"), Verdict("return", reason="too early")):
        with pytest.raises(TransitionError):
            life.takes(refused, 1)
    assert before == again == life.record
