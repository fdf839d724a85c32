"""Descriptions that were read and found good; running this file writes them anew, to be read again."""

from pathlib import Path

from attrs import frozen

from leadqual.languages import LANGUAGES, Language
from leadqual.playbook import Playbook, loads
from leadqual.playbook.describe import describe
from leadqual.presets import starter_text

HERE = Path(__file__).parent
AGAIN = "If the new text reads well in both languages: PYTHONPATH=src python -m tests.playbook.describe.golden"


def starter() -> Playbook:
    """Return the playbook that `leadqual init` writes."""
    return loads(starter_text(), format="toml")


def everything() -> Playbook:
    """Return a playbook with one of everything."""
    return loads(HERE.joinpath("everything.toml").read_bytes(), format="toml")


@frozen
class Golden:
    """One description: of which playbook, in which language."""

    name: str
    language: Language

    @property
    def path(self) -> Path:
        """Where the text is kept."""
        return HERE / f"{self.name}-{self.language}.md"

    def written(self) -> str:
        """Return the text as it is described now."""
        return describe({"starter": starter, "everything": everything}[self.name](), language=self.language)


GOLDEN = [Golden(name, language) for name in ("starter", "everything") for language in LANGUAGES]


if __name__ == "__main__":
    for golden in GOLDEN:
        golden.path.write_text(golden.written(), encoding="utf-8", newline="\n")
