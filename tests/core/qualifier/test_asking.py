"""A lead as planners are asked about it."""

from datetime import timedelta

from leadqual import ConsentChange, Lead, Qualifier, loads
from leadqual.lifecycle.nurtureinputs import EnrolmentChange, Suppression, TouchReport
from leadqual.qualifier.nurturedstep import NurturedStep
from tests.core.lifecycle.small import live, text
from tests.core.qualifier.nurtured import CONTENT, by, mail, sequence, step
from tests.practice.life import on

HEAD = """
[nurture]
home = "Europe/Madrid"
markets = ["PE"]
offers = { form = "page" }
"""
DOORS = f"{HEAD}effort = [{{ within = 10, cost = 5 }}, {{ cost = 1 }}]\n"
OPEN = '[[nurture.bases]]\nbasis = "opt_out"\n'
WHO = """
[[personas]]
name = "boss"
when = { field = "size", op = "eq", value = "big" }
[needs.reports]
offers = ["guide"]
"""
CALL = step("call", channel='"phone"', task='"Call"', wait='"9d"', purpose='"sales"')
TEXT = step("text", channel='"sms"', task='"Text"', wait='"9d"')
ONE = sequence("one", mail("a", "9d"), CALL, TEXT, step("do", task='"Look"', wait='"1d"'), exclusive="false")
TWO = sequence("two", mail("a", "9d"), priority="3", exclusive="false")
BY = by(WHO, ONE, TWO, doors=DOORS)


def asked(life, day=None):
    """Return how planners are asked about a lead."""
    record = life.record
    step = NurturedStep(life.by.lifecycle, life.by.nurturing, record, record.as_of if day is None else on(day))
    step.settle()
    return step.asked()


def test_asking_tells_where_a_lead_stands():
    """Its places by priority, its stage, and what it decided."""
    life = live(BY)
    for name in ("one", "two"):
        life.takes(EnrolmentChange(change="enrol", sequence=name), 0)
    life.takes(ConsentChange(channel="email", purpose="x", given=True), 0)
    life.takes(Suppression(channel="sms"), 0)
    question = asked(life, 1)
    assert (question.lead_id, question.now, question.stage, question.phase) == ("L1", on(1), "lead", "TOFU")
    assert [place.sequence for place in question.enrolments] == ["two", "one"]
    assert (question.resting, question.gates, question.disqualified) == (False, (), False)
    assert question.consents == life.record.state.consents
    assert question.suppressed == {"sms"}
    life.is_said("maybe", 2)
    assert asked(life).enrolments == ()
    life.is_said("disqualify", 3, reason="x")
    assert asked(life).disqualified is True


def test_asking_leaves_a_lead_alone_in_the_rolodex_and_after_its_last_try():
    """An inbound lead that rests without a date may be kept warm; an outbound one waits for its date, or for itself."""
    kept = live(BY, acquisition="inbound")
    kept.is_said("maybe", 1)
    assert (kept.record.state.dormant, asked(kept).resting) == (True, False)
    life = live(BY, acquisition="outbound")
    for number in range(4):
        assert asked(life).resting is False
        life.is_said("maybe", 200 * number + 1)
        assert asked(life).resting is True
        life.passes(200 * number + 199)
    assert (life.record.state.dormant, asked(life).resting) == (True, True)


def test_asking_answers_the_three_questions():
    """Who it is, what it took, what it wants; and when it asked for something."""
    life = live(BY)
    assert (asked(life).who.persona, asked(life).who.need, asked(life).requested_at) == ("boss", None, None)
    life.does("form", 1, page="guide")
    question = asked(life)
    assert (question.who.offers, question.who.acts, question.who.need) == ({"guide": on(1)}, {"form": 1}, "reports")
    assert question.requested_at == on(1)


def test_asking_counts_a_hand_raise_as_a_request():
    """Until it led somewhere."""
    life = live(BY, {"size": "tiny"}, email="x@rival.example")
    life.does("ask", 2)
    assert asked(life).requested_at == on(2)


def test_asking_tells_how_close_a_lead_is_if_effort_is_minded():
    """Otherwise that is not worked out."""
    assert asked(live(BY)).missing == 500
    assert asked(live(by(ONE))).missing is None


def test_asking_tells_the_gates():
    """Of the profile."""
    assert asked(live(BY, email="x@rival.example")).gates == ("competitor",)


def test_asking_tells_which_channels_have_an_address():
    """By mail address and phone number; without either nobody knows, and what a profile cannot tell is open."""
    for more, channels in (
        ({"email": "a@b.example", "phone": None}, {"email", "task"}),
        ({"email": None, "phone": "+34 600 000 000"}, {"phone", "sms", "task"}),
        ({"email": "a@b.example", "phone": "1"}, {"email", "phone", "sms", "task"}),
        ({"email": None, "phone": None}, None),
    ):
        assert asked(live(BY, **more)).reachable == channels


def test_asking_tells_where_a_lead_may_be():
    """By its zone, else its country, else its phone, else the markets."""
    for more, source, countries in (
        ({"zone": "Asia/Tokyo", "phone": "+34 600 000 000"}, "lead", ("ES",)),
        ({"phone": "+34 600 000 000"}, "phone", ("ES",)),
        ({}, "markets", ()),
    ):
        question = asked(live(BY, **more))
        assert (question.candidates.source, question.countries) == (source, countries)
    there = live(BY)
    there.takes(EnrolmentChange(change="enrol", sequence="one"), 0)
    assert asked(there).candidates.zones == ("America/Lima",)


def test_asking_reads_the_country_of_a_lead():
    """If the playbook declares it; it comes before the phone."""
    qualifier = Qualifier(loads(text(DOORS, ONE).replace('size = "text"', 'size = "text"\ncountry = "text"')))
    lead = Lead(id="L1", phone="+1 212 555 0100", attributes={"size": "big", "country": "ES"})
    record = qualifier.open(lead, now=on(0)).record
    question = NurturedStep(qualifier.lifecycle, qualifier.nurturing, record, on(0)).asked()
    assert (question.candidates.source, question.countries) == ("country", ("ES",))


def test_asking_tells_whether_a_condition_holds_now():
    """Over score, lead, state, persona and need; also with what was done since."""
    when = '{ all = [{ field = "need", op = "eq", value = "reports" }, { field = "stage", op = "eq", value = "mql" }] }'
    life = live(by(WHO, sequence("one", mail("a", "1d", when=when)), doors=HEAD + OPEN))
    life.takes(EnrolmentChange(change="enrol", sequence="one"), 0)
    condition = life.by.playbook.sequences["one"].steps[0].when
    assert asked(life).holds(condition) is False
    life.does("form", 0.5, page="guide")
    assert asked(life).holds(condition) is True
    assert life.wakes() == on(1)
    assert [touch.step for touch in life.record.state.touches] == ["a"]


def test_asking_counts_a_touch_of_which_nobody_said_anything():
    """It may have gone: neither a cap nor the choice of content forgets it."""
    caps = "[caps]\nemail = [{ days = 10, times = 1 }]\n"
    pool = step("b", channel='"email"', pool="{}", wait='"1d"')
    first = step("a", channel='"email"', content='"case"')
    life = live(by(caps, sequence("one", first, pool, enter='{ on = ["form"] }')))
    life.does("form", 0)
    [before] = life.by.plan(life.record).touches
    life.wakes()
    assert life.record.state.touches[0].outcome == "expired"
    [after] = life.by.plan(life.record).touches
    assert (before.at, before.content) == (after.at, after.content) == (on(0) + timedelta(days=10), "guide")
    assert CONTENT.count("kind") == 2


def test_asking_counts_no_touch_that_did_not_go():
    """What the host has called off may go another time."""
    life = live(by(sequence("one", mail("a"), mail("b", "9d"), enter='{ on = ["form"] }')))
    life.does("form", 0)
    life.takes(TouchReport(key="L1:one:1:a:1", outcome="cancelled"), 0.5)
    assert [touch.outcome for touch in asked(life).touches] == ["cancelled"]


def test_asking_tells_the_step_that_stands_in_for_one_that_was_taken_out():
    """Planners see where the lead stands now."""
    life = live(by(sequence("one", mail("a"), mail("b", "9d"), enter='{ on = ["form"] }')))
    life.does("form", 0)
    assert [place.step for place in asked(life).enrolments] == ["b"]
    life.by = by(sequence("one", mail("a"), mail("c", "9d"), moved='{ b = "c" }'))
    assert [place.step for place in asked(life).enrolments] == ["c"]


def test_asking_counts_the_last_request_of_every_kind():
    """An offer that was taken, and a consent that has to be confirmed, whichever came later."""
    double = OPEN.replace("opt_out", "opt_in") + "confirmed = true\n"
    for first, then in ((1, 2), (2, 1)):
        life = live(by(WHO, ONE, doors=HEAD + double))
        for day in sorted((first, then)):
            if day == first:
                life.does("form", day, page="guide")
            else:
                life.takes(ConsentChange(channel="email", purpose="x", given=True), day)
            assert asked(life).requested_at == on(day)


def test_asking_tells_whether_a_condition_on_time_and_state_holds():
    """As of the moment that is asked for."""
    when = '{ field = "state.hand_raised", op = "eq", value = true }'
    life = live(by(sequence("one", mail("a", "9d", when=when))), email="x@rival.example")
    condition = life.by.playbook.sequences["one"].steps[0].when
    assert asked(life, 0.5).holds(condition) is False
    life.does("ask", 1)
    assert asked(life, 30.9).holds(condition) is True
    assert asked(life, 31.1).holds(condition) is False
