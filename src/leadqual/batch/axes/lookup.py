"""Points by named value, as SQL that stays small and quick when thousands of values are named."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from leadqual.batch.sql import nodes
from leadqual.batch.sql.nodes import Expr

_TOGETHER: Final = 32
"""Names that are compared one after the other; more are halved by order first: engines go through a list."""


def looked_up(value: Expr, points: Mapping[Any, int], other: int, literal: Callable[[Any], Expr]) -> Expr:
    """Return what a value earns.

    Args:
        value: The value; null earns `other`.
        points: Points by name, in hundredths; names of one type, ordered as the engine orders them.
        other: What a value that is not named earns.
        literal: How a name is written.

    >>> looked_up(nodes.column("a"), {1: 5, 2: 5, 3: 7}, 0, nodes.bare_integer).sql("duckdb").replace(" AS BIGINT", "")
    'CASE WHEN "a" IN (1, 2) THEN CAST(5) WHEN "a" = 3 THEN CAST(7) ELSE CAST(0) END'
    """
    telling = sorted((name, earned) for name, earned in points.items() if earned != other)
    return _looked_up(value, telling, other, literal)


def _looked_up(value: Expr, points: list[tuple[Any, int]], other: int, literal: Callable[[Any], Expr]) -> Expr:
    if len(points) <= _TOGETHER:
        together: dict[int, list[Expr]] = {}
        for name, earned in points:
            together.setdefault(earned, []).append(literal(name))
        whens = [(nodes.is_in(value, names), nodes.integer(earned)) for earned, names in together.items()]
        return nodes.case(whens, nodes.integer(other))
    half = len(points) // 2
    below = nodes.less(value, literal(points[half][0]))
    parts = [_looked_up(value, part, other, literal) for part in (points[:half], points[half:])]
    return nodes.case([(below, parts[0])], parts[1])
