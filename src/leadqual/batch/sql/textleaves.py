"""Comparisons of texts and of lists of texts.

Pure ASCII is compared by the engine: there, accents do not matter and lower case is the same everywhere. For any other
value the answer has been worked out by the reference and stands in a bit.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from leadqual.batch.sql import nodes
from leadqual.batch.sql.columns import Column, Columns
from leadqual.batch.sql.dialects import Dialect
from leadqual.batch.sql.nodes import Expr
from leadqual.batch.sql.texts import AS_IT_IS, SEPARATOR, Fold, TextTest, as_column
from leadqual.conditions.comparisons import comparison
from leadqual.conditions.nodes import Leaf
from leadqual.fold import ascii_fold

_EQUALITIES: Final = ("eq", "ne", "in", "not_in")
_DENIALS: Final = ("ne", "not_in")
_WORDS: Final = 40
_CHARACTERS: Final = 4_000
"""Words that are looked for at once, and their characters together; one longer word stands alone."""


class Said(NamedTuple):
    """What a comparison says of a value that is there.

    Attributes:
        test: True or false.
        strict: Whether the test is null where the value is.
    """

    test: Expr
    strict: bool

    @classmethod
    def plain(cls, test: Expr) -> "Said":
        """Return a test that is null where the value is, unless it is a constant."""
        return cls(test, strict=not nodes.is_constant(test))


def text_test(leaf: Leaf, literals: tuple[str, ...], type_name: str, column: Column, columns: Columns) -> Said:
    """Return what a comparison says of a text or a list.

    Args:
        leaf: The comparison.
        literals: What it compares with, read and not yet folded.
        type_name: ``text``, ``grade`` or ``list``.
        column: What is compared.
        columns: Where it stands.
    """
    dialect = columns.dialect
    fold = Fold(ignore_case=leaf.ignore_case, ignore_accents=leaf.ignore_accents)
    folded = tuple(dict.fromkeys(map(fold.of, literals)))
    if column.has is not None:
        tests = [column.has(text, leaf) for text in folded]
        return Said(nodes.all_of(tests) if leaf.op == "has_all" else nodes.any_of(tests), strict=False)
    if column.choices is not None:
        return Said.plain(_among(column, TextTest(leaf.op, folded, fold), dialect))
    if leaf.op in _EQUALITIES and fold == AS_IT_IS:
        known = folded if column.normal is not None else _ascii(folded)
        return Said.plain(_equal(leaf.op, column.composed(dialect), known))
    value = dialect.binary(column.value)
    value = dialect.lower(value) if leaf.ignore_case else value
    of_ascii = (
        _of_list(leaf.op, value, folded, dialect) if type_name == "list" else _of_text(leaf.op, value, folded, dialect)
    )
    if column.mask is None:
        return Said.plain(of_ascii)
    mask, bit = columns.tests.place(column.key, type_name, TextTest(leaf.op, folded, fold))
    answers = column.mask(mask)
    test = nodes.case([(nodes.is_null(answers), of_ascii)], nodes.has_bit(answers, bit, dialect))
    return Said(test, strict=not nodes.is_constant(of_ascii))


def _among(column: Column, test: TextTest, dialect: Dialect) -> Expr:
    """Return a test whose answer for every value is known already."""
    asked = comparison(test.op, test.literals, test.fold.of)
    choices = column.choices or ()
    found = [choice for choice in choices if asked(choice)]
    if found and len(found) == len(choices):
        return nodes.true()
    return nodes.is_in(dialect.binary(column.value), [nodes.text(choice) for choice in found])


def _equal(op: str, value: Expr, literals: Sequence[str]) -> Expr:
    member = nodes.is_in(value, [nodes.text(literal) for literal in literals])
    return nodes.negated(member) if op in _DENIALS else member


def _ascii(literals: Iterable[str]) -> tuple[str, ...]:
    """Return the literals that a pure ASCII value can have to do with."""
    return tuple(literal for literal in literals if literal.isascii())


def _of_text(op: str, value: Expr, literals: Sequence[str], dialect: Dialect) -> Expr:
    """Return what an operator says of a pure ASCII text."""
    found = _ascii(literals)
    if op in _EQUALITIES:
        return _equal(op, value, found)
    if op == "domain_in":
        return _domain_in(value, tuple(dict.fromkeys(map(ascii_fold, found))), dialect)
    if op == "contains_word":
        return nodes.any_of(dialect.holds_word(value, some) for some in _chunks(found))
    if "" in found:  # a literal of accents alone, which do not matter
        return nodes.true()
    part = {"starts_with": dialect.starts, "ends_with": dialect.ends}.get(op, dialect.holds)
    return nodes.any_of(part(value, literal) for literal in found)


def _chunks(words: Iterable[str]) -> Iterator[list[str]]:
    """Yield the words in groups, since engines refuse a regular expression that is too large."""
    chunk: list[str] = []
    for word in words:
        if chunk and (len(chunk) == _WORDS or sum(map(len, chunk)) + len(word) > _CHARACTERS):
            yield chunk
            chunk = []
        chunk.append(word)
    if chunk:
        yield chunk


def _domain_in(value: Expr, domains: Sequence[str], dialect: Dialect) -> Expr:
    """Return whether one of the domains stands after the last ``@``."""
    found = nodes.is_in(dialect.lower(dialect.after_last_at(value)), [nodes.text(domain) for domain in domains])
    return nodes.all_of([dialect.holds(value, "@"), found])


def _of_list(op: str, value: Expr, literals: Sequence[str], dialect: Dialect) -> Expr:
    """Return what an operator says of a list whose members are pure ASCII."""
    tests = [
        dialect.holds(value, as_column((literal,))) if _may_be_member(literal) else nodes.false()
        for literal in literals
    ]
    return nodes.all_of(tests) if op == "has_all" else nodes.any_of(tests)


def _may_be_member(literal: str) -> bool:
    return literal.isascii() and SEPARATOR not in literal
