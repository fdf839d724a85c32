"""The command line and its streams: progress on a terminal, a closed pipe, Ctrl-C."""

import os
import signal
import subprocess
import sys
from pathlib import Path

SOURCES = str(Path(__file__).resolve().parents[2] / "src")
# A job in the background is started with Ctrl-C ignored; the program here is one that a person watches.
WATCHED = (
    "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "runpy.run_module('leadqual.cli', run_name='__main__', alter_sys=True)"
)


def test_program_shows_progress_on_a_terminal_only(desk):
    """Long work draws a bar on stderr when that is a terminal; results stay clean."""
    lines = "".join(f"L{i:05},{'x' * 1500}\n" for i in range(3000))
    leads = desk.put("many.csv", f"lead_id,note\n{lines}")
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "leadqual.cli", "score", desk.playbook, "--leads", str(leads), *desk.files[4:]]
    environment = os.environ | {"PYTHONPATH": SOURCES, "TERM": "xterm"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b"".join(iter(lambda: _piece(ours), b""))
        out = process.stdout.read()
    os.close(ours)
    assert process.returncode == 0
    assert b"Reading" in shown
    assert b"Scoring" in shown
    assert b"Reading" not in out
    quiet = desk.spawn("score", desk.playbook, "--leads", str(leads), *desk.files[4:])
    assert (quiet.stdout, quiet.stderr) == (out, b"")


def _piece(terminal):
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""


def test_program_ends_quietly_when_nobody_reads_any_more(desk):
    """`leadqual … | head -1` prints no error."""
    lines = "".join(f"L{i:05}\n" for i in range(5000))
    desk.put("many.csv", f"lead_id\n{lines}")
    command = [sys.executable, "-m", "leadqual.cli", "score", desk.playbook, "--leads", str(desk.folder / "many.csv")]
    environment = os.environ | {"PYTHONPATH": SOURCES}
    with subprocess.Popen(
        [*command, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 141


def test_program_ends_with_130_when_interrupted(desk):
    """Ctrl-C while it works gives one sentence, no traceback, and no file."""
    lines = "".join(f"L{i:06},note\n" for i in range(400_000))
    leads = desk.put("many.csv", f"lead_id,note\n{lines}")
    target = desk.folder / "scores.csv"
    ours, theirs = os.openpty()
    command = [sys.executable, "-c", WATCHED, "score", desk.playbook, "--leads", str(leads), "-o", str(target)]
    environment = os.environ | {"PYTHONPATH": SOURCES, "TERM": "xterm"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        while b"Reading" not in shown and (piece := _piece(ours)):
            shown += piece
        process.send_signal(signal.SIGINT)
        shown += b"".join(iter(lambda: _piece(ours), b""))
        out = process.stdout.read()
    os.close(ours)
    assert process.returncode == 130
    assert b"leadqual: stopped; nothing was finished." in shown
    assert b"Traceback" not in shown
    assert out == b""
    assert not target.exists()
