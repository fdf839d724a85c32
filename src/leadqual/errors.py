"""What can go wrong, said so that the reader knows where, what was expected, what came and what to do.

Personal data never enters a message: a problem with a lead's value shows its type or its length, not the value.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal

from attrs import field, frozen

_SHOWN = 60
_LISTED = 100
MOST_PROBLEMS = 500
"""Problems of one document that are looked for; a document with more is read again when these are mended."""


def printable(text: str, most: int = 300) -> str:
    r"""Return a text on one line, with control characters and lone surrogates escaped, and not too long.

    >>> print(printable(f"a{chr(9)}b"))
    a\tb
    """
    cut = text if len(text) <= most else f"{text[:most]}…"
    if cut.isprintable():
        return cut
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in cut)


def shown(value: object) -> str:
    """Return a short, safe text for a value that came from outside.

    Control characters and lone surrogates are escaped, long values are cut, huge integers are described, so that a
    message can be printed anywhere and costs nothing to make.

    Args:
        value: Anything.

    Returns:
        At most about 60 characters.

    >>> shown(10 ** 5000)
    'an integer of about 5001 digits'
    """
    if type(value) is int and value.bit_length() > 200:
        return f"an integer of about {int(value.bit_length() * 0.30103) + 1} digits"
    if isinstance(value, str):
        text = f"'{printable(value[:_SHOWN])}'"
        return text if len(value) <= _SHOWN else f"{text}… ({len(value)} characters)"
    if isinstance(value, dict):
        return f"a table of {len(value)}"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if isinstance(value, bool | int | float) or value is None:
        return repr(value)
    if isinstance(value, datetime | time):
        value = value.replace(tzinfo=None)  # the zone is somebody else's code, which may fail
    return printable(str(value), _SHOWN) if isinstance(value, Decimal | date | time) else f"a {type(value).__name__}"


@frozen
class Kind:
    """A description to show instead of a value, where the value itself is personal data or too large.

    >>> print(Problem(where="lead.email", what="text was expected", got=Kind("int"), hint="Pass a str."))
    lead.email: text was expected (got int). Pass a str.
    """

    text: str

    def __str__(self) -> str:
        return self.text


def kind_of(value: object) -> Kind:
    """Return what kind of value came, without the value: for what may be personal.

    >>> print(kind_of("ana@b.example"), kind_of(7))
    a text of 13 characters int
    """
    return Kind(f"a text of {len(value)} characters" if isinstance(value, str) else type(value).__name__)


def _kind(value: object) -> Kind:
    return value if isinstance(value, Kind) else Kind(shown(value))


@frozen(kw_only=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        where: Path in the document (``interest.rules[2].max``) or place in a file (``events.csv:12:at``).
        what: What was expected, or what is wrong.
        got: What came; shown shortened and with control characters escaped.
        hint: What to do.
    """

    where: str = field(converter=printable)
    what: str = field(converter=printable)
    got: object = field(converter=_kind)
    hint: str = field(converter=printable)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what} (got {self.got}). {self.hint}".rstrip()

    def under(self, prefix: str) -> "Problem":
        """Return the same problem with its path put under another one.

        >>> Problem(where="max", what="no number", got="x", hint="").under("fit").where
        'fit.max'
        """
        joint = "" if not self.where or self.where.startswith("[") or not prefix else "."
        return Problem(where=f"{prefix}{joint}{self.where}", what=self.what, got=self.got, hint=self.hint)


class LeadqualError(Exception):
    """The root of every error that leadqual raises."""


class ProblemsError(LeadqualError, ValueError):
    """An input is wrong; ``problems`` holds everything that is, in the order of the input.

    Args:
        problems: What is wrong; at least one.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:_LISTED]]
        more = self._count() - len(lines)
        return "\n".join([*lines, f"… and {more:,} more problems"] if more > 0 else lines)

    def _count(self) -> int:
        """Return how many problems there are in all."""
        return len(self.problems)


class ModelError(ProblemsError):
    """A playbook or a model is wrong."""


class LeadError(ProblemsError):
    """A lead is wrong, or holds a value of another type than the playbook declares."""


class EventError(ProblemsError):
    """An event is wrong, or holds a value of another type than the playbook declares."""


class EventConflict(EventError):
    """One event id came with two different contents."""


class InputError(ProblemsError):
    """A file is wrong.

    Args:
        problems: The first hundred, with file, line and column.
        total: How many there are in all.
    """

    def __init__(self, problems: Iterable[Problem], total: int | None = None) -> None:
        super().__init__(problems)
        self.total = len(self.problems) if total is None else total

    def _count(self) -> int:
        return self.total


class UnknownName(ProblemsError):
    """Something was asked for by a name that does not exist: a bar, an objective, a language, a preset."""


class InputRefused(ProblemsError):
    """A verdict, a change or a flag is wrong in itself, whatever lead it is about."""


class PlannerError(ProblemsError):
    """A planner proposed what its sequence does not have; nothing is done."""


class TransitionError(ProblemsError):
    """A lead cannot take this input as it stands; nothing has changed.

    Args:
        problems: What is wrong.
        allowed: What the lead can take instead.
    """

    def __init__(self, problems: Iterable[Problem], allowed: Iterable[str] = ()) -> None:
        super().__init__(problems)
        self.allowed: tuple[str, ...] = tuple(allowed)


class HistoryError(ProblemsError):
    """Facts are no history of a lead: one is of a newer schema, is missing or out of order."""


class InstantError(ProblemsError):
    """An instant is naive, of another type or outside the years 1970 to 2199."""


class TooEarly(LeadqualError, ValueError):
    """A tally was asked for a score before its newest event."""


class TallyMismatch(LeadqualError, ValueError):
    """A tally belongs to another model or was folded with another ``since``."""


class ModelLimit(LeadqualError, ValueError):
    """A lead has more counted events of one rule than exact 64-bit arithmetic allows."""


class StoreError(ProblemsError):
    """A store cannot be used: it is full, broken, gone or of a newer release; nothing was written."""


class StoreBusy(StoreError):
    """Somebody else held a store, or what was to be changed in it, for too long; nothing was written: try again."""


class UnknownLead(ProblemsError):
    """A store knows no such lead; nothing was written."""


class CommandReused(ProblemsError):
    """The id of a command came again with other content; nothing was written."""


class ClaimLost(ProblemsError):
    """An effect is not held any more by whoever claimed it: its lease was over, and it has gone on without him."""


class ModelChanged(ProblemsError):
    """The leads of a store are scored by another model than the service's; nothing was written."""


class MissingExtra(LeadqualError, ImportError):
    """An optional dependency is not installed; the message says how to install it."""


class EngineMismatch(LeadqualError, AssertionError):
    """An engine gave another score than the reference; the message names the leads and what differs."""


class EngineFailure(LeadqualError, RuntimeError):
    """An engine stopped: it ran out of memory or of room, or was told something that it cannot do; no scores came."""


class UnsupportedByEngine(LeadqualError, NotImplementedError):
    """An engine cannot do what a playbook asks, or not exactly; the message names what."""
