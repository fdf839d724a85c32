"""From staged leads to what a score knows of each before any event, with a number that keys are made of."""

from typing import Final

from attrs import frozen
from sqlglot import exp

from leadqual.batch.axes.bars import SplitBars, lead_truths
from leadqual.batch.axes.columns import lead_columns, staged
from leadqual.batch.axes.completeness import completeness
from leadqual.batch.axes.fit import fit, fit_high, fit_low, gates, known
from leadqual.batch.axes.needs import Needs
from leadqual.batch.facts import Facts
from leadqual.batch.interest.counts import Keys
from leadqual.batch.program import Step
from leadqual.batch.sql.dialects import DUCKDB, SPARK, Dialect
from leadqual.batch.sql.nodes import Expr, any_of, as_bigint, at_most, call, coalesce, column, integer, is_null
from leadqual.batch.sql.template import filtered, grouped, listing, nested, statement, table
from leadqual.batch.sql.texts import TextTests
from leadqual.batch.textjoin import TextJoins
from leadqual.batch.when import When
from leadqual.scoring.model import ScoringModel

_BUCKETS: Final = 1024
"""Parts in which a cluster numbers leads: one window over all of them would be the work of one machine."""


@frozen(kw_only=True)
class LeadPlan:
    """What is worked out of each lead.

    Attributes:
        model: The model.
        needs: What the bars read.
        bars: The bars, parted.
        when: The instant of asking.
        facts: What is known of the data.
        keys: How leads are numbered.
        tests: Numbers the tests of texts that only Python can answer.
        dialect: How the engine speaks.
    """

    model: ScoringModel
    needs: Needs
    bars: SplitBars
    when: When
    facts: Facts
    tests: TextTests
    keys: Keys
    dialect: Dialect

    def steps(self) -> list[Step]:
        """Return the steps to ``lq_lead``: number, id, since, fit, gates, and what bars ask of the lead alone."""
        steps = [self._contradictions(), self._chosen()] if self.facts.doubled else []
        source = "lq_profile" if self.facts.doubled else "lq_leads"
        says = "the leads, numbered, with what their profiles say"
        return [*steps, Step(name="lq_lead", query=self._read(source), kept=True, says=says)]

    def gate_names(self) -> list[str]:
        """Return the column of ``lq_lead`` that says whether each gate holds, in declared order."""
        return [f"lq_gate{at}" for at in range(len(self.model.plans.fit.gates))]

    def _contradictions(self) -> Step:
        """Return the step that finds leads of which two rows, valid from the same instant, say different things."""
        joins = TextJoins(table="p", foreign=self.facts.foreign_leads)
        for name in joins.foreign:
            self.tests.register(name, self.facts.leads[name])
        content = [
            (name, joins.column(name).composed(self.dialect) if name in joins.foreign else column(name, "p"))
            for name in self.facts.leads
        ]
        rows = joins.to(statement("SELECT DISTINCT 0 FROM lq_leads AS p"), sorted(joins.foreign))
        distinct = nested(listing(rows, content), "d")
        query = statement(_DOUBLED, rows=distinct)
        keys = [column(name, "d") for name in ("lq_lead", *(["lq_valid_from"] if self.facts.dated else []))]
        says = "leads of which two rows contradict each other"
        return Step(name="lq_doubled", query=grouped(query, keys), kept=True, says=says)

    def _chosen(self) -> Step:
        """Return the step that chooses the row of each lead that counts now: the latest that is valid."""
        valid = column("lq_valid_from", "p")
        qualifies = exp.Qualify in self.dialect.kinds
        latest = coalesce(valid, integer(-1)) if self.facts.dated else integer(0)
        query = statement(_CHOSEN if qualifies else _PLACED, latest=latest)
        if self.facts.dated:
            filtered(query, [any_of([is_null(valid), at_most(valid, self.when.now)])])
        if not qualifies:
            query = statement("SELECT s.* FROM $placed WHERE s.lq_place = 1", placed=nested(query, "s"))
        return Step(name="lq_profile", query=query, says="the row of each lead that counts now")

    def _read_fields(self) -> list[str]:
        """Return the fields that are read and hold texts that are not pure ASCII; their texts will be asked for."""
        names = (*self.needs.fields, *(["stage"] if self.needs.stage else []))
        found = [name for name in names if staged(name) in self.facts.foreign_leads]
        for name in found:
            self.tests.register(staged(name), self.facts.leads[staged(name)])
        return found

    def _number(self) -> Expr:
        if self.facts.numbered:
            return column("lq_no", "p")
        if self.keys.lowest is not None:
            return self.keys.number(column("lq_lead", "p"))
        if self.dialect is SPARK:
            bucket = call("PMOD", call("XXHASH64", column("lq_lead", "p")), integer(_BUCKETS))
            spread = statement(_SPREAD, bucket=bucket, buckets=integer(_BUCKETS))
            return as_bigint(spread.expressions[0])
        return as_bigint(statement(_NUMBER if self.dialect is DUCKDB else _SORTED).expressions[0])

    def _read(self, source: str) -> Expr:
        plan, needs = self.model.plans.fit, self.needs
        joins = TextJoins(table="p", foreign=frozenset(map(staged, self._read_fields())))
        foreign = {name: joins.alias(staged(name)) for name in self._read_fields()}
        columns = lead_columns(self.model, tests=self.tests, dialect=self.dialect, table="p", foreign=foreign)
        listed = [
            ("lq_no", self._number()),
            ("lq_lead", column("lq_lead", "p")),
            ("lq_fit", fit(plan, columns)),
            ("lq_known", known(plan, columns)),
        ]
        if self.facts.since:
            listed.append(("lq_since", column("lq_since", "p")))
        if needs.fit_low:
            listed.append(("lq_fit_low", fit_low(plan, columns)))
        if needs.fit_high:
            listed.append(("lq_fit_high", fit_high(plan, columns)))
        if needs.completeness:
            listed.append(("lq_completeness", completeness(self.model, columns)))
        found = gates(plan, columns)
        listed += zip(self.gate_names(), (holds for _, holds in found), strict=True)
        listed += lead_truths(self.bars, columns)
        query = statement("SELECT 0 FROM $source", source=table(source, "p"))
        return listing(joins.to(query, sorted(joins.foreign)), listed)


_DOUBLED = "SELECT DISTINCT d.lq_lead FROM $rows HAVING COUNT(*) > 1"
_CHOSEN = """
SELECT p.* FROM lq_leads AS p ANTI JOIN lq_doubled AS d ON d.lq_lead = p.lq_lead
QUALIFY ROW_NUMBER() OVER (PARTITION BY p.lq_lead ORDER BY $latest DESC) = 1
"""
_PLACED = """
SELECT p.*, ROW_NUMBER() OVER (PARTITION BY p.lq_lead ORDER BY $latest DESC) AS lq_place
FROM lq_leads AS p ANTI JOIN lq_doubled AS d ON d.lq_lead = p.lq_lead
"""
_SPREAD = "SELECT (ROW_NUMBER() OVER (PARTITION BY $bucket ORDER BY p.lq_lead) - 1) * $buckets + $bucket + 1"
_NUMBER = "SELECT ROW_NUMBER() OVER ()"
_SORTED = "SELECT ROW_NUMBER() OVER (ORDER BY p.lq_lead)"
