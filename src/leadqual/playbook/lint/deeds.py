"""Acts by which a lead meets a bar although nothing is known of it: made up, then scored."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from leadqual.conditions.fieldtypes import LITERALS
from leadqual.event import Event
from leadqual.interest.check import ANY_KIND
from leadqual.interest.rules import RulePlan
from leadqual.lead import Lead
from leadqual.playbook.lint.acts import Acts
from leadqual.playbook.lint.leads import NOW
from leadqual.playbook.lint.parts import BarPart, Parts
from leadqual.playbook.lint.samples import rows_of, samples_of
from leadqual.scoring.score import Score

_DAY: Final = timedelta(days=1)
_ROUNDS: Final = ((1, 1), (1, 2), (3, 3), (1, 10), (10, 10), (1, 40))
"""How many events of each rule a day, on how many days; few first."""
_MOST_EVENTS: Final = 3_000
_MOST_RULES: Final = 300
_NOBODY: Final = (Lead(id="nobody"), Lead(id="nobody", acquisition="inbound"))


def unknown_lead(parts: Parts, acts: Acts, bar: BarPart) -> Score | None:
    """Return the score of a lead of whose profile nothing is known, and that reaches a bar by its acts.

    Args:
        parts: The parts of the model.
        acts: What behaviour can come to.
        bar: The bar.

    Returns:
        The score, or ``None`` if no such acts were found.
    """
    plan = parts.model.plans.interest
    ranked = sorted(zip(plan.rules, acts.capped, strict=True), key=lambda pair: -pair[1].high)
    best = [rule for rule, own in ranked[:_MOST_RULES] if own.high > 0]
    patterns = [found for rule in best if (found := _pattern(rule, parts)) is not None]
    for each, days in _ROUNDS:
        some = patterns[: _MOST_EVENTS // (each * days)]
        events = list(_events(some, each, days))
        for lead in _NOBODY:
            score = parts.model.score(lead, events, now=NOW)
            if bar.name in score.qualifies:
                return score
    return None


Pattern = tuple[RulePlan, str, Mapping[str, Any], str]
"""A rule, a kind and properties that match it, and the type of the property that tells its events apart."""


def _pattern(rule: RulePlan, parts: Parts) -> Pattern | None:
    """Return the event of a rule that earns most, or ``None`` if none was found."""
    if rule.rule.inactivity is not None:
        return None
    plan = parts.model.plans.interest
    kind = "act" if rule.rule.event[0] == ANY_KIND else rule.rule.event[0]
    distinct = plan.properties.get(rule.rule.distinct_by or "", "")
    best: tuple[int, Pattern] | None = None
    for row in rows_of(samples_of([] if rule.rule.when is None else [rule.rule.when], parts.of_event.scope)):
        if rule.holds is not None and not rule.holds(row):
            continue
        event = Event(id="e", lead_id="nobody", kind=kind, at=NOW, properties=row)
        earned = sum(plan.rules[i].points for i in plan.hits(event))
        if best is None or earned > best[0]:
            best = earned, (rule, kind, row, distinct)
    return None if best is None else best[1]


def _events(patterns: list[Pattern], each: int, days: int) -> Iterator[Event]:
    """Yield events of patterns, so many of each a day."""
    for n, (rule, kind, row, distinct) in enumerate(patterns):
        for i in range(each * days):
            properties = {**row, **_other(rule, distinct, i, row)}
            at = NOW - i // each * _DAY
            yield Event(id=f"{n} {i}", lead_id="nobody", kind=kind, at=at, properties=properties)


def _other(rule: RulePlan, distinct: str, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return another value of the property that tells a rule's events apart, if the rule still matches with it."""
    name = rule.rule.distinct_by
    if name is None or distinct not in ("text", "integer"):
        return {}
    value = LITERALS[distinct](f"x{number}" if distinct == "text" else number)
    return {name: value} if rule.holds is None or rule.holds({**row, name: value}) else {}
