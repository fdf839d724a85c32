"""Languages: numbers and lists as people write them."""

from decimal import Decimal, localcontext
from typing import Any

import pytest

from leadqual.errors import UnknownName
from leadqual.languages import LANGUAGES, amount, joined, language_of


def test_language_is_found_by_its_code():
    """Each language that leadqual speaks is known by its two letters."""
    assert [language_of(code) for code in LANGUAGES] == ["en", "es"]


@pytest.mark.parametrize(("code", "hint"), [("fr", "Known: en, es."), ("ess", "Did you mean `es`?"), (["es"], "Known")])
def test_unknown_language_is_refused_with_the_known_ones(code, hint):
    """Whatever is no known code is an unknown name, with the place that asked."""
    wrong: Any = code
    with pytest.raises(UnknownName, match="the language is not known") as caught:
        language_of(wrong, "describe.language")
    (problem,) = caught.value.problems
    assert problem.where == "describe.language"
    assert problem.hint.startswith(hint)


@pytest.mark.parametrize(
    ("value", "en", "es"),
    [
        (Decimal("6.50"), "6.5", "6,5"),
        (Decimal("65e-1"), "6.5", "6,5"),
        (Decimal("1E+3"), "1000", "1000"),
        (Decimal("-0.05"), "-0.05", "-0,05"),
        (Decimal("-0.00"), "0", "0"),
        (Decimal(100), "100", "100"),
        (0, "0", "0"),
        (-12, "-12", "-12"),
        (10**30 + 1, f"1{'0' * 29}1", f"1{'0' * 29}1"),
    ],
)
def test_amount_is_exact_and_without_trailing_zeros(value, en, es):
    """The sign of decimals is the language's; the digits are the number's, whatever the decimal context says."""
    with localcontext(prec=2):
        assert (amount(value), amount(value, "en"), amount(value, "es")) == (en, en, es)


@pytest.mark.parametrize(
    ("words", "joint", "en", "es"),
    [
        ([], "and", "", ""),
        (["a"], "or", "a", "a"),
        (["a", "b"], "and", "a and b", "a y b"),
        (["a", "b", "c"], "or", "a, b or c", "a, b o c"),
        (["leer", "ir"], "and", "leer and ir", "leer e ir"),
        (["padre", "hijo"], "and", "padre and hijo", "padre e hijo"),
        (["agua", "hielo"], "and", "agua and hielo", "agua y hielo"),
        (["agua", "Índice"], "and", "agua and Índice", "agua e Índice"),
        (["agua", "I\u0301ndice"], "and", "agua and I\u0301ndice", "agua e I\u0301ndice"),
        (["agua", "iones"], "and", "agua and iones", "agua y iones"),
        (["leones", "hiato"], "and", "leones and hiato", "leones y hiato"),
        (["agua", "«Ibiza»"], "and", "agua and «Ibiza»", "agua e «Ibiza»"),
        (["plata", "oro"], "or", "plata or oro", "plata u oro"),
        (["uno", "hotel"], "or", "uno or hotel", "uno u hotel"),
        (["uno", "Órgano"], "or", "uno or Órgano", "uno u Órgano"),
        (["plata", "oro"], "and", "plata and oro", "plata y oro"),
        (["leer", "ir"], "or", "leer or ir", "leer o ir"),
        (["7", "8"], "or", "7 or 8", "7 u 8"),
        (["70", "80,5"], "or", "70 or 80,5", "70 u 80,5"),
        (["10", "11"], "or", "10 or 11", "10 u 11"),
        (["10", "11 días"], "or", "10 or 11 días", "10 u 11 días"),
        (["1", "110"], "or", "1 or 110", "1 o 110"),
    ],
)
def test_words_are_joined_as_each_language_does(words, joint, en, es):
    """No comma before the last word; in Spanish `y` and `o` give way to the sound that follows."""
    assert (joined(words, joint), joined(words, joint, "es")) == (en, es)
