"""Rules of practice of frequency caps, each as a test; the caps are those of the starter playbook."""

from datetime import UTC, datetime, timedelta

import pytest

from leadqual.nurture.caps import Caps, FrequencyCap
from leadqual.nurture.counting import CountedTouch, next_allowed
from leadqual.nurture.sendtimes import SendTimes
from leadqual.nurture.windows import SendWindow

DAILY, WEEKLY = FrequencyCap(times=1, days=1), FrequencyCap(times=2, days=7)
STARTER = Caps(marketing={"email": [DAILY, WEEKLY]})
MADRID = ("Europe/Madrid",)
MONDAY = datetime(2026, 12, 7, 9, tzinfo=UTC)


def on(day):
    """Return the instant so many days after the Monday."""
    return MONDAY + timedelta(days=day)


def sent(*days, channel="email", purpose="newsletter"):
    """Return touches on those days."""
    return [CountedTouch(at=on(day), channel=channel, purpose=purpose) for day in days]


def goes(day, touches, caps=STARTER, *, channel="email", purpose="newsletter"):
    """Return on which day after the Monday a touch goes that is due on one, or None."""
    at = next_allowed(on(day), touches, caps, channel=channel, purpose=purpose, zones=MADRID).at
    return None if at is None else (at - MONDAY) / timedelta(days=1)


def test_caps_do_not_delay_the_answer_to_a_demo_request():
    """Who asks is answered at once, whatever newsletters went that week."""
    assert goes(1.5, sent(0, 1), purpose="requested") == 1.5
    assert goes(1.5, sent(0, 1), purpose="newsletter") == 7


def test_caps_do_not_delay_one_to_one_mail_of_sales():
    """A seller's mail is no marketing."""
    assert goes(1.5, sent(0, 1), purpose="sales") == 1.5


@pytest.mark.parametrize("purpose", ["requested", "sales"])
def test_caps_do_not_count_answers_and_sales_mail_as_marketing(purpose):
    """The newsletter goes out, though three answers did before it."""
    assert goes(1.5, sent(0, 0.5, 1, purpose=purpose)) == 1.5


@pytest.mark.parametrize("purpose", ["requested", "sales"])
def test_caps_of_answers_and_of_sales_mail_are_their_own(purpose):
    """Each is held by its own cap, which counts its own touches."""
    own = Caps(marketing={"email": [DAILY]}, requested={"email": [WEEKLY]}, sales={"*": [WEEKLY]})
    assert goes(2, sent(0, 1, purpose=purpose), own, purpose=purpose) == 7
    assert goes(2, sent(0, 1), own, purpose=purpose) == 2


@pytest.mark.parametrize("purpose", ["newsletter", "offer", "event invitation"])
def test_caps_count_every_marketing_purpose_together(purpose):
    """Three departments with one mail each are three mails."""
    assert goes(2, [*sent(0, purpose="newsletter"), *sent(1, purpose="offer")], purpose=purpose) == 7


def test_caps_move_a_touch_and_never_drop_it():
    """Of twenty mails that are due on one Monday all go, two a week."""
    planned: list[CountedTouch] = []
    for _ in range(20):
        planned += sent(goes(0, planned))
    days = sorted((touch.at - MONDAY) / timedelta(days=1) for touch in planned)
    assert days == [7 * week + day for week in range(10) for day in (0, 1)]


def test_caps_of_a_week_roll_and_begin_with_every_touch():
    """Two on Sunday and two on Monday are four in two days, and a week by the calendar would not mind."""
    rolling, calendar = (Caps(marketing={"email": [cap]}) for cap in (WEEKLY, FrequencyCap(times=2, per="week")))
    assert goes(7, sent(6, 6.5), rolling) == 13
    assert goes(7, sent(6, 6.5), calendar) == 7


def test_caps_of_nought_are_never_and_absent_ones_unlimited():
    """They are not the same, and neither is taken for the other."""
    never = Caps(marketing={"email": [FrequencyCap(times=0, days=1)]})
    assert goes(0, [], never) is None
    assert goes(0, [], never, purpose="requested") == 0
    assert goes(0, sent(*[0] * 50), Caps()) == 0
    assert goes(0, sent(*[0] * 50), STARTER, channel="sms") == 0


def test_caps_of_all_channels_count_them_together():
    """A mail and a text on one day are two touches."""
    total = Caps(marketing={"email": [WEEKLY], "*": [DAILY]})
    assert goes(0.5, sent(0, channel="sms"), total) == 1
    assert goes(0.5, sent(0, channel="sms"), STARTER) == 0.5


def test_caps_count_what_is_planned_for_later():
    """An invitation with a date of its own leaves no room for a second mail on that day before it."""
    assert goes(2.5, sent(3)) == 4


def test_caps_and_quiet_hours_are_kept_together():
    """Moved by one and then by the other, a touch ends where both let it go."""
    office = SendTimes(windows=[SendWindow(hours=["09:00-18:00"], weekdays=["mon", "tue", "wed", "thu", "fri"])])
    planned: list[CountedTouch] = []
    for day in (0, 0, 1, 2, 4.3, 4.3, 5):
        at = on(day)
        while True:
            opened = office.first(at, MADRID)
            allowed = next_allowed(opened, planned, STARTER, channel="email", purpose="x", zones=MADRID).at
            if allowed == opened:
                break
            at = allowed
        planned += [CountedTouch(at=opened, channel="email", purpose="x")]
    instants = sorted(touch.at for touch in planned)
    assert all(office.holds(at, MADRID) for at in instants)
    for cap in (DAILY, WEEKLY):
        assert all(sum(at - cap.span < other <= at for other in instants) <= cap.times for at in instants)
