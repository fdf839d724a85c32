"""Why not: the smallest things that would have to happen, or turn out, for a lead to reach a bar."""

from leadqual.scoring.whynot.values import Act, Answer, Costs, Learned, WhyNot

__all__ = ["Act", "Answer", "Costs", "Learned", "WhyNot"]
