"""Rules of practice of a lead's life, each as a test; the starter playbook is what they are tried on.

Quiet hours, caps and the bases of consent have files of their own beside this one; of consent and exits, what a lead's
life has to do with them is tested here.
"""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from leadqual import TransitionError
from leadqual.errors import InputRefused
from leadqual.lifecycle.inputs import ConsentChange
from tests.practice.life import (
    GOOD,
    MIDDLING,
    POOR,
    STANDARD,
    VAGUE,
    WITHOUT_STAY,
    Life,
    details,
    effects_of,
    on,
    qualifier,
)

SUBSCRIBERS = qualifier(("[sla]", '[lifecycle]\npreset = "subscriber"\n\n[sla]'))


# Cold leads


@pytest.mark.parametrize("attributes", [GOOD, MIDDLING])
def test_cold_outbound_lead_is_listed_by_fit_alone_and_is_no_mql_by_that(attributes):
    """An outbound lead of grade A or B gets a task to approach it, stays a lead, and counts as no MQL."""
    life = Life(attributes, acquisition="outbound")
    assert life.names() == ["opened", "listed"]
    assert details(life.last, "create_task")["task"] == "approach"
    assert (life.stage, "mql" in life.record.state.visits) == ("lead", False)


@pytest.mark.parametrize("more", [{"acquisition": "inbound"}, {"acquisition": "outbound", "attributes": POOR}])
def test_cold_list_holds_neither_inbound_leads_nor_poor_fits(more):
    """Who came by itself is not approached cold, and neither is an outbound lead that does not fit."""
    assert Life(**more).names() == ["opened"]


def test_cold_outbound_lead_is_listed_once_when_its_profile_becomes_good():
    """A profile that is filled in later lists the lead then, and no second time."""
    life = Life(VAGUE, acquisition="outbound")
    assert life.names() == ["opened"]
    life.becomes(GOOD, 2)
    life.becomes(MIDDLING, 3)
    assert life.names().count("listed") == 1


@pytest.mark.parametrize("kind", ["email_reply", "call_answered"])
def test_cold_outbound_lead_becomes_mql_by_its_own_reply(kind):
    """Whatever its fit, the reply to our approach makes an outbound lead an MQL."""
    life = Life(VAGUE, acquisition="outbound")
    life.does("sales_email", 1, by="us")
    life.does(kind, 2)
    assert (life.stage, life.path()) == ("mql", ["reply to our approach"])


def test_cold_outbound_lead_becomes_sql_when_sales_accepts_it():
    """A seller who has talked to an outbound lead may take it as it is; the MQL that it skipped is noted."""
    life = Life(acquisition="outbound")
    accepted = life.is_said("accept", 1, actor="bea")
    assert (life.stage, details(accepted, "stage_changed")["skipped"]) == ("sql", ("mql",))


def test_cold_outbound_lead_becomes_sql_by_its_own_hand_raise():
    """An outbound lead that asks for sales is as good as any other that does."""
    life = Life(acquisition="outbound")
    life.does("contact_sales", 1)
    assert (life.stage, life.path()) == ("sql", ["hand-raise"])


def test_inbound_lead_becomes_no_mql_by_a_reply_alone():
    """The reply is a way for outbound leads; an inbound one needs its score."""
    life = Life(MIDDLING)
    life.does("email_reply", 1)
    assert life.stage == "lead"


# Hand-raise


@pytest.mark.parametrize("attributes", [GOOD, MIDDLING, VAGUE, {}])
def test_hand_raise_needs_no_score_when_the_fit_is_good_or_may_still_be(attributes):
    """Who asks for a demo goes to sales at once, also while nothing or little is known of it."""
    life = Life(attributes)
    raised = life.does("demo_request", 1)
    assert (life.stage, life.path()) == ("sql", ["hand-raise"])
    assert details(raised, "sla_started")["sla"] == "hand_raise"
    assert "hand_off" in effects_of(raised)


def test_hand_raise_of_a_plainly_poor_fit_is_an_mql_with_the_short_sla():
    """A student who asks for a demo is answered soon, but not by a seller."""
    life = Life(POOR)
    raised = life.does("demo_request", 1)
    assert (life.stage, life.path()) == ("mql", ["hand-raise of a poor fit"])
    assert details(raised, "sla_started")["due"] == on(1) + timedelta(hours=2)
    assert "hand_off" not in effects_of(raised)


@pytest.mark.parametrize("email", ["a@ours.example", "a@rival.example"])
def test_hand_raise_is_checked_against_the_gates_first(email):
    """A competitor or a colleague who asks for a demo goes nowhere."""
    life = Life(email=email)
    raised = life.does("demo_request", 1)
    assert (life.stage, raised.effects) == ("lead", ())


@pytest.mark.parametrize(("lifted_on", "stage"), [(30.9, "sql"), (31, "lead")])
def test_hand_raise_is_valid_for_thirty_days_from_its_instant(lifted_on, stage):
    """A gate that is lifted within thirty days lets the hand-raise through, later it does not."""
    life = Life(email="a@rival.example")
    life.does("demo_request", 1)
    life.becomes(GOOD, lifted_on, email="a@b.example")
    assert life.stage == stage


def test_hand_raise_is_valid_once():
    """After it has led to sales and sales has returned the lead, the same hand-raise does nothing more."""
    life = Life()
    life.does("demo_request", 1)
    life.is_said("return", 2, reason="too early")
    life.does("page_view", 3, page="/pricing")
    assert (life.stage, life.record.state.hand_raise) == ("mql", None)


def test_hand_raise_of_an_mql_of_poor_fit_shortens_its_sla():
    """An MQL that goes no further by asking is at least answered within the short time."""
    life = Life(POOR, by=qualifier(('hand_raise = "2h" ', 'hand_raise = "30m" ')))
    life.does("demo_request", 1)
    life.is_said("accept", 1.01)
    life.is_said("return", 1.02, reason="no budget")
    assert life.record.state.sla.sla == "mql"
    life.does("contact_sales", 1.03)
    assert (life.stage, life.record.state.sla.sla) == ("mql", "hand_raise")
    assert life.record.state.sla.due == on(1.03) + timedelta(minutes=30)


def test_hand_raise_never_gives_more_time_than_there_was():
    """Who asks again shortly before somebody has to act does not move that back."""
    life = Life(POOR)
    life.does("demo_request", 0)
    life.is_said("accept", 0.01)
    life.is_said("return", 1, reason="no budget")
    due = life.record.state.sla.due
    life.does("contact_sales", 1.99)
    assert life.record.state.sla.due <= due


# Up and down


def test_nobody_is_demoted_when_the_playbook_has_no_stay():
    """An MQL whose interest is gone stays an MQL, and nothing is ever due."""
    life = Life(by=qualifier(WITHOUT_STAY))
    life.warms_up(0)
    life.passes(2)
    assert life.by.next_due(life.record) is None
    life.passes(300)
    assert (life.stage, life.record.score().interest) == ("mql", 0)


def test_faded_mql_goes_to_recycle_as_cooled_and_not_to_lead():
    """Below `stay` an untouched MQL goes to rest, with the reason said, on the very day."""
    life = Life()
    life.warms_up(0)
    life.passes(3)
    cooled_on = life.wakes()
    assert details(life.last, "recycled")["reason"] == "cooled"
    assert life.stage == "recycle"
    assert life.record.model.score(life.lead, life.events, now=cooled_on).interest < 3
    assert life.record.model.score(life.lead, life.events, now=cooled_on - timedelta(microseconds=1)).interest >= 3


def _called(life):
    life.does("call", 2, by="us")


def _asked(life):
    life.is_said("accept", 2)
    life.is_said("return", 2.1, reason="too early")
    life.does("call", 2.2, by="us")


@pytest.mark.parametrize("worked_on", [_called, _asked])
def test_faded_mql_stays_when_somebody_has_touched_it(worked_on):
    """No MQL vanishes from a seller's list over night."""
    life = Life()
    life.warms_up(0)
    worked_on(life)
    life.passes(300)
    assert life.stage == "mql"


def test_faded_sql_stays_when_a_person_has_accepted_it():
    """What sales has accepted is only ended by sales."""
    life = Life(
        by=qualifier(
            (
                '"active_days", op = "ge", value = 2 },\n] }',
                '"active_days", op = "ge", value = 2 },\n] }\nstay = { field = "interest", op = "ge", value = 3 }',
            )
        )
    )
    life.is_said("accept", 1)
    life.passes(300)
    assert life.stage == "sql"


def test_faded_mql_stays_while_an_sla_runs():
    """Nobody is taken away within the time that somebody has to act on it."""
    life = Life(by=qualifier(('mql = "1d"', 'mql = "90d"')))
    life.warms_up(0)
    life.passes(100)
    assert life.record.score().interest < 3
    assert (life.stage, life.record.state.sla.sla) == ("mql", "mql")


def test_penalty_that_fades_at_midnight_promotes_nobody_until_the_lead_acts():
    """A lead that meets the bar because a penalty has run out stays where it is until its next act."""
    life = Life(by=qualifier(("decay = { window = 90 }", "decay = { window = 3 }")))
    for day in range(3):
        life.does("page_view", day, page="/careers")
    life.does("download", 2, asset="guide")
    life.does("download", 2, asset="prices")
    life.does("email_click", 2, email_id="m1")
    life.passes(7)
    assert ("mql" in life.record.score().qualifies, life.stage) == (True, "lead")
    life.does("newsletter_open", 7)
    assert life.stage == "mql"


# Return


def _returned() -> Life:
    life = Life()
    life.does("demo_request", 0)
    life.is_said("accept", 0.1)
    life.is_said("return", 1, reason="too early")
    return life


def test_returned_lead_is_not_sent_back_by_its_next_page_view():
    """Within thirty days no score brings a returned lead back to sales, however high it is."""
    life = _returned()
    for day in (2, 10, 20, 30.9):
        life.does("trial_start", day)
        life.does("page_view", day, page="/pricing")
    assert "sql" in life.record.score().qualifies
    assert life.stage == "mql"


def test_returned_lead_needs_new_evidence_even_after_thirty_days():
    """The points from before the return, however many are left, bring nobody back; a new interaction does."""
    life = Life()
    for day in (0, 1):
        life.does("webinar_attended", day)
    for asset in ("guide", "prices", "cases", "plan"):
        life.does("download", 1.1, asset=asset)
    life.does("demo_request", 1.2)
    life.is_said("return", 2, reason="too early")
    life.does("newsletter_open", 32.5)
    assert ("sql" in life.record.score().qualifies, life.stage) == (True, "mql")
    life.does("email_click", 33, email_id="m1")
    assert (life.stage, life.path()[-1]) == ("sql", "score for sales")


def test_returned_lead_comes_back_at_once_by_a_hand_raise():
    """Who asks for sales does not wait for a date."""
    life = _returned()
    raised = life.does("contact_sales", 2)
    assert life.stage == "sql"
    assert details(raised, "hand_off")["previous_reason"] == "too early"


# Verdicts


@pytest.mark.parametrize("before", ["lead", "mql", "sql"])
@pytest.mark.parametrize(("verdict", "stage"), [("yes", "won"), ("no", "lost"), ("maybe", "recycle")])
def test_verdict_is_legal_from_every_open_stage(before, verdict, stage):
    """A refusal of a cold call is as legal as a deal after a demo."""
    life = Life()
    if before == "mql":
        life.warms_up(0)
    elif before == "sql":
        life.is_said("accept", 1)
    assert life.stage == before
    life.is_said(verdict, 2, reason="timing")
    assert life.stage == stage


@pytest.mark.parametrize("before", ["lead", "mql", "sql"])
def test_verdict_disqualify_is_legal_from_every_open_stage(before):
    """Whoever is not ours to win can be taken out wherever it stands; its stage stays."""
    life = Life()
    if before == "mql":
        life.warms_up(0)
    elif before == "sql":
        life.is_said("accept", 1)
    life.is_said("disqualify", 2, reason="job_seeker")
    assert (life.stage, life.record.state.disqualified) == (before, "job_seeker")


def test_verdict_yes_of_a_cold_lead_notes_the_stages_that_it_skipped():
    """A deal from the first call is won, and the fact says what was left out."""
    won = Life(acquisition="outbound").is_said("yes", 1, amount=900, currency="EUR")
    assert details(won, "stage_changed")["skipped"] == ("mql", "sql")


def test_verdict_return_is_possible_only_where_sales_has_a_lead():
    """There is nothing to return from a lead that sales never had; the refusal says what is possible."""
    life = Life()
    with pytest.raises(TransitionError) as refused:
        life.is_said("return", 1, reason="too early")
    assert refused.value.allowed == ("yes", "no", "maybe", "accept", "disqualify")
    assert life.by.allowed(life.record) == refused.value.allowed


def test_lost_needs_an_explicit_no():
    """However cold a lead gets and however often it rests, only a person's `no` loses it."""
    assert [t.on for t in STANDARD.lifecycle.transitions if t.to == "lost"] == [("no",)]


# Not ours


def test_disqualified_lead_is_neither_lost_nor_maybe_and_everything_is_withdrawn():
    """The stage stays; the SLA, the hand-off and the touches are taken back."""
    life = Life()
    life.does("demo_request", 0)
    out = life.is_said("disqualify", 0.01, reason="competitor")
    assert life.names(out) == ["verdict_given", "sla_withdrawn"]
    assert effects_of(out) == ["unenrol", "withdraw_hand_off"]
    assert life.stage == "sql"


def test_disqualified_lead_shows_its_reason_as_a_gate():
    """The score names the reason, and qualifies for nothing, until the lead is reinstated."""
    life = Life()
    life.warms_up(0)
    life.is_said("disqualify", 2, reason="competitor")
    score = life.record.score()
    assert (score.gate, score.qualifies, score.stays) == ("competitor", frozenset(), frozenset())
    life.is_said("reinstate", 3)
    assert (life.record.score().gate, life.record.score().qualifies) == (None, {"mql"})


def test_disqualified_lead_is_promoted_by_nothing_and_reinstated_goes_on():
    """Neither a hand-raise nor a score moves it; reinstated, the hand-raise that is still valid does."""
    life = Life()
    life.is_said("disqualify", 0, reason="job_seeker")
    life.warms_up(1)
    life.does("demo_request", 3)
    assert life.stage == "lead"
    life.is_said("reinstate", 4)
    assert (life.stage, life.record.state.disqualified) == ("sql", None)


def test_disqualified_lead_takes_no_other_verdict():
    """Only `reinstate`, or another reason, is possible while it is out."""
    life = Life()
    life.is_said("disqualify", 0, reason="spam")
    with pytest.raises(TransitionError) as refused:
        life.is_said("maybe", 1, reason="timing")
    assert refused.value.allowed == ("disqualify", "reinstate")


def test_reinstated_sql_is_handed_to_sales_again():
    """What was taken back from sales by mistake goes to sales again, with its SLA."""
    life = Life()
    life.does("demo_request", 0)
    life.is_said("disqualify", 1, reason="competitor")
    back = life.is_said("reinstate", 2)
    assert {"hand_off", "create_task"} <= set(effects_of(back))


def test_disqualified_lead_does_not_wake_before_it_is_reinstated():
    """Its rest ends while it is out: nothing happens then, and the first tick after its reinstatement wakes it."""
    life = _rested_once()
    life.is_said("disqualify", 2, reason="spam")
    assert life.by.next_due(life.record) is None
    life.passes(200)
    assert life.stage == "recycle"
    life.is_said("reinstate", 201)
    assert life.wakes() == on(201)
    assert life.stage == "lead"


# After an end


@pytest.mark.parametrize("verdict", ["yes", "no"])
@pytest.mark.parametrize(("day", "legal"), [(91, True), (93, False)])
def test_ended_lead_can_be_reopened_for_ninety_days_in_the_same_cycle(verdict, day, legal):
    """A deal that comes undone soon is the same deal; after ninety days it is not."""
    life = Life()
    life.is_said(verdict, 1)
    if legal:
        life.is_said("reopen", day)
        assert (life.stage, life.record.state.cycle, life.record.state.superseded) == ("sql", 1, 1)
    else:
        with pytest.raises(TransitionError, match="at most 90 days"):
            life.is_said("reopen", day)


@pytest.mark.parametrize("verdict", ["yes", "no"])
def test_ended_lead_starts_its_next_cycle_by_its_own_hand_raise(verdict):
    """The next cycle begins with the hand-raise: only what happens from then on counts."""
    life = Life()
    life.warms_up(0)
    life.is_said(verdict, 2, reason="price")
    raised = life.does("demo_request", 10)
    assert (life.stage, life.record.state.cycle, life.record.state.since) == ("sql", 2, on(10))
    assert life.record.score().interest == 13
    assert details(raised, "stage_changed")["interest"] == 1300


@pytest.mark.parametrize("verdict", ["yes", "no"])
def test_ended_lead_is_moved_by_nothing_less_than_a_hand_raise(verdict):
    """Other acts are counted; the cycle stays ended, and other verdicts are refused."""
    life = Life()
    life.is_said(verdict, 1)
    life.warms_up(2)
    life.does("trial_start", 4)
    life.is_released(5)
    assert life.stage == {"yes": "won", "no": "lost"}[verdict]
    with pytest.raises(TransitionError, match="the cycle has ended"):
        life.is_said("maybe", 6, reason="timing")


def test_lost_closes_our_initiative_and_not_theirs():
    """We start nothing with a lost lead by ourselves: no date, no tick; it may come back whenever it likes."""
    life = Life(acquisition="outbound")
    life.is_said("no", 1, reason="price")
    assert life.by.next_due(life.record) is None
    life.does("contact_sales", 900)
    assert (life.stage, life.record.state.cycle, life.record.state.previous_reason) == ("sql", 2, "price")


# Recycle


def test_recycled_lead_keeps_its_fit_and_starts_its_interest_anew():
    """Points from before the rest are gone, the profile is as good as it was."""
    life = Life()
    life.warms_up(0)
    before = life.record.score()
    life.is_said("maybe", 2, reason="timing")
    after = life.record.score()
    assert before.interest > 0
    assert (after.interest, after.fit, life.record.state.since) == (0, before.fit, on(2))


def test_recycled_lead_does_not_come_back_by_its_old_acts():
    """An act of before the rest that becomes known late neither wakes nor counts."""
    life = Life()
    life.warms_up(0)
    life.is_said("maybe", 2, reason="timing")
    life.does("trial_start", 1.5, known=3)
    assert (life.stage, life.record.score().interest) == ("recycle", 0)


def test_recycled_lead_keeps_its_owner_and_its_reason():
    """When it comes back, the seller who first took it gets it, whoever spoke last, and sees why it rested."""
    life = Life()
    life.is_said("accept", 1, actor="bea")
    life.is_said("maybe", 2, reason="no_budget", actor="carl")
    back = life.does("demo_request", 60)
    handed = details(back, "hand_off")
    assert (handed["owner"], handed["previous_reason"]) == ("bea", "no_budget")


def test_recycled_inbound_lead_is_kept_warm_and_comes_back_through_the_funnel():
    """It has no date and a sequence that keeps in touch; an own act brings it back as a lead, its score further."""
    life = Life()
    out = life.is_said("maybe", 1, reason="timing")
    assert details(out, "enrol")["sequence"] == "keep-warm"
    assert life.by.next_due(life.record) is None
    life.does("webinar_attended", 20)
    assert (life.stage, life.path()[-1]) == ("lead", "woken by its own act")
    life.does("page_view", 21, page="/pricing")
    assert life.stage == "mql"


@pytest.mark.parametrize("acquisition", ["inbound", "outbound"])
def test_date_that_the_buyer_named_beats_the_window(acquisition):
    """Call me in September means September, in the lead's own zone, whatever the rest would have been."""
    life = Life(acquisition=acquisition, zone="America/Mexico_City")
    life.is_said("maybe", 1, reason="no_budget", wake_on=date(2027, 9, 1))
    assert life.wakes().isoformat() == "2027-09-01T06:00:00+00:00"
    assert life.stage == "lead"


def test_recycled_lead_needs_new_acts_before_its_score_counts():
    """Where interest is kept, old points still promote nobody before a new own act."""
    life = Life(by=qualifier(('interest = "restart"', 'interest = "keep"')))
    life.warms_up(0)
    life.is_said("maybe", 2, reason="timing")
    assert "mql" in life.record.score().qualifies
    life.does("newsletter_open", 3)
    life.becomes(MIDDLING | {"job_title": "CIO"}, 4)
    assert life.stage == "recycle"
    life.does("email_click", 5, email_id="m1")
    assert life.stage == "mql"


# Tries used up


def _worn_out() -> Life:
    """Return a lead that has rested three times and said maybe once more."""
    life = Life(acquisition="outbound")
    for _ in range(4):
        if life.stage == "recycle":
            life.wakes()
        day = (life.record.as_of - on(0)) / timedelta(days=1)
        life.is_said("maybe", day + 1, reason="timing")
    return life


def _rested_once() -> Life:
    """Return a lead that rests for the first time."""
    life = Life(acquisition="outbound")
    life.is_said("maybe", 1, reason="timing")
    return life


def test_tries_that_are_used_up_make_a_lead_dormant_and_never_lost():
    """The fourth maybe has no date any more; nothing is ever due."""
    life = _worn_out()
    assert life.path() == ["maybe", "rested", "maybe", "rested", "maybe", "rested", "maybe"]
    assert (life.stage, life.record.state.dormant, life.by.next_due(life.record)) == ("recycle", True, None)


def test_rest_sends_nothing():
    """Neither in the rolodex nor dormant is a lead enrolled anywhere: it is taken out of everything."""
    life = _worn_out()
    assert "enrol" not in [effect.name for effect in life.effects]
    assert effects_of(life.last) == ["unenrol"]


@pytest.mark.parametrize("resting", [_worn_out, _rested_once])
def test_rest_is_ended_by_a_counted_interaction_and_by_no_open(resting):
    """The open of a newsletter, or an act of ours, wakes nobody; a click does."""
    life = resting()
    day = (life.record.as_of - on(0)) / timedelta(days=1)
    life.does("newsletter_open", day + 1)
    life.does("call", day + 2, by="us")
    assert life.stage == "recycle"
    life.does("email_click", day + 3, email_id="m1")
    assert (life.stage, life.path()[-1]) == ("lead", "woken by its own act")


# Rest


@pytest.mark.parametrize(
    ("reason", "first", "last"),
    [
        (None, "2026-11-30", "2026-12-30"),
        ("timing", "2026-11-30", "2026-12-30"),
        ("no_budget", "2027-01-29", "2027-02-28"),
    ],
)
def test_rest_is_three_months_and_thirty_days_of_spread_unless_its_reason_says_more(reason, first, last):
    """Early in the window by default; at its end for want of a budget, never past six calendar months."""
    days = set()
    for number in range(200):
        life = Life(acquisition="outbound", id=f"L{number}", opened=200)
        life.is_said("maybe", 238, reason=reason)  # 31 August
        days.add(f"{life.by.next_due(life.record).astimezone(ZoneInfo('Europe/Madrid')).date()}")
    assert (min(days), max(days), len(days)) == (first, last, 31)


def test_rest_of_those_who_began_on_one_day_does_not_end_on_one_day():
    """Of 1,000 leads, no more than one in twenty wakes on the same day."""
    days: dict[object, int] = {}
    for number in range(1_000):
        life = Life(acquisition="outbound", id=f"L{number}")
        life.is_said("maybe", 1, reason="timing")
        due = life.by.next_due(life.record)
        days[due] = days.get(due, 0) + 1
    assert len(days) == 31
    assert max(days.values()) <= 50


def test_rest_ends_with_one_tick_and_a_task():
    """Nobody has to say anything: the tick at the due date brings the lead back, with a task to contact it again."""
    life = _rested_once()
    due = life.wakes()
    assert date(2026, 4, 6) <= due.date() <= date(2026, 5, 6)
    assert (life.stage, details(life.last, "create_task")["task"]) == ("lead", "contact_again")


def test_tick_that_comes_before_the_rest_is_over_changes_nothing():
    """A host that asks too early gets nothing, and the date stays."""
    life = _rested_once()
    due = life.by.next_due(life.record)
    early = life.passes(60)
    assert (early.facts, early.effects, life.by.next_due(life.record)) == ((), (), due)


# Consent


def test_withdrawal_takes_the_lead_out_of_what_comes_by_that_channel():
    """No more of it from that instant on; fit, interest and stage stay."""
    life = Life()
    life.warms_up(0)
    before = life.record.score()
    life.consents(True, 2)
    out = life.consents(False, 2)
    found = details(out, "unenrol")
    assert (found["reason"], found["channel"]) == ("withdrawal", "email")
    assert life.record.state.consents_to("email", "newsletter") is False
    assert (life.stage, life.record.score().fit) == ("mql", before.fit)


def test_withdrawal_is_not_undone_by_an_older_consent_that_arrives_late():
    """What counts is when the lead decided, not when we were told."""
    life = Life()
    life.consents(False, 5)
    late = life.consents(True, 6, since=3)
    assert life.record.state.consents_to("email", "newsletter") is False
    assert life.names(late) == ["consent_changed"]


@pytest.mark.parametrize("first", [True, False])
def test_withdrawal_wins_over_a_consent_at_the_same_instant(first):
    """Of two at one instant, in whichever order they come, nothing is sent."""
    life = Life()
    life.consents(first, 5, since=4)
    life.consents(not first, 5, since=4)
    assert life.record.state.consents_to("email", "newsletter") is False


def test_withdrawal_of_everything_covers_every_channel_and_purpose():
    """Leave me alone means all of it; what it agrees to later is its own wish."""
    life = Life()
    life.consents(True, 1)
    life.takes(ConsentChange(channel="*", purpose="*", given=False), 2)
    assert life.record.state.consents_to("email", "newsletter") is False
    assert life.record.state.consents_to("phone", "offers") is False
    life.consents(True, 3)
    assert life.record.state.consents_to("email", "newsletter") is True


def test_consent_is_independent_of_being_a_lead():
    """Who never said anything is unknown, and consent moves no stage."""
    life = Life()
    assert life.record.state.consents_to("email", "newsletter") is None
    life.consents(True, 1)
    assert (life.stage, life.path()) == ("lead", [])


# Exits


def test_robot_that_answers_is_no_reply():
    """An out-of-office note makes no MQL of an outbound lead and ends nothing."""
    life = Life(acquisition="outbound")
    out = life.does("auto_reply", 1)
    assert (out.facts, out.effects, life.stage) == ((), (), "lead")


def _wins(life):
    return life.is_said("yes", 1)


def _loses(life):
    return life.is_said("no", 1)


def _asks(life):
    return life.does("demo_request", 1)


def _goes_out(life):
    return life.is_said("disqualify", 1, reason="spam")


def _is_gated(life):
    return life.becomes(GOOD, 1, email="a@rival.example")


def _withdraws(life):
    return life.consents(False, 1)


def _rests(life):
    return life.is_said("maybe", 1, reason="timing")


@pytest.mark.parametrize("leaves", [_wins, _loses, _asks, _goes_out, _is_gated, _withdraws, _rests])
def test_exit_takes_the_lead_out_of_its_sequences(leaves):
    """An end, sales, a gate, a withdrawal and a rest each say so to whoever sends."""
    assert effects_of(leaves(Life())).count("unenrol") == 1


def test_hand_off_is_withdrawn_when_a_gate_shows_up_later():
    """A lead in sales that turns out to be a competitor's is taken back."""
    life = Life()
    life.does("demo_request", 0)
    out = life.becomes(GOOD, 0.01, email="a@rival.example")
    assert details(out, "withdraw_hand_off")["reason"] == "competitor"
    assert life.record.state.sla is None


def test_hand_off_comes_back_when_the_gate_was_a_mistake():
    """When the gate is lifted, sales has the lead again, with the time to act on it."""
    life = Life()
    life.does("demo_request", 0)
    life.becomes(GOOD, 1, email="a@rival.example")
    back = life.becomes(GOOD, 2, email="a@b.example")
    assert {"hand_off", "create_task"} <= set(effects_of(back))
    assert life.record.state.sla.sla == "sql"


# Subscriber


def test_subscriber_is_no_lead_by_reading():
    """However many newsletters it opens in a month, a reader with no profile stays a subscriber."""
    life = Life({}, by=SUBSCRIBERS)
    life.consents(True, 0)
    life.does("newsletter_open", 1)
    life.does("newsletter_open", 8)
    assert life.stage == "subscriber"


def test_subscriber_becomes_a_lead_by_a_download_with_its_address():
    """Content for an address is what makes a lead, whatever it is worth."""
    life = Life({}, by=SUBSCRIBERS)
    life.does("download", 1, asset="guide")
    assert (life.stage, life.path()) == ("lead", ["became a lead"])


def test_subscriber_without_an_address_is_no_lead_until_it_gives_one():
    """A download alone is no lead; with the address that comes later it is."""
    life = Life({}, by=SUBSCRIBERS, email=None)
    life.does("download", 1, asset="guide")
    assert life.stage == "subscriber"
    life.becomes({}, 2, email="ana@b.example")
    assert life.stage == "lead"


def test_subscriber_becomes_a_lead_by_fit_alone():
    """A good profile is enough without interest."""
    life = Life({}, by=SUBSCRIBERS)
    life.becomes(MIDDLING, 1)
    assert life.stage == "lead"


def test_subscriber_becomes_a_lead_by_interest_alone():
    """Interest is enough without a profile."""
    life = Life({}, by=SUBSCRIBERS)
    life.does("page_view", 1, page="/pricing")
    assert life.stage == "lead"


def test_subscriber_becomes_mql_only_by_fit_and_interest():
    """Either makes a lead; an MQL needs both."""
    fits, acts, both = Life(by=SUBSCRIBERS), Life(POOR, by=SUBSCRIBERS), Life(by=SUBSCRIBERS)
    fits.becomes(GOOD | {"employees": 300}, 1)
    for life in (acts, both):
        life.warms_up(1)
        life.does("webinar_attended", 3)
    assert (fits.stage, acts.stage, both.stage) == ("lead", "lead", "mql")


def test_verdict_of_a_meeting_needs_a_reason_when_it_takes_something_away():
    """`return` and `disqualify` without a reason are refused before anything is decided."""
    for verdict in ("return", "disqualify"):
        with pytest.raises(InputRefused, match="needs a reason"):
            Life().is_said(verdict, 1)
