"""Behaviour of a synthetic base: a lead's year of events, given how interested it truly is at the end of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.testing.draws import Draws

RECENT_DAYS: Final = 45
"""The true interest shows in the acts of these last days; what was before says little."""
_ASSETS: Final = ("buyers-guide", "roi-calculator", "security-paper", "case-study-retail", "checklist", "benchmark")
_PAGES: Final = ("/", "/product", "/product/tour", "/blog/lead-times", "/blog/backups", "/customers", "/docs/start")
_DAY: Final = timedelta(days=1)


class Diary:
    """Writes down the events of one lead; gives each its own id."""

    def __init__(self, draws: Draws, lead: Lead, now: datetime, robots: set[tuple[str, str]]) -> None:
        self.draws = draws
        self.lead = lead
        self.now = now
        self.robots = robots
        self.events: list[Event] = []

    def note(self, kind: str, at: datetime, *, us: bool = False, robot: bool = False, **properties: str) -> None:
        """Write down one event, unless it would lie before the lead's creation or not before now."""
        created_at = self.lead.created_at
        if created_at is None or not created_at <= at < self.now:
            return
        event = Event(
            id=f"{self.lead.id}-{len(self.events) + 1:03}",
            lead_id=self.lead.id,
            kind=kind,
            at=at,
            properties=properties,
            by="us" if us else "lead",
        )
        self.events.append(event)
        if robot:
            self.robots.add(event.key)

    def visit(self, at: datetime, warmth: float, *, careers: bool = False) -> None:
        """Write down one visit to the website: some pages, perhaps prices, perhaps a download."""
        for i in range(self.draws.whole(1, 3)):
            self.note("page_view", at + timedelta(seconds=40 * i), page=self.draws.pick(_PAGES))
        if careers:
            self.note("page_view", at + timedelta(seconds=150), page="/careers")
        if self.draws.chance(0.08 + 0.2 * warmth):
            self.note("page_view", at + timedelta(seconds=170), page="/pricing")
        if self.draws.chance(0.25):
            self.note("download", at + timedelta(seconds=240), asset=self.draws.pick(_ASSETS))


def draw_acts(
    draws: Draws, lead: Lead, *, fit: float, interest: float, now: datetime, robots: set[tuple[str, str]]
) -> list[Event]:
    """Return the events of one lead, from its creation up to now.

    Args:
        draws: Where chance comes from.
        lead: Whose events they are; its ``created_at`` is when they begin.
        fit: Its true fit; only job seekers (low fit) show it here, by reading the job offers.
        interest: Its true interest now; mean 0, standard deviation 1.
        now: When they end; no event lies at or after it.
        robots: Filled with the keys of the events that a mail scanner made.

    Returns:
        The events by instant; some are there twice, as a webhook that is delivered again brings them.
    """
    diary = Diary(draws, lead, now, robots)
    created_at = lead.created_at or now
    careers = fit < -1.2 and draws.chance(0.4)
    if lead.acquisition == "outbound":
        _approach(diary, created_at, interest)
    else:
        diary.visit(created_at, 0.0, careers=careers)
        if lead.channel in ("event", "webinar"):
            diary.note("booth_scan" if lead.channel == "event" else "webinar_registered", created_at)
    if lead.acquisition == "inbound" and draws.chance(0.6):
        _newsletters(diary, created_at, interest)
    if draws.chance(0.35):  # an old wave, whatever the interest is now
        begin = _between(draws, created_at, now)
        for i in range(draws.whole(2, 5)):
            diary.visit(begin + i * draws.whole(1, 6) * _DAY, 1.0, careers=careers)
    _recent(diary, max(created_at, now - RECENT_DAYS * _DAY), interest, careers=careers)
    events = sorted(diary.events, key=lambda event: (event.at, event.id))
    return [copy for event in events for copy in _delivered(draws, event)]


def _between(draws: Draws, begin: datetime, end: datetime) -> datetime:
    return begin + timedelta(seconds=int(draws.share() * (end - begin).total_seconds()))


def _delivered(draws: Draws, event: Event) -> Iterator[Event]:
    yield event
    if draws.chance(0.01):
        yield event


def _approach(diary: Diary, begin: datetime, interest: float) -> None:
    """We write and call; a lead with interest answers."""
    for i in range(diary.draws.whole(2, 4)):
        at = begin + i * 3 * _DAY
        diary.note("sales_call" if i == 2 else "sales_email", at, us=True)
        if diary.draws.chance(0.04 + 0.05 * max(0.0, interest)):
            diary.note("email_reply", at + timedelta(hours=5))
            return


def _newsletters(diary: Diary, begin: datetime, interest: float) -> None:
    """Every 14 days an issue; opens and clicks by the reader, and now and then by a mail scanner."""
    reader = diary.draws.share()
    issue = 0
    at = begin + diary.draws.whole(1, 14) * _DAY
    while at < diary.now:
        issue += 1
        email_id = f"issue-{at:%Y-%j}"
        diary.note("newsletter_sent", at, us=True, email_id=email_id)
        if diary.draws.chance(0.05):
            for i in range(3):
                diary.note("email_click", at + timedelta(seconds=2 + i), robot=True, email_id=email_id)
        if diary.draws.chance(0.15 + 0.5 * reader):
            diary.note("newsletter_open", at + timedelta(minutes=diary.draws.whole(3, 900)), email_id=email_id)
            if diary.draws.chance(0.12 + 0.06 * max(0.0, interest)):
                diary.note("email_click", at + timedelta(minutes=diary.draws.whole(901, 1200)), email_id=email_id)
        at += 14 * _DAY


def _recent(diary: Diary, begin: datetime, interest: float, *, careers: bool) -> None:
    """What the interest of now brings: visits, and with much of it a webinar, a trial, a reply, a demo request."""
    draws, warmth = diary.draws, max(0.0, interest)
    for _ in range(max(0, int(1.4 + 2.1 * interest + 0.8 * draws.normal()))):
        diary.visit(_between(draws, begin, diary.now), warmth, careers=careers)
    if draws.chance(0.05 + 0.2 * warmth):
        at = _between(draws, begin, diary.now)
        diary.note("webinar_registered", at)
        if draws.chance(0.6):
            diary.note("webinar_attended", at + 3 * _DAY)
    for kind, base, slope in (("trial_start", 0.005, 0.12), ("email_reply", 0.01, 0.12), ("demo_request", 0.003, 0.09)):
        if draws.chance(base + slope * warmth):
            diary.note(kind, _between(draws, begin, diary.now))
