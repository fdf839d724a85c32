"""Into a sequence and out of it."""

import pytest

from leadqual import ConsentChange, TransitionError
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.nurtureinputs import EnrolmentChange
from tests.core.lifecycle.small import live, way
from tests.core.qualifier.nurtured import by, due_in, ends, mail, sequence, step, told
from tests.practice.life import details, effects_of, on

ON_FORM = '{ on = ["form"] }'


def enrolled(life, name="one"):
    """Return on which days a lead came into a sequence."""
    return [(fact.at - on(0)).days for fact in life.facts if isinstance(fact, made.Enrolled) and fact.sequence == name]


def refused(life, name, day):
    """Return why a lead cannot be put into a sequence."""
    with pytest.raises(TransitionError) as caught:
        life.by.handle(life.record, EnrolmentChange(change="enrol", sequence=name), now=on(day))
    [problem] = caught.value.problems
    return str(problem.got)


@pytest.mark.parametrize(
    ("again", "days"),
    [({}, [0]), ({"again": '"if_not_active"'}, [0, 12]), ({"again": '"always"'}, [0, 2, 12])],
)
def test_enrolling_again_is_as_the_sequence_says(again, days):
    """Once, once it is over, or always, which begins anew."""
    life = live(by(sequence("one", mail("a", "5d"), enter=ON_FORM, **again)))
    for day in (0, 2, 12):
        life.passes(max(day - 3, 0))
        life.does("form", day)
    assert enrolled(life) == days
    assert life.record.state.enrolments["one"].number == len(days)


def test_enrolling_anew_ends_what_was_before_it():
    """It is superseded by itself, and its touches have keys of their own."""
    life = live(by(sequence("one", mail("a"), mail("b", "5d"), enter=ON_FORM, again='"always"')))
    life.does("form", 0)
    outcome = life.does("form", 2)
    assert told(outcome) == ["enrolment_ended", "enrolled", "touch_came_due"]
    assert details(outcome, "enrolment_ended")["reason"] == "superseded"
    assert [fact.key for fact in life.facts if isinstance(fact, made.TouchCameDue)] == ["L1:one:1:a:1", "L1:one:2:a:1"]
    assert details(outcome, "cancel_touch")["touch_key"] == "L1:one:1:a:1"


def test_enrolling_again_waits_for_the_cool_down():
    """Counted from the end to the very instant."""
    life = live(by(sequence("one", mail("a"), enter=ON_FORM, again='"if_not_active"', again_after='"10d"')))
    life.does("form", 1)
    assert refused(life, "one", 11 - 1 / 86_400) == "again_after"
    life.does("form", 11)
    assert enrolled(life) == [1, 11]


def test_enrolling_again_needs_that_the_lead_is_in_it_no_longer():
    """Who was taken out may come in at that very instant, who went through a moment later."""
    life = live(by(sequence("one", mail("a"), mail("b", "5d"), again='"if_not_active"')))
    enrol, leave = (EnrolmentChange(change=change, sequence="one") for change in ("enrol", "leave"))
    life.takes(enrol, 1)
    assert refused(life, "one", 2) == "active"
    life.takes(leave, 2)
    life.takes(enrol, 2)
    assert enrolled(life) == [1, 2]
    life.passes(7)
    assert ends(life) == {"one": "finished"}
    assert refused(life, "one", 7) == "again_after"
    life.takes(enrol, 7 + 1 / 86_400)
    assert life.record.state.enrolments["one"].number == 3


def test_enrolling_is_exclusive_by_priority():
    """The higher ends the lower, the lower does not begin meanwhile, and of equals the first goes on."""
    parts = [
        sequence(name, mail("a", "9d"), enter=f'{{ on = ["{kind}"] }}', priority=rank)
        for name, kind, rank in (("low", "visit", "0"), ("high", "form", "1"), ("same", "booking", "1"))
    ]
    life = live(by(*parts))
    life.does("visit", 0)
    life.does("form", 1)
    assert ends(life) == {"low": "superseded"}
    assert [refused(life, name, 2) for name in ("low", "same")] == ["once", "exclusive"]
    life.does("booking", 2)
    assert [name for name, place in life.record.state.enrolments.items() if place.ended is None] == ["high"]


def test_enrolling_beside_others_is_possible_for_what_is_not_exclusive():
    """On both sides."""
    beside = sequence("beside", mail("a", "9d"), enter=ON_FORM, exclusive="false", priority="9")
    life = live(by(beside, sequence("one", mail("a", "9d"), enter=ON_FORM)))
    life.does("form", 0)
    assert [place.ended for place in life.record.state.enrolments.values()] == [None, None]
    assert ends(life) == {}


def test_enrolling_needs_a_stage_in_which_the_sequence_runs():
    """Neither a hand-off nor a rest is one unless it is named."""
    life = live(by(sequence("one", mail("a")), sequence("late", mail("a"), stages='["sql"]')))
    life.is_said("accept", 0)
    assert refused(life, "one", 1) == "stage"
    life.takes(EnrolmentChange(change="enrol", sequence="late"), 1)
    assert due_in(life) == ["a"]


def test_enrolling_needs_a_lead_that_is_ours():
    """No gate, no disqualification, no withdrawal of what the sequence is for."""
    for size, gate in (("gate", "gate"), ("disqualified", "disqualified"), ("withdrawal", "withdrawal")):
        life = live(by(sequence("one", mail("a"))))
        if size == "gate":
            life.becomes({"size": "big"}, 0, email="x@rival.example")
        elif size == "disqualified":
            life.is_said("disqualify", 0, reason="x")
        else:
            life.consents(False, 0)
        assert refused(life, "one", 1) == gate


def test_enrolling_ends_with_a_withdrawal_of_all_that_it_is_for():
    """One of two channels is not enough; another purpose on the side is not minded."""
    call = step("call", channel='"phone"', task='"Call"', wait='"9d"', purpose='"sales"')
    text = step("text", channel='"sms"', task='"Write"', wait='"9d"')
    life = live(by(sequence("one", mail("mail", "9d"), text, call, enter=ON_FORM)))
    life.does("form", 0)
    life.takes(ConsentChange(channel="email", purpose="newsletter", given=False), 1)
    assert ends(life) == {}
    life.takes(ConsentChange(channel="sms", purpose="newsletter", given=False), 2)
    assert ends(life) == {"one": "withdrawal"}


def test_enrolling_for_other_purposes_only_ends_with_their_withdrawal():
    """A sequence of calls is for the calls."""
    call = step("call", channel='"phone"', task='"Call"', wait='"9d"', purpose='"sales"')
    life = live(by(sequence("one", call, enter=ON_FORM)))
    life.does("form", 0)
    life.takes(ConsentChange(channel="*", purpose="newsletter", given=False), 1)
    assert ends(life) == {}
    life.takes(ConsentChange(channel="*", purpose="sales", given=False), 2)
    assert ends(life) == {"one": "withdrawal"}


def test_enrolling_in_a_sequence_that_a_withdrawal_does_not_end_skips_its_touches():
    """It says so; nothing goes."""
    life = live(by(sequence("one", mail("a", "1d"), enter=ON_FORM, exits='["reply"]')))
    life.does("form", 0)
    life.consents(False, 0.5)
    life.passes(1)
    assert (due_in(life), ends(life)) == ([], {"one": "finished"})
    assert [fact.reason for fact in life.facts if isinstance(fact, made.StepSkipped)] == ["withdrawn"]


def test_finishing_gives_the_verdict_of_the_sequence():
    """A maybe, with its reason; the lead goes where its policy says."""
    end = step("end", wait='"7d"', end="true")
    ending = '{ verdict = "maybe", reason = "no_response" }'
    life = live(by(sequence("one", mail("a"), end, enter=ON_FORM, on_end=ending)))
    life.does("form", 0)
    life.passes(3)
    due = life.wakes()
    assert (due, life.stage, life.record.state.reason) == (on(7), "recycle", "no_response")
    assert life.names()[-4:] == ["enrolment_ended", "verdict_given", "stage_changed", "recycled"]
    assert ends(life) == {"one": "finished"}


def test_finishing_at_a_step_of_its_own_follows_what_that_step_says():
    """Not what the sequence says."""
    end = step("end", end="true", on_end='{ sequence = "two" }')
    one = sequence("one", mail("a"), end, enter=ON_FORM, on_end='{ verdict = "maybe", reason = "x" }')
    life = live(by(one, sequence("two", mail("b", "1d"))))
    outcome = life.does("form", 0)
    assert ends(life) == {"one": "finished"}
    assert (enrolled(life, "two"), life.stage) == ([0], "mql")
    assert effects_of(outcome).count("enrol") == 2
    assert "cancel_touch" not in effects_of(outcome)


def test_finishing_gives_no_verdict_that_the_lead_cannot_take():
    """Where the lifecycle knows no maybe, the sequence is over, and that is all."""
    stages = '[lifecycle]\nstages = [{ name = "fresh" }, { name = "gone", kind = "ended" }]\n'
    ending = '{ verdict = "maybe", reason = "x" }'
    one = sequence("one", mail("a"), enter=ON_FORM, on_end=ending)
    life = live(by(stages, way("refused", "fresh", "gone", "no"), one))
    life.does("form", 0)
    assert (life.stage, ends(life), life.names()[-1]) == ("fresh", {"one": "finished"}, "enrolment_ended")


def test_finishing_does_not_begin_what_the_lead_may_not_come_into():
    """The next sequence has its own say."""
    two = sequence("two", mail("b"), stages='["sql"]')
    life = live(by(sequence("one", mail("a"), enter=ON_FORM, on_end='{ sequence = "two" }'), two))
    life.does("form", 0)
    assert (ends(life), enrolled(life, "two")) == ({"one": "finished"}, [])


def test_drawing_an_arm_happens_once_upon_the_enrolment():
    """It is kept in the fact, and decides which steps are skipped."""
    arms = [mail("short", arm='"short"'), mail("long", arm='"long"'), mail("all")]
    life = live(by(sequence("one", *arms, enter=ON_FORM, arms="{ short = 1, long = 1 }", salt='"s"')))
    life.does("form", 0)
    [fact] = [fact for fact in life.facts if isinstance(fact, made.Enrolled)]
    assert fact.arm in ("short", "long")
    assert due_in(life) == [fact.arm, "all"]
    assert life.record.state.enrolments["one"].arm == fact.arm


def test_drawing_a_holdout_gives_a_lead_nothing():
    """It is in the sequence all the same, until something ends that."""
    life = live(by(sequence("one", mail("a"), enter=ON_FORM, holdout="100")))
    life.does("form", 0)
    assert (due_in(life), life.record.state.enrolments["one"].held_out) == ([], True)
    assert life.by.next_due(life.record) is None
    life.does("email_reply", 1)
    assert ends(life) == {"one": "reply"}
