"""What all tests share: how many examples Hypothesis draws, what counts as covered, what to do where a thing is absent.

Three variables of the environment steer a run:

- ``HYPOTHESIS_PROFILE``: ``dev`` (the default) and ``ci`` (the default when ``CI`` is set) draw the same 100 examples
  every time, ``wide`` draws 500 and ``nightly`` 3,000 new ones; ``quick`` (20) is for runs over many mutants.
- ``LEADQUAL_CI=1`` (set by ``.ci/run``): a test whose server, engine, interpreter or data is absent fails instead of
  being skipped, so that a green run has run everything.
- ``LEADQUAL_SHARED``: the folder that holds ``data/`` with the real data sets; by default ``../shared``.
"""

import os
import sys
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, is_hypothesis_test, settings

ROOT = Path(__file__).resolve().parents[1]

# Scripts, not tests: run by hand or by `.ci/run`.
collect_ignore = ["benchmarks", "fuzz", "planted"]

# A deadline on one example would make a busy machine look like a bug, and so would a slow draw.
settings.register_profile("dev", max_examples=100, deadline=None, derandomize=True, database=None)
settings.register_profile(
    "ci",
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.target, Phase.shrink],  # no explaining: it takes minutes
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
for name, most in (("wide", 500), ("nightly", 3_000)):
    settings.register_profile(
        name,
        max_examples=most,
        deadline=None,
        derandomize=False,  # new examples every night; with CI set, Hypothesis would repeat the same ones
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.register_profile("quick", max_examples=20, deadline=None, derandomize=True, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))

UNTRACED = tuple(
    ROOT / "tests" / name
    for name in (
        "engines/test_broken.py",
        "engines/test_conformance.py",
        "engines/test_random.py",
        "hostile",
        "house/test_examples.py",
        "nurture",
        "playbook/test_fingerprint.py",
        "properties",
        "real",
        "service/faults",
        "stateful",
        "testing/test_strategies.py",
    )
)
"""Folders and files whose tests look for what nobody has thought of, or run whole bases and pages."""


def _is_untraced(item: pytest.Item) -> bool:
    drawn = isinstance(item, pytest.Function) and is_hypothesis_test(item.obj)
    return drawn or any(item.path.is_relative_to(path) for path in UNTRACED)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let a search run untraced: as covered counts what an example was written for, not what chance has met.

    Until Python 3.14, a search takes up to three times as long when it is traced.
    """
    tracer = sys.gettrace()
    if not type(tracer).__module__.startswith("coverage") or not _is_untraced(item):
        return (yield)
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)


Need = Callable[[object, str], None]


def _need(condition: object, reason: str) -> None:
    if condition:
        return
    if os.environ.get("LEADQUAL_CI") == "1":
        pytest.fail(f"CI runs everything, but {reason}", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def need() -> Need:
    """Return the function to call instead of ``pytest.skip``: ``need(found, "there is no DuckDB")``.

    It does nothing when its first argument is true; otherwise it skips the test, or fails it under ``LEADQUAL_CI=1``.
    """
    return _need


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the project's root folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of the real data sets; without them, a test that asks for it is skipped (in CI, it fails)."""
    folder = Path(os.environ.get("LEADQUAL_SHARED") or ROOT.parent / "shared") / "data"
    _need(folder.is_dir(), "the folder of real data sets is absent; name its parent in LEADQUAL_SHARED")
    return folder
