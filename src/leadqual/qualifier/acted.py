"""What an act of a lead, or of ours, does to its sequences."""

from datetime import datetime

from leadqual.event import Event
from leadqual.fold import normal
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.enrolment import Enrolment
from leadqual.lifecycle.facts import Cause, cause_of
from leadqual.nurture.advance import zone_of
from leadqual.nurture.plan import StepPlan
from leadqual.nurture.planned import Fork
from leadqual.nurture.suppression import address_digest
from leadqual.nurture.who import who_is
from leadqual.qualifier.asking import asked_of, asker, places
from leadqual.qualifier.enrolling import enrol_itself, finish
from leadqual.qualifier.leaving import EMAIL, end, suppressed_channels
from leadqual.qualifier.moving import take_fork
from leadqual.qualifier.nurturing import Nurturing
from leadqual.qualifier.step import Step
from leadqual.qualifier.tracks import Track


def leave_upon(step: Step, nurturing: Nurturing, event: Event) -> None:
    """End the sequences that an act ends: it is their aim, an answer, a meeting, or the address does not exist.

    An answer of a machine ends nothing: it postpones. What was done before the lead came in says nothing.

    Args:
        step: The lead in the making, after the act.
        nurturing: What the playbook says of nurturing.
        event: The act.
    """
    kind, cause = normal(event.kind), cause_of(event)
    if kind in nurturing.bounces and not {EMAIL, "*"} & suppressed_channels(step.state, step.lead):
        address = None if not step.lead.email else address_digest(step.lead.email)
        step.add(made.AddressSuppressed, step.now, cause, channel=EMAIL, reason="hard_bounce", address=address)
    for place in places(step.state, nurturing):
        if event.at < place.at:
            continue
        track = nurturing.by_name[place.sequence]
        reason = _exit(step, nurturing, track, event, kind)
        if reason is not None:
            end(step, track.name, reason, cause)
        elif kind in nurturing.auto_replies:
            _postpone(step, nurturing, track, event)


def _exit(step: Step, nurturing: Nurturing, track: Track, event: Event, kind: str) -> str | None:
    exits = track.sequence.exits
    if track.goals.have(event):
        return "goal"
    if "meeting" in exits and kind in nurturing.meetings:
        return "meeting"
    if "hard_bounce" in exits and kind in nurturing.bounces:
        return "hard_bounce"
    answers = event.by == "lead" and kind in step.plan.replies and kind not in nurturing.auto_replies
    return "reply" if "reply" in exits and answers else None


def _postpone(step: Step, nurturing: Nurturing, track: Track, event: Event) -> None:
    """Let nothing of a sequence go for a while, since a machine has answered."""
    until = nurturing.back(event.at)
    before = step.state.enrolments[track.name].postponed
    if until is not None and until > step.now and (before is None or until > before):
        step.add(made.EnrolmentPostponed, step.now, cause_of(event), sequence=track.name, until=until)


def go_on_upon(step: Step, nurturing: Nurturing, event: Event) -> None:
    """Take the forks whose act this is, and begin the sequences that it begins.

    Args:
        step: The lead in the making, after the act.
        nurturing: What the playbook says of nurturing.
        event: The act.
    """
    if event.by != "lead":
        return
    for place in places(step.state, nurturing):
        track = nurturing.by_name[place.sequence]
        here = None if place.paused_at is not None else track.place(place.step)
        if here is not None and here.kind == "fork" and track.forks[here.name].have(event):
            _answer(step, nurturing, place, here, event)
    known_since = step.state.since
    if step.stale or (known_since is not None and event.at < known_since):
        return
    for track in nurturing.tracks:
        if track.enters.have(event) and may_enter(step, nurturing, track):
            enrol_itself(step, nurturing, track, cause_of(event))


def _answer(step: Step, nurturing: Nurturing, place: Enrolment, here: StepPlan, event: Event) -> None:
    """Take a fork by the act that it waits for, unless that was done before the fork was reached."""
    branch = here.step.branch
    whenever = branch is not None and branch.since == "enrolment"
    if (event.at >= place.at) if whenever else (event.at > _reached(step, nurturing, place, here)):
        fork = Fork(sequence=place.sequence, step=here.name, at=step.now, yes=here.yes, no=here.no)
        if take_fork(step, fork, "yes", cause_of(event)) is None:
            finish(step, nurturing, nurturing.by_name[place.sequence], here.name, cause_of(event))


def _reached(step: Step, nurturing: Nurturing, place: Enrolment, here: StepPlan) -> datetime:
    """Return when a lead comes to a step."""
    return here.wait.over(place.since, zone_of(nurturing.plan, asked_of(step, nurturing, step.memory)))


def enter_upon_stage(step: Step, nurturing: Nurturing, stage: str, cause: Cause) -> None:
    """Begin the sequences that the entry of a stage begins.

    Args:
        step: The lead in the making, as it stands in the stage.
        nurturing: What the playbook says of nurturing.
        stage: The stage.
        cause: What brought it about.
    """
    for track in nurturing.tracks:
        if stage in track.enter_stages and may_enter(step, nurturing, track):
            enrol_itself(step, nurturing, track, cause)


def may_enter(step: Step, nurturing: Nurturing, track: Track) -> bool:
    """Tell whether what a sequence asks of those who come in by themselves holds of a lead."""
    enter = track.sequence.enter
    when = None if enter is None else enter.when
    if step.stale or when is None:
        return not step.stale
    who = who_is(nurturing.who, step.lead.row, step.memory.deeds)
    return asker(step, nurturing, who)(when)
