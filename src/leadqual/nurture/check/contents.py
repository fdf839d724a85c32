"""What is wrong with content, and content that nobody may get."""

from collections.abc import Iterator
from typing import Final

from leadqual.errors import Kind, Problem
from leadqual.lifecycle.check.words import whole_problem, words_problems
from leadqual.lifecycle.dates import date_problems, is_date
from leadqual.nurture.check.settings import MOST_COST, highest_cost
from leadqual.nurture.check.table import Nurturing
from leadqual.nurture.check.words import items_of, sound_parts, table_problems
from leadqual.nurture.content import Content
from leadqual.nurture.people import Persona
from leadqual.texts import word_problem

PHASES: Final = ("TOFU", "MOFU", "BOFU")
"""Phases of the purchase cycle."""


def content_problems(table: Nurturing) -> Iterator[Problem]:
    """Yield what is wrong with the content.

    Args:
        table: The nurturing.
    """
    yield from table_problems(table.content, Content, "content")
    personas = [one.name for one in items_of(table.personas) if isinstance(one, Persona) and type(one.name) is str]
    needs = [name for name in table.needs if isinstance(name, str)] if isinstance(table.needs, dict) else []
    most = highest_cost(table.nurture)
    for name, content in sound_parts(table.content, Content).items():
        where = f"content.{name}"
        yield from word_problem(content.kind, f"{where}.kind")
        yield from known_problems(content.phases, f"{where}.phases", PHASES, "unknown phase")
        yield from known_problems(content.personas, f"{where}.personas", personas, "no such persona")
        yield from known_problems(content.needs, f"{where}.needs", needs, "no such need")
        yield from words_problems(content.channels, f"{where}.channels")
        yield from word_problem(content.offer, f"{where}.offer", optional=True)
        yield from words_problems(content.after, f"{where}.after")
        found = list(whole_problem(content.cost, f"{where}.cost", 0, MOST_COST))
        yield from found
        if not found and most is not None and content.cost > most:
            hint = f"Lower it to at most {most}, or add a rule to nurture.effort that allows it."
            yield Problem(where=f"{where}.cost", what="no lead is worth that much", got=content.cost, hint=hint)
        yield from _date_problems(content, where)


def known_problems(values: object, where: str, known: tuple[str, ...] | list[str], what: str) -> Iterator[Problem]:
    """Yield what is wrong with a list of names that have to exist; the list may be empty.

    Args:
        values: What came.
        where: Its path.
        known: The names that exist.
        what: What to say of one that does not.
    """
    if values != ():
        yield from words_problems(values, where, known, what)


def _date_problems(content: Content, where: str) -> Iterator[Problem]:
    days = (("starts", content.starts), ("ends", content.ends))
    found = [
        Problem(where=f"{where}.{name}", what=wrong.what, got=wrong.got, hint=wrong.hint)
        for name, day in days
        if day is not None
        for wrong in date_problems((day,), "")
    ]
    yield from found
    if found or not is_date(content.starts) or not is_date(content.ends):
        return
    if content.starts is not None and content.ends is not None and content.starts > content.ends:
        got = Kind(f"{content.starts} to {content.ends}")
        hint = "Nobody gets it so; write the first day under `starts`."
        yield Problem(where=f"{where}.ends", what="it ends before it starts", got=got, hint=hint)
