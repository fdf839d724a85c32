"""What playbooks of the past say: their fingerprints and exact scores.

The playbooks stand in one folder for each schema, beside a `golden.json` with what they said when they were put there.
Neither is ever changed. Before the first release, ``PYTHONPATH=src python -m tests.playbook.past.golden`` from the root
writes the golden files anew, if a fingerprint has to change.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.playbook import Playbook, load_playbook
from leadqual.scoring import Score

PAST: Final = Path(__file__).resolve().parent
ABOUT: Final = "What these playbooks said when schema 1 was the newest, and say for ever. Do not change it."
_EXACT: Final = ("fit", "interest", "total", "fit_low", "fit_high", "completeness")
_PLAIN: Final = (
    "grade", "level", "label", "gate", "interactions", "active_days", "days_since_activity", "days_since_contact",
)  # fmt: skip


def playbooks() -> list[Path]:
    """Return the playbooks of the past, of every schema."""
    return sorted(path for path in PAST.glob("schema-*/*") if path.name != "golden.json")


def said(path: Path) -> dict[str, Any]:
    """Return what a playbook says today."""
    playbook = load_playbook(path)
    base = json.loads((PAST / "base.json").read_text(encoding="utf-8")).get(f"{path.stem}.toml")
    return {
        "fingerprint": playbook.fingerprint,
        "model": playbook.model.fingerprint,
        "objectives": {name: model.fingerprint for name, model in playbook.models.items()},
        "scores": _scores(playbook, base),
    }


def golden(path: Path) -> dict[str, Any]:
    """Return what a playbook said when it was put there."""
    found: dict[str, Any] = json.loads((path.parent / "golden.json").read_text(encoding="utf-8"))
    return dict(found["playbooks"][path.name])


def _scores(playbook: Playbook, base: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the score of every lead at every instant under every objective."""
    scores: dict[str, dict[str, Any]] = {}
    for written in base["leads"]:
        lead = Lead(**_lead(written, playbook))
        ids = {lead.id, *lead.merged_ids}
        events = [Event(**_event(event, playbook)) for event in base["events"] if event["lead_id"] in ids]
        for now in base["now"]:
            for objective in (None, *playbook.objectives):
                name = " ".join((lead.id, now, *([objective] if objective else [])))
                score = playbook.model_for(objective).score(lead, events, now=datetime.fromisoformat(now))
                scores[name] = _figures(score)
    return scores


def _typed(values: dict[str, Any], types: dict[str, str]) -> dict[str, Any]:
    readers = {"date": date.fromisoformat, "instant": datetime.fromisoformat}
    return {name: readers.get(types[name], lambda value: value)(value) for name, value in values.items()}


def _lead(written: dict[str, Any], playbook: Playbook) -> dict[str, Any]:
    types = {name: attribute.type for name, attribute in playbook.model.attributes.items()}
    lead = {**written, "attributes": _typed(written["attributes"], types)}
    return {**lead, "since": datetime.fromisoformat(lead["since"])} if "since" in lead else lead


def _event(written: dict[str, Any], playbook: Playbook) -> dict[str, Any]:
    known = {"asset": "text", "email_id": "text", **playbook.model.properties}
    return {**written, "at": datetime.fromisoformat(written["at"]), "properties": _typed(written["properties"], known)}


def _figures(score: Score) -> dict[str, Any]:
    exact = {name: str(getattr(score, name)) for name in _EXACT}
    sets = {"qualifies": sorted(score.qualifies), "stays": sorted(score.stays), "kinds": sorted(score.kinds)}
    groups = {name: str(subtotal) for name, subtotal in sorted(score.groups.items())}
    return {**exact, **{name: getattr(score, name) for name in _PLAIN}, **sets, "groups": groups}


def written(found: dict[str, dict[str, Any]]) -> str:
    """Return a golden file: one line a score, so that people can read what changed."""
    parts = []
    for name, told in found.items():
        scores = ",\n".join(f"   {_line(where)}: {_line(score)}" for where, score in told["scores"].items())
        own = "".join(f"  {_line(key)}: {_line(part)},\n" for key, part in told.items() if key != "scores")
        parts.append(f' {_line(name)}: {{\n{own}  "scores": {{\n{scores}\n  }}\n }}')
    return f'{{\n"about": {_line(ABOUT)},\n"playbooks": {{\n' + ",\n".join(parts) + "\n}\n}\n"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    """Write the golden files anew."""
    for folder in sorted(PAST.glob("schema-*")):
        found = {path.name: said(path) for path in playbooks() if path.parent == folder}
        (folder / "golden.json").write_text(written(found), encoding="utf-8")


if __name__ == "__main__":
    main()
