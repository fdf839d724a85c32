"""What a score will be on each of the days to come."""

from datetime import date

import pytest

from leadqual.conditions import field
from leadqual.errors import ProblemsError
from leadqual.fit import Criterion, Fit, Gate
from leadqual.interest import Interest, Linear
from leadqual.lead import Lead
from leadqual.scoring import Bar, Qualify, ScoringModel
from tests.core.support import downloads, event, lead, on, rule, scored

MODEL = ScoringModel(
    attributes={"vip": "boolean"},
    fit=Fit(
        criteria=[Criterion(when=field("vip").eq(value=True), points=5)],
        gates=[Gate(reason="spam", when=field("email").domain_in("spam.example"))],
        grades={"A": 5, "B": 0},
    ),
    interest=Interest(rules=[rule(10, decay=Linear(5))], levels={"1": 8, "2": 4, "3": 0}, memory=2),
    qualify=Qualify(
        mql=Bar(when=field("interest").ge(8), stay=field("interest").ge(4)),
        sql=Bar(when=field("days_since_activity").between(3, 4)),
    ),
)


def test_forecast_is_a_score_for_each_day():
    """Today as of now, then each day as of its start: the points fall, the bars follow."""
    outlooks = scored(MODEL, downloads(0), now=0.5, of=lead(vip=True)).forecast(6)
    assert [outlook.at for outlook in outlooks] == [on(0.5), *map(on, range(1, 7))]
    assert [outlook.day for outlook in outlooks] == [date(2026, 1, 5 + day) for day in range(7)]
    assert [str(outlook.interest) for outlook in outlooks] == ["10.00", "8.00", "6.00", "4.00", "2.00", "0.00", "0.00"]
    assert [str(outlook.total) for outlook in outlooks[:2]] == ["15.00", "13.00"]
    assert {outlook.fit for outlook in outlooks} == {5}
    assert [outlook.level for outlook in outlooks] == [1, 1, 2, 2, 3, 3, 3]
    assert [outlook.label for outlook in outlooks] == ["A1", "A1", "A2", "A2", "A3", "A3", "A3"]
    assert [sorted(outlook.qualifies) for outlook in outlooks] == [["mql"], ["mql"], [], ["sql"], ["sql"], [], []]
    assert [sorted(outlook.stays) for outlook in outlooks][2:5] == [["mql"], ["mql", "sql"], ["sql"]]


def test_forecast_of_a_gated_lead_qualifies_for_nothing():
    """Time opens no gate; the points go on."""
    outlooks = scored(MODEL, downloads(0), of=Lead(id="L1", email="a@spam.example")).forecast(2)
    assert [str(outlook.interest) for outlook in outlooks] == ["10.00", "8.00", "6.00"]
    assert {outlook.qualifies | outlook.stays for outlook in outlooks} == {frozenset()}


def test_forecast_has_ninety_days_unless_told():
    """Today and ninety more; no day more is today alone."""
    score = scored(MODEL, [*downloads(0), event("later", 1)])
    assert len(score.forecast()) == 91
    assert score.forecast()[1].interest == 8
    assert [outlook.at for outlook in score.forecast(0)] == [score.now]
    assert len(scored(ScoringModel()).forecast(36_500)) == 36_501


@pytest.mark.parametrize("days", [-1, 36_501, 1.0, True, "90", None])
def test_forecast_refuses_what_is_no_number_of_days(days):
    """A whole number from 0 to 36 500."""
    with pytest.raises(ProblemsError, match="days: a whole number was expected") as caught:
        scored(MODEL).forecast(days)
    assert caught.value.problems[0].hint == "Pass how many days after today, from 0 to 36500."
