"""Each step of the oracle on examples worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from .conditions import holds, known
from .days import bucket, day
from .decay import factor
from .dedupe import ConflictFound
from .points import capped, half_up
from .scoring import score
from .story import event, lead, on, story
from .text import contains_word, plain


def interest_of(rule, events, now, **axis):
    """Score a story under one rule."""
    return score({"interest": {"rules": [rule], **axis}, "properties": {"asset": "text"}}, lead(), events, on(now))


@pytest.mark.parametrize(
    ("curve", "ages"),
    [
        ({"half_life": 30}, {0: 1_000_000, 30: 500_000, 1: 977_160}),
        ({"half_life": 1}, {7: 7_812, 8: 3_906, 20: 1, 21: 0}),  # 7812.5 goes to the even neighbour
        ({"half_life": Decimal("0.5")}, {1: 250_000}),
        ({"linear": 3}, {0: 1_000_000, 1: 666_667, 2: 333_333, 3: 0, 4: 0}),
        ({"linear": Decimal("2.5")}, {1: 600_000, 2: 200_000, 3: 0}),
        ({"window": 2}, {0: 1_000_000, 2: 1_000_000, 3: 0}),
        ({"steps": [[7, 1], [30, Decimal("0.5")]]}, {7: 1_000_000, 8: 500_000, 30: 500_000, 31: 0}),
        ("none", {0: 1_000_000, 36_500: 1_000_000}),
    ],
)
def test_factor_is_the_exact_share_rounded_half_to_even(curve, ages):
    """Each curve gives its share at its edges."""
    assert {age: factor(curve, age) for age in ages} == ages


def test_days_start_at_the_offset_and_weeks_on_monday():
    """Two in the morning is still yesterday six hours west; Sunday and Monday part two weeks."""
    at = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    assert day(at, "+00:00") - day(at, "-06:00") == 1
    assert day(datetime(1970, 1, 1, tzinfo=UTC), "-06:00") == -1
    monday = day(at, "+00:00")
    assert bucket(monday, 7) == bucket(monday + 6, 7) == bucket(monday - 1, 7) + 1


def test_rounding_goes_up_at_half_and_caps_apply_max_then_min():
    """A half goes up for negatives too; without bounds a million points is the limit."""
    assert [half_up(Fraction(n, 2)) for n in (-3, -1, 1, 3)] == [-1, 0, 1, 2]
    assert [capped(n, {"max": 1, "min": -1}) for n in (-101, 50, 101)] == [-100, 50, 100]
    assert capped(10**9, {}) == 10**8


def test_distinct_by_counts_the_earliest_of_equal_values():
    """Three downloads of two assets: the first of each, a decomposed accent being the same asset."""
    events = story((0, "get", {"asset": "gu\u00eda"}), (2, "get", {"asset": "gui\u0301a"}), (3, "get", {"asset": "b"}))
    rule = {"event": "get", "points": 10, "distinct_by": "asset", "decay": {"linear": 10}}
    assert interest_of(rule, events, 3)["interest"] == 700 + 1000


def test_events_without_the_property_share_one_value():
    """Two events without an asset, one with an empty one: one value."""
    events = story((0, "get"), (1, "get", {"asset": ""}), (1, "get", {"asset": None}))
    assert interest_of({"event": "get", "points": 1, "distinct_by": "asset"}, events, 1)["interest"] == 100


def test_per_keeps_the_earliest_of_each_bucket():
    """Day 0 is a Monday: of days 0, 6 and 7 the weeks keep 0 and 7."""
    rule = {"event": "get", "points": 10, "per": {"days": 7, "times": 1}, "decay": {"linear": 10}}
    assert interest_of(rule, story((0, "get"), (6, "get"), (7, "get")), 7)["interest"] == 300 + 1000


def test_weights_go_to_the_newest_first():
    """The newest counts in full, the next by half, the third not at all."""
    rule = {"event": "get", "points": 10, "weights": [1, Decimal("0.5")], "decay": {"linear": 10}}
    assert interest_of(rule, story((0, "get"), (1, "get"), (2, "get")), 2)["interest"] == 1000 + 450


def test_caps_come_after_decay_and_the_sum_is_rounded_once():
    """Six times 5 points halved are 15 under a cap of 20; two halves of a hundredth make one whole."""
    rule = {"event": "get", "points": 5, "max": 20, "decay": {"half_life": 1}}
    assert interest_of(rule, story(*[(0, "get")] * 6), 1)["interest"] == 1500
    small = {"event": "get", "points": Decimal("0.01"), "decay": {"half_life": 1}}
    assert interest_of(small, story((0, "get"), (0, "get")), 1)["interest"] == 1


def test_inactivity_counts_full_stretches_since_the_last_own_act():
    """Our mail on day 9 does not end the silence; without any own act there is none."""
    rule = {"event": "*", "inactivity": 5, "points": -10}
    quiet = [event("a", "get", 0), event("b", "mail", 9, by="us")]
    assert interest_of(rule, quiet, 10, min=-100)["interest"] == -2000
    assert interest_of(rule, quiet[1:], 10, min=-100)["interest"] == 0


def test_since_now_and_flags_decide_what_counts():
    """An event at `since` counts and one just before does not; the future and the flagged do not."""
    document = {"interest": {"rules": [{"event": "get", "points": 1}]}}
    events = story((0, "get"), (1, "get"), (2, "get"), (3, "get"))
    assert score(document, lead(since=on(1)), events, on(2), flagged=[("", "e2")])["interactions"] == 1


def test_one_id_with_two_contents_is_a_conflict_even_in_the_future():
    """Copies are one event; another day under the same id is not a copy."""
    document = {"properties": {"n": "number"}}
    same = [
        event("a", "get", 1, n=0.0),
        event("a", "get", 1, n=-0.0),
        event("b", "get", n=float("nan")),
        event("b", "get"),
    ]
    assert score(document, lead(), same, on(2))["days_since_activity"] == 1
    with pytest.raises(ConflictFound):
        score(document, lead(), [event("a", "get", 8), event("a", "get", 9)], on(2))


VALUES = {
    "title": ("text", "T\u00e9cnico CTO"),
    "gone": ("text", None),
    "size": ("integer", 9),
    "tags": ("list", ("A",)),
}


@pytest.mark.parametrize(
    ("condition", "two", "three"),
    [
        ({"field": "gone", "op": "ne", "value": "x"}, False, None),
        ({"not": {"field": "gone", "op": "eq", "value": "x"}}, True, None),
        ({"field": "gone", "op": "eq", "value": "x", "missing": True}, True, True),
        ({"field": "gone", "op": "eq", "value": "x", "missing": False}, False, False),
        ({"field": "gone", "op": "missing"}, True, True),
        (
            {"any": [{"field": "gone", "op": "eq", "value": "x"}, {"field": "size", "op": "between", "value": [9, 9]}]},
            True,
            True,
        ),
        (
            {"all": [{"field": "gone", "op": "eq", "value": "x"}, {"field": "size", "op": "lt", "value": 9}]},
            False,
            False,
        ),
        ({"all": []}, True, True),
        ({"any": []}, False, False),
        ({"field": "title", "op": "contains_word", "value": "cto"}, False, False),
        (
            {
                "field": "title",
                "op": "contains_word",
                "value": ["TECNICO"],
                "ignore_case": True,
                "ignore_accents": True,
            },
            True,
            True,
        ),
        ({"field": "title", "op": "starts_with", "value": "Te\u0301c"}, True, True),  # both sides are composed
        ({"field": "tags", "op": "has_any", "value": ["a", "b"], "ignore_case": True}, True, True),
        ({"field": "tags", "op": "has_all", "value": ["A", "b"]}, False, False),
    ],
)
def test_conditions_have_two_and_three_truth_values(condition, two, three):
    """A missing value is false and `not` flips that; with three values it is unknown unless the leaf says otherwise."""
    assert (holds(condition, VALUES, {}), known(condition, VALUES, {})) == (two, three)


def test_words_end_where_no_letter_digit_or_character_beyond_ascii_follows():
    """Hyphens and underscores part words; accents and digits do not."""
    assert [contains_word(text, "CTO") for text in ("VP/CTO", "CTO_x", "CTO2", "éCTO", "DirCTO CTO")] == [
        True, True, False, False, True,
    ]  # fmt: skip


def test_text_folds_ascii_only_and_drops_accents_first():
    """The Turkish dotted capital keeps its letter, an accented E becomes a small e."""
    assert plain("\u00c9A\u0130", accents=False, case=True) == "\u00c9a\u0130"
    assert plain("\u00c9A", accents=True, case=True) == "ea"


@pytest.mark.parametrize(
    ("profile", "figures"),
    [
        ({}, (0, -300, 1500, "-")),
        ({"size": 5}, (200, -300, 1200, "D")),
        ({"title": "CTO", "size": 50}, (1500, 1500, 1500, "A")),
        ({"title": "Nurse", "size": 50}, (500, 500, 500, "B")),
    ],
)
def test_unknown_criteria_and_tables_span_the_range(profile, figures):
    """A missing title could be worth 10 or -5, a missing size 2 or 5; together at most 15."""
    document = {
        "attributes": {"title": "text", "size": "integer"},
        "fit": {
            "min": -100,
            "criteria": [
                {"when": {"field": "title", "op": "eq", "value": "CTO"}, "points": 10},
                {"when": {"field": "title", "op": "eq", "value": "Student"}, "points": -5},
            ],
            "tables": [{"field": "size", "bands": [{"below": 10, "points": 2}, {"points": 5}]}],
            "grades": {"A": 10, "B": 5, "D": 0},
        },
    }
    found = score(document, lead(**profile), [], on(0))
    assert (found["fit"], found["fit_low"], found["fit_high"], found["grade"]) == figures
