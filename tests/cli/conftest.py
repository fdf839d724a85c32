"""A small playbook with files, and two ways to run the command line: in this process and in one of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from click.testing import CliRunner, Result

from leadqual.cli.app import cli

SOURCES = str(Path(__file__).resolve().parents[2] / "src")
NOW = "2026-03-01T12:00:00Z"
PLAYBOOK = """
schema = 1
name = "small"
version = "1"
attributes = { job_title = "text", employees = "integer" }
properties = { page = "text" }
[fit]
criteria = [{ name = "Boss", when = { field = "job_title", op = "eq", value = "CEO" }, points = 20 }]
gates = [{ reason = "competitor", when = { field = "email", op = "domain_in", value = ["rival.example"] } }]
grades = { A = 20, B = 0 }
[interest]
decay = { linear = 90 }
levels = { 1 = 10, 2 = 0 }
rules = [
  { event = "download", points = 4 },
  { name = "Pricing page", event = "page_view", points = 6, when = { field = "page", op = "eq", value = "/pricing" } },
]
[qualify.mql]
when = { field = "interest", op = "ge", value = 5 }
"""
LEADS = """lead_id,email,created_at,job_title,employees
L1,a@firm.example,2026-01-01T00:00:00Z,CEO,100
L2,b@firm.example,2026-01-01T00:00:00Z,Clerk,5
L3,c@rival.example,2026-01-01T00:00:00Z,CEO,
"""
EVENTS = """event_id,lead_id,kind,at,page
e1,L1,download,2026-02-01T10:00:00Z,
e2,L1,page_view,2026-02-20T10:00:00Z,/pricing
e2,L1,page_view,2026-02-20T10:00:00Z,/pricing
e3,L2,download,2026-02-20T10:00:00Z,
e4,L9,download,2026-02-20T10:00:00Z,
e5,L3,page_view,2026-02-20T10:00:00Z,/pricing
"""


@frozen
class Desk:
    """A folder with a playbook and a base."""

    folder: Path

    def put(self, name: str, text: str | bytes) -> Path:
        """Write a file and return its path."""
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    @property
    def playbook(self) -> str:
        """The playbook's path."""
        return str(self.folder / "playbook.toml")

    @property
    def files(self) -> list[str]:
        """The options that name the base and the instant."""
        return ["--leads", str(self.folder / "leads.csv"), "--events", str(self.folder / "events.csv"), "--now", NOW]

    def run(self, *args: str, **env: str) -> Result:
        """Run the command line in this process."""
        return CliRunner().invoke(cli, args, env=env, catch_exceptions=False)

    def scores(self, playbook: Path, *args: str) -> dict[str, Any]:
        """Score files through the command line and return the document it prints."""
        result = self.run("score", str(playbook), *args, "--json")
        assert result.exit_code == 0, result.stderr
        document: dict[str, Any] = json.loads(result.stdout)
        return document

    def spawn(self, *args: str, **env: str) -> subprocess.CompletedProcess[bytes]:
        """Run the command line as a program of its own."""
        command = [sys.executable, "-m", "leadqual.cli", *args]
        environment = os.environ | {"PYTHONPATH": SOURCES} | env
        return subprocess.run(command, capture_output=True, env=environment, check=False, timeout=120)


@pytest.fixture
def desk(tmp_path):
    """The small playbook with its base."""
    desk = Desk(tmp_path)
    desk.put("playbook.toml", PLAYBOOK)
    desk.put("leads.csv", LEADS)
    desk.put("events.csv", EVENTS)
    return desk
