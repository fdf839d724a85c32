"""Playbooks of the past load and score the same for ever."""

import json
from copy import deepcopy
from typing import Any

import pytest

from leadqual.errors import ModelError
from leadqual.playbook import loads
from leadqual.playbook.shapes import BESIDE, MODEL, SCHEMA, TOP, Keys, Listing, Named
from leadqual.playbook.upgrade import STEPS, upgraded
from tests.playbook.past.golden import golden, playbooks, said

PLAYBOOKS = playbooks()


def first(tables):
    """Go from schema 1 to schema 2: points were called score."""
    return {"points" if key == "score" else key: part for key, part in tables.items()}


def second(tables):
    """Go from schema 2 to schema 3: points are a table."""
    return {key: {"most": part} if key == "points" else part for key, part in tables.items()}


@pytest.mark.parametrize(
    ("document", "steps", "result"),
    [
        ({"schema": 1, "score": 5}, (), {"schema": 1, "score": 5}),
        ({"schema": 1, "score": 5}, (first,), {"schema": 2, "points": 5}),
        ({"schema": 1, "score": 5}, (first, second), {"schema": 3, "points": {"most": 5}}),
        ({"schema": 2, "points": 5}, (first, second), {"schema": 3, "points": {"most": 5}}),
        ({"schema": 3, "points": 5}, (first, second), {"schema": 3, "points": 5}),
        (
            {"name": "b", "schema": 1, "score": [1]},
            (first, second),
            {"schema": 3, "name": "b", "points": {"most": [1]}},
        ),
    ],
)
def test_upgrade_takes_every_step_from_the_documents_schema_on(document, steps, result):
    """A document goes through the later steps, each once and in their order, and then is of the newest schema."""
    assert upgraded(document, steps) == result


def test_upgrade_leaves_the_document_as_it_was():
    """What was read is not changed, so that messages can show it."""
    document = {"schema": 1, "score": 5, "fit": {"max": 1}}
    before = deepcopy(document)
    upgraded(document, (first, second))
    assert document == before


def test_upgrade_says_the_schema_itself():
    """A step need not carry the number of its schema over, and cannot name another one."""
    assert upgraded({"schema": 1}, [lambda _: {"a": 1}]) == {"schema": 2, "a": 1}
    assert upgraded({"schema": 1}, [lambda tables: {**tables, "schema": 9}]) == {"schema": 2}


@pytest.mark.parametrize("steps", [(), (first,), (first, second)])
@pytest.mark.parametrize("beyond", [1, 2, 10**30])
def test_newer_schema_is_refused_with_the_way_out(steps, beyond):
    """A document that a newer release wrote is not guessed at."""
    newest = len(steps) + 1
    with pytest.raises(ModelError) as caught:
        upgraded({"schema": newest + beyond}, steps)
    (problem,) = caught.value.problems
    said = f"schema {newest} was expected (got {newest + beyond})"
    assert str(problem) == f"schema: {said}. It was written for a newer release: upgrade leadqual."


@pytest.mark.parametrize("schema", [None, 0, -1, "1", 1.0, True, [1], {}])
def test_schema_that_is_none_is_refused(schema):
    """Zero, negative numbers, texts, truth values and nothing at all are no schema."""
    with pytest.raises(ModelError) as caught:
        upgraded({"schema": schema}, (first,))
    assert [str(problem.hint) for problem in caught.value.problems] == ["Write schema = 2."]
    with pytest.raises(ModelError):
        upgraded({}, ())


@pytest.mark.parametrize("written", ["2", "0", "-1", '"1"', "1.0", "true", "[1]"])
def test_document_of_another_schema_does_not_load(written):
    """`loads` says the same of a whole document."""
    with pytest.raises(ModelError) as caught:
        loads(f'schema = {written}\nname = "a"\nversion = "1"')
    assert [problem.where for problem in caught.value.problems] == ["schema"]
    newer = caught.value.problems[0].hint.startswith("It was written for a newer release")
    assert newer == (written == "2")


def test_newest_schema_is_one_more_than_the_steps():
    """A new schema comes with the step that leads to it, and with playbooks of the one before."""
    assert len(STEPS) + 1 == SCHEMA
    assert {path.parent.name for path in PLAYBOOKS} == {f"schema-{number}" for number in range(1, SCHEMA + 1)}


@pytest.mark.parametrize("path", PLAYBOOKS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_playbook_of_the_past_says_what_it_said(path):
    """Fingerprints of the document, its model and its objectives, and every figure of many scores, never change."""
    assert said(path) == golden(path)


def test_playbooks_of_the_past_are_told_by_their_golden_files():
    """No playbook lies there untold, and none was taken away."""
    for folder in {path.parent for path in PLAYBOOKS}:
        told = json.loads((folder / "golden.json").read_text(encoding="utf-8"))["playbooks"]
        assert sorted(told) == [path.name for path in PLAYBOOKS if path.parent == folder]
        assert all(len(part["scores"]) > 3 for part in told.values())


def test_playbooks_of_the_past_say_everything_that_a_document_can_say():
    """Every key of every table is kept in some playbook, but extensions, which are others' to keep."""
    used: set[tuple[type | None, str]] = set()
    for path in PLAYBOOKS:
        if path.suffix == ".json":
            tables = json.loads(path.read_text(encoding="utf-8"))
            used |= {(None, name) for name in tables}
            for name, shape in {**MODEL, **BESIDE}.items():
                used |= set(_used(shape, tables[name])) if name in tables else set()
    known = {(None, name) for name in TOP}
    for shape in (*MODEL.values(), *BESIDE.values()):
        known |= set(_known(shape))
    assert sorted(f"{table} {key}" for table, key in known - used if key != "scorers") == []


def _used(shape: Any, data: Any) -> Any:
    if isinstance(shape, Listing):
        for part in data:
            yield from _used(shape.part, part)
    elif isinstance(shape, Named):
        for part in data.values():
            yield from _used(shape.part, part)
    elif isinstance(shape, Keys) and isinstance(data, dict):
        for key, part in data.items():
            yield shape.becomes, key
            yield from _used(shape.nested.get(key), part)


def _known(shape: Any) -> Any:
    if isinstance(shape, Listing | Named):
        yield from _known(shape.part)
    elif isinstance(shape, Keys):
        for key in shape.names:
            yield shape.becomes, key
            yield from _known(shape.nested.get(key))
