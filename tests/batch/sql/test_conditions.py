"""Conditions joined by all, any and not: two-valued and three-valued, as the reference says."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual.batch.sql import nodes
from leadqual.batch.sql.columns import Column, Columns
from leadqual.batch.sql.conditions import holds, knows
from leadqual.batch.sql.dialects import DIALECTS, DUCKDB, POSTGRES, render
from leadqual.batch.sql.texts import TextTests
from leadqual.conditions import All, AnyOf, FieldType, Leaf, Not, Scope, field
from leadqual.conditions.nodes import MAX_DEPTH
from leadqual.errors import ModelError
from leadqual.fold import normal
from tests.batch.sql.ground import Ground, said, staged
from tests.batch.sql.nasty import LISTS, NUMBERS, TEXTS, of_list, of_size, of_text

LONGEST = "x" * 63
TYPES = {
    "select": "text", "order": "text", LONGEST: "text", "by": "list", "at": "integer", "day": "number",
    "table": "boolean", "date": "date", "timestamp": "instant", "fit": "points",
}  # fmt: skip
FEW = tuple(text for text in TEXTS if "\x1f" not in text)[::2]
VALUES = {
    **{kind: (None, *values) for kind, values in NUMBERS.items()},
    "text": (None, "", *FEW),
    "list": (None, [], *([text] for text in FEW), list(FEW[:3]), list(FEW[-3:])),
}
LEAVES = {
    name: list(
        {"text": of_text, "list": of_list}.get(kind, of_size)(name, *(FEW,) if kind in ("text", "list") else (kind,))
    )
    for name, kind in TYPES.items()
}


def _joined(parts):
    several = st.lists(parts, max_size=3)
    return st.one_of(several.map(All), several.map(AnyOf), parts.map(Not))


leaf_of_any = st.sampled_from(list(LEAVES)).flatmap(lambda name: st.sampled_from(LEAVES[name]))
conditions = st.recursive(leaf_of_any, _joined, max_leaves=8)
rows = st.fixed_dictionaries({name: st.sampled_from(VALUES[kind]) for name, kind in TYPES.items()})


@given(st.lists(conditions, min_size=1, max_size=6), st.lists(rows, min_size=1, max_size=12))
def test_conditions_hold_and_are_known_as_in_the_reference(duckdb, some, values):
    """Whatever is asked of whatever there is, under names that are words of SQL."""
    assert Ground(types=TYPES, rows=values, lists=LISTS).differences(duckdb, some) == []


@pytest.mark.parametrize("joint", [All, AnyOf])
def test_conditions_of_a_thousand_parts_run(duckdb, joint):
    """As many parts as a document may have: no engine meets a tree that is deep on one side."""
    parts = [field("n").eq(i) if joint is AnyOf else field("n").ne(i) for i in range(1000)]
    ground = Ground(types={"n": "integer"}, rows=[{"n": 999}, {"n": 1000}, {"n": None}])
    assert ground.differences(duckdb, [joint(tuple(parts)), Not(joint(tuple(parts)))]) == []


@pytest.mark.parametrize(
    ("words", "patterns"),
    [(["w"] , 1), ([f"w{i}" for i in range(40)], 1), ([f"w{i}" for i in range(41)], 2), (["x" * 4_000, "w"], 2),
     (["x" * 3_999, "w"], 1), (["w", "x" * 9_000, "v"], 3)],
)  # fmt: skip
def test_words_are_looked_for_in_patterns_of_some_size(duckdb, words, patterns):
    """Engines refuse a regular expression that is too large, so many words take several."""
    leaf = field("f").contains_word(*words)
    rows = [{"f": f"a {word} b"} for word in (words[0], words[-1], f"{words[-1]}x")]
    assert Ground(types={"f": "text"}, rows=rows).differences(duckdb, [leaf]) == []
    columns = Columns(
        scope=Scope({"f": FieldType("text")}, {}),
        by_name={"f": Column(key="f", value=nodes.column("f"))},
        tests=TextTests(),
        dialect=DUCKDB,
    )
    assert render(holds(leaf, columns), DUCKDB).count("REGEXP_MATCHES") == patterns


def test_conditions_of_every_level_run(duckdb):
    """As deep as a condition may be."""
    deep: Any = field("n").ge(3)
    for level in range(MAX_DEPTH - 1):
        deep = [~deep, All((deep, field("n").exists())), AnyOf((field("n").eq(5), deep))][level % 3]
    ground = Ground(types={"n": "integer"}, rows=[{"n": n} for n in (None, 2, 3, 5)])
    assert ground.differences(duckdb, [deep]) == []


def test_joints_of_nothing_are_constants(duckdb):
    """All of nothing is true, any of nothing is false, also for who has nothing."""
    ground = Ground(types={"n": "integer"}, rows=[{"n": None}])
    assert ground.differences(duckdb, [All(()), AnyOf(()), ~All(()), All((AnyOf(()), field("n").eq(1)))]) == []


def test_texts_of_few_known_values_are_tested_beforehand(duckdb):
    """Grades and labels, words beyond ASCII among them, need no test in the engine."""
    labels = ("A", "Caliente", "Frío", "é", "ſ")
    ground = Ground(
        types={"label": "text"}, rows=[{"label": None}, *({"label": one} for one in labels)], choices={"label": labels}
    )
    texts = (*labels, "FRIO", "s", "caliente", "a@b")
    known = [one for one in of_text("label", texts) if _within(one.value, labels)]
    assert len(known) > 100
    every = [field("label").is_in(*labels), field("label").not_in(*labels)]
    assert ground.differences(duckdb, [*known, *every, *map(Not, every)]) == []
    grades = Ground(
        types={"g": "grade"}, rows=[{"g": g} for g in (None, "A", "B", "-")], choices={"g": ("A", "B", "-")}
    )
    asked = [field("g").eq("A"), field("g").ne("A"), field("g").is_in("A", "B"), field("g").not_in("A", "B", "-")]
    assert grades.differences(duckdb, [*asked, field("g").exists(), field("g").missing()]) == []


def _within(value, choices):
    return value is None or set(value if isinstance(value, tuple) else (value,)) <= set(choices)


@pytest.mark.parametrize("op", ["has", "has_any", "has_all"])
@pytest.mark.parametrize("missing", [None, True, False])
def test_lists_that_are_no_texts_answer_for_themselves(duckdb, op, missing):
    """Whatever the answers for a missing list, they do not count."""
    scope = Scope({"kinds": FieldType("list")}, {})
    value = "call" if op == "has" else ("call", "form")
    leaf = Leaf(field="kinds", op=op, value=value, missing=missing)
    truths = {"call": True, "form": False}
    for known in (True, False):
        kinds = Column(
            key="kinds",
            value=nodes.integer(1) if known else nodes.null_bigint(),
            has=lambda text, _: nodes.equals(nodes.integer(truths[text]), nodes.integer(1)),
        )
        columns = Columns(scope=scope, by_name={"kinds": kinds}, tests=TextTests(), dialect=DUCKDB)
        found = said(duckdb, holds(leaf, columns), knows(leaf, columns))
        right = op != "has_all"
        assert found == ((right, right) if known else (missing is True, missing))


def test_texts_fold_before_they_are_asked_of_a_list():
    """A list that answers for itself is asked for folded texts, with the comparison that says how."""
    asked = []

    def has(text, one):
        asked.append((text, one))
        return nodes.true()

    leaf = field("kinds").has_any("TÉCNICO", "tecnico", ignore_case=True, ignore_accents=True)
    kinds = Column(key="kinds", value=nodes.integer(1), has=has)
    scope = Scope({"kinds": FieldType("list")}, {})
    holds(leaf, Columns(scope=scope, by_name={"kinds": kinds}, tests=TextTests(), dialect=DUCKDB))
    assert asked == [("tecnico", leaf)]


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_pure_ascii_columns_ask_for_no_bit(dialect):
    """Where a column holds nothing but ASCII, no test is numbered, and what is not ASCII is never found."""
    tests = TextTests()
    scope = Scope({"f": FieldType("text")}, LISTS)
    columns = Columns(
        scope=scope, by_name={"f": Column(key="f", value=nodes.column("f"))}, tests=tests, dialect=dialect
    )
    for leaf in of_text("f", ("Técnico", "CTO", "\u0301")):
        holds(leaf, columns)
    assert (tests.keys, tests.masks) == ((), 0)
    assert render(holds(field("f").contains("é"), columns), dialect) == "FALSE"
    assert render(holds(field("f").is_in("é", "É"), columns), dialect) == "FALSE"
    assert render(holds(field("f").domain_in("é.example"), columns), dialect) == "FALSE"
    anything = render(holds(field("f").exists(), columns), dialect)
    assert render(holds(field("f").contains("\u0301", ignore_accents=True), columns), dialect) == anything
    assert render(holds(field("f").contains("É", ignore_accents=True), columns), dialect) != "FALSE"


def test_lists_of_pure_ascii_hold_nothing_else(duckdb):
    """A member beyond ASCII is not looked for, and two members are not taken for one that holds what parts them."""
    columns = Columns(
        scope=Scope({"f": FieldType("list")}, {}),
        by_name={"f": Column(key="f", value=nodes.column("f"))},
        tests=TextTests(),
        dialect=DUCKDB,
    )
    assert render(holds(field("f").has("é"), columns), DUCKDB) == "FALSE"
    assert render(holds(field("f").has_all("x", "é"), columns), DUCKDB) == "FALSE"
    ground = Ground(types={"f": "list"}, rows=[{"f": ["a", "b"]}, {"f": ["b", "a"]}])
    asked = [field("f").has("a\x1fb"), field("f").has_any("a\x1fb", "c"), field("f").has("\u0301", ignore_accents=True)]
    assert ground.differences(duckdb, asked) == []


@pytest.mark.parametrize("foreign", [True, False])
def test_texts_are_compared_by_their_bytes(foreign):
    """Whatever the collation of a Postgres database or column."""
    normal = nodes.column("n") if foreign else None
    column = Column(key="f", value=nodes.column("f"), normal=normal)
    written = 'COALESCE("n", "f") COLLATE "C"' if foreign else '"f" COLLATE "C"'
    assert render(column.composed(POSTGRES), POSTGRES) == written


@pytest.mark.parametrize(
    "condition",
    [
        Leaf(field="g", op="eq", value=1),
        Leaf(field="f", op="contains", value="x"),
        Leaf(field="f", op="eq", value="x"),
        Leaf(field="f", op="between", value=(2, 1)),
        Leaf(field="f", op="eq"),
        Leaf(field="f", op="eq", value=1, ignore_case=True),
    ],
)
def test_conditions_that_are_wrong_are_refused(condition):
    """Nothing that the checks of a model refuse becomes SQL."""
    f = Column(key="f", value=nodes.column("f"))
    scope = Scope({"f": FieldType("integer")}, {})
    columns = Columns(scope=scope, by_name={"f": f}, tests=TextTests(), dialect=DUCKDB)
    for compiled in (holds, knows):
        with pytest.raises(ModelError):
            compiled(condition, columns)


def test_staging_is_what_the_tests_take_it_for():
    """The helper that stages rows keeps to the layout of staged tables."""
    assert staged(["", "a", "b"], "list") == "\x1fa\x1fb\x1f"
    assert staged([""], "list") is staged("", "text") is staged(float("nan"), "number") is None
    assert normal("e\u0301") == "é"
