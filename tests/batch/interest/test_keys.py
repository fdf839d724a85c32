"""Lead, class and age as one number with room for all of them; ids of leads stand for themselves where they fit."""

import pytest

from leadqual.batch.interest.classes import Asked, classes_of
from leadqual.batch.interest.counts import EVERY_AGE, Keys
from leadqual.batch.interest.worths import worths_of
from leadqual.conditions.nodes import Leaf
from leadqual.errors import UnsupportedByEngine
from leadqual.interest import Interest, InterestRule, Linear, Per, Window
from leadqual.scoring.model import ScoringModel


def keys(rules, *, oldest=0, ids=None):
    """Return the keys of some rules."""
    model = ScoringModel(properties={"n": "integer"}, interest=Interest(rules=rules))
    plan = model.plans.interest
    return Keys.of(plan, classes_of(plan, Asked()), worths_of(plan), oldest=oldest, ids=ids)


def bits(size):
    """Return the least power of two that is not below a size."""
    return 1 << (size - 1).bit_length()


@pytest.mark.parametrize(
    ("rules", "oldest", "ages"),
    [
        ([InterestRule(event="a", points=1, decay=Window(9))], 0, 11),
        ([InterestRule(event="a", points=1, decay=Window(9))], 365, 367),
        ([InterestRule(event="a", points=1, decay=Linear(9), per=Per(days=7, times=1))], 0, 17),
        ([InterestRule(event="a", points=1, decay=Window(9))], None, EVERY_AGE),
        ([InterestRule(event="a", points=1)], 0, EVERY_AGE),
        ([InterestRule(event="a", points=-1, inactivity=3, min=-4)], 0, EVERY_AGE),
    ],
)
def test_ages_reach_as_far_as_anything_asks(rules, oldest, ages):
    """To the horizon with the days of a period before it, and to the oldest act that bars read; else to any age."""
    found = keys(rules, oldest=oldest)
    assert ages <= found.ages <= bits(ages)
    assert found.span >= found.classes * found.ages


@pytest.mark.parametrize(
    ("ids", "lowest"),
    [
        ((1, 1_000_000), 1),
        ((-5, 7), -5),
        ((-(1 << 62), 3 - (1 << 62)), -(1 << 62)),
        (((1 << 63) - 4, (1 << 63) - 1), (1 << 63) - 4),
        ((-(1 << 63), 1 - (1 << 63)), None),
        ((0, 1 << 62), None),
        ((-(1 << 61), 1 << 61), None),
        (None, None),
    ],
)
def test_ids_stand_for_themselves_where_they_lie_close_together(ids, lowest):
    """A key has 64 bits, and so has the number before the lowest id."""
    assert keys([InterestRule(event="a", points=1)], ids=ids).lowest == lowest


def test_last_key_of_ids_that_stand_for_themselves_has_room():
    """The highest id that is allowed still gives a key of 63 bits."""
    rules = [InterestRule(event="a", points=1, decay=Window(9))]
    span = keys(rules).span
    widest = (1 << 62) // span - 3
    assert keys(rules, ids=(0, widest)).lowest == 0
    assert (widest + 2) * span < 1 << 63
    assert keys(rules, ids=(0, widest + 2)).lowest is None


def test_too_many_classes_are_refused():
    """Kinds with several conditions each, whose events of every age count, need more room than a key has."""
    kinds = [f"kind {at}" for at in range(600)]
    rules = [
        InterestRule(event=kind, points=1, when=Leaf(field="n", op="ge", value=at)) for kind in kinds for at in range(6)
    ]
    with pytest.raises(UnsupportedByEngine, match="38,401 classes of events"):
        keys(rules)
