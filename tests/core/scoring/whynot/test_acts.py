"""What could happen."""

from datetime import UTC, date, datetime

from leadqual.conditions import field
from leadqual.interest import Per
from leadqual.scoring.whynot import Costs
from leadqual.scoring.whynot.acts import possible_acts
from tests.core.support import event, on, rule, rules

BAR = field("interest").ge(10)


def _possible(model, events=(), bar=BAR, costs=None):
    return possible_acts(model, model.tally(events).state, bar, costs or Costs())


def _kinds(found):
    return [act.kind for act in found]


def test_acts_are_those_that_rules_look_for():
    """One act for each set of rules that match; rules of silence look for none."""
    model = rules(
        rule(2, "download"),
        rule(3, ["a", "b", "c", "d"]),
        rule(1, "*"),
        rule(-1, "*", inactivity=30),
        rule(4, "download"),
    )
    assert _kinds(_possible(model)) == ["download", "a", "act"]


def test_act_has_properties_that_make_its_rule_match():
    """Comparisons, joined in any way, are satisfied from their own literals."""
    properties = {"page": "text", "n": "integer", "ok": "boolean"}
    conditions = [
        field("page").starts_with("/pricing"),
        field("page").eq("/a") & ~field("n").lt(5),
        field("n").gt(9) | field("ok").eq(True),
        ~field("page").exists(),
        field("page").missing() & field("n").between(3, 4),
        field("page").eq("/x", missing=True),
        field("n").ge(3) & field("n").ge(7),
    ]
    for when in conditions:
        model = rules(rule(2, when=when), properties=properties)
        (act,) = _possible(model)
        assert model.plans.interest.hits(act.event("L1", on(0), 0, 0)) == (0,)


def test_rule_that_nothing_can_match_has_no_act():
    """A condition that contradicts itself is left out; if nothing is left, any act ends a silence."""
    never = rules(rule(2, when=field("page").eq("/a") & field("page").eq("/b")), properties={"page": "text"})
    (act,) = _possible(never)
    assert (act.kind, dict(act.properties), act.cost) == ("act", {}, 1)
    assert not _possible(never, costs=Costs(event=1, events={"act": None, "download": None}))


def test_properties_that_only_have_to_be_new_are_new():
    """Each act of an answer has a value of its own, none that came already, whatever its type."""
    types = {"text": ["new 1", "new 2"], "integer": [2, 3], "date": [date(2026, 1, 1), date(2026, 1, 2)]}
    types["boolean"] = [False, None]
    types["instant"] = [datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)]
    came = {"text": "other", "integer": 1, "boolean": True}
    for kind, new in types.items():
        model = rules(rule(2, distinct_by="x"), properties={"x": kind})
        events = [event("e1", x=came[kind])] if kind in came else []
        (act,) = _possible(model, events)
        made = [act.event("L1", on(3), 0, number) for number in (0, 1)]
        assert [one.properties.get("x") for one in made] == new
        assert list(act.fresh) == ["x"]


def test_value_of_a_condition_is_preferred_that_did_not_come_yet():
    """Of the literals that match, one that still counts is taken."""
    model = rules(
        rule(2, distinct_by="asset", when=field("asset").is_in("guide", "video")), properties={"asset": "text"}
    )
    (act,) = _possible(model, [event("e1", asset="guide")])
    assert (act.properties, act.fresh) == ({"asset": "video"}, {})
    (used,) = _possible(model, [event("e1", asset="guide"), event("e2", asset="video")])
    assert used.properties == {"asset": "guide"}


def test_rule_for_any_kind_tells_named_acts_apart_too():
    """What a rule for any kind tells apart is new for acts of a named kind as well."""
    model = rules(rule(2, "click"), rule(1, "*", distinct_by="asset"), properties={"asset": "text"})
    click, act = _possible(model)
    assert (click.kind, list(click.fresh), act.kind, list(act.fresh)) == ("click", ["asset"], "act", ["asset"])


def test_kinds_that_a_bar_asks_for_are_tried_each():
    """A bar that names kinds tells them apart, however many a rule has."""
    model = rules(rule(2, ["a", "b", "c", "d", "e"]))
    bar = field("kinds").has_any("e", "b")
    assert _kinds(_possible(model, bar=bar)) == ["b", "e", "a"]
    assert _kinds(_possible(model, bar=field("kinds").has("d"))) == ["d", "a"]


def test_act_is_an_event_of_the_lead():
    """It happens so many days after the score, by the lead, under an id that nobody else uses."""
    (act,) = _possible(rules(rule(2, per=Per(days=7, times=1))), costs=Costs(events={"download": 3}))
    made = act.event("L9", on(3), 2, 1)
    assert (made.lead_id, made.kind, made.at, made.by) == ("L9", "download", on(5), "lead")
    assert made.key == ("leadqual/why-not", "why-not-2")
    assert act.cost == 3
