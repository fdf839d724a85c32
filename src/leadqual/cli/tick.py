"""``leadqual tick``: lets time pass for the leads of a store."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from leadqual.cli.options import instant_or_clock, json_option, now_option, playbook_argument, shown_instant
from leadqual.cli.ranking import heading
from leadqual.cli.screen import print_json, say, screen
from leadqual.cli.store import serving, store_options
from leadqual.cli.voice import language_option, voice_of
from leadqual.playbook import load_playbook

if TYPE_CHECKING:
    from leadqual.errors import Problem

_AT_ONCE: Final = 100


@click.command()
@playbook_argument
@store_options
@now_option
@click.option(
    "--limit", type=click.IntRange(1), metavar="N", help="At most so many leads; by default all that are due."
)
@language_option
@json_option
def tick(
    *, playbook: Path, url: str, tenant: str, now: datetime | None, limit: int | None, language: str, as_json: bool
) -> None:
    """Let time pass for the leads of a store: deadlines, rests and touches that have fallen due.

    What is decided goes into the outbox of the store. Run it every minute or so, for example from cron, unless your
    application calls `tick_due` itself; several at once do no harm.
    """
    loaded, at = load_playbook(playbook), instant_or_clock(now)
    leads, left, known = 0, True, limit
    facts: Counter[str] = Counter()
    effects: Counter[str] = Counter()
    refused: list[Problem] = []
    with serving(loaded, url, tenant) as desk:
        while left and known != 0:
            ticked = desk.service.tick_due(now=at, limit=min(_AT_ONCE, known or _AT_ONCE))
            leads, left = leads + ticked.leads, ticked.left
            known = None if known is None else known - ticked.leads
            refused += ticked.refused
            for one in ticked.decisions:
                facts.update(fact.name for fact in one.facts)
                effects.update(effect.name for effect in one.effects)
        due = desk.service.next_due()
    if as_json:
        print_json(
            {
                **heading(loaded, at),
                "tenant": tenant,
                "leads": leads,
                "left": left,
                "facts": dict(sorted(facts.items())),
                "effects": dict(sorted(effects.items())),
                "refused": [str(problem) for problem in refused],
                "next_due": None if due is None else shown_instant(due),
            }
        )
        return
    console, voice = screen(), voice_of(loaded, language)
    clock = "As of {at} (the clock; repeat with --now {at})" if now is None else "As of {at}"
    say(console, voice(clock, at=shown_instant(at)))
    say(
        console,
        voice(
            "Time has passed for {leads}: {facts}; {effects} into the outbox.",
            leads=voice.count(leads, "lead"),
            facts=voice.count(facts.total(), "fact"),
            effects=voice.count(effects.total(), "effect"),
        ),
    )
    for name, count in sorted(facts.items()):
        say(console, f"  {name}: {voice.words.amount(count)}")
    for problem in refused:
        say(console, str(problem), style="yellow", wrap=False)
    if left:
        say(console, voice("More leads are due."))
    elif due is None:
        say(console, voice("Nothing more falls due."))
    else:
        say(console, voice("The next falls due at {at}.", at=shown_instant(due)))
