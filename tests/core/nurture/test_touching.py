from datetime import date, timedelta

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
from leadqual.nurture.planned import Rejected, Withheld
from leadqual.nurture.planner import SequencePlanner
from leadqual.nurture.sequences import Pool, Step
from leadqual.nurture.settings import Effort
from leadqual.nurture.touching import touch_key
from leadqual.nurture.waits import Wait
from leadqual.nurture.windows import SendWindow
from leadqual.nurture.zones import CandidateZones

from .closed import EveryDay
from .placed import DAY, HOUR, NOW, lead, mail, next_move, place, playbook

OPT_IN = {"bases": ()}
OUT = {("email", "newsletter"): Consent(given=False, at=NOW)}
AGREED = {("email", "newsletter"): Consent(given=True, at=NOW - DAY)}
NOWHERE = CandidateZones()
APART = CandidateZones(zones=("Europe/Madrid", "Pacific/Auckland"), source="markets")
CONTENTS = {
    "guide": Content(kind="guide", offer="guide"),
    "story": Content(kind="case_study", cost=5),
    "old": Content(kind="article", ends=date(2026, 12, 3)),
    "new": Content(kind="article", starts=date(2026, 12, 6)),
    "newest": Content(kind="article", starts=date(2026, 12, 9)),
}


def gone(content=None, step="one", number=1, outcome="sent"):
    """Return a touch that came due a month ago."""
    key = f"L1:welcome:{number}:{step}:1"
    return PastTouch(
        key=key, sequence="welcome", step=step, channel="email", purpose="newsletter", content=content,
        at=NOW - 30 * DAY, outcome=outcome,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "step", "settings", "known"),
    [
        ("arm", {"arm": "short"}, {}, {}),
        ("when", {"when": field("total").ge(20)}, {}, {"holds": lambda _: False}),
        ("no_address", {}, {}, {"reachable": frozenset({"phone"})}),
        ("no_basis", {}, OPT_IN, {}),
        ("withdrawn", {}, {}, {"consents": OUT}),
        ("suppressed", {}, {}, {"suppressed": frozenset({"email"})}),
        ("suppressed", {}, {}, {"suppressed": frozenset({"*"})}),
        ("no_zone", {"channel": "phone"}, {}, {"candidates": NOWHERE}),
        (
            "no_common_time",
            {"channel": "phone", "window": SendWindow(hours=["09:00-18:00"])},
            {},
            {"candidates": APART},
        ),
    ],
)
def test_step_that_must_not_go_is_skipped_with_its_reason(reason, step, settings, known):
    """At the instant at which it would have gone, so that the sequence goes on."""
    plan = playbook(mail("one", wait=Wait(elapsed="1h"), **step), nurture=settings)
    channel = step.get("channel", "email")
    expected = Withheld(sequence="welcome", step="one", channel=channel, reason=reason, at=NOW + HOUR)
    assert next_move(plan, lead(**known), place()) == expected
    assert next_move(plan, lead(now=NOW + DAY, **known), place()).at == NOW + DAY


def test_step_that_may_never_go_is_skipped():
    """A cap of nothing, and a year without an open day."""
    never = Caps(marketing={"email": [FrequencyCap(times=0, days=7)]})
    assert next_move(playbook(mail("one"), caps=never), lead(), place()).reason == "cap"
    closed = BusinessTime(holidays=EveryDay())
    assert next_move(playbook(mail("one"), business=closed), lead(), place()).reason == "closed"


def test_first_reason_to_skip_is_told():
    """The arm, the condition, the address, then the permission."""
    step = mail("one", arm="short", when=field("total").ge(20))
    known = {"holds": lambda _: False, "reachable": frozenset(), "suppressed": frozenset({"*"})}
    plan = playbook(step)
    told = [
        next_move(plan, lead(**known), place()),
        next_move(plan, lead(**known), place(arm="short")),
        next_move(plan, lead(**known | {"holds": lambda _: True}), place(arm="short")),
        next_move(plan, lead(suppressed=frozenset({"*"})), place(arm="short")),
    ]
    assert [move.reason for move in told] == ["arm", "when", "no_address", "suppressed"]


def test_channel_that_somebody_is_reached_by_is_fit():
    """So is a task that needs none, and any channel if no address is known at all."""
    assert next_move(playbook(mail("one")), lead(reachable=frozenset({"email"})), place()).at == NOW
    assert next_move(playbook(mail("one")), lead(reachable=None), place()).at == NOW
    assert next_move(playbook(Step(name="one", task="Look")), lead(reachable=frozenset()), place()).channel == "task"


def test_permission_is_that_of_channel_purpose_country_and_request():
    """What was agreed to counts, the country decides on the basis, and an answer needs none."""
    rules = (BasisRule(basis="opt_out", channels="email", countries="US"),)
    plan = playbook(mail("one"), nurture={"bases": rules})
    assert next_move(plan, lead(consents=AGREED), place()).basis == "opt_in"
    assert next_move(plan, lead(countries=("US",)), place()).basis == "opt_out"
    assert next_move(plan, lead(countries=("ES",)), place()).reason == "no_basis"
    answer = playbook(mail("one", purpose="requested"), nurture=OPT_IN)
    out = {("email", "*"): Consent(given=False, at=NOW - HOUR)}
    assert next_move(answer, lead(), place()).basis == "none"
    assert next_move(answer, lead(consents=out), place()).reason == "withdrawn"
    assert next_move(answer, lead(consents=out, requested_at=NOW), place()).basis == "none"


def test_agreement_counts_from_its_instant_on():
    """A touch that is wished for later may rely on it."""
    soon = {("email", "newsletter"): Consent(given=True, at=NOW + HOUR)}
    assert next_move(playbook(mail("one"), nurture=OPT_IN), lead(consents=soon), place()).reason == "no_basis"
    later = playbook(mail("one", wait=Wait(elapsed="1h")), nurture=OPT_IN)
    assert next_move(later, lead(consents=soon), place()).at == NOW + HOUR


def test_postponed_touch_goes_afterwards():
    """What postpones it is told, unless it was to go later anyway."""
    plan = playbook(mail("one"))
    move = next_move(plan, lead(), place(postponed=NOW + DAY))
    assert (move.at, move.wished, move.moved_by) == (NOW + DAY, NOW, ("postponed",))
    assert next_move(plan, lead(), place(postponed=NOW)).moved_by == ()
    assert next_move(plan, lead(), place(postponed=NOW - DAY)).at == NOW


def test_window_and_cap_move_a_touch_after_a_postponement():
    """All that moved it is told in order."""
    night = {"windows": {"email": SendWindow(quiet=["22:00-08:00"])}}
    plan = playbook(mail("one"), nurture=night, caps=Caps(marketing={"email": [FrequencyCap(times=1, days=32)]}))
    move = next_move(plan, lead(touches=(gone(),)), place(postponed=NOW + 10 * HOUR))
    assert (move.at, move.moved_by) == (NOW + 2 * DAY, ("postponed", "window", "cap"))


def test_content_that_a_step_names_is_sent_with_it():
    """With nothing rejected, and a task if there is one."""
    move = next_move(playbook(mail("one", content="guide"), contents=CONTENTS), lead(), place())
    assert (move.content, move.task, move.rejected) == ("guide", "Write", ())


@pytest.mark.parametrize(
    ("reason", "content", "settings", "known"),
    [
        ("seen", "guide", {}, {"touches": (gone("guide"),)}),
        ("seen", "guide", {}, {"who": Who(offers={"guide": NOW})}),
        ("over", "old", {}, {}),
        ("cost", "story", {"effort": (Effort(within=2, cost=5), Effort(cost=4))}, {"missing": 201}),
    ],
)
def test_content_that_must_not_go_is_skipped_with_its_reason(reason, content, settings, known):
    """The lead has it, its days are over, or it is too dear."""
    plan = playbook(mail("one", content=content), contents=CONTENTS, nurture=settings)
    expected = Withheld(sequence="welcome", step="one", channel="email", reason=reason, at=NOW)
    assert next_move(plan, lead(**known), place()) == expected


def test_content_goes_where_the_lead_is_worth_it_or_asked_for_it():
    """Two points are missing at most; who asks for the guide gets it again."""
    effort = {"effort": (Effort(within=2, cost=5), Effort(cost=4))}
    dear = playbook(mail("one", content="story"), contents=CONTENTS, nurture=effort)
    assert next_move(dear, lead(missing=200), place()).content == "story"
    answer = playbook(mail("one", content="guide", purpose="requested"), contents=CONTENTS)
    assert next_move(answer, lead(touches=(gone("guide"),)), place()).content == "guide"


def test_best_content_of_a_pool_is_sent():
    """All others are told with the reason against them."""
    plan = playbook(mail("one", pool=Pool()), contents=CONTENTS)
    move = next_move(plan, lead(touches=(gone("guide"),)), place())
    assert move.content == "story"
    assert move.rejected == (
        Rejected(content="guide", reason="seen"),
        Rejected(content="new", reason="not_yet"),
        Rejected(content="newest", reason="not_yet"),
        Rejected(content="old", reason="over"),
    )


def test_phase_of_the_stage_counts_for_a_pool_that_names_none():
    """A pool that names one looks for that."""
    contents = {"m": Content(kind="article", phases="MOFU"), "b": Content(kind="article", phases="BOFU")}
    usual = playbook(mail("one", pool=Pool()), contents=contents)
    named = playbook(mail("one", pool=Pool(phases="BOFU")), contents=contents)
    found = [next_move(plan, lead(phase="MOFU"), place()).content for plan in (usual, named)]
    assert found == ["m", "b"]


def test_touch_waits_for_content_that_does_not_go_yet():
    """Until its first day by the lead's calendar, and then for the window."""
    contents = {name: CONTENTS[name] for name in ("new", "newest", "old")}
    plan = playbook(mail("one", pool=Pool()), contents=contents)
    move = next_move(plan, lead(), place())
    assert (move.content, move.at, move.moved_by) == ("new", NOW + 35 * HOUR, ("content",))
    nine = {"windows": {"email": SendWindow(hours=["09:00-10:00"])}}
    move = next_move(playbook(mail("one", pool=Pool()), contents=contents, nurture=nine), lead(), place())
    assert (move.at, move.moved_by) == (NOW + 44 * HOUR, ("window", "content"))


def test_touch_waits_in_place_when_its_pool_is_exhausted():
    """Content may be added; what was looked at is told."""
    plan = playbook(mail("one", pool=Pool(kinds="guide")), contents=CONTENTS)
    move = next_move(plan, lead(touches=(gone("guide"),)), place())
    expected = Withheld(
        sequence="welcome", step="one", channel="email", reason="exhausted", at=NOW, skips=False,
        rejected=(Rejected(content="guide", reason="seen"),),
    )  # fmt: skip
    assert move == expected


def test_touch_is_skipped_when_all_that_its_pool_has_is_too_dear():
    """The lead may come closer by the next step."""
    plan = playbook(
        mail("one", pool=Pool(kinds="case_study")), contents=CONTENTS, nurture={"effort": (Effort(cost=4),)}
    )
    move = next_move(plan, lead(), place())
    assert (move.reason, move.skips, move.rejected) == ("cost", True, (Rejected(content="story", reason="cost"),))


def test_day_of_content_is_that_of_the_lead():
    """At noon UTC the next day has begun on the Line Islands."""
    ahead = CandidateZones(zones=("Pacific/Kiritimati",), source="lead")
    plan = playbook(mail("one", content="old", wait=Wait(elapsed="0m")), contents=CONTENTS)
    eve = lead(now=NOW - DAY, candidates=ahead)
    assert next_move(plan, eve, place(since=NOW - DAY)).reason == "over"
    assert next_move(plan, lead(now=NOW - DAY), place(since=NOW - DAY)).content == "old"


def test_key_counts_how_often_a_step_has_come_due_in_an_enrolment():
    """Whatever became of it; other steps, enrolments and leads do not count."""
    others = (gone(step="two"), gone(number=2), gone(number=11))
    two_leads = (PastTouch(key="L2:welcome:1:one:7", sequence="welcome", step="one", channel="x", purpose="y", at=NOW),)
    assert touch_key(lead(touches=others + two_leads), place(), "one") == "L1:welcome:1:one:1"
    assert touch_key(lead(touches=(gone(outcome="expired"), gone())), place(), "one") == "L1:welcome:1:one:3"
    assert touch_key(lead(touches=others), place(number=2), "one") == "L1:welcome:2:one:2"


def test_mail_to_the_list_carries_the_data_to_leave_it():
    """If the playbook says so."""
    plan = playbook(mail("one"), nurture={"presets": ["rfc-8058"]})
    assert next_move(plan, lead(), place()).one_click
    assert not next_move(playbook(mail("one")), lead(), place()).one_click


def test_touch_that_would_go_after_the_end_of_time_is_skipped():
    """A wait ends no later than time itself, and nothing opens afterwards."""
    late = NOW.replace(year=2199, month=12, day=31)
    nine = playbook(mail("one", wait=Wait(elapsed="1d"), window=SendWindow(hours=["09:00-10:00"])))
    move = next_move(nine, lead(now=late), place(since=late))
    assert (move.reason, move.at) == ("closed", late + 12 * HOUR - timedelta(microseconds=1))
    assert next_move(nine, lead(now=NOW), place(postponed=late + 20 * DAY)).reason == "closed"


def test_content_that_a_step_names_waits_for_its_first_day():
    """By the lead's calendar, however far that is, and then for the window; what it costs is looked at then."""
    move = next_move(playbook(mail("one", content="new"), contents=CONTENTS), lead(), place())
    assert (move.at, move.content, move.wished, move.moved_by) == (NOW + 35 * HOUR, "new", NOW, ("content",))
    office = {"windows": {"*": SendWindow(hours=["09:00-18:00"], weekdays=["mon"])}}
    move = next_move(playbook(mail("one", content="new"), contents=CONTENTS, nurture=office), lead(), place())
    assert (move.at, move.moved_by) == (NOW + 68 * HOUR, ("window",))
    far = {"far": Content(kind="guide", starts=date(2029, 1, 1))}
    assert next_move(playbook(mail("one", content="far"), contents=far), lead(), place()).at.year == 2028
    dear = {"dear": Content(kind="guide", starts=date(2026, 12, 6), cost=5)}
    settings = {"effort": (Effort(cost=4),)}
    move = next_move(playbook(mail("one", content="dear"), contents=dear, nurture=settings), lead(), place())
    assert (move.reason, move.skips) == ("cost", True)


def test_content_that_is_over_before_its_window_opens_is_left_out():
    """It may not go on its only day."""
    office = {"windows": {"*": SendWindow(weekdays=["mon"])}}
    once = {"once": Content(kind="guide", starts=date(2026, 12, 6), ends=date(2026, 12, 6))}
    move = next_move(playbook(mail("one", content="once"), contents=once, nurture=office), lead(), place())
    assert (move.reason, move.skips) == ("over", True)


def test_touch_that_is_not_confirmed_waits_until_it_is_or_its_time_is_over():
    """Without an end it waits for good; otherwise it is left out then, or when its wait is over."""
    agreed = {("email", "newsletter"): Consent(given=True, at=NOW - DAY)}
    double = BasisRule(basis="opt_in", confirmed=True)
    waits = Withheld(sequence="welcome", step="one", channel="email", reason="unconfirmed", at=NOW, skips=False)
    found = next_move(playbook(mail("one"), nurture={"bases": (double,)}), lead(consents=agreed), place())
    assert found == waits
    timed = {"bases": (evolve(double, confirm_within="3d"),)}
    found = next_move(playbook(mail("one"), nurture=timed), lead(consents=agreed), place())
    assert found == evolve(waits, at=NOW + 2 * DAY, skips=True)
    late = playbook(mail("one", wait=Wait(elapsed="5d")), nurture=timed)
    assert next_move(late, lead(consents=agreed), place()) == evolve(waits, at=NOW + 5 * DAY, skips=True)


def test_touch_that_is_late_keeps_the_caps():
    """Those of what has gone since it was planned, too."""
    caps = Caps(marketing={"email": [FrequencyCap(times=1, days=1)]})
    gone = PastTouch(
        key="L1:other:1:x:1", sequence="other", step="x", channel="email", purpose="offer", at=NOW + 20 * HOUR
    )
    late = lead(now=NOW + 40 * HOUR, touches=(gone,))
    move = next_move(playbook(mail("one"), caps=caps), late, place(since=NOW + 21 * HOUR))
    assert (move.at, move.moved_by) == (NOW + 44 * HOUR, ("cap",))
    much_later = lead(now=NOW + 40 * HOUR, touches=(evolve(gone, at=NOW + 30 * HOUR),))
    move = next_move(playbook(mail("one"), caps=caps), much_later, place())
    assert (move.at, move.moved_by) == (NOW + 54 * HOUR, ("cap",))


def test_touch_that_is_late_was_moved_by_what_held_it_to_the_last():
    """Whatever else was in its way before: the window, the cap that frees after it has opened, or the content."""
    nine = {"windows": {"email": SendWindow(hours=["09:00-12:00"])}}
    caps = Caps(marketing={"email": [FrequencyCap(times=1, days=1)]})
    past = {"since": NOW - 3 * DAY}
    sent = PastTouch(
        key="L1:other:1:x:1", sequence="other", step="x", channel="email", purpose="offer", at=NOW - 3 * HOUR
    )
    plan = playbook(mail("one"), nurture=nine, caps=caps)
    move = next_move(plan, lead(), place(**past))
    assert (move.at, move.moved_by) == (NOW + 20 * HOUR, ("window",))
    move = next_move(plan, lead(touches=(sent,)), place(**past))
    assert (move.at, move.moved_by) == (NOW + 21 * HOUR, ("cap",))
    articles = {name: CONTENTS[name] for name in ("old", "new")}  # the one is over, the other is to come
    move = next_move(playbook(mail("one", pool=Pool()), contents=articles), lead(), place(**past))
    assert (move.at, move.content, move.moved_by) == (NOW + 35 * HOUR, "new", ("content",))


def test_touch_that_is_not_late_was_moved_by_what_moved_it():
    """At the very instant for which it was planned."""
    plan = playbook(mail("one"), nurture={"windows": {"email": SendWindow(hours=["14:00-15:00"])}})
    told = [
        next_move(plan, lead(now=now), place()).moved_by for now in (NOW, NOW + HOUR, NOW + HOUR + timedelta(minutes=1))
    ]
    assert told == [("window",), ("window",), ()]


def test_task_that_reaches_nobody_is_no_touch_of_the_lead():
    """It needs no permission and no zone, and no cap on all channels counts it, unless a rule names it."""
    steps = [Step(name="one", task="Look it up"), mail("two"), Step(name="three", task="Look again")]
    parts = {"caps": Caps(marketing={"*": [FrequencyCap(times=1, days=9)]})}
    nurture = {"bases": [BasisRule(basis="none", channels="email")]}
    plan = playbook(*steps, nurture=nurture, **parts)
    for planned in (SequencePlanner(plan).plan(lead()), plan_ahead(plan, lead(candidates=CandidateZones()))):
        assert [(touch.step, touch.channel, touch.basis, touch.at) for touch in planned.touches] == [
            ("one", "task", "none", NOW),
            ("two", "email", "none", NOW),
            ("three", "task", "none", NOW),
        ]
    named = {"bases": [BasisRule(basis="opt_in", channels="task"), *nurture["bases"]]}
    assert [one.step for one in SequencePlanner(playbook(*steps, nurture=named)).plan(lead()).withheld] == [
        "one",
        "three",
    ]
    parts = {"caps": Caps(marketing={"task": [FrequencyCap(times=1, days=9)]})}
    capped = SequencePlanner(playbook(*steps, nurture=nurture, **parts)).plan(lead())
    assert [touch.at - NOW for touch in capped.touches] == [0 * DAY, 0 * DAY, 9 * DAY]
