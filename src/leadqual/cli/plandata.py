"""The plan of one lead for machines, and the rows of many."""

from datetime import datetime
from typing import Final

from attrs import asdict

from leadqual.cli.options import shown_instant
from leadqual.cli.plancard import zone_of
from leadqual.cli.planning import PlannedLead
from leadqual.cli.ranking import heading
from leadqual.files.replay import Life
from leadqual.nurture.planned import Fork, PlannedEnd, Rejected, Touch, Withheld
from leadqual.points import to_decimal
from leadqual.qualifier.closeness import points_missing

PLAN_COLUMNS: Final = (
    "lead_id", "at", "local", "zone", "sequence", "step", "channel", "purpose", "content", "task", "basis", "wished",
    "moved_by", "key",
)  # fmt: skip
"""The columns of a file of planned touches, in their order."""


def plan_data(planned: PlannedLead) -> dict[str, object]:
    """Return the plan of a lead for machines.

    Args:
        planned: The lead with its plan.
    """
    asked, plan, state = planned.asked, planned.plan, planned.life.record.state
    missing = points_missing(planned.life.record.score(), planned.qualifier.model)
    return {
        **heading(planned.qualifier.playbook, plan.as_of),
        "lead_id": planned.life.lead_id,
        "persona": asked.who.persona,
        "confidence": asked.who.confidence / 100,
        "offers": {name: shown_instant(at) for name, at in sorted(asked.who.offers.items())},
        "acts": dict(sorted(asked.who.acts.items())),
        "need": asked.who.need,
        "stage": state.stage,
        "missing": None if missing is None else float(to_decimal(missing)),
        "zones": list(asked.candidates.zones),
        "zone_source": asked.candidates.source,
        "past": [{**asdict(touch), "at": shown_instant(touch.at)} for touch in state.touches],
        "touches": [_part(touch) for touch in plan.touches],
        "withheld": [_part(one) for one in plan.withheld],
        "forks": [_part(one) for one in plan.forks],
        "ends": [_part(one) for one in plan.ends],
        "next_due": None if planned.due is None else shown_instant(planned.due),
    }


def _part(one: Touch | Withheld | Fork | PlannedEnd | Rejected) -> dict[str, object]:
    found = asdict(one)
    return {name: shown_instant(value) if isinstance(value, datetime) else value for name, value in found.items()}


def touch_row(life: Life, touch: Touch, home: str) -> tuple[str, ...]:
    """Return the cells of `PLAN_COLUMNS` as text; nothing as the empty text.

    Args:
        life: Whose touch it is.
        touch: The touch.
        home: Zone of a lead of which nobody knows where it is.
    """
    zone = zone_of(touch.zones, home)
    return (
        life.lead_id,
        shown_instant(touch.at),
        touch.at.astimezone(zone).isoformat(timespec="minutes"),
        str(zone),
        touch.sequence,
        touch.step,
        touch.channel,
        touch.purpose,
        touch.content or "",
        touch.task or "",
        touch.basis,
        shown_instant(touch.wished),
        ";".join(touch.moved_by),
        touch.key,
    )
