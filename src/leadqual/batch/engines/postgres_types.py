"""Types of Postgres: what a column of each is, and how it is read."""

from typing import Final

from sqlglot import exp, parse_one

from leadqual.batch.border.physical import Physical
from leadqual.batch.border.readings import SEPARATOR
from leadqual.batch.engines.cells import Spelling
from leadqual.batch.sql.dialects import POSTGRES
from leadqual.batch.sql.nodes import (
    Expr,
    all_of,
    as_bigint,
    as_text,
    at_least,
    bare_integer,
    call,
    case,
    double,
    equals,
    false,
    less,
    operation,
    subtract,
    text,
)

_TEXTS: Final = ("text", "character varying", "character", "name", "uuid", "citext")
_INTEGERS: Final = ("smallint", "integer", "bigint")
_JSON: Final = ("json", "jsonb")
_LARGEST: Final = 2**1024 - 2**970
"""Halfway between the largest double and the next that there would be."""
_SMALLEST: Final = "2.4703282292062328e-324"
"""About half of the smallest double: what is smaller is 0, which Postgres itself refuses to say."""
_SCALE: Final = 1024


def physical_of(type_name: str, kind: str, modifier: int) -> Physical:
    """Return what a column is.

    Args:
        type_name: The name of the type without its length, as ``format_type`` writes it; of a domain, that of its base.
        kind: ``e`` for a type of listed words, as ``pg_type.typtype`` says.
        modifier: What ``pg_attribute.atttypmod`` says.

    >>> physical_of("uuid", "b", -1).family, physical_of("numeric", "b", 655366).places
    ('text', 2)
    """
    if kind == "e" or type_name in _TEXTS:
        return Physical(family="text")
    if type_name in _INTEGERS:
        return Physical(family="integer", wide=type_name == "bigint")
    if type_name == "numeric":
        places = 0 if modifier < 0 else ((modifier - 4) & (2 * _SCALE - 1) ^ _SCALE) - _SCALE
        return Physical(family="decimal", places=max(places, 0))
    if type_name in ("real", "double precision"):
        return Physical(family="double")
    if type_name == "boolean":
        return Physical(family="boolean")
    if type_name == "date":
        return Physical(family="date")
    if type_name in ("timestamp with time zone", "timestamp without time zone"):
        return Physical(family="stamp", aware=type_name == "timestamp with time zone")
    listed = type_name in _JSON or (type_name.endswith("[]") and type_name.removesuffix("[]") in _TEXTS)
    return Physical(family="texts" if listed else "other")


def plain_column(name: str, type_name: str) -> Expr:
    """Return a column as it is read: JSON as a list of texts; what is none as a list of lists, which is refused.

    Args:
        name: The column.
        type_name: Its type.
    """
    own = exp.Column(this=exp.Identifier(this=name, quoted=True))
    return _of_own(_JSON_LIST, exp.cast(own, "JSONB")) if type_name in _JSON else own


def _numeric(number: str) -> Expr:
    return exp.Cast(this=text(number), to=exp.DataType(this=exp.DataType.Type.DECIMAL))


def _double(own: Expr) -> Expr:
    as_double = exp.Cast(this=own, to=exp.DataType(this=exp.DataType.Type.DOUBLE))
    whens = [
        (_is_huge(own), exp.Cast(this=exp.Null(), to=exp.DataType(this=exp.DataType.Type.DOUBLE))),
        (less(call("ABS", own), _numeric(_SMALLEST)), double(0.0)),
    ]
    return case(whens, as_double)


def _is_whole(own: Expr) -> Expr:
    inside = all_of([at_least(own, _numeric(str(-(2**63)))), less(own, _numeric(str(2**63)))])
    return case([(inside, equals(own, call("TRUNC", own)))], false())


def _bigint(own: Expr) -> Expr:
    return case([(_is_whole(own), as_bigint(own))], as_bigint(exp.Null()))


def _is_huge(own: Expr) -> Expr:
    return at_least(call("ABS", own), _numeric(str(_LARGEST)))


def _is_infinite(own: Expr) -> Expr:
    infinity = exp.Cast(this=text("Infinity"), to=exp.DataType(this=exp.DataType.Type.DOUBLE))
    return equals(call("ABS", own), infinity)


def _days(own: Expr) -> Expr:
    first = exp.Cast(this=text("1970-01-01"), to=exp.DataType(this=exp.DataType.Type.DATE))
    return as_bigint(subtract(own, first))


def _micros(own: Expr, _: Physical) -> Expr:
    """Return microseconds out of exact seconds, the same for both kinds of timestamps, whatever the session's zone."""
    seconds = exp.Extract(this=exp.Var(this="EPOCH"), expression=own)
    return as_bigint(operation(exp.Mul, seconds, bare_integer(1_000_000)))


def _of_own(template: str, own: Expr) -> Expr:
    """Return an expression of ours with a column in its place."""
    tree = parse_one(template, dialect="postgres")
    place = exp.column("own")
    return exp.Paren(this=tree.transform(lambda node: own.copy() if node == place else node))


_MARK: Final = f"CHR({ord(SEPARATOR)})"
_FLAT: Final = "COALESCE(ARRAY_NDIMS(own), 1) = 1"
_TEXTS_OF: Final = f"CASE WHEN {_FLAT} THEN CAST(own AS TEXT[]) END"
_JSON_LIST: Final = """
CASE WHEN JSONB_TYPEOF(own) = 'null' THEN NULL
WHEN JSONB_TYPEOF(own) = 'array'
AND NOT JSONB_PATH_EXISTS(own, 'strict $[*] ? (@.type() != "string" && @.type() != "null")')
THEN ARRAY(SELECT t.lq_text FROM JSONB_ARRAY_ELEMENTS_TEXT(
    CASE WHEN JSONB_TYPEOF(own) = 'array' THEN own ELSE JSONB_BUILD_ARRAY() END
) WITH ORDINALITY AS t(lq_text, lq_at) ORDER BY t.lq_at)
WHEN own IS NOT NULL THEN CAST('{{""}}' AS TEXT[]) END
"""

SPELLING: Final = Spelling(
    dialect=POSTGRES,
    text=lambda own: POSTGRES.binary(as_text(own)),
    nul=lambda _: false(),
    double=_double,
    bigint=_bigint,
    is_whole=_is_whole,
    is_nan=lambda own: equals(own, _numeric("NaN")),
    is_huge=_is_huge,
    is_infinite=_is_infinite,
    is_finite=lambda own: call("ISFINITE", own),
    days=_days,
    micros=_micros,
    is_flat=lambda own: _of_own(f"CASE WHEN own IS NOT NULL THEN {_FLAT} END", own),
    joined=lambda own: _of_own(f"""ARRAY_TO_STRING(ARRAY_REMOVE({_TEXTS_OF}, ''), {_MARK}) COLLATE "C" """, own),
    run=lambda own: _of_own(f"""ARRAY_TO_STRING({_TEXTS_OF}, '') COLLATE "C" """, own),
)
"""How Postgres reads columns; instants are exact since version 14."""
