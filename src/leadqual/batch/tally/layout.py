"""What a tally's database holds."""

from typing import Final

from attrs import frozen

from leadqual.batch.engines.duck import Duck
from leadqual.batch.sql.template import statement
from leadqual.errors import TallyMismatch

SCHEMA: Final = 1
"""Version of the tables."""
TABLES: Final = (
    'CREATE TABLE IF NOT EXISTS "lq_meta" ("lq_name" VARCHAR PRIMARY KEY, "lq_value" VARCHAR)',
    'CREATE TABLE IF NOT EXISTS "lq_member" ("lq_no" BIGINT, "lq_lead" VARCHAR, "lq_since" BIGINT)',
    'CREATE TABLE IF NOT EXISTS "lq_count" ("lq_no" BIGINT, "lq_class" BIGINT, "lq_day" BIGINT, "lq_n" BIGINT)',
    'CREATE TABLE IF NOT EXISTS "lq_value" ("lq_no" BIGINT, "lq_rule" BIGINT, "lq_text" VARCHAR, "lq_day" BIGINT)',
    'CREATE TABLE IF NOT EXISTS "lq_seen_id" ("lq_low" BIGINT, "lq_high" BIGINT, "lq_content" BIGINT)',
)
"""Numbered leads with the instant from which they are counted; counts by lead, class and day; the days of distinct
values; and of every event a fingerprint of its id, in two halves, and one of its content, by which copies and conflicts
are known. An id that came with two contents at once has none: none of them counts, now or later."""


@frozen(kw_only=True)
class Meta:
    """What is known of a tally as a whole.

    Attributes:
        duck: The database.
    """

    duck: Duck

    def start(self, fingerprint: str) -> None:
        """Make the tables, or see that they belong to a model.

        Args:
            fingerprint: The model's.

        Raises:
            TallyMismatch: If they belong to another model, or were made by a later version.
        """
        for table in TABLES:
            self.duck.run(table)
        known = self.read("fingerprint")
        if known is None:
            self.write("schema", str(SCHEMA))
            self.write("fingerprint", fingerprint)
            return
        if self.read("schema") != str(SCHEMA):
            raise TallyMismatch("the tally was written by another version of leadqual; build it anew from the events")
        if known != fingerprint:
            raise TallyMismatch("the tally belongs to another model; build one for this model from the events")

    def read(self, name: str) -> str | None:
        """Return a value, or nothing."""
        rows = self.duck.run('SELECT "lq_value" FROM "lq_meta" WHERE "lq_name" = $1', [name])
        return rows[0][0] if rows else None

    def write(self, name: str, value: str) -> None:
        """Keep a value."""
        self.duck.run('INSERT OR REPLACE INTO "lq_meta" VALUES ($1, $2)', [name, value])

    @property
    def newest(self) -> int | None:
        """The newest instant of any event, or of pruning, in microseconds."""
        known = self.read("newest")
        return None if known is None else int(known)

    def reach(self, at: int | None) -> None:
        """Remember that there is an event of an instant."""
        if at is not None and (self.newest is None or at > (self.newest or 0)):
            self.write("newest", str(at))

    def one(self, query: str) -> int:
        """Return the only number of a query of ours, 0 for none."""
        return int(self.duck.ask(statement(query))[0][0] or 0)
