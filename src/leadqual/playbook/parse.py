"""Documents to plain data: TOML for people, JSON for machines."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import time
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any, Final, NoReturn

from leadqual.errors import MOST_PROBLEMS, Kind, ModelError, Problem, printable, shown
from leadqual.playbook.gate import Format, decoded, pass_gate
from leadqual.texts import text_flaw

_LONGEST_KEY: Final = 500
_Path = tuple[()] | tuple[Any, str | int]
"""Where a value stands: the path of what holds it, and the last step."""


class _Doubled(ValueError):
    """A JSON object names a key twice."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key, count in counts.items() if count > 1)
        raise _Doubled(f"the key {shown(twice)} comes twice in one table")
    return table


def _constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number of a playbook")


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError("a number cannot be read") from None


def parse(document: str | bytes, format_: Format | None = None) -> dict[str, Any]:
    """Return the tables of a document.

    Args:
        document: TOML or JSON, as text or UTF-8 bytes.
        format_: ``"toml"`` or ``"json"``; when absent a text that begins with ``{`` is JSON.

    Returns:
        Tables, lists, texts, integers, decimals, booleans and dates.

    Raises:
        ModelError: If it cannot be read.

    >>> parse('max = 6.50')
    {'max': Decimal('6.50')}
    """
    text = decoded(document)
    if format_ is None:
        format_ = "json" if text.lstrip().startswith("{") else "toml"
    pass_gate(text, format_)
    try:
        if format_ == "json":
            data = json.loads(text, parse_float=_decimal, parse_constant=_constant, object_pairs_hook=_pairs)
        else:
            data = tomllib.loads(text, parse_float=_decimal)
    except (ValueError, RecursionError, OverflowError, KeyError, IndexError, TypeError) as error:
        what = f"the {format_.upper()} cannot be read: {_reason(error)}"
        hint = "Mend the document there; an editor with TOML or JSON support marks the place."
        raise ModelError([Problem(where="", what=what, got=Kind("a broken document"), hint=hint)]) from None
    if not isinstance(data, dict):
        hint = 'Write { "schema": 1, "name": …, "fit": …, "interest": … }.'
        raise ModelError([Problem(where="", what="a table was expected", got=data, hint=hint)])
    flaws = list(islice(_flaws(data), MOST_PROBLEMS))
    if flaws:
        raise ModelError(flaws)
    return data


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at line {error.lineno}, column {error.colno}"
    return printable(str(error), 200)


def _flaws(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield texts that cannot be stored, keys that are too long, and what has no use: null, and times of day."""
    stack: list[tuple[_Path, Any]] = [((), data)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, str) and (flaw := text_flaw(value)):
            yield Problem(where=_where(path), what="the text cannot be used", got=Kind(flaw), hint="Remove it.")
        elif isinstance(value, dict):
            for key, part in reversed(value.items()):
                flaw = text_flaw(key) or (f"{len(key):,} characters" if len(key) > _LONGEST_KEY else None)
                if flaw:
                    hint = f"Write a key of at most {_LONGEST_KEY} characters."
                    yield Problem(where=_where(path), what="a key cannot be used", got=Kind(flaw), hint=hint)
                    continue
                stack.append(((path, key), part))
        elif isinstance(value, list):
            stack.extend(((path, i), part) for i, part in reversed(list(enumerate(value))))
        elif value is None:
            hint = "Leave the key out instead."
            yield Problem(where=_where(path), what="null has no meaning in a playbook", got=value, hint=hint)
        elif isinstance(value, time):
            hint = "Write an instant or a date."
            yield Problem(where=_where(path), what="a time of day has no use here", got=value, hint=hint)


def _where(path: _Path) -> str:
    """Return a chain of steps as a path; built only for what is wrong."""
    steps: list[str] = []
    while path:
        path, step = path
        steps.append(f"[{step}]" if isinstance(step, int) else f".{step}")
    return "".join(reversed(steps)).removeprefix(".")
