"""What all commands of a service share."""

from collections import OrderedDict
from threading import Lock
from typing import Final

from attrs import field, frozen

from leadqual.errors import ModelChanged, Problem
from leadqual.qualifier import Qualifier, Record
from leadqual.service.digests import Digests
from leadqual.service.rows import LeadRow

_MOST: Final = 5_000


@frozen(kw_only=True, eq=False)
class Desk:
    """What all commands of a service share.

    Attributes:
        qualifier: What decides.
        digests: How addresses and ids are digested.
        records: Records that were read not long ago.
    """

    qualifier: Qualifier
    digests: Digests
    records: "Records" = field(init=False, repr=False)

    @records.default
    def _records(self) -> "Records":
        return Records(self.qualifier)


class Records:
    """Records that were read not long ago, each known again by its text: what was not changed is not read twice.

    Args:
        qualifier: What reads them.
    """

    def __init__(self, qualifier: Qualifier) -> None:
        self._qualifier = qualifier
        self._known: OrderedDict[str, tuple[str, Record]] = OrderedDict()
        self._lock = Lock()

    def read(self, row: LeadRow) -> Record:
        """Return the record of a row.

        Args:
            row: The row.

        Raises:
            HistoryError: If its record cannot be read.
            ModelChanged: If it belongs to another model than the qualifier's.
        """
        with self._lock:
            known = self._known.get(row.lead_id)
        if known is not None and known[0] == row.record:
            return known[1]
        if row.model != self._qualifier.model.fingerprint:
            hint = "Call service.rescore(now=…) to see who stands where by the new one, then again with apply=True."
            what = "the store's leads are scored by another model than the service's"
            raise ModelChanged([Problem(where=f"lead {row.lead_id!r}", what=what, got=row.model[:12], hint=hint)])
        record = self._qualifier.load(row.record)
        self.keep(row, record)
        return record

    def keep(self, row: LeadRow, record: Record) -> None:
        """Remember the record of a row that is in the store.

        Args:
            row: The row.
            record: Its record.
        """
        with self._lock:
            self._known[row.lead_id] = (row.record, record)
            self._known.move_to_end(row.lead_id)
            if len(self._known) > _MOST:
                self._known.popitem(last=False)

    def forget(self, lead_id: str) -> None:
        """Forget a lead.

        Args:
            lead_id: Which.
        """
        with self._lock:
            self._known.pop(lead_id, None)
