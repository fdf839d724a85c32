"""How much is done: a little on every run of the tests, all of it when the long checks run."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

FULL: Final = os.environ.get("LEADQUAL_FAULTS") == "full"
"""Whether the long checks run: ``bash .ci/run --deep store``."""
_ROOT: Final = Path(__file__).resolve().parents[3]


def of(few: int, all: int) -> int:
    """Return how many there are to be."""
    return all if FULL else few


def ran(script: str, **arguments: object) -> Any:
    """Run a script of this folder and return what it prints, as JSON."""
    given = [part for name, value in arguments.items() for part in (f"--{name.replace('_', '-')}", f"{value}")]
    command = [sys.executable, "-m", f"tests.service.faults.{script}", *given]
    env = os.environ | {"PYTHONPATH": os.pathsep.join([f"{_ROOT / 'src'}", f"{_ROOT}"])}
    done = subprocess.run(command, cwd=_ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def say(what: str, figures: object) -> None:
    """Print figures where the long checks run."""
    if FULL:
        sys.stdout.write(f"\n{what}: {figures}\n")
