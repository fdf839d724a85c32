"""What the conditions of sequences may read: the score, the lead and its state, who it is and what it wants."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from leadqual.conditions.fieldtypes import FieldType
from leadqual.conditions.leafcheck import Scope
from leadqual.fold import normal
from leadqual.lifecycle.scope import INPUT, guard_scope
from leadqual.nurture.people import Persona
from leadqual.scoring.model import ScoringModel

_VERDICT: Final = "verdict."


def state_scope(model: ScoringModel, personas: Any = (), needs: Any = ()) -> Scope:
    """Return what ``when`` of a step or an entry may read: what guards read, but nothing of an input at hand.

    Args:
        model: The model of the playbook.
        personas: The personas, of which one is the lead's ``persona``; what is none of them is left out.
        needs: The needs by name, of which one is the lead's ``need``, likewise.

    >>> from leadqual.nurture.people import Need
    >>> scope = state_scope(ScoringModel(), needs={"payroll": Need(offers="guide")})
    >>> "stage" in scope.fields, "total" in scope.fields, "input.kind" in scope.fields
    (True, True, False)
    >>> scope.fields["need"].choices, scope.fields["persona"].choices
    (frozenset({'payroll'}), frozenset())
    """
    scope = guard_scope(model)
    fields = {name: kind for name, kind in scope.fields.items() if not name.startswith((INPUT, _VERDICT))}
    named = personas if isinstance(personas, tuple) else ()
    own = {
        "persona": _one_of(persona.name for persona in named if isinstance(persona, Persona)),
        "need": _one_of(needs if isinstance(needs, Mapping) else ()),
    }
    return Scope({**fields, **own}, scope.lists, scope.what)


def _one_of(names: Iterable[object]) -> FieldType:
    """Return the type of a field that is one of some names."""
    return FieldType("text", frozenset(normal(name) for name in names if isinstance(name, str)))
