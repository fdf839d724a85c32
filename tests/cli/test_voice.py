"""The sentences of the command line in Spanish."""

import ast
from string import Formatter

import pytest

from leadqual.cli.spanish import NOUNS, TEXTS
from tests.house.source import ROOT

SOURCES = sorted((ROOT / "src" / "leadqual" / "cli").glob("*.py"))


def names(text):
    """The names in braces of a sentence."""
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def said(function):
    """Every text that is passed to a function of this name, with its place."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == function:
                for argument in node.args:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield f"{path.name}:{node.lineno}", argument.value


@pytest.mark.parametrize("english", TEXTS)
def test_spanish_sentence_takes_what_the_english_one_takes(english):
    """The same names stand in braces, and the sentence is another one."""
    assert names(TEXTS[english]) == names(english)
    assert TEXTS[english].strip() == TEXTS[english] != ""


def test_every_sentence_that_a_card_says_has_its_spanish():
    """What is passed to a voice as it stands is in the table."""
    found = list(said("voice"))
    assert len(found) > 30
    assert [(where, text) for where, text in found if text not in TEXTS] == []


def test_every_noun_that_is_counted_has_its_spanish():
    """One and many."""
    found = list(said("voice.count"))
    assert len(found) > 5
    assert [(where, text) for where, text in found if text not in NOUNS] == []


def test_no_spanish_sentence_is_left_over():
    """Each English sentence of the table stands somewhere in the source."""
    source = "".join(path.read_text(encoding="utf-8") for path in SOURCES if not path.name.startswith("spanish"))
    built = ("time alone does not take", "lost on {day}")  # made of a state and what time does to it
    assert [text for text in TEXTS if text not in source and not any(part in text for part in built)] == []
