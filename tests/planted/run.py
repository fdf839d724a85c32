"""Twelve bugs that scoring engines are known for, planted one at a time: is each of them caught by some test?

    python tests/planted/run.py [part of a name …]

Each bug is an exact snippet of the source with its replacement. The tree is copied to a temporary folder, the snippet
replaced there, and a quick selection of tests is run against the copy. A bug is caught when tests fail; a copy that
cannot even be imported does not count. The copy without a bug must pass. Ends with 1 unless all of this holds, also when
a snippet is no longer found: then this list has to follow the source.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SELECTION = ("tests/core", "tests/properties/test_order.py", "tests/properties/test_parity.py")
COPIED = ("src", "tests", "pyproject.toml")
_PASSED, _FAILED = 0, 1
"""What pytest ends with; anything else is neither."""


class Bug(NamedTuple):
    """A bug, and where it is planted.

    Attributes:
        name: What people call it.
        plants: File under ``src/leadqual``, the snippet, and what is written in its place.
    """

    name: str
    plants: tuple[tuple[str, str, str], ...]


BUGS = (
    Bug(
        "running clamp",
        (
            (
                "interest/measure.py",
                "        if slot.group is None:\n            total += grains\n",
                "        if slot.group is None:\n            total = clamp(total + grains, plan.low, plan.high)\n",
            ),
        ),
    ),
    Bug(
        "cap before decay",
        (
            (
                "interest/measure.py",
                "    return rule.points * sum(number * factor(rule, today - day) for day, number in events)\n",
                "    high = rule.high // MILLIONTHS\n"
                "    return sum(min(number * rule.points, high) * factor(rule, today - day) for day, number in events)\n",
            ),
        ),
    ),
    Bug(
        "float sum",
        (
            (
                "interest/plan.py",
                "        weight = rule.points * factor(rule, age)\n",
                "        weight = rule.points / 100 * (factor(rule, age) / 1e6) * 1e8\n",
            ),
            (
                "interest/measure.py",
                "Subtotals(half_up(total, MILLIONTHS)",
                "Subtotals(half_up(int(total), MILLIONTHS)",
            ),
        ),
    ),
    Bug(
        "weights oldest first",
        (("interest/measure.py", "for day in sorted(days, reverse=True):", "for day in sorted(days):"),),
    ),
    Bug(
        "`<` for `<=` at the end of a window",
        (("interest/decay.py", "[MILLIONTHS] * (int(curve.days) + 1)", "[MILLIONTHS] * int(curve.days)"),),
    ),
    Bug(
        "dedupe by content",
        (
            (
                "interest/dedupe.py",
                "        known = first.setdefault(key, event)\n",
                "        known = first.setdefault(content(event), event)\n",
            ),
        ),
    ),
    Bug(
        "future events counted",
        (("scoring/model.py", "for event in once if event.at <= now and (", "for event in once if ("),),
    ),
    Bug("gate ignored", (("scoring/model.py", "if profile.gates or not plans.bars:", "if not plans.bars:"),)),
    Bug(
        "missing read as zero",
        (
            (
                "conditions/bind.py",
                "        value = row.get(name)\n        if value is None:\n            return if_missing\n",
                "        value = row.get(name)\n        if value is None:\n"
                '            return test(0) if read in (READERS["integer"], READERS["number"]) else if_missing\n',
            ),
        ),
    ),
    Bug(
        "ASCII folding dropped",
        (("fold.py", "return text.lower() if text.isascii() else text.translate(_ASCII_FOLD)", "return text"),),
    ),
    Bug(
        "per bucket off by a day",
        (("interest/measure.py", "bucket = (day + 3) // length", "bucket = (day + 4) // length"),),
    ),
    Bug("our own acts counted as interactions", (("interest/state.py", "if acted and own:", "if acted:"),)),
)
NO_BUG = Bug("no bug", ())


def plant(bug: Bug, tree: Path) -> None:
    """Put a bug into a copy of the tree.

    Args:
        bug: The bug.
        tree: Where the copy is.

    Raises:
        LookupError: If a snippet is not in its file exactly once.
    """
    for file, old, new in bug.plants:
        path = tree / "src" / "leadqual" / file
        text = path.read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise LookupError(
                f"the snippet of `{bug.name}` is {text.count(old)} times in {file}; look for what it became"
            )
        path.write_text(text.replace(old, new), encoding="utf-8")


def tried(bug: Bug) -> tuple[bool, str]:
    """Return whether a bug is caught (or, without a bug, whether all tests pass), and by which test."""
    with tempfile.TemporaryDirectory(prefix="planted-") as folder:
        tree = Path(folder)
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
            else:
                shutil.copy(ROOT / name, tree / name)
        try:
            plant(bug, tree)
        except LookupError as error:
            return False, str(error.args[0])
        own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_", "PYTEST"))}
        own |= {"PYTHONPATH": str(tree / "src"), "HYPOTHESIS_PROFILE": "quick", "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *SELECTION]
        run = subprocess.run(command, cwd=tree, env=own, capture_output=True, text=True, check=False)
    if bug is NO_BUG:
        return run.returncode == _PASSED, "" if run.returncode == _PASSED else run.stdout[-2000:]
    failed = re.search(r"^FAILED \S+?::([\w]+)", run.stdout, re.MULTILINE)
    if run.returncode == _FAILED and failed:
        return True, failed[1]
    return False, "" if run.returncode == _PASSED else f"pytest ended with {run.returncode}\n{run.stdout[-2000:]}"


def main(names: list[str]) -> int:
    """Plant the bugs whose name holds one of the names (all by default), and print what caught them."""
    began = time.monotonic()
    bugs = [bug for bug in BUGS if not names or any(name in bug.name for name in names)]
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(tried, [NO_BUG, *bugs]))
    sound, *caught = (ok for ok, _ in results)
    for bug, (ok, by) in zip([NO_BUG, *bugs], results, strict=True):
        word = ("passes" if ok else "FAILS") if bug is NO_BUG else ("caught" if ok else "NOT CAUGHT")
        print(f"{word:<10}  {bug.name}" + (f": {by}" if by else ""))
    print(f"{sum(caught)} of {len(bugs)} planted bugs caught, in {time.monotonic() - began:.0f} s")
    return 0 if sound and all(caught) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
