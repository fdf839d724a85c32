"""What a reader of scores asks of the events besides: when each lead last acted, and which dates are odd."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from attrs import frozen

from leadqual.batch.program import Runs, Small
from leadqual.batch.sql.nodes import as_text, column
from leadqual.batch.sql.template import statement, table
from leadqual.batch.when import When
from leadqual.calendar import EARLIEST


@frozen(kw_only=True)
class Beside:
    """The events behind scores that are made.

    Attributes:
        engine: What has made them; ``lq_once``, ``lq_lead`` and the leads' rows are there.
        when: The instant of asking.
        profiles: What holds the row of each lead that counts.
    """

    engine: Runs
    when: When
    profiles: str

    def last_acts(self, leads: Iterable[str]) -> dict[str, int]:
        """Return how many days ago leads last acted themselves; a lead that never did is not in it.

        Args:
            leads: Their ids as text.
        """
        rows = tuple((lead,) for lead in leads)
        self.engine.make(Small(name="lq_asked", columns=(("lq_id", "TEXT"),), rows=rows))
        query = statement(
            _LAST,
            profiles=table(self.profiles, "p"),
            now=self.when.now,
            id=as_text(column("lq_lead", "p")),
        )
        found = self.engine.ask(query)
        return {str(lead): self.when.today - self.when.day_start.day(_instant(at)) for lead, at in found}

    def most_common_instant(self) -> tuple[datetime, int] | None:
        """Return the instant at which most events lie, the latest of several, and how many; none without events."""
        for at, events in self.engine.ask(statement(_INSTANTS)):
            return _instant(at), int(events)
        return None

    def before_created(self) -> int:
        """Return how many events lie before the creation of their lead."""
        ((events,),) = self.engine.ask(statement(_EARLY, profiles=table(self.profiles, "p")))
        return int(events)


def _instant(at: int) -> datetime:
    return EARLIEST + timedelta(microseconds=int(at))


_LAST = """
SELECT t.lq_id, MAX(e.lq_us) AS lq_us FROM lq_once AS e
JOIN $profiles ON p.lq_lead = e.lq_lead
JOIN lq_asked AS t ON t.lq_id = $id
WHERE e.lq_own AND e.lq_us <= $now AND (p.lq_since IS NULL OR e.lq_us >= p.lq_since)
GROUP BY t.lq_id
"""
_INSTANTS = """
SELECT e.lq_us, COUNT(*) AS lq_n FROM lq_once AS e SEMI JOIN lq_lead AS l ON l.lq_lead = e.lq_lead
GROUP BY e.lq_us ORDER BY lq_n DESC, e.lq_us DESC LIMIT 1
"""
_EARLY = (
    "SELECT COUNT(*) AS lq_n FROM lq_once AS e JOIN $profiles ON p.lq_lead = e.lq_lead WHERE e.lq_us < p.a_created_at"
)
