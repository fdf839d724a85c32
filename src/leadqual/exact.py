"""Decimal arithmetic that never rounds, whatever the caller's decimal context says."""

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from typing import Final

EXACT: Final = Context(prec=100_000, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])
"""Used for every operation on decimals instead of the thread's own context; wider than any number of a document."""


def scaled(value: int | Decimal, places: int) -> int:
    """Return a number times a power of ten as an integer; the number must not have more places than that.

    >>> scaled(Decimal("6.5"), 2), scaled(3, 2)
    (650, 300)
    """
    if isinstance(value, int):
        return value * int(10**places)
    return int(EXACT.scaleb(value, places))


def unscaled(value: int, places: int) -> Decimal:
    """Return an integer divided by a power of ten, with that many places.

    >>> unscaled(650, 2)
    Decimal('6.50')
    """
    return EXACT.scaleb(Decimal(value), -places)
