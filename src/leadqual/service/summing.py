"""What came of several parts of a command, added up."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import asdict

if TYPE_CHECKING:
    from attrs import AttrsInstance

T = TypeVar("T", bound="AttrsInstance")


def summed(nothing: T, parts: Iterable[T]) -> T:
    """Return the sum of values, field by field: numbers are added, tuples put one behind the other.

    Args:
        nothing: What there is without any part.
        parts: The parts.
    """
    found: dict[str, Any] = asdict(nothing, recurse=False)
    longer: dict[str, list[Any]] = {name: [] for name, value in found.items() if isinstance(value, tuple)}
    for part in parts:
        for name, value in asdict(part, recurse=False).items():
            if name in longer:
                longer[name] += value
            else:
                found[name] += value
    return type(nothing)(**found | {name: tuple(values) for name, values in longer.items()})
