"""By what a person is known again."""

from leadqual.lead import Lead
from leadqual.qualifier.boxes import is_shared_box
from leadqual.service.digests import Digests
from leadqual.service.rows import KeyRow


def key_rows(digests: Digests, lead: Lead) -> list[KeyRow]:
    """Return by what a lead is known again: its address, unless several people read it, and its number.

    Args:
        digests: How addresses are digested.
        lead: The lead.
    """
    rows = []
    if lead.email and not is_shared_box(lead.email):
        rows.append(KeyRow(digest=digests.of("email", lead.email), kind="email", lead_id=lead.id))
    if lead.phone:
        rows.append(KeyRow(digest=digests.of("phone", lead.phone), kind="phone", lead_id=lead.id))
    return rows
