"""What holds for every sequence of a playbook: whose clock, which windows, by which permission, at what effort."""

from collections.abc import Mapping
from typing import Any, Final

from attrs import field, frozen

from leadqual.axis import copied, listed
from leadqual.nurture.basis import BasisRule
from leadqual.nurture.opening import WithoutZone
from leadqual.nurture.windows import SendWindow

OFFERS: Final[Mapping[str, str]] = {"download": "asset"}
"""Kinds of acts by which offers are taken, with the property that names the offer."""


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else listed(value)


@frozen(kw_only=True)
class Effort:
    """How much a lead is worth that is so close to the next bar.

    Attributes:
        within: Points of the total that are missing at most; any number when absent.
        cost: Highest cost of the content that it gets.
    """

    within: int | None = None
    cost: int


@frozen(kw_only=True)
class Nurture:
    """What holds for every sequence.

    Attributes:
        home: IANA name of the zone by whose clock something goes when nobody knows the lead's.
        markets: Countries (ISO 3166-1) or zones in which a lead may be of which nothing is known.
        windows: By channel, when it may be used; ``"*"`` for all channels.
        without_zone: By channel, what becomes of a touch whose local time stays open: ``"withhold"`` or ``"home"``.
        bases: By which permission a lead may be touched; the first rule that is about a touch holds.
        presets: Names of sets of windows and bases that come with leadqual, each with its source and date.
        offers: By kind of the acts that take offers, the property that names the offer.
        meetings: Kinds of acts that are meetings.
        bounces: Kinds of events that say that an address does not exist.
        auto_replies: Kinds of acts of machines that answer; they only postpone.
        postpone: By how much an answer of a machine postpones, in business time.
        expires: How long after it was due a touch that nobody has confirmed is given up; elapsed time.
        effort: What may be spent, closest first; without it any content may go to anybody.
    """

    home: str = "UTC"
    markets: tuple[str, ...] = field(default=(), converter=_several)
    windows: Mapping[str, SendWindow] = field(factory=dict, converter=copied, hash=False)
    without_zone: Mapping[str, WithoutZone] = field(factory=dict, converter=copied, hash=False)
    bases: tuple[BasisRule, ...] = field(default=(), converter=listed)
    presets: tuple[str, ...] = field(default=(), converter=_several)
    offers: Mapping[str, str] = field(default=OFFERS, converter=copied, hash=False)
    meetings: tuple[str, ...] = field(default=("meeting", "meeting_booked"), converter=_several)
    bounces: tuple[str, ...] = field(default=("hard_bounce",), converter=_several)
    auto_replies: tuple[str, ...] = field(default=("auto_reply",), converter=_several)
    postpone: str = "5d"
    expires: str = "3d"
    effort: tuple[Effort, ...] = field(default=(), converter=listed)
