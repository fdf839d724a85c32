"""Leads in sequences, drawn: what may be written of a step, where the lead stands, and what has gone to it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from leadqual.lifecycle.businesstime import BusinessTime
from leadqual.lifecycle.enrolment import Enrolment, PastTouch
from leadqual.lifecycle.state import Consent
from leadqual.nurture.asked import Asked
from leadqual.nurture.basis import BasisRule
from leadqual.nurture.caps import Caps, FrequencyCap
from leadqual.nurture.content import Content
from leadqual.nurture.plan import plan_nurture
from leadqual.nurture.sequences import Branch, Pool, Sequence, Step
from leadqual.nurture.settings import Effort, Nurture
from leadqual.nurture.waits import Wait
from leadqual.nurture.windows import SendWindow
from leadqual.nurture.zones import CandidateZones

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOLIDAYS = frozenset({date(2026, 3, 6), date(2026, 3, 30), date(2026, 4, 3)})
WEEK = ["mon", "tue", "wed", "thu", "fri"]
WRITTEN: tuple[dict[str, dict[str, Any]], ...] = (
    {},
    {"*": {"quiet": ["21:00-08:00"]}},
    {"email": {"hours": ["09:00-13:00", "15:00-18:30"], "weekdays": WEEK}},
    {"*": {"quiet": ["20:00-07:30"]}, "phone": {"hours": ["10:00-12:00"]}},
)
"""Windows by channel, as they are written."""
WINDOWS = tuple({name: SendWindow(**parts) for name, parts in table.items()} for table in WRITTEN)
ZONES = st.sampled_from(["Europe/Madrid", "America/New_York", "America/Santiago", "Asia/Kathmandu", "UTC"])
CONTENTS = {
    "guide": Content(kind="guide", offer="guide", cost=1),
    "story": Content(kind="case_study", cost=5),
    "march": Content(kind="article", ends=date(2026, 3, 20)),
    "april": Content(kind="article", starts=date(2026, 4, 1)),
    "plain": Content(kind="article"),
}
WAITS = st.one_of(
    st.builds(Wait, elapsed=st.sampled_from(["0m", "90m", "1d", "3d", "2w"])),
    st.builds(Wait, days=st.integers(1, 5)),
    st.builds(Wait, days=st.integers(0, 2), at=st.sampled_from(["00:30", "09:30", "23:15"])),
    st.builds(Wait, months=st.just(1)),
    st.builds(Wait, business=st.sampled_from(["4h", "2d"])),
)
PLAIN_WAITS = st.builds(Wait, elapsed=st.sampled_from(["0m", "45m", "1d", "2d", "9d", "300d"]))
ROLLING = st.builds(FrequencyCap, times=st.integers(1, 3), days=st.integers(1, 9))
ANY_CAP = st.one_of(ROLLING, st.builds(FrequencyCap, times=st.integers(1, 3), per=st.sampled_from(["day", "week"])))
CHANNELS = st.sampled_from(["email", "email", "phone"])
PURPOSES = st.sampled_from([None, None, "sales", "requested"])


@st.composite
def steps(draw, *, waits=WAITS, plain=False, most=5):
    """Return the steps of a sequence; plain ones hold touches only, each with another content."""
    found, free = [], [name for name in CONTENTS if not plain or name in {"guide", "story", "plain"}]
    for i in range(draw(st.integers(1, most))):
        parts: dict[str, Any] = {"name": f"s{i}", "wait": draw(waits), "channel": draw(CHANNELS)}
        parts["purpose"] = draw(PURPOSES)
        kind = draw(st.sampled_from(["task", "content"] if plain else ["task", "content", "pool", "fork", "arm"]))
        if kind == "content" and free:
            parts["content"] = free.pop(draw(st.integers(0, len(free) - 1)))
        elif kind == "pool":
            parts["pool"] = Pool(kinds=draw(st.sampled_from([(), ("article",)])))
        elif kind == "fork":
            parts = {"name": f"s{i}", "branch": Branch(on="click", within=draw(waits))}
        else:
            parts["task"] = "Call"
            parts["arm"] = draw(st.sampled_from([None, "short"])) if kind == "arm" else None
        found.append(Step(**parts))
    return tuple(found)


@st.composite
def caps(draw, cap=ANY_CAP):
    """Return caps of marketing and sales touches."""
    tables = st.dictionaries(st.sampled_from(["email", "phone", "*"]), st.lists(cap, min_size=1, max_size=2))
    return Caps(marketing=draw(tables), sales=draw(tables))


@st.composite
def past(draw, zone_hours=24 * 20):
    """Return touches that have come due before the beginning."""
    found = []
    for i, hours in enumerate(sorted(draw(st.lists(st.integers(1, zone_hours), max_size=4)), reverse=True)):
        outcome = draw(st.sampled_from(["due", "sent", "skipped", "cancelled", "expired"]))
        purpose = draw(st.sampled_from(["newsletter", "sales", "requested"]))
        content = draw(st.sampled_from([None, None, "guide", "plain"]))
        channel, at = draw(CHANNELS), START - hours * HOUR
        touch = PastTouch(
            key=f"L1:old:1:x:{i}", sequence="old", step="x", channel=channel, purpose=purpose, content=content, at=at,
            outcome=outcome,
        )  # fmt: skip
        found.append(touch)
    return tuple(found)


BASES = ((), (BasisRule(basis="none"),), (BasisRule(basis="opt_out", channels="phone"),))


@st.composite
def playbooks(draw, *, many=True, waits=WAITS, plain=False, cap=ANY_CAP):
    """Return the arguments of `plan_nurture`."""
    names = ["a", "b"][: draw(st.integers(1, 2)) if many else 1]
    sequences = {
        name: Sequence(steps=draw(steps(waits=waits, plain=plain)), priority=draw(st.integers(0, 1))) for name in names
    }
    effort = draw(st.sampled_from([(), (), (Effort(within=5, cost=9), Effort(cost=2))]))
    settings = Nurture(windows=draw(st.sampled_from(WINDOWS)), bases=draw(st.sampled_from(BASES)), effort=effort)
    return {
        "sequences": sequences,
        "nurture": settings,
        "contents": CONTENTS,
        "caps": draw(caps(cap)),
        "business": BusinessTime(holidays=draw(st.sampled_from([frozenset(), HOLIDAYS]))),
    }


@st.composite
def leads(draw, sequences, zones=ZONES):
    """Return a lead that has just come into sequences, or a while ago."""
    enrolments = []
    for name, sequence in sequences.items():
        at = START - draw(st.integers(0, 72)) * HOUR
        step = draw(st.sampled_from([step.name for step in sequence.steps]))
        postponed = draw(st.sampled_from([None, None, None, START + 3 * DAY]))
        arm = draw(st.sampled_from([None, "short"]))
        enrolments.append(Enrolment(sequence=name, at=at, since=at, step=step, postponed=postponed, arm=arm))
    agreed = Consent(given=True, at=START - 90 * DAY)
    consents = draw(
        st.sampled_from([{}, {("email", "newsletter"): agreed}, {("*", "*"): agreed}, {("email", "*"): agreed}])
    )
    return Asked(
        lead_id="L1",
        now=START + draw(st.integers(0, 48)) * HOUR,
        enrolments=tuple(enrolments),
        touches=draw(past()),
        stage="lead",
        consents=consents,
        candidates=CandidateZones(zones=(draw(zones),), source="lead"),
        missing=draw(st.sampled_from([None, 300])),
    )


def moved(asked, by):
    """Return a lead all of whose instants are moved."""
    places = (
        evolve(
            one,
            at=one.at + by,
            since=one.since + by,
            postponed=None if one.postponed is None else one.postponed + by,
        )
        for one in asked.enrolments
    )
    return evolve(
        asked,
        now=asked.now + by,
        enrolments=tuple(places),
        touches=tuple(evolve(touch, at=touch.at + by) for touch in asked.touches),
        consents={pair: Consent(given=one.given, at=one.at + by) for pair, one in asked.consents.items()},
    )


def made(parts):
    """Return what a playbook says, ready to be planned."""
    return plan_nurture(**parts)
