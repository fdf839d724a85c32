"""What a plan says in plain words: why something is held back, moved, allowed or not chosen."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Final

from leadqual.cli.voice import Voice
from leadqual.errors import printable
from leadqual.lifecycle.told.voice import Voice as Told
from leadqual.nurture.planned import Rejected, Touch
from leadqual.nurture.purposes import EVERY, REQUESTED
from leadqual.playbook.describe.contactwords import channel_name, purpose_name

WITHHELD: Final[Mapping[str, str]] = {
    "no_basis": "it has not given the permission that this needs",
    "unconfirmed": "it has not confirmed yet that it agrees",
    "withdrawn": "it has withdrawn its consent",
    "suppressed": "its address is on the list of those that must not be used",
    "no_address": "we have no address for it",
    "gate": "its profile rules it out",
    "disqualified": "it has been disqualified",
    "stage": "the sequence does not run in its stage",
    "rest": "it is at rest and left alone",
    "when": "the condition of this step does not hold",
    "arm": "it is in another group of the experiment",
    "held_out": "it is in the group that gets nothing, to compare with",
    "paused": "the sequence is paused for it",
    "no_zone": "nobody knows what time it is where it is",
    "no_common_time": "no time suits all the zones where it may be",
    "closed": "there is no time at which it may go",
    "cap": "the playbook allows none of these",
    "exhausted": "there is nothing left that is new to it",
    "cost": "too costly as long as it is this far from its goal",
    "seen": "it has seen this already",
    "over": "this is out of date",
}
REJECTED: Final[Mapping[str, str]] = {
    "seen": "seen already",
    "not_yet": "not out yet",
    "over": "out of date",
    "phase": "for another phase of the purchase",
    "persona": "for other people",
    "need": "about another need",
    "channel": "not made for this channel",
    "after": "follows something that it has not taken",
    "cost": "too costly for now",
    "other_chosen": "suitable too, but another comes first",
}
MOVED: Final[Mapping[str, str]] = {
    "window": "outside the hours in which it may go",
    "cap": "too many in too short a time",
    "postponed": "an automatic reply said to wait",
    "content": "the content is not out yet",
}
OUTCOMES: Final[Mapping[str, str]] = {
    "due": "due, nobody has said yet whether it went",
    "sent": "done",
    "skipped": "left out",
    "cancelled": "cancelled",
    "expired": "was due, nobody said whether it went",
}
_WEEKDAYS: Final = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "es": ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
}


def moment(at: datetime, zone: tzinfo, voice: Voice) -> str:
    """Return an instant as people write it, by the clocks of a zone.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 3, 9, 10, tzinfo=UTC), UTC, Voice())
    'Mon 9 March 2026, 10:00'
    """
    local = at.astimezone(zone)
    return f"{_WEEKDAYS[voice.words.language][local.weekday()]} {voice.words.value(local.date())}, {local:%H:%M}"


def by_channel(channel: str, voice: Voice) -> str:
    """Return what people call a channel."""
    told = Told(voice.words).name(channel)
    return voice("task") if channel == "task" else told if channel == "email" else channel_name(channel, voice.words)


def named(name: str, voice: Voice) -> str:
    """Return a name of the playbook in quotes: its label, else the name."""
    return voice.words.quoted(Told(voice.words).name(name))


def what_goes(content: str | None, task: str | None, step: str, voice: Voice) -> str:
    """Return what a touch brings: the task, else the content, else its step."""
    if task:
        return voice.words.quoted(printable(voice.words.labels.get(task) or task))
    return named(content or step, voice)


def allowed_by(touch: Touch, agreed_on: datetime | None, zone: tzinfo, voice: Voice) -> str:
    """Return by which permission a touch goes.

    Args:
        touch: The touch.
        agreed_on: When the lead agreed to it, if it did.
        zone: Where days are told.
        voice: The language.
    """
    if touch.purpose == REQUESTED:
        return voice("it asked for it")
    purpose = purpose_name(touch.purpose, voice.words)
    if touch.basis == "none":
        return voice("no permission is needed ({purpose})", purpose=purpose)
    if touch.basis == "opt_out":
        return voice("it has not objected ({purpose})", purpose=purpose)
    day = "" if agreed_on is None else Told(voice.words, zone).day(agreed_on)
    return voice("it agreed on {day} ({purpose})", day=day, purpose=purpose)


def keys_of(channel: str, purpose: str) -> tuple[tuple[str, str], ...]:
    """Return under which keys a consent to a channel and a purpose may stand, the nearest first."""
    return ((channel, purpose), (channel, EVERY), (EVERY, purpose), (EVERY, EVERY))


def not_chosen(rejected: tuple[Rejected, ...], voice: Voice) -> str:
    """Return what was not chosen, each with the reason."""
    return "; ".join(f"{named(one.content, voice)} ({voice(REJECTED[one.reason])})" for one in rejected)
