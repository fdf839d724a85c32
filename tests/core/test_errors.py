"""Errors say where, what was expected, what came and what to do."""

from decimal import Decimal

import pytest

from leadqual import errors
from leadqual.errors import InputError, Kind, LeadqualError, MissingExtra, ModelError, Problem, shown

PROBLEM = Problem(where="fit.max", what="a number was expected", got="x", hint="Write one.")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "'a'"),
        ("\x1b[2J\n", r"'\x1b[2J\n'"),
        ("\ud800", r"'\ud800'"),
        ("x" * 61, f"'{'x' * 60}'… (61 characters)"),
        ("x" * 60, f"'{'x' * 60}'"),
        pytest.param(10**5000, "an integer of about 5001 digits", id="5000 digits"),
        (12, "12"),
        (True, "True"),
        (None, "None"),
        (1.5, "1.5"),
        ({"a": 1}, "a table of 1"),
        ([1, 2], "a list of 2"),
        ((), "a list of 0"),
        (Decimal("1.50"), "1.50"),
        (Decimal("1" * 70), "1" * 60 + "…"),
    ],
)
def test_shown_is_short_and_safe(value, text):
    """Whatever came can be printed in one line."""
    assert shown(value) == text


def test_problem_reads_as_one_line():
    """Path, expectation, what came and the hint stand in one line; what is absent leaves no gap."""
    assert str(PROBLEM) == "fit.max: a number was expected (got 'x'). Write one."
    assert str(Problem(where="", what="no document", got=Kind("bytes"), hint="")) == "no document (got bytes)."


@pytest.mark.parametrize(
    ("prefix", "where", "path"),
    [("event", "at", "event.at"), ("rules", "[2]", "rules[2]"), ("event", "", "event"), ("", "at", "at")],
)
def test_problem_under_joins_paths(prefix, where, path):
    """A path goes under another with a point, unless one is empty or it begins with an index."""
    problem = Problem(where=where, what="x", got=1, hint="").under(prefix)
    assert (problem.where, str(problem.got)) == (path, "1")


def test_errors_print_a_line_for_each_problem():
    """All problems are in the message, in order."""
    error = ModelError(problems=(PROBLEM, Problem(where="b", what="c", got=1, hint="d")))
    assert str(error).splitlines() == [str(PROBLEM), "b: c (got 1). d"]
    assert [problem.where for problem in error.problems] == ["fit.max", "b"]


def test_every_error_descends_from_one_root():
    """Whoever catches LeadqualError catches them all; wrong input is a ValueError too."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert len(kinds) > 8
    assert all(issubclass(kind, LeadqualError) for kind in kinds)
    assert issubclass(ModelError, ValueError)
    assert issubclass(MissingExtra, ImportError)


def test_input_error_counts_the_problems_it_does_not_list():
    """A file with thousands of wrong rows shows the first ones and the number of the others."""
    assert str(InputError([PROBLEM], total=3)).splitlines() == [str(PROBLEM), "… and 2 more problems"]
    assert (str(InputError([PROBLEM])), InputError([PROBLEM]).total) == (str(PROBLEM), 1)
