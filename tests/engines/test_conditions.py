"""Conditions on real servers: Postgres, a Postgres that folds as Turkish readers would, and Spark."""

import itertools
import math
import os
import struct
from typing import Any

import pytest

from leadqual.batch.sql import nodes
from leadqual.batch.sql.dialects import POSTGRES, SPARK
from leadqual.conditions import AnyOf, field
from tests.batch.sql.ground import Duck, Ground, said
from tests.batch.sql.nasty import LISTS, NUMBERS, TEXTS, of_list, of_size, of_text

ASCII = tuple(text for text in TEXTS if text.isascii())
MEMBERS = tuple(text for text in TEXTS if "\x1f" not in text)
NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
SHARES = dict.fromkeys(("duck", "postgres", "postgres_turkish"), 1 if NIGHTLY else 29) | {"spark": 9 if NIGHTLY else 97}
"""Of so many comparisons of texts one is tried: Spark compiles each statement to Java first."""


OTHER_NAMES = {("PostgreSQL", "DOUBLE"): "DOUBLE PRECISION", ("Spark", "TEXT"): "STRING"}


class Postgres:
    """A Postgres under test."""

    dialect = POSTGRES

    def __init__(self, connection):
        self.connection = connection

    def make(self, name, columns, rows):
        """Make a table, or put another in its place."""
        declared = ", ".join(
            f'"{column}" {OTHER_NAMES.get((self.dialect.name, kind), kind)}' for column, kind in columns.items()
        )
        self.connection.exec_driver_sql(f'drop table if exists "{name}"')
        self.connection.exec_driver_sql(f'create table "{name}" ({declared})')
        marks = ", ".join(["%s"] * len(columns))
        if rows:
            self.connection.exec_driver_sql(
                " ".join(["insert into", f'"{name}"', "values", f"({marks})"]), [tuple(row) for row in rows]
            )

    def ask(self, statement):
        """Return the rows of a query."""
        cursor = self.connection.connection.driver_connection.cursor()
        return cursor.execute(statement).fetchall()


class Spark:
    """A Spark under test."""

    dialect = SPARK

    def __init__(self, session):
        self.session = session

    def make(self, name, columns, rows):
        """Make a table, or put another in its place."""
        declared = ", ".join(
            f"`{column}` {OTHER_NAMES.get((self.dialect.name, kind), kind)}" for column, kind in columns.items()
        )
        self.session.createDataFrame(list(rows), declared).createOrReplaceTempView(name)

    def ask(self, statement):
        """Return the rows of a query."""
        return [tuple(row) for row in self.session.sql(statement).collect()]


@pytest.fixture(params=SHARES)
def engine(request):
    """Return each engine in turn."""
    server = request.getfixturevalue(request.param)
    if request.param == "duck":
        yield Duck(server)
    elif request.param == "spark":
        yield Spark(server)
        for view in server.catalog.listTables():  # the session is shared, and other tests look at what is left in it
            if view.isTemporary:
                server.catalog.dropTempView(view.name)
    else:
        import sqlalchemy

        made = sqlalchemy.create_engine(server)
        with made.connect() as connection:
            yield Postgres(connection)
        made.dispose()


@pytest.fixture
def share(request):
    """Return of how many comparisons one is tried."""
    return SHARES[request.node.callspec.params["engine"]]


@pytest.mark.parametrize("kind", NUMBERS)
def test_sizes_compare_as_in_the_reference(engine, kind):
    """Numbers, dates, instants, points and booleans, up to the ends of their ranges and where they are missing."""
    ground = Ground(types={"f": kind}, rows=[{"f": value} for value in (None, *NUMBERS[kind])])
    assert ground.differences(engine, list(of_size("f", kind))) == []


@pytest.mark.parametrize("texts", [TEXTS, ASCII], ids=["foreign", "ascii"])
def test_texts_compare_as_in_the_reference(engine, share, texts):
    """Texts with texts, folded in every way, whether or not the column holds more than ASCII."""
    ground = Ground(types={"f": "text"}, rows=[{"f": value} for value in (None, "", *texts)], lists=LISTS)
    assert ground.differences(engine, list(of_text("f", TEXTS))[::share]) == []


@pytest.mark.parametrize("texts", [MEMBERS, [text for text in MEMBERS if text.isascii()]], ids=["foreign", "ascii"])
def test_lists_compare_as_in_the_reference(engine, share, texts):
    """Lists of none, one and several texts, with every text."""
    values = [None, [], [""], *([text] for text in texts), *map(list, itertools.pairwise(texts)), ["", "CTO", "CTO"]]
    ground = Ground(types={"f": "list"}, rows=[{"f": value} for value in values], lists=LISTS)
    assert ground.differences(engine, list(of_list("f", TEXTS))[::share]) == []


HALVES = (10**6 - 2**62, -150, -149, -51, -50, -49, -1, 0, 1, 49, 50, 51, 150, 2**62 - 10**6)


def test_numbers_are_exact(engine):
    """The ends of 64 bits, doubles to the last bit, quotients, remainders, halves upwards, bits."""
    of = engine.dialect
    integers: Any = NUMBERS["integer"]
    doubles: Any = NUMBERS["number"]
    assert said(engine, *map(nodes.integer, integers)) == integers
    found = said(engine, *map(nodes.double, doubles))
    assert [struct.pack("d", double + 0.0) for double in found] == [
        struct.pack("d", double + 0.0) for double in doubles
    ]
    pairs = [(a, b) for a in (0, 1, 99, 2**53 + 1, 1_999_999, 2**63 - 1) for b in (1, 2, 3, 2_000_000, 2**62)]
    made = [(nodes.integer(a), nodes.integer(b)) for a, b in pairs]
    assert said(engine, *(of.quotient(*pair) for pair in made)) == tuple(a // b for a, b in pairs)
    assert said(engine, *(of.remainder(*pair) for pair in made)) == tuple(a % b for a, b in pairs)
    for unit in (3, 100, 10**6):
        halves = said(engine, *(nodes.half_up(nodes.integer(value), unit, of) for value in HALVES))
        assert halves == tuple((2 * value + unit) // (2 * unit) for value in HALVES)
    bits = said(engine, *(nodes.has_bit(nodes.integer(0b101 | 1 << 59), place, of) for place in (0, 1, 2, 58, 59)))
    assert bits == (True, False, True, False, True)
    small = [nodes.integer(number) for number in (-5, 0, 5)]
    assert said(engine, nodes.least(*small), nodes.greatest(*small), *(nodes.clamp(one, -1, 1) for one in small)) == (
        -5,
        5,
        -1,
        0,
        1,
    )
    assert said(engine, *(of.is_nan(nodes.double(number)) for number in (math.nan, math.inf, 0.0))) == (
        True,
        False,
        False,
    )


def test_texts_are_exact(engine):
    """Texts arrive as they are, and are measured, searched, ordered and joined by their characters."""
    of = engine.dialect
    assert said(engine, *map(nodes.text, TEXTS)) == TEXTS
    assert said(engine, *(of.byte_length(nodes.text(text)) for text in TEXTS)) == tuple(
        len(text.encode()) for text in TEXTS
    )
    assert said(engine, *(of.length(nodes.text(text)) for text in TEXTS)) == tuple(map(len, TEXTS))
    assert said(engine, *(of.lower(of.binary(nodes.text(text))) for text in ASCII)) == tuple(map(str.lower, ASCII))
    last = tuple(text.rpartition("@")[2] for text in TEXTS)
    assert said(engine, *(of.after_last_at(nodes.text(text)) for text in TEXTS)) == last
    pairs = list(itertools.pairwise(TEXTS))
    ordered = said(engine, *(nodes.less(of.binary(nodes.text(a)), of.binary(nodes.text(b))) for a, b in pairs))
    assert ordered == tuple(a.encode() < b.encode() for a, b in pairs)
    joined = said(engine, *(of.concatenated([nodes.text(a), nodes.text(b)]) for a, b in pairs))
    assert joined == tuple(a + b for a, b in pairs)
    assert said(engine, of.concatenated([nodes.text("a"), nodes.as_text(nodes.null_bigint())])) == (None,)


def test_rows_are_added_up_exactly(engine):
    """Sums of 64 bits, counts, and whether a condition holds of any or every row."""
    of, n, t = engine.dialect, nodes.column("n"), nodes.column("t")
    engine.make(
        "lq_some", {"n": "BIGINT", "t": "BOOLEAN"}, [(2**62, True), (2**61, False), (2**61 - 1, None), (None, None)]
    )
    made = [
        nodes.sum_(n),
        nodes.min_(n),
        nodes.max_(n),
        nodes.count(),
        nodes.count_distinct(n),
        of.any_row(t),
        of.every_row(t),
    ]
    assert said(engine, *made, of="lq_some") == (2**63 - 1, 2**61 - 1, 2**62, 4, 3, True, False)


def test_hashes_are_numbers_of_64_bits_that_tell_texts_apart(engine):
    """Equal texts have equal hashes, and where the joint between two texts lies matters."""
    pairs = [("ab", "c"), ("a", "bc"), ("", "abc"), ("abc", ""), ("ab", "c")]
    found = said(engine, *(engine.dialect.hash64(list(map(nodes.text, pair))) for pair in pairs))
    assert found[0] == found[4]
    assert len(set(found)) == 4
    assert all(-(2**63) <= number < 2**63 for number in found)


def test_conditions_of_a_thousand_parts_run(engine):
    """As many parts as a document may have: no engine meets a tree that is deep on one side."""
    parts = AnyOf(tuple(field("n").eq(i) for i in range(1000)))
    ground = Ground(types={"n": "integer"}, rows=[{"n": 999}, {"n": 1000}, {"n": None}])
    assert ground.differences(engine, [~parts]) == []
