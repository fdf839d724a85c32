"""Content: what can be offered to a lead."""

from datetime import date
from typing import Any

from attrs import field, frozen

from leadqual.axis import listed
from leadqual.lifecycle.dates import day_of


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else listed(value)


def _day(value: Any) -> Any:
    return day_of(value)


@frozen(kw_only=True)
class Content:
    """One piece of content.

    Attributes:
        kind: What it is: ``"article"``, ``"guide"``, ``"case_study"``, ``"webinar"``, ``"discount"``, ``"demo"``,
            ``"visit"``, ``"call"`` or any other word.
        phases: Phases of the purchase cycle that it is for, of ``"TOFU"``, ``"MOFU"``, ``"BOFU"``; all when empty.
        personas: Personas that it is for; everybody when empty.
        needs: Needs that it answers; any when empty.
        channels: Channels that it can go by; all when empty.
        offer: Name of the offer that it is: who has downloaded that has seen it.
        after: Offers of which at least one was downloaded before, if it goes on from them.
        cost: What one costs, in units of the team's own; effort that a distant lead is not worth.
        starts: First day on which it may go, also as an ISO text.
        ends: Last day on which it may go, likewise.
    """

    kind: str
    phases: tuple[str, ...] = field(default=(), converter=_several)
    personas: tuple[str, ...] = field(default=(), converter=_several)
    needs: tuple[str, ...] = field(default=(), converter=_several)
    channels: tuple[str, ...] = field(default=(), converter=_several)
    offer: str | None = None
    after: tuple[str, ...] = field(default=(), converter=_several)
    cost: int = 0
    starts: date | None = field(default=None, converter=_day)
    ends: date | None = field(default=None, converter=_day)
