"""What ``import leadqual`` costs beside ``import attrs``: medians over fresh interpreters.

    python tests/benchmarks/bench_import.py [--quick]

The runs are interleaved, so that a busy moment of the machine falls on all of them alike. Ends with 1 when importing
leadqual takes more than 1.5 times what importing attrs takes.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

BOUND = 1.5
SOURCE = Path(__file__).resolve().parents[2] / "src"
ENVIRON = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
"""Without what would keep bytecode from being written, or trace imports."""
PROGRAMS = {
    "bare interpreter": "",
    "import attrs": "import attrs",
    "import leadqual": "import leadqual",
    "every public name": "import leadqual\nfor name in leadqual.__all__: getattr(leadqual, name)",
}


def once(code: str) -> float:
    """Return the milliseconds that a fresh interpreter takes to run code."""
    program = f"import sys; sys.path.insert(0, {str(SOURCE)!r})\n{code}"
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], env=ENVIRON, check=True)
    return (time.perf_counter() - start) * 1000


def main(*, rounds: int) -> int:
    """Measure, print, judge."""
    for code in PROGRAMS.values():
        once(code)  # writes the bytecode, fills the caches of the disk
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for _ in range(rounds):
        for name, code in PROGRAMS.items():
            times[name].append(once(code))
    medians = {name: statistics.median(values) for name, values in times.items()}
    bare, attrs = medians["bare interpreter"], medians["import attrs"]
    print(f"medians of {rounds} fresh interpreters, Python {sys.version.split()[0]}")
    print(f"{'':20}{'ms':>8}{'x attrs':>9}{'ms less bare':>14}{'x attrs less bare':>19}")
    for name, value in medians.items():
        less = value - bare
        print(f"{name:20}{value:8.1f}{value / attrs:9.2f}{less:14.1f}{less / (attrs - bare):19.2f}")
    ratio = medians["import leadqual"] / attrs
    net = (medians["import leadqual"] - bare) / (attrs - bare)
    print(f"import leadqual / import attrs: {ratio:.2f} (bound {BOUND}); less the bare interpreter: {net:.2f}")
    return int(ratio > BOUND)


if __name__ == "__main__":
    sys.exit(main(rounds=7 if "--quick" in sys.argv[1:] else 25))
