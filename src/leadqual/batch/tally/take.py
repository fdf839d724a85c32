"""Adds counts and values to those that a tally has."""

from collections.abc import Iterable
from typing import Final

from leadqual.batch.engines.duck import Duck
from leadqual.batch.sql.nodes import identifier

COUNTS: Final = """
UPDATE "lq_count" SET "lq_n" = "lq_count"."lq_n" + f."lq_n" FROM "lq_fresh" AS f
WHERE "lq_count"."lq_day" >= (SELECT MIN("lq_day") FROM "lq_fresh")
    AND "lq_count"."lq_no" = f."lq_no" AND "lq_count"."lq_class" = f."lq_class" AND "lq_count"."lq_day" = f."lq_day";
INSERT INTO "lq_count" SELECT f."lq_no", f."lq_class", f."lq_day", f."lq_n" FROM "lq_fresh" AS f
ANTI JOIN (SELECT * FROM "lq_count" WHERE "lq_day" >= (SELECT MIN("lq_day") FROM "lq_fresh")) AS c
    ON c."lq_no" = f."lq_no" AND c."lq_class" = f."lq_class" AND c."lq_day" = f."lq_day"
ORDER BY f."lq_day";
"""
"""Days that are known get more; new days are put behind the others, so that a look at the latest stays short."""
_VALUES: Final = 'INSERT INTO "lq_value" SELECT "lq_no", "lq_rule", "lq_text", "lq_day" FROM'
_SEEN: Final = 'INSERT INTO "lq_seen_id" SELECT e."lq_id", e."lq_content" FROM "lq_once" AS e'


def take_fresh(duck: Duck, rules: Iterable[int]) -> None:
    """Add what a fold found.

    Args:
        duck: The tally's database, with ``lq_fresh``, ``lq_once`` and a table of values for each of `rules`.
        rules: Numbers of the rules that count distinct values.
    """
    duck.connection.execute(COUNTS)
    for i in rules:
        found = identifier(f"lq_value{i}").sql("duckdb")
        duck.connection.execute(f"{_VALUES} {found}")
    duck.connection.execute(_SEEN)
