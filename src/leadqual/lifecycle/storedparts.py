"""Single values as plain data and back: texts, numbers, instants, days, amounts, keys."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from attrs import frozen

from leadqual.calendar import utc
from leadqual.errors import HistoryError, InstantError, Problem, kind_of, shown
from leadqual.event import Key
from leadqual.hints import did_you_mean
from leadqual.texts import text_flaw, word_problem

INT64: Final = 2**63
_LARGEST: Final = 10**15
_YEARS: Final = range(1970, 2200)


@frozen(eq=False)
class Part:
    """How a value is stored.

    Attributes:
        write: Makes plain data of it.
        read: Makes the value of plain data; raises `HistoryError` with every problem, or returns it.
    """

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def refusal(what: str, got: object, hint: str, where: str = "") -> HistoryError:
    """Return the error of one value; what came is described and never shown."""
    return HistoryError([Problem(where=where, what=what, got=kind_of(got), hint=hint)])


def place(key: object) -> str:
    """Return a key as it stands in a path; one that is no text is described."""
    return key if isinstance(key, str) else shown(key)


def _as_it_is(value: Any) -> Any:
    return value


def read_word(value: Any) -> str:
    """Return a text that is not empty and fit to be stored.

    >>> read_word("mql")
    'mql'
    """
    if type(value) is str and value and (value.isprintable() or text_flaw(value) is None):
        return value
    raise HistoryError(word_problem(value, ""))


def read_text(value: Any) -> str:
    """Return a text that is fit to be stored and may be empty."""
    return value if type(value) is str and not value else read_word(value)


def _read_bool(value: Any) -> bool:
    if type(value) is bool:
        return value
    raise refusal("true or false was expected", value, "Write true or false.")


def whole(least: int) -> Part:
    """Return the part of a whole number of 64 bits.

    >>> whole(1).read(3)
    3
    """

    def read(value: Any) -> int:
        if type(value) is int and least <= value < INT64:
            return value
        bounds = "of at most 64 bits" if least < 0 else f"from {least} on"
        raise refusal(f"a whole number {bounds} was expected", value, "Write it without a point and without quotes.")

    return Part(_as_it_is, read)


def _write_instant(at: Any) -> str:
    return utc(at).isoformat()


def read_instant(value: Any) -> datetime:
    """Return an instant in UTC that stands there as ISO text with its offset.

    >>> read_instant("2026-03-03T09:00:00+00:00")
    datetime.datetime(2026, 3, 3, 9, 0, tzinfo=datetime.timezone.utc)
    """
    if type(value) is str:
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            at = None
        if at is not None:
            try:
                return utc(at)
            except InstantError as error:
                raise HistoryError(error.problems) from None
    raise refusal("an instant was expected", value, 'Write it as text, such as "2026-03-03T09:00:00+00:00".')


def _write_day(day: Any) -> str:
    return str(day.isoformat())


def read_day(value: Any) -> date:
    """Return a day that stands there as ISO text.

    >>> read_day("2026-03-03")
    datetime.date(2026, 3, 3)
    """
    if type(value) is str:
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = date.min
        if day.year in _YEARS:
            return day
    raise refusal("a day was expected", value, 'Write it as text, such as "2026-03-03", of the years 1970 to 2199.')


def read_decimal(value: Any) -> Decimal | None:
    """Return the exact number that a text writes, if it writes one."""
    if type(value) is not str:
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _read_amount(value: Any) -> Decimal:
    number = read_decimal(value)
    if number is None or not 0 <= number <= _LARGEST:
        raise refusal("an exact amount was expected", value, 'Write it as text, such as "1500.00".')
    return number


def read_key(value: Any) -> Key:
    """Return the key of an event, which stands there as its source and its id.

    >>> read_key(["web", "e7"])
    ('web', 'e7')
    """
    if type(value) is list and len(value) == 2 and type(value[0]) is str:
        source, own = value
        return (read_text(source), read_word(own))
    raise refusal("the key of an event was expected", value, "Write [source, id]; the source may be an empty text.")


def one_of(words: tuple[str, ...]) -> Part:
    """Return the part of a word that is one of a few.

    >>> one_of(("flag", "model")).read("flag")
    'flag'
    """

    def read(value: Any) -> str:
        if type(value) is str and value in words:
            return value
        raise refusal("a known word was expected", value, did_you_mean(value, words))

    return Part(_as_it_is, read)


def optional(part: Part) -> Part:
    """Return the part of a value that may be absent.

    >>> optional(WORD).read(None) is None
    True
    """
    return Part(
        lambda value: None if value is None else part.write(value),
        lambda value: None if value is None else part.read(value),
    )


WORD: Final = Part(_as_it_is, read_word)
TEXT: Final = Part(_as_it_is, read_text)
TRUTH: Final = Part(_as_it_is, _read_bool)
INSTANT: Final = Part(_write_instant, read_instant)
DAY: Final = Part(_write_day, read_day)
AMOUNT: Final = Part(str, _read_amount)
KEY: Final = Part(list, read_key)
