"""Lists and tables of values as plain data and back."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from leadqual.errors import MOST_PROBLEMS, HistoryError, Problem
from leadqual.event import Key
from leadqual.lifecycle.storedparts import Part, place, read_key, read_word, refusal


def read_list(value: Any, read: Callable[[Any], Any]) -> list[Any]:
    """Return the members of a list, each read.

    Args:
        value: What came.
        read: Reads one.

    Raises:
        HistoryError: With every problem and its place.
    """
    if type(value) is not list:
        raise refusal("a list was expected", value, "Write […].")
    problems: list[Problem] = []
    members = []
    for i, member in enumerate(value):
        try:
            members.append(read(member))
        except HistoryError as error:
            problems += [problem.under(f"[{i}]") for problem in error.problems]
            if len(problems) >= MOST_PROBLEMS:
                break
    if problems:
        raise HistoryError(problems)
    return members


def read_each(value: Any, read: Callable[[Any], Any]) -> dict[str, Any]:
    """Return a table of names and values, each value read.

    Args:
        value: What came.
        read: Reads one value.

    Raises:
        HistoryError: With every problem and its place.
    """
    if not isinstance(value, dict):
        raise refusal("a table was expected", value, "Write {…}.")
    problems: list[Problem] = []
    table = {}
    for name, item in value.items():
        try:
            table[read_word(name)] = read(item)
        except HistoryError as error:
            problems += [problem.under(place(name)) for problem in error.problems]
            if len(problems) >= MOST_PROBLEMS:
                break
    if problems:
        raise HistoryError(problems)
    return table


def _read_keys(value: Any) -> frozenset[Key]:
    return frozenset(read_list(value, read_key))


def _write_keys(keys: Any) -> list[list[str]]:
    return [list(key) for key in sorted(keys)]


def _read_words(value: Any) -> tuple[str, ...]:
    return tuple(read_list(value, read_word))


def _write_names(names: Any) -> list[str]:
    return sorted(names)


def _read_names(value: Any) -> frozenset[str]:
    return frozenset(read_list(value, read_word))


def list_of(part: Part) -> Part:
    """Return the part of a tuple of values of one kind, which is stored as a list."""
    return Part(
        lambda values: [part.write(value) for value in values],
        lambda values: tuple(read_list(values, part.read)),
    )


def by_sequence(part: Part) -> Part:
    """Return the part of a mapping from names of sequences to values that hold these names, stored as their list."""
    return Part(
        lambda table: [part.write(value) for value in table.values()],
        lambda values: {value.sequence: value for value in read_list(values, part.read)},
    )


def table_of(part: Part) -> Part:
    """Return the part of a mapping from names."""
    return Part(
        lambda table: {name: part.write(item) for name, item in table.items()},
        lambda table: read_each(table, part.read),
    )


def table_of_pairs(part: Part) -> Part:
    """Return the part of a mapping from pairs of names, which is stored as a table of tables.

    >>> from leadqual.lifecycle.storedparts import WORD
    >>> table_of_pairs(WORD).write({("email", "news"): "yes", ("email", "offers"): "no"})
    {'email': {'news': 'yes', 'offers': 'no'}}
    """

    def write(table: Mapping[tuple[str, str], Any]) -> dict[str, dict[str, Any]]:
        nested: dict[str, dict[str, Any]] = {}
        for (first, second), item in table.items():
            nested.setdefault(first, {})[second] = part.write(item)
        return nested

    def read(table: Any) -> dict[tuple[str, str], Any]:
        nested = read_each(table, lambda inner: read_each(inner, part.read))
        return {(first, second): item for first, inner in nested.items() for second, item in inner.items()}

    return Part(write, read)


KEYS: Final = Part(_write_keys, _read_keys)
WORDS: Final = Part(list, _read_words)
NAMES: Final = Part(_write_names, _read_names)
