"""Strategies for what a hostile or careless caller may pass."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

EDGES: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**63, -(2**63) - 1, 10**4000,
    0.0, -0.0, 1e400, -1e400, float("nan"), 5e-324,
    Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("-0"), Decimal("0.005"),
    Decimal("1e-30"), Decimal("1e1000000"),
    "", " ", "\x00", "\ud800", "@words", "@nothing", "*", "group.web", "-06:00", "+25:00", "2026-02-30",
    "9" * 5000, "=1+1",
    b"", b"\xff", [], {}, [[]], [None], {"all": []}, {"not": {}}, {"field": "size", "op": "eq", "value": {}},
    datetime(1, 1, 1), datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))), datetime(9999, 12, 31, 23, tzinfo=UTC),
    datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=-12))), date(2026, 1, 1),
    timedelta(1), object(), set(), range(3),
)  # fmt: skip
TEXT = st.text(st.characters(codec=None), max_size=20)
JUNK = st.one_of(
    st.sampled_from(EDGES),
    TEXT,
    st.integers(),
    st.floats(),
    st.datetimes(),
    st.recursive(
        st.sampled_from(EDGES), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3)
    ),
)
"""Values of any type; some of them can stand in a document, most cannot."""


def _writable(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_writable, value))
    if isinstance(value, dict):
        return all(isinstance(key, str) and _writable(item) for key, item in value.items())
    return value is None or type(value) in (bool, int, float, str) or (type(value) is Decimal and value.is_finite())


WRITABLE_JUNK = JUNK.filter(_writable)
"""Junk that JSON text can hold."""


@st.composite
def spoilt(draw: st.DrawFn, whole: Any) -> Any:
    """Draw a copy of a document in which one place, at any depth, was replaced, removed, renamed or doubled."""
    if not isinstance(whole, dict | list) or not whole or not draw(st.integers(0, 5)):
        return draw(WRITABLE_JUNK)
    if isinstance(whole, list):
        at = draw(st.integers(0, len(whole) - 1))
        instead = draw(st.sampled_from(("change", "change", "remove", "double")))
        middle = {"change": lambda: [draw(spoilt(whole[at]))], "remove": list, "double": lambda: [whole[at], whole[at]]}
        return [*whole[:at], *middle[instead](), *whole[at + 1 :]]
    key = draw(st.sampled_from(sorted(whole)))
    match draw(st.sampled_from(("change", "change", "change", "remove", "rename", "add"))):
        case "change":
            return whole | {key: draw(spoilt(whole[key]))}
        case "remove":
            return {name: item for name, item in whole.items() if name != key}
        case "rename":
            return {(draw(TEXT) if name == key else name): item for name, item in whole.items()}
        case _:
            return whole | {
                draw(st.sampled_from(("max", "min", "points", "when", "not", "value", "polnts"))): draw(WRITABLE_JUNK)
            }
