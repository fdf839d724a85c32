"""The counts of lives on the screen: where leads stand, what moved them, and what was left out or not taken."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve, frozen
from rich.console import Console

from leadqual.cli.lives import Lives, remarks
from leadqual.cli.options import shown_instant
from leadqual.cli.ranking import left_out
from leadqual.cli.refusals import reason_of
from leadqual.cli.screen import say, table
from leadqual.cli.spanish import TEXTS
from leadqual.cli.voice import Voice
from leadqual.lifecycle.drawn.pen import Pen

_STRANGE: Final = "on leads that are not in the base"
_MOST: Final = 20
"""How many verdicts that were not taken are shown one by one."""


def print_lives(console: Console, lives: Lives, voice: Voice, *, clock: bool) -> None:
    """Print where leads stand, which transitions were taken, for how long they stood where, and what was not taken.

    Args:
        console: Where to.
        lives: The lives, all replayed.
        voice: The language.
        clock: Whether the instant came from the clock; then it is said how to repeat it.
    """
    shown = _Shown(console, lives, voice)
    shown.tables()
    at = shown_instant(lives.now)
    say(console, voice("As of {at} (the clock; repeat with --now {at})" if clock else "As of {at}", at=at))
    for sentence in shown.sentences():
        say(console, sentence)
    for remark in (*remarks(lives), *lives.base.report.warnings, *lives.said.warnings):
        text = voice(remark) if remark in TEXTS else remark
        say(console, voice("Note: {note}", note=text), style="yellow")


@frozen
class _Shown:
    """Lives on the screen."""

    console: Console
    lives: Lives
    voice: Voice

    def tables(self) -> None:
        """Print where leads stand and what moved them."""
        voice, lives = self.voice, self.lives
        plan, pen = lives.qualifier.lifecycle, Pen(voice.words)
        plainly = voice.words.language == "en"
        titles = (voice("Leads now"), voice("Visits that ended"), voice("Median days"))
        rows = [self._stage_row(name, name if plainly else pen.stage(name)) for name in plan.stages]
        leads = voice.count(lives.leads, "lead")
        where = voice("Where {leads} stand" if lives.leads != 1 else "Where {leads} stands", leads=leads)
        columns = ((voice("Stage"), "long"), *((title, "right") for title in titles))
        self.console.print(table(columns, rows, title=where))
        taken = {way.name: lives.transitions[way.name] for way in plan.transitions if lives.transitions[way.name]}
        if taken:
            ways = [(name if plainly else pen.name(name), voice.words.amount(count)) for name, count in taken.items()]
            columns = ((voice("Transition"), "long"), (voice("Times"), "right"))
            self.console.print(table(columns, ways, title=voice("What moved them")))

    def _stage_row(self, name: str, shown: str) -> Sequence[str]:
        amount, days = self.voice.words.amount, self.lives.median_days(name)
        visits = len(self.lives.spans.get(name, ()))
        median = "" if days is None else f"{days:,.1f}"
        if self.voice.words.language != "en":
            median = median.translate(_SWAPPED)
        return (shown, amount(self.lives.stages[name]), amount(visits), median)

    def sentences(self) -> Iterator[str]:
        """Yield what was replayed, what was left out and what was not taken."""
        voice, lives = self.voice, self.lives
        yield voice(
            "{leads} replayed with {events} and {verdicts}: {facts}.",
            leads=voice.count(lives.leads, "lead"),
            events=voice.count(lives.events, "event"),
            verdicts=voice.count(lives.verdicts, "verdict"),
            facts=voice.count(lives.facts, "fact"),
        )
        report = evolve(lives.base.report, later_leads=lives.later_leads)
        found = [*left_out(report, voice), *self._left_out()]
        if found:
            yield voice("Left out: {parts}.", parts="; ".join(found))
        yield from self._refused()
        if lives.base.report.profile_dated:
            yield voice("Profiles are those of the end throughout.")
        else:
            yield voice("Profiles are as of today throughout: the leads have no valid_from.")

    def _left_out(self) -> Iterator[str]:
        lives = self.lives
        counts: Mapping[tuple[str, str], int] = {
            ("event later than --now", "events later than --now"): lives.later_events,
            ("verdict later than --now", "verdicts later than --now"): lives.later_verdicts,
            ("copy of a verdict (counted once)", "copies of verdicts (counted once)"): lives.said.copies,
            (f"verdict {_STRANGE}", f"verdicts {_STRANGE}"): lives.strangers,
            ("verdict that cannot be read", "verdicts that cannot be read"): lives.said.bad_rows,
        }
        return (self.voice.count(count, one, many) for (one, many), count in counts.items() if count)

    def _refused(self) -> Iterator[str]:
        voice, refused = self.voice, self.lives.refused
        for reason, count in sorted(Counter(reason_of(refusal, voice) for _, refusal in refused).items()):
            yield voice("Not taken: {verdicts}, since {reason}.", verdicts=voice.count(count, "verdict"), reason=reason)
        for lead_id, refusal in refused[:_MOST]:
            at = shown_instant(refusal.at)
            verdict = f"`{refusal.given.verdict}`"
            yield f"  {voice('{lead}: {verdict} of {at}', lead=lead_id, verdict=verdict, at=at)}"
        if len(refused) > _MOST:
            more = voice.count(len(refused) - _MOST, "more verdict")
            yield f"  {voice('… and {more}; --json lists all.', more=more)}"


_SWAPPED: Final = str.maketrans(",.", ".,")
