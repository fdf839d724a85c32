"""Values of a lead or an event: those that a playbook compares with, their near misses, missing ones, and noise."""

import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, Final

from attrs import frozen
from hypothesis import strategies as st

from leadqual.calendar import EARLIEST, LATEST
from leadqual.conditions.fieldtypes import INT64
from leadqual.testing.reads import Compared

_LETTERS: Final = "abcdezABCZ019 _-./@'éñÑßİ日\u0301"
_WORDS: Final = ("x", "Director", "a@b.example", " ", "é", "e\u0301", "İ")
_TINY: Final = timedelta(microseconds=1)
_DAY: Final = timedelta(days=1)
_MOST: Final = 200
_MISSING: Final[Mapping[str, tuple[object, ...]]] = {
    "text": (None, ""), "integer": (None,), "number": (None, math.nan), "boolean": (None,), "date": (None,),
    "instant": (None,), "list": (None, [], [""]),
}  # fmt: skip


@frozen(kw_only=True)
class Values:
    """Strategies for the values of one field.

    Attributes:
        telling: What the playbook compares the field with; noise where that is nothing.
        near: Near misses, and several of the compared values together.
        noise: Anything of the type.
        missing: What counts as missing.
    """

    telling: st.SearchStrategy[Any]
    near: st.SearchStrategy[Any]
    noise: st.SearchStrategy[Any]
    missing: st.SearchStrategy[Any]

    def any(self) -> st.SearchStrategy[Any]:
        """Return a strategy for all of them."""
        return st.one_of(self.telling, self.near, self.noise, self.missing)


def values(type_name: str, compared: Iterable[Compared], now: datetime) -> Values:
    """Return strategies for the values of a field.

    Args:
        type_name: Its declared type.
        compared: What the playbook compares it with.
        now: The instant near which dates and instants lie that nothing is compared with.
    """
    literals = list(islice(compared, _MOST))
    noise = _NOISE[type_name](now)
    missing = st.sampled_from(_MISSING[type_name])
    if not literals:
        return Values(telling=noise, near=noise, noise=noise, missing=missing)
    around = [list(_NEAR[type_name](op, literal)) for op, literal in literals]
    telling = st.sampled_from(_distinct(group[0] for group in around))
    near = st.sampled_from(_distinct(value for group in around for value in group[1:]))
    if type_name == "text":
        near = st.one_of(near, st.lists(telling, min_size=2, max_size=3).map(" ".join))
    if type_name == "list":
        near = st.one_of(near, st.lists(telling, min_size=2, max_size=3).map(_together))
    return Values(telling=telling, near=near, noise=noise, missing=missing)


def _together(lists: list[list[str]]) -> list[str]:
    """Return the texts of several lists in one, each once."""
    return list(dict.fromkeys(text for members in lists for text in members))


def _distinct(found: Iterable[Any]) -> list[Any]:
    """Return values without repetition, in their order; those of a list compare by what they hold."""
    return list({repr(value): value for value in found}.values())


def _near_text(op: str, literal: str) -> Iterator[str]:
    if op == "domain_in":
        yield from (f"a@{literal}", f"a@b@{literal.upper()}", f"a@mail.{literal}", f"a@x{literal}", literal)
        return
    yield literal
    if op in ("contains", "contains_any", "contains_word", "starts_with", "ends_with"):
        yield from (f"a {literal} b", f"{literal} b", f"a {literal}", f"({literal})", f"{literal}s", f"a{literal}")
    decomposed = unicodedata.normalize("NFD", literal)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    yield from (literal.lower(), literal.upper(), decomposed, plain, f"{literal} ", literal[:-1])


def _near_integer(_: str, literal: int) -> Iterator[int]:
    yield from (number for number in (literal, literal - 1, literal + 1) if -INT64 <= number < INT64)


def _near_number(_: str, literal: float) -> Iterator[float]:
    near = (literal, math.nextafter(literal, -math.inf), math.nextafter(literal, math.inf), literal - 1, literal + 1)
    yield from (number for number in near if math.isfinite(number))


def _near_boolean(_: str, literal: object) -> Iterator[bool]:
    yield from (literal is True, literal is not True)


def _near_date(_: str, literal: date) -> Iterator[date]:
    yield literal
    yield from (literal + days for days in (-_DAY, _DAY) if 1 < (literal + days).year < 9999)


def _near_instant(_: str, literal: datetime) -> Iterator[datetime]:
    near = (literal, literal - _TINY, literal + _TINY, literal - _DAY)
    yield from (at for at in near if EARLIEST <= at < LATEST)


def _near_list(_: str, literal: str) -> Iterator[list[str]]:
    yield from ([text] for text in _near_text("eq", literal))
    yield [literal, "x"]


_NEAR: Final[Mapping[str, Callable[[str, Any], Iterator[Any]]]] = {
    "text": _near_text,
    "integer": _near_integer,
    "number": _near_number,
    "boolean": _near_boolean,
    "date": _near_date,
    "instant": _near_instant,
    "list": _near_list,
}
_TEXTS: Final = st.text(_LETTERS, max_size=8)
_NOISE: Final[Mapping[str, Callable[[datetime], st.SearchStrategy[Any]]]] = {
    "text": lambda _: st.one_of(st.sampled_from(_WORDS), _TEXTS),
    "integer": lambda _: st.one_of(st.integers(-10, 1_000), st.sampled_from((INT64 - 1, -INT64, 10**6))),
    "number": lambda _: st.one_of(st.integers(-10, 1_000).map(float), st.floats(allow_nan=False, allow_infinity=False)),
    "boolean": lambda _: st.booleans(),
    "date": lambda now: st.dates(date(1970, 1, 1), date(2199, 12, 31)) | st.just(now.date()),
    "instant": lambda now: st.sampled_from((now, now - _TINY, now - 30 * _DAY, EARLIEST, LATEST - _TINY)),
    "list": lambda _: st.lists(st.one_of(st.sampled_from(_WORDS), _TEXTS), max_size=3),
}


def instant_near(now: datetime, age: int, of_day: timedelta) -> datetime:
    """Return an instant so many days before the day of `now`, at a time of that day, within the years allowed.

    >>> from datetime import UTC
    >>> instant_near(datetime(2026, 1, 5, 12, tzinfo=UTC), 1, timedelta(hours=9))
    datetime.datetime(2026, 1, 4, 9, 0, tzinfo=datetime.timezone.utc)
    """
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    room = (midnight - EARLIEST).days
    at = midnight - timedelta(days=min(age, room)) + of_day
    return min(max(at, EARLIEST), LATEST - _TINY)
