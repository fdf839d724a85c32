"""A package of a third party, installed as one: its planner and its scorers are found, used and checked."""

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import leadqual

HERE = Path(__file__).parent
SOURCES = Path(leadqual.__file__).parents[1]


def installer():
    """Return a command that installs packages for this Python, or nothing."""
    beside = str(Path(sys.executable).parent)
    uv = shutil.which("uv", path=beside) or shutil.which("uv")
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", sys.executable]
    return [sys.executable, "-m", "pip", "install", "--quiet"] if find_spec("pip") else None


@pytest.fixture(scope="module")
def installed(tmp_path_factory, need):
    """Return the folder in which the package is installed, built from its sources as anybody's would be."""
    command = installer()
    need(command, "neither uv nor pip is there to install a package")
    target, sources = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("acme") / "acme"
    shutil.copytree(HERE / "acme", sources)
    done = subprocess.run(
        [*command, "--no-deps", "--target", str(target), str(sources)], capture_output=True, text=True, check=False
    )
    need(done.returncode == 0, f"the package cannot be installed: {done.stderr.strip()[-300:]}")
    return target


def run(program, *paths):
    """Return what a program prints in an interpreter of its own."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_"))}
    found = os.pathsep.join(map(str, (*paths, SOURCES)))
    done = subprocess.run(
        [sys.executable, str(HERE / program)],
        capture_output=True,
        text=True,
        check=False,
        env={**own, "PYTHONPATH": found},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_installed_planner_is_found_used_and_checked(installed):
    """By name in a document; what it plans comes due by ticks, and its end is the end of the sequence."""
    told = run("life.py", installed)
    assert (told["kind"], told["class"]) == ("acme/patient-caller", "acme_leads.PatientCaller")
    assert told["fit"] == "10.00"
    assert told["gone"] == [
        ["2026-03-06T11:00:00+00:00", "mail", "first"],
        ["2026-03-09T11:00:00+00:00", "mail", "second"],
        ["2026-03-10T11:00:00+00:00", "call", None],
    ]
    assert told["planned"] == told["gone"][1:]
    assert (told["ended"], told["stage"]) == ("finished", "recycle")


def test_planner_that_is_not_installed_is_an_error_with_advice():
    """The document says where, and what to do."""
    with pytest.raises(leadqual.ModelError) as raised:
        leadqual.load_playbook(HERE / "acme" / "book.toml")
    found = {problem.where: problem for problem in raised.value.problems}
    assert found["sequences.patient.planner.kind"].what == "no such planner is installed"
    assert "Install the package that provides it" in found["sequences.patient.planner.kind"].hint
