"""What is wrong with an interest, with the path of each problem."""

from decimal import Decimal

import pytest

from leadqual.conditions import field
from leadqual.interest import Cap, InterestRule
from tests.core.loose import HalfLife, Interest, Per
from tests.core.support import refusal, rule, rules

PROPERTIES = {"asset": "text", "amount": "number", "tags": "list", "seats": "integer"}


def _wrong(*given, **axis):
    return refusal(properties=PROPERTIES, interest=Interest(rules=given, **axis))


@pytest.mark.parametrize(
    ("more", "lines"),
    [
        ({"event": ()}, [".event: a kind of event was expected"]),
        ({"event": 3}, [".event: a kind of event was expected"]),
        ({"event": ""}, [".event: a text was expected"]),
        ({"event": ["a", 3, "a"]}, [".event[1]: a text was expected", ".event[2]: the kind is named twice"]),
        ({"event": ["d\u00e9mo", "de\u0301mo"]}, [".event[1]: the kind is named twice"]),
        ({"event": [f"k{i}" for i in range(1001)]}, [".event: too many kinds"]),
        ({"event": ["a", "*"]}, [".event: any kind beside others"]),
        ({"points": 1.5}, [".points: an exact number was expected"]),
        ({"points": True}, [".points: a number was expected"]),
        ({"points": Decimal("0.001")}, [".points: the number has too many decimal places"]),
        ({"points": 10_001}, [".points: the number is out of range"]),
        ({"distinct_by": "aset"}, [".distinct_by: unknown property"]),
        ({"distinct_by": 3}, [".distinct_by: unknown property"]),
        ({"distinct_by": "amount"}, [".distinct_by: a number does not tell events apart"]),
        ({"distinct_by": "tags"}, [".distinct_by: a list does not tell events apart"]),
        ({"per": 3}, [".per: a limit was expected"]),
        ({"per": Per(days=0, times=0)}, [".per.days: the number is out of range",
                                         ".per.times: the number is out of range"]),
        ({"per": Per(days=36_501, times=1_000_001)}, [".per.days: the number is out of range",
                                                      ".per.times: the number is out of range"]),
        ({"times": 0}, [".times: the number is out of range"]),
        ({"times": Decimal("1.5")}, [".times: the number has too many decimal places"]),
        ({"times": 1, "weights": (1,)}, [".weights: times or weights, not both"]),
        ({"weights": ()}, [".weights: a list of weights was expected"]),
        ({"weights": 1}, [".weights: a list of weights was expected"]),
        ({"weights": (0,) * 1001}, [".weights: a list of weights was expected"]),
        ({"weights": (Decimal("1.1"), -1, "x")}, [".weights[0]: the number is out of range",
                                                  ".weights[1]: the number is out of range",
                                                  ".weights[2]: a number was expected"]),
        ({"weights": (Decimal("0.5"), 1)}, [".weights[1]: a weight never rises"]),
        ({"points": 1, "weights": (Decimal("0.125"),)}, [".weights[0]: points times weight must be whole hundredths"]),
        ({"points": "x", "weights": (Decimal("0.125"),)}, [".points: a number was expected"]),
        ({"decay": HalfLife(0)}, [".decay.half_life: the number is out of range"]),
        ({"max": -1, "min": 1}, [".max: an upper cap is zero or more", ".min: a lower cap is zero or less"]),
        ({"group": "web"}, [".group: the group is not declared"]),
        ({"counts": 1}, [".counts: true or false was expected"]),
        ({"inactivity": 0}, [".inactivity: the number is out of range"]),
        ({"inactivity": 30, "distinct_by": "asset", "per": Per(days=1, times=1), "times": 1, "decay": HalfLife(1)}, [
            ".distinct_by: inactivity takes none",
            ".per: inactivity takes none",
            ".times: inactivity takes none",
            ".decay: inactivity takes none",
        ]),
        ({"inactivity": 30, "weights": (1,)}, [".weights: inactivity takes none"]),
        ({"when": field("aset").exists()}, [".when.field: unknown property"]),
        ({"when": field("seats").eq("x")}, [".when.value: a whole number was expected"]),
    ],
)  # fmt: skip
def test_rules_are_checked_whole(more, lines):
    """Each mistake in a rule is one problem with its path, and nothing hides another."""
    assert _wrong(rule(), InterestRule(**{"event": "x", "points": 10, **more})) == [
        f"interest.rules[1]{line}" for line in lines
    ]


def test_sound_limits_reach_their_bounds():
    """The ends of every range are in, and whole decimals are whole numbers."""
    model = rules(
        rule(per=Per(days=36_500, times=1_000_000), times=1_000_000, inactivity=None),
        rule(weights=[1] * 1000, points=-10_000),
        rule(weights=[Decimal("0.5"), 0], points=Decimal("0.02"), per=Per(days=Decimal("7.0"), times=1)),
        rule(inactivity=36_500, group="g", max=0, min=0),
        memory=36_500,
        groups={"g": Cap(max=0, min=0)},
    )
    assert len(model.plans.interest.rules) == 4


def test_rules_may_not_read_attributes_of_the_lead():
    """A rule reads the event's own properties only: attributes change under a tally's feet."""
    own = Interest(rules=[rule(when=field("job").eq("CTO"))])
    assert refusal(attributes={"job": "text"}, interest=own) == ["interest.rules[0].when.field: unknown property"]


def test_interest_is_checked_whole():
    """Caps, memory, curve, groups, levels and names of the axis are listed in the order of the document."""
    given = [rule(name="x"), 3, rule(name="x")]
    axis = {"max": -1, "min": 1, "memory": 36_501, "decay": None, "groups": {"web": 3}}
    assert _wrong(*given, levels={"1": 5, "2": 5, "0": 1, 3: "x"}, **axis) == [
        "interest.max: an upper cap is zero or more",
        "interest.min: a lower cap is zero or less",
        "interest.memory: the number is out of range",
        "interest.decay: a decay curve was expected",
        "interest.groups.web: the bounds of a group were expected",
        "interest.levels.0: unknown name",
        "interest.levels.3: a number was expected",
        "interest.levels.2: the bound is not below that of 1",
        "interest.rules[1]: a rule was expected",
        "interest.rules[2].name: the name is taken by interest.rules[0]",
    ]


def test_interest_has_at_most_ten_thousand_rules():
    """One rule more is refused before any is looked at."""
    many = [rule(points=1)] * 10_000
    assert len(rules(*many).plans.interest.rules) == 10_000
    assert _wrong(*many, rule(points="x")) == ["interest.rules: too many rules"]


def test_problems_are_listed_up_to_a_bound():
    """Nobody reads thousands of problems: the search ends when there are five hundred."""
    assert 500 <= len(_wrong(*[rule(points="x")] * 2000)) < 600


def test_curves_together_have_a_bounded_length():
    """Hundreds of very long curves would fill the memory; a model has at most two million factors."""
    long = [rule(points=1, decay=HalfLife(36_500 - i), name=f"r{i}") for i in range(24)]
    (line,) = _wrong(*long)
    assert line.startswith("interest.rules")
    assert line.endswith(": the decay curves are too many and too long together")
    shared = [rule(points=1, decay=HalfLife(36_500), name=f"r{i}") for i in range(24)]
    assert len(rules(*shared).plans.interest.rules) == 24


def test_properties_of_unknown_types_are_left_to_their_declaration():
    """A wrong declaration is one problem, whatever rules do with the property."""
    own = Interest(rules=[rule(distinct_by="asset", when=field("asset").eq("x"))])
    assert refusal(properties={"asset": "txt"}, interest=own) == ["properties.asset: unknown type"]
