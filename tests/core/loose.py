"""The library's classes without their types: here tests give them wrong values on purpose."""

from typing import Any

from leadqual import conditions, event, fit, interest, lead, scoring

Attribute: Any = scoring.Attribute
Band: Any = fit.Band
Bar: Any = scoring.Bar
Combine: Any = scoring.Combine
Criterion: Any = fit.Criterion
Event: Any = event.Event
Fit: Any = fit.Fit
Gate: Any = fit.Gate
HalfLife: Any = interest.HalfLife
Interest: Any = interest.Interest
Lead: Any = lead.Lead
Leaf: Any = conditions.Leaf
Linear: Any = interest.Linear
Not: Any = conditions.Not
Per: Any = interest.Per
Qualify: Any = scoring.Qualify
ScoringModel: Any = scoring.ScoringModel
Steps: Any = interest.Steps
Table: Any = fit.Table
Window: Any = interest.Window
field: Any = conditions.field
