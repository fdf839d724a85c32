"""Snowflake."""

from typing import Final

from sqlglot import exp

from leadqual.batch.sql import nodes
from leadqual.batch.sql.dialects.base import (
    Dialect,
    as_it_is,
    function,
    joined,
    of_literal,
    operator,
    word_by_translation,
)
from leadqual.batch.sql.nodes import Expr


def _quotient(left: Expr, right: Expr) -> Expr:
    """Divide what is left without the remainder: a quotient that is not whole would be rounded at some decimal."""
    whole = nodes.subtract(left, nodes.operation(exp.Mod, left, right))
    return nodes.as_bigint(
        exp.Div(this=nodes.bracketed(whole), expression=nodes.bracketed(right), typed=False, safe=False)
    )


def _after_last_at(value: Expr) -> Expr:
    return nodes.call("SPLIT_PART", value, nodes.text("@"), nodes.bare_integer(-1))


def _is_nan(value: Expr) -> Expr:
    return nodes.equals(value, exp.Cast(this=nodes.text("NaN"), to=exp.DataType(this=exp.DataType.Type.DOUBLE)))


SNOWFLAKE: Final = Dialect(
    name="Snowflake",
    sqlglot="snowflake",
    functions=frozenset(
        {
            "BITAND",
            "BOOLAND_AGG",
            "BOOLOR_AGG",
            "CONTAINS",
            "ENDSWITH",
            "GREATEST",
            "LEAST",
            "LENGTH",
            "LOWER",
            "OCTET_LENGTH",
            "SPLIT_PART",
            "STARTSWITH",
            "TRANSLATE",
        }
    ),
    kinds=frozenset({exp.Div, exp.Qualify}),
    longest_name=255,
    quotient=_quotient,
    remainder=operator(exp.Mod),
    bit_and=function("BITAND"),
    byte_length=function("OCTET_LENGTH"),
    length=function("LENGTH"),
    lower=function("LOWER"),
    holds=of_literal("CONTAINS"),
    starts=of_literal("STARTSWITH"),
    ends=of_literal("ENDSWITH"),
    holds_word=word_by_translation(function("TRANSLATE"), of_literal("CONTAINS")),
    after_last_at=_after_last_at,
    binary=as_it_is,
    concatenated=joined,
    is_nan=_is_nan,
    any_row=function("BOOLOR_AGG"),
    every_row=function("BOOLAND_AGG"),
)
"""Snowflake, under its usual collation; written as text, not executed in the tests."""
