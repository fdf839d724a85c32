"""How texts compare: the same on every engine, whatever the machine's locale."""

import unicodedata
from collections.abc import Callable
from typing import Final

_ASCII_FOLD: Final = {capital: capital + 32 for capital in range(ord("A"), ord("Z") + 1)}


def normal(text: str) -> str:
    r"""Return a text composed (NFC); pure ASCII is returned as it is.

    >>> normal("Te\u0301cnico") == "T\u00e9cnico"
    True
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def without_accents(text: str) -> str:
    """Return a text with its combining marks (category Mn) dropped, composed again.

    >>> without_accents("Técnico"), without_accents("Ñandú")
    ('Tecnico', 'Nandu')
    """
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in apart if unicodedata.category(c) != "Mn"))


def ascii_fold(text: str) -> str:
    """Return a text with A to Z in lower case and nothing else changed.

    >>> ascii_fold("ÉCOLE"), ascii_fold("CTO")
    ('École', 'cto')
    """
    return text.lower() if text.isascii() else text.translate(_ASCII_FOLD)


def folding(*, ignore_case: bool, ignore_accents: bool) -> Callable[[str], str]:
    """Return how a text, already composed, is made ready to compare: accents, then composition, then case.

    >>> folding(ignore_case=True, ignore_accents=True)("TÉCNICO")
    'tecnico'
    """
    if ignore_case and ignore_accents:
        return lambda text: ascii_fold(without_accents(text))
    if ignore_case:
        return ascii_fold
    return without_accents if ignore_accents else normal
