"""All that is kept of one lead."""

from datetime import timedelta
from typing import Any

import pytest

from leadqual import Event, Lead, TooEarly
from leadqual.qualifier.record import Traces, out_of_time
from tests.core.lifecycle.small import BIG, MID, live, small
from tests.practice.life import on

BY = small()


def _event(day: float, by: Any = "lead") -> Event:
    return Event(id=f"{by}{day}", lead_id="L1", kind="visit", at=on(day), by=by)


@pytest.mark.parametrize(
    ("acts", "traces"),
    [
        ([], Traces()),
        ([(1, "lead", True)], Traces(on(1), on(1), on(1))),
        ([(1, "lead", False)], Traces(None, on(1), on(1))),
        ([(2, "lead", True), (1, "lead", True), (3, "lead", False)], Traces(on(2), on(1), on(3))),
        ([(2, "us", False), (1, "us", False), (3, "us", False)], Traces(None, None, None, on(1), on(3))),
        ([(1, "lead", True), (2, "us", False)], Traces(on(1), on(1), on(1), on(2), on(2))),
        ([(2, "us", False), (1, "lead", True)], Traces(on(1), on(1), on(1), on(2), on(2))),
        ([(2, "lead", True), (2, "lead", True)], Traces(on(2), on(2), on(2))),
    ],
)
def test_traces_keep_first_and_last_of_either_side(acts, traces):
    """In whatever order they become known; only an interaction is one."""
    found = Traces()
    for day, by, interaction in acts:
        found = found.plus(_event(day, by), interaction=interaction)
    assert found == traces


def test_records_are_equal_when_all_that_is_kept_is():
    """Two ways to the same life make the same record, which can be a key."""
    one, other = live(BY), live(BY)
    assert (one.record == other.record, hash(one.record) == hash(other.record)) == (True, True)
    one.does("visit", 1)
    other.passes(1)
    assert one.record != other.record
    other.does("visit", 1)
    assert one.record == other.record
    assert live(BY).record != live(BY, MID).record
    assert live(BY).record != live(small(qualify="")).record
    assert live(BY).record != "L1"


@pytest.mark.parametrize("what", ["pending", "flag", "since", "time"])
def test_records_differ_by_anything_that_matters(what):
    """What waits, what is flagged, from when on events count, and up to when all is decided."""
    one, other = live(BY), live(BY)
    one.passes(1)
    if what == "pending":
        other.does("visit", 1.5, known=1)
    elif what == "since":
        other = live(BY, since=on(-1))
        other.passes(1)
    else:
        other.passes(2)
    assert one.record != other.record


def test_record_is_printed_without_anything_personal():
    """Its id, stage, cycle and instant."""
    life = live(BY, email="ana@b.example")
    assert repr(life.record) == "<Record of 'L1': lead, cycle 1, as of 2026-01-05T09:00:00+00:00>"


def test_record_is_scored_as_of_when_it_was_decided():
    """Or of any later instant, but not of one before its newest event."""
    life = live(BY)
    life.does("visit", 1)
    life.passes(2)
    assert (life.record.score().interest, life.record.score(on(3)).interest) == (4.5, 4)
    assert life.record.score(on(1)).interest == 5
    with pytest.raises(TooEarly):
        life.record.score(on(1) - timedelta(microseconds=1))


def test_record_is_scored_with_where_the_lead_stands():
    """Bars may ask for the stage and the days in it."""
    parts = '{ field = "stage", op = "eq", value = "sql" }, { field = "days_in_stage", op = "ge", value = 2 }'
    ask = f"[qualify.mql]\nwhen = {{ all = [{parts}] }}\n"
    life = live(small(qualify=ask))
    life.is_said("accept", 1)
    assert [life.record.score(on(day)).qualifies for day in (2, 3)] == [frozenset(), {"mql"}]


def test_record_says_why_it_cannot_be_handled():
    """It has gone into another lead, or time would go back."""
    life = live(BY)
    life.passes(2)
    late = out_of_time(life.record, on(1))
    assert (late.where, late.what) == ("lead 'L1'", f"everything up to {on(2).isoformat()} is decided")
    assert str(late.got) == on(1).isoformat()


def test_record_holds_profile_and_stage():
    """As they were given, and as they follow."""
    life = live(BY, BIG)
    assert (life.record.lead, life.record.stage) == (life.lead, "lead")
    assert isinstance(life.record.lead, Lead)
