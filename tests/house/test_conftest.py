"""The switches of a test run do what they say."""

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
        ({"CI": "true"}, 200, True),
        ({"CI": "true", "HYPOTHESIS_PROFILE": "nightly"}, 3_000, False),
    ],
)
def test_profile_follows_the_environment(environ, examples, derandomized):
    """By hand a hundred new examples, in CI two hundred that are always the same, at night many."""
    code = "import tests.conftest; from hypothesis import settings as s; print(s().max_examples, s().derandomize)"
    env = {name: value for name, value in os.environ.items() if name not in {"CI", "HYPOTHESIS_PROFILE"}} | environ
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(examples), str(derandomized)]
