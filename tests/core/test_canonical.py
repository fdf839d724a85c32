"""Plain data in one text: what is equal has one fingerprint."""

from datetime import date
from decimal import Decimal

import pytest
from attrs import NOTHING, Factory, field, fields, frozen

from leadqual.canonical import canonical_json, default_of, fingerprint, key_of, plain


@frozen(kw_only=True)
class Tagged:
    kind = "acme/size"
    low: int
    names: tuple[str, ...] = ()
    more: dict[str, int] = field(factory=dict)
    hidden: int = field(init=False, default=3)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal("6.50"), "6.5"),
        (Decimal("65e-1"), "6.5"),
        (Decimal("-0.00"), "0"),
        (0, "0"),
        (Decimal("1E+3"), "1000"),
        (7, "7"),
        (1.5, "1.5"),
        (-0.0, "0"),
        (1e300, "1E+300"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("1E-30"), "1E-30"),
        (10**24, "1" + "0" * 24),
        (10**25, "1E+25"),
    ],
)
def test_numbers_are_written_in_their_shortest_form(number, text):
    """One value has one spelling, whatever its type and however it was written."""
    assert canonical_json(number) == text


def test_texts_are_composed_and_not_escaped():
    """Text stands in NFC; keys and values alike."""
    assert canonical_json({"e\u0301": ["e\u0301", True, None]}) == '{"é":["é",true,null]}'


def test_keys_are_sorted():
    """The order in which a table was written does not matter."""
    assert canonical_json({"b": 1, "a": {"d": 1, "c": ()}}) == '{"a":{"c":[],"d":1},"b":1}'


def test_plain_leaves_defaults_out():
    """What equals its default, and what is empty, is not written; a tag and what has no default is."""
    assert plain(Tagged(low=0)) == {"kind": "acme/size", "low": 0}
    assert plain(Tagged(low=1, names=("x",), more={"a": 2})) == {
        "kind": "acme/size",
        "low": 1,
        "names": ["x"],
        "more": {"a": 2},
    }


def test_plain_passes_on_what_is_plain_already():
    """Numbers and texts are themselves; tuples become lists, and dates the texts that stand for them."""
    assert plain(((1, "a"), date(2026, 1, 1))) == [[1, "a"], "2026-01-01"]


def test_fingerprint_is_a_hash_of_the_canonical_text():
    """The same data has the same fingerprint in every release."""
    assert fingerprint({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert fingerprint({"a": Decimal("1.0"), "b": "e\u0301"}) == fingerprint({"b": "é", "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": True})


@frozen(kw_only=True)
class _Way:
    from_: str
    inner: Tagged = field(factory=lambda: Tagged(low=1, names=("a",)))
    pair: tuple[int, ...] = field(default=Factory(lambda self: (1, len(self.from_)), takes_self=True))


def test_plain_leaves_out_what_a_factory_makes():
    """A default that is made anew each time is a default; a value that is nothing but empty is none."""
    assert plain(_Way(from_="x", pair=(1, 1))) == {"from": "x", "pair": [1, 1]}
    assert plain(_Way(from_="x", inner=Tagged(low=2), pair=())) == {
        "from": "x",
        "inner": {"kind": "acme/size", "low": 2},
        "pair": [],
    }


def test_keys_are_fields_without_the_underscore_that_python_needs():
    """Only one at the end is taken away, for words that Python keeps to itself."""
    assert [key_of(name) for name in ("from_", "_from", "rest_months", "to")] == ["from", "_from", "rest_months", "to"]


def test_defaults_are_those_of_a_value_that_is_not_given():
    """What has to be given has none, and what depends on the rest of the value is not worked out."""
    needed, inner, pair = fields(_Way)
    assert default_of(needed) is NOTHING
    assert default_of(inner) == Tagged(low=1, names=("a",))
    assert isinstance(default_of(pair), type(Factory(dict)))
