"""A playbook from which all sequences were taken out, and leads that are still in them."""

import pytest

from leadqual import InputRefused, Tick
from leadqual.lifecycle.nurtureinputs import EnrolmentChange, TouchReport
from leadqual.qualifier.nurturedstep import NurturedStep
from leadqual.qualifier.step import Step
from leadqual.qualifier.steps import step_of
from tests.core.lifecycle.small import QUALIFY, live, small
from tests.core.qualifier.nurtured import by, ends, mail, sequence, told
from tests.practice.life import effects_of, on

ON_FORM = '{ on = ["form"] }'
WITHOUT = small(qualify=QUALIFY.replace("15", "90"))


def left(*steps):
    """Return the life of a lead that is in sequences, under a playbook that has none any more."""
    same = {"enter": ON_FORM, "exclusive": "false"}
    life = live(by(sequence("old", *steps, **same), sequence("more", mail("z", "9d"), **same)))
    life.does("form", 1)
    life.by = WITHOUT
    return life


def kind_of_step(life, day):
    """Return which step goes to work."""
    return type(step_of(WITHOUT.lifecycle, WITHOUT.nurturing, life.record, on(day)))


def test_lead_leaves_every_sequence_that_is_gone():
    """At the next step, once and for all; nothing more is planned."""
    life = left(mail("a", "2d"))
    assert life.by.plan(life.record, now=on(1)).touches == ()
    assert kind_of_step(life, 1) is NurturedStep
    assert told(life.takes(Tick(), 1)) == ["enrolment_ended", "enrolment_ended"]
    assert ends(life) == {"old": "removed", "more": "removed"}
    assert kind_of_step(life, 1) is Step
    assert told(life.takes(Tick(), 9)) == []


def test_touch_of_a_sequence_that_is_gone_is_called_back_and_comes_to_its_end():
    """It expires as it would have, unless the host says what became of it."""
    life = left(mail("a"), mail("b", "2d"))
    assert "cancel_touch" in effects_of(life.takes(Tick(), 1))
    assert kind_of_step(life, 1) is NurturedStep
    assert life.by.next_due(life.record) == on(4)
    assert told(life.takes(Tick(), 4)) == ["touch_ended"]
    assert [touch.outcome for touch in life.record.state.touches] == ["expired"]
    assert kind_of_step(life, 4) is Step
    other = left(mail("a"))
    other.takes(TouchReport(key="L1:old:1:a:1", outcome="cancelled"), 1)
    assert [touch.outcome for touch in other.record.state.touches] == ["cancelled"]
    assert kind_of_step(other, 1) is Step


def test_lead_cannot_be_put_into_what_is_gone():
    """There are no sequences, and acts lead into none."""
    life = left(mail("a", "2d"))
    with pytest.raises(InputRefused, match="no such sequence"):
        life.by.handle(life.record, EnrolmentChange(change="leave", sequence="old"), now=on(1))
    assert "enrolled" not in told(life.does("form", 2))
    assert ends(life) == {"old": "removed", "more": "removed"}
