"""What a touch is for: marketing, the answer to a request, or a talk from person to person."""

from typing import Final, Literal

REQUESTED: Final = "requested"
"""Purpose of a touch that answers a request of the lead, such as a confirmation or the guide it asked for."""
SALES: Final = "sales"
"""Purpose of what one seller says to one lead."""
EVERY: Final = "*"
"""All channels, or all purposes."""
TASK: Final = "task"
"""Channel of what a person is to do that reaches nobody, such as looking something up: a step with a task alone."""
TouchKind = Literal["marketing", "requested", "sales"]
TOUCH_KINDS: Final[tuple[TouchKind, ...]] = ("marketing", "requested", "sales")
"""Kinds of touches; each is counted on its own."""


def scopes_of(channel: str) -> tuple[str, ...]:
    """Return under which names of channels a touch is meant: its own, and that of all channels if it reaches the lead.

    >>> scopes_of("email"), scopes_of("task")
    (('email', '*'), ('task',))
    """
    return (channel,) if channel == TASK else (channel, EVERY)


def touch_kind(purpose: str) -> TouchKind:
    """Return of which kind a touch is.

    Every purpose but the two that are named here is marketing: a newsletter, an invitation, an offer.

    >>> touch_kind("newsletter"), touch_kind("requested"), touch_kind("sales")
    ('marketing', 'requested', 'sales')
    """
    if purpose == REQUESTED:
        return "requested"
    return "sales" if purpose == SALES else "marketing"
