"""Random lives under a playbook with sequences: what happens, and a host that ticks, stores and reports."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from attrs import frozen
from hypothesis import strategies as st

from leadqual import (
    ConsentChange,
    Event,
    Lead,
    Outcome,
    Qualifier,
    Tick,
    TransitionError,
    Verdict,
    loads,
)
from leadqual.lifecycle.effects import Effect, TouchDue
from leadqual.lifecycle.facts import Fact
from leadqual.lifecycle.nurtureinputs import EnrolmentChange, Suppression, TouchReport

START = datetime(2026, 3, 23, 9, tzinfo=UTC)
SEQUENCES = ("education", "strong", "warm", "back")
KINDS = ("download", "visit", "email_reply", "auto_reply", "hard_bounce", "booking", "webinar", "form")
_TEXT = """
schema = 1
name = "nurtured"
version = "1"
attributes = { size = "text" }
properties = { page = "text", asset = "text" }
[interest]
decay = { linear = 10 }
[[interest.rules]]
event = ["visit", "download", "booking"]
points = 5
[qualify.mql]
when = { field = "interest", op = "ge", value = 10 }
[qualify.sql]
when = { field = "interest", op = "ge", value = 60 }
[recycle.inbound]
to = "lead"
nurture = "warm"
[recycle.outbound]
rest_months = [3, 6]
nurture = "back"
[nurture]
home = "Europe/Madrid"
windows.email = { hours = ["09:00-18:00"], weekdays = ["mon", "tue", "wed", "thu", "fri"] }
[[nurture.bases]]
basis = "opt_out"
[caps]
email = [{ days = 2, times = 1 }, { days = 7, times = 2 }]
"*" = [{ days = 1, times = 1 }]
[content.case]
kind = "case"
[content.guide]
kind = "guide"
offer = "guide"
[content.later]
kind = "article"
starts = 2026-04-20
[sequences.education]
enter = { on = "download" }
goals = [{ on = "booking" }]
again = "if_not_active"
again_after = "10d"
on_end = { sequence = "warm" }
steps = [
    { name = "hello", channel = "email", content = "case", wait = "1h" },
    { name = "looked", branch = { on = "visit", within = "5d", yes = "call", no = "second" } },
    { name = "second", channel = "email", pool = {}, wait = { days = 2, at = "09:30" }, next = "end" },
    { name = "call", channel = "phone", task = "Call", purpose = "sales" },
    { name = "end", wait = "7d", end = true },
]
[sequences.strong]
priority = 5
again = "always"
enter = { on = "webinar", stages = "mql" }
arms = { short = 50, long = 50 }
holdout = 10
steps = [
    { name = "first", channel = "email", content = "guide", arm = "long" },
    { name = "saw", branch = { on = "visit", within = "3d", since = "enrolment", yes = "last", no = "next" } },
    { name = "next", channel = "email", content = "later" },
    { name = "last", channel = "email", task = "Write", wait = { business = "1d" } },
    { name = "end", wait = "2d", end = true, on_end = { verdict = "maybe", reason = "no_response" } },
]
[sequences.warm]
exclusive = false
again = "always"
steps = [{ name = "keep", channel = "email", task = "Write", wait = "30d", next = "keep" }]
[sequences.back]
stages = ["recycle", "lead"]
again = "always"
steps = [{ name = "again", channel = "email", content = "case", wait = "1d" }]
"""


@cache
def qualifier() -> Qualifier:
    """Return what the playbook makes of leads."""
    return Qualifier(loads(_TEXT))


@frozen
class Deed:
    """Something that happens so long after what happened before."""

    wait: timedelta
    what: Any
    late: timedelta = timedelta(0)


waits = st.sampled_from([timedelta(0), timedelta(minutes=7)]) | st.one_of(
    st.integers(1, 72).map(lambda n: timedelta(hours=n)), st.integers(3, 90).map(lambda n: timedelta(days=n))
)
words = st.one_of(
    st.sampled_from(KINDS),
    st.sampled_from(KINDS),
    st.builds(
        ConsentChange,
        channel=st.sampled_from(["email", "*"]),
        purpose=st.sampled_from(["newsletter", "*"]),
        given=st.booleans(),
    ),
    st.builds(
        EnrolmentChange,
        change=st.sampled_from(["enrol", "enrol", "leave", "pause", "resume"]),
        sequence=st.sampled_from(SEQUENCES),
    ),
    st.builds(Suppression, channel=st.sampled_from(["email", "phone"])),
    st.builds(Verdict, st.sampled_from(["maybe", "no", "accept", "disqualify", "reinstate"]), reason=st.just("x")),
    st.sampled_from(["report", "tick", "due", "due", "due"]),
)
deeds = st.builds(Deed, waits, words, st.sampled_from([timedelta(0)] * 3 + [timedelta(hours=30)]))
lives = st.lists(deeds, max_size=25)
leads = st.builds(
    Lead,
    id=st.sampled_from(["L1", "L2", "L3", "L4"]),
    acquisition=st.sampled_from(["inbound", "outbound"]),
    zone=st.sampled_from([None, "Europe/Madrid", "America/New_York"]),
    email=st.sampled_from([None, "ana@b.example"]),
)


class Host:
    """What stores a lead's facts and events, and does what is to be done."""

    def __init__(self, lead: Lead) -> None:
        self.by, self.lead, self.now = qualifier(), lead, START
        self.facts: list[Fact] = []
        self.effects: list[Effect] = []
        self.events: list[Event] = []
        self.record = self.keep(self.by.open(lead, now=START)).record

    def keep(self, outcome: Outcome) -> Outcome:
        """Store what came of an input."""
        self.facts += outcome.facts
        self.effects += outcome.effects
        self.record = outcome.record
        return outcome

    def tick(self, at: datetime) -> Outcome:
        """Let time pass."""
        self.now = at
        return self.keep(self.by.handle(self.record, Tick(), now=at))

    def live(self, deed: Deed) -> Outcome | None:
        """Let something happen; ``None`` if it was refused."""
        due = self.by.next_due(self.record)
        if deed.what == "due":
            return None if due is None or due > self.now + timedelta(days=400) else self.tick(due)
        self.now += deed.wait
        if deed.what == "tick":
            return self.tick(self.now)
        said = deed.what
        if said == "report":
            if not self.record.state.touches:
                return None
            said = TouchReport(key=self.record.state.touches[-1].key)
        elif isinstance(said, str):
            name = f"{self.lead.id}-{len(self.events)}"
            page = {"page": "/", "asset": "guide"}
            said = Event(id=name, lead_id=self.lead.id, kind=said, at=self.now - deed.late, properties=page)
            self.events.append(said)
        try:
            return self.keep(self.by.handle(self.record, said, now=self.now))
        except TransitionError:
            return None

    def sent(self) -> list[TouchDue]:
        """Return all touches that came due."""
        return [effect for effect in self.effects if isinstance(effect, TouchDue)]
