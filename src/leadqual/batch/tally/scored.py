"""Scores out of a tally: the plan of a base, with counts in place of events."""

from datetime import datetime
from typing import Any

import attrs

from leadqual.batch.engines.duck import Duck
from leadqual.batch.facts import Facts
from leadqual.batch.program import Step
from leadqual.batch.run import Counts, Run
from leadqual.batch.scores import ScoreTable
from leadqual.batch.sql.dialects import DUCKDB
from leadqual.batch.sql.nodes import integer
from leadqual.batch.sql.template import statement, table
from leadqual.batch.table import doubled, report_of
from leadqual.batch.tally.lent import Lent
from leadqual.batch.when import When
from leadqual.errors import TallyMismatch
from leadqual.playbook.playbook import Playbook
from leadqual.scoring.model import ScoringModel


def score_tally(
    duck: Duck, model: ScoringModel, playbook: ScoringModel | Playbook, leads: Any, at: datetime, *, details: bool
) -> ScoreTable:
    """Return the scores of leads as of an instant that is not before the tally's newest event.

    Args:
        duck: The tally's database.
        model: The model.
        playbook: The same, or the playbook that says how files are written.
        leads: The leads.
        at: The instant.
        details: Whether more than the columns of a scores file is wanted.

    Raises:
        TallyMismatch: If a lead has another ``since`` than its events were folded with.
    """
    staged = duck.stage(playbook, leads=leads, events=None, bad_rows="fail", progress=None)
    duck.make(Step(name="lq_leads", query=statement(_LEADS, view=table(staged.leads.view, "s"))))
    if duck.run(_OTHER_SINCE):
        raise TallyMismatch("a lead has another `since` than its events were folded with; fold its events again")
    dated = "lq_valid_from" in staged.leads.columns
    facts = Facts(
        leads=staged.leads.columns,
        events={},
        foreign_leads=staged.leads.non_ascii,
        dated=dated,
        doubled=dated or doubled(duck),
        tallied=True,
        numbered=True,
        careful=False,
    )
    when = When(at=at, day_start=model.plans.interest.day_start, dialect=DUCKDB)
    counts = Counts(
        (
            Step(name="lq_tally", query=statement(_TALLY, today=integer(when.today))),
            Step(name="lq_first", query=statement(_FIRST, today=integer(when.today)), kept=True),
        )
    )
    run = Run(engine=duck, model=model, when=when, facts=facts, details=details, skip=False, counts=counts)
    report = attrs.evolve(report_of(staged, run()), events=0, orphans=0)
    return ScoreTable(engine=Lent(duck), report=report, details=details)


_LEADS = """
SELECT s.*, COALESCE(m.lq_no, 0 - ROW_NUMBER() OVER ()) AS lq_no
FROM $view LEFT JOIN lq_member AS m ON m.lq_lead = CAST(s.lq_lead AS TEXT)
"""
_OTHER_SINCE = """
SELECT 1 FROM "lq_leads" AS l JOIN "lq_member" AS m ON m."lq_no" = l."lq_no"
WHERE m."lq_since" IS DISTINCT FROM l."lq_since" LIMIT 1
"""
_TALLY = "SELECT c.lq_no, c.lq_class, $today - c.lq_day AS lq_age, c.lq_n FROM lq_count AS c"
_FIRST = """
SELECT v.lq_no, v.lq_rule, MAX($today - v.lq_day) AS lq_age FROM lq_value AS v GROUP BY v.lq_no, v.lq_rule, v.lq_text
"""
