"""Personas and needs: what speaks for them, and whether anybody can be of one or have the other."""

import pytest

from tests.core.nurture.check.support import found

WHEN = 'when = { field = "title", op = "exists" }'
SIGN = f"{{ {WHEN} }}"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f'name = "a"\n{WHEN}\nleast = 0', []),
        (WHEN, ["personas[0]: `name` is missing"]),
        ('name = "a"', ["personas[0]: `signs` is missing"]),
        (f'name = "a"\n{WHEN}\nsigns = [{SIGN}]', ["personas[0].when: `when` and `signs` say the same"]),
        ('name = "a"\nsigns = []', ["personas[0].signs: nothing speaks for the persona"]),
        (f'name = "a:b"\n{WHEN}', ["personas[0].name: the name cannot be used"]),
        (f'name = "{"a" * 65}"\n{WHEN}', ["personas[0].name: the name is too long"]),
        (f'name = ""\n{WHEN}', ["personas[0].name: a text was expected"]),
        (f'name = "a"\n{WHEN}\nleast = 101', ["personas[0].least: the number is out of range"]),
        ('name = "a"\nwhen = { field = "titel", op = "exists" }', ["personas[0].when.field: unknown attribute"]),
        ('name = "a"\nwhen = { field = "fit", op = "ge", value = 3 }', ["personas[0].when.field: unknown attribute"]),
        ('name = "a"\nsigns = [{ when = { all = [{ field = "x", op = "exists" }] } }]', [
            "personas[0].signs[0].when.all[0].field: unknown attribute",
        ]),
        (f'name = "a"\nsigns = [{{ {WHEN}, points = 0 }}, {{ {WHEN}, points = 10001 }}, {{ {WHEN}, points = 0.01 }}]', [
            "personas[0].signs[0].points: a sign says something",
            "personas[0].signs[1].points: the number is out of range",
        ]),
        ('name = "a"\nsigns = [{ points = 1 }]', ["personas[0].signs[0]: `when` is missing"]),
        (f'name = "é"\n{WHEN}\n[[personas]]\nname = "e\u0301"\n{WHEN}', ["personas[1].name: the name comes twice"]),
    ],
)  # fmt: skip
def test_personas_that_are_wrong_are_told_with_their_path(text, lines):
    """Each fault of a persona is found, at its place in the document."""
    assert found(f"[[personas]]\n{text}\n", sound="") == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('offers = ["a"]\nleast = 2', []),
        ('offers = ["a"]\noffer_points = 1', []),
        ('hints = [{ on = "visit" }]\nleast = 9', []),
        ("least = 1", ["needs.n: nothing implies the need"]),
        ('offers = ["a", "b"]\noffer_points = 3\nleast = 7', ["needs.n.least: all offers together do not reach it"]),
        ('offers = ["a"]\noffer_points = 0', ["needs.n.offer_points: the number is out of range"]),
        ('offers = ["a"]\nleast = 0', ["needs.n.least: the number is out of range"]),
        ('offers = ["a", "a"]', ["needs.n.offers[1]: it is named twice"]),
        ("offers = 3", ["needs.n.offers: a list was expected"]),
        ("hints = [{ on = [] }]", ["needs.n.hints[0].on: the list is empty"]),
        ("hints = [{ points = 2 }]", ["needs.n.hints[0]: `on` is missing"]),
        ('hints = [{ on = "visit", points = 0 }]', ["needs.n.hints[0].points: the number is out of range"]),
        ('hints = [{ on = "visit", when = { field = "title", op = "exists" } }]', [
            "needs.n.hints[0].when.field: unknown property",
        ]),
    ],
)  # fmt: skip
def test_needs_that_are_wrong_are_told_with_their_path(text, lines):
    """Each fault of a need is found, also that nobody could have it."""
    assert found(f"[needs.n]\n{text}\n", sound="") == lines


def test_names_of_tables_are_looked_at():
    """A name under which a need or a content stands is one that can be used."""
    offers = 'offers = "a"'
    assert found(f'[needs."a:b"]\n{offers}\n[needs.""]\n{offers}\n[content."{"c" * 65}"]\nkind = "x"\n', sound="") == [
        "needs.a:b: the name cannot be used",
        "needs.: a text was expected",
        f"content.{'c' * 65}: the name is too long",
    ]


def test_names_that_look_the_same_are_told():
    """Two ways to type one accent are one name."""
    assert found('[content."é"]\nkind = "x"\n[content."e\u0301"]\nkind = "x"\n', sound="") == [
        "content.e\u0301: the name comes twice"
    ]
