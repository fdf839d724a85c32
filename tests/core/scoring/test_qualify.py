"""Which scores make an MQL or an SQL, and which keep one."""

from decimal import Decimal

import pytest

from leadqual.conditions import field
from leadqual.errors import LeadError
from leadqual.fit import Band, Cap, Criterion, Fit, Gate, Table
from leadqual.interest import Interest
from leadqual.lead import Lead
from leadqual.scoring import ScoringModel
from leadqual.scoring.qualify import score_fields
from tests.core.loose import Bar, Qualify
from tests.core.support import downloads, event, lead, refusal, rule, scored

BOTH = Bar(when=field("fit").ge(30) & field("interest").ge(10), stay=field("interest").ge(5))


def _model(*, fit_points=30, points=10, gates=(), **bars):
    criteria = [Criterion(when=field("job").eq("CTO"), points=fit_points)]
    return ScoringModel(
        attributes={"job": "text", "size": "integer"},
        fit=Fit(criteria=criteria, grades={"A": 30, "B": 0}, gates=gates),
        interest=Interest(rules=[rule(points, group="web")], groups={"web": Cap(max=50)}, levels={1: 20, 2: 0}),
        qualify=Qualify(**bars),
    )


CTO = lead(job="CTO")


@pytest.mark.parametrize(
    ("fit", "interest", "qualifies", "stays"),
    [
        (30, 10, {"mql"}, {"mql"}),
        (30, Decimal("9.99"), set(), {"mql"}),
        (Decimal("29.99"), 10, set(), {"mql"}),
        (30, 5, set(), {"mql"}),
        (30, Decimal("4.99"), set(), set()),
        (100, 0, set(), set()),
    ],
)
def test_both_axes_are_needed_to_qualify(fit, interest, qualifies, stays):
    """A perfect profile without interest does not qualify, nor the reverse; `stay` is a lower bar."""
    score = scored(_model(fit_points=fit, points=interest, mql=BOTH), downloads(0), of=CTO)
    assert (score.qualifies, score.stays) == (qualifies, stays)


def test_without_stay_only_the_bar_itself_keeps():
    """`stays` holds what qualifies."""
    model = _model(mql=Bar(when=field("interest").ge(10)))
    assert scored(model, downloads(0)).stays == {"mql"}
    assert scored(model).stays == frozenset()


def test_bars_are_tried_each_for_itself():
    """An SQL need not be an MQL; without a bar there is none."""
    sql = Bar(when=field("interest").ge(5))
    assert scored(_model(mql=BOTH, sql=sql), downloads(0), of=CTO).qualifies == {"mql", "sql"}
    assert scored(_model(mql=BOTH, sql=sql), downloads(0)).qualifies == {"sql"}
    assert scored(_model(sql=sql), downloads(0), of=CTO).stays == {"sql"}
    assert scored(_model(), downloads(0), of=CTO).qualifies == frozenset()


def test_gated_leads_never_qualify_and_never_stay():
    """A gate empties both sets; scores and label are kept."""
    gates = [Gate(reason="spam", when=field("job").eq("CTO"))]
    score = scored(_model(gates=gates, mql=BOTH), downloads(0), of=CTO)
    assert (score.qualifies, score.stays, score.gate) == (frozenset(), frozenset(), "spam")
    assert (score.fit, score.interest, score.label) == (30, 10, "A2")


@pytest.mark.parametrize(
    "when",
    [
        field("fit").eq(30),
        field("fit_high").between(30, 30),
        field("interest").gt(Decimal("19.99")),
        field("total").is_in(50, 51),
        field("completeness").ge(50),
        field("group.web").eq(20),
        field("grade").eq("A"),
        field("grade").not_in("-", "B"),
        field("level").le(1),
        field("label").starts_with("A"),
        field("interactions").eq(2),
        field("active_days").ge(2),
        field("kinds").has("download"),
        field("kinds").has_all("download"),
        field("days_since_activity").lt(2),
        field("days_since_contact").missing(),
        field("stage").eq("mql"),
        field("days_in_stage").missing(),
        field("attempts").missing(),
        field("furthest").missing(),
        field("cycle").missing(),
        field("persona").missing(),
        field("need").missing(),
        field("job").eq("CTO"),
        field("size").missing(),
        field("email").domain_in("b.example"),
        field("created_at").missing(),
    ],
)
def test_bars_read_scores_state_and_lead(when):
    """A bar may name every number of a score, the lead's state, its attributes and built-in fields."""
    of = Lead(id="L1", email="a@b.example", stage="mql", attributes={"job": "CTO"})
    score = scored(_model(mql=Bar(when=when)), downloads(0, 1), now=2, of=of)
    assert score.qualifies == {"mql"}


def test_kinds_are_missing_when_there_are_none():
    """An empty list is missing for a bar as it is everywhere."""
    assert scored(_model(mql=Bar(when=field("kinds").missing()))).qualifies == {"mql"}
    assert scored(_model(mql=Bar(when=field("days_since_contact").eq(0))), [event("a", by="us")]).qualifies == {"mql"}


def test_bars_read_the_highest_fit_that_is_possible():
    """`fit_high` is what the fit would be if every unknown answer were the best."""
    bar = Bar(when=field("fit_high").ge(30))
    assert scored(_model(mql=bar)).qualifies == {"mql"}
    assert scored(_model(mql=bar), of=lead(job="CFO")).qualifies == frozenset()


def test_wrong_bars_are_listed():
    """Each mistake in a bar is one problem with its path."""
    qualify = Qualify(
        hand_raise=["demo", "", 3, "demo"],
        mql=Bar(when=field("fits").ge(1) & field("fit").ge(1.5), stay=field("group.mail").ge(1)),
        sql="x",
    )
    assert refusal(qualify=qualify, fit=Fit(grades={"A": 1})) == [
        "qualify.hand_raise[1]: a text was expected",
        "qualify.hand_raise[2]: a text was expected",
        "qualify.hand_raise[3]: the kind is named twice",
        "qualify.mql.when.all[0].field: unknown field",
        "qualify.mql.when.all[1].value: an exact number with at most two decimal places was expected",
        "qualify.mql.stay.field: unknown field",
        "qualify.sql: a bar was expected",
    ]
    assert refusal(qualify=Qualify(hand_raise="demo", mql=Bar(when=None))) == [
        "qualify.hand_raise: a list of kinds was expected",
        "qualify.mql.when: a condition was expected",
    ]


@pytest.mark.parametrize("letter", ["C", "a", "AB"])
def test_bars_name_grades_that_can_occur(letter):
    """A grade without a bound is never given: to ask for it is a mistake."""
    bar = Bar(when=field("grade").eq(letter))
    lines = refusal(qualify=Qualify(mql=bar), fit=Fit(grades={"A": 1, "B": 0}))
    assert lines == ["qualify.mql.when.value: `grade` is never this"]


def test_bars_refuse_attributes_of_another_type():
    """What only a bar reads must have its type too; the value is not shown."""
    model = ScoringModel(qualify=Qualify(mql=Bar(when=field("created_at").exists())))
    assert scored(model).qualifies == frozenset()
    with pytest.raises(LeadError, match=r"^lead 'L1'\.attributes\.size: a whole number was expected \(got str\)"):
        scored(_model(mql=Bar(when=field("size").ge(1))), of=lead(size="Ada"))


def test_tables_and_criteria_reach_bars_together():
    """Bars compare in hundredths: 29.99 is below 30 and 30.00 is not."""
    table = Table(field="size", bands=[Band(points=Decimal("29.99"), below=5), Band(points=Decimal("30.00"))])
    bars = Qualify(mql=Bar(when=field("fit").ge(30)))
    model = ScoringModel(attributes={"size": "integer"}, fit=Fit(tables=[table]), qualify=bars)
    assert [scored(model, of=lead(size=size)).qualifies for size in (4, 5)] == [frozenset(), {"mql"}]


def test_bars_keep_each_for_itself():
    """Both bars may be kept below what enters them."""
    low = field("interest").ge(5)
    model = _model(
        points=7, mql=Bar(when=field("interest").ge(10), stay=low), sql=Bar(when=field("fit").ge(99), stay=low)
    )
    score = scored(model, downloads(0), of=CTO)
    assert (score.qualifies, score.stays) == (frozenset(), {"mql", "sql"})
    reached = scored(_model(points=7, mql=Bar(when=low), sql=Bar(when=low)), downloads(0), of=CTO)
    assert (reached.qualifies, reached.stays) == ({"mql", "sql"}, {"mql", "sql"})


def test_names_of_a_score_have_types():
    """A bar compares points with points, counts with whole numbers, words with texts, kinds as a list."""
    fields = score_fields({"A": 1}, {"web": None})
    assert {name: kind.name for name, kind in fields.items()} == {
        **dict.fromkeys(("fit", "fit_high", "interest", "total", "completeness", "group.web"), "points"),
        **dict.fromkeys(
            ("level", "interactions", "active_days", "days_since_activity", "days_since_contact"), "integer"
        ),
        **dict.fromkeys(("days_in_stage", "attempts", "cycle"), "integer"),
        **dict.fromkeys(("label", "persona", "need", "stage", "furthest"), "text"),
        "grade": "grade",
        "kinds": "list",
    }
    assert fields["grade"].choices == {"A", "-"}
