"""The same as the card, for machines; points are exact and text, so that no reader rounds them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from leadqual.cli.options import shown_instant
from leadqual.cli.ranking import heading, row
from leadqual.cli.subject import Subject
from leadqual.cli.voice import Voice
from leadqual.scoring import Evidence, Line, Score
from leadqual.scoring.compare import Comparison
from leadqual.scoring.forecast import Outlook
from leadqual.scoring.whynot import Act, Answer, WhyNot
from leadqual.scoring.whynot.values import Change

if TYPE_CHECKING:
    from leadqual.scoring.questions import Question


def card(subject: Subject) -> dict[str, object]:
    """Return a score and its exact ledger."""
    score = subject.score
    return {
        **heading(subject.playbook, score.now, subject.objectives),
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
        "profile_dated": subject.profile_dated,
        "warnings": list(subject.remarks),
        **_example(subject),
        "lines": [_line(line) for line in score.lines],
        "bars": {bar.name: _bar(score, bar.name) for bar in score.reading.model.plans.bars},
        "questions": [_question(question) for question in score.questions()],
    }


def _example(subject: Subject) -> dict[str, object]:
    if subject.told is None:
        return {}
    return {"example": subject.told.example.name, "holds": not subject.told.problems}


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


def _bar(score: Score, name: str) -> dict[str, object]:
    """Return whether a bar is reached or kept, and until when; an end that never comes is null."""
    found: dict[str, object] = {"reached": name in score.qualifies, "kept": name in score.stays}
    ends = {"until": score.until(name) if name in score.qualifies else None}
    ends["kept_until"] = score.until(name, keep=True) if name in score.stays else None
    ends["becomes"] = None if name in score.qualifies else score.becomes(name)
    return found | {key: None if at is None else shown_instant(at) for key, at in ends.items()}


def _question(question: "Question") -> dict[str, object]:
    return {
        "attribute": question.attribute,
        "type": question.type,
        "fit_low": str(question.fit_low),
        "fit_high": str(question.fit_high),
        "narrows": str(question.narrows),
        "decides": sorted(question.decides),
        "gates": sorted(question.gates),
    }


def why_not_data(found: WhyNot, voice: Voice) -> dict[str, object]:
    """Return the answers to why a bar is not reached."""
    return {
        "bar": found.bar,
        "reached": found.met,
        "complete": found.complete,
        "words": found.explain(voice.words.language, labels=voice.words.labels),
        "answers": [_answer(answer, voice) for answer in found.answers],
    }


def _answer(answer: Answer, voice: Voice) -> dict[str, object]:
    return {
        "cost": str(answer.cost),
        "words": answer.words(voice.words.language, labels=voice.words.labels),
        "changes": [_change(change) for change in answer.changes],
        "score": row(answer.score),
    }


def _change(change: Change) -> dict[str, object]:
    if isinstance(change, Act):
        properties = {name: _value(value) for name, value in change.event.properties.items()}
        return {"event": change.event.kind, "properties": properties, "days": change.days, "cost": str(change.cost)}
    return {"attribute": change.attribute, "value": _value(change.value), "cost": str(change.cost)}


def _value(value: object) -> object:
    if isinstance(value, list | tuple | frozenset):
        return [_value(part) for part in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def forecast_data(outlooks: Iterable[Outlook]) -> list[dict[str, object]]:
    """Return what a score will be on each of the days to come."""
    return [
        {
            "day": one.day.isoformat(),
            "at": shown_instant(one.at),
            "interest": str(one.interest),
            "total": str(one.total),
            "level": one.level,
            "label": one.label,
            "qualifies": sorted(one.qualifies),
            "stays": sorted(one.stays),
        }
        for one in outlooks
    ]


def comparison_data(found: Comparison) -> dict[str, object]:
    """Return what changed between two scores, line by line; differences are those of `lines`."""
    return {
        "before": row(found.before) | {"now": shown_instant(found.before.now)},
        "after": row(found.after) | {"now": shown_instant(found.after.now)},
        "gained": sorted(found.gained),
        "lost": sorted(found.lost),
        "fit": str(found.fit),
        "interest": str(found.interest),
        "total": str(found.total),
        "rows": [
            {
                "axis": one.axis,
                "what": one.what,
                "name": one.name,
                "before": None if one.before is None else f"{one.before.points:f}",
                "after": None if one.after is None else f"{one.after.points:f}",
                **{part: f"{getattr(one, part):f}" for part in ("difference", "raw", "limits", "decay", "cap")},
            }
            for one in found.rows
        ],
    }
