"""By when somebody has to act, and when business is open, in plain sentences."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from leadqual.lifecycle.duration import Duration
from leadqual.lifecycle.hours import WEEKDAYS, BusinessHours
from leadqual.playbook.describe.lifewords import sla_name
from leadqual.playbook.describe.say import bullets, counting, heading, say, sentence, strong

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from leadqual.conditions.words import Words
    from leadqual.lifecycle.values import Sla
    from leadqual.playbook.playbook import Playbook

_MOST_HOLIDAYS = 20
"""Holidays that are told one by one."""


def time_blocks(playbook: Playbook, words: Words) -> Iterator[str]:
    """Yield the paragraphs on times to act and on business time; none if the playbook says nothing about them."""
    if not playbook.sla and playbook.calendar == BusinessHours():
        return
    yield heading(say(words, "acting"), 3)
    if playbook.sla:
        yield say(words, "acting about")
        yield bullets(_sla(name, sla, words) for name, sla in playbook.sla.items())
    yield from business_sentences(playbook.calendar, words)


def _sla(name: str, sla: Sla, words: Words) -> str:
    text = say(words, "sla", name=strong(sla_name(name, words)), duration=duration(sla.within, words))
    if sla.escalate is not None:
        text = say(words, "sla escalate", sentence=text, who=words.name(sla.escalate))
    return sentence(text)


def duration(text: str, words: Words) -> str:
    """Say a time in business time.

    >>> from leadqual.conditions.words import Words
    >>> duration("2h", Words()), duration("1d", Words(language="es"))
    ('2 hours', '1 día laborable')
    """
    span = Duration.parse(text)
    return counting(words, f"duration {span.unit}", span.amount)


def business_sentences(calendar: BusinessHours, words: Words) -> Iterator[str]:
    """Yield the paragraph on when business is open.

    Args:
        calendar: The calendar.
        words: The language.

    >>> from leadqual.conditions.words import Words
    >>> print(*business_sentences(BusinessHours(hours=["09:00-14:00", "16:00-19:00"]), Words()))
    Only business time counts, by the clocks of UTC: Monday to Friday from 09:00 to 14:00 and from 16:00 to 19:00.
    """
    hours = [calendar.days.get(name, calendar.hours if name in calendar.weekdays else ()) for name in WEEKDAYS]
    text = say(words, "business", zone=calendar.zone, days=week_phrase(hours, words))
    yield f"{text} {_holidays(calendar, words)}".rstrip()


def week_phrase(hours: Sequence[Sequence[str]], words: Words) -> str:
    """Say on which days of a week something is open, and from when to when.

    Args:
        hours: The open hours of each day, Monday first.
        words: The language.

    >>> from leadqual.conditions.words import Words
    >>> week_phrase([["09:00-14:00"]] * 2 + [[]] * 5, Words())
    'Monday to Tuesday from 09:00 to 14:00'
    """
    days = []
    for open_hours, group in groupby(range(len(WEEKDAYS)), hours.__getitem__):
        if open_hours:
            days.append(
                say(words, "business day", days=_weekdays([*group], words), hours=hours_phrase(open_hours, words))
            )
    return "; ".join(days)


def _weekdays(run: list[int], words: Words) -> str:
    first, last = (say(words, f"weekday {WEEKDAYS[day]}") for day in (run[0], run[-1]))
    if len(run) == 1:
        return say(words, "weekday alone", day=first)
    return say(words, "weekdays", first=first, last=last)


def hours_phrase(hours: Sequence[str], words: Words) -> str:
    """Say from when to when it is open.

    >>> from leadqual.conditions.words import Words
    >>> hours_phrase(["09:00-14:00", "16:00-19:00"], Words())
    'from 09:00 to 14:00 and from 16:00 to 19:00'
    """
    said = [say(words, "interval", opens=text[:5], closes=text[6:]) for text in hours]
    return words.joined(said, "and")


def _holidays(calendar: BusinessHours, words: Words) -> str:
    dates = sorted(set(calendar.holidays))
    if not dates:
        return ""
    if len(dates) > _MOST_HOLIDAYS:
        ends = {"first": words.value(dates[0]), "last": words.value(dates[-1])}
        return counting(words, "holidays many", len(dates), **ends)
    return say(words, "holidays", dates=words.joined([words.value(day) for day in dates], "and"))
