"""The language in which a card speaks."""

from collections.abc import Sized
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

import click
from attrs import field, frozen

from leadqual.cli.options import Decorated
from leadqual.cli.screen import number_of
from leadqual.cli.spanish import NOUNS, TEXTS
from leadqual.conditions.words import Words
from leadqual.languages import LANGUAGES, language_of
from leadqual.playbook import Playbook

_CENT: Final = Decimal("0.01")
_EPOCH: Final = date(1970, 1, 1)


@frozen(kw_only=True)
class Voice:
    """A language, with the labels of a playbook in it.

    Attributes:
        words: How people call things.
    """

    words: Words = field(factory=Words)

    def __call__(self, english: str, **parts: object) -> str:
        """Return a sentence in the language.

        Args:
            english: The sentence in English, with names in braces.
            **parts: What stands for the names.

        >>> Voice(words=Words(language="es"))("grade {grade}", grade="B")
        'letra B'
        """
        text = english if self.words.language == "en" else TEXTS[english]
        return text.format(**parts)

    def count(self, things: Sized | int, noun: str, many: str = "") -> str:
        """Return a count with its noun; English ones may name their plural.

        >>> Voice().count(1200, "day"), Voice(words=Words(language="es")).count(1200, "day")
        ('1,200 days', '1.200 días')
        """
        number = things if isinstance(things, int) else len(things)
        if self.words.language == "en":
            return number_of(number, noun, many)
        one, several = NOUNS[noun]
        return f"{number:,} {one if number == 1 else several}".replace(",", ".")

    def points(self, points: Decimal, *, sign: bool = False) -> str:
        """Return points to two decimals, half up.

        >>> Voice().points(Decimal("1.955")), Voice(words=Words(language="es")).points(Decimal("-0.5"))
        ('1.96', '-0,50')
        >>> Voice().points(Decimal("1.5"), sign=True), Voice().points(Decimal("-0.001"))
        ('+1.50', '0.00')
        """
        rounded = abs(points).quantize(_CENT, rounding=ROUND_HALF_UP)
        signed = rounded.copy_sign(points) if rounded else rounded
        text = f"{signed:+.2f}" if sign and rounded else f"{signed:.2f}"
        return text if self.words.language == "en" else text.replace(".", ",")

    def some(self, points: Decimal, *, sign: bool = False) -> str:
        """Return the same, but nothing for what comes to zero."""
        text = self.points(points, sign=sign)
        return text if text.strip("0.,") else ""

    def day(self, number: int) -> str:
        """Return a day, counted from 1970-01-01, as people write it.

        >>> Voice().day(20_454)
        '1 January 2026'
        """
        return self.words.value(_EPOCH + timedelta(days=number))

    def bars(self, names: frozenset[str]) -> str:
        """Return the names of bars as a list in a sentence.

        >>> Voice().bars(frozenset({"sql", "mql"}))
        'MQL and SQL'
        """
        return self.words.joined([name.upper() for name in sorted(names)], "and")


ENGLISH: Final = Voice()


def voice_of(playbook: Playbook, language: str) -> Voice:
    """Return the voice for a playbook.

    Args:
        playbook: It may have labels.
        language: ``"en"`` or ``"es"``.

    Raises:
        UnknownName: If leadqual does not speak the language.
    """
    spoken = language_of(language, "--language")
    return Voice(words=Words(language=spoken, labels=playbook.labels.get(spoken, {})))


def language_option(command: Decorated) -> Decorated:
    """Add --language."""
    return click.option(
        "--language",
        type=click.Choice(LANGUAGES),
        default="en",
        show_default=True,
        help="Speak English or Spanish; the playbook's own [labels] are used.",
    )(command)
