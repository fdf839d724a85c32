"""Names that a playbook uses for the ways of writing things: encodings, time zones, orders of dates."""

import codecs
import re
from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from leadqual.errors import Problem
from leadqual.hints import did_you_mean

ENCODINGS: Final = frozenset(
    (
        *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "ascii", "iso8859-1", "iso8859-2", "iso8859-9"),
        *(
            "iso8859-15",
            "cp437",
            "cp850",
            "cp852",
            "mac-roman",
            "koi8-r",
            "koi8-u",
            "cp874",
            "cp1250",
            "cp1251",
            "cp1252",
        ),
        *("cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "shift_jis", "cp932", "euc_jp", "gb2312", "gbk"),
        *("gb18030", "big5", "euc_kr", "cp949"),
    )
)
"""The encodings a file may name, as Python spells them; any alias of them will do."""
_LONGEST: Final = 200
_ZONE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}", re.ASCII)
_MACHINES_OWN: Final = frozenset({"localtime", "posixrules", "Factory"})
_DATES: Final = re.compile(r"(dd|mm|yyyy)([/.-])(dd|mm|yyyy)\2(dd|mm|yyyy)(?: hh:mm(?::ss(?:\.f{1,6})?)?)?", re.ASCII)
_ORDERS: Final = ("dmy", "mdy", "ymd")


def date_order(dates: str) -> tuple[str, str] | None:
    """Return the order and the separator that a date pattern names, or nothing if it is none.

    Args:
        dates: ``dd/mm/yyyy``, ``mm/dd/yyyy``, ``yyyy-mm-dd``, ``dd.mm.yyyy`` and the like; a time of day such as
            `` hh:mm:ss`` may follow.

    >>> date_order("dd/mm/yyyy"), date_order("yyyy-mm-dd hh:mm"), date_order("dd/yyyy/mm")
    (('dmy', '/'), ('ymd', '-'), None)
    """
    match = _DATES.fullmatch(dates)
    if match is None:
        return None
    order = "".join(match[group][0] for group in (1, 3, 4))
    return (order, match[2]) if order in _ORDERS else None


def codec_name(encoding: str) -> str | None:
    """Return Python's name of an encoding that a file may have, or nothing.

    >>> codec_name("Latin1"), codec_name("windows-1252"), codec_name("rot13")
    ('iso8859-1', 'cp1252', None)
    """
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return None
    return name if name in ENCODINGS else None


def short(text: object) -> bool:
    """Return whether it is a text short enough to be a name."""
    return isinstance(text, str) and len(text) <= _LONGEST


def zone_problem(zone: object, where: str) -> Iterator[Problem]:
    """Yield the problem of what should be the name of a time zone, if it has one."""
    known = isinstance(zone, str) and short(zone) and _ZONE.fullmatch(zone) and zone not in _MACHINES_OWN
    if known:
        try:
            ZoneInfo(str(zone))
        except (OSError, ValueError, LookupError):  # no such file, a folder, no zone file
            known = False
    if not known:
        hint = _zone_hint(zone)
        yield Problem(where=where, what="the time zone is not known", got=zone, hint=hint)


def _zone_hint(zone: object) -> str:
    fallback = 'Write an IANA name such as "Europe/Madrid" or "UTC".'
    if not (isinstance(zone, str) and short(zone)):
        return fallback
    names = available_timezones() - _MACHINES_OWN
    fallback = fallback if names else "This machine has no time zones: pip install tzdata."
    first = zone[:1].upper()
    return did_you_mean(zone, [name for name in names if name[:1] == first][:200], fallback)
