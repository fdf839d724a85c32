"""What differs between engines: one spelling of each leaf per dialect, and the nodes and functions that it may use."""

import string
from collections.abc import Callable, Sequence
from typing import Final

from attrs import frozen
from sqlglot import exp

from leadqual.batch.sql import nodes
from leadqual.batch.sql.nodes import Expr
from leadqual.errors import UnsupportedByEngine

One = Callable[[Expr], Expr]
Two = Callable[[Expr, Expr], Expr]
OfLiteral = Callable[[Expr, str], Expr]
EDGES: Final = "".join(chr(code) for code in range(1, 128) if chr(code) not in string.ascii_letters + string.digits)
"""The ASCII characters that may stand beside a word."""
_MOST_SIGNS: Final = 16


@frozen(kw_only=True)
class Dialect:
    """An engine's SQL. Every function takes pieces of a statement and returns one; null in gives null out.

    Attributes:
        name: The engine, for people.
        sqlglot: The dialect's name in sqlglot.
        functions: Names, in capitals, of the functions that a statement may call besides those that are nodes.
        kinds: Classes of nodes that only some dialects take.
        longest_name: Bytes that a name of a column or table may have, if there is a bound.
        quotient: A whole number that is not negative divided by a positive one, without the remainder.
        remainder: What `quotient` leaves out.
        bit_and: Bits that two whole numbers share.
        byte_length: Bytes of a text in UTF-8.
        length: Characters of a text.
        lower: A pure ASCII text in lower case.
        holds: Whether a text holds a literal.
        starts: Whether a text starts with a literal.
        ends: Whether a text ends with a literal.
        holds_word: Whether a pure ASCII text holds one of the literals with no letter or digit directly beside it.
        after_last_at: What stands after the last ``@`` of a text; the whole text when there is none.
        binary: A text that is compared, grouped and sorted by its bytes.
        concatenated: Texts put together.
        is_nan: Whether a double is not a number.
        any_row: Whether a condition holds of some row; a row where it is null does not count, no row gives null.
        every_row: Whether a condition holds of every row, likewise.
        taken: The text of a statement as the engine takes it, where it would change it before it reads it.
        hash64: A number of 64 bits worked out of texts, equal for equal texts; none where the engine has none.
    """

    name: str
    sqlglot: str
    functions: frozenset[str]
    kinds: frozenset[type[Expr]]
    longest_name: int | None = None
    quotient: Two
    remainder: Two
    bit_and: Two
    byte_length: One
    length: One
    lower: One
    holds: OfLiteral
    starts: OfLiteral
    ends: OfLiteral
    holds_word: Callable[[Expr, Sequence[str]], Expr]
    after_last_at: One
    binary: One
    concatenated: Callable[[Sequence[Expr]], Expr]
    is_nan: One
    any_row: One
    every_row: One
    taken: Callable[[str], str] = str
    hash64: Callable[[Sequence[Expr]], Expr] | None = None

    def is_ascii(self, value: Expr) -> Expr:
        """Tell whether a text has as many bytes as characters."""
        return nodes.equals(self.byte_length(value), self.length(value))


def function(name: str) -> Callable[..., Expr]:
    """Return a leaf that calls a function with its arguments."""
    return lambda *arguments: nodes.call(name, *arguments)


def of_literal(name: str) -> OfLiteral:
    """Return a leaf that calls a function with a value and a text."""
    return lambda value, literal: nodes.call(name, value, nodes.text(literal))


def position(name: str) -> OfLiteral:
    """Return a leaf that asks whether a function finds a text in a value: whether its place is above 0."""
    return lambda value, literal: nodes.more(nodes.call(name, value, nodes.text(literal)), nodes.integer(0))


def operator(kind: type[exp.Binary]) -> Two:
    """Return a leaf that joins its two arguments."""
    return lambda left, right: nodes.operation(kind, left, right)


def joined(parts: Sequence[Expr]) -> Expr:
    """Return texts joined by ``||``, which is null when one of them is."""
    whole = nodes.bracketed(parts[0])
    for part in parts[1:]:
        whole = exp.DPipe(this=whole, expression=nodes.bracketed(part))
    return whole


def as_it_is(value: Expr) -> Expr:
    """Return a value unchanged."""
    return value


def word_pattern(words: Sequence[str], *, end: str = "$") -> str:
    r"""Return the regular expression of pure ASCII words with an edge on both sides.

    Every character that is not a letter or a digit stands in a class of its own or after a backslash, so that none has
    a meaning.

    Args:
        words: The words.
        end: How the end of the text is written; Java's ``$`` also stands before a last newline.

    >>> word_pattern(["C++", "IT"])
    '(^|[^0-9A-Za-z])(C[+][+]|IT)([^0-9A-Za-z]|$)'
    """
    found = "|".join("".join(map(_literally, word)) for word in words)
    return f"(^|[^0-9A-Za-z])({found})([^0-9A-Za-z]|{end})"


def _literally(character: str) -> str:
    if character.isalnum():
        return character
    return f"\\{character}" if character in "\\^[]-" else f"[{character}]"


def word_by_translation(translate: Callable[..., Expr], holds: OfLiteral) -> Callable[[Expr, Sequence[str]], Expr]:
    """Return a way to find words without a regular expression.

    Every edge character that the word itself does not hold becomes one and the same; then the word is looked for with
    each edge that may stand on its left and on its right.

    Args:
        translate: The engine's function that replaces characters one by one.
        holds: Whether a text holds a literal.

    Returns:
        The leaf; it raises `UnsupportedByEngine` for a word with too many different signs.
    """

    def one(value: Expr, word: str) -> Expr:
        own = sorted(set(word) & set(EDGES))
        if len(own) > _MOST_SIGNS:
            raise UnsupportedByEngine(
                f"a word with more than {_MOST_SIGNS} different signs, without regular expressions"
            )
        rest = [edge for edge in EDGES if edge not in own]
        edge = " " if " " in rest else rest[-1]
        others = "".join(other for other in rest if other != edge)
        same = translate(value, nodes.text(others), nodes.text(edge * len(others)))
        padded = joined([nodes.text(edge), same, nodes.text(edge)])
        edges = [edge, *own]
        return nodes.any_of(holds(padded, f"{left}{word}{right}") for left in edges for right in edges)

    return lambda value, words: nodes.any_of(one(value, word) for word in words)
