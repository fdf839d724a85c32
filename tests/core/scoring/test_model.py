"""A scoring model: checked when it is built, then a pure function."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from leadqual.conditions import field
from leadqual.errors import EventError, InstantError, LeadError, ModelError
from leadqual.fit import Cap, Criterion, Fit
from leadqual.interest import Interest
from leadqual.lead import Lead
from leadqual.scoring import Attribute, Bar, Combine
from tests.core.loose import Qualify, ScoringModel
from tests.core.support import LEAD, downloads, event, lead, on, refusal, rule, rules, scored


def test_empty_model_scores_every_lead_alike():
    """Nothing is asked, nothing earned, nothing qualified for."""
    score = scored(ScoringModel(), downloads(0))
    assert (score.fit, score.interest, score.total, score.label, score.completeness) == (0, 0, 0, "", 100)
    assert (score.grade, score.level, score.gate, score.gates, score.qualifies) == (None, None, None, (), frozenset())
    assert (score.groups, score.kinds, score.lines) == ({}, frozenset(), ())


def test_problems_of_all_tables_come_at_once():
    """A model lists everything that is wrong with it, in the order of a document."""
    lines = refusal(
        day_starts="midnight",
        attributes={"fit": "text"},
        properties={"asset": "txt"},
        lists={"x": ()},
        fit=Fit(max=-1, groups={"web": Cap()}),
        interest=Interest(max=-1, groups={"web": Cap()}),
        combine=Combine(kind="none"),
        qualify=Qualify(mql=1),
    )
    assert [line.partition(":")[0] for line in lines] == [
        "day_starts",
        "attributes.fit",
        "properties.asset",
        "lists.x",
        "fit.max",
        "interest.max",
        "interest.groups.web",
        "combine.kind",
        "qualify.mql",
    ]


def test_group_names_serve_one_axis_only():
    """A bar that reads `group.web` must mean one thing."""
    lines = refusal(fit=Fit(groups={"web": Cap()}), interest=Interest(groups={"web": Cap(), "mail": Cap()}))
    assert lines == ["interest.groups.web: the group belongs to fit"]


def test_lists_of_the_model_serve_all_conditions():
    """Fit, rules and bars name the same lists."""
    model = ScoringModel(
        attributes={"job": "text"},
        properties={"page": "text"},
        lists={"words": ["x", "y"]},
        fit=Fit(criteria=[Criterion(when=field("job").is_in("@words"), points=1)]),
        interest=Interest(rules=[rule(when=field("page").contains("@words"))]),
        qualify=Qualify(mql=Bar(when=field("job").contains_any("@words"))),
    )
    score = scored(model, [event("a", page="/y")], of=lead(job="x"))
    assert (score.fit, score.interest, score.qualifies) == (1, 10, {"mql"})


@pytest.mark.parametrize("now", [datetime(2026, 1, 1), "2026-01-01", None])
def test_now_is_an_instant(now):
    """An instant without a zone is refused, with its path."""
    with pytest.raises(InstantError, match=r"^now: "):
        ScoringModel().score(LEAD, now=now)


def test_now_is_kept_in_utc():
    """Another zone is moved to UTC."""
    zone = timezone(timedelta(hours=5))
    assert ScoringModel().score(LEAD, now=on(0).astimezone(zone)).now.utcoffset() == timedelta(0)


def test_score_takes_any_collection_of_events():
    """A list, a generator and a tally of the same events give the same score."""
    model = rules(rule())
    want = scored(model, downloads(0, 1), now=2)
    assert scored(model, iter(downloads(1, 0)), now=2) != scored(model, downloads(0), now=2)
    assert scored(model, (one for one in downloads(0, 1)), now=2) == want
    assert scored(model, model.tally(one for one in downloads(0, 1)), now=2) == want


def test_profile_is_read_once_for_many_instants():
    """A profile stands for its lead."""
    model = rules(rule(), inactive := rule(-1, inactivity=1, name="quiet"), min=-9)
    assert inactive.inactivity == 1
    profile = model.profile(Lead(id="L1", since=on(1)))
    for day in (1, 5):
        assert scored(model, downloads(0, 1), now=day, of=profile) == scored(
            model, downloads(0, 1), now=day, of=Lead(id="L1", since=on(1))
        )


def test_events_of_another_lead_are_refused_unless_merged():
    """Whose events they are matters, also for a profile."""
    model = rules(rule())
    strange = [event("a", lead_id="L2")]
    with pytest.raises(EventError, match="merged_ids"):
        scored(model, strange, of=model.profile(LEAD))
    assert scored(model, strange, of=Lead(id="L1", merged_ids=["L2"])).interest == 10


@pytest.mark.parametrize("name", ["attributes", "properties", "lists", "fit", "interest", "combine", "qualify"])
@pytest.mark.parametrize("value", [3, "x", [("a", "text")]])
def test_tables_of_another_kind_are_refused(name, value):
    """Every part of a model has its class; what is none is a problem with its path."""
    assert [line.partition(":")[0] for line in refusal(**{name: value})] == [name]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"events": 3}, r"^events: events were expected \(got int\)"),
        ({"events": [event("a"), "b"]}, r"^events\[1\]: an event was expected \(got"),
        ({"events": [], "flagged": 3}, r"^flagged: keys were expected \(got int\)"),
    ],
)
def test_what_is_no_event_is_refused(arguments, message):
    """Only events are folded, and only keys are flags; the value is not shown."""
    model = rules(rule())
    with pytest.raises(EventError, match=message):
        scored(model, **arguments)
    with pytest.raises(EventError, match=message):
        model.tally(**arguments)


def test_tally_is_of_one_lead():
    """Without a lead the events must at least be of one."""
    model = rules(rule())
    with pytest.raises(EventError, match=r"^events: events of one lead were expected"):
        model.tally([event("a"), event("b", lead_id="L2")])
    assert len(model.tally([event("a", lead_id="L2")])) == 1


def test_what_is_no_lead_is_refused():
    """A lead or its profile is scored, nothing else."""
    for of in (None, "L1", {"id": "L1"}):
        with pytest.raises(LeadError, match=r"^lead: a lead was expected"):
            scored(ScoringModel(), of=of)
    with pytest.raises(LeadError, match=r"^lead: a lead was expected"):
        ScoringModel().tally(lead="L1")


WRONG = {"a": ("integer", "Ada"), "b": ("text", 5), "c": ("list", ["x", 5]), "d": ("date", on(0))}


def test_attributes_of_another_type_are_listed():
    """Every declared attribute is read, asked for or not; the message shows types only."""
    types = {name: kind for name, (kind, _) in WRONG.items()}
    read = [Criterion(when=field(name).exists(), points=1) for name in ("a", "b")]
    for fit in (Fit(), Fit(criteria=read), Fit(criteria=read[1:])):
        _all_listed(ScoringModel(attributes=types, fit=fit))


def _all_listed(model):
    with pytest.raises(LeadError) as caught:
        scored(model, of=lead(**{name: value for name, (_, value) in WRONG.items()}))
    assert [problem.where for problem in caught.value.problems] == [f"lead 'L1'.attributes.{name}" for name in WRONG]
    assert "Ada" not in str(caught.value)


def test_attributes_that_a_gate_reads_must_have_their_type():
    """Fit and gates refuse them as completeness does."""
    model = ScoringModel(attributes={"a": "integer"}, fit=Fit(criteria=[Criterion(when=field("a").ge(1), points=1)]))
    with pytest.raises(LeadError, match=r"^lead 'L1'\.attributes\.a: a whole number was expected \(got str\)"):
        scored(model, of=lead(a="5"))


@pytest.mark.parametrize(
    ("known", "percent"),
    [
        ({}, "0.00"),
        ({"a": "x"}, "28.57"),
        ({"a": "x", "b": 1}, "42.86"),
        ({"a": "", "b": float("nan"), "c": []}, "0.00"),
        ({"a": "x", "b": 0, "c": ["y"], "other": 5}, "100.00"),
    ],
)
def test_completeness_is_the_known_share_of_the_weight(known, percent):
    """100 × weight of declared attributes present / total weight, half up; empty values are not present."""
    model = ScoringModel(
        attributes={"a": Attribute(type="text", weight=1), "b": Attribute(type="integer", weight=Decimal("0.5")),
                    "c": Attribute(type="list", weight=2)},
    )  # fmt: skip
    assert str(scored(model, of=lead(**known)).completeness) == percent


def test_completeness_is_rounded_half_up():
    """One of eight hundred is 0.125 percent, which is 0.13."""
    attributes = {"a": Attribute(type="text"), "b": Attribute(type="text", weight=799)}
    assert scored(ScoringModel(attributes=attributes), of=lead(a="x")).completeness == Decimal("0.13")


def test_completeness_without_weight_is_full():
    """When nothing is asked nothing is missing."""
    model = ScoringModel(attributes={"a": Attribute(type="text", weight=0)})
    assert scored(model).completeness == 100


def test_equal_models_have_one_fingerprint():
    """Notation and order of tables do not matter, meaning does."""
    one = rules(rule(Decimal("6.50"), weights=[1, Decimal("0.50")]), properties={"a": "text", "b": "text"})
    two = rules(rule(Decimal("65e-1"), weights=[1, Decimal("0.5")]), properties={"b": "text", "a": "text"})
    assert one.fingerprint == two.fingerprint
    assert one.fingerprint != rules(rule(Decimal("6.51")), properties={"b": "text", "a": "text"}).fingerprint


def test_scorers_of_another_kind_lower_to_criteria_and_rules():
    """An extension says what it means in conditions and rules; what it lowers to is checked like the rest."""

    class Company:
        kind = "acme/company"

        def __init__(self, parts):
            self.parts = parts

        def lower(self):
            return self.parts

    fit = Fit(scorers=[Company([Criterion(when=field("email").exists(), points=3)])])
    interest = Interest(scorers=[Company([rule(7)])], rules=[rule(1)])
    score = scored(ScoringModel(fit=fit, interest=interest), downloads(0), of=Lead(id="L1", email="a@b.example"))
    assert (score.fit, score.interest) == (3, 8)
    assert [line.where for line in score.lines] == [
        "fit.scorers[0].lower()[0]",
        "interest.rules[0]",
        "interest.scorers[0].lower()[0]",
    ]
    wrong = refusal(fit=Fit(scorers=[Company([3])]), interest=Interest(scorers=[Company([3, rule("x")])]))
    assert [line.partition(":")[0] for line in wrong] == [
        "fit.scorers[0].lower()[0]",
        "interest.scorers[0].lower()[0]",
        "interest.scorers[0].lower()[1].points",
    ]


class Raises:
    """A scorer that is broken."""

    kind = "acme/raises"

    def lower(self):
        raise ValueError("boo")


class Nothing:
    """A scorer that lowers to nothing at all."""

    kind = "acme/nothing"

    def lower(self):
        return None


@pytest.mark.parametrize("scorer", [Raises(), Nothing(), object(), None])
def test_broken_scorers_are_problems_of_the_model(scorer):
    """Whatever somebody else's code does becomes a ModelError with its path."""
    lines = refusal(fit=Fit(scorers=[scorer]), interest=Interest(scorers=[scorer]))
    assert [line.partition(":")[0].removesuffix(".lower()") for line in lines] == [
        "fit.scorers[0]",
        "interest.scorers[0]",
    ]


def test_model_errors_are_value_errors():
    """Whoever catches ValueError catches a wrong model too."""
    with pytest.raises(ValueError, match=r"^day_starts: an offset was expected"):
        ScoringModel(day_starts=0)
    assert issubclass(ModelError, ValueError)
