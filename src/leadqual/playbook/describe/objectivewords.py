"""Objectives in plain sentences: what each of them prices differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadqual.fold import normal
from leadqual.playbook.describe.barwords import combine_blocks, qualify_blocks
from leadqual.playbook.describe.fitwords import table_sentence, type_of
from leadqual.playbook.describe.say import bullets, heading, points, say, sentence, strong

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from leadqual.conditions.words import Words
    from leadqual.fit.values import Criterion
    from leadqual.interest.values import InterestRule
    from leadqual.playbook.objectives import Objective
    from leadqual.playbook.playbook import Playbook
    from leadqual.points import Points


def objective_blocks(playbook: Playbook, words: Words) -> Iterator[str]:
    """Yield the paragraphs on objectives."""
    if not playbook.objectives:
        return
    yield heading(say(words, "objectives"))
    yield say(words, "objectives about")
    for name, objective in playbook.objectives.items():
        yield heading(words.name(name), 3)
        if objective.based_on is not None:
            yield say(words, "objective based", name=words.quoted(words.name(objective.based_on)))
        lines = list(_lines(playbook, name, objective, words))
        if lines:
            yield bullets(lines)
        if objective.combine is not None:
            yield from combine_blocks(objective.combine, words)
        if objective.qualify is not None:
            yield from qualify_blocks(objective.qualify, words, 4)
        if not lines and objective.combine is None and objective.qualify is None:
            yield say(words, "objective as is")


def _lines(playbook: Playbook, name: str, objective: Objective, words: Words) -> Iterator[str]:
    """Yield the points that an objective replaces."""
    before, after = playbook.model_for(objective.based_on), playbook.model_for(name)
    yield from _instead(objective.criteria, before.fit.criteria, after.fit.criteria, words)
    for table in after.fit.tables:
        if _key(table.name) in objective.bands:
            yield table_sentence(table, words, type_of(table.field, after))
    yield from _instead(objective.rules, before.interest.rules, after.interest.rules, words)


def _instead(
    replaced: Mapping[str, Points],
    before: Iterable[Criterion | InterestRule],
    after: Iterable[Criterion | InterestRule],
    words: Words,
) -> Iterator[str]:
    for old, new in zip(before, after, strict=True):
        if new.name is not None and _key(new.name) in replaced:
            name = strong(words.name(new.name))
            pair = {"points": points(words, new.points), "before": points(words, old.points)}
            yield sentence(say(words, "instead", name=name, **pair))


def _key(name: str | None) -> str | None:
    return None if name is None else normal(name)
