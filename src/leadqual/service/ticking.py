"""Time passes for the leads to which something falls due."""

from datetime import timedelta
from typing import Final

from leadqual.errors import LeadqualError, Problem, ProblemsError, shown
from leadqual.lifecycle.inputs import Tick
from leadqual.service.answers import Ticked
from leadqual.service.clock import micros
from leadqual.service.recording import decision_of
from leadqual.service.tables import LEADS
from leadqual.service.work import Work

_TICK: Final = Tick()
_LATER: Final = timedelta(hours=1)


def tick_due(work: Work, *, limit: int) -> Ticked:
    """Let time pass for leads to which something has fallen due; see `QualificationService.tick_due`."""
    rows = work.unit.find(LEADS, upto=("due", work.at), order=("due",), limit=limit + 1, lock=work.lock)
    chosen = [row.lead_id for row in rows[:limit]]
    problems: list[Problem] = []
    decisions = []
    for held in work.look(chosen).values():
        try:
            work.handle(held, _TICK)
        except ProblemsError as error:
            problems += error.problems
        except LeadqualError as error:
            where = f"lead {shown(held.lead_id)}"
            problems.append(Problem(where=where, what=str(error), got=type(error).__name__, hint="It is tried again."))
        else:
            decisions.append(decision_of(held))
            continue
        held.again_at = micros(work.now + _LATER)
    return Ticked(leads=len(chosen), left=len(rows) > limit, refused=tuple(problems), decisions=tuple(decisions))
