"""The figures that README.md quotes."""

from pathlib import Path

from tests.real.figures import report
from tests.real.runs import HERE


def test_figures_are_those_of_the_readme(shared_data: Path) -> None:
    """Lifts, counts and the digest of every score are what is written down; a change of meaning would show here."""
    quoted = (HERE / "README.md").read_text(encoding="utf-8").split("```text\n")[1].split("```")[0]
    assert "\n".join(report(shared_data)) + "\n" == quoted
