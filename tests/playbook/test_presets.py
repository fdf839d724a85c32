"""The playbooks that are shipped: they load, say what their examples say, and have nothing that a review would mark."""

from datetime import UTC, datetime

import pytest
from attrs import evolve

from leadqual.errors import UnknownName
from leadqual.event import Event
from leadqual.lead import BUILT_IN, Lead
from leadqual.playbook import Playbook, check_examples, loads
from leadqual.playbook.lint import lint
from leadqual.presets import PRESETS, preset_text, starter_text

NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)
STARTER_MODEL = "48731bfedc08048acfd2625b290715a29e3c6e8255f03ed844e8f3a9db961ab0"


@pytest.fixture(scope="module", params=PRESETS)
def preset(request) -> Playbook:
    """Each playbook as it is shipped."""
    return loads(preset_text(request.param), format="toml")


def test_presets_are_the_starter_and_three_others():
    """The starter is one of them, under the name of its business."""
    assert PRESETS == ("saas", "agency", "listings", "events")
    assert preset_text("saas") == starter_text()


@pytest.mark.parametrize("name", ["listing", "Events", None, "", "../starter"])
def test_unknown_presets_are_refused_with_those_that_exist(name):
    """A name that does not exist is no file name; the closest one is suggested."""
    with pytest.raises(UnknownName) as caught:
        preset_text(name)
    (problem,) = caught.value.problems
    assert problem.where == "preset"
    assert "listings" in problem.hint or "events" in problem.hint


def test_preset_stands_for_its_name(preset):
    """No two presets are one playbook, and each has both bars, grades, levels and a version."""
    assert preset.name in ("starter-b2b-saas", "agency", "listings", "events")
    assert preset.version == "2026.11"
    assert (preset.model.qualify.mql, preset.model.qualify.sql) != (None, None)
    assert list(preset.model.fit.grades) == ["A", "B", "C", "D"]
    assert list(preset.model.interest.levels) == ["1", "2", "3", "4"]


def test_presets_examples_hold(preset):
    """Three examples or more are told, and the playbook says what they say."""
    assert 3 <= len(preset.examples) <= 6
    assert check_examples(preset) == ()


def test_presets_have_nothing_that_a_review_marks(preset):
    """Lint finds nothing, not even a note."""
    assert lint(preset) == ()


def test_presets_say_everything_in_spanish(preset):
    """Whatever a preset names has a Spanish word, so that a description needs none of ours."""
    model, words = preset.model, preset.labels["es"]
    fit, interest = model.fit, model.interest
    named = {*model.attributes, *model.properties, *fit.groups, *interest.groups, *preset.objectives}
    named |= {kind for rule in interest.rules for kind in rule.event if kind != "*"}
    named |= {part.name for part in (*fit.criteria, *fit.tables, *interest.rules) if part.name is not None}
    named |= {gate.reason for gate in fit.gates} | {preset.name}
    named |= {example.name for example in preset.examples}
    policies = (preset.recycle.inbound, preset.recycle.outbound)
    named |= {reason for policy in policies for reason in policy.reasons} | {policies[0].nurture}
    assert named - {*words, *BUILT_IN} <= {"Manager"}  # a title that is looked for, and read in both languages


def test_presets_labels_name_something_of_the_preset(preset):
    """No label is left over from another playbook, and the English ones say something else than the name."""
    text = evolve(preset, labels={}).to_json()
    for words in preset.labels.values():
        assert not [name for name in words if f'"{name}"' not in text and name not in BUILT_IN]
    assert not [name for name, word in preset.labels["en"].items() if word == name]


def test_starters_model_is_the_one_that_was_shipped_first():
    """Examples and labels have come to the starter; what it scores has not changed."""
    assert loads(starter_text(), format="toml").model.fingerprint == STARTER_MODEL


AS_FIELD_PRACTICE_HAS_IT = """
schema = 1
name = "practice"
version = "2026.11"
sla = { hand_raise = "2h", mql = "1d", sql = "1d" }
[qualify]
hand_raise = ["demo_request", "contact_sales"]
[recycle]
inbound = { to = "recycle", interest = "restart", nurture = "keep-warm" }
outbound = { to = "recycle", rest_months = [3, 6], spread_days = 30, attempts = 3, then = "dormant", \
reasons = { no_budget = 6, no_response = 3, timing = 3 } }
"""


def test_starter_rests_and_answers_as_field_practice_says():
    """Its times to act and its maybes are those of practice; its business time is that of one zone, and said so."""
    practice = loads(AS_FIELD_PRACTICE_HAS_IT.replace("\\\n", ""), format="toml")
    starter = loads(starter_text(), format="toml")
    assert (starter.sla, starter.recycle) == (practice.sla, practice.recycle)
    assert starter.calendar == evolve(practice.calendar, zone="Europe/Madrid")
    assert "Put your own zone, hours and holidays here" in starter_text()


def test_presets_say_within_which_time_somebody_acts(preset):
    """Each has times for a hand-raise and for both bars, the one for a hand-raise being the shortest, and a zone."""
    within = {name: preset.plan.slas[name][0] for name in ("hand_raise", "mql", "sql")}
    assert within["hand_raise"].unit in ("m", "h")
    assert all(other.unit == "d" or other.open_time >= within["hand_raise"].open_time for other in within.values())
    assert preset.calendar.zone != "UTC"
    assert preset.recycle.outbound.rest_months is not None


def test_presets_can_be_given_their_holidays_where_the_line_stands(preset):
    """The line of holidays is sound once its sign of a comment is taken away."""
    (text,) = (preset_text(name) for name in PRESETS if loads(preset_text(name), format="toml").name == preset.name)
    told = loads(text.replace("# holidays = ", "holidays = "), format="toml")
    assert [day.isoformat() for day in told.calendar.holidays] == ["2026-12-25", "2027-01-06"]
    assert told.model == preset.model


LISTINGS = loads(preset_text("listings"), format="toml")


@pytest.mark.parametrize("objective", [None, *LISTINGS.objectives])
def test_listings_prices_a_telephone_number_above_an_address(objective):
    """For the portal and for every buyer, a lead with a telephone number is worth more than one with an address."""
    model = LISTINGS.model_for(objective)
    leads = (Lead(id="L1", phone="+34 600 000 000"), Lead(id="L1", email="someone@mail.example"))
    phone, email = (model.score(lead, now=NOW).fit for lead in leads)
    assert phone > email > 0


@pytest.mark.parametrize("objective", [None, *LISTINGS.objectives])
def test_listings_prices_a_call_above_a_message(objective):
    """A call that was answered earns more than a message, also after a week; one of a second earns nothing."""
    model = LISTINGS.model_for(objective)

    def interest(kind, seconds):
        at = NOW.replace(day=11)
        event = Event(id="e1", lead_id="L1", kind=kind, at=at, properties={"seconds": seconds})
        return model.score(Lead(id="L1"), [event], now=NOW).interest

    assert interest("phone_call", 30) > interest("message", None) > interest("phone_call", 1) == 0


def test_listings_buyers_price_the_same_lead_differently():
    """Who asks for financing is worth most to the bank, who must move at once least to the developer."""
    lead = Lead(id="L1", phone="+34 600 000 000", attributes={"financing": "asked", "move": "now", "budget": 320})
    fits = {name: model.score(lead, now=NOW).fit for name, model in LISTINGS.models.items()}
    assert max(fits, key=fits.get) == "mortgages"
    assert min(fits, key=fits.get) == "developers"


def test_agency_asks_for_a_talk_before_a_proposal():
    """Whatever a good enquiry reads and fills in, without a talk or a written need it is no SQL."""
    model = loads(preset_text("agency"), format="toml").model
    known = {"job_title": "Owner", "budget": 50_000, "timing": "now", "service": "design", "employees": 50}
    lead = Lead(id="L1", attributes=known)
    acts = [("contact_form", 14), ("contact_form", 15), ("email_reply", 16), ("email_reply", 17), ("call_booked", 17)]
    events = [Event(id=f"e{i}", lead_id="L1", kind=kind, at=NOW.replace(day=day)) for i, (kind, day) in enumerate(acts)]
    without = model.score(lead, events, now=NOW)
    assert (without.grade, without.level, without.qualifies) == ("A", 1, {"mql"})
    talk = Event(id="talk", lead_id="L1", kind="call_held", at=NOW, properties={"minutes": 20})
    assert model.score(lead, [*events, talk], now=NOW).qualifies == {"mql", "sql"}


def test_events_reads_scans_in_the_zone_of_the_venue_once_it_is_told_which():
    """The lines that stand ready as comments are sound where they stand."""
    text = preset_text("events")
    for line in ("[files.events]", 'zone = "Europe/Madrid"', 'bare_dates = "noon"'):
        assert f"\n# {line}" in text
        text = text.replace(f"\n# {line}", f"\n{line}")
    told = loads(text, format="toml")
    assert (told.files["events"].zone, told.files["events"].bare_dates) == ("Europe/Madrid", "noon")
    assert told.model == loads(preset_text("events"), format="toml").model


def test_events_fade_within_weeks_after_a_fair():
    """A talk at the booth counts in full for three days and not at all after six weeks and a half."""
    model = loads(preset_text("events"), format="toml").model
    talk = Event(id="e1", lead_id="L1", kind="booth_talk", at=datetime(2026, 1, 5, 12, tzinfo=UTC),
                 properties={"minutes": 10})  # fmt: skip
    days = (datetime(2026, 1, 8, tzinfo=UTC), datetime(2026, 1, 9, tzinfo=UTC), datetime(2026, 2, 20, tzinfo=UTC))
    assert [str(model.score(Lead(id="L1"), [talk], now=day).interest) for day in days] == ["8.00", "5.60", "0.00"]
