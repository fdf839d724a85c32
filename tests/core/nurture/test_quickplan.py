from datetime import UTC, datetime

import pytest

from leadqual.lifecycle.enrolment import PastTouch
from leadqual.nurture.ahead import plan_ahead
from leadqual.nurture.basis import BasisRule
from leadqual.nurture.caps import Caps, FrequencyCap
from leadqual.nurture.content import Content
from leadqual.nurture.lanes import Lanes
from leadqual.nurture.planned import PlannedEnd
from leadqual.nurture.quickplan import quick_plan
from leadqual.nurture.sequences import Step
from leadqual.nurture.waits import Wait
from leadqual.nurture.windows import SendWindow
from leadqual.nurture.zones import CandidateZones

from .placed import DAY, HOUR, NOW, lead, mail, place, playbook

MORNINGS = {"windows": {"email": SendWindow(hours=("09:00-12:00",))}}
"""Until 11:00 UTC: an hour before `NOW`."""


def after(hours):
    """Return a wait."""
    return Wait(elapsed=f"{hours}h")


def both(plan, asked):
    """Return the plan, which is the same in either way."""
    found = quick_plan(Lanes(plan=plan), asked)
    assert found == plan_ahead(plan, asked)
    return found


@pytest.mark.parametrize(
    ("waits", "days", "told"),
    [
        ((0,), None, [(20, ("window",))]),
        ((20,), None, [(20, ())]),
        ((20, 3), None, [(20, ()), (44, ("window",))]),
        ((20, 1), 1, [(20, ()), (44, ("cap",))]),
        ((20, 4), 1, [(20, ()), (44, ("window",))]),
        ((20, 4), 2, [(20, ()), (68, ("window", "cap"))]),
        ((22, 1), 1, [(22, ()), (46, ("window", "cap"))]),
    ],
)
def test_what_moved_a_touch_is_told_in_its_order(waits, days, told):
    """Windows are looked at before caps."""
    caps = None if days is None else Caps(marketing={"email": [FrequencyCap(times=1, days=days)]})
    steps = [mail("one" if not i else f"s{i}", wait=after(hours)) for i, hours in enumerate(waits)]
    plan = both(playbook(*steps, nurture=MORNINGS, caps=caps), lead())
    assert [((touch.at - NOW) // HOUR, touch.moved_by) for touch in plan.touches] == told


def test_cap_may_lead_to_where_no_window_is_open():
    """From a Friday to a Saturday, and on to Monday."""
    week = {"windows": {"email": SendWindow(weekdays=("mon", "tue", "wed", "thu", "fri"))}}
    caps = Caps(marketing={"email": [FrequencyCap(times=1, days=1)]})
    plan = both(playbook(mail("one"), mail("two", wait=after(3)), nurture=week, caps=caps), lead())
    assert [((touch.at - NOW) // HOUR, touch.moved_by) for touch in plan.touches] == [(0, ()), (59, ("cap", "window"))]


def test_all_that_is_known_of_a_touch_is_told():
    """Basis, purpose, task, number and the data for leaving the list; what went before counts."""
    nurture = {"bases": [BasisRule(basis="opt_out")], "presets": ["rfc-8058"]}
    gone = PastTouch(
        key="L1:welcome:1:two:1", sequence="welcome", step="two", channel="email", purpose="newsletter", at=NOW - DAY
    )
    plan = both(playbook(mail("one"), mail("two", purpose="offer"), nurture=nurture), lead(touches=(gone,)))
    assert [(touch.key, touch.basis, touch.purpose, touch.one_click) for touch in plan.touches] == [
        ("L1:welcome:1:one:1", "opt_out", "newsletter", True),
        ("L1:welcome:1:two:2", "opt_out", "offer", True),
    ]


@pytest.mark.parametrize(
    ("wait", "days"), [(None, 1), (Wait(), 1), (Wait(days=3), 4), (Wait(elapsed="10d"), 11), (Wait(days=399), 400)]
)
def test_end_follows_the_last_touch(wait, days):
    """After its own wait, if it is a step of its own."""
    last = () if wait is None else (Step(name="end", wait=wait, end=True),)
    plan = both(playbook(mail("one"), mail("two", wait=after(24)), *last), lead())
    assert plan.ends == (PlannedEnd(sequence="welcome", step="end" if last else None, at=NOW + days * DAY),)


def test_end_beyond_the_horizon_is_not_planned():
    """Nor one after touches that lie beyond it."""
    late = Step(name="end", wait=Wait(elapsed="401d"), end=True)
    assert both(playbook(mail("one"), late), lead()).ends == ()
    plan = both(playbook(mail("one"), mail("two", wait=Wait(elapsed="401d"))), lead())
    assert (len(plan.touches), plan.ends) == (1, ())


def test_lead_that_is_late_is_planned_move_by_move():
    """What moved its touch may lie in the past."""
    plan = playbook(mail("one"), nurture=MORNINGS)
    assert quick_plan(Lanes(plan=plan), lead(now=NOW + HOUR)) is None
    assert quick_plan(Lanes(plan=plan), lead(place(since=NOW + HOUR))) is not None
    assert quick_plan(Lanes(plan=plan), lead(gates=("rival",))) is None


def test_leads_of_one_planner_are_told_apart():
    """By their zone, their country and what they get: what is kept of one lead's plan is not another's."""
    nurture = {
        "bases": [
            BasisRule(basis="opt_out", channels="email", countries=["MX"]),
            BasisRule(basis="none", purposes="sales"),
            BasisRule(basis="opt_out"),
        ],
        "windows": {
            "email": SendWindow(hours=("09:00-12:00",)),
            "sms": SendWindow(hours=("15:00-18:00",)),
            "phone": SendWindow(hours=("17:00-18:00",)),
        },
    }
    caps = Caps(
        marketing={"email": [FrequencyCap(times=1, days=2)], "phone": [FrequencyCap(times=1, days=9)]},
        sales={"*": [FrequencyCap(times=1, days=3)]},
    )
    steps = (
        Step(name="one", channel="email", content="guide"),
        mail("two", channel="sms", wait=after(1)),
        mail("three", wait=after(1)),
        mail("four", channel="phone", purpose="sales", wait=after(1)),
        mail("five", purpose="sales", wait=after(1)),
        Step(name="end", end=True, wait=Wait(days=1, at="08:00")),
    )
    plan = playbook(*steps, nurture=nurture, caps=caps, contents={"guide": Content(kind="guide")})
    lanes, told = Lanes(plan=plan), []
    for zone, country in (("Europe/Madrid", "ES"), ("America/Mexico_City", "MX"), ("Asia/Tokyo", "JP")):
        known = {"candidates": CandidateZones(zones=(zone,), source="lead"), "countries": (country,)}
        found = quick_plan(lanes, lead(**known))
        assert found == plan_ahead(plan, lead(**known))
        told.append([f"{touch.at:%d %H} {touch.basis} {touch.content}" for touch in found.touches])
        told[-1] += [f"{end.at:%d %H} {end.step}" for end in found.ends]
    assert told == [
        [
            "05 08 opt_out guide",
            "05 14 opt_out None",
            "07 08 opt_out None",
            "07 16 none None",
            "11 08 none None",
            "12 07 end",
        ],
        [
            "04 15 opt_out guide",
            "04 21 opt_out None",
            "06 15 opt_out None",
            "06 23 none None",
            "10 15 opt_out None",
            "11 14 end",
        ],
        [
            "05 00 opt_out guide",
            "05 06 opt_out None",
            "07 00 opt_out None",
            "07 08 none None",
            "11 00 none None",
            "11 23 end",
        ],
    ]


def test_calendar_caps_of_any_kind_of_touch_are_planned_move_by_move():
    """Days of the lead's calendar are no spans."""
    daily = {"phone": [FrequencyCap(times=1, per="day")]}
    calls = mail("one", channel="phone", purpose="sales"), mail("two", channel="phone", purpose="sales")
    assert quick_plan(Lanes(plan=playbook(*calls, caps=Caps(sales=daily))), lead()) is None
    assert both(playbook(*calls, caps=Caps(marketing=daily)), lead()) is not None


def test_end_after_a_wait_by_the_calendar_of_the_lead_goes_by_its_clock():
    """It is put on between."""
    eve = datetime(2026, 3, 28, 8, tzinfo=UTC)  # 9:00 in Madrid
    plan = playbook(mail("one"), Step(name="end", wait=Wait(days=1), end=True))
    found = both(plan, lead(place(at=eve, since=eve), now=eve))
    assert [end.at for end in found.ends] == [eve + DAY - HOUR]
