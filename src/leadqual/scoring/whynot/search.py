"""The search for what would reach a bar: bounded, the same every time, each answer verified by rescoring."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Final, cast

from leadqual.axis import container_problems
from leadqual.calendar import LATEST
from leadqual.conditions.nodes import Condition, leaves
from leadqual.errors import ModelError
from leadqual.scoring.reading import Reading
from leadqual.scoring.score import Score
from leadqual.scoring.when import bar_of
from leadqual.scoring.whynot.acts import possible_acts
from leadqual.scoring.whynot.facts import facts_of, learnable
from leadqual.scoring.whynot.gap import Gap, gap_of
from leadqual.scoring.whynot.trials import DAY, Timed, Trial, Trials
from leadqual.scoring.whynot.values import Act, Answer, Change, Costs, WhyNot

if TYPE_CHECKING:
    from leadqual.scoring.model import ScoringModel

MOST_ANSWERS: Final = 5
MOST_CHANGES: Final = 3
_BUDGET: Final = 1_400
"""Rescorings of sets of one size at most."""
_GATE: Final = 2_000
"""How far a gate is, beside a comparison that is not met."""
_MOST_TRIED: Final = 600
"""Single changes that are tried at most, the cheapest first."""
_MOST_SINGLES: Final = 100
"""Single changes that are combined with others at most."""


def why_not(score: Score, bar: str, costs: Costs) -> WhyNot:
    """Search for the smallest sets of changes that reach a bar; see `Score.why_not`.

    Args:
        score: The score that is asked.
        bar: The bar.
        costs: What changes cost.

    Returns:
        At most five answers of at most three changes, the cheapest first.

    Raises:
        ModelError: If these are no costs.
        UnknownName: If the playbook has no such bar.
    """
    wrong = list(container_problems([("costs", costs, Costs)]))
    if wrong:
        raise ModelError(wrong)
    when = bar_of(score, bar).when.condition
    if bar in score.qualifies:
        return WhyNot(bar=bar, score=score, met=True, answers=(), complete=True)
    reading = score.reading
    model = cast("ScoringModel", reading.model)
    scope = model.plans.scope
    lead = reading.profile.lead
    learned, whole = learnable(facts_of(model, scope, when), lead, scope.lists, costs)
    counts = lead.since is None or lead.since <= reading.now
    acts = possible_acts(model, reading.state, when, costs) if counts else []
    search = _Search(Trials(model, score, learned, acts), bar, gap_of(model, when, scope), spread=_spreads(score, when))
    answers = search.run()
    return WhyNot(bar=bar, score=score, met=False, answers=tuple(answers), complete=search.complete and whole)


def _spreads(score: Score, when: Condition) -> bool:
    """Tell whether acts on several days may do what the same acts on one day do not."""
    if any(leaf.field in ("active_days", "days_since_activity", "days_since_contact") for leaf in leaves(when)):
        return True
    return any(rule.bucket is not None or rule.times is not None for rule in score.reading.plan.rules)


class _Search:
    """One search.

    Args:
        trials: What can be tried.
        bar: The bar.
        gap: How far a reading is from it.
        spread: Whether acts are also tried on days that follow one another.
    """

    def __init__(self, trials: Trials, bar: str, gap: Gap, *, spread: bool) -> None:
        self.trials = trials
        self.bar = bar
        self.gap = gap
        self.spread = spread
        self.complete = True
        self.found: dict[Trial, Score] = {}

    def run(self) -> list[Answer]:
        """Return the answers, cheapest first."""
        singles = [Trial(learned=(i,)) for i in range(len(self.trials.learned))]
        singles += [Trial(acts=(Timed(i),)) for i in range(len(self.trials.acts))]
        singles.sort(key=self.cost)
        if len(singles) > _MOST_TRIED:
            singles, self.complete = singles[:_MOST_TRIED], False
        front = self._tried(singles)
        if len(front) > _MOST_SINGLES:
            front, self.complete = front[:_MOST_SINGLES], False
        steps = list(front)
        for _ in range(MOST_CHANGES - 1):
            if not steps or self._is_settled(steps, front):
                break
            width = max(1, _BUDGET // (len(steps) * (3 if self.spread else 1)))
            if len(front) > width:
                front, self.complete = front[:width], False
            front = self._tried(self._grown(front, steps))
        cheapest = sorted(self.found, key=lambda trial: (self.cost(trial), len(trial), trial))
        return [self._answer(trial) for trial in cheapest[:MOST_ANSWERS]]

    def _is_settled(self, steps: list[Trial], front: list[Trial]) -> bool:
        """Tell whether no larger set can be cheaper than the answers there are."""
        if len(self.found) < MOST_ANSWERS or not front:
            return not front
        dearest = sorted(map(self.cost, self.found))[MOST_ANSWERS - 1]
        return min(map(self.cost, front)) + min(map(self.cost, steps)) >= dearest

    def cost(self, trial: Trial) -> Decimal:
        """Return what changes cost together."""
        learned = sum((self.trials.learned[place].cost for place in trial.learned), Decimal(0))
        return learned + sum((self.trials.acts[act.place].cost for act in trial.acts), Decimal(0))

    def _grown(self, front: list[Trial], steps: list[Trial]) -> list[Trial]:
        """Return each set of a front with one change more, each set once."""
        grown: dict[Trial, None] = {}
        for trial in front:
            for step in steps:
                if not set(trial.learned) & set(step.learned):
                    places = sorted(act.place for act in (*trial.acts, *step.acts))
                    learned = tuple(sorted((*trial.learned, *step.learned)))
                    acts = tuple(Timed(place, 0, number) for number, place in enumerate(places))
                    grown[Trial(learned, acts)] = None
        return list(grown)

    def _tried(self, sets: list[Trial]) -> list[Trial]:
        """Try sets of one size; keep those that are answers, and return the others, the most promising first."""
        ranked = []
        for trial in sets:
            if any(_is_part(answer, trial) for answer in self.found):
                continue
            gaps = []
            for timed in self._timed(trial):
                reading = self.trials.run(timed)
                if reading is None:
                    break
                gaps.append(self._far(reading))
                if not gaps[-1]:
                    score = self.trials.rescored(reading)
                    if self.bar in score.qualifies and self._is_least(timed):
                        self.found[timed] = score
                    break
            else:
                ranked.append((min(gaps), self.cost(trial), trial))
        return [trial for _, _, trial in sorted(ranked)]

    def _far(self, reading: Reading) -> int:
        """Return how far a reading is from the bar, 0 where it reaches it; each gate is far."""
        return self.gap(reading) + _GATE * len(reading.profile.gates)

    def _timed(self, trial: Trial) -> Iterator[Trial]:
        """Yield a set with its acts at once, then on days that follow one another, from today or from tomorrow on."""
        yield trial
        count = len(trial.acts)
        for start in (0, 1) if self.spread and count else ():
            last = start + count - 1
            if last and self.trials.score.now + last * DAY < LATEST:
                days = tuple(act._replace(day=start + number) for number, act in enumerate(trial.acts))
                yield Trial(trial.learned, days, last)

    def _is_least(self, trial: Trial) -> bool:
        """Tell whether no part of a set reaches the bar by itself, nor time alone."""
        changes: list[int | Timed] = [*trial.learned, *trial.acts]
        for size in range(len(changes)):
            for part in combinations(changes, size):
                learned = tuple(change for change in part if isinstance(change, int))
                acts = tuple(change for change in part if isinstance(change, Timed))
                reading = self.trials.run(Trial(learned, acts, trial.day))
                if reading is not None and not self._far(reading):
                    return False
        return True

    def _answer(self, trial: Trial) -> Answer:
        """Return a set that reaches the bar as an answer."""
        changes: list[Change] = [self.trials.learned[place] for place in trial.learned]
        for timed, event in zip(trial.acts, self.trials.events(trial.acts), strict=True):
            act = self.trials.acts[timed.place]
            changes.append(Act(event=event, cost=act.cost, days=timed.day, fresh=tuple(act.fresh)))
        return Answer(changes=tuple(changes), cost=self.cost(trial), score=self.found[trial])


def _is_part(part: Trial, whole: Trial) -> bool:
    """Tell whether all changes of a set are in another one, whenever they happen."""
    if not set(part.learned) <= set(whole.learned):
        return False
    places = [act.place for act in whole.acts]
    return all(places.count(place) >= number for place, number in Counter(act.place for act in part.acts).items())
