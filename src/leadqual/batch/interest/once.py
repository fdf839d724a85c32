"""Each event once: ids that come twice are found first, and only their rows are compared."""

from collections.abc import Sequence

from sqlglot import exp

from leadqual.batch.program import Step
from leadqual.batch.sql.dialects import DUCKDB, Dialect
from leadqual.batch.sql.nodes import Expr, all_of, column, count, equals
from leadqual.batch.sql.template import grouped, listing, nested, statement, table, united
from leadqual.batch.textjoin import TextJoins

NamedParts = Sequence[tuple[str, Expr]]
"""Names with what they stand for."""
_KEY = ("lq_source", "lq_event")


def once_steps(
    content: NamedParts, joins: TextJoins, dialect: Dialect, *, sourced: bool, whole_ids: bool, flagged: bool
) -> list[Step]:
    """Return the steps that find copies and conflicts.

    Args:
        content: The columns of the staged events, under the name ``e``, each as it compares.
        joins: Which of them need what Python said of texts.
        dialect: How the engine speaks.
        sourced: Whether events name their source.
        whole_ids: Whether ids are whole numbers.
        flagged: Whether ``lq_flag(lq_source, lq_event)`` names events that do not exist.

    Returns:
        ``lq_again``: ids, or hashes of ids, that come more than once. ``lq_twice``: their events with the number of
        copies of each. ``lq_conflict``: ids that stand for several contents. ``lq_once``: every event once, without
        those.
    """
    steps = []
    source = "lq_events"
    if flagged:
        present = statement(_PRESENT, same=_same("e", "f"))
        steps.append(Step(name="lq_present", query=present, says="events that are not flagged"))
        source = "lq_present"
    ids = _ids(dialect, sourced=sourced, whole_ids=whole_ids)
    again = all_of([equals(part, column(name, "a")) for name, part in ids])
    twice = statement("SELECT 0 FROM $source JOIN lq_again AS a ON $again", source=table(source, "e"), again=again)
    twice = joins.to(grouped(twice, [part for _, part in content]), [name for name, _ in content])
    single = statement(
        "SELECT 0 FROM $source ANTI JOIN lq_again AS a ON $again", source=table(source, "e"), again=again
    )
    agreed = statement("SELECT 0 FROM lq_twice AS e ANTI JOIN lq_conflict AS c ON $same", same=_same("e", "c"))
    plain = [(name, column(name, "e")) for name, _ in content]
    return [
        *steps,
        Step(name="lq_again", query=_again(ids, source, dialect), kept=True, says="ids that come more than once"),
        Step(
            name="lq_twice",
            query=listing(twice, [*content, ("lq_copies", count())]),
            kept=True,
            says="their events, each content once",
        ),
        Step(name="lq_conflict", query=statement(_CONFLICT), kept=True, says="ids that stand for several contents"),
        Step(name="lq_once", query=united([listing(single, plain), listing(agreed, plain)]), says="each event once"),
    ]


def _ids(dialect: Dialect, *, sourced: bool, whole_ids: bool) -> NamedParts:
    """Return what events are told apart by: a whole number where there is one, since it sorts fastest."""
    if whole_ids and not sourced:
        return [("lq_hash", column("lq_event", "e"))]
    names = _KEY if sourced else _KEY[1:]
    if whole_ids or dialect.hash64 is None:
        return [(name, column(name, "e")) for name in names]
    return [("lq_hash", dialect.hash64([column(name, "e") for name in names]))]


def _again(ids: NamedParts, source: str, dialect: Dialect) -> Expr:
    """Return the query of what comes more than once; one sort of a whole number is DuckDB's fastest way."""
    found = listing(statement("SELECT 0 FROM $source", source=table(source, "e")), ids)
    names = [column(name, "s") for name, _ in ids]
    shown = [(name, column(name, "s")) for name, _ in ids]
    if dialect is DUCKDB:
        query = statement(_SECOND, found=nested(found, "s"))
        for window in query.find_all(exp.Window):
            window.set("partition_by", names)
        return listing(query, shown)
    query = statement("SELECT 0 FROM $found HAVING COUNT(*) > 1", found=nested(found, "s"))
    return listing(grouped(query, names), shown)


def _same(one: str, other: str) -> Expr:
    return all_of([equals(column(name, one), column(name, other)) for name in _KEY])


_PRESENT = "SELECT e.* FROM lq_events AS e ANTI JOIN lq_flag AS f ON $same"
_SECOND = "SELECT 0 FROM $found QUALIFY ROW_NUMBER() OVER (PARTITION BY 0) = 2"
_CONFLICT = """
SELECT t.lq_source, t.lq_event FROM lq_twice AS t GROUP BY t.lq_source, t.lq_event HAVING COUNT(*) > 1
"""
