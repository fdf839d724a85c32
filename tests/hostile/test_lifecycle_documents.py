"""What somebody less trusted writes of a lead's life: wrong values everywhere are refused where they stand."""

import unicodedata
from decimal import Decimal

import pytest

from leadqual import ModelError, loads
from tests.hostile.full import WRONG, places, replaced, spelt
from tests.hostile.living import LIVING, TABLES, live
from tests.properties.written import as_json, as_toml

_HARD = (
    "wake",
    "tick",
    "lead",
    "won",
    "later",
    "hand_raise",
    ["won"],
    ["lead", "lead"],
    10_000,
    "10000d",
    "24:00-24:00",
    "00:00-24:00",
    [60, 60],
    "2199-12-31",
    Decimal("1.5"),
    {"field": "interest", "op": "ge", "value": 1},
    {"any": []},
    {"field": "state.hand_raised", "op": "eq", "value": 1},
)
"""Values that are right somewhere in the tables of a life, and wrong nearly everywhere else."""
_ELSEWHERE = ("lifecycle.stages", "lifecycle.transitions", "sla", "recycle", "lifecycle.initial", "qualify")
"""What is named there is missed elsewhere; the problem is where it is missed."""


def _written(path, value, write):
    """Return a spoilt document as text, or nothing where the notation cannot say it."""
    try:
        return write(replaced(LIVING, path, value))
    except (TypeError, ValueError):
        return None


def _problems(text, notation):
    """Load a document and live under it; return its problems, none if it is right in its own strange way."""
    try:
        playbook = loads(text, format=notation)
    except ModelError as error:
        told = str(error)
        assert not any(unicodedata.category(character) == "Cc" and character != "\n" for character in told)
        assert len(told) < 100_000
        assert all(problem.what for problem in error.problems)
        return error.problems
    assert loads(playbook.to_json()).fingerprint == loads(playbook.to_toml()).fingerprint == playbook.fingerprint
    live(playbook)
    return ()


def _concerns(problem, path, notation):
    table = spelt(path[:1])
    here = problem.where
    return here.startswith((table, *_ELSEWHERE)) or (notation == "toml" and not here)  # no TOML at all


def test_document_of_a_whole_life_is_valid_before_it_is_spoilt():
    """The document that the others are made from loads, and a lead goes through all of its stages."""
    playbook = loads(as_json(LIVING), format="json")
    assert {*live(playbook)} == {"lead", "opportunity", "later", "won", "lost"}
    assert loads(as_toml(LIVING), format="toml").fingerprint == playbook.fingerprint


@pytest.mark.parametrize(("notation", "write"), [("json", as_json), ("toml", as_toml)])
@pytest.mark.parametrize("table", TABLES)
def test_wrong_value_anywhere_in_a_life_is_refused_with_its_path_or_means_something(table, notation, write):
    """Nothing but ModelError comes out of loading; what loads can be written, read again and lived under."""
    astray = []
    for path in places(LIVING[table], (table,)):
        for value in (*WRONG, *_HARD):
            text = _written(path, value, write)
            if text is None:
                continue
            problems = _problems(text, notation)
            if problems and not any(_concerns(problem, path, notation) for problem in problems):
                astray.append((spelt(path), value, [problem.where for problem in problems]))
    assert not astray
