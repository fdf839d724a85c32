"""What a column is before it is read: a family of types, from DuckDB's name of the type or from Arrow's."""

import re
from typing import Any, Final, Literal

from attrs import frozen

from leadqual.batch.sql.nodes import Expr, as_bigint, call, column
from leadqual.files.arrowrows import UNITS, Stamp

Family = Literal["text", "integer", "double", "decimal", "boolean", "date", "stamp", "texts", "nothing", "other"]

_INTEGERS: Final = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_FAMILIES: Final[dict[str, Family]] = {
    **dict.fromkeys(_INTEGERS, "integer"),
    "VARCHAR": "text",
    "FLOAT": "double",
    "DOUBLE": "double",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "VARCHAR[]": "texts",
    "NULL": "nothing",
}
_STAMPS: Final = {
    "TIMESTAMP": ("us", False),
    "TIMESTAMP WITH TIME ZONE": ("us", True),
    "TIMESTAMP_NS": ("ns", False),
    "TIMESTAMPTZ_NS": ("ns", True),
}
_DECIMAL: Final = re.compile(r"DECIMAL\((\d+),(\d+)\)").fullmatch


@frozen(kw_only=True)
class Physical:
    """The type of a column as it was handed in.

    Attributes:
        family: Types that mean the same; ``other`` is left to the readers of files.
        fits: Of whole numbers: whether all of the type fit 64 bits with a sign.
        wide: Of whole numbers: whether the column is 64 bits with a sign already.
        digits: Of decimals: how many in all.
        places: Of decimals: how many after the point.
        unit: Of timestamps.
        aware: Of timestamps: whether they are in UTC.
        counted: Of timestamps: whether the column holds whole numbers of the unit already.
    """

    family: Family
    fits: bool = True
    wide: bool = False
    digits: int = 0
    places: int = 0
    unit: str = "us"
    aware: bool = False
    counted: bool = False

    @property
    def stamp(self) -> Stamp | None:
        """How timestamps count, for the readers of files."""
        return (*UNITS[self.unit], self.aware) if self.family == "stamp" else None

    def count(self, name: str) -> Expr:
        """Return the whole number of a column of timestamps; null where DuckDB cannot count."""
        if self.counted:
            return column(name)
        return call("EPOCH_NS" if self.unit == "ns" else "EPOCH_US", column(name))


OTHER: Final = Physical(family="other")


def of_duckdb(type_name: str) -> Physical:
    """Return what a column of DuckDB's type is.

    >>> of_duckdb("BIGINT").family, of_duckdb("TIMESTAMP_NS").unit, of_duckdb("BLOB").family
    ('integer', 'ns', 'other')
    """
    if type_name in _STAMPS:
        unit, aware = _STAMPS[type_name]
        return Physical(family="stamp", unit=unit, aware=aware)
    if found := _DECIMAL(type_name):
        return Physical(family="decimal", digits=int(found[1]), places=int(found[2]))
    family = _FAMILIES.get(type_name.strip('"'), "other")
    return Physical(family=family, fits=type_name != "UBIGINT", wide=type_name == "BIGINT")


def of_arrow(arrow: Any, kind: Any) -> Physical:
    """Return what a column of an Arrow type is; timestamps are taken as counted."""
    types = arrow.types
    if types.is_timestamp(kind):
        return Physical(family="stamp", unit=kind.unit, aware=kind.tz is not None, counted=True)
    if types.is_decimal128(kind) and 0 <= kind.scale <= kind.precision:
        return Physical(family="decimal", digits=kind.precision, places=kind.scale)
    if types.is_integer(kind):
        return Physical(family="integer", fits=kind != arrow.uint64(), wide=kind == arrow.int64())
    return Physical(family=_arrow_family(types, kind))


def _arrow_family(types: Any, kind: Any) -> Family:
    if is_text(types, kind) or (types.is_dictionary(kind) and is_text(types, kind.value_type)):
        return "text"
    if (types.is_list(kind) or types.is_large_list(kind)) and is_text(types, kind.value_type):
        return "texts"
    if types.is_float32(kind) or types.is_float64(kind):
        return "double"
    if types.is_boolean(kind):
        return "boolean"
    if types.is_date32(kind):
        return "date"
    return "nothing" if types.is_null(kind) else "other"


def is_text(types: Any, kind: Any) -> bool:
    """Tell whether an Arrow type is one of text."""
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def digits_of(physical: Physical, name: str) -> Expr:
    """Return a column of whole numbers as 64 bits with a sign."""
    return column(name) if physical.wide else as_bigint(column(name))
