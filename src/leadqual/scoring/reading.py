"""A score in the making: what was worked out, as a row that bars read and as what a score keeps."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final, Protocol

from attrs import define

from leadqual.event import Event
from leadqual.interest.acts import Acts, acts_within, days_since
from leadqual.interest.measure import Subtotals
from leadqual.interest.plan import InterestPlan
from leadqual.interest.state import State
from leadqual.points import MILLIONTHS, half_up
from leadqual.scoring.plans import Plans
from leadqual.scoring.profile import Profile


class Planned(Protocol):
    """A model, as far as a reading needs it."""

    @property
    def plans(self) -> Plans:
        """What it runs."""
        ...


class Life(Protocol):
    """Where a lead stands in its life, as far as bars read it."""

    @property
    def stage(self) -> str:
        """Its stage."""
        ...

    @property
    def entered_at(self) -> datetime:
        """Since when."""
        ...

    @property
    def attempts(self) -> int:
        """How often it was recycled in this cycle."""
        ...

    @property
    def furthest(self) -> str:
        """The furthest stage it has ever stood in."""
        ...

    @property
    def cycle(self) -> int:
        """Number of its run through the lifecycle."""
        ...

    @property
    def disqualified(self) -> str | None:
        """Why a person disqualified it, which is a gate like any other."""
        ...


@define(eq=False)
class Reading:
    """What a lead's profile and events come to on a day; never changed once it is made. Points in hundredths.

    Attributes:
        model: The model.
        now: As of when.
        today: Its day.
        profile: What is known of the lead.
        state: What was folded.
        events: The events that were folded, if they are at hand.
        subtotals: The interest.
        total: Both axes together.
        level: The level.
        label: The label.
        life: Where the lead stands in its life, if that is known.
    """

    model: Planned
    now: datetime
    today: int
    profile: Profile
    state: State
    events: Sequence[Event] | None
    subtotals: Subtotals
    total: int
    level: int | None
    label: str
    life: Life | None = None

    @property
    def plan(self) -> InterestPlan:
        """The interest of the model."""
        return self.model.plans.interest

    @property
    def gates(self) -> tuple[str, ...]:
        """Reasons of all gates that hold: a person's first, then those of the profile in declared order."""
        life, gates = self.life, self.profile.gates
        return gates if life is None or life.disqualified is None else (life.disqualified, *gates)

    @property
    def acts(self) -> Acts:
        """Interactions within memory."""
        return acts_within(self.state, self.today, self.plan.memory)

    @property
    def activity(self) -> int | None:
        """Age in days of the lead's newest own act."""
        return days_since(self.state.own_day, self.today)

    @property
    def contact(self) -> int | None:
        """Age in days of our newest act."""
        return days_since(self.state.our_day, self.today)

    def group(self, name: str) -> int:
        """Return the subtotal of a group of interest, rounded."""
        return half_up(self.subtotals.groups[self.plan.groups.index(name)], MILLIONTHS)

    def get(self, name: str, /) -> object:
        """Return what a name in a bar stands for: of the score, of the lead's state, or of the lead."""
        reserved = _RESERVED.get(name)
        if reserved is not None:
            return reserved(self)
        return self.group(name[6:]) if name.startswith("group.") else self.profile.lead.row.get(name)


def _nothing(_: Reading) -> object:
    """Return nothing: a score knows no persona."""
    return None


def _of_life(read: Callable[[Life], object]) -> Callable[[Reading], object]:
    """Return what reads a lead's life; a bare score knows none."""
    return lambda reading: None if reading.life is None else read(reading.life)


def _stage(reading: Reading) -> object:
    return reading.profile.lead.stage if reading.life is None else reading.life.stage


def _days_in_stage(reading: Reading) -> object:
    life = reading.life
    return None if life is None else max(0, reading.today - reading.plan.day_start.day(life.entered_at))


_RESERVED: Final[Mapping[str, Callable[[Reading], object]]] = {
    "fit": lambda reading: reading.profile.fit,
    "fit_high": lambda reading: reading.profile.range()[1],
    "interest": lambda reading: reading.subtotals.interest,
    "total": lambda reading: reading.total,
    "grade": lambda reading: reading.profile.grade,
    "level": lambda reading: reading.level,
    "label": lambda reading: reading.label,
    "completeness": lambda reading: reading.profile.completeness,
    "interactions": lambda reading: reading.acts.interactions,
    "active_days": lambda reading: reading.acts.active_days,
    "kinds": lambda reading: tuple(sorted(reading.acts.kinds)),
    "days_since_activity": lambda reading: reading.activity,
    "days_since_contact": lambda reading: reading.contact,
    "stage": _stage,
    "days_in_stage": _days_in_stage,
    "attempts": _of_life(lambda life: life.attempts),
    "furthest": _of_life(lambda life: life.furthest),
    "cycle": _of_life(lambda life: life.cycle),
    "persona": _nothing,
    "need": _nothing,
}
