"""What a profile looks like to fit: the built-in fields of a lead beside its declared attributes."""

from collections.abc import Callable, Mapping
from typing import Final

from leadqual.lead import Lead

_BUILT_IN: Final[Mapping[str, Callable[[Lead], object]]] = {
    "id": lambda lead: lead.id,
    "kind": lambda lead: lead.kind,
    "email": lambda lead: lead.email,
    "phone": lambda lead: lead.phone,
    "company_id": lambda lead: lead.company_id,
    "acquisition": lambda lead: lead.acquisition,
    "channel": lambda lead: lead.channel,
    "source": lambda lead: lead.source,
    "zone": lambda lead: lead.zone,
    "language": lambda lead: lead.language,
    "created_at": lambda lead: lead.created_at,
}


class LeadRow:
    """A lead as a row that conditions read.

    >>> LeadRow(Lead(id="L1", channel="event", attributes={"country": "ES"})).get("channel")
    'event'
    """

    __slots__ = ("_lead",)

    def __init__(self, lead: Lead) -> None:
        self._lead = lead

    def get(self, name: str, /) -> object:
        """Return the value of a built-in field or an attribute, or ``None``."""
        built_in = _BUILT_IN.get(name)
        return self._lead.attributes.get(name) if built_in is None else built_in(self._lead)
