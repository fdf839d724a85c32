"""What the conditions of sequences may read."""

from typing import Any

import pytest

from leadqual import ModelError
from leadqual.lifecycle.scope import guard_scope
from leadqual.nurture.people import Need, Persona, Sign
from leadqual.nurture.scope import state_scope
from leadqual.scoring.model import ScoringModel
from tests.core.lifecycle.small import live, small
from tests.core.qualifier.nurtured import CONTENT, OPEN_DOORS, due_in, mail, sequence

WHO = """
[[personas]]
name = "boss"
when = { field = "size", op = "eq", value = "big" }
[[personas]]
name = "clerk"
when = { field = "size", op = "eq", value = "tiny" }
[needs.reports]
hints = [{ on = "visit" }]
"""


def when(name, op, value):
    """Return a condition as text."""
    return f'{{ field = "{name}", op = "{op}", value = {value} }}'


def book(*steps, **more):
    """Return a playbook with personas and a need."""
    return OPEN_DOORS, CONTENT, WHO, sequence("news", *steps, **more)


def test_scope_knows_the_personas_and_needs_of_the_playbook():
    """What is no persona, or has no name, is left out; accents may be typed in two ways."""
    signs = [Sign(when=None)]
    number: Any = 3
    personas = (Persona(name="Andre\u0301", signs=signs), Persona(name=number, signs=signs), "boss")
    scope = state_scope(ScoringModel(), personas, {"reports": Need(), 3: Need()})
    assert scope.fields["persona"].choices == {"Andr\xe9"}
    assert scope.fields["need"].choices == {"reports"}
    nothing = state_scope(ScoringModel(), "boss", ["reports"]).fields
    assert (nothing["persona"].choices, nothing["need"].choices) == (frozenset(), frozenset())


def test_scope_knows_the_lists_of_the_playbook():
    """As guards do."""
    model = ScoringModel(attributes={"size": "text"}, lists={"large": ["big", "huge"]})
    scope, guards = state_scope(model), guard_scope(model)
    assert (scope.lists, scope.what) == (guards.lists, guards.what)
    assert scope.lists


@pytest.mark.parametrize(
    ("condition", "path", "hint"),
    [
        (when("persona", "eq", '"bos"'), "value", "Did you mean `boss`?"),
        (when("persona", "in", '["clerk", "reports"]'), "value[1]", "boss, clerk"),
        (when("need", "ne", '"report"'), "value", "Did you mean `reports`?"),
    ],
)
def test_names_in_conditions_are_those_of_the_playbook(condition, path, hint):
    """Of a step and of an entry; another name is answered with the closest."""
    for parts, where in (
        ((mail("a", when=condition),), "steps[0].when"),
        ((mail("a"),), "enter.when"),
    ):
        more = {"enter": f'{{ on = "form", when = {condition} }}'} if where == "enter.when" else {}
        with pytest.raises(ModelError) as caught:
            small(*book(*parts, **more))
        (problem,) = caught.value.problems
        assert problem.where == f"sequences.news.{where}.{path}"
        assert "is never this" in problem.what
        assert hint in problem.hint


def test_step_goes_to_its_persona_and_to_its_need():
    """As they are when it is due; of whom nobody knows who it is, a negation holds."""
    steps = (
        mail("boss", when=when("persona", "eq", '"boss"')),
        mail("clerk", when=when("persona", "eq", '"clerk"')),
        mail("others", when=when("persona", "ne", '"clerk"')),
        mail("reports", "1d", when=when("need", "eq", '"reports"')),
    )
    by = small(*book(*steps, enter='{ on = "form" }', exits='["reply"]'))
    life = live(by)
    life.does("form", 1)
    life.does("visit", 1.5)
    life.passes(3)
    assert due_in(life) == ["boss", "others", "reports"]
    other = live(by, {"size": "tiny"})
    other.does("form", 1)
    other.passes(3)
    assert due_in(other) == ["clerk"]


def test_entry_takes_its_persona_alone():
    """The others stay out."""
    entry = f'{{ on = "form", when = {when("persona", "eq", chr(34) + "clerk" + chr(34))} }}'
    for size, due in (("tiny", ["a"]), ("big", []), ("mid", [])):
        life = live(small(*book(mail("a"), enter=entry)), {"size": size})
        life.does("form", 1)
        assert due_in(life) == due
