"""A person is erased: nothing is left but digests, by which it is known that it was, and to whom nothing goes."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeVar

from attrs import evolve

from leadqual.errors import UnknownLead
from leadqual.lifecycle.facts import Absorbed, Fact, Merged
from leadqual.qualifier.boxes import is_shared_box
from leadqual.service.answers import Erased
from leadqual.service.bodies import fact_of, fact_row
from leadqual.service.clock import instant
from leadqual.service.digests import Digests
from leadqual.service.held import unknown
from leadqual.service.holdings import Holding, holding_of
from leadqual.service.rows import ErasedRow
from leadqual.service.running import Runner
from leadqual.service.sparing import spared_rows
from leadqual.service.tables import COMMANDS, EFFECTS, ERASED, EVENTS, FACTS, KEYS, LEADS, SPARED
from leadqual.service.work import Work

A = TypeVar("A")
_SOMEBODY: Final = "erased"
"""Stands where another lead's history named one that was erased."""


def erase(work: Work, lead_id: str) -> Erased:
    """Erase a person; see `QualificationService.erase`."""
    holding = holding_of(work.unit, lead_id, lock=True)
    if holding is None:
        return _erased_before(work, lead_id)
    spared = spared_rows(holding.addresses(work.desk.digests), holding.parts[0].state, work.at)
    for row in spared:
        work.put(SPARED, row)
    for digest in sorted(tombstones(work.desk.digests, holding)):
        work.put(ERASED, ErasedRow(digest=digest, at=work.at))
    _leave_others(work, holding)
    for table in (FACTS, EFFECTS, KEYS, COMMANDS, LEADS):
        work.remove(table, lead_id=holding.lead_ids)
    work.remove(EVENTS, lead_id=tuple({*holding.lead_ids, *(row.lead_id for row in holding.events)}))
    work.erased += holding.lead_ids
    return Erased(
        lead_ids=holding.lead_ids,
        at=work.now,
        events=len(holding.events),
        facts=len(holding.facts),
        effects=len(holding.effects),
        spared=tuple(sorted({(row.channel, row.purpose or "*") for row in spared})),
    )


def tombstones(digests: Digests, holding: Holding) -> frozenset[str]:
    """Return the digests by which it is known of whatever comes late that it is of somebody who was erased.

    An address that several people read is none of them: what others write from it goes on.

    Args:
        digests: How they are made.
        holding: What is held of the person.
    """
    ids = {digests.of("lead", lead_id) for lead_id in holding.lead_ids}
    events = {digests.of("event", row.source, row.event_id) for row in holding.events}
    shared = {digests.of("email", part.email) for part in holding.parts if part.email and is_shared_box(part.email)}
    visitors = {row.digest for row in holding.keys}
    return frozenset(ids | events | visitors | (holding.addresses(digests) - shared))


def _erased_before(work: Work, lead_id: str) -> Erased:
    """Return that a lead was erased already.

    Raises:
        UnknownLead: If it was not: there never was one.
    """
    rows = work.unit.get(ERASED, [(work.desk.digests.of("lead", lead_id),)])
    if not rows:
        raise UnknownLead([unknown(lead_id)])
    return Erased(lead_ids=(lead_id,), at=instant(rows[0].at), repeated=True)


def _leave_others(work: Work, holding: Holding) -> None:
    """Take a person out of the histories of leads that it was taken for, until that was undone."""
    own = frozenset(holding.lead_ids)
    facts = [fact_of(row) for row in holding.facts]
    named = {fact.other_id for fact in facts if isinstance(fact, Merged)}
    named |= {fact.into for fact in facts if isinstance(fact, Absorbed)}
    others = sorted(named - own)
    if not others:
        return
    work.unit.get(LEADS, [(lead_id,) for lead_id in others], lock=True)
    for row in work.unit.find(FACTS, equal={"lead_id": others}, order=("lead_id", "seq")):
        fact = fact_of(row)
        left = _without(fact, own)
        if left != fact:
            work.replace(FACTS, row, fact_row(left))


def _without(fact: Fact, own: frozenset[str]) -> Fact:
    """Return another lead's fact without what it says of somebody: as if it had been merged with nothing."""
    if isinstance(fact, Merged) and fact.other_id in own:
        other = evolve(fact.before, lead_id=_SOMEBODY)
        return evolve(fact, other_id=_SOMEBODY, other=other, state=fact.before)
    return evolve(fact, into=_SOMEBODY) if isinstance(fact, Absorbed) and fact.into in own else fact


class _Locking(Runner):
    """Carries out commands that ask no planner: it always locks first, so that nothing can change meanwhile."""

    def _outside(self, work: Callable[[Work], A], now: datetime) -> tuple[Work, A]:
        return self._inside(work, now)


def locking(runner: Runner) -> Runner:
    """Return what carries out commands that ask no planner: it locks what it reads, whatever the playbook.

    Args:
        runner: What carries out other commands.
    """
    return _Locking(store=runner.store, tenant=runner.tenant, desk=runner.desk, tries=runner.tries)
