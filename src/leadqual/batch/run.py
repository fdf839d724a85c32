"""A plan carried out step by step: what Python has to say of texts, what is wrong with the rows, and the scores."""

from collections.abc import Iterable, Sequence
from typing import Final

import attrs
from attrs import define, field, frozen

from leadqual.batch.facts import Facts
from leadqual.batch.program import Made, Runs, Small, Step
from leadqual.batch.score import ScorePlan
from leadqual.batch.sql.dialects import Dialect
from leadqual.batch.sql.nodes import Expr, column, integer, negated
from leadqual.batch.sql.template import filtered, listing, statement, table
from leadqual.batch.troubles import conflict_problems, doubled_problems
from leadqual.batch.when import When
from leadqual.errors import ModelLimit, Problem
from leadqual.files.notes import RowsError
from leadqual.fold import normal
from leadqual.interest.rules import MOST_COUNTED
from leadqual.scoring.model import ScoringModel

_UNTESTED: Final = "lq_again"
"""The step after which texts that no condition reads are asked for: only those of doubled ids are compared."""


@define
class Found:
    """What was found on the way; numbers of leads, rows and ids.

    Attributes:
        leads: Leads with a score.
        doubled: Leads left out, since two of their rows contradict each other.
        repeated: Rows of ids that come more than once.
        contents: Contents that these rows have.
        conflicts: Ids that stand for several contents.
        left_out: Contents of such ids.
        flagged: Rows of events that do not exist while they are flagged.
        orphans: Events of leads that are not in the base.
        later: Leads that are not in the base yet.
        problems: The first problems.
        total: How many there are.
    """

    leads: int = 0
    doubled: int = 0
    repeated: int = 0
    contents: int = 0
    conflicts: int = 0
    left_out: int = 0
    flagged: int = 0
    orphans: int = 0
    later: int = 0
    problems: list[Problem] = field(factory=list)
    total: int = 0


@frozen
class Counts:
    """Counts that are at hand, in place of events.

    Attributes:
        steps: What makes ``lq_tally`` and ``lq_first``.
    """

    steps: tuple[Step, ...]


@frozen(kw_only=True)
class Run:
    """One plan on one engine.

    Attributes:
        engine: What runs it; ``lq_leads`` and ``lq_events`` are staged there.
        model: The model.
        when: The instant of asking.
        facts: What is known of the data.
        details: Whether more than a score's own columns are asked for.
        skip: Whether what contradicts itself is left out and counted.
        counts: Counts in place of events.
    """

    engine: Runs
    model: ScoringModel
    when: When
    facts: Facts
    details: bool
    skip: bool
    counts: Counts | None = None

    def __call__(self) -> Found:
        """Make ``lq_score``.

        Returns:
            What was found on the way.

        Raises:
            ModelLimit: If more than 4 000 000 events of one rule and lead count.
            RowsError: If rows contradict each other and are not to be left out.
        """
        found = Found()
        plan = self._plan(self.facts)
        once, leads, tally, sums, scores = self._steps(plan)
        self._load_texts(plan, once)
        self._make(leads)
        if self.counts is None:
            self._take_conflicts(found)
        self._take_doubled(found)
        if found.total and not self.skip:
            raise RowsError(found.problems, found.total)
        self._make([*tally, *sums])
        counted = self._counted(plan)
        if not self.facts.careful and not plan.interested.worths.few(counted):
            plan = self._plan(attrs.evolve(self.facts, careful=True))
            _, _, tally, sums, scores = self._steps(plan)
            self._make([*tally, *sums])
        if counted > MOST_COUNTED:
            self._refuse_too_many(plan)
        self._make(scores)
        if self.facts.flagged:
            all_rows, present = (self._one(statement(query)) for query in (_ALL_ROWS, _PRESENT_ROWS))
            found.flagged = all_rows - present
        found.orphans = self._one(statement(_ORPHANS))
        found.leads = self._one(statement("SELECT COUNT(*) FROM lq_lead AS l"))
        if self.facts.dated:
            known = self._one(statement("SELECT COUNT(DISTINCT p.lq_lead) FROM lq_leads AS p"))
            found.later = known - found.leads - found.doubled
        return found

    def _counted(self, plan: ScorePlan) -> int:
        """Return a number that no rule has counted more events of any lead than."""
        told = self._one(statement("SELECT MAX(s.lq_told) FROM lq_summed AS s"))
        if not plan.interested.counts_apart:
            return told
        return max(told, self._one(statement("SELECT MAX(s.lq_counted) FROM lq_summed AS s")))

    def _plan(self, facts: Facts) -> ScorePlan:
        return ScorePlan(
            model=self.model, when=self.when, facts=facts, dialect=self.engine.dialect, details=self.details
        )

    def _steps(self, plan: ScorePlan) -> tuple[list[Step], list[Step], list[Made], list[Made], list[Made]]:
        interested = plan.interested
        leads = plan.leads.steps()
        if self.counts is not None:
            return [], leads, [*self.counts.steps], interested.sum_steps(), plan.score_steps()
        return (
            plan.once_steps(),
            leads,
            interested.tally_steps(),
            interested.sum_steps(),
            plan.score_steps(),
        )

    def _make(self, steps: Iterable[Made]) -> None:
        for step in steps:
            self.engine.make(step)

    def _one(self, query: Expr) -> int:
        """Return the only number of a query, 0 for none."""
        return int(self.engine.ask(query)[0][0] or 0)

    def _load_texts(self, plan: ScorePlan, once: Sequence[Step]) -> None:
        """Make the steps of `once`, and what Python says of texts as soon as it is known which there are."""
        texts = self.facts.foreign_events or self.facts.foreign_leads
        for step in once:
            self.engine.make(step)
            if step.name == _UNTESTED and texts:
                self.engine.make(text_small(self.engine, plan))
        if texts and not once:
            self.engine.make(text_small(self.engine, plan))

    def _take_conflicts(self, found: Found) -> None:
        found.repeated = self._one(statement("SELECT SUM(t.lq_copies) FROM lq_twice AS t"))
        found.contents = self._one(statement("SELECT COUNT(*) FROM lq_twice AS t"))
        found.conflicts = self._one(statement("SELECT COUNT(*) FROM lq_conflict AS c"))
        if found.conflicts:
            found.left_out = self._one(statement(_LEFT_OUT))
            found.problems += conflict_problems(self.engine, self.facts.events)
            found.total += found.conflicts

    def _take_doubled(self, found: Found) -> None:
        if not self.facts.doubled:
            return
        found.doubled = self._one(statement("SELECT COUNT(*) FROM lq_doubled AS d"))
        if found.doubled:
            found.problems += doubled_problems(self.engine, self.facts.leads)
            found.total += found.doubled

    def _refuse_too_many(self, plan: ScorePlan) -> None:
        """Raise if more events of one rule and lead count than exact arithmetic allows."""
        for number, counted in self.engine.ask(statement(_MOST, most=integer(MOST_COUNTED))):
            raise self._too_many(plan, int(number), int(counted))

    def _too_many(self, plan: ScorePlan, number: int, counted: int) -> ModelLimit:
        return plan.model.plans.interest.rules[number].too_many(counted)


def text_small(engine: Runs, plan: ScorePlan) -> Small:
    """Return what Python says of every text that is not pure ASCII, each asked once.

    Args:
        engine: What runs the plan; the steps up to ``lq_again`` are made.
        plan: The plan, all steps of which have been written.
    """
    facts, tests = plan.facts, plan.tests
    rows: list[tuple[str | int, ...]] = []
    for key in tests.keys:
        source = "lq_leads" if key in facts.leads and key != "lq_lead" else "lq_events"
        if key not in (facts.foreign_leads if source == "lq_leads" else facts.foreign_events):
            continue
        values = {text for (text,) in engine.ask(_foreign(source, key, engine.dialect))}
        rows += tests.rows(key, sorted(values | set(map(normal, values))))
    masks = [(f"lq_m{number}", "BIGINT") for number in range(tests.masks)]
    columns = (("lq_field", "TEXT"), ("lq_value", "TEXT"), ("lq_normal", "TEXT"), *masks)
    return Small(name="lq_text", columns=columns, rows=tuple(rows))


def _foreign(source: str, key: str, dialect: Dialect) -> Expr:
    value = column(key, "t")
    query = listing(statement("SELECT DISTINCT 0 FROM $source", source=table(source, "t")), [("lq_value", value)])
    return filtered(query, [negated(dialect.is_ascii(value))])


_LEFT_OUT = """
SELECT COUNT(*) FROM lq_twice AS t
JOIN lq_conflict AS c ON c.lq_source = t.lq_source AND c.lq_event = t.lq_event
"""
_ALL_ROWS = "SELECT COUNT(*) FROM lq_events AS e"
_PRESENT_ROWS = "SELECT COUNT(*) FROM lq_present AS e"
_ORPHANS = "SELECT SUM(s.lq_told) FROM lq_summed AS s ANTI JOIN lq_lead AS l ON l.lq_no = s.lq_no"
_MOST = """
SELECT g.lq_rule, SUM(g.lq_n) AS lq_n FROM lq_grain AS g JOIN lq_lead AS l ON l.lq_no = g.lq_no
GROUP BY g.lq_no, g.lq_rule HAVING SUM(g.lq_n) > $most LIMIT 1
"""
