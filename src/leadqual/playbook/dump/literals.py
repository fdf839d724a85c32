"""Values as TOML 1.0: texts, keys, numbers, and tables and lists on one line or over several."""

import string
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from leadqual.exact import EXACT

WIDTH: Final = 100
"""Longest line that is written where TOML allows a shorter one."""
_INDENT: Final = 4
_BARE: Final = frozenset(string.ascii_letters + string.digits + "_-")
_LONGEST_BARE: Final = 64
_LONGEST_PLAIN: Final = 20
_MOST_TRIES: Final = 16
_INT64: Final = 2**63
_ESCAPES: Final = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def text(value: str) -> str:
    r"""Return a text in quotes; what cannot be seen is written as an escape.

    >>> print(text("Zoë"), text('say "hi"'), text("a\u200bb"))
    "Zoë" 'say "hi"' "a\u200bb"
    """
    if value.isprintable():
        if '"' not in value and "\\" not in value:
            return f'"{value}"'
        if "'" not in value:
            return f"'{value}'"
    return f'"{"".join(map(_escaped, value))}"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def key(name: str) -> str:
    """Return a key, in quotes only where it needs them.

    >>> print(key("job_title"), key("group.intent"))
    job_title "group.intent"
    """
    return name if 0 < len(name) <= _LONGEST_BARE and _BARE.issuperset(name) else text(name)


def number(value: float | Decimal) -> str:
    """Return a number in its shortest form.

    >>> print(number(Decimal("6.50")), number(Decimal("1E+30")), number(10_000))
    6.5 1e+30 10000
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(value) if isinstance(value, float) else value)
    short = EXACT.normalize(exact)
    if not short:
        return "0"
    if not -_LONGEST_PLAIN <= short.adjusted() < _LONGEST_PLAIN:
        return format(short, "e")
    plain = format(short, "f")
    return plain if "." in plain or -_INT64 <= int(plain) < _INT64 else f"{plain}.0"


def inline(value: object) -> str:
    """Return a value on one line.

    >>> print(inline({"days": 7, "kinds": ["open", "click"]}))
    { days = 7, kinds = ["open", "click"] }
    """
    if isinstance(value, Mapping):
        parts = ", ".join(f"{key(str(name))} = {inline(part)}" for name, part in value.items())
        return f"{{ {parts} }}" if parts else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(inline, value))}]"
    if isinstance(value, str):
        return text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return number(value)
    raise TypeError(f"TOML has no way to write a value of type {type(value).__name__}")


def entry(name: str, value: object) -> str:
    """Return ``key = value``; what does not fit on one line has its lists broken over several.

    >>> print(entry("per", {"days": 7, "times": 2}))
    per = { days = 7, times = 2 }
    """
    start = f"{key(name)} = "
    return start + _laid(value, len(start), 0, 0)


def fits(name: str, value: object) -> bool:
    """Tell whether ``key = value`` fits on one line.

    >>> fits("points", 5), fits("cells", dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1_000))
    (True, False)
    """
    return len(f"{key(name)} = {inline(value)}") <= WIDTH


def _laid(value: object, column: int, indent: int, after: int) -> str:
    """Return a value that begins at a column of a line indented so far; some characters follow its end."""
    line = inline(value)
    if column + len(line) + after <= WIDTH:
        return line
    if isinstance(value, list | tuple) and value:
        return _broken(value, indent)
    return _table(value, column, indent) if isinstance(value, Mapping) else line


def _broken(values: list[object] | tuple[object, ...], indent: int) -> str:
    """Return a list over several lines: tables one a line, other values as many as a line holds."""
    inner = indent + _INDENT
    lines: list[str] = []
    for value in values:
        part = _laid(value, inner, inner, 1) + ","
        room = bool(lines) and not isinstance(value, Mapping) and inner + len(lines[-1]) + 1 + len(part) <= WIDTH
        if room and "\n" not in lines[-1] + part:
            lines[-1] += f" {part}"
        else:
            lines.append(part)
    margin = " " * inner
    return "[\n" + "".join(f"{margin}{line}\n" for line in lines) + " " * indent + "]"


def _table(table: Mapping[str, object], column: int, indent: int) -> str:
    """Return a table with as few of its lists broken as it takes, the longest first; it cannot be broken itself."""
    parts = {name: inline(part) for name, part in table.items()}
    longest = sorted((name for name, part in parts.items() if "[" in part), key=lambda name: -len(parts[name]))
    line = inline(table)
    for tried, name in enumerate(longest):
        part = table[name]
        parts[name] = _broken(part, indent) if isinstance(part, list | tuple) else _laid(part, WIDTH, indent, 0)
        if tried < _MOST_TRIES or tried == len(longest) - 1:
            line = "{ " + ", ".join(f"{key(name)} = {written}" for name, written in parts.items()) + " }"
            first, *rest = line.split("\n")
            if column + len(first) <= WIDTH and all(len(other) <= WIDTH for other in rest):
                break
    return line
