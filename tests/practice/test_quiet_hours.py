"""Rules of practice of quiet hours, each as a test."""

from datetime import UTC, datetime, timedelta

import pytest

from leadqual import Lead
from leadqual.nurture.opening import Opening, next_open, without_zone_default
from leadqual.nurture.sendtimes import SendTimes
from leadqual.nurture.windows import SendWindow
from leadqual.nurture.zones import candidate_zones

QUIET = SendTimes(windows=[SendWindow(quiet=["21:00-08:00"])])
"""Nothing in the evening and at night, on any day."""
OFFICE = SendTimes(windows=[SendWindow(hours=["09:00-18:00"], weekdays=["mon", "tue", "wed", "thu", "fri"])])
HOME = "Europe/Madrid"
FRIDAY = datetime(2026, 12, 4, 19, tzinfo=UTC)
"""20:00 in Madrid, 14:00 in New York, 11:00 in Los Angeles, Saturday 04:00 in Tokyo."""


def going(times, channel, lead, *, country=None, markets=(), at=FRIDAY):
    """Return when a touch on a channel may go to a lead."""
    candidates = candidate_zones(zone=lead.zone, country=country, phone=lead.phone, markets=markets)
    return next_open(at, times, candidates, home=HOME, without_zone=without_zone_default(channel))


def test_quiet_hours_are_those_of_the_lead_and_not_ours():
    """At eight in the evening in Madrid, New York is called now and Tokyo in its morning."""
    ours, theirs = (Lead(id="L1", zone=zone) for zone in ("America/New_York", "Asia/Tokyo"))
    assert going(QUIET, "phone", ours).at == FRIDAY
    assert going(QUIET, "phone", theirs).at == FRIDAY + timedelta(hours=4)


def test_quiet_hours_of_a_lead_without_a_zone_are_kept_in_all_of_its_country():
    """An American lead is not called at nine in New York, when it may be six in Los Angeles and three in Honolulu."""
    morning = datetime(2026, 12, 4, 14, tzinfo=UTC)
    found = going(QUIET, "phone", Lead(id="L1"), country="US", at=morning)
    assert (found.at, found.source) == (datetime(2026, 12, 4, 18, tzinfo=UTC), "country")


def test_quiet_hours_of_a_lead_without_a_country_are_kept_where_its_phone_is():
    """The prefix says as much as a country would; a number without one says nothing."""
    found = going(QUIET, "phone", Lead(id="L1", phone="+52 55 0000 0000"), markets=["JP"])
    assert (found.at, found.source) == (FRIDAY, "phone")
    assert going(QUIET, "phone", Lead(id="L1", phone="55 0000 0000"), markets=["JP"]).source == "markets"


def test_quiet_hours_of_a_lead_of_whom_nothing_is_known_are_kept_in_the_markets():
    """Not in all zones of the world, where it is always somebody's night."""
    found = going(QUIET, "phone", Lead(id="L1"), markets=["MX", "CO", "PE"])
    assert (found.at, found.source) == (FRIDAY, "markets")


@pytest.mark.parametrize(("markets", "reason"), [((), "no_zone"), (("ES", "NZ"), "no_common_time")])
@pytest.mark.parametrize("channel", ["phone", "sms"])
def test_quiet_hours_that_stay_open_withhold_calls_and_texts(channel, markets, reason):
    """Where it may be anybody's night, nobody's phone rings."""
    found = going(OFFICE, channel, Lead(id="L1"), markets=markets)
    assert found == Opening(at=None, withheld=reason)


@pytest.mark.parametrize("markets", [(), ("ES", "NZ")])
def test_quiet_hours_that_stay_open_let_mail_go_by_the_home_zone(markets):
    """A mail waits in its box: it goes on Monday at nine by our own clock."""
    found = going(OFFICE, "email", Lead(id="L1"), markets=markets)
    assert (found.at, found.source) == (datetime(2026, 12, 7, 8, tzinfo=UTC), "home")


@pytest.mark.parametrize(
    ("at", "goes"),
    [
        ("2026-03-28T21:00", "2026-03-29T06:00"),  # the night is an hour shorter
        ("2026-10-24T20:00", "2026-10-25T07:00"),  # and longer
        ("2026-12-04T19:59:59.999999", "2026-12-04T19:59:59.999999"),
        ("2026-12-04T20:00", "2026-12-05T07:00"),
        ("2026-12-05T06:59:59.999999", "2026-12-05T07:00"),
    ],
)
def test_quiet_hours_end_when_the_clock_of_the_lead_shows_it(at, goes):
    """To the instant, also in the nights in which clocks change."""
    at, goes = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (at, goes))
    assert going(QUIET, "phone", Lead(id="L1", zone="Europe/Madrid"), at=at).at == goes


def test_quiet_hours_move_a_touch_and_never_drop_it():
    """Whenever it falls due in a fortnight, it goes within three days, in the lead's working hours."""
    for hour in range(14 * 24):
        due = FRIDAY + timedelta(hours=hour)
        found = going(OFFICE, "phone", Lead(id="L1", zone="America/Bogota"), at=due)
        assert due <= found.at < due + timedelta(days=3)
        assert OFFICE.holds(found.at, ["America/Bogota"])


def test_weekday_is_that_of_the_lead():
    """A lead in Auckland has its Monday morning while it is Sunday at home; in Honolulu it is still Friday."""
    sunday = datetime(2026, 12, 6, 21, tzinfo=UTC)
    assert going(OFFICE, "phone", Lead(id="L1", zone="Pacific/Auckland"), at=sunday).at == sunday
    saturday = datetime(2026, 12, 5, 2, tzinfo=UTC)
    assert going(OFFICE, "phone", Lead(id="L1", zone="Pacific/Honolulu"), at=saturday).at == saturday
