"""How often each lead has each class at each age, by one sort of one number."""

from attrs import evolve, frozen
from sqlglot import exp

from leadqual.batch.interest.classes import Classes
from leadqual.batch.interest.worths import Worths
from leadqual.batch.program import Step
from leadqual.batch.sql.dialects import DUCKDB, Dialect
from leadqual.batch.sql.nodes import Expr, add, bare_integer, column, integer, multiply, operation, subtract
from leadqual.batch.sql.template import nested, statement
from leadqual.errors import UnsupportedByEngine
from leadqual.interest.plan import InterestPlan

EVERY_AGE = 84_008
"""Ages that an event may have: days from 1969-12-31, where a day that starts early may lie, to 2199-12-31."""
_LEADS = 1 << 32
"""Leads that a key has room for."""
_LEAST = -(1 << 63)
"""The lowest whole number of 64 bits; the number before an id has to be one, too."""


@frozen(kw_only=True)
class Keys:
    """How lead, class and age are one number: ``lead × span + class × ages + age``; span and ages are powers of two.

    The last class is that of events which count for nothing, age 0. Leads count from 1: in the order of their numbers,
    and events of leads that are not in the base have lead 0; or, where ids are whole numbers and close enough to each
    other, by their ids, which spares joining the leads to all events.

    Attributes:
        classes: How many classes there are, that for nothing among them.
        ages: How many ages, a power of two; events that are older count for nothing.
        lowest: The lowest id, where ids stand for themselves.
    """

    classes: int
    ages: int
    lowest: int | None = None

    @classmethod
    def of(
        cls,
        plan: InterestPlan,
        classes: Classes,
        worths: Worths,
        *,
        oldest: int | None,
        ids: tuple[int, int] | None = None,
    ) -> "Keys":
        """Return the keys of a model.

        Args:
            plan: The interest.
            classes: Its classes.
            worths: What events are worth.
            oldest: The oldest age that anything but points asks for; ``None`` for any.
            ids: The lowest and the highest id of a lead, where ids are whole numbers and may stand for themselves.

        Raises:
            UnsupportedByEngine: If there are more classes than a key of 64 bits has room for.
        """
        rules = [plan.rules[i] for i in worths.rules]
        horizons = (len(rule.factors or ()) + (rule.bucket or 0) for rule in rules)
        ages = EVERY_AGE
        if oldest is not None and not any(rule.factors is None for rule in rules) and not _any_age(classes):
            ages = min(EVERY_AGE, max((oldest + 1, *horizons)) + 1)
        keys = cls(classes=len(classes.classes) + 1, ages=1 << (ages - 1).bit_length())
        if keys.span * _LEADS >= 1 << 63:
            raise UnsupportedByEngine(f"{keys.classes:,} classes of events; name fewer kinds with several conditions")
        if ids is not None and ids[0] > _LEAST and (ids[1] - ids[0] + 2) * keys.span < 1 << 62:
            return evolve(keys, lowest=ids[0])
        return keys

    @property
    def span(self) -> int:
        """Keys of one lead."""
        return 1 << (self.classes * self.ages - 1).bit_length()

    @property
    def nothing(self) -> int:
        """What is left of the key of an event that counts for nothing, without its lead."""
        return (self.classes - 1) * self.ages

    def number(self, lead: Expr) -> Expr:
        """Return the number of a lead whose id stands for itself."""
        return subtract(lead, integer((self.lowest or 0) - 1))

    @property
    def bounded(self) -> bool:
        """Whether events may be too old for a key."""
        return self.ages < EVERY_AGE

    def start(self, number: Expr) -> Expr:
        """Return the first key of a lead."""
        return multiply(number, integer(self.span))

    def within(self, event_class: Expr, age: Expr) -> Expr:
        """Return what an event adds to the first key of its lead."""
        return add(multiply(event_class, integer(self.ages)), age)

    def tally_step(self, dialect: Dialect, *, kept: bool) -> Step:
        """Return the step that counts keys.

        Args:
            dialect: How the engine speaks.
            kept: Whether the counts are read more than once.

        Returns:
            ``lq_tally(lq_no, lq_class, lq_age, lq_n)`` from ``lq_key(lq_key)``.
        """
        key = column("lq_key", "c")
        query = statement(
            "SELECT $no AS lq_no, $event_class AS lq_class, $age AS lq_age, c.lq_n AS lq_n FROM $counted",
            no=_above(key, self.span, dialect),
            event_class=_above(_below(key, self.span, dialect), self.ages, dialect),
            age=_below(key, self.ages, dialect),
            counted=nested(statement(_SORTED if dialect is DUCKDB else _GROUPED), "c"),
        )
        return Step(
            name="lq_tally", query=query, kept=kept, says="how many events of a class each lead has at each age"
        )


def _above(key: Expr, unit: int, dialect: Dialect) -> Expr:
    """Return how often a power of two goes into a key; DuckDB shifts faster than it divides."""
    if dialect is DUCKDB:
        return operation(exp.BitwiseRightShift, key, bare_integer(unit.bit_length() - 1))
    return dialect.quotient(key, integer(unit))


def _below(key: Expr, unit: int, dialect: Dialect) -> Expr:
    """Return what is left of a key then."""
    return dialect.bit_and(key, integer(unit - 1)) if dialect is DUCKDB else dialect.remainder(key, integer(unit))


def _any_age(classes: Classes) -> bool:
    """Tell whether acts of any age matter, since silence is counted from the last."""
    return any(one.quiet for one in classes.classes)


_SORTED = """
SELECT s.lq_key, s.lq_rows - s.lq_rank + 1 AS lq_n
FROM (
    SELECT k.lq_key, ROW_NUMBER() OVER (ORDER BY k.lq_key) AS lq_rows, RANK() OVER (ORDER BY k.lq_key) AS lq_rank,
        LEAD(k.lq_key) OVER (ORDER BY k.lq_key) AS lq_next
    FROM lq_key AS k
) AS s
WHERE s.lq_next IS DISTINCT FROM s.lq_key
"""
_GROUPED = "SELECT k.lq_key, CAST(COUNT(*) AS BIGINT) AS lq_n FROM lq_key AS k GROUP BY k.lq_key"
