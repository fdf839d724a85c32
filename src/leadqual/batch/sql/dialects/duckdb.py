"""DuckDB."""

from collections.abc import Sequence
from typing import Final

from sqlglot import exp

from leadqual.batch.sql import nodes
from leadqual.batch.sql.dialects.base import Dialect, as_it_is, function, joined, of_literal, operator, word_pattern
from leadqual.batch.sql.nodes import Expr


def _holds_word(value: Expr, words: Sequence[str]) -> Expr:
    return nodes.call("REGEXP_MATCHES", value, nodes.text(word_pattern(words)))


def _after_last_at(value: Expr) -> Expr:
    return nodes.call("SPLIT_PART", value, nodes.text("@"), nodes.integer(-1))


def shifted(value: Expr, bits: int) -> Expr:
    """Return a number without its lowest bits."""
    return nodes.operation(exp.BitwiseRightShift, value, nodes.bare_integer(bits))


def _hash64(values: Sequence[Expr]) -> Expr:
    """Return the upper 63 bits of the hash, which has no sign."""
    return nodes.as_bigint(shifted(nodes.call("HASH", *values), 1))


DUCKDB: Final = Dialect(
    name="DuckDB",
    sqlglot="duckdb",
    functions=frozenset(
        {
            "ARG_MAX",
            "ARG_MIN",
            "BOOL_AND",
            "BOOL_OR",
            "CONTAINS",
            "ENDS_WITH",
            "EPOCH_US",
            "GREATEST",
            "HASH",
            "ISNAN",
            "LEAST",
            "LENGTH",
            "LOWER",
            "MD5_NUMBER",
            "REGEXP_MATCHES",
            "SPLIT_PART",
            "STARTS_WITH",
            "STRLEN",
            "TRANSLATE",
        }
    ),
    kinds=frozenset({exp.IntDiv, exp.Qualify, exp.Filter, exp.BitwiseRightShift}),
    quotient=operator(exp.IntDiv),
    remainder=operator(exp.Mod),
    bit_and=operator(exp.BitwiseAnd),
    byte_length=function("STRLEN"),
    length=function("LENGTH"),
    lower=function("LOWER"),
    holds=of_literal("CONTAINS"),
    starts=of_literal("STARTS_WITH"),
    ends=of_literal("ENDS_WITH"),
    holds_word=_holds_word,
    after_last_at=_after_last_at,
    binary=as_it_is,
    concatenated=joined,
    is_nan=function("ISNAN"),
    any_row=function("BOOL_OR"),
    every_row=function("BOOL_AND"),
    hash64=_hash64,
)
"""DuckDB, the engine of `score_table`; executed in the tests."""
