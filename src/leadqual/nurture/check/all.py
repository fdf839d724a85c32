"""Every check of nurturing, one after the other."""

from collections.abc import Iterator
from itertools import islice

from leadqual.errors import MOST_PROBLEMS, Problem
from leadqual.nurture.check.contents import content_problems
from leadqual.nurture.check.flow import flow_problems
from leadqual.nurture.check.onwards import onward_problems
from leadqual.nurture.check.people import need_problems, persona_problems
from leadqual.nurture.check.planners import planner_problems
from leadqual.nurture.check.sequences import sequence_problems
from leadqual.nurture.check.settings import settings_problems
from leadqual.nurture.check.steps import steps_problems
from leadqual.nurture.check.table import Nurturing


def nurturing_problems(table: Nurturing) -> Iterator[Problem]:
    """Yield everything that is wrong with nurturing, up to `MOST_PROBLEMS`; nothing is raised, whatever is in it.

    Args:
        table: The nurturing with all that belongs to it.

    Yields:
        The problems, with their paths in the document.
    """
    yield from islice(_problems(table), MOST_PROBLEMS)


def _problems(table: Nurturing) -> Iterator[Problem]:
    yield from settings_problems(table)
    yield from persona_problems(table)
    yield from need_problems(table)
    yield from content_problems(table)
    yield from sequence_problems(table)
    yield from steps_problems(table)
    yield from flow_problems(table)
    yield from planner_problems(table)
    yield from onward_problems(table)
