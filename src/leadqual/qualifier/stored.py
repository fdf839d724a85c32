"""A record as text and back, for hosts that keep records beside facts, which can always make them anew."""

import json
from datetime import datetime
from typing import Any, Final

from leadqual.errors import HistoryError, LeadError, Problem, kind_of
from leadqual.event import Event
from leadqual.interest.tally import Tally
from leadqual.lead import Lead
from leadqual.lifecycle.state import LeadState
from leadqual.lifecycle.storedlists import read_list
from leadqual.lifecycle.storedparts import INSTANT, optional, read_word, refusal
from leadqual.lifecycle.storedshapes import read_table, shape_of, write_table
from leadqual.lifecycle.storedvalues import PROPERTIES
from leadqual.qualifier.memory import Memory
from leadqual.qualifier.record import Record, Traces
from leadqual.qualifier.storedtally import tally_from_plain, tally_to_plain
from leadqual.scoring.model import ScoringModel

SCHEMA: Final = 1
"""The newest schema of records that this release reads, and the one that it writes."""
_TEXTS: Final = (
    "kind",
    "email",
    "phone",
    "company_id",
    "acquisition",
    "channel",
    "source",
    "zone",
    "language",
    "stage",
)
_STATE: Final = shape_of(LeadState)
_EVENT: Final = shape_of(Event)
_TRACES: Final = shape_of(Traces)
_MEMORY: Final = shape_of(Memory)
_AT: Final = optional(INSTANT)
_NEEDED: Final = frozenset({"schema", "model", "lead", "state", "tally", "as_of"})
_KEYS: Final = _NEEDED | {"traces", "pending", "stale", "memory"}
_TOGETHER: Final = "lead, state, instant and events that belong together were expected"
_HINT: Final = "Make it anew from facts and events with Qualifier.restore."


def record_to_json(record: Record) -> str:
    """Return a record as JSON text; see `Record.to_json`."""
    table: dict[str, Any] = {
        "schema": SCHEMA,
        "model": record.model.fingerprint,
        "lead": _lead_to_plain(record.lead),
        "state": write_table(record.state, _STATE),
        "tally": tally_to_plain(record.tally.state),
        "traces": write_table(record.traces, _TRACES),
        "as_of": INSTANT.write(record.as_of),
        "pending": [write_table(event, _EVENT) for event in record.pending],
        "stale": record.stale,
        "memory": write_table(record.memory, _MEMORY),
    }
    kept = {key: part for key, part in table.items() if part not in ({}, [], False) or key in _NEEDED}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def record_from_json(text: str, model: ScoringModel) -> Record:
    """Return a record from JSON text; see `Qualifier.load`."""
    data = _checked(text)
    if data["model"] != model.fingerprint:
        raise refusal("the record belongs to another model", data["model"], f"{_HINT} Then refold it.", "model")
    state, lead, as_of = _lead_of(data)
    tally = Tally(model.plans.interest, model, state.since, tally_from_plain(data["tally"], model.plans.interest))
    pending = read_list(data.get("pending", []), lambda part: read_table(part, _EVENT))
    own = {lead.id, *lead.merged_ids}
    if any(event.lead_id not in own or event.at <= as_of for event in pending):
        raise refusal(_TOGETHER, data, _HINT)
    return Record(
        model,
        model.profile(lead),
        state,
        tally,
        read_table(data.get("traces", {}), _TRACES),
        as_of,
        tuple(pending),
        data.get("stale", False) is True,
        read_table(data.get("memory", {}), _MEMORY),
    )


def unfolded_from_json(text: str, model: ScoringModel) -> Record:
    """Return a record of a model from JSON text of any other: stale, without any event, until it is folded anew.

    Args:
        text: What `Record.to_json` made, whichever the model.
        model: How the lead is scored from now on.

    Raises:
        HistoryError: If it is no such text, or of a newer schema.
        LeadError: If an attribute is of another type than the model declares.
    """
    state, lead, as_of = _lead_of(_checked(text))
    return Record(model, model.profile(lead), state, model.tally(lead=lead), Traces(), as_of, (), stale=True)


def profile_text(lead: Lead) -> str:
    """Return all that a profile says of a lead as one text: equal for two that say the same.

    Args:
        lead: The lead; what its state says, such as ``since``, is no part of it.
    """
    return json.dumps({**_lead_to_plain(lead), "merged_ids": [], "stage": None}, sort_keys=True)


def _checked(text: str) -> dict[str, Any]:
    """Return what the text of a record says.

    Raises:
        HistoryError: If it is none, or of a newer schema.
    """
    try:
        data = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        raise refusal("the text of a record was expected", text, _HINT) from None
    if not isinstance(data, dict) or not _NEEDED <= data.keys() <= _KEYS:
        raise refusal("a stored record was expected", data, _HINT)
    if data["schema"] != SCHEMA:
        hint = "Upgrade leadqual to read it; nothing was read."
        raise HistoryError(
            [
                Problem(
                    where="schema",
                    what="this release knows schema 1",
                    got=data["schema"] if type(data["schema"]) is int else kind_of(data["schema"]),
                    hint=hint,
                )
            ]
        )
    return data


def _lead_of(data: dict[str, Any]) -> tuple[LeadState, Lead, datetime]:
    """Return where a lead stands, its profile, and up to when that is decided.

    Raises:
        HistoryError: If they are none, or do not belong together.
    """
    state = read_table(data["state"], _STATE)
    lead = _lead_from_plain(data["lead"], state)
    as_of = INSTANT.read(data["as_of"])
    if lead.id != state.lead_id or as_of < state.known_at:
        raise refusal(_TOGETHER, data, _HINT)
    return state, lead, as_of


def _lead_to_plain(lead: Lead) -> dict[str, Any]:
    texts = (
        lead.kind, lead.email, lead.phone, lead.company_id, lead.acquisition, lead.channel, lead.source, lead.zone,
        lead.language, lead.stage,
    )  # fmt: skip
    table: dict[str, Any] = {"id": lead.id, **dict(zip(_TEXTS, texts, strict=True))}
    table["created_at"] = _AT.write(lead.created_at)
    table["merged_ids"] = list(lead.merged_ids)
    table["attributes"] = PROPERTIES.write(lead.attributes)
    return {key: part for key, part in table.items() if part not in (None, [], {})}


def _lead_from_plain(data: Any, state: LeadState) -> Lead:
    """Return a profile; its ``since`` is the state's.

    Raises:
        HistoryError: If it is none; what is wrong with it is said without its values.
    """
    keys = {"id", "created_at", "merged_ids", "attributes", *_TEXTS}
    if not isinstance(data, dict) or not {"id"} <= data.keys() <= keys:
        raise refusal("a stored lead was expected", data, _HINT, "lead")
    more = dict(data)
    more["created_at"] = _AT.read(data.get("created_at"))
    more["merged_ids"] = tuple(read_list(data.get("merged_ids", []), read_word))
    more["attributes"] = PROPERTIES.read(data.get("attributes", {}))
    try:
        return Lead(**more, since=state.since)
    except LeadError as error:
        raise HistoryError(error.problems) from None
