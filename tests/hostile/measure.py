"""What refusing a hostile document costs: each in a process of its own, the median of several times.

    python -m tests.hostile.measure [--times 5] [--only WORD]

The limits are 50 ms of processor time and 64 MB of memory. Exit code 1 when a document is over one of them.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from leadqual.errors import LeadqualError
from leadqual.playbook import loads
from leadqual.playbook.gate import Format
from tests.hostile.case import TOML, Case
from tests.hostile.cases import CASES

MOST_MS = 50.0
MOST_MB = 64.0
_PATIENCE = 60
_HIGH = 3 << 30


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _peak() -> int:
    """Return the largest resident size since `_reset`, in kB."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _reset() -> None:
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5")


def measured(case: Case) -> dict[str, object]:
    """Refuse a document once, here.

    Returns:
        Milliseconds, MB and what came out.
    """
    document = case.make()
    for _ in range(3):  # what is imported and compiled once is no cost of the document
        loads(TOML)
        _refusal("x = nan")
        _refusal("[x]")
    _reset()
    before, started = _peak(), time.process_time()
    came = _refusal(document, case.format)
    return {"ms": 1000 * (time.process_time() - started), "mb": (_peak() - before) / 1024, "came": came}


def _refusal(document: str | bytes, format_: Format | None = None) -> str:
    try:
        loads(document, format=format_)
    except LeadqualError as error:
        return type(error).__name__
    except (ArithmeticError, AttributeError, LookupError, MemoryError, RuntimeError, TypeError, ValueError) as error:
        return f"ESCAPED {type(error).__name__}"
    return "loaded"


def _in_a_child(case: Case) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.hostile.measure", "--child", case.name]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return {"ms": 1000.0 * _PATIENCE, "mb": 0.0, "came": "TIMEOUT"}
    if done.returncode:
        return {"ms": 0.0, "mb": _HIGH / 2**20, "came": f"DIED {done.returncode}"}
    return json.loads(done.stdout)


def main() -> int:
    """Measure and print a table; return 1 if a document that is refused is over a limit, or something escaped."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=5)
    options.add_argument("--only", default="", help="cases whose name holds this")
    options.add_argument("--child", default=None, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.child is not None:
        resource.setrlimit(resource.RLIMIT_AS, (_HIGH, _HIGH))
        _say(json.dumps(measured(next(case for case in CASES if case.name == given.child))))
        return 0
    over = 0
    _say(f"{'document':48} {'ms':>9} {'MB':>8}  what came out")
    cases = [case for case in CASES if given.only in case.name]
    for case in cases:
        runs = [_in_a_child(case) for _ in range(given.times)]
        ms, mb = (statistics.median(float(str(run[key])) for run in runs) for key in ("ms", "mb"))
        came = str(runs[0]["came"])
        dear = came != "loaded" and (ms > MOST_MS or mb > MOST_MB)
        bad = dear or came.startswith(("ESCAPED", "TIMEOUT", "DIED"))
        over += bad
        _say(f"{case.name[:48]:48} {ms:9.1f} {mb:8.1f}  {came}{'  <-- over' if bad else ''}")
    _say(f"{over} of {len(cases)} documents over {MOST_MS:.0f} ms or {MOST_MB:.0f} MB")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
