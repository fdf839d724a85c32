"""Hostile documents: refused with a path and a hint, and nothing but our own error comes out."""

import unicodedata

import pytest

from leadqual.errors import ModelError
from leadqual.playbook import loads
from leadqual.playbook.gate import Format, decoded, pass_gate
from tests.hostile.cases import CASES, GATED, LOADED, REFUSED
from tests.hostile.sizes import SIZES

_LONGEST_MESSAGE = 100_000


def _refusal(case):
    with pytest.raises(ModelError) as caught:
        loads(case.make(), format=case.format)
    return caught.value


def _is_control(character):
    return character != "\n" and unicodedata.category(character) in ("Cc", "Cs")


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_hostile_document_is_refused_with_a_path_and_a_hint(case):
    """Every problem says what is wrong; the one that matters has its path; the message can be printed anywhere."""
    error = _refusal(case)
    assert error.problems
    assert all(problem.what for problem in error.problems)
    places = {problem.where for problem in error.problems}
    assert case.where is None or case.where in places or (case in SIZES and places == {""})
    text = str(error)
    assert not any(map(_is_control, text))
    assert len(text) <= _LONGEST_MESSAGE


@pytest.mark.parametrize("case", LOADED, ids=str)
def test_strange_document_loads_and_comes_back_the_same(case):
    """What is strange but right is not refused, and its canonical JSON says the same."""
    playbook = loads(case.make(), format=case.format)
    assert loads(playbook.to_json()).fingerprint == playbook.fingerprint


@pytest.mark.parametrize("case", GATED, ids=str)
def test_gate_refuses_what_is_too_much_before_a_parser_sees_it(case):
    """The bounds hold before the standard parsers, which take seconds and gigabytes for some of these."""
    document = case.make()
    format_: Format = case.format or ("json" if document[:1] in ("{", b"{") else "toml")
    with pytest.raises(ModelError):
        pass_gate(decoded(document), format_)


def test_cases_are_many_and_each_has_a_name_of_its_own():
    """At least 120 hostile documents of our own."""
    assert len({case.name for case in CASES}) == len(CASES)
    assert len(REFUSED) >= 120
