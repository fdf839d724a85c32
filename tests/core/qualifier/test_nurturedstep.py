"""One input at work on one record under a playbook with sequences."""

from datetime import UTC, datetime, timedelta

import pytest

from leadqual import ConsentChange, Event, Flag, Lead, Tick, TransitionError, Verdict
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.effects import CancelTouch, Enrol, TouchDue
from leadqual.lifecycle.nurtureinputs import EnrolmentChange
from leadqual.qualifier.nurturedstep import NurturedStep
from leadqual.qualifier.step import Step
from leadqual.qualifier.steps import step_of
from tests.core.lifecycle.small import live, small
from tests.core.qualifier.nurtured import OPEN_DOORS, by, came_due, due_in, ends, mail, sequence, step, told
from tests.practice.life import details, effects_of, on

ON_FORM = '{ on = ["form"] }'
FORK = step("fork", branch='{ on = ["visit"], within = "3d", yes = "yes", no = "no" }')
_BACK = '[recycle.inbound]\nto = "lead"\n'
THREE = by(sequence("three", mail("one"), mail("two", "2d"), mail("three", "3d"), enter=ON_FORM))


def test_step_is_the_plain_one_when_a_playbook_has_no_sequences():
    """So that they cost nothing there; a playbook that has some makes another one."""
    plain = live(small())
    assert type(step_of(plain.by.lifecycle, plain.by.nurturing, plain.record, on(1))) is Step
    rich = live(THREE)
    assert type(step_of(rich.by.lifecycle, rich.by.nurturing, rich.record, on(1))) is NurturedStep


def test_step_lets_a_touch_come_due_at_its_instant():
    """The first at once, the others as far after the one before as they wait; then the sequence is finished."""
    life = live(THREE)
    first = life.does("form", 1)
    assert (told(first), came_due(first)) == (["stage_changed", "enrolled", "touch_came_due"], ["one"])
    assert life.wakes() == on(3)
    assert life.wakes() == on(4)
    assert [fact.outcome for fact in life.facts if isinstance(fact, made.TouchEnded)] == ["expired"]
    life.wakes()
    assert (life.record.as_of, due_in(life)) == (on(6), ["one", "two", "three"])
    assert ends(life) == {"three": "finished"}


def test_step_tells_the_host_all_about_a_touch():
    """What, to whom by which permission, until when; its key is that of the plan."""
    life = live(by(sequence("one", step("hello", channel='"email"', content='"guide"'), enter=ON_FORM)))
    planned = life.by.plan(life.record, now=on(1)).touches
    assert planned == ()
    due = details(life.does("form", 1), "touch_due")
    assert due == {
        "key": f"L1:{life.facts[-2].seq}:touch_due",
        "lead_id": "L1",
        "touch_key": "L1:one:1:hello:1",
        "sequence": "one",
        "step": "hello",
        "channel": "email",
        "purpose": "newsletter",
        "content": "guide",
        "task": None,
        "basis": "opt_out",
        "one_click": False,
        "expires_at": on(4),
    }


def test_step_tells_the_host_of_an_enrolment_of_its_own():
    """With the fact of it."""
    outcome = live(THREE).does("form", 1)
    assert [effect.sequence for effect in outcome.effects if isinstance(effect, Enrol)] == ["three"]


def test_step_that_comes_early_changes_nothing():
    """Nor does it change what comes next."""
    life = live(THREE)
    life.does("form", 1)
    before = life.record
    early = life.by.handle(before, Tick(), now=on(2.9))
    assert (early.facts, early.effects) == ((), ())
    assert life.by.next_due(early.record) == life.by.next_due(before) == on(3)
    assert life.by.plan(early.record).touches == life.by.plan(before).touches


def test_step_lets_only_one_touch_come_due_when_a_tick_is_late():
    """What was missed meanwhile is moved: each wait begins when the touch before it came due."""
    life = live(THREE)
    life.does("form", 1)
    late = life.passes(30)
    assert came_due(late) == ["two"]
    assert life.wakes() == on(33)
    assert due_in(life)[-1] in ("two", "three")


def test_step_decides_a_fork_as_of_its_deadline_when_a_tick_is_late():
    """The time for the act was over then, whenever that became known."""
    life = live(by(sequence("one", FORK, mail("no", "1d"), mail("yes"), enter=ON_FORM)))
    life.does("form", 1)
    late = life.passes(4.5)
    assert [(fact.at, fact.way, fact.to) for fact in late.facts if isinstance(fact, made.ForkTaken)] == [
        (on(4), "no", "no")
    ]
    assert life.by.next_due(life.record) == on(5)


def test_step_decides_a_fork_before_an_act_that_comes_after_its_deadline():
    """An act that becomes known later is too late, whenever it was done."""
    life = live(by(sequence("one", FORK, mail("no", "9d"), mail("yes"), enter=ON_FORM)))
    life.does("form", 1)
    outcome = life.does("visit", 3.9, known=4.1)
    assert details(outcome, "fork_taken")["way"] == "no"
    assert life.record.state.enrolments["one"].step == "no"


def test_step_sends_nothing_to_whom_withdraws_at_the_moment_at_which_something_is_due():
    """The withdrawal comes first; so does an answer."""
    for stops in (ConsentChange(channel="email", purpose="newsletter", given=False), Verdict("no")):
        life = live(THREE)
        life.does("form", 1)
        outcome = life.takes(stops, 3)
        assert came_due(outcome) == []
        assert "three" in ends(life)
        assert life.by.plan(life.record).touches == ()


def test_step_calls_back_what_is_on_its_way_after_a_withdrawal():
    """Once each; what was reported already is not on its way."""
    life = live(THREE)
    life.does("form", 1)
    outcome = life.takes(ConsentChange(channel="*", purpose="*", given=False), 1.5)
    cancelled = [effect for effect in outcome.effects if isinstance(effect, CancelTouch)]
    assert [(effect.touch_key, effect.reason) for effect in cancelled] == [("L1:three:1:one:1", "withdrawal")]
    assert ends(life) == {"three": "withdrawal"}


def test_step_calls_back_nothing_after_a_consent():
    """Neither one to this nor a withdrawal of another purpose stops anything."""
    life = live(THREE)
    life.does("form", 1)
    assert "cancel_touch" not in effects_of(life.takes(ConsentChange(channel="email", purpose="x", given=False), 2))
    assert "cancel_touch" not in effects_of(life.takes(ConsentChange(channel="email", purpose="*", given=True), 2))
    assert ends(life) == {}


@pytest.mark.parametrize(("verdict", "reason"), [("no", "stage"), ("disqualify", "gate"), ("accept", "sql")])
def test_step_ends_sequences_by_what_people_say(verdict, reason):
    """A refusal, a disqualification and a hand-off to sales."""
    life = live(by(sequence("three", mail("one", "1d"), enter=ON_FORM)))
    life.does("form", 0)
    life.is_said(verdict, 0.5, **({"reason": "x"} if verdict == "disqualify" else {}))
    assert ends(life) == {"three": reason}
    assert due_in(life) == []


def test_step_ends_sequences_by_a_gate_of_the_profile():
    """A competitor gets nothing more, and what is on its way is called back."""
    life = live(by(sequence("three", mail("one"), mail("two", "1d"), enter=ON_FORM)))
    life.does("form", 0)
    outcome = life.becomes({"size": "big"}, 0.5, email="x@rival.example")
    assert ends(life) == {"three": "gate"}
    assert details(outcome, "cancel_touch")["reason"] == "gate"


def test_step_waits_in_a_sequence_that_a_gate_does_not_end():
    """It goes on when the gate is lifted."""
    life = live(by(sequence("three", mail("one", "1d"), enter=ON_FORM, exits='["reply"]')))
    life.does("form", 0)
    life.is_said("disqualify", 0.5, reason="x")
    life.passes(3)
    assert (due_in(life), life.by.next_due(life.record)) == ([], None)
    life.is_said("reinstate", 4)
    assert due_in(life) == ["one"]


def test_step_begins_a_sequence_upon_a_stage():
    """Also upon the first one, unless the lead came with a back-fill."""
    upon = by(sequence("cold", mail("one"), enter='{ stages = ["lead"] }'))
    assert due_in(live(upon)) == ["one"]
    assert due_in(live(upon, imported=True)) == []
    warm = live(by(sequence("warm", mail("one"), enter='{ stages = ["mql"] }')))
    assert due_in(warm) == []
    warm.does("visit", 1)
    assert (warm.stage, due_in(warm)) == ("mql", ["one"])


def test_step_ends_a_sequence_in_a_stage_in_which_it_does_not_run():
    """One that names stages runs in these only; what is on its way is called back."""
    life = live(by(sequence("cold", mail("one"), mail("two", "1d"), enter='{ stages = ["lead"] }', stages='["lead"]')))
    outcome = life.does("visit", 0.5)
    assert (life.stage, ends(life)) == ("mql", {"cold": "stage"})
    assert details(outcome, "cancel_touch")["reason"] == "stage"


def test_step_keeps_in_touch_with_a_lead_that_was_recycled():
    """The sequence of its policy begins, once, and the host is told once."""
    policy = '[recycle.inbound]\nto = "lead"\nnurture = "warm"\n'
    life = live(by(policy, sequence("warm", mail("one", "1d"))))
    life.does("visit", 0)
    outcome = life.is_said("maybe", 1)
    assert [effect.sequence for effect in outcome.effects if isinstance(effect, Enrol)] == ["warm"]
    assert "enrolled" in told(outcome)
    assert life.wakes() == on(2)
    assert due_in(life) == ["one"]


def test_step_leaves_a_sequence_of_a_policy_to_the_host_when_the_playbook_has_none_of_that_name():
    """As it is without any sequence."""
    policy = '[recycle.inbound]\nto = "lead"\nnurture = "warm"\n'
    life = live(by(policy, sequence("warm", mail("one", "1d")), sequence("other", mail("one"))))
    without = live(small(policy))
    assert [effects_of(one.is_said("maybe", 1)).count("enrol") for one in (life, without)] == [1, 1]


def test_step_waits_while_a_lead_rests():
    """What is withheld in the rolodex goes when the rest is over, not before."""
    rest = '[recycle.outbound]\nrest_months = [1, 2]\nnurture = "react"\n'
    react = sequence("react", mail("one", "1d"), stages='["recycle", "lead"]')
    life = live(by(rest, react), acquisition="outbound")
    life.is_said("maybe", 0)
    wake = life.record.state.wake_at
    assert life.by.next_due(life.record) == wake
    life.passes(10)
    assert due_in(life) == []
    life.wakes()
    assert (life.record.as_of, due_in(life)) == (wake, ["one"])


def test_step_makes_of_facts_what_it_has_made():
    """State, text and a record made anew are the same."""
    life = live(THREE)
    life.does("form", 1)
    life.passes(3)
    record, qualifier = life.record, life.by
    assert qualifier.load(record.to_json()) == record
    assert qualifier.restore(life.lead, life.facts, life.events, now=record.as_of) == record
    folded = qualifier.refold(record, life.events, now=record.as_of).record
    assert (folded.memory, folded.state.touches) == (record.memory, record.state.touches)


def test_step_that_is_stale_lets_nothing_come_due():
    """No score can decide anything until the events are folded anew; then it goes on. What expires, expires."""
    life = live(THREE)
    life.does("visit", 0.5)
    life.does("form", 1)
    flagged = life.takes(Flag(event_id="L1-1", flag="bot"), 1.5)
    assert flagged.record.stale
    assert life.by.next_due(flagged.record) == on(4)
    assert told(life.passes(5)) == ["touch_ended"]
    with pytest.raises(TransitionError, match="its events have to be folded anew"):
        life.by.plan(life.record)
    assert life.is_folded_anew(5).record.stale is False
    assert due_in(life) == ["one", "two"]


def test_step_that_is_stale_begins_no_sequence():
    """Whether a lead may come in cannot be told."""
    life = live(THREE)
    life.does("visit", 0.5)
    life.takes(Flag(event_id="L1-1", flag="bot"), 1)
    assert told(life.does("form", 1.5)) == []


def test_step_ends_a_sequence_that_the_playbook_no_longer_has():
    """Nobody is lost in it, as long as there is another one."""
    life = live(by(sequence("old", mail("one"), mail("two", "2d"), enter=ON_FORM), sequence("new", mail("one"))))
    life.does("form", 1)
    after = by(sequence("new", mail("one")))
    outcome = after.handle(life.record, Tick(), now=on(1))
    assert [(vars(fact)["sequence"], vars(fact)["reason"]) for fact in outcome.facts] == [("old", "removed")]


def test_step_finds_the_place_of_a_lead_whose_step_was_taken_out():
    """Another stands in for it, and the wait is counted from where it began."""
    life = live(by(sequence("old", mail("one"), mail("two", "2d"), enter=ON_FORM)))
    life.does("form", 1)
    other = sequence("old", mail("one"), mail("late", "4d"), enter=ON_FORM, moved='{ two = "late" }')
    after = by(other)
    outcome = after.handle(life.record, Tick(), now=on(5))
    assert came_due(outcome) == ["late"]


def test_step_ends_a_sequence_in_which_nothing_stands_in_for_the_step_of_a_lead():
    """Whoever stands at another step stays, and goes on."""
    steps = [mail(name, wait) for name, wait in (("one", "0m"), ("two", "2d"), ("three", "4d"))]
    life = live(by(sequence("old", *steps, enter=ON_FORM)))
    life.does("form", 1)
    after = by(sequence("old", steps[0], steps[2], enter=ON_FORM))
    outcome = after.handle(life.record, Tick(), now=on(1))
    over = [(fact.sequence, fact.reason, fact.at) for fact in outcome.facts if isinstance(fact, made.EnrolmentEnded)]
    assert over == [("old", "changed", on(1))]
    assert after.plan(life.record, now=on(1)).touches == ()
    life.passes(3)
    assert told(after.handle(life.record, Tick(), now=on(4))) == ["touch_ended"]
    assert came_due(after.handle(life.record, Tick(), now=on(7))) == ["three"]


def test_step_plans_nothing_for_a_playbook_without_sequences():
    """Its plan is empty, as of then."""
    life = live(small())
    plan = life.by.plan(life.record, now=on(1))
    assert (plan.as_of, plan.touches, plan.withheld) == (on(1), (), ())


def test_step_expires_touches_at_their_time():
    """Not a moment before it; the host said nothing."""
    life = live(by(sequence("one", mail("one"), enter=ON_FORM)))
    life.does("form", 1)
    due = life.by.next_due(life.record)
    assert due == on(4)
    assert life.passes(4 - 1 / 86_400).facts == ()
    [fact] = life.passes(4).facts
    assert (fact.name, vars(fact)["outcome"], fact.at) == ("touch_ended", "expired", due)
    assert life.by.next_due(life.record) is None


def test_step_expires_a_touch_as_of_its_time_when_a_tick_is_late():
    """And what is known of it since."""
    life = live(by(sequence("one", mail("one"), enter=ON_FORM)))
    life.does("form", 1)
    [fact] = life.passes(9).facts
    assert (fact.at, fact.known_at) == (on(4), on(9))


def test_step_gives_the_same_touches_to_a_lead_with_many_sequences_as_its_plan():
    """In the order of time, then of priority, each counting for the caps of the next."""
    caps = "[caps]\nemail = [{ days = 1, times = 1 }]\n"
    parts = [
        sequence(name, mail("a"), mail("b", "2d"), enter=ON_FORM, exclusive="false", priority=str(rank))
        for name, rank in (("low", 1), ("high", 2), ("mid", 1))
    ]
    life = live(by(caps, *parts))
    first = life.does("form", 1)
    assert [vars(effect)["touch_key"] for effect in first.effects if isinstance(effect, TouchDue)] == ["L1:high:1:a:1"]
    planned = [(touch.at, touch.key) for touch in life.by.plan(life.record).touches]
    happened = []
    while (due := life.by.next_due(life.record)) is not None:
        outcome = life.takes(Tick(), (due - on(0)) / timedelta(days=1))
        happened += [(due, effect.touch_key) for effect in outcome.effects if isinstance(effect, TouchDue)]
    assert happened == planned
    assert len(happened) == 5


def test_step_of_an_absorbed_lead_is_over():
    """The other goes on with its own places; what the first had on its way is known to both."""
    life, other = live(THREE), live(THREE, id="L2", email="b@b.example")
    life.does("form", 1)
    other.does("form", 1)
    outcome = life.by.merge(life.record, other.record, [*life.events, *other.events], now=on(1.5))
    state = outcome.record.state
    assert [touch.key for touch in state.touches] == ["L2:three:1:one:1", "L1:three:1:one:1"]
    assert state.enrolments["three"].ended is None
    assert life.by.next_due(outcome.record) == on(3)
    planned = life.by.plan(outcome.record).touches
    assert [touch.key for touch in planned] == ["L1:three:1:two:1", "L1:three:1:three:1"]


def test_step_of_a_lead_that_is_of_nobodys_sequences_moves_by_its_lifecycle_alone():
    """Rests, service levels and events that are dated ahead come in their turn."""
    slas = '[sla]\nmql = "1h"\n[calendar]\nzone = "UTC"\n'
    for parts in ((), (OPEN_DOORS, sequence("none", mail("one")))):
        life = live(small(slas, *parts))
        life.takes(life.event("visit", 1.5), 1)
        life.passes(3)
        assert life.names() == ["opened", "stage_changed", "sla_started", "sla_breached"]
        assert life.by.handle(life.record, Tick(), now=on(3)).facts == ()


def test_step_is_known_by_its_lead():
    """A lead is opened under a playbook with sequences as under one without."""
    lead = Lead(id="L9", attributes={"size": "big"})
    rich, plain = (qualifier.open(lead, now=on(0)) for qualifier in (THREE, by(doors="")))
    assert (rich.facts, rich.effects, rich.record) == (plain.facts, plain.effects, plain.record)


def test_step_takes_what_waits_before_it_decides_upon_an_input():
    """An event that was dated ahead answers a fork in its turn."""
    life = live(by(sequence("one", FORK, mail("no", "9d"), mail("yes", "9d"), enter=ON_FORM)))
    life.does("form", 1)
    life.takes(life.event("visit", 1.9), 1)
    outcome = life.does("newsletter", 5)
    [fork] = [fact for fact in outcome.facts if isinstance(fact, made.ForkTaken)]
    assert (fork.at, fork.way) == (on(1.9), "yes")


def test_step_decides_all_that_fell_due_in_the_order_of_time():
    """A fork before a service level that is due after it, and the other way round."""
    slas = (
        '[sla]\nmql = "HOURSh"\n[calendar]\nzone = "UTC"\nhours = ["00:00-24:00"]\nweekdays = ["mon", "tue", "wed"]\n'
    )
    for hours, names in ((1, ["sla_breached", "fork_taken"]), (30, ["fork_taken", "sla_breached"])):
        one = sequence("one", FORK.replace("3d", "1d"), mail("no", "9d"), mail("yes", "9d"), enter=ON_FORM)
        for later in (Tick(), ConsentChange(channel="x", purpose="y", given=True)):
            life = live(by(slas.replace("HOURS", str(hours)), one))
            life.does("form", 0)
            assert told(life.takes(later, 2.5))[:2] == names


def test_step_begins_no_sequence_upon_a_stage_that_a_stale_lead_enters():
    """What it asks cannot be told; neither can whether it is the right one."""
    life = live(by(sequence("one", mail("a"), enter='{ stages = ["lead"] }', again='"always"'), _BACK))
    life.does("visit", 0.5)
    life.takes(Flag(event_id="L1-1", flag="bot"), 1)
    life.is_said("maybe", 2)
    assert (life.stage, life.record.state.enrolments["one"].number) == ("lead", 1)


def test_step_does_not_begin_anew_what_has_just_been_gone_through():
    """A playbook that leads in a circle goes round once at an instant."""
    ending = '{ verdict = "maybe", reason = "x" }'
    round_trip = sequence("one", mail("a"), enter='{ stages = ["lead"] }', again='"always"', on_end=ending)
    life = live(by(round_trip, _BACK))
    assert (life.stage, due_in(life)) == ("lead", ["a"])
    life.takes(EnrolmentChange(change="enrol", sequence="one"), 1)
    assert due_in(life) == ["a", "a"]


def test_step_lets_nothing_happen_at_the_end_of_time():
    """What would be due later than the last instant never is."""
    last = datetime(2199, 12, 31, 12, tzinfo=UTC)
    qualifier = by(sequence("one", mail("a"), mail("b", "9d"), enter=ON_FORM))
    record = qualifier.open(Lead(id="L1", attributes={"size": "big"}), now=last).record
    form = Event(id="e", lead_id="L1", kind="form", at=last)
    outcome = qualifier.handle(record, form, now=last)
    assert came_due(outcome) == ["a"]
    assert details(outcome, "touch_due")["expires_at"].year == 2199
    assert qualifier.next_due(outcome.record) is None
    machine = Event(id="m", lead_id="L1", kind="auto_reply", at=last)
    assert qualifier.handle(outcome.record, machine, now=last).facts == ()


def test_step_calls_back_once_what_a_gate_stops():
    """Later facts of a lead that is shut say nothing more."""
    life = live(by(sequence("one", mail("a"), mail("b", "9d"), enter=ON_FORM)))
    life.does("form", 0)
    assert effects_of(life.is_said("disqualify", 0.5, reason="x")).count("cancel_touch") == 1
    assert "cancel_touch" not in effects_of(life.consents(True, 0.6))


def test_step_calls_back_what_a_finished_sequence_has_sent_when_the_lead_is_lost():
    """After an end nothing goes; of a sequence that was gone through nothing is called back before."""
    life = live(by(sequence("one", mail("a"), enter=ON_FORM)))
    assert "cancel_touch" not in effects_of(life.does("form", 0))
    assert details(life.is_said("no", 1), "cancel_touch")["reason"] == "lost"


def test_step_asks_again_at_the_instant_itself_whether_a_step_is_skipped():
    """What is so by then decides: a touch that was to be skipped goes, when the tick comes."""
    when = '{ field = "days_in_stage", op = "ge", value = 2 }'
    life = live(by(sequence("one", mail("a", "2d", when=when), enter='{ stages = ["lead"] }')))
    assert [one.reason for one in life.by.plan(life.record).withheld] == ["when"]
    assert life.by.next_due(life.record) == on(2)
    assert came_due(life.passes(5)) == ["a"]


def test_step_counts_business_time_by_the_calendar_of_the_playbook():
    """Two hours are two days where business is open for one."""
    calendar = '[calendar]\nzone = "UTC"\nhours = ["09:00-10:00"]\n'
    waiting = step("one", channel='"email"', task='"Write"', wait='{ business = "2h" }')
    life = live(by(calendar, sequence("one", waiting, enter=ON_FORM)))
    life.does("form", 0)
    assert life.wakes() == on(1) + timedelta(hours=1)
