"""Runs the examples of a Markdown file: what a reader can copy has to work, and to print what the page says.

Understood, all in one namespace and one empty folder for each file, from the top down:

- ```` ```python ```` is executed; one that starts with ``>>>`` is a doctest.
- ```` ```toml title="saas.toml" ```` (any language) is written to that file first.
- ```` ```output ```` is exactly what the Python blocks printed since the last such block. A line ``...`` stands for any
  number of lines.
- ```` ```console ```` holds lines ``$ leadqual …`` that are run; what stands below one is what it prints. Other
  commands are for the reader and are not run.
- ``<!-- skip: next -->`` leaves the next block out; say why beside it.
"""

import contextlib
import doctest
import io
import os
import re
import shlex
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

from sybil import Document, Example, Region, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer
from sybil.typing import Parser

_TITLED = re.compile(r'\w+ title="(?P<name>[^"/\\]+)"[ \t]*\n')
SOURCES = str(Path(__file__).resolve().parents[2] / "src")
_PRINTED = "printed by the blocks above"


def same(expected: str, got: str) -> bool:
    r"""Return whether ``got`` is ``expected``, where a line ``...`` stands for any number of lines.

    Blanks at the ends of lines, and lines of blanks at either end, do not matter.

    >>> same("a\n...\nd", "a\nb\nc\nd\n"), same("a\nb", "a\n\nb"), same("a", "ab")
    (True, False, False)
    >>> same("a\nb", "  \na  \nb \n   \n"), same("a\n...", "a"), same("a\n...", "ab")
    (True, True, False)
    """
    lines = _tidy(expected)
    pattern = "".join(r"(?:[^\n]*\n)*?" if line.strip() == "..." else re.escape(line) + "\n" for line in lines)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _tidy(got))) is not None


def _tidy(text: str) -> list[str]:
    """Return the lines of a text without blanks at their ends, and without blank lines at the text's ends."""
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n").split("\n")


def _difference(expected: str, got: str) -> str:
    return f"The page says:\n{expected}\nbut it printed:\n{got}"


class _Files:
    """Writes blocks that carry a title to the file of that name."""

    lexer = RawFencedCodeBlockLexer(info_pattern=_TITLED)

    def __call__(self, document: Document) -> Iterable[Region]:
        for region in self.lexer(document):
            region.parsed = (region.lexemes["name"], str(region.lexemes["source"]))
            region.evaluator = self.write
            yield region

    @staticmethod
    def write(example: Example) -> None:
        name, text = example.parsed
        Path(name).write_text(text, encoding="utf-8", newline="")


class _Python(PythonCodeBlockParser):
    """Runs Python blocks and keeps what they print, for an output block below."""

    def __init__(self) -> None:
        super().__init__(doctest_optionflags=doctest.ELLIPSIS)
        self.codeblock_parser = CodeBlockParser("python", self.run)
        self._python = PythonEvaluator()

    def run(self, example: Example) -> None:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            self._python(example)
        example.namespace[_PRINTED] = example.namespace.get(_PRINTED, "") + printed.getvalue()


def _output(example: Example) -> str | None:
    got = example.namespace.pop(_PRINTED, "")
    return None if same(example.parsed, got) else _difference(example.parsed, got)


def _commands(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block with what the page says it prints."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.replace("\\\n", " ").partition("\n")
        yield command, expected


def _console(example: Example) -> str | None:
    scripts = sysconfig.get_path("scripts")
    environ = os.environ | {"COLUMNS": "120", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": SOURCES}
    for command, expected in _commands(example.parsed):
        words = shlex.split(command)
        if words[0] != "leadqual":
            continue
        words[0] = str(Path(scripts, "leadqual"))
        words = words if Path(words[0]).exists() else [sys.executable, "-m", "leadqual.cli", *words[1:]]
        done = subprocess.run(words, env=environ, capture_output=True, encoding="utf-8", check=False)
        got = done.stdout + done.stderr
        if expected.strip() and not same(expected, got):
            return f"$ {command}\n{_difference(expected, got)}"
        if not expected.strip() and done.returncode:
            return f"$ {command}\nended with {done.returncode}:\n{got}"
    return None


def run_page(path: Path) -> int:
    """Run all examples of a page in the present folder.

    Args:
        path: A Markdown file.

    Returns:
        How many examples ran.

    Raises:
        SybilFailure: Naming the line, if an example prints something else than the page says.
        Exception: Whatever an example raises; its traceback names the line of the page.
    """
    blocks = (CodeBlockParser("output", _output), CodeBlockParser("console", _console))
    parsers: tuple[Parser, ...] = (_Python(), _Files(), *blocks, SkipParser())
    examples = list(Sybil(parsers, path=str(path.parent)).parse(path).examples())
    for example in examples:
        example.evaluate()
    return len(examples)
