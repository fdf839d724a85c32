"""Interactions, active days, kinds and silence."""

from decimal import Decimal

import pytest

from tests.core.support import downloads, event, rule, rules, scored

MODEL = rules(rule(2), rule(1, ["visit", "open"]))


def test_interactions_are_own_acts_that_earn():
    """An own act that matched a rule with points above 0 is one, however many rules it matched."""
    model = rules(rule(2), rule(3), rule(0, "visit"), rule(-1, "open"))
    events = [*downloads(0, 0), event("v", 0, "visit"), event("o", 0, "open"), event("x", 0, "other")]
    score = scored(model, events)
    assert (score.interactions, score.kinds) == (2, {"download"})


def test_our_own_acts_are_no_interactions():
    """What we did to the lead may earn points and is no act of its own."""
    score = scored(MODEL, [event("a", by="us"), event("b", 0, "open", by="us")])
    assert (score.interest, score.interactions, score.active_days, score.kinds) == (3, 0, 0, frozenset())


def test_rules_may_earn_without_counting():
    """With counts = false an event earns points and is no interaction, unless another rule says so."""
    model = rules(rule(2, counts=False), rule(1, ["visit", "open"]), rule(3, "open", counts=False))
    events = [event("a"), event("b", 0, "visit"), event("c", 0, "open")]
    score = scored(model, events)
    assert (score.interest, score.interactions, score.kinds) == (7, 2, {"visit", "open"})


def test_inactivity_makes_no_interactions():
    """A rule of silence with points above 0 does not make its acts interactions."""
    score = scored(rules(rule(5, inactivity=1)), downloads(0), now=2)
    assert (score.interest, score.interactions) == (10, 0)


def test_interactions_do_not_depend_on_limits_and_caps():
    """Whatever limits, decay or caps left of an event, it was an interaction."""
    score = scored(rules(rule(2, times=1, max=1), max=0), downloads(0, 0, 1), now=300)
    assert (score.interest, score.interactions, score.active_days) == (0, 3, 2)


@pytest.mark.parametrize(("age", "interactions"), [(365, 1), (366, 0)])
def test_interactions_are_remembered_for_a_year(age, interactions):
    """Memory is 365 days by default, the last of them in."""
    score = scored(MODEL, downloads(0), now=age)
    assert (score.interactions, score.active_days, len(score.kinds)) == (interactions,) * 3
    assert (score.interest, score.days_since_activity) == (2, age)


@pytest.mark.parametrize(("memory", "interactions"), [(0, 1), (1, 2), (36_500, 3)])
def test_memory_is_set_by_the_playbook(memory, interactions):
    """Ages up to `memory` are remembered."""
    model = rules(rule(2), rule(1, ["visit", "open"]), memory=memory)
    events = [event("a"), event("b", -1, "visit"), event("c", -2, "open")]
    score = scored(model, events, now=0.9)
    assert (score.interactions, len(score.kinds)) == (interactions, interactions)


def test_kinds_are_remembered_by_their_last_day():
    """A kind counts while its newest interaction does."""
    model = rules(rule(2), memory=3)
    assert scored(model, downloads(5, 0), now=8).kinds == {"download"}
    assert scored(model, downloads(0, 5), now=9).kinds == frozenset()


def test_kinds_are_one_composed_or_not():
    """A kind that came in two spellings of one text is one kind."""
    events = [event("a", 0, "d\u00e9mo"), event("b", 0, "de\u0301mo")]
    assert scored(rules(rule(2, "*")), events).kinds == {"d\u00e9mo"}


def test_days_since_look_at_acts_of_any_kind():
    """Own acts and ours, of kinds that no rule names too; nothing if there were none."""
    events = [event("a", 0, "other"), event("b", -3, "mail", by="us"), event("c", -2, "mail", by="us"), event("d", -9)]
    score = scored(MODEL, events, now=1.5)
    assert (score.days_since_activity, score.days_since_contact) == (1, 3)
    score = scored(MODEL, now=1)
    assert (score.days_since_activity, score.days_since_contact) == (None, None)


def test_active_days_start_where_the_playbook_says():
    """Two acts on one UTC date can be on two days of the playbook."""
    events = downloads(0.2, 0.3)
    assert scored(MODEL, events, now=1).active_days == 1
    assert scored(rules(rule(2), day_starts="-06:00"), events, now=1).active_days == 2


def test_first_day_of_all_may_be_the_day_before_1970():
    """With an offset behind UTC the first instants lie on day -1, which counts like any other."""
    first = event("a", 0).at.replace(year=1970, month=1, day=1)
    model = rules(rule(2), rule(-1, inactivity=1, name="quiet"), day_starts="-06:00")
    score = model.score(scored(MODEL).reading.profile.lead, [event("a", first)], now=first)
    assert (score.interest, score.interactions, score.kinds, score.days_since_activity) == (2, 1, {"download"}, 0)


def test_a_hundredth_of_a_point_makes_an_interaction():
    """Any points above 0 will do."""
    assert scored(rules(rule(Decimal("0.01"))), downloads(0)).interactions == 1
