"""How long a step of a sequence waits: elapsed time, days or months of the lead's calendar, or business time."""

from attrs import frozen


@frozen(kw_only=True)
class Wait:
    """A span of time that begins when the step before is done; one of its four kinds.

    Attributes:
        elapsed: Time that passes anyway, such as ``"30m"``, ``"2h"``, ``"3d"`` (72 hours) or ``"2w"``.
        days: Days of the lead's calendar: the same time of the clock so many days later, or `at`.
        months: Calendar months, clipped from the day on which the wait begins; the same time of the clock, or `at`.
        business: Business time in the playbook's calendar, such as ``"4h"`` or ``"2d"`` (working days).
        at: Local time of day, such as ``"09:30"``; with `days` or `months` only. The first one not before the beginning
            of the wait, so that ``days = 0, at = "09:30"`` is the next half past nine.
    """

    elapsed: str | None = None
    days: int | None = None
    months: int | None = None
    business: str | None = None
    at: str | None = None


AT_ONCE = Wait(elapsed="0m")
"""No wait at all."""
