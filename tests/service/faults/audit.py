"""Whether anything was lost: a store and what was sent, compared with what was acknowledged and what follows purely."""

import json
from collections import Counter
from pathlib import Path
from typing import Any, Final

from leadqual import Qualifier
from leadqual.service.bodies import event_of, fact_of
from leadqual.service.rows import EffectRow
from leadqual.service.store import Store

from .pure import Kept, bodies, events_by_lead, follows, kept

_EXAMPLES: Final = 5


class Flaws:
    """What is wrong, by kind."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, None]] = {}

    def add(self, kind: str, example: object) -> None:
        """Keep one more, which counts once however often it is seen."""
        self.found.setdefault(kind, {})[f"{example}"] = None

    def plain(self) -> dict[str, Any]:
        """Return them as plain data."""
        return {name: {"count": len(ones), "such as": [*ones][:_EXAMPLES]} for name, ones in self.found.items()}


class Auditor:
    """Looks a store through after every fault; what has not changed since the last time is not worked out again.

    Args:
        qualifier: What decides.
    """

    def __init__(self, qualifier: Qualifier) -> None:
        self.flaws = Flaws()
        self.qualifier = qualifier
        self.expected: dict[str, set[str]] = {}
        self._seen: dict[str, tuple[Any, ...]] = {}

    @property
    def keys(self) -> set[str]:
        """The keys of all effects that follow from what is stored."""
        return set().union(*self.expected.values())

    def audit(self, store: Store) -> Kept:
        """Compare everything in a store with what follows from its events."""
        there = kept(store)
        events = events_by_lead(there)
        for lead_id, row in there.leads.items():
            own = there.facts.get(lead_id, [])
            if self._seen.get(lead_id) != (row, own, events.get(lead_id)):
                self._lead(row, events.get(lead_id, []), own)
                self._seen[lead_id] = (row, own, events.get(lead_id))
        for lead_id in sorted(self.expected.keys() | there.facts.keys() | events.keys()):
            if lead_id not in there.leads:
                self.flaws.add("lead lost", lead_id)
        for key in self.keys - there.effects.keys():
            self.flaws.add("effect without its row", key)
        for key in there.effects.keys() - self.keys:
            self.flaws.add("row of an effect that does not follow", key)
        return there

    def _lead(self, row: Any, event_rows: list[Any], fact_rows: list[Any]) -> None:
        record = self.qualifier.load(row.record)
        facts = [fact_of(one) for one in fact_rows]
        events = [event_of(one) for one in event_rows]
        pure = follows(self.qualifier, record.lead, event_rows, fact_rows)
        self.expected[row.lead_id] = {effect.key for effect in pure.effects}
        if [one.seq for one in fact_rows] != list(range(1, len(fact_rows) + 1)):
            self.flaws.add("gap between facts", row.lead_id)
        elif self.qualifier.replay(facts) != record.state:
            self.flaws.add("state other than that of the facts", row.lead_id)
        elif self.qualifier.restore(record.lead, facts, events, now=record.as_of) != record:
            self.flaws.add("record other than the restored one", row.lead_id)
        if bodies(pure.facts) != [one.body for one in fact_rows]:
            self.flaws.add("facts other than those that follow", row.lead_id)


def audit_acknowledged(flaws: Flaws, there: Kept, acknowledged: Path, ids: Any) -> int:
    """See that everything that was acknowledged is there; return how much that was."""
    numbers = [int(line.split()[0]) for line in lines(acknowledged) if line.endswith("taken")]
    tables = {"events": there.events.keys(), "commands": there.commands}
    for number in numbers:
        for table, name in ids(number):
            if name not in tables[table]:
                flaws.add("acknowledged, but lost", f"{table} {name}")
    return len(numbers)


def audit_sent(flaws: Flaws, there: Kept, expected: set[str], sink: Path, *, drained: bool = False) -> Counter[str]:
    """See that nothing that follows was lost on its way out, and that what was sent twice had one key; count it."""
    sent = [json.loads(line) for line in lines(sink)]
    keys = Counter(one["key"] for one in sent)
    named: dict[str, set[str]] = {}
    for one in sent:
        named.setdefault(one["what"], set()).add(one["key"])
    for what, names in named.items():
        if len(names) > 1:
            flaws.add("sent again under another key", what)
        if names - expected and not names & expected:
            flaws.add("sent under a key that nobody else works out", what)
    for key in expected:
        row = there.effects.get(key)
        if key not in keys and (row is None or row.state == "done"):
            flaws.add("effect lost", key)
        elif drained and key not in keys and row is not None and row.state != "withdrawn":
            flaws.add("effect never carried out", f"{key} is {row.state}")
    return keys


def lines(path: Path) -> list[str]:
    """Return the lines of a file, which may not be there yet; one that was not written to its end does not count."""
    text = path.read_text("utf-8") if path.exists() else ""
    return text[: text.rfind("\n") + 1].splitlines()


def line_of(row: EffectRow | Any, key: str) -> bytes:
    """Return what is written when an effect is carried out."""
    return json.dumps({"key": key, "what": row.key}).encode() + b"\n"
