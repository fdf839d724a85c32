"""Events, facts and effects as texts that a store keeps, and back."""

import json
from typing import Any, Final

from leadqual.event import Event
from leadqual.lifecycle.effects import Effect
from leadqual.lifecycle.facts import Fact
from leadqual.lifecycle.stored import effect_from_plain, effect_to_plain, fact_from_plain, fact_to_plain
from leadqual.lifecycle.storedparts import refusal
from leadqual.lifecycle.storedshapes import read_table, shape_of, write_table
from leadqual.service.clock import micros
from leadqual.service.rows import EffectRow, EventRow, FactRow

_EVENT: Final = shape_of(Event)


def text_of(plain: Any) -> str:
    r"""Return plain data as its one text: keys in order, no spaces, ASCII only.

    Args:
        plain: The data.

    >>> text_of({"b": "ñ", "a": [1]})
    '{"a":[1],"b":"\\u00f1"}'
    """
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), allow_nan=False)


def plain_of(text: str) -> dict[str, Any]:
    """Return the table that a text is of.

    Args:
        text: What `text_of` made of it.

    Raises:
        HistoryError: If it is of none.
    """
    try:
        data = json.loads(text)
    except (RecursionError, ValueError):
        data = None
    if not isinstance(data, dict):
        raise refusal("the text of a table was expected", text, "Bring the store back from a backup.")
    return data


def event_row(event: Event, lead_id: str, known_at: int) -> EventRow:
    """Return an event as it is kept.

    Args:
        event: The event.
        lead_id: The lead under which it came.
        known_at: When it became known, in microseconds.
    """
    return EventRow(
        source=event.source,
        event_id=event.id,
        lead_id=lead_id,
        at=micros(event.at),
        known_at=known_at,
        body=text_of(write_table(event, _EVENT)),
    )


def event_of(row: EventRow) -> Event:
    """Return an event as it was.

    Args:
        row: How it is kept.

    Raises:
        HistoryError: If it cannot be read.
    """
    data = plain_of(row.body)
    event: Event = read_table({**data, "lead_id": row.lead_id}, _EVENT)
    return event


def fact_row(fact: Fact) -> FactRow:
    """Return a fact as it is kept.

    Args:
        fact: The fact.
    """
    return FactRow(
        lead_id=fact.lead_id, seq=fact.seq, known_at=micros(fact.known_at), body=text_of(fact_to_plain(fact))
    )


def fact_of(row: FactRow) -> Fact:
    """Return a fact as it was.

    Args:
        row: How it is kept.

    Raises:
        HistoryError: If it cannot be read.
    """
    return fact_from_plain(plain_of(row.body))


def effect_row(effect: Effect, at: int, number: int, touch: str | None) -> EffectRow:
    """Return an effect as it is kept in the outbox.

    Args:
        effect: The effect.
        at: When it was decided, in microseconds.
        number: Its place among the effects of its command.
        touch: Key of the touch that it carries out, if it does.
    """
    return EffectRow(
        key=effect.key,
        lead_id=effect.lead_id,
        name=effect.name,
        ready_at=at,
        number=number,
        touch=touch,
        made_at=at,
        body=text_of(effect_to_plain(effect)),
    )


def effect_of(row: EffectRow) -> Effect:
    """Return an effect as it was.

    Args:
        row: How it is kept.

    Raises:
        HistoryError: If it cannot be read.
    """
    return effect_from_plain(plain_of(row.body))
