"""Arms, holdout and exposure."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from leadqual.lifecycle.enrolment import Enrolment, PastTouch
from leadqual.nurture.experiments import Draw, Exposure, draw, exposures
from leadqual.nurture.sequences import Sequence

NOON = datetime(2026, 12, 4, 12, tzinfo=UTC)
LEADS = [f"L{n}" for n in range(10_000)]
HALVES = Sequence(arms={"short": 50, "long": 50})


def by_the_definition(word, salt, name, lead, parts):
    """Return a lead's place among so many parts, worked out with fractions of the digest's first eight bytes."""
    digest = sha256(b"\0".join(part.encode() for part in (word, salt, name, lead))).hexdigest()
    return int(digest[:16], 16) * parts // 2**64


@pytest.mark.parametrize(
    ("lead", "drawn"),
    [
        ("L1", Draw(arm="short")),
        ("L2", Draw(arm="long")),
        ("L3", Draw(arm="short")),
        ("L4", Draw(held_out=True)),
        ("Zo\u00eb", Draw(arm="long")),
    ],
)
def test_draw_is_the_same_for_ever(lead, drawn):
    """A lead of a stored fact would draw the same again, in every release and on every machine."""
    assert draw("welcome", Sequence(arms={"short": 50, "long": 50}, holdout=10), lead) == drawn


@pytest.mark.parametrize("salt", [None, "second try", ""])
def test_draw_follows_the_digest_of_salt_sequence_and_lead(salt):
    """Arms in the order of their names; the sequence's name where there is no salt."""
    sequence = Sequence(arms={"b": 1, "a": 2, "c": 3}, holdout=25, salt=salt)
    used = "welcome" if salt is None else salt
    for lead in LEADS[:400]:
        held = by_the_definition("holdout", used, "welcome", lead, 100) < 25
        arm = "aabccc"[by_the_definition("arm", used, "welcome", lead, 6)]
        assert draw("welcome", sequence, lead) == (Draw(held_out=True) if held else Draw(arm=arm))


def test_draw_divides_leads_by_the_weights():
    """Within three standard deviations of 10,000 leads."""
    sequence = Sequence(arms={"a": 70, "b": 20, "none": 0, "c": 10}, holdout=20)
    counts = Counter((drawn.arm, drawn.held_out) for drawn in (draw("s", sequence, lead) for lead in LEADS))
    assert abs(counts[None, True] - 2_000) < 120
    assert abs(counts["a", False] - 5_600) < 150
    assert abs(counts["b", False] - 1_600) < 111
    assert abs(counts["c", False] - 800) < 83
    assert set(counts) == {(None, True), ("a", False), ("b", False), ("c", False)}


def test_arm_does_not_depend_on_the_holdout():
    """A smaller holdout lets some in and moves nobody."""
    some = Sequence(arms=HALVES.arms, holdout=30)
    for lead in LEADS[:1_000]:
        drawn = draw("s", some, lead)
        assert drawn.held_out or drawn == draw("s", HALVES, lead)
    arms = Counter(draw("s", HALVES, lead).arm for lead in LEADS if draw("s", some, lead).held_out)
    assert abs(arms["long"] - arms["short"]) < 165


def test_holdout_only_grows_with_its_share():
    """Who is held out of a hundred in ten is held out in twenty."""
    small, large = Sequence(holdout=10), Sequence(holdout=20)
    for lead in LEADS[:1_000]:
        assert draw("s", large, lead).held_out or not draw("s", small, lead).held_out


def test_arms_of_two_sequences_are_drawn_apart():
    """Also under one salt; and another salt draws anew."""
    salted = Sequence(arms=HALVES.arms, salt="x")
    for one, other in (
        (("s", salted), ("t", salted)),
        (("s", HALVES), ("s", salted)),
        (("s", HALVES), ("t", HALVES)),
    ):
        same = sum(draw(*one, lead).arm == draw(*other, lead).arm for lead in LEADS)
        assert abs(same - 5_000) < 150


@pytest.mark.parametrize(
    ("sequence", "drawn"),
    [
        (Sequence(), Draw()),
        (Sequence(holdout=100, arms={"a": 1}), Draw(held_out=True)),
        (Sequence(holdout=0, arms={"a": 1}), Draw(arm="a")),
        (Sequence(arms={"a": 0}), Draw()),
    ],
)
def test_draw_without_choice_needs_no_luck(sequence, drawn):
    """Nobody is held out of nothing, everybody of a hundred in a hundred."""
    assert {draw("s", sequence, lead) for lead in LEADS[:200]} == {drawn}


def place(sequence="s", hours=0, **more):
    """Return a place in a sequence, taken so many hours after noon."""
    at = NOON + timedelta(hours=hours)
    return Enrolment(sequence=sequence, step="one", at=at, since=at, **more)


def touch(hours, outcome="sent", sequence="s"):
    """Return a touch that came due so many hours after noon."""
    at = NOON + timedelta(hours=hours)
    return PastTouch(
        key=f"k{hours}", sequence=sequence, step="one", channel="email", purpose="n", at=at, outcome=outcome
    )


def test_exposure_begins_with_the_first_touch_that_was_sent():
    """What was only due, skipped, cancelled or given up shows nobody anything."""
    touches = [
        touch(1, "due"), touch(2, "skipped"), touch(3, "cancelled"), touch(4, "expired"), touch(9), touch(6),
    ]  # fmt: skip
    assert exposures([place(arm="a", number=3)], touches) == (
        Exposure(sequence="s", number=3, arm="a", held_out=False, since=NOON, at=NOON + timedelta(hours=6), touches=2),
    )


def test_exposure_is_that_of_the_enrolment_and_its_sequence():
    """Touches before it, and of others, belong to others; one of its very instant is its own."""
    touches = [touch(1), touch(2, sequence="t"), touch(3)]
    (found,) = exposures([place(hours=2, arm="a")], touches)
    assert (found.at, found.touches) == (NOON + timedelta(hours=3), 1)
    (found,) = exposures([place(hours=3, arm="a")], touches)
    assert (found.at, found.touches) == (NOON + timedelta(hours=3), 1)
    (found,) = exposures([place("t", arm="b")], touches)
    assert (found.at, found.touches, found.arm) == (NOON + timedelta(hours=2), 1, "b")


def test_exposure_of_the_holdout_is_told_beside_that_of_the_arms():
    """Both take part from their enrolment on; who is in no experiment is left out."""
    found = exposures([place(held_out=True), place("t"), place("u", arm="a")], [])
    assert found == (
        Exposure(sequence="s", number=1, arm=None, held_out=True, since=NOON, at=None, touches=0),
        Exposure(sequence="u", number=1, arm="a", held_out=False, since=NOON, at=None, touches=0),
    )
