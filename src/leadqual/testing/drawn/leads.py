"""Leads as a playbook reads them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from leadqual.lead import ACQUISITIONS, BUILT_IN, KINDS, Lead
from leadqual.testing.drawn.choose import Draw, pick, seldom
from leadqual.testing.drawn.values import Values, instant_near, values
from leadqual.testing.reads import Reads

_WORDS: Final = {"kind": KINDS, "acquisition": ACQUISITIONS}
_SHARES: Final = (
    ("absent", "telling", "near", "noise", "missing", "absent", "absent", "absent"),
    ("absent", "telling", "near", "noise", "missing", "near", "near", "telling"),
    ("absent", "telling", "telling", "telling", "telling", "telling", "telling", "telling"),
)
"""What is drawn of a field of a sparse profile, of a full one, and of one in the playbook's own words."""
_EXAMPLES: Final = {"email": "ana@firm.example", "zone": "Europe/Madrid", "language": "es", "channel": "website"}


def leads(reads: Reads, *, id: str, now: datetime) -> st.SearchStrategy[Lead]:
    """Return a strategy for leads.

    Args:
        reads: What the playbook reads.
        id: The id of all of them.
        now: The instant at which they are scored.
    """
    types = {**reads.attributes, "undeclared": "text"}
    attributes = {name: values(kind, reads.of_lead.get(name, ()), now) for name, kind in types.items()}
    fields = {name: _field(name, reads, now) for name in (*BUILT_IN, "stage") if name not in ("id", "created_at")}
    created = values("instant", reads.of_lead.get("created_at", ()), now).any()

    @st.composite
    def lead(draw: Draw) -> Lead:
        more: dict[str, Any] = {}
        if seldom(draw):
            more["created_at"] = draw(created)
        if seldom(draw, 8):
            more["since"] = instant_near(now, pick(draw, reads.ages), timedelta(hours=pick(draw, (0, 12))))
        if seldom(draw, 8):
            more["merged_ids"] = ("merged",)
        shares = pick(draw, _SHARES)
        more |= _drawn(draw, fields, shares)
        return Lead(id=id, **more, attributes=_drawn(draw, attributes, shares))

    return lead()


def _drawn(draw: Draw, fields: Mapping[str, Values], shares: Sequence[str]) -> dict[str, Any]:
    """Draw the values of some fields; each shrinks towards being absent, then towards what the playbook names."""
    found: dict[str, Any] = {}
    for name, one in fields.items():
        match pick(draw, shares):
            case "telling":
                found[name] = draw(one.telling)
            case "near":
                found[name] = draw(one.near)
            case "noise":
                found[name] = draw(one.noise)
            case "missing":
                found[name] = draw(one.missing)
    return found


def _field(name: str, reads: Reads, now: datetime) -> Values:
    """Return strategies for a text that every lead may have."""
    compared = reads.of_lead.get(name, ())
    if name not in _WORDS:
        return values("text", compared or [("eq", _EXAMPLES.get(name, "x"))], now)
    words = st.sampled_from(_WORDS[name])
    return Values(telling=words, near=words, noise=words, missing=st.none())
