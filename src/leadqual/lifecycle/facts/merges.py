"""Facts of two leads that turned out to be one."""

from typing import TYPE_CHECKING, ClassVar

from attrs import frozen

from leadqual.lifecycle.facts.base import Fact

if TYPE_CHECKING:
    from leadqual.lifecycle.state import LeadState


@frozen(kw_only=True, slots=False)
class Merged(Fact):
    """Another lead turned out to be this one.

    Attributes:
        other_id: The other lead.
        before: This lead's state before.
        other: The other's state before.
        state: What follows from both.
    """

    name: ClassVar[str] = "merged"
    other_id: str
    before: "LeadState"
    other: "LeadState"
    state: "LeadState"


@frozen(kw_only=True, slots=False)
class Absorbed(Fact):
    """This lead turned out to be another one, which goes on for both.

    Attributes:
        into: The other lead.
    """

    name: ClassVar[str] = "absorbed"
    into: str


@frozen(kw_only=True, slots=False)
class Unmerged(Fact):
    """A merge was undone.

    Attributes:
        state: The state from then on: that before the merge.
    """

    name: ClassVar[str] = "unmerged"
    state: "LeadState"
