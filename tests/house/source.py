"""The project's own source as syntax trees, for the rules that the tests beside this file keep."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "leadqual"

CORE = (
    "errors", "points", "calendar", "lead", "event", "conditions", "fit", "interest", "scoring", "lifecycle",
    "nurture", "playbook", "qualifier",
)  # fmt: skip
"""The parts that import the standard library, attrs and python-dateutil only, and that know no clock."""


@frozen(kw_only=True)
class Module:
    """One file of the library."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        """The file below ``src/leadqual``, such as ``fit/tables.py``."""
        return self.path.relative_to(SOURCE).as_posix()

    @property
    def part(self) -> str:
        """The package or module of the library it belongs to, such as ``fit``; ``__init__`` for the top."""
        return self.path.relative_to(SOURCE).parts[0].removesuffix(".py")

    def at(self, node: ast.AST) -> str:
        """Return file and line of a node, for a message."""
        return f"{self.name}:{getattr(node, 'lineno', 0)}"


@cache
def modules() -> tuple[Module, ...]:
    """Return every file of the library, parsed."""
    paths = sorted(SOURCE.rglob("*.py"))
    return tuple(Module(path=path, tree=ast.parse(path.read_text(encoding="utf-8"), str(path))) for path in paths)


def imported(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Yield every module that a tree imports by its full name, whatever the depth."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            yield node, node.module or ""


def dotted(node: ast.AST) -> str:
    """Return ``a.b.c`` for a chain of names and attributes; the empty text for anything else.

    >>> dotted(ast.parse("a.b.c", mode="eval").body)
    'a.b.c'
    """
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else f"?.{node.attr}"
    return ""


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Yield every call with the dotted name of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, dotted(node.func)
