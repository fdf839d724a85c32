"""What a store holds, on the screen: where leads stand, and what waits in the outbox."""

from collections.abc import Sequence

from rich.console import Console

from leadqual.cli.options import shown_instant
from leadqual.cli.screen import say, table
from leadqual.cli.store import LEFT, Desk
from leadqual.cli.voice import Voice
from leadqual.lifecycle.drawn.pen import Pen
from leadqual.service import Standing
from leadqual.service.clock import instant
from leadqual.service.rows import EffectRow


def print_standing(console: Console, desk: Desk, voice: Voice) -> None:
    """Print where the leads of a store stand, what has become of them, and how many effects wait.

    Args:
        console: Where to.
        desk: The service with its store.
        voice: The language.
    """
    standing, pen, plainly = desk.service.standing(), Pen(voice.words), voice.words.language == "en"
    stages = desk.service.qualifier.lifecycle.stages
    rows = [(name if plainly else pen.stage(name), voice.words.amount(standing.stages.get(name, 0))) for name in stages]
    columns = ((voice("Stage"), "long"), (voice("Leads now"), "right"))
    console.print(table(columns, rows, title=voice("In the store")))
    facts = [(name, voice.words.amount(count)) for name, count in sorted(desk.facts().items())]
    console.print(table(((voice("Fact"), "long"), (voice("Times"), "right")), facts))
    say(console, waiting(standing, voice))


def waiting(standing: Standing, voice: Voice) -> str:
    """Return how many effects wait to be carried out.

    Args:
        standing: How many there are.
        voice: The language.
    """
    return voice(
        "{effects} waiting, {claimed} claimed.",
        effects=voice.count(standing.waiting, "effect"),
        claimed=voice.words.amount(standing.claimed),
    )


def print_effects(console: Console, rows: Sequence[EffectRow], standing: Standing, voice: Voice, *, dead: bool) -> None:
    """Print effects, without what they say: it may be personal.

    Args:
        console: Where to.
        rows: The first of the effects.
        standing: How many there are.
        voice: The language.
        dead: Whether they were given up.
    """
    words = {state: voice(_STATES[state]) for state in LEFT}
    cells = [
        (
            row.key,
            row.name,
            words[row.state],
            "" if row.ready_at is None else shown_instant(instant(row.ready_at)),
            str(row.attempts),
            row.reason or "",
        )
        for row in rows
    ]
    columns = (
        (voice("Key"), "long"),
        (voice("Effect"), "left"),
        (voice("State"), "left"),
        (voice("Ready"), "left"),
        (voice("Tried"), "right"),
        (voice("Reason"), "long"),
    )
    if cells:
        console.print(table(columns, cells))
    more = (standing.dead if dead else standing.waiting + standing.claimed) - len(rows)
    if more > 0:
        say(console, voice("… and {more}; --limit shows more.", more=voice.count(more, "more effect")))
    if dead:
        say(console, voice("{effects} given up.", effects=voice.count(standing.dead, "effect")))
    else:
        say(console, waiting(standing, voice))


_STATES = {"waiting": "waiting", "claimed": "claimed", "dead": "given up"}
