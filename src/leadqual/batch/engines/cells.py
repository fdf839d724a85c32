"""How an engine reads a typed column of its own, where it can do so exactly as the readers of files do."""

from collections.abc import Callable
from datetime import date
from typing import Final, NoReturn

from attrs import frozen
from sqlglot import exp

from leadqual.batch.border.canonical import sql_type
from leadqual.batch.border.physical import Physical
from leadqual.batch.border.readings import SEPARATOR
from leadqual.batch.sql.dialects import Dialect
from leadqual.batch.sql.dialects.base import One
from leadqual.batch.sql.nodes import (
    Expr,
    all_of,
    any_of,
    as_bigint,
    as_text,
    at_least,
    bare_integer,
    boolean,
    case,
    equals,
    false,
    integer,
    is_in,
    is_not_null,
    is_null,
    less,
    multiply,
    negated,
    text,
)
from leadqual.files.instants import LATEST_MICROS
from leadqual.playbook.mapping import FileFormat

_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
_FIRST_DAY: Final = date.min.toordinal() - _EPOCH_DAY
_LAST_DAY: Final = date.max.toordinal() - _EPOCH_DAY
_UNITS: Final = {"s": (1_000_000, 1), "ms": (1000, 1), "us": (1, 1), "ns": (1, 1000)}
_UTC: Final = ("UTC", "Etc/UTC")
_FAR: Final = 2**62
_NO_ZONE: Final = "Keep instants with their zone, or say under [files] in which zone they were written: zone = ..."
_WORDS: Final = {
    "text": ("a text was expected", "Cast it to text in a view; or declare it as what it is."),
    "integer": ("a whole number was expected", "Cast it in a view; or declare it as what it is."),
    "number": ("a number was expected", "Cast it in a view; or declare it as what it is."),
    "boolean": ("a yes or no was expected", "Cast it in a view; or declare it as what it is."),
    "date": ("a date was expected", "Cast it in a view; or declare it as what it is."),
    "instant": ("an instant was expected", "Cast it to a timestamp with a zone in a view."),
    "list": ("a list of texts was expected", "Cast it to an array of texts in a view."),
}


class WrongType(Exception):
    """A column is of a type that cannot mean what is wanted; never leaves the engines."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what, self.hint = what, hint


@frozen(kw_only=True)
class Spelling:
    """What differs between engines when a column is read. Every function takes the column; null in gives null out.

    Attributes:
        dialect: The engine's SQL.
        text: A text, compared by its bytes.
        nul: Whether a text holds the character that no text may hold.
        double: A decimal as a double, correctly rounded.
        bigint: A decimal without places as a whole number.
        is_whole: Whether a decimal is a whole number of 64 bits.
        is_nan: Whether a decimal is not a number.
        is_huge: Whether a decimal is larger than any double.
        is_infinite: Whether a double is.
        is_finite: Whether a date or a timestamp is one.
        days: Days of a date since 1970.
        micros: Microseconds of a timestamp since 1970.
        is_flat: Whether a list holds texts only.
        joined: The texts of a list, but for empty ones, with separators between them; empty if there are none.
        run: The texts of a list without anything between them.
    """

    dialect: Dialect
    text: One
    nul: One
    double: One
    bigint: One
    is_whole: One
    is_nan: One
    is_huge: One
    is_infinite: One
    is_finite: One
    days: One
    micros: Callable[[Expr, Physical], Expr]
    is_flat: One
    joined: One
    run: One


@frozen(kw_only=True)
class Cell:
    """What a column means, as expressions.

    Attributes:
        value: The value; null where it is missing.
        absent: Whether there is none.
        bad: Whether what is there cannot be read; null is no.
        raw: The value as the readers of files take it.
        foreign: Whether a text holds more than ASCII; nothing where there is no text.
        whole: Whether every value is a whole number of 64 bits, so that ids can be kept as such.
    """

    value: Expr
    absent: Expr
    bad: Expr
    raw: Expr
    foreign: Expr | None = None
    whole: Expr | None = None


Reads = Callable[[Spelling, Physical, Expr, FileFormat], Cell | None]


def cell_of(type_name: str, spelling: Spelling, physical: Physical, own: Expr, format: FileFormat) -> Cell | None:
    """Return how a column is read.

    Args:
        type_name: text, integer, number, boolean, date, instant or list.
        spelling: How the engine says it.
        physical: What the column is.
        own: The column.
        format: How cells are written.

    Returns:
        The cell; nothing where only the readers of files know.

    Raises:
        WrongType: If nothing of that type can be read.
    """
    if any("\0" in word for word in format.missing):
        return None
    if physical.family == "nothing":
        return Cell(value=_null(type_name), absent=boolean(1), bad=false(), raw=own)
    return _READERS[type_name](spelling, physical, own, format)


def _text(spelling: Spelling, physical: Physical, own: Expr, format: FileFormat) -> Cell | None:
    if physical.family == "integer":
        return Cell(value=as_text(own), absent=is_null(own), bad=false(), raw=own, whole=as_bigint(own))
    if physical.family != "text":
        _refused("text")
    plain = spelling.text(own)
    missing = _is_missing(plain, format)
    return Cell(
        value=case([(missing, _null("text"))], plain),
        absent=any_of([is_null(own), missing]),
        bad=spelling.nul(plain),
        raw=plain,
        foreign=negated(spelling.dialect.is_ascii(plain)),
    )


def _integer(spelling: Spelling, physical: Physical, own: Expr, format: FileFormat) -> Cell | None:
    if physical.family == "integer":
        return Cell(value=as_bigint(own), absent=is_null(own), bad=false(), raw=own, whole=as_bigint(own))
    if physical.family == "decimal" and not physical.places:
        bad = negated(spelling.is_whole(own))
        return Cell(value=spelling.bigint(own), absent=is_null(own), bad=bad, raw=own)
    _refused("integer")


def _number(spelling: Spelling, physical: Physical, own: Expr, format: FileFormat) -> Cell | None:
    if physical.family == "integer":
        return Cell(value=_as_double(own), absent=is_null(own), bad=false(), raw=own)
    if physical.family not in ("decimal", "double"):
        _refused("number")
    decimal = physical.family == "decimal"
    no_value = (spelling.is_nan if decimal else spelling.dialect.is_nan)(own)
    double = spelling.double(own) if decimal else _as_double(own)
    value = case([(no_value, _null("number")), (equals(own, bare_integer(0)), _zero())], double)
    bad = all_of([negated(no_value), (spelling.is_huge if decimal else spelling.is_infinite)(own)])
    return Cell(value=value, absent=any_of([is_null(own), no_value]), bad=bad, raw=own)


def _boolean(spelling: Spelling, physical: Physical, own: Expr, format: FileFormat) -> Cell | None:
    if physical.family == "boolean":
        return Cell(value=own, absent=is_null(own), bad=false(), raw=own)
    if physical.family == "integer":
        bad = negated(is_in(own, [bare_integer(0), bare_integer(1)]))
        return Cell(value=equals(own, bare_integer(1)), absent=is_null(own), bad=bad, raw=own)
    return None if physical.family == "text" else _refused("boolean")


def _date(spelling: Spelling, physical: Physical, own: Expr, format: FileFormat) -> Cell | None:
    if physical.family != "date":
        return None if physical.family == "text" else _refused("date")
    days = case([(spelling.is_finite(own), spelling.days(own))], integer(_FAR))
    value = case([(is_null(own), _null("date"))], days)
    return Cell(value=value, absent=is_null(own), bad=_outside(value, _FIRST_DAY, _LAST_DAY + 1), raw=as_text(own))


def _instant(spelling: Spelling, physical: Physical, own: Expr, format: FileFormat) -> Cell | None:
    family, unit = physical.family, format.unit
    if family == "stamp" and (physical.aware or format.zone in _UTC):
        micros = micros_of(spelling, physical, own)
        return Cell(value=micros, absent=is_null(own), bad=_outside(micros, 0, LATEST_MICROS), raw=micros)
    if family == "stamp":
        if format.zone is not None:
            return None
        raise WrongType("the time has no zone", _NO_ZONE)
    if family == "integer" and unit is not None:
        times, parts = _UNITS[unit]
        count = as_bigint(own)
        value = multiply(count, integer(times)) if times > 1 else count
        if parts > 1:
            value = spelling.dialect.quotient(count, integer(parts))
        return Cell(
            value=value, absent=is_null(own), bad=_outside(count, 0, LATEST_MICROS * parts // times), raw=own
        )
    if family == "text" or (family == "double" and unit is not None):
        return None
    if family == "date" and format.bare_dates is not None:
        return None
    _refused("instant")


def _list(spelling: Spelling, physical: Physical, own: Expr, format: FileFormat) -> Cell | None:
    if physical.family != "texts":
        return None if physical.family == "text" else _refused("list")
    flat = spelling.is_flat(own)
    joined, run = spelling.joined(own), spelling.run(own)
    mark = text(SEPARATOR)
    value = case([(equals(joined, text("")), _null("list"))], spelling.dialect.concatenated([mark, joined, mark]))
    held = any_of([spelling.dialect.holds(run, SEPARATOR), spelling.nul(run)])
    return Cell(
        value=case([(negated(flat), _null("list"))], value),
        absent=any_of([is_null(own), negated(flat), equals(joined, text(""))]),
        bad=case([(flat, held)], is_not_null(own)),
        raw=own,
        foreign=case([(flat, negated(spelling.dialect.is_ascii(run)))], false()),
    )


def _refused(type_name: str) -> NoReturn:
    what, hint = _WORDS[type_name]
    raise WrongType(what, hint)


_READERS: Final[dict[str, Reads]] = {
    "text": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "instant": _instant,
    "list": _list,
}


def micros_of(spelling: Spelling, physical: Physical, own: Expr) -> Expr:
    """Return a timestamp as microseconds since 1970; one that is none as a number that is out of every range."""
    whens = [(is_null(own), _null("instant")), (spelling.is_finite(own), spelling.micros(own, physical))]
    return case(whens, integer(_FAR))


def _is_missing(own: Expr, format: FileFormat) -> Expr:
    return is_in(own, [text(word) for word in dict.fromkeys(("", *format.missing))])


def _null(type_name: str) -> Expr:
    return exp.Cast(this=exp.Null(), to=exp.DataType(this=exp.DataType.Type[sql_type(type_name)]))


def _as_double(value: Expr) -> Expr:
    return exp.Cast(this=value, to=exp.DataType(this=exp.DataType.Type.DOUBLE))


def _zero() -> Expr:
    return _as_double(bare_integer(0))


def _outside(value: Expr, low: int, limit: int) -> Expr:
    return any_of([less(value, integer(low)), at_least(value, integer(limit))])
