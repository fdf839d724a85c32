"""Spark."""

from collections.abc import Sequence
from typing import Final

from sqlglot import exp

from leadqual.batch.sql import nodes
from leadqual.batch.sql.dialects.base import Dialect, as_it_is, function, joined, of_literal, operator, word_pattern
from leadqual.batch.sql.nodes import Expr


def _holds_word(value: Expr, words: Sequence[str]) -> Expr:
    return exp.RegexpLike(this=nodes.bracketed(value), expression=nodes.text(word_pattern(words, end="\\z")))


def _after_last_at(value: Expr) -> Expr:
    return nodes.call("SUBSTRING_INDEX", value, nodes.text("@"), nodes.bare_integer(-1))


def _taken(statement: str) -> str:
    """Return a statement without ``${name}``, where Spark would put a setting or a variable, in texts too."""
    return statement.replace("${", "$\\{")


SPARK: Final = Dialect(
    name="Spark",
    sqlglot="spark",
    functions=frozenset(
        {
            "BOOL_AND",
            "BOOL_OR",
            "CHAR_LENGTH",
            "CONTAINS",
            "ENDSWITH",
            "GREATEST",
            "ISNAN",
            "LEAST",
            "LOWER",
            "OCTET_LENGTH",
            "PMOD",
            "STARTSWITH",
            "SUBSTRING_INDEX",
            "TRANSLATE",
            "XXHASH64",
        }
    ),
    kinds=frozenset({exp.IntDiv, exp.RegexpLike, exp.Filter}),
    quotient=operator(exp.IntDiv),
    remainder=operator(exp.Mod),
    bit_and=operator(exp.BitwiseAnd),
    byte_length=function("OCTET_LENGTH"),
    length=function("CHAR_LENGTH"),
    lower=function("LOWER"),
    holds=of_literal("CONTAINS"),
    starts=of_literal("STARTSWITH"),
    ends=of_literal("ENDSWITH"),
    holds_word=_holds_word,
    after_last_at=_after_last_at,
    binary=as_it_is,
    concatenated=joined,
    is_nan=function("ISNAN"),
    any_row=function("BOOL_OR"),
    every_row=function("BOOL_AND"),
    taken=_taken,
    hash64=lambda values: nodes.call("XXHASH64", *values),
)
"""Spark 3.5 and later, under its usual settings: binary collation, and backslashes that escape in literals."""
