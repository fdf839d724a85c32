"""How the cells of a user's files are written: zone, unit, order of dates, words for nothing."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import evolve, frozen

from leadqual.cli.sample import Column
from leadqual.playbook.mapping import FileFormat

MISSING_WORDS: Final = frozenset(
    [
        "Select",
        "N/A",
        "n/a",
        "#N/A",
        "NULL",
        "Null",
        "null",
        "nan",
        "NaN",
        "None",
        "-",
        "--",
        "unknown",
        "Unknown",
        "UNKNOWN",
        "undefined",
        "(not set)",
        "not set",
    ]
)
"""Words that stand for nothing in the exports we know; a column that really holds one of them is rare."""
_ISO: Final = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?( ?(?:Z|UTC|[+-]\d\d(?::?\d\d)?))?", re.ASCII
)
_BARE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ORDERED: Final = re.compile(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})([ T]\d{1,2}:\d\d.*)?", re.ASCII)
_WHOLE: Final = re.compile(r"-?\d{1,20}(?:\.\d+)?", re.ASCII)
_UNIT_OF: Final = ((11, "s"), (14, "ms"), (17, "us"), (21, "ns"))
_ASSUMED_ZONE: Final = "UTC"


@frozen(kw_only=True)
class Guess:
    """A format, and what was assumed to get there.

    Attributes:
        format: What the playbook will say of the files.
        assumed: Keys of the format that are not certain, each with the reason.
    """

    format: FileFormat
    assumed: dict[str, str]


def guess_format(
    instants: Iterable[Column], others: Iterable[Column], *, zone: str | None, encoding: str | None
) -> Guess:
    """Guess how the files of one table are written.

    Args:
        instants: The columns that are read as instants.
        others: The other columns, read or not; words for nothing are looked for in them too.
        zone: The user's word for the zone of times that name none.
        encoding: What the files are saved in, unless it is UTF-8.

    Returns:
        A format that says only what differs from ours.

    >>> column = Column("ts", values={"28/02/2026 10:15": 1, "01/03/2026 09:00": 1})
    >>> guess_format([column], [], zone="Europe/Madrid", encoding=None).format.dates
    'dd/mm/yyyy'
    """
    instants, others = tuple(instants), tuple(others)
    assumed: dict[str, str] = {}
    missing = tuple(sorted({v for column in (*instants, *others) for v in column.values if v in MISSING_WORDS}))
    cells = [v for column in instants if not column.typed for v in column.values if v not in missing]
    texts = [v for v in cells if isinstance(v, str)]
    found = FileFormat(encoding=encoding, missing=missing, unit=_unit(cells), dates=_dates(texts, assumed))
    bare = any(_is_bare(text) for text in texts)
    naive = bare or any(column.naive for column in instants) or any(_is_naive(text) for text in texts)
    if naive:
        found = evolve(found, zone=zone or _ASSUMED_ZONE)
        if zone is None:
            assumed["zone"] = "times without a zone: which one were they written in?"
    if bare:
        found = evolve(found, bare_dates="noon")
        assumed["bare_dates"] = "dates without a time of day are read as noon"
    return Guess(format=found, assumed=assumed)


def _unit(cells: list[Any]) -> Any:
    whole = [
        str(v).partition(".")[0].lstrip("-") for v in cells if not isinstance(v, bool) and _WHOLE.fullmatch(str(v))
    ]
    if not whole:
        return None
    digits = max(len(v) for v in whole)
    return next((unit for most, unit in _UNIT_OF if digits <= most), None)


def _dates(texts: list[str], assumed: dict[str, str]) -> str | None:
    matches = [match for text in texts if not _BARE.match(text) and (match := _ORDERED.fullmatch(text))]
    if not matches:
        return None
    sign = matches[0][2]
    if all(len(match[1]) == 4 for match in matches):
        return f"yyyy{sign}mm{sign}dd"
    firsts, seconds = (max(int(match[group]) for match in matches) for group in (1, 3))
    if seconds > 12:
        return f"mm{sign}dd{sign}yyyy"
    if firsts <= 12:
        assumed["dates"] = "day and month could be the other way round"
    return f"dd{sign}mm{sign}yyyy"


def _is_bare(text: str) -> bool:
    if _BARE.fullmatch(text):
        return True
    match = _ORDERED.fullmatch(text)
    return match is not None and match[5] is None and not _BARE.match(text)


def _is_naive(text: str) -> bool:
    if match := _ISO.fullmatch(text):
        return match[1] is None
    match = _ORDERED.fullmatch(text)
    return match is not None and match[5] is not None and not re.search(r"(?:Z|UTC|[+-]\d\d:?\d\d)$", match[5])


def format_lines(guess: Guess) -> Iterator[str]:
    """Yield the lines of ``[files.x]`` that a playbook needs for a guess; none for our own format."""
    ours = FileFormat()
    for key in ("zone", "unit", "dates", "bare_dates", "decimal", "encoding", "missing"):
        value = getattr(guess.format, key)
        if value == getattr(ours, key):
            continue
        shown = f"[{', '.join(quoted(word) for word in value)}]" if isinstance(value, tuple) else quoted(value)
        doubt = f"  # CHECK: {guess.assumed[key]}" if key in guess.assumed else ""
        yield f"{key} = {shown}{doubt}"


def quoted(text: str) -> str:
    """Return a text as a TOML string.

    >>> print(quoted("two words"))
    "two words"
    """
    escapes = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
    return '"' + "".join(escapes.get(c, c if c.isprintable() else f"\\U{ord(c):08x}") for c in text) + '"'
