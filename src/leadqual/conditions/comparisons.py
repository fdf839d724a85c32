"""What each operator says of a value that is there."""

import operator
from collections.abc import Callable
from typing import Any, Final

from leadqual.fold import ascii_fold

Test = Callable[[Any], bool]
_WORD: Final = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
SEVERAL: Final = frozenset({"in", "not_in", "between", "contains_any", "domain_in", "has_any", "has_all"})
"""Operators whose literal is a list."""
ONE_OR_SEVERAL: Final = frozenset({"contains", "contains_word", "starts_with", "ends_with"})
"""Operators whose literal is one text or a list of texts."""
NO_VALUE: Final = frozenset({"exists", "missing"})
"""Operators without a literal."""
_ORDERED: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}


def has_word(text: str, word: str) -> bool:
    r"""Tell whether a word stands in a text with no ASCII letter, digit or non-ASCII character directly beside it.

    >>> has_word("CTO, Acme", "CTO"), has_word("Director", "CTO"), has_word("CTO\u00e9", "CTO")
    (True, False, False)
    """
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if before not in _WORD and before < "\x80" and after not in _WORD and after < "\x80":
            return True
        start = text.find(word, start + 1)
    return False


def domain_of(address: str) -> str | None:
    """Return the text after the last ``@``, folded; ``None`` without one.

    >>> domain_of("a@b@Example.ORG"), domain_of("nobody")
    ('example.org', None)
    """
    _, at, domain = address.rpartition("@")
    return ascii_fold(domain) if at else None


def comparison(op: str, literals: tuple[Any, ...], fold: Callable[[str], str] | None) -> Test:
    """Return the test of an operator.

    Args:
        op: One of the operators that take a literal.
        literals: What to compare with, already read as the field's type and folded.
        fold: For texts and lists of texts, how a value is folded before it is compared.

    Returns:
        A function of a value that is not missing.

    >>> comparison("between", (50, 1000), None)(1000)
    True
    """
    plain = _comparison(op, literals)
    if fold is None:
        return plain
    if op in ("has", "has_any", "has_all"):
        return lambda values: plain(tuple(map(fold, values)))

    def folded(text: str) -> bool:
        return plain(fold(text))

    return folded


def _comparison(op: str, literals: tuple[Any, ...]) -> Test:
    if op in _ORDERED:
        compare, bound = _ORDERED[op], literals[0]
        return lambda value: compare(value, bound)
    if op == "between":
        low, high = literals
        return lambda value: low <= value <= high
    if op in ("eq", "ne") and len(literals) == 1:
        only = literals[0]
        return (lambda value: value == only) if op == "eq" else (lambda value: value != only)
    if op in ("in", "not_in"):
        members = frozenset(literals)
        return (lambda value: value in members) if op == "in" else (lambda value: value not in members)
    if op == "domain_in":
        domains = frozenset(map(ascii_fold, literals))
        return lambda text: domain_of(text) in domains
    if op in ("has", "has_any"):
        wanted = frozenset(literals)
        return lambda values: not wanted.isdisjoint(values)
    if op == "has_all":
        needed = frozenset(literals)
        return needed.issubset
    return _text_comparison(op, literals)


def _text_comparison(op: str, literals: tuple[str, ...]) -> Test:
    if op == "starts_with":
        return lambda text: text.startswith(literals)
    if op == "ends_with":
        return lambda text: text.endswith(literals)
    if op == "contains_word":
        return lambda text: any(has_word(text, word) for word in literals)
    return lambda text: any(map(text.__contains__, literals))
