"""Random draws that stay the same on every version of Python and every machine."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from attrs import field, frozen

T = TypeVar("T")


@frozen
class Draws:
    """A seeded stream of draws.

    Only `random.Random.random` is used, which Python promises never to change for a given seed; `choices`, `shuffle`
    and `gauss` may change or use the machine's own logarithm.

    Attributes:
        seed: A whole number of at least zero.

    >>> Draws(7).whole(1, 6) == Draws(7).whole(1, 6)
    True
    """

    seed: int
    _stream: Random = field(init=False, eq=False, repr=False)

    @_stream.default
    def _start(self) -> Random:
        return Random(self.seed)

    def share(self) -> float:
        """Return a number from 0 up to, not including, 1."""
        return self._stream.random()

    def chance(self, probability: float) -> bool:
        """Return true with this probability."""
        return self._stream.random() < probability

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included, each as likely as the other."""
        return low + int(self._stream.random() * (high - low + 1))

    def pick(self, values: Sequence[T]) -> T:
        """Return one of the values, each as likely as the other."""
        return values[int(self._stream.random() * len(values))]

    def normal(self) -> float:
        """Return a bell-shaped draw, mean 0, standard deviation 1, within ±6: twelve shares summed, less 6."""
        total = -6.0
        for _ in range(12):  # added one by one: `sum` of floats differs between versions of Python
            total += self._stream.random()
        return total
