"""A guard that is told never to hold never holds."""

from collections import Counter
from datetime import date
from decimal import Decimal

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from leadqual.conditions import All, AnyOf, Leaf, Not
from leadqual.conditions.bind import bound_of
from tests.core.lifecycle.check.support import SCOPE, STAGES, TRANSITIONS, changed, found

TEXTS = ("a", "A", "á", "b")
BARS = ("mql", "sql")
AUTOMATIC = ("event", "profile", "release", "tick")
SPOKEN = ("accept", "maybe", "return")
DAYS = (date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3))
HALVES = (Decimal("0.5"), Decimal(1), Decimal("1.5"))
WORDS = {
    "text": TEXTS, "list": TEXTS, "integer": (0, 1, 2), "number": HALVES, "points": HALVES, "date": DAYS,
    "boolean": (False, True), "grade": ("A", "B"),
}  # fmt: skip
OWN_WORDS = {
    "score.qualifies": (*BARS, "hot"), "score.stays": (*BARS, "MQL"), "stage": ("lead", "mql", "won", "sal"),
    "furthest": ("lead", "won", "sal"), "input.by": ("us", "lead", "them"), "acquisition": ("inbound", "bought"),
}  # fmt: skip
OPS = {
    "text": ("eq", "ne", "in", "not_in", "contains", "starts_with", "exists", "missing"),
    "list": ("has", "has_any", "has_all", "exists", "missing"),
    "boolean": ("eq", "ne", "exists", "missing"),
    "grade": ("eq", "ne", "in", "exists", "missing"),
} | dict.fromkeys(
    ("integer", "number", "points", "date"),
    ("eq", "ne", "in", "not_in", "lt", "le", "gt", "ge", "between", "exists", "missing"),
)
FIELDS = (
    "size", "attempts", "cycle", "fit", "input.minutes", "founded", "email", "kinds", "grade", "acquisition",
    "score.qualifies", "score.stays", "score.gate", "state.hand_raised", "state.touched", "input.kind", "input.by",
    "input.interaction", "input.hand_raise", "verdict.reason", "stage", "furthest",
)  # fmt: skip
"""What the guards here read; few fields and few values, so that many of them contradict themselves."""


@st.composite
def leaves(draw, names):
    """Draw a comparison of one of some fields."""
    name = draw(st.sampled_from(names))
    kind = SCOPE.fields[name].name
    op = draw(st.sampled_from(OPS[kind]))
    if op in ("exists", "missing"):
        return Leaf(field=name, op=op)
    words = OWN_WORDS.get(name, WORDS[kind])
    value = draw(st.sampled_from(words))
    if op in ("in", "not_in", "has_any", "has_all"):
        value = tuple(draw(st.lists(st.sampled_from(words), min_size=1, max_size=2)))
    if op == "between":
        value = tuple(sorted((value, draw(st.sampled_from(words)))))
    folds = kind in ("text", "list")
    return Leaf(
        field=name,
        op=op,
        value=value,
        ignore_case=folds and draw(st.booleans()),
        ignore_accents=folds and draw(st.booleans()),
        missing=draw(st.sampled_from((None, None, True, False))),
    )


@st.composite
def guards(draw):
    """Draw a guard over two or three fields."""
    names = draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=3))
    parts = st.lists(leaves(names), min_size=2, max_size=5)
    return draw(
        st.recursive(
            st.one_of(parts.map(All), leaves(names)),
            lambda inner: st.one_of(
                st.lists(inner, max_size=3).map(All), st.lists(inner, max_size=3).map(AnyOf), inner.map(Not)
            ),
            max_leaves=4,
        )
    )


def some(values):
    """Draw one of the values, or nothing."""
    return st.one_of(st.none(), st.sampled_from(values))


@st.composite
def rows(draw, trigger, leaves_from, hand_raise):
    """Draw what a guard may find when a lead of these stages takes this input."""
    event, said = trigger == "event", trigger in SPOKEN
    texts, flags = some(TEXTS), st.booleans()
    bars = st.lists(st.sampled_from(BARS), unique=True).map(sorted)
    members = st.one_of(st.none(), st.lists(st.sampled_from(TEXTS), max_size=3))
    return {
        "size": draw(st.one_of(st.none(), st.integers(-1, 3))),
        "attempts": draw(st.integers(0, 3)),
        "cycle": draw(st.integers(1, 3)),
        "fit": draw(st.integers(40, 160)),
        "founded": draw(some(DAYS)),
        "email": draw(texts),
        "kinds": draw(members),
        "grade": draw(some(("A", "B", "C"))),
        "acquisition": draw(some(("inbound", "outbound", "partner"))),
        "score.qualifies": draw(bars),
        "score.stays": draw(bars),
        "score.gate": draw(texts) if said else None,
        "state.hand_raised": hand_raise and draw(flags),
        "state.touched": draw(flags),
        "input.kind": draw(st.sampled_from(TEXTS)) if event else None,
        "input.by": draw(st.sampled_from(("lead", "us"))) if event else None,
        "input.minutes": draw(some((0.5, 0.75, 1.0, 1.5, 2.0))) if event else None,
        "input.interaction": event and draw(flags),
        "input.hand_raise": event and hand_raise and draw(flags),
        "verdict.reason": draw(texts) if said else None,
        "stage": draw(st.sampled_from(leaves_from)),
        "furthest": draw(st.sampled_from([stage.name for stage in STAGES])),
    }


def _told(guard, **changes):
    hand_raise = changes.pop("hand_raise")
    places = found(changed("score", when=guard, **changes), hand_raise=hand_raise, stay_bars=BARS)
    return [where for where, what in places if what.startswith(("it can never hold", "the guard can never hold"))]


@given(st.data())
def test_a_guard_that_holds_of_some_row_is_not_told(data):
    """Whatever a guard says: if it holds once, on one trigger of several, nothing is said against it."""
    guard = data.draw(guards())
    on = tuple(data.draw(st.lists(st.sampled_from((*AUTOMATIC, *SPOKEN)), min_size=1, max_size=2, unique=True)))
    from_ = tuple(data.draw(st.lists(st.sampled_from(("lead", "mql", "sql")), min_size=1, max_size=2, unique=True)))
    hand_raise = data.draw(st.booleans())
    told = _told(guard, on=on, from_=from_, hand_raise=hand_raise)
    if not told:
        return
    holds = bound_of(guard, SCOPE).holds
    for _ in range(5):
        row = data.draw(rows(data.draw(st.sampled_from(on)), from_, hand_raise))
        assert not holds(row), row


@given(guards())
def test_what_is_told_lies_within_the_guard(guard):
    """Every problem of a guard is at the guard or below, and there is one at most for each of its parts."""
    told = _told(guard, on="event", from_="lead", hand_raise=True)
    assert all(where.startswith("lifecycle.transitions[3].when") for where in told)
    assert max(Counter(told).values(), default=1) == 1


@given(guards())
def test_a_guard_and_its_opposite_are_not_both_impossible(guard):
    """Of any lead one of the two holds."""
    one, other = (_told(part, on="event", from_="lead", hand_raise=True) for part in (guard, Not(guard)))
    assert not (one and other)


def test_the_rows_are_those_of_a_right_table():
    """The table under the guards here has no other problem that could hide one."""
    assert found(TRANSITIONS, stay_bars=BARS) == []
    assert found(tuple(evolve(part) for part in TRANSITIONS)) == []
