from datetime import timedelta

from leadqual.lifecycle.businesstime import BusinessTime
from leadqual.lifecycle.hours import BusinessHours
from leadqual.nurture.caps import Caps, FrequencyCap
from leadqual.nurture.counting import CountedTouch
from leadqual.nurture.slots import Slot, held_until, slot_of
from leadqual.nurture.windows import SendWindow
from leadqual.nurture.zones import CandidateZones

from .closed import EveryDay
from .placed import DAY, HOUR, NOW, lead, mail, playbook

NINE = {"windows": {"email": SendWindow(hours=["09:00-12:00"])}}
MADRID = ("Europe/Madrid",)
DAILY = {"caps": Caps(marketing={"email": [FrequencyCap(times=1, days=1)]})}


def slot(plan, *hours, at=NOW, moved_by=(), **known):
    """Return when the first step may go after touches so many hours ago."""
    counted = [CountedTouch(at=NOW - hour * HOUR, channel="email", purpose="offer") for hour in hours]
    return slot_of(plan, lead(**known), plan.sequences["welcome"].steps["one"], at, counted, moved_by=moved_by)


def held(plan, *hours, at, **known):
    """Return what kept the first step from going right before an instant, after touches so many hours ago."""
    counted = [CountedTouch(at=NOW - hour * HOUR, channel="email", purpose="offer") for hour in hours]
    return held_until(plan, lead(**known), plan.sequences["welcome"].steps["one"], at, counted)


def test_touch_goes_at_once_where_everything_allows_it():
    """By the lead's clock."""
    assert slot(playbook(mail("one"))) == Slot(at=NOW, zones=MADRID)


def test_window_moves_a_touch():
    """At noon UTC it is one o'clock in Madrid."""
    assert slot(playbook(mail("one"), nurture=NINE)) == Slot(at=NOW + 20 * HOUR, zones=MADRID, moved_by=("window",))


def test_cap_moves_a_touch():
    """Until a day after the other."""
    plan = playbook(mail("one"), caps=Caps(marketing={"email": [FrequencyCap(times=1, days=1)]}))
    assert slot(plan, 5) == Slot(at=NOW + 19 * HOUR, zones=MADRID, moved_by=("cap",))


def test_window_and_cap_move_a_touch_in_turns():
    """The window opens on Saturday at eight, the cap frees nine, and the day after tomorrow is full by its own."""
    plan = playbook(mail("one"), nurture=NINE, caps=Caps(marketing={"email": [FrequencyCap(times=1, days=1)]}))
    assert slot(plan, 3) == Slot(at=NOW + 21 * HOUR, zones=MADRID, moved_by=("window", "cap"))
    assert slot(plan, 0) == Slot(at=NOW + 44 * HOUR, zones=MADRID, moved_by=("window", "cap"))
    assert slot(plan, 0, moved_by=("postponed", "cap")).moved_by == ("postponed", "cap", "window")


def test_cap_by_the_calendar_goes_by_the_zones_of_the_opening():
    """Where nobody knows the lead's, by the home zone: there the next day begins five hours later."""
    caps = Caps(marketing={"email": [FrequencyCap(times=1, per="day")]})
    plan = playbook(mail("one"), nurture={"home": "America/Bogota"}, caps=caps)
    found = slot(plan, 1, candidates=CandidateZones())
    assert found == Slot(at=NOW + 17 * HOUR, zones=("America/Bogota",), moved_by=("cap",))
    assert slot(plan, 1).at == NOW + 11 * HOUR


def test_touch_that_no_cap_ever_allows_has_none():
    """What moved it before is told."""
    plan = playbook(mail("one"), nurture=NINE, caps=Caps(marketing={"email": [FrequencyCap(times=0, days=1)]}))
    assert slot(plan) == Slot(at=None, zones=MADRID, moved_by=("window",), withheld="cap")


def test_touch_whose_window_never_opens_has_none():
    """Neither where nobody knows the zone, nor where its clocks have no time in common."""
    call = playbook(mail("one", channel="phone"))
    assert slot(call, candidates=CandidateZones(), moved_by=("postponed",)) == Slot(
        at=None, moved_by=("postponed",), withheld="no_zone"
    )


def test_touch_whose_days_are_all_holidays_has_none():
    """By whose clock that is so is told."""
    plan = playbook(mail("one"), business=BusinessTime(hours=BusinessHours(), holidays=EveryDay()))
    assert slot(plan) == Slot(at=None, zones=MADRID, withheld="closed")


def test_step_may_go_by_the_home_zone_instead():
    """If the playbook says so of its channel."""
    plan = playbook(mail("one", channel="phone"), nurture={"without_zone": {"phone": "home"}, "home": "Asia/Tokyo"})
    assert slot(plan, candidates=CandidateZones()) == Slot(at=NOW, zones=("Asia/Tokyo",))


def test_touches_of_another_channel_or_kind_do_not_count():
    """The channel and the purpose of the step are those that are asked for."""
    caps = Caps(marketing={"email": [FrequencyCap(times=1, days=1)]}, sales={"*": [FrequencyCap(times=1, days=2)]})
    assert slot(playbook(mail("one", channel="phone"), caps=caps), 1).at == NOW
    assert slot(playbook(mail("one", purpose="requested"), caps=caps), 1).at == NOW
    plan = playbook(mail("one", purpose="sales"), caps=caps)
    assert slot(plan, 1).at == NOW
    step, sold = plan.sequences["welcome"].steps["one"], CountedTouch(at=NOW, channel="phone", purpose="sales")
    assert slot_of(plan, lead(), step, NOW + timedelta(hours=1), [sold]).at == NOW + 2 * DAY


def test_what_held_a_touch_to_the_last_is_a_window_a_cap_or_both():
    """A cap that frees an hour after the window has opened held it, and the window did not."""
    plan = playbook(mail("one"), nurture=NINE, **DAILY)
    opens = NOW + 20 * HOUR
    assert held(plan, at=opens) == ("window",)
    assert held(plan, 3, at=opens + HOUR) == ("cap",)
    assert held(plan, 4, at=opens) == ("window", "cap")
    assert held(plan, 9, at=opens + HOUR) == ()


def test_what_held_a_touch_is_told_by_the_clock_by_which_it_goes():
    """That of the home zone, where nobody knows the lead's and the playbook says so of the channel."""
    home = {"without_zone": {"email": "home"}, "home": "Asia/Tokyo"}
    opens = NOW + 12 * HOUR  # nine o'clock in Tokyo
    assert held(playbook(mail("one"), nurture=NINE | home), at=opens, candidates=CandidateZones()) == ("window",)
    a_day = {"caps": Caps(marketing={"email": [FrequencyCap(times=1, per="day")]})}
    midnight = NOW + 3 * HOUR
    assert held(playbook(mail("one"), nurture=home, **a_day), 1, at=midnight, candidates=CandidateZones()) == ("cap",)


def test_only_touches_of_its_kind_hold_a_touch():
    """A call of sales counts for nothing that marketing sends, nor the other way round."""
    caps = {"caps": Caps(sales={"email": [FrequencyCap(times=1, days=1)]})}
    assert held(playbook(mail("one", purpose="sales"), **caps), 23, at=NOW + HOUR) == ()
    assert held(playbook(mail("one"), **DAILY), 23, at=NOW + HOUR) == ("cap",)
    assert held(playbook(mail("one", purpose="sales"), **DAILY), 23, at=NOW + HOUR) == ()
