"""What becomes of a lead upon an event, a new profile, a release, or time alone."""

from datetime import timedelta

import pytest

from leadqual import Event, Flag, Tick
from leadqual.lifecycle.facts import Cause
from tests.core.lifecycle.small import BIG, INTEREST, MID, QUALIFY, TINY, live, small, table, way
from tests.practice.life import details, effects_of, on

SLAS = '[sla]\nhand_raise = "30m"\nmql = { within = "1d", escalate = "head" }\nsql = "2h"\n[calendar]\nzone = "UTC"\n'
BY = small(SLAS)
SLOW = small(SLAS, interest=INTEREST.replace("points = 5", "points = 4"))
ROLODEX = "[recycle.outbound]\nrest_months = [3, 6]\n"
MOMENT = timedelta(microseconds=1)


# What is so of an event


@pytest.mark.parametrize(
    ("mark", "kind", "by", "moved"),
    [
        ("interaction", "visit", "lead", True),
        ("interaction", "newsletter", "lead", False),
        ("interaction", "visit", "us", False),
        ("reply", "email_reply", "lead", True),
        ("reply", "email_reply", "us", False),
        ("reply", "visit", "lead", False),
        ("capture", "download", "lead", True),
        ("capture", "download", "us", False),
        ("hand_raise", "ask", "lead", True),
        ("hand_raise", "ask", "us", False),
        ("hand_raise", "form", "lead", False),
    ],
)
def test_event_is_what_the_playbook_says_of_its_kind(mark, kind, by, moved):
    """Only what a lead does itself answers us, asks for us, gives us its address or is an interaction."""
    guard = f'{{ field = "input.{mark}", op = "eq", value = true }}'
    life = live(table(way("up", "fresh", "working", "event", guard)))
    life.does(kind, 1, by=by)
    assert (life.stage == "working") is moved


def test_event_of_ours_is_told_apart_by_guards():
    """Who acted can be asked."""
    guard = '{ field = "input.by", op = "eq", value = "us" }'
    life = live(table(way("sent", "fresh", "working", "event", guard)))
    life.does("letter", 1)
    assert life.stage == "fresh"
    life.does("letter", 2, by="us")
    assert life.stage == "working"


# Hand-raises


def test_hand_raise_is_remembered_with_its_event_and_until_when_it_is_valid():
    """Thirty days from its own instant, whenever it becomes known."""
    life = live(BY, TINY, email="a@rival.example")
    told = details(life.does("ask", 1, known=5), "hand_raised")
    assert (told["kind"], told["key"], told["until"]) == ("ask", life.events[0].key, on(31))
    assert (told["at"], told["known_at"], told["cause"].id) == (on(1), on(5), life.events[0].id)


@pytest.mark.parametrize(("known", "raised"), [(31, False), (30.999, True)])
def test_hand_raise_that_has_run_out_before_it_is_known_does_nothing(known, raised):
    """Not even a fact comes of it."""
    life = live(BY)
    out = life.does("ask", 1, known=known)
    assert ("hand_raised" in life.names(out), life.stage == "sql") == (raised, raised)


def test_hand_raise_is_valid_for_as_many_days_as_the_lifecycle_says():
    """The number is the playbook's."""
    by = small("[lifecycle]\nhand_raise_days = 2\n")
    assert live(by).does("ask", 1, known=2.9).record.stage == "sql"
    assert live(by).does("ask", 1, known=3).record.stage == "lead"


@pytest.mark.parametrize(("asked", "stage"), [(0.5, "mql"), (1, "mql"), (1.5, "sql")])
def test_hand_raise_from_before_a_return_does_not_open_the_way_again(asked, stage):
    """Sales has seen it already; one from the very instant too."""
    life = live(BY)
    life.is_said("accept", 0)
    life.is_said("return", 1, reason="too early")
    life.does("ask", asked, known=2)
    assert life.stage == stage


@pytest.mark.parametrize(("asked", "stage"), [(0.5, "lost"), (1, "lost"), (1.5, "sql")])
def test_hand_raise_from_before_an_end_begins_no_cycle(asked, stage):
    """It belongs to the cycle that has ended, whether or not the lead had rested before."""
    life = live(BY)
    life.is_said("no", 1)
    life.does("ask", asked, known=2)
    assert life.stage == stage


def test_hand_raise_from_before_an_end_is_told_from_one_before_a_rest():
    """What counts is the end, not the rest that came before it."""
    life = live(BY)
    life.is_said("maybe", 1)
    life.is_said("no", 3)
    life.does("ask", 2, known=4)
    assert life.stage == "lost"


@pytest.mark.parametrize(("asked", "stage"), [(0.5, "recycle"), (1.5, "sql")])
def test_hand_raise_from_before_a_rest_does_not_end_it(asked, stage):
    """A newer one does, at once."""
    life = live(BY)
    life.is_said("maybe", 1)
    life.does("ask", asked, known=2)
    assert life.stage == stage


def test_hand_raise_wakes_also_who_is_woken_by_nothing_else():
    """A policy without early waking does not shut the door on who asks."""
    by = small(ROLODEX, 'wake = "never"\n')
    life = live(by, acquisition="outbound")
    life.is_said("maybe", 1)
    life.does("visit", 2)
    life.does("email_reply", 3)
    assert life.stage == "recycle"
    life.does("ask", 4)
    assert life.stage == "sql"


# The short service level


HIGH = QUALIFY.replace("value = 15", "value = 50")


def test_hand_raise_that_leads_nowhere_starts_the_short_sla():
    """In place of a longer one, and once."""
    life = live(small(SLAS, qualify=HIGH), TINY)
    life.does("visit", 0)
    assert life.record.state.sla.sla == "mql"
    out = life.does("ask", 0.01)
    assert life.names(out) == ["hand_raised", "sla_withdrawn", "sla_started"]
    assert (life.stage, life.record.state.sla.sla) == ("mql", "hand_raise")
    again = life.does("ask", 0.02)
    assert life.names(again) == ["hand_raised"]
    assert life.record.state.sla.started_at == on(0.01)


@pytest.mark.parametrize(("asked", "running"), [(0.01, "mql"), (0.0001, "hand_raise")])
def test_hand_raise_never_puts_off_an_sla_that_is_due_earlier(asked, running):
    """Half an hour from now is no help when somebody has to act within twenty minutes, or within the same time."""
    by = small(SLAS.replace('"1d"', '"30m"' if running == "mql" else '"31m"'), qualify=HIGH)
    life = live(by, TINY)
    life.does("visit", 0)
    life.does("ask", asked)
    assert life.record.state.sla.sla == running
    same = live(small(SLAS.replace('"1d"', '"30m"'), qualify=HIGH), TINY)
    same.does("visit", 0)
    same.does("ask", 0)
    assert same.record.state.sla.sla == "mql"


def test_hand_raise_starts_the_short_sla_where_none_runs():
    """An MQL whose SLA was met or breached is answered soon when it asks."""
    life = live(BY, TINY)
    life.does("visit", 0)
    life.does("call", 0.01, by="us")
    out = life.does("ask", 0.02)
    assert (life.names(out), effects_of(out)) == (["hand_raised", "sla_started"], ["create_task", "recheck_at"])
    assert details(out, "sla_started")["cause"].id == life.events[-1].id


def test_hand_raise_starts_no_short_sla_for_who_was_accepted_gated_or_disqualified():
    """A person has the lead already, or nobody wants it."""
    accepted, gated, out = live(BY), live(BY, email="a@rival.example"), live(BY)
    accepted.is_said("accept", 0)
    out.is_said("disqualify", 0, reason="spam")
    for life in (accepted, gated, out):
        assert life.names(life.does("ask", 1)) == ["hand_raised"]
        assert life.record.state.sla is None


def test_hand_raise_starts_no_short_sla_where_the_playbook_has_none():
    """The SLA of the stage goes on."""
    life = live(small('[sla]\nmql = "1d"\n'), TINY)
    life.does("visit", 0)
    assert life.names(life.does("ask", 0.01)) == ["hand_raised"]
    assert life.record.state.sla.sla == "mql"


def test_hand_raise_after_an_end_starts_no_sla_when_it_leads_nowhere():
    """A gated lead that was lost stays where it is."""
    life = live(BY, email="a@rival.example")
    life.is_said("no", 1)
    out = life.does("ask", 2)
    assert (life.stage, life.names(out), out.effects) == ("lost", ["hand_raised"], ())


# Touches


def test_touch_is_remembered_once_in_a_stage_and_meets_the_sla():
    """The second call says nothing new."""
    life = live(BY)
    life.does("visit", 0)
    out = life.does("call", 0.01, by="us")
    assert life.names(out) == ["touched", "sla_met"]
    assert (details(out, "touched")["kind"], details(out, "sla_met")["sla"]) == ("call", "mql")
    assert details(out, "sla_met")["at"] == details(out, "touched")["at"] == on(0.01)
    assert {fact.cause for fact in out.facts} == {Cause("event", "", life.events[-1].id)}
    assert life.names(life.does("meeting", 0.02, by="us")) == []


def test_touch_without_an_sla_is_remembered_too():
    """Also in a playbook that has none."""
    life = live(small())
    assert life.names(life.does("sales_email", 1, by="us")) == ["touched"]
    assert life.record.state.touched


@pytest.mark.parametrize(("kind", "by"), [("newsletter_sent", "us"), ("call", "lead"), ("email_opened", "us")])
def test_touch_is_an_act_of_ours_that_a_person_does(kind, by):
    """Nothing that is sent by a machine, and nothing that the lead does, meets an SLA."""
    life = live(BY)
    life.does("visit", 0)
    life.does(kind, 0.01, by=by)
    assert (life.record.state.touched, life.record.state.sla.sla) == (False, "mql")


def test_touch_of_before_the_stage_is_no_touch_in_it():
    """A call that becomes known late belongs to the stage in which it was made; one of the instant of entry counts."""
    life = live(BY)
    life.does("visit", 1)
    assert life.names(life.does("call", 0.9, by="us", known=1.01)) == []
    assert life.names(life.does("call", 1, by="us", known=1.02)) == ["touched", "sla_met"]


@pytest.mark.parametrize("verdict", ["maybe", "no"])
def test_touch_is_for_open_stages(verdict):
    """Who rests or has ended is not worked on."""
    life = live(BY)
    life.is_said(verdict, 1)
    assert life.names(life.does("call", 2, by="us")) == []


# Rest and its end


@pytest.mark.parametrize(("at", "known", "stage"), [(0.5, 2, "recycle"), (1, 2, "recycle"), (1.5, 2, "lead")])
def test_late_event_from_before_a_rest_does_not_end_it(at, known, stage):
    """What it did before is what it rests from."""
    life = live(SLOW)
    life.is_said("maybe", 1)
    life.does("visit", at, known=known)
    assert life.stage == stage


@pytest.mark.parametrize(
    ("kind", "by"), [("newsletter", "lead"), ("call", "us"), ("visit", "us"), ("sales_email", "us")]
)
def test_rest_is_not_ended_by_our_own_acts_or_by_what_is_no_interaction(kind, by):
    """Our e-mail is not the lead's wish."""
    life = live(SLOW)
    life.is_said("maybe", 1)
    life.does(kind, 2, by=by)
    assert life.stage == "recycle"


def test_rest_is_ended_by_the_score_when_it_is_high_enough():
    """A lead that comes back warm is an MQL at once, with the reason of its rest."""
    life = live(BY)
    life.is_said("maybe", 1, reason="timing")
    out = life.does("visit", 2)
    assert (life.stage, details(out, "woken")["previous_reason"]) == ("mql", "timing")


def test_rest_that_ends_early_brings_the_bonus_of_its_policy():
    """An event that the host stores, which counts already, with a name that is the same whenever it is worked out."""
    bonus = f'{INTEREST}[[interest.rules]]\nevent = "came_back"\npoints = 2\n'
    by = small('[recycle.inbound]\nbonus_event = "came_back"\n', interest=bonus)
    life = live(by)
    life.is_said("maybe", 1)
    returned = life.event("visit", 2)
    out = by.handle(life.record, returned, now=on(2))
    added = details(out, "add_event")["event"]
    assert added == Event(id="L1:1:1", source="leadqual", lead_id="L1", kind="came_back", at=on(2))
    told = details(out, "bonus_added")
    assert (told["key"], told["kind"], told["at"], told["cause"].id) == (added.key, "came_back", on(2), returned.id)
    assert (out.record.score().interest, out.record.stage) == (7, "mql")
    again = by.handle(out.record, Event(id="e9", lead_id="L1", kind="visit", at=on(3)), now=on(3))
    assert "bonus_added" not in life.names(again)


def test_rest_that_ends_by_time_or_without_a_bonus_event_brings_none():
    """There is nothing to reward, or nothing to reward it with."""
    bonus = small(ROLODEX, 'bonus_event = "came_back"\n')
    life = live(bonus, acquisition="outbound")
    life.is_said("maybe", 1)
    life.wakes()
    assert "bonus_added" not in life.names()
    plain = live(BY)
    plain.is_said("maybe", 1)
    assert "bonus_added" not in plain.names(plain.does("visit", 2))


def test_end_that_a_hand_raise_undoes_brings_no_bonus():
    """It did not rest."""
    life = live(small('[recycle.inbound]\nbonus_event = "came_back"\n'))
    life.is_said("no", 1)
    out = life.does("ask", 2)
    assert (life.stage, "bonus_added" in life.names(out)) == ("sql", False)


@pytest.mark.parametrize("verdict", ["yes", "no"])
@pytest.mark.parametrize("kind", ["visit", "email_reply", "newsletter"])
def test_end_is_left_by_no_score(verdict, kind):
    """However much a client reads, it is a client."""
    life = live(BY, acquisition="outbound")
    life.is_said(verdict, 1)
    for day in (2, 2.1, 2.2, 2.3):
        life.does(kind, day)
    assert life.stage == {"yes": "won", "no": "lost"}[verdict]


# Profiles


def test_profile_behind_a_gate_takes_everything_back():
    """The SLA, what is sent, and from sales the lead itself; a second gate has nothing left to take."""
    life = live(BY, email="a@b.example")
    life.does("ask", 0)
    out = life.becomes(BIG, 0.01, email="a@rival.example")
    assert life.names(out) == ["profile_changed", "sla_withdrawn"]
    assert effects_of(out) == ["unenrol", "withdraw_hand_off"]
    assert (details(out, "unenrol")["reason"], details(out, "withdraw_hand_off")["reason"]) == ("gate", "competitor")
    assert details(out, "sla_withdrawn")["cause"].kind == "profile"
    again = life.becomes(MID, 0.02, email="a@rival.example")
    assert effects_of(again) == []


def test_profile_behind_a_gate_takes_no_hand_off_back_where_there_was_none():
    """A lead that no seller has is only taken out of its sequences."""
    life = live(BY, email="a@b.example")
    assert effects_of(life.becomes(BIG, 1, email="a@rival.example")) == ["unenrol"]


def test_profile_lets_a_lead_go_on():
    """A gate that falls opens the way that was shut by it."""
    life = live(BY, email="a@rival.example")
    life.does("ask", 0)
    out = life.becomes(BIG, 1, email="a@b.example")
    assert (life.stage, details(out, "stage_changed")["cause"].kind) == ("sql", "profile")


@pytest.mark.parametrize("verdict", ["maybe", "no"])
def test_profile_ends_no_rest_and_no_end(verdict):
    """What we learn about a lead is no act of its own."""
    life = live(BY, TINY, email="a@rival.example")
    for day in (0, 0.1, 0.2, 0.3):
        life.does("visit", day)
    life.is_said(verdict, 1)
    life.does("visit", 2)
    life.becomes(BIG, 3, email="a@b.example")
    assert life.stage in ("recycle", "lost")


# Lists of outbound leads


def test_list_takes_an_outbound_lead_once():
    """With a task to approach it; the fact does not say more than is so."""
    life = live(BY, MID, acquisition="outbound")
    [listed] = [fact for fact in life.facts if fact.name == "listed"]
    assert (listed.at, listed.cause.kind, details(life.last, "create_task")["due"]) == (on(0), "open", None)
    assert life.names(life.is_released(1)) == []
    assert life.names(life.becomes(BIG, 2)) == ["profile_changed"]


@pytest.mark.parametrize("why", ["inbound", "gate", "disqualified", "poor", "further", "stale"])
def test_list_leaves_out(why):
    """Who came by itself, is gated, was taken out, fits badly, is further already or is not known well enough now."""
    life = live(
        BY, TINY, acquisition="inbound" if why == "inbound" else "outbound",
        email="a@rival.example" if why == "gate" else "a@b.example",
    )  # fmt: skip
    if why == "disqualified":
        life.is_said("disqualify", 1, reason="spam")
    elif why == "further":
        life.is_said("accept", 1)
    elif why == "stale":
        life.does("newsletter", 1.1)
        life.takes(Flag(event_id=life.events[-1].id, flag="bot"), 1.2)
    life.becomes(TINY if why == "poor" else BIG, 2)
    assert ("listed" in life.names()) is False


def test_list_takes_a_lead_from_when_its_profile_is_good():
    """Not from before it was opened."""
    life = live(BY, TINY, acquisition="outbound", opened=1)
    out = life.becomes(BIG, 3, since=2)
    assert (details(out, "listed")["at"], details(out, "listed")["cause"].kind) == (on(2), "profile")
    other = live(BY, TINY, acquisition="outbound", opened=1)
    out = other.becomes(BIG, 3, since=0.5)
    assert (details(out, "listed")["at"], details(out, "profile_changed")["at"]) == (on(1), on(0.5))


# Time


def test_sla_that_is_breached_is_told_from_its_own_instant():
    """To whom the playbook says, whenever the host looks."""
    life = live(BY)
    life.does("visit", 0)
    due = life.record.state.sla.due
    assert life.by.handle(life.record, Tick(), now=due - MOMENT).facts == ()
    out = life.passes(20)
    told, escalated = details(out, "sla_breached"), details(out, "escalate")
    assert (told["at"], told["known_at"], told["sla"], told["cause"].kind) == (due, on(20), "mql", "time")
    assert (escalated["sla"], escalated["to"]) == ("mql", "head")
    assert life.record.state.sla is None


def test_sla_without_an_escalation_is_breached_all_the_same():
    """The host is told, with nobody named."""
    life = live(BY)
    life.does("ask", 0)
    assert details(life.passes(1), "escalate")["to"] is None


def test_tick_promotes_nobody():
    """Time alone brings nobody further, however much it changes of a score."""
    up = QUALIFY.replace(
        '{ field = "interest", op = "ge", value = 5 }', '{ field = "days_since_activity", op = "ge", value = 3 }'
    )
    life = live(small(qualify=up))
    life.does("newsletter", 0)
    life.passes(5)
    assert ("mql" in life.record.score().qualifies, life.stage) == (True, "lead")
    assert life.by.next_due(life.record) is None


def test_tick_that_comes_early_changes_nothing():
    """But up to when everything is decided."""
    life = live(BY)
    before = life.record
    out = life.passes(1)
    assert (out.facts, out.effects, out.record.state, out.record.as_of) == ((), (), before.state, on(1))


# Releases


def test_release_promotes_by_what_is_known():
    """With the cause that is said."""
    life = live(BY, history=(Event(id="h1", lead_id="L1", kind="visit", at=on(0)),), imported=True)
    out = life.is_released(0, cause="import")
    assert (life.stage, details(out, "stage_changed")["cause"].kind, effects_of(out)[0]) == ("mql", "import", "notify")


def test_release_lists_outbound_leads():
    """Which were not listed by their import."""
    life = live(BY, acquisition="outbound", imported=True)
    assert life.names() == ["opened"]
    out = life.is_released(1)
    assert (life.names(out), details(out, "listed")["at"]) == (["listed"], on(1))
