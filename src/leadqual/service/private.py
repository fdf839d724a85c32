"""What a person may ask for: to be forgotten, and to know what is kept."""

from datetime import datetime
from functools import partial
from typing import Any

from leadqual.calendar import utc
from leadqual.errors import Problem, StoreBusy, StoreError, UnknownLead
from leadqual.service.answers import Erased
from leadqual.service.arguments import check_word
from leadqual.service.base import ServiceBase
from leadqual.service.erasing import erase, locking
from leadqual.service.exporting import exported
from leadqual.service.held import unknown
from leadqual.service.holdings import holding_of
from leadqual.service.store import Unit


class Private(ServiceBase):
    """What a person may ask for."""

    def erase(self, lead_id: str, *, now: datetime, clear: bool = True) -> Erased:
        """Erase a person: the lead, all that have gone into it, their events, facts, effects, keys and commands.

        What is left are keyed digests of its ids, addresses, visitors and events, by which late copies are known and
        left out, and to which of its addresses nothing goes. Of a lead that was merged with another one until that was
        undone, nothing is left in the history of the other either. Then the store's files are cleared of traces; if
        somebody reads them for too long, or the disk fails, the person is erased all the same, and a second call clears
        them.

        Args:
            lead_id: Any lead of the person.
            now: The instant.
            clear: Whether the store's files are cleared of traces at once. Whoever erases many leaves it to one call of
                `clear_traces` in the end, which takes as long as one for all.

        Returns:
            What was erased.

        Raises:
            HistoryError: If what is kept of it cannot be read.
            InputRefused: If the id is none.
            InstantError: If `now` is naive or out of range.
            StoreBusy: If the store's files could not be cleared because somebody else uses them.
            StoreError: If the store cannot be used.
            UnknownLead: If there never was such a lead.
        """
        check_word(lead_id, "lead_id")
        found = locking(self._runner).command(partial(erase, lead_id=lead_id), utc(now, "now"))
        if clear:
            self.clear_traces()
        return found

    def clear_traces(self) -> None:
        """See to it that nothing of who was erased can be read in the store's files any more, as far as a store can.

        Raises:
            StoreBusy: If they could not be cleared because somebody else uses them.
            StoreError: If they cannot be used.
        """
        try:
            self._store.clear_traces()
        except StoreError as error:
            hint = "Call clear_traces later; what was erased stays erased."
            what = "traces of who was erased may be left in the store's files"
            problems = [Problem(where=one.where, what=what, got=one.got, hint=hint) for one in error.problems]
            raise (StoreBusy if isinstance(error, StoreBusy) else StoreError)(problems) from error

    def export_lead(self, lead_id: str) -> dict[str, Any]:
        """Return all that is kept of a person, as plain data that JSON can hold.

        Args:
            lead_id: Any lead of the person.

        Returns:
            A table: ``schema`` (1), ``lead_id``, ``merged_ids``, ``profile``, ``stage``, ``score`` with its ``lines``
            (``None`` under another model than the service's), ``consents``, ``suppressed``, ``leads`` with their whole
            records, ``events``, ``facts``, ``effects``, ``known_by``, ``commands`` and ``spared``.

        Raises:
            HistoryError: If what is kept of it cannot be read.
            InputRefused: If the id is none.
            StoreError: If the store cannot be used.
            UnknownLead: If there is no such lead, or none any more.
        """
        check_word(lead_id, "lead_id")

        def read(unit: Unit) -> dict[str, Any]:
            holding = holding_of(unit, lead_id)
            if holding is None:
                raise UnknownLead([unknown(lead_id)])
            return exported(self._runner.desk, unit, holding)

        return self._runner.look(read)
