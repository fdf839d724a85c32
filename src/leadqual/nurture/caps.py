"""How often a lead may be touched: so many times in a rolling number of days, or in a local day, week or month."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final, Literal

from attrs import field, frozen

from leadqual.axis import container_problems, listed
from leadqual.errors import MOST_PROBLEMS, Kind, ModelError, Problem
from leadqual.nurture.purposes import TOUCH_KINDS, TouchKind, scopes_of
from leadqual.texts import word_problem

Period = Literal["day", "week", "month"]
PERIODS: Final = ("day", "week", "month")
"""Windows by the calendar; weeks begin on Monday."""
MOST_DAYS: Final = 36_500
MOST_TIMES: Final = 1_000_000
MOST_CAPS: Final = 32
"""Caps of one channel."""


@frozen(kw_only=True)
class FrequencyCap:
    """At most so many touches in a window.

    Attributes:
        times: How many; 0 is never.
        days: In any span of so many times 24 hours, whatever the clocks do: of two touches that lie exactly so far
            apart, each is in a span of its own.
        per: In each ``"day"``, ``"week"`` (from Monday) or ``"month"`` of the lead's calendar. Either this or `days`.

    Raises:
        ModelError: With every problem.

    >>> print(FrequencyCap(times=2, days=7), FrequencyCap(times=1, per="day"))
    2 in 7 days 1 per day
    """

    times: int
    days: int | None = None
    per: Period | None = None

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise ModelError(problems)

    def __str__(self) -> str:
        return (
            f"{self.times} per {self.per}"
            if self.days is None
            else f"{self.times} in {self.days} day{'' if self.days == 1 else 's'}"
        )

    @property
    def span(self) -> timedelta:
        """How long a rolling window is; nothing for one by the calendar."""
        return timedelta(days=self.days or 0)

    def _problems(self) -> Iterator[Problem]:
        if type(self.times) is not int or not 0 <= self.times <= MOST_TIMES:
            hint = f"Write a whole number from 0 (never) to {MOST_TIMES:,}; leave the cap out for no limit."
            yield Problem(where="times", what="times out of range", got=self.times, hint=hint)
        if (self.days is None) == (self.per is None):
            hint = 'Write either `days = 7` or `per = "week"`.'
            what = "a cap has one window"
            yield Problem(where="days", what=what, got=Kind("none" if self.days is None else "two"), hint=hint)
        if self.days is not None and (type(self.days) is not int or not 1 <= self.days <= MOST_DAYS):
            hint = f"Write a whole number of days from 1 to {MOST_DAYS:,}."
            yield Problem(where="days", what="days out of range", got=self.days, hint=hint)
        if self.per is not None and not (isinstance(self.per, str) and self.per in PERIODS):
            hint = f"Write one of: {', '.join(PERIODS)}."
            yield Problem(where="per", what="unknown window", got=self.per, hint=hint)


def _by_channel(value: Any) -> Any:
    return {name: listed(caps) for name, caps in value.items()} if isinstance(value, Mapping) else value


_Table = Mapping[str, tuple[FrequencyCap, ...]]


@frozen(kw_only=True)
class Caps:
    """The frequency caps of a playbook: by kind of touch, then by channel; ``"*"`` is all channels together.

    Each kind counts its own touches only, so an answer to a request is never late for a newsletter. A channel without
    a cap is unlimited.

    Attributes:
        marketing: Caps of marketing touches.
        requested: Caps of answers to requests.
        sales: Caps of one-to-one sales touches.

    Raises:
        ModelError: With every problem.

    >>> caps = Caps(marketing={"email": [FrequencyCap(times=2, days=7)], "*": [FrequencyCap(times=1, per="day")]})
    >>> [(str(cap), scope) for cap, scope in caps.of("email", "marketing")], caps.of("email", "requested")
    ([('2 in 7 days', 'email'), ('1 per day', '*')], ())
    """

    marketing: _Table = field(factory=dict, converter=_by_channel, hash=False)
    requested: _Table = field(factory=dict, converter=_by_channel, hash=False)
    sales: _Table = field(factory=dict, converter=_by_channel, hash=False)

    def __attrs_post_init__(self) -> None:
        tables = zip(TOUCH_KINDS, (self.marketing, self.requested, self.sales), strict=True)
        problems = [problem for kind, table in tables for problem in _table_problems(table, kind)]
        if problems:
            raise ModelError(problems[:MOST_PROBLEMS])

    def by_channel(self, kind: TouchKind) -> _Table:
        """Return the caps of a kind of touch by channel."""
        if kind == "marketing":
            return self.marketing
        return self.requested if kind == "requested" else self.sales

    def of(self, channel: str, kind: TouchKind) -> tuple[tuple[FrequencyCap, str], ...]:
        """Return the caps that a touch has to keep, each with the channel that it counts, or ``"*"``.

        Args:
            channel: Its channel.
            kind: Its kind.
        """
        table = self.by_channel(kind)
        return tuple((cap, scope) for scope in scopes_of(channel) for cap in table.get(scope, ()))


def _table_problems(table: object, kind: str) -> Iterator[Problem]:
    yield from container_problems([(kind, table, dict)])
    for channel, caps in table.items() if isinstance(table, dict) else ():
        named = list(word_problem(channel, kind))
        yield from named
        place = kind if named else f"{kind}.{channel}"
        yield from container_problems([(place, caps, tuple)])
        if isinstance(caps, tuple):
            yield from _cap_problems(caps, place)


def _cap_problems(caps: Iterable[object], where: str) -> Iterator[Problem]:
    listing = tuple(caps)
    if len(listing) > MOST_CAPS:
        yield Problem(where=where, what="too many caps", got=listing, hint=f"Write at most {MOST_CAPS}.")
        return
    yield from container_problems([(f"{where}[{i}]", cap, FrequencyCap) for i, cap in enumerate(listing)])
