"""The search for what would reach a bar."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from leadqual.conditions import field
from leadqual.errors import ModelError, UnknownName
from leadqual.event import Event
from leadqual.fit import Band, Criterion, Fit, Gate, Table
from leadqual.interest import Interest, Linear
from leadqual.lead import Lead
from leadqual.scoring import Bar, Qualify, ScoringModel
from leadqual.scoring.whynot import Act, Costs, Learned
from tests.core.support import downloads, event, lead, on, rule, scored


def _model(bar, *, fit=None, given=(), **more):
    interest = Interest(rules=[rule(4), rule(6, "demo", times=1), *given], levels={1: 20, 2: 10, 3: 0})
    default = Fit(
        criteria=[Criterion(when=field("job").eq("CTO"), points=20)],
        tables=[Table(field="size", bands=[Band(points=0, below=10), Band(points=12)])],
        grades={"A": 30, "B": 20, "C": 0},
    )
    return ScoringModel(
        attributes={"job": "text", "size": "integer"},
        fit=fit or default,
        interest=interest,
        qualify=Qualify(sql=Bar(when=bar)),
        **more,
    )


def _told(found):
    """Return answers as what is learned and which acts happen on which days."""
    return [
        tuple(
            (change.attribute, change.value) if isinstance(change, Learned) else (change.event.kind, change.days)
            for change in answer.changes
        )
        for answer in found.answers
    ]


def test_one_change_is_enough_where_it_is():
    """The smallest answers come first, and nothing is added to one that suffices."""
    score = scored(_model(field("interest").ge(6)))
    found = score.why_not("sql")
    assert _told(found) == [(("demo", 0),), (("download", 0), ("download", 0))]
    assert [answer.cost for answer in found.answers] == [1, 2]
    assert (found.bar, found.met, found.complete, found.score) == ("sql", False, True, score)


def test_answers_join_what_is_learned_and_what_happens():
    """Fit and interest together."""
    found = scored(_model(field("fit").ge(20) & field("interest").ge(6))).why_not("sql")
    assert _told(found)[0] == (("job", "CTO"), ("demo", 0))
    assert found.answers[0].score.qualifies == {"sql"}
    assert found.answers[0].lead.attributes == {"job": "CTO"}
    assert [event.kind for event in found.answers[0].events] == ["demo"]


def test_acts_may_need_several_days():
    """Active days are days: the acts of an answer follow one another, and it is scored on the last."""
    score = scored(_model(field("active_days").ge(2)), now=3)
    found = score.why_not("sql")
    assert _told(found) == [
        (("download", 0), ("download", 1)),
        (("download", 0), ("demo", 1)),
        (("demo", 0), ("demo", 1)),
    ]
    assert all(answer.score.now == score.now + timedelta(days=1) for answer in found.answers)


def test_three_days_are_the_most():
    """Three active days can be had, four cannot, and the lack is said for certain."""
    three = scored(_model(field("active_days").ge(3))).why_not("sql")
    assert {answer.score.now - three.score.now for answer in three.answers} == {timedelta(days=2)}
    four = scored(_model(field("active_days").ge(4))).why_not("sql")
    assert (four.answers, four.complete) == ((), True)


def test_act_on_the_next_day_may_be_all():
    """Who acted today needs one more act, on another day; who needs three more begins tomorrow."""
    today = downloads(0)
    two = scored(_model(field("active_days").ge(2)), today).why_not("sql")
    assert _told(two) == [(("download", 1),), (("demo", 1),)]
    assert two.answers[0].score.now == on(1)
    four = scored(_model(field("active_days").ge(4)), today).why_not("sql")
    assert _told(four)[0] == (("download", 1), ("download", 2), ("download", 3))
    assert "download three days later" in four.explain()


def test_bar_that_is_met_needs_nothing():
    """There is no answer where there is no question."""
    found = scored(_model(field("interest").ge(4)), downloads(0)).why_not("sql")
    assert (found.met, found.answers, found.complete) == (True, (), True)


def test_unknown_bar_is_named_with_what_is_meant():
    """Asking for a bar that the playbook does not have is an error that says which there are."""
    with pytest.raises(UnknownName) as caught:
        scored(_model(field("interest").ge(4))).why_not("sqll")
    assert "Did you mean `sql`?" in str(caught.value)


def test_gated_lead_has_to_get_past_the_gate():
    """A gate can only be left by what it reads."""
    fit = Fit(gates=[Gate(reason="rival", when=field("email").domain_in("rival.example"))])
    model = _model(field("interest").ge(4), fit=fit)
    found = scored(model, downloads(0), of=Lead(id="L1", email="a@rival.example")).why_not("sql")
    assert _told(found) == [(("email", "someone@other"),)]
    assert found.answers[0].cost == 5


def test_costs_that_are_none_are_refused():
    """Costs are a value of their own, and no table of them."""
    no_costs: Any = {"demo": 5}
    with pytest.raises(ModelError, match="costs: a Costs was expected"):
        scored(_model(field("interest").ge(6))).why_not("sql", costs=no_costs)


def test_costs_decide_which_comes_first_and_what_is_left_out():
    """A dear act comes late, a forbidden one not at all."""
    model = _model(field("interest").ge(6))
    dear = scored(model).why_not("sql", costs=Costs(events={"demo": 5}))
    assert _told(dear) == [(("download", 0), ("download", 0)), (("demo", 0),)]
    assert [answer.cost for answer in dear.answers] == [2, 5]
    assert _told(scored(model).why_not("sql", costs=Costs(events={"demo": None}))) == [(("download", 0),) * 2]


def test_five_answers_are_the_most():
    """Of many, the five cheapest are given."""
    many = [rule(6, f"kind{i}") for i in range(9)]
    found = scored(_model(field("interest").ge(6), given=many)).why_not("sql")
    assert [told[0][0] for told in _told(found)] == ["demo", "kind0", "kind1", "kind2", "kind3"]


def test_cheaper_pair_is_found_behind_five_dear_acts():
    """The search goes on while larger sets may still be cheaper."""
    many = [rule(6, f"kind{i}") for i in range(5)]
    costs = Costs(events={**{f"kind{i}": 9 for i in range(5)}, "demo": 9})
    found = scored(_model(field("interest").ge(6), given=many)).why_not("sql", costs=costs)
    assert _told(found)[0] == (("download", 0), ("download", 0))


def test_low_points_may_be_what_is_missing():
    """A bar may ask for less; then an act that costs points is the answer."""
    model = _model(field("interest").lt(4), given=[rule(-3, "complaint")])
    found = scored(model, downloads(0)).why_not("sql")
    assert _told(found) == [(("complaint", 0),)]


def test_time_alone_is_no_part_of_an_answer():
    """What comes by itself on the next day is not sold as the effect of acts on both days."""
    bar = field("interest").between(3, 4) & field("active_days").ge(1)
    quiet = [rule(8, "visit", decay=Linear(2)), rule(0, "letter")]
    model = _model(bar, given=quiet)
    costs = Costs(events={"download": None, "demo": None, "visit": None})
    found = scored(model, [event("v", 0, "visit")]).why_not("sql", costs=costs)
    assert model.score(Lead(id="L1"), [event("v", 0, "visit")], now=on(1)).qualifies == {"sql"}
    assert (found.answers, found.complete) == ((), True)


def test_acts_before_since_are_none():
    """A lead that counts from a later instant can only be learned about."""
    model = _model(field("fit").ge(20) | field("interest").ge(6))
    later = Lead(id="L1", since=datetime(2030, 1, 1, tzinfo=UTC))
    assert _told(scored(model, of=later).why_not("sql")) == [(("job", "CTO"),)]


def test_last_days_of_the_calendar_have_no_days_after():
    """Acts on several days are not tried where there are none left."""
    model = _model(field("active_days").ge(2))
    for day, answers in ((31, 0), (30, 3), (29, 3)):
        now = datetime(2199, 12, day, 12, tzinfo=UTC)
        assert len(model.score(Lead(id="L1"), now=now).why_not("sql").answers) == answers


def test_search_over_many_changes_says_that_it_is_not_complete():
    """With very many kinds only the most promising sets are tried; what it finds still holds."""
    many = [rule(3, f"kind{i}") for i in range(150)]
    found = scored(_model(field("interest").ge(12), given=many)).why_not("sql")
    assert not found.complete
    assert len(found.answers) == 5
    assert all(answer.score.qualifies == {"sql"} for answer in found.answers)


def test_search_tries_the_cheapest_of_very_many_changes():
    """Of 700 kinds, one is cheap, and comes last in the playbook; it is found."""
    many = [rule(6, f"kind{i}") for i in range(700)]
    costs = Costs(event=9, events={"kind699": 1})
    found = scored(_model(field("interest").ge(6), given=many)).why_not("sql", costs=costs)
    assert (_told(found)[0], found.complete) == ((("kind699", 0),), False)


def test_answer_is_verified_against_the_events_of_the_lead():
    """The answer's own events, beside the lead's, give the answer's score."""
    model = _model(field("interest").ge(14))
    events = downloads(0, 1)
    found = scored(model, events, now=2).why_not("sql")
    for answer in found.answers:
        assert model.score(answer.lead, [*events, *answer.events], now=answer.score.now) == answer.score
        assert all(isinstance(change, Act | Learned) for change in answer.changes)
        assert all(isinstance(event, Event) for event in answer.events)


def test_grades_and_levels_guide_the_search():
    """A bar on letters and digits is reached by points, two changes deep."""
    model = _model(field("grade").eq("A") & field("level").le(2))
    found = scored(model, downloads(0, 1), now=2).why_not("sql")
    assert _told(found)[0] == (("job", "CTO"), ("size", 10), ("download", 0))


def test_nothing_named_leaves_nothing_to_try():
    """A bar on what no change can move has no answer."""
    found = scored(_model(field("stage").eq("mql")), of=lead(job="CTO")).why_not("sql")
    assert (found.answers, found.complete) == ((), True)
