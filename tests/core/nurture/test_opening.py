"""When a touch may go, by whose clock, or why it may not."""

from datetime import UTC, datetime

import pytest

from leadqual.nurture.opening import Opening, next_open, without_zone_default
from leadqual.nurture.sendtimes import SendTimes
from leadqual.nurture.windows import SendWindow
from leadqual.nurture.zones import CandidateZones, candidate_zones
from tests.core.nurture.closed import EveryDay

NINE = SendTimes(windows=[SendWindow(hours=["09:00-18:00"])])
NOON = datetime(2026, 12, 4, 12, tzinfo=UTC)
APART = CandidateZones(zones=["America/Los_Angeles", "Europe/Madrid"], source="markets")
HOME = "America/Bogota"


@pytest.mark.parametrize("without_zone", ["withhold", "home"])
def test_touch_goes_by_the_lead_s_clock_when_it_is_known(without_zone):
    """Whatever would become of it otherwise."""
    known = candidate_zones(zone="Asia/Tokyo")
    found = next_open(NOON, NINE, known, home=HOME, without_zone=without_zone)
    assert found == Opening(at=datetime(2026, 12, 5, tzinfo=UTC), zones=("Asia/Tokyo",), source="lead")


def test_touch_goes_at_a_time_that_suits_all_candidates():
    """With the zones of a country, none of them is woken up."""
    found = next_open(NOON.replace(hour=8, minute=30), NINE, candidate_zones(country="ES"), home=HOME)
    assert (found.at, found.source, len(found.zones)) == (NOON.replace(hour=9), "country", 3)


@pytest.mark.parametrize(("candidates", "reason"), [(CandidateZones(), "no_zone"), (APART, "no_common_time")])
def test_touch_is_withheld_when_its_local_time_stays_open(candidates, reason):
    """No zone, or zones that never agree: the reason is told."""
    assert next_open(NOON, NINE, candidates, home=HOME) == Opening(at=None, withheld=reason)
    assert next_open(NOON, NINE, candidates, home=HOME, without_zone="withhold").withheld == reason


@pytest.mark.parametrize("candidates", [CandidateZones(), APART])
def test_touch_goes_by_the_home_zone_when_it_may(candidates):
    """It says that it does."""
    found = next_open(NOON, NINE, candidates, home=HOME, without_zone="home")
    assert found == Opening(at=datetime(2026, 12, 4, 14, tzinfo=UTC), zones=(HOME,), source="home")


@pytest.mark.parametrize(
    ("candidates", "source"),
    [(candidate_zones(zone="Asia/Tokyo"), "lead"), (candidate_zones(country="ES"), "country"), (APART, "home")],
)
def test_touch_is_withheld_when_every_day_is_a_holiday(candidates, source):
    """A closed year is no unknown zone."""
    closed = SendTimes(windows=NINE.windows, holidays=EveryDay())
    found = next_open(NOON, closed, candidates, home=HOME, without_zone="home")
    assert (found.at, found.source, found.withheld) == (None, source, "closed")


@pytest.mark.parametrize(
    ("channel", "what"), [("email", "home"), ("phone", "withhold"), ("sms", "withhold"), ("network", "withhold")]
)
def test_channel_says_what_becomes_of_a_touch_without_a_zone(channel, what):
    """Mail waits in its box; what rings is withheld, and so is what we do not know."""
    assert without_zone_default(channel) == what
