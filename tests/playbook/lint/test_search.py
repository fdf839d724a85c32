"""What can hold and what cannot, case by case: contradictions are seen, and nothing else is taken for one."""

import pytest

from leadqual.conditions import All, AnyOf, field
from leadqual.playbook.lint.parts import parts_of
from leadqual.playbook.lint.search import can_fail, can_hold, without
from leadqual.scoring import ScoringModel

A, N, X, D, I, B, T = map(field, ("text", "integer", "number", "date", "instant", "boolean", "list"))
TYPES = ("text", "integer", "number", "date", "instant", "boolean", "list")
LONG = tuple(f"v{i}" for i in range(400))
MODEL = ScoringModel(attributes={name: name for name in TYPES}, lists={"few": ("a", "b"), "long": LONG})
FIELDS = parts_of(MODEL).of_lead
MORNING, NOON = "2026-01-01T06:00:00Z", "2026-01-01T12:00:00Z"

NEVER = {
    "nothing to choose from": AnyOf(()),
    "below and above": N.lt(5) & N.gt(5),
    "between two whole numbers": N.gt(5) & N.lt(6),
    "the only whole number left out": N.ge(5) & N.le(6) & N.not_in(5, 6),
    "at most and not at most": N.le(5) & ~N.le(5, missing=True),
    "at most, and not at most one more": N.le(5) & ~N.le(6),
    "at least, and not at least one less": N.ge(5) & ~N.ge(4),
    "more, and not more than one less": N.gt(5) & ~N.gt(4),
    "less, and not less than one more": N.lt(5) & ~N.lt(6),
    "more than the greatest": N.gt(2**63 - 1),
    "less than the least": N.lt(-(2**63)),
    "more than the last day": D.gt("9999-12-31"),
    "less than the first day": D.lt("0001-01-01"),
    "between two days": D.gt("2026-01-01") & D.lt("2026-01-02"),
    "before and after": I.lt(MORNING) & I.ge(NOON),
    "two instants": I.eq(MORNING) & I.eq(NOON),
    "an instant left out": I.between(NOON, NOON) & I.ne(NOON),
    "outside of what is asked": X.between(1, 2) & ~X.between(0, 3),
    "two numbers": N.is_in(1, 2) & N.is_in(3, 4),
    "neither yes nor no": B.ne(value=True) & B.ne(value=False),
    "yes and no": B.eq(value=True) & ~B.eq(value=True, missing=True),
    "known and missing": A.exists() & A.missing(),
    "missing and equal": A.missing() & A.eq("a"),
    "missing, but that would do": A.missing() & ~A.eq("a", missing=True),
    "two texts": A.eq("a") & A.eq("b"),
    "two texts in any case": A.eq("a", ignore_case=True) & A.eq("B", ignore_case=True),
    "a text left out": A.is_in("a", "b") & A.not_in("b", "a", "c"),
    "a text left out of a list": A.is_in("@few") & ~A.is_in("@few"),
    "a text that does not begin so": A.eq("abc") & A.starts_with("b"),
    "a text that is left out in any case": A.eq("A") & ~A.contains("a", ignore_case=True),
    "two beginnings": A.starts_with("ab") & A.starts_with("b", "ac"),
    "two ends": A.ends_with("ab") & A.ends_with("a", "cb"),
    "a part that holds another": A.contains("abc", "bcd") & ~A.contains("bc"),
    "a beginning that holds another": A.starts_with("abc") & ~A.starts_with("ab"),
    "a beginning that holds a part": A.starts_with("abc") & ~A.contains_any("c", "x"),
    "words that hold a word": A.contains_word("head of sales") & ~A.contains_word("sales"),
    "a part in any case": A.contains("Head") & ~A.contains("head", ignore_case=True),
    "two domains": A.domain_in("a.example") & A.domain_in("b.example"),
    "a domain left out": A.domain_in("a.example", "B.example") & ~A.domain_in("b.example", "A.example"),
    "an item left out": T.has("a") & ~T.has_any("a", "b"),
    "one of all items left out": T.has_all("a", "b") & ~T.has("b"),
    "all of one item": T.has("a") & ~T.has_all("a"),
    "a lead without an id": field("id").missing(),
    "an acquisition that there is not": field("acquisition").eq("Outbound"),
    "an acquisition that is none of all": field("acquisition").not_in("inbound", "outbound", "partner"),
    "either of two contradictions": (N.lt(1) & N.gt(1)) | (A.eq("a") & A.eq("b")),
    "both of two choices": (N.lt(1) | N.gt(9)) & (N.between(2, 3) | N.eq(5)),
    "not any of two halves": ~(N.lt(5, missing=True) | N.ge(5)),
}
SOMETIMES = {
    "at most, and not less": N.le(5) & ~N.lt(5),
    "at least, and not more": N.ge(5) & ~N.gt(5),
    "both ends of one number": N.ge(5) & N.le(5),
    "between two numbers": X.gt(5) & X.lt(6),
    "the number between": N.gt(4) & N.lt(6),
    "the greatest": N.ge(2**63 - 1),
    "the last day": D.ge("9999-12-31"),
    "the day between": D.gt("2026-01-01") & D.lt("2026-01-03"),
    "an instant between": I.gt(MORNING) & I.lt(NOON),
    "the rest of a range": N.between(5, 8) & N.not_in(5, 6, 8),
    "outside or missing": ~X.between(0, 3) & ~X.exists(),
    "not yes": ~B.eq(value=True) & B.exists(),
    "not equal, since it is missing": A.missing() & ~A.eq("a"),
    "equal, or missing": A.missing() & A.eq("a", missing=True),
    "two cases of one text": A.eq("a", ignore_case=True) & A.eq("A"),
    "one text and another case of it": A.eq("a", ignore_case=True) & ~A.eq("a"),
    "a text of a list": A.is_in("@few") & A.ne("a"),
    "two texts without regard to accents": A.eq("e", ignore_accents=True) & A.eq("é"),
    "a longer beginning": A.starts_with("ab") & A.starts_with("abc"),
    "a longer end": A.ends_with("ab") & A.ends_with("b", "x"),
    "two beginnings, one in any case": A.starts_with("ab") & A.starts_with("AB", ignore_case=True),
    "one of two parts": A.contains("abc", "x") & ~A.contains("bc"),
    "a part that is no word": A.contains("sales") & ~A.contains_word("sales"),
    "a word that does not stand first": A.contains_word("sales") & ~A.starts_with("sales"),
    "a shorter part": A.contains("b") & ~A.contains("bc"),
    "a part in one case only": A.contains("head", ignore_case=True) & ~A.contains("head"),
    "a part with accents": A.contains("Técnico") & ~A.contains("jefe", ignore_accents=True),
    "one of two domains": A.domain_in("a.example", "b.example") & A.domain_in("b.example", "c.example"),
    "the other domain": A.domain_in("a.example", "b.example") & ~A.domain_in("b.example"),
    "another item": T.has_any("a", "b") & ~T.has("b"),
    "not all items": T.has("a") & ~T.has_all("a", "b"),
    "items in two cases": T.has("a") & ~T.has("A", ignore_case=True),
    "an acquisition in any case": field("acquisition").eq("OUTBOUND", ignore_case=True),
    "no acquisition": field("acquisition").eq("Outbound", missing=True),
    "one of two choices": (N.lt(1) | N.gt(9)) & (N.between(2, 3) | N.eq(10)),
    "the second way": (N.lt(1) & N.gt(1)) | A.eq("a"),
    "the second way, beside another": All(((N.lt(1) & N.gt(1)) | N.eq(7), N.gt(5))),
}


@pytest.mark.parametrize("condition", NEVER.values(), ids=NEVER)
def test_contradiction_is_seen(condition):
    """The condition can never hold, and whatever happens it does not hold."""
    assert not can_hold(condition, FIELDS)
    assert not can_fail(~condition, FIELDS)
    assert can_fail(condition, FIELDS)


@pytest.mark.parametrize("condition", SOMETIMES.values(), ids=SOMETIMES)
def test_condition_that_holds_of_some_lead_is_no_contradiction(condition):
    """The condition can hold, and it can fail too."""
    assert can_hold(condition, FIELDS)
    assert can_fail(condition, FIELDS)


def test_condition_cannot_hold_without_what_it_brings():
    """A narrower condition never holds where a wider one does not; the reverse may be."""
    narrow, wide = N.ge(50), N.ge(10)
    assert not without(narrow, [wide], FIELDS)
    assert not without(A.eq("a") | A.eq("b"), [A.eq("b"), A.is_in("a", "c")], FIELDS)
    assert without(wide, [narrow], FIELDS)


def test_search_gives_up_on_too_much_and_calls_it_possible():
    """Long lists and very many choices are not looked through to the end: what is not found is possible."""
    contradiction = A.is_in("@long") & ~A.is_in("@long")
    assert not can_hold(contradiction, FIELDS)
    assert can_hold(All((contradiction, *(A.contains(*LONG) for _ in range(400)))), FIELDS)
    listed = T.has_any(*LONG) & ~T.has_any(*LONG)
    assert not can_hold(listed, FIELDS)
    assert can_hold(All((listed, *(T.has_any(*LONG) for _ in range(400)))), FIELDS)
    many = [N.eq(i) | N.eq(-i) for i in range(1, 30)]
    assert not can_hold(All((N.gt(0), N.lt(0), *many)), FIELDS)
    assert not can_hold(All(tuple(many[:5])), FIELDS)
    assert can_hold(All(tuple(many)), FIELDS)
