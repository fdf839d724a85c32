"""Folds events into a tally: what is new is found, counted by lead, class and day, and added."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from attrs import frozen

from leadqual.batch.engines.duck import Duck
from leadqual.batch.interest.firsts import distinct_rules, value_query
from leadqual.batch.program import Step
from leadqual.batch.run import text_small
from leadqual.batch.score import ScorePlan
from leadqual.batch.sql.dialects import DUCKDB
from leadqual.batch.sql.dialects.duckdb import shifted
from leadqual.batch.sql.nodes import Expr, as_bigint, as_text, bare_integer, call, coalesce, column, integer, text
from leadqual.batch.sql.template import listing, nested, statement
from leadqual.batch.textjoin import TextJoins
from leadqual.batch.troubles import MOST_SHOWN, conflict_problems
from leadqual.batch.when import When
from leadqual.calendar import LATEST, DayStart
from leadqual.errors import Kind, Problem, shown
from leadqual.files.notes import RowsError

_PART: Final = "\x1f"
_MISSING: Final = "\x1e"
_KEY: Final = ("lq_source", "lq_event")


def last_instant(day_start: DayStart) -> When:
    """Return the last instant that there is: from it, every event has an age, and an age is a day."""
    return When(at=LATEST - timedelta(microseconds=1), day_start=day_start, dialect=DUCKDB)


@frozen(kw_only=True)
class Fold:
    """Staged events on their way into a tally.

    Attributes:
        duck: The tally's database; the events are staged there.
        plan: The plan as of `last_instant`.
        skip: Whether events that contradict others are left out and counted.
    """

    duck: Duck
    plan: ScorePlan
    skip: bool

    def __call__(self) -> tuple[Problem, ...]:
        """Find what is new and count it: ``lq_fresh`` and ``lq_once``.

        Returns:
            The conflicts that are left out.

        Raises:
            RowsError: If there are conflicts that are not to be left out.
        """
        steps = [*self.plan.once_steps()]
        tally = self.plan.interested.tally_steps()
        for step in steps:
            batch = Step(name="lq_batch", query=step.query) if step.name == "lq_once" else step
            self.duck.make(batch)
            if step.name == "lq_again" and self.plan.facts.foreign_events:
                self.duck.make(text_small(self.duck, self.plan))
        self.duck.make(Step(name="lq_marked", query=self._marked(), kept=True))
        spoilt = listing(statement("SELECT 0 FROM lq_conflict AS c"), [_id_digest("c")])
        self.duck.make(Step(name="lq_spoilt", query=_halved(spoilt, []), kept=True))
        any_known = self.duck.ask(statement(_ANY_KNOWN))
        self.duck.make(Step(name="lq_known", query=statement(_KNOWN if any_known else _NONE_KNOWN), kept=True))
        self.duck.make(Step(name="lq_changed", query=statement(_CHANGED), kept=True))
        problems = (*conflict_problems(self.duck, self.plan.facts.events), *self._changed())
        if problems and not self.skip:
            ((total,),) = self.duck.ask(statement(_WRONG))
            raise RowsError(problems[:MOST_SHOWN], int(total))
        self.duck.make(Step(name="lq_once", query=statement(_NEW), kept=True))
        self._number_leads()
        for made in tally:
            self.duck.make(made)
        today = self.plan.when.today
        fresh = statement(_FRESH, today=integer(today), nothing=integer(self.plan.interested.keys.classes - 1))
        self.duck.make(Step(name="lq_fresh", query=fresh, kept=True))
        for i, rule in distinct_rules(self.plan.interested.plan.rules):
            values = statement(_VALUES, today=integer(today))
            self.duck.make(Step(name="lq_found", query=value_query(i, rule)))
            self.duck.make(Step(name=f"lq_value{i}", query=values, kept=True))
        return problems[:MOST_SHOWN]

    def _number_leads(self) -> None:
        """Make ``lq_lead`` of the leads of new events; one that is new to the tally gets a number."""
        for name, query in (("lq_named", _NAMED), ("lq_numbered", _NUMBERED), ("lq_unnumbered", _UNNUMBERED)):
            self.duck.make(Step(name=name, query=statement(query), kept=True))
        self.duck.run(_MEMBERS)
        self.duck.make(Step(name="lq_lead", query=statement(_LEAD), kept=True))

    def _marked(self) -> Expr:
        """Return the query of the events with fingerprints of their ids and of their contents."""
        names = list(self.plan.facts.events)
        joins = TextJoins(table="e", foreign=self.plan.facts.foreign_events)
        compared = [self._compared(joins, name) for name in names if name not in _KEY]
        plain = [(name, column(name, "e")) for name in names if name != "lq_lead"]
        digests = [_id_digest("e"), ("lq_body", call("MD5_NUMBER", _joined(compared)))]
        listed = [("lq_lead", as_text(column("lq_lead", "e"))), *plain, *digests]
        digested = listing(joins.to(statement("SELECT 0 FROM lq_batch AS e"), names), listed)
        return _halved(digested, [*((name, column(name, "d")) for name in names), ("lq_content", _lower("lq_body"))])

    def _compared(self, joins: TextJoins, name: str) -> Expr:
        return joins.column(name).composed(DUCKDB) if name in joins.foreign else column(name, "e")

    def _changed(self) -> Iterator[Problem]:
        """Yield the events that came before with another content."""
        hint = "An id names one event for ever: mend the source, or give the events different ids or sources."
        for source, name in self.duck.ask(statement(_FIRST_CHANGED)):
            where = f"event {shown(str(name))}" + (f" of {shown(source)}" if source else "")
            got = Kind("another content than before")
            yield Problem(where=where, what="one id came with two contents", got=got, hint=hint)


def _id_digest(table: str) -> tuple[str, Expr]:
    """Return the digest of an event's id, 128 bits without a sign."""
    return "lq_key", call("MD5_NUMBER", _joined([column(name, table) for name in _KEY]))


def _halved(digested: Expr, listed: list[tuple[str, Expr]]) -> Expr:
    """Return a query with the digest of the id in two halves of 63 bits, the first of which alone is looked through."""
    rows = statement("SELECT 0 FROM $digested", digested=nested(digested, "d"))
    upper = as_bigint(shifted(column("lq_key", "d"), 65))
    return listing(rows, [*listed, ("lq_low", _lower("lq_key")), ("lq_high", upper)])


def _lower(name: str) -> Expr:
    """Return the lower 63 bits of a digest."""
    return as_bigint(DUCKDB.bit_and(column(name, "d"), bare_integer((1 << 63) - 1)))


def _joined(parts: list[Expr]) -> Expr:
    """Return texts as one that tells them apart, missing ones too."""
    shown_parts: list[Expr] = []
    for part in parts:
        shown_parts += [coalesce(as_text(part), text(_MISSING)), text(_PART)]
    return DUCKDB.concatenated(shown_parts)


_ANY_KNOWN = "SELECT 1 FROM lq_seen_id AS s SEMI JOIN lq_marked AS b ON b.lq_low = s.lq_low LIMIT 1"
_KNOWN = """
SELECT s.lq_low, s.lq_high, s.lq_content FROM lq_seen_id AS s
SEMI JOIN lq_marked AS b ON b.lq_low = s.lq_low AND b.lq_high = s.lq_high
"""
_NONE_KNOWN = "SELECT s.lq_low, s.lq_high, s.lq_content FROM lq_seen_id AS s LIMIT 0"
_CHANGED = """
SELECT b.lq_source, b.lq_event FROM lq_marked AS b JOIN lq_known AS k ON k.lq_low = b.lq_low AND k.lq_high = b.lq_high
WHERE k.lq_content IS DISTINCT FROM b.lq_content
"""
_FIRST_CHANGED = "SELECT c.lq_source, c.lq_event FROM lq_changed AS c ORDER BY c.lq_source, c.lq_event LIMIT 100"
_WRONG = """
SELECT SUM(w.lq_n) FROM (
    SELECT COUNT(*) AS lq_n FROM lq_changed AS c UNION ALL SELECT COUNT(*) AS lq_n FROM lq_conflict AS c
) AS w
"""
_NEW = "SELECT b.* FROM lq_marked AS b ANTI JOIN lq_known AS k ON k.lq_low = b.lq_low AND k.lq_high = b.lq_high"
_NAMED = "SELECT DISTINCT e.lq_lead FROM lq_once AS e"
_NUMBERED = "SELECT m.* FROM lq_member AS m SEMI JOIN lq_named AS n ON n.lq_lead = m.lq_lead"
_UNNUMBERED = """
SELECT ROW_NUMBER() OVER () AS lq_no, n.lq_lead, l.lq_since
FROM lq_named AS n ANTI JOIN lq_numbered AS k ON k.lq_lead = n.lq_lead
LEFT JOIN (
    SELECT CAST(p.lq_lead AS TEXT) AS lq_lead, MAX(p.lq_since) AS lq_since FROM lq_leads AS p
    GROUP BY CAST(p.lq_lead AS TEXT)
) AS l ON l.lq_lead = n.lq_lead
"""
_MEMBERS = """
INSERT INTO "lq_member"
SELECT (SELECT COALESCE(MAX("lq_no"), 0) FROM "lq_member") + n."lq_no", n."lq_lead", n."lq_since"
FROM "lq_unnumbered" AS n
"""
_LEAD = """
SELECT k.lq_no, k.lq_lead, k.lq_since FROM lq_numbered AS k
UNION ALL
SELECT (SELECT MAX(m.lq_no) FROM lq_member AS m) - (SELECT MAX(u.lq_no) FROM lq_unnumbered AS u) + n.lq_no AS lq_no,
    n.lq_lead, n.lq_since
FROM lq_unnumbered AS n
"""
_FRESH = """
SELECT t.lq_no, t.lq_class, $today - t.lq_age AS lq_day, t.lq_n FROM lq_tally AS t WHERE t.lq_class < $nothing
"""
_VALUES = "SELECT f.lq_no, f.lq_rule, f.lq_text, $today - f.lq_age AS lq_day FROM lq_found AS f"
