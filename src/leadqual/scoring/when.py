"""Until when a score meets a bar, and from when it will, if nothing happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadqual.errors import Problem, UnknownName
from leadqual.hints import did_you_mean
from leadqual.interest.changes import change_days
from leadqual.scoring.watch import Watch, score_on, silences_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from leadqual.conditions.bind import Bound
    from leadqual.scoring.qualify import BarPlan
    from leadqual.scoring.score import Score


def until(score: Score, name: str, *, keep: bool) -> datetime | None:
    """Return when a score first no longer meets a bar; see `Score.until`."""
    bar = bar_of(score, name)
    if name not in (score.stays if keep else score.qualifies):
        return score.now
    asked = (bar.when, bar.stay) if keep and bar.stay is not None else (bar.when,)
    return _first(score, asked, lambda later: name not in (later.stays if keep else later.qualifies))


def becomes(score: Score, name: str) -> datetime | None:
    """Return when a score first meets a bar; see `Score.becomes`."""
    bar = bar_of(score, name)
    if name in score.qualifies:
        return score.now
    return _first(score, (bar.when,), lambda later: name in later.qualifies)


def bar_of(score: Score, name: object) -> BarPlan:
    """Return a bar of a score's model by its name.

    Args:
        score: The score.
        name: What should be the name of a bar.

    Raises:
        UnknownName: If the playbook has no such bar.
    """
    bars = {bar.name: bar for bar in score.reading.model.plans.bars}
    if isinstance(name, str) and name in bars:
        return bars[name]
    hint = did_you_mean(name, bars) if bars else "The playbook has no bar; declare one under [qualify]."
    raise UnknownName([Problem(where="bar", what="the playbook has no such bar", got=name, hint=hint)])


def _first(score: Score, asked: tuple[Bound, ...], found: Callable[[Score], bool]) -> datetime | None:
    """Return the start of the first day after today on which a score is what is looked for.

    The days are halved until the conditions surely say the same on all that are left: nothing that they read then
    crosses a literal that it is compared with. So few days are worked out, and a walk day by day finds no other one.
    """
    own = score.reading
    watch = Watch(own, asked)
    days = change_days(own.plan, own.state, own.today, silences_of(asked))
    spans = [(0, len(days))] if days else []
    while spans:
        start, end = spans.pop()
        if end - start == 1 or watch.is_steady(days[start], days[end - 1]):
            later = score_on(score, days[start])
            if found(later):
                return later.now
        else:
            middle = (start + end) // 2
            spans += [(middle, end), (start, middle)]
    return None
