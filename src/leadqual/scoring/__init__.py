"""Scoring: both axes together, as one pure function of a lead, its events and an instant."""

from leadqual.scoring.best import Best, best
from leadqual.scoring.combine import Combine
from leadqual.scoring.declared import Attribute
from leadqual.scoring.ledger import Evidence, Line
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.profile import Profile
from leadqual.scoring.qualify import Bar, Qualify
from leadqual.scoring.score import Score

__all__ = [
    "Attribute",
    "Bar",
    "Best",
    "Combine",
    "Evidence",
    "Line",
    "Profile",
    "Qualify",
    "Score",
    "ScoringModel",
    "best",
]
