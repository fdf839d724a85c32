"""A small playbook with whole points, so that a test can say in a line what a lead's life is decided by."""

from typing import Any

from leadqual import Lead, Qualifier, loads
from leadqual.errors import ModelError
from tests.practice.life import Life

BIG, MID, TINY = {"size": "big"}, {"size": "mid"}, {"size": "tiny"}
"""Grade A, grade B, and nothing that any grade is given for."""
_HEAD = """
schema = 1
name = "small"
version = "1"
[attributes]
size = "text"
[properties]
page = "text"
people = "integer"
"""
FIT = """
[fit]
[[fit.tables]]
field = "size"
values = { big = 30, mid = 20, small = 10, tiny = 0 }
[[fit.gates]]
reason = "competitor"
when = { field = "email", op = "domain_in", value = ["rival.example"] }
[fit.grades]
A = 30
B = 20
C = 10
D = 0
"""
INTEREST = """
[interest]
decay = { linear = 10 }
[[interest.rules]]
event = ["visit", "form", "ask", "email_reply", "booking"]
points = 5
[[interest.rules]]
event = "newsletter"
points = 1
counts = false
"""
QUALIFY = """
[qualify]
hand_raise = ["ask"]
[qualify.mql]
when = { field = "interest", op = "ge", value = 5 }
[qualify.sql]
when = { field = "interest", op = "ge", value = 15 }
"""
STAGES = """
stages = [
    { name = "fresh" }, { name = "working", hand_off = true }, { name = "client" },
    { name = "asleep", kind = "rest" }, { name = "gone", kind = "ended" },
]
"""


def way(name: str, came_from: str, to: str, on: str, when: str | None = None, **more: str) -> str:
    """Return a transition as text; names of stages and triggers may be several, with spaces between them."""
    lines = [f'name = "{name}"', f"from = {came_from.split()}", f'to = "{to}"', f"on = {on.split()}"]
    lines += [] if when is None else [f"when = {when}"]
    lines += [f'{key} = "{text}"' for key, text in more.items()]
    return "\n".join(["[[lifecycle.transitions]]", *lines, ""])


def text(*more: str, head: str = "", fit: str = FIT, interest: str = INTEREST, qualify: str = QUALIFY) -> str:
    """Return the playbook with more tables, or others."""
    return "\n".join([head, _HEAD, fit, interest, qualify, *more])


def small(*more: str, holidays: Any = frozenset(), **parts: str) -> Qualifier:
    """Return what the playbook makes of leads."""
    return Qualifier(loads(text(*more, **parts)), holidays=holidays)


def table(*ways: str, rest: str = "", **parts: str) -> Qualifier:
    """Return what a lifecycle of four stages, with some transitions, makes of leads."""
    out = way("refused", "fresh working client asleep", "gone", "no")
    back = way("again", "gone", "fresh", "reopen")
    sold = way("sold", "fresh working", "client", "yes")
    off = way("not now", "fresh working client", "asleep", "maybe")
    woken = (
        way("rested", "asleep", "fresh", "wake") if not any('"wake"' in one or "'wake'" in one for one in ways) else ""
    )
    taken = way("taken", "fresh", "working", "accept")
    return small("[lifecycle]", STAGES, *ways, out, back, sold, off, woken, taken, rest, **parts)


def refused(*more: str, **parts: str) -> list[str]:
    """Return what is wrong with a playbook."""
    try:
        loads(text(*more, **parts))
    except ModelError as error:
        return [f"{problem.where}: {problem.what}" for problem in error.problems]
    return []


def live(by: Qualifier, attributes: Any = BIG, **more: Any) -> Life:
    """Return the life of a lead under a qualifier, opened on day 0."""
    return Life(attributes, by=by, **more)


def lead(**more: Any) -> Lead:
    """Return a lead of the best fit."""
    return Lead(**{"id": "L1", "attributes": BIG, "acquisition": "inbound", **more})
