"""The switches of a test run do what they say."""

import json
import os
import subprocess
import sys

import pytest

from tests.house.source import ROOT


def test_need_does_nothing_when_the_thing_is_there(need):
    """A true condition lets the test go on."""
    assert need(ROOT, "there is a project") is None


@pytest.mark.parametrize(("ci", "outcome"), [("1", pytest.fail.Exception), ("0", pytest.skip.Exception)])
def test_need_fails_in_ci_and_skips_elsewhere(need, ci, outcome, monkeypatch):
    """What a test needs may be absent at home, but not where everything has to run."""
    monkeypatch.setenv("LEADQUAL_CI", ci)
    with pytest.raises(outcome, match="there is no engine"):
        need(None, "there is no engine")


@pytest.mark.parametrize(
    ("environ", "examples", "derandomized"),
    [
        ({}, 100, True),
        ({"CI": "true"}, 100, True),
        ({"CI": "true", "HYPOTHESIS_PROFILE": "wide"}, 500, False),
        ({"CI": "true", "HYPOTHESIS_PROFILE": "nightly"}, 3_000, False),
    ],
)
def test_profile_follows_the_environment(environ, examples, derandomized):
    """By hand and in CI the same hundred examples, by asking for it many new ones."""
    code = "import tests.conftest; from hypothesis import settings as s; print(s().max_examples, s().derandomize)"
    env = {name: value for name, value in os.environ.items() if name not in {"CI", "HYPOTHESIS_PROFILE"}} | environ
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(examples), str(derandomized)]


def test_what_a_search_meets_by_chance_does_not_count_as_covered(tmp_path):
    """Lines are covered by the examples that were written for them; what is drawn runs untraced."""
    switches = {"COVERAGE_FILE": f"{tmp_path}/data", "COVERAGE_CORE": "ctrace", "PYTEST_ADDOPTS": "--cov --cov-report="}
    env = os.environ | switches | {"HYPOTHESIS_PROFILE": "quick"}
    tests = ("-p", "no:cacheprovider", "tests/core/test_hints.py", "tests/properties/test_order.py")
    of_example, of_search = "src/leadqual/hints.py", "src/leadqual/interest/dedupe.py"
    report = ("json", "--quiet", "-o", f"{tmp_path}/report.json", f"--include={of_example},{of_search}")
    for command in (("pytest", *tests), ("coverage", *report)):
        subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=env, capture_output=True, check=True)
    files = json.loads((tmp_path / "report.json").read_text("utf-8"))["files"]
    functions = {name: part for file in files.values() for name, part in file["functions"].items() if name}
    assert functions["did_you_mean"]["executed_lines"]
    assert not functions["dedupe"]["executed_lines"]
