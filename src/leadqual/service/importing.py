"""A back-fill: leads and what they did before come in, but promote and notify nobody until they are released."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from attrs import evolve, field, frozen

from leadqual.errors import EventError, Problem, ProblemsError
from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.lifecycle.inputs import Tick
from leadqual.qualifier.boxes import is_shared_box
from leadqual.qualifier.folding import ahead_problems
from leadqual.service.erasedbefore import erased_before
from leadqual.service.held import Held
from leadqual.service.persons import key_rows
from leadqual.service.recording import Bad, sort_out
from leadqual.service.sparing import spare
from leadqual.service.tables import KEYS
from leadqual.service.work import Work

_TICK: Final = Tick()


@frozen(kw_only=True)
class Filled:
    """What came of a part of a back-fill; its fields are those of `Imported`."""

    opened: int = 0
    known: int = 0
    elsewhere: tuple[tuple[str, str], ...] = ()
    new_events: int = 0
    known_events: int = 0
    erased: int = 0
    erased_events: int = 0
    problems: tuple[Problem, ...] = field(default=(), repr=False)


def fill_in(work: Work, leads: Sequence[Lead], events: Mapping[str, Sequence[Event]], *, bad: Bad) -> Filled:
    """Take in some leads of a back-fill; see `QualificationService.import_leads`."""
    given = {lead.id: lead for lead in leads}
    known = work.look(sorted(given))
    new = {lead_id: lead for lead_id, lead in given.items() if lead_id not in known}
    gone = erased_before(work, new, {lead_id: _first(lead, events.get(lead_id, ())) for lead_id, lead in new.items()})
    for lead_id in gone:
        del new[lead_id]
    same = _elsewhere(work, new)
    problems: list[Problem] = []
    own = [_under(event, same) for lead_id in given if lead_id not in gone for event in events.get(lead_id, ())]
    batch = sort_out(work, _due(work, own, problems, bad), bad=bad)
    fresh = defaultdict(list)
    for event in batch.fresh:
        fresh[work.survivor(event.lead_id)].append(event)
    opened = [
        _opened(work, lead, fresh.pop(lead.id, []), problems, bad) for lead in new.values() if lead.id not in same
    ]
    more = 0
    for lead_id, late in fresh.items():
        held = work.look([lead_id]).get(lead_id)
        more += 0 if held is None else _late(work, held, late, problems, bad)
    counts = [count for count in opened if count is not None]
    return Filled(
        opened=len(counts),
        known=len(known),
        elsewhere=tuple(sorted(same.items())),
        new_events=sum(counts) + more,
        known_events=batch.known,
        erased=len(gone),
        erased_events=batch.erased,
        problems=(*batch.problems, *problems),
    )


def _first(lead: Lead, events: Sequence[Event]) -> datetime | None:
    """Return the first instant of which anything is known of a lead."""
    known = [event.at for event in events]
    return min(known if lead.created_at is None else [*known, lead.created_at], default=None)


def _elsewhere(work: Work, new: Mapping[str, Lead]) -> dict[str, str]:
    """Return which of the leads there are under another id: they share an address, or a number and no other address."""
    rows = {lead_id: key_rows(work.desk.digests, lead) for lead_id, lead in new.items()}
    wanted = sorted({row.digest for own in rows.values() for row in own})
    stored = work.unit.get(KEYS, [(digest,) for digest in wanted]) if wanted else []
    owners = {row.digest: row.lead_id for row in stored}
    held = work.look(sorted(set(owners.values())))
    profiles = {**new, **{lead_id: one.record.lead for lead_id, one in held.items()}}
    found: dict[str, str] = {}
    for lead_id, lead in new.items():
        for row in rows[lead_id]:
            owner = owners.get(row.digest)
            if owner is not None and (row.kind == "email" or not _differ(lead, profiles[owner])):
                found[lead_id] = held[owner].lead_id if owner in held else owner
                break
        else:
            owners = {row.digest: lead_id for row in rows[lead_id]} | owners
    return found


def _differ(lead: Lead, other: Lead) -> bool:
    """Tell whether two leads have an address each: one number may be that of a whole office."""
    return all(one.email is not None and not is_shared_box(one.email) for one in (lead, other))


def _under(event: Event, same: Mapping[str, str]) -> Event:
    """Return an event under the id by which its lead is known."""
    owner = same.get(event.lead_id)
    return event if owner is None else evolve(event, lead_id=owner)


def _due(work: Work, events: Iterable[Event], problems: list[Problem], bad: Bad) -> list[Event]:
    """Return the events without those that are dated long after now.

    Raises:
        EventError: If there are some, and nothing is to be left out.
    """
    kept, ahead = [], []
    for event in events:
        found = list(ahead_problems(event, work.now))
        ahead += found
        if not found:
            kept.append(event)
    if ahead and bad == "fail":
        raise EventError(ahead)
    problems += ahead
    return kept


def _opened(work: Work, lead: Lead, events: list[Event], problems: list[Problem], bad: Bad) -> int | None:
    """Take in a new lead with what it did before; return of how many events, nothing if it could not be."""
    try:
        held = work.open(lead, events, imported=True)
    except ProblemsError as error:
        if bad == "fail":
            raise
        problems += error.problems
        return None
    for event in events:
        work.keep(event)
    spare(work, held)
    return len(events)


def _late(work: Work, held: Held, events: list[Event], problems: list[Problem], bad: Bad) -> int:
    """Add what a known lead did before to what is known of it, and return how many events those are."""
    every = [*work.events_of(held.ids), *events]
    try:
        work.handle(held, _TICK)  # all that is known now was before
        outcome = work.desk.qualifier.refold(held.record, every, now=work.when(held))
    except ProblemsError as error:
        if bad == "fail":
            raise
        problems += error.problems
        return 0
    for event in events:
        work.keep(event)
    work.take(held, outcome)
    held.held = held.held or "import"
    return len(events)
