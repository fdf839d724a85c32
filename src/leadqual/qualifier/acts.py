"""Acts of a lead that something waits for: a fork, a goal, the beginning of a sequence."""

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import frozen

from leadqual.conditions.bind import Holds, bound_of
from leadqual.conditions.leafcheck import Scope
from leadqual.conditions.nodes import Condition
from leadqual.event import Event
from leadqual.fold import normal

_NONE: Final[tuple[Holds | None, ...]] = ()


@frozen(eq=False)
class Acts:
    """Acts of a lead that are waited for.

    Attributes:
        by_kind: By kind, what has to hold of the properties; any one of several is enough, and nothing has to hold of
            one that is ``None``.
    """

    by_kind: Mapping[str, tuple[Holds | None, ...]]

    def have(self, event: Event) -> bool:
        """Tell whether an event is such an act.

        Args:
            event: The event; what we did is none.

        Raises:
            WrongType: If a property is of another type than declared.
        """
        waited = self.by_kind.get(normal(event.kind), _NONE) if event.by == "lead" else _NONE
        return any(holds is None or holds(event.properties) for holds in waited)


def acts_of(waited: Iterable[tuple[tuple[str, ...], Condition | None]], scope: Scope) -> Acts:
    """Return acts, ready to be waited for.

    Args:
        waited: Kinds of acts, each list with what has to hold of the properties.
        scope: The properties that are declared.

    Raises:
        ModelError: If a condition is wrong.
    """
    found: dict[str, tuple[Holds | None, ...]] = {}
    for kinds, when in waited:
        holds = None if when is None else bound_of(when, scope).holds
        for kind in dict.fromkeys(map(normal, kinds)):
            found[kind] = (*found.get(kind, ()), holds)
    return Acts(found)


NO_ACTS: Final = Acts({})
