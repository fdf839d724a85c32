"""Stretches of time in which clocks keep one offset."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from leadqual.nurture.clocks import DAY, steady

SPRING = datetime(2026, 3, 29, 1, tzinfo=UTC)
MADRID = ZoneInfo("Europe/Madrid")
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("zone", "start", "end", "changes"),
    [
        (MADRID, SPRING - DAY, SPRING - HOUR, []),
        (MADRID, SPRING - DAY, SPRING, []),
        (MADRID, SPRING - DAY, SPRING + SECOND, [SPRING]),
        (MADRID, SPRING - timedelta(microseconds=1), SPRING + DAY, [SPRING]),
        (MADRID, SPRING, SPRING + DAY, []),
        (MADRID, SPRING - 3 * DAY, SPRING + 250 * DAY, [SPRING, datetime(2026, 10, 25, 1, tzinfo=UTC)]),
        (UTC, SPRING - 300 * DAY, SPRING + 300 * DAY, []),
        (ZoneInfo("Africa/Monrovia"), datetime(1972, 1, 6, 12, tzinfo=UTC), datetime(1972, 1, 8, tzinfo=UTC),
         [datetime(1972, 1, 7, 0, 44, 30, tzinfo=UTC)]),
    ],
)  # fmt: skip
def test_stretches_end_where_clocks_change_and_nowhere_else(zone, start, end, changes):
    """They follow each other without a gap, from the beginning to the end, each with the offset that it has."""
    stretches = list(steady(zone, start, end))
    assert [since for since, _, _ in stretches] == [start, *changes]
    assert [until for _, until, _ in stretches] == [*changes, end]
    for since, until, offset in stretches:
        for at in (since, until - timedelta(microseconds=1)):
            assert at.astimezone(zone).utcoffset() == offset


def test_no_stretch_lies_in_an_empty_time():
    """From an instant to itself there is none."""
    assert list(steady(MADRID, SPRING, SPRING)) == []
