"""Mutants: small changes that make the source wrong, one at a time. How many does some test notice?

    python tests/mutation/run.py [--sample N] [--seed N] [PATTERN …]

mutmut makes the mutants of the files that ``[tool.mutmut]`` in pyproject.toml names, in a copy of the project, and
finds out which tests call which function; ``forks.py`` then runs them much faster than mutmut does by itself. Printed
are the mutants that live, by function, and the rate of each package: what was caught (a failed test, a loop, a full
memory) of all; a mutant that no test calls lives. With patterns such as ``leadqual.fit.*`` only those mutants are run,
and each that lives is shown with what it changes. With a sample, so many are drawn, and the rate has its 95 % interval.

Ends with 1 when less than 85 % of the mutants of a package are caught, or of all together. Of a mutant that lives, look
whether it says something else: then write the test; many only say the same in other words.
"""

import argparse
import difflib
import fnmatch
import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
COPIED: Final = ("src", "tests", "docs", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE")
LEAST: Final = 0.85
FIRST: Final = "leadqual.points.x_clamp__mutmut_1"
"""Any mutant: mutmut is asked to run one, and then has made them all."""
ALIVE: Final = (0, 5, 33)
"""What mutmut notes of a mutant whose tests pass, and of one that has none."""
NAMED: Final = "__mutmut_"
Ends = dict[str, int | None]
"""How each mutant ended, by its name; ``None`` for one that was not run."""


def copied(folder: Path) -> None:
    """Copy what mutmut and the tests need."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copy(ROOT / name, folder / name)


def called(command: list[str], folder: Path, **more: str) -> None:
    """Run a command quietly; end with what it said if it fails.

    Raises:
        SystemExit: If it fails.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_", "PYTEST"))}
    own |= {"LEADQUAL_CI": "0", "HYPOTHESIS_PROFILE": "quick", "PYTHONPATH": "src", **more}
    done = subprocess.run(command, cwd=folder, env=own, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{(done.stdout + done.stderr)[-4000:]}")


def ends(folder: Path) -> Ends:
    """Return how each mutant ended."""
    found: Ends = {}
    for path in sorted(folder.glob("src/**/*.meta")):
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def package(mutant: str) -> str:
    """Return the package of a mutant, or its module at the top.

    >>> package("leadqual.fit.items.x_named__mutmut_1")
    'fit'
    """
    return mutant.split(".")[1]


def interval(caught: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of a rate that was measured on a sample (Wilson).

    >>> [round(end, 3) for end in interval(90, 100)]
    [0.826, 0.945]
    """
    z = 1.96
    middle = (caught + z * z / 2) / (of + z * z)
    half = z / (of + z * z) * math.sqrt(caught * (of - caught) / of + z * z / 4)
    return middle - half, middle + half


def changed(folder: Path, mutant: str) -> Iterator[str]:
    """Yield the lines that a mutant takes out and puts in."""
    module, _, name = mutant.rpartition(".")
    path = folder.joinpath("src", *module.split(".")).with_suffix(".py")
    path = path if path.exists() else path.with_suffix("") / "__init__.py"
    lines = path.read_text(encoding="utf-8").splitlines()
    spans = json.loads(Path(f"{path}.spans").read_text(encoding="utf-8"))["spans"]
    before, after = (spans[f"{name.partition(NAMED)[0]}{NAMED}orig"], spans[name])
    told = difflib.unified_diff(lines[before[0] - 1 : before[1]], lines[after[0] - 1 : after[1]], n=0, lineterm="")
    yield from (line for line in told if line[:2] not in ("--", "++", "@@") and NAMED not in line)


def report(folder: Path, ended: Ends, *, sampled: bool, shown: bool) -> bool:
    """Print which mutants live and the rate of each package.

    Args:
        folder: Mutmut's folder of mutants.
        ended: The mutants that were run.
        sampled: Whether they are a sample.
        shown: Whether to show what the living ones change.

    Returns:
        Whether all together and every package have the rate they need; of a sample, a package may have it.
    """
    living: dict[str, list[str]] = defaultdict(list)
    for mutant, code in ended.items():
        if code in ALIVE:
            living[mutant.partition(NAMED)[0]].append(mutant)
    for function, mutants in living.items():
        numbers = " ".join(mutant.partition(NAMED)[2] for mutant in mutants)
        print(f"{function}: {numbers}")
        for mutant in mutants if shown else ():
            print(f"  {mutant.partition(NAMED)[2]}", *changed(folder, mutant), sep="\n    ")
    of: dict[str, list[bool]] = defaultdict(list)
    for mutant, code in ended.items():
        of[package(mutant)].append(code not in ALIVE)
        of["all"].append(code not in ALIVE)
    of["all"] = of.pop("all")
    enough = True
    for name, caught in of.items():
        rate = sum(caught) / len(caught)
        low, high = interval(sum(caught), len(caught))
        spread = f"  (95 %: {low:.1%} to {high:.1%})" if sampled else ""
        print(f"{name:<12} {sum(caught):>6} of {len(caught):>6} caught {rate:>7.1%}{spread}")
        enough = enough and (high if sampled and name != "all" else rate) >= LEAST
    return enough


def main() -> int:
    """Make the mutants, run them, print the rates."""
    parser = argparse.ArgumentParser(description="Runs mutants of the source; see the head of this file.")
    parser.add_argument("patterns", nargs="*", metavar="PATTERN", help="names of mutants, such as leadqual.fit.*")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="draw N mutants; all by default")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the draw (1)")
    given = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        folder = Path(name)
        copied(folder)
        called([sys.executable, "-m", "mutmut", "run", "--max-children", "2", FIRST], folder)
        mutants = folder / "mutants"
        wanted = [
            mutant
            for mutant in ends(mutants)
            if not given.patterns or any(fnmatch.fnmatchcase(mutant, pattern) for pattern in given.patterns)
        ]
        made = len(wanted)
        sampled = 0 < given.sample < made
        if sampled:
            wanted = random.Random(given.seed).sample(sorted(wanted), given.sample)
        print(f"{made:,} mutants" + (f", {len(wanted):,} of them drawn with seed {given.seed}" if sampled else ""))
        listed = folder / "wanted.txt"
        listed.write_text("\n".join(wanted), encoding="utf-8")
        config = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
        selection = config["pytest_add_cli_args_test_selection"]
        options = [
            *config["pytest_add_cli_args"],
            "-q",
            "-s",
            "--tb=native",
            "--rootdir=.",
            f"--basetemp={folder / 'tmp'}",
        ]
        called(
            [sys.executable, "-m", "pytest", "-p", "tests.mutation.forks", *options, *selection],
            mutants,
            LEADQUAL_MUTANTS_LISTED=str(listed),
        )
        chosen = set(wanted)
        ended = {mutant: code for mutant, code in ends(mutants).items() if mutant in chosen}
        enough = report(mutants, ended, sampled=sampled, shown=bool(given.patterns))
    print(f"{time.monotonic() - began:.0f} s" + ("" if enough else f"; at least {LEAST:.0%} have to be caught"))
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
