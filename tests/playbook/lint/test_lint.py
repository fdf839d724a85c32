"""The review as a whole: what it takes, in which order it lists, and what it says of objectives and extensions."""

from typing import ClassVar

from attrs import frozen

from leadqual.conditions import field
from leadqual.fit import Cap, Criterion, Fit
from leadqual.interest import Interest, InterestRule, Per
from leadqual.playbook import Playbook, loads
from leadqual.playbook.lint import lint
from leadqual.scoring import ScoringModel

DAILY = Per(days=1, times=1)


def playbook(model, **more):
    """Return a playbook with a model."""
    return Playbook(name="built", version="1", model=model, **more)


def places(found):
    """Return codes and places of findings."""
    return [(one.code, one.where) for one in found]


@frozen(kw_only=True)
class Customers:
    """A fit scorer of somebody else's."""

    kind: ClassVar[str] = "acme/customers"

    def lower(self):
        """Return a criterion that can never hold."""
        return [Criterion(when=field("kind").eq("person") & field("kind").eq("company"), points=5)]


def test_empty_playbook_has_no_findings():
    """Where nothing is said, nothing is wrong with it."""
    assert lint(playbook(ScoringModel())) == ()


def test_what_an_extension_lowers_to_is_reviewed_too():
    """Criteria of a scorer have its path."""
    found = lint(playbook(ScoringModel(fit=Fit(scorers=[Customers()]))))
    assert places(found) == [("dead-criterion", "fit.scorers[0].lower()[0]")]


def test_findings_come_in_the_order_of_the_document():
    """Tables in their order, names in the order of the document, and what one place has in the order of the codes."""
    model = ScoringModel(
        attributes={"zip": "text", "area": "text"},
        fit=Fit(
            min=-9,
            groups={"b.c": Cap(max=9), "a": Cap(max=9), "b": Cap()},
            criteria=[
                Criterion(when=field("phone").exists(), points=5, group="a"),
                Criterion(when=field("phone").exists(), points=5, group="b.c"),
            ],
            grades={"A": 100, "B": 11, "C": 10, "D": 5},
        ),
        interest=Interest(
            rules=[
                *(InterestRule(event=f"k{i}", points=1, per=DAILY) for i in range(10)),
                InterestRule(event="k2", points=1, per=DAILY, max=0),
                InterestRule(event="k2", points=1, inactivity=30, max=100),
            ],
        ),
    )
    assert places(lint(playbook(model))) == [
        ("unused-attribute", "attributes.zip"),
        ("unused-attribute", "attributes.area"),
        ("cap-never-reached", "fit.min"),
        ("criterion-twice", "fit.criteria[1]"),
        ("cap-never-reached", "fit.groups.b.c.max"),
        ("cap-never-reached", "fit.groups.a.max"),
        ("group-without-members", "fit.groups.b"),
        ("grade-never-given", "fit.grades.A"),
        ("grade-never-given", "fit.grades.B"),
        ("lowest-bound-ignored", "fit.grades.D"),
        ("rule-only-counts", "interest.rules[10]"),
        ("silence-earns", "interest.rules[11]"),
    ]


def test_objective_names_only_what_the_playbook_itself_does_not_have():
    """A fault of an objective's own price is its own; one that all share is said once, at the playbook."""
    text = """
        schema = 1
        name = "priced"
        version = "1"
        [fit]
        max = 10
        min = -5
        [[fit.criteria]]
        name = "Phone"
        when = { field = "phone", op = "exists" }
        points = 10
        [fit.grades]
        A = 10
        B = 5
        C = 0
        [objectives.same]
        criteria = { Phone = 10 }
        [objectives.dear]
        criteria = { Phone = 11 }
        [objectives.cheap]
        criteria = { Phone = 5 }
    """
    assert places(lint(loads(text))) == [
        ("cap-never-reached", "fit.min"),
        ("grade-never-given", "fit.grades.B"),
        ("bigger-than-cap", "objectives.dear.fit.criteria[0]"),
        ("grade-never-given", "objectives.cheap.fit.grades.A"),
    ]
