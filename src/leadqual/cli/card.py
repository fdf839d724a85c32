"""One lead's score as a card: what it is, and the ledger that adds up to it."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from rich.console import Console

from leadqual.cli.options import shown_instant
from leadqual.cli.ranking import ago, heading, row
from leadqual.cli.screen import number_of, say, table
from leadqual.cli.work import Scored
from leadqual.scoring import Evidence, Line, Score

_WIDE = 110
"""From how many columns there is room for the place of each rule in the playbook."""
_CENT = Decimal("0.01")
_FIT: Final = (
    ("Rule", "long"),
    ("Reads", "left"),
    ("Raw", "right"),
    ("Caps", "right"),
    ("Points", "right"),
    ("Where", "left"),
)
_INTEREST: Final = (
    ("Rule", "long"),
    ("Events", "right"),
    ("Raw", "right"),
    ("Limits", "right"),
    ("Decay", "right"),
    ("Caps", "right"),
    ("Points", "right"),
    ("Where", "left"),
    ("Newest", "left"),
)


def print_card(console: Console, scored: Scored, score: Score, *, clock: bool = False) -> None:
    """Print one score and its ledger.

    Args:
        console: Where to.
        scored: The run it belongs to.
        score: The score.
        clock: Whether the instant came from the clock; then it is said how to repeat it.
    """
    at = shown_instant(score.now)
    say(
        console,
        f"Lead {score.lead_id} as of {at}" + (f" (the clock; repeat with --now {at})" if clock else ""),
        "bold",
    )
    say(console, f"by {scored.playbook.name} {scored.playbook.version}")
    console.print(table((("", "left"), ("", "right"), ("", "long")), _facts(score), header=False))
    for axis, title in (("fit", "Fit"), ("interest", "Interest")):
        _print_axis(console, score, axis, title)
    for remark in scored.remarks:
        say(console, f"Note: {remark}", "yellow")
    say(console, "Points are shown to two decimals; --json has the exact ones, which add up to the unit.", "dim")


def _facts(score: Score) -> Iterator[Sequence[str]]:
    fit = [] if score.grade is None else [f"grade {score.grade}"]
    fit.append(f"{score.completeness} % of the profile is known")
    if score.fit_low != score.fit_high:
        fit.append(f"from {score.fit_low} to {score.fit_high} once all is")
    interest = [] if score.level is None else [f"level {score.level}"]
    interest.append(f"{number_of(score.interactions, 'interaction')} on {number_of(score.active_days, 'active day')}")
    yield ("Label", score.label, _verdict(score))
    yield ("Fit", str(score.fit), "; ".join(fit))
    yield ("Interest", str(score.interest), "; ".join(interest))
    yield (
        "Total",
        str(score.total),
        f"last own act: {ago(score.days_since_activity)}; ours: {ago(score.days_since_contact)}",
    )


def _verdict(score: Score) -> str:
    if score.gate is not None:
        return f"gated: {', '.join(score.gates)}; cannot qualify"
    kept = sorted(score.stays - score.qualifies)  # bars with a `stay` that are kept and not reached
    bars = [f"qualifies as {' and '.join(sorted(score.qualifies))}"] if score.qualifies else ["does not qualify"]
    return "; ".join(bars + ([f"is above the bar to stay {' and '.join(kept)}"] if kept else []))


def _print_axis(console: Console, score: Score, axis: str, title: str) -> None:
    lines = [line for line in score.lines if line.axis == axis]
    if not lines:
        say(console, f"{title}: nothing counts.")
        return
    columns, cells = (_INTEREST, _interest_cells) if axis == "interest" else (_FIT, _fit_cells)
    place = next(i for i, (heading, _) in enumerate(columns) if heading == "Points")
    total = [f"= {axis}", *[""] * (len(columns) - 1)]
    total[place] = str(score.interest if axis == "interest" else score.fit)
    rows = [cells(line) for line in lines if line.what != "rounding" or shown_points(line.points)]
    shown = len(columns) if console.width >= _WIDE else place + 1
    console.print(table(columns[:shown], (row[:shown] for row in (*rows, total)), title=title))


def _fit_cells(line: Line) -> tuple[str, ...]:
    points = shown_points(line.points) or "0.00"
    return (line.name, ", ".join(line.fields), shown_points(line.raw), shown_points(line.cap), points, line.where)


def _interest_cells(line: Line) -> tuple[str, ...]:
    events = f"{line.count:,}" if line.what in {"rule", "inactivity"} else ""
    taken = map(shown_points, (line.raw, line.limits, line.decay, line.cap))
    newest = line.evidence[0].day.isoformat() if line.evidence else ""
    return (line.name, events, *taken, shown_points(line.points) or "0.00", line.where, newest)


def shown_points(points: Decimal) -> str:
    """Return points to two decimals, half up; nothing for what comes to zero.

    >>> shown_points(Decimal("1.955")), shown_points(Decimal("-0.001"))
    ('1.96', '')
    """
    rounded = points.quantize(_CENT, rounding=ROUND_HALF_UP)
    return str(rounded) if rounded else ""


def card(scored: Scored, score: Score) -> dict[str, object]:
    """Return a score and its exact ledger for machines; its points are text, so that no reader rounds them."""
    return {
        **heading(scored),
        **row(score),
        "fit_low": str(score.fit_low),
        "fit_high": str(score.fit_high),
        "completeness": str(score.completeness),
        "stays": sorted(score.stays),
        "gates": list(score.gates),
        "groups": {name: str(points) for name, points in score.groups.items()},
        "interactions": score.interactions,
        "active_days": score.active_days,
        "kinds": sorted(score.kinds),
        "days_since_activity": score.days_since_activity,
        "days_since_contact": score.days_since_contact,
        "profile_dated": scored.report.profile_dated,
        "warnings": list(scored.remarks),
        "lines": [_line(line) for line in score.lines],
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "axis": line.axis,
        "where": line.where,
        "name": line.name,
        "what": line.what,
        "count": line.count,
        **{name: f"{getattr(line, name):f}" for name in ("raw", "limits", "decay", "cap", "points")},
        "fields": list(line.fields),
        "evidence": [_evidence(one) for one in line.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, object]:
    found: dict[str, object] = {"day": evidence.day.isoformat(), "count": evidence.count}
    if evidence.key is not None:
        found |= {"source": evidence.key[0], "id": evidence.key[1]}
    return found
