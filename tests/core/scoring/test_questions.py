"""What to ask about a lead next."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from leadqual.axis import Cap
from leadqual.conditions import field
from leadqual.errors import UnknownName
from leadqual.fit import Band, Criterion, Fit, Gate, Table
from leadqual.interest import Interest
from leadqual.lead import Lead
from leadqual.scoring import Bar, Qualify, ScoringModel
from leadqual.scoring.questions import Question
from tests.core.support import downloads, lead, rule, scored

TYPES = {
    "job": "text",
    "size": "integer",
    "revenue": "number",
    "vip": "boolean",
    "founded": "date",
    "signed": "instant",
    "tools": "list",
    "unused": "text",
}
OTHER: Any = "fr"
INTEREST = Interest(rules=[rule(10)])


def _model(*criteria, tables=(), gates=(), qualify=None, **fit):
    return ScoringModel(
        attributes=TYPES,
        fit=Fit(criteria=criteria, tables=tables, gates=gates, **fit),
        interest=INTEREST,
        qualify=qualify or Qualify(),
    )


def _asked(model, of=None, **known):
    score = scored(model, downloads(0), of=of or lead(**known))
    assert score.next_question() == (score.questions() or (None,))[0]
    return [
        (question.attribute, int(question.fit_low), int(question.fit_high), int(question.narrows))
        for question in score.questions()
    ]


JOB = Criterion(when=field("job").contains_word("CTO"), points=25)
SIZE = Table(field="size", bands=(Band(below=10, points=0), Band(below=50, points=6), Band(points=12)))


def test_first_question_moves_fit_most():
    """The range of 37 points is 25 narrower once the job is known, 12 once the size is."""
    model = _model(JOB, tables=[SIZE])
    assert _asked(model) == [("job", 0, 25, 25), ("size", 0, 12, 12)]
    assert _asked(model, job="CTO") == [("size", 25, 37, 12)]
    assert _asked(model, job="CTO", size=5) == []
    assert _asked(model, job="", size=float("nan")) == _asked(model)


def test_question_has_its_points_exactly():
    """With two decimals, as scores have them."""
    (question,) = scored(_model(Criterion(when=field("vip").eq(value=True), points=Decimal("2.5")))).questions()
    assert question == Question(
        attribute="vip",
        type="boolean",
        fit_low=Decimal("0.00"),
        fit_high=Decimal("2.50"),
        narrows=Decimal("2.50"),
        fit_now=Decimal("0.00"),
    )
    assert str(question.moves) == "2.50"


@pytest.mark.parametrize(
    ("when", "name"),
    [
        (field("size").between(10, 20), "size"),
        (field("size").gt(2**63 - 2), "size"),
        (field("revenue").gt(Decimal("0.1")) & field("revenue").lt(Decimal("0.3")), "revenue"),
        (field("revenue").ne(Decimal("1.5")), "revenue"),
        (field("founded").gt(date(2020, 1, 1)) & field("founded").lt(date(2020, 1, 3)), "founded"),
        (field("founded").ge("9999-12-31"), "founded"),
        (field("signed").eq("2026-01-01T00:00:00Z"), "signed"),
        (field("signed").gt("2026-01-01T00:00:00Z"), "signed"),
        (field("vip").eq(value=False), "vip"),
        (field("tools").has_all("crm", "erp"), "tools"),
        (field("job").starts_with("Head"), "job"),
        (field("job").not_in("CTO", "other"), "job"),
        (field("job").exists(), "job"),
        (field("email").domain_in("@free_mail"), "email"),
        (field("acquisition").eq("inbound"), "acquisition"),
        (field("kind").is_in("person"), "kind"),
    ],
)
def test_question_finds_both_sides_of_each_comparison(when, name):
    """Of any type there is an answer of which the condition holds, and one of which it does not."""
    low, high, narrows = (0, 5, 5) if name != "job" or when.op != "exists" else (5, 5, 0)
    assert _asked(_model(Criterion(when=when, points=5))) == [(name, low, high, narrows)]


def test_question_finds_what_lies_beside_two_comparisons_of_one_value():
    """Below, at and above it are three answers."""
    above = Criterion(when=field("size").gt(5), points=4)
    at = Criterion(when=field("size").eq(5), points=3)
    assert _asked(_model(above, at)) == [("size", 0, 4, 7)]
    above = Criterion(when=field("revenue").gt(5), points=4)
    at = Criterion(when=field("revenue").eq(5), points=3)
    assert _asked(_model(above, at)) == [("revenue", 0, 4, 7)]


def test_question_joins_what_a_text_or_list_may_hold_together():
    """A title may have several words, a list several members: the best answer has all that earn, the worst the rest."""
    words = [
        Criterion(when=field("job").contains_word("CTO"), points=20),
        Criterion(when=field("job").contains_word("Founder"), points=10),
        Criterion(when=field("job").contains_word("Student"), points=-30),
        Criterion(when=field("job").contains_word("Intern"), points=-5),
    ]
    assert _asked(_model(*words, min=-100)) == [("job", -35, 30, 65)]
    assumed = [Criterion(when=criterion.when, points=criterion.points, missing=criterion.points) for criterion in words]
    assert _asked(_model(*assumed, min=-100)) == [("job", -35, 30, 65)]
    lists = [Criterion(when=field("tools").has(tool), points=5) for tool in ("crm", "erp", "cms")]
    assert _asked(_model(*lists)) == [("tools", 0, 15, 15)]


def test_question_reads_tables_by_name():
    """Each named value, another one, and the values of bands of numbers."""
    table = Table(field="job", values={"CTO": 5, "other": 7}, other=-2, missing=1)
    assert _asked(_model(tables=[table], min=-9)) == [("job", -2, 7, 9)]
    numbers = Table(field="revenue", bands=(Band(below=Decimal("0.5"), points=1), Band(points=3)))
    named = Table(field="size", values={"1": 4, "-3": 8})
    assert _asked(_model(tables=[named, numbers])) == [("size", 0, 8, 8), ("revenue", 1, 3, 2)]
    assert _asked(_model(tables=[Table(field="vip", values={"true": 4})])) == [("vip", 0, 4, 4)]


def test_question_counts_what_caps_leave():
    """Two lines of one capped group: after a no to the first the second still moves 8 of 10, after a no to it all."""
    fit = {"groups": {"who": Cap(max=10)}}
    model = _model(
        Criterion(when=field("job").eq("CTO"), points=10, group="who"),
        Criterion(when=field("vip").eq(value=True), points=8, group="who"),
        **fit,
    )
    assert _asked(model) == [("job", 0, 10, 2), ("vip", 0, 8, 0)]


def test_questions_that_decide_only_together_are_asked_all_the_same():
    """Neither answer moves the fit while the other is missing, but one of them closes the range."""
    both = field("job").eq("CTO") & field("vip").eq(value=True)
    model = _model(Criterion(when=both, points=5))
    assert _asked(model) == [("job", 0, 0, 0), ("vip", 0, 0, 0)]
    (first, _) = scored(model).questions()
    assert first.words() == "Ask for the job: only together with other answers does it decide anything."
    assert first.words("es", labels={"job": "cargo"}) == (
        "Pregunta por el cargo: solo decide algo junto con otras respuestas."
    )


def test_question_says_which_bars_and_gates_it_decides():
    """An attribute that only a gate or a bar reads is asked too; what decides a bar now comes first."""
    model = _model(
        gates=[Gate(reason="rival_firm", when=field("email").domain_in("rival.example"))],
        qualify=Qualify(
            mql=Bar(when=field("vip").eq(value=True) & field("interest").ge(5)),
            sql=Bar(when=field("vip").eq(value=True) & field("interest").ge(50), stay=field("size").lt(5)),
        ),
    )
    asked = scored(model, downloads(0)).questions()
    assert [(question.attribute, sorted(question.decides), sorted(question.gates)) for question in asked] == [
        ("vip", ["mql"], []),
        ("size", [], []),
        ("email", [], ["rival_firm"]),
    ]
    assert [question.words() for question in asked[::2]] == [
        "Ask for the vip: the answer may decide MQL.",
        "Ask for the e-mail address: the answer may bar the lead, or clear it: rival firm.",
    ]
    assert asked[2].words("es").endswith(": la respuesta puede vetar al lead, o levantar el veto: rival firm.")


def test_question_names_all_that_it_decides():
    """Several bars and several gates are joined in a sentence."""
    question = Question(
        attribute="email",
        type="text",
        fit_low=Decimal(0),
        fit_high=Decimal(0),
        narrows=Decimal(0),
        decides=frozenset({"sql", "mql"}),
        gates=frozenset({"spam", "rival"}),
    )
    assert question.words() == (
        "Ask for the e-mail address: the answer may decide MQL and SQL; the answer may bar the lead, or clear it: "
        "rival and spam."
    )


def test_question_may_end_a_bar_that_is_met():
    """A bar that holds as long as something is missing may be lost by the answer."""
    model = _model(qualify=Qualify(mql=Bar(when=field("job").missing())))
    (question,) = scored(model).questions()
    assert (question.attribute, question.decides) == ("job", {"mql"})


def test_no_question_where_no_answer_changes_anything():
    """What earns nothing, what nothing reads and what a lead cannot be without is not asked."""
    assert _asked(_model(Criterion(when=field("job").eq("CTO"), points=0))) == []
    assert _asked(_model(Criterion(when=field("id").eq("L2"), points=5))) == []
    assert scored(ScoringModel()).next_question() is None


def test_question_may_be_about_what_nothing_reads_where_a_bar_asks_for_completeness():
    """Every answer makes a profile more complete, and one of eight attributes is 12.5 %."""
    model = _model(qualify=Qualify(mql=Bar(when=field("completeness").ge(25))))
    score = scored(model, of=lead(job="CTO"))
    assert [question.attribute for question in score.questions()] == [name for name in TYPES if name != "job"]
    assert {question.decides for question in score.questions()} == {frozenset({"mql"})}
    assert scored(model, of=lead()).questions() == ()
    found = score.why_not("mql")
    assert found.complete
    assert [str(answer.cost) for answer in found.answers] == ["1"] * 5


def test_question_narrows_a_range_that_no_answer_can_fill():
    """No lead is acquired in another way than the three; any answer closes the range without moving the fit."""
    assert _asked(_model(Criterion(when=field("acquisition").eq("other"), points=5))) == [("acquisition", 0, 0, 5)]


def test_questions_know_the_rules_of_an_extension():
    """A scorer's criteria are asked like any other."""

    class Scorer:
        kind = "acme/size"

        def lower(self):
            return [Criterion(when=field("size").ge(50), points=7), SIZE]

    model = ScoringModel(attributes=TYPES, fit=Fit(scorers=[Scorer()]))
    assert [(question.attribute, question.fit_high) for question in scored(model).questions()] == [("size", 19)]


def test_question_is_the_same_for_a_tally_and_keeps_the_instant():
    """Interest is as it is now; a tally is enough."""
    model = _model(JOB, qualify=Qualify(sql=Bar(when=field("total").ge(35))))
    from_tally = scored(model, model.tally(downloads(0))).questions()
    assert from_tally == scored(model, downloads(0)).questions()
    assert from_tally[0].decides == {"sql"}


def test_question_in_words():
    """What it moves, narrows and decides, in both languages; never a value of the lead."""
    model = _model(JOB, qualify=Qualify(mql=Bar(when=field("fit").ge(20))))
    question = scored(model, of=Lead(id="L1", email="secret@b.example")).next_question()
    assert question.words() == (
        "Ask for the job: fit would be from 0 to 25; its range gets narrower by 25 at least; the answer may decide MQL."
    )
    assert question.words("es", labels={"job": "cargo"}) == (
        "Pregunta por el cargo: el encaje sería de 0 a 25; su margen se estrecha en 25 como mínimo; "
        "la respuesta puede decidir MQL."
    )
    with pytest.raises(UnknownName, match="language"):
        question.words(OTHER)


def test_question_whose_every_answer_does_the_same_still_moves_fit():
    """Knowing a telephone number at all may earn points; the question comes before one that moves less."""
    model = _model(
        Criterion(when=field("phone").exists(), points=14), Criterion(when=field("vip").eq(value=True), points=5)
    )
    score = scored(model)
    first, second = score.questions()
    assert (first.attribute, first.fit_low, first.fit_high, first.moves) == ("phone", 14, 14, 14)
    assert (second.attribute, second.moves) == ("vip", 5)
    assert first.words() == "Ask for the phone number: fit would be 14."
    assert first.words("es") == "Pregunta por el teléfono: el encaje sería de 14."
