"""How a user's files differ from ours: names of columns, and how cells are written."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal

from attrs import field, frozen

from leadqual.errors import Problem
from leadqual.hints import did_you_mean
from leadqual.playbook.notations import ENCODINGS, codec_name, date_order, short, zone_problem

LEAD_COLUMNS: Final[Mapping[str, str]] = {
    "lead_id": "text",
    "kind": "text",
    "email": "text",
    "phone": "text",
    "company_id": "text",
    "acquisition": "text",
    "channel": "text",
    "source": "text",
    "zone": "text",
    "language": "text",
    "created_at": "instant",
    "since": "instant",
    "stage": "text",
    "valid_from": "instant",
}
"""The columns of every leads file, with their types; the declared attributes come on top."""
EVENT_COLUMNS: Final[Mapping[str, str]] = {
    "event_id": "text",
    "lead_id": "text",
    "kind": "text",
    "at": "instant",
    "source": "text",
    "by": "text",
}
"""The columns of every events file, with their types; the declared properties come on top."""
VERDICT_COLUMNS: Final[Mapping[str, str]] = {
    "lead_id": "text",
    "at": "instant",
    "verdict": "text",
    "reason": "text",
    "actor": "text",
    "amount": "amount",
    "currency": "text",
    "closed_on": "date",
    "wake_on": "date",
}
"""The columns of every verdicts file, with their types; an amount is an exact number."""
UNITS: Final = ("s", "ms", "us", "ns")


def _words(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


@frozen(kw_only=True)
class FileFormat:
    """How the cells of the leads files, of the events files or of the verdicts files are written.

    Attributes:
        zone: IANA zone of the times that name none; without it such times are refused.
        unit: What whole-number times count since 1970: ``"s"``, ``"ms"``, ``"us"`` or ``"ns"``.
        dates: Order of dates such as ``"dd/mm/yyyy"``; ISO 8601 is always read.
        decimal: Decimal sign of numbers in CSV, ``"."`` or ``","``.
        delimiter: Column separator of CSV, one character; found by itself among comma, semicolon and tab.
        encoding: Text encoding, UTF-8 by default; a byte order mark wins.
        missing: Words that stand for no value; whole cells, exactly.
        bare_dates: ``"noon"`` reads a date without a time, where an instant is needed, as noon in `zone`.

    >>> print(*FileFormat(unit="sec").problems("files.events"))
    files.events.unit: a unit of time was expected (got 'sec'). Known: ms, ns, s, us.
    """

    zone: str | None = None
    unit: Literal["s", "ms", "us", "ns"] | None = None
    dates: str | None = None
    decimal: str = "."
    delimiter: str | None = None
    encoding: str | None = None
    missing: tuple[str, ...] = field(default=(), converter=_words)
    bare_dates: Literal["noon"] | None = None

    def problems(self, where: str) -> Iterator[Problem]:
        """Yield everything that is wrong, whatever the types of the values are.

        Args:
            where: Path of the table in the document, such as ``files.events``.

        Yields:
            One problem a key at most, in the order of the attributes.
        """
        if self.zone is not None:
            yield from zone_problem(self.zone, f"{where}.zone")
        if self.unit is not None and self.unit not in UNITS:
            hint = did_you_mean(None, UNITS)
            yield Problem(where=f"{where}.unit", what="a unit of time was expected", got=self.unit, hint=hint)
        if self.dates is not None and not (short(self.dates) and date_order(self.dates)):
            hint = "Write dd/mm/yyyy, mm/dd/yyyy, dd.mm.yyyy or yyyy-mm-dd; `hh:mm:ss` may follow."
            yield Problem(where=f"{where}.dates", what="a date pattern was expected", got=self.dates, hint=hint)
        if self.decimal not in (".", ","):
            hint = 'Write "." or ",".'
            yield Problem(where=f"{where}.decimal", what="a decimal sign was expected", got=self.decimal, hint=hint)
        if self.delimiter is not None and not _separates(self.delimiter):
            hint = 'Write one character, such as ";" or "\\t"; no quote, letter, digit or end of line.'
            yield Problem(where=f"{where}.delimiter", what="a separator was expected", got=self.delimiter, hint=hint)
        if self.encoding is not None and not (short(self.encoding) and codec_name(self.encoding)):
            hint = did_you_mean(self.encoding, ENCODINGS, "Write a text encoding such as utf-8 or cp1252.")
            yield Problem(where=f"{where}.encoding", what="the encoding is not known", got=self.encoding, hint=hint)
        if not (isinstance(self.missing, tuple) and all(isinstance(word, str) for word in self.missing)):
            hint = 'Write a list of texts, such as ["Select", "unknown"].'
            yield Problem(where=f"{where}.missing", what="a list of words was expected", got=self.missing, hint=hint)
        if self.bare_dates is not None:
            yield from self._bare_dates_problem(where)

    def _bare_dates_problem(self, where: str) -> Iterator[Problem]:
        if self.bare_dates != "noon":
            hint = 'Write "noon", or leave it out to refuse them.'
            yield Problem(where=f"{where}.bare_dates", what="`noon` was expected", got=self.bare_dates, hint=hint)
        elif self.zone is None:
            hint = f'Add under [{where}]: zone = "Europe/Madrid" (the zone whose noon is meant; "UTC" is one).'
            yield Problem(where=f"{where}.bare_dates", what="noon needs a zone", got=self.bare_dates, hint=hint)


def _separates(text: object) -> bool:
    return (
        isinstance(text, str)
        and len(text) == 1
        and (text == "\t" or text.isprintable())
        and not (text.isalnum() or text in "\"'+-. ")
    )


def column_problems(
    columns: Mapping[str, Mapping[str, object]],
    *,
    attributes: Iterable[str] = (),
    properties: Iterable[str] = (),
    where: str = "columns",
) -> Iterator[Problem]:
    """Yield what is wrong with a playbook's mapping of column names.

    Args:
        columns: ``{"leads": {our name: the file's name}, "events": …, "verdicts": …}``.
        attributes: The declared attributes; a leads file may hold them.
        properties: The declared properties; an events file may hold them.
        where: Path of the table in the document.

    Yields:
        Problems in the order of the document.

    >>> [problem.hint for problem in column_problems({"leads": {"emial": "Mail"}})]
    ['Did you mean `email`?']
    """
    known = {
        "leads": [*LEAD_COLUMNS, *attributes],
        "events": [*EVENT_COLUMNS, *properties],
        "verdicts": [*VERDICT_COLUMNS],
    }
    for table, names in columns.items():
        if table not in known:
            hint = did_you_mean(table, known)
            yield Problem(where=f"{where}.{table}", what="the table is not known", got=table, hint=hint)
            continue
        if not isinstance(names, Mapping):
            hint = 'Write our name = "the file\'s name".'
            yield Problem(where=f"{where}.{table}", what="a table was expected", got=names, hint=hint)
            continue
        for ours, theirs in names.items():
            path = f"{where}.{table}.{ours}"
            if ours not in known[table]:
                hint = did_you_mean(ours, known[table])
                what = "our name of the column is neither built in nor declared"
                yield Problem(where=path, what=what, got=ours, hint=hint)
            elif not isinstance(theirs, str) or not theirs:
                hint = "Write the column's name as it stands in the file."
                yield Problem(where=path, what="the name of a column was expected", got=theirs, hint=hint)
