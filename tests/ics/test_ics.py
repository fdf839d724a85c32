"""Plans as calendars."""

from datetime import UTC, datetime, timedelta, timezone
from string import ascii_lowercase
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual.errors import MissingExtra, UnknownName
from leadqual.ics import plan_calendar
from leadqual.nurture.planned import Plan, Touch

AT = datetime(2026, 3, 9, 10, tzinfo=UTC)
ODD = st.text(max_size=200) | st.sampled_from(["a\r\nBEGIN:VEVENT", "ñ" * 90, "a,b;c:d\\e", "🙂" * 40, "\x00\ud800"])


def touch(**more: Any):
    """A touch that sends an article."""
    usual: dict[str, Any] = {
        "key": "L1:education:1:article:1",
        "at": AT,
        "wished": AT,
        "sequence": "education",
        "step": "article",
        "channel": "email",
        "purpose": "newsletter",
        "content": "first_steps",
        "basis": "opt_in",
    }
    return Touch(**(usual | more))


def events(found):
    """The events of a calendar."""
    return icalendar.Calendar.from_ical(found).walk("VEVENT")


def test_calendar_is_exactly_this():
    """All lines of it, ended by CR and LF; what the clock says stands nowhere."""
    found = plan_calendar(Plan(as_of=AT - timedelta(days=1), touches=(touch(),)), lead_id="L1")
    assert found.decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//leadqual//plan//EN",
        "X-WR-CALNAME:Plan for lead L1",
        "BEGIN:VEVENT",
        "SUMMARY:E-mail: first steps",
        "DTSTART:20260309T100000Z",
        "DTSTAMP:20260308T100000Z",
        "UID:L1:education:1:article:1@leadqual",
        "CATEGORIES:e-mail",
        "DESCRIPTION:Lead L1\\nStep “article” of the sequence “education”\\nP",
        " lanned as of 8 March 2026\\, 10:00 UTC\\; it goes only if nothing happens be",
        " fore.",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_task_of_a_person_takes_half_an_hour():
    """A call blocks the calendar; a mail does not."""
    call = touch(channel="phone", content=None, task="Call, about the prices")
    (event,) = events(plan_calendar(Plan(as_of=AT, touches=(call,)), lead_id="L1"))
    assert str(event["SUMMARY"]) == "Phone: Call, about the prices"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=30)
    assert event["TRANSP"] == "OPAQUE"


def test_calendar_speaks_spanish_with_the_labels_of_the_team():
    """Channels, contents and tasks are called as the team calls them."""
    plan = Plan(as_of=AT, touches=(touch(), touch(task="Call", channel="phone")))
    labels = {"first_steps": "Primeros pasos", "Call": "Llamar"}
    first, second = events(plan_calendar(plan, lead_id="L1", language="es", labels=labels))
    assert str(first["SUMMARY"]) == "Correo electrónico: Primeros pasos"
    assert str(second["SUMMARY"]) == "Teléfono: Llamar"
    assert str(first["DESCRIPTION"]).startswith("Lead L1\nPaso «article» de la secuencia «education»\nPlanificado")


def test_touch_without_content_is_called_after_its_step():
    """There is always something to read."""
    (event,) = events(plan_calendar(Plan(as_of=AT, touches=(touch(content=None),)), lead_id="L1"))
    assert str(event["SUMMARY"]) == "E-mail: article"


def test_calendar_of_nothing_is_a_calendar():
    """Without touches it has no events."""
    assert events(plan_calendar(Plan(as_of=AT), lead_id="L1")) == []


def test_calendar_refuses_a_language_that_it_does_not_speak():
    """The error says which it does."""
    french: Any = "fr"
    with pytest.raises(UnknownName, match="language"):
        plan_calendar(Plan(as_of=AT), lead_id="L1", language=french)


def test_calendar_says_what_is_not_installed(monkeypatch):
    """Without icalendar the error names the extra."""
    monkeypatch.setitem(__import__("sys").modules, "icalendar", None)
    with pytest.raises(MissingExtra, match=r"leadqual\[ics\]"):
        plan_calendar(Plan(as_of=AT), lead_id="L1")


@given(ODD, ODD, ODD, ODD)
def test_calendar_reads_back_whatever_things_are_called(key, content, task, lead_id):
    """Lines are folded at 75 octets, end in CR LF, hold nothing that a name smuggled in, and are the same twice."""
    plan = Plan(as_of=AT, touches=(touch(key=key, content=content, task=task or None), touch()))
    found = plan_calendar(plan, lead_id=lead_id)
    assert found == plan_calendar(plan, lead_id=lead_id)
    assert found.endswith(b"\r\n")
    lines = found.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert [line for line in lines if b"\n" in line or b"\r" in line] == []
    assert len(events(found)) == 2
    assert str(events(found)[1]["UID"]) == "L1:education:1:article:1@leadqual"


@given(st.lists(st.text(ascii_lowercase, min_size=1, max_size=400), unique=True, max_size=5))
def test_no_two_touches_share_a_uid(keys):
    """However long their keys are."""
    plan = Plan(as_of=AT, touches=tuple(touch(key=key) for key in keys))
    assert [str(event["UID"]) for event in events(plan_calendar(plan, lead_id="L1"))] == [
        f"{key}@leadqual" for key in keys
    ]


@given(st.datetimes(datetime(1990, 1, 1), datetime(2150, 1, 1)), st.integers(-14, 14))
def test_instants_are_told_in_utc(at, hours):
    """Whatever the zone of the instant, to the second."""
    local = at.replace(tzinfo=timezone(timedelta(hours=hours)))
    (event,) = events(plan_calendar(Plan(as_of=local, touches=(touch(at=local, wished=local),)), lead_id="L1"))
    assert event["DTSTART"].dt == local.astimezone(UTC).replace(microsecond=0) == event["DTSTAMP"].dt
    assert event["DTSTART"].dt.utcoffset() == timedelta(0)
