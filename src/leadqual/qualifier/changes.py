"""What a verdict, a new profile, a consent or a flag does to a record in the making."""

from datetime import datetime

from attrs import evolve

from leadqual.errors import EventError, InputRefused, Kind, LeadError, Problem, shown
from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.lifecycle import effects as done
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.decide import on_profile
from leadqual.lifecycle.facts import Cause
from leadqual.lifecycle.inputs import ConsentChange, Flag, ProfileChange, Verdict
from leadqual.lifecycle.verdicts import on_verdict
from leadqual.qualifier.folding import ahead_problems
from leadqual.qualifier.reviews import open_review
from leadqual.qualifier.step import Step


def take_event(step: Step, event: Event, now: datetime) -> None:
    """Decide upon an event, or let it wait until it is due; one that is flagged does not exist."""
    lead = step.lead
    if event.lead_id != lead.id and event.lead_id not in lead.merged_ids:
        got = Kind(f"an event of lead {shown(event.lead_id)}")
        what = f"an event of lead {shown(lead.id)} was expected"
        hint = "Handle it with the record of its lead."
        raise EventError([Problem(where=f"event {shown(event.id)}.lead_id", what=what, got=got, hint=hint)])
    problems = list(ahead_problems(event, now))
    if problems:
        raise EventError(problems)
    flagged = step.state.flagged
    step.settle()
    if event.key not in flagged:
        if event.at > now:
            step.wait(event)
        else:
            step.take(event)


def take_verdict(step: Step, verdict: Verdict, now: datetime) -> None:
    """Decide upon a verdict; see `Qualifier.handle`."""
    at = max(when(verdict.at, now), step.state.entered_at)
    on_verdict(step, verdict, at)
    step.decided()


def take_profile(step: Step, change: ProfileChange, now: datetime) -> None:
    """Decide upon a new profile; one that is older than the newest known is noted and changes nothing."""
    at, old, new = when(change.at, now), step.lead, change.lead
    if new.id != old.id:
        got, hint = Kind(f"lead {shown(new.id)}"), "Handle it with the record of its lead."
        raise LeadError([Problem(where="lead.id", what=f"lead {shown(old.id)} was expected", got=got, hint=hint)])
    known = step.state.profile_at
    newest = known is None or at >= known
    gates = step.profile.gates
    if newest:
        step.take_over(evolve(new, since=old.since, merged_ids=old.merged_ids, stage=old.stage))
    step.add(
        made.ProfileChanged,
        at,
        Cause("profile"),
        change.actor,
        names=_differences(old, new),
        gates=step.profile.gates,
        acquisition=new.acquisition,
    )
    if newest:
        on_profile(step, at, before=gates)
        step.decided()


def take_consent(step: Step, change: ConsentChange, now: datetime) -> None:
    """Remember a consent, a confirmation or a withdrawal; after a withdrawal nothing more is sent."""
    at = when(change.at, now)
    more = {"given": change.given, "confirmed": change.confirmed, "source": change.source, "wording": change.wording}
    pair = {"channel": change.channel, "purpose": change.purpose}
    step.add(made.ConsentChanged, at, Cause("consent"), change.actor, **pair, **more)
    decided = step.state.consents.get((change.channel, change.purpose))
    if decided is not None and not decided.given:
        channel = None if change.channel == "*" else change.channel
        step.emit(done.Unenrol, reason="withdrawal", channel=channel)


def take_flag(step: Step, flag: Flag, now: datetime) -> None:
    """Remember a flag, or that it was lifted; the events have to be folded anew if that changes anything."""
    at = when(flag.at, now)
    if (flag.key in step.state.flagged) is flag.on:
        return
    cause = Cause("flag")
    step.add(made.Flagged, at, cause, flag.actor, key=flag.key, flag=flag.flag, on=flag.on)
    if flag.on and step.state.entered_by == flag.key:
        open_review(step, cause, "flag")
    if not (flag.on and step.drop(flag.key)):
        step.refold_later()


def when(at: datetime | None, now: datetime) -> datetime:
    """Return from when an input holds: from its own instant, or from now on.

    Raises:
        InputRefused: If it is dated after now.
    """
    if at is None:
        return now
    if at > now:
        got, hint = Kind(at.isoformat()), "Handle it when its time has come."
        raise InputRefused([Problem(where="at", what=f"it is after now, {now.isoformat()}", got=got, hint=hint)])
    return at


def _differences(old: Lead, new: Lead) -> tuple[str, ...]:
    """Return the names of what differs between two profiles, never the values."""
    known = old.row.keys() | new.row.keys()
    return tuple(sorted(name for name in known if old.row.get(name) != new.row.get(name)))
