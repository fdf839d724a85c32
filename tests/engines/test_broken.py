"""The conformance set notices plans that are wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.engines.broken.breakages import BREAKAGES, ROOT, plant
from tests.engines.broken.check import DIFFERS, EQUAL, main


@pytest.mark.parametrize("breakage", BREAKAGES, ids=lambda breakage: breakage.name)
def test_set_notices_a_broken_plan(breakage, duckdb_engine, tmp_path):
    """A plan that can be run and is wrong gives other scores in the case that is made for it."""
    source = tmp_path / "src"
    shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
    plant(breakage, source)
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(source), str(ROOT)]), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "tests.engines.broken.check", breakage.case]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == DIFFERS, done.stdout + done.stderr


def test_sound_plan_is_not_noticed(duckdb_engine):
    """The cases by which broken plans are noticed say nothing of the plan that we have."""
    assert main([breakage.case for breakage in BREAKAGES]) == EQUAL
