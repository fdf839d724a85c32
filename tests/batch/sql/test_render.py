"""Statements as text: nothing unknown is let through, and no value or name ever becomes SQL."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sqlglot import exp, parse

from leadqual.batch.sql import nodes
from leadqual.batch.sql.columns import Column, Columns
from leadqual.batch.sql.conditions import holds
from leadqual.batch.sql.dialects import BIGQUERY, DIALECTS, DUCKDB, POSTGRES, SNOWFLAKE, SPARK, render
from leadqual.batch.sql.texts import TextTests
from leadqual.conditions import FieldType, Scope, field
from leadqual.errors import UnsupportedByEngine
from tests.batch.sql.nasty import LISTS, TEXTS, of_text

every_dialect = pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
A = nodes.column("a")


@every_dialect
@pytest.mark.parametrize(
    ("unknown", "what"),
    [
        (nodes.call("EPOCH_NS", A), "function 'EPOCH_NS'"),
        (nodes.call("lower); DROP TABLE t; --", A), "function"),
        (exp.Levenshtein(this=A, expression=A), "node 'Levenshtein'"),
        (exp.RegexpILike(this=A, expression=A), "node 'RegexpILike'"),
        (exp.Command(this="DROP", expression="TABLE t"), "node 'Command'"),
        (exp.Var(this="x"), "list of numbers 'x'"),
        (exp.Placeholder(this="x"), "node 'Placeholder'"),
        (exp.Literal(this="1; DROP TABLE t", is_string=False), "number"),
        (exp.Literal(this="1.5", is_string=False), "number '1.5'"),
        (exp.Literal(this="٣", is_string=False), "number"),
        (exp.Column(this="a; DROP TABLE t"), "word"),
        (exp.Join(this=exp.Table(this=nodes.identifier("t")), side="LEFT; DROP TABLE t"), "word"),
        (exp.Cast(this=A, to=exp.DataType(this=exp.DataType.Type.JSON)), "type"),
        (exp.Cast(this=A, to=exp.DataType(this="BIGINT; DROP TABLE t")), "word"),
        (exp.Cast(this=A, to=exp.DataType(this=exp.DataType.Type.USERDEFINED, kind="x y")), "type"),
        (exp.Coalesce(this=A, expressions=[7]), "value 7"),
        (exp.Coalesce(this=7), "value 7"),
    ],
)
def test_what_a_dialect_does_not_list_is_refused(dialect, unknown, what):
    """Wherever it stands in the tree: sqlglot itself would write most of these down unchanged."""
    for statement in (unknown, exp.select(nodes.aliased(nodes.case([(A, unknown)], A), "x"), copy=False)):
        with pytest.raises(UnsupportedByEngine, match=what) as caught:
            render(statement, dialect)
        assert str(caught.value).startswith(dialect.name)


@pytest.mark.parametrize(
    ("made", "dialect"),
    [
        (DUCKDB.quotient(A, A), POSTGRES),
        (DUCKDB.byte_length(A), SPARK),
        (DUCKDB.holds_word(A, ["x"]), SNOWFLAKE),
        (SPARK.holds_word(A, ["x"]), SNOWFLAKE),
        (POSTGRES.binary(A), DUCKDB),
        (POSTGRES.quotient(A, A), BIGQUERY),
    ],
)
def test_what_one_dialect_says_another_does_not(made, dialect):
    """The spelling of one engine is refused by another that would fail on it, or take it for something else."""
    with pytest.raises(UnsupportedByEngine):
        render(made, dialect)


@every_dialect
def test_names_are_as_long_as_the_engine_takes_them(dialect):
    """Postgres would cut a longer name silently, and take two columns for one."""
    longest = dialect.longest_name or 1000
    assert "x" * longest in render(nodes.column("x" * longest), dialect)
    if dialect.longest_name is not None:
        for name in ("x" * (longest + 1), "é" * (longest // 2 + 1)):
            with pytest.raises(UnsupportedByEngine, match=f"name of more than {longest} bytes"):
                render(nodes.column(name), dialect)


names = st.text(min_size=1, max_size=20).filter(lambda name: "\0" not in name and len(name.encode()) <= 60)


@every_dialect
@given(
    name=names | st.sampled_from(TEXTS[:-1]).filter(lambda text: len(text) < 60), text=st.sampled_from(TEXTS) | names
)
def test_names_and_values_stay_names_and_values(dialect, name, text):
    """Read again, a statement is the one that was meant: one statement, one column, one text."""
    assume(dialect is not BIGQUERY or "." not in name)  # there, a quoted name with a dot is a path
    query = exp.select(nodes.aliased(nodes.column(name), "x"), copy=False)
    query = query.from_(exp.Table(this=nodes.identifier("t")), copy=False).where(
        nodes.equals(A, nodes.text(text)), copy=False
    )
    (again,) = parse(render(query, dialect), dialect=dialect.sqlglot)
    assert [column.name for column in again.find_all(exp.Column)] == [name, "a"]
    assert [literal.name for literal in again.find_all(exp.Literal)] == [text]
    assert again == query


@every_dialect
def test_conditions_with_nasty_values_stay_one_condition(dialect):
    """Every comparison of texts with every nasty text: one statement that names one column and no other."""
    key, value = "a'\"`\\; --", "v'\"`\\; --"
    columns = Columns(
        scope=Scope({"f": FieldType("text")}, LISTS),
        by_name={"f": Column(key=key, value=nodes.column(value))},
        tests=TextTests(),
        dialect=dialect,
    )
    for leaf in list(of_text("f", TEXTS))[::23]:
        query = exp.select(nodes.aliased(holds(leaf, columns), "x"), copy=False)
        (again,) = parse(render(query, dialect), dialect=dialect.sqlglot)
        assert isinstance(again, exp.Select)
        assert {column.name for column in again.find_all(exp.Column)} <= {value, "C"}


def test_a_table_survives_nasty_names_and_values(duckdb):
    """What would drop a table, were it read as SQL, drops none."""
    nasty = '"; DROP TABLE "kept"; --'
    duckdb.make("kept", {"n": "BIGINT"}, [(1,)])
    duckdb.make("nasty", {"n": "BIGINT"}, [(1,)])
    query = exp.select(nodes.aliased(nodes.text(nasty.replace('"', "'")), nasty), copy=False)
    assert duckdb.ask(render(query.from_(exp.Table(this=nodes.identifier("nasty")), copy=False), DUCKDB)) == [
        ("'; DROP TABLE 'kept'; --",)
    ]
    assert duckdb.ask('select * from "kept"') == [(1,)]


@every_dialect
def test_rendering_changes_nothing(dialect):
    """A piece may stand in several trees and in several places of one."""
    piece = nodes.half_up(A, 100, dialect)
    whole = nodes.all_of([nodes.less(piece, A), nodes.less(A, piece)])
    before = repr(whole)
    first = render(whole, dialect)
    assert render(nodes.negated(whole), dialect) == f"NOT ({first})"
    assert render(whole, dialect) == first
    assert repr(whole) == before


@every_dialect
def test_comments_are_not_written(dialect):
    """A comment on a node, which would be written as it is, is left out."""
    piece = nodes.column("a")
    piece.comments = ["*/ DROP TABLE t; /*"]
    assert "DROP" not in render(piece, dialect)


@every_dialect
def test_statements_are_pretty_on_request(dialect):
    """Over several lines it is the same statement."""
    query = exp.select(nodes.aliased(A, "x"), copy=False).from_(exp.Table(this=nodes.identifier("t")), copy=False)
    pretty = render(query, dialect, pretty=True)
    assert "\n" in pretty
    assert " ".join(pretty.split()) == render(query, dialect)


def test_what_sqlglot_itself_cannot_write_is_refused():
    """A union that does not say what becomes of equal rows, in a dialect that wants to know."""
    query = exp.select(nodes.aliased(A, "x"), copy=False)
    union = exp.Union(this=query, expression=query.copy())
    assert render(union, DUCKDB)
    with pytest.raises(UnsupportedByEngine, match="BigQuery cannot run this statement: .*DISTINCT or ALL"):
        render(union, BIGQUERY)


def test_fields_of_a_score_may_be_words_of_sql():
    """Names are quoted in every dialect, whatever they are."""
    columns = Columns(
        scope=Scope({"select": FieldType("integer")}, {}),
        by_name={"select": Column(key="select", value=nodes.column("select", "from"))},
        tests=TextTests(),
        dialect=DUCKDB,
    )
    assert render(holds(field("select").exists(), columns), DUCKDB) == 'NOT "from"."select" IS NULL'


@every_dialect
def test_every_name_is_quoted(dialect):
    """Also one of a tree that did not ask for it."""
    bare = exp.Column(this=exp.Identifier(this="select", quoted=False))
    assert render(bare, dialect) == render(nodes.column("select"), dialect)
