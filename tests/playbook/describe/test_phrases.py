"""The phrases of descriptions."""

import ast
from string import Formatter

import pytest

from leadqual.playbook.describe.phrases import PHRASES
from tests.house.source import modules

ENGLISH, *OTHERS = PHRASES.values()
BUILT = (
    "group ", "rule ", "type ", "bar ", "unit ", "file ", "story ", "total ", "label ", "stage ", "way ", "on ",
    "kind ", "policy ", "wake ", "interest ", "duration ", "weekday ", "content ", "limit ", "channel ", "purpose ",
    "basis ", "preset ", "exit ", "again ", "clock ",
)  # fmt: skip
"""Beginnings of keys that are put together."""


def parts_of(phrase: str) -> set[str]:
    """Return the names in the braces of a phrase, without the number that one language may spell out."""
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None} - {"n"}


@pytest.mark.parametrize("other", OTHERS)
def test_languages_have_the_same_phrases(other):
    """No language lacks a phrase, and each phrase speaks of the same things in all of them."""
    assert list(other) == list(ENGLISH)
    assert {key: parts_of(phrase) for key, phrase in other.items()} == {
        key: parts_of(phrase) for key, phrase in ENGLISH.items()
    }


@pytest.mark.parametrize("phrases", PHRASES.values())
def test_phrases_have_two_forms_where_they_count(phrases):
    """A bracket holds the words for one thing and those for several."""
    for phrase in phrases.values():
        for part in phrase.split("[")[1:]:
            assert part.partition("]")[0].count("|") == 1, phrase


def test_every_phrase_is_said_somewhere():
    """No phrase is kept that no description can say."""
    texts = {
        node.value
        for module in modules()
        if module.name.startswith("playbook/describe/") and "phrases" not in module.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert (
        not {key for key in ENGLISH if key not in texts and not key.startswith(BUILT)}
        - {f"{axis} {what}" for axis in ("fit", "interest") for what in ("name", "min", "max min")}
        - {"stay list", "bar list"}
    )
