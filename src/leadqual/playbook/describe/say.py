"""The smallest pieces of a description: points, days, times, sentences and lists."""

from collections.abc import Iterable

from leadqual.conditions.leafwords import picked
from leadqual.conditions.words import Words
from leadqual.playbook.describe.phrases import PHRASES
from leadqual.points import Points


def say(words: Words, key: str, /, **parts: str) -> str:
    """Return a phrase of the language with its parts filled in.

    Args:
        words: The language.
        key: Which phrase.
        parts: What stands in its braces.

    >>> say(Words(), "version", version="7")
    'Version 7.'
    """
    return PHRASES[words.language][key].format(**parts)


def counting(words: Words, key: str, number: Points, /, **parts: str) -> str:
    """Return a phrase that speaks of a number of things, with its parts filled in.

    Args:
        words: The language.
        key: Which phrase.
        number: How many; it stands where the phrase has ``{n}``.
        parts: What stands in the other braces.

    >>> counting(Words(), "points", 1), counting(Words(), "points", -5)
    ('1 point', '-5 points')
    """
    template = picked(PHRASES[words.language][key], several=abs(number) != 1)
    return template.format(n=words.amount(number), **parts)


def points(words: Words, value: Points) -> str:
    """Return points that something gives or takes away.

    >>> points(Words(), 1), points(Words(), -30), points(Words(language="es"), -30)
    ('1 point', '30 points less', '30 puntos menos')
    """
    return counting(words, "points less", -value) if value < 0 else counting(words, "points", value)


def bound(words: Words, value: Points) -> str:
    """Return points as a limit, with their sign.

    >>> bound(Words(), -5)
    '-5 points'
    """
    return counting(words, "points", value)


def days(words: Words, number: Points) -> str:
    """Return a number of days.

    >>> days(Words(language="es"), 1), days(Words(), 30)
    ('1 día', '30 days')
    """
    return counting(words, "days", number)


def times(words: Words, number: Points) -> str:
    """Return how often.

    >>> times(Words(), 1), times(Words(), 3)
    ('once', '3 times')
    """
    return counting(words, "once" if number == 1 else "times", number)


def capital(text: str) -> str:
    """Return a text that begins with a capital letter, after a sign that opens a question or a quotation.

    >>> capital("page view"), capital("¿hay presupuesto?")
    ('Page view', '¿Hay presupuesto?')
    """
    at = next((i for i, character in enumerate(text) if character.isalnum()), 0)
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :] if at < 2 else text


def strong(name: str) -> str:
    """Return a name that stands out at the beginning of a line.

    >>> strong("page view")
    '**Page view**'
    """
    return f"**{capital(name)}**"


def sentence(text: str) -> str:
    """Return a text with a capital letter and a full stop.

    >>> sentence("it fades"), sentence("these hold:")
    ('It fades.', 'These hold:')
    """
    return capital(text) if text.endswith((".", ":", "?", "!")) else f"{capital(text)}."


def bullets(lines: Iterable[str], indent: int = 0) -> str:
    """Return lines as a list.

    >>> print(bullets(["a", "b"], 1))
      - a
      - b
    """
    return "\n".join(f"{'  ' * indent}- {line}" for line in lines)


def heading(text: str, level: int = 2) -> str:
    """Return a heading.

    >>> heading("Fit")
    '## Fit'
    """
    return f"{'#' * level} {capital(text)}"
