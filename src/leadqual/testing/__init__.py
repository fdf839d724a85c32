"""What helps to test playbooks and extensions: stories, strategies, checks of scorers and engines, synthetic bases."""

from leadqual.testing.arrowtables import arrow_events, arrow_leads
from leadqual.testing.base import Outcome, SyntheticBase, synthetic_base
from leadqual.testing.casefiles import Case, conformance_cases
from leadqual.testing.conformance import check_fit_scorer, check_interest_scorer
from leadqual.testing.engines import check_engine
from leadqual.testing.planners import check_planner
from leadqual.testing.reference import EngineAnswer, python_engine
from leadqual.testing.stores import check_store
from leadqual.testing.story import Story, story
from leadqual.testing.strategies import bases, documents, event_lists, events, leads, playbooks

__all__ = [
    "Case",
    "EngineAnswer",
    "Outcome",
    "Story",
    "SyntheticBase",
    "arrow_events",
    "arrow_leads",
    "bases",
    "check_engine",
    "check_fit_scorer",
    "check_interest_scorer",
    "check_planner",
    "check_store",
    "conformance_cases",
    "documents",
    "event_lists",
    "events",
    "leads",
    "playbooks",
    "python_engine",
    "story",
    "synthetic_base",
]
