"""What ``import leadqual`` costs and brings."""

import json
import subprocess
import sys

import pytest

from tests.house.source import ROOT

HEAVY = (
    *(
        "click",
        "rich",
        "pyarrow",
        "numpy",
        "pandas",
        "polars",
        "duckdb",
        "sqlglot",
        "sqlalchemy",
        "sklearn",
        "hypothesis",
    ),
    *(
        "dateutil",
        "six",
        "zoneinfo",
        "decimal",
        "fractions",
        "sqlite3",
        "csv",
        "json",
        "tomllib",
        "gzip",
        "unicodedata",
    ),
    *("asyncio", "socket", "subprocess", "multiprocessing", "concurrent", "logging", "random", "secrets", "pickle"),
)
BEYOND_CORE = ("click", "rich", "pyarrow", "numpy", "pandas", "polars", "duckdb", "sqlglot", "sqlalchemy", "hypothesis")


def _loaded(code: str) -> set[str]:
    """Run code in a fresh interpreter and return the top names of the modules loaded after it."""
    path = f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r})"
    program = f"{path}\n{code}\nnames = sorted(sys.modules)\nimport json; print(json.dumps(names))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    return {name.partition(".")[0] for name in json.loads(done.stdout)}


def _brought(code: str) -> set[str]:
    return _loaded(code) - _loaded("import attrs")


def test_import_brings_nothing_heavy():
    """``import leadqual`` in a fresh interpreter loads no dateutil, no engine, no extra, and little of the library."""
    assert not _brought("import leadqual") & set(HEAVY)


def test_import_prints_nothing_and_warns_of_nothing():
    """A library stays silent, with all warnings turned into errors."""
    program = f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); import leadqual"
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_public_names_load_no_extra():
    """Every name of the top level can be touched where only attrs and dateutil are installed."""
    code = "import leadqual\nfor name in leadqual.__all__: getattr(leadqual, name)"
    assert not _brought(code) & set(BEYOND_CORE)


@pytest.mark.parametrize("part", ["files", "playbook", "scoring", "testing"])
def test_parts_load_no_extra(part):
    """A part that has an optional engine does not load it when it is imported."""
    assert not _brought(f"import leadqual.{part}") & set(BEYOND_CORE)
