from leadqual.lifecycle.enrolment import PastTouch
from leadqual.nurture.caps import Caps, FrequencyCap
from leadqual.nurture.content import Content
from leadqual.nurture.nextbest import NextBestContent
from leadqual.nurture.planner import SequencePlanner
from leadqual.nurture.proposing import Planner
from leadqual.nurture.sequences import Pool, Step
from leadqual.nurture.waits import Wait

from .placed import DAY, NOW, lead, mail, place, playbook

CONTENTS = {
    "a": Content(kind="article", cost=2),
    "b": Content(kind="article", cost=1),
    "c": Content(kind="call", channels="phone"),
}
WEEKLY = Step(name="one", channel="email", pool=Pool(), wait=Wait(days=7))
CALL = Step(name="call", channel="phone", purpose="sales", pool=Pool(kinds="call"), wait=Wait(days=2))


def next_best(*steps, **parts):
    """Return a planner of a sequence in which the next best content goes."""
    plan = playbook(*steps, sequence={"planner": NextBestContent()}, contents=CONTENTS, **parts)
    return SequencePlanner(plan)


def told(plan):
    """Return what goes, when and under which key."""
    return [(touch.content, touch.at, touch.key.removeprefix("L1:welcome:")) for touch in plan.touches]


def test_next_best_content_is_a_planner():
    """By what it has."""
    assert isinstance(NextBestContent(), Planner)
    assert not isinstance(WEEKLY, Planner)


def test_next_best_content_goes_week_by_week_while_there_is_some():
    """The first at once, what suits best first; then the lead waits for something new."""
    plan = next_best(WEEKLY).plan(lead())
    assert told(plan) == [("b", NOW, "1:one:1"), ("a", NOW + 7 * DAY, "1:one:2")]
    assert [(one.reason, one.at, one.skips) for one in plan.withheld] == [("exhausted", NOW + 14 * DAY, False)]
    assert plan.ends == ()


def test_next_best_content_goes_on_after_the_last():
    """A week after it, with what the lead has not got from any sequence."""
    gone = [
        PastTouch(key=key, sequence="x", step="one", channel="email", purpose="x", content=content, at=NOW - 3 * DAY)
        for key, content in (("L1:other:1:x:1", "b"), ("L1:welcome:1:one:1", None))
    ]
    planner = next_best(WEEKLY)
    since = place(at=NOW - 9 * DAY, since=NOW - 2 * DAY)
    assert told(planner.plan(lead(since, touches=tuple(gone)))) == [("a", NOW + 5 * DAY, "1:one:2")]
    assert told(planner.plan(lead(since, touches=tuple(gone[:1])))) == [("a", NOW, "1:one:1")]


def test_step_that_may_go_first_is_done():
    """Of several at one instant the first in order; what has nothing to bring does not hold up the others."""
    plan = next_best(CALL, WEEKLY).plan(lead())
    assert [content for content, _, _ in told(plan)] == ["c", "b", "a"]
    assert [at for _, at, _ in told(plan)] == [NOW, NOW + 7 * DAY, NOW + 14 * DAY]
    assert [touch.step for touch in plan.touches] == ["call", "one", "one"]


def test_caps_hold_for_next_best_content():
    """As they do for every sequence."""
    caps = Caps(marketing={"email": [FrequencyCap(times=1, days=9)]})
    plan = next_best(WEEKLY, caps=caps).plan(lead())
    assert [(touch.at, touch.moved_by) for touch in plan.touches] == [(NOW, ()), (NOW + 9 * DAY, ("cap",))]


def test_lead_stays_when_a_step_is_taken_out():
    """Which step it was does not matter to a planner."""
    planner = next_best(WEEKLY)
    assert told(planner.plan(lead(place("gone")))) == told(planner.plan(lead()))
    assert [
        touch.step for touch in next_best(mail("two", wait=Wait(days=1))).plan(lead(place("gone"))).touches[:2]
    ] == [
        "two",
        "two",
    ]
