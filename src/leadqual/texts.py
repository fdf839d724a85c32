"""Text that came from outside: what may be an id or a word, and what could break a file, a log or a database."""

from collections.abc import Iterator

from leadqual.errors import Kind, Problem


def text_flaw(text: str) -> str | None:
    r"""Return what makes a text unfit to be stored or compared, if anything does.

    >>> text_flaw("a\x00b"), text_flaw("\ud800"), text_flaw("Zoë")
    ('it holds a NUL character', 'it holds half of a surrogate pair', None)
    """
    if text.isprintable():
        return None
    if "\0" in text:
        return "it holds a NUL character"
    if any("\ud800" <= character <= "\udfff" for character in text):
        return "it holds half of a surrogate pair"
    return None


def word_problem(value: object, where: str, *, optional: bool = False) -> Iterator[Problem]:
    """Yield what is wrong with an id, a kind or another word: a text, not empty, fit to be stored.

    The value itself is never shown, since ids may be personal.

    Args:
        value: What came.
        where: Its path.
        optional: Whether nothing, or an empty text, will do too.

    >>> [str(problem) for problem in word_problem(7, "event.id")]
    ['event.id: a text was expected (got int). Pass a str.']
    """
    if optional and (value is None or (type(value) is str and not value)):
        return
    if type(value) is not str:
        yield Problem(where=where, what="a text was expected", got=Kind(type(value).__name__), hint="Pass a str.")
    elif not value:
        yield Problem(where=where, what="a text was expected", got=Kind("an empty text"), hint="It must not be empty.")
    elif flaw := text_flaw(value):
        got = Kind(f"a text of {len(value)} characters; {flaw}")
        yield Problem(where=where, what="the text cannot be used", got=got, hint="Clean it where it comes from.")
