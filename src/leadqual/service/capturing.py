"""A form or a scan comes in: whose it is, what it tells of the lead, and what was done before anybody knew."""

from collections.abc import Collection, Mapping
from typing import Final

from attrs import evolve

from leadqual.errors import EventConflict
from leadqual.event import Event
from leadqual.interest.dedupe import dedupe
from leadqual.lead import Lead
from leadqual.lifecycle.inputs import ProfileChange
from leadqual.qualifier.boxes import is_shared_box
from leadqual.service.answers import Captured
from leadqual.service.bodies import event_of
from leadqual.service.clock import micros
from leadqual.service.forms import Form
from leadqual.service.holdings import nobody
from leadqual.service.recording import decision_of, erased_leads
from leadqual.service.rows import EventRow, KeyRow
from leadqual.service.sparing import spare
from leadqual.service.tables import ERASED, EVENTS, KEYS
from leadqual.service.work import Work

Minimum = Mapping[str, Collection[str]]
"""By channel, the facts of which one is enough to make a lead of a form; ``"*"`` for all other channels."""
LEAST: Final[Minimum] = {"*": ("lead_id", "email", "phone")}
"""Anything by which somebody can be known again makes a lead."""
_NEW: Final = "lead"


def capture(work: Work, form: Form, *, minimum: Minimum) -> Captured:
    """Take in a form; see `QualificationService.capture`."""
    stored = work.unit.get(EVENTS, [(form.source, form.id)])
    if stored:
        return _known(work, form, stored[0])
    if _is_erased(work, form):
        return Captured(lead_id=None, erased=True)
    if form.lead_id is not None and erased_leads(work, [form.lead_id]):
        form = evolve(form, lead_id=None)  # an id that was erased is never opened again
    persons = _persons(work, form)
    held = work.look(persons[:1]).get(persons[0]) if persons else None
    if held is None and not _is_enough(form, minimum):
        work.keep(form.event(_nobody(work, form)))
        return Captured(lead_id=None)
    is_new = held is None
    if held is None:
        lead = _lead_of(form, form.lead_id or f"{_NEW}-{work.desk.digests.of('lead', form.source, form.id)[:20]}")
        held = work.open(lead, _history(work, form, lead.id))
    else:
        for event in _history(work, form, held.lead_id):
            work.handle(held, event)
        lead = _filled_in(held.record.lead, form)
        if lead != held.record.lead:
            work.handle(held, ProfileChange(lead))
    if held.readdressed:
        spare(work, held)
    for consent in form.consents:
        work.handle(held, consent)
    event = form.event(held.lead_id)
    work.handle(held, event)
    work.keep(event)
    if form.visitor:
        digest = work.desk.digests.of("visitor", form.visitor)
        work.put(KEYS, KeyRow(digest=digest, kind="visitor", lead_id=held.lead_id))
    others = tuple(lead_id for lead_id in persons if lead_id != held.lead_id)
    return Captured(lead_id=held.lead_id, new=is_new, others=others, decision=decision_of(held))


def _known(work: Work, form: Form, row: EventRow) -> Captured:
    """Return what came of a form that came before.

    Raises:
        EventConflict: If it came with other content.
    """
    found = dedupe([event_of(row), form.event(row.lead_id)], work.desk.qualifier.model.properties)
    if found.conflicts:
        raise EventConflict(conflict.problem() for conflict in found.conflicts)
    held = work.look([row.lead_id]).get(row.lead_id)
    return Captured(lead_id=None if held is None else held.lead_id, known=True)


def _is_erased(work: Work, form: Form) -> bool:
    """Tell whether a form is older than the erasure of whoever filled it in; a newer one is a new beginning."""
    of = work.desk.digests.of
    digests = [of("event", form.source, form.id)]
    digests += [of("lead", form.lead_id)] if form.lead_id else []
    digests += [of("email", form.email)] if form.email else []
    digests += [of("phone", form.phone)] if form.phone else []
    digests += [of("visitor", form.visitor)] if form.visitor else []
    at = micros(form.at)
    return any(row.at >= at for row in work.unit.get(ERASED, [(digest,) for digest in sorted(digests)]))


def _persons(work: Work, form: Form) -> list[str]:
    """Return the leads that it may be, the surest first: by id, address, number, visitor."""
    of = work.desk.digests.of
    digests = []
    if form.email and not is_shared_box(form.email):
        digests.append(of("email", form.email))
    if form.phone:
        digests.append(of("phone", form.phone))
    if form.visitor:
        digests.append(of("visitor", form.visitor))
    rows = {row.digest: row.lead_id for row in work.unit.get(KEYS, [(digest,) for digest in sorted(digests)])}
    asked = [] if form.lead_id is None else [form.lead_id]
    found = work.look([*asked, *(rows[digest] for digest in digests if digest in rows)])
    if form.lead_id is not None and form.lead_id not in found:
        return []  # the host says that it is somebody new
    return list(dict.fromkeys(held.lead_id for held in found.values()))


def _is_enough(form: Form, minimum: Minimum) -> bool:
    """Tell whether enough is known to make a lead of a form."""
    own = {"lead_id": form.lead_id, "email": form.email, "phone": form.phone, "company_id": form.company_id}
    given = {name for name, word in {**form.attributes, **own}.items() if word not in (None, "")}
    wanted = minimum.get(form.channel or "*", minimum.get("*", LEAST["*"]))
    return not given.isdisjoint(wanted)


def _nobody(work: Work, form: Form) -> str:
    """Return under which id the history of somebody unknown is kept: one for each visitor, else one for each form."""
    of = work.desk.digests.of
    digest = of("visitor", form.visitor) if form.visitor else of("event", form.source, form.id)
    return nobody(digest)


def _history(work: Work, form: Form, lead_id: str) -> list[Event]:
    """Return what a visitor did before anybody knew whose it was, as events of the lead from now on."""
    if not form.visitor:
        return []
    nobody = _nobody(work, form)
    rows = work.unit.find(EVENTS, equal={"lead_id": nobody}, order=("at",))
    events = [evolve(event_of(row), lead_id=lead_id) for row in rows]
    if events:
        work.remove(EVENTS, lead_id=nobody)
    for event in events:
        work.keep(event)
    return events


def _lead_of(form: Form, lead_id: str) -> Lead:
    """Return the lead that a form makes."""
    return Lead(
        id=lead_id,
        email=form.email or None,
        phone=form.phone or None,
        company_id=form.company_id or None,
        acquisition=form.acquisition,
        channel=form.channel or None,
        source=form.campaign or None,
        zone=form.zone or None,
        language=form.language or None,
        created_at=form.at,
        attributes=_answers(form),
    )


def _filled_in(lead: Lead, form: Form) -> Lead:
    """Return a lead with what a form answers; its address, number and origin stay what they are once they are known."""
    return evolve(
        lead,
        email=lead.email or form.email or None,
        phone=lead.phone or form.phone or None,
        company_id=lead.company_id or form.company_id or None,
        zone=form.zone or lead.zone,
        language=form.language or lead.language,
        attributes={**lead.attributes, **_answers(form)},
    )


def _answers(form: Form) -> dict[str, object]:
    """Return what was answered; what was left empty is not."""
    return {name: value for name, value in form.attributes.items() if value not in (None, "")}
