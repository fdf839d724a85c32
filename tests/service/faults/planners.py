"""A planner of somebody else's, which lets something happen while it thinks."""

from collections.abc import Callable
from typing import ClassVar

from attrs import field, frozen

from leadqual import Proposal, Qualifier, loads
from leadqual.playbook.registry import Registry
from tests.core.lifecycle.small import text
from tests.core.qualifier.nurtured import OPEN_DOORS, mail, sequence

MEANWHILE: list[Callable[[], object]] = []
"""What happens while it thinks."""


@frozen
class Thinking:
    """Proposes the first step that there is."""

    kind: ClassVar[str] = "thinking"
    limit: int = field(default=1)

    def propose(self, _asked, _place, options, /):
        """Return the first step."""
        for happens in MEANWHILE:
            happens()
        return Proposal(step=options[0].step)


def proposing() -> Qualifier:
    """Return what a playbook with this planner makes of leads."""
    planned = sequence("one", mail("a", "1m"), mail("b", "5m"), planner='{ kind = "thinking" }')
    return Qualifier(loads(text(OPEN_DOORS, planned), registry=Registry().with_planner(Thinking)))
