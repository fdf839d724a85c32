"""The ledger adds up, and no subtotal leaves its bounds."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given

from .bases import cases
from .running import events_of, lead_of, model_of

LIMIT = Decimal(1_000_000)


def score_of(case):
    """Score a case."""
    return model_of(case.document).score(lead_of(case.lead), events_of(case.events), now=case.now)


def within(points, bounds, low=-LIMIT):
    """Return whether points keep to `max` and `min`, or to the silent bound."""
    return Decimal(bounds.get("min", low)) <= points <= Decimal(bounds.get("max", LIMIT))


@given(cases())
def test_ledger_lines_add_up_exactly(case):
    """In each line what was taken explains what is left; per axis the lines make the score to the last place."""
    score = score_of(case)
    for line in score.lines:
        assert line.raw + line.limits + line.decay + line.cap == line.points
    for axis in ("fit", "interest"):
        assert sum((line.points for line in score.lines if line.axis == axis), Decimal(0)) == getattr(score, axis)


@given(cases())
def test_ledger_lines_name_their_place(case):
    """Each line's path leads into the document, and the score can be printed."""
    score = score_of(case)
    known = {f"interest.rules[{n}]" for n in range(len(case.document["interest"]["rules"]))}
    known |= {f"fit.{part}[{n}]" for part in ("criteria", "tables") for n in range(len(case.document["fit"][part]))}
    named = {line.where for line in score.lines if line.what in ("criterion", "table", "rule", "inactivity")}
    assert named <= known
    assert score.label in score.explain()


@given(cases())
def test_caps_bound_rules_groups_and_axes(case):
    """After its cap no rule, group or axis lies outside its `min` and `max`; the axes' own `min` is 0 unless given."""
    score, interest, fit = score_of(case), case.document["interest"], case.document["fit"]
    for line in score.lines:
        if line.what in ("rule", "inactivity"):
            assert within(line.points, interest["rules"][int(line.where.split("[")[1][:-1])])
    assert all(within(score.groups[name], interest["groups"][name]) for name in interest["groups"])
    assert within(score.interest, interest, low=Decimal(0))
    assert all(within(points, fit, low=Decimal(0)) for points in (score.fit_low, score.fit, score.fit_high))
    assert 0 <= score.completeness <= 100
