"""What is remembered of a lead's acts for its nurturing."""

import pytest

from leadqual import Event, EventError, HistoryError
from leadqual.lifecycle.effects import AddEvent
from leadqual.qualifier.memory import NO_MEMORY, Memory
from tests.core.lifecycle.small import live, small
from tests.core.qualifier.nurtured import by, mail, sequence, step
from tests.practice.life import on

WHEN = '{ field = "people", op = "ge", value = 2 }'
FORK = f'{{ on = ["visit", "form"], when = {WHEN}, within = "3d", since = "enrolment", yes = "b", no = "plain" }}'
PLAIN = step("plain", branch='{ on = ["visit"], within = "3d", yes = "b", no = "a" }')
OFFERS = '[nurture]\nhome = "UTC"\noffers = { form = "page" }\n'
BY = by(sequence("one", step("fork", branch=FORK), PLAIN, mail("a", "9d"), mail("b", "9d")), doors=OFFERS)
PLAN = BY.nurturing


def act(name, kind, day, **properties):
    """Return an act of the lead."""
    by_us = properties.pop("whose", "lead")
    return Event(id=name, lead_id="L1", kind=kind, at=on(day), by=by_us, properties=properties)


def test_memory_keeps_offers_acts_and_answers():
    """The latest answer to each fork that asks for what was done since the enrolment; the other forks keep none."""
    memory = NO_MEMORY
    for event in (
        act("a", "visit", 2, people=2),
        act("b", "form", 1, people=3, page="guide"),
        act("c", "visit", 3, people=1),
        act("d", "visit", 4, whose="us", people=9),
    ):
        memory = memory.plus(event, PLAN)
    assert memory.answers == {("one", "fork"): on(2)}
    assert (memory.deeds.acts, memory.deeds.offers) == ({"visit": 2, "form": 1}, {"guide": on(1)})


def test_memory_does_not_mind_the_order():
    """One by one or all at once."""
    events = [act(str(i), ("visit", "form")[i % 2], (i * 7) % 5, people=i % 4, page=f"p{i % 3}") for i in range(12)]
    once = NO_MEMORY.plus_all(events, PLAN)
    again = NO_MEMORY
    for event in reversed(events):
        again = again.plus(event, PLAN)
    assert once == again


def test_memory_of_what_we_do_is_none():
    """The same value comes back."""
    assert NO_MEMORY.plus(act("a", "visit", 1, whose="us", people=5), PLAN) is NO_MEMORY


def test_memory_refuses_a_property_of_another_type_by_name():
    """As folding does."""
    with pytest.raises(EventError, match=r"event 'bad'.properties.people: a whole number was expected"):
        NO_MEMORY.plus(act("bad", "visit", 1, people="two"), PLAN)


def test_memory_is_of_the_record():
    """Nothing is kept under a playbook without sequences; then the stored record says nothing of it."""
    life, plain = live(BY), live(small())
    for one in (life, plain):
        one.does("form", 1, people=2, page="guide")
    assert life.record.memory.answers == {("one", "fork"): on(1)}
    assert life.record.deeds.offers == {"guide": on(1)}
    assert plain.record.memory is NO_MEMORY
    assert "memory" not in plain.record.to_json()
    assert life.by.load(life.record.to_json()).memory == life.record.memory


def test_memory_makes_records_differ():
    """Two that remember other things are not one."""
    life = live(BY)
    life.does("visit", 1, people=1)
    other = BY.load(life.record.to_json().replace('"visit":1}', '"visit":2}'))
    assert other != life.record
    assert hash(other) == hash(life.record)


def test_memory_of_a_merged_lead_is_that_of_all_events():
    """Both did it."""
    life, other = live(BY), live(BY, id="L2", email="b@b.example")
    life.does("visit", 1, people=2)
    other.does("visit", 2, people=2)
    merged = BY.merge(life.record, other.record, [*life.events, *other.events], now=on(3)).record
    assert merged.deeds.acts == {"visit": 2}
    assert merged.memory.answers == {("one", "fork"): on(2)}


def test_memory_of_a_back_fill_is_kept():
    """It promotes nobody, and it is remembered."""
    history = (act("a", "visit", -3, people=2), act("b", "visit", 0.5))
    life = live(BY, history=history, imported=True)
    assert life.record.memory == Memory().plus_all(history[:1], PLAN)
    life.passes(1)
    assert life.record.deeds.acts == {"visit": 2}


def test_memory_knows_the_event_that_a_return_adds():
    """The host stores it; folded anew it is the same."""
    bonus = '[recycle.inbound]\nbonus_event = "booking"\n'
    life = live(by(bonus, sequence("one", mail("a", "9d"))))
    life.is_said("maybe", 1)
    visit = act("a", "visit", 2)
    outcome = life.by.handle(life.record, visit, now=on(2))
    [added] = [effect.event for effect in outcome.effects if isinstance(effect, AddEvent)]
    assert outcome.record.deeds.acts == {"visit": 1, "booking": 1}
    again = life.by.refold(outcome.record, [visit, added], now=on(2))
    assert again.record.memory == outcome.record.memory


@pytest.mark.parametrize("part", ['"memory":[]', '"memory":{"answers":[]}', '"memory":{"deed":{}}', '"memory":1'])
def test_memory_that_is_none_is_refused(part):
    """A stored record is read strictly."""
    text = live(BY).record.to_json()
    with pytest.raises(HistoryError):
        BY.load(f"{text[:-1]},{part}}}")
