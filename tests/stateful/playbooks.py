"""The playbooks that random lives are lived under, each in two versions: a model changes while leads are on their way."""

from functools import cache
from typing import Final

from leadqual import Qualifier, loads
from leadqual.presets import preset_text

_STARTER: Final = preset_text("saas").partition("[[examples]]")[0]
_QUICK: Final = """
schema = 1
name = "quick"
version = "1"
[attributes]
size = "text"
[properties]
item = "text"
[fit]
max = 40
[[fit.tables]]
field = "size"
values = { big = 30, mid = 20, small = 10, tiny = 0, rival = 30 }
[[fit.gates]]
reason = "competitor"
when = { field = "size", op = "eq", value = "rival" }
[fit.grades]
A = 30
B = 20
C = 10
D = 0
[interest]
max = 40
decay = { linear = 5 }
[interest.groups.content]
max = 8
[[interest.rules]]
event = "page_view"
points = 3
per_day = 1
[[interest.rules]]
event = "download"
points = 4
distinct_by = "item"
group = "content"
[[interest.rules]]
event = "newsletter_open"
points = 1
counts = false
[[interest.rules]]
event = "email_reply"
points = 8
times = 2
decay = { half_life = 2 }
[[interest.rules]]
event = "demo_request"
points = 6
decay = { half_life = 2 }
[[interest.rules]]
event = "came_back"
points = 2
decay = "none"
times = 1
[[interest.rules]]
event = "careers"
points = -4
decay = { linear = 2.5 }
[[interest.rules]]
name = "Gone quiet"
event = "*"
inactivity = 3
points = -1
min = -3
[qualify]
hand_raise = ["demo_request"]
[qualify.mql]
when = { all = [{ field = "grade", op = "in", value = ["A", "B", "C"] }, { field = "interest", op = "ge", value = MQL }] }
stay = { field = "interest", op = "ge", value = 2 }
[qualify.sql]
when = { all = [{ field = "grade", op = "in", value = ["A", "B"] }, { field = "interest", op = "ge", value = SQL }] }
stay = { field = "interest", op = "ge", value = 4 }
[lifecycle]
return_days = 3
reopen_days = 20
hand_raise_days = 10
[calendar]
zone = "America/Santiago"
hours = ["09:00-13:00", "14:00-18:00"]
[sla]
hand_raise = "15m"
mql = "2h"
sql = { within = "1d", escalate = "head" }
[recycle.inbound]
interest = "keep"
nurture = "keep-warm"
bonus_event = "came_back"
[recycle.outbound]
rest_months = [3, 6]
attempts = 2
reasons = { no_budget = 6 }
nurture = "rolodex"
[recycle.partner]
to = "lead"
interest = "restart"
"""
_SUBSCRIBER: Final = """
[lifecycle]
preset = "subscriber"
"""
_OWN: Final = """
schema = 1
name = "own"
version = "1"
[attributes]
size = "text"
[properties]
item = "text"
[fit]
[[fit.tables]]
field = "size"
values = { big = 30, mid = 20, small = 10, tiny = 0, rival = 30 }
[[fit.gates]]
reason = "competitor"
when = { field = "size", op = "eq", value = "rival" }
[interest]
decay = { linear = 20 }
[[interest.rules]]
event = ["page_view", "download", "email_reply", "demo_request"]
points = 3
times = 5
[qualify]
hand_raise = ["demo_request"]
[qualify.sql]
when = { field = "interest", op = "ge", value = SQL }
[lifecycle]
stages = [
    { name = "fresh" }, { name = "working" }, { name = "trial", hand_off = true }, { name = "client" },
    { name = "asleep", kind = "rest" }, { name = "bought", kind = "ended" }, { name = "gone", kind = "ended" },
]
[[lifecycle.transitions]]
name = "bought"
from = ["working", "trial"]
to = "client"
on = "yes"
[[lifecycle.transitions]]
name = "over"
from = "client"
to = "bought"
on = "yes"
[[lifecycle.transitions]]
name = "refused"
from = ["fresh", "working", "trial", "client", "asleep"]
to = "gone"
on = "no"
[[lifecycle.transitions]]
name = "not now"
from = ["fresh", "working", "trial"]
to = "asleep"
on = "maybe"
[[lifecycle.transitions]]
name = "again"
from = ["bought", "gone"]
to = "working"
on = "reopen"
[[lifecycle.transitions]]
name = "asks"
from = ["fresh", "working"]
to = "trial"
on = ["event", "profile"]
when = { field = "state.hand_raised", op = "eq", value = true }
[[lifecycle.transitions]]
name = "warm"
from = ["fresh", "working"]
to = "trial"
on = ["event", "profile", "release"]
when = { all = [{ field = "state.score_route_open", op = "eq", value = true }, { field = "score.qualifies", op = "has", value = "sql" }] }
[[lifecycle.transitions]]
name = "seen"
from = "fresh"
to = "working"
on = "event"
when = { field = "input.interaction", op = "eq", value = true }
[[lifecycle.transitions]]
name = "no answer"
from = "working"
to = "asleep"
on = "tick"
reason = "no_response"
when = { all = [{ field = "days_since_activity", op = "ge", value = 10 }, { field = "state.sla_running", op = "eq", value = false }] }
[[lifecycle.transitions]]
name = "trial is over"
from = "trial"
to = "working"
on = "tick"
when = { field = "days_in_stage", op = "ge", value = 14 }
[[lifecycle.transitions]]
name = "rested"
from = "asleep"
to = "fresh"
on = "wake"
[[lifecycle.transitions]]
name = "woken"
from = "asleep"
to = "fresh"
on = "event"
when = { field = "input.interaction", op = "eq", value = true }
[sla]
working = "4h"
trial = { within = "2d", escalate = "head" }
[recycle.inbound]
rest_months = [1, 2]
spread_days = 10
attempts = 2
wake = "never"
[recycle.outbound]
rest_months = [1, 3]
interest = "keep"
"""


def _starter(extra: str = "", *, mql: int = 5, sql: int = 16) -> str:
    """Return the starter with SLAs that are over soon, and bars that can be moved."""
    text = _STARTER.replace('hand_raise = "2h"', 'hand_raise = "10m"').replace('mql = "1d"', 'mql = "3h"')
    text = text.replace('field = "interest", op = "ge", value = 5 }', f'field = "interest", op = "ge", value = {mql} }}')
    return text.replace('field = "interest", op = "ge", value = 16 }', f'field = "interest", op = "ge", value = {sql} }}') + extra


_TEXTS: Final = {
    "starter": (_starter(), _starter(mql=12, sql=8)),
    "quick": (_QUICK.replace("MQL", "6").replace("SQL", "10"), _QUICK.replace("MQL", "3").replace("SQL", "18")),
    "subscriber": (_starter(_SUBSCRIBER), _starter(_SUBSCRIBER, mql=2, sql=30)),
    "own": (_OWN.replace("SQL", "9"), _OWN.replace("SQL", "3")),
}
NAMES: Final = tuple(_TEXTS)
"""The starter; points that fade within days; the starter for subscribers; a table of a house's own."""


@cache
def qualifiers(name: str) -> tuple[Qualifier, Qualifier]:
    """Return what qualifies under a playbook, and under its next version."""
    first, second = (Qualifier(loads(text)) for text in _TEXTS[name])
    return first, second


def attributes(name: str, profile: str) -> dict[str, object]:
    """Return what is known of a lead.

    Args:
        name: Name of the playbook.
        profile: ``"good"``, ``"fair"``, ``"poor"`` or ``"unknown"``.
    """
    if name in ("quick", "own"):
        return {"good": {"size": "big"}, "fair": {"size": "mid"}, "poor": {"size": "tiny"}, "unknown": {}}[profile]
    known: dict[str, object] = {"department": "IT", "employees": 200, "email_type": "business", "country": "ES"}
    return {
        "good": {**known, "job_title": "CTO"},
        "fair": {**known, "job_title": "Analyst"},
        "poor": {"job_title": "Student", "department": "Arts", "employees": 3, "email_type": "free", "country": "FR"},
        "unknown": {},
    }[profile]
