"""BigQuery."""

from collections.abc import Sequence
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
    position,
    word_pattern,
)
from leadqual.batch.sql.nodes import Expr


def _holds_word(value: Expr, words: Sequence[str]) -> Expr:
    return nodes.call("REGEXP_CONTAINS", value, nodes.text(word_pattern(words)))


def _after_last_at(value: Expr) -> Expr:
    return nodes.call("REGEXP_EXTRACT", value, nodes.text("[^@]*$"))


BIGQUERY: Final = Dialect(
    name="BigQuery",
    sqlglot="bigquery",
    functions=frozenset(
        {
            "BYTE_LENGTH",
            "CHAR_LENGTH",
            "DIV",
            "ENDS_WITH",
            "GREATEST",
            "IS_NAN",
            "LEAST",
            "LOGICAL_AND",
            "LOGICAL_OR",
            "LOWER",
            "REGEXP_CONTAINS",
            "REGEXP_EXTRACT",
            "STARTS_WITH",
            "STRPOS",
            "TRANSLATE",
        }
    ),
    kinds=frozenset({exp.Qualify, exp.Unnest, exp.Array, exp.Struct}),
    longest_name=300,
    quotient=function("DIV"),
    remainder=operator(exp.Mod),
    bit_and=operator(exp.BitwiseAnd),
    byte_length=function("BYTE_LENGTH"),
    length=function("CHAR_LENGTH"),
    lower=function("LOWER"),
    holds=position("STRPOS"),
    starts=of_literal("STARTS_WITH"),
    ends=of_literal("ENDS_WITH"),
    holds_word=_holds_word,
    after_last_at=_after_last_at,
    binary=as_it_is,
    concatenated=joined,
    is_nan=function("IS_NAN"),
    any_row=function("LOGICAL_OR"),
    every_row=function("LOGICAL_AND"),
)
"""BigQuery; written as text, not executed in the tests."""
