"""Interest: what the behaviour says."""

from leadqual.axis import Cap
from leadqual.interest.decay import NO_DECAY, Decay, HalfLife, Linear, NoDecay, Steps, Window, decay_table
from leadqual.interest.dedupe import Conflict, Deduped, dedupe
from leadqual.interest.tally import Tally
from leadqual.interest.values import Interest, InterestRule, InterestScorer, Per

__all__ = [
    "NO_DECAY",
    "Cap",
    "Conflict",
    "Decay",
    "Deduped",
    "HalfLife",
    "Interest",
    "InterestRule",
    "InterestScorer",
    "Linear",
    "NoDecay",
    "Per",
    "Steps",
    "Tally",
    "Window",
    "decay_table",
    "dedupe",
]
