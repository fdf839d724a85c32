"""The command line as a program: exit codes, streams, pipes, and input that means harm."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from leadqual.cli import main

SOURCES = str(Path(__file__).resolve().parents[2] / "src")

HOSTILE = {
    "bomb.toml": b"a = " + b"[" * 100_000,
    "keys.toml": b"a" + b".a" * 20_000 + b" = 1",
    "nul.toml": b'schema = 1\nname = "a\x00b"\n',
    "latin.toml": b'schema = 1\nname = "\xff\xfe"\n',
    "digits.toml": b"schema = 1" + b"0" * 5000,
    "binary.toml": bytes(range(256)) * 10,
    "empty.toml": b"",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("command", ["check", "score", "explain", "describe", "diff", "--against"])
def test_program_refuses_hostile_playbooks_without_a_traceback(desk, name, command):
    """Whatever stands in the document, the answer is a message and 1."""
    path = desk.put(name, HOSTILE[name])
    lead = ["--lead", "L1", *desk.files]
    args = {
        "score": ["score", str(path), *desk.files],
        "explain": ["explain", str(path), *lead],
        "diff": ["diff", desk.playbook, str(path)],
        "--against": ["explain", desk.playbook, *lead, "--against", str(path)],
    }.get(command, [command, str(path)])
    result = desk.run(*args)
    assert result.exit_code == 1
    assert result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 100,
        b"\xff\xfe\x00",
        b"lead_id\n" + b'"' * 1001,
        b"PK\x03\x04rest",
        b"lead_id,lead_id\n1,2\n",
        b"nothing,here\n1,2\n",
        b"\x1f\x8bbroken",
        b"lead_id\n\xff\xff\n",
    ],
)
@pytest.mark.parametrize("command", ["score", "init", "check"])
def test_program_refuses_hostile_leads_without_a_traceback(desk, content, command):
    """Whatever the file holds, the answer is a message and 1, and nothing is written."""
    path = desk.put("bad.csv", content)
    target = desk.folder / "new.toml"
    args = {"score": [desk.playbook], "init": [str(target)], "check": [desk.playbook]}[command]
    result = desk.run(command, *args, "--leads", str(path), "--now", "2026-03-01T12:00:00Z")
    assert result.exit_code == 1 or (command == "init" and content == b"lead_id\n\xff\xff\n" and result.exit_code == 0)
    assert "Traceback" not in result.stdout + result.stderr
    assert result.exit_code == 0 or not target.exists()


def test_program_runs_as_a_module(desk):
    """Results are on stdout, nothing on stderr, exit code 0."""
    done = desk.spawn("score", desk.playbook, *desk.files)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"L1" in done.stdout


def test_program_gives_the_same_bytes_in_every_process(desk):
    """Neither hash seed, zone, locale nor terminal settings change a byte."""
    runs = [
        desk.spawn("explain", desk.playbook, "--lead", "L1", *desk.files, PYTHONHASHSEED=seed, TZ=zone, LC_ALL=locale)
        for seed, zone, locale in (
            ("0", "UTC", "C.UTF-8"),
            ("1", "America/Lima", "C.UTF-8"),
            ("2", "Asia/Tokyo", "C.UTF-8"),
        )
    ]
    assert len({run.stdout for run in runs}) == 1
    assert runs[0].returncode == 0


def test_program_speaks_ascii_where_the_locale_asks_for_it(desk):
    """A terminal without Unicode gets codes instead of a crash."""
    desk.put("leads.csv", "lead_id\nñandú\n")
    done = desk.spawn("score", desk.playbook, *desk.files, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert json.loads(desk.spawn("score", desk.playbook, *desk.files, "--json", PYTHONIOENCODING="ascii").stdout)


@pytest.mark.parametrize("env", [{}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, {"TERM": "dumb"}])
def test_program_colours_nothing_in_a_pipe_or_without_colour(desk, env):
    """NO_COLOR is honoured and a pipe gets plain text."""
    done = desk.spawn("explain", desk.playbook, "--lead", "L1", *desk.files, **env)
    assert b"\x1b[3" not in done.stdout


def test_program_says_that_the_disk_is_full(desk):
    """An output that cannot be written is a message and 1."""
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "leadqual.cli", "score", desk.playbook, *desk.files]
        environment = os.environ | {"PYTHONPATH": SOURCES}
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment, check=False)
    assert done.returncode == 1
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_program_says_how_to_install_what_is_missing(desk, tmp_path):
    """Without click and rich it prints the line to type and ends with 2."""
    script = (
        "import sys, importlib.abc\n"
        "class Hide(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name in ('click', 'rich'):\n"
        "            raise ModuleNotFoundError(name, name=name)\n"
        "sys.meta_path.insert(0, Hide())\n"
        "from leadqual.cli import main\n"
        "main()\n"
    )
    environment = os.environ | {"PYTHONPATH": SOURCES}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=environment, check=False)
    assert done.returncode == 2
    assert b"pip install 'leadqual[cli]'" in done.stderr
    assert b"Traceback" not in done.stderr


COMMANDS = (
    "demo", "init", "check", "describe", "score", "explain", "history", "plan", "run", "tick", "effects", "diff", "sql",
    "schema",
)  # fmt: skip


def test_program_lists_only_commands_that_work(desk):
    """The help names the commands, in the order in which one meets them, and the exit codes."""
    out = desk.run("--help").stdout
    listed = [line.split()[0] for line in out.partition("Commands:\n")[2].splitlines()]
    assert listed == list(COMMANDS)
    assert "Exit codes: 0 done" in out


@pytest.mark.parametrize("command", COMMANDS)
def test_program_explains_each_command(desk, command):
    """Each command has a help with its options."""
    result = desk.run(command, "--help")
    assert result.exit_code == 0
    assert "--" in result.stdout


def test_main_is_the_entry_point(monkeypatch, capsys):
    """The function that the installed script calls ends with SystemExit."""
    monkeypatch.setattr(sys, "argv", ["leadqual", "--version"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert "leadqual" in capsys.readouterr().out
