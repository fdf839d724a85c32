"""The answers to what was asked of one lead, on the screen and for machines."""

from rich.console import Console

from leadqual.cli.card import print_head, print_ledger, print_notes
from leadqual.cli.carddata import card, comparison_data, forecast_data, why_not_data
from leadqual.cli.changes import print_changes
from leadqual.cli.chart import print_forecast
from leadqual.cli.explained import Explained
from leadqual.cli.life import life_data, print_life
from leadqual.cli.options import shown_instant
from leadqual.cli.prospects import print_prospects, print_why_not
from leadqual.cli.voice import Voice


def print_explained(console: Console, found: Explained, voice: Voice, *, clock: bool) -> None:
    """Print a card: the head, then what was asked for, or else the ledger and what could change it.

    Args:
        console: Where to.
        found: The answers.
        voice: The language.
        clock: Whether the instant came from the clock.
    """
    subject = found.subject
    print_head(console, subject, clock=clock, voice=voice)
    for answers in found.why_not:
        print_why_not(console, answers, voice)
    if found.since is not None:
        title = voice("What changed since {at}", at=shown_instant(found.since.before.now))
        print_changes(console, found.since, title, voice)
    if found.against is not None and found.other is not None:
        title = voice("Under {playbook} instead", playbook=f"{found.other.name} {found.other.version}")
        print_changes(console, found.against, title, voice)
    if found.forecast:
        print_forecast(console, subject.score, found.forecast, voice)
    if found.life is not None:
        print_life(console, found.life, voice)
    whole = not (found.why_not or found.since or found.against or found.forecast or found.life)
    if whole:
        print_ledger(console, subject.score, voice)
        print_prospects(console, subject.score, voice)
    print_notes(console, subject, voice, exact=bool(whole or found.since or found.against))


def explained_data(found: Explained, voice: Voice) -> dict[str, object]:
    """Return the same for machines: always the whole card, and why not for each bar that is not reached.

    Args:
        found: The answers.
        voice: The language of the sentences in it.
    """
    score = found.subject.score
    bars = [bar.name for bar in score.reading.model.plans.bars if bar.name not in score.qualifies]
    answers = found.why_not or tuple(score.why_not(bar) for bar in bars)
    document = card(found.subject)
    document["why_not"] = {one.bar: why_not_data(one, voice) for one in answers}
    if found.since is not None:
        document["since"] = comparison_data(found.since)
    if found.against is not None and found.other is not None:
        other = {"playbook": found.other.name, "version": found.other.version, "fingerprint": found.other.fingerprint}
        document["against"] = other | comparison_data(found.against)
    if found.forecast:
        document["forecast"] = forecast_data(found.forecast)
    if found.life is not None:
        document["history"] = life_data(found.life, voice)
    return document
