"""What a guard may read: the score, the lead, its state and the input at hand."""

from collections.abc import Mapping
from typing import Final

from leadqual.conditions.fieldtypes import FieldType
from leadqual.conditions.leafcheck import Scope
from leadqual.scoring.declared import typed
from leadqual.scoring.model import ScoringModel

_TYPES: Final[Mapping[str, str]] = {
    "score.qualifies": "list",
    "score.stays": "list",
    "score.gate": "text",
    "state.hand_raised": "boolean",
    "state.score_route_open": "boolean",
    "state.touched": "boolean",
    "state.accepted": "boolean",
    "state.sla_running": "boolean",
    "state.review": "boolean",
    "input.kind": "text",
    "input.by": "text",
    "input.interaction": "boolean",
    "input.hand_raise": "boolean",
    "input.reply": "boolean",
    "input.capture": "boolean",
    "verdict.reason": "text",
}
"""Names of a guard's own, with types; ``input.<property>`` joins them."""
INPUT: Final = "input."


def guard_scope(model: ScoringModel) -> Scope:
    """Return what guards of a playbook may read.

    Args:
        model: Its model.

    Returns:
        Everything that a bar reads, the names of a guard's own, and the declared properties of the event at hand.
    """
    scope = model.plans.scope
    own = {name: FieldType(type_name) for name, type_name in _TYPES.items()}
    of_event = {f"{INPUT}{name}": kind for name, kind in typed(model.properties).items()}
    return Scope({**scope.fields, **of_event, **own}, scope.lists, "field")
