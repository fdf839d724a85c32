"""A full valid document, each of its nodes replaced by each of many wrong values: thousands of documents in all."""

import unicodedata
from datetime import UTC, datetime

import pytest

from leadqual.errors import ModelError
from leadqual.lead import Lead
from leadqual.playbook import loads
from tests.hostile.full import FULL, WRONG, places, replaced, spelt
from tests.properties.written import as_json

NOW = datetime(2026, 3, 1, tzinfo=UTC)
_DECLARED = ("attributes", "properties", "lists", "fit.groups", "interest.groups", "fit.grades", "interest.levels")
"""What is declared there is missed elsewhere; the problem is where it is missed."""


def _outcome(path, value):
    """Load a spoilt document: return its problems, none if it is right in its own strange way."""
    try:
        playbook = loads(as_json(replaced(FULL, path, value)), format="json")
    except ModelError as error:
        text = str(error)
        assert not any(unicodedata.category(character) == "Cc" and character != "\n" for character in text)
        assert len(text) < 100_000
        return error.problems
    assert loads(playbook.to_json()).fingerprint == playbook.fingerprint
    playbook.model.score(Lead(id="L1"), now=NOW).explain()
    return ()


def _concerns(problem, path):
    """Tell whether a problem is at the place that was spoilt, above it, below it or in the same rule or table."""
    here, there, table = problem.where, spelt(path), spelt(path[:-1][:3])
    return here == there or here.startswith(table or there) or (here != "" and there.startswith(here))


def test_full_document_is_valid_before_it_is_spoilt():
    """The document that the others are made from loads, and says everything."""
    assert loads(as_json(FULL), format="json").name == "full"
    assert len(places(FULL)) > 150


@pytest.mark.parametrize("table", FULL)
def test_wrong_value_anywhere_is_refused_where_it_stands_or_means_something(table):
    """Nothing but ModelError comes out, and one of its problems points at the node that was replaced."""
    astray = []
    for path in places(FULL[table], (table,)):
        for value in WRONG:
            problems = _outcome(path, value)
            declares = value == {} or spelt(path).startswith(_DECLARED)
            if problems and not declares and not any(_concerns(problem, path) for problem in problems):
                astray.append((spelt(path), value, [problem.where for problem in problems]))
    assert not astray


@pytest.mark.parametrize("value", WRONG, ids=ascii)
def test_wrong_value_as_the_whole_document_is_refused(value):
    """A document is a table with a schema."""
    assert _outcome((), value)


@pytest.mark.parametrize(
    "key", ["", " ", "\x1b[31m", "a.b", "a[0]", "__class__", "{0}", "'; DROP TABLE leads; --", "é"]
)
def test_unknown_key_in_any_table_is_refused_by_name(key):
    """A key that no table has is a problem in every table that has keys of its own."""
    named = ("attributes", "properties", "lists", "columns", "files", "groups", "values", "grades", "levels", "floors")
    for path in places(FULL):
        table = FULL
        for step in path:
            table = table[step]
        if isinstance(table, dict) and not {*named, "leads", "events"} & {*path[-1:]}:
            assert _outcome((*path, key), 1) if key in table else _added(path, table, key)


def _added(path, table, key):
    return _outcome(path, table | {key: 1})
