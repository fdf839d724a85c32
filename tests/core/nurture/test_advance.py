from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from leadqual.conditions import field
from leadqual.lifecycle.enrolment import PastTouch
from leadqual.nurture.advance import counted_of, is_answered, zone_of
from leadqual.nurture.caps import Caps, FrequencyCap
from leadqual.nurture.counting import CountedTouch
from leadqual.nurture.planned import Fork, PlannedEnd, Touch, Withheld
from leadqual.nurture.sequences import Branch, Step
from leadqual.nurture.waits import Wait
from leadqual.nurture.zones import CandidateZones

from .placed import DAY, HOUR, NOW, lead, mail, next_move, place, playbook

END = Step(name="one", wait=Wait(elapsed="2h"), end=True)
FORK = Step(name="one", wait=Wait(elapsed="1h"), branch=Branch(on="click", within=Wait(days=2), yes="two", no="three"))


def test_touch_is_what_happens_next_where_nothing_stands_against_it():
    """With its key, its instant, its basis and the zone by whose clock it goes."""
    step = mail("one", wait=Wait(elapsed="3d"), task="Call", channel="phone", purpose="sales")
    assert next_move(playbook(step), lead(), place()) == Touch(
        key="L1:welcome:1:one:1", at=NOW + 3 * DAY, sequence="welcome", step="one", channel="phone", purpose="sales",
        task="Call", basis="none", zones=("Europe/Madrid",), wished=NOW + 3 * DAY,
    )  # fmt: skip


def test_late_touch_goes_now():
    """What it was wished for is told."""
    move = next_move(playbook(mail("one")), lead(now=NOW + DAY), place())
    assert (move.at, move.wished, move.moved_by) == (NOW + DAY, NOW, ())


@pytest.mark.parametrize(
    ("reason", "known", "where"),
    [
        ("paused", {}, {"paused_at": NOW}),
        ("held_out", {}, {"held_out": True}),
        ("disqualified", {"disqualified": True}, {}),
        ("gate", {"gates": ("rival",)}, {}),
        ("stage", {"stage": "won"}, {}),
        ("rest", {"resting": True}, {}),
    ],
)
@pytest.mark.parametrize("step", [mail("one", wait=Wait(elapsed="1h")), END, FORK])
def test_lead_that_gets_nothing_waits_in_place(reason, known, where, step):
    """Neither a touch nor a fork nor the end comes; the channel is told of a touch only."""
    plan = playbook(step, mail("two"), mail("three"), sequence={"stages": ("lead",)})
    move = next_move(plan, lead(**known), place(**where))
    expected = NOW + (2 * HOUR if step.end else HOUR)
    assert move == Withheld(
        sequence="welcome", step="one", channel=step.channel, reason=reason, at=expected, skips=False
    )
    assert next_move(plan, lead(now=NOW + DAY, **known), place(**where)).at == NOW + DAY


def test_first_reason_to_wait_is_told():
    """What concerns the place in the sequence first, then the lead."""
    plan = playbook(mail("one"), sequence={"stages": ("mql",)})
    known = {"disqualified": True, "gates": ("x",), "resting": True}
    told = [
        next_move(plan, lead(**known), place(paused_at=NOW, held_out=True)).reason,
        next_move(plan, lead(**known), place(held_out=True)).reason,
        next_move(plan, lead(**known), place()).reason,
        next_move(plan, lead(**known | {"disqualified": False}), place()).reason,
        next_move(plan, lead(resting=True), place()).reason,
    ]
    assert told == ["paused", "held_out", "disqualified", "gate", "stage"]


def test_sequence_runs_in_every_stage_where_no_stages_are_known():
    """Neither the sequence nor the playbook says where."""
    assert type(next_move(playbook(mail("one")), lead(stage="anywhere"), place())) is Touch


def test_end_comes_when_its_wait_is_over():
    """Not before now, and with the name of its step."""
    assert next_move(playbook(END), lead(), place()) == PlannedEnd(sequence="welcome", step="one", at=NOW + 2 * HOUR)
    assert next_move(playbook(END), lead(now=NOW + DAY), place()).at == NOW + DAY


@pytest.mark.parametrize("step", [None, "unknown"])
def test_sequence_without_a_further_step_is_over(step):
    """At once, without the name of a step."""
    assert next_move(playbook(mail("one")), lead(), place(step)) == PlannedEnd(sequence="welcome", at=NOW)
    assert next_move(playbook(mail("one")), lead(), place(step, since=NOW + HOUR)).at == NOW + HOUR


def test_fork_waits_until_its_deadline():
    """Which is counted from when the step is reached, after its own wait."""
    plan = playbook(FORK, mail("two"), mail("three"))
    expected = Fork(sequence="welcome", step="one", at=NOW + HOUR + 2 * DAY, yes="two", no="three")
    assert next_move(plan, lead(), place()) == expected
    assert next_move(plan, lead(now=NOW + 9 * DAY), place()).at == NOW + 9 * DAY


def test_fork_that_was_answered_since_the_enrolment_is_decided_when_it_is_reached():
    """If it asks for that; an answer before the enrolment is none."""
    branch = Branch(on="click", within=Wait(elapsed="2d"), since="enrolment")
    fork = Step(name="one", wait=Wait(elapsed="1h"), branch=branch)
    plain = playbook(Step(name="one", branch=Branch(on="click", within=Wait(elapsed="2d"))))
    plan, answers = playbook(fork), {("welcome", "one"): NOW}
    assert next_move(plan, lead(answers=answers), place()).at == NOW + HOUR
    assert next_move(plan, lead(), place()).at == NOW + HOUR + 2 * DAY
    assert next_move(plan, lead(answers=answers), place(at=NOW + timedelta(microseconds=1))).at == NOW + HOUR + 2 * DAY
    assert next_move(plain, lead(answers=answers), place()).at == NOW + 2 * DAY


def test_only_forks_are_answered():
    """A touch asks for nothing."""
    step = playbook(mail("one")).sequences["welcome"].steps["one"]
    assert not is_answered(lead(answers={("welcome", "one"): NOW}), place(), step)


def test_calendar_of_a_wait_is_that_of_the_first_zone_or_of_home():
    """Nine o'clock is seven hours later in New York than in Madrid."""
    plan = playbook(mail("one"), nurture={"home": "America/New_York"})
    assert zone_of(plan, lead(candidates=CandidateZones())) == ZoneInfo("America/New_York")
    two = CandidateZones(zones=("Asia/Tokyo", "Europe/Madrid"), source="markets")
    assert zone_of(plan, lead(candidates=two)) == ZoneInfo("Asia/Tokyo")
    step = playbook(mail("one", wait=Wait(days=1, at="09:00")), nurture={"home": "America/New_York"})
    assert next_move(step, lead(candidates=CandidateZones()), place()).wished == NOW + DAY + 2 * HOUR


def test_caps_count_what_was_sent_or_may_yet_be():
    """What was skipped, cancelled or given up does not count."""
    gone = [
        PastTouch(key=name, sequence="x", step="y", channel="email", purpose="offer", at=NOW, outcome=name)
        for name in ("due", "sent", "skipped", "cancelled", "expired")
    ]
    assert counted_of(gone) == (CountedTouch(at=NOW, channel="email", purpose="offer"),) * 2


def test_touches_that_are_planned_count_beside_those_that_came_due():
    """What is passed is counted instead of what the lead brings."""
    weekly = Caps(marketing={"email": [FrequencyCap(times=1, days=7)]})
    plan = playbook(mail("one"), caps=weekly)
    touch = PastTouch(key="k", sequence="x", step="y", channel="email", purpose="offer", at=NOW - DAY)
    assert next_move(plan, lead(touches=(touch,)), place()).at == NOW + 6 * DAY
    assert next_move(plan, lead(touches=(touch,)), place(), ()).at == NOW


def test_condition_of_a_step_is_asked_of_the_lead():
    """With the condition itself."""
    condition = field("total").ge(20)
    plan = playbook(mail("one", when=condition))
    assert type(next_move(plan, lead(holds=lambda asked: asked == condition), place())) is Touch
    assert next_move(plan, lead(holds=lambda asked: asked != condition), place()).reason == "when"


def test_fork_waits_by_the_calendar_of_the_lead():
    """Two days on, its clock shows the same time; it was put on meanwhile."""
    since = datetime(2026, 3, 28, 8, tzinfo=UTC)  # 9:00 in Madrid
    move = next_move(playbook(FORK, mail("two"), mail("three")), lead(now=since), place(since=since))
    assert move.at == datetime(2026, 3, 30, 8, tzinfo=UTC)  # 10:00 there: its first hour had passed before
