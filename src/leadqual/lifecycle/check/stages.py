"""What is wrong with single stages, and with the one where leads begin."""

from collections.abc import Iterator
from typing import Final

from leadqual.axis import container_problems
from leadqual.errors import Problem
from leadqual.lifecycle.check.sound import KINDS, MOST_STAGES, Sound
from leadqual.lifecycle.check.table import Table
from leadqual.lifecycle.check.words import choice_problem
from leadqual.lifecycle.values import Stage
from leadqual.scoring.declared import is_name

_PHASES: Final = ("TOFU", "MOFU", "BOFU")
_TEMPERATURES: Final = ("cold", "warm", "hot")


def initial_problems(table: Table, sound: Sound) -> Iterator[Problem]:
    """Yield what is wrong with the stage where leads begin.

    Args:
        table: The table.
        sound: The same, as far as it is right.
    """
    where = f"{table.where}.initial"
    if table.initial is None:
        if sound.stages and not sound.of_kind("open") and None not in sound.kinds.values():
            hint = "Declare an open stage; leads begin in the first one."
            got = ", ".join(sound.stages)
            yield Problem(where=f"{table.where}.stages", what="no stage is open", got=got, hint=hint)
        return
    if sound.stages:
        yield from choice_problem(table.initial, sound.stages, where, "no such stage")
    if sound.initial is not None and sound.kinds[sound.initial] in ("rest", "ended"):
        hint = f"Name an open one: {', '.join(sound.of_kind('open'))}."
        yield Problem(where=where, what="leads begin in an open stage", got=table.initial, hint=hint)


def stage_problems(table: Table) -> Iterator[Problem]:
    """Yield what is wrong with single stages.

    Args:
        table: The table.
    """
    where = f"{table.where}.stages"
    found = list(container_problems([(where, table.stages, tuple)]))
    yield from found
    if found:
        return
    if not table.stages:
        hint = "Declare at least an open one."
        yield Problem(where=where, what="a lifecycle needs stages", got=table.stages, hint=hint)
    if len(table.stages) > MOST_STAGES:
        hint = f"Declare at most {MOST_STAGES}."
        yield Problem(where=where, what="there are too many stages", got=len(table.stages), hint=hint)
    seen: dict[str, str] = {}
    for i, stage in enumerate(table.stages[:MOST_STAGES]):
        place = f"{where}[{i}]"
        if not isinstance(stage, Stage):
            yield Problem(where=place, what="a stage was expected", got=stage, hint='Write { name = "mql" }.')
            continue
        yield from _name_problem(stage.name, place, seen)
        yield from _stage_problems(stage, place)


def _name_problem(name: object, place: str, seen: dict[str, str]) -> Iterator[Problem]:
    if type(name) is not str or not is_name(name):
        hint = "Use a to z, 0 to 9 and _, a letter first, at most 63."
        yield Problem(where=f"{place}.name", what="the name cannot be used", got=name, hint=hint)
    elif name in seen:
        hint = "Give each stage its own name."
        yield Problem(where=f"{place}.name", what=f"the name is taken by {seen[name]}", got=name, hint=hint)
    else:
        seen[name] = place


def _stage_problems(stage: Stage, place: str) -> Iterator[Problem]:
    yield from choice_problem(stage.kind, KINDS, f"{place}.kind", "unknown kind of stage")
    if stage.phase is not None:
        yield from choice_problem(stage.phase, _PHASES, f"{place}.phase", "unknown phase")
    if stage.temperature is not None:
        yield from choice_problem(stage.temperature, _TEMPERATURES, f"{place}.temperature", "unknown temperature")
    if type(stage.hand_off) is not bool:
        hint = "Write true if a lead that enters is handed to sales."
        yield Problem(where=f"{place}.hand_off", what="true or false was expected", got=stage.hand_off, hint=hint)
