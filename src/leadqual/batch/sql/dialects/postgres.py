"""PostgreSQL."""

from collections.abc import Sequence
from typing import Final

from sqlglot import exp

from leadqual.batch.sql import nodes
from leadqual.batch.sql.dialects.base import Dialect, function, joined, of_literal, operator, position, word_pattern
from leadqual.batch.sql.nodes import Expr
from leadqual.errors import UnsupportedByEngine


def _quotient(left: Expr, right: Expr) -> Expr:
    """Divide by ``/``: between whole numbers it leaves the remainder out, where ``DIV`` gives a numeric."""
    return exp.Div(this=nodes.bracketed(left), expression=nodes.bracketed(right), typed=True, safe=False)


def _binary(value: Expr) -> Expr:
    return nodes.operation(exp.Collate, value, nodes.column("C"))


def _ends(value: Expr, literal: str) -> Expr:
    end = nodes.call("RIGHT", value, nodes.bare_integer(len(literal)))
    return nodes.equals(end, nodes.text(literal))


_LONGEST_WORD: Final = 5_000
"""Characters; Postgres takes seconds for a pattern of more, and in the end refuses it."""


def _holds_word(value: Expr, words: Sequence[str]) -> Expr:
    if any(len(word) > _LONGEST_WORD for word in words):
        raise UnsupportedByEngine(f"PostgreSQL cannot look for a word of more than {_LONGEST_WORD:,} characters")
    return exp.RegexpLike(this=nodes.bracketed(value), expression=nodes.text(word_pattern(words)))


def _after_last_at(value: Expr) -> Expr:
    return nodes.call("SPLIT_PART", value, nodes.text("@"), nodes.bare_integer(-1))


def _is_nan(value: Expr) -> Expr:
    return nodes.equals(value, exp.Cast(this=nodes.text("NaN"), to=exp.DataType(this=exp.DataType.Type.DOUBLE)))


def _hash64(values: Sequence[Expr]) -> Expr:
    """Return the hash of the texts, each worked out from that of the one before."""
    found = nodes.integer(0)
    for value in values:
        found = nodes.call("HASHTEXTEXTENDED", nodes.as_text(value), found)
    return found


POSTGRES: Final = Dialect(
    name="PostgreSQL",
    sqlglot="postgres",
    functions=frozenset(
        {
            "BOOL_AND",
            "BOOL_OR",
            "CHAR_LENGTH",
            "GREATEST",
            "HASHTEXTEXTENDED",
            "LEAST",
            "LOWER",
            "OCTET_LENGTH",
            "RIGHT",
            "SPLIT_PART",
            "STARTS_WITH",
            "STRPOS",
            "TRANSLATE",
        }
    ),
    kinds=frozenset({exp.Div, exp.Collate, exp.RegexpLike, exp.Filter}),
    longest_name=63,
    quotient=_quotient,
    remainder=operator(exp.Mod),
    bit_and=operator(exp.BitwiseAnd),
    byte_length=function("OCTET_LENGTH"),
    length=function("CHAR_LENGTH"),
    lower=function("LOWER"),
    holds=position("STRPOS"),
    starts=of_literal("STARTS_WITH"),
    ends=_ends,
    holds_word=_holds_word,
    after_last_at=_after_last_at,
    binary=_binary,
    concatenated=joined,
    is_nan=_is_nan,
    any_row=function("BOOL_OR"),
    every_row=function("BOOL_AND"),
    hash64=_hash64,
)
"""PostgreSQL 14 and later, in a database of encoding UTF-8."""
