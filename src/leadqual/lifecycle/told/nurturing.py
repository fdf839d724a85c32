"""Sentences on nurturing: facts and effects of sequences and touches."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from leadqual.lifecycle import effects as done
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.told.voice import Voice, brackets


def _quoted(name: str, voice: Voice) -> str:
    return voice.words.quoted(voice.name(name))


def _content(content: str | None, voice: Voice) -> str | None:
    return None if content is None else voice.say("content", content=_quoted(content, voice))


def _channel(channel: str, voice: Voice) -> str:
    return voice.say("channel", channel=voice.name(channel))


def _why(before: str, reason: str, voice: Voice) -> str:
    """Return why a sequence has ended or goes on without a touch; what the team calls it comes first."""
    own = f"{before} {reason}"
    known = voice.has(own) and reason not in voice.words.labels
    return voice.say("reason", reason=voice.say(own) if known else voice.name(reason))


def _enrolled(fact: made.Enrolled, voice: Voice) -> str:
    arm = None if fact.arm is None else voice.say("arm", arm=voice.name(fact.arm))
    held = voice.say("held out") if fact.held_out else None
    key = "enrolled" if fact.number == 1 else "enrolled again"
    return voice.say(key, sequence=_quoted(fact.sequence, voice), more=brackets(arm, held))


def _ended(fact: made.EnrolmentEnded, voice: Voice) -> str:
    sequence = _quoted(fact.sequence, voice)
    if fact.reason == "finished":
        return voice.say("enrolment finished", sequence=sequence)
    return voice.say("enrolment ended", sequence=sequence, more=brackets(_why("ended", fact.reason, voice)))


def _paused(fact: made.EnrolmentPaused, voice: Voice) -> str:
    return voice.say("enrolment paused", sequence=_quoted(fact.sequence, voice))


def _resumed(fact: made.EnrolmentResumed, voice: Voice) -> str:
    return voice.say("enrolment resumed", sequence=_quoted(fact.sequence, voice))


def _postponed(fact: made.EnrolmentPostponed, voice: Voice) -> str:
    return voice.say("enrolment postponed", sequence=_quoted(fact.sequence, voice), at=voice.minute(fact.until))


def _skipped(fact: made.StepSkipped, voice: Voice) -> str:
    parts = {"step": _quoted(fact.step, voice), "sequence": _quoted(fact.sequence, voice)}
    return voice.say("step skipped", more=brackets(_why("without", fact.reason, voice)), **parts)


def _forked(fact: made.ForkTaken, voice: Voice) -> str:
    way = voice.say(f"fork {fact.way}", sequence=_quoted(fact.sequence, voice))
    if fact.to is None:
        return voice.say("fork to end", way=way)
    return voice.say("fork to", way=way, step=_quoted(fact.to, voice))


def _came_due(fact: made.TouchCameDue, voice: Voice) -> str:
    more = brackets(_content(fact.content, voice), _channel(fact.channel, voice))
    return voice.say(
        "touch came due", step=_quoted(fact.step, voice), sequence=_quoted(fact.sequence, voice), more=more
    )


def _touch_ended(fact: made.TouchEnded, voice: Voice) -> str:
    return voice.say(f"touch {fact.outcome}", more=brackets(voice.reason(fact.reason)))


def _suppressed(fact: made.AddressSuppressed, voice: Voice) -> str:
    channel = voice.say("every channel") if fact.channel == "*" else _channel(fact.channel, voice)
    return voice.say("address suppressed", more=brackets(channel, voice.reason(fact.reason)))


def _touch_due(effect: done.TouchDue, voice: Voice) -> str:
    task = None if effect.task is None else voice.say("task of a touch", task=_quoted(effect.task, voice))
    more = brackets(task, _content(effect.content, voice), _channel(effect.channel, voice))
    due = "" if effect.expires_at is None else voice.say("due", at=voice.minute(effect.expires_at))
    parts = {"step": _quoted(effect.step, voice), "sequence": _quoted(effect.sequence, voice)}
    return voice.say("touch due", more=more, due=due, **parts)


def _cancel_touch(effect: done.CancelTouch, voice: Voice) -> str:
    return voice.say("cancel touch", more=brackets(voice.reason(effect.reason)))


FACTS: Final[Mapping[type[made.Fact], Callable[[Any, Voice], str]]] = {
    made.Enrolled: _enrolled,
    made.EnrolmentEnded: _ended,
    made.EnrolmentPaused: _paused,
    made.EnrolmentResumed: _resumed,
    made.EnrolmentPostponed: _postponed,
    made.StepSkipped: _skipped,
    made.ForkTaken: _forked,
    made.TouchCameDue: _came_due,
    made.TouchEnded: _touch_ended,
    made.AddressSuppressed: _suppressed,
}
"""By kind of fact, what makes its sentence."""
EFFECTS: Final[Mapping[type[done.Effect], Callable[[Any, Voice], str]]] = {
    done.TouchDue: _touch_due,
    done.CancelTouch: _cancel_touch,
}
"""By kind of effect, what makes its sentence."""
