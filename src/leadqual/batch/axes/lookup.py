"""Points by named value, as SQL that stays small and quick when thousands of values are named."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from leadqual.batch.sql import nodes
from leadqual.batch.sql.nodes import Expr

_LISTS: Final = 32
"""Lists of names that earn the same, at most; engines look a value up in a list of any length at once."""
_NAMES: Final = 32
"""Names that are compared one after the other."""


def looked_up(value: Expr, points: Mapping[Any, int], other: int, literal: Callable[[Any], Expr]) -> Expr:
    """Return what a value earns.

    Where few different points are earned, the names of each are one list. Where many are, the names are halved by their
    order until few are left. (DuckDB joins each list of a select list as a table of its own: some of them cost next to
    nothing, hundreds of them seconds.)

    Args:
        value: The value; null earns `other`.
        points: Points by name, in hundredths; names of one type, which the engine orders as Python does.
        other: What a value that is not named earns.
        literal: How a name is written.

    >>> looked_up(nodes.column("a"), {1: 5, 2: 5, 3: 7}, 0, nodes.bare_integer).sql("duckdb")
    'CASE WHEN "a" IN (1, 2) THEN CAST(5 AS BIGINT) WHEN "a" = 3 THEN CAST(7 AS BIGINT) ELSE CAST(0 AS BIGINT) END'
    """
    telling = {name: earned for name, earned in points.items() if earned != other}
    together: dict[int, list[Expr]] = {}
    for name, earned in telling.items():
        together.setdefault(earned, []).append(literal(name))
    if len(together) > _LISTS:
        return _halved(value, sorted(telling.items()), other, literal)
    whens = [(nodes.is_in(value, names), nodes.integer(earned)) for earned, names in together.items()]
    return nodes.case(whens, nodes.integer(other))


def _halved(value: Expr, points: list[tuple[Any, int]], other: int, literal: Callable[[Any], Expr]) -> Expr:
    """Return what a value earns, asking first in which half of the names it lies."""
    if len(points) <= _NAMES:
        whens = [(nodes.equals(value, literal(name)), nodes.integer(earned)) for name, earned in points]
        return nodes.case(whens, nodes.integer(other))
    half = len(points) // 2
    below, above = (_halved(value, part, other, literal) for part in (points[:half], points[half:]))
    return nodes.case([(nodes.less(value, literal(points[half][0])), below)], above)
