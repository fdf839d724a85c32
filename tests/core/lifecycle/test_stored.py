"""Facts, effects and states as plain data."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve, fields

from leadqual.errors import HistoryError
from leadqual.event import Event
from leadqual.lifecycle import effects as done
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.enrolment import Enrolment, PastTouch
from leadqual.lifecycle.state import Consent, HandRaise, LeadState, RunningSla, Visit
from leadqual.lifecycle.stored import (
    SCHEMA,
    effect_from_plain,
    effect_to_plain,
    fact_from_plain,
    fact_to_plain,
    state_from_plain,
    state_to_plain,
)
from leadqual.lifecycle.storedparts import Part
from leadqual.lifecycle.storedshapes import shape_of

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
LATER = AT + timedelta(hours=2, microseconds=1500)
COMMON: dict[str, Any] = {"lead_id": "L1", "seq": 3, "at": AT, "known_at": LATER}
MOVED = made.StageChanged(
    **COMMON,
    cause=made.Cause("event", "web", "e7"),
    from_="lead",
    to="sql",
    transition="score for sales",
    skipped=("mql",),
    furthest="sql",
    cycle=1,
    fit=3900,
    interest=-50,
    total=3850,
    label="",
    model="abc",
)
PLAIN = {
    "schema": 1,
    "fact": "stage_changed",
    "lead_id": "L1",
    "seq": 3,
    "at": "2026-03-03T09:00:00+00:00",
    "known_at": "2026-03-03T11:00:00.001500+00:00",
    "cause": {"kind": "event", "source": "web", "id": "e7"},
    "from": "lead",
    "to": "sql",
    "transition": "score for sales",
    "skipped": ["mql"],
    "furthest": "sql",
    "cycle": 1,
    "fit": 3900,
    "interest": -50,
    "total": 3850,
    "label": "",
    "model": "abc",
}
SOLD = made.VerdictGiven(
    **COMMON,
    cause=made.Cause("verdict"),
    verdict="yes",
    amount=Decimal("1500.50"),
    currency="EUR",
    closed_on=date(2026, 3, 1),
)
STATE = LeadState(
    lead_id="L1", seq=9, known_at=LATER, opened_at=AT, model="abc", stage="mql", entered_at=AT, furthest="sql"
)
FULL = evolve(
    STATE,
    visits={"mql": Visit(AT, LATER, 2), "sql": Visit(AT, AT)},
    attempts=2,
    hand_raise=HandRaise(("", "e7"), "demo_request", LATER),
    sla=RunningSla("mql", AT, LATER),
    consents={("email", "news"): Consent(given=True, at=AT), ("email", "*"): Consent(given=False, at=AT)},
    flagged=frozenset({("web", "e2"), ("", "e1"), ("crm", "e3")}),
    amount=Decimal(7),
)
NURTURED = evolve(
    STATE,
    enrolments={
        "warm": Enrolment(sequence="warm", number=2, at=AT, arm="short", step="guide", since=LATER, paused_at=LATER),
        "news": Enrolment(sequence="news", at=AT, step=None, since=AT, ended="reply", ended_at=LATER),
    },
    touches=(
        PastTouch(
            key="k1",
            sequence="warm",
            step="guide",
            channel="email",
            purpose="offers",
            content="crm",
            at=AT,
            outcome="sent",
        ),
        PastTouch(key="k2", sequence="warm", step="call", channel="phone", purpose="sales", at=LATER),
    ),
    suppressed=frozenset({"phone", "email", "*"}),
)


@pytest.fixture(autouse=True)
def _built_anew() -> None:
    """Let each test work out anew how classes are stored."""
    shape_of.cache_clear()


def problems(data: Any, read: Any = fact_from_plain) -> list[str]:
    """Return what is wrong with plain data, as lines."""
    with pytest.raises(HistoryError) as caught:
        read(data)
    return [str(problem) for problem in caught.value.problems]


def but(**changes: Any) -> dict[str, Any]:
    """Return the plain change of stage with other values; what is ``...`` is left out."""
    return {key: value for key, value in {**PLAIN, **changes}.items() if value is not ...}


def test_fact_is_stored_as_texts_and_numbers():
    """A fact is a table that a person can read, without what equals its default."""
    assert fact_to_plain(MOVED) == PLAIN
    assert fact_from_plain(PLAIN) == MOVED
    assert list(fact_to_plain(MOVED)) == list(PLAIN)


def test_defaults_are_left_out_and_may_be_written():
    """Nothing is stored of what was not said; who writes it reads the same."""
    plain = fact_to_plain(evolve(MOVED, skipped=(), cause=made.Cause("time")))
    assert plain["cause"] == {"kind": "time"}
    assert not {"skipped", "reason", "actor"} & plain.keys()
    written = {**plain, "skipped": [], "reason": None, "actor": None, "cause": {"kind": "time", "source": "", "id": ""}}
    assert fact_from_plain(written) == fact_from_plain(plain)


def test_amounts_and_days_stay_exact():
    """Money is text, since a number of JSON would be rounded; a day is a day."""
    plain = fact_to_plain(SOLD)
    assert (plain["amount"], plain["currency"], plain["closed_on"]) == ("1500.50", "EUR", "2026-03-01")
    back = fact_from_plain(json.loads(json.dumps(plain)))
    assert back == SOLD
    assert isinstance(back, made.VerdictGiven)
    assert str(back.amount) == "1500.50"


def test_instants_are_written_in_one_form_and_read_in_any_zone():
    """Two instants that are equal are stored alike; text with another offset is read too."""
    madrid = timezone(timedelta(hours=1))
    assert fact_to_plain(evolve(MOVED, at=AT.astimezone(madrid)))["at"] == PLAIN["at"]
    for text in ("2026-03-03T10:00:00+01:00", "2026-03-03T09:00:00Z"):
        read = fact_from_plain(but(at=text))
        assert read.at == AT
        assert read.at.tzinfo is UTC


@pytest.mark.parametrize("text", ["2026-03-03T09:00:00", "1969-12-31T23:59:59Z", "2200-01-01T00:00:00Z", "2026-03-03"])
def test_instant_without_zone_or_out_of_range_is_refused(text):
    """A naive instant has no meaning on another machine."""
    assert [problem.partition(":")[0] for problem in problems(but(at=text))] == ["at"]


def test_everything_wrong_is_said_at_once():
    """Unknown keys, missing keys and values of another type come in one error, each with its place."""
    bad = but(
        at=7,
        seq=True,
        trasition="x",
        model=...,
        cause={"kind": "", "why": 1},
        skipped=["mql", 3, ""],
        fit="39",
        to=None,
    )
    without = "Write it without a point and without quotes."
    assert problems(bad) == [
        f"seq: a whole number from 1 on was expected (got bool). {without}",
        'at: an instant was expected (got int). Write it as text, such as "2026-03-03T09:00:00+00:00".',
        (
            "cause.kind: a known word was expected (got a text of 0 characters). "
            "Known: consent, enrolment, event, flag, import, merge, open, profile, refold, rescore, suppression, time, "
            "touch, verdict."
        ),
        "cause.why: unknown key (got int). Known: id, kind, source.",
        "to: a text was expected (got NoneType). Pass a str.",
        "skipped[1]: a text was expected (got int). Pass a str.",
        "skipped[2]: a text was expected (got an empty text). It must not be empty.",
        f"fit: a whole number of at most 64 bits was expected (got a text of 2 characters). {without}",
        "trasition: unknown key (got a text of 1 characters). Did you mean `transition`?",
        "`model` is missing (got a table of 18). Add `model`.",
    ]


AS_TEXT = "Write it as text, such as"
NUMBER = "Write it without a point and without quotes."


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("amount", 5, f'an exact amount was expected (got int). {AS_TEXT} "1500.00".'),
        ("amount", "x", f'an exact amount was expected (got a text of 1 characters). {AS_TEXT} "1500.00".'),
        ("closed_on", 5, f'a day was expected (got int). {AS_TEXT} "2026-03-03", of the years 1970 to 2199.'),
        ("at", 5, f'an instant was expected (got int). {AS_TEXT} "2026-03-03T09:00:00+00:00".'),
        ("cause", 5, "a table was expected (got int). Write {…}."),
        ("seq", "1", f"a whole number from 1 on was expected (got a text of 1 characters). {NUMBER}"),
        ("schema", "1", "the number of a schema was expected (got a text of 1 characters). Write 1."),
    ],
)
def test_each_value_says_how_it_is_written(name, value, said):
    """A message says what was expected, what came and how to write it."""
    assert problems({**fact_to_plain(SOLD), name: value}) == [f"{name}: {said}"]


@pytest.mark.parametrize(
    ("name", "value", "where", "said"),
    [
        ("flagged", 5, "", "a list was expected (got int). Write […]."),
        ("flagged", [5], "[0]", "the key of an event was expected (got int). Write [source, id]; {}."),
        ("visits", 5, "", "a table was expected (got int). Write {…}."),
        ("consents", {"email": 5}, ".email", "a table was expected (got int). Write {…}."),
        ("touched", 1, "", "true or false was expected (got int). Write true or false."),
        ("seq", 2**63, "", f"a whole number from 1 on was expected (got int). {NUMBER}"),
    ],
)
def test_each_value_of_a_state_says_how_it_is_written(name, value, where, said):
    """A message says where in a state, what was expected, what came and how to write it."""
    whole = f"{name}{where}: {said.replace('{}', 'the source may be an empty text')}"
    assert problems({**state_to_plain(FULL), name: value}, state_from_plain) == [whole]


def test_bounds_of_numbers_belong_to_them():
    """The least and the largest number that may stand there can be read."""
    for seq in (1, 2**63 - 1):
        assert fact_from_plain(but(seq=seq)).seq == seq
    for name, least in (("cycle", 1), ("attempts", 0), ("superseded", 0), ("seq", 1)):
        plain = {**state_to_plain(FULL), name: least}
        assert vars(state_from_plain(plain)) == {**vars(FULL), name: least}
        assert len(problems({**plain, name: least - 1}, state_from_plain)) == 1
    visits = {"mql": {"first": PLAIN["at"], "last": PLAIN["at"], "times": 0}}
    assert len(problems({**state_to_plain(FULL), "visits": visits}, state_from_plain)) == 1
    rest = fact_to_plain(made.Recycled(**COMMON, cause=made.Cause("time"), attempt=1))
    assert len(problems({**rest, "attempt": 0})) == 1
    assert fact_from_plain(but(interest=-(2**63)))
    assert len(problems(but(interest=-(2**63) - 1))) == 1
    for amount in ("0", "1000000000000000"):
        assert fact_from_plain({**fact_to_plain(SOLD), "amount": amount}) == evolve(SOLD, amount=Decimal(amount))
    assert len(problems({**fact_to_plain(SOLD), "amount": "1000000000000000.01"})) == 1
    for day in ("1970-01-01", "2199-12-31"):
        assert fact_from_plain({**fact_to_plain(SOLD), "closed_on": day})


def test_texts_may_be_empty_where_nothing_may_be_said():
    """A reason may be empty, the name of a stage may not."""
    assert fact_from_plain({**fact_to_plain(SOLD), "reason": ""}) == evolve(SOLD, reason="")
    assert fact_from_plain(but(cause={"kind": "event", "source": "", "id": ""})) == evolve(
        MOVED, cause=made.Cause("event")
    )
    assert len(problems(but(transition=""))) == 1


def test_values_are_never_shown():
    """A message says what kind of value came: the value may be personal."""
    secret = "ana@private.example"
    bad = but(at=secret, fit=secret, cause=secret, skipped=secret, seq=[secret], amount=secret, fact="stage_changed")
    assert secret not in "\n".join(problems(bad))
    assert secret not in "\n".join(problems(but(fact=secret, schema=secret)))


@pytest.mark.parametrize("schema", [2, 10**5000], ids=["next", "huge"])
def test_newer_schema_is_refused_before_anything_is_read(schema):
    """An older release says that it is older, whatever else it does not understand."""
    for read in (fact_from_plain, effect_from_plain, state_from_plain):
        (said,) = problems({"schema": schema, "of": "the future"}, read)
        assert said.startswith("schema: a newer release wrote this; this one is older and reads schemas up to 1 (got ")
        assert said.endswith(" Upgrade leadqual. Nothing was read.")


@pytest.mark.parametrize("schema", [0, -1, True, 1.0, "1", None, []])
def test_schema_has_to_be_a_number(schema):
    """What is no schema is said beside whatever else is wrong."""
    said = problems(but(schema=schema, seq=0))
    assert [text.partition(":")[0] for text in said] == ["schema", "seq"]
    assert len(problems(but(schema=schema))) == 1


def test_schema_and_kind_are_needed():
    """Without its kind nothing else of a table can be read."""
    assert problems({}) == [
        "`schema` is missing (got a table of 0). Add `schema`.",
        "`fact` is missing (got a table of 0). Add `fact`.",
    ]
    assert problems(but(schema=...)) == ["`schema` is missing (got a table of 17). Add `schema`."]
    assert problems({"schema": 1, "effect": ["enrol"]}, effect_from_plain)[0].startswith(
        "effect: no such kind of effect"
    )


def test_unknown_kind_is_answered_with_the_closest():
    """A kind that does not exist is refused with the one that was meant."""
    assert problems(but(fact="stage_change")) == [
        "fact: no such kind of fact (got a text of 12 characters). Did you mean `stage_changed`?"
    ]
    assert "Did you mean `hand_off`?" in problems({"schema": 1, "effect": "handoff"}, effect_from_plain)[0]


@pytest.mark.parametrize("data", [None, [], "x", 7, [PLAIN], ("schema", 1)])
@pytest.mark.parametrize("read", [fact_from_plain, effect_from_plain, state_from_plain])
def test_only_tables_are_read(read, data):
    """What is no table is refused with a hint."""
    (said,) = problems(data, read)
    assert said.startswith("a table was expected (got ")


@pytest.mark.parametrize("text", ["nan", "-1", "1e400", "x", "", "1e99999999999999999999", "Infinity", "sNaN", 5, None])
def test_amount_has_to_be_exact_and_possible(text):
    """An amount of money is a finite number of zero or more."""
    plain = {**fact_to_plain(SOLD), "amount": text}
    if text is None:
        assert fact_from_plain(plain) == evolve(SOLD, amount=None)
    else:
        assert [said.partition(":")[0] for said in problems(plain)] == ["amount"]


@pytest.mark.parametrize("text", ["2026-02-30", "1969-12-31", "2200-01-01", "x", 20260301])
def test_day_has_to_exist(text):
    """A day that the calendar does not know is refused."""
    assert [said.partition(":")[0] for said in problems({**fact_to_plain(SOLD), "closed_on": text})] == ["closed_on"]


@pytest.mark.parametrize("key", [["web"], ["web", "e1", "x"], [1, "e1"], ["web", ""], ["web", 1], "we", {"a": 1}])
def test_key_is_a_source_and_an_id(key):
    """The source of an event may be empty, its id may not."""
    raised = made.HandRaised(**COMMON, cause=made.Cause("event"), key=("", "e7"), kind="demo_request", until=LATER)
    plain = fact_to_plain(raised)
    assert plain["key"] == ["", "e7"]
    assert fact_from_plain(plain) == raised
    assert problems({**plain, "key": key})


def test_word_has_to_be_one_of_the_known():
    """A word that only a few values allow is refused with the closest."""
    opened = made.ReviewOpened(**COMMON, cause=made.Cause("rescore"), because="model")
    plain = fact_to_plain(opened)
    assert fact_from_plain({**plain, "because": "flag"}) == evolve(opened, because="flag")
    assert problems({**plain, "because": "models"}) == [
        "because: a known word was expected (got a text of 6 characters). Did you mean `model`?"
    ]
    assert problems({**plain, "because": 1})


def test_truth_is_not_a_number():
    """One and zero are not read as true and false."""
    plain = fact_to_plain(made.Woken(**COMMON, cause=made.Cause("time"), early=False))
    assert plain["early"] is False
    assert problems({**plain, "early": 0}) == ["early: true or false was expected (got int). Write true or false."]


def test_text_that_no_database_takes_is_refused():
    """A NUL or half of a surrogate pair would break the store that comes after."""
    assert "it holds a NUL character" in problems(but(to="a\0"))[0]
    assert "it holds half of a surrogate pair" in problems(but(label="\ud800"))[0]
    assert fact_from_plain(but(to="a\nb"))


def test_state_is_compact_and_comes_back():
    """What a lead never did is not stored; the rest keeps its types."""
    assert list(state_to_plain(STATE)) == [
        "schema", "lead_id", "seq", "known_at", "opened_at", "model", "stage", "entered_at", "furthest",
    ]  # fmt: skip
    plain = state_to_plain(FULL)
    assert plain["flagged"] == [["", "e1"], ["crm", "e3"], ["web", "e2"]]
    assert plain["consents"] == {
        "email": {"news": {"given": True, "at": PLAIN["at"]}, "*": {"given": False, "at": PLAIN["at"]}}
    }
    assert plain["visits"]["sql"] == {"first": PLAIN["at"], "last": PLAIN["at"]}
    back = state_from_plain(json.loads(json.dumps(plain)))
    assert back == FULL
    assert [type(value) for value in vars(back).values()] == [type(value) for value in vars(FULL).values()]


def test_confirmation_of_a_consent_is_stored_where_there_is_one():
    """With where the consent was taken down and on which text; without them nothing is written."""
    more: dict[str, Any] = {"asked_at": AT, "confirmed_at": LATER, "source": "form", "wording": "v2"}
    state = evolve(STATE, consents={("email", "news"): Consent(True, AT, **more)})
    plain = state_to_plain(state)
    instants = {"at": PLAIN["at"], "asked_at": PLAIN["at"], "confirmed_at": LATER.isoformat()}
    assert plain["consents"] == {"email": {"news": {"given": True, **instants, "source": "form", "wording": "v2"}}}
    assert state_from_plain(json.loads(json.dumps(plain))) == state
    said: dict[str, Any] = {"channel": "email", "purpose": "news", "given": True}
    fact = made.ConsentChanged(**COMMON, cause=made.Cause("consent"), **said)
    assert list(fact_to_plain(fact))[7:] == ["channel", "purpose", "given"]
    confirmed = evolve(fact, confirmed=True, source="form", wording="v2")
    assert list(fact_to_plain(confirmed))[10:] == ["confirmed", "source", "wording"]
    assert fact_from_plain(fact_to_plain(confirmed)) == confirmed


def test_wrong_state_is_refused_with_every_place():
    """Each entry of a table inside a state has its path."""
    plain = state_to_plain(FULL)
    bad = {
        **plain,
        "visits": {"mql": {"first": 1, "last": plain["known_at"]}, "": plain["visits"]["mql"]},
        "consents": {"email": {"news": {"given": 1, "at": plain["known_at"]}}, "phone": []},
        "flagged": [["", "e1"], "e2"],
        "attempts": -1,
        "stages": 1,
        "cycle": 0,
    }
    assert [said.partition(":")[0] for said in problems(bad, state_from_plain)] == [
        "visits.mql.first", "visits", "attempts", "consents.email.news.given", "consents.phone", "flagged[1]",
        "stages", "cycle",
    ]  # fmt: skip
    assert problems({**plain, "visits": [], "schema": "1"}, state_from_plain)[0].startswith("schema: ")
    assert [said.partition(":")[0] for said in problems({**bad, "schema": 0}, state_from_plain)][:2] == [
        "schema",
        "visits.mql.first",
    ]


def test_nurturing_of_a_state_is_compact_and_comes_back():
    """Places and touches are lists without what equals its default; suppressed channels stand in order."""
    plain = state_to_plain(NURTURED)
    late = "2026-03-03T11:00:00.001500+00:00"
    assert plain["enrolments"] == [
        {
            "sequence": "warm", "number": 2, "at": PLAIN["at"], "arm": "short", "step": "guide", "since": late,
            "paused_at": late,
        },
        {"sequence": "news", "at": PLAIN["at"], "step": None, "since": PLAIN["at"], "ended": "reply", "ended_at": late},
    ]  # fmt: skip
    assert plain["touches"] == [
        {
            "key": "k1", "sequence": "warm", "step": "guide", "channel": "email", "purpose": "offers", "content": "crm",
            "at": PLAIN["at"], "outcome": "sent",
        },
        {"key": "k2", "sequence": "warm", "step": "call", "channel": "phone", "purpose": "sales", "at": late},
    ]  # fmt: skip
    assert plain["suppressed"] == ["*", "email", "phone"]
    back = state_from_plain(json.loads(json.dumps(plain)))
    assert back == NURTURED
    assert [type(value) for value in vars(back).values()] == [type(value) for value in vars(NURTURED).values()]


def test_place_stands_by_its_own_sequence():
    """Of two places in one sequence the last counts."""
    plain = state_to_plain(NURTURED)
    first, last = plain["enrolments"]
    twice = {**plain, "enrolments": [first, {**last, "sequence": "warm"}]}
    assert state_from_plain(twice).enrolments == {"warm": evolve(NURTURED.enrolments["news"], sequence="warm")}


def test_wrong_nurturing_is_refused_with_every_place():
    """Each place and touch has its path."""
    plain = state_to_plain(NURTURED)
    place, touch = plain["enrolments"][0], plain["touches"][0]
    bad = {
        **plain,
        "enrolments": [{**place, "number": 0, "held_out": 1}, 7, {**place, "sequence": "", "stage": 1}],
        "touches": [touch, {**touch, "outcome": "lost", "at": "soon"}, {"key": "k"}],
        "suppressed": ["email", "", 3],
    }
    assert [said.partition(":")[0] for said in problems(bad, state_from_plain)] == [
        "enrolments[0].number", "enrolments[0].held_out", "enrolments[1]", "enrolments[2].sequence",
        "enrolments[2].stage", "touches[1].at", "touches[1].outcome", "touches[2]", "touches[2]", "touches[2]",
        "touches[2]", "touches[2]", "suppressed[1]", "suppressed[2]",
    ]  # fmt: skip
    for name in ("enrolments", "touches", "suppressed"):
        (said,) = problems({**plain, name: {}}, state_from_plain)
        assert said == f"{name}: a list was expected (got dict). Write […]."
    (said,) = problems({**plain, "touches": [{**touch, "outcome": "sen"}]}, state_from_plain)
    assert said.endswith("Did you mean `sent`?")


def test_facts_and_effects_of_nurturing_are_stored_without_what_is_usual():
    """A touch that says nothing of content, task and end has no keys for them."""
    touch: dict[str, Any] = {"sequence": "warm", "step": "guide", "channel": "email", "purpose": "offers"}
    came = fact_to_plain(made.TouchCameDue(**COMMON, cause=made.Cause("time"), key="k1", **touch))
    assert list(came) == ["schema", "fact", "lead_id", "seq", "at", "known_at", "cause", "key", *touch]
    due = effect_to_plain(done.TouchDue(key="L1:3:touch_due", lead_id="L1", touch_key="k1", basis="opt_in", **touch))
    assert list(due) == ["schema", "effect", "key", "lead_id", "touch_key", *touch, "basis"]
    assert (came["fact"], due["effect"]) == ("touch_came_due", "touch_due")
    assert problems({**due, "basis": "opt-in"}, effect_from_plain) == [
        "basis: a known word was expected (got a text of 6 characters). Did you mean `opt_in`?"
    ]
    began = fact_to_plain(made.Enrolled(**COMMON, cause=made.Cause("enrolment"), sequence="warm", step="guide"))
    assert list(began)[7:] == ["sequence", "step"]
    assert len(problems({**began, "number": 0, "step": None})) == 2
    fork = fact_to_plain(made.ForkTaken(**COMMON, cause=made.Cause("time"), sequence="warm", step="looked", way="no"))
    assert len(problems({**fork, "way": "maybe"})) == 1
    ended = fact_to_plain(made.TouchEnded(**COMMON, cause=made.Cause("touch"), key="k1", outcome="expired"))
    assert len(problems({**ended, "outcome": "due"})) == 1


def test_merge_keeps_the_states_before_it():
    """A merge can be undone from what is stored of it."""
    merged = made.Merged(
        **COMMON, cause=made.Cause("merge"), other_id="L2", before=STATE, other=evolve(STATE, lead_id="L2"), state=FULL
    )
    plain = fact_to_plain(merged)
    assert "schema" not in plain["before"]
    assert fact_from_plain(json.loads(json.dumps(plain))) == merged
    assert problems({**plain, "other": {**plain["other"], "stage": 3}})[0].startswith(
        "other.stage: a text was expected"
    )
    assert problems({**plain, "state": None})[0].startswith("state: a table was expected")


def test_event_of_an_effect_keeps_the_types_of_its_properties():
    """A date stays a date and an amount exact, though JSON knows neither."""
    properties = {
        "text": "a", "empty": "", "whole": 3, "half": 0.5, "yes": True, "none": None, "exact": Decimal("1.10"),
        "day": date(2026, 3, 1), "at": AT, "local": datetime(2026, 3, 1, 8, 30), "list": ["a", Decimal(1)],
        "tuple": ("a", "b"), "endless": float("-inf"), "boundless": float("inf"),
    }  # fmt: skip
    event = Event(id="b1", lead_id="L1", kind="return_bonus", at=AT, source="leadqual", properties=properties)
    plain = effect_to_plain(done.AddEvent(key="k", lead_id="L1", event=event))
    assert plain["event"]["properties"]["day"] == {"date": "2026-03-01"}
    back = effect_from_plain(json.loads(json.dumps(plain)))
    assert isinstance(back, done.AddEvent)
    assert back.event == event
    assert {name: type(value) for name, value in back.event.properties.items()} == {
        name: type(value) for name, value in properties.items()
    }
    assert str(back.event.properties["exact"]) == "1.10"
    plain["event"]["properties"] = {"x": {"number": "nan"}}
    odd = effect_from_plain(plain)
    assert isinstance(odd, done.AddEvent)
    assert str(odd.event.properties["x"]) == "nan"


@pytest.mark.parametrize(
    "value",
    [object(), {"a": 1}, {1}, 2**63, [[1]], [object()], Decimal("nan"), "\ud800", ["\0"], timedelta(1)],
    ids=lambda value: type(value).__name__,
)
def test_property_that_json_cannot_hold_is_refused(value):
    """An event with an object of the host in it is not stored half."""
    event = Event(id="b1", lead_id="L1", kind="return_bonus", at=AT, properties={"x": value})
    with pytest.raises(HistoryError):
        effect_to_plain(done.AddEvent(key="k", lead_id="L1", event=event))


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"dat": "2026-03-01"}, "x.dat: no such type of value"),
        ({"date": "2026-02-30"}, "x.date: the value does not fit its type"),
        ({"date": 7}, "x.date: the value does not fit its type"),
        ({"instant": "now"}, "x.instant: the value does not fit its type"),
        ({"decimal": "nan"}, "x.decimal: the value does not fit its type"),
        ({"decimal": 1.5}, "x.decimal: the value does not fit its type"),
        ({"number": "1"}, "x.number: the value does not fit its type"),
        ({"number": ["nan"]}, "x.number: the value does not fit its type"),
        ({"tuple": "ab"}, "x: a list was expected"),
        ({"tuple": [1, {"list": []}]}, "x[1].list: no such type of value"),
        ([1, [2]], "x[1]: the value of a property was expected"),
        ({}, "x: the value of a property was expected"),
        ({"date": "2026-03-01", "decimal": "1"}, "x: the value of a property was expected"),
        ({3: 1}, "x.3: no such type of value"),
        (float("nan"), "x: the value of a property was expected"),
        (2**63, "x: the value of a property was expected"),
        ("\0", "x: the text cannot be used"),
    ],
)
def test_property_that_is_written_otherwise_is_refused(value, where):
    """A tag that does not exist, or does not fit its value, has its path in the error."""
    event = Event(id="b1", lead_id="L1", kind="return_bonus", at=AT)
    plain = effect_to_plain(done.AddEvent(key="k", lead_id="L1", event=event))
    plain["event"]["properties"] = {"x": value}
    (said,) = problems(plain, effect_from_plain)
    assert said.startswith(f"event.properties.{where} (got ")


@pytest.mark.parametrize("value", [None, STATE, PLAIN, made.Fact, MOVED.cause, 7])
def test_only_what_leadqual_made_is_stored(value):
    """What is no fact and no effect is refused."""
    for write in (fact_to_plain, effect_to_plain):
        with pytest.raises(HistoryError):
            write(value)


def test_facts_effects_and_states_are_not_mixed_up():
    """Each is stored and read by its own function."""
    enrolled: Any = done.Enrol(key="k", lead_id="L1", sequence="keep-warm")
    moved: Any = MOVED
    with pytest.raises(HistoryError, match="no fact"):
        fact_to_plain(enrolled)
    with pytest.raises(HistoryError, match="no effect"):
        effect_to_plain(moved)
    with pytest.raises(HistoryError, match="state of a lead"):
        state_to_plain(moved)
    with pytest.raises(HistoryError, match="`effect` is missing"):
        effect_from_plain(PLAIN)


def test_wrong_documents_of_any_size_are_refused_soon():
    """Of a document with a million mistakes the first few hundred are said."""
    assert len(problems(but(skipped=[1] * 100_000))) == 500
    assert len(problems({**PLAIN, **{f"k{i}": 1 for i in range(10_000)}})) == 500
    visits = {f"s{i}": 1 for i in range(10_000)}
    assert len(problems({**state_to_plain(STATE), "visits": visits}, state_from_plain)) == 500


@pytest.mark.parametrize(
    "key", [1, None, 10**5000, ("a", "b"), "\ud800", "a" * 10_000], ids=lambda key: type(key).__name__
)
def test_odd_keys_are_named_safely(key):
    """A key that JSON could not hold is described in the error."""
    odd: dict[Any, Any] = {**PLAIN, key: 1}
    (said,) = problems(odd)
    assert said.isprintable()
    assert len(said) < 1000


def test_every_field_of_every_class_can_be_stored():
    """A new field of a fact, an effect or a state has a form as plain data, or this fails."""
    parts = (Visit, HandRaise, RunningSla, Consent, Enrolment, PastTouch, made.Cause, Event)
    for kind in (*made.FACTS, *done.EFFECTS, LeadState, *parts):
        shape = shape_of(kind)
        assert [field.name for field in shape.fields] == [attribute.name for attribute in fields(kind)]
        assert all(isinstance(field.part, Part) for field in shape.fields)
        assert not {"schema", "fact", "effect"} & shape.readers.keys()


def test_schema_is_the_first():
    """The schema is raised together with a step that upgrades what is stored."""
    assert SCHEMA == 1
    assert fact_to_plain(MOVED)["schema"] == effect_to_plain(done.Enrol(key="k", lead_id="L", sequence="s"))["schema"]
