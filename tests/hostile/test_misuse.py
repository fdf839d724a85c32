"""What a careless or nasty caller does with the Python interface: our error, or the right result."""

from datetime import UTC, datetime, timedelta, timezone

import pandas as pd
import pytest

from leadqual.conditions import Condition, condition_from_plain, field
from leadqual.errors import EventError, InstantError, LeadError, LeadqualError, ModelError, TallyMismatch, TooEarly
from leadqual.event import Event
from leadqual.fit import Criterion, Fit
from leadqual.interest import Interest, InterestRule
from leadqual.lead import Lead
from leadqual.playbook.diff import diff
from leadqual.playbook.flips import flips
from leadqual.playbook.playbook import Playbook
from leadqual.scoring import Bar, Qualify, ScoringModel, best
from leadqual.scoring.whynot import Costs
from tests.hostile.odd import HERE, NOW, RULE

EVENT = Event(id="e1", lead_id="L1", kind="a", at=NOW)
LEAD = Lead(id="L1")
MODEL = ScoringModel(
    attributes={"x": "text", "n": "number", "i": "integer"},
    properties={"p": "text"},
    interest=Interest(rules=[RULE, InterestRule(event="a", points=1, distinct_by="p")]),
)


class Text(str):
    """A text of a class of somebody else's, as array libraries have."""

    __slots__ = ()


class Moment(datetime):
    """An instant of a class of somebody else's, as data frame libraries have."""


def _fit(**parts):
    return ScoringModel(attributes={"x": "text", "n": "number"}, fit=Fit(**parts))


def test_events_may_come_from_a_generator():
    """Any iterable of events will do, once through."""
    events = [Event(id=f"e{i}", lead_id="L1", kind="a", at=NOW) for i in range(3)]
    expected = MODEL.score(LEAD, events, now=NOW).interest
    assert MODEL.score(LEAD, (event for event in events), now=NOW).interest == expected
    assert MODEL.score(LEAD, MODEL.tally(event for event in events), now=NOW).interest == expected
    assert MODEL.score(LEAD, {event.id: event for event in events}.values(), now=NOW).interest == expected


def test_generators_may_hold_criteria_and_rules():
    """What takes a list takes any iterable, and keeps it."""
    model = ScoringModel(
        fit=Fit(criteria=(Criterion(when=field("id").exists(), points=i) for i in (1, 2))),
        interest=Interest(rules=(InterestRule(event="a", points=i) for i in (1, 2))),
    )
    assert [model.score(LEAD, [EVENT], now=NOW).total for _ in range(2)] == [6, 6]


def test_instants_of_a_subclass_become_plain_ones():
    """A score does not keep somebody else's class of instants, and reads it as the instant that it is."""
    at = Moment(2026, 2, 1, 12, tzinfo=timezone(timedelta(hours=-6)))
    event = Event(id="e1", lead_id="L1", kind="a", at=at)
    assert type(event.at) is datetime
    assert event.at == datetime(2026, 2, 1, 18, tzinfo=UTC)
    assert MODEL.score(LEAD, [event], now=Moment(2026, 3, 1, tzinfo=UTC)).interest == 2


def test_texts_of_a_subclass_are_refused_whatever_was_scored_before():
    """A text is a str; the same lead is refused again when its text has been met as a plain one."""
    model = _fit(criteria=[Criterion(when=field("x").eq("a"), points=1)])
    for _ in range(2):
        with pytest.raises(LeadError):
            model.score(Lead(id="L1", attributes={"x": Text("a")}), now=NOW)
        assert model.score(Lead(id="L1", attributes={"x": "a"}), now=NOW).fit == 1


def test_instants_of_a_data_frame_library_are_read_to_the_microsecond():
    """pandas: a Timestamp is cut to the microsecond, NaT and NA are refused, its integers and floats are numbers."""
    at = pd.Timestamp("2026-02-01T12:00:00.123456789Z")
    assert Event(id="e", lead_id="L1", kind="a", at=at).at == datetime(2026, 2, 1, 12, 0, 0, 123456, tzinfo=UTC)
    with pytest.raises(EventError):
        Event(id="e", lead_id="L1", kind="a", at=pd.NaT)
    with pytest.raises(LeadError):
        Lead(id="L1", email=pd.NA)
    numbers = pd.Series([3, 4])
    model = ScoringModel(
        attributes={"i": "integer", "n": "number"},
        fit=Fit(criteria=[Criterion(when=field("i").eq(3) & field("n").ge(3), points=1)]),
    )
    row = {"i": numbers.iloc[0], "n": numbers.astype(float).iloc[0]}
    assert model.score(Lead(id="L1", attributes=row), now=NOW).fit == 1


def test_naive_now_is_refused_with_what_to_write():
    """Without a zone nobody knows which day it is."""
    with pytest.raises(InstantError, match="no zone"):
        MODEL.score(LEAD, now=datetime(2026, 3, 1))


@pytest.mark.parametrize(
    "zone", [timezone(timedelta(hours=23, minutes=59)), timezone(-timedelta(hours=23, minutes=59))]
)
@pytest.mark.parametrize("naive", [datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59), datetime(1969, 12, 30)])
def test_instant_at_the_ends_of_time_is_refused(zone, naive):
    """No OverflowError where an offset leads beyond what a datetime can hold, none of a zone's own errors."""
    with pytest.raises(LeadqualError):
        Lead(id="L1", created_at=naive.replace(tzinfo=zone))


def test_events_of_another_lead_are_refused():
    """Neither silently counted nor silently left out; a merged id is the lead's own."""
    other = Event(id="e2", lead_id="L2", kind="a", at=NOW)
    with pytest.raises(EventError, match="merged_ids"):
        MODEL.score(LEAD, [EVENT, other], now=NOW)
    assert MODEL.score(Lead(id="L1", merged_ids=("L2",)), [EVENT, other], now=NOW).interactions == 2


def test_tally_of_another_model_is_refused():
    """A tally counts by the rules of its model; an equal model's tally will do."""
    other = ScoringModel(interest=Interest(rules=[InterestRule(event="a", points=2)]))
    same = ScoringModel(interest=Interest(rules=[InterestRule(event="a", points=2)]))
    with pytest.raises(TallyMismatch):
        MODEL.score(LEAD, other.tally([EVENT]), now=NOW)
    assert other.score(LEAD, same.tally([EVENT]), now=NOW).interest == 2


def test_tally_asked_too_early_is_refused():
    """A tally cannot forget what it has folded."""
    with pytest.raises(TooEarly):
        MODEL.score(LEAD, MODEL.tally([EVENT]), now=NOW - timedelta(days=1))


def test_values_cannot_be_changed():
    """Leads, events, models and scores are values."""
    score = MODEL.score(LEAD, [EVENT], now=NOW)
    for value, name in ((LEAD, "id"), (EVENT, "kind"), (MODEL, "fit"), (RULE, "points"), (score, "total")):
        with pytest.raises(AttributeError):
            setattr(value, name, "other")


def test_deep_condition_built_in_python_is_refused():
    """100,000 times `not` is refused by its depth, without a RecursionError."""
    deep: Condition = HERE
    for _ in range(100_000):
        deep = ~deep
    with pytest.raises(ModelError, match="nested too deep"):
        _fit(criteria=[Criterion(when=deep, points=1)])
    table: dict[str, object] = {"field": "x", "op": "exists"}
    for _ in range(100_000):
        table = {"not": table}
    with pytest.raises(ModelError, match="nested too deep"):
        condition_from_plain(table)


def _places(ask):
    with pytest.raises(ModelError) as caught:
        ask()
    return [problem.where for problem in caught.value.problems]


@pytest.mark.parametrize("odd", [None, 1, "", "saas.toml", ["a"], Playbook(name="p", version="1", model=MODEL)])
def test_what_is_no_model_is_refused_where_it_was_passed(odd):
    """A path or a whole playbook in the place of a model has its place and a hint, no AttributeError."""
    assert _places(lambda: best({"a": MODEL, "b": odd}, LEAD, now=NOW)) == ["models.b"]
    assert _places(lambda: flips(MODEL, odd, {}, {}, now=NOW)) == ["after"]


@pytest.mark.parametrize("odd", [None, 1, "", "saas.toml", MODEL])
def test_what_is_no_playbook_is_not_compared(odd):
    """The differences of two paths, or of two models, are asked for soon enough."""
    playbook = Playbook(name="p", version="1", model=MODEL)
    assert _places(lambda: diff(odd, odd)) == ["before", "after"]
    assert _places(lambda: diff(playbook, odd)) == ["after"]


@pytest.mark.parametrize("odd", [None, 1, "", ["a"], {"a": 1}])
def test_costs_that_are_none_are_refused(odd):
    """Costs are a value of their own; what they cost by name is a table."""
    model = ScoringModel(qualify=Qualify(mql=Bar(when=field("fit").ge(1))))
    if not isinstance(odd, dict):
        assert _places(lambda: Costs(events=odd, attributes=odd)) == ["costs.events", "costs.attributes"]
    if odd is not None:
        assert _places(lambda: model.score(LEAD, now=NOW).why_not("mql", costs=odd)) == ["costs"]
