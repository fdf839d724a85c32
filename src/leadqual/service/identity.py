"""Who is who: merges, and how they are undone."""

from datetime import datetime
from functools import partial

from leadqual.calendar import utc
from leadqual.lead import Lead
from leadqual.service.answers import Decision
from leadqual.service.arguments import check_word
from leadqual.service.base import ServiceBase
from leadqual.service.joining import merge, unmerge


class Identity(ServiceBase):
    """Who is who."""

    def merge(self, lead_id: str, other_id: str, *, now: datetime, confirmed: bool = False) -> Decision:
        """Let one lead go on for two that turned out to be one; see `Qualifier.merge`.

        Args:
            lead_id: The lead that goes on.
            other_id: The other; whatever comes for it goes to the first from now on.
            now: The instant.
            confirmed: Merge even if they share no more than an address such as ``info@``.

        Returns:
            What has become of both.

        Raises:
            EventConflict: If one id came with two contents.
            InputRefused: If they are one lead already, or share only a box that several people read.
            InstantError: If `now` is naive or out of range.
            StoreError: If the store cannot be used.
            UnknownLead: If there is no such lead.
        """
        check_word(lead_id, "lead_id")
        check_word(other_id, "other_id")
        work = partial(merge, lead_id=lead_id, other_id=other_id, confirmed=confirmed)
        return self._runner.command(work, utc(now, "now"))

    def unmerge(
        self, lead_id: str, other_id: str, *, now: datetime, leads: tuple[Lead, Lead] | None = None
    ) -> tuple[Decision, Decision]:
        """Undo a merge: both leads stand again where they stood; withdrawals and flags since then stay.

        Args:
            lead_id: The lead that went on for both.
            other_id: The other.
            now: The instant.
            leads: Their profiles as they are to be; when absent the first keeps what it has, the other has what it had.

        Returns:
            What has become of the one and of the other.

        Raises:
            InputRefused: If the other has not gone into the first.
            InstantError: If `now` is naive or out of range.
            LeadError: If an attribute is of another type than declared.
            StoreError: If the store cannot be used.
            UnknownLead: If there is no such lead.
        """
        check_word(lead_id, "lead_id")
        check_word(other_id, "other_id")
        work = partial(unmerge, lead_id=lead_id, other_id=other_id, leads=leads)
        return self._runner.command(work, utc(now, "now"))
