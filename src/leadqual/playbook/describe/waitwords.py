"""Waits and windows of nurturing, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadqual.playbook.describe.say import counting, days, say
from leadqual.playbook.describe.timewords import duration, week_phrase

if TYPE_CHECKING:
    from leadqual.conditions.words import Words
    from leadqual.nurture.waits import Wait
    from leadqual.nurture.windows import SendWindow


def wait_phrase(wait: Wait, words: Words) -> str:
    """Say how long a step waits.

    >>> from leadqual.conditions.words import Words
    >>> from leadqual.nurture.waits import Wait
    >>> wait_phrase(Wait(elapsed="3d"), Words()), wait_phrase(Wait(days=0, at="09:30"), Words())
    ('after 3 days', 'the same day or the next, at 09:30')
    """
    if wait.business is not None:
        return say(words, "wait business", span=span_phrase(wait, words))
    if wait.elapsed is not None:
        return say(words, "wait elapsed", span=span_phrase(wait, words))
    same_day = not wait.days and not wait.months
    told = say(words, "wait same day") if same_day else say(words, "wait days", span=span_phrase(wait, words))
    return told if wait.at is None else f"{told}, {say(words, 'wait at', at=wait.at)}"


def span_phrase(wait: Wait, words: Words) -> str:
    """Say how long a wait is, whatever it is counted in.

    >>> from leadqual.conditions.words import Words
    >>> from leadqual.nurture.waits import Wait
    >>> span_phrase(Wait(business="2d"), Words()), span_phrase(Wait(months=1), Words(language="es"))
    ('2 working days', '1 mes')
    """
    if wait.business is not None:
        return duration(wait.business, words)
    if wait.months is not None:
        return counting(words, "months", wait.months)
    if wait.days is not None:
        return days(words, wait.days)
    return elapsed_phrase(wait.elapsed or "0m", words)


def elapsed_phrase(text: str, words: Words) -> str:
    """Say time that passes anyway.

    >>> from leadqual.conditions.words import Words
    >>> elapsed_phrase("2w", Words()), elapsed_phrase("1d", Words()), elapsed_phrase("90m", Words(language="es"))
    ('2 weeks', '1 day', '90 minutos')
    """
    amount, unit = int(text[:-1]), text[-1]
    if unit == "d":
        return days(words, amount)
    return counting(words, "span w" if unit == "w" else f"duration {unit}", amount)


def window_phrase(window: SendWindow, words: Words) -> str:
    """Say when something may be sent.

    >>> from leadqual.conditions.words import Words
    >>> from leadqual.nurture.windows import SendWindow
    >>> window_phrase(SendWindow(quiet=["21:00-08:00"]), Words())
    'Monday to Sunday from 08:00 to 21:00'
    """
    return week_phrase([[f"{_clock(opens)}-{_clock(ends)}" for opens, ends in day] for day in window.week], words)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
