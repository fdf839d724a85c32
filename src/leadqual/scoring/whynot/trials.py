"""Rescoring a lead with changes, many times over: what was worked out once is kept."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from leadqual.event import Event
from leadqual.interest.measure import Subtotals, measure
from leadqual.interest.state import State
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.profile import Profile
from leadqual.scoring.reading import Reading
from leadqual.scoring.score import Score
from leadqual.scoring.whynot.acts import Possible
from leadqual.scoring.whynot.facts import with_values
from leadqual.scoring.whynot.values import Learned

DAY: Final = timedelta(days=1)


class Timed(NamedTuple):
    """An act that happens.

    Attributes:
        place: Its place among the acts that could.
        day: The day, after the score's own.
        number: Its place among the acts of the set; what only has to be new differs by it.
    """

    place: int
    day: int = 0
    number: int = 0


class Trial(NamedTuple):
    """Some changes, and when.

    Attributes:
        learned: Places of what is learned, ascending.
        acts: The acts, ascending by day.
        day: The day, after the score's own, as of which is scored.
    """

    learned: tuple[int, ...] = ()
    acts: tuple[Timed, ...] = ()
    day: int = 0

    def __len__(self) -> int:
        return len(self.learned) + len(self.acts)


class Trials:
    """Scores one lead with any of some changes.

    Args:
        model: The model that gave it.
        score: The score that is asked.
        learned: What could be learned.
        acts: What could happen.
    """

    def __init__(self, model: ScoringModel, score: Score, learned: list[Learned], acts: list[Possible]) -> None:
        self.model = model
        self.score = score
        self.learned = learned
        self.acts = acts
        self._profiles: dict[tuple[int, ...], Profile | None] = {(): score.reading.profile}
        self._states: dict[tuple[Timed, ...], State] = {(): score.reading.state}
        self._measured: dict[tuple[tuple[Timed, ...], int], Subtotals] = {}
        self._readings: dict[Trial, Reading | None] = {}

    def run(self, trial: Trial) -> Reading | None:
        """Return what changes come to, as bars read it, or ``None`` where they contradict each other."""
        if trial not in self._readings:
            self._readings[trial] = self._run(trial)
        return self._readings[trial]

    def _run(self, trial: Trial) -> Reading | None:
        profile = self._profile(trial.learned)
        if profile is None:
            return None
        reading = self.score.reading
        state = self._state(trial.acts)
        place = (trial.acts, trial.day)
        now = reading.now + trial.day * DAY
        if place not in self._measured:
            self._measured[place] = measure(reading.plan, state, reading.plan.day_start.day(now))
        return self.model.reading(profile, state, self._measured[place], now, None, life=reading.life)

    def rescored(self, reading: Reading) -> Score:
        """Return the score of what changes come to, scored anew."""
        return self.model.score_state(reading.profile, reading.state, reading.now, None, reading.life)

    def _profile(self, places: tuple[int, ...]) -> Profile | None:
        if places not in self._profiles:
            self._profiles[places] = self._new_profile([self.learned[place] for place in places])
        return self._profiles[places]

    def _new_profile(self, learned: list[Learned]) -> Profile | None:
        values = {part.attribute: part.value for part in learned}
        if len(values) < len(learned):  # one attribute cannot have two values
            return None
        return self.model.profile(with_values(self.score.reading.profile.lead, values))

    def _state(self, acts: tuple[Timed, ...]) -> State:
        if acts not in self._states:
            state = self._state(acts[:-1]).copy()
            state.add(self.events(acts)[-1], self.score.reading.plan)
            self._states[acts] = state
        return self._states[acts]

    def events(self, acts: tuple[Timed, ...]) -> list[Event]:
        """Return acts as events of the lead."""
        now: datetime = self.score.reading.now
        return [self.acts[act.place].event(self.score.lead_id, now, act.day, act.number) for act in acts]
