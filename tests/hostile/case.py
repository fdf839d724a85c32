"""One hostile document, made when it is asked for, so that no large file is kept."""

from collections.abc import Callable

from attrs import frozen

from leadqual.playbook.gate import Format

TOML = 'schema = 1\nname = "n"\nversion = "1"\n'
JSON = '"schema": 1, "name": "n", "version": "1"'


@frozen
class Case:
    """A document that somebody less trusted wrote.

    Attributes:
        name: What is hostile about it.
        make: Makes the document.
        where: Path that some problem must have; ``None`` when the text has no paths yet. A document that is too
            large may be refused as a whole instead.
        loads: Whether it is strange but right.
        gate: Whether the gate has to refuse it, before a parser sees it.
        format: What the caller says it is.
    """

    name: str
    make: Callable[[], str | bytes]
    where: str | None = None
    loads: bool = False
    gate: bool = False
    format: Format | None = None

    def __str__(self) -> str:
        return self.name


def toml(name: str, body: str, where: str | None = None, *, loads: bool = False) -> Case:
    """Return a case of a small TOML document: a sound head and this."""
    return Case(name, lambda: TOML + body, where, loads=loads)


def json(name: str, body: str, where: str | None = None, *, loads: bool = False) -> Case:
    """Return a case of a small JSON document: a sound head and this."""
    return Case(name, lambda: "{" + JSON + (f", {body}" if body else "") + "}", where, loads=loads, format="json")


def raw(
    name: str, document: str | bytes, *, gate: bool = False, loads: bool = False, format: Format | None = None
) -> Case:
    """Return a case of a whole document, right or wrong from its first character."""
    return Case(name, lambda: document, gate=gate, loads=loads, format=format)
