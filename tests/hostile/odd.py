"""Values that a careless or nasty caller passes."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from leadqual.axis import Cap
from leadqual.conditions import field
from leadqual.interest import InterestRule

NOW = datetime(2026, 3, 1, tzinfo=UTC)
RULE = InterestRule(event="a", points=1)
HERE = field("x").exists()


class Unready:
    """A value like a data frame's missing one: comparing it gives itself, which has no truth."""

    def __eq__(self, other):
        return self

    __ne__ = __eq__
    __hash__ = object.__hash__

    def __bool__(self):
        raise TypeError("no truth")


def _cycle():
    found: list[Any] = []
    found.append(found)
    return found


ODD: tuple[Any, ...] = (
    None, True, 5, 1.5, "abc", "", b"x", [1], ["x"], [None], [[]], [{}], {}, {"a": 1}, {1: 2}, {"a": None},
    {None: None},
    {1: 1, "a": 2}, (), (1,), {"x"}, object(), float("nan"), float("inf"), Decimal("sNaN"), Decimal("NaN"), 10**400,
    Decimal("1e400"), Decimal("1e-400"), Decimal("0.005"), NOW, datetime(2026, 1, 1), date(2026, 1, 1), timedelta(1),
    range(3), int, len, Cap(), RULE, HERE,
)  # fmt: skip
"""Values of every type; wrong nearly everywhere."""
ODD_CELLS = (*ODD, Unready(), _cycle())
"""What a row of somebody's data may hold."""
