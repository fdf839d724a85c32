"""Every comparison, on every type, in DuckDB: to the last value what the reference says."""

import itertools
import os

import pytest

from tests.batch.sql.ground import Ground
from tests.batch.sql.nasty import LISTS, NUMBERS, TEXTS, of_list, of_size, of_text

ASCII = tuple(text for text in TEXTS if text.isascii())
MEMBERS = tuple(text for text in TEXTS if "\x1f" not in text)
SHARE = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else 7
"""Of so many comparisons of texts one is tried; by night all."""


@pytest.mark.parametrize("kind", NUMBERS)
def test_sizes_compare_as_in_the_reference(duckdb, kind):
    """Numbers, dates, instants, points and booleans, up to the ends of their ranges and where they are missing."""
    ground = Ground(types={"f": kind}, rows=[{"f": value} for value in (None, *NUMBERS[kind])])
    assert ground.differences(duckdb, list(of_size("f", kind))) == []


@pytest.mark.parametrize("texts", [TEXTS, ASCII], ids=["foreign", "ascii"])
def test_texts_compare_as_in_the_reference(duckdb, texts):
    """Every text with every text, folded in every way, whether or not the column holds more than ASCII."""
    ground = Ground(types={"f": "text"}, rows=[{"f": value} for value in (None, "", *texts)], lists=LISTS)
    assert ground.differences(duckdb, list(of_text("f", TEXTS))[::SHARE]) == []


@pytest.mark.parametrize("texts", [MEMBERS, [text for text in MEMBERS if text.isascii()]], ids=["foreign", "ascii"])
def test_lists_compare_as_in_the_reference(duckdb, texts):
    """Lists of none, one and several texts, with every text."""
    values = [None, [], [""], *([text] for text in texts), *map(list, itertools.pairwise(texts)), ["", "CTO", "CTO"]]
    ground = Ground(types={"f": "list"}, rows=[{"f": value} for value in values], lists=LISTS)
    assert ground.differences(duckdb, list(of_list("f", TEXTS))[::SHARE]) == []
