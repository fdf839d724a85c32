"""What was wrong with the files: everything is counted, the first hundred are kept."""

from collections.abc import Iterable
from typing import Final

from leadqual.errors import InputError, Kind, Problem

FIRST: Final = 100


class Unusable(Exception):
    """A file cannot be used at all; never leaves `leadqual.files`."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems)
        self.problems = problems


class RowsError(InputError):
    """Rows of files that can be used otherwise are wrong: ``bad_rows="skip"`` would leave them out and count them.

    Args:
        problems: The first hundred, with file, line and column.
        total: How many there are in all.
    """


class BadCell(Exception):
    """A cell cannot be read; never leaves `leadqual.files`."""

    def __init__(self, what: str, hint: str, got: object) -> None:
        super().__init__(what)
        self.what, self.hint, self.got = what, hint, kind_of(got)


def kind_of(value: object) -> Kind:
    """Return what a message may say of a cell: its type and its length, never the value.

    >>> kind_of("Ana").text, kind_of(7).text, kind_of("").text
    ('a text of 3 characters', 'a value of type int', 'nothing')
    """
    if value is None or value == "":
        return Kind("nothing")
    if isinstance(value, str):
        return Kind(f"a text of {len(value)} character{'s' if len(value) > 1 else ''}")
    return Kind(f"a value of type {type(value).__name__}")


def plain(name: str) -> str:
    r"""Return a column's or a file's name for a message, with control characters escaped and cut if long.

    >>> plain("Fecha\n")
    'Fecha\\n'
    """
    cut = name if len(name) <= 200 else f"{name[:200]}…"
    return cut if cut.isprintable() else ascii(cut)[1:-1]


class Notes:
    """Collects problems; `broken` says that a whole file could not be used.

    >>> notes = Notes()
    >>> notes.row(Problem(where="events.csv:2:at", what="an instant was expected", got=None, hint=""))
    >>> notes.total, notes.bad_rows, notes.broken
    (1, 1, False)
    """

    def __init__(self) -> None:
        self.rows: list[Problem] = []
        self.total = 0
        self.bad_rows = 0
        self.files: list[Problem] = []
        self.warnings: dict[str, None] = {}

    @property
    def broken(self) -> bool:
        """Whether a whole file cannot be used."""
        return bool(self.files)

    @property
    def first(self) -> list[Problem]:
        """The first hundred problems: those of whole files before those of rows."""
        return [*self.files, *self.rows][:FIRST]

    def row(self, *problems: Problem) -> None:
        """Count one row that is left out."""
        self.bad_rows += 1
        self.add(problems)

    def file(self, unusable: Unusable) -> None:
        """Count a file that cannot be used."""
        self.files += unusable.problems
        self.total += len(unusable.problems)

    def add(self, problems: Iterable[Problem]) -> None:
        """Count problems that are no bad row, such as two rows that contradict each other."""
        for problem in problems:
            self.total += 1
            if len(self.rows) < FIRST:
                self.rows.append(problem)

    def warn(self, text: str) -> None:
        """Keep a warning once."""
        self.warnings[text] = None
