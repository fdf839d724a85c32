"""What people and hosts say of nurturing: into a sequence or out of it, what became of a touch, whom to spare."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, Literal

from attrs import field, frozen

from leadqual.errors import Problem, kind_of
from leadqual.hints import did_you_mean
from leadqual.lifecycle.inputchecks import instant, refuse, words
from leadqual.texts import word_problem

CHANGES: Final = ("enrol", "leave", "pause", "resume")
"""What may be done about a lead and a sequence."""
OUTCOMES: Final = ("sent", "skipped", "cancelled")
"""What may have become of a touch."""


@frozen(kw_only=True)
class EnrolmentChange:
    """A person, or the host, puts a lead into a sequence or takes it out, or lets it stand still and go on.

    Attributes:
        change: ``"enrol"``, ``"leave"``, ``"pause"`` or ``"resume"``.
        sequence: Name of the sequence.
        at: When; `now` when absent.
        actor: Who.

    Raises:
        InputRefused: With every problem, if a field is wrong.
        InstantError: If `at` is naive or out of range.

    >>> EnrolmentChange(change="pause", sequence="keep-warm").sequence
    'keep-warm'
    """

    change: Literal["enrol", "leave", "pause", "resume"]
    sequence: str
    at: datetime | None = field(default=None, converter=instant)
    actor: str | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        refuse(self._problems())

    def _problems(self) -> Iterator[Problem]:
        if self.change not in CHANGES:
            hint = did_you_mean(self.change, CHANGES)
            yield Problem(where="change", what="no such change", got=kind_of(self.change), hint=hint)
        yield from word_problem(self.sequence, "sequence")
        yield from words(actor=self.actor)


@frozen(kw_only=True)
class TouchReport:
    """The host says what became of a touch that came due.

    Attributes:
        key: The touch: `TouchDue.touch_key`.
        outcome: ``"sent"``, ``"skipped"`` or ``"cancelled"``.
        reason: Why, in a short word.
        at: When; `now` when absent.

    Raises:
        InputRefused: With every problem, if a field is wrong.
        InstantError: If `at` is naive or out of range.
    """

    key: str
    outcome: Literal["sent", "skipped", "cancelled"] = "sent"
    reason: str | None = field(default=None, repr=False)
    at: datetime | None = field(default=None, converter=instant)

    def __attrs_post_init__(self) -> None:
        refuse(self._problems())

    def _problems(self) -> Iterator[Problem]:
        yield from word_problem(self.key, "key")
        if self.outcome not in OUTCOMES:
            hint = did_you_mean(self.outcome, OUTCOMES)
            yield Problem(where="outcome", what="no such outcome", got=kind_of(self.outcome), hint=hint)
        yield from words(reason=self.reason)


@frozen(kw_only=True)
class Suppression:
    """Nothing may go to a lead's address on a channel any more: it stands on a list of people to be spared.

    Attributes:
        channel: Such as ``"email"``; ``"*"`` for all.
        reason: Why, in a short word.
        at: When; `now` when absent.
        actor: Who took it down.

    Raises:
        InputRefused: With every problem, if a field is wrong.
        InstantError: If `at` is naive or out of range.
    """

    channel: str
    reason: str | None = field(default=None, repr=False)
    at: datetime | None = field(default=None, converter=instant)
    actor: str | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        refuse(self._problems())

    def _problems(self) -> Iterator[Problem]:
        yield from word_problem(self.channel, "channel")
        yield from words(reason=self.reason, actor=self.actor)
