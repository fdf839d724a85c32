"""When a touch may go by the clock of a lead, whose zone may not be known."""

from datetime import datetime
from typing import Literal

from attrs import frozen

from leadqual.nurture.purposes import TASK
from leadqual.nurture.sendtimes import SendTimes
from leadqual.nurture.zones import CandidateZones

WithoutZone = Literal["withhold", "home"]
"""What becomes of a touch whose local time stays open: it is withheld, or it goes by the clock of the home zone."""
_Source = Literal["lead", "country", "phone", "markets", "home"] | None


def without_zone_default(channel: str) -> WithoutZone:
    """Return what becomes of a touch on a channel when its local time stays open, if the playbook does not say.

    A message in a mailbox waits, and so does a task that reaches nobody: they go by the home zone. A call or a text
    rings at that minute, and what any other channel does is not known: they are withheld.

    >>> without_zone_default("email"), without_zone_default("phone"), without_zone_default("sms")
    ('home', 'withhold', 'withhold')
    """
    return "home" if channel in ("email", TASK) else "withhold"


@frozen(kw_only=True)
class Opening:
    """When a touch may go, or why it may not.

    Attributes:
        at: The first instant at which it may go, in UTC; ``None`` if it is withheld.
        zones: The zones by whose clocks it goes.
        source: What they are taken from: as in `CandidateZones`, or the home zone.
        withheld: ``"no_zone"`` if nothing tells the lead's zone; ``"no_common_time"`` if the window is never open in
            all zones in which it may be; ``"closed"`` if holidays, or the end of the year 2199, leave no opening within
            53 weeks.
    """

    at: datetime | None
    zones: tuple[str, ...] = ()
    source: _Source = None
    withheld: Literal["no_zone", "no_common_time", "closed"] | None = None


def next_open(
    at: datetime, times: SendTimes, candidates: CandidateZones, *, home: str, without_zone: WithoutZone = "withhold"
) -> Opening:
    """Return when a touch may go: not before an instant, and at a local time that suits.

    The windows have to hold in all zones in which the lead may be. If no zone is known, or the windows never hold in
    all of them (holidays aside, within four weeks), the touch is withheld or goes by the clock of the home zone.

    Args:
        at: The instant before which it must not go; an aware datetime in the years 1970 to 2199.
        times: The windows, with the holidays.
        candidates: The zones in which the lead may be.
        home: IANA name of the home zone.
        without_zone: What becomes of it when its local time stays open.

    Raises:
        InstantError: If it is no such instant.
        ModelError: If a zone is none.

    >>> from leadqual.nurture.windows import SendWindow
    >>> nine = SendTimes(windows=[SendWindow(hours=["09:00-18:00"])])
    >>> apart = CandidateZones(zones=["Europe/Madrid", "America/Los_Angeles"], source="markets")
    >>> noon = datetime.fromisoformat("2026-12-04T12:00:00Z")
    >>> next_open(noon, nine, apart, home="Europe/Madrid").withheld
    'no_common_time'
    >>> str(next_open(noon, nine, apart, home="Europe/Madrid", without_zone="home").at)
    '2026-12-04 12:00:00+00:00'
    """
    zones = candidates.zones
    if len(zones) == 1 or (zones and times.meet(at, zones)):
        return _opening(times.first(at, zones), zones, candidates.source)
    if without_zone == "home":
        return _opening(times.first(at, (home,)), (home,), "home")
    return Opening(at=None, withheld="no_common_time" if zones else "no_zone")


def _opening(at: datetime | None, zones: tuple[str, ...], source: _Source) -> Opening:
    return Opening(at=at, zones=zones, source=source, withheld="closed" if at is None else None)
