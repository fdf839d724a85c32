"""Tests of texts beyond ASCII, numbered and answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual.batch.sql.texts import BITS, Fold, Place, TextTest, TextTests, as_column
from leadqual.conditions import FieldType, Leaf, Scope
from leadqual.conditions.bind import bound_of
from leadqual.conditions.fieldtypes import WrongType
from leadqual.fold import normal
from tests.batch.sql.nasty import TEXTS, of_list, of_text

MEMBERS = [text for text in TEXTS if "\x1f" not in text]


def _asked(leaf, literals):
    fold = Fold(ignore_case=leaf.ignore_case, ignore_accents=leaf.ignore_accents)
    return TextTest(leaf.op, tuple(fold.of(normal(literal)) for literal in literals), fold)


def _literals(leaf):
    return leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)


@pytest.mark.parametrize(("kind", "made"), [("text", of_text), ("list", of_list)])
@given(data=st.data())
def test_bits_are_what_the_reference_says(kind, made, data):
    """Each bit of each mask is the answer of the condition itself, however many tests there are."""
    possible = [leaf for leaf in made("f", MEMBERS) if leaf.value is not None and not isinstance(leaf.value, str)]
    some = data.draw(st.lists(st.sampled_from(possible), min_size=1, max_size=150))
    one = st.sampled_from(MEMBERS)
    values = data.draw(
        st.lists(one if kind == "text" else st.lists(one, min_size=1, max_size=3).map(tuple), max_size=5)
    )
    tests = TextTests()
    places = [tests.place("a_f", kind, _asked(leaf, _literals(leaf))) for leaf in some]
    found = list(tests.rows("a_f", map(as_column, values)))
    scope = Scope({"f": FieldType(kind)}, {})
    for value, (key, written, _, *masks) in zip(values, found, strict=True):
        assert (key, written, len(masks)) == ("a_f", as_column(value), tests.masks)
        assert all(0 <= mask < 1 << BITS for mask in masks)
        for leaf, place in zip(some, places, strict=True):
            asked = Leaf(
                field="f",
                op=leaf.op,
                value=leaf.value,
                ignore_case=leaf.ignore_case,
                ignore_accents=leaf.ignore_accents,
            )
            truth = bound_of(asked, scope).holds({"f": list(value) if kind == "list" else value})
            assert bool(masks[place.mask] >> place.bit & 1) is truth


def test_tests_are_numbered_by_column():
    """Each column counts its own tests, and a test that comes again keeps its place."""
    tests = TextTests()
    first, second = TextTest("eq", ("é",)), TextTest("ne", ("é",))
    assert [tests.place("a", "text", one) for one in (first, second, first)] == [Place(0, 0), Place(0, 1), Place(0, 0)]
    assert tests.place("b", "text", second) == Place(0, 0)
    assert tests.keys == ("a", "b")


def test_masks_hold_sixty_tests_each():
    """The test after the sixtieth stands in the next mask, and every row has as many masks as the longest."""
    tests = TextTests()
    places = [tests.place("a", "text", TextTest("eq", (str(i),))) for i in range(61)]
    assert places[59:] == [Place(0, 59), Place(1, 0)]
    tests.place("b", "text", TextTest("eq", ("é",)))
    assert tests.masks == 2
    assert list(tests.rows("b", ["é"])) == [("b", "é", "é", 1, 0)]
    assert list(tests.rows("a", ["60"])) == [("a", "60", "60", 0, 1)]


def test_rows_hold_values_composed():
    """A text is told as it stands and composed; so is a list."""
    tests = TextTests()
    tests.register("a", "text")
    tests.register("b", "list")
    assert tests.masks == 0
    assert list(tests.rows("a", ["e\u0301"])) == [("a", "e\u0301", "é")]
    assert list(tests.rows("b", ["\x1fe\u0301\x1fx\x1f"])) == [("b", "\x1fe\u0301\x1fx\x1f", "\x1fé\x1fx\x1f")]


def test_rows_refuse_a_text_that_cannot_be_stored():
    """Half of a surrogate pair is refused as by the reference."""
    tests = TextTests()
    tests.register("a", "text")
    with pytest.raises(WrongType):
        list(tests.rows("a", ["\ud800"]))
