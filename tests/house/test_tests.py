"""How tests are written."""

import ast
import re

from tests.house.source import ROOT

TESTS = sorted(ROOT.glob("tests/**/test_*.py"))


def _functions():
    for path in TESTS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node


def test_every_test_states_in_a_sentence_what_it_proves():
    """The docstring of a test is one sentence: a fact about the library."""
    wrong = [
        where
        for where, node in _functions()
        if not (text := ast.get_docstring(node)) or not re.search(r"[.!?)]$", text)
    ]
    assert not wrong


def test_names_of_tests_say_what_is_tested():
    """No ``test_1``, no ``test_basic``: a failing test is understood from its name."""
    assert not [where for where, node in _functions() if node.name.count("_") < 2]


def test_modules_do_not_share_a_test_name():
    """Two tests of one name in a module would hide each other."""
    names = [where.partition(":")[0] + node.name for where, node in _functions()]
    assert len(names) == len(set(names))


def test_nothing_is_mocked_slept_over_or_silenced():
    """Tests pass constants in: no mocks, no sleeping, no check that looks away."""
    words = (
        "unittest." + "mock",
        "Magic" + "Mock",
        "time." + "sleep",
        "# type:" + " ignore",
        "# no" + "qa",
        "free" + "zegun",
    )
    sources = [path for path in sorted(ROOT.glob("tests/**/*.py")) if path.is_file()]
    wrong = [
        f"{path.relative_to(ROOT)}: {word}" for path in sources for word in words if word in path.read_text("utf-8")
    ]
    assert not wrong
