"""A small playbook with sequences, and what its facts and effects come to in a line."""

from typing import Any

from leadqual import Outcome, Qualifier
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.effects import TouchDue
from tests.core.lifecycle.small import QUALIFY, small
from tests.practice.life import Life

OPEN_DOORS = """
[nurture]
home = "UTC"
[[nurture.bases]]
basis = "opt_out"
"""
"""Anything may go at any time to whom has not objected."""
CONTENT = """
[content.guide]
kind = "guide"
[content.case]
kind = "case_study"
"""


def step(name: str, **more: str) -> str:
    """Return a step as text; a value is written as it is."""
    return "\n".join([f'name = "{name}"', *(f"{key} = {value}" for key, value in more.items()), ""])


def mail(name: str, wait: str = "0m", **more: str) -> str:
    """Return a step that asks somebody to write a mail."""
    return step(name, channel='"email"', task='"Write"', wait=f'"{wait}"', **more)


def sequence(name: str, *steps: str, **more: str) -> str:
    """Return a sequence as text; a value is written as it is."""
    lines = [f"[sequences.{name}]", *(f"{key} = {value}" for key, value in more.items())]
    return "\n".join([*lines, *(f"[[sequences.{name}.steps]]\n{one}" for one in steps)])


def by(*parts: str, doors: str = OPEN_DOORS, **more: Any) -> Qualifier:
    """Return what a playbook with these sequences makes of leads; points alone make no SQL."""
    return small(doors, CONTENT, *parts, **{"qualify": QUALIFY.replace("15", "90"), **more})


def ends(life: Life) -> dict[str, str]:
    """Return by which reason each sequence last ended."""
    return {fact.sequence: fact.reason for fact in life.facts if isinstance(fact, made.EnrolmentEnded)}


def came_due(outcome: Outcome) -> list[str]:
    """Return the steps whose touches came due in an outcome."""
    return [effect.step for effect in outcome.effects if isinstance(effect, TouchDue)]


def due_in(life: Life) -> list[str]:
    """Return the steps whose touches came due in a life."""
    return [effect.step for effect in life.effects if isinstance(effect, TouchDue)]


def told(outcome: Outcome) -> list[str]:
    """Return the names of an outcome's facts."""
    return [fact.name for fact in outcome.facts]
