"""Adds counts and values to those that a tally has."""

from collections.abc import Iterable
from typing import Final

from leadqual.batch.engines.duck import Duck
from leadqual.batch.sql.nodes import identifier

_COUNTS: Final = (
    """
    UPDATE "lq_count" SET "lq_n" = "lq_count"."lq_n" + f."lq_n" FROM "lq_fresh" AS f
    WHERE "lq_count"."lq_day" >= (SELECT MIN("lq_day") FROM "lq_fresh")
        AND "lq_count"."lq_no" = f."lq_no" AND "lq_count"."lq_class" = f."lq_class" AND "lq_count"."lq_day" = f."lq_day"
    """,
    """
    INSERT INTO "lq_count" SELECT f."lq_no", f."lq_class", f."lq_day", f."lq_n" FROM "lq_fresh" AS f
    ANTI JOIN (SELECT * FROM "lq_count" WHERE "lq_day" >= (SELECT MIN("lq_day") FROM "lq_fresh")) AS c
        ON c."lq_no" = f."lq_no" AND c."lq_class" = f."lq_class" AND c."lq_day" = f."lq_day"
    ORDER BY f."lq_day"
    """,
)
"""Counts lie in the order of their days, so that a look at the latest stays short."""
_VALUES: Final = 'INSERT INTO "lq_value" SELECT "lq_no", "lq_rule", "lq_text", "lq_day" FROM'
_SEEN: Final = 'INSERT INTO "lq_seen_id" SELECT e."lq_low", e."lq_high", e."lq_content" FROM "lq_once" AS e'
_SPOILT: Final = 'INSERT INTO "lq_seen_id" SELECT s."lq_low", s."lq_high", NULL FROM "lq_spoilt" AS s'


def take_fresh(duck: Duck, rules: Iterable[int]) -> None:
    """Add what a fold found.

    Args:
        duck: The tally's database, with ``lq_fresh``, ``lq_once``, ``lq_spoilt`` and a table of values for each of
            `rules`.
        rules: Numbers of the rules that count distinct values.
    """
    take_counts(duck)
    for i in rules:
        found = identifier(f"lq_value{i}").sql("duckdb")
        duck.run(f"{_VALUES} {found}")
    duck.run(_SEEN)
    duck.run(_SPOILT)


def take_counts(duck: Duck) -> None:
    """Add counts: days that are known get more, and new days are put behind the others.

    Args:
        duck: The tally's database, with ``lq_fresh``.
    """
    for words in _COUNTS:
        duck.run(words)
