from datetime import timedelta
from itertools import islice

from leadqual.lifecycle.enrolment import PastTouch
from leadqual.nurture.ahead import HORIZON, MOST_MOVES, MOST_TOUCHES, moves_ahead, plan_ahead
from leadqual.nurture.basis import BasisRule
from leadqual.nurture.caps import Caps, FrequencyCap
from leadqual.nurture.content import Content
from leadqual.nurture.plan import plan_nurture
from leadqual.nurture.planned import Fork, Plan, PlannedEnd, Touch, Withheld
from leadqual.nurture.sequences import Branch, Ending, Pool, Sequence, Step
from leadqual.nurture.settings import Nurture
from leadqual.nurture.waits import Wait

from .placed import DAY, FREE, HOUR, NOW, lead, mail, place, playbook

LATER = Wait(elapsed="2d")


def told(plan):
    """Return what is planned of each step, and after how many hours."""
    return [(touch.step, (touch.at - NOW) // HOUR) for touch in plan.touches]


def two(first, second, **parts):
    """Return a playbook with two sequences."""
    return plan_nurture({"a": first, "b": second}, nurture=Nurture(bases=FREE), **parts)


def test_lead_in_no_sequence_has_an_empty_plan():
    """Nor has one whose sequences have ended, or are unknown."""
    plan = playbook(mail("one"))
    over = place(ended="finished", ended_at=NOW)
    for places in ((), (over,), (place(sequence="other"),)):
        assert plan_ahead(plan, lead(enrolments=places)) == Plan(as_of=NOW)


def test_each_step_waits_from_when_the_one_before_came_due():
    """Then the sequence is over."""
    plan = plan_ahead(playbook(mail("one"), mail("two", wait=LATER), mail("three", wait=LATER)), lead())
    assert told(plan) == [("one", 0), ("two", 48), ("three", 96)]
    assert plan.ends == (PlannedEnd(sequence="welcome", at=NOW + 4 * DAY),)
    assert plan.as_of == NOW


def test_wait_after_a_touch_that_was_moved_begins_when_it_goes():
    """A cap holds the second back by three days, and so the third."""
    caps = Caps(marketing={"email": [FrequencyCap(times=1, days=5)]})
    plan = plan_ahead(playbook(mail("one"), mail("two", wait=LATER), mail("three", wait=LATER), caps=caps), lead())
    assert told(plan) == [("one", 0), ("two", 120), ("three", 240)]


def test_step_that_is_skipped_leads_to_the_next_one_at_once():
    """The next wait begins when it would have gone."""
    steps = mail("one", arm="x", wait=LATER), mail("two", wait=Wait(elapsed="1h"))
    plan = plan_ahead(playbook(*steps), lead())
    assert told(plan) == [("two", 49)]
    assert plan.withheld == (Withheld(sequence="welcome", step="one", channel="email", reason="arm", at=NOW + 2 * DAY),)


def test_nothing_comes_after_a_step_that_waits():
    """Neither a touch nor the end is promised."""
    plan = plan_ahead(playbook(mail("one"), mail("two", wait=LATER)), lead(gates=("x",)))
    assert plan == Plan(
        as_of=NOW,
        withheld=(Withheld(sequence="welcome", step="one", channel="email", reason="gate", at=NOW, skips=False),),
    )


def test_plan_goes_on_as_if_nobody_acted():
    """The fork is told with its deadline."""
    fork = Step(name="one", branch=Branch(on="click", within=LATER, yes="yes", no="no"))
    end = Step(name="end", end=True)
    steps = fork, mail("yes", next="end"), mail("no", wait=Wait(elapsed="1h")), end
    plan = plan_ahead(playbook(*steps), lead())
    assert plan.forks == (Fork(sequence="welcome", step="one", at=NOW + 2 * DAY, yes="yes", no="no"),)
    assert told(plan) == [("no", 49)]
    assert plan.ends == (PlannedEnd(sequence="welcome", step="end", at=NOW + 49 * HOUR),)


def test_plan_goes_on_from_an_answer_that_has_been_given():
    """The fork is decided when it is reached."""
    branch = Branch(on="click", within=LATER, since="enrolment", yes="yes", no="no")
    steps = Step(name="one", branch=branch), mail("no"), mail("yes", wait=Wait(elapsed="1h"))
    plan = plan_ahead(playbook(*steps), lead(answers={("welcome", "one"): NOW}))
    assert told(plan) == [("yes", 1)]
    assert plan.forks == (Fork(sequence="welcome", step="one", at=NOW, yes="yes", no="no"),)


def test_sequence_may_end_with_a_fork():
    """Whose ways lead nowhere."""
    plan = plan_ahead(playbook(Step(name="one", branch=Branch(on="click", within=LATER))), lead())
    assert plan.ends == (PlannedEnd(sequence="welcome", at=NOW + 2 * DAY),)


def test_touches_of_all_sequences_count_for_each_other():
    """In order of time, whichever is of higher priority."""
    weekly = Caps(marketing={"email": [FrequencyCap(times=1, days=7)]})
    first, second = Sequence(steps=[mail("one", wait=LATER)], priority=9), Sequence(steps=[mail("two")])
    places = place(sequence="a"), place("two", sequence="b")
    plan = plan_ahead(two(first, second, caps=weekly), lead(*places))
    assert told(plan) == [("two", 0), ("one", 168)]


def test_higher_priority_goes_first_at_one_instant_then_the_name():
    """The other is moved."""
    daily = Caps(marketing={"*": [FrequencyCap(times=1, days=1)]})
    places = place("two", sequence="b"), place(sequence="a")
    for priority, expected in ((1, [("two", 0), ("one", 24)]), (0, [("one", 0), ("two", 24)])):
        first, second = Sequence(steps=[mail("one")]), Sequence(steps=[mail("two")], priority=priority)
        assert told(plan_ahead(two(first, second, caps=daily), lead(*places))) == expected


def test_content_goes_once_to_a_lead():
    """Also from the pools of two sequences, and in a cycle until there is no more."""
    contents = {"a": Content(kind="article"), "b": Content(kind="article")}
    steps = [mail("one", pool=Pool(), next="one", wait=LATER)]
    places = place(sequence="a"), place(sequence="b", since=NOW + HOUR)
    plan = plan_ahead(two(Sequence(steps=steps), Sequence(steps=steps), contents=contents), lead(*places))
    assert [(touch.sequence, touch.content) for touch in plan.touches] == [("a", "a"), ("b", "b")]
    assert [(one.sequence, one.reason) for one in plan.withheld] == [("a", "exhausted"), ("b", "exhausted")]


def test_content_that_another_sequence_brings_first_is_missed_when_that_goes():
    """Not when it was wished for: what follows comes after the touch that has used it up."""
    caps = Caps(sales={"phone": [FrequencyCap(times=1, days=9)]})
    slow = Sequence(steps=[mail("one", content="guide", wait=LATER)])
    call = {"channel": "phone", "purpose": "sales"}
    steps = mail("one", **call), mail("two", content="guide", **call), mail("three")
    contents = {"guide": Content(kind="article")}
    plan = plan_nurture(
        {"slow": slow, "capped": Sequence(steps=steps)}, nurture=Nurture(bases=FREE), caps=caps, contents=contents
    )
    found = plan_ahead(plan, lead(place(sequence="slow"), place(sequence="capped")))
    assert [(touch.sequence, *row) for touch, row in zip(found.touches, told(found), strict=True)] == [
        ("capped", "one", 0),
        ("slow", "one", 48),
        ("capped", "three", 48),
    ]
    assert [(one.step, one.reason, one.at) for one in found.withheld] == [("two", "seen", NOW + 2 * DAY)]


def test_touches_have_keys_of_their_own():
    """A step that comes again counts on from the past."""
    gone = PastTouch(key="L1:welcome:1:one:1", sequence="welcome", step="one", channel="email", purpose="x", at=NOW)
    moves = islice(moves_ahead(playbook(mail("one", wait=LATER, next="one")), lead(touches=(gone,))), 3)
    assert [move.key for move in moves if isinstance(move, Touch)] == [f"L1:welcome:1:one:{n}" for n in (2, 3, 4)]


def test_plan_looks_so_far_ahead_and_no_farther():
    """What comes at its last instant is told."""
    at_last = mail("two", wait=Wait(elapsed="400d"))
    after = mail("two", wait=Wait(elapsed="576001m"))
    assert timedelta(days=400) == HORIZON
    assert told(plan_ahead(playbook(mail("one"), at_last), lead())) == [("one", 0), ("two", 9_600)]
    plan = plan_ahead(playbook(mail("one"), after), lead())
    assert told(plan) == [("one", 0)]
    assert plan.ends == ()
    assert told(plan_ahead(playbook(mail("one"), after), lead(now=NOW + HOUR))) == [("one", 1)]


def test_plan_of_a_cycle_has_an_end():
    """A hundred touches, or a thousand moves if nothing is sent."""
    step = mail("one", wait=Wait(elapsed="1h"), next="one")
    plan = plan_ahead(playbook(step), lead())
    assert (len(plan.touches), plan.touches[-1].at) == (MOST_TOUCHES, NOW + 100 * HOUR)
    plan = plan_ahead(playbook(step, nurture={"bases": (BasisRule(basis="opt_in"),)}), lead())
    assert (len(plan.withheld), plan.withheld[-1].at) == (MOST_MOVES, NOW + 1_000 * HOUR)


def test_moves_come_in_order_of_time():
    """Of all kinds and sequences."""
    fork = Step(name="fork", branch=Branch(on="click", within=Wait(elapsed="1d")))
    first, second = (
        Sequence(steps=[fork, mail("one")]),
        Sequence(steps=[mail("two", arm="x"), mail("four", wait=LATER)]),
    )
    places = place("fork", sequence="a"), place("two", sequence="b")
    moves = list(moves_ahead(two(first, second), lead(*places)))
    assert [type(move) for move in moves] == [Withheld, Fork, Touch, PlannedEnd, Touch, PlannedEnd]
    assert [(move.at - NOW) // HOUR for move in moves] == [0, 24, 24, 24, 48, 48]


def test_what_follows_the_end_is_not_planned():
    """Another sequence begins when it begins."""
    sequence = {"on_end": Ending(sequence="welcome")}
    plan = plan_ahead(playbook(mail("one"), sequence=sequence), lead())
    assert (len(plan.touches), len(plan.ends)) == (1, 1)
