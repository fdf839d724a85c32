"""How a lead goes from a stage to another."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from leadqual import Event
from leadqual.lifecycle.rest import add_months, wake_day
from tests.core.lifecycle.small import BIG, INTEREST, MID, QUALIFY, TINY, live, small, table, way
from tests.practice.life import details, effects_of, on

SLAS = '[sla]\nhand_raise = "30m"\nmql = "1d"\nsql = { within = "2h", escalate = "head" }\n[calendar]\nzone = "UTC"\n'
LEVELS = INTEREST.replace("decay =", "levels = { 1 = 8, 2 = 5, 3 = 0 }\ndecay =")
BY = small(SLAS, interest=LEVELS)
ROLODEX = small(
    SLAS,
    "[recycle.outbound]\nrest_months = [3, 6]\nattempts = 2\nspread_days = 20\nreasons = { no_budget = 6 }\n"
    'nurture = "rolodex"\n[recycle.partner]\nto = "lead"\n',
)
FUNNEL = small('[recycle.inbound]\nto = "lead"\ninterest = "keep"\nattempts = 1\nrest_months = [1, 2]\n')
HIGH = QUALIFY.replace("value = 15", "value = 50")
STAY = QUALIFY + 'stay = { field = "interest", op = "ge", value = 2 }\n'


def test_move_writes_down_everything_that_it_was_decided_by():
    """Stages, transition, scores, label and model, as they were at that very moment."""
    life = live(BY, MID)
    life.does("newsletter", 0.5)
    told = details(life.does("visit", 1), "stage_changed")
    assert told["cause"].id == life.events[-1].id
    assert (told["from_"], told["to"], told["transition"], told["skipped"]) == (
        "lead",
        "mql",
        "score for marketing",
        (),
    )
    assert (told["fit"], told["interest"], told["total"], told["label"]) == (2000, 590, 2590, "B2")
    assert (told["model"], told["furthest"], told["cycle"], told["reason"]) == (BY.model.fingerprint, "mql", 1, None)
    assert (told["at"], told["known_at"], told["actor"]) == (on(1), on(1), None)


def test_move_by_a_person_names_the_person_and_the_reason():
    """In every fact that follows."""
    life = live(BY)
    out = life.is_said("maybe", 1, reason="no_budget", actor="bea", at=on(0.5))
    assert {(fact.at, fact.known_at, fact.actor) for fact in out.facts} == {(on(0.5), on(1), "bea")}
    assert details(out, "stage_changed")["reason"] == details(out, "recycled")["reason"] == "no_budget"


def test_move_never_begins_before_the_stage_that_it_leaves():
    """What is told late moves a lead from where it stands now, not from where it stood then."""
    life = live(BY)
    life.is_said("accept", 2)
    out = life.is_said("no", 3, at=on(1))
    assert {fact.at for fact in out.facts} == {on(2)}
    other = live(BY, TINY)
    other.does("visit", 2)
    late = other.does("ask", 1, known=3)
    assert details(late, "hand_raised")["at"] == on(1)
    assert details(late, "stage_changed")["at"] == on(2) if late.record.stage == "sql" else other.stage == "mql"


def test_move_gives_the_reason_of_the_transition_when_nobody_gives_one():
    """A cooled lead rests as cooled."""
    life = live(small(qualify=STAY), BIG)
    for hour in range(4):
        life.does("visit", hour / 24)
    life.passes(60)
    assert [details(life.last, name)["reason"] for name in ("stage_changed", "recycled")] == ["cooled", "cooled"]
    other = live(table(way("over", "fresh", "working", "return", reason="x"), way("up", "fresh", "working", "event")))
    out = other.is_said("return", 1, reason="their own")
    assert details(out, "stage_changed")["reason"] == "their own"


@pytest.mark.parametrize(
    ("verdicts", "furthest", "skipped"),
    [
        (["yes"], "won", ("mql", "sql")),
        (["no"], "lead", ()),
        (["accept", "no"], "sql", ()),
        (["accept", "return"], "sql", ()),
        (["accept", "maybe", "accept"], "sql", ()),
        (["maybe", "yes"], "won", ()),
        (["no", "reopen"], "sql", ()),
    ],
)
def test_move_knows_how_far_a_lead_ever_was_and_what_it_skipped(verdicts, furthest, skipped):
    """Won is further than every stage, lost and rest are nowhere, and the way back skips nothing."""
    life = live(BY)
    for i, verdict in enumerate(verdicts):
        life.is_said(verdict, i + 1, reason="x")
    assert (life.record.state.furthest, details(life.last, "stage_changed")["skipped"]) == (furthest, skipped)


def test_move_into_a_won_cycle_of_ones_own_table_needs_a_yes():
    """An end that no yes leads to is no success, whatever it is called."""
    life = live(table(way("finished", "working", "gone", "accept"), way("up", "fresh", "working", "event")))
    life.does("visit", 0)
    life.is_said("accept", 1)
    assert (life.stage, life.record.state.furthest) == ("gone", "working")


def test_move_of_a_lead_whose_furthest_stage_is_no_more_goes_on():
    """A lifecycle may lose a stage in which nobody stands any longer."""
    named = 'stages = [{ name = "fresh" }, { name = "working" }, MORE { name = "gone", kind = "ended" }]'
    ways = (way("up", "fresh", "working", "event"), way("over", "fresh working", "gone", "no"))
    more = (way("tried", "fresh", "trial", "accept"), way("back", "trial", "fresh", "return"))
    before = small(
        "[lifecycle]", named.replace("MORE", '{ name = "trial" },'), *ways, *more, way("o", "trial", "gone", "no")
    )
    life = live(before)
    life.is_said("accept", 1)
    life.is_said("return", 2, reason="x")
    assert life.record.state.furthest == "trial"
    life.by = small("[lifecycle]", named.replace("MORE", ""), *ways)
    life.does("visit", 3)
    assert (life.stage, life.record.state.furthest) == ("working", "working")


# What the host does


def test_move_to_sales_hands_over_and_starts_the_clock():
    """The lead leaves its sequences, a seller gets it, and has two hours of business time."""
    out = live(BY, TINY).is_said("accept", 0)
    assert effects_of(out) == ["unenrol", "hand_off"]
    asked = live(BY).does("ask", 0)
    assert effects_of(asked) == ["unenrol", "hand_off", "create_task", "recheck_at"]
    due = on(0) + timedelta(minutes=30)
    assert (details(asked, "create_task")["task"], details(asked, "create_task")["due"]) == ("act", due)
    assert (details(asked, "recheck_at")["at"], details(asked, "unenrol")["reason"]) == (due, "sql")
    assert (details(asked, "sla_started")["sla"], details(asked, "sla_started")["at"]) == ("hand_raise", on(0))


def test_move_to_sales_tells_who_worked_on_the_lead_and_why_it_was_sent_back():
    """The seller who gets it again sees both."""
    life = live(BY)
    life.does("ask", 0)
    life.is_said("return", 1, reason="too early", actor="bea")
    told = details(life.does("ask", 2), "hand_off")
    assert (told["stage"], told["owner"], told["previous_reason"]) == ("sql", "bea", "too early")
    rested = live(BY)
    rested.is_said("maybe", 1, reason="timing", actor="eva")
    told = details(rested.does("ask", 2), "hand_off")
    assert (told["owner"], told["previous_reason"]) == ("eva", "timing")


def test_move_to_marketing_is_told_with_its_transition():
    """Nobody is handed anything."""
    out = live(BY).does("visit", 1)
    assert effects_of(out) == ["notify", "create_task", "recheck_at"]
    assert (details(out, "notify")["stage"], details(out, "notify")["because"]) == ("mql", "score for marketing")


@pytest.mark.parametrize(("verdict", "stage"), [("yes", "won"), ("no", "lost")])
def test_move_to_an_end_stops_what_is_sent_and_is_told(verdict, stage):
    """No SLA begins with it."""
    out = live(BY).is_said(verdict, 1)
    assert effects_of(out) == ["unenrol", "notify"]
    assert (details(out, "unenrol")["reason"], details(out, "notify")["stage"]) == (stage, stage)


def test_move_to_rest_is_told_by_its_sequence_only():
    """It leaves what it was in, gets the sequence of those who rest, and is looked at again when it wakes."""
    out = live(ROLODEX, acquisition="outbound").is_said("maybe", 1)
    assert effects_of(out) == ["unenrol", "enrol", "recheck_at"]
    assert (details(out, "unenrol")["reason"], details(out, "enrol")["sequence"]) == ("recycle", "rolodex")
    assert details(out, "recheck_at")["at"] == details(out, "recycled")["wake_at"]
    assert effects_of(live(BY).is_said("maybe", 1)) == ["unenrol"]


def test_move_back_by_time_asks_a_person_to_contact_the_lead_again():
    """An act of its own does not: the lead is there already."""
    life = live(ROLODEX, acquisition="outbound")
    life.is_said("maybe", 1)
    life.wakes()
    assert effects_of(life.last) == ["notify", "create_task"]
    assert (details(life.last, "create_task")["task"], details(life.last, "create_task")["due"]) == (
        "contact_again",
        None,
    )
    other = live(small(interest=INTEREST.replace("points = 5", "points = 4")), acquisition="outbound")
    other.is_said("maybe", 1)
    assert effects_of(other.does("visit", 2)) == ["notify"]
    assert effects_of(live(small(qualify=STAY)).passes(5)) == []


# Service levels


def test_move_by_a_person_meets_the_sla_and_by_anything_else_withdraws_it():
    """Whoever says something has acted; a lead that goes on by itself needs no act for where it was."""
    by_person, by_itself = live(BY), live(BY)
    for life in (by_person, by_itself):
        life.does("visit", 0)
        assert life.record.state.sla.sla == "mql"
    met, withdrawn = by_person.is_said("accept", 0.01, actor="bea"), by_itself.does("ask", 0.01)
    assert (details(met, "sla_met")["sla"], details(met, "sla_met")["actor"]) == ("mql", "bea")
    assert (details(withdrawn, "sla_withdrawn")["sla"], by_itself.record.state.sla.sla) == ("mql", "hand_raise")
    assert (details(withdrawn, "sla_withdrawn")["at"], details(met, "sla_met")["at"]) == (on(0.01), on(0.01))


def test_move_starts_no_sla_for_an_accepted_lead():
    """A person has it already."""
    life = live(BY)
    assert "sla_started" not in life.names(life.is_said("accept", 0))
    assert details(life.is_said("return", 1, reason="x"), "sla_started")["sla"] == "mql"


def test_move_starts_no_sla_outside_of_open_stages_or_without_one_in_the_playbook():
    """A lead that rests or has ended waits for nobody."""
    life = live(small('[sla]\nmql = "1d"\n'), BIG)
    life.does("ask", 0)
    assert (life.stage, life.record.state.sla) == ("sql", None)
    by = small("[sla]\nhand_raise = '2h'\n[lifecycle]", STAGES_THAT_REST)
    other = live(by)
    other.does("ask", 0)
    assert (other.stage, other.record.state.sla) == ("asleep", None)


STAGES_THAT_REST = """
stages = [
    { name = "fresh" }, { name = "working" }, { name = "asleep", kind = "rest" }, { name = "gone", kind = "ended" },
]
""" + "".join((
    way("asks", "fresh working", "asleep", "event", '{ field = "state.hand_raised", op = "eq", value = true }',
        sla="hand_raise"),
    way("taken", "fresh", "working", "accept"), way("over", "fresh working asleep", "gone", "no"),
    way("rested", "asleep", "fresh", "wake"), way("not now", "fresh working", "asleep", "maybe"),
))  # fmt: skip


@pytest.mark.parametrize(("begun", "day", "minutes"), [(0, 0, 120), (0.36, 1, 98.4), (4.36, 7, 98.4), (5, 7, 120)])
def test_sla_is_counted_while_business_is_open(begun, day, minutes):
    """What is left in the evening is left until the morning, over a week-end until Monday; not by the clock."""
    life = live(small(SLAS.replace('hand_raise = "30m"\n', "")))
    assert details(life.does("ask", begun), "sla_started")["due"] == on(day) + timedelta(minutes=minutes)


class _Always:
    """Holidays that never end."""

    def __contains__(self, day):
        return True


def test_sla_is_not_started_when_business_never_opens_again():
    """The lead goes on all the same; nothing is due that never comes."""
    life = live(small(SLAS, holidays=_Always()))
    assert life.names(life.does("ask", 0)) == ["hand_raised", "stage_changed"]
    warm = live(small(SLAS, qualify=HIGH, holidays=_Always()), TINY)
    warm.does("visit", 0)
    assert warm.names(warm.does("ask", 0.1)) == ["hand_raised"]


def test_rest_that_would_end_after_the_last_year_is_dormant():
    """Years are counted up to 2199."""
    late = (datetime(2199, 11, 1, tzinfo=UTC) - on(0)) / timedelta(days=1)
    life = live(ROLODEX, acquisition="outbound", opened=late)
    told = details(life.is_said("maybe", late + 1), "recycled")
    assert (told["wake_at"], told["dormant"]) == (None, True)


def test_sla_of_the_stage_is_taken_where_the_playbook_has_none_for_hand_raises():
    """Somebody has to act in any case."""
    life = live(small('[sla]\nsql = "2h"\n'))
    assert details(life.does("ask", 0), "sla_started")["sla"] == "sql"


def test_sla_of_a_transition_goes_before_that_of_its_stage():
    """A hand-raise of a poor fit is answered within the short time, an MQL by score within the long one."""
    asked, warm = live(BY, TINY), live(BY, TINY)
    asked.does("ask", 0)
    warm.does("visit", 0)
    assert (asked.stage, asked.record.state.sla.sla) == ("mql", "hand_raise")
    assert (warm.stage, warm.record.state.sla.sla) == ("mql", "mql")


# Rests


def _rest(by=ROLODEX, *, day=1.0, verdict_reason=None, acquisition="outbound", **more):
    life = live(by, acquisition=acquisition, **{name: more.pop(name) for name in ("zone", "id") if name in more})
    return life, details(life.is_said("maybe", day, reason=verdict_reason, **more), "recycled")


@pytest.mark.parametrize(("reason", "months"), [(None, 3), ("timing", 3), ("no_budget", 6)])
def test_rest_ends_by_reason_within_its_bounds_and_spread(reason, months):
    """The day is that of the rolodex, at which the lead's day begins."""
    told = _rest(verdict_reason=reason)[1]
    rule: dict[str, Any] = {"months": months, "bounds": (3, 6), "spread_days": 20, "key": "L1:1:1"}
    day = wake_day(date(2026, 1, 6), **rule)
    assert told["wake_at"] == datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert (told["attempt"], told["dormant"], told["since"]) == (1, False, on(1))
    assert add_months(date(2026, 1, 6), 3) <= day <= add_months(date(2026, 1, 6), 6)


def test_rest_ends_on_the_day_that_the_buyer_named_where_the_lead_lives():
    """Whatever the rolodex says; without a zone of its own the lead lives where we do."""
    named = date(2026, 2, 1)
    assert _rest(wake_on=named)[1]["wake_at"] == datetime(2026, 2, 1, tzinfo=UTC)
    assert _rest(wake_on=named, zone="America/Lima")[1]["wake_at"] == datetime(2026, 2, 1, 5, tzinfo=UTC)
    assert _rest(BY, wake_on=named, acquisition="inbound")[1]["wake_at"] == datetime(2026, 2, 1, tzinfo=UTC)


def test_rest_in_another_zone_ends_when_the_lead_s_day_begins():
    """Not when ours does."""
    told = _rest(zone="America/Lima")[1]
    assert (told["wake_at"].hour, told["wake_at"].minute) == (5, 0)


def test_rest_is_spread_by_lead_cycle_and_attempt():
    """The same lead rests differently long each time, so that nobody comes back with the same crowd."""
    days = {_rest(id=f"L{i}")[1]["wake_at"] for i in range(12)}
    assert len(days) > 6
    life, first = _rest()
    life.wakes()
    again = details(life.is_said("maybe", 200), "recycled")
    rule: dict[str, Any] = {"months": 3, "bounds": (3, 6), "spread_days": 20}
    assert again["wake_at"].date() == wake_day(on(200).date(), key="L1:1:2", **rule)
    assert first["wake_at"].date() == wake_day(on(1).date(), key="L1:1:1", **rule)


def test_rest_without_a_date_is_dormant():
    """An inbound lead waits for an act of its own; nothing is due."""
    life, told = _rest(BY, acquisition="inbound")
    assert (told["wake_at"], told["dormant"], life.by.next_due(life.record)) == (None, True, None)


def test_rests_are_bounded():
    """After its attempts a lead is dormant, and still not lost."""
    life = _rest()[0]
    life.wakes()
    second = life.is_said("maybe", 200)
    assert (details(second, "recycled")["attempt"], details(second, "recycled")["dormant"]) == (2, False)
    life.wakes()
    third = life.is_said("maybe", 400)
    assert (details(third, "recycled")["attempt"], details(third, "recycled")["dormant"]) == (3, True)
    assert (life.stage, life.by.next_due(life.record)) == ("recycle", None)


def test_rest_may_be_the_funnel_itself():
    """A policy that sends a maybe back to an open stage does so, with its points kept or not as it says."""
    life = live(FUNNEL)
    life.does("visit", 0)
    told = life.is_said("maybe", 1)
    assert (life.stage, details(told, "recycled")["dormant"], details(told, "recycled")["wake_at"]) == (
        "lead",
        False,
        None,
    )
    assert (details(told, "recycled")["since"], life.record.score().interest, life.record.state.attempts) == (
        None,
        4.5,
        1,
    )
    assert life.record.state.shut_since == on(1)


def test_funnel_is_for_as_many_attempts_as_the_policy_has():
    """After that the lead rests, dormant."""
    life = live(FUNNEL)
    life.is_said("maybe", 1)
    told = life.is_said("maybe", 2)
    assert (life.stage, details(told, "recycled")["dormant"], details(told, "recycled")["attempt"]) == (
        "recycle",
        True,
        2,
    )


def test_funnel_is_not_for_who_named_a_day():
    """Whoever said "in March" is left alone until then."""
    life = live(FUNNEL)
    told = life.is_said("maybe", 1, wake_on=date(2026, 3, 2))
    assert (life.stage, details(told, "recycled")["wake_at"]) == ("recycle", datetime(2026, 3, 2, tzinfo=UTC))


def test_partner_has_a_policy_of_its_own():
    """And interest that begins anew."""
    life, told = _rest(acquisition="partner")
    assert (life.stage, told["since"], told["dormant"]) == ("lead", on(1), False)


def test_rest_that_begins_in_rest_is_no_waking():
    """Who says maybe again while it rests, rests on, and that is no further attempt."""
    life = _rest()[0]
    out = life.is_said("maybe", 5, reason="no_budget")
    assert [fact.name for fact in out.facts] == ["verdict_given", "stage_changed", "recycled"]
    assert (life.record.state.attempts, life.record.state.reason) == (1, "no_budget")


@pytest.mark.parametrize(("verdict", "stage"), [("accept", "sql"), ("yes", "won"), ("no", "lost")])
def test_rest_that_a_person_ends_is_no_act_of_the_lead(verdict, stage):
    """The fact says who ended it, and why the lead rested."""
    life = _rest(verdict_reason="timing")[0]
    out = life.is_said(verdict, 5, actor="bea")
    told = details(out, "woken")
    assert (life.stage, told["early"], told["previous_reason"], told["actor"]) == (stage, False, "timing", "bea")


def test_rest_that_time_ends_is_not_ended_early():
    """It is known from the instant at which it was due."""
    life = _rest(verdict_reason="timing")[0]
    due = life.by.next_due(life.record)
    life.passes(200)
    told = details(life.last, "woken")
    assert (told["early"], told["previous_reason"], told["at"], told["known_at"]) == (False, "timing", due, on(200))
    assert details(life.last, "stage_changed")["at"] == due


# Points that begin anew


def test_rest_that_restarts_interest_forgets_what_was_before():
    """What was done at the very instant before it was said does not come back either."""
    life = live(BY)
    life.does("visit", 0)
    life.does("visit", 1)
    life.is_said("maybe", 1)
    assert (life.record.score().interest, life.record.score().interactions) == (0, 0)
    assert life.record.state.since == on(1) + timedelta(microseconds=1)
    life.does("visit", 2)
    assert life.record.score().interest == 5


def test_rest_from_a_later_instant_counts_from_that_instant():
    """An act of the instant at which the rest began, that becomes known later, is after it."""
    life = live(BY)
    life.does("visit", 0)
    life.is_said("maybe", 1)
    assert life.record.state.since == on(1)


def test_rest_that_was_told_late_asks_for_the_events_again():
    """What happened after it has been folded already with what was before, and has to be told apart."""
    life = live(BY)
    life.does("visit", 0)
    life.does("visit", 3)
    out = life.is_said("maybe", 4, at=on(2))
    assert (effects_of(out)[-1], life.record.stale) == ("refold_needed", True)
    life.is_folded_anew(4)
    assert (life.record.score().interest, life.record.stale) == (4.5, False)


def test_cycle_that_begins_counts_the_act_that_began_it():
    """And nothing before; the fact of the new stage has the new scores."""
    life = live(BY)
    life.does("visit", 0)
    life.is_said("no", 1, reason="price")
    out = life.does("ask", 9)
    started, moved = details(out, "cycle_started"), details(out, "stage_changed")
    assert (started["cycle"], started["since"], started["previous_reason"]) == (2, on(9), "price")
    assert (moved["cycle"], moved["interest"], life.record.score().interest) == (2, 500, 5)
    assert [fact.name for fact in out.facts] == ["hand_raised", "cycle_started", "stage_changed", "sla_started"]
    assert (life.record.state.reason, life.record.state.previous_reason) == (None, "price")


def test_cycle_that_begins_by_a_late_act_counts_from_that_act():
    """What happened between it and now belongs to the new cycle, and is folded again."""
    life = live(BY)
    life.is_said("no", 1)
    life.does("visit", 5)
    life.takes(Event(id="late", lead_id="L1", kind="ask", at=on(4)), 6)
    assert (life.stage, life.record.state.since, life.record.stale) == ("sql", on(4), True)
    life.is_folded_anew(6)
    assert (life.record.score().interest, life.record.score().interactions) == (8.5, 2)
