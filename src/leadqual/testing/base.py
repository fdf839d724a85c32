"""A synthetic base: leads, a year of their events and what became of them, with the truth behind it known."""

import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from attrs import field, frozen

from leadqual.calendar import utc
from leadqual.errors import Problem, ProblemsError
from leadqual.event import Event, Key
from leadqual.lead import Lead
from leadqual.testing.acts import draw_acts
from leadqual.testing.basefiles import write_base
from leadqual.testing.draws import Draws
from leadqual.testing.profiles import draw_profile

CONSTANT: Final = -3.0
PER_FIT: Final = 1.2
PER_INTEREST: Final = 1.5
LOST_SHARE: Final = 0.55
DEFAULT_NOW: Final = datetime(2026, 11, 1, 12, tzinfo=UTC)


@frozen(kw_only=True)
class Outcome:
    """What becomes of a lead in the 90 days after ``now``, and the truth it was drawn from.

    Attributes:
        lead_id: Whose outcome it is.
        result: ``"won"``, ``"lost"`` (an explicit no) or ``"open"``.
        at: When it was decided, after ``now``; ``None`` while open.
        chance: The true probability that it is won, in [0, 1].
        fit: The true fit behind the profile; mean 0, standard deviation 1.
        interest: The true interest behind the behaviour; mean 0, standard deviation 1.
    """

    lead_id: str
    result: Literal["won", "lost", "open"]
    at: datetime | None
    chance: float
    fit: float
    interest: float


@frozen(kw_only=True)
class SyntheticBase:
    """Leads, their events before ``now`` and their outcomes after it.

    Attributes:
        leads: By id.
        events: By instant; exact copies of an event are deliveries made twice.
        outcomes: One for each lead, in the same order.
        robots: Keys of the events that a mail scanner made, not the lead; pass them as ``flagged``.
        now: The instant to score at.
    """

    leads: tuple[Lead, ...] = field(repr=False)
    events: tuple[Event, ...] = field(repr=False)
    outcomes: tuple[Outcome, ...] = field(repr=False)
    robots: frozenset[Key] = field(repr=False)
    now: datetime

    def write(self, folder: str | Path) -> tuple[Path, Path, Path]:
        """Write leads.csv, events.csv and outcomes.csv, replacing what is there.

        Args:
            folder: Where to; made if it is not there.

        Returns:
            The three paths. The files are UTF-8 with LF line ends and need no mapping in the starter playbook.

        Raises:
            OSError: If the folder cannot be written.
        """
        rows = [(o.lead_id, o.result, o.at, f"{o.chance:.6f}") for o in self.outcomes]
        return write_base(Path(folder), self.leads, self.events, rows)


def synthetic_base(*, seed: int = 7, leads: int = 500, days: int = 365, now: datetime = DEFAULT_NOW) -> SyntheticBase:
    """Make a base of a B2B SaaS firm, the same one for the same arguments on every version of Python.

    The truth: each lead has a true fit F and a true interest I at ``now``, independent, with mean 0 and standard
    deviation 1, and is won within 90 days with probability

        1 / (1 + exp(-(-3.0 + 1.2 F + 1.5 I)))

    Of those not won, 55 % say no (lost) and the rest stays open. F shows, with noise and gaps, in job title,
    department, size, country and kind of e-mail address; I shows in the acts of the last 45 days. Earlier waves of
    activity, newsletters, our own e-mails (``by="us"``), mail scanners' clicks and deliveries made twice say nothing
    about the outcome. Outcomes lie after ``now`` and events before it, so no score can have seen its outcome.

    Args:
        seed: A whole number from 0; another seed is another base.
        leads: How many, up to 999 999. A larger base begins with the leads of the smaller one.
        days: How long the leads have been arriving, 1 to 3650.
        now: The instant to score at, aware.

    Returns:
        The base. Names and addresses are invented; mail domains end in ``.example``.

    Raises:
        ProblemsError: If an argument is out of range.

    >>> base = synthetic_base(seed=1, leads=20)
    >>> len(base.leads), len(base.outcomes), base.leads[0].id
    (20, 20, 'L000001')
    """
    problems = list(_problems(seed=(seed, 0, 2**31 - 1), leads=(leads, 0, 999_999), days=(days, 1, 3650)))
    if problems:
        raise ProblemsError(problems)
    now = utc(now, "now").replace(microsecond=0)
    people: list[Lead] = []
    events: list[Event] = []
    outcomes: list[Outcome] = []
    robots: set[Key] = set()
    for number in range(1, leads + 1):
        draws = Draws(seed * 1_000_000 + number)
        fit, interest = draws.normal(), draws.normal()
        created_at = now - timedelta(seconds=1 + int(draws.share() * (days * 86_400 - 1)))
        lead = draw_profile(draws, number, fit, created_at)
        people.append(lead)
        outcomes.append(_outcome(draws, lead.id, fit, interest, now))
        events += draw_acts(draws, lead, fit=fit, interest=interest, now=now, robots=robots)
    events.sort(key=lambda event: (event.at, event.id))
    return SyntheticBase(
        leads=tuple(people), events=tuple(events), outcomes=tuple(outcomes), robots=frozenset(robots), now=now
    )


def _outcome(draws: Draws, lead_id: str, fit: float, interest: float, now: datetime) -> Outcome:
    chance = 1.0 / (1.0 + math.exp(-(CONSTANT + PER_FIT * fit + PER_INTEREST * interest)))
    result: Literal["won", "lost", "open"]
    result = "won" if draws.chance(chance) else "lost" if draws.chance(LOST_SHARE) else "open"
    at = now + timedelta(days=draws.whole(3, 90))
    return Outcome(
        lead_id=lead_id,
        result=result,
        at=None if result == "open" else at,
        chance=chance,
        fit=fit,
        interest=interest,
    )


def _problems(**arguments: tuple[object, int, int]) -> Iterator[Problem]:
    for name, (value, low, high) in arguments.items():
        if type(value) is not int or not low <= value <= high:
            hint = f"Pass one from {low} to {high}."
            yield Problem(where=f"synthetic_base.{name}", what="a whole number was expected", got=value, hint=hint)
