"""The plan of one lead on the screen, to be read by people who write no programs."""

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo

from attrs import frozen

from leadqual.cli.options import shown_instant
from leadqual.cli.planning import PlannedLead
from leadqual.cli.planwords import (
    MOVED,
    OUTCOMES,
    WITHHELD,
    allowed_by,
    by_channel,
    keys_of,
    moment,
    named,
    not_chosen,
    what_goes,
)
from leadqual.cli.voice import Voice
from leadqual.errors import printable
from leadqual.lifecycle.told import stage_word
from leadqual.lifecycle.told.voice import Voice as Told
from leadqual.lifecycle.zones import zone_named
from leadqual.nurture.planned import Fork, PlannedEnd, Touch, Withheld
from leadqual.playbook.describe.stepwords import act_phrase
from leadqual.points import to_decimal
from leadqual.qualifier.closeness import points_missing


def zone_of(names: tuple[str, ...], home: str) -> tzinfo:
    """Return the zone by whose clocks something is told.

    Args:
        names: The zones in which a lead may be.
        home: The playbook's own: it is taken if it is one of them, or if there are none; else the first.
    """
    return zone_named(home if home in names or not names else names[0]) or UTC


def plan_text(planned: PlannedLead, voice: Voice, *, clock: bool) -> str:
    """Return the plan of a lead as lines; headings begin with ``#``.

    Args:
        planned: The lead with its plan.
        voice: The language.
        clock: Whether the instant came from the clock; then it is said how to repeat it.
    """
    return "\n".join(_Card(planned, voice).lines(clock=clock))


@frozen
class _Card:
    """A plan on its way to the screen."""

    planned: PlannedLead
    voice: Voice

    @property
    def zone(self) -> tzinfo:
        """The zone of the lead; that of the playbook if nobody knows where it is."""
        found, home = self.planned.asked.candidates, self.planned.nurturing.settings.home
        return zone_of(() if found.source == "markets" else found.zones, home)

    def lines(self, *, clock: bool) -> Iterator[str]:
        """Yield all lines."""
        voice, planned = self.voice, self.planned
        book = planned.qualifier.playbook
        at = f"{self.at(planned.plan.as_of)} ({self.zone})"
        yield f"# {voice('Lead {lead} on {at}', lead=printable(planned.life.lead_id), at=at)}"
        if clock:
            again = shown_instant(planned.plan.as_of)
            yield voice("This is what the clock says; repeat with --now {at}", at=again)
        yield voice("by {playbook}", playbook=printable(f"{book.name} {book.version}"))
        nothing = voice("Nothing.")
        for title, lines in (
            (voice("Who it is"), self.who()),
            (voice("Where it stands"), self.place()),
            (voice("What has gone to it"), self.past()),
            (voice("What goes next, if nothing happens before"), self.touches()),
            (voice("What is held back"), self.withheld()),
            (voice("Where the way forks"), self.forks()),
            (voice("How it ends, if nothing happens before"), self.ends()),
        ):
            found = list(lines)
            if found or title == voice("What goes next, if nothing happens before"):
                yield ""
                yield f"## {title}"
                yield from found or [f"- {nothing}"]
        yield ""
        due = planned.due
        if due is None:
            yield voice("Nothing more happens by itself.")
        else:
            yield voice("Next, something happens by itself on {moment}.", moment=self.at(due))
        yield voice("Times are those of {zone}, {source}.", zone=self.zone, source=self.source())

    def at(self, at: datetime) -> str:
        """Return an instant by the lead's clocks."""
        return moment(at, self.zone, self.voice)

    def day(self, at: datetime) -> str:
        """Return a day by the lead's calendar."""
        return Told(self.voice.words, self.zone).day(at)

    def source(self) -> str:
        """Return where the zone comes from."""
        voice = self.voice
        return {
            "lead": voice("the zone in its profile"),
            "country": voice("by its country"),
            "phone": voice("by its phone number"),
        }.get(str(self.planned.asked.candidates.source), voice("ours, since nobody knows where it is"))

    def who(self) -> Iterator[str]:
        """Yield who it is, what it took and did, and what it needs."""
        voice, who = self.voice, self.planned.asked.who
        if who.persona is None:
            yield f"- {voice('Nobody can tell yet what kind of person it is.')}"
        else:
            persona, sure = named(who.persona, voice), who.confidence // 100
            yield f"- {voice('It seems to be {persona} ({sure} % sure).', persona=persona, sure=sure)}"
        taken = [
            f"{named(name, voice)} ({self.day(at)})" for name, at in sorted(who.offers.items(), key=lambda i: i[1])
        ]
        if taken:
            yield f"- {voice('It took {offers}.', offers=voice.words.joined(taken, 'and'))}"
        acts = [f"{Told(voice.words).name(kind)} ({count})" for kind, count in sorted(who.acts.items())]
        if acts:
            yield f"- {voice('What it did, and how often: {acts}.', acts=', '.join(acts))}"
        if who.need is None:
            yield f"- {voice('What it needs is not known yet.')}"
        else:
            yield f"- {voice('It seems to need {need}.', need=named(who.need, voice))}"

    def place(self) -> Iterator[str]:
        """Yield where it stands in its life, how far it is from the next bar, and where in its sequences."""
        voice, planned = self.voice, self.planned
        words, state = voice.words, planned.life.record.state
        stage = words.quoted(stage_word(state.stage, language=words.language, labels=words.labels))
        first = "It stands in {stage} since {day}, in its first cycle."
        later = "It stands in {stage} since {day}, in cycle {cycle}."
        text = later if state.cycle > 1 else first
        yield f"- {voice(text, stage=stage, day=self.day(state.entered_at), cycle=state.cycle)}"
        if state.wake_at is not None:
            yield f"- {voice('It rests until {day}; nothing goes before.', day=self.day(state.wake_at))}"
        yield from self.closeness()
        for place in sorted(state.enrolments.values(), key=lambda one: (one.at, one.sequence)):
            name = named(place.sequence, voice)
            if place.ended is not None and place.ended_at is not None:
                why = self.why_ended(place.ended)
                text = "It was in the sequence {name} until {day} ({why})."
                yield f"- {voice(text, name=name, day=self.day(place.ended_at), why=why)}"
            else:
                text = "It is in the sequence {name} since {day}; {step} is next."
                yield f"- {voice(text, name=name, day=self.day(place.at), step=named(place.step or '', voice))}"

    def why_ended(self, reason: str) -> str:
        """Return why a sequence ended; what the team calls it comes first."""
        told = Told(self.voice.words)
        own = {"finished": self.voice("gone through"), "sql": self.voice("handed over to sales")}
        if reason in self.voice.words.labels or not (reason in own or told.has(f"ended {reason}")):
            return told.name(reason)
        return own.get(reason) or told.say(f"ended {reason}")

    def closeness(self) -> Iterator[str]:
        """Yield how far it is from the next bar."""
        voice, planned = self.voice, self.planned
        score = planned.life.record.score()
        model = planned.qualifier.model
        beyond = [bar.name for bar in model.plans.bars if bar.name not in score.qualifies]
        missing = points_missing(score, model)
        if score.gates:
            gates = voice.words.joined([voice.words.name(gate) for gate in score.gates], "and")
            yield f"- {voice('gated: {gates}; cannot qualify', gates=gates)}"
        elif beyond and missing:
            points = voice.words.amount(to_decimal(missing))
            yield f"- {voice('Points missing to {bar}: {points}.', points=points, bar=beyond[0].upper())}"
        elif beyond:
            yield f"- {voice('It has the points for {bar}; something else is missing.', bar=beyond[0].upper())}"
        elif model.plans.bars:
            yield f"- {voice('It is above every bar.')}"

    def past(self) -> Iterator[str]:
        """Yield what has gone, the earliest first."""
        for touch in self.planned.life.record.state.touches:
            step = self.planned.nurturing.plan.sequences.get(touch.sequence)
            known = None if step is None else step.steps.get(touch.step)
            task = None if known is None else known.step.task
            what = what_goes(touch.content, task, touch.step, self.voice)
            channel, outcome = by_channel(touch.channel, self.voice), self.voice(OUTCOMES[touch.outcome])
            yield f"- {self.at(touch.at)}, {channel}: {what} ({outcome})"

    def touches(self) -> Iterator[str]:
        """Yield what is planned, the earliest first."""
        voice = self.voice
        for touch in self.planned.plan.touches:
            at, channel = self.at(touch.at), by_channel(touch.channel, voice)
            yield f"- {at}, {channel}: {what_goes(touch.content, touch.task, touch.step, voice)}"
            place = (named(touch.sequence, voice), named(touch.step, voice))
            yield f"  - {voice('Sequence {sequence}, step {step}.', sequence=place[0], step=place[1])}"
            why = allowed_by(touch, self.agreed_on(touch), self.zone, voice)
            yield f"  - {voice('Allowed because {why}.', why=why)}"
            if len(touch.zones) > 1:
                yield f"  - {voice('At a time that suits all {count} zones where it may be.', count=len(touch.zones))}"
            if touch.moved_by:
                reasons = "; ".join(voice(MOVED[one]) for one in touch.moved_by)
                text = "Moved from {at} ({reasons})."
                yield f"  - {voice(text, at=self.at(touch.wished), reasons=reasons)}"
            if touch.rejected:
                yield f"  - {voice('Not chosen: {contents}.', contents=not_chosen(touch.rejected, voice))}"

    def agreed_on(self, touch: Touch) -> datetime | None:
        """Return when the lead agreed to a touch."""
        consents = self.planned.asked.consents
        found = (consents.get(key) for key in keys_of(touch.channel, touch.purpose))
        return next((one.asked_at or one.at for one in found if one is not None and one.given), None)

    def withheld(self) -> Iterator[str]:
        """Yield what does not go, and why."""
        voice = self.voice
        for one in self.planned.plan.withheld:
            channel = "" if one.channel is None else f"{by_channel(one.channel, voice)}, "
            place = f"{channel}{self.step_of(one)}"
            text = (
                "{at}, {place}: {why}; the sequence goes on without it." if one.skips else "{place}: {why}; it waits."
            )
            yield f"- {voice(text, at=self.at(one.at), place=place, why=voice(WITHHELD[one.reason]))}"
            if one.rejected:
                yield f"  - {voice('Not chosen: {contents}.', contents=not_chosen(one.rejected, voice))}"

    def step_of(self, one: Withheld) -> str:
        """Return which step of which sequence something is."""
        parts = {"step": named(one.step, self.voice), "sequence": named(one.sequence, self.voice)}
        return self.voice("step {step} of {sequence}", **parts)

    def forks(self) -> Iterator[str]:
        """Yield where it may go another way, and upon what."""
        for fork in self.planned.plan.forks:
            sequence = self.planned.nurturing.plan.sequences[fork.sequence]
            branch = sequence.steps[fork.step].step.branch
            if branch is not None:
                act = act_phrase(branch.on, branch.when, self.voice.words)
                text = "If it does {act} by {at}, {yes}; else {no}."
                ways = {"yes": self.way(fork, fork.yes), "no": self.way(fork, fork.no)}
                yield f"- {self.voice(text, at=self.at(fork.at), act=act, **ways)}"

    def way(self, fork: Fork, to: str | None) -> str:
        """Return what comes on one way out of a fork."""
        voice = self.voice
        found = None if to is None else self.planned.nurturing.plan.sequences[fork.sequence].steps[to]
        if found is None or found.kind == "end":
            return voice("the sequence ends")
        if found.kind == "fork":
            return voice("{step} follows", step=named(found.name, voice))
        step = found.step
        channel, what = by_channel(found.channel, voice), what_goes(step.content, step.task, step.name, voice)
        return voice("{what} follows ({channel})", what=what, channel=channel)

    def ends(self) -> Iterator[str]:
        """Yield which sequences end, when, and what follows."""
        voice = self.voice
        for end in self.planned.plan.ends:
            text = "{sequence} ends on {at}{more}."
            yield f"- {voice(text, sequence=named(end.sequence, voice), at=self.at(end.at), more=self.after(end))}"

    def after(self, end: PlannedEnd) -> str:
        """Return what follows the end of a sequence."""
        voice = self.voice
        plan = self.planned.nurturing.plan.sequences[end.sequence]
        step = None if end.step is None else plan.steps.get(end.step)
        ending = plan.sequence.on_end if step is None or step.step.on_end is None else step.step.on_end
        if ending is None:
            return ""
        told = Told(voice.words)
        if ending.sequence is not None:
            return voice("; the sequence {name} follows", name=named(ending.sequence, voice))
        if ending.reason is None:
            return voice("; it then counts as a maybe")
        return voice("; it then counts as a maybe ({reason})", reason=told.name(ending.reason))
