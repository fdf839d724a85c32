"""What the fields of a guard can be on each trigger, where that is known."""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from leadqual.lead import ACQUISITIONS, KINDS
from leadqual.lifecycle.check.sound import Sound, Way
from leadqual.lifecycle.check.table import Table
from leadqual.lifecycle.scope import INPUT
from leadqual.lifecycle.values import Lifecycle

_SAID: Final = ("yes", "no", "maybe", "accept", "return", "reopen")
"""Verdicts that take a transition of their own; one that is reinstated goes on by its score."""
_MARKS: Final = ("input.interaction", "input.hand_raise", "input.reply", "input.capture")
_SIDES: Final[frozenset[str | bool]] = frozenset({"lead", "us"})
_NEVER: Final[frozenset[str | bool]] = frozenset()
_FALSE: Final[frozenset[str | bool]] = frozenset({False})
_EITHER: Final[frozenset[str | bool]] = frozenset({False, True})


@frozen
class Known:
    """What a field can be.

    Attributes:
        among: The only values there are, or the only ones that a list can hold; ``None`` if it can be anything.
        missing: Whether it can be missing.
        low: The lowest number it can be.
        what: Why it cannot be something else.
        hint: What to do.
    """

    among: frozenset[str | bool] | None = None
    missing: bool = True
    low: int | None = None
    what: str = ""
    hint: str = ""


ANYTHING: Final = Known()


def known_of(table: Table, sound: Sound) -> dict[str, Known]:
    """Return what is known of fields on every trigger.

    Args:
        table: The table.
        sound: The same, as far as it is right.
    """
    declared = "Declare it under `qualify`, or remove what asks for it."
    bars = Known(frozenset(table.bars), what="there is no such bar", hint=_named("Bars", table.bars, declared))
    stages = f"Stages: {', '.join(sound.stages)}."
    states = ("hand_raised", "score_route_open", "touched", "accepted", "sla_running", "review")
    known = {f"state.{name}": Known(_EITHER, missing=False) for name in states}
    known |= {name: Known(_EITHER, missing=False) for name in _MARKS}
    known |= {name: Known(low=0) for name in ("interactions", "active_days", "days_in_stage", "attempts")}
    known |= {
        "score.qualifies": bars,
        "score.stays": bars,
        "kind": Known(frozenset(KINDS)),
        "acquisition": Known(frozenset(ACQUISITIONS)),
        "furthest": Known(frozenset(sound.stages), missing=False, what="there is no such stage", hint=stages),
        "cycle": Known(low=1),
    }
    if not table.grades:
        known["grade"] = Known(_NEVER, what="nobody has a grade", hint="Declare grades under `fit`, or remove it.")
    if not table.hand_raise:
        hint = "Name kinds under `qualify.hand_raise`, or remove it."
        never = Known(_FALSE, missing=False, what="no kind of act raises a hand", hint=hint)
        known |= {"state.hand_raised": never, "input.hand_raise": never}
    lifecycle = table.lifecycle if isinstance(table.lifecycle, Lifecycle) else Lifecycle()
    for name, field, kinds in (
        ("replies", "input.reply", lifecycle.replies),
        ("captures", "input.capture", lifecycle.captures),
    ):
        if kinds == ():
            hint = f"Name kinds under `{table.where}.{name}`, or remove it."
            known[field] = Known(_FALSE, missing=False, what=f"no kind is among the {name}", hint=hint)
    return known


def known_on(known: Mapping[str, Known], table: Table, way: Way) -> list[dict[str, Known]]:
    """Return what is known of fields when a transition is tried, for each sort of trigger that it waits for.

    Args:
        known: What is known on every trigger.
        table: The table.
        way: The transition.
    """
    hint = f"The transition leaves: {', '.join(way.leaves)}."
    of_way = {**known, "stage": Known(frozenset(way.out_of), missing=False, what="no lead is in it here", hint=hint)}
    what, hint = "it is known of events only", "Wait for `event`, or remove it."
    of_event = {name: Known(_NEVER, what=what, hint=hint) for name in table.scope.fields if name.startswith(INPUT)}
    of_event |= {name: Known(_FALSE, missing=False, what=what, hint=hint) for name in _MARKS}
    what, hint = "it is known of verdicts only", "Wait for a verdict, or remove it."
    of_verdict = {"verdict.reason": Known(_NEVER, what=what, hint=hint)}
    what, hint = "a lead with a gate goes nowhere by itself", "Wait for a verdict, or remove it."
    of_verdict["score.gate"] = Known(_NEVER, what=what, hint=hint)
    cases = []
    if "event" in way.on:
        cases.append(of_way | of_verdict | {"input.by": Known(_SIDES)})
    if any(verdict in way.on for verdict in _SAID):
        cases.append(of_way | of_event)
    if any(trigger not in ("event", *_SAID) for trigger in way.on):
        cases.append(of_way | of_event | of_verdict)
    return cases


def _named(what: str, names: tuple[str, ...], otherwise: str) -> str:
    return f"{what}: {', '.join(names)}. {otherwise}" if names else otherwise
