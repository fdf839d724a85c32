"""How far a score is from a bar: an estimate by which a search tries the promising things first."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from leadqual.conditions.bind import Row, bound_of
from leadqual.conditions.claims import Claim, Claims, claims
from leadqual.conditions.fieldtypes import LITERALS, READERS
from leadqual.conditions.leafcheck import Scope
from leadqual.conditions.nodes import Condition, Leaf
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.reading import Reading

Gap = Callable[[Reading], int]
_FULL: Final = 1_000
"""The gap of one comparison that is not met and has no size, or is as far from it as can be."""
_SIZES: Final = ("points", "integer", "number")


def gap_of(model: ScoringModel, condition: Condition, scope: Scope) -> Gap:
    """Return a function of the distance to a bar: 0 where it is met, about 1,000 for each comparison that is not.

    Args:
        model: The model.
        condition: What the bar asks.
        scope: What it may read.
    """
    return _joined(claims(condition), model, scope)


def _joined(part: Claims, model: ScoringModel, scope: Scope) -> Gap:
    if isinstance(part, Claim):
        return _leaf(part, model, scope)
    parts = [_joined(each, model, scope) for each in part.parts]
    if part.every:
        return lambda reading: sum(gap(reading) for gap in parts)
    return lambda reading: min((gap(reading) for gap in parts), default=_FULL)


def _leaf(claim: Claim, model: ScoringModel, scope: Scope) -> Gap:
    leaf = claim.leaf
    holds, wanted = bound_of(leaf, scope).holds, claim.holds
    size = _size(claim, model, scope)

    def gap(reading: Reading) -> int:
        row: Row = reading
        return 0 if holds(row) is wanted else size(reading)

    return gap


def _size(claim: Claim, model: ScoringModel, scope: Scope) -> Gap:
    """Return how far from a comparison a reading is that does not meet it."""
    leaf, kind = claim.leaf, scope.fields[claim.leaf.field].name
    if leaf.field in ("grade", "level") and claim.holds:
        return _to_letter(leaf, model)
    if kind not in _SIZES or leaf.op in ("exists", "missing"):
        return lambda _: _FULL
    read = READERS[kind]
    value: Any = leaf.value
    marks: list[Any] = [LITERALS[kind](mark) for mark in (value if isinstance(value, tuple) else (value,))]

    def size(reading: Reading) -> int:
        value = reading.get(leaf.field)
        here: Any = None if value is None else read(value)
        if here is None:
            return _FULL
        return min(_share(abs(mark - here), abs(mark) + abs(here)) for mark in marks)

    return size


def _share(part: Any, whole: Any) -> int:
    return 1 + int((_FULL - 1) * part / whole) if whole else 1


def _to_letter(leaf: Leaf, model: ScoringModel) -> Gap:
    """Return how many points are missing to the lowest of the grades or levels that will do."""
    of_fit = leaf.field == "grade"
    plan = model.plans
    bounds: Mapping[str, int] = (
        dict(plan.fit.grades) if of_fit else {str(digit): bound for digit, bound in plan.interest.levels}
    )
    value: Any = leaf.value
    names = [str(name) for name in (value if isinstance(value, tuple) else (value,))]
    if leaf.op in ("le", "lt"):
        names = [name for name in bounds if name < names[0] or (name == names[0] and leaf.op == "le")]
    elif leaf.op not in ("eq", "in"):
        names = []
    marks = [bounds[name] for name in names if name in bounds]

    def size(reading: Reading) -> int:
        here = reading.profile.fit if of_fit else reading.subtotals.interest
        return min((_share(abs(mark - here), abs(mark) + abs(here)) for mark in marks), default=_FULL)

    return size
