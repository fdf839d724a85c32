"""Published cases of waiting for a local time of day, and of choosing the zone."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from leadqual.lifecycle.hours import WEEKDAYS
from leadqual.nurture.sendtimes import SendTimes
from leadqual.nurture.windows import SendWindow
from leadqual.nurture.zones import candidate_zones

MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def facts(shared_data: Path) -> Any:
    """Return the cases."""
    return json.loads((shared_data / "local_time_delay" / "next_local_time.json").read_text(encoding="utf-8"))


def reached(case: Any) -> tuple[datetime, datetime]:
    """Return after now, from the next minute on, the first instant at which the clock shows the time; and now."""
    now = datetime.fromisoformat(case["now"])
    clock = case["hour"] * 60 + case["minute"]
    hours = "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in (clock, clock + 1))
    days = [WEEKDAYS[(day - 1) % 7] for day in case.get("allowed_days", range(7))]  # 0 is Sunday there
    times = SendTimes(windows=[SendWindow(hours=[hours], weekdays=days)])
    found = times.first(now.replace(second=0, microsecond=0) + MINUTE, [case["timezone"]])
    assert found is not None
    return found, now


def test_local_times_are_the_published_ones(facts: Any) -> None:
    """Nine cases, to the second; each so many whole hours away as was asserted where they come from."""
    ours = [case for case in facts["cases"] if "allowed_days" not in case]
    assert len(ours) == 9
    for case in ours:
        found, now = reached(case)
        assert found == datetime.fromisoformat(case["computed_utc"])
        assert case.get("expected_whole_hours") in {None, (found - now) // timedelta(hours=1)}


def test_weekday_is_the_lead_s_and_not_that_of_utc(facts: Any) -> None:
    """Thursday 05:00 in Tokyo is a Wednesday in UTC: it is 20 hours away, where the source would wait for a Friday."""
    [case] = [case for case in facts["cases"] if "allowed_days" in case]
    found, now = reached(case)
    assert (found - now) // timedelta(hours=1) == 20
    assert found < datetime.fromisoformat(case["computed_utc"])


def test_lead_s_own_zone_beats_what_is_assumed(facts: Any) -> None:
    """As published, the lead's own zone comes before a default; where nothing is known we assume none."""
    for case in facts["timezone_cases"]:
        markets = [case[key] for key in ("default",) if key in case]
        zones = candidate_zones(zone=case.get("user"), markets=markets).zones
        if "user" in case:
            assert zones == (case["uses"],)
        elif not markets:
            assert zones == ()
