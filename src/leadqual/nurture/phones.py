"""Phone numbers as texts: their digits, and the countries in which they may be."""

import unicodedata
from typing import Final

from leadqual.nurture.tables import dialling_codes

_SEPARATORS: Final = dict.fromkeys(
    map(ord, " \t-.()/\u2010\u2012\u2013\u2014\u2212\u200b\u200e\u200f\u202a\u202c\u2066\u2069")
)
"""What people write between digits, and marks that nobody sees and that come along when a number is copied."""
_MOST_DIGITS: Final = 15
"""Digits of an international number by E.164."""


def phone_digits(text: str) -> str | None:
    """Return the digits of a phone number, after ``+`` if it is an international one; ``None`` if it is none.

    ``00`` before a number is its ``+``. Spaces, hyphens, full stops, slashes and brackets do not matter.

    >>> phone_digits("0034 (600) 000-000"), phone_digits("600 000 000"), phone_digits("ana")
    ('+34600000000', '600000000', None)
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    bare = plain.translate(_SEPARATORS)
    number = f"+{bare[2:]}" if bare.startswith("00") else bare
    digits = number.removeprefix("+")
    return number if digits.isascii() and digits.isdigit() else None


def phone_countries(phone: str | None) -> tuple[str, ...]:
    """Return the countries in which a phone number may be, by the longest dialling code that fits.

    Args:
        phone: An international number, with ``+`` or ``00``.

    Returns:
        ISO 3166-1 codes in alphabetical order; none for a number without a country, a national one, or no number.

    >>> phone_countries("+34 600 000 000"), phone_countries("001 (809) 555-0100"), phone_countries("600 000 000")
    (('ES',), ('DO',), ())
    """
    number = phone_digits(phone or "") or ""
    if not number.startswith("+") or len(number) > 1 + _MOST_DIGITS:
        return ()
    table = dialling_codes()
    codes = (number[1:end] for end in range(len(number), 1, -1))
    return next((table[code] for code in codes if code in table), ())
