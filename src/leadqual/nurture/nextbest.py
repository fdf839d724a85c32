"""Next best content: again and again what suits a lead best, until there is nothing left that it has not got."""

from typing import ClassVar

from attrs import frozen

from leadqual.lifecycle.enrolment import Enrolment
from leadqual.nurture.asked import Asked
from leadqual.nurture.planned import Touch
from leadqual.nurture.proposing import Option, Proposal


@frozen
class NextBestContent:
    """Does whichever step may go first, with the content that suits the lead best; of several the first in order.

    When no step has anything for the lead, it waits: new content goes on where the old has ended.

    >>> NextBestContent.kind
    'next_best_content'
    """

    kind: ClassVar[str] = "next_best_content"

    def propose(self, _asked: Asked, _place: Enrolment, options: tuple[Option, ...], /) -> Proposal | None:
        """Return the step that may go first.

        Args:
            _asked: The lead, of which it minds nothing itself.
            _place: Its place in the sequence.
            options: What would become of each step.
        """
        touches = [option for option in options if isinstance(option, Touch)]
        return Proposal(step=min(touches or options, key=lambda option: option.at).step)
