"""Types of Spark: what a column of each is, and how it is read."""

from typing import Final

from sqlglot import exp

from leadqual.batch.border.physical import Physical
from leadqual.batch.border.readings import SEPARATOR
from leadqual.batch.engines.cells import Spelling
from leadqual.batch.sql.dialects import SPARK
from leadqual.batch.sql.nodes import (
    Expr,
    add,
    all_of,
    as_bigint,
    at_least,
    bare_integer,
    call,
    case,
    equals,
    false,
    integer,
    is_not_null,
    less,
    multiply,
    text,
    true,
)

_FAMILIES: Final = {
    "string": Physical(family="text"),
    "tinyint": Physical(family="integer"),
    "smallint": Physical(family="integer"),
    "int": Physical(family="integer"),
    "bigint": Physical(family="integer", wide=True),
    "float": Physical(family="double"),
    "double": Physical(family="double"),
    "boolean": Physical(family="boolean"),
    "date": Physical(family="date"),
    "timestamp": Physical(family="stamp", aware=True),
    "timestamp_ntz": Physical(family="stamp"),
    "array<string>": Physical(family="texts"),
    "void": Physical(family="nothing"),
}
_SECOND: Final = 1_000_000
_MINUTE: Final = 60 * _SECOND
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_OTHER: Final = Physical(family="other")


def physical_of(type_name: str) -> Physical:
    """Return what a column is.

    Args:
        type_name: The name of the type, as Spark's ``simpleString`` writes it.

    >>> physical_of("decimal(12,2)").places, physical_of("varchar(9)").family, physical_of("binary").family
    (2, 'text', 'other')
    """
    if type_name.startswith("decimal("):
        digits, _, places = type_name.removeprefix("decimal(").removesuffix(")").partition(",")
        return Physical(family="decimal", digits=int(digits), places=int(places))
    if type_name.startswith(("varchar(", "char(", "string collate ")):
        return _FAMILIES["string"]
    return _FAMILIES.get(type_name, _OTHER)


def _decimal(number: int) -> Expr:
    places = [exp.DataTypeParam(this=exp.Literal.number(size)) for size in (38, 0)]
    return exp.Cast(this=text(str(number)), to=exp.DataType(this=exp.DataType.Type.DECIMAL, expressions=places))


def _is_whole(own: Expr) -> Expr:
    return all_of([at_least(own, _decimal(-(2**63))), less(own, _decimal(2**63))])


def _bigint(own: Expr) -> Expr:
    return case([(_is_whole(own), as_bigint(own))], as_bigint(exp.Null()))


def _micros(own: Expr, physical: Physical) -> Expr:
    """Return microseconds; of local times that stand for UTC out of their parts, which no session's zone changes."""
    if physical.aware:
        return call("UNIX_MICROS", own)
    day = call("UNIX_DATE", exp.Cast(this=own, to=exp.DataType(this=exp.DataType.Type.DATE)))
    seconds = call("DATE_PART", text("SECOND"), own)
    return add(
        multiply(as_bigint(day), integer(_DAY)),
        multiply(as_bigint(call("HOUR", own)), integer(_HOUR)),
        multiply(as_bigint(call("MINUTE", own)), integer(_MINUTE)),
        as_bigint(multiply(seconds, bare_integer(_SECOND))),
    )


def _full(own: Expr) -> Expr:
    """Return a list without what is missing."""
    return call("ARRAY_COMPACT", own)


SPELLING: Final = Spelling(
    dialect=SPARK,
    text=lambda own: own,
    nul=lambda own: call("CONTAINS", own, call("CHAR", bare_integer(0))),
    double=lambda own: exp.Cast(this=own, to=exp.DataType(this=exp.DataType.Type.DOUBLE)),
    bigint=_bigint,
    is_whole=_is_whole,
    is_nan=lambda _: false(),
    is_huge=lambda _: false(),
    is_infinite=lambda own: equals(
        call("ABS", own), exp.Cast(this=text("Infinity"), to=exp.DataType(this=exp.DataType.Type.DOUBLE))
    ),
    is_finite=lambda _: true(),
    days=lambda own: as_bigint(call("UNIX_DATE", own)),
    micros=_micros,
    is_flat=is_not_null,
    joined=lambda own: call("ARRAY_JOIN", call("ARRAY_REMOVE", _full(own), text("")), text(SEPARATOR)),
    run=lambda own: call("ARRAY_JOIN", _full(own), text("")),
)
"""How Spark reads columns."""
