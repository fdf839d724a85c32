"""A base of leads to which by chance everything happens, with a host that ticks, late at times, and reports."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from attrs import Factory, define

from leadqual import ConsentChange, Lead, ProfileChange, Verdict
from leadqual.lifecycle.nurtureinputs import EnrolmentChange, Suppression, TouchReport

from .contact import ZONES
from .sender import Books, Sender, begin

_START: Final = datetime(2026, 1, 5, tzinfo=UTC)
_FAR: Final = timedelta(days=120)
_STEPS: Final = (12, 30)
"""How much happens to one lead at least, and at most."""
_ACTS: Final = ("download", "visit", "webinar", "form") * 4 + (
    "email_reply", "auto_reply", "auto_reply", "booking", "meeting", "demo_request", "hard_bounce",
)  # fmt: skip
_SEQUENCES: Final = ("education", "strong", "once", "warm", "daily", "best", "back", "asleep")
_PLAIN: Final = ("warm", "daily", "back")
_WORDS: Final = ("maybe", "maybe", "maybe", "accept", "return", "disqualify", "reinstate", "no", "reopen")
_LOOPS: Final = ("daily", "warm", "best", "asleep")


@define
class Crowd:
    """Leads, one after the other, now and then two that turn out to be one.

    Attributes:
        chance: By which all is drawn.
        name: What their ids begin with.
        books: What is counted.
    """

    chance: Random
    name: str
    books: Books = Factory(Books)
    number: int = 0

    def live(self, touches: int) -> None:
        """Let leads live until so many touches have come due."""
        while self.books.counts["due"] < touches:
            plain = self.chance.random() < 0.85
            pair = self.chance.random() < (0.03 if plain else 0.3)
            self._life([self._another(plain=plain) for _ in range(1 + pair)], 0.93 if plain else 0.8)

    def _another(self, *, plain: bool) -> Sender:
        draw = self.chance
        self.number += 1
        self.books.counts["leads"] += 1
        lead = Lead(
            id=f"{self.name}{self.number}",
            email=draw.choice([None, *[f"a{self.number}@b.example"] * 9]),
            phone=draw.choice([None, "+34600000000", "+34600000000"]),
            acquisition=draw.choice(["inbound", "inbound", "inbound", "outbound", "partner"]),
            zone=draw.choice(ZONES),
            attributes={"job": draw.choice(["CTO", "Clerk"])},
        )
        sender = begin(lead, self.books, _START + timedelta(minutes=draw.randrange(365 * 24 * 60)))
        if draw.random() < 0.7:
            sender.say(ConsentChange(channel="*", purpose="newsletter", given=True), sender.now)
        for name in [draw.choice(_PLAIN)] if plain else draw.sample(_SEQUENCES, draw.randrange(1, 4)):
            sender.say(EnrolmentChange(change="enrol", sequence=name), sender.now)
        return sender

    def _life(self, senders: list[Sender], quiet: float) -> None:
        draw = self.chance
        for _ in range(draw.randrange(*_STEPS)):
            sender = draw.choice(senders)
            due = sender.due
            if due is not None and due < sender.now + _FAR and draw.random() < quiet:
                late = draw.random() < 0.1
                sender.tick(due + late * timedelta(minutes=draw.randrange(4_000)))
                self._report(sender)
            elif draw.random() < 0.4:
                self._keep_busy(sender)
            else:
                self._happen(sender, due)
            if len(senders) > 1 and draw.random() < 0.03:
                senders[0].join(senders.pop())
        for sender in senders:
            sender.end()

    def _report(self, sender: Sender) -> None:
        """Say of some of the touches that came due just now what became of them."""
        draw = self.chance
        for touch in sender.record.state.touches[-2:]:
            if touch.outcome == "due" and draw.random() < 0.35:
                outcome: Any = draw.choice(("sent", "sent", "sent", "skipped", "cancelled"))
                late = timedelta(minutes=draw.randrange(600)) if draw.random() < 0.5 else timedelta()
                sender.say(TouchReport(key=touch.key, outcome=outcome, at=sender.now), sender.now + late)

    def _keep_busy(self, sender: Sender) -> None:
        """Put a lead into another sequence that goes round."""
        name = self.chance.choice(_LOOPS)
        sender.say(EnrolmentChange(change="enrol", sequence=name), sender.now)

    def _happen(self, sender: Sender, due: datetime | None) -> None:
        """Let something happen to a lead, at times at the very instant at which a touch would go."""
        draw = self.chance
        at = sender.now + timedelta(minutes=draw.randrange(3 * 24 * 60))
        if due is not None and due < sender.now + _FAR and draw.random() < 0.4:
            at = due
        kind = draw.choice(("act",) * 6 + ("consent",) * 3 + ("place",) * 4 + ("verdict", "profile", "suppress"))
        self.books.counts[kind] += 1
        if kind == "act":
            lag = draw.choice((timedelta(), timedelta(), timedelta(hours=5), timedelta(days=4)))
            sender.act(draw.choice(_ACTS), at, at=at - lag)
        elif kind == "consent":
            given = draw.random() < 0.6
            channel, purpose = draw.choice(("email", "sms", "phone", "*")), draw.choice(("newsletter", "sales", "*"))
            lag = draw.choice((timedelta(), timedelta(), timedelta(hours=30)))
            self.books.counts["consented" if given else "withdrew"] += 1
            sender.say(ConsentChange(channel=channel, purpose=purpose, given=given, at=at - lag), at)
        elif kind == "place":
            self._move(sender, at)
        elif kind == "verdict":
            word: Any = draw.choice(_WORDS)
            sender.say(Verdict(word, reason="timing"), at)
        elif kind == "profile":
            self._change(sender, at)
        elif draw.random() < 0.2:
            sender.say(Suppression(channel=draw.choice(("email", "sms", "phone", "*"))), at)

    def _move(self, sender: Sender, at: datetime) -> None:
        """Put a lead into a sequence or out of it; one that stands still goes on more often than not."""
        draw, places = self.chance, sender.known.places
        still = [name for name, place in places.items() if place.ended is None and place.paused]
        within = [name for name, place in places.items() if place.ended is None]
        if still and draw.random() < 0.7:
            sender.say(EnrolmentChange(change="resume", sequence=still[0]), at)
        elif within and draw.random() < 0.6:
            change: Any = draw.choice(("leave", "pause", "pause"))
            sender.say(EnrolmentChange(change=change, sequence=draw.choice(within)), at)
        else:
            sender.say(EnrolmentChange(change="enrol", sequence=draw.choice(_SEQUENCES)), at)

    def _change(self, sender: Sender, at: datetime) -> None:
        draw, known = self.chance, sender.known
        lead = Lead(
            id=known.id,
            email=draw.choice((f"{known.id}@b.example", f"{known.id}@c.example", f"{known.id}@rival.example", None)),
            phone=draw.choice((None, "+34600000000")),
            acquisition=sender.record.lead.acquisition,
            zone=draw.choice(ZONES),
            attributes={"job": draw.choice(["CTO", "Clerk"])},
        )
        sender.say(ProfileChange(lead), at)
