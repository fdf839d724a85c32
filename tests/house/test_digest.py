"""The digest of all scores, on the interpreter at hand; `.ci/matrix.py` compares it over all of them."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _digest(**environ: str) -> str:
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    command = [sys.executable, str(ROOT / "tests" / "house" / "digest.py")]
    env = os.environ | {"PYTHONPATH": path} | environ
    return subprocess.run(command, env=env, capture_output=True, encoding="utf-8", check=True).stdout.split()[0]


def test_scores_do_not_depend_on_hash_seed_zone_or_locale():
    """The same base scores to the same bytes, whatever the interpreter was started with."""
    first = _digest(PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C")
    second = _digest(PYTHONHASHSEED="1", TZ="Australia/Lord_Howe", LC_ALL="tr_TR.UTF-8")
    assert len(first) == 64
    assert first == second
