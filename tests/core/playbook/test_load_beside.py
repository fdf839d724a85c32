"""What a document holds beside its model: labels, examples, objectives; all problems at once."""

from typing import Any

import pytest

from leadqual.errors import ModelError
from leadqual.playbook import Playbook, load_playbook, loads
from leadqual.scoring import ScoringModel

HEAD = 'schema = 1\nname = "small"\nversion = "1"\n'


def _problems(text: str) -> list[tuple[str, str, str]]:
    with pytest.raises(ModelError) as caught:
        loads(HEAD + text)
    return [(problem.where, problem.what, problem.hint) for problem in caught.value.problems]


def test_labels_are_words_by_language():
    """A label is how people of a language call what the document names; it changes no score."""
    text = '[attributes]\njob_title = "text"\n[labels.es]\njob_title = "cargo"\n[labels.en]\njob_title = "job"\n'
    playbook = loads(HEAD + text)
    assert playbook.labels == {"es": {"job_title": "cargo"}, "en": {"job_title": "job"}}
    assert loads(playbook.to_json()) == playbook
    assert playbook.model == loads(HEAD + '[attributes]\njob_title = "text"').model
    assert playbook.fingerprint != loads(HEAD + '[attributes]\njob_title = "text"').fingerprint


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[labels.een]\na = 'b'", ("labels.een", "the language is not known", "Did you mean `en`?")),
        ("[labels.fr]\na = 'b'", ("labels.fr", "the language is not known", "Known: en, es.")),
        ("[labels]\nes = 'b'", ("labels.es", "a table was expected", 'Write name = "how people call it".')),
        ("[labels.es]\na = ''", ("labels.es.a", "a text was expected", "It must not be empty.")),
        ("[labels.es]\na = 3", ("labels.es.a", "a text was expected", "Pass a str.")),
        (f"[labels.es]\na = '{'x' * 201}'", ("labels.es.a", "the label is too long", "Write at most 200 characters.")),
        ("labels = 3", ("labels", "a table was expected", "Write [labels] or { … }.")),
    ],
)
def test_wrong_labels_are_refused_with_path_and_hint(text, problem):
    """A language that nobody speaks here, and words that are none, are problems of the document."""
    assert _problems(text) == [problem]
    assert [found for found in _problems(f"day_starts = 3\n{text}") if found[0] != "day_starts"] == [problem]


def test_label_may_be_two_hundred_characters_long():
    """The longest label that is allowed is allowed."""
    assert loads(f"{HEAD}[labels.es]\na = '{'x' * 200}'").labels["es"]["a"] == "x" * 200


def test_newer_schema_is_refused_alone():
    """Nothing else is said of a document whose meaning is not known."""
    text = 'schema = 2\n[objectives.a]\nbased_on = "a"\n[[examples]]\n[labels.fr]\n'
    with pytest.raises(ModelError) as caught:
        loads(text)
    (problem,) = caught.value.problems
    assert (problem.where, problem.hint) == ("schema", "It was written for a newer release: upgrade leadqual.")


def test_everything_wrong_beside_the_model_is_told_at_once_in_the_order_of_the_document():
    """Objectives, examples, labels, columns and files come with their problems in one error, as they stand."""
    text = """
    [labels.fr]
    a = "b"
    [files.lead]
    [objectives.a]
    rules = { none = 1 }
    [[examples]]
    name = "x"
    [columns.people]
    """
    beside = ["labels.fr", "files.lead", "objectives.a.rules.none", "examples[0]", "columns.people"]
    assert [where for where, _, _ in _problems(text)] == beside
    assert [where for where, _, _ in _problems(f"fit = {{ max = -1 }}\n{text}")] == ["fit.max", *beside]


def test_each_problem_is_told_once():
    """What the loader and the playbook both look at is not said twice."""
    found = _problems("[labels.fr]\na = 1\n[objectives.a]\nbased_on = 'a'\nrules = { none = 1 }")
    assert len(found) == len(set(found)) == 4


def test_parts_of_a_playbook_built_in_python_are_checked():
    """What is no model, no table and no list is refused with its path."""
    wrong: Any = {"model": 3, "objectives": [1], "examples": "abc", "labels": 4}
    with pytest.raises(ModelError) as caught:
        Playbook(name="x", version="1", **wrong)
    assert [f"{problem.where}: {problem.what}" for problem in caught.value.problems] == [
        "model: a ScoringModel was expected",
        "objectives: a table was expected",
        "examples: a list was expected",
        "labels: a table was expected",
    ]


def test_playbook_keeps_tables_of_its_own():
    """What a caller does later to the table it passed changes nothing."""
    labels = {"es": {"a": "b"}}
    playbook = Playbook(name="x", version="1", model=ScoringModel(), labels=labels)
    labels["fr"] = {}
    assert set(playbook.labels) == {"es"}


def test_file_problems_name_the_file_only(tmp_path):
    """A document with problems beside its model is refused from a file as from a text."""
    path = tmp_path / "play.toml"
    path.write_text(f"{HEAD}[objectives.a]\nbased_on = 'b'\n", encoding="utf-8")
    with pytest.raises(ModelError, match=r"^objectives.a.based_on: unknown objective"):
        load_playbook(path)
