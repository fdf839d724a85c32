"""Text from outside: what may be an id or a word."""

import pytest

from leadqual.texts import text_flaw, word_problem


@pytest.mark.parametrize("text", ["", "plain", "Zoë 🎉", "line\nbreak", "tab\t", "\x1b[31m", "\u200b"])
def test_text_flaw_finds_nothing_in_texts_that_can_be_stored(text):
    """Line ends, control characters and emoji are unusual, not unfit."""
    assert text_flaw(text) is None


@pytest.mark.parametrize(("text", "word"), [("a\x00", "NUL"), ("\udfff", "surrogate"), ("\x00\ud800", "NUL")])
def test_text_flaw_names_what_cannot_be_stored(text, word):
    """A NUL and half of a surrogate pair are unfit."""
    assert word in text_flaw(text)


@pytest.mark.parametrize(
    ("value", "got"),
    [
        (None, "NoneType"),
        (b"x", "bytes"),
        ("", "an empty text"),
        ("secret\0", "a text of 7 characters; it holds a NUL character"),
    ],
)
def test_word_problem_never_shows_the_value(value, got):
    """Ids may be personal: a problem shows the type or the length."""
    (problem,) = word_problem(value, "id")
    assert (problem.where, str(problem.got)) == ("id", got)


def test_word_problem_takes_nothing_where_it_is_optional():
    """What may be left out may be None; a wrong type is still wrong."""
    assert not list(word_problem(None, "name", optional=True))
    assert not list(word_problem("x", "name"))
    assert [problem.where for problem in word_problem(3, "name", optional=True)] == ["name"]
