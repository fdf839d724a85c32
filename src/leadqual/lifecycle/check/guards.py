"""Guards that can never hold, with the part that is to blame."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from attrs import field, frozen

from leadqual.conditions.claims import Claims, claims
from leadqual.conditions.nodes import All, AnyOf, Condition, Leaf, Not, leaves
from leadqual.errors import Kind, Problem
from leadqual.lifecycle.check.known import ANYTHING, Known, known_of, known_on
from leadqual.lifecycle.check.search import Search
from leadqual.lifecycle.check.sound import Sound
from leadqual.lifecycle.check.table import Table

_MOST_PARTS = 50
_BY_ITSELF = ("event", "profile", "tick")
"""Triggers on which nobody has decided."""
_Cases = Sequence[Mapping[str, Known]]


@frozen
class _Part:
    """A part of a guard that the whole needs.

    Attributes:
        where: Its path.
        condition: The part.
        holds: Whether it must hold, or must not.
        claims: What it claims.
    """

    where: str
    condition: Condition
    holds: bool
    claims: Claims = field(init=False)

    @claims.default
    def _claims(self) -> Claims:
        return claims(self.condition, holds=self.holds)


def guard_problems(table: Table, sound: Sound) -> Iterator[Problem]:
    """Yield the guards that can never hold on any trigger that their transition waits for.

    Args:
        table: The table.
        sound: The same, as far as it is right.
    """
    search = Search(table.scope)
    known = known_of(table, sound)
    for way in sound.ways:
        if way.guard is None or not way.leaves or not way.on:
            continue
        cases = known_on(known, table, way)
        whole = _Part(f"{way.where}.when", way.guard.condition, holds=True)
        if "score.stays" in way.guard.fields and any(trigger in way.on for trigger in _BY_ITSELF):
            yield from _demotions(whole, table)
        if not _can_hold([whole], cases, search):
            yield from _blamed(whole, cases, search)


def _demotions(whole: _Part, table: Table) -> Iterator[Problem]:
    """Yield what moves a lead by itself since it keeps a bar no longer, where that bar has no lower one to keep."""
    for part in _needed(whole):
        leaf = part.condition
        if part.holds or not isinstance(leaf, Leaf) or leaf.field != "score.stays":
            continue
        if leaf.value in table.bars and leaf.value not in table.stay_bars:
            hint = f"Give qualify.{leaf.value} a lower bar `stay`; without one nobody is demoted."
            yield Problem(where=part.where, what="the bar has no `stay`", got=leaf.value, hint=hint)


def _can_hold(parts: Sequence[_Part], cases: _Cases, search: Search) -> bool:
    return any(search.can_hold([part.claims for part in parts], known) for known in cases)


def _blamed(whole: _Part, cases: _Cases, search: Search) -> Iterator[Problem]:
    """Yield the parts that can never hold; else the first two that never do together; else the whole."""
    parts = [*_needed(whole)]
    alone = [part for part in parts if not _can_hold([part], cases, search)]
    for part in alone:
        yield _problem(part, cases)
    if alone:
        return
    for one, other in combinations(parts[:_MOST_PARTS], 2):
        if not _can_hold([one, other], cases, search):
            what = f"it can never hold together with {one.where}"
            yield Problem(where=other.where, what=what, got=_got(other), hint="Correct or remove one of them.")
            return
    hint = "Correct it, or remove the transition."
    yield Problem(where=whole.where, what="the guard can never hold", got=_got(whole), hint=hint)


def _needed(whole: _Part) -> Iterator[_Part]:
    """Yield the parts that a guard needs, each with its path."""
    stack: list[tuple[str, Condition, bool]] = [(whole.where, whole.condition, whole.holds)]
    while stack:
        where, condition, holds = stack.pop()
        if isinstance(condition, Not):
            stack.append((f"{where}.not", condition.part, not holds))
        elif isinstance(condition, All if holds else AnyOf) and condition.parts:
            word = "all" if holds else "any"
            stack += reversed([(f"{where}.{word}[{i}]", part, holds) for i, part in enumerate(condition.parts)])
        else:
            yield _Part(where, condition, holds)


def _problem(part: _Part, cases: _Cases) -> Problem:
    """Return the problem of a part that can never hold by itself."""
    leaf = part.condition
    what, hint = "it can never hold", "Correct it, or remove the transition."
    if isinstance(leaf, Leaf):
        reasons = (known.get(leaf.field, ANYTHING) for known in cases)
        for reason in reasons:
            if reason.what and (reason.missing or leaf.op != "missing"):
                what, hint = f"{what}: {reason.what}", reason.hint
                break
    return Problem(where=part.where, what=what, got=_got(part), hint=hint)


def _got(part: _Part) -> object:
    condition = part.condition
    if isinstance(condition, Leaf):
        return Kind(f"{condition.field} {condition.op}") if condition.value is None else condition.value
    count = sum(1 for _ in leaves(condition))
    return Kind(f"a condition of {count} comparisons")
