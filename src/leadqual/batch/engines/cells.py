"""How an engine reads a typed column of its own, where it can do so exactly as the readers of files do."""

from collections.abc import Callable
from datetime import date
from typing import Final

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


@frozen(kw_only=True)
class Asked:
    """A column that is to be read.

    Attributes:
        spelling: How the engine says it.
        physical: What the column is.
        own: The column.
        format: How cells are written.
    """

    spelling: Spelling
    physical: Physical
    own: Expr
    format: FileFormat


Reads = Callable[[Asked], Cell | None]


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
    return _READERS[type_name](Asked(spelling=spelling, physical=physical, own=own, format=format))


def _text(asked: Asked) -> Cell | None:
    if asked.physical.family == "integer":
        return Cell(
            value=as_text(asked.own), absent=is_null(asked.own), bad=false(), raw=asked.own, whole=as_bigint(asked.own)
        )
    if asked.physical.family != "text":
        raise _refused("text")
    plain = asked.spelling.text(asked.own)
    missing = _is_missing(plain, asked.format)
    return Cell(
        value=case([(missing, _null("text"))], plain),
        absent=any_of([is_null(asked.own), missing]),
        bad=asked.spelling.nul(plain),
        raw=plain,
        foreign=negated(asked.spelling.dialect.is_ascii(plain)),
    )


def _integer(asked: Asked) -> Cell | None:
    if asked.physical.family == "integer":
        return Cell(
            value=as_bigint(asked.own),
            absent=is_null(asked.own),
            bad=false(),
            raw=asked.own,
            whole=as_bigint(asked.own),
        )
    if asked.physical.family == "decimal" and not asked.physical.places:
        bad = negated(asked.spelling.is_whole(asked.own))
        return Cell(value=asked.spelling.bigint(asked.own), absent=is_null(asked.own), bad=bad, raw=asked.own)
    raise _refused("integer")


def _number(asked: Asked) -> Cell | None:
    if asked.physical.family == "integer":
        return Cell(value=_as_double(asked.own), absent=is_null(asked.own), bad=false(), raw=asked.own)
    if asked.physical.family not in ("decimal", "double"):
        raise _refused("number")
    decimal = asked.physical.family == "decimal"
    no_value = (asked.spelling.is_nan if decimal else asked.spelling.dialect.is_nan)(asked.own)
    double = asked.spelling.double(asked.own) if decimal else _as_double(asked.own)
    value = case([(no_value, _null("number")), (equals(asked.own, bare_integer(0)), _zero())], double)
    bad = all_of([negated(no_value), (asked.spelling.is_huge if decimal else asked.spelling.is_infinite)(asked.own)])
    return Cell(value=value, absent=any_of([is_null(asked.own), no_value]), bad=bad, raw=asked.own)


def _boolean(asked: Asked) -> Cell | None:
    if asked.physical.family == "boolean":
        return Cell(value=asked.own, absent=is_null(asked.own), bad=false(), raw=asked.own)
    if asked.physical.family == "integer":
        bad = negated(is_in(asked.own, [bare_integer(0), bare_integer(1)]))
        return Cell(value=equals(asked.own, bare_integer(1)), absent=is_null(asked.own), bad=bad, raw=asked.own)
    return _unless_text(asked, "boolean")


def _date(asked: Asked) -> Cell | None:
    if asked.physical.family != "date":
        return _unless_text(asked, "date")
    days = case([(asked.spelling.is_finite(asked.own), asked.spelling.days(asked.own))], integer(_FAR))
    value = case([(is_null(asked.own), _null("date"))], days)
    return Cell(
        value=value, absent=is_null(asked.own), bad=_outside(value, _FIRST_DAY, _LAST_DAY + 1), raw=as_text(asked.own)
    )


def _instant(asked: Asked) -> Cell | None:
    family, unit = asked.physical.family, asked.format.unit
    if family == "stamp" and (asked.physical.aware or asked.format.zone in _UTC):
        micros = micros_of(asked.spelling, asked.physical, asked.own)
        return Cell(value=micros, absent=is_null(asked.own), bad=_outside(micros, 0, LATEST_MICROS), raw=micros)
    if family == "stamp":
        if asked.format.zone is not None:
            return None
        raise WrongType("the time has no zone", _NO_ZONE)
    if family == "integer" and unit is not None:
        times, parts = _UNITS[unit]
        count = as_bigint(asked.own)
        value = multiply(count, integer(times)) if times > 1 else count
        if parts > 1:
            value = asked.spelling.dialect.quotient(count, integer(parts))
        return Cell(
            value=value,
            absent=is_null(asked.own),
            bad=_outside(count, 0, LATEST_MICROS * parts // times),
            raw=asked.own,
        )
    if family == "text" or (family == "double" and unit is not None):
        return None
    if family == "date" and asked.format.bare_dates is not None:
        return None
    raise _refused("instant")


def _list(asked: Asked) -> Cell | None:
    if asked.physical.family != "texts":
        return _unless_text(asked, "list")
    flat = asked.spelling.is_flat(asked.own)
    joined, run = asked.spelling.joined(asked.own), asked.spelling.run(asked.own)
    mark = text(SEPARATOR)
    value = case([(equals(joined, text("")), _null("list"))], asked.spelling.dialect.concatenated([mark, joined, mark]))
    held = any_of([asked.spelling.dialect.holds(run, SEPARATOR), asked.spelling.nul(run)])
    return Cell(
        value=case([(negated(flat), _null("list"))], value),
        absent=any_of([is_null(asked.own), negated(flat), equals(joined, text(""))]),
        bad=case([(flat, held)], is_not_null(asked.own)),
        raw=asked.own,
        foreign=case([(flat, negated(asked.spelling.dialect.is_ascii(run)))], false()),
    )


def _unless_text(asked: Asked, type_name: str) -> Cell | None:
    """Leave a text to the readers of files, and refuse everything else."""
    if asked.physical.family != "text":
        raise _refused(type_name)
    return None


def _refused(type_name: str) -> WrongType:
    return WrongType(*_WORDS[type_name])


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
