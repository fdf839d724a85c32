"""What changed between two playbooks: which part is which, and what is told of it."""

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve, frozen

from leadqual.conditions import AnyOf, field
from leadqual.errors import UnknownName
from leadqual.fit import Criterion, Fit
from leadqual.interest import InterestRule
from leadqual.playbook import Registry, loads
from leadqual.playbook.diff import Change, Diff, diff
from leadqual.scoring import ScoringModel

HEAD = 'schema = 1\nname = "x"\nversion = "1"\n[properties]\npage = "text"\n'


def playbook(text, registry=None):
    """Return a playbook with a head."""
    return loads(HEAD + text, format="toml", registry=registry)


def rule(event, points, more=""):
    """Return a rule of interest as text."""
    return f'[[interest.rules]]\nevent = "{event}"\npoints = {points}\n{more}\n'


def changes(before, after, **more):
    """Return what changed, as kind, place and words."""
    found = diff(playbook(before), playbook(after), **more).changes
    return [(change.kind, change.where, change.words) for change in found]


def test_diff_of_equal_playbooks_is_false_and_says_so():
    """Nothing changed: no changes, and one line that says it in either language."""
    one = playbook(rule("a", 1))
    assert diff(one, one) == Diff(changes=())
    assert not diff(one, one)
    assert diff(one, one).explain() == "The two playbooks say the same."
    assert diff(one, one, language="es").explain() == "Los dos playbooks dicen lo mismo."


def test_diff_refuses_a_language_that_it_does_not_speak():
    """English and Spanish are spoken; another one is an unknown name, also when nothing changed."""
    one = playbook("")
    wrong: Any = "fr"
    with pytest.raises(UnknownName):
        diff(one, one, language=wrong)


def test_change_says_both_places_and_both_values():
    """A rule that stands elsewhere and earns more has the path of either playbook."""
    (change,) = [
        change
        for change in diff(
            playbook(rule("a", 1) + rule("b", 2)), playbook(rule("new", 5) + rule("a", 1) + rule("b", 2.5))
        ).changes
        if change.kind == "changed"
    ]
    assert change == Change(
        kind="changed",
        where="interest.rules[2].points",
        where_before="interest.rules[1].points",
        where_after="interest.rules[2].points",
        before=2,
        after=Decimal("2.5"),
        words="B earns 2.5 points instead of 2.",
    )


def test_added_and_removed_parts_have_one_place():
    """What is new was nowhere before, and what is gone is nowhere after."""
    removed, added = diff(playbook(rule("a", 1)), playbook(rule("b", 2))).changes
    assert (added.kind, added.where, added.where_before, added.before) == ("added", "interest.rules[0]", None, None)
    assert added.after == {"event": ["b"], "points": 2}
    assert (removed.kind, removed.where, removed.where_after) == ("removed", "interest.rules[0]", None)
    assert (removed.before, removed.after) == ({"event": ["a"], "points": 1}, None)


def test_rules_are_recognised_by_their_names_first():
    """A named rule stays itself though another one now says what it said."""
    before = rule("a", 1, 'name = "Reads"') + rule("b", 2, 'name = "Writes"')
    after = rule("b", 2, 'name = "Reads"') + rule("a", 1, 'name = "Writes"')
    assert [where for _, where, _ in changes(before, after)] == [
        "interest.rules[0].event", "interest.rules[0].points", "interest.rules[1].event", "interest.rules[1].points",
    ]  # fmt: skip


def test_rules_with_other_names_are_other_rules_unless_all_else_is_the_same():
    """A new name for the same rule is a new name; a new name and other points are another rule."""
    before = rule("a", 1, 'name = "Reads"')
    renamed = [("changed", "interest.rules[0].name", "Reads is called “Looks”.")]
    assert changes(before, rule("a", 1, 'name = "Looks"')) == renamed
    assert [kind for kind, *_ in changes(before, rule("a", 2, 'name = "Looks"'))] == ["removed", "added"]


def test_unnamed_rules_are_recognised_by_what_they_count():
    """Of several rules for one kind, those with the same condition are the same."""
    pricing = 'when = { field = "page", op = "eq", value = "/pricing" }'
    before = rule("view", 1) + rule("view", 3, pricing)
    after = rule("view", 4, pricing) + rule("view", 2)
    assert changes(before, after) == [
        ("moved", "interest.rules", "The rules of interest: the same in another order, which changes no score."),
        ("changed", "interest.rules[0].points", "View earns 4 points instead of 3."),
        ("changed", "interest.rules[1].points", "View earns 2 points instead of 1."),
    ]


def test_equal_rules_are_matched_one_by_one():
    """Of three equal rules one less is one removal."""
    assert [(kind, where) for kind, where, _ in changes(rule("a", 1) * 3, rule("a", 1) * 2)] == [
        ("removed", "interest.rules[2]")
    ]


def test_removed_parts_are_told_where_they_stood():
    """The order of the changes is that of the document."""
    before = rule("a", 1) + rule("b", 2) + rule("c", 3)
    after = rule("a", 2) + rule("c", 4)
    assert [where for _, where, _ in changes(before, after)] == [
        "interest.rules[0].points", "interest.rules[1]", "interest.rules[1].points",
    ]  # fmt: skip


def test_gates_that_moved_are_told_one_by_one():
    """The order of gates decides which reason is given; as few as possible are said to have moved."""

    def gates(*reasons):
        return "".join(
            f'[[fit.gates]]\nreason = "{reason}"\nwhen = {{ field = "source", op = "eq", value = "{reason}" }}\n'
            for reason in reasons
        )

    assert [(kind, where) for kind, where, _ in changes(gates("a", "b", "c", "d"), gates("d", "a", "b", "c"))] == [
        ("moved", "fit.gates[0]")
    ]
    assert [where for _, where, _ in changes(gates("a", "b", "c"), gates("c", "b", "a"))] == [
        "fit.gates[0]", "fit.gates[1]",
    ]  # fmt: skip
    assert changes(gates("a", "b"), gates("new", "a", "b"))[0][:2] == ("added", "fit.gates[0]")


def test_diff_uses_the_labels_of_both_playbooks():
    """What was named before has its word from before; a new word wins."""
    before = rule("a", 1) + rule("b", 1) + '[labels.en]\na = "letter"\nb = "parcel"\n'
    after = rule("b", 2) + '[labels.en]\nb = "box"\n'
    words = [words for *_, words in changes(before, after)]
    assert words[:2] == ["The rule “letter”, which earned 1 point, is gone.", "Box earns 2 points instead of 1."]


def test_diff_groups_its_lines_by_the_part_of_the_playbook():
    """A heading for each part that changed, in the order of the document, and a line for each change."""
    before = playbook(rule("a", 1) + "[fit]\nmax = 10\n")
    after = playbook(rule("a", 2) + "[fit]\nmax = 20\n")
    assert diff(before, after).explain() == (
        "Fit\n  - Fit: at most 20 points; before: at most 10 points.\n\nInterest\n  - A earns 2 points instead of 1."
    )


def test_diff_shows_no_control_characters_of_a_name():
    """A name from outside cannot write to the terminal."""
    (change,) = diff(playbook(rule("a", 1, 'name = "x\\u001b[31m"')), playbook("")).changes
    assert "\x1b" not in change.words
    assert "\\x1b[31m" in change.words


@pytest.mark.parametrize("name", ["[a|b]", "{0}", "{who}", "A[", "]|[", "%d"])
def test_diff_takes_names_as_they_are(name):
    """Brackets and braces in a name are no signs to us."""
    before, after = (rule("a", points, f'name = "{name}"') for points in (1, 2))
    words = f"{name} earns 2 points instead of 1."
    assert changes(before, after) == [("changed", "interest.rules[0].points", words)]
    table = '[[fit.tables]]\nfield = "source"\nname = "{}"\nvalues = {{ x = {} }}\n'
    assert name in changes(table.format(name, 1), table.format(name, 2))[0][2]


def test_diff_says_conditions_that_were_built_in_python():
    """A model may hold more parts in one condition than a document may, and numbers that are no decimals."""
    base = playbook("")
    many = AnyOf(tuple(field("source").eq(f"s{i}") for i in range(1_500)))
    size = field("size").between(0.5, 1e300)
    fit = Fit(criteria=[Criterion(when=many, points=1), Criterion(when=size, points=2)])
    built = evolve(base, model=ScoringModel(attributes={"size": "number"}, fit=fit))
    assert [change.kind for change in diff(base, built).changes] == ["added", "removed", "added", "added"]


@frozen(kw_only=True)
class Free:
    """An extension that gives points for nothing."""

    kind = "acme/free"
    points: int = 1

    def lower(self):
        """Return one criterion."""
        return [Criterion(when=field("source").exists(), points=self.points)]


@frozen(kw_only=True)
class Often:
    """An extension of interest."""

    kind = "acme/often"
    points: int = 1

    def lower(self):
        """Return one rule."""
        return [InterestRule(event="visit", points=self.points)]


def test_diff_tells_of_extensions():
    """An extension that is new, gone, set otherwise or elsewhere is told by its tag."""
    registry = Registry().with_scorer(Free).with_scorer(Often, "interest")
    none = playbook("", registry)
    free = '[[fit.scorers]]\nkind = "acme/free"\n'
    more = f"{free}points = 3\n"
    one, other, two = (playbook(text, registry) for text in (free, more, free + more))
    often = playbook('[[interest.scorers]]\nkind = "acme/often"\n', registry)
    assert [c.words for c in diff(none, one).changes] == ["New extension: “acme/free”."]
    assert [c.words for c in diff(often, none).changes] == ["The extension “acme/often” is gone."]
    assert [(c.where, c.words) for c in diff(other, one).changes] == [
        ("fit.scorers[0].points", "The extension “acme/free” is set otherwise.")
    ]
    turned = playbook(more + free, registry)
    assert [(c.kind, c.where) for c in diff(two, turned).changes] == [("moved", "fit.scorers")]
    both = '[[interest.scorers]]\nkind = "acme/often"\n[[interest.scorers]]\nkind = "acme/often"\npoints = 2\n'
    back = '[[interest.scorers]]\nkind = "acme/often"\npoints = 2\n[[interest.scorers]]\nkind = "acme/often"\n'
    assert [c.words for c in diff(playbook(both, registry), playbook(back, registry)).changes] == [
        "The extensions of interest: the same in another order, which changes no score."
    ]


def test_diff_shortens_long_lists():
    """Of a list of hundreds the first thirty are named."""
    names = ", ".join(f'"w{i}"' for i in range(100))
    (change,) = diff(playbook(""), playbook(f"[lists]\nmany = [{names}]\n")).changes
    assert change.words.endswith("w29, … (+70).")


def test_diff_of_large_playbooks_is_found_by_signs_and_not_by_trying():
    """Thousands of rules that all have new names and other points are told apart without comparing each with each."""
    before = playbook("".join(rule("a", 1, f'name = "old {i}"') for i in range(2_000)))
    after = playbook("".join(rule("a", 2, f'name = "new {i}"') for i in range(2_000)))
    assert len(diff(before, after).changes) == 4_000
