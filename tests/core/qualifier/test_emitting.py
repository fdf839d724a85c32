"""Whether a touch that has come due may still go, asked right before it is sent."""

import pytest
from attrs import evolve

from leadqual import ConsentChange, InputRefused, Tick, TransitionError, Verdict
from leadqual.lifecycle.nurtureinputs import EnrolmentChange, Suppression, TouchReport
from leadqual.nurture.planned import Touch, Withheld
from tests.core.lifecycle.small import live
from tests.core.qualifier.nurtured import by, mail, sequence
from tests.practice.life import on

ONE = by(sequence("one", mail("a"), mail("b", "4d")))
KEY = "L1:one:1:a:1"
BY_DAY = """
[nurture.windows."*"]
hours = ["09:00-17:00"]
"""
SELDOM = """
[caps.marketing]
email = [{ times = 1, days = 2 }]
"""


def enrolled(qualifier=ONE, name="one", day=1.0):
    """Return a life in which a touch has come due."""
    life = live(qualifier)
    life.takes(EnrolmentChange(change="enrol", sequence=name), day)
    return life


def asked(life, day, key=KEY):
    """Return whether a touch still goes."""
    return life.by.still_goes(life.record, key, now=on(day))


def test_touch_still_goes_when_nothing_has_changed():
    """It is the one that came due, under its key, and it goes now."""
    found = asked(enrolled(), 1.5)
    assert isinstance(found, Touch)
    assert (found.key, found.at, found.step, found.channel, found.basis) == (KEY, on(1.5), "a", "email", "opt_out")
    assert found.moved_by == ()


def test_touch_that_is_over_does_not_go():
    """Whatever became of it."""
    life = enrolled()
    life.takes(TouchReport(key=KEY, outcome="sent"), 2)
    assert asked(life, 2) == Withheld(sequence="one", step="a", channel="email", reason="sent", at=on(2))


def test_touch_waits_for_its_hours():
    """It came due at ten, and is asked about at night."""
    life = enrolled(by(BY_DAY, sequence("one", mail("a"))))
    found = asked(life, 1.5)
    assert isinstance(found, Touch)
    assert (found.at, found.moved_by) == (on(2), ("window",))


def test_touch_waits_for_its_cap_and_does_not_count_for_itself():
    """What has come due besides counts; alone it goes at once."""
    life = enrolled(by(SELDOM, sequence("one", mail("a"), mail("b", "2d"))))
    assert asked(life, 1).at == on(1)
    life.takes(Tick(), 3)
    assert [touch.key for touch in life.record.state.touches] == [KEY, "L1:one:1:b:1"]
    late = asked(life, 3.5)
    assert (late.at, late.moved_by) == (on(5), ("cap",))
    assert asked(life, 3.5, "L1:one:1:b:1").at == on(3.5)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({"disqualified": "poor"}, "disqualified"),
        ({"suppressed": frozenset({"email"})}, "suppressed"),
        ({"enrolments": {}}, "removed"),
    ],
)
def test_touch_that_must_not_go_any_more_says_why(state, reason):
    """Even if nobody has called it back."""
    life = enrolled()
    record = evolve(life.record, state=evolve(life.record.state, **state))
    assert life.by.still_goes(record, KEY, now=on(2)).reason == reason


def test_touch_to_whom_a_gate_holds_does_not_go():
    """The profile says so by now."""
    life = enrolled()
    rival = evolve(life.record.lead, email="ana@rival.example")
    record = evolve(life.record, profile=life.record.model.profile(rival))
    assert life.by.still_goes(record, KEY, now=on(2)).reason == "gate"


def test_touch_does_not_go_after_a_withdrawal():
    """Whether or not the host has heard yet that it is called back."""
    life = enrolled()
    life.takes(ConsentChange(channel="email", purpose="*", given=False), 1.5)
    assert asked(life, 2).reason == "withdrawn"


def test_touch_of_a_lead_that_rests_by_now_still_goes():
    """What came due before is not called back by it; nor by a pause."""
    life = enrolled()
    life.takes(Verdict("maybe", reason="later"), 1.25)
    life.takes(Suppression(channel="phone"), 1.25)
    assert isinstance(asked(life, 1.5), Touch)


@pytest.mark.parametrize("other", [by(), by(sequence("two", mail("a"))), by(sequence("one", mail("c")))])
def test_touch_of_a_step_that_the_playbook_has_no_more_does_not_go(other):
    """Nor of a sequence, nor under a playbook without any."""
    record = enrolled().record
    assert other.still_goes(record, KEY, now=on(2)).reason == "removed"


def test_touch_that_never_came_due_is_refused():
    """So is a time before the record's."""
    life = enrolled()
    with pytest.raises(InputRefused) as caught:
        asked(life, 2, "L1:one:1:b:1")
    assert str(caught.value) == (
        "key: no such touch has come due (got a key of no touch). Pass the touch_key of a TouchDue of this lead."
    )
    with pytest.raises(TransitionError):
        asked(life, 0.5)


def test_content_that_was_chosen_goes_though_it_is_seen_by_its_own_touch():
    """And though the condition of its step held only then."""
    when = '{ field = "fit", op = "lt", value = 90 }'
    life = enrolled(by(sequence("one", mail("a", content='"guide"', when=when))))
    found = asked(life, 2)
    assert (found.content, found.at) == ("guide", on(2))
