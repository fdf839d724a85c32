"""How DuckDB itself reads a column, where it can do so exactly as the readers of files do."""

from collections.abc import Callable
from datetime import date
from typing import Final

from attrs import frozen
from sqlglot import exp

from leadqual.batch.border.physical import Physical, digits_of
from leadqual.batch.sql.nodes import (
    Expr,
    all_of,
    any_of,
    as_bigint,
    as_text,
    at_least,
    bare_integer,
    boolean,
    call,
    case,
    coalesce,
    column,
    double,
    equals,
    integer,
    is_in,
    is_not_null,
    is_null,
    less,
    multiply,
    negated,
    operation,
    subtract,
    text,
)
from leadqual.files.instants import LATEST_MICROS
from leadqual.playbook.mapping import FileFormat

SEPARATOR: Final = "\x1f"
"""What stands around each text of a list."""
_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
_DAY: Final = 86_400_000_000
_MICROS: Final = {"s": (1_000_000, 1), "ms": (1000, 1), "us": (1, 1), "ns": (1, 1000)}
_UTC: Final = ("UTC", "Etc/UTC")
_EXACT_DIGITS: Final = 15
_LARGEST: Final = 1.7976931348623157e308


@frozen(kw_only=True)
class Reading:
    """What a column means, as expressions.

    Attributes:
        value: The value; null where it is missing.
        bad: Whether the value cannot be read; null is no, and the constant false says that every value can.
        absent: Whether there is no value.
        bounds: Between which every value that is there can be read; the file's own statistics may show that all are.
        missing: Whether a value is a word that stands for none; if no row has one, `raw` is the value.
        foreign: Whether a text holds more than ASCII; nothing where there is no text.
        raw: The value as the readers of files take it.
    """

    value: Expr
    bad: Expr
    absent: Expr
    bounds: tuple[float, float] | None = None
    missing: Expr | None = None
    foreign: Expr | None = None
    raw: Expr


def reading_of(type_name: str, physical: Physical, name: str, format: FileFormat) -> Reading | None:
    """Return how a column is read.

    Args:
        type_name: text, integer, number, boolean, date, instant or list.
        physical: What the column is.
        name: Its name in the statement.
        format: How cells are written.

    Returns:
        The reading; nothing where only the readers of files know.
    """
    own = column(name)
    if physical.family == "other" or any("\0" in word for word in format.missing):
        return None
    if physical.family == "nothing":
        return Reading(value=_null(type_name), bad=boolean(0), absent=boolean(1), raw=own)
    return _READERS[type_name](physical, name, format)


def _text(physical: Physical, name: str, format: FileFormat) -> Reading | None:
    own = column(name)
    if physical.family == "integer":
        return Reading(value=as_text(own), bad=boolean(0), absent=is_null(own), raw=own)
    if physical.family != "text":
        return _refused("text", physical, name, format)
    missing = is_in(own, [text(word) for word in _missing(format)])
    return Reading(
        value=case([(missing, _null("text"))], own),
        absent=any_of([is_null(own), missing]),
        missing=missing,
        bad=call("CONTAINS", own, _character(0)),
        foreign=_foreign(own),
        raw=own,
    )


def _integer(physical: Physical, name: str, format: FileFormat) -> Reading | None:
    own = column(name)
    if physical.family == "integer" and physical.fits:
        return Reading(value=digits_of(physical, name), bad=boolean(0), absent=is_null(own), raw=own)
    if physical.family == "integer" or (physical.family == "decimal" and not physical.places):
        whole = exp.TryCast(this=own, to=exp.DataType(this=exp.DataType.Type.BIGINT))
        bounds = (0, 2**63 - 1) if physical.family == "integer" else None
        bad = all_of([is_not_null(own), is_null(whole)])
        return Reading(value=whole, bad=bad, absent=is_null(own), bounds=bounds, raw=own)
    return _refused("integer", physical, name, format)


def _number(physical: Physical, name: str, format: FileFormat) -> Reading | None:
    own = column(name)
    if physical.family == "integer":
        return Reading(value=_as_double(own), bad=boolean(0), absent=is_null(own), raw=own)
    if physical.family == "decimal":  # the short way divides once, which is exact only for few digits
        exact = own if physical.digits <= _EXACT_DIGITS else as_text(own)
        return Reading(value=_as_double(exact), bad=boolean(0), absent=is_null(own), raw=own)
    if physical.family != "double":
        return _refused("number", physical, name, format)
    no_value, zero = call("ISNAN", own), equals(own, double(0.0))
    value = case([(no_value, _null("number")), (zero, double(0.0))], _as_double(own))
    absent = any_of([is_null(own), no_value])
    return Reading(value=value, bad=call("ISINF", own), absent=absent, bounds=(-_LARGEST, _LARGEST), raw=own)


def _boolean(physical: Physical, name: str, format: FileFormat) -> Reading | None:
    own = column(name)
    if physical.family == "boolean":
        return Reading(value=own, bad=boolean(0), absent=is_null(own), raw=own)
    if physical.family == "integer":
        bad = negated(is_in(own, [bare_integer(0), bare_integer(1)]))
        return Reading(value=equals(own, bare_integer(1)), bad=bad, absent=is_null(own), bounds=(0, 1), raw=own)
    return None if physical.family == "text" else _refused("boolean", physical, name, format)


def _date(physical: Physical, name: str, format: FileFormat) -> Reading | None:
    own = column(name)
    if physical.family != "date":
        return None if physical.family == "text" else _refused("date", physical, name, format)
    days = as_bigint(subtract(own, exp.Cast(this=text("1970-01-01"), to=exp.DataType(this=exp.DataType.Type.DATE))))
    first, last = date.min.toordinal() - _EPOCH_DAY, date.max.toordinal() - _EPOCH_DAY
    return Reading(
        value=days,
        bad=_outside(days, first, last + 1),
        absent=is_null(own),
        bounds=(first * _DAY, last * _DAY),
        raw=as_text(own),
    )


def _instant(physical: Physical, name: str, format: FileFormat) -> Reading | None:
    family, unit = physical.family, format.unit
    if family == "stamp" and (physical.aware or format.zone in _UTC):
        return _counted(physical.count(name), physical.unit, name, LATEST_MICROS)
    if family == "stamp":
        return _refused("instant", physical, name, format) if format.zone is None else None
    if family == "integer" and unit is not None:
        return _counted(column(name), unit, name, _limit(unit))
    if family == "text" or (family == "double" and unit is not None):
        return None
    if family == "date" and format.bare_dates is not None:
        return None
    return _refused("instant", physical, name, format)


def _counted(count: Expr, unit: str, name: str, limit: int) -> Reading:
    """Return the reading of whole numbers of a unit.

    Args:
        count: The number.
        unit: What it counts since 1970.
        name: The column.
        limit: The first number out of range, as the statistics of a file count.
    """
    times, parts = _MICROS[unit]
    value = count
    if times > 1:
        value = multiply(as_bigint(count), integer(times))
    elif parts > 1:
        value = operation(exp.IntDiv, as_bigint(count), integer(parts))
    absent = is_null(column(name))
    outside = coalesce(_outside(count, 0, _limit(unit)), boolean(1))
    return Reading(
        value=value if value is count and count != column(name) else as_bigint(value),
        bad=all_of([negated(absent), outside]),
        absent=absent,
        bounds=(0, limit - 1),
        raw=case([(absent, _null("instant"))], coalesce(count, integer(2**62))),
    )


def _limit(unit: str) -> int:
    times, parts = _MICROS[unit]
    return LATEST_MICROS * parts // times


def _list(physical: Physical, name: str, format: FileFormat) -> Reading | None:
    own = column(name)
    if physical.family != "texts":
        return None if physical.family == "text" else _refused("list", physical, name, format)
    mark = _character(31)
    joined = coalesce(call("ARRAY_TO_STRING", own, mark), text(""))
    whole = call("REGEXP_REPLACE", exp.DPipe(this=exp.DPipe(this=mark, expression=joined), expression=mark),
                 call("CONCAT", mark, text("+")), mark, text("g"))  # fmt: skip
    value = case([(is_null(own), _null("list")), (equals(whole, mark), _null("list"))], whole)
    run = coalesce(call("ARRAY_TO_STRING", own, text("")), text(""))
    bad = any_of([call("CONTAINS", run, _character(0)), call("CONTAINS", run, mark)])
    return Reading(value=value, bad=bad, absent=is_null(value), foreign=_foreign(run), raw=own)


def _refused(type_name: str, physical: Physical, name: str, format: FileFormat) -> Reading:
    """Return the reading of a column of another type: whatever is there cannot be read."""
    own = column(name)
    bad, raw = is_not_null(own), own
    if physical.family == "double":
        bad = all_of([bad, negated(call("ISNAN", own))])
    elif physical.family == "text":
        bad = all_of([bad, negated(is_in(own, [text(word) for word in _missing(format)]))])
    elif physical.family == "stamp":
        raw = case([(is_null(own), _null("instant"))], coalesce(physical.count(name), integer(2**62)))
    return Reading(value=_null(type_name), bad=bad, absent=boolean(1), raw=raw)


_READERS: Final[dict[str, Callable[[Physical, str, FileFormat], Reading | None]]] = {
    "text": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "instant": _instant,
    "list": _list,
}


def _missing(format: FileFormat) -> list[str]:
    return list(dict.fromkeys(("", *format.missing)))


def _null(type_name: str) -> Expr:
    kind = {"text": "TEXT", "list": "TEXT", "number": "DOUBLE", "boolean": "BOOLEAN"}.get(type_name, "BIGINT")
    return exp.Cast(this=exp.Null(), to=exp.DataType(this=exp.DataType.Type[kind]))


def _as_double(value: Expr) -> Expr:
    return exp.Cast(this=value, to=exp.DataType(this=exp.DataType.Type.DOUBLE))


def _character(code: int) -> Expr:
    return call("CHR", bare_integer(code))


def _foreign(own: Expr) -> Expr:
    return exp.NEQ(this=call("STRLEN", own), expression=call("LENGTH", own))


def _outside(value: Expr, low: int, limit: int) -> Expr:
    return any_of([less(value, integer(low)), at_least(value, integer(limit))])
