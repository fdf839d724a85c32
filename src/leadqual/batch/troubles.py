"""Rows that contradict each other, told as problems: which id, and in which columns; never what they hold."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from leadqual.batch.program import Runs
from leadqual.batch.sql.nodes import Expr, add, case, column, count_distinct, integer, is_null, more, sum_
from leadqual.batch.sql.template import statement
from leadqual.errors import Kind, Problem, shown

MOST_SHOWN: Final = 100
"""Problems that are described; the others are counted."""
_OURS: Final = {"lq_lead": "lead_id", "lq_kind": "kind", "lq_own": "by", "lq_us": "at", "lq_since": "since"}


def conflict_problems(engine: Runs, columns: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the first ids of events that stand for several contents.

    Args:
        engine: What runs the plan; ``lq_twice`` and ``lq_conflict`` are made.
        columns: The columns of the staged events.
    """
    compared = [name for name in columns if name not in ("lq_source", "lq_event")]
    rows = engine.ask(_differing(statement(_CONFLICTS), compared, "t"))
    hint = "An id names one event for ever: mend the source, or give the events different ids or sources."
    for source, name, *differs in rows:
        where = f"event {shown(str(name))}" + (f" of {shown(source)}" if source else "")
        got = Kind(f"differs in {_named(compared, differs)}")
        yield Problem(where=where, what="one id came with two contents", got=got, hint=hint)


def doubled_problems(engine: Runs, columns: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the first leads of which two rows contradict each other.

    Args:
        engine: What runs the plan; ``lq_doubled`` is made.
        columns: The columns of the staged leads.
    """
    compared = [name for name in columns if name not in ("lq_lead", "lq_valid_from", "a_id")]
    rows = engine.ask(_differing(statement(_DOUBLED), compared, "t"))
    hint = "Keep one, or say from when each is valid in the column `valid_from`."
    for lead, *differs in rows:
        what = f"two rows of the lead differ in {_named(compared, differs)}"
        yield Problem(where=f"lead {shown(str(lead))}", what=what, got=Kind("two rows"), hint=hint)


def _differing(query: Expr, compared: Sequence[str], table: str) -> Expr:
    """Return a query with, for each column, whether rows of one id differ in it; a missing value is one too."""
    for name in compared:
        value = column(name, table)
        values = count_distinct(value)
        missing = sum_(case([(is_null(value), integer(1))], integer(0)))
        some = case([(more(missing, integer(0)), integer(1))], integer(0))
        query.append("expressions", more(add(values, some), integer(1)))
    return query


def _named(compared: Sequence[str], differs: Sequence[Any]) -> str:
    names = [name for name, differ in zip(compared, differs, strict=True) if differ]
    return ", ".join(_OURS.get(name, name.removeprefix("p_").removeprefix("a_").removeprefix("lq_")) for name in names)


_CONFLICTS = """
SELECT t.lq_source, t.lq_event FROM lq_twice AS t
JOIN lq_conflict AS c ON c.lq_source = t.lq_source AND c.lq_event = t.lq_event
GROUP BY t.lq_source, t.lq_event ORDER BY t.lq_source, t.lq_event LIMIT 100
"""
_DOUBLED = """
SELECT t.lq_lead FROM lq_leads AS t JOIN lq_doubled AS d ON d.lq_lead = t.lq_lead
GROUP BY t.lq_lead ORDER BY t.lq_lead LIMIT 100
"""
