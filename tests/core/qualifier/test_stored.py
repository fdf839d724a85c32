"""A record as text and back."""

import json
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from leadqual import Event, Flag, HistoryError, Lead, Tick
from leadqual.qualifier.stored import profile_text, unfolded_from_json
from tests.core.lifecycle.small import BIG, INTEREST, QUALIFY, lead, live, small
from tests.practice.life import on

WEB = f"""{INTEREST}[[interest.rules]]
event = "page"
points = 1
distinct_by = "page"
[[interest.rules]]
event = "*"
inactivity = 9
points = -1
"""
BY = small('[sla]\nmql = "1d"\n', interest=WEB)


FULL = Lead(
    id="L1", kind="person", email="a@b.example", phone="1", company_id="C", acquisition="partner", channel="web",
    source="ad", zone="America/Lima", language="es", created_at=on(-3), stage="x", merged_ids=("L0",), attributes=BIG,
)  # fmt: skip


def _lived():
    """Return the life of a lead that did a little of everything."""
    life = live(
        BY, {"size": "big"}, email="ana@b.example", zone="Europe/Madrid", created_at=on(-3), merged_ids=("L0", "L9")
    )
    life.does("page", 0, page="/añil")
    life.does("page", 0.1, page="/b")
    life.does("call", 0.2, by="us")
    life.does("visit", 1)
    life.is_said("maybe", 2, reason="timing", actor="bea")
    life.does("newsletter", 3)
    life.does("page", 4.5, known=4, page="/c", people=3)
    return life


def _plain() -> dict[str, Any]:
    return json.loads(_lived().record.to_json())


def _refused(data: Any) -> str:
    with pytest.raises(HistoryError) as caught:
        BY.load(data if isinstance(data, str) else json.dumps(data))
    [problem] = caught.value.problems
    return f"{problem.where}: {problem.what}"


def test_record_comes_back_as_it_was():
    """Equal in everything that is kept, and going on in the same way."""
    record = _lived().record
    again = BY.load(record.to_json())
    assert again == record
    assert again.to_json() == record.to_json()
    assert (again.score(on(9)), BY.next_due(again)) == (record.score(on(9)), BY.next_due(record))
    assert again.lead == record.lead
    later = [BY.handle(one, Event(id="e9", lead_id="L0", kind="ask", at=on(9)), now=on(9)) for one in (record, again)]
    assert later[0].facts == later[1].facts


def test_record_that_came_back_knows_what_counts_once():
    """A page that was read before earns nothing more, another one does."""
    life = live(BY)
    life.does("page", 0, page="/a")
    record = BY.load(life.record.to_json())
    for number, (page, interest) in enumerate((("/a", 1), ("/b", 2))):
        again = Event(id=f"n{number}", lead_id="L1", kind="page", at=on(0.1), properties={"page": page})
        record = BY.handle(record, again, now=on(0.1)).record
        assert record.score().interest == interest


@pytest.mark.parametrize(
    "fresh", [FULL, Lead(id="L1"), lead(attributes={**BIG, "rate": Decimal("1.50"), "none": None})]
)
def test_record_of_a_new_lead_comes_back(fresh):
    """Of whom next to nothing is known."""
    record = BY.open(fresh, now=on(0)).record
    assert BY.load(record.to_json()) == record
    assert BY.handle(BY.load(record.to_json()), Tick(), now=on(1)).facts == ()


def test_record_that_is_stale_comes_back_stale():
    """Its events still have to be folded anew."""
    life = live(BY)
    life.does("newsletter", 0)
    life.takes(Flag(event_id=life.events[0].id, flag="bot"), 1)
    assert (life.record.stale, BY.load(life.record.to_json()).stale) == (True, True)


def test_record_is_one_line_of_less_than_two_kilobytes():
    """For a lead with twenty events."""
    life = live(BY)
    for i in range(20):
        life.does("visit", i / 4)
    text = life.record.to_json()
    assert ("\n" in text, len(text.encode()) < 2048) == (False, True)
    assert '"schema":1' in text


def test_record_keeps_letters_as_they_are():
    """An accent is an accent, also in the file."""
    assert "añil" not in _lived().record.to_json()
    life = live(BY)
    life.does("page", 0, page="/añil")
    assert "añil" in life.record.to_json()


@pytest.mark.parametrize("text", ["", "{", "[]", "7", "null", '{"schema": 1}', "[" * 10_000])
def test_text_that_is_no_record_is_refused(text):
    """Whatever it is."""
    with pytest.raises(HistoryError, match="record was expected"):
        BY.load(text)


def test_value_that_is_no_text_is_refused():
    """A record itself needs no loading."""
    with pytest.raises(HistoryError, match="text of a record"):
        BY.load(None)


def test_record_of_a_newer_schema_is_refused():
    """It says which one is known."""
    assert _refused(_plain() | {"schema": 2}) == "schema: this release knows schema 1"


def test_record_of_another_model_is_refused():
    """It is made anew from facts and events, and folded anew."""
    other = small(qualify=QUALIFY.replace("value = 5", "value = 6"))
    with pytest.raises(HistoryError, match="another model"):
        other.load(_lived().record.to_json())


@pytest.mark.parametrize("change", [{"more": 1}, {"tally": None}, {"lead": []}, {"state": 3}, {"as_of": "soon"},
                                    {"pending": [3]}, {"traces": {"first": 1}}])  # fmt: skip
def test_record_with_a_part_of_another_kind_is_refused(change):
    """Nothing is guessed."""
    _refused(_plain() | change)


def test_record_of_parts_that_do_not_belong_together_is_refused():
    """Another lead's profile, an instant before its state's, an event of another lead or one that has been folded."""
    plain = _plain()
    pending = plain["pending"][0]
    for part in (
        {"lead": {"id": "L2"}},
        {"as_of": "2026-01-01T00:00:00Z"},
        {"pending": [pending | {"lead_id": "L2"}]},
        {"pending": [pending | {"at": plain["as_of"]}]},
    ):
        with pytest.raises(HistoryError, match="that belong together were expected"):
            BY.load(json.dumps(plain | part))


@pytest.mark.parametrize("missing", ["schema", "model", "lead", "state", "tally", "as_of"])
def test_record_without_a_part_that_it_needs_is_refused(missing):
    """The rest may be left out where there is nothing to say."""
    data = _plain()
    del data[missing]
    assert _refused(data).endswith("a stored record was expected")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"other": 1}, "a stored tally was expected"),
        ({"counts": []}, "a table was expected"),
        ({"counts": {"99": [1, 1]}}, "a number of this model was expected"),
        ({"counts": {"-1": [1, 1]}}, "a number of this model was expected"),
        ({"counts": {"²": [1, 1]}}, "a number of this model was expected"),
        ({"counts": {"0": [1]}}, "pairs of numbers were expected"),
        ({"counts": {"0": [1, 1.5]}}, "a whole number was expected"),
        ({"counts": {"0": [1, True]}}, "a whole number was expected"),
        ({"counts": {"0": [1, 2**62]}}, "a whole number was expected"),
        ({"firsts": {"x": []}}, "a number of this model was expected"),
        ({"quiet": [1]}, "pairs of numbers were expected"),
        ({"kinds": 3}, "a table was expected"),
        ({"own_day": "x"}, "a whole number was expected"),
        ({"our_day": 1.0}, "a whole number was expected"),
        ({"count": None}, "a whole number was expected"),
    ],
)
def test_tally_of_another_kind_is_refused(change, what):
    """Whole numbers by rule and slot of the model, and nothing else."""
    data = _plain()
    assert _refused(data | {"tally": data["tally"] | change}).endswith(what)


def test_tally_with_a_value_without_a_day_is_refused():
    """What was seen first was seen on a day."""
    life = live(BY)
    life.does("page", 0, page="/a")
    data = json.loads(life.record.to_json())
    [(rule, firsts)] = data["tally"]["firsts"].items()
    data["tally"]["firsts"] = {rule: firsts[:-1]}
    assert _refused(data)


@pytest.mark.parametrize(("change", "where"), [({"id": ""}, "lead.id"), ({"email": 7}, "lead.email"),
                                               ({"zone": "Ana Street"}, None)])  # fmt: skip
def test_lead_of_another_kind_is_refused(change, where):
    """Its problems are those of a profile, without the values."""
    data = _plain()
    if where is None:
        assert BY.load(json.dumps(data | {"lead": data["lead"] | change})).lead.zone == "Ana Street"
        return
    assert _refused(data | {"lead": data["lead"] | change}).startswith(where)


@pytest.mark.parametrize("lead_part", [{"id": "L1", "more": 1}, {"email": "a@b.example"}, []])
def test_lead_without_an_id_or_with_more_is_refused(lead_part):
    """Nothing that is not known is passed over."""
    assert _refused(_plain() | {"lead": lead_part}) == "lead: a stored lead was expected"


def test_record_is_read_by_another_model_until_it_is_folded():
    """Profile, state and instant are the same; no event is known, and it is stale."""
    record, other = _lived().record, small().model
    found = unfolded_from_json(record.to_json(), other)
    assert (found.lead, found.state, found.as_of) == (record.lead, record.state, record.as_of)
    assert (found.model, found.stale, found.pending) == (other, True, ())
    assert found.tally.state.parts() == other.tally(lead=found.lead).state.parts()
    with pytest.raises(HistoryError):
        unfolded_from_json("{}", other)


def test_profiles_that_say_the_same_have_one_text():
    """What a state says of a lead is no part of it; whatever else differs is."""
    record = live(BY, BIG, email="a@b.example").record
    read = BY.load(record.to_json()).lead
    assert profile_text(read) == profile_text(record.lead)
    assert profile_text(evolve(read, stage="sql", since=on(3), merged_ids=("L7",))) == profile_text(read)
    assert (
        profile_text(evolve(read, email="c@b.example"))
        != profile_text(read)
        != profile_text(evolve(read, attributes={}))
    )
