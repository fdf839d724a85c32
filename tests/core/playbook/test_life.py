"""How a lead moves, as a document says it: reading, defaults, canonical form, TOML, problems."""

import unicodedata
from datetime import date
from typing import Any

import pytest

from leadqual.conditions import field
from leadqual.errors import ModelError
from leadqual.lifecycle.hours import BusinessHours
from leadqual.lifecycle.plan import LifecyclePlan
from leadqual.lifecycle.values import Lifecycle, Recycle, RecyclePolicy, Sla, Stage, Transition
from leadqual.playbook import Playbook, loads
from leadqual.scoring import ScoringModel

HEAD = 'schema = 1\nname = "small"\nversion = "1"\n'
WAY = '[[lifecycle.transitions]]\nname = "{0}"\nfrom = {1}\nto = "{2}"\non = {3}\n'
STAGES = '[lifecycle]\nstages = [{ name = "lead" }, { name = "won", kind = "ended" }]\n'


def problems(text: str) -> list[tuple[str, str]]:
    """Return place and fault of every problem of a document."""
    with pytest.raises(ModelError) as caught:
        loads(HEAD + text, format="toml")
    return [(problem.where, problem.what) for problem in caught.value.problems]


def plain(text: str) -> dict[str, Any]:
    """Return what a document says in canonical form, without its head."""
    tables = loads(HEAD + text, format="toml").to_plain()
    return {name: part for name, part in tables.items() if name not in ("schema", "name", "version")}


def test_tables_on_how_a_lead_moves_may_be_left_out():
    """Without them there are the lifecycle, the rests and the business hours that come with leadqual."""
    playbook = loads(HEAD)
    assert playbook == Playbook(name="small", version="1", model=ScoringModel())
    assert (playbook.lifecycle, playbook.recycle, playbook.sla) == (Lifecycle(), Recycle(), {})
    assert playbook.calendar == BusinessHours()
    assert isinstance(playbook.plan, LifecyclePlan)
    assert list(playbook.plan.stages) == ["lead", "mql", "sql", "recycle", "won", "lost"]


def test_tables_that_say_the_defaults_are_left_out_of_the_canonical_form():
    """A document that writes out what holds anyway has the fingerprint of one that does not."""
    written = """
        lifecycle = { preset = "default", hand_raise_days = 30, replies = ["email_reply", "call_answered"] }
        calendar = { zone = "UTC", hours = ["09:00-18:00"], weekdays = ["mon", "tue", "wed", "thu", "fri"], days = {} }
        sla = {}
        [recycle]
        inbound = { interest = "restart", spread_days = 30, wake = "early" }
        outbound = { rest_months = [3, 6], attempts = 3, then = "dormant" }
    """
    assert plain(written) == {}
    assert loads(HEAD + written).fingerprint == loads(HEAD).fingerprint


def test_policy_is_taken_as_it_is_written():
    """An empty table for outbound leads is not the same as none: it has no length of rest."""
    assert plain("[recycle]\noutbound = {}\n") == {"recycle": {"outbound": {}}}
    assert loads(HEAD + "[recycle]\noutbound = {}\n").recycle == Recycle(outbound=RecyclePolicy())
    assert plain("[recycle]\noutbound = { rest_months = [3, 6] }\n") == {
        "recycle": {"outbound": {"rest_months": [3, 6]}}
    }
    assert plain("[recycle]\npartner = {}\n") == {"recycle": {"partner": {}}}


def test_sla_may_be_written_as_its_time_alone():
    """A text is the time; in canonical form, and in Python, both ways are one value."""
    short, long = plain('[sla]\nmql = "1d"\n'), plain('[sla]\nmql = { within = "1d" }\n')
    assert short == long == {"sla": {"mql": {"within": "1d"}}}
    built = Playbook(name="small", version="1", model=ScoringModel(), sla={"mql": "1d"})
    assert built.sla == {"mql": Sla(within="1d")}
    assert built == loads(HEAD + '[sla]\nmql = "1d"\n')
    assert 'mql = "1d"' in built.to_toml()


@pytest.mark.parametrize(("leaves", "waits"), [('"lead"', '"yes"'), ('["lead"]', '["yes"]')])
def test_transition_leaves_from(leaves, waits):
    """`from` and `on` take one text or a list; they have one canonical form, and the shorter one in TOML."""
    text = STAGES + WAY.format("yes", leaves, "won", waits)
    playbook = loads(HEAD + text)
    (way,) = playbook.lifecycle.transitions
    assert way == Transition(name="yes", from_="lead", to="won", on="yes")
    assert (way.from_, way.on) == (("lead",), ("yes",))
    (told,) = plain(text)["lifecycle"]["transitions"]
    assert told == {"name": "yes", "from": ["lead"], "to": "won", "on": ["yes"]}
    toml = playbook.to_toml()
    assert 'name = "yes"\nfrom = "lead"\nto = "won"\non = "yes"\n' in toml
    assert loads(toml) == loads(playbook.to_json()) == playbook


@pytest.mark.parametrize("name", ["touches", "replies", "captures"])
def test_kinds_of_acts_may_be_one(name):
    """One kind may be written without the brackets of a list; none at all is an empty list."""
    assert plain(f'[lifecycle]\n{name} = "visit"\n') == {"lifecycle": {name: ["visit"]}}
    assert plain(f'[lifecycle]\n{name} = ["visit"]\n') == {"lifecycle": {name: ["visit"]}}
    assert plain(f"[lifecycle]\n{name} = []\n") == {"lifecycle": {name: []}}
    toml = loads(f'{HEAD}[lifecycle]\n{name} = ["visit"]\n').to_toml()
    assert f'{name} = "visit"\n' in toml
    assert problems(f"[lifecycle]\n{name} = 3\n") == [(f"lifecycle.{name}", "a list was expected")]


def test_guards_and_dates_read_back():
    """A condition, holidays written as dates or as texts, and numbers with a point and zeros are one value each."""
    text = (
        STAGES
        + WAY.format("yes", '"lead"', "won", '"yes"')
        + 'when = { field = "verdict.reason", op = "eq", value = "signed" }\n'
        + '[calendar]\nholidays = [2026-12-25, "2027-01-06"]\n[recycle]\ninbound = { rest_months = [3.0, 6] }\n'
    )
    playbook = loads(HEAD + text)
    assert playbook.lifecycle.transitions[0].when == field("verdict.reason").eq("signed")
    assert playbook.calendar.holidays == (date(2026, 12, 25), date(2027, 1, 6))
    assert [type(months) for months in playbook.recycle.inbound.rest_months or ()] == [int, int]
    assert loads(playbook.to_toml()).to_json() == loads(playbook.to_json()).to_json() == playbook.to_json()


@pytest.mark.parametrize(
    ("written", "got"),
    [("3.5", "3.5"), ("1e999999999", "1E+999999999"), ("true", "True"), ("'3'", "'3'"), ("1e10", "1E+10")],
)
def test_numbers_that_are_not_whole_or_far_too_large_are_refused(written, got):
    """They stay as they are written, so that the problem shows them; no large number is worked out."""
    with pytest.raises(ModelError) as caught:
        loads(f"{HEAD}[lifecycle]\nreturn_days = {written}\n")
    (problem,) = caught.value.problems
    assert (problem.where, str(problem.got)) == ("lifecycle.return_days", got)


def test_reasons_compare_however_their_accents_are_typed():
    """One reason typed in two ways is one; a table that names both is refused, since only one can hold."""
    one, other = (unicodedata.normalize(form, "está ocupado") for form in ("NFC", "NFD"))
    text = '[recycle.outbound]\nrest_months = [3, 6]\nreasons = {{ "{0}" = 6 }}\n'
    assert loads(HEAD + text.format(one)) == loads(HEAD + text.format(other))
    assert loads(HEAD + text.format(other)).recycle.outbound.reasons == {one: 6}
    twice = text.format(one).replace("= 6 }", f'= 6, "{other}" = 5 }}')
    assert problems(twice) == [(f"recycle.outbound.reasons.{other}", "the name comes twice")]


def test_every_fault_of_shape_and_of_sense_is_told_at_once():
    """Unknown keys, wrong values and names of stages that do not exist come together, in the order of the document."""
    text = (
        '[sla]\nmqll = "1d"\nsql = "2 hours"\nlead = 3\n'
        '[recycle]\ninbuond = {}\noutbound = { rest_months = [6, 3], reasons = { x = "long" } }\n'
        "[calendar]\nzone = 'Europe/Madird'\nweekday = ['mon']\n"
        "[lifecycle]\npreset = 'subscribers'\ntuoches = []\n"
    )
    assert problems(text) == [
        ("sla.lead", "a text or a table was expected"),
        ("sla.mqll", "an SLA is named by a stage, or hand_raise"),
        ("sla.sql.within", "a duration was expected"),
        ("recycle.inbuond", "unknown key"),
        ("recycle.outbound.rest_months", "the ends are the wrong way round"),
        ("recycle.outbound.reasons.x", "a whole number was expected"),
        ("calendar.weekday", "unknown key"),
        ("calendar.zone", "unknown zone"),
        ("lifecycle.tuoches", "unknown key"),
        ("lifecycle.preset", "no such lifecycle"),
    ]


@pytest.mark.parametrize("table", ["lifecycle", "recycle", "sla", "calendar"])
@pytest.mark.parametrize("value", ["3", '"x"', "[1]"])
def test_what_should_be_a_table_and_is_none_is_refused(table, value):
    """A number, a text or a list in place of a table is one problem, at the table."""
    assert problems(f"{table} = {value}\n") == [(table, "a table was expected")]


def test_needed_keys_that_are_missing_have_no_consequences():
    """A stage without a name and a transition without its ends are told; what would follow from that is not."""
    text = '[[lifecycle.stages]]\nkind = "rest"\n[[lifecycle.transitions]]\nname = "a"\n[sla]\nnowhere = "1d"\n'
    assert problems(text) == [
        ("lifecycle.stages[0]", "`name` is missing"),
        ("lifecycle.transitions[0]", "`from` is missing in transition 'a'"),
        ("lifecycle.transitions[0]", "`to` is missing in transition 'a'"),
        ("lifecycle.transitions[0]", "`on` is missing in transition 'a'"),
    ]


def test_a_number_in_place_of_a_time_is_told_with_what_to_write():
    """A bare number has no unit; nothing else is said of it."""
    with pytest.raises(ModelError) as caught:
        loads(HEAD + "[sla]\nmql = 24\n")
    assert [str(problem) for problem in caught.value.problems] == [
        'sla.mql: a text or a table was expected (got 24). Write "1d", or { within = "1d", … }.'
    ]


def test_a_text_in_place_of_a_stage_is_told_in_words_of_toml():
    """A table of a list is written in braces, or under its header; what it lacks is not told beside."""
    with pytest.raises(ModelError) as caught:
        loads(HEAD + "[lifecycle]\nstages = ['lead']\n")
    assert [str(problem) for problem in caught.value.problems] == [
        "lifecycle.stages[0]: a table was expected (got 'lead'). Write { … }, or [[lifecycle.stages]] before its keys."
    ]


def test_a_problem_of_a_transition_names_it():
    """Nobody counts transitions from zero; one without a name has its number only."""
    named = WAY.format("asked", '"lead"', "wno", '"yes"')
    assert ("lifecycle.transitions[0].to", "no such stage in transition 'asked'") in problems(STAGES + named)
    assert problems(STAGES + "[[lifecycle.transitions]]\nfrom = 'lead'\nto = 'won'\non = 'yes'\n")[0] == (
        "lifecycle.transitions[0]",
        "`name` is missing",
    )


def test_guard_that_is_none_has_no_consequences():
    """What cannot be read as a condition is told; that it then always held is not."""
    ways = WAY.format("one", '"lead"', "won", '"yes"') + "when = 3\n" + WAY.format("two", '"lead"', "won", '"yes"')
    assert [where for where, _ in problems(STAGES + ways)] == ["lifecycle.transitions[0].when"]


def test_faults_of_shape_are_told_beside_a_model_that_is_wrong():
    """Without a model a lifecycle cannot be checked; its shape and the calendar can."""
    text = "[fit]\nmax = -1\n[lifecycle]\ntuoches = []\n[calendar]\nhours = ['9-18']\n[sla]\nmql = {}\n"
    assert problems(text) == [
        ("fit.max", "an upper cap is zero or more"),
        ("lifecycle.tuoches", "unknown key"),
        ("calendar.hours[0]", "an interval of the day was expected"),
        ("sla.mql", "`within` is missing"),
    ]


@pytest.mark.parametrize("name", ["lifecycle", "recycle", "sla", "calendar"])
def test_values_of_another_type_are_refused_in_python(name):
    """What is no such value at all is one problem, and nothing is looked at in it."""
    parts: dict[str, Any] = {name: 3}
    with pytest.raises(ModelError) as caught:
        Playbook(name="small", version="1", model=ScoringModel(), **parts)
    assert [problem.where for problem in caught.value.problems] == [name]


def test_faults_of_a_lifecycle_come_with_those_of_labels_and_examples():
    """A playbook tells everything that is wrong with it, whichever table that is in."""
    with pytest.raises(ModelError) as caught:
        Playbook(
            name="small",
            version="1",
            model=ScoringModel(),
            lifecycle=Lifecycle(stages=(Stage(name="lead"),), transitions=()),
            labels={"fr": {}},
        )
    places = [problem.where for problem in caught.value.problems]
    assert places[-1] == "labels.fr"
    assert any(where.startswith("lifecycle.stages") for where in places)


def test_lifecycles_of_objectives_are_those_of_the_playbook():
    """An objective prices leads otherwise; they move by the playbook's own bars."""
    bar = '[qualify.mql]\nwhen = { field = "fit", op = "ge", value = 1 }\n'
    playbook = loads(f'{HEAD}{bar}[objectives.other.qualify]\nhand_raise = ["x"]\n')
    names = [way.name for way in playbook.plan.transitions]
    assert "score for marketing" in names
    assert "hand-raise" not in names
