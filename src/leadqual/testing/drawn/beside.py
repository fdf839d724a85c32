"""What a drawn playbook holds beside its model: objectives, examples, labels, and how files are written."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from leadqual.testing.drawn.choose import Draw, few, often, pick, seldom
from leadqual.testing.drawn.joints import combine, labels_of, qualify
from leadqual.testing.drawn.vocabulary import KINDS, POINTS, POINTS_TO_WEIGH

_GOALS: Final = ("loans", "cards", "brand")
_FORMATS: Final[tuple[dict[str, Any], ...]] = (
    {"zone": "Europe/Madrid", "dates": "dd/mm/yyyy", "missing": ["-", "Select"], "bare_dates": "noon"},
    {"unit": "ms", "decimal": ",", "delimiter": ";", "encoding": "cp1252"},
)
_EXPECTED: Final[tuple[tuple[str, tuple[Any, ...]], ...]] = (
    ("label", ("A1", "-4")),
    ("grade", ("A", "-")),
    ("level", (1, 9)),
    ("fit", (0, 25)),
    ("interest", (0, Decimal("2.5"))),
    ("total", (0, -1)),
    ("qualifies", ([], ["mql"])),
    ("stays", ([], ["mql", "sql"])),
    ("gate", ("spam",)),
)


def objectives(draw: Draw, document: Mapping[str, Any]) -> dict[str, Any]:
    """Draw objectives that a document may have; each may be based on one before it or after it, but not in a circle."""
    names = few(draw, _GOALS, 0, 3)
    found = {name: _objective(draw, document) for name in names}
    for i, name in enumerate(names[1:], start=1):
        if often(draw):
            found[name]["based_on"] = pick(draw, names[:i])
    return dict(reversed(found.items())) if often(draw) else found


def _objective(draw: Draw, document: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"criteria": {}, "bands": {}, "rules": {}}
    for part in document["fit"]["criteria"]:
        if "name" in part and "missing" not in part and often(draw):
            found["criteria"][part["name"]] = pick(draw, POINTS)
    for part in document["fit"]["tables"]:
        if "name" in part and "bands" in part and "missing" not in part and often(draw):
            found["bands"][part["name"]] = [pick(draw, POINTS) for _ in part["bands"]]
    for part in document["interest"]["rules"]:
        if "name" in part and often(draw):
            found["rules"][part["name"]] = pick(draw, POINTS_TO_WEIGH if "weights" in part else POINTS)
    if seldom(draw):
        found["combine"] = combine(draw, labels_of(document))
    if seldom(draw):
        found["qualify"] = qualify(draw, document)
    return found


def examples(draw: Draw, document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Draw examples, whether they hold or not."""
    return [_example(draw, f"example {i}", list(document["objectives"])) for i in range(pick(draw, (0, 0, 1, 2)))]


def _example(draw: Draw, name: str, goals: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"name": name, "expect": {key: pick(draw, of) for key, of in few(draw, _EXPECTED, 1, 3)}}
    lead = {"job_title": "CTO", "employees": 50, "founded": "2024-02-29", "email": "a@rival.example", "topics": ["IT"]}
    found["lead"] = {key: lead[key] for key in few(draw, list(lead), 0, 3)}
    found["events"] = [_event(draw) for _ in range(pick(draw, (0, 1, 2)))]
    if seldom(draw):
        found["day"] = pick(draw, (7, 0, 365))
    if seldom(draw):
        found["start"] = "2024-02-29"
    if goals and seldom(draw):
        found["objective"] = pick(draw, goals)
    return found


def _event(draw: Draw) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": pick(draw, KINDS), "day": pick(draw, (0, 1, 30))}
    if seldom(draw):
        found |= {"times": 2, "by": "us"}
    if seldom(draw):
        found["properties"] = {"asset": "guide", "minutes": 5, "slot": "2026-01-05T09:00:00Z"}
    return found


def labels(draw: Draw) -> dict[str, Any]:
    """Draw how people call things."""
    words = {"en": {"job_title": "position", "download": "a download"}, "es": {"job_title": "cargo", "IT": "sistemas"}}
    return {language: words[language] for language in few(draw, list(words), 0, 2)}


def files(draw: Draw) -> dict[str, Any]:
    """Draw how the files are written."""
    found: dict[str, Any] = {}
    if seldom(draw):
        found["columns"] = {"leads": {"lead_id": "Id", "job_title": "Job Title"}, "events": {"at": "When"}}
    if seldom(draw):
        found["files"] = {name: pick(draw, _FORMATS) for name in few(draw, ("leads", "events"), 1, 2)}
    return found
