"""Personas and needs: who a lead is, and what it seems to want."""

from typing import Any

from attrs import field, frozen

from leadqual.axis import listed
from leadqual.conditions.nodes import Condition
from leadqual.points import Points


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else listed(value)


@frozen(kw_only=True)
class Sign:
    """What speaks for a persona.

    Attributes:
        when: A condition over the lead's fields.
        points: How much it says.
    """

    when: Condition
    points: Points = 1


@frozen(kw_only=True)
class Persona:
    """A type of person that content is written for.

    Attributes:
        name: Its name.
        signs: What speaks for it. Confidence is the points of the signs that hold out of all points, in per cent.
        least: Lowest confidence at which somebody is taken for it.
    """

    name: str
    signs: tuple[Sign, ...] = field(converter=listed)
    least: int = 50


@frozen(kw_only=True)
class Hint:
    """An act that implies a need.

    Attributes:
        on: Kinds of the lead's own acts.
        when: What has to hold of the act's properties.
        points: How much one such act says.
    """

    on: tuple[str, ...] = field(converter=_several)
    when: Condition | None = None
    points: int = 1


@frozen(kw_only=True)
class Need:
    """What somebody may want to get done.

    Attributes:
        offers: Names of offers that those who want it download; each says `offer_points`.
        offer_points: How much one such offer says.
        hints: Other acts that imply it.
        least: Lowest sum of points at which it is taken for a need.
    """

    offers: tuple[str, ...] = field(default=(), converter=_several)
    offer_points: int = 2
    hints: tuple[Hint, ...] = field(default=(), converter=listed)
    least: int = 1
