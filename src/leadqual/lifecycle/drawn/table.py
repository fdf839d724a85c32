"""A lifecycle as a table in plain text: per stage what leads out of it, in the order in which it is tried."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from leadqual.conditions.describe import condition_phrase
from leadqual.lifecycle.drawn.aims import aims_of, policies
from leadqual.lifecycle.drawn.pen import Pen
from leadqual.lifecycle.plan import LifecyclePlan
from leadqual.lifecycle.values import RecyclePolicy, Stage, Transition

_INDENT: Final = "  "
_WIDEST: Final = (16, 24)
"""Columns of text that the stage and the name of a transition get at most."""
_NARROWEST: Final = 24
"""What the last column gets at least."""


def text_table(plan: LifecyclePlan, pen: Pen, width: int) -> str:
    """Return the table.

    Args:
        plan: The lifecycle.
        pen: The language and the labels.
        width: Columns of text in all.
    """
    return "\n\n".join("\n".join(block) for block in _blocks(plan, pen, width)) + "\n"


def _blocks(plan: LifecyclePlan, pen: Pen, width: int) -> Iterator[list[str]]:
    rows = {name: list(_rows(plan, pen, name)) for name in plan.stages}
    every = [row for found in rows.values() for row in found]
    sizes = [min(max((len(row[i]) for row in every), default=0), most) for i, most in enumerate(_WIDEST)]
    sizes.append(max(width - sum(sizes) - len(_INDENT) * (len(sizes) + 1), _NARROWEST))
    for name, stage in plan.stages.items():
        lines = textwrap.wrap(_heading(plan, pen, stage), max(width, _NARROWEST), subsequent_indent=_INDENT)
        lines += [line for row in rows[name] for line in _row(row, sizes)]
        yield lines if rows[name] else [*lines, _INDENT + pen.say("nothing")]
    if any("maybe" in transition.on for transition in plan.transitions):
        yield list(_maybes(plan, pen, width))


def _heading(plan: LifecyclePlan, pen: Pen, stage: Stage) -> str:
    parts = [pen.kind(stage)] if pen.kind(stage) else []
    parts += [pen.say("initial")] if stage.name == plan.initial else []
    parts += [pen.say("hand off")] if stage.hand_off else []
    if stage.kind == "open" and stage.name in plan.slas:
        parts.append(pen.say("sla of", sla=pen.sla(plan, stage.name)))
    name = pen.stage(stage.name)
    return f"{name}: {'; '.join(parts)}" if parts else name


def _rows(plan: LifecyclePlan, pen: Pen, stage: str) -> Iterator[Sequence[str]]:
    """Yield what leads out of a stage: where to, by which transition, and on what."""
    for transition in plan.transitions:
        if stage in transition.from_:
            for aim in aims_of(plan, transition):
                who = ", ".join(map(pen.name, aim.who))
                name = pen.name(transition.name)
                shown = pen.say("acquired", name=name, who=who) if who else name
                yield (f"-> {pen.stage(aim.stage)}", shown, _asked(plan, pen, transition))


def _asked(plan: LifecyclePlan, pen: Pen, transition: Transition) -> str:
    """Return what a transition waits for and asks, and what it starts."""
    words = pen.words
    triggers = [pen.say(f"on {trigger}") for trigger in transition.on]
    text = pen.say("on", triggers=words.joined(triggers, "or"))
    if transition.when is not None:
        text = pen.say("when", on=text, condition=condition_phrase(transition.when, words))
    parts = [text]
    if transition.reason is not None:
        parts.append(pen.say("reason", reason=pen.name(transition.reason)))
    if transition.sla is not None and transition.sla in plan.slas:
        parts.append(pen.say("sla of", sla=pen.sla(plan, transition.sla)))
    if transition.cycle == "next":
        parts.append(pen.say("cycle"))
    return "; ".join(parts)


def _row(cells: Sequence[str], sizes: Sequence[int]) -> Iterator[str]:
    """Yield the lines of a row, each cell folded in its own column."""
    folded = [textwrap.wrap(cell, max(size, 1)) for cell, size in zip(cells, sizes, strict=True)]
    for line in zip_longest(*folded, fillvalue=""):
        padded = [f"{part:<{size}}" for part, size in zip(line, sizes, strict=True)]
        yield f"{_INDENT}{_INDENT.join(padded)}".rstrip()


def _maybes(plan: LifecyclePlan, pen: Pen, width: int) -> Iterator[str]:
    yield pen.say("maybe")
    for who, policy in policies(plan).items():
        text = f"{_INDENT}{pen.name(who)}: {'; '.join(_policy(plan, pen, policy))}"
        yield from textwrap.wrap(text, max(width, _NARROWEST), subsequent_indent=_INDENT * 2)


def _policy(plan: LifecyclePlan, pen: Pen, policy: RecyclePolicy) -> Iterator[str]:
    rests = [name for name, stage in plan.stages.items() if stage.kind == "rest"]
    if policy.to is not None and rests != [policy.to]:
        yield pen.say("goes", stage=pen.stage(policy.to))
    if policy.to is None or policy.to in rests:
        yield from _rest(pen, policy)
    yield pen.say(policy.interest)


def _rest(pen: Pen, policy: RecyclePolicy) -> Iterator[str]:
    if policy.rest_months is None:
        yield pen.say("waits")
    else:
        low, high = policy.rest_months
        yield pen.count("rests once", low) if low == high else pen.say("rests", low=str(low), high=str(high))
    if policy.attempts is not None:
        yield pen.count("attempts", policy.attempts)
    if policy.rest_months is not None or policy.wake == "never":
        yield pen.say(policy.wake)
