"""Compares one digest of all scores over Pythons, hash seeds, time zones and locales.

python .ci/matrix.py FOLDER [--all]   builds environments from the wheel in FOLDER/dist; nine runs in which every two
                                      settings meet, or all 81
python .ci/matrix.py --list           prints the Pythons that were found
"""

import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path

VERSIONS = ("3.11", "3.12", "3.13")
SEEDS = ("0", "1", "random")
ZONES = ("UTC", "America/New_York", "Australia/Lord_Howe")
LOCALES = ("C", "tr_TR.UTF-8", "de_DE.UTF-8")
STRICT = os.environ.get("LEADQUAL_CI") == "1"
SCRIPT = Path("tests/house/digest.py").resolve()
UV = str(Path(sys.executable).with_name("uv"))


def works(python: Path, version: str) -> bool:
    """Return whether a path is a Python of that version (a shim may stand for none)."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([python, "-c", code], capture_output=True, encoding="utf-8", check=False)
    return done.returncode == 0 and done.stdout.strip() == version


def find(version: str) -> Path | None:
    """Return a Python of that version: this one, one on the path, or one that pyenv or uv keeps."""
    base = Path(sys.base_prefix, "bin", f"python{version}")
    named = [base] if sys.version_info[:2] == tuple(map(int, version.split("."))) else []
    named += [Path(folder, f"python{version}") for folder in os.environ["PATH"].split(os.pathsep) if folder]
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    named += sorted(pyenv.glob(f"versions/{version}.*/bin/python{version}"), reverse=True)
    named += sorted(Path.home().glob(f".local/share/uv/python/cpython-{version}.*/bin/python{version}"), reverse=True)
    return next((path for path in named if path.exists() and works(path, version)), None)


def environment(folder: Path, version: str, python: Path) -> Path:
    """Build an environment that holds the wheel and what it depends on, nothing else."""
    target = folder / f"python-{version}"
    (wheel,) = folder.glob("dist/*.whl")
    subprocess.run([UV, "venv", "--quiet", "--clear", "--python", python, target], check=True)
    subprocess.run([UV, "pip", "install", "--quiet", "--python", target, wheel], check=True)
    return (target / "bin" / "python").absolute()


def locales(folder: Path) -> Path | None:
    """Make the locales of the matrix, where the system has their sources."""
    target = folder / "locale"
    target.mkdir(exist_ok=True)
    if shutil.which("localedef") is None:
        return None
    for name in LOCALES[1:]:
        language, _, charset = name.partition(".")
        # It ends with 1 when it only warns.
        subprocess.run(["localedef", "-i", language, "-f", charset, target / name], capture_output=True, check=False)
    return target.absolute()


def runs(versions: tuple[str, ...], *, everything: bool) -> list[tuple[str, ...]]:
    """Return the settings to try: all, or Taguchi's L9 in which every pair of settings occurs."""
    if everything:
        return list(itertools.product(versions, SEEDS, ZONES, LOCALES))
    square = [(a, b, (a + b) % 3, (a + 2 * b) % 3) for a in range(3) for b in range(3)]
    return [(versions[a % len(versions)], SEEDS[b], ZONES[c], LOCALES[d]) for a, b, c, d in square]


def main(arguments: list[str]) -> int:
    """Run the matrix."""
    found = {version: python for version in VERSIONS if (python := find(version))}
    if "--list" in arguments:
        for version, python in found.items():
            print(version, python)
        return 0
    folder = Path(arguments[0])
    code = 0
    for version in VERSIONS:
        print(f"Python {version}: {found.get(version, 'not found')}")
        if version not in found and shutil.which(f"python{version}") and STRICT:
            print(f"  python{version} is on the path, but does not run: CI has to use it")
            code = 1
    pythons = {version: environment(folder, version, python) for version, python in found.items()}
    made = locales(folder)
    digests = {}
    for setting in runs(tuple(pythons), everything="--all" in arguments):
        version, seed, zone, name = setting
        environ = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON"))}
        environ |= {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": name, "PYTHONWARNINGS": "error"}
        if made:
            environ["LOCPATH"] = str(made)
        done = subprocess.run(
            [pythons[version], SCRIPT], env=environ, cwd=folder, capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode:
            print(done.stderr)
            return 1
        digests[setting] = done.stdout.split()[0]
        print(*setting, done.stdout.strip())
    print(f"{len(digests)} runs, {len(set(digests.values()))} digest(s)")
    return code or len(set(digests.values())) != 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
