"""Hypothesis strategies for leads, events, bases and playbooks; Hypothesis is imported when the first one is asked for.

Leads and events are drawn around what a playbook itself compares: its words with other cases and accents, the numbers
and days at which a band or a curve ends and those beside them, every way of being missing, and some noise. All of them
are sound: a playbook scores them without an error. What fails shrinks towards the plainest lead and the fewest events.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from leadqual.calendar import utc
from leadqual.errors import MissingExtra, Problem, ProblemsError
from leadqual.lead import Lead
from leadqual.playbook.playbook import Playbook
from leadqual.points import number_problem
from leadqual.scoring.model import ScoringModel
from leadqual.testing.reads import reads_of

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from leadqual.event import Event
    from leadqual.testing.drawn.bases import DrawnBase

NOW: Final = datetime(2026, 11, 1, 12, tzinfo=UTC)
"""The instant around which everything is drawn, to score at; unless another is named."""
ANYONE: Final = Lead(id="L1")
"""The lead whose events are drawn, unless another is named."""


def leads(playbook: Playbook | ScoringModel, *, id: str = ANYONE.id, now: datetime = NOW) -> "SearchStrategy[Lead]":
    """Return a strategy for leads that a playbook may meet.

    Args:
        playbook: The playbook, or a model.
        id: The id of all of them.
        now: The instant at which they will be scored.

    Raises:
        InstantError: If `now` is naive or out of range.
        MissingExtra: If Hypothesis is not installed.
        ProblemsError: If it is no playbook.
    """
    need_hypothesis()
    from leadqual.testing.drawn.leads import leads as drawn

    return drawn(reads_of(playbook), id=id, now=utc(now, "now"))


def events(playbook: Playbook | ScoringModel, *, lead: Lead = ANYONE, now: datetime = NOW) -> "SearchStrategy[Event]":
    """Return a strategy for single events of a lead: the kinds that rules name and some that none does.

    Two of them may by chance have one id; `event_lists` never lets that happen.

    Args:
        playbook: The playbook, or a model.
        lead: Whose events they are; its ``since`` and merged ids are met too.
        now: The instant at which it will be scored; some events lie after it.

    Raises:
        InstantError: If `now` is naive or out of range.
        MissingExtra: If Hypothesis is not installed.
        ProblemsError: If it is no playbook.
    """
    need_hypothesis()
    from leadqual.testing.drawn.events import events as drawn

    return drawn(reads_of(playbook), lead=lead, now=utc(now, "now"))


def event_lists(
    playbook: Playbook | ScoringModel, *, lead: Lead = ANYONE, now: datetime = NOW, most: int = 12
) -> "SearchStrategy[list[Event]]":
    """Return a strategy for all events of a lead, in any order, now and then with an exact copy of one.

    Args:
        playbook: The playbook, or a model.
        lead: Whose events they are; its ``since`` and merged ids are met too.
        now: The instant at which it will be scored; some events lie after it.
        most: How many there are at most, copies aside.

    Raises:
        InstantError: If `now` is naive or out of range.
        MissingExtra: If Hypothesis is not installed.
        ProblemsError: If it is no playbook, or `most` is out of range.
    """
    need_hypothesis()
    from leadqual.testing.drawn.events import event_lists as drawn

    _check_count(most, "most")
    return drawn(reads_of(playbook), lead=lead, now=utc(now, "now"), most=most)


def bases(
    playbook: Playbook | ScoringModel, *, now: datetime = NOW, most_leads: int = 3, most_events: int = 8
) -> "SearchStrategy[DrawnBase]":
    """Return a strategy for small bases: leads with different ids, all their events, and what is flagged.

    Args:
        playbook: The playbook, or a model.
        now: The instant at which the leads will be scored.
        most_leads: How many leads there are at most.
        most_events: How many events each has at most, copies aside.

    Returns:
        A strategy for values with ``leads``, ``events``, ``flagged``, ``now`` and ``events_of(lead)``.

    Raises:
        InstantError: If `now` is naive or out of range.
        MissingExtra: If Hypothesis is not installed.
        ProblemsError: If it is no playbook, or a count is out of range.
    """
    need_hypothesis()
    from leadqual.testing.drawn.bases import bases as drawn

    _check_count(most_leads, "most_leads")
    _check_count(most_events, "most_events")
    return drawn(reads_of(playbook), now=utc(now, "now"), most_leads=most_leads, most_events=most_events)


def documents() -> "SearchStrategy[dict[str, Any]]":
    """Return a strategy for sound playbook documents as plain tables, to test what reads or writes them.

    They use every table and key of a playbook. Their examples are told well, but need not hold. Numbers are integers
    and decimals, dates are texts, so that JSON and TOML can hold them.

    Raises:
        MissingExtra: If Hypothesis is not installed.
    """
    need_hypothesis()
    from leadqual.testing.drawn.documents import documents as drawn

    return drawn()


def playbooks() -> "SearchStrategy[Playbook]":
    """Return a strategy for playbooks, to test what goes through any of them; see `documents`.

    Raises:
        MissingExtra: If Hypothesis is not installed.
    """
    from leadqual.canonical import canonical_json
    from leadqual.playbook.load import loads

    return documents().map(lambda document: loads(canonical_json(document), format="json"))


def need_hypothesis() -> Any:
    """Return the module `hypothesis`.

    Raises:
        MissingExtra: If it is not installed.
    """
    try:
        import hypothesis
    except ImportError:
        raise MissingExtra('Strategies need Hypothesis: pip install "leadqual[testing]"') from None
    return hypothesis


def _check_count(count: object, where: str) -> None:
    problems: list[Problem] = list(number_problem(count, where, low=0, high=10_000, places=0))
    if problems:
        raise ProblemsError(problems)
