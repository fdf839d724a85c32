"""Values of the Python interface: arguments of Lead and Event, and what a score is asked with.

python -m tests.fuzz.values --examples 100000 --seed 7
"""

import sys
from typing import Any

from hypothesis import strategies as st

from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.playbook import loads
from tests.fuzz.runner import fuzz, options
from tests.hostile.full import FULL
from tests.properties.junk import JUNK
from tests.properties.vocabulary import NOWS
from tests.properties.written import as_json

MODEL = loads(as_json(FULL), format="json").model
NOW = NOWS[0]
_LEAD = ("id", "kind", "email", "phone", "company_id", "acquisition", "channel", "source", "zone", "language",
         "created_at", "since", "stage", "merged_ids", "attributes")  # fmt: skip
_EVENT = ("id", "lead_id", "kind", "at", "properties", "by", "source")
_KINDS = st.sampled_from(("download", "view", "open", "click", "demo"))


def _some(names: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(sorted(names)), JUNK, max_size=3)


_ATTRIBUTES, _PROPERTIES = _some([*FULL["attributes"], "other"]), _some([*FULL["properties"], "other"])
_EVENTS = st.lists(st.tuples(_KINDS, _PROPERTIES, _some(_EVENT) | st.just({}), st.integers(0, 3)), max_size=4)
STRATEGY = st.tuples(_some(_LEAD) | st.just({}), _ATTRIBUTES, _EVENTS, st.one_of(st.just(NOW), st.just(NOW), JUNK))


def act(example: Any) -> None:
    """Build a lead and its events, score them, tally them, explain."""
    fields, attributes, drawn, now = example
    lead = Lead(**{"id": "L1", "attributes": attributes} | fields)
    events = [
        Event(**{"id": f"e{number}", "lead_id": lead.id, "kind": kind, "at": NOW, "properties": properties} | other)
        for kind, properties, other, number in drawn
    ]
    repr((lead, events))
    score = MODEL.score(lead, events, now=now)
    assert sum(line.points for line in score.lines if line.axis == "interest") == score.interest
    assert MODEL.score(lead, MODEL.tally(events, lead=lead), now=now).total == score.total
    score.explain()


def main() -> int:
    """Fuzz values."""
    return fuzz("values", STRATEGY, act, options(40_000, __doc__))


if __name__ == "__main__":
    sys.exit(main())
