"""The conformance set: small bases under playbooks of their own, with the scores that every engine has to give."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from math import isnan
from typing import Any, Final

from attrs import field, frozen

from leadqual.calendar import utc
from leadqual.canonical import canonical_json
from leadqual.event import Event
from leadqual.lead import BUILT_IN, Lead
from leadqual.playbook.load import loads
from leadqual.playbook.playbook import Playbook
from leadqual.scoring.model import ScoringModel

Values = Mapping[str, Any]
FOLDER: Final = "cases"
NOTHING: Final[Values] = {
    "grade": None, "level": None, "label": "", "qualifies": (), "stays": (), "gate": None, "gates": (),
}  # fmt: skip
"""What a row of a file does not say: no grade, no level, no bar, no gate."""
COUNTS: Final = ("copies", "orphans", "conflicts")
"""What is counted over a whole base: exact copies, events of unknown leads, ids that came with two contents."""


@frozen(kw_only=True)
class Case:
    """A small base, the playbook that it is scored under, and the scores that come out.

    Attributes:
        name: What it is called.
        shows: What an engine that gives these scores gets right.
        playbook: The playbook.
        objective: The objective whose model scores; ``None`` for the playbook's own.
        leads: The leads; one may come twice, alike.
        events: All events, also of unknown leads; copies and conflicts among them.
        now: The instant.
        rows: By lead, what is expected: points and percent in whole hundredths.
        counts: How many copies, orphans and conflicts there are.
    """

    name: str
    shows: str
    playbook: Playbook = field(repr=False)
    objective: str | None = None
    leads: tuple[Lead, ...] = field(repr=False)
    events: tuple[Event, ...] = field(repr=False)
    now: datetime
    rows: Mapping[str, Mapping[str, Any]] = field(repr=False, hash=False)
    counts: Mapping[str, int] = field(repr=False, hash=False)

    @property
    def model(self) -> ScoringModel:
        """The model that scores."""
        return self.playbook.model if self.objective is None else self.playbook.models[self.objective]


@cache
def conformance_cases() -> tuple[Case, ...]:
    """Return the conformance set that leadqual ships, in the order of its files.

    >>> len({case.name for case in conformance_cases()}) >= 40
    True
    """
    folder = files("leadqual.testing") / FOLDER
    named = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(".json"))
    written = [json.loads(entry.read_text(encoding="utf-8"), parse_float=Decimal) for _, entry in named]
    return tuple(read_case(case) for document in written for case in document["cases"])


def read_case(written: Values) -> Case:
    """Return a case from the plain data of a file, decimals read as such.

    Args:
        written: One member of ``cases``.
    """
    playbook = loads(canonical_json(written["playbook"]), format="json")
    model, expected = playbook.model, written["expected"]
    types = {name: part.type for name, part in model.attributes.items()}
    return Case(
        name=written["name"],
        shows=written["shows"],
        playbook=playbook,
        objective=written.get("objective"),
        leads=tuple(_lead(lead, types) for lead in written["leads"]),
        events=tuple(_event(event, model.properties) for event in written["events"]),
        now=utc(datetime.fromisoformat(written["now"])),
        rows={row["lead_id"]: {**NOTHING, **row} for row in expected["rows"]},
        counts={name: expected[name] for name in COUNTS},
    )


def _lead(written: Values, types: Mapping[str, str]) -> Lead:
    own = {name: _value(value, BUILT_IN.get(name, "text")) for name, value in written.items() if name != "attributes"}
    if "since" in own:
        own["since"] = datetime.fromisoformat(own["since"])
    return Lead(**own, attributes=dict(_values(written.get("attributes", {}), types)))


def _event(written: Values, types: Mapping[str, str]) -> Event:
    own = {name: value for name, value in written.items() if name not in ("at", "properties")}
    properties = dict(_values(written.get("properties", {}), types))
    return Event(**own, at=datetime.fromisoformat(written["at"]), properties=properties)


def _values(written: Values, types: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    yield from ((name, _value(value, types.get(name, "text"))) for name, value in written.items())


def _value(written: Any, type_name: str) -> Any:
    """Return a value as users hand it in; JSON has no instants and dates, no NaN, and Decimals are no doubles."""
    if written is None:
        return None
    if type_name == "number":
        return float(written)
    if type_name == "instant":
        return datetime.fromisoformat(written)
    return date.fromisoformat(written) if type_name == "date" else written


def write_value(value: object) -> object:
    """Return what `read_case` reads as this value.

    >>> import math
    >>> write_value(math.nan), write_value(date(2026, 1, 31))
    ('NaN', '2026-01-31')
    """
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and isnan(value):
        return "NaN"
    if isinstance(value, Mapping):
        return {key: write_value(part) for key, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [write_value(part) for part in value]
    return value
