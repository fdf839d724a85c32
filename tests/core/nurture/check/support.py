"""A small playbook that nurtures without a fault, and what is found once something in it is changed."""

from typing import Any

from leadqual.errors import ModelError
from leadqual.nurture.check import Nurturing
from leadqual.nurture.deeds import event_scope
from leadqual.nurture.scope import state_scope
from leadqual.nurture.settings import Nurture
from leadqual.nurture.who import lead_scope
from leadqual.playbook import Playbook, loads
from leadqual.scoring import ScoringModel

TOP = """
schema = 1
name = "n"
version = "1"

[attributes]
title = "text"

[properties]
asset = "text"
page = "text"
minutes = "number"

[interest]
max = 100
"""
"""What is declared everywhere."""
SOUND = """
[nurture]
home = "Europe/Madrid"
markets = ["ES"]
windows = { email = { hours = ["09:00-18:00"] }, "*" = { quiet = ["21:00-08:00"] } }
effort = [{ within = 10, cost = 9 }, { cost = 5 }]

[[personas]]
name = "boss"
when = { field = "title", op = "contains", value = "chief" }

[needs.payroll]
offers = "guide"

[content.guide]
kind = "guide"
offer = "guide"

[content.case]
kind = "case_study"
personas = "boss"
needs = "payroll"
channels = ["email", "sms"]

[sequences.welcome]
enter = { on = "download", properties = { field = "asset", op = "eq", value = "guide" } }
goals = [{ on = "demo_request" }]
arms = { short = 1, long = 1 }

[[sequences.welcome.steps]]
name = "hello"
channel = "email"
content = "guide"

[[sequences.welcome.steps]]
name = "more"
wait = "3d"
channel = "email"
pool = { kinds = "case_study" }
arm = "long"

[[sequences.welcome.steps]]
name = "pricing"
branch = { on = "pricing_view", within = "5d", yes = "call" }

[[sequences.welcome.steps]]
name = "out"
end = true

[[sequences.welcome.steps]]
name = "call"
wait = { days = 0, at = "09:30" }
channel = "phone"
task = "Ask for the date"
"""
"""Nurturing without a fault."""
MODEL = ScoringModel(attributes={"title": "text"}, properties={"asset": "text", "minutes": "number"})


def playbook(text: str, sound: str = SOUND) -> Playbook:
    """Return the playbook of a document: what is declared everywhere, what is sound, and a text."""
    return loads(TOP + sound + text, format="toml")


def found(text: str, sound: str = SOUND) -> list[str]:
    """Return what is wrong with a document, each as its path and what is the matter."""
    try:
        playbook(text, sound)
    except ModelError as error:
        return [f"{problem.where}: {problem.what}" for problem in error.problems]
    return []


def told(text: str, sound: str = SOUND) -> list[str]:
    """Return what is wrong with a document, as people read it."""
    try:
        playbook(text, sound)
    except ModelError as error:
        return [str(problem) for problem in error.problems]
    return []


def steps(text: str, head: str = "") -> list[str]:
    """Return what is wrong with a sequence of steps that are written in lines, from under its path.

    Args:
        text: The keys of one step in each line.
        head: Keys of the sequence.
    """
    lines = "".join(f"[[sequences.s.steps]]\n{line.strip().replace(' | ', chr(10))}\n" for line in text.split("\n"))
    return [line.removeprefix("sequences.s.") for line in found(f"[sequences.s]\n{head}\n{lines}")]


def table(**changes: Any) -> Any:
    """Return nurturing as it came, with any values in its parts."""
    parts: dict[str, Any] = {
        "nurture": Nurture(),
        "personas": (),
        "needs": {},
        "content": {},
        "sequences": {},
        "recycle": playbook("").recycle,
        "stages": playbook("").plan.stages,
        "of_state": state_scope(MODEL),
        "of_lead": lead_scope(MODEL),
        "of_event": event_scope(MODEL),
    }
    return Nurturing(**(parts | changes))
