"""What an act of a lead, or of ours, does to its sequences."""

from datetime import timedelta

import pytest

from leadqual import Event, EventError
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.nurtureinputs import EnrolmentChange, Suppression
from leadqual.nurture.suppression import address_digest
from tests.core.lifecycle.small import BIG, live
from tests.core.qualifier.nurtured import OPEN_DOORS, by, came_due, due_in, ends, mail, sequence, step, told
from tests.practice.life import details, effects_of, on

ON_FORM = '{ on = ["form"] }'
MOMENT = timedelta(microseconds=1)
LONG = sequence("one", mail("a", "9d"), enter=ON_FORM, goals='[{ on = ["booking"] }]')
FORK = step("fork", branch='{ on = ["visit"], within = "3d", yes = "yes", no = "no" }')
FORKED = sequence("one", FORK, mail("no", "9d"), mail("yes", "9d"), enter=ON_FORM)
SINCE = FORK.replace("within", 'since = "enrolment", within')
LATER = sequence("one", mail("first", "2d"), SINCE, mail("no", "9d"), mail("yes", "9d"), enter=ON_FORM)


def took(life):
    """Return the ways that a lead took at forks."""
    return [fact.way for fact in life.facts if isinstance(fact, made.ForkTaken)]


@pytest.mark.parametrize(
    ("kind", "whose", "reason"),
    [
        ("booking", "lead", "goal"),
        ("email_reply", "lead", "reply"),
        ("call_answered", "lead", "reply"),
        ("meeting", "lead", "meeting"),
        ("meeting", "us", "meeting"),
        ("meeting_booked", "us", "meeting"),
        ("hard_bounce", "lead", "hard_bounce"),
        ("hard_bounce", "us", "hard_bounce"),
    ],
)
def test_act_ends_a_sequence(kind, whose, reason):
    """Its aim, an answer, a meeting whoever noted it, and an address that does not exist whoever found it."""
    life = live(by(LONG))
    life.does("form", 0)
    life.does(kind, 1, by=whose)
    assert ends(life) == {"one": reason}


@pytest.mark.parametrize(("kind", "whose"), [("booking", "us"), ("email_reply", "us"), ("visit", "lead"), ("x", "us")])
def test_act_of_another_kind_or_side_ends_nothing(kind, whose):
    """What we do is neither an answer nor an aim."""
    life = live(by(LONG))
    life.does("form", 0)
    life.does(kind, 1, by=whose)
    assert ends(life) == {}


@pytest.mark.parametrize("kind", ["email_reply", "meeting", "hard_bounce", "ask"])
def test_act_ends_no_sequence_that_does_not_say_so(kind):
    """Its exits are its own; a hand-off to sales ends it all the same, since it does not run there."""
    life = live(by(sequence("one", mail("a", "9d"), enter=ON_FORM, exits='["withdrawal"]')))
    life.does("form", 0)
    life.does(kind, 1)
    assert ends(life) == ({"one": "stage"} if kind == "ask" else {})


def test_act_from_before_the_enrolment_ends_nothing():
    """A late one says nothing of what began after it; one of the same instant does."""
    for at, ended in ((0.5, {}), (1, {"one": "reply"})):
        life = live(by(LONG))
        life.does("form", 1)
        life.does("email_reply", at, known=2)
        assert ends(life) == ended


def test_act_that_asks_for_sales_ends_a_sequence():
    """As a hand-off to sales."""
    life = live(by(LONG))
    life.does("form", 0)
    life.does("ask", 1)
    assert (life.stage, ends(life)) == ("sql", {"one": "sql"})


def test_act_that_begins_a_sequence_does_not_end_it():
    """Even if it is of a kind that ends it."""
    life = live(by(sequence("one", mail("a", "9d"), enter='{ on = ["email_reply"] }')))
    life.does("email_reply", 1)
    assert ends(life) == {}
    assert life.record.state.enrolments["one"].at == on(1)


def test_act_of_a_machine_only_postpones():
    """By business time from when it answered; then the touch goes."""
    life = live(by(sequence("one", mail("a", "1d"), enter=ON_FORM), "[lifecycle]\nreplies = ['auto_reply']\n"))
    life.does("form", 0)
    outcome = life.does("auto_reply", 0.5)
    until = details(outcome, "enrolment_postponed")["until"]
    assert (told(outcome), until) == (["enrolment_postponed"], on(8))
    assert ends(life) == {}
    assert life.wakes() == until
    assert due_in(life) == ["a"]


def test_act_of_a_machine_never_postpones_to_an_earlier_instant():
    """A late one that answered before the newest changes nothing, nor does one whose time is over."""
    life = live(by(LONG))
    life.does("form", 0)
    life.does("auto_reply", 3)
    assert told(life.does("auto_reply", 1, known=3.5)) == []
    assert told(life.does("auto_reply", 3, known=3.6)) == []
    assert told(life.does("auto_reply", 4)) == ["enrolment_postponed"]
    late = live(by(LONG))
    late.does("form", 0)
    assert told(late.does("auto_reply", 0.1, known=8.9)) == []


def test_act_of_a_machine_from_before_the_enrolment_postpones_nothing():
    """It answered something else."""
    life = live(by(LONG))
    life.does("form", 2)
    assert told(life.does("auto_reply", 1, known=2.5)) == []


def test_bounce_suppresses_the_address_once():
    """Whether the lead is in a sequence or not; what is on its way is called back."""
    life = live(by(sequence("one", mail("a"), mail("b", "1d"), enter=ON_FORM)))
    life.does("form", 0)
    outcome = life.does("hard_bounce", 0.5, by="us")
    fact = details(outcome, "address_suppressed")
    assert (fact["channel"], fact["reason"]) == ("email", "hard_bounce")
    assert fact["address"] == address_digest(life.lead.email)
    assert "cancel_touch" in effects_of(outcome)
    assert (life.record.state.suppressed, life.record.state.dead) == (frozenset(), {fact["address"]})
    assert told(life.does("hard_bounce", 1)) == []


def test_bounce_of_a_lead_without_an_address_suppresses_the_channel():
    """Nobody knows which address it was."""
    life = live(by(sequence("one", mail("a"), enter=ON_FORM)), email=None)
    assert details(life.does("hard_bounce", 0.5), "address_suppressed")["address"] is None
    assert (life.record.state.suppressed, life.record.state.dead) == ({"email"}, frozenset())


def test_bounce_says_nothing_new_where_the_channel_is_suppressed_already():
    """By a person, for this channel or for all."""
    for channel in ("email", "*"):
        life = live(by(sequence("one", mail("a"), enter=ON_FORM)))
        life.takes(Suppression(channel=channel), 0.1)
        assert told(life.does("hard_bounce", 0.5)) == []


def test_another_address_is_free_and_the_same_one_stays_suppressed():
    """However it is written; what was on its way to another one is called back upon the change."""
    life = live(by(sequence("one", mail("a"), mail("b", "2d"), enter=ON_FORM, again='"always"', exits='["reply"]')))
    life.does("hard_bounce", 0.5, by="us")
    life.does("form", 1)
    assert due_in(life) == []
    assert [(move.step, move.reason) for move in life.by.plan(life.record, now=on(1)).withheld] == [("b", "suppressed")]
    life.becomes(BIG, 2, email="eva@b.example")
    life.does("form", 3)
    assert due_in(life) == ["a"]
    outcome = life.becomes(BIG, 3.5, email="ANA@b.example")
    assert "cancel_touch" in effects_of(outcome)
    life.passes(9)
    assert due_in(life) == ["a"]
    skipped = [fact.reason for fact in life.facts if isinstance(fact, made.StepSkipped)]
    assert skipped == ["suppressed", "suppressed"]


def test_another_address_does_not_free_a_lead_that_a_person_has_suppressed():
    """That is about the lead, whichever its address."""
    life = live(by(sequence("one", mail("a"), enter=ON_FORM)))
    life.takes(Suppression(channel="email", reason="list"), 0.5)
    life.becomes(BIG, 1, email="eva@b.example")
    life.does("form", 2)
    assert due_in(life) == []


def test_act_takes_a_fork_at_once():
    """The touch after it is counted from then."""
    life = live(by(FORKED))
    life.does("form", 0)
    life.does("visit", 2)
    assert took(life) == ["yes"]
    assert life.record.state.enrolments["one"].step == "yes"
    assert life.by.next_due(life.record) == on(11)


def test_act_of_the_last_moment_takes_a_fork():
    """Time comes after it."""
    life = live(by(FORKED))
    life.does("form", 0)
    life.does("visit", 3)
    assert took(life) == ["yes"]


def test_act_that_came_before_the_fork_takes_it_only_if_it_says_so():
    """By itself a fork asks for what is done after it was reached; an act of that very instant was before."""
    life = live(by(FORKED))
    life.does("form", 1)
    life.does("visit", 1, known=1.5)
    assert took(life) == []
    life.takes(Event(id="late", lead_id="L1", kind="visit", at=on(1) + MOMENT), 1.6)
    assert took(life) == ["yes"]


def test_act_since_the_enrolment_takes_a_fork_as_soon_as_that_is_reached():
    """The plan says so before."""
    life = live(by(LATER))
    life.does("form", 0)
    life.does("visit", 1)
    assert took(life) == []
    assert [touch.step for touch in life.by.plan(life.record).touches] == ["first", "yes"]
    assert came_due(life.passes(2)) == ["first"]
    assert took(life) == ["yes"]
    again = life.by.refold(life.record, life.events, now=on(2)).record
    assert again.memory == life.record.memory


def test_act_from_before_the_enrolment_takes_no_fork_that_asks_since_then():
    """One of the same instant does; and one that comes while the lead stands there."""
    life = live(by(LATER))
    life.does("visit", 0)
    life.does("form", 1)
    life.passes(3)
    assert took(life) == []
    life.does("visit", 4)
    assert took(life) == ["yes"]
    same = live(by(LATER))
    same.does("visit", 0)
    same.does("form", 0)
    same.passes(2)
    assert took(same) == ["yes"]
    here = live(by(sequence("one", SINCE, mail("no", "9d"), mail("yes", "9d"), enter=ON_FORM)))
    here.does("form", 1)
    here.does("visit", 0.5, known=1.5)
    assert took(here) == []
    here.does("visit", 1, known=2)
    assert took(here) == ["yes"]


def test_act_counts_for_a_fork_from_when_it_is_reached():
    """A fork that is reached after a wait does not see what was done in the meantime."""
    late = FORK.replace('name = "fork"', 'name = "fork"\nwait = "2d"')
    life = live(by(sequence("one", late, mail("no", "9d"), mail("yes", "9d"), enter=ON_FORM)))
    life.does("form", 0)
    life.does("visit", 1)
    assert (took(life), life.by.next_due(life.record)) == ([], on(5))
    life.does("visit", 2.5)
    assert took(life) == ["yes"]


def test_act_that_takes_a_fork_to_the_end_finishes_the_sequence():
    """Both ways may lead there."""
    fork = step("fork", branch='{ on = ["visit"], within = "3d", no = "no" }')
    life = live(by(sequence("one", step("go", branch='{ on = ["visit"], within = "3d", yes = "end", no = "a" }'),
                            mail("a", "1d", next='"end"'), step("end", end="true"), enter=ON_FORM)))  # fmt: skip
    life.does("form", 0)
    life.does("visit", 1)
    assert ends(life) == {"one": "finished"}
    last = live(by(sequence("one", mail("no"), fork, enter=ON_FORM)))
    last.does("form", 0)
    last.does("visit", 1)
    assert (took(last), ends(last)) == (["yes"], {"one": "finished"})


def test_act_takes_no_fork_of_a_sequence_that_is_paused():
    """It stands still; the time for the act goes on with it afterwards."""
    life = live(by(FORKED))
    life.does("form", 0)
    life.takes(EnrolmentChange(change="pause", sequence="one"), 1)
    life.does("visit", 2)
    assert (took(life), life.by.next_due(life.record)) == ([], None)
    life.takes(EnrolmentChange(change="resume", sequence="one"), 5)
    assert life.by.next_due(life.record) == on(7)


def test_act_of_other_properties_is_not_waited_for():
    """Goals, forks and beginnings ask for them."""
    page = '{ field = "page", op = "eq", value = "/prices" }'
    fork = FORK.replace("within", f"when = {page}, within")
    whole = sequence(
        "one", fork, mail("no", "9d"), mail("yes", "9d"),
        enter=f'{{ on = ["form"], properties = {page} }}', goals=f'[{{ on = ["booking"], when = {page} }}]',
    )  # fmt: skip
    life = live(by(whole))
    life.does("form", 0, page="/")
    assert life.record.state.enrolments == {}
    life.does("form", 1, page="/prices")
    life.does("visit", 2, page="/")
    life.does("booking", 2.5)
    assert (took(life), ends(life)) == ([], {})
    life.does("visit", 3, page="/prices")
    assert took(life) == ["yes"]
    life.does("booking", 3.5, page="/prices")
    assert ends(life) == {"one": "goal"}


@pytest.mark.parametrize(
    "waits", ["goals = [{ on = ['form'], when = WHEN }]", "enter = { on = ['form'], properties = WHEN }"]
)
def test_act_with_a_property_of_another_type_is_refused_by_name(waits):
    """Nothing has changed then."""
    name, _, value = waits.replace("WHEN", '{ field = "people", op = "ge", value = 2 }').partition(" = ")
    life = live(by(sequence("one", mail("a", "9d"), **{name: value})))
    life.takes(EnrolmentChange(change="enrol", sequence="one"), 0)
    bad = Event(id="bad", lead_id="L1", kind="form", at=on(1), properties={"people": "two"})
    with pytest.raises(EventError, match=r"event 'bad'.properties.people: a whole number was expected"):
        life.by.handle(life.record, bad, now=on(1))


def test_beginning_asks_for_what_holds_of_the_lead():
    """Its score with the act, its state, its persona and its need."""
    when = '{ all = [{ field = "interest", op = "ge", value = 5 }, { field = "persona", op = "eq", value = "boss" }] }'
    who = '[[personas]]\nname = "boss"\nwhen = { field = "size", op = "eq", value = "big" }\n'
    text = sequence("one", mail("a", "9d"), enter=f'{{ on = ["form", "newsletter"], when = {when} }}')
    life = live(by(text, who))
    life.does("newsletter", 0)
    assert life.record.state.enrolments == {}
    life.does("form", 1)
    assert life.record.state.enrolments["one"].at == on(1)
    other = live(by(text, who), {"size": "mid"})
    other.does("form", 1)
    assert other.record.state.enrolments == {}


def test_beginning_is_not_for_acts_that_do_not_count():
    """What was done before the lead's events count begins nothing."""
    life = live(by(sequence("one", mail("a"), enter='{ on = ["newsletter"] }'), '[recycle.inbound]\nto = "lead"\n'))
    life.is_said("maybe", 2)
    assert told(life.does("newsletter", 1, known=3)) == []
    assert told(life.does("newsletter", 3))[0] == "enrolled"


def test_act_counts_from_when_a_fork_is_reached_by_the_clock_of_the_lead():
    """A day later by its calendar, since when the clock was put on: after 23 hours."""
    fork = step("fork", wait="{ days = 1 }", branch='{ on = ["visit"], within = "3d", yes = "yes", no = "no" }')
    madrid = OPEN_DOORS.replace("UTC", "Europe/Madrid")
    for hours, ways in ((22.9, []), (23, []), (23.1, ["yes"])):
        life = live(by(sequence("one", fork, mail("no"), mail("yes"), enter=ON_FORM), doors=madrid))
        life.does("form", 82)  # on 28 March
        life.does("visit", 82 + hours / 24, known=83.5)
        assert took(life) == ways
