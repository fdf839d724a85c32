"""Bases of any size under drawn playbooks, put together by a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from random import Random
from typing import Any

from attrs import evolve, frozen
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.playbook import Playbook
from leadqual.testing import EngineAnswer, event_lists, leads, playbooks, python_engine
from leadqual.testing.strategies import NOW

_FORMS = (
    "L{}", "l{}", "É{}", "E\u0301{}", "é{}", "e\u0301{}", "ı{}", "I{}", "İ{}", "ſ{}", "s{}", "\u212a{}", "K{}", " {}",
    "{} ", "'{}", "%{}", "\\{}", '"{}', "日{}", "😀{}", "null{}",
)  # fmt: skip
"""How ids look; those of one number differ in case, marks or spaces only."""
_MOST = 300
"""Leads and stories that are drawn; a larger base is made of these."""
_COPIED, _AGAINST, _NOBODY = 0.03, 0.02, 0.02


@frozen(kw_only=True)
class Base:
    """A base, and what the reference says of it.

    Attributes:
        playbook: The playbook.
        leads: Leads, in any order.
        events: Events, in any order; copies, conflicts and events of nobody among them.
        now: The instant.
        expected: The rows by lead, and what is counted.
    """

    playbook: Playbook
    leads: tuple[Lead, ...]
    events: tuple[Event, ...]
    now: datetime
    expected: EngineAnswer


def drawn(strategy: st.SearchStrategy[Any], count: int, number: int) -> list[Any]:
    """Return up to `count` draws of a strategy, always the same ones for a seed."""
    found: list[Any] = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found[:count]


@cache
def playbook_of(number: int) -> Playbook:
    """Return the playbook of a seed; the first draws of a strategy are plain, so a later one is taken."""
    found: Playbook = drawn(playbooks(), 8, number)[-1]
    return found


@cache
def base(number: int, size: int) -> Base:
    """Return the base of a seed with so many leads, and what the reference says of it."""
    playbook, random = playbook_of(number), Random(number)
    one = Lead(id="L1")
    people = drawn(leads(playbook), min(size, _MOST), number)
    stories = drawn(event_lists(playbook, lead=one), min(size, _MOST), number + 1)
    people += [random.choice(people) for _ in range(size - len(people))]
    stories += [random.choice(stories) for _ in range(size - len(stories))]
    random.shuffle(stories)  # beyond what is drawn, leads and stories meet in other pairs
    named = [evolve(lead, id=_id(i), merged_ids=()) for i, lead in enumerate(people)]
    events = [event for lead, story in zip(named, stories, strict=True) for event in _own(lead, story)]
    events += [*_more(events, named, random)]
    random.shuffle(named)
    random.shuffle(events)
    model = playbook.model
    return Base(
        playbook=playbook,
        leads=tuple(named),
        events=tuple(events),
        now=NOW,
        expected=python_engine(model, named, events, NOW),
    )


def _id(number: int) -> str:
    return _FORMS[number % len(_FORMS)].format(number // len(_FORMS))


def _own(lead: Lead, story: Sequence[Event]) -> Iterator[Event]:
    """Yield the events of a story as those of a lead; its copies stay copies."""
    yield from (evolve(event, id=f"{lead.id}/{event.id}", lead_id=lead.id) for event in story)


def _more(events: Sequence[Event], named: Sequence[Lead], random: Random) -> Iterator[Event]:
    """Yield copies, conflicts and events of nobody."""
    for event in events:
        draw = random.random()
        if draw < _COPIED:
            yield evolve(event)
        elif draw < _COPIED + _AGAINST:
            changes: tuple[dict[str, Any], ...] = (
                {"kind": "something_else"}, {"lead_id": random.choice(named).id}, {"properties": {}},
                {"by": "us" if event.by == "lead" else "lead"}, {"at": NOW}, {"lead_id": "nobody"}, {"source": "other"},
            )  # fmt: skip
            yield evolve(event, **random.choice(changes))
        elif draw < _COPIED + _AGAINST + _NOBODY:
            yield evolve(event, id=f"{event.id}!", lead_id=f"{event.lead_id}?")
