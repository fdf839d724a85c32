"""What a lead's life is decided on, besides events: verdicts of people, changes of profile and consent, flags, time."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

from attrs import field, frozen

from leadqual.errors import Problem, kind_of
from leadqual.event import Event, Key
from leadqual.hints import did_you_mean
from leadqual.lead import Lead
from leadqual.lifecycle.inputchecks import instant, refuse, words
from leadqual.lifecycle.nurtureinputs import EnrolmentChange, Suppression, TouchReport
from leadqual.lifecycle.values import VERDICTS
from leadqual.texts import word_problem

FLAGS: Final = ("bot", "test", "duplicate")
"""Why an event may be flagged."""
_LARGEST: Final = 10**15


@frozen
class Verdict:
    """What a person says of a lead.

    Attributes:
        verdict: ``yes``, ``no`` (an explicit refusal), ``maybe``, ``accept``, ``return``, ``disqualify``, ``reinstate``
            or ``reopen``.
        reason: Why, in the team's own short words; needed for ``return`` and ``disqualify``.
        actor: Who says so.
        at: When it was said; `now` when absent.
        amount: What was sold for, exact; with ``yes``.
        currency: Three letters.
        closed_on: Day of the deal.
        wake_on: Day that the buyer named for another talk; with ``maybe``.

    Raises:
        InputRefused: With every problem, if a field is wrong.
        InstantError: If `at` is naive or out of range.

    >>> Verdict("maybe", reason="no_budget", wake_on=date(2027, 1, 11)).verdict
    'maybe'
    """

    verdict: Literal["yes", "no", "maybe", "accept", "return", "disqualify", "reinstate", "reopen"]
    reason: str | None = field(default=None, kw_only=True, repr=False)
    actor: str | None = field(default=None, kw_only=True, repr=False)
    at: datetime | None = field(default=None, kw_only=True, converter=instant)
    amount: Decimal | int | None = field(default=None, kw_only=True)
    currency: str | None = field(default=None, kw_only=True)
    closed_on: date | None = field(default=None, kw_only=True)
    wake_on: date | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        refuse(self._problems())

    def _problems(self) -> Iterator[Problem]:
        verdict = self.verdict
        if verdict not in VERDICTS:
            hint = did_you_mean(verdict, VERDICTS)
            yield Problem(where="verdict", what="no such verdict", got=kind_of(verdict), hint=hint)
        yield from words(reason=self.reason, actor=self.actor, currency=self.currency)
        if verdict in ("return", "disqualify") and not self.reason:
            hint = f'Say why: Verdict("{verdict}", reason="…").'
            yield Problem(where="reason", what=f"`{verdict}` needs a reason", got=kind_of(self.reason), hint=hint)
        if self.amount is not None and not _is_amount(self.amount):
            hint = "Pass an int or a Decimal of zero or more."
            yield Problem(where="amount", what="an exact amount was expected", got=kind_of(self.amount), hint=hint)
        for name, day in (("closed_on", self.closed_on), ("wake_on", self.wake_on)):
            if day is not None and (type(day) is not date or not 1970 <= day.year < 2200):
                hint = "Pass a datetime.date of the years 1970 to 2199."
                yield Problem(where=name, what="a day was expected", got=kind_of(day), hint=hint)
        given = {"amount": ("yes",), "currency": ("yes",), "closed_on": ("yes", "no"), "wake_on": ("maybe",)}
        values = {
            "amount": self.amount,
            "currency": self.currency,
            "closed_on": self.closed_on,
            "wake_on": self.wake_on,
        }
        for name, verdicts in given.items():
            if values[name] is not None and verdict in VERDICTS and verdict not in verdicts:
                hint = f"Leave it out; it goes with `{verdicts[0]}`."
                yield Problem(where=name, what=f"`{verdict}` takes none", got=kind_of(values[name]), hint=hint)


def _is_amount(amount: object) -> bool:
    if type(amount) is int:
        return 0 <= amount <= _LARGEST
    return type(amount) is Decimal and amount.is_finite() and 0 <= amount <= _LARGEST


@frozen
class ProfileChange:
    """A lead's profile is another one from an instant on.

    Attributes:
        lead: The whole profile as it is now; ``since`` and ``merged_ids`` stay those of the record.
        at: When it changed; `now` when absent. One older than the newest known changes nothing.
        actor: Who changed it.
    """

    lead: Lead
    at: datetime | None = field(default=None, kw_only=True, converter=instant)
    actor: str | None = field(default=None, kw_only=True, repr=False)

    def __attrs_post_init__(self) -> None:
        refuse(self._problems())

    def _problems(self) -> Iterator[Problem]:
        if not isinstance(self.lead, Lead):
            yield Problem(where="lead", what="a lead was expected", got=kind_of(self.lead), hint="Pass a Lead.")
        yield from words(actor=self.actor)


@frozen(kw_only=True)
class ConsentChange:
    """A lead gave, confirmed or withdrew its consent to a purpose on a channel.

    A double opt-in is two of them: the consent, and the same again with `confirmed` once the lead has confirmed it, for
    example by the link in the message that it got. A confirmation is about the newest consent; where there is none it
    is both, and after a withdrawal it is nothing.

    Attributes:
        channel: Such as ``"email"``; ``"*"`` for all.
        purpose: Such as ``"newsletter"``; ``"*"`` for all.
        given: Whether it consents from then on.
        confirmed: Whether it confirms the consent.
        at: When; `now` when absent. Of two at one instant a withdrawal wins.
        actor: Who took it down.
        source: Where it was taken down, such as the name of a form.
        wording: Which version of the text the lead decided upon.

    Raises:
        InputRefused: With every problem, if a field is wrong.
        InstantError: If `at` is naive or out of range.
    """

    channel: str
    purpose: str
    given: bool
    confirmed: bool = False
    at: datetime | None = field(default=None, converter=instant)
    actor: str | None = field(default=None, repr=False)
    source: str | None = field(default=None, repr=False)
    wording: str | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        refuse(self._problems())

    def _problems(self) -> Iterator[Problem]:
        yield from word_problem(self.channel, "channel")
        yield from word_problem(self.purpose, "purpose")
        if type(self.given) is not bool:
            hint = "Pass True for a consent, False for a withdrawal."
            yield Problem(where="given", what="true or false was expected", got=kind_of(self.given), hint=hint)
        if type(self.confirmed) is not bool:
            hint = "Pass True once the lead has confirmed its consent."
            yield Problem(where="confirmed", what="true or false was expected", got=kind_of(self.confirmed), hint=hint)
        elif self.confirmed and self.given is False:
            hint = "Leave it out; a withdrawal holds at once."
            yield Problem(where="confirmed", what="only a consent is confirmed", got=self.confirmed, hint=hint)
        yield from words(actor=self.actor, source=self.source, wording=self.wording)


@frozen(kw_only=True)
class Flag:
    """An event is not what it seems: a machine's, a test, a duplicate. It does not exist until the flag is lifted.

    Attributes:
        event_id: The event's id.
        source: The event's source.
        flag: ``"bot"``, ``"test"`` or ``"duplicate"``.
        on: ``False`` lifts the flag.
        at: When it was found; `now` when absent.
        actor: Who found it.
    """

    event_id: str
    source: str = ""
    flag: Literal["bot", "test", "duplicate"]
    on: bool = True
    at: datetime | None = field(default=None, converter=instant)
    actor: str | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        refuse(self._problems())

    def _problems(self) -> Iterator[Problem]:
        yield from word_problem(self.event_id, "event_id")
        if self.source != "":
            yield from word_problem(self.source, "source")
        if self.flag not in FLAGS:
            hint = did_you_mean(self.flag, FLAGS)
            yield Problem(where="flag", what="no such flag", got=kind_of(self.flag), hint=hint)
        if type(self.on) is not bool:
            yield Problem(where="on", what="true or false was expected", got=kind_of(self.on), hint="Pass a bool.")
        yield from words(actor=self.actor)

    @property
    def key(self) -> Key:
        """Key of the event."""
        return (self.source, self.event_id)


@frozen
class Tick:
    """Time has passed; the host sends one when `Qualifier.next_due` says so. One that comes early changes nothing."""


Input = Event | Verdict | ProfileChange | ConsentChange | Flag | Tick | EnrolmentChange | TouchReport | Suppression
"""What a record is handled with."""
