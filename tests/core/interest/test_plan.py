"""Which rules an event matches, and which level an interest has."""

from decimal import Decimal

import pytest

from leadqual.conditions import field
from leadqual.errors import EventError
from tests.core.support import downloads, event, rule, rules, scored


def test_rule_counts_events_of_its_kind():
    """A kind is matched exactly, upper and lower case apart."""
    model = rules(rule(2), rule(3, "Download"))
    assert scored(model, [event("a"), event("b", 0, "visit"), event("c", 0, "Download")]).interest == 5


def test_rule_may_name_several_kinds():
    """A list of kinds matches each of them."""
    model = rules(rule(2, ["download", "visit"]))
    assert scored(model, [event("a"), event("b", 0, "visit"), event("c", 0, "open")]).interest == 4


def test_event_may_match_several_rules():
    """Every rule that matches counts the event."""
    assert scored(rules(rule(2), rule(3), rule(5, "*")), [event("a")]).interest == 10


def test_named_kind_matches_whoever_did_it():
    """Our own acts earn points where a rule names their kind."""
    assert scored(rules(rule(2)), [event("a", by="us")]).interest == 2


def test_any_kind_matches_own_acts_of_the_lead_only():
    """`*` is any kind, and never what we did."""
    model = rules(rule(2, "*"))
    assert scored(model, [event("a"), event("b", 0, "visit"), event("c", by="us")]).interest == 4


@pytest.mark.parametrize(("written", "came"), [("d\u00e9mo", "de\u0301mo"), ("de\u0301mo", "d\u00e9mo")])
def test_kinds_compare_composed(written, came):
    """A kind is the same, composed or not."""
    assert scored(rules(rule(2, written)), [event("a", 0, came)]).interest == 2
    assert scored(rules(rule(2, written)), [event("a", 0, "démos")]).interest == 0


def test_rule_may_ask_for_more_than_the_kind():
    """A condition on the properties decides; a missing one makes a comparison false."""
    when = field("page").starts_with("/pricing")
    model = rules(rule(2, when=when), rule(1), properties={"page": "text"})
    events = [event("a", page="/pricing/eu"), event("b", page="/home"), event("c")]
    assert scored(model, events).interest == 5


def test_rule_refuses_a_property_of_another_type():
    """A property that a matching rule reads must have its type; the message names the event, not the value."""
    model = rules(rule(2, when=field("seats").ge(5)), properties={"seats": "integer"})
    with pytest.raises(EventError, match=r"^event 'a'\.properties\.seats: a whole number was expected \(got str\)"):
        scored(model, [event("a", seats="Ada")])
    assert scored(model, [event("a", 0, "visit", seats="Ada")]).interest == 0


LEVELS = {1: 60, "2": 30, 4: Decimal("0.5")}


@pytest.mark.parametrize(
    ("points", "level"),
    [
        (60, 1),
        (Decimal("59.99"), 2),
        (30, 2),
        (Decimal("29.99"), 4),
        (Decimal("0.50"), 4),
        (Decimal("0.49"), 4),
        (0, 4),
    ],
)
def test_levels_are_reached_at_their_bound(points, level):
    """A level is reached at its bound; below the lowest bound the level is the lowest one."""
    assert scored(rules(rule(points), levels=LEVELS), downloads(0)).level == level


def test_without_levels_there_is_no_digit():
    """The cell is empty."""
    assert scored(rules(rule()), downloads(0)).level is None


def test_any_kind_may_ask_for_more():
    """A rule for any kind has a condition like any other, and refuses what it cannot read."""
    model = rules(rule(2, "*", when=field("page").eq("/pricing")), properties={"page": "text"})
    events = [event("a", 0, "visit", page="/pricing"), event("b", 0, "open", page="/home"), event("c")]
    assert scored(model, events).interest == 2
    with pytest.raises(EventError, match=r"^event 'a'\.properties\.page: a text was expected"):
        scored(model, [event("a", 0, "visit", page=5)])


def test_rules_are_named_after_their_kinds():
    """A rule without a name goes by its kinds."""
    (line,) = scored(rules(rule(2, ["download", "visit"])), downloads(0)).lines
    assert line.name == "download, visit"
