"""Small playbooks, each with exactly its findings.

The head of each says what it shows, then one line ``# expect: code where`` for each finding, in their order. A playbook
without such a line is a near miss: nothing is to be found in it.
"""

from collections import Counter
from pathlib import Path

import pytest

from leadqual.playbook import load_playbook
from leadqual.playbook.lint import CODES, lint

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.toml"))
PRESETS = sorted((Path(__file__).parents[3] / "src" / "leadqual" / "presets").glob("*.toml"))
MARK = "# expect: "
SAID = Path(__file__).parent / "findings.txt"
"""Every finding of the corpus in full, as people read it."""


def expected(path):
    """Return the findings that the head of a playbook names."""
    return [line.removeprefix(MARK) for line in path.read_text(encoding="utf-8").splitlines() if line.startswith(MARK)]


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_playbook_of_the_corpus_has_exactly_its_findings(path):
    """Every finding that the head names is found, in that order, and nothing else."""
    assert [f"{found.code} {found.where}" for found in lint(load_playbook(path))] == expected(path)


def test_corpus_is_large_and_shows_every_code_twice():
    """At least 40 playbooks, every code found in two places, and near misses that are clean."""
    codes = Counter(line.partition(" ")[0] for path in CORPUS for line in expected(path))
    assert len(CORPUS) >= 40
    assert not [code for code in CODES if codes[code] < 2]
    assert len([path for path in CORPUS if path.stem.startswith("clean") and not expected(path)]) >= 20


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_ready_made_playbooks_are_clean(path):
    """What `init` writes has nothing to warn of."""
    assert not [str(found) for found in lint(load_playbook(path)) if found.severity == "warning"]


def test_findings_of_the_corpus_say_what_is_written_down():
    """Places, reasons, hints and numbers of every finding are those that somebody has read and found right."""
    said = [f"{path.stem}\n" + "".join(f"  {one.severity}: {one}\n" for one in found) for path, found in _found()]
    assert "".join(said) == SAID.read_text(encoding="utf-8")


def _found():
    """Yield each playbook with its findings, where there are any."""
    for path in CORPUS:
        found = lint(load_playbook(path))
        if found:
            yield path, found
