"""Conditions as claims."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual.conditions import All, AnyOf, Condition, FieldType, Not, Scope, bind, condition_from_plain, field
from leadqual.conditions.claims import ALWAYS, NEVER, Claim, Claims, Joined, claims
from tests.properties.conditions import LISTS, conditions
from tests.properties.vocabulary import ATTRIBUTES, VALUES

A, B = field("a").eq(1), field("b").eq(2)
SCOPE = Scope({name: FieldType(kind) for name, kind in ATTRIBUTES.items()}, {k: tuple(v) for k, v in LISTS.items()})
ROWS = st.fixed_dictionaries({name: st.sampled_from(VALUES[kind]) for name, kind in ATTRIBUTES.items()})


def condition_of(found: Claims) -> Condition:
    """Return the condition that claims amount to."""
    if isinstance(found, Claim):
        return found.leaf if found.holds else Not(found.leaf)
    parts = tuple(condition_of(part) for part in found.parts)
    return All(parts) if found.every else AnyOf(parts)


@given(conditions(ATTRIBUTES), ROWS)
def test_claims_hold_exactly_where_their_condition_does(plain, row):
    """Moving *not* inwards changes neither what holds nor what is unknown."""
    condition = condition_from_plain(plain)
    before, after = bind(condition, SCOPE, "when")[0], bind(condition_of(claims(condition)), SCOPE, "when")[0]
    assert before.holds(row) is after.holds(row)
    assert before.knows(row) is after.knows(row)


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (A, Claim(A, holds=True)),
        (~A, Claim(A, holds=False)),
        (~~A, Claim(A, holds=True)),
        (~field("a").exists(), Claim(field("a").missing(), holds=True)),
        (~field("a").missing(), Claim(field("a").exists(), holds=True)),
        (~(A & B), Joined(every=False, parts=(Claim(A, holds=False), Claim(B, holds=False)))),
        (All((A, All((B, A)))), Joined(every=True, parts=(Claim(A, True), Claim(B, True), Claim(A, True)))),
        (All((AnyOf((A,)),)), Claim(A, holds=True)),
        (All(()), ALWAYS),
        (AnyOf(()), NEVER),
        (A & AnyOf(()), NEVER),
        (A & All(()), Claim(A, holds=True)),
        (A | All(()), ALWAYS),
        (~(A | All(())), NEVER),
    ],
)
def test_claims_are_as_short_as_their_condition_allows(condition, found):
    """Joints within their like, single parts and what is always or never so disappear."""
    assert claims(condition) == found
