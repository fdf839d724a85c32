"""A sentence for every kind of fact."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from leadqual.errors import printable
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.told import nurturing
from leadqual.lifecycle.told.voice import Voice, brackets

_WITHOUT_SCORES: Final = frozenset({"won", "lost", "recycle"})
_WAYS: Final = {("recycle", "lead"): "again", ("sql", "mql"): "back to"}
"""Between stages that come with leadqual: how it is said that a lead came back to one."""
_COOLED: Final = frozenset({"cooled as MQL", "cooled as SQL"})
"""Transitions that tell their reason by themselves."""
_ACQUISITIONS: Final = frozenset({"inbound", "outbound", "partner"})


def _opened(fact: made.Opened, voice: Voice) -> str:
    came = fact.acquisition
    return voice.say(
        "imported" if fact.imported else "opened",
        day=voice.day(fact.at),
        as_stage=voice.stage("as", fact.stage),
        acquired=voice.say(came) if came in _ACQUISITIONS else "",
    )


def stage_changed(fact: made.StageChanged, voice: Voice, key: str = "stage changed") -> str:
    """Return the sentence on a change of stage; by the key ``stage changed so`` the one that does not say why."""
    return voice.say(
        key,
        day=voice.day(fact.at),
        became=voice.stage(_WAYS.get((fact.from_, fact.to), "to"), fact.to),
        scores="" if fact.to in _WITHOUT_SCORES else brackets(_scores(fact, voice)),
        skipped=_skipped([voice.name(stage) for stage in fact.skipped], voice),
        why=voice.why(fact.transition),
        more=brackets(None if fact.transition in _COOLED else voice.reason(fact.reason)),
    )


def _scores(fact: made.StageChanged, voice: Voice) -> str:
    interest = voice.points(fact.interest)
    if not fact.label:
        return voice.say("interest", interest=interest)
    return voice.say("scores", label=printable(fact.label), interest=interest)


def _skipped(stages: list[str], voice: Voice) -> str:
    if not stages:
        return ""
    *before, last = stages
    several = voice.say("and", stages=", ".join(before), last=last) if before else last
    return voice.say("skipped", stages=several)


def _cycle_started(fact: made.CycleStarted, voice: Voice) -> str:
    more = brackets(voice.reason(fact.previous_reason, "last time"))
    return voice.say("cycle started", cycle=str(fact.cycle), more=more)


def _verdict_given(fact: made.VerdictGiven, voice: Voice) -> str:
    closed = None if fact.closed_on is None else voice.say("closed", day=voice.words.value(fact.closed_on))
    more = brackets(voice.price(fact.amount, fact.currency), closed, voice.reason(fact.reason))
    key = f"verdict {fact.verdict}"
    if fact.wake_on is not None and fact.verdict == "maybe":
        return voice.say("verdict maybe until", more=more, day=voice.words.value(fact.wake_on))
    if fact.shut_until is not None and fact.verdict == "return":
        return voice.say("verdict return until", more=more, day=voice.day(fact.shut_until))
    if voice.has(key):
        return voice.say(key, more=more)
    return voice.say("verdict", verdict=voice.name(fact.verdict), more=more)


def _hand_raised(fact: made.HandRaised, voice: Voice) -> str:
    return voice.say("hand raised", more=voice.kind(fact.kind), day=voice.day(fact.until))


def _touched(fact: made.Touched, voice: Voice) -> str:
    return voice.say("touched", more=voice.kind(fact.kind))


def _listed(_: made.Listed, voice: Voice) -> str:
    return voice.say("listed")


def _sla_started(fact: made.SlaStarted, voice: Voice) -> str:
    return voice.say("sla started", at=voice.minute(fact.due), more=voice.sla(fact.sla))


def _sla_met(fact: made.SlaMet, voice: Voice) -> str:
    return voice.say("sla met", more=voice.sla(fact.sla))


def _sla_breached(fact: made.SlaBreached, voice: Voice) -> str:
    return voice.say("sla breached", more=voice.sla(fact.sla))


def _sla_withdrawn(fact: made.SlaWithdrawn, voice: Voice) -> str:
    return voice.say("sla withdrawn", more=voice.sla(fact.sla))


def _recycled(fact: made.Recycled, voice: Voice) -> str:
    parts = {"more": brackets(voice.reason(fact.reason)), "attempt": str(fact.attempt)}
    if fact.wake_at is not None:
        text = voice.say("recycled until", day=voice.until(fact.wake_at), **parts)
    else:
        text = voice.say("recycled dormant" if fact.dormant else "recycled", **parts)
    return text if fact.since is None else text + voice.say("starts anew")


def _woken(fact: made.Woken, voice: Voice) -> str:
    more = brackets(voice.reason(fact.previous_reason, "rested"))
    return voice.say("woken early" if fact.early else "woken", more=more)


def _bonus_added(fact: made.BonusAdded, voice: Voice) -> str:
    return voice.say("bonus added", more=voice.kind(fact.kind))


def _profile_changed(fact: made.ProfileChanged, voice: Voice) -> str:
    more = brackets(", ".join(voice.words.name(name) for name in fact.names))
    if not fact.gates:
        return voice.say("profile changed", more=more)
    return voice.say("profile gated", more=more, gates=", ".join(voice.name(gate) for gate in fact.gates))


def _consent_changed(fact: made.ConsentChanged, voice: Voice) -> str:
    purpose = "every purpose" if fact.purpose == "*" else "purpose"
    channel = "every channel" if fact.channel == "*" else "channel"
    more = brackets(
        voice.say(purpose, purpose=voice.name(fact.purpose)), voice.say(channel, channel=voice.name(fact.channel))
    )
    way = "given" if not fact.confirmed else "confirmed"
    return voice.say(f"consent {way if fact.given else 'withdrawn'}", more=more)


def _flagged(fact: made.Flagged, voice: Voice) -> str:
    before = "flag" if fact.on else "no flag"
    own = f"{before} {fact.flag}"
    return voice.say(own if voice.has(own) else before, more=brackets(voice.name(fact.flag)))


def _refolded(_: made.Refolded, voice: Voice) -> str:
    return voice.say("refolded")


def _review_opened(fact: made.ReviewOpened, voice: Voice) -> str:
    return voice.say("review opened", why=voice.say(f"because {fact.because}"))


def _merged(_: made.Merged, voice: Voice) -> str:
    return voice.say("merged")


def _absorbed(_: made.Absorbed, voice: Voice) -> str:
    return voice.say("absorbed")


def _unmerged(_: made.Unmerged, voice: Voice) -> str:
    return voice.say("unmerged")


TOLD: Final[Mapping[type[made.Fact], Callable[[Any, Voice], str]]] = {
    made.Opened: _opened,
    made.StageChanged: stage_changed,
    made.CycleStarted: _cycle_started,
    made.VerdictGiven: _verdict_given,
    made.HandRaised: _hand_raised,
    made.Touched: _touched,
    made.Listed: _listed,
    made.SlaStarted: _sla_started,
    made.SlaMet: _sla_met,
    made.SlaBreached: _sla_breached,
    made.SlaWithdrawn: _sla_withdrawn,
    made.Recycled: _recycled,
    made.Woken: _woken,
    made.BonusAdded: _bonus_added,
    made.ProfileChanged: _profile_changed,
    made.ConsentChanged: _consent_changed,
    made.Flagged: _flagged,
    made.Refolded: _refolded,
    made.ReviewOpened: _review_opened,
    made.Merged: _merged,
    made.Absorbed: _absorbed,
    made.Unmerged: _unmerged,
    **nurturing.FACTS,
}
"""By kind of fact, what makes its sentence."""
