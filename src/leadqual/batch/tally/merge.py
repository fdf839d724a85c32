"""Takes one tally into another."""

from typing import Final

from leadqual.batch.engines.duck import Duck
from leadqual.batch.tally.take import take_counts
from leadqual.errors import TallyMismatch

_TABLES: Final = {
    "lq_member": 'SELECT "lq_no", "lq_lead", "lq_since" FROM "lq_member"',
    "lq_count": 'SELECT "lq_no", "lq_class", "lq_day", "lq_n" FROM "lq_count"',
    "lq_value": 'SELECT "lq_no", "lq_rule", "lq_text", "lq_day" FROM "lq_value"',
    "lq_seen_id": 'SELECT "lq_low", "lq_high", "lq_content" FROM "lq_seen_id"',
}


def take_other(mine: Duck, other: Duck) -> None:
    """Add what another tally holds.

    Args:
        mine: The tally that takes.
        other: The one that is read.

    Raises:
        TallyMismatch: If both hold one event, or count a lead from different instants on.
    """
    for name, query in _TABLES.items():
        mine.register(f"{name}_other", other.rows(query))
    try:
        if mine.run(_BOTH):
            raise TallyMismatch("both tallies hold the same event; merge tallies of different events")
        if mine.run(_SINCE):
            raise TallyMismatch("a lead counts from different instants in the two tallies; fold its events again")
        for words in _TAKE:
            mine.run(words)
        take_counts(mine)
    finally:
        for name in _TABLES:
            mine.unregister(f"{name}_other")


_BOTH = """
SELECT 1 FROM "lq_seen_id_other" AS o JOIN "lq_seen_id" AS s ON s."lq_low" = o."lq_low" AND s."lq_high" = o."lq_high"
LIMIT 1
"""
_SINCE = """
SELECT 1 FROM "lq_member_other" AS o JOIN "lq_member" AS m ON m."lq_lead" = o."lq_lead"
WHERE m."lq_since" IS DISTINCT FROM o."lq_since" LIMIT 1
"""
_TAKE: Final = (
    """
    INSERT INTO "lq_member"
    SELECT (SELECT COALESCE(MAX("lq_no"), 0) FROM "lq_member") + ROW_NUMBER() OVER (), o."lq_lead", o."lq_since"
    FROM "lq_member_other" AS o ANTI JOIN "lq_member" AS m ON m."lq_lead" = o."lq_lead"
    """,
    """
    CREATE OR REPLACE TEMP TABLE "lq_fresh" AS
    SELECT m."lq_no", c."lq_class", c."lq_day", c."lq_n" FROM "lq_count_other" AS c
    JOIN "lq_member_other" AS o ON o."lq_no" = c."lq_no" JOIN "lq_member" AS m ON m."lq_lead" = o."lq_lead"
    """,
    """
    INSERT INTO "lq_value"
    SELECT m."lq_no", v."lq_rule", v."lq_text", v."lq_day" FROM "lq_value_other" AS v
    JOIN "lq_member_other" AS o ON o."lq_no" = v."lq_no" JOIN "lq_member" AS m ON m."lq_lead" = o."lq_lead"
    """,
    'INSERT INTO "lq_seen_id" SELECT o."lq_low", o."lq_high", o."lq_content" FROM "lq_seen_id_other" AS o',
)
