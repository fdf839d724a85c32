"""How close a lead is to its objective: the points that it lacks to the next bar."""

from typing import Final, cast

from leadqual.conditions.fieldtypes import LITERALS
from leadqual.conditions.nodes import All, Condition, Leaf, Not
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.reading import Reading
from leadqual.scoring.score import Score

_POINTS: Final = frozenset({"fit", "fit_high", "interest", "total"})
_GROUP: Final = "group."
_AT_LEAST: Final = frozenset({"ge", "gt", "eq", "between"})
_AMONG: Final = frozenset({"eq", "in"})


def points_missing(score: Score, model: ScoringModel) -> int | None:
    """Return how many points a lead lacks to the next bar, as far as that asks for points, in hundredths.

    Of what a bar asks for at the same time the largest lack counts, of what is enough for it the smallest; a grade is
    the fit that it begins with. What is no matter of points lacks none.

    Args:
        score: The lead's score.
        model: The model that has the bars.

    Returns:
        The points; 0 above all bars, ``None`` if there is no bar.
    """
    bars = model.plans.bars
    if not bars:
        return None
    beyond = (bar.when.condition for bar in bars if bar.name not in score.qualifies)
    following = next(beyond, None)
    return 0 if following is None else _lack(following, score.reading, model)


def _lack(node: Condition, reading: Reading, model: ScoringModel) -> int:
    if isinstance(node, Leaf):
        return _lack_of_one(node, reading, model)
    if isinstance(node, Not):
        return 0
    lacks = [_lack(part, reading, model) for part in node.parts]
    return max(lacks, default=0) if isinstance(node, All) else min(lacks, default=0)


def _lack_of_one(leaf: Leaf, reading: Reading, model: ScoringModel) -> int:
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    if leaf.field == "grade" and leaf.op in _AMONG:
        begins = [least for letter, least in model.plans.fit.grades if letter in values]
        return max(min(begins) - reading.profile.fit, 0) if begins else 0
    if leaf.op in _AT_LEAST and (leaf.field in _POINTS or leaf.field.startswith(_GROUP)):
        asked, has = cast("int", LITERALS["points"](values[0])), cast("int", reading.get(leaf.field))
        return max(asked - has, 0)
    return 0
