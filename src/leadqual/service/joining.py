"""Two leads turn out to be one, or one to be two."""

from attrs import evolve

from leadqual.errors import InputRefused, Kind, Problem, shown
from leadqual.lead import Lead
from leadqual.lifecycle.evolve import evolve as evolved
from leadqual.lifecycle.facts import Merged
from leadqual.service.answers import Decision
from leadqual.service.bodies import fact_of
from leadqual.service.held import Held
from leadqual.service.recording import decision_of
from leadqual.service.tables import FACTS, LEADS
from leadqual.service.work import Work


def merge(work: Work, lead_id: str, other_id: str, *, confirmed: bool) -> Decision:
    """Let one lead go on for two; see `QualificationService.merge`."""
    work.look([lead_id, other_id])
    one, other = work.need(lead_id), work.need(other_id)
    events = [] if one is other else work.events_of((*one.ids, *other.ids))
    now = max(work.when(one), work.when(other))
    outcome = work.desk.qualifier.merge(one.record, other.record, events, now=now, confirmed=confirmed)
    state = other.record.state
    for fact in outcome.facts:
        if fact.lead_id == state.lead_id:
            state = evolved(state, fact)
    other.record = evolve(other.record, state=state, as_of=now)
    work.take(one, outcome)
    return decision_of(one)


def unmerge(work: Work, lead_id: str, other_id: str, *, leads: tuple[Lead, Lead] | None) -> tuple[Decision, Decision]:
    """Let two leads go on for one; see `QualificationService.unmerge`."""
    one = work.need(lead_id)
    merged = _merge_of(work, one, other_id)
    row = work.unit.get(LEADS, [(other_id,)], lock=work.lock)[0]
    other = Held(row, work.desk.records.read(row))
    own = set(one.ids) - set(other.ids)
    first = evolve(one.record.lead, merged_ids=tuple(name for name in one.ids[1:] if name in own))
    events = work.events_of(one.ids)
    outcomes = work.desk.qualifier.unmerge(
        one.record, merged, leads or (first, other.record.lead), events=events, now=work.when(one)
    )
    work.hold(other)
    for held, outcome in zip((one, other), outcomes, strict=True):
        work.take(held, outcome)
    return decision_of(one), decision_of(other)


def _merge_of(work: Work, held: Held, other_id: str) -> Merged:
    """Return the fact by which a lead went into another one.

    Raises:
        InputRefused: If there is none that was not undone.
    """
    found: Merged | None = None
    for row in work.unit.find(FACTS, equal={"lead_id": held.lead_id}, order=("seq",)):
        fact = fact_of(row)
        if isinstance(fact, Merged) and fact.other_id == other_id:
            found = fact
    if found is not None and other_id in held.record.lead.merged_ids:
        return found
    where, hint = f"lead {shown(held.lead_id)}", "Name the lead that goes on, then the one that has gone into it."
    what = f"lead {shown(other_id)} has not gone into it"
    raise InputRefused([Problem(where=where, what=what, got=Kind("no merge of the two"), hint=hint)])
