"""A sentence for every kind of effect."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from leadqual.lifecycle import effects as done
from leadqual.lifecycle.told import nurturing
from leadqual.lifecycle.told.voice import Voice, brackets


def _notify(effect: done.Notify, voice: Voice) -> str:
    return voice.say("notify", now=voice.stage("now", effect.stage), why=voice.why(effect.because))


def _hand_off(effect: done.HandOff, voice: Voice) -> str:
    more = brackets(voice.reason(effect.previous_reason, "last time"))
    key = "hand off" if effect.owner is None else "hand off again"
    return voice.say(key, now=voice.stage("now", effect.stage), more=more)


def _withdraw_hand_off(effect: done.WithdrawHandOff, voice: Voice) -> str:
    return voice.say("withdraw hand off", more=brackets(voice.reason(effect.reason)))


def _enrol(effect: done.Enrol, voice: Voice) -> str:
    return voice.say("enrol", sequence=voice.words.quoted(voice.name(effect.sequence)))


def _unenrol(effect: done.Unenrol, voice: Voice) -> str:
    channel = None if effect.channel is None else voice.say("channel", channel=voice.name(effect.channel))
    return voice.say("unenrol", more=brackets(channel, voice.reason(effect.reason)))


def _create_task(effect: done.CreateTask, voice: Voice) -> str:
    due = "" if effect.due is None else voice.say("due", at=voice.minute(effect.due))
    return voice.say(f"task {effect.task}", due=due)


def _escalate(effect: done.Escalate, voice: Voice) -> str:
    if effect.to is None:
        return voice.say("escalate to anybody", more=voice.sla(effect.sla))
    return voice.say("escalate", who=voice.words.quoted(voice.name(effect.to)), more=voice.sla(effect.sla))


def _review(effect: done.Review, voice: Voice) -> str:
    return voice.say("review", why=voice.say(f"because {effect.because}"))


def _recheck_at(effect: done.RecheckAt, voice: Voice) -> str:
    return voice.say("recheck at", at=voice.minute(effect.at))


def _refold_needed(_: done.RefoldNeeded, voice: Voice) -> str:
    return voice.say("refold needed")


def _add_event(effect: done.AddEvent, voice: Voice) -> str:
    return voice.say("add event", more=voice.kind(effect.event.kind))


TOLD: Final[Mapping[type[done.Effect], Callable[[Any, Voice], str]]] = {
    done.Notify: _notify,
    done.HandOff: _hand_off,
    done.WithdrawHandOff: _withdraw_hand_off,
    done.Enrol: _enrol,
    done.Unenrol: _unenrol,
    done.CreateTask: _create_task,
    done.Escalate: _escalate,
    done.Review: _review,
    done.RecheckAt: _recheck_at,
    done.RefoldNeeded: _refold_needed,
    done.AddEvent: _add_event,
    **nurturing.EFFECTS,
}
"""By kind of effect, what makes its sentence."""
