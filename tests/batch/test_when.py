"""The day and the age of an instant in SQL are those of the calendar, from 1970 to 2199."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leadqual.batch.engines.duck import Duck
from leadqual.batch.interest.counts import EVERY_AGE
from leadqual.batch.sql.dialects import DUCKDB
from leadqual.batch.sql.nodes import integer
from leadqual.batch.sql.template import listing, statement
from leadqual.batch.when import When, micros
from leadqual.calendar import EARLIEST, LATEST, DayStart
from leadqual.scoring.model import ScoringModel

LAST = LATEST - timedelta(microseconds=1)
STARTS = ("+00:00", "-06:00", "+05:30", "+14:00", "-12:00")
instants = st.datetimes(EARLIEST.replace(tzinfo=None), LAST.replace(tzinfo=None)).map(lambda at: at.replace(tzinfo=UTC))


def day_start(text) -> DayStart:
    """Return when a day starts, as a model reads it."""
    return ScoringModel(day_starts=text).plans.interest.day_start


@pytest.fixture(scope="module")
def duck():
    """Return a database."""
    opened = Duck.open(threads=1)
    yield opened
    opened.close()


@given(at=instants, now=instants, start=st.sampled_from(STARTS))
@example(at=EARLIEST, now=LAST, start="+14:00")
@example(at=EARLIEST, now=LAST, start="-12:00")
@example(at=EARLIEST, now=EARLIEST, start="-06:00")
@example(
    at=datetime(1970, 1, 1, 5, 59, 59, 999_999, tzinfo=UTC), now=datetime(1970, 1, 1, 6, tzinfo=UTC), start="-06:00"
)
@example(at=LAST, now=LAST, start="+14:00")
def test_days_and_ages_are_those_of_the_calendar(duck, at, now, start):
    """Also of the days before 1970 and after 2199 that an offset reaches; no age is beyond what keys have room for."""
    at, now = sorted([at, now])
    starts = day_start(start)
    when = When(at=now, day_start=starts, dialect=DUCKDB)
    asked = [("day", when.day(integer(micros(at)))), ("age", when.age(integer(micros(at))))]
    ((day, age),) = duck.ask(listing(statement("SELECT 0"), asked))
    assert day == starts.day(at) + 1 >= 0
    assert age == starts.day(now) - starts.day(at)
    assert 0 <= age < EVERY_AGE
