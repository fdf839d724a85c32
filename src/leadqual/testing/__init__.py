"""What helps to test playbooks and extensions: stories, strategies, checks of scorers, and synthetic bases."""

from leadqual.testing.base import Outcome, SyntheticBase, synthetic_base
from leadqual.testing.conformance import check_fit_scorer, check_interest_scorer
from leadqual.testing.story import Story, story
from leadqual.testing.strategies import bases, documents, event_lists, events, leads, playbooks

__all__ = [
    "Outcome",
    "Story",
    "SyntheticBase",
    "bases",
    "check_fit_scorer",
    "check_interest_scorer",
    "documents",
    "event_lists",
    "events",
    "leads",
    "playbooks",
    "story",
    "synthetic_base",
]
