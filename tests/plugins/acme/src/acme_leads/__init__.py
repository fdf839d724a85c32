"""What a third party adds to leadqual: a planner, a scorer of fit and a scorer of interest."""

from collections.abc import Iterable
from datetime import timedelta
from typing import ClassVar

import attrs
from attrs import frozen

from leadqual import Asked, Criterion, Enrolment, InterestRule, Proposal, Touch, Withheld, field


@frozen(kw_only=True)
class PatientCaller:
    """Writes a few times and then calls; then it leaves the lead in peace.

    Attributes:
        mails: How many mails come before a call.
        calls: After how many calls it is over.
        pause_days: How long it waits before a call beside what the step says.
    """

    kind: ClassVar[str] = "acme/patient-caller"
    mails: int = 2
    calls: int = 1
    pause_days: int = 2

    def propose(self, asked: Asked, place: Enrolment, options: tuple[Touch | Withheld, ...], /) -> Proposal | None:
        """Return the next mail or call."""
        own = [touch for touch in asked.touches if touch.sequence == place.sequence and touch.at >= place.at]
        calls = sum(touch.channel == "phone" for touch in own)
        if calls >= self.calls:
            return None
        mails_since = next((i for i, touch in enumerate(reversed(own)) if touch.channel == "phone"), len(own))
        wanted = "phone" if mails_since >= self.mails else "email"
        for option in options:
            if isinstance(option, Touch) and option.channel == wanted:
                pause = timedelta(days=self.pause_days if wanted == "phone" else 0)
                return Proposal(step=option.step, at=asked.now + pause)
        touches = [option for option in options if isinstance(option, Touch)]
        return Proposal(step=touches[0].step) if touches else None


@frozen(kw_only=True)
class CompanySize:
    """Points for companies from a number of employees on."""

    kind: ClassVar[str] = "acme/company-size"
    low: int
    points: int = 10

    def lower(self) -> list[Criterion]:
        """Return the criterion."""
        return [Criterion(when=field("employees").ge(self.low), points=self.points)]


def _words(value: Iterable[str]) -> tuple[str, ...]:
    return tuple(value)


@frozen(kw_only=True)
class Attention:
    """Points for everything that a lead does, and more for some of it."""

    kind: ClassVar[str] = "acme/attention"
    acts: tuple[str, ...] = attrs.field(default=("reply",), converter=_words)
    points: int = 5

    def lower(self) -> list[InterestRule]:
        """Return the rules."""
        return [InterestRule(event=act, points=self.points) for act in self.acts]
