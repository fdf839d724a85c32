"""Something a lead did, or we did to it, at an instant."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final, Literal

from attrs import field, frozen

from leadqual.calendar import EARLIEST, LATEST, utc
from leadqual.errors import EventError, InstantError, Kind, Problem, kind_of
from leadqual.texts import word_problem

Key = tuple[str, str]
"""What identifies an event over the whole base: its source and its id."""
_NOTHING: Final[Mapping[str, object]] = {}
_SIDES: Final = ("lead", "us")


@frozen(kw_only=True)
class Event:
    """Something a lead did (``by="lead"``) or we did to it (``by="us"``).

    Attributes:
        id: Unique within its source, over the whole base.
        lead_id: Whose event it is.
        kind: What happened, such as ``"download"``.
        at: When; kept in UTC to the microsecond.
        properties: More about it, such as ``{"asset": "guide"}``; kept as given, so do not change it afterwards.
        by: Whose act it is.
        source: Which system gave the id; empty when there is only one.

    Raises:
        EventError: With every problem, if a field is wrong; a naive ``at`` is one.

    >>> Event(id="e1", lead_id="L1", kind="download", at=datetime(2026, 1, 1, tzinfo=UTC)).key
    ('', 'e1')
    """

    id: str
    lead_id: str
    kind: str
    at: datetime
    properties: Mapping[str, object] = field(default=_NOTHING, hash=False, repr=False)
    by: Literal["lead", "us"] = "lead"
    source: str = ""

    def __attrs_post_init__(self) -> None:
        at = self.at
        if not (
            type(at) is datetime
            and at.tzinfo is UTC
            and EARLIEST <= at < LATEST
            and type(self.id) is type(self.lead_id) is type(self.kind) is type(self.source) is str
            and self.id
            and self.lead_id
            and self.kind
            and (self.id + self.lead_id + self.kind + self.source).isprintable()
            and type(self.by) is str
            and self.by in _SIDES
            and (type(self.properties) is dict or isinstance(self.properties, Mapping))
        ):
            self._settle()

    def _settle(self) -> None:
        """Move ``at`` to UTC, or raise with every problem."""
        problems = list(self._problems())
        try:
            object.__setattr__(self, "at", utc(self.at, "at"))
        except InstantError as error:
            problems += error.problems
        if problems:
            raise EventError(problem.under("event") for problem in problems)

    def _problems(self) -> Iterator[Problem]:
        yield from word_problem(self.id, "id")
        yield from word_problem(self.lead_id, "lead_id")
        yield from word_problem(self.kind, "kind")
        if type(self.source) is not str or self.source:
            yield from word_problem(self.source, "source")
        if type(self.by) is not str or self.by not in _SIDES:
            hint = 'Write "lead" or "us".'
            yield Problem(where="by", what="whose act it is was expected", got=kind_of(self.by), hint=hint)
        if not isinstance(self.properties, Mapping):
            got = Kind(type(self.properties).__name__)
            yield Problem(where="properties", what="a mapping was expected", got=got, hint="Pass a dict.")

    @property
    def key(self) -> Key:
        """Source and id, which identify the event over the whole base."""
        return (self.source, self.id)
