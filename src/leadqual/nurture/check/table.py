"""Everything that nurturing is checked against."""

from collections.abc import Mapping

from attrs import field, frozen

from leadqual.axis import copied, listed
from leadqual.conditions.leafcheck import Scope
from leadqual.lifecycle.values import Recycle, Stage
from leadqual.nurture.content import Content
from leadqual.nurture.people import Need, Persona
from leadqual.nurture.sequences import Sequence
from leadqual.nurture.settings import Nurture


@frozen(kw_only=True)
class Nurturing:
    """The nurturing of a playbook as it came: any part may be wrong, or of another type.

    Attributes:
        nurture: What holds for every sequence.
        personas: The personas in their order.
        needs: The needs by name.
        content: The content by name.
        sequences: The sequences by name.
        recycle: What becomes of a maybe; its policies name sequences.
        stages: The stages of the lifecycle by name; ``None`` if that is wrong itself.
        of_state: What conditions on score, lead and state may read.
        of_lead: What the signs of personas may read.
        of_event: What conditions on an act may read.
    """

    nurture: Nurture
    personas: tuple[Persona, ...] = field(converter=listed)
    needs: Mapping[str, Need] = field(converter=copied, hash=False)
    content: Mapping[str, Content] = field(converter=copied, hash=False)
    sequences: Mapping[str, Sequence] = field(converter=copied, hash=False)
    recycle: Recycle
    stages: Mapping[str, Stage] | None = field(hash=False)
    of_state: Scope = field(hash=False)
    of_lead: Scope = field(hash=False)
    of_event: Scope = field(hash=False)
