"""Everything that a lifecycle is checked against."""

from collections.abc import Mapping

from attrs import field, frozen

from leadqual.axis import copied, listed
from leadqual.conditions.leafcheck import Scope
from leadqual.lifecycle.values import Lifecycle, Recycle, Sla, Stage, Transition


@frozen(kw_only=True)
class Table:
    """A lifecycle with all that belongs to it, as it came: any part may be wrong, or of another type.

    Attributes:
        initial: Where a new lead begins; the first open stage when absent.
        stages: All stages in their order.
        transitions: All transitions in their order.
        recycle: What becomes of a maybe.
        sla: The SLAs by name.
        bars: Names of the declared bars.
        stay_bars: Names of those that have a lower bar to stay.
        grades: The declared grades.
        hand_raise: Whether any kind of event raises a hand.
        scope: What guards may read.
        where: Path of the lifecycle in the document.
        lifecycle: The lifecycle as declared; its transitions are empty where those of a preset are checked.
    """

    initial: str | None
    stages: tuple[Stage, ...] = field(converter=listed)
    transitions: tuple[Transition, ...] = field(converter=listed)
    recycle: Recycle
    sla: Mapping[str, Sla] = field(converter=copied, hash=False)
    bars: tuple[str, ...]
    stay_bars: tuple[str, ...]
    grades: tuple[str, ...]
    hand_raise: bool
    scope: Scope = field(hash=False)
    where: str = "lifecycle"
    lifecycle: Lifecycle
