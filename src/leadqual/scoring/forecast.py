"""What a score will be on each of the days to come, if nothing happens."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from attrs import frozen

from leadqual.errors import Problem, ProblemsError
from leadqual.interest.changes import change_days, last_day
from leadqual.scoring.watch import score_on, silences_of

if TYPE_CHECKING:
    from leadqual.scoring.score import Score

MOST_DAYS: Final = 36_500
_EPOCH: Final = date(1970, 1, 1)


@frozen(kw_only=True)
class Outlook:
    """What a score will be on a day if nothing happens.

    Attributes:
        at: The instant: that of the score for today, then the start of each day, in UTC.
        day: The date, by the playbook's start of a day.
        fit: In points; time does not change it.
        interest: In points.
        total: In points.
        level: Digit of interest; ``None`` without levels.
        label: Grade and level together.
        qualifies: Names of the bars that are reached.
        stays: Names of the bars that are reached or kept.
    """

    at: datetime
    day: date
    fit: Decimal
    interest: Decimal
    total: Decimal
    level: int | None
    label: str
    qualifies: frozenset[str]
    stays: frozenset[str]


def forecast(score: Score, days: int) -> tuple[Outlook, ...]:
    """Return the days to come; see `Score.forecast`."""
    if type(days) is not int or not 0 <= days <= MOST_DAYS:
        hint = f"Pass how many days after today, from 0 to {MOST_DAYS}."
        raise ProblemsError([Problem(where="days", what="a whole number was expected", got=days, hint=hint)])
    own, there = score.reading, score
    asked = [bound for bar in own.model.plans.bars for bound in (bar.when, bar.stay) if bound is not None]
    changes = frozenset(change_days(own.plan, own.state, own.today, silences_of(asked)))
    outlooks = [_outlook(score, score.now, own.today)]
    for day in range(own.today + 1, min(own.today + days, last_day(own.plan)) + 1):
        if day in changes:
            there = score_on(score, day)
        outlooks.append(_outlook(there, own.plan.day_start.at(day), day))
    return tuple(outlooks)


def _outlook(score: Score, at: datetime, day: int) -> Outlook:
    return Outlook(
        at=at,
        day=_EPOCH + timedelta(days=day),
        fit=score.fit,
        interest=score.interest,
        total=score.total,
        level=score.level,
        label=score.label,
        qualifies=score.qualifies,
        stays=score.stays,
    )
