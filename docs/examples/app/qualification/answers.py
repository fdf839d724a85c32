"""What each address does: reads what came, asks the service, and answers with data."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from leadqual import ConsentChange
from leadqual.errors import Kind, Problem, UnknownLead, kind_of
from leadqual.service import Decision
from qualification.desk import Desk
from qualification.reading import consent_of, events_of, form_of, read_fields, read_json, refuse, verdict_of
from qualification.words import lead_data

Answer = tuple[HTTPStatus, Mapping[str, Any]]


def form(desk: Desk, kind: str, body: bytes, _rest: str) -> Answer:
    """Take in a form: 201 if it is new, 200 if it came before, 202 if nobody knows yet whose it is."""
    data = read_json(body) if kind == "application/json" else read_fields(body)
    types = {name: one.type for name, one in desk.service.qualifier.playbook.model.attributes.items()}
    came = desk.service.capture(form_of(data, types), now=desk.now())
    status = HTTPStatus.ACCEPTED if came.lead_id is None else HTTPStatus.OK if came.known else HTTPStatus.CREATED
    stage = None if came.decision is None else came.decision.stage
    return status, {
        "lead_id": came.lead_id,
        "new": came.new,
        "known": came.known,
        "stage": stage,
        "others": list(came.others),
    }


def events(desk: Desk, _kind: str, body: bytes, _rest: str) -> Answer:
    """Take in a batch of events, all of them or none: the same batch may come again."""
    came = desk.service.record(events_of(read_json(body)), now=desk.now())
    stages = {one.lead_id: one.stage for one in came.decisions}
    return HTTPStatus.OK, {"new": came.new, "known": came.known, "stages": stages}


def verdict(desk: Desk, _kind: str, body: bytes, _rest: str) -> Answer:
    """Take in what sales says of a lead; one with an id may come again."""
    lead_id, said, command_id = verdict_of(read_json(body))
    return HTTPStatus.OK, _told(desk.service.verdict(lead_id, said, now=desk.now(), command_id=command_id))


def consent(desk: Desk, _kind: str, body: bytes, _rest: str) -> Answer:
    """Take in what a lead agreed to or withdrew; one with an id may come again."""
    data = read_json(body)
    if not isinstance(data, dict):
        refuse("", "a table was expected", kind_of(data), 'Send {"lead_id": …, "channel": …}.')
    rest = {name: value for name, value in data.items() if name not in ("lead_id", "id")}
    lead_id, command_id = data.get("lead_id"), data.get("id")
    if not isinstance(lead_id, str):
        refuse("lead_id", "this is missing", kind_of(lead_id), "Send the id of the lead.")
    said = desk.service.consent(lead_id, consent_of(rest), now=desk.now(), command_id=command_id)
    return HTTPStatus.OK, _told(said)


def unsubscribe(desk: Desk, _kind: str, _body: bytes, rest: str) -> Answer:
    """Take somebody off every mailing list, by the link in a mail; whoever is gone needs nothing more."""
    lead_id = desk.lead_of(rest)
    if lead_id is None:
        raise UnknownLead([Problem(where="", what="this link is none of ours", got=Kind("a link"), hint="")])
    change = ConsentChange(channel="email", purpose="*", given=False, source="link")
    try:
        desk.service.consent(lead_id, change, now=desk.now())
    except UnknownLead:
        return HTTPStatus.OK, {}
    return HTTPStatus.OK, {}


def lead(desk: Desk, lead_id: str) -> Mapping[str, Any]:
    """Return where a lead stands, and why."""
    return lead_data(desk.service.record_of(lead_id), desk)


def standing(desk: Desk) -> Mapping[str, Any]:
    """Return how many leads stand where, and what is still to go out."""
    found = desk.service.standing()
    return {"stages": found.stages, "waiting": found.waiting, "claimed": found.claimed, "given_up": found.dead}


def _told(decision: Decision) -> dict[str, Any]:
    return {"lead_id": decision.lead_id, "stage": decision.stage, "repeated": decision.repeated}
