"""What is shown to people: results on stdout, everything else on stderr, nothing that a terminal would obey."""

import json
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager
from typing import TypeVar

import click
from rich import box
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

T = TypeVar("T")
_PIECE = 16_384
LONG_WORK = 2000
"""From how many steps a progress bar is worth showing."""
LONG_READ = 4_000_000
"""From how many bytes."""


class Paper(Console):
    """A console that leaves a closed pipe to the caller."""

    def on_broken_pipe(self) -> None:
        """Let the error pass on, instead of ending the program here."""
        raise BrokenPipeError


def screen() -> Paper:
    """Return a console on stdout: colour and width as the terminal has them, plain text of 80 columns in a pipe."""
    return Paper(file=sys.stdout, highlight=False, markup=False, emoji=False)


def safe(text: str) -> str:
    r"""Return a text whose control characters and lone surrogates are shown as their codes.

    >>> safe("a\x1b[31m"), safe("Zoë")
    ('a\\x1b[31m', 'Zoë')
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def say(console: Console, text: str = "", style: str = "", *, wrap: bool = True) -> None:
    """Print a paragraph, wrapped at the console's width; paths and problems are better left in one line."""
    console.print(Text(safe(text), style=style), soft_wrap=not wrap)


def say_lines(console: Console, text: str) -> None:
    """Print lines of prose as wide as the console, each under its own indent; a heading of Markdown in bold.

    Args:
        console: Where to.
        text: The lines; those of a list begin with ``- ``.
    """
    for line in text.splitlines():
        marks, _, heading = line.partition(" ")
        if marks and not marks.strip("#"):
            say(console, heading, "bold")
            continue
        plain = line.replace("**", "")
        inner = plain.lstrip()
        margin = " " * (len(plain) - len(inner) + (2 if inner.startswith("- ") else 0))
        for part in textwrap.wrap(plain, max(console.width - 1, 20), subsequent_indent=margin) or [""]:
            say(console, part)


def table(
    columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]], *, title: str = "", header: bool = True
) -> Table:
    """Return a table for people.

    Args:
        columns: Heading and kind of each: "left", "right" (numbers), or "long" (left, folds first when room is short).
        rows: Cells as text; made safe here.
        title: Printed above, at the left.
        header: Whether the headings are shown.
    """
    shown = Table(
        box=box.SIMPLE_HEAD,
        title=title or None,
        title_justify="left",
        title_style="bold",
        show_header=header,
        pad_edge=False,
    )
    for heading, kind in columns:
        folds = kind == "long"
        shown.add_column(
            heading,
            justify="right" if kind == "right" else "left",
            no_wrap=not folds,
            overflow="fold" if folds else "ellipsis",
            ratio=None,
        )
    for row in rows:
        shown.add_row(*(Text(safe(cell)) for cell in row))
    return shown


def print_json(data: object) -> None:
    """Print one JSON document, the same bytes for the same data in every locale."""
    text = f"{json.dumps(data, indent=2, ensure_ascii=True)}\n".replace("\x7f", "\\u007f")
    for i in range(0, len(text), _PIECE):  # an unbuffered stdout loses the rest of a long write to a pipe that closes
        sys.stdout.write(text[i : i + _PIECE])


def note(text: str) -> None:
    """Print a remark on stderr."""
    click.echo(safe(text), err=True)


def _bar(*columns: ProgressColumn) -> Progress:
    console = Console(file=sys.stderr, highlight=False)
    return Progress(TextColumn("{task.description}"), BarColumn(), *columns, console=console, transient=True)


def watched(items: Iterable[T], what: str, total: int) -> Iterator[T]:
    """Yield the items; with many of them and a terminal on stderr, show how far it is."""
    if total < LONG_WORK or not sys.stderr.isatty():
        yield from items
        return
    with _bar(MofNCompleteColumn(), TimeRemainingColumn()) as bar:
        yield from bar.track(items, total=total, description=what)


@contextmanager
def told_progress(what: str, total: int) -> Iterator[Callable[[int, int], object] | None]:
    """Give a function to be told how many items are done; with many of them and a terminal on stderr, show it.

    Args:
        what: What is done.
        total: How many there are.
    """
    if total < LONG_WORK or not sys.stderr.isatty():
        yield None
        return
    with _bar(MofNCompleteColumn(), TimeRemainingColumn()) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done, _total: bar.update(task, completed=done)


@contextmanager
def reading_bar(size: int) -> Iterator[Callable[[int, int], object] | None]:
    """Give a function to be told how many bytes are read; with large files and a terminal on stderr, show it.

    Args:
        size: Bytes of all files.
    """
    if size < LONG_READ or not sys.stderr.isatty():
        yield None
        return
    with _bar(DownloadColumn(), TimeRemainingColumn()) as bar:
        task = bar.add_task("Reading", total=size)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def number_of(things: Sized | int, one: str, many: str = "") -> str:
    """Return a count with its noun.

    >>> number_of(1, "rule"), number_of(1200, "rule"), number_of([], "copy", "copies")
    ('1 rule', '1,200 rules', '0 copies')
    """
    count = things if isinstance(things, int) else len(things)
    return f"{count:,} {one if count == 1 else many or one + 's'}"
