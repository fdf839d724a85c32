"""Reads CSV: comma, semicolon or tab found by itself, quotes strictly, every row as wide as the header."""

import csv
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from leadqual.errors import Problem
from leadqual.files.cells import CellReaders
from leadqual.files.notes import Unusable, plain
from leadqual.files.rows import Ask, Row, Rows
from leadqual.files.source import Source
from leadqual.texts import text_flaw

if TYPE_CHECKING:
    from _csv import Reader

DELIMITERS: Final = (",", ";", "\t")
_LONGEST_CELL: Final = 1 << 24
_HEADER_LINES: Final = 20


def open_csv(ask: Ask) -> Rows:
    """Open a CSV file and read its header.

    Raises:
        Unusable: If there is no header, it cannot be read, or it names a wanted column twice.
    """
    if csv.field_size_limit() < _LONGEST_CELL:  # one setting for the whole process: only ever raised
        csv.field_size_limit(_LONGEST_CELL)
    source = Source(ask.path, ask.format, ask.table, ask.tick)
    lines = source.lines("")
    first = list(islice(lines, _HEADER_LINES))
    if not first:
        raise Unusable(_no_header(source, "an empty file"))
    delimiter = ask.format.delimiter or _delimiter(first, ask.wanted)
    reader = csv.reader(_to_the_end(chain(first, lines), source), delimiter=delimiter, strict=True)
    try:
        header = next(filter(None, reader), [])
    except csv.Error:
        hint = 'Quote names as "a ""b"" c", or not at all.'
        raise Unusable(source.problem("the header cannot be read", "stray quotes", hint, line=1)) from None
    bad = next((source.flaws[line] for line in range(1, reader.line_num + 1) if line in source.flaws), None)
    if bad is not None:
        raise Unusable(source.problem(f"the header cannot be read: {bad}", "a line", source.flaw_hint(bad), line=1))
    if not header:
        raise Unusable(_no_header(source, "blank lines"))
    refuse_doubled(source, header, ask.wanted)
    wanted = header if ask.wanted is None else ask.wanted
    positions = {name: header.index(name) for name in wanted if name in header}
    readers = CellReaders(ask.format, ask.table)
    return Rows(
        name=source.name,
        names=header,
        positions=positions,
        reader=lambda _, type_name: readers.of(type_name),
        rows=_rows(reader, header, source, ask),
        absent=lambda: [name for name in wanted if name not in positions],
    )


def _to_the_end(lines: Iterable[str], source: Source) -> Iterator[str]:
    """Yield the lines, and tell the source when the reader has asked for more than there are."""
    yield from lines
    source.done = True


def _no_header(source: Source, got: str) -> Problem:
    return source.problem("a header was expected", got, "Put the names of the columns in the first row.")


def refuse_doubled(source: Source, header: Sequence[str], wanted: Collection[str] | None) -> None:
    """Refuse a header that has a column twice which we want to read."""
    doubled = [
        name for name, times in Counter(header).items() if times > 1 and name and (wanted is None or name in wanted)
    ]
    if doubled:
        hint = "Rename or remove all but one."
        what = "two columns have the same name"
        raise Unusable(*(source.problem(what, f"`{plain(name)}` twice or more", hint) for name in doubled))


def _delimiter(first: list[str], wanted: Collection[str] | None) -> str:
    """Return the delimiter under which the header has most of the wanted columns, then most columns."""

    def gain(delimiter: str) -> tuple[int, int]:
        try:
            header = next(filter(None, csv.reader(first, delimiter=delimiter)), [])
        except csv.Error:
            return (-1, 0)
        return (sum(name in header for name in wanted or ()), len(header))

    return max(DELIMITERS, key=gain)


def _rows(reader: "Reader", header: list[str], source: Source, ask: Ask) -> Iterator[Row]:
    width, flaws = len(header), source.flaws
    line = reader.line_num
    while True:
        try:
            for row in reader:
                start, line = line + 1, reader.line_num
                if len(row) == width and not (flaws and any(number in flaws for number in range(start, line + 1))):
                    yield start, row
                elif row:
                    ask.notes.row(_shape(row, start, line, header, source))
        except csv.Error as error:
            start, line = line + 1, reader.line_num
            if source.done or "limit" in str(error):
                hint = "Close it, or double a quote that belongs to the text."
                what = "a quote is opened and never closed"
                raise Unusable(source.problem(what, "the rest of the file", hint, line=start)) from None
            hint = 'Quote the whole cell and double the quotes inside: "a ""b"" c".'
            what = "a quote stands where none may"
            ask.notes.row(source.problem(what, "text after a closing quote", hint, line=start))
        else:
            return


def _shape(row: list[str], start: int, end: int, header: list[str], source: Source) -> Problem:
    flaw = next((source.flaws[line] for line in range(start, end + 1) if line in source.flaws), None)
    if flaw is None:
        got, hint = f"{len(row)} cells", f"The header has {len(header)}; quote cells that hold the separator."
        return source.problem("the row is not as wide as the header", got, hint, line=start)
    column = next((name for name, cell in zip(header, row, strict=False) if text_flaw(cell)), None)
    what = f"the text cannot be used: {flaw}"
    return source.problem(what, "a text", source.flaw_hint(flaw), line=start, column=column)
