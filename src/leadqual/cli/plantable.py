"""What goes to a base in the days to come: counted by day and channel, and by why something is held back."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from attrs import define, field
from rich.console import Console

from leadqual.cli.lives import Lives
from leadqual.cli.options import shown_instant
from leadqual.cli.plancard import zone_of
from leadqual.cli.plandata import touch_row
from leadqual.cli.planning import plans_of
from leadqual.cli.planwords import WITHHELD, by_channel
from leadqual.cli.ranking import heading, left_out
from leadqual.cli.screen import say, table
from leadqual.cli.spanish import TEXTS
from leadqual.cli.voice import Voice
from leadqual.cli.work import NO_EVENTS

_WIDEST: Final = 30
"""Columns of the longest bar."""
_TOUCHES: Final = ("touch", "touches")
_STRAY: Final = ("report on a touch that has not come due", "reports on touches that have not come due")


@define(kw_only=True)
class Coming:
    """What goes in the days to come, counted as the leads are planned.

    Attributes:
        lives: The lives of the base.
        days: For how many days.
        touched: How many leads get something.
        counts: How many touches go, by local day and channel.
        held: How many steps are held back, by reason.
    """

    lives: Lives
    days: int
    touched: int = 0
    counts: Counter[tuple[date, str]] = field(factory=Counter)
    held: Counter[str] = field(factory=Counter)

    @property
    def until(self) -> datetime:
        """The end of these days."""
        return self.lives.now + timedelta(days=self.days)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield a row for each touch, by lead id, and count them."""
        home = self.lives.nurturing.settings.home
        for life, plan in plans_of(self.lives, self.until):
            self.touched += bool(plan.touches)
            self.held.update(one.reason for one in plan.withheld)
            for touch in plan.touches:
                day = touch.at.astimezone(zone_of(touch.zones, home)).date()
                self.counts[day, touch.channel] += 1
                yield touch_row(life, touch, home)


def coming_data(coming: Coming) -> dict[str, object]:
    """Return the counts for machines, once all leads are planned."""
    lives = coming.lives
    return {
        **heading(lives.qualifier.playbook, lives.now),
        "until": shown_instant(coming.until),
        "leads": lives.leads,
        "leads_touched": coming.touched,
        "days": [
            {"day": day.isoformat(), "channel": channel, "touches": count}
            for (day, channel), count in sorted(coming.counts.items())
        ],
        "withheld": dict(sorted(coming.held.items())),
        "stray_reports": lives.stray,
        "warnings": [*_remarks(lives), *_warnings(lives)],
    }


def print_coming(console: Console, coming: Coming, voice: Voice, *, clock: bool) -> None:
    """Print how many touches go on which day by which channel, and what is held back.

    Args:
        console: Where to.
        coming: The counts, once all leads are planned.
        voice: The language.
        clock: Whether the instant came from the clock; then it is said how to repeat it.
    """
    lives, amount = coming.lives, voice.words.amount
    days, leads = voice.count(coming.days, "day"), voice.count(lives.leads, "lead")
    title = voice("What goes to {leads} within {days}", leads=leads, days=days)
    if coming.counts:
        channels = sorted({channel for _, channel in coming.counts})
        found = sorted({day for day, _ in coming.counts})
        totals = {day: sum(coming.counts[day, channel] for channel in channels) for day in found}
        most, block = max(totals.values()), _block(console)
        rows = [
            (
                voice.words.value(day),
                *(amount(coming.counts[day, channel]) for channel in channels),
                amount(totals[day]),
                block * max(1, totals[day] * min(_WIDEST, console.width // 4) // most),
            )
            for day in found
        ]
        columns = (
            (voice("Day"), "left"),
            *((by_channel(channel, voice), "right") for channel in channels),
            (voice("All"), "right"),
            ("", "left"),
        )
        console.print(table(columns, rows, title=title))
    else:
        say(console, title, "bold")
        say(console, voice("Nothing."))
    if coming.held:
        held = [(voice(WITHHELD[reason]), amount(count)) for reason, count in coming.held.most_common()]
        console.print(
            table(((voice("Why"), "long"), (voice("Times"), "right")), held, title=voice("What is held back"))
        )
    at = shown_instant(lives.now)
    say(console, voice("As of {at} (the clock; repeat with --now {at})" if clock else "As of {at}", at=at))
    touches = voice.count(sum(coming.counts.values()), *_TOUCHES)
    say(console, voice("{touches} for {leads}.", touches=touches, leads=voice.count(coming.touched, "lead")))
    if parts := left_out(lives.base.report, voice):
        say(console, voice("Left out: {parts}.", parts="; ".join(parts)))
    for remark in (*_remarks(lives), *_warnings(lives)):
        text = voice(remark) if remark in TEXTS else remark
        say(console, voice("Note: {note}", note=text), style="yellow")
    if lives.stray:
        told = voice.count(lives.stray, *_STRAY)
        say(console, voice("Note: {note}", note=told), style="yellow")


def _block(console: Console) -> str:
    try:
        "█".encode(console.encoding)
    except (UnicodeEncodeError, LookupError):
        return "#"
    return "█"


def _remarks(lives: Lives) -> Iterator[str]:
    if not lives.base.report.event_rows:
        yield NO_EVENTS


def _warnings(lives: Lives) -> tuple[str, ...]:
    parts = (lives.base.report, lives.said, lives.consents, lives.reports)
    return tuple(warning for part in parts for warning in part.warnings)
