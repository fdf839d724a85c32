"""What could change a score: until when bars hold, what it would take to reach the others, what to ask next."""

from collections.abc import Iterator

from rich.console import Console

from leadqual.cli.screen import say, table
from leadqual.cli.voice import ENGLISH, Voice
from leadqual.scoring import Score
from leadqual.scoring.whynot import WhyNot

_SHOWN = 2
"""Answers that the card shows of each bar."""


def print_prospects(console: Console, score: Score, voice: Voice = ENGLISH) -> None:
    """Print what could change a score, a few lines for each bar, and the next question.

    Args:
        console: Where to.
        score: The score.
        voice: The language.
    """
    rows = list(_rows(score, voice))
    if not rows:
        return
    columns = (("", "left"), ("", "long"))
    console.print(table(columns, rows, title=voice("What could change"), header=False))
    say(console, voice("More answers: --why-not BAR. What time alone does: --forecast 90."), "dim")


def print_why_not(console: Console, found: WhyNot, voice: Voice = ENGLISH) -> None:
    """Print every answer to why a bar is not reached.

    Args:
        console: Where to.
        found: The answers.
        voice: The language.
    """
    title = voice("What it would take for {bar}", bar=found.bar.upper())
    if not found.answers:
        say(console, title, "bold")
        say(console, found.explain(voice.words.language, labels=voice.words.labels))
        return
    answers = (
        (f"{i}.", answer.words(voice.words.language, labels=voice.words.labels))
        for i, answer in enumerate(found.answers, start=1)
    )
    console.print(table((("", "right"), ("", "long")), answers, title=title, header=False))


def _rows(score: Score, voice: Voice) -> Iterator[tuple[str, str]]:
    bars = score.reading.model.plans.bars
    if score.gates and bars:
        gates = ", ".join(voice.words.name(reason) for reason in score.gates)
        names = voice.bars(frozenset(bar.name for bar in bars))
        yield names, voice("out of reach while this holds: {gates}", gates=gates)
        bars = ()
    for bar in bars:
        name = bar.name.upper()
        for text in _bar(score, bar.name, voice):
            yield name, text
            name = ""
    question = score.next_question()
    if question is not None and (question.gates or not score.gates):
        yield voice("Next"), question.words(voice.words.language, labels=voice.words.labels)


def _bar(score: Score, name: str, voice: Voice) -> Iterator[str]:
    """Yield what is to be said of one bar."""
    reached, kept = name in score.qualifies, name in score.stays
    lower = any(bar.name == name and bar.stay is not None for bar in score.reading.model.plans.bars)
    if reached:
        yield _end(score, name, "reached", voice, keep=False)
        if lower:
            yield _stay(score, name, voice)
        return
    if kept:
        yield _end(score, name, "not reached, only enough to stay one", voice, keep=True)
    else:
        yield voice("not reached")
    comes = score.becomes(name)
    if comes is not None:
        day = score.reading.plan.day_start.day(comes)
        days = voice.count(day - score.reading.today, "day")
        yield voice("reached by time alone on {day}, in {days}", day=voice.day(day), days=days)
    found = score.why_not(name)
    yield from (answer.words(voice.words.language, labels=voice.words.labels) for answer in found.answers[:_SHOWN])
    if not found.answers:
        yield found.explain(voice.words.language, labels=voice.words.labels)


def _end(score: Score, name: str, state: str, voice: Voice, *, keep: bool) -> str:
    """Return until when a bar is reached or kept."""
    end = score.until(name, keep=keep)
    if end is None:
        return voice(f"{state}; time alone does not take {'that' if keep else 'it'} away")
    day = score.reading.plan.day_start.day(end)
    days = voice.count(day - score.reading.today, "day")
    return voice(f"{state}; lost on {{day}}, in {{days}}, if nothing happens", day=voice.day(day), days=days)


def _stay(score: Score, name: str, voice: Voice) -> str:
    end = score.until(name, keep=True)
    if end is None:
        return voice("once reached, time alone does not end it")
    return voice("once reached, kept until {day}", day=voice.day(score.reading.plan.day_start.day(end)))
