"""A plugin of pytest that runs each mutant in a fork of one session: the tests are collected once, not 8,000 times.

``run.py`` beside this file loads it in mutmut's folder of mutants. The tests that call a mutant's function run one
after the other, the nearest first, until one fails; a mutant that loops or fills the memory is stopped.
What became of it is written where mutmut keeps it, so that ``mutmut show`` and ``mutmut results`` know it too.
"""

import gc
import json
import os
import resource
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import Phase, settings

WANTED: Final = "LEADQUAL_MUTANTS_LISTED"
"""Variable with the path of the list of mutants, one a line."""
_NO_TESTS: Final = 33
_MEMORY: Final = 4 << 30
_SLOW: Final = 1.0
_MOST: Final = 250
"""Tests that a mutant has to pass at most; some functions are called by thousands."""
_NAMED: Final = "__mutmut_"


def pytest_collection() -> None:
    """Look for no smaller example once a mutant is caught."""
    settings.register_profile("mutants", settings(), phases=[Phase.explicit, Phase.generate])
    settings.load_profile("mutants")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Run the mutants in place of the tests."""
    wanted = set(Path(os.environ[WANTED]).read_text(encoding="utf-8").split())
    stats = json.loads(Path("mutmut-stats.json").read_text(encoding="utf-8"))
    tests = _Tests({item.nodeid: item for item in session.items}, stats)
    gc.collect()
    gc.freeze()
    if _ended(session, "", tests.every()):
        raise pytest.UsageError("without any mutant a test fails already, when the tests run in this order")
    for path in sorted(Path("src").glob("**/*.meta")):
        known = json.loads(path.read_text(encoding="utf-8"))
        _run(session, tests, [name for name in known["exit_code_by_key"] if name in wanted], known)
        path.write_text(json.dumps(known, indent=4), encoding="utf-8")
    return True


class _Tests:
    """Which tests a mutant has to pass."""

    def __init__(self, items: dict[str, pytest.Item], stats: dict[str, Any]) -> None:
        self._items = items
        self._seconds: dict[str, float] = stats["duration_by_test"]
        self._callers: dict[str, list[str]] = stats["tests_by_mangled_function_name"]
        self._called = Counter(name for names in self._callers.values() for name in names)
        rows: Counter[str] = Counter()
        self._row: dict[str, int] = {}
        for name in items:
            test = name.partition("[")[0]
            self._row[name] = rows[test]
            rows[test] += 1

    def of(self, mutant: str) -> list[pytest.Item]:
        """Return tests that call the mutant's function: those of its module, its package and the others.

        Among these come first the first rows of all tests, then the second ones; and tests that call little else
        before those that call much. Slow ones are left out where there are others.
        """
        function = mutant.partition(_NAMED)[0]
        names = [name for name in self._callers.get(function, ()) if name in self._items]
        names = [name for name in names if self.seconds(name) < _SLOW] or names
        return self._ordered(names, function)[:_MOST]

    def every(self) -> list[pytest.Item]:
        """Return all tests that call any function."""
        return self._ordered([name for name in self._called if name in self._items], "leadqual.no.function")

    def _ordered(self, names: list[str], function: str) -> list[pytest.Item]:
        _, *package, module, _ = function.split(".")
        roots = ("tests/core/", "tests/")
        near = tuple(f"{root}{''.join(f'{part}/' for part in package)}" for root in roots)
        own = tuple(f"{folder}test_{module}.py" for folder in near)
        far = tuple(f"{root}{''.join(f'{part}/' for part in package[:1])}" for root in roots)

        def rank(name: str) -> tuple[bool, bool, bool, int, int, str]:
            place = (not name.startswith(own), not name.startswith(near), not name.startswith(far))
            return *place, self._row[name], self._called[name], name

        return [self._items[name] for name in sorted(names, key=rank)]

    def seconds(self, name: str) -> float:
        """Return how long a test takes."""
        return self._seconds.get(name, 0.0)


def _run(session: pytest.Session, tests: _Tests, mutants: list[str], known: dict[str, Any]) -> None:
    """Run mutants, two at a time, and write down how each ended."""
    running: dict[int, tuple[str, float]] = {}

    def wait() -> None:
        process, status = os.wait()
        mutant, began = running.pop(process)
        known["exit_code_by_key"][mutant] = os.waitstatus_to_exitcode(status)
        known["durations_by_key"][mutant] = time.monotonic() - began

    for mutant in mutants:
        items = tests.of(mutant)
        if not items:
            known["exit_code_by_key"][mutant] = _NO_TESTS
            continue
        while len(running) >= (os.cpu_count() or 1):
            wait()
        process = os.fork()
        if not process:
            _try(session, mutant, items, 3 + 6 * sum(tests.seconds(item.nodeid) for item in items))
        running[process] = mutant, time.monotonic()
    while running:
        wait()


def _ended(session: pytest.Session, mutant: str, items: list[pytest.Item]) -> int:
    """Run tests in a fork and return what it ended with."""
    process = os.fork()
    if not process:
        _try(session, mutant, items, 3_600)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def _try(session: pytest.Session, mutant: str, items: list[pytest.Item], seconds: float) -> None:
    """Run tests against a mutant and end the process: with 1 when one fails."""
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        os.environ["MUTANT_UNDER_TEST"] = mutant
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                break
        else:
            code = 0
    finally:
        os._exit(code)
