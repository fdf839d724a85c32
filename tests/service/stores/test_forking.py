"""A store that was opened before a fork works on in the parent and in its children."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "scripts" / "forked.py"


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_store_may_be_used_on_after_a_fork(kind, new_url):
    """Each process works with connections of its own, all at once; nothing is lost or damaged."""
    url = new_url()
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, SCRIPT, url], capture_output=True, text=True, check=False, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"children": [0, 0, 0], "rows": 4 * 50 + 1}
    if kind == "sqlite":
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
