"""What the repository holds, and what it must not."""

import re
import subprocess
import tomllib

import pytest

from tests.house.source import ROOT

QUICK_START = (
    "python3 -m venv .venv && .venv/bin/pip install --quiet uv && .venv/bin/uv run --extra cli leadqual demo",
    ".venv/bin/uv run --group test pytest",
)
HOME = re.compile(r"(?:^|[^A-Za-z0-9_.])/(?:work|farm|root|home/[a-z]+|Users/[A-Za-z]+)/")
INDEX = re.compile(
    r'(?:^(?:source|index|registry).*https?://)|(?:url = "https?://[^"]*\.(?:whl|tar\.gz)")', re.MULTILINE
)


def _tracked() -> list[str]:
    """Return the files that git tracks or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def texts(need) -> dict[str, str]:
    """Return the text files of the repository by name."""
    need((ROOT / ".git").exists(), "this is no git repository")
    found = {}
    for name in _tracked():
        content = (ROOT / name).read_bytes()
        if b"\0" not in content:
            found[name] = content.decode("utf-8")
    return found


def test_repository_names_no_machine(texts):
    """No file holds a path that exists on one machine only, nor binds users to one package index."""
    wrong = [name for name, text in texts.items() if HOME.search(text) or INDEX.search(text)]
    assert not wrong


def test_repository_holds_no_lock_file_and_nothing_generated(texts):
    """Users choose their own index and versions; caches and builds stay out."""
    assert not [name for name in texts if name.endswith((".lock", ".pyc")) or "/__pycache__/" in name]


def test_text_files_end_with_one_newline_and_use_unix_line_ends(texts):
    """Diffs stay small, on every system."""
    ours = {name: text for name, text in texts.items() if name.endswith((".py", ".toml", ".md", ".sh")) and text}
    assert not [
        name for name, text in ours.items() if not text.endswith("\n") or text.endswith("\n\n") or "\r\n" in text
    ]


def test_changelog_says_what_changed():
    """The changelog has a part for what is coming or for the version at hand."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert re.search(rf"^## (?:\[?Unreleased\]?|\[?{re.escape(version)}\]?)", text, re.MULTILINE)


@pytest.mark.parametrize("command", QUICK_START)
def test_quick_start_of_the_readme_is_what_ci_runs(command):
    """The two commands of the README are run by CI exactly as a reader would."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert command in [line.strip().removeprefix("$ ") for line in readme]
    assert command in script


def test_project_depends_on_attrs_and_dateutil_only():
    """Everything else is an extra, and every extra is part of `all`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [re.split(r"[<>=!~ ]", line)[0] for line in project["dependencies"]] == ["attrs", "python-dateutil"]
    extras = project["optional-dependencies"]
    assert extras["all"] == [f"leadqual[{','.join(sorted(set(extras) - {'all'}))}]"]


def test_test_group_holds_what_the_extras_need():
    """The second command of the README brings every extra, so that no test of one is skipped."""
    document = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    group = {_package(line) for line in document["dependency-groups"]["test"] if isinstance(line, str)}
    extras = document["project"]["optional-dependencies"]
    assert not [
        line for name, lines in extras.items() if name != "all" for line in lines if _package(line) not in group
    ]


def _package(requirement):
    """Return the name in a requirement; the tests may need a newer version than users do."""
    return requirement.partition(">=")[0].partition("[")[0]
