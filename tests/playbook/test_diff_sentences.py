"""What changed between two playbooks, in words: a corpus of single changes with the sentences they give."""

import copy
import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from leadqual.playbook import loads
from leadqual.playbook.diff import diff
from leadqual.playbook.diff.phrases import PHRASES
from tests.properties.written import as_json

CORPUS: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("diff_sentences.toml").read_text(encoding="utf-8"), parse_float=Decimal
)
BEFORE = loads(as_json(CORPUS["before"]), format="json")
FIELDS = re.compile(r"\{\w+\}")


def changed(change: dict[str, Any]) -> dict[str, Any]:
    """Return the document of the corpus with a change made in it."""
    document = copy.deepcopy(CORPUS["before"])
    *way, last = change["at"].split("/")
    part: Any = document
    for step in way:
        part = part[int(step)] if isinstance(part, list) else part[step]
    key = int(last) if isinstance(part, list) else last
    if "put" not in change:
        del part[key]
    elif isinstance(part, list) and key == len(part):
        part.append(change["put"])
    else:
        part[key] = change["put"]
    return document


@pytest.mark.parametrize("change", CORPUS["change"], ids=lambda change: f"{change['at']}={change.get('put', '')}"[:80])
def test_diff_says_a_single_change_in_both_languages(change):
    """Each change of the corpus gives its sentences, at its places, and nothing else."""
    after = loads(as_json(changed(change)), format="json")
    for language in ("en", "es"):
        found = diff(BEFORE, after, language=language).changes
        assert [c.words for c in found] == change[language]
        assert [f"{c.kind} {c.where}" for c in found] == change["where"]


def test_corpus_touches_every_table_of_a_playbook():
    """No table of the document is left out of the corpus, and it is a large one."""
    tables = {change["at"].partition("/")[0] for change in CORPUS["change"]}
    assert tables >= set(BEFORE.to_plain()) - {"schema"}
    assert len(CORPUS["change"]) > 150


def test_diff_with_an_empty_playbook_has_every_heading():
    """All that a playbook can hold is new at once, under eleven headings in the order of the document."""
    empty = loads('schema = 1\nname = "none"\nversion = "0"', format="toml")
    said = diff(empty, BEFORE).explain()
    assert [line for line in said.splitlines() if line and not line.startswith(" ")] == [
        "The document", "What is read", "Fit", "Interest", "Fit and interest together", "Who qualifies",
        "How a lead moves", "Objectives", "Examples", "What things are called", "Files",
    ]  # fmt: skip
    assert len(diff(BEFORE, empty).changes) == len(diff(empty, BEFORE).changes)


def test_languages_have_the_same_phrases_with_the_same_fields():
    """A phrase that is there in one language is there in the other, and names the same things."""
    english, spanish = PHRASES["en"], PHRASES["es"]
    assert english.keys() == spanish.keys()
    assert not [key for key in english if set(FIELDS.findall(english[key])) != set(FIELDS.findall(spanish[key]))]
