"""What named values earn, however many there are and however many different points they earn."""

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual.batch.axes.lookup import looked_up
from leadqual.batch.sql import nodes
from leadqual.batch.sql.dialects import DUCKDB, render
from leadqual.batch.sql.nodes import column

from .staged import load, rows, then

NAMES = {
    "text": st.text("aAzZ09_ '%\u00e9\u0410\U0001f600", max_size=3),
    "integer": st.one_of(st.integers(-40, 40), st.sampled_from([-(2**63), 2**63 - 1])),
}
WRITTEN: dict[str, Any] = {"text": nodes.text, "integer": nodes.integer}
KEPT = {"text": pa.string(), "integer": pa.int64()}


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("most", [3, 10_000])
@given(data=st.data())
def test_lookup_is_that_of_a_table_in_memory(con, kind, most, data):
    """A named value earns its points, any other what others do; null is no value that is named."""
    points = data.draw(st.dictionaries(NAMES[kind], st.integers(0, most), min_size=1, max_size=90))
    values = [None, *points, *data.draw(st.lists(NAMES[kind], max_size=20))]
    load(con, "lq_values", {"lq_lead": range(len(values)), "v": values}, {"v": KEPT[kind]})
    then(con, "lq_values", "lq_looked", [("found", looked_up(column("v"), points, 1, WRITTEN[kind]))])
    assert [row["found"] for row in rows(con, "lq_looked")] == [points.get(value, 1) for value in values]


def test_lookup_halves_names_that_earn_many_different_points():
    """Hundreds of lists would be hundreds of joins: with as many different points, no list is written at all."""
    few = render(looked_up(column("v"), {number: number % 9 for number in range(600)}, 0, nodes.integer), DUCKDB)
    many = render(looked_up(column("v"), {number: number for number in range(600)}, 0, nodes.integer), DUCKDB)
    assert (few.count(" IN "), few.count("<")) == (8, 0)
    assert (many.count(" IN "), many.count("<")) == (0, 31)
