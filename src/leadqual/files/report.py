"""What reading a base gives: leads, events and what it came to."""

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from leadqual.errors import Problem
from leadqual.event import Event
from leadqual.lead import Lead


@frozen(kw_only=True)
class Report:
    """What reading a base came to.

    Attributes:
        lead_rows: Rows of the leads files, bad ones included.
        event_rows: Rows of the events files, bad ones included.
        leads: Leads in the base.
        events: Events of those leads, each once.
        copies: Rows that repeat an event exactly; they do not count.
        orphans: Events of leads that are not in the base; they are not scored.
        conflicts: Event ids that stand for two different events; left out with ``bad_rows="skip"``.
        doubled_leads: Leads with rows that contradict each other; left out with ``bad_rows="skip"``.
        bad_rows: Rows that cannot be read; left out with ``bad_rows="skip"``.
        later_leads: Leads that are not in the base yet: all their rows are valid from later than now.
        total: How many problems there were.
        problems: The first hundred of them.
        warnings: What is odd but no error, as sentences.
        profile_dated: Whether the profile is as of `now`; if not, it is as of today.
    """

    lead_rows: int = 0
    event_rows: int = 0
    leads: int = 0
    events: int = 0
    copies: int = 0
    orphans: int = 0
    conflicts: int = 0
    doubled_leads: int = 0
    bad_rows: int = 0
    later_leads: int = 0
    total: int = 0
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    profile_dated: bool = False


def _size(values: Mapping[str, object]) -> str:
    return f"{len(values)} leads"


@frozen(kw_only=True)
class Base:
    """Leads and their events.

    Attributes:
        leads: By id, in the order of the files.
        events: By lead id, in the order of the files; leads without events are not in it.
        report: What reading them came to.
    """

    leads: Mapping[str, Lead] = field(repr=_size)
    events: Mapping[str, Sequence[Event]] = field(repr=_size)
    report: Report
