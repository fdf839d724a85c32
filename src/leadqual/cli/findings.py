"""What a base says about a playbook: kinds without a rule, rules without an event, dates that cannot be right."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from attrs import frozen

from leadqual.cli.options import shown_instant
from leadqual.cli.screen import number_of
from leadqual.event import Event
from leadqual.files import Base
from leadqual.hints import did_you_mean
from leadqual.playbook import Playbook

ONE_INSTANT_SHARE = 0.2
"""From which share of all events one instant looks like an upload rather than behaviour."""
FEW = 20
"""Below this many events a share says nothing."""
_MOST_KINDS = 30


@frozen(kw_only=True)
class Finding:
    """Something that is worth a look, though nothing is wrong in form.

    Attributes:
        topic: ``"kinds"``, ``"rules"``, ``"conditions"``, ``"dates"`` or ``"columns"``.
        where: What it is about: a kind, a rule's place, a column.
        text: One or two sentences for people.
    """

    topic: str
    where: str
    text: str


def findings(playbook: Playbook, base: Base, now: datetime) -> tuple[Finding, ...]:
    """Compare a playbook with a base that was read with it.

    Args:
        playbook: What would score it.
        base: Leads and events.
        now: Events after this instant lie in the future.
    """
    events = [event for one in base.events.values() for event in one]
    return (
        *_kind_findings(playbook, events),
        *_condition_findings(playbook, base, now),
        *date_findings(base),
        *_future_findings(base, now),
        *_empty_findings(playbook, base, events),
    )


def rule_kinds(playbook: Playbook) -> tuple[tuple[str, ...], ...]:
    """Return the kinds that each interest rule names, in order."""
    return tuple(tuple(rule.event) for rule in playbook.model.interest.rules)


def _kind_findings(playbook: Playbook, events: list[Event]) -> Iterator[Finding]:
    seen = Counter(event.kind for event in events)
    own = Counter(event.kind for event in events if event.by == "lead")
    rules = rule_kinds(playbook)
    named = {kind for kinds in rules for kind in kinds} - {"*"}
    strangers = [(kind, count) for kind, count in own.most_common() if kind not in named]
    for kind, count in strangers[:_MOST_KINDS]:
        hint = did_you_mean(kind, named - set(seen), "It earns nothing.")
        yield Finding(
            topic="kinds", where=kind, text=f"{number_of(count, 'event')}, and no rule names this kind. {hint}"
        )
    if len(strangers) > _MOST_KINDS:
        more = number_of(len(strangers) - _MOST_KINDS, "more kind")
        yield Finding(topic="kinds", where="", text=f"{more} that no rule names.")
    for i, kinds in enumerate(rules):
        if events and "*" not in kinds and not any(kind in seen for kind in kinds):
            what = " or ".join(kinds)
            yield Finding(topic="rules", where=f"interest.rules[{i}]", text=f"No event is of the kind {what}.")


def _condition_findings(playbook: Playbook, base: Base, now: datetime) -> Iterator[Finding]:
    """Yield the rules whose kinds occur while their condition never holds, such as a page that is spelt otherwise."""
    seen = Counter(event.kind for one in base.events.values() for event in one)
    rules = enumerate(playbook.model.interest.rules)
    waiting = {f"interest.rules[{i}]": rule for i, rule in rules if rule.when is not None and rule.inactivity is None}
    for lead_id, events in base.events.items():
        if not waiting:
            return
        for line in playbook.model.score(base.leads[lead_id], events, now=now).lines:
            waiting.pop(line.where, None)
    for where, rule in waiting.items():
        count = sum(seen[kind] for kind in rule.event)
        if count:
            text = f"{number_of(count, 'event')} of its kinds, but its condition holds for none that counts."
            yield Finding(topic="conditions", where=where, text=text)


def date_findings(base: Base) -> Iterator[Finding]:
    """Yield what is odd about the instants of a base: an upload's instead of the act's, and acts before their lead."""
    events = [event for one in base.events.values() for event in one]
    instants = Counter(event.at for event in events)
    most = max(instants.items(), key=lambda item: (item[1], item[0]), default=None)
    created = {lead_id: lead.created_at for lead_id, lead in base.leads.items() if lead.created_at is not None}
    early = sum(event.lead_id in created and event.at < created[event.lead_id] for event in events)
    yield from counted_findings(len(events), most, early)


def counted_findings(events: int, most: tuple[datetime, int] | None, early: int) -> Iterator[Finding]:
    """Yield what is odd about the instants of events that were counted elsewhere.

    Args:
        events: How many there are.
        most: The instant at which most of them lie, the latest of several, and how many.
        early: How many lie before the creation of their lead.
    """
    if most is not None and events >= FEW and most[1] >= ONE_INSTANT_SHARE * events:
        text = f"{most[1] / events:.0%} of {events:,} events share one instant (the upload?)."
        yield Finding(topic="dates", where=shown_instant(most[0]), text=text)
    if early:
        text = f"{number_of(early, 'event')} before the creation of the lead. Is created_at the day of an import?"
        yield Finding(topic="dates", where="created_at", text=text)


def _future_findings(base: Base, now: datetime) -> Iterator[Finding]:
    later = sum(event.at > now for one in base.events.values() for event in one)
    if later:
        text = f"{number_of(later, 'event')} after {shown_instant(now)}: in the future, and not counted yet."
        yield Finding(topic="dates", where="at", text=text)
    created = sum(lead.created_at is not None and lead.created_at > now for lead in base.leads.values())
    if created:
        text = f"{number_of(created, 'lead')} created after {shown_instant(now)}, in the future."
        yield Finding(topic="dates", where="created_at", text=text)


def _empty_findings(playbook: Playbook, base: Base, events: list[Event]) -> Iterator[Finding]:
    leads = base.leads.values()
    for name in playbook.model.attributes if base.leads else ():
        if not _warned(base, name) and all(_absent(lead.attributes.get(name)) for lead in leads):
            yield Finding(topic="columns", where=f"attributes.{name}", text="Never filled for any lead.")
    for name in playbook.model.properties if events else ():
        if not _warned(base, name) and all(_absent(event.properties.get(name)) for event in events):
            yield Finding(topic="columns", where=f"properties.{name}", text="Never filled for any event.")


def _warned(base: Base, name: str) -> bool:
    """Return whether reading said already that there is no such column."""
    return any(f"`{name}` is missing" in warning for warning in base.report.warnings)


def _absent(value: object) -> bool:
    return value in {None, "", ()}
