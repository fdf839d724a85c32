"""What nurturing remembers of a lead's own acts."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from leadqual import Event, ModelError, ScoringModel
from leadqual.conditions.fieldtypes import WrongType
from leadqual.conditions.nodes import Leaf
from leadqual.lifecycle.storedshapes import read_table, shape_of, write_table
from leadqual.nurture.deeds import MOST_OFFERS, Deeds, event_scope, plan_deeds
from leadqual.nurture.people import Hint, Need

MODEL = ScoringModel(
    attributes={}, properties={"asset": "text", "assets": "list", "page": "text", "minutes": "integer"}
)
NOON = datetime(2026, 12, 4, 12, tzinfo=UTC)
OFFERS = {"download": "asset", "bundle": "assets"}
PRICES = Hint(
    on=["page_view", "click"], when=Leaf(field="page", op="starts_with", value="/pricing"), points=3
)  # fmt: skip
NEEDS = {
    "reports": Need(hints=[Hint(on="webinar"), Hint(on=["webinar", "webinar"], points=4)]),
    "prices": Need(hints=[PRICES]),
}


def act(kind, hours=0, by="lead", **properties):
    """Return an event of a kind, so many hours after noon."""
    at = NOON + timedelta(hours=hours)
    return Event(id="e", lead_id="L1", kind=kind, at=at, by=by, properties=properties)


def plan():
    """Return what is remembered."""
    return plan_deeds(OFFERS, NEEDS, MODEL)


def after(*events):
    """Return the deeds of a lead that did this."""
    return Deeds().plus_all(events, plan())


def test_acts_are_counted_by_their_kind():
    """Whatever the kind, and in one spelling of its letters."""
    deeds = after(act("click"), act("visit"), act("click"), act("caf\u00e9"), act("cafe\u0301"))
    assert deeds == Deeds(acts={"click": 2, "visit": 1, "caf\u00e9": 2})


def test_what_we_do_is_no_deed_of_the_lead():
    """Neither alone nor among its acts."""
    ours = act("download", by="us", asset="guide")
    alone = Deeds()
    assert alone.plus(ours, plan()) is alone
    assert after(ours, act("visit"), ours) == Deeds(acts={"visit": 1})


def test_offer_is_remembered_with_the_last_time_it_was_taken():
    """In whichever order it becomes known."""
    first, last = act("download", 1, asset="guide"), act("download", 5, asset="guide")
    expected = Deeds(offers={"guide": NOON + timedelta(hours=5)}, acts={"download": 2})
    assert after(first, last) == expected
    assert after(last, first) == expected


def test_offers_of_one_act_may_be_several():
    """A property that is a list names each."""
    assert after(act("bundle", assets=["guide", "", "cafe\u0301"])).offers == {"guide": NOON, "caf\u00e9": NOON}


@pytest.mark.parametrize(
    "event",
    [
        act("download"),
        act("download", asset=""),
        act("bundle", assets=[""]),
        act("visit", asset="guide"),
        act("bundle", asset="guide"),
    ],
)
def test_act_that_names_no_offer_takes_none(event):
    """It counts as an act all the same."""
    assert after(event) == Deeds(acts={event.kind: 1})


def test_offer_is_taken_by_a_kind_in_any_spelling_of_its_letters():
    """The playbook and the event may compose them differently."""
    own = plan_deeds({"cafe\u0301": "asset"}, {}, MODEL)
    assert Deeds().plus(act("caf\u00e9", asset="menu"), own).offers == {"menu": NOON}
    assert Deeds().plus(act("cafe\u0301", asset="menu"), own).offers == {"menu": NOON}


@pytest.mark.parametrize("name", ["asset", "minutes"])
def test_kind_without_a_property_that_can_name_offers_takes_none(name):
    """So the usual kind of downloads does no harm to a playbook without that property."""
    own = plan_deeds({"download": name}, {}, ScoringModel(attributes={}, properties={"minutes": "integer"}))
    assert Deeds().plus(act("download", asset="guide", minutes=3), own) == Deeds(acts={"download": 1})


def test_offer_of_another_type_than_declared_is_refused_by_the_name_of_its_property():
    """The value is not shown."""
    with pytest.raises(WrongType) as caught:
        after(act("download", asset=7))
    assert (caught.value.expected, caught.value.got, caught.value.field) == ("a text", "int", "asset")


def test_offers_that_were_taken_last_are_kept_when_there_are_too_many():
    """Of those taken at one time the first by name; in whichever order they become known."""
    many = [act("download", hours, asset=f"offer {hours:04}") for hours in range(1, MOST_OFFERS)]
    twins = [act("download", asset="one"), act("download", asset="two")]
    kept = {f"offer {hours:04}" for hours in range(1, MOST_OFFERS)} | {"one"}
    assert len(kept) == MOST_OFFERS == 1_000
    assert set(after(*twins, *many).offers) == kept
    assert set(after(*reversed(many), *reversed(twins)).offers) == kept
    more = after(*twins, *many).plus(act("download", 0.5, asset="half"), plan())
    assert set(more.offers) == kept - {"one"} | {"half"}


def test_offer_that_is_taken_again_is_not_the_first_to_be_forgotten():
    """What counts is when it was taken last."""
    many = [act("download", hours, asset=f"offer {hours:04}") for hours in range(1, MOST_OFFERS + 1)]
    again = act("download", 2_000, asset="offer 0001")
    assert "offer 0001" in after(*many, again, act("download", 2_001, asset="new")).offers


def test_acts_hint_at_needs():
    """Every hint that an act matches says something, once for each act, however often its kind is named."""
    deeds = after(act("webinar"), act("webinar"), act("page_view", page="/pricing/b2b"), act("page_view", page="/"))
    assert deeds.hints == {"reports": 10, "prices": 3}
    assert after(act("click", page="/pricing")).hints == {"prices": 3}


def test_hint_that_reads_a_missing_property_says_nothing():
    """What is unknown does not hold."""
    assert after(act("page_view")) == Deeds(acts={"page_view": 1})


def test_hint_by_a_kind_holds_in_any_spelling_of_its_letters():
    """The playbook and the event may compose them differently."""
    own = plan_deeds({}, {"coffee": Need(hints=[Hint(on="cafe\u0301")])}, MODEL)
    assert Deeds().plus(act("caf\u00e9"), own).hints == {"coffee": 1}


def test_deeds_do_not_depend_on_the_order_or_the_portions_in_which_they_become_known():
    """All orders of five acts, one by one and together."""
    acts = [
        act("download", 2, asset="guide"),
        act("download", 1, asset="guide"),
        act("webinar", 3),
        act("webinar", 4, by="us"),
        act("click", 5, page="/pricing"),
    ]
    expected = after(*acts)
    for order in permutations(acts):
        one_by_one = Deeds()
        for event in order:
            one_by_one = one_by_one.plus(event, plan())
        assert one_by_one == after(*order) == expected


def test_adding_an_act_leaves_earlier_deeds_as_they_were():
    """Deeds are values."""
    before = after(act("download", asset="guide"), act("webinar"))
    before.plus(act("download", 9, asset="guide"), plan()).plus(act("webinar"), plan())
    assert before == Deeds(offers={"guide": NOON}, acts={"download": 1, "webinar": 1}, hints={"reports": 5})


def test_deeds_are_stored_as_plain_data():
    """Deeds of nobody as an empty table."""
    shape = shape_of(Deeds)
    deeds = after(act("download", asset="guide"), act("webinar"))
    assert write_table(Deeds(), shape) == {}
    assert read_table(write_table(deeds, shape), shape) == deeds
    assert read_table({}, shape) == Deeds()


def test_hint_is_bound_to_the_declared_properties():
    """What is wrong is told with its path."""
    needs = {"prices": Need(hints=[Hint(on="click"), Hint(on="click", when=Leaf(field="pge", op="exists"))])}
    with pytest.raises(ModelError) as caught:
        plan_deeds({}, needs, MODEL)
    problem = caught.value.problems[0]
    assert (problem.where, problem.what) == ("needs.prices.hints[1].when.field", "unknown property")
    assert problem.hint == "Did you mean `page`?"


def test_event_scope_knows_the_lists_of_the_playbook():
    """A hint may name one."""
    scope = event_scope(ScoringModel(attributes={}, properties={"page": "text"}, lists={"prices": ("/pricing",)}))
    assert (scope.fields["page"].name, scope.lists["prices"], scope.what) == ("text", ("/pricing",), "property")
