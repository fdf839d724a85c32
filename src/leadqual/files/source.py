"""Opens files: gzip and byte order marks are found, text is decoded in blocks, broken lines are marked."""

import codecs
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from leadqual.errors import Kind, Problem
from leadqual.files.notes import Unusable, plain
from leadqual.playbook.mapping import FileFormat
from leadqual.playbook.notations import codec_name

Progress = Callable[[int, int], object]
"""Called with how many bytes are done and how many there are."""

BLOCK: Final = 1 << 20
LONGEST_LINE: Final = 1 << 24
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_OTHERS: Final = (
    (b"PK\x03\x04", "a spreadsheet or a zip file"),
    (b"PAR1", "a Parquet file"),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet"),
)


class Source:
    """One file as text.

    Args:
        path: Where it is.
        format: Its encoding, if it is not UTF-8.
        table: ``leads`` or ``events``, for the hints.
        tick: Called with the number of bytes read so far, as they lie on disk.
    """

    def __init__(self, path: Path, format: FileFormat, table: str, tick: Callable[[int], object]) -> None:
        self.path = path
        self.name = plain(str(path))
        self.table = table
        self.encoding = codec_name(format.encoding) or "utf-8" if format.encoding else "utf-8"
        self.flaws: dict[int, str] = {}
        self.done = False
        self._declared = format.encoding is not None
        self._tick = tick

    def problem(self, what: str, got: str, hint: str, *, line: int | None = None, column: str | None = None) -> Problem:
        """Return a problem of the whole file, of one line or of one cell."""
        where = self.name if line is None else f"{self.name}:{line}"
        if column is not None:
            where += f":{plain(column)}"
        return Problem(where=where, what=what, got=Kind(got), hint=hint)

    def lines(self, newline: str) -> Iterator[str]:
        r"""Yield the lines with their ends; lines that hold what cannot be text are noted in `flaws` by number.

        Args:
            newline: ``""`` ends lines at LF, CR LF and CR, ``"\n"`` at LF only.

        Raises:
            Unusable: If the file cannot be read, unpacked or decoded at all.
        """
        count = 0
        for text in self._whole_lines(newline):
            lines = io.StringIO(text, newline=newline).readlines()
            if "\0" in text or not _sound(text):
                for number, line in enumerate(lines, count + 1):
                    if "\0" in line:
                        self.flaws[number] = "it holds a NUL character"
                    elif not _sound(line):
                        self.flaws[number] = f"it holds bytes that are not {self.encoding}"
            count += len(lines)
            yield from lines

    def flaw_hint(self, flaw: str) -> str:
        """Return what to do about a flawed line."""
        if "NUL" in flaw:
            return "Clean it where it comes from."
        if self._declared:
            return "Save the file in one encoding, and name that one."
        return f'Add under [files.{self.table}]: encoding = "cp1252" (or what the file was saved in).'

    def _whole_lines(self, newline: str) -> Iterator[str]:
        rest: list[str] = []
        held = 0
        for text in self._texts():
            end = text.rfind("\n") + 1
            if not end and not newline:
                end = text.rfind("\r", 0, -1) + 1
            if end:
                yield "".join([*rest, text[:end]])
                rest, held = [], 0
            if end < len(text):
                rest.append(text[end:])
                held += len(text) - end
            if held > LONGEST_LINE:
                hint = "Check the line ends, and that this is the right file."
                raise Unusable(self.problem("a line is too long", f"more than {LONGEST_LINE} characters", hint))
        if rest:
            yield "".join(rest)

    def _texts(self) -> Iterator[str]:
        decoder = None
        try:
            for block in self._blocks():
                if decoder is None:
                    start = self._start(block)
                    decoder = codecs.getincrementaldecoder(self.encoding)("surrogateescape")
                    yield decoder.decode(block[start:])
                else:
                    yield decoder.decode(block)
            if decoder is not None:
                yield decoder.decode(b"", final=True)
        except UnicodeError:
            hint = self.flaw_hint("bytes")
            raise Unusable(self.problem(f"the file is not {self.encoding} text", "other bytes", hint)) from None

    def _start(self, block: bytes) -> int:
        for magic, what in _OTHERS:
            if block.startswith(magic):
                hint = "Save it as CSV, or give the file the ending of what it is."
                raise Unusable(self.problem("a text file was expected", what, hint))
        for mark, encoding in _MARKS:
            if block.startswith(mark):
                self.encoding = encoding
                return len(mark)
        if self.encoding in ("utf-16", "utf-8-sig"):
            self.encoding = {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}[self.encoding]
        return 0

    def _blocks(self) -> Iterator[bytes]:
        try:
            with self.path.open("rb") as raw:
                packed = raw.read(2) == b"\x1f\x8b"
                raw.seek(0)
                stream: BinaryIO | gzip.GzipFile = gzip.GzipFile(fileobj=raw) if packed else raw
                while block := stream.read(BLOCK):
                    yield block
                    self._tick(raw.tell())
        except (EOFError, zlib.error, gzip.BadGzipFile):
            hint = "Copy or pack it again."
            raise Unusable(self.problem("the file cannot be unpacked", "broken gzip data", hint)) from None
        except (OSError, ValueError) as error:
            raise Unusable(unreadable(self.path, error)) from None


def unreadable(path: Path, error: Exception) -> Problem:
    """Return the problem of a file that the system will not give."""
    got = Kind((error.strerror if isinstance(error, OSError) else None) or type(error).__name__)
    return Problem(where=plain(str(path)), what="the file cannot be read", got=got, hint="Check its path and rights.")


def _sound(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
