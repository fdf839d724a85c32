"""Conditions against what is declared: problems with their paths, and two- and three-valued truth."""

from decimal import Decimal

import pytest

from leadqual.conditions import All, AnyOf, FieldType, Scope, WrongType, bind
from leadqual.conditions.bind import bound_of
from leadqual.errors import ModelError, shown
from tests.core.conditions.support import bound, holds, knows, problems, scope
from tests.core.loose import Leaf, Not, field

TYPES = ("text", "integer", "number", "boolean", "date", "instant", "list")
T = field("a").eq(1)
F = field("a").eq(2)
U = field("b").eq(1)
ROW = {"a": 1}


def _truths(condition):
    made = bound(condition, a="integer", b="integer")
    return made.holds(ROW), made.knows(ROW)


@pytest.mark.parametrize(
    ("condition", "two", "three"),
    [
        (T, True, True),
        (F, False, False),
        (U, False, None),
        (~U, True, None),
        (~T, False, False),
        (All(()), True, True),
        (AnyOf(()), False, False),
        (T & T, True, True),
        (T & F, False, False),
        (T & U, False, None),
        (U & T, False, None),
        (F & U, False, False),
        (U & F, False, False),
        (T | U, True, True),
        (U | T, True, True),
        (F | U, False, None),
        (F | F, False, False),
        (~(U & U), True, None),
        (~(F & U), True, True),
    ],
)
def test_truth_is_two_valued_and_three_valued(condition, two, three):
    """A comparison with a missing value is false, and unknown unless the others decide; `not` flips what is known."""
    assert _truths(condition) == (two, three)


@pytest.mark.parametrize(("missing", "two", "three"), [(None, False, None), (True, True, True), (False, False, False)])
def test_missing_on_a_leaf_says_what_a_missing_value_gives(missing, two, three):
    """`missing` makes the answer known; without it a missing value is false and unknown."""
    for value in (None, ""):
        assert holds("text", "eq", "x", value, missing=missing) is two
        assert knows("text", "eq", "x", value, missing=missing) is three
    assert holds("text", "eq", "x", "y", missing=missing) is False


@pytest.mark.parametrize("op", ["ne", "not_in"])
def test_negative_operators_are_false_of_missing_values(op):
    """What is not known is not known to differ; `not` of `eq` is true instead."""
    assert holds("text", op, ("x",) if op == "not_in" else "x", None) is False
    assert bound(~field("f").eq("x"), f="text").holds({}) is True


@pytest.mark.parametrize(
    ("kind", "value", "there"),
    [
        ("text", "x", True),
        ("text", "", False),
        ("integer", 0, True),
        ("number", float("nan"), False),
        ("list", [], False),
        ("list", ["a"], True),
        ("boolean", False, True),
        ("text", None, False),
    ],
)
def test_exists_and_missing_are_always_known(kind, value, there):
    """Whether a value is there is never unknown."""
    assert (holds(kind, "exists", None, value), knows(kind, "exists", None, value)) == (there, there)
    assert (holds(kind, "missing", None, value), knows(kind, "missing", None, value)) == (not there, not there)


def test_wrong_types_name_their_field():
    """A value of another type than declared is an error that says which field, in both readings."""
    made = bound(field("a").eq(1) | field("b").exists(), a="integer", b="text")
    for read in (made.holds, made.knows):
        with pytest.raises(WrongType) as caught:
            read({"a": 2, "b": 5})
        assert (caught.value.field, caught.value.got) == ("b", "int")


def test_bound_condition_lists_the_fields_it_reads():
    """Fields come in document order, each once; the condition is kept as written."""
    made = bound(U & ~(T | F), a="integer", b="integer")
    assert (made.fields, made.condition) == (("b", "a"), U & ~(T | F))


OPS = {
    "text": "eq ne in not_in contains contains_any contains_word starts_with ends_with domain_in exists missing",
    "integer": "eq ne in not_in lt le gt ge between exists missing",
    "number": "eq ne in not_in lt le gt ge between exists missing",
    "date": "eq ne in not_in lt le gt ge between exists missing",
    "instant": "eq ne in not_in lt le gt ge between exists missing",
    "boolean": "eq ne exists missing",
    "list": "has has_any has_all exists missing",
}


@pytest.mark.parametrize("kind", TYPES)
def test_operators_are_those_of_the_type(kind):
    """Ordering is for sizes only and never for text; every other operator has its types too."""
    every = set(" ".join(OPS.values()).split())
    refused = {
        op for op in every if problems(Leaf(field="f", op=op), f=kind) == [f"when.op: a {kind} has no such operator"]
    }
    assert refused == every - set(OPS[kind].split())


NO_TEXTS = "only comparisons of texts take this (got True). Remove it."
OF_INTEGER = "`i` is of type integer."


@pytest.mark.parametrize(
    ("leaf", "line"),
    [
        (Leaf(field="g", op="eq", value=1), "field: unknown attribute (got 'g'). Declare it first."),
        (Leaf(field=["i"], op="eq", value=1), "field: unknown attribute (got a list of 1). Declare it first."),
        (Leaf(field="i", op="EQ", value=1), "op: unknown operator (got 'EQ'). Did you mean `eq`?"),
        (
            Leaf(field="b", op="lt", value=True),
            "op: a boolean has no such operator (got 'lt'). `b` allows: eq, ne, exists, missing.",
        ),
        (field("i").eq("x"), f"value: a whole number was expected (got 'x'). {OF_INTEGER}"),
        (field("i").eq(Decimal("1.5")), f"value: a whole number of 64 bits was expected (got 1.5). {OF_INTEGER}"),
        (field("i").is_in(1, "x"), f"value[1]: a whole number was expected (got 'x'). {OF_INTEGER}"),
        (field("i").is_in(), "value: `in` cannot use this list (got a list of 0). Name at least one value."),
        (Leaf(field="i", op="in", value=1), "value: `in` takes a list (got 1). Put it in brackets."),
        (Leaf(field="i", op="eq", value=(1,)), "value: `eq` takes one value (got a list of 1)."),
        (Leaf(field="i", op="eq"), "value: `eq` needs a value (got None). Give the value."),
        (Leaf(field="i", op="in"), "value: `in` needs a value (got None). Give the values as a list."),
        (
            Leaf(field="i", op="between", value=(1,)),
            "value: `between` cannot use this list (got a list of 1). Write the two ends.",
        ),
        (field("i").between(2, 1), "value: the ends are the wrong way round (got a list of 2). Low end first."),
        (field("i").between("x", 1), f"value[0]: a whole number was expected (got 'x'). {OF_INTEGER}"),
        (field("t").is_in("@nobody"), "value: unknown list (got '@nobody'). Declare it under [lists]."),
        (field("t").is_in("@itie"), "value: unknown list (got '@itie'). Did you mean `cities`?"),
        (field("t").eq("a", ignore_case="yes"), "ignore_case: true or false was expected (got 'yes')."),
        (field("t").eq("a", missing="no"), "missing: true or false was expected (got 'no')."),
        (field("i").eq(1, ignore_case=True), f"ignore_case: {NO_TEXTS}"),
        (Leaf(field="t", op="exists", ignore_accents=True), f"ignore_accents: {NO_TEXTS}"),
        (Leaf(field="t", op="exists", value="x"), "value: `exists` takes none (got 'x'). Remove it."),
        (Leaf(field="t", op="missing", missing=True), "missing: `missing` takes none (got True). Remove it."),
        (field("t").eq(""), "value: a text was expected (got ''). `t` is of type text."),
        (
            field("d").eq("soon"),
            "value: a date without a time was expected (got 'soon'). `d` is of type date, such as 2026-01-31.",
        ),
        (
            field("m").eq("soon"),
            (
                "value: an instant such as 2026-01-31T12:00:00Z was expected (got 'soon'). "
                "`m` is of type instant, such as 2026-01-31T12:00:00Z."
            ),
        ),
        (field("t").domain_in(), "value: `domain_in` cannot use this list (got a list of 0). Name at least one value."),
    ],
)
def test_comparisons_are_checked_against_their_field(leaf, line):
    """Each mistake is one problem with its path, what came and what to do."""
    fields = scope(t="text", i="integer", b="boolean", d="date", m="instant")
    _, (problem,) = bind(leaf, fields, "when")
    assert str(problem) == f"when.{line}"


def test_values_that_a_name_never_has_are_refused():
    """A level that no bar gives is a slip, and the closest level is named."""
    fields = Scope({"level": FieldType("grade", frozenset({"A", "Beta"}))}, {})
    _, found = bind(field("level").is_in("A", "Bta"), fields, "when")
    assert list(map(str, found)) == ["when.value[1]: `level` is never this (got 'Bta'). Did you mean `Beta`?"]
    _, found = bind(field("f").exists(), fields, "when")
    assert [problem.what for problem in found] == ["unknown field"]


def test_conditions_list_all_their_problems():
    """Every leaf is looked at, wherever it stands, also beside wrong ones."""
    condition = field("x").eq(1) & (T | ~field("t").lt(3)) & field("t").eq("a", ignore_case=3, missing=3)
    assert problems(condition, a="integer", t="text") == [
        "when.all[0].field: unknown attribute",
        "when.all[1].any[1].not.op: a text has no such operator",
        "when.all[2].ignore_case: true or false was expected",
        "when.all[2].missing: true or false was expected",
    ]


def test_conditions_suggest_names():
    """A field or an operator that does not exist comes with the closest one that does."""
    scope = Scope({"job_title": FieldType("text")}, {"free_mail": ("a.b",)}, "attribute")
    for leaf in (
        field("jobtitle").exists(),
        Leaf(field="job_title", op="contain"),
        field("job_title").is_in("@freemail"),
    ):
        _, (problem,) = bind(leaf, scope, "when")
        assert problem.hint.startswith("Did you mean `")


@pytest.mark.parametrize("what", [None, "x", {"field": "a"}, T.__class__])
def test_what_is_no_condition_is_refused(what):
    """A table must be read first; anything else is no condition."""
    _, found = bind(what, scope(a="integer"), "when")
    hint = 'Write a table such as { field = "country", op = "eq", value = "ES" }.'
    assert list(map(str, found)) == [f"when: a condition was expected (got {shown(what)}). {hint}"]


def test_conditions_nest_to_a_depth_of_13():
    """At most 13 levels; one more is refused before it costs anything."""
    condition = T
    for _ in range(12):
        condition = Not(condition)
    assert bound(condition, a="integer").holds(ROW) is True
    _, (problem,) = bind(Not(condition), scope(a="integer"), "when")
    assert str(problem) == "when: the condition is nested too deep (got 14). Nest conditions at most 13 deep."


def test_fields_of_unknown_types_are_left_to_their_declaration():
    """A wrong declaration is one problem, not one for each condition that reads the field."""
    assert problems(field("a").eq(5) & field("b").eq("x"), a="txt", b="integer") == [
        "when.all[1].value: a whole number was expected"
    ]


@pytest.mark.parametrize(
    "op", ["in", "not_in", "contains", "contains_any", "contains_word", "starts_with", "ends_with"]
)
def test_named_lists_stand_for_their_values(op):
    """One text with a leading @ names a list wherever several values are taken."""
    assert holds("text", op, "@cities", "Ulm") is (op != "not_in")


def test_named_lists_serve_domains_and_lists():
    """`domain_in` and the operators of lists take names too."""
    assert holds("text", "domain_in", "@free_mail", "ada@GMX.de")
    assert not holds("text", "domain_in", "@free_mail", "ada@acme.example")
    assert holds("list", "has_any", "@cities", ["Köln"])
    assert not holds("list", "has_all", "@cities", ["Köln"])


def test_named_lists_fold_as_other_values_do():
    """The options reach the values of a list."""
    assert holds("text", "in", "@cities", "KOLN", ignore_case=True, ignore_accents=True)


def test_a_leading_at_is_a_text_where_one_value_is_taken():
    """`eq` takes one value, so that @ is only a character; so it is inside a list."""
    assert holds("text", "eq", "@cities", "@cities")
    assert holds("text", "contains", ("@cities",), "x@cities")
    assert holds("list", "has", "@cities", ["@cities"])


def test_wrong_condition_cannot_be_bound_by_force():
    """Where a condition has to be sound, one that is not raises with its path."""
    fields = Scope({"size": FieldType("integer")}, {})
    assert bound_of(Leaf(field="size", op="ge", value=5), fields).holds({"size": 5})
    with pytest.raises(ModelError) as caught:
        bound_of(Leaf(field="sice", op="ge", value=5), fields, "here")
    assert "here.field" in str(caught.value)
