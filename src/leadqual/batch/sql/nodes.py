"""Small functions that make the nodes of a SQL statement: no text is ever joined, no value ever pasted in.

Every argument is put in brackets where it could be read otherwise, names are always quoted, and sums and lists of
conditions are nested evenly, since engines refuse a tree that is deep on one side.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, Protocol, TypeVar

from sqlglot import exp

from leadqual.errors import UnsupportedByEngine
from leadqual.texts import text_flaw

Expr = exp.Expr
"""A piece of a statement: a node of sqlglot's."""

_LEAST: Final = -(2**63)
_HALF: Final = 1 << 62
_TOGETHER: Final = 32
"""Parts that stand in one row of ``AND``, ``OR`` or ``+`` before they are bracketed."""
_CLOSED: Final = (
    exp.Column, exp.Literal, exp.Paren, exp.Cast, exp.Case, exp.Boolean, exp.Null, exp.Anonymous, exp.Coalesce,
    exp.AggFunc, exp.Window, exp.Subquery, exp.Star,
)  # fmt: skip
_Two = TypeVar("_Two", bound=exp.Binary)


class Divides(Protocol):
    """What knows how an engine divides whole numbers: a dialect."""

    @property
    def quotient(self) -> Callable[[Expr, Expr], Expr]:
        """Divide one number that is not negative by another, and leave the remainder out."""
        ...


class HasBits(Protocol):
    """What knows how an engine keeps the bits that two numbers share: a dialect."""

    @property
    def bit_and(self) -> Callable[[Expr, Expr], Expr]:
        """Keep the bits that two whole numbers share."""
        ...


def column(name: str, table: str | None = None) -> Expr:
    """Name a column, quoted.

    Args:
        name: The column.
        table: The table or its alias.

    >>> column("by", "e").sql("duckdb")
    '"e"."by"'
    """
    return exp.Column(this=identifier(name), table=None if table is None else identifier(table))


def identifier(name: str) -> exp.Identifier:
    """Return a name of a column, a table or an alias, quoted.

    Raises:
        UnsupportedByEngine: If it is empty or holds a character that no engine takes.

    >>> identifier('a"b').sql("postgres")
    '"a""b"'
    """
    if not name or text_flaw(name):
        raise UnsupportedByEngine("a name without characters, or with one that SQL cannot hold")
    return exp.Identifier(this=name, quoted=True)


def aliased(value: Expr, name: str) -> Expr:
    """Give a value of a select list its name.

    >>> aliased(integer(1), "one").sql("duckdb")
    'CAST(1 AS BIGINT) AS "one"'
    """
    return exp.Alias(this=value, alias=identifier(name))


def integer(number: int) -> Expr:
    """Return a whole number of 64 bits.

    Raises:
        UnsupportedByEngine: If it does not fit.

    >>> integer(-5).sql("duckdb")
    'CAST(-5 AS BIGINT)'
    >>> integer(-(2**63)).sql("bigquery")
    "CAST('-9223372036854775808' AS INT64)"
    """
    if not _LEAST <= number < -_LEAST:
        raise UnsupportedByEngine("a whole number of more than 64 bits")
    if number == _LEAST:  # without its sign it would not fit
        return exp.Cast(this=exp.Literal.string(str(number)), to=_type("BIGINT"))
    return exp.Cast(this=bare_integer(number), to=_type("BIGINT"))


def bare_integer(number: int) -> Expr:
    """Return a small whole number without a type, where SQL wants it so: a limit, an argument of a function.

    >>> bare_integer(-1).sql("spark")
    '-1'
    """
    digits = exp.Literal(this=str(abs(number)), is_string=False)
    return exp.Neg(this=digits) if number < 0 else digits


def text(value: str) -> Expr:
    """Return a text.

    Raises:
        UnsupportedByEngine: If it holds a NUL character or half of a surrogate pair.

    >>> text("O'Neil").sql("duckdb")
    "'O''Neil'"
    """
    if flaw := text_flaw(value):
        raise UnsupportedByEngine(f"a text that no engine takes: {flaw}")
    return exp.Literal(this=value, is_string=True)


def double(number: float) -> Expr:
    """Return an IEEE double: its shortest exact text, which every engine reads back as the same number.

    >>> double(0.1).sql("postgres")
    "CAST('0.1' AS DOUBLE PRECISION)"
    """
    return exp.Cast(this=exp.Literal(this=repr(float(number)), is_string=True), to=_type("DOUBLE"))


def boolean(truth: int) -> Expr:
    """Return true or false.

    >>> boolean(3 > 2).sql("duckdb")
    'TRUE'
    """
    return exp.Boolean(this=bool(truth))


def true() -> Expr:
    """Return the condition that always holds."""
    return exp.Boolean(this=True)


def false() -> Expr:
    """Return the condition that never holds."""
    return exp.Boolean(this=False)


def null_bigint() -> Expr:
    """Return the number that is not known.

    >>> null_bigint().sql("bigquery")
    'CAST(NULL AS INT64)'
    """
    return exp.Cast(this=exp.Null(), to=_type("BIGINT"))


def null_boolean() -> Expr:
    """Return the truth that is not known.

    >>> null_boolean().sql("bigquery")
    'CAST(NULL AS BOOL)'
    """
    return exp.Cast(this=exp.Null(), to=_type("BOOLEAN"))


def as_bigint(value: Expr) -> Expr:
    """Return a number as one of 64 bits.

    >>> as_bigint(column("n")).sql("duckdb")
    'CAST("n" AS BIGINT)'
    """
    return exp.Cast(this=value, to=_type("BIGINT"))


def as_text(value: Expr) -> Expr:
    """Return a value as text.

    >>> as_text(column("n")).sql("spark")
    'CAST(`n` AS STRING)'
    """
    return exp.Cast(this=value, to=_type("TEXT"))


def call(name: str, *arguments: Expr) -> Expr:
    """Call a function by the name that it has in one dialect; `render` refuses those that a dialect does not list.

    >>> call("STRLEN", column("v")).sql("duckdb")
    'STRLEN("v")'
    """
    return exp.Anonymous(this=name, expressions=list(arguments))


def bracketed(value: Expr) -> Expr:
    """Return a piece that means the same wherever it is put.

    >>> bracketed(add(column("a"), column("b"))).sql("duckdb")
    '("a" + "b")'
    """
    return value if isinstance(value, _CLOSED) else exp.Paren(this=value)


def operation(kind: type[_Two], left: Expr, right: Expr) -> _Two:
    """Join two pieces by an operator.

    Args:
        kind: The operator's class in sqlglot.
        left: What stands before it.
        right: What stands after it.
    """
    return kind(this=bracketed(left), expression=bracketed(right))


def add(*parts: Expr) -> Expr:
    """Add numbers; none at all make 0.

    >>> add(column("a"), column("b"), integer(1)).sql("duckdb")
    '"a" + "b" + CAST(1 AS BIGINT)'
    """
    return _joined(exp.Add, parts) if parts else integer(0)


def multiply(*parts: Expr) -> Expr:
    """Multiply numbers; none at all make 1."""
    return _joined(exp.Mul, parts) if parts else integer(1)


def subtract(left: Expr, right: Expr) -> Expr:
    """Take one number from another."""
    return operation(exp.Sub, left, right)


def half_up(value: Expr, unit: int, dialect: Divides) -> Expr:
    """Divide by a unit and round to the nearest whole number, halves upwards; nothing negative is ever divided.

    Args:
        value: A whole number, at most 2**62 - unit in size.
        unit: A positive whole number.
        dialect: How the engine divides.

    Returns:
        floor(value / unit + 1/2), which is floor((value + unit // 2) / unit) for whole numbers.
    """
    moved = _HALF // unit
    positive = add(value, integer(unit // 2 + unit * moved))
    return subtract(dialect.quotient(positive, integer(unit)), integer(moved))


def has_bit(mask: Expr, place: int, dialect: HasBits) -> Expr:
    """Tell whether a bit of a mask is set.

    Args:
        mask: A whole number that is not negative.
        place: Which bit, from 0.
        dialect: How the engine keeps bits.
    """
    return differs(dialect.bit_and(mask, integer(1 << place)), integer(0))


def equals(left: Expr, right: Expr) -> Expr:
    """Tell whether two values are equal."""
    return operation(exp.EQ, left, right)


def differs(left: Expr, right: Expr) -> Expr:
    """Tell whether two values differ; unknown if one is null."""
    return operation(exp.NEQ, left, right)


def less(left: Expr, right: Expr) -> Expr:
    """Tell whether one value is less than another."""
    return operation(exp.LT, left, right)


def at_most(left: Expr, right: Expr) -> Expr:
    """Tell whether one value is at most another."""
    return operation(exp.LTE, left, right)


def more(left: Expr, right: Expr) -> Expr:
    """Tell whether one value is more than another."""
    return operation(exp.GT, left, right)


def at_least(left: Expr, right: Expr) -> Expr:
    """Tell whether one value is at least another."""
    return operation(exp.GTE, left, right)


def is_in(value: Expr, members: Sequence[Expr]) -> Expr:
    """Tell whether a value is among others; one member makes an equality, none at all makes false.

    >>> is_in(column("a"), [column("b"), column("c")]).sql("duckdb")
    '"a" IN ("b", "c")'
    """
    if len(members) < 2:
        return equals(value, members[0]) if members else false()
    return exp.In(this=bracketed(value), expressions=list(members))


def is_null(value: Expr) -> Expr:
    """Tell whether a value is missing."""
    return exp.Is(this=bracketed(value), expression=exp.Null())


def is_not_null(value: Expr) -> Expr:
    """Tell whether a value is there.

    >>> is_not_null(column("a")).sql("duckdb")
    'NOT "a" IS NULL'
    """
    return exp.Not(this=is_null(value))


def always(value: Expr) -> bool:
    """Tell whether a condition is the constant true."""
    return isinstance(value, exp.Boolean) and value.this is True


def never(value: Expr) -> bool:
    """Tell whether a condition is the constant false."""
    return isinstance(value, exp.Boolean) and value.this is False


def is_constant(value: Expr) -> bool:
    """Tell whether a condition is the constant true or false."""
    return isinstance(value, exp.Boolean)


def all_of(parts: Iterable[Expr]) -> Expr:
    """Tell whether every condition holds; none at all make true.

    >>> all_of([]).sql("duckdb"), all_of([true(), column("a")]).sql("duckdb")
    ('TRUE', '"a"')
    """
    telling = [part for part in parts if not always(part)]
    if any(map(never, telling)):
        return false()
    return _joined(exp.And, telling) if telling else true()


def any_of(parts: Iterable[Expr]) -> Expr:
    """Tell whether some condition holds; none at all make false.

    >>> any_of([]).sql("duckdb"), any_of([false(), column("a")]).sql("duckdb")
    ('FALSE', '"a"')
    """
    telling = [part for part in parts if not never(part)]
    if any(map(always, telling)):
        return true()
    return _joined(exp.Or, telling) if telling else false()


def negated(value: Expr) -> Expr:
    """Tell whether a condition does not hold.

    >>> negated(true()).sql("duckdb"), negated(column("a")).sql("duckdb")
    ('FALSE', 'NOT "a"')
    """
    if isinstance(value, exp.Boolean):
        return boolean(value.this is False)
    return exp.Not(this=bracketed(value))


def coalesce(value: Expr, *others: Expr) -> Expr:
    """Return the first value that is not null."""
    return exp.Coalesce(this=value, expressions=list(others))


def case(whens: Sequence[tuple[Expr, Expr]], otherwise: Expr) -> Expr:
    """Return the value of the first condition that holds.

    Args:
        whens: Conditions with their values, in order.
        otherwise: The value if none holds.

    >>> case([(column("a"), integer(1))], integer(0)).sql("duckdb")
    'CASE WHEN "a" THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END'
    """
    if not whens:
        return otherwise
    return exp.Case(ifs=[exp.If(this=when, true=then) for when, then in whens], default=otherwise)


def least(value: Expr, *others: Expr) -> Expr:
    """Return the smallest number; none may be null, since engines differ on that."""
    return call("LEAST", value, *others) if others else value


def greatest(value: Expr, *others: Expr) -> Expr:
    """Return the largest number; none may be null, since engines differ on that."""
    return call("GREATEST", value, *others) if others else value


def clamp(value: Expr, low: int, high: int) -> Expr:
    """Keep a number, which is not null, within bounds.

    >>> clamp(column("a"), 0, 10).sql("duckdb")
    'GREATEST(CAST(0 AS BIGINT), LEAST("a", CAST(10 AS BIGINT)))'
    """
    return greatest(integer(low), least(value, integer(high)))


def sum_(value: Expr) -> Expr:
    """Add up whole numbers over rows, as one of 64 bits; null over no row.

    >>> sum_(column("a")).sql("duckdb")
    'CAST(SUM("a") AS BIGINT)'
    """
    return as_bigint(exp.Sum(this=value))


def min_(value: Expr) -> Expr:
    """Return the smallest value over rows."""
    return exp.Min(this=value)


def max_(value: Expr) -> Expr:
    """Return the largest value over rows."""
    return exp.Max(this=value)


def count() -> Expr:
    """Count rows, as a number of 64 bits.

    >>> count().sql("duckdb")
    'CAST(COUNT(*) AS BIGINT)'
    """
    return as_bigint(exp.Count(this=exp.Star()))


def count_distinct(value: Expr) -> Expr:
    """Count the different values over rows, as a number of 64 bits; null is none of them."""
    return as_bigint(exp.Count(this=exp.Distinct(expressions=[value])))


def _type(name: str) -> Expr:
    return exp.DataType(this=exp.DataType.Type[name])


def _joined(kind: type[exp.Binary], parts: Sequence[Expr]) -> Expr:
    """Join any number of parts by an operator that may be bracketed as one likes."""
    while len(parts) > _TOGETHER:
        parts = [_joined(kind, parts[i : i + _TOGETHER]) for i in range(0, len(parts), _TOGETHER)]
    if len(parts) == 1:
        return parts[0]
    whole = bracketed(parts[0])
    for part in parts[1:]:
        whole = kind(this=whole, expression=bracketed(part))
    return whole
