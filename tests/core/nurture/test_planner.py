from leadqual.lifecycle.enrolment import PastTouch
from leadqual.nurture.ahead import plan_ahead
from leadqual.nurture.caps import Caps, FrequencyCap
from leadqual.nurture.content import Content
from leadqual.nurture.plan import plan_nurture
from leadqual.nurture.planner import NEXT_BEST, NextBestContent, Planner, SequencePlanner
from leadqual.nurture.sequences import Pool
from leadqual.nurture.settings import Nurture
from leadqual.nurture.waits import Wait

from .placed import DAY, FREE, NOW, lead, mail, playbook

CONTENTS = {
    "a": Content(kind="article", cost=2),
    "b": Content(kind="article", cost=1),
    "c": Content(kind="call", channels="phone"),
}


def articles(**parts):
    """Return a playbook with content and no sequence."""
    return plan_nurture({}, nurture=Nurture(bases=FREE), contents=CONTENTS, **parts)


def test_planners_are_planners():
    """Both that come with leadqual, and nothing that cannot plan."""
    assert isinstance(SequencePlanner(articles()), Planner)
    assert isinstance(NextBestContent(articles()), Planner)
    assert not isinstance(articles(), Planner)


def test_sequence_planner_plans_what_lies_ahead():
    """And tells the instants alone."""
    plan = playbook(mail("one"), mail("two", wait=Wait(elapsed="1d")))
    planner = SequencePlanner(plan)
    assert planner.plan(lead()) == plan_ahead(plan, lead())
    assert planner.instants(lead()) == (NOW, NOW + DAY)
    assert planner == SequencePlanner(plan)


def test_next_best_content_goes_week_by_week_while_there_is_some():
    """What suits best first, whatever sequences the lead is in."""
    plan = NextBestContent(articles()).plan(lead())
    assert [(touch.content, touch.at, touch.key) for touch in plan.touches] == [
        ("b", NOW, "L1:next_best_content:1:first:1"),
        ("a", NOW + 7 * DAY, "L1:next_best_content:1:next_best_content:1"),
    ]
    assert [(one.reason, one.at, one.skips) for one in plan.withheld] == [("exhausted", NOW + 14 * DAY, False)]
    assert {touch.sequence for touch in plan.touches} == {NEXT_BEST}


def test_next_best_content_goes_on_after_the_last():
    """A week after it, with what the lead has not got."""
    gone = [
        PastTouch(
            key=f"{name}", sequence=name, step="x", channel="email", purpose="x", content="b", at=NOW - days * DAY
        )
        for name, days in ((NEXT_BEST, 9), (NEXT_BEST, 2), ("other", 1))
    ]
    plan = NextBestContent(articles()).plan(lead(touches=tuple(gone)))
    assert [(touch.content, touch.at, touch.step) for touch in plan.touches] == [("a", NOW + 5 * DAY, NEXT_BEST)]


def test_next_best_content_goes_as_it_is_told_to():
    """By another channel and purpose, from a pool, at other intervals, and within the caps."""
    caps = Caps(sales={"phone": [FrequencyCap(times=1, days=3)]})
    planner = NextBestContent(
        articles(caps=caps), channel="phone", purpose="sales", pool=Pool(kinds=("call", "article")), every=Wait(days=1)
    )
    plan = planner.plan(lead())
    assert [(touch.content, touch.at, touch.channel, touch.purpose) for touch in plan.touches] == [
        ("c", NOW, "phone", "sales"),
        ("b", NOW + 3 * DAY, "phone", "sales"),
        ("a", NOW + 6 * DAY, "phone", "sales"),
    ]
    only = NextBestContent(articles(), pool=Pool(kinds="article"), channel="phone")
    assert [touch.content for touch in only.plan(lead()).touches] == ["b", "a"]
