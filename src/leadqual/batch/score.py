"""From leads and what their events came to, to scores: total, labels, bars."""

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from leadqual.batch.axes.bars import SplitBars, joined_names, kept, reached, split_bars
from leadqual.batch.axes.columns import score_columns
from leadqual.batch.axes.fit import every_gate, first_gate
from leadqual.batch.axes.kinds import KindTest, kinds_meant
from leadqual.batch.axes.needs import Needs, needs
from leadqual.batch.axes.together import grade, label, level, total
from leadqual.batch.facts import Facts
from leadqual.batch.interest.once import once_steps
from leadqual.batch.interest.sums import interest_of
from leadqual.batch.interest.whole import Interested
from leadqual.batch.leads import LeadPlan
from leadqual.batch.program import Made, Step
from leadqual.batch.sql.columns import Columns
from leadqual.batch.sql.dialects import Dialect
from leadqual.batch.sql.nodes import Expr, any_of, coalesce, column, equals, half_up, integer, more
from leadqual.batch.sql.template import joined, listing, nested, selecting, statement
from leadqual.batch.sql.texts import TextTests
from leadqual.batch.textjoin import TextJoins
from leadqual.batch.when import When
from leadqual.conditions.fieldtypes import FieldType
from leadqual.conditions.leafcheck import Scope
from leadqual.points import MILLIONTHS
from leadqual.scoring.model import ScoringModel

COLUMNS: Final = ("lead_id", "fit", "interest", "total", "grade", "level", "label", "qualifies", "gate")
"""What a score says; points in hundredths."""
DETAILS: Final = ("stays", "gates", "fit_low", "fit_high", "completeness")
"""What it says too when details are asked for; completeness in hundredths of a percent."""
NamedParts = list[tuple[str, Expr]]


@frozen(kw_only=True)
class ScorePlan:
    """A model as a plan over staged tables.

    Attributes:
        model: The model.
        when: The instant of asking.
        facts: What is known of the data.
        dialect: How the engine speaks.
        details: Whether `DETAILS` are asked for.
        needs: What the bars read.
        bars: The bars, parted.
        tests: The tests of texts that only Python can answer; complete once all steps are made.
        interested: The interest.
        leads: The leads.
    """

    model: ScoringModel
    when: When
    facts: Facts
    dialect: Dialect
    details: bool = False
    needs: Needs = field(init=False)
    bars: SplitBars = field(init=False)
    tests: TextTests = field(init=False, factory=TextTests)
    interested: Interested = field(init=False)
    leads: LeadPlan = field(init=False)

    @needs.default
    def _needs(self) -> Needs:
        return needs(self.model, fit_range=self.details, completeness=self.details)

    @bars.default
    def _bars(self) -> SplitBars:
        return split_bars(self.model.plans.bars)

    @interested.default
    def _interested(self) -> Interested:
        plan = self.model.plans.interest
        joins = self._event_joins()
        scope = Scope({name: FieldType(kind) for name, kind in plan.properties.items()}, self.model.plans.scope.lists)
        by_name = {name: joins.column(f"p_{name}") for name in plan.properties}
        return Interested(
            plan=plan,
            needs=self.needs,
            when=self.when,
            properties=Columns(scope=scope, by_name=by_name, tests=self.tests, dialect=self.dialect),
            joins=joins,
            kinds=kinds_meant(self.needs.kinds, self.facts.kinds),
            since=self.facts.since,
            ids=self.facts.ids,
            careful=self.facts.careful,
            endless=self.facts.tallied,
        )

    @leads.default
    def _leads(self) -> LeadPlan:
        return LeadPlan(
            model=self.model,
            needs=self.needs,
            bars=self.bars,
            when=self.when,
            facts=self.facts,
            tests=self.tests,
            keys=self.interested.keys,
            dialect=self.dialect,
        )

    def once_steps(self) -> list[Step]:
        """Return the steps that find copies and conflicts."""
        facts, joins = self.facts, self._event_joins()
        for name in facts.foreign_events:
            self.tests.register(name, facts.events[name])
        content = [(name, self._compared(joins, name)) for name in facts.events]
        return once_steps(
            content, joins, self.dialect, sourced=facts.sourced, whole_ids=facts.whole_ids, flagged=facts.flagged
        )

    def score_steps(self) -> list[Made]:
        """Return the steps from leads and sums to ``lq_score`` with `COLUMNS`, and `DETAILS` if asked for."""
        return [
            Step(name="lq_axes", query=self._axes(), says="both axes of each lead"),
            Step(name="lq_label", query=self._labels(), says="total, level and label"),
            Step(name="lq_bars", query=self._reached(), says="the bars"),
            Step(name="lq_score", query=self._shown(), says="the scores"),
        ]

    def _event_joins(self) -> TextJoins:
        return TextJoins(table="e", foreign=self.facts.foreign_events)

    def _compared(self, joins: TextJoins, name: str) -> Expr:
        if name in ("lq_source", "lq_event", "lq_lead") or self.facts.events[name] not in ("text", "list"):
            return column(name, "e")
        return joins.column(name).composed(self.dialect)

    def _axes(self) -> Expr:
        """Return the query of fit, interest, and what bars read of the events."""
        asked, plan = self.needs, self.model.plans.interest
        query = statement("SELECT l.* FROM lq_lead AS l LEFT JOIN lq_summed AS i ON i.lq_no = l.lq_no")
        interest, groups = interest_of(plan, self.dialect)
        listed = [("lq_interest", interest)]
        listed += [
            (f"lq_of{at}", half_up(groups[at], MILLIONTHS, self.dialect))
            for at, name in enumerate(plan.groups)
            if name in asked.groups
        ]
        if asked.acts:
            query = joined(query, "SELECT 0 FROM l LEFT JOIN lq_act AS a ON a.lq_no = l.lq_no")
            counts = ("lq_interactions", "lq_active_days", *self._kind_names())
            listed += [(name, coalesce(column(name, "a"), integer(0))) for name in counts]
        if asked.days_since_activity or asked.days_since_contact:
            query = joined(query, "SELECT 0 FROM l LEFT JOIN lq_seen AS g ON g.lq_no = l.lq_no")
            listed += [(name, column(name, "g")) for name in ("lq_own_age", "lq_our_age")]
        return selecting(query, listed)

    def _labels(self) -> Expr:
        """Return the query that adds grade, level, label and total."""
        plans = self.model.plans
        fit, interest = column("lq_fit", "s"), column("lq_interest", "s")
        graded = selecting(
            statement("SELECT s.* FROM lq_axes AS s"),
            [
                ("lq_grade", grade(plans.fit, fit, column("lq_known", "s"))),
                ("lq_level", level(plans.interest, interest)),
            ],
        )
        labelled = selecting(
            statement("SELECT s.* FROM $graded", graded=nested(graded, "s")),
            [("lq_label", label(self.model, column("lq_grade", "s"), column("lq_level", "s"), self.dialect))],
        )
        combined = total(self.model.combine, fit, interest, column("lq_label", "s"), self.dialect)
        whole = statement("SELECT s.* FROM $labelled", labelled=nested(labelled, "s"))
        return selecting(whole, [("lq_total", combined)])

    def _reached(self) -> Expr:
        """Return the query that adds which bars are reached and kept."""
        gated = any_of(column(name, "s") for name in self.leads.gate_names())
        columns = score_columns(
            self.model,
            self._values(),
            kinds=self._kinds(),
            any_kind=more(column("lq_active_days", "s"), integer(0)),
            truths=[(name, column(name, "s")) for name, _ in self.bars.of_lead],
            dialect=self.dialect,
        )
        bars = [(f"lq_{name}", part) for name, part in reached(self.bars, columns, gated=gated)]
        if self.details:
            bars += [(f"lq_stays_{name}", part) for name, part in kept(self.bars, columns, gated=gated)]
        return selecting(statement("SELECT s.* FROM lq_label AS s"), bars)

    def _shown(self) -> Expr:
        names = [bar.name for bar in self.bars.bars]
        plan = self.model.plans.fit
        gates = [
            (reason, column(name, "s")) for (reason, _), name in zip(plan.gates, self.leads.gate_names(), strict=True)
        ]
        listed = [
            ("lead_id", column("lq_lead", "s")),
            *((name, column(f"lq_{name}", "s")) for name in ("fit", "interest", "total", "grade", "level", "label")),
            ("qualifies", joined_names([(name, column(f"lq_{name}", "s")) for name in names])),
            ("gate", first_gate(gates)),
        ]
        if self.details:
            listed += [
                ("stays", joined_names([(name, column(f"lq_stays_{name}", "s")) for name in names])),
                ("gates", every_gate(gates, self.dialect)),
                *((name, column(f"lq_{name}", "s")) for name in DETAILS[2:]),
            ]
        return listing(statement("SELECT 0 FROM lq_bars AS s"), listed)

    def _values(self) -> Mapping[str, Expr]:
        """Return what bars read of a score, by name."""
        asked, plan = self.needs, self.model.plans.interest
        named = {
            "fit": "lq_fit",
            "interest": "lq_interest",
            "total": "lq_total",
            "grade": "lq_grade",
            "level": "lq_level",
            "label": "lq_label",
            "fit_high": "lq_fit_high" if asked.fit_high else None,
            "completeness": "lq_completeness" if asked.completeness else None,
            "interactions": "lq_interactions" if asked.acts else None,
            "active_days": "lq_active_days" if asked.acts else None,
            "days_since_activity": "lq_own_age" if asked.days_since_activity else None,
            "days_since_contact": "lq_our_age" if asked.days_since_contact else None,
            **{f"group.{name}": f"lq_of{at}" for at, name in enumerate(plan.groups) if name in asked.groups},
        }
        return {name: column(found, "s") for name, found in named.items() if found is not None}

    def _kind_names(self) -> list[str]:
        return [f"lq_kind{at}" for at in range(len(self.needs.kinds))]

    def _kinds(self) -> dict[KindTest, Expr]:
        names = zip(self.needs.kinds, self._kind_names(), strict=True)
        return {test: equals(column(name, "s"), integer(1)) for test, name in names}
