"""What is wrong with the SLAs."""

from collections.abc import Iterator, Mapping

from leadqual.axis import container_problems
from leadqual.errors import Problem, shown
from leadqual.hints import did_you_mean
from leadqual.lifecycle.check.sound import Sound
from leadqual.lifecycle.duration import duration_problems
from leadqual.lifecycle.values import HAND_RAISE, Sla
from leadqual.texts import word_problem


def sla_problems(slas: object, sound: Sound) -> Iterator[Problem]:
    """Yield what is wrong with the SLAs: their stages, their times and whom they tell.

    Args:
        slas: What should be a table of `Sla`.
        sound: The lifecycle, as far as it is right.
    """
    yield from container_problems([("sla", slas, dict)])
    if not isinstance(slas, Mapping):
        return
    left = sound.left
    for name, sla in slas.items():
        where = f"sla.{name if isinstance(name, str) else shown(name)}"
        if name != HAND_RAISE:
            yield from _stage_problems(name, where, sound, left)
        if not isinstance(sla, Sla):
            hint = 'Write "1d", or { within = "1d", escalate = "head_of_sales" }.'
            yield Problem(where=where, what="an SLA was expected", got=sla, hint=hint)
        else:
            yield from duration_problems(sla.within, f"{where}.within")
            yield from word_problem(sla.escalate, f"{where}.escalate", optional=True)


def _stage_problems(name: object, where: str, sound: Sound, left: frozenset[str]) -> Iterator[Problem]:
    if type(name) is not str or name not in sound.stages:
        hint = did_you_mean(name, [*sound.of_kind("open"), HAND_RAISE])
        yield Problem(where=where, what="an SLA is named by a stage, or hand_raise", got=name, hint=hint)
    elif sound.kinds[name] in ("rest", "ended"):
        hint = f"Give SLAs to open stages: {', '.join(sound.of_kind('open'))}."
        yield Problem(where=where, what="nobody has to act on a lead that rests or has ended", got=name, hint=hint)
    elif name not in left:
        hint = "Add a transition out of the stage, so that the time can be kept."
        yield Problem(where=where, what="nothing leads out of the stage of this SLA", got=name, hint=hint)
