"""What the conditions of sequences may read: the score, the lead and its state."""

from typing import Final

from leadqual.conditions.leafcheck import Scope
from leadqual.lifecycle.scope import INPUT, guard_scope
from leadqual.scoring.model import ScoringModel

_VERDICT: Final = "verdict."


def state_scope(model: ScoringModel) -> Scope:
    """Return what ``when`` of a step or an entry may read: what guards read, but nothing of an input at hand.

    Args:
        model: The model of the playbook.

    >>> scope = state_scope(ScoringModel())
    >>> "stage" in scope.fields, "total" in scope.fields, "input.kind" in scope.fields
    (True, True, False)
    """
    scope = guard_scope(model)
    fields = {name: kind for name, kind in scope.fields.items() if not name.startswith((INPUT, _VERDICT))}
    return Scope(fields, scope.lists, scope.what)
