"""A score in the making as a row that bars read."""

from collections.abc import Callable, Mapping
from typing import Final

from leadqual.fit.read import LeadRow
from leadqual.interest.acts import Acts, acts_within, days_since
from leadqual.interest.measure import Subtotals
from leadqual.interest.plan import InterestPlan
from leadqual.interest.state import State
from leadqual.points import MILLIONTHS, half_up
from leadqual.scoring.profile import Profile


class BarRow:
    """What a bar may read, worked out when it is asked for; points in hundredths.

    Args:
        profile: What is known of the lead.
        plan: The interest of the model.
        state: What was folded.
        today: The day of the score.
        subtotals: The interest.
        total: The total in hundredths.
        level: The level.
        label: The label.
    """

    __slots__ = ("_acts", "_lead", "label", "level", "plan", "profile", "state", "subtotals", "today", "total")

    def __init__(
        self,
        *,
        profile: Profile,
        plan: InterestPlan,
        state: State,
        today: int,
        subtotals: Subtotals,
        total: int,
        level: int | None,
        label: str,
    ) -> None:
        self.profile, self.plan, self.state, self.today = profile, plan, state, today
        self.subtotals, self.total, self.level, self.label = subtotals, total, level, label
        self._acts: Acts | None = None
        self._lead = LeadRow(profile.lead)

    @property
    def acts(self) -> Acts:
        """Interactions within memory."""
        if self._acts is None:
            self._acts = acts_within(self.state, self.today, self.plan.memory)
        return self._acts

    def get(self, name: str, /) -> object:
        """Return what a name stands for: of the score, of the lead's state, or of the lead."""
        reserved = _RESERVED.get(name)
        if reserved is not None:
            return reserved(self)
        if name.startswith("group."):
            index = self.plan.groups.index(name[6:])
            return half_up(self.subtotals.groups[index], MILLIONTHS)
        return self._lead.get(name)


def _nothing(_: BarRow) -> object:
    """Return nothing: a bare score knows no lifecycle and no persona."""
    return None


_RESERVED: Final[Mapping[str, Callable[[BarRow], object]]] = {
    "fit": lambda row: row.profile.fit,
    "fit_high": lambda row: row.profile.range()[1],
    "interest": lambda row: row.subtotals.interest,
    "total": lambda row: row.total,
    "grade": lambda row: row.profile.grade,
    "level": lambda row: row.level,
    "label": lambda row: row.label,
    "completeness": lambda row: row.profile.completeness,
    "interactions": lambda row: row.acts.interactions,
    "active_days": lambda row: row.acts.active_days,
    "kinds": lambda row: tuple(sorted(row.acts.kinds)),
    "days_since_activity": lambda row: days_since(row.state.own_day, row.today),
    "days_since_contact": lambda row: days_since(row.state.our_day, row.today),
    "stage": lambda row: row.profile.lead.stage,
    "days_in_stage": _nothing,
    "attempts": _nothing,
    "furthest": _nothing,
    "cycle": _nothing,
    "persona": _nothing,
    "need": _nothing,
}
