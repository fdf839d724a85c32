"""What a score needs to know, and which questions bars ask of kinds."""

import attrs
import pytest

from leadqual.axis import Cap
from leadqual.batch.axes.kinds import KindTest, kinds_meant
from leadqual.batch.axes.needs import needs
from leadqual.conditions import All, field
from leadqual.fit import Criterion, Fit, Gate
from leadqual.interest import Interest
from leadqual.scoring import Bar, Qualify, ScoringModel

NOTHING = attrs.asdict(needs(ScoringModel()))
DAYS = ["days_since_activity", "days_since_contact"]
NAMES = ["interactions", "active_days", *DAYS, "stage", "completeness", "fit_high"]


def asked(condition, *, stay=None, **model):
    """Return what a model with one bar needs, as far as it is more than nothing."""
    found = needs(ScoringModel(qualify=Qualify(sql=Bar(when=condition, stay=stay)), **model))
    return {name: value for name, value in attrs.asdict(found, recurse=False).items() if value != NOTHING[name]}


def test_model_without_bars_needs_nothing():
    """Where nobody asks, nothing but fit and interest is worked out."""
    assert not any(NOTHING.values())
    assert not needs(ScoringModel()).acts


@pytest.mark.parametrize("name", NAMES)
def test_name_in_a_bar_is_needed(name):
    """What a bar reads is needed, and nothing else; reading it in `stay` is reading it."""
    condition = field(name).exists()
    assert asked(condition) == {name: True}
    assert asked(All(()), stay=~condition & All(())) == {name: True}


@pytest.mark.parametrize("name", ["fit", "interest", "total", "label", "level", "persona", "cycle", "days_in_stage"])
def test_name_that_is_there_anyway_or_never_needs_nothing(name):
    """Both axes and what comes of them are always there; a bare score knows nothing of a lead's state."""
    assert asked(field(name).exists()) == {}


@pytest.mark.parametrize("name", ["interactions", "active_days"])
def test_acts_matter_when_something_of_them_is_read(name):
    """Interactions are counted only for those who ask."""
    assert needs(ScoringModel(qualify=Qualify(mql=Bar(when=field(name).ge(2))))).acts


def test_group_in_a_bar_is_needed_once():
    """Subtotals of groups are named without their prefix."""
    interest = Interest(groups={"web": Cap(), "e-mail": Cap()})
    both = field("group.web").ge(1) | field("group.e-mail").ge(2) | field("group.web").lt(9)
    assert asked(both, interest=interest) == {"groups": ("web", "e-mail")}


def test_fields_are_those_that_anything_reads():
    """Fit, gates and bars name what they read of a lead; completeness, if asked for, reads all that is declared."""
    model = ScoringModel(
        attributes={"size": "integer", "title": "text", "unread": "date"},
        fit=Fit(
            criteria=[Criterion(when=field("title").exists(), points=1)],
            gates=[Gate(reason="spam", when=field("email").missing())],
        ),
        qualify=Qualify(mql=Bar(when=field("size").ge(1) & field("stage").exists() & field("interest").ge(1))),
    )
    assert needs(model).fields == ("title", "email", "size")
    assert needs(model, completeness=True).fields == ("title", "email", "size", "unread")
    wanted = needs(model, fit_range=True)
    assert (wanted.fit_low, wanted.fit_high, wanted.completeness) == (True, True, False)


def test_kinds_are_asked_by_what_they_are_compared_with():
    """Each text is one question for each way of folding, however often it is asked; lists are named ones too."""
    condition = (
        field("kinds").has("form")
        & field("kinds").has_any("form", "Caf\u00e9", ignore_case=True)
        & field("kinds").has_all("@hot", ignore_accents=True)
        & ~field("kinds").has("form")
    )
    found = asked(condition, lists={"hot": ("d\u00e9mo", "call")})
    assert found == {
        "kinds": (
            KindTest("form"),
            KindTest("form", ignore_case=True),
            KindTest("caf\u00e9", ignore_case=True),
            KindTest("demo", ignore_accents=True),
            KindTest("call", ignore_accents=True),
        )
    }


@pytest.mark.parametrize(
    "condition", [field("kinds").exists(), field("kinds").missing(), field("kinds").has("form", missing=True)]
)
def test_any_kind_matters_where_there_may_be_none(condition):
    """Whether there is any interaction is asked only where a bar tells nothing from something."""
    assert asked(condition)["any_kind"] is True
    assert "any_kind" not in asked(field("kinds").has("form", missing=False))
    assert needs(ScoringModel(qualify=Qualify(mql=Bar(when=condition)))).acts


def test_kind_is_compared_as_the_reference_does():
    """Texts are composed first; only what is asked for is folded."""
    assert KindTest("caf\u00e9").holds("cafe\u0301")
    assert not KindTest("caf\u00e9").holds("CAF\u00e9")
    assert KindTest("cafe", ignore_case=True, ignore_accents=True).holds("CAFE\u0301")
    assert not KindTest("cafe", ignore_accents=True).holds("CAFE\u0301")


def test_kinds_to_tell_apart_are_those_that_an_answer_depends_on():
    """An exact question needs its own kind; one that folds needs all that are there and meant."""
    exact, folded = KindTest("form"), KindTest("call", ignore_case=True)
    assert kinds_meant([exact], ["mail", "Call"]) == ("form",)
    assert kinds_meant([folded, exact], ["mail", "Call", "CALL", "Call"]) == ("form", "Call", "CALL")
    assert exact.only == "form"
    assert folded.only is None
    assert KindTest("call", ignore_accents=True).only is None
