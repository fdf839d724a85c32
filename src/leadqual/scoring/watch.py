"""What time alone does to the answer of a bar: the same reading on a later day, and what stays as it is until then."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, cast

from attrs import field, frozen

from leadqual.conditions.bind import Bound
from leadqual.conditions.fieldtypes import LITERALS
from leadqual.conditions.nodes import leaves
from leadqual.interest.acts import acts_within
from leadqual.interest.course import Course
from leadqual.interest.measure import Subtotals
from leadqual.points import MILLIONTHS, half_up, to_hundredths
from leadqual.scoring.reading import Reading
from leadqual.scoring.score import Score

if TYPE_CHECKING:
    from leadqual.scoring.model import ScoringModel

SILENCES: Final = ("days_since_activity", "days_since_contact")
_COUNTS: Final = frozenset({"interactions", "active_days", *SILENCES})
_OF_INTEREST: Final = frozenset({"interest", "total", "level", "label"})
_GROUP: Final = "group."


def score_on(score: Score, day: int) -> Score:
    """Return the score as of the start of a later day, if nothing happens.

    Args:
        score: The score now.
        day: The day, counted as the plan counts them.
    """
    own = score.reading
    model = cast("ScoringModel", own.model)
    events = None if own.events is None else tuple(own.events)
    return model.score_state(own.profile, own.state, own.plan.day_start.at(day), events, own.life)


def marks_of(asked: Iterable[Bound]) -> dict[str, set[int]]:
    """Return what conditions compare points, days and acts with, by name, as the values compare.

    Args:
        asked: The conditions of bars.
    """
    marks: dict[str, set[int]] = {}
    for bound in asked:
        for leaf in leaves(bound.condition):
            points = leaf.field in ("interest", "total") or leaf.field.startswith(_GROUP)
            if leaf.value is not None and (points or leaf.field in _COUNTS):
                read = LITERALS["points" if points else "integer"]
                values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
                marks.setdefault(leaf.field, set()).update(cast("int", read(value)) for value in values)
    return marks


def silences_of(asked: Iterable[Bound]) -> Mapping[str, set[int]]:
    """Return how many days of silence bars ask about, by name; for `change_days`."""
    return {name: values for name, values in marks_of(asked).items() if name in SILENCES}


@frozen(eq=False)
class Watch:
    """What some conditions read of a score that time can move.

    Attributes:
        reading: What a lead's profile and events come to now.
        asked: The conditions.
    """

    reading: Reading
    asked: tuple[Bound, ...]
    _names: frozenset[str] = field(init=False, repr=False)
    _marks: Mapping[str, list[int]] = field(init=False, repr=False)
    _course: Course = field(init=False, repr=False)

    @_names.default
    def _all_names(self) -> frozenset[str]:
        return frozenset(name for bound in self.asked for name in bound.fields)

    @_marks.default
    def _all_marks(self) -> Mapping[str, list[int]]:
        """Return the marks of each name; where a level that matters changes, or a floor is, interest has one too."""
        marks = marks_of(self.asked)
        combine = cast("ScoringModel", self.reading.model).combine
        of_interest = marks.setdefault("interest", set())
        if self._names & {"level", "label"} or ("total" in self._names and combine.kind == "matrix"):
            of_interest |= {bound for _, bound in self.reading.plan.levels}
        if "total" in self._names and "interest" in combine.floors:
            of_interest.add(to_hundredths(combine.floors["interest"]))
        return {name: sorted(values) for name, values in marks.items()}

    @_course.default
    def _whole_course(self) -> Course:
        return Course(self.reading.plan, self.reading.state)

    def is_steady(self, first: int, last: int) -> bool:
        """Tell whether the conditions surely say the same on each day from one to another.

        Args:
            first: A later day than that of the reading.
            last: A day not before it.

        Returns:
            ``True`` if they do; ``False`` if they may not.
        """
        return self._acts_are_steady(first, last) and self._interest_is_steady(first, last)

    def _acts_are_steady(self, first: int, last: int) -> bool:
        state, memory = self.reading.state, self.reading.plan.memory
        for name, day in zip(SILENCES, (state.own_day, state.our_day), strict=True):
            if day is not None and not self._between(name, first - day, last - day):
                return False
        if self._names.isdisjoint(("interactions", "active_days", "kinds")):
            return True
        before, after = acts_within(state, first, memory), acts_within(state, last, memory)
        return (
            self._between("interactions", after.interactions, before.interactions)
            and self._between("active_days", after.active_days, before.active_days)
            and ("kinds" not in self._names or after.kinds == before.kinds)
        )

    def _interest_is_steady(self, first: int, last: int) -> bool:
        groups = [name for name in self._names if name.startswith(_GROUP)]
        if not groups and self._names.isdisjoint(_OF_INTEREST):
            return True
        low, high = self._course.between(first, last)
        if not self._between("interest", low.interest, high.interest):
            return False
        if "total" in self._names and not self._total_is_steady(low, high):
            return False
        places = ((name, self.reading.plan.groups.index(name.removeprefix(_GROUP))) for name in groups)
        return all(
            self._between(name, half_up(low.groups[i], MILLIONTHS), half_up(high.groups[i], MILLIONTHS))
            for name, i in places
        )

    def _total_is_steady(self, low: Subtotals, high: Subtotals) -> bool:
        """Tell the same of the total: with one label, and on one side of the floor, it moves one way with interest."""
        own = self.reading
        total = own.model.plans.total
        ends = [total(own.profile.fit, interest, own.label) for interest in (low.interest, high.interest)]
        return self._between("total", min(ends), max(ends))

    def _between(self, name: str, low: int, high: int) -> bool:
        """Tell whether a number between two others compares in one way with everything that it is compared with."""
        marks = self._marks.get(name, [])
        return low == high or bisect_left(marks, low) == bisect_right(marks, high)
