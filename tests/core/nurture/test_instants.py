from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from attrs import evolve

from leadqual.conditions import field
from leadqual.lifecycle.businesstime import BusinessTime
from leadqual.lifecycle.enrolment import PastTouch
from leadqual.lifecycle.state import Consent
from leadqual.nurture.ahead import plan_ahead
from leadqual.nurture.asked import Who
from leadqual.nurture.basis import BasisRule
from leadqual.nurture.caps import Caps, FrequencyCap
from leadqual.nurture.content import Content
from leadqual.nurture.instants import instants_ahead, quick_instants
from leadqual.nurture.lanes import Lanes
from leadqual.nurture.sequences import Branch, Pool, Step
from leadqual.nurture.settings import Effort
from leadqual.nurture.waits import Wait
from leadqual.nurture.windows import SendWindow
from leadqual.nurture.zones import CandidateZones

from .closed import EveryDay
from .placed import DAY, HOUR, NOW, lead, mail, place, playbook

DAILY = Wait(elapsed="1d")
STEPS = (
    mail("one", content="guide"),
    mail("two", wait=DAILY),
    mail("three", wait=DAILY, channel="phone", purpose="sales"),
)
CONTENTS = {
    "guide": Content(kind="guide", offer="guide", cost=3),
    "dated": Content(kind="guide", starts=date(2026, 1, 1)),
    "ending": Content(kind="guide", ends=date(2027, 1, 1)),
}
CAPS = Caps(marketing={"email": [FrequencyCap(times=1, days=3)], "*": [FrequencyCap(times=2, days=4)]})
MADRID = CandidateZones(zones=("Europe/Madrid",), source="lead")
AGREED = Consent(given=True, at=NOW - DAY)


def agree(plan, asked, *, quick):
    """Check that instants are those of the plan, and whether they were looked up."""
    lanes = Lanes(plan=plan)
    expected = tuple(touch.at for touch in plan_ahead(plan, asked).touches)
    assert instants_ahead(lanes, asked) == expected
    found = quick_instants(lanes, asked)
    assert found == (list(expected) if quick else None)
    return [(at - NOW) // HOUR for at in expected]


def plain(**parts):
    """Return a playbook where only time decides."""
    return playbook(*STEPS, **{"contents": CONTENTS} | parts)


def gone(hours, *, content=None, channel="email", purpose="offer", outcome="sent", zone=UTC):
    """Return a touch so many hours ago."""
    return PastTouch(
        key=f"L1:x:1:y:{hours}", sequence="x", step="y", channel=channel, purpose=purpose, content=content,
        at=(NOW - hours * HOUR).astimezone(zone), outcome=outcome,
    )  # fmt: skip


def test_instants_are_looked_up_where_only_time_decides():
    """Windows, caps and waits do."""
    office = SendWindow(hours=["09:00-18:00"], weekdays=["mon", "tue", "wed", "thu", "fri"])
    assert agree(plain(), lead(), quick=True) == [0, 24, 48]
    assert agree(plain(nurture={"windows": {"*": office}}), lead(), quick=True) == [0, 68, 92]
    assert agree(plain(caps=CAPS), lead(), quick=True) == [0, 72, 96]
    assert agree(plain(), lead(now=NOW + 2 * DAY), quick=True) == [48, 72, 96]
    assert agree(plain(), lead(place("two")), quick=True) == [24, 48]


def test_touches_of_the_past_count():
    """Those that were sent or may yet be, of the kind, the channel and the span of the cap."""
    assert agree(plain(caps=CAPS), lead(touches=(gone(50),)), quick=True) == [22, 94, 118]
    late = tuple(gone(hours, outcome=outcome) for hours, outcome in ((3, "skipped"), (2, "expired"), (1, "cancelled")))
    assert agree(plain(caps=CAPS), lead(touches=late), quick=True) == [0, 72, 96]
    others = gone(2, purpose="sales"), gone(1, purpose="requested")
    assert agree(plain(caps=CAPS), lead(touches=others), quick=True) == [0, 72, 96]
    calls = gone(90, channel="phone"), gone(80, channel="phone")
    assert agree(plain(caps=CAPS), lead(touches=calls), quick=True) == [6, 78, 102]
    assert agree(plain(caps=CAPS), lead(touches=(*calls[::-1], gone(70, outcome="due"))), quick=True) == [16, 88, 112]
    east = gone(50, zone=timezone(timedelta(hours=9)))
    assert agree(plain(caps=CAPS), lead(touches=(east,)), quick=True) == [22, 94, 118]


@pytest.mark.parametrize(
    "known",
    [
        {"enrolments": ()},
        {"enrolments": (place(), place(sequence="other"))},
        {"enrolments": (place(sequence="other"),)},
        {"enrolments": (place("unknown"),)},
        {"enrolments": (place(None, ended="left", ended_at=NOW),)},
        {"enrolments": (place(ended="left", ended_at=NOW),)},
        {"enrolments": (place(paused_at=NOW),)},
        {"enrolments": (place(held_out=True),)},
        {"enrolments": (place(postponed=NOW + DAY),)},
        {"enrolments": (place(since=NOW.astimezone(timezone(timedelta(hours=14)))),)},
        {"now": NOW.astimezone(timezone(timedelta(hours=14)))},
        {"candidates": CandidateZones()},
        {"candidates": CandidateZones(zones=("Europe/Madrid", "Asia/Tokyo"), source="country")},
        {"gates": ("x",)},
        {"disqualified": True},
        {"resting": True},
        {"suppressed": frozenset({"sms"})},
        {"reachable": frozenset({"email"})},
        {"stage": "won"},
        {"who": Who(offers={"guide": NOW})},
        {"touches": (gone(50, content="guide"),)},
        {"touches": (gone(-50),)},
        {"consents": {("phone", "sales"): Consent(given=False, at=NOW)}},
        {"consents": {("*", "*"): Consent(given=False, at=NOW)}},
    ],
)
def test_plan_is_made_where_something_else_may_decide(known):
    """The lead, its place, its touches or its consents."""
    plan = plain(caps=CAPS, sequence={"stages": ("lead", "mql")})
    agree(plan, evolve(lead(), **known), quick=False)


@pytest.mark.parametrize(
    "step",
    [
        mail("one", when=field("total").ge(1)),
        mail("one", arm="x"),
        mail("one", pool=Pool()),
        mail("one", content="dated"),
        mail("one", content="ending"),
        mail("one", wait=Wait(days=1)),
        mail("one", wait=Wait(months=1)),
        mail("one", wait=Wait(business="1d")),
        Step(name="one", branch=Branch(on="click", within=DAILY)),
        mail("one", wait=DAILY, next="one"),
    ],
)
def test_plan_is_made_where_a_step_asks_for_more(step):
    """A condition, an arm, a pool, dates, a calendar, a fork, a cycle; wherever in the sequence it stands."""
    more = evolve(step, name="more", next="more" if step.next else None)
    agree(playbook(step, mail("two"), contents=CONTENTS), lead(), quick=False)
    agree(playbook(mail("one"), mail("two", wait=DAILY), more, contents=CONTENTS), lead(), quick=False)


@pytest.mark.parametrize(
    "parts",
    [
        {"caps": Caps(marketing={"email": [FrequencyCap(times=0, days=1)]})},
        {"caps": Caps(marketing={"*": [FrequencyCap(times=1, per="day")]})},
        {"nurture": {"effort": (Effort(cost=2),)}},
        {"nurture": {"bases": ()}},
        {"business": BusinessTime(holidays=EveryDay())},
    ],
)
def test_plan_is_made_where_the_playbook_asks_for_more(parts):
    """A cap of nothing or by the calendar, effort, a consent that is missing, a year without an opening."""
    agree(plain(**parts), lead(), quick=False)


def test_instants_are_looked_up_where_the_playbook_asks_for_nothing_of_this_sequence():
    """Effort where nothing costs, caps of other channels, the other stages, addresses that are known."""
    plan = playbook(mail("one"), mail("two", wait=DAILY), nurture={"effort": (Effort(cost=2),)})
    agree(plan, lead(), quick=True)
    agree(plain(caps=Caps(marketing={"sms": [FrequencyCap(times=0, days=1)]})), lead(), quick=True)
    agree(plain(sequence={"stages": ("lead",)}), lead(), quick=True)
    agree(plain(), lead(reachable=frozenset({"email", "phone"})), quick=True)
    agree(plain(), lead(who=Who(offers={"other": NOW})), quick=True)
    agree(playbook(Step(name="one", task="Look")), lead(reachable=frozenset()), quick=True)
    assert agree(playbook(mail("one"), Step(name="two", end=True), mail("three")), lead(), quick=True) == [0]
    assert agree(playbook(Step(name="one", end=True)), lead(), quick=False) == []


def test_consents_decide_as_in_the_plan():
    """What was agreed to just so, by a wider word, together with others, later, or under another basis."""
    steps = mail("one"), mail("two", wait=DAILY)
    pair, wide = ("email", "newsletter"), ("*", "*")
    plan = playbook(*steps, nurture={"bases": ()})
    agree(plan, lead(consents={pair: AGREED}), quick=True)
    agree(plan, lead(consents={wide: AGREED}), quick=True)
    agree(plan, lead(consents={pair: AGREED, wide: AGREED}), quick=True)
    out = Consent(given=False, at=NOW)
    agree(plan, lead(consents={pair: AGREED, wide: out}), quick=False)
    agree(plan, lead(consents={pair: out}), quick=False)
    agree(plan, lead(consents={pair: Consent(given=True, at=NOW + HOUR)}), quick=False)
    agree(plan, lead(consents={pair: Consent(given=True, at=NOW)}), quick=True)
    by_country = playbook(*steps, nurture={"bases": (BasisRule(basis="opt_out", countries="US"),)})
    agree(by_country, lead(countries=("US",)), quick=True)
    agree(by_country, lead(), quick=False)
    double = playbook(*steps, nurture={"bases": (BasisRule(basis="opt_in", confirmed=True),)})
    agree(double, lead(consents={pair: AGREED}), quick=False)
    agree(double, lead(consents={pair: evolve(AGREED, asked_at=AGREED.at, confirmed_at=NOW)}), quick=True)
    answer = playbook(mail("one", purpose="requested"))
    before = {("email", "*"): Consent(given=False, at=NOW - HOUR)}
    agree(answer, lead(consents=before, requested_at=NOW), quick=True)
    agree(answer, lead(consents=before), quick=False)


def test_instants_end_with_the_horizon():
    """Where a wait, a cap or a window leads beyond it."""
    last, beyond = Wait(elapsed="400d"), Wait(elapsed="576001m")
    assert agree(playbook(mail("one"), mail("two", wait=last)), lead(), quick=True) == [0, 9_600]
    assert agree(playbook(mail("one"), mail("two", wait=beyond), mail("three")), lead(), quick=True) == [0]
    yearly = Caps(marketing={"email": [FrequencyCap(times=1, days=401)]})
    assert agree(playbook(mail("one"), mail("two", wait=DAILY), caps=yearly), lead(), quick=True) == [0]
    early = {"windows": {"email": SendWindow(hours=["09:00-13:00"])}}
    assert agree(playbook(mail("one"), mail("two", wait=last), nurture=early), lead(place("two")), quick=True) == []


def test_instants_near_the_end_of_time_are_planned():
    """No table reaches so far."""
    late = datetime(2199, 12, 1, tzinfo=UTC)
    steps = mail("one"), mail("two", wait=DAILY)
    agree(playbook(*steps), lead(place(at=late, since=late), now=late), quick=False)


def test_content_that_comes_twice_is_planned():
    """The second time the lead has seen it."""
    assert agree(playbook(STEPS[0], mail("two", content="guide"), contents=CONTENTS), lead(), quick=False) == [0]


def test_lane_of_a_hundred_touches_is_looked_up_and_no_longer_one():
    """A plan holds no more."""
    hundred = [mail(f"step{i}", wait=Wait(elapsed="1h")) for i in range(101)]
    hundred[0] = mail("one")
    assert len(agree(playbook(*hundred[:100]), lead(), quick=True)) == 100
    assert len(agree(playbook(*hundred), lead(), quick=False)) == 100


def test_lane_is_made_once():
    """For a sequence, a step and a zone; also where there is none."""
    lanes = Lanes(plan=plain())
    assert lanes.lane("welcome", "one", "UTC") is lanes.lane("welcome", "one", "UTC")
    assert lanes.lane("welcome", "one", "UTC") is not lanes.lane("welcome", "one", "Asia/Tokyo")
    assert lanes.lane("other", "one", "UTC") is None


def test_each_kind_of_touches_counts_under_its_own_caps():
    """Sales and marketing by the same channel, and what has come due just now."""
    both = {"email": [FrequencyCap(times=1, days=3)], "*": [FrequencyCap(times=1, days=3)]}
    steps = (
        mail("one"),
        mail("two", purpose="sales", wait=DAILY),
        mail("three", wait=DAILY),
        mail("four", purpose="sales"),
    )
    plan = playbook(*steps, caps=Caps(marketing=both, sales=both))
    assert agree(plan, lead(), quick=True) == [0, 24, 72, 96]
    assert agree(plan, lead(touches=(gone(0),)), quick=True) == [72, 96, 144, 168]


def test_opening_at_the_last_instant_of_the_horizon_is_told():
    """One o'clock in Madrid is the instant itself, and a minute later is too late."""
    steps = mail("one", wait=Wait(elapsed="9590h"))
    for opens, expected in (("13:00", [9_600]), ("13:01", [])):
        windows = {"email": SendWindow(hours=[f"{opens}-13:30"])}
        at = NOW + HOUR
        asked = lead(place(since=at - HOUR), now=NOW)
        assert agree(playbook(steps, nurture={"windows": windows}), asked, quick=True) == expected
