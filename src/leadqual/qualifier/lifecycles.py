"""The lifecycle of a playbook under one of its models, with the days on which business is closed."""

from collections.abc import Container
from datetime import date

from attrs import evolve

from leadqual.errors import ModelError, Problem
from leadqual.lifecycle.businesstime import BusinessTime
from leadqual.lifecycle.plan import LifecyclePlan, plan_lifecycle
from leadqual.playbook import Playbook
from leadqual.scoring.model import ScoringModel


def lifecycle_of(book: Playbook, model: ScoringModel, holidays: Container[date]) -> LifecyclePlan:
    """Return how leads move under a model.

    Args:
        book: The playbook.
        model: Its model, or that of one of its objectives.
        holidays: Days on which business is closed, besides those of the playbook.

    Raises:
        ModelError: If the lifecycle asks for more than the model has, or the holidays are no container of dates.
    """
    return evolve(_plan(book, model), business=BusinessTime(hours=book.calendar, holidays=holidays))


def _plan(book: Playbook, model: ScoringModel) -> LifecyclePlan:
    if model is book.model:
        return book.plan
    problems: list[Problem] = []
    planned = plan_lifecycle(
        lifecycle=book.lifecycle,
        recycle=book.recycle,
        sla=book.sla,
        calendar=book.calendar,
        model=model,
        problems=problems,
    )
    if planned is None:
        raise ModelError(problems)
    return planned
