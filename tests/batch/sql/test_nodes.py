"""The pieces of statements: exact numbers, quoted names, and trees that are not deep."""

import math
import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlglot import exp

from leadqual.batch.sql import nodes
from leadqual.batch.sql.dialects import DUCKDB, render
from leadqual.errors import LeadqualError, UnsupportedByEngine
from tests.batch.sql.ground import said
from tests.batch.sql.nasty import TEXTS

INTEGERS = st.integers(-(2**63), 2**63 - 1) | st.sampled_from((-(2**63), 1 - 2**63, 2**63 - 1, 0, -1, 2**53 + 1))
DOUBLES = st.floats(allow_nan=False, allow_infinity=False)
SMALL = st.integers(10**12 - 2**62, 2**62 - 10**12)
NOTHING = (nodes.true(), nodes.false(), nodes.null_boolean())


@given(INTEGERS)
def test_integers_arrive_as_they_are(duckdb, number):
    """Any number of 64 bits, the smallest and the largest among them."""
    assert said(duckdb, nodes.integer(number)) == (number,)


@given(DOUBLES)
def test_doubles_arrive_to_the_last_bit(duckdb, number):
    """Any double, also one that is all but zero, also minus zero."""
    (found,) = said(duckdb, nodes.double(number))
    assert struct.pack("d", found) == struct.pack("d", number)


@pytest.mark.parametrize("number", [0.1, 1e308, 5e-324, 2.0**53 + 1, math.nextafter(0.1, 1), 2.2250738585072014e-308])
def test_doubles_are_equal_to_themselves_only(duckdb, number):
    """The next double below and above is another one to the engine."""
    beside = (math.nextafter(number, -math.inf), number, math.nextafter(number, math.inf))
    found = said(duckdb, *(nodes.equals(nodes.double(number), nodes.double(other)) for other in beside))
    assert found == (False, True, False)


@given(st.text().filter(lambda text: "\0" not in text) | st.sampled_from(TEXTS))
def test_texts_arrive_as_they_are(duckdb, text):
    """Any text that leadqual takes, whatever it means elsewhere."""
    assert said(duckdb, nodes.text(text), nodes.as_text(nodes.text(text))) == (text, text)


@pytest.mark.parametrize("flawed", ["a\0b", "\ud800"])
def test_flawed_texts_and_names_are_refused(flawed):
    """NUL and half of a surrogate pair never reach an engine."""
    for made in (nodes.text, nodes.column, nodes.identifier):
        with pytest.raises(UnsupportedByEngine):
            made(flawed)


def test_names_without_characters_are_refused():
    """A name has to name something."""
    with pytest.raises(UnsupportedByEngine):
        nodes.column("")


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1])
def test_integers_of_more_than_64_bits_are_refused(number):
    """A number that no engine holds is refused rather than cut, by an error of leadqual's."""
    with pytest.raises(LeadqualError, match="64 bits"):
        nodes.integer(number)


@given(SMALL | st.integers(-2000, 2000), st.sampled_from((1, 2, 3, 7, 100, 10_000, 10**6, 10**12)))
@example(2**62 - 7, 7)
@example(7 - 2**62, 7)
@example(2**62 - 10**12, 10**12)
@example(10**12 - 2**62, 10**12)
def test_half_up_rounds_to_the_nearest_and_halves_upwards(duckdb, value, unit):
    """Exactly, for odd units and for numbers below zero too."""
    (found,) = said(duckdb, nodes.half_up(nodes.integer(value), unit, DUCKDB))
    assert found == (2 * value + unit) // (2 * unit)


@given(st.lists(st.integers(-(10**9), 10**9), max_size=80), INTEGERS, INTEGERS)
def test_numbers_add_up_and_keep_to_bounds(duckdb, numbers, one, other):
    """Sums of any length, products, differences, the least, the greatest, and what lies between two bounds."""
    low, high = sorted((one, other))
    made = [nodes.integer(number) for number in numbers]
    few = made[:2]
    found = said(
        duckdb,
        nodes.add(*made),
        nodes.multiply(*few),
        nodes.subtract(nodes.add(*few), nodes.add(*made[2:4])),
        nodes.least(nodes.integer(one), nodes.integer(other), *made),
        nodes.greatest(nodes.integer(one), nodes.integer(other), *made),
        *(nodes.clamp(number, low, high) for number in made[:3]),
        nodes.least(nodes.integer(one)),
        nodes.greatest(nodes.integer(other)),
    )
    bounded = (min(max(number, low), high) for number in numbers[:3])
    difference = sum(numbers[:2]) - sum(numbers[2:4])
    several = (one, other, *numbers)
    right = (sum(numbers), math.prod(numbers[:2]), difference, min(several), max(several), *bounded, one, other)
    assert found == right


def test_sums_of_thousands_run(duckdb):
    """DuckDB refuses an expression of a thousand levels; none is that deep."""
    assert said(duckdb, nodes.add(*map(nodes.integer, range(3_000)))) == (sum(range(3_000)),)


@given(st.lists(st.sampled_from(NOTHING), max_size=70))
def test_truths_join_as_three_valued_logic_says(duckdb, parts):
    """One value decides; else what is not known makes the whole unknown."""
    truths = [None if isinstance(part, exp.Cast) else nodes.always(part) for part in parts]
    every = False if False in truths else None if None in truths else True
    some = True if True in truths else None if None in truths else False
    whole = nodes.all_of(parts), nodes.any_of(parts)
    opposite = [None if truth is None else not truth for truth in (every, some)]
    assert said(duckdb, *whole, *map(nodes.negated, whole)) == (every, some, *opposite)


def test_comparisons_say_what_their_names_say(duckdb):
    """Each comparison below, at and above its bound, and of what is missing."""
    compared = (nodes.equals, nodes.differs, nodes.less, nodes.at_most, nodes.more, nodes.at_least)
    values = [nodes.integer(1), nodes.integer(2), nodes.integer(3), nodes.null_bigint()]
    found = [said(duckdb, *(compare(value, nodes.integer(2)) for value in values)) for compare in compared]
    assert found == [
        (False, True, False, None),
        (True, False, True, None),
        (True, False, False, None),
        (True, True, False, None),
        (False, False, True, None),
        (False, True, True, None),
    ]


def test_small_pieces_say_what_their_names_say(duckdb):
    """Membership, absence, the first that is known, cases, and bits."""
    one, two, none = nodes.integer(1), nodes.integer(2), nodes.null_bigint()
    assert said(duckdb, *(nodes.is_in(two, group) for group in ([], [two], [one], [one, two], [one, none]))) == (
        False, True, False, True, None,
    )  # fmt: skip
    assert said(duckdb, nodes.is_null(none), nodes.is_null(one), nodes.is_not_null(none), nodes.is_not_null(one)) == (
        True, False, False, True,
    )  # fmt: skip
    assert said(duckdb, nodes.coalesce(none, none, two), nodes.coalesce(one, two)) == (2, 1)
    cases = [(nodes.equals(one, two), one), (nodes.equals(two, two), two)]
    assert said(duckdb, nodes.case(cases, none), nodes.case(cases[:1], none), nodes.case([], one)) == (2, None, 1)
    mask = nodes.integer(0b101 | 1 << 59)
    assert said(duckdb, *(nodes.has_bit(mask, place, DUCKDB) for place in (0, 1, 2, 59, 58))) == (
        True, False, True, True, False,
    )  # fmt: skip
    assert said(duckdb, nodes.boolean(1), nodes.boolean(False), nodes.add(), nodes.multiply()) == (True, False, 0, 1)


def test_sums_and_counts_over_rows_are_of_64_bits(duckdb):
    """What DuckDB would give as a wider number comes back as one of 64 bits."""
    n = nodes.column("n")
    made = [nodes.sum_(n), nodes.min_(n), nodes.max_(n), nodes.count(), nodes.count_distinct(n)]
    assert said(duckdb, *made, of="(values (1), (5), (5), (null)) t(n)") == (11, 1, 5, 4, 2)
    assert said(duckdb, *made, of="range(0) t(n)") == (None, None, None, 0, 0)
    types = " ".join(["select", ", ".join(f"typeof({render(piece, DUCKDB)})" for piece in made), "from range(2) t(n)"])
    assert set(duckdb.ask(types)[0]) == {"BIGINT"}


A, B, C = map(nodes.column, "abc")


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (nodes.multiply(nodes.add(A, B), C), '("a" + "b") * "c"'),
        (nodes.subtract(A, nodes.subtract(B, C)), '"a" - ("b" - "c")'),
        (nodes.all_of([nodes.any_of([A, B]), C]), '("a" OR "b") AND "c"'),
        (nodes.negated(nodes.any_of([A, B])), 'NOT ("a" OR "b")'),
        (nodes.negated(nodes.negated(A)), 'NOT (NOT "a")'),
        (nodes.equals(nodes.is_null(A), nodes.less(B, C)), '("a" IS NULL) = ("b" < "c")'),
        (nodes.is_null(nodes.add(A, B)), '("a" + "b") IS NULL'),
        (nodes.is_in(nodes.add(A, B), [B, C]), '("a" + "b") IN ("b", "c")'),
        (DUCKDB.remainder(nodes.add(A, B), nodes.add(B, C)), '("a" + "b") % ("b" + "c")'),
        (DUCKDB.bit_and(nodes.add(A, B), C), '("a" + "b") & "c"'),
        (DUCKDB.concatenated([A, nodes.case([(B, C)], A)]), '"a" || CASE WHEN "b" THEN "c" ELSE "a" END'),
    ],
)
def test_pieces_keep_together_wherever_they_are_put(made, text):
    """A sum within a product, an alternative within a conjunction: brackets stand where they are needed."""
    assert render(made, DUCKDB) == text
