"""The three questions: persona, deeds and need of a lead."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from leadqual import Lead, ModelError, ScoringModel
from leadqual.conditions.nodes import Leaf, Not
from leadqual.nurture.asked import Who
from leadqual.nurture.deeds import Deeds
from leadqual.nurture.people import Need, Persona, Sign
from leadqual.nurture.who import WhoPlan, lead_scope, plan_who, who_is
from leadqual.scoring.declared import Attribute

NOON = datetime(2026, 12, 4, 12, tzinfo=UTC)
MODEL = ScoringModel(
    attributes={"job_title": Attribute(type="text"), "employees": Attribute(type="integer")},
    properties={},
    lists={"chiefs": ("CEO", "CTO")},
)
CHIEF = Leaf(field="job_title", op="in", value="@chiefs")
SMALL = Leaf(field="employees", op="lt", value=50)
LARGE = Leaf(field="employees", op="ge", value=50)


def persona_of(row, *personas):
    """Return the persona of somebody of whom this is known, and how sure that is."""
    who = who_is(plan_who(personas, {}, MODEL), row, Deeds())
    return who.persona, who.confidence


def need_of(deeds, **needs):
    """Return the need that deeds imply."""
    return who_is(plan_who((), needs, MODEL), {}, deeds).need


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ({"job_title": "CTO", "employees": 200}, ("buyer", 10_000)),
        ({"job_title": "CTO", "employees": 20}, ("buyer", 6_666)),
        ({"job_title": "CTO"}, ("buyer", 6_666)),
        ({"job_title": "Intern", "employees": 200}, (None, 0)),
        ({"employees": 200}, (None, 0)),
        ({}, (None, 0)),
    ],
)
def test_persona_is_told_with_the_share_of_the_points_that_speak_for_it(row, answer):
    """In hundredths of a per cent, cut; below its bar it is not told."""
    assert persona_of(row, Persona(name="buyer", signs=[Sign(when=CHIEF, points=2), Sign(when=LARGE)])) == answer


@pytest.mark.parametrize(("least", "persona"), [(50, "small"), (51, None), (0, "small")])
def test_persona_is_told_from_its_bar_on(least, persona):
    """Half of the points are 50.00 %."""
    signs = [Sign(when=SMALL, points=Decimal("0.5")), Sign(when=CHIEF, points=Decimal("0.50"))]
    answer = persona_of({"employees": 7}, Persona(name="small", signs=signs, least=least))
    assert answer == (persona, 5_000 if persona else 0)


def test_persona_is_told_by_the_smallest_sign():
    """A hundredth of a point is one."""
    signs = [Sign(when=SMALL, points=Decimal("0.01")), Sign(when=CHIEF, points=1)]
    assert persona_of({"employees": 7}, Persona(name="small", signs=signs, least=0)) == ("small", 99)


def test_persona_whose_bar_is_missed_by_less_than_can_be_shown_is_not_told():
    """Two thirds are 66.66 %, not 67."""
    signs = [Sign(when=CHIEF, points=2), Sign(when=LARGE)]
    assert persona_of({"job_title": "CEO"}, Persona(name="a", signs=signs, least=66)) == ("a", 6_666)
    assert persona_of({"job_title": "CEO"}, Persona(name="a", signs=signs, least=67)) == (None, 0)


@pytest.mark.parametrize("sign", [Not(CHIEF), Leaf(field="job_title", op="ne", value="CEO")])
def test_sign_that_depends_on_what_is_unknown_does_not_speak_for_a_persona(sign):
    """Nobody is no chief because the title is missing."""
    assert persona_of({}, Persona(name="staff", signs=[Sign(when=sign)])) == (None, 0)
    assert persona_of({"job_title": "Clerk"}, Persona(name="staff", signs=[Sign(when=sign)])) == ("staff", 10_000)


def test_sign_that_says_what_a_missing_value_means_is_known():
    """Then it speaks for the persona without the value."""
    sign = Leaf(field="job_title", op="ne", value="CEO", missing=True)
    assert persona_of({}, Persona(name="staff", signs=[Sign(when=sign)])) == ("staff", 10_000)
    nothing = Leaf(field="job_title", op="missing")
    assert persona_of({}, Persona(name="unknown", signs=[Sign(when=nothing)])) == ("unknown", 10_000)


def test_persona_of_highest_confidence_is_told():
    """Wherever it stands among those that reach their bars."""
    half = Persona(name="half", signs=[Sign(when=LARGE), Sign(when=SMALL)])
    whole = Persona(name="whole", signs=[Sign(when=LARGE)])
    assert persona_of({"employees": 60}, half, whole) == ("whole", 10_000)
    assert persona_of({"employees": 60}, whole, half) == ("whole", 10_000)


def test_persona_that_misses_its_bar_gives_way_to_a_less_likely_one_that_does_not():
    """A bar may be high because a mistake would be dear."""
    dear = Persona(name="dear", signs=[Sign(when=LARGE, points=3), Sign(when=SMALL)], least=80)
    plain = Persona(name="plain", signs=[Sign(when=LARGE), Sign(when=SMALL)], least=50)
    assert persona_of({"employees": 60}, dear, plain) == ("plain", 5_000)


def test_persona_that_stands_first_is_told_when_two_are_alike():
    """The playbook's order decides."""
    one, other = (Persona(name=name, signs=[Sign(when=LARGE)]) for name in ("zoe", "abe"))
    assert persona_of({"employees": 60}, one, other) == ("zoe", 10_000)
    assert persona_of({"employees": 60}, other, one) == ("abe", 10_000)


def test_persona_without_a_sign_that_holds_is_never_told():
    """Not even with a bar of nothing."""
    assert persona_of({"employees": 60}, Persona(name="none", signs=[], least=0)) == (None, 0)
    assert persona_of({"employees": 60}, Persona(name="none", signs=[Sign(when=SMALL)], least=0)) == (None, 0)


def test_persona_of_a_lead_is_told_from_its_row():
    """Attributes and the fields of every lead."""
    mail = Leaf(field="email", op="domain_in", value=("firm.example",))
    lead = Lead(id="L1", email="ana@firm.example", attributes={"job_title": "CEO"})
    signs = [Sign(when=CHIEF), Sign(when=mail)]
    assert persona_of(lead.row, Persona(name="chief", signs=signs)) == ("chief", 10_000)


def test_knowing_more_never_lowers_the_confidence_that_unknown_answers_left():
    """Whatever the missing value turns out to be."""
    plan = plan_who([Persona(name="buyer", signs=[Sign(when=CHIEF), Sign(when=Not(LARGE))])], {}, MODEL).personas[0]
    for row in ({}, {"job_title": "CEO"}, {"employees": 7}):
        for employees in (7, 70):
            assert plan.confidence({"employees": employees, **row}) >= plan.confidence(row)
    assert plan.confidence({"job_title": "CEO"}) == 5_000


@pytest.mark.parametrize(
    ("offers", "hints", "need"),
    [
        ({}, {}, None),
        ({"guide"}, {}, "reports"),
        ({"sheet"}, {}, None),
        ({"guide", "tour"}, {"prices": 3}, "reports"),
        ({"guide"}, {"prices": 3}, "prices"),
        ({"guide"}, {"prices": 2}, "prices"),
        ({"guide"}, {"prices": 2, "reports": 1}, "reports"),
        ({}, {"prices": 1}, None),
        ({}, {"reports": 1}, "reports"),
        ({}, {"other": 9}, None),
    ],
)
def test_need_is_the_one_that_deeds_say_most_of(offers, hints, need):
    """Offers and hints together, from its bar on; of two the first by name."""
    deeds = Deeds(offers=dict.fromkeys(offers, NOON), hints=hints)
    assert need_of(deeds, reports=Need(offers=["guide", "tour"]), prices=Need(least=2)) == need


def test_need_by_an_offer_says_as_much_as_the_playbook_tells():
    """Not more when the offer is named twice."""
    deeds = Deeds(offers={"guide": NOON}, hints={"prices": 4})
    assert need_of(deeds, reports=Need(offers=["guide"], offer_points=5), prices=Need()) == "reports"
    assert need_of(deeds, reports=Need(offers=["guide", "guide"], offer_points=3), prices=Need()) == "prices"


def test_need_without_a_point_is_never_told():
    """Not even with a bar of nothing."""
    assert need_of(Deeds(), reports=Need(least=0)) is None
    assert need_of(Deeds(hints={"reports": -1}), reports=Need(least=-5)) is None


def test_need_by_an_offer_is_known_in_any_spelling_of_its_letters():
    """The playbook and the event may compose them differently."""
    assert need_of(Deeds(offers={"caf\u00e9": NOON}), coffee=Need(offers=["cafe\u0301"])) == "coffee"


def test_who_hands_on_what_the_lead_took_and_did():
    """All three answers in one value."""
    deeds = Deeds(offers={"guide": NOON}, acts={"download": 2})
    plan = plan_who([Persona(name="any", signs=[Sign(when=LARGE)])], {"reports": Need(offers=["guide"])}, MODEL)
    assert who_is(plan, {"employees": 50}, deeds) == Who(
        persona="any", confidence=10_000, offers={"guide": NOON}, acts={"download": 2}, need="reports"
    )


def test_who_of_a_playbook_without_personas_and_needs_is_nobody_known():
    """The deeds are told all the same."""
    assert who_is(WhoPlan(), {}, Deeds(acts={"visit": 1})) == Who(acts={"visit": 1})


def test_sign_is_bound_to_the_fields_of_a_lead():
    """A score is none; what is wrong is told with its path."""
    fine, wrong = Sign(when=CHIEF), Sign(when=Leaf(field="interest", op="ge", value=5))
    personas = [Persona(name="a", signs=[fine]), Persona(name="b", signs=[fine, wrong])]
    with pytest.raises(ModelError) as caught:
        plan_who(personas, {}, MODEL)
    problem = caught.value.problems[0]
    assert (problem.where, problem.what) == ("personas[1].signs[1].when.field", "unknown attribute")


def test_lead_scope_knows_attributes_and_the_fields_of_every_lead():
    """With their types."""
    scope = lead_scope(MODEL)
    assert (scope.fields["employees"].name, scope.fields["email"].name) == ("integer", "text")
    assert scope.what == "attribute"
