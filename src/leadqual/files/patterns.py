"""Reads dates in the order that a playbook names, such as ``dd/mm/yyyy``, with a time of day after them."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final

from attrs import frozen

from leadqual.playbook.notations import date_order

_TIME: Final = (
    r"(?:[T ](?P<h>\d{1,2}):(?P<min>\d\d)(?::(?P<s>\d\d)(?:[.,](?P<f>\d{1,30}))?)?"
    r"(?: ?(?P<half>[AaPp][Mm]))?(?: ?(?P<zone>Z|UTC|[+-]\d\d(?::?\d\d)?))?)?"
)
_PARTS: Final = {"d": r"(?P<d>\d{1,2})", "m": r"(?P<m>\d{1,2})", "y": r"(?P<y>\d{4})"}


@frozen
class Pattern:
    """The playbook's own way to write a date, and a time of day after it."""

    match: Callable[[str], re.Match[str] | None]

    @classmethod
    def of(cls, dates: str | None) -> "Pattern | None":
        """Return the pattern that a playbook names, if it names one."""
        order = date_order(dates) if dates else None
        if order is None:
            return None
        parts, separator = order
        day = re.escape(separator).join(_PARTS[part] for part in parts)
        return cls(re.compile(day + _TIME, re.ASCII).fullmatch)

    def read(self, cell: str) -> datetime | date | None:
        """Read a date, or a date with a time; nothing if the cell is written another way.

        Raises:
            ValueError: If there is no such date or time.

        >>> pattern = Pattern.of("dd/mm/yyyy")
        >>> pattern and pattern.read("1/3/2026 9:05 pm")
        datetime.datetime(2026, 3, 1, 21, 5)
        """
        found = self.match(cell)
        if found is None:
            return None
        day = date(int(found["y"]), int(found["m"]), int(found["d"]))
        if found["h"] is None:
            return day
        hour, half = int(found["h"]), found["half"]
        if half is not None:
            if not 1 <= hour <= 12:
                raise ValueError
            hour = hour % 12 + (12 if half.lower() == "pm" else 0)
        micros = int((found["f"] or "0").ljust(6, "0")[:6])
        at = datetime.combine(day, time(hour, int(found["min"]), int(found["s"] or 0), micros))
        zone = found["zone"]
        if zone is None:
            return at
        return datetime.fromisoformat(f"{at.isoformat()}{'Z' if zone == 'UTC' else zone}")
