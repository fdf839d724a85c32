"""The second, slow reading of a score, over a whole base: nothing of it comes from the library."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from leadqual.testing.reference import FIELDS
from tests.engines.make_cases import FOLDER
from tests.oracle.dedupe import content, key
from tests.oracle.scoring import score

Document = Mapping[str, Any]
_OWN = ("email", "phone", "company_id", "acquisition", "channel", "source", "zone", "language", "created_at", "since",
          "stage", "kind")  # fmt: skip


def documents() -> dict[str, Document]:
    """Return the playbook of each case as plain data, with what its objective replaces."""
    found = {}
    for path in sorted(FOLDER.glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["cases"]:
            found[case["name"]] = priced(case["playbook"], case.get("objective"))
    return found


def priced(document: Document, name: str | None) -> Document:
    """Return a document with the points, and the whole tables, that an objective replaces."""
    if name is None:
        return document
    objective = document["objectives"][name]
    based = dict(priced(document, objective.get("based_on")))
    fit, interest = dict(based.get("fit", {})), dict(based.get("interest", {}))
    for axis, parts, points in ((fit, "criteria", "criteria"), (interest, "rules", "rules")):
        changed = objective.get(points, {})
        axis[parts] = [
            {**part, "points": changed.get(part.get("name"), part["points"])} for part in axis.get(parts, [])
        ]
    for number, table in enumerate(fit.get("tables", [])):
        if table.get("name") in objective.get("bands", {}):
            new = objective["bands"][table["name"]]
            bands = [{**band, "points": points} for band, points in zip(table["bands"], new, strict=True)]
            fit["tables"] = [*fit["tables"][:number], {**table, "bands": bands}, *fit["tables"][number + 1 :]]
    whole = {name: objective[name] for name in ("combine", "qualify") if name in objective}
    return {**based, "fit": fit, "interest": interest, **whole}


def rows(document: Document, case: Any) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Return what the oracle says of each lead of a base, and what it counts."""
    several: dict[Any, list[dict[str, Any]]] = {}
    for event in map(_event, case.events):
        several.setdefault(key(event), []).append(event)
    agreed = {
        name: same[0] for name, same in several.items()
        if all(content(document, {"id": ""}, one) == content(document, {"id": ""}, same[0]) for one in same)
    }  # fmt: skip
    leads = {lead.id: _lead(lead) for lead in case.leads}
    counts = {
        "copies": sum(len(same) - _contents(document, same) for same in several.values()),
        "orphans": sum(event["lead_id"] not in leads for event in agreed.values()),
        "conflicts": len(several) - len(agreed),
    }
    return list(_scored(document, leads, list(agreed.values()), case.now)), counts


def _contents(document: Document, same: list[dict[str, Any]]) -> int:
    """Return how many contents the events of one id have."""
    found: list[Any] = []
    for event in same:
        if (one := content(document, {"id": ""}, event)) not in found:
            found.append(one)
    return len(found)


def _scored(document: Document, leads: Mapping[str, Any], events: list[Any], now: Any) -> Iterator[dict[str, Any]]:
    for name, lead in leads.items():
        found = score(document, lead, [event for event in events if event["lead_id"] == name], now)
        yield {"lead_id": name, **{field: found[field] for field in FIELDS}}


def _lead(lead: Any) -> dict[str, Any]:
    own = {name: getattr(lead, name) for name in _OWN}
    return {"id": lead.id, **own, "attributes": _values(lead.attributes)}


def _event(event: Any) -> dict[str, Any]:
    own = {name: getattr(event, name) for name in ("id", "lead_id", "kind", "by", "source", "at")}
    return {**own, "kind": _composed(event.kind), "properties": _values(event.properties)}


def _values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values whose lists hold no empty texts, which are none."""
    return {
        name: [text for text in value if text] if isinstance(value, list) else value for name, value in values.items()
    }


def _composed(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", text)
