"""A double opt-in in a lead's life: nothing goes before the consent is confirmed."""

from datetime import timedelta

import pytest

from leadqual import ConsentChange, Tick
from tests.core.lifecycle.small import live
from tests.core.qualifier.nurtured import by, due_in, mail, sequence
from tests.practice.life import on

DAY = timedelta(days=1)
SEQUENCE = sequence(
    "news",
    mail("ask", purpose='"requested"'),
    mail("first"),
    mail("second", "1d"),
    enter='{ on = ["form"] }',
    exits='["reply"]',
)


def doors(*more):
    """Return the settings of a playbook whose newsletter needs a confirmation."""
    return "\n".join(['[nurture]\nhome = "UTC"', "[[nurture.bases]]", 'basis = "opt_in"', "confirmed = true", *more])


def subscribed(*more):
    """Return the life of a lead that has agreed, and comes into the sequence at once."""
    life = live(by(SEQUENCE, doors=doors(*more)))
    life.takes(ConsentChange(channel="email", purpose="newsletter", given=True, source="form"), 1)
    life.does("form", 1)
    return life


def confirms(life, day):
    """Let the lead confirm what it has agreed to."""
    life.takes(ConsentChange(channel="email", purpose="newsletter", given=True, confirmed=True), day)


def skipped(life):
    """Return the steps that were left out, and why."""
    return [(fact.step, fact.reason) for fact in life.facts if fact.name == "step_skipped"]


def planned(life, day):
    """Return what a plan says of the steps."""
    plan = life.by.plan(life.record, now=on(day))
    found = [(move.at, move.step, getattr(move, "reason", "goes")) for move in (*plan.touches, *plan.withheld)]
    return [(step, what, at) for at, step, what in sorted(found)]


def test_request_to_confirm_goes_at_once_and_nothing_else_until_it_is_confirmed():
    """It answers what the lead has asked for; the rest waits where it is, however long that takes."""
    life = subscribed()
    assert due_in(life) == ["ask"]
    assert [(step, what) for step, what, _ in planned(life, 1)] == [("first", "unconfirmed")]
    life.takes(Tick(), 50)
    assert (due_in(life), skipped(life)) == (["ask"], [])
    confirms(life, 60)
    assert due_in(life) == ["ask", "first"]
    assert planned(life, 60) == [("second", "goes", on(61))]


def test_consent_that_is_not_confirmed_in_time_leads_to_nothing():
    """Each step is left out when the time to confirm is over, as planned; a later confirmation opens nothing."""
    life = subscribed('confirm_within = "7d"')
    assert planned(life, 1) == [("first", "unconfirmed", on(8)), ("second", "unconfirmed", on(9))]
    assert life.by.next_due(life.record) == on(4)  # when the request to confirm is given up
    life.takes(Tick(), 8)
    confirms(life, 8.5)
    life.takes(Tick(), 10)
    assert due_in(life) == ["ask"]
    assert skipped(life) == [("first", "unconfirmed"), ("second", "unconfirmed")]


def test_consent_that_is_confirmed_in_time_is_one_from_then_on():
    """What waited for it goes at that moment."""
    life = subscribed('confirm_within = "7d"')
    confirms(life, 8 - 0.001)
    assert (due_in(life), skipped(life)) == (["ask", "first"], [])


def test_consent_that_ran_out_can_be_given_and_confirmed_anew():
    """With as much time as before."""
    life = subscribed('confirm_within = "1d"')
    life.takes(ConsentChange(channel="email", purpose="newsletter", given=True), 10)
    confirms(life, 10.5)
    life.takes(Tick(), 20)
    assert skipped(life) == [("first", "unconfirmed"), ("second", "unconfirmed")]
    assert life.record.state.consents["email", "newsletter"].confirmed_at == on(10.5)


def test_withdrawal_stops_what_was_confirmed():
    """At once, and a confirmation by the link in an old message does not undo it."""
    life = subscribed()
    confirms(life, 2)
    life.takes(ConsentChange(channel="email", purpose="newsletter", given=False), 2.5)
    confirms(life, 2.6)
    life.takes(Tick(), 9)
    assert due_in(life) == ["ask", "first"]
    assert skipped(life) == [("second", "withdrawn")]


def test_whoever_had_left_everything_is_asked_to_confirm_when_it_agrees_again():
    """The agreement is a request to be asked, made after the withdrawal; what is confirmed asks for nothing more."""
    life = live(by(SEQUENCE, doors=doors()))
    life.takes(ConsentChange(channel="*", purpose="*", given=False), 0.5)
    life.takes(ConsentChange(channel="email", purpose="newsletter", given=True), 1)
    life.does("form", 1)
    assert due_in(life) == ["ask"]


@pytest.mark.parametrize(("confirmed", "due"), [(False, []), (True, [])])
def test_agreement_is_no_request_where_nothing_is_to_be_confirmed(confirmed, due):
    """By a playbook without a double opt-in, or once it is confirmed, a withdrawal of all keeps answers back."""
    life = live(by(SEQUENCE, doors=doors() if confirmed else doors().replace("confirmed = true", "")))
    life.takes(ConsentChange(channel="*", purpose="*", given=False), 0.5)
    life.takes(ConsentChange(channel="email", purpose="newsletter", given=True), 1)
    if confirmed:
        confirms(life, 1)
    life.does("form", 1)
    assert [step for step in due_in(life) if step == "ask"] == due
