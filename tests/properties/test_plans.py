"""Plans: made again later they are the same, they move with time, more permission never loses a touch, and they end."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from leadqual.lifecycle.businesstime import BusinessTime
from leadqual.lifecycle.enrolment import Enrolment, PastTouch
from leadqual.lifecycle.state import Consent
from leadqual.nurture.advance import GONE, advance
from leadqual.nurture.ahead import HORIZON, MOST_MOVES, MOST_TOUCHES
from leadqual.nurture.asked import Asked
from leadqual.nurture.basis import BasisRule
from leadqual.nurture.caps import Caps, FrequencyCap
from leadqual.nurture.plan import plan_nurture
from leadqual.nurture.planned import Fork, PlannedEnd, Touch, Withheld
from leadqual.nurture.planner import SequencePlanner
from leadqual.nurture.purposes import touch_kind
from leadqual.nurture.sequences import Sequence, Step
from leadqual.nurture.settings import Nurture
from leadqual.nurture.waits import Wait
from leadqual.nurture.zones import CandidateZones

from .planned import (
    CONTENTS,
    DAY,
    HOLIDAYS,
    PLAIN_WAITS,
    ROLLING,
    START,
    WINDOWS,
    WRITTEN,
    leads,
    moved,
    playbooks,
)
from .test_quiet_hours import is_open

QUARTER = timedelta(minutes=15)
NO_CLOCK_CHANGES = st.sampled_from(["Asia/Kathmandu", "UTC", "America/Bogota"])
SHORT = st.builds(Wait, elapsed=st.sampled_from(["0m", "45m", "1d", "2d", "9d"]))
SHIFTABLE = st.one_of(
    SHORT, st.builds(Wait, days=st.integers(1, 5)), st.builds(Wait, days=st.just(0), at=st.just("09:30"))
)


@st.composite
def cases(draw, /, zones=None, **options):
    """Return a playbook and a lead."""
    parts = draw(playbooks(**options))
    return parts, draw(leads(parts["sequences"], *(() if zones is None else (zones,))))


def planned(parts, asked):
    """Return the plan of a lead."""
    return SequencePlanner(plan_nurture(**parts)).plan(asked)


def lived(plan, asked, until):
    """Return a lead to which everything has happened that comes to pass until an instant, one tick after the other."""
    while True:
        moves = [(advance(plan, asked, place), place) for place in asked.enrolments]
        due = [pair for pair in moves if pair[0].at <= until and not (type(pair[0]) is Withheld and not pair[0].skips)]
        if not due:
            return evolve(asked, now=max(asked.now, until))
        order = {name: (-one.sequence.priority, name) for name, one in plan.sequences.items()}
        move, place = min(due, key=lambda pair: (pair[0].at, order[pair[1].sequence]))
        step = plan.sequences[place.sequence].place(place.step)
        others = tuple(one for one in asked.enrolments if one is not place)
        if type(move) is not PlannedEnd:
            others = (*others, evolve(place, step=move.no if type(move) is Fork else step.following, since=move.at))
        touches = asked.touches
        if type(move) is Touch:
            same = {name: getattr(move, name) for name in ("key", "sequence", "step", "channel", "purpose", "content")}
            touches = (*touches, PastTouch(at=move.at, **same))
        asked = evolve(asked, now=max(asked.now, move.at), enrolments=others, touches=touches)


@given(cases(), st.integers(0, 60 * 24))
def test_plan_made_again_later_agrees_on_what_lies_ahead(case, hours):
    """Whether nothing or only what was planned has happened meanwhile: to the instant, the key and the reason."""
    parts, asked = case
    plan = plan_nurture(**parts)
    later = asked.now + timedelta(hours=hours)
    before = SequencePlanner(plan).plan(asked)
    after = SequencePlanner(plan).plan(lived(plan, asked, later))
    near = asked.now + HORIZON
    for name in ("touches", "forks", "ends"):
        expected = [move for move in getattr(before, name) if move.at > later]
        assert [move for move in getattr(after, name) if move.at <= near] == expected
    assert [move for move in after.withheld if move.skips and move.at <= near] == [
        move for move in before.withheld if move.skips and move.at > later
    ]


@given(cases())
def test_plan_made_twice_is_the_same(case):
    """Nothing is remembered from one plan to the next."""
    parts, asked = case
    planner = SequencePlanner(plan_nurture(**parts))
    assert planner.plan(asked) == planner.plan(asked) == planned(parts, asked)


@given(cases(NO_CLOCK_CHANGES, waits=SHIFTABLE))
def test_plans_move_with_everything_by_four_weeks(case):
    """Where no clock is changed, no holiday lies and no content begins or ends."""
    parts, asked = case
    plain = {name: evolve(content, starts=None, ends=None) for name, content in CONTENTS.items()}
    parts = parts | {"contents": plain, "business": BusinessTime()}
    by = 28 * DAY
    here, there = planned(parts, asked), planned(parts, moved(asked, by))
    for name in ("touches", "withheld", "forks", "ends"):
        back = [evolve(move, at=move.at - by) for move in getattr(there, name)]
        back = [evolve(move, wished=move.wished - by) if type(move) is Touch else move for move in back]
        assert back == list(getattr(here, name))


@pytest.mark.parametrize(
    ("zone", "since", "goes"),
    [
        ("Pacific/Auckland", "2026-03-05T10:59:00+00:00", "2026-03-05T10:59:00+00:00"),
        ("Pacific/Auckland", "2026-03-05T11:00:00+00:00", "2026-03-06T11:00:00+00:00"),
        ("Pacific/Auckland", "2026-03-06T12:00:00+00:00", "2026-03-06T12:00:00+00:00"),
        ("Pacific/Honolulu", "2026-03-06T09:59:00+00:00", "2026-03-06T09:59:00+00:00"),
        ("Pacific/Honolulu", "2026-03-06T10:00:00+00:00", "2026-03-07T10:00:00+00:00"),
        ("Pacific/Honolulu", "2026-03-07T09:00:00+00:00", "2026-03-07T10:00:00+00:00"),
    ],
)
def test_holidays_are_days_of_the_lead_not_of_utc(zone, since, goes):
    """The sixth of March begins in Auckland on the fifth of UTC, and ends in Honolulu on the seventh."""
    at = datetime.fromisoformat(since)
    parts = {
        "sequences": {"a": Sequence(steps=[Step(name="call", task="Call", channel="phone", purpose="sales")])},
        "nurture": Nurture(bases=[BasisRule(basis="none")]),
        "business": BusinessTime(holidays=HOLIDAYS),
    }
    place = Enrolment(sequence="a", at=at, since=at, step="call")
    candidates = CandidateZones(zones=(zone,), source="lead")
    asked = Asked(lead_id="L1", now=at, enrolments=(place,), stage="lead", candidates=candidates)
    assert [touch.at for touch in planned(parts, asked).touches] == [datetime.fromisoformat(goes)]


def keys(plan):
    """Return what identifies the touches of a plan."""
    return {touch.key for touch in plan.touches}


@given(cases(many=False, plain=True), st.sampled_from([("email", "newsletter"), ("*", "newsletter"), ("phone", "*")]))
def test_adding_a_consent_never_removes_a_touch(case, pair):
    """What it adds may move others, where each touch has content of its own."""
    parts, asked = case
    agreed = Consent(given=True, at=asked.now - DAY)
    assert keys(planned(parts, asked)) <= keys(planned(parts, evolve(asked, consents=asked.consents | {pair: agreed})))


@given(cases(many=False, plain=True), st.builds(FrequencyCap, times=st.integers(0, 2), days=st.integers(1, 9)))
def test_adding_a_cap_never_adds_a_touch(case, cap):
    """It moves them, or takes them all."""
    parts, asked = case
    table = parts["caps"].marketing
    more = evolve(parts["caps"], marketing=table | {"email": [*table.get("email", ()), cap]})
    assert keys(planned(parts | {"caps": more}, asked)) <= keys(planned(parts, asked))


SPENT = frozenset({"seen", "exhausted", "over"})
"""Why a step that could bring something brings nothing any more: it has gone with another step, or came too late."""


def spent_in(plan):
    """Return the sequences of a plan in which a step has nothing left that it may bring."""
    return {one.sequence for one in plan.withheld if one.reason in SPENT}


@given(cases(), st.sampled_from([("email", "newsletter"), ("*", "newsletter"), ("phone", "*"), ("*", "*")]))
def test_adding_a_consent_removes_a_touch_only_where_content_is_spent(case, pair):
    """A touch that becomes possible may take the content of a later one, or move it past the last day of it."""
    parts, asked = case
    agreed = Consent(given=True, at=asked.now - DAY)
    before, after = (planned(parts, one) for one in (asked, evolve(asked, consents=asked.consents | {pair: agreed})))
    lost = [touch for touch in before.touches if touch.key not in keys(after)]
    assert {touch.sequence for touch in lost} <= spent_in(after)


@given(
    cases(), st.builds(FrequencyCap, times=st.integers(0, 2), days=st.integers(1, 9)), st.sampled_from(["email", "*"])
)
def test_adding_a_cap_adds_a_touch_only_where_content_was_spent(case, cap, scope):
    """A touch that becomes impossible leaves its content to a later one."""
    parts, asked = case
    table = parts["caps"].marketing
    more = evolve(parts["caps"], marketing=table | {scope: [*table.get(scope, ()), cap]})
    before, after = planned(parts, asked), planned(parts | {"caps": more}, asked)
    won = [touch for touch in after.touches if touch.key not in keys(before)]
    assert {touch.sequence for touch in won} <= spent_in(before)


@given(cases(many=False, plain=True), st.data())
def test_lowering_a_cap_never_adds_a_touch(case, data):
    """Nor does it let one go earlier; where it allows none any more, it takes them all."""
    parts, asked = case
    table = {name: list(caps) for name, caps in parts["caps"].marketing.items()}
    if not table:
        return
    scope = data.draw(st.sampled_from(sorted(table)))
    place = data.draw(st.integers(0, len(table[scope]) - 1))
    cap = table[scope][place]
    table[scope][place] = evolve(cap, times=data.draw(st.integers(0, cap.times)))
    before = {touch.key: touch.at for touch in planned(parts, asked).touches}
    lower = planned(parts | {"caps": evolve(parts["caps"], marketing=table)}, asked)
    assert keys(lower) <= before.keys()
    if table[scope][place].times:
        assert all(touch.at >= before[touch.key] for touch in lower.touches)


@given(cases(st.sampled_from(["Europe/Madrid", "America/New_York", "Australia/Sydney"]), waits=SHIFTABLE))
def test_plans_move_by_four_weeks_between_two_changes_of_the_clocks(case):
    """From the middle of April on, until clocks are changed again: with all that has happened, also by local days."""
    parts, asked = case
    plain = {name: evolve(content, starts=None, ends=None) for name, content in CONTENTS.items()}
    parts = parts | {"contents": plain, "business": BusinessTime()}
    by, until = 28 * DAY, START + 180 * DAY
    april = moved(asked, 48 * DAY + 8 * DAY)
    here, there = planned(parts, april), planned(parts, moved(april, by))
    first = [touch for touch in here.touches if touch.at < until]
    second = [evolve(touch, at=touch.at - by, wished=touch.wished - by) for touch in there.touches]
    assert [touch for touch in second if touch.at < until] == first


@given(cases(), st.sampled_from(["5m", "1d", "30d"]), st.booleans())
def test_plans_of_cycles_end_within_their_bounds(case, wait, free):
    """However short the wait of the cycle is, and also if every step of it is skipped."""
    parts, asked = case
    cycles = {}
    for name, sequence in parts["sequences"].items():
        *first, last = sequence.steps
        cycles[name] = evolve(
            sequence, steps=(*first, evolve(last, wait=Wait(elapsed=wait), next=sequence.steps[0].name))
        )
    bases = parts["nurture"].bases if free else ()
    parts = parts | {"sequences": cycles, "nurture": evolve(parts["nurture"], bases=bases)}
    plan = planned(parts, asked)
    moves = [*plan.touches, *plan.withheld, *plan.forks, *plan.ends]
    assert len(plan.touches) <= MOST_TOUCHES
    assert len(moves) <= MOST_MOVES
    assert all(asked.now <= move.at <= asked.now + HORIZON for move in moves)
    assert len(keys(plan)) == len(plan.touches)


@given(cases(waits=st.builds(Wait, elapsed=st.sampled_from(["1m", "1d"]))))
def test_instants_of_a_sequence_strictly_increase_when_its_waits_do(case):
    """No two touches of a sequence that waits fall together, and all are in order of time."""
    parts, asked = case
    touches = planned(parts, asked).touches
    assert list(touches) == sorted(touches, key=lambda touch: touch.at)
    for name in parts["sequences"]:
        own = [touch.at for touch in touches if touch.sequence == name]
        assert all(one < other for one, other in pairwise(own))


@given(st.data(), st.integers(0, len(WRITTEN) - 1))
def test_touches_go_at_the_first_quarter_that_clock_and_count_allow(data, which):
    """The clock of the zone is read every quarter of an hour, and every span is counted: none earlier would do."""
    parts, asked = data.draw(cases(many=False, plain=True, waits=SHORT, cap=ROLLING))
    asked = evolve(asked, consents={("*", "*"): Consent(given=True, at=START - 90 * DAY)}, touches=())
    asked = evolve(asked, enrolments=tuple(evolve(one, postponed=None) for one in asked.enrolments), missing=0)
    parts = parts | {"nurture": evolve(parts["nurture"], windows=WINDOWS[which], effort=())}
    parts = parts | {"business": BusinessTime(holidays=HOLIDAYS)}
    zone, place = ZoneInfo(asked.candidates.zones[0]), asked.enrolments[0]
    sequence: Sequence = parts["sequences"][place.sequence]
    table: Caps = parts["caps"]
    names = [step.name for step in sequence.steps]
    gone: list[tuple[datetime, str, str]] = []
    moment, expected = place.since, []
    for step in sequence.steps[names.index(place.step) :]:
        amount, unit = int(step.wait.elapsed[:-1]), step.wait.elapsed[-1]
        moment = max(moment + timedelta(minutes=amount * {"m": 1, "d": 1_440}[unit]), asked.now)
        purpose = step.purpose or sequence.purpose
        kind = touch_kind(purpose)
        written = [parts for name, parts in WRITTEN[which].items() if name in (step.channel, "*")]

        def suits(at, step=step, kind=kind, written=written):
            wall = at.astimezone(zone)
            if not all(is_open(parts, wall) for parts in written):
                return False
            if kind != "requested" and wall.date() in HOLIDAYS:
                return False
            for scope in (step.channel, "*"):
                counted = [other for other, of, channel in gone if of == kind and scope in (channel, "*")]
                for cap in table.by_channel(kind).get(scope, ()):
                    if sum(at - other < cap.span for other in counted) >= cap.times:
                        return False
            return True

        while not suits(moment):
            moment += QUARTER
        gone.append((moment, kind, step.channel))
        expected.append((step.name, moment))
    assert [(touch.step, touch.at) for touch in planned(parts, asked).touches] == expected


@given(cases(many=False, plain=True, waits=PLAIN_WAITS, cap=ROLLING))
def test_instants_are_those_of_the_plan_where_only_time_decides(case):
    """What is looked up in tables is what is worked out touch by touch."""
    parts, asked = case
    planner = SequencePlanner(plan_nurture(**parts))
    assert planner.instants(asked) == tuple(touch.at for touch in planner.plan(asked).touches)


@given(cases())
def test_instants_are_those_of_the_plan_whatever_is_to_be_decided(case):
    """Pools, forks, arms, calendars and several sequences are planned as ever."""
    parts, asked = case
    planner = SequencePlanner(plan_nurture(**parts))
    assert planner.instants(asked) == tuple(touch.at for touch in planner.plan(asked).touches)


@given(cases(cap=ROLLING))
def test_no_span_holds_more_touches_than_its_cap(case):
    """Those that have gone and those that are planned, of all sequences, counted together."""
    parts, asked = case
    plan = planned(parts, asked)
    gone = [touch for touch in asked.touches if touch.outcome in GONE]
    for kind in ("marketing", "sales"):
        for scope, limits in parts["caps"].by_channel(kind).items():
            alike = [
                touch.at
                for touch in (*gone, *plan.touches)
                if touch_kind(touch.purpose) == kind and scope in (touch.channel, "*")
            ]
            ours = {touch.at for touch in plan.touches}
            for cap in limits:
                for end in alike:
                    inside = [at for at in alike if end - cap.span < at <= end]
                    assert len(inside) <= cap.times or not ours.intersection(inside)
