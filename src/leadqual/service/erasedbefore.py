"""Of whom files and lists still tell though they were erased: they are left out."""

from collections.abc import Mapping
from datetime import datetime

from leadqual.lead import Lead
from leadqual.service.clock import micros
from leadqual.service.tables import ERASED
from leadqual.service.work import Work


def erased_before(work: Work, leads: Mapping[str, Lead], first: Mapping[str, datetime | None]) -> frozenset[str]:
    """Return the ids of those who were erased; under another id, what is newer than the erasure is a new beginning.

    Args:
        work: The command.
        leads: Leads that are not there, by id.
        first: By id, the first instant of which anything is known; where there is none, its address tells nothing.
    """
    of = work.desk.digests.of
    known: dict[str, tuple[str, int | None]] = {}
    for lead_id, lead in leads.items():
        begin = first[lead_id]
        at = None if begin is None else micros(begin)
        known[of("lead", lead_id)] = lead_id, None
        if at is not None and lead.email:
            known[of("email", lead.email)] = lead_id, at
        if at is not None and lead.phone:
            known[of("phone", lead.phone)] = lead_id, at
    rows = work.unit.get(ERASED, [(digest,) for digest in sorted(known)]) if known else []
    found = ((row.at, *known[row.digest]) for row in rows)
    return frozenset(lead_id for gone, lead_id, at in found if at is None or at <= gone)
