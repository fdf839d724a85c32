"""The languages in which leadqual speaks to people, and how each writes numbers and lists."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, Literal, cast

from leadqual.errors import Problem, UnknownName
from leadqual.exact import EXACT
from leadqual.fold import normal
from leadqual.hints import did_you_mean

Language = Literal["en", "es"]
LANGUAGES: Final = ("en", "es")
"""English and Spanish."""
_DECIMAL_SIGN: Final = {"en": ".", "es": ","}


def language_of(name: object, where: str = "language") -> Language:
    """Return a language by its code.

    Args:
        name: ``"en"`` or ``"es"``.
        where: What asked for it, for the error.

    Raises:
        UnknownName: If leadqual does not speak it.

    >>> language_of("es")
    'es'
    """
    if not (isinstance(name, str) and name in LANGUAGES):
        hint = did_you_mean(name, LANGUAGES)
        raise UnknownName([Problem(where=where, what="the language is not known", got=name, hint=hint)])
    return cast("Language", name)


def amount(value: Decimal | int, language: Language = "en") -> str:
    """Return an exact number as people write it, without trailing zeros.

    >>> amount(Decimal("6.50")), amount(Decimal("6.50"), "es"), amount(Decimal("-30"))
    ('6.5', '6,5', '-30')
    """
    text = format(EXACT.normalize(Decimal(value)), "f")
    return ("0" if text == "-0" else text).replace(".", _DECIMAL_SIGN[language])


def joined(words: Sequence[str], joint: Literal["and", "or"], language: Language = "en") -> str:
    """Return words as a list in a sentence.

    >>> joined(["a", "b", "c"], "and"), joined(["plata", "oro"], "or", "es"), joined(["leer", "ir"], "and", "es")
    ('a, b and c', 'plata u oro', 'leer e ir')
    >>> joined(["7", "8"], "or", "es")
    '7 u 8'
    """
    if len(words) < 2:
        return "".join(words)
    last = words[-1]
    return f"{', '.join(words[:-1])} {_joint(joint, last) if language == 'es' else joint} {last}"


def _joint(joint: Literal["and", "or"], following: str) -> str:
    """Return the Spanish y, e, o or u, whichever the word that follows asks for."""
    start = normal(following).lower().lstrip("«\"'(“").removeprefix("h")
    if joint == "and":
        return "e" if start.startswith(("i", "í")) and not start.startswith(("ia", "ie", "io", "iu")) else "y"
    eleven = start.partition(" ")[0].partition(",")[0] == "11"
    return "u" if eleven or start.startswith(("o", "ó", "8")) else "o"
