"""A plan as a calendar in the format of RFC 5545, for whoever wants to see it beside their own appointments.

Needs the extra ``ics``: ``pip install 'leadqual[ics]'``.
"""

from collections.abc import Mapping
from datetime import timedelta
from types import ModuleType
from typing import Any, Final

from leadqual.calendar import utc
from leadqual.conditions.words import Words
from leadqual.errors import MissingExtra, printable
from leadqual.languages import Language, language_of
from leadqual.lifecycle.told.voice import Voice
from leadqual.nurture.planned import Plan, Touch

_NO_LABELS: Final[Mapping[str, str]] = {}
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "name": "Plan for lead {lead}",
        "summary": "{channel}: {what}",
        "lead": "Lead {lead}",
        "place": "Step {step} of the sequence {sequence}",
        "plan": "Planned as of {at}; it goes only if nothing happens before.",
    },
    "es": {
        "name": "Plan del lead {lead}",
        "summary": "{channel}: {what}",
        "lead": "Lead {lead}",
        "place": "Paso {step} de la secuencia {sequence}",
        "plan": "Planificado a fecha de {at}; solo sale si antes no pasa nada.",
    },
}
_TASK: Final = timedelta(minutes=30)
"""How long what a person is to do stands in the calendar."""


def plan_calendar(
    plan: Plan, *, lead_id: str, language: Language = "en", labels: Mapping[str, str] = _NO_LABELS
) -> bytes:
    """Return a plan as a calendar: an event for each touch that is planned.

    The same plan gives the same bytes, and an event keeps its UID, the key of its touch, however often the lead is
    planned: a calendar that is read again is brought up to date. Nothing personal stands in it but the lead's id.

    Args:
        plan: The plan.
        lead_id: Whose it is.
        language: ``"en"`` or ``"es"``.
        labels: What people call channels, content, sequences and steps, by name.

    Returns:
        An iCalendar file as UTF-8 with CRLF line ends, instants in UTC; what a person is to do takes half an hour.

    Raises:
        MissingExtra: If icalendar is not installed.
        UnknownName: If leadqual does not speak the language.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 3, 9, 10, tzinfo=UTC)
    >>> article = Touch(
    ...     key="L1:education:1:article:1", at=at, wished=at, sequence="education", step="article", channel="email",
    ...     purpose="newsletter", content="security-article", basis="opt_in",
    ... )
    >>> text = plan_calendar(Plan(as_of=at, touches=(article,)), lead_id="L1").decode()
    >>> [line for line in text.splitlines() if line.startswith(("UID", "DTSTART", "SUMMARY"))]
    ['SUMMARY:E-mail: security-article', 'DTSTART:20260309T100000Z', 'UID:L1:education:1:article:1@leadqual']
    """
    parts = _icalendar()
    words = Words(language=language_of(language), labels=labels)
    says = _WORDS[words.language]
    calendar = parts.Calendar()
    calendar.add("prodid", f"-//leadqual//plan//{words.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", says["name"].format(lead=printable(lead_id)))
    for touch in plan.touches:
        calendar.add_component(_event(parts, plan, touch, lead_id, Voice(words)))
    found: bytes = calendar.to_ical()
    return found


def _icalendar() -> ModuleType:
    try:
        import icalendar
    except ModuleNotFoundError:
        raise MissingExtra("Calendars need icalendar: pip install 'leadqual[ics]'") from None
    return icalendar


def _event(parts: ModuleType, plan: Plan, touch: Touch, lead_id: str, voice: Voice) -> Any:
    says, labels = _WORDS[voice.words.language], voice.words.labels
    channel = voice.name(touch.channel)
    what = printable(labels.get(touch.task) or touch.task) if touch.task else voice.name(touch.content or touch.step)
    quoted = voice.words.quoted
    lines = (
        says["lead"].format(lead=printable(lead_id)),
        says["place"].format(step=quoted(voice.name(touch.step)), sequence=quoted(voice.name(touch.sequence))),
        says["plan"].format(at=voice.minute(plan.as_of)),
    )
    at = utc(touch.at)
    event = parts.Event()
    event.add("uid", f"{printable(touch.key, len(touch.key))}@leadqual")
    event.add("dtstamp", utc(plan.as_of).replace(microsecond=0))
    event.add("dtstart", at.replace(microsecond=0))
    if touch.task:
        event.add("dtend", (at + _TASK).replace(microsecond=0))
    event.add("summary", says["summary"].format(channel=f"{channel[:1].upper()}{channel[1:]}", what=what))
    event.add("description", "\n".join(lines))
    event.add("categories", [channel])
    event.add("transp", "OPAQUE" if touch.task else "TRANSPARENT")
    return event
