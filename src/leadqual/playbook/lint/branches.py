"""Findings on single parts of conditions: branches that can never hold, values that never occur, short texts."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from leadqual.conditions.describe import describe
from leadqual.conditions.nodes import All, AnyOf, Condition, Leaf, Not
from leadqual.errors import shown
from leadqual.fit.plan import UNKNOWN_GRADE
from leadqual.fold import folding
from leadqual.hints import did_you_mean
from leadqual.languages import joined
from leadqual.lead import ACQUISITIONS, KINDS
from leadqual.playbook.lint.claims import literals_of, written_literals
from leadqual.playbook.lint.finding import Finding, finding
from leadqual.playbook.lint.parts import Asked
from leadqual.playbook.lint.possible import Fields
from leadqual.playbook.lint.reach import Reach, kinds_of
from leadqual.playbook.lint.relations import labels_of
from leadqual.playbook.lint.search import can_hold

_NAMING: Final = ("eq", "ne", "in", "not_in", "has", "has_any", "has_all")
_ANYWHERE: Final = ("contains", "contains_any")
_SHORT: Final = 4
_LETTERS_END: Final = "\u0530"
"""Latin, Greek and Cyrillic letters come before; of what comes after, many scripts part no words by blanks."""
_MOST_SHOWN: Final = 3


def branch_findings(asked: Asked, fields: Fields, words: Mapping[str, frozenset[Any]]) -> Iterator[Finding]:
    """Yield what is found about the parts of a condition.

    Args:
        asked: The condition.
        fields: What it reads.
        words: The only values of some fields.
    """
    if can_hold(asked.condition, fields):
        yield from _dead(asked.condition, asked.where, fields, words, ())
    for where, leaf in placed_leaves(asked.condition, asked.where):
        if leaf.field in words and leaf.op in _NAMING:
            yield from _never(leaf, where, fields, words[leaf.field])
        if leaf.op in _ANYWHERE:
            yield from _short(leaf, where, fields)


def words_of(reach: Reach) -> dict[str, frozenset[Any]]:
    """Return the only values of the fields that a bar may read, where they are known.

    Args:
        reach: What scores can come to.
    """
    model = reach.parts.model
    levels = frozenset(map(int, model.interest.levels))
    labels = labels_of([*model.fit.grades, UNKNOWN_GRADE] if model.fit.grades else (), levels)
    kinds = kinds_of(reach.parts)
    found: dict[str, frozenset[Any]] = {**WORDS_OF_LEADS, "level": levels, "label": labels}
    return found if kinds is None else found | {"kinds": kinds}


WORDS_OF_LEADS: Final[Mapping[str, frozenset[Any]]] = {
    "kind": frozenset(KINDS),
    "acquisition": frozenset(ACQUISITIONS),
}
"""The only values of fields of every lead."""


def placed_leaves(condition: Condition, where: str) -> Iterator[tuple[str, Leaf]]:
    """Yield the leaves of a condition with their paths.

    Args:
        condition: The condition.
        where: Its path.

    >>> [where for where, _ in placed_leaves(~Leaf(field="a", op="exists"), "when")]
    ['when.not']
    """
    if isinstance(condition, Leaf):
        yield where, condition
    elif isinstance(condition, Not):
        yield from placed_leaves(condition.part, f"{where}.not")
    else:
        word = "all" if isinstance(condition, All) else "any"
        for i, part in enumerate(condition.parts):
            yield from placed_leaves(part, f"{where}.{word}[{i}]")


def _dead(
    condition: Condition,
    where: str,
    fields: Fields,
    words: Mapping[str, frozenset[Any]],
    beside: tuple[Condition, ...],
) -> Iterator[Finding]:
    """Yield the parts of `any` that can never hold together with what stands beside."""
    if isinstance(condition, All):
        for i, part in enumerate(condition.parts):
            others = (*condition.parts[:i], *condition.parts[i + 1 :])
            yield from _dead(part, f"{where}.all[{i}]", fields, words, (*beside, *others))
    elif isinstance(condition, AnyOf):
        for i, part in enumerate(condition.parts):
            place = f"{where}.any[{i}]"
            if can_hold(All((*beside, part)), fields):
                yield from _dead(part, place, fields, words, beside)
            elif not (isinstance(part, Leaf) and part.field in words and part.op in _NAMING):
                alone = not can_hold(part, fields)
                reason = f"this part can never hold{'' if alone else ' together with what stands beside it'}"
                yield finding("dead-branch", place, f"{reason} ({_said(part)})", "Correct it or remove it.")


def _said(part: Condition) -> str:
    words = describe(part)
    return words if len(words) <= 80 else f"{words[:79]}…"


def _never(leaf: Leaf, where: str, fields: Fields, known: frozenset[Any]) -> Iterator[Finding]:
    literals = literals_of(leaf, fields.scope)
    if literals and isinstance(literals[0], str):
        known = frozenset(map(folding(ignore_case=leaf.ignore_case, ignore_accents=leaf.ignore_accents), known))
    wrong = list(dict.fromkeys(shown(literal) for literal in literals if literal not in known))
    if wrong:
        first = next(literal for literal in literals if literal not in known)
        hint = did_you_mean(first, map(str, known), "Correct it or remove it.")
        yield finding("value-never-occurs", where, f"`{leaf.field}` is never {_listed(wrong)}", hint)


def _short(leaf: Leaf, where: str, fields: Fields) -> Iterator[Finding]:
    values = (str(value) for value in written_literals(leaf, fields.scope.lists))
    short = [shown(value) for value in dict.fromkeys(values) if _is_short(value)]
    if short:
        reason = f"{_listed(short)} is looked for inside longer words too, as “cto” is in “Director”"
        yield finding("short-contains", where, reason, "Use `contains_word`, which finds whole words only.")


def _is_short(text: str) -> bool:
    return len(text) <= _SHORT and all(letter.isalnum() and letter < _LETTERS_END for letter in text)


def _listed(words: list[str]) -> str:
    more = ["others"] if len(words) > _MOST_SHOWN else []
    return joined([*words[:_MOST_SHOWN], *more], "or")
