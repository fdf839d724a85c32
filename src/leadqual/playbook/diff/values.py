"""What changed between two playbooks."""

from itertools import groupby
from typing import Final

from attrs import frozen

from leadqual.languages import Language
from leadqual.playbook.diff.phrases import PHRASES
from leadqual.playbook.diff.touch import Kind

_SECTIONS: Final = {
    "attributes": "read", "properties": "read", "lists": "read", "fit": "fit", "interest": "interest",
    "combine": "combine", "qualify": "qualify", "lifecycle": "life",
    "recycle": "life", "sla": "life", "calendar": "life", "nurture": "nurturing", "caps": "nurturing",
    "personas": "nurturing", "needs": "nurturing", "content": "nurturing", "sequences": "nurturing",
    "objectives": "objectives", "examples": "examples", "labels": "labels", "columns": "files", "files": "files",
}  # fmt: skip


@frozen(kw_only=True)
class Change:
    """One difference between two playbooks.

    Attributes:
        kind: ``added``, ``removed``, ``changed``, or ``moved`` where an order changed.
        where: Its path: in the playbook after, or before if it was removed.
        where_before: Its path in the playbook before, if it was there.
        where_after: Its path in the playbook after, if it is there.
        before: What was there, as the plain data of a document; a number from 0 for the place of what moved.
        after: What is there.
        words: The change as a sentence.
    """

    kind: Kind
    where: str
    where_before: str | None
    where_after: str | None
    before: object
    after: object
    words: str


@frozen(kw_only=True)
class Diff:
    """What changed between two playbooks; false if nothing did.

    Attributes:
        changes: The changes, in document order.
        language: The language of their words.
    """

    changes: tuple[Change, ...]
    language: Language = "en"

    def __bool__(self) -> bool:
        return bool(self.changes)

    def explain(self) -> str:
        """Return the changes as text for people, one line each, grouped by the part of the playbook.

        Returns:
            Lines without markup.
        """
        phrases = PHRASES[self.language]
        if not self.changes:
            return phrases["nothing"]
        blocks = []
        for section, changes in groupby(self.changes, _section):
            lines = [phrases[f"section {section}"], *(f"  - {change.words}" for change in changes)]
            blocks.append("\n".join(lines))
        return "\n\n".join(blocks)


def _section(change: Change) -> str:
    return _SECTIONS.get(change.where.partition(".")[0].partition("[")[0], "document")
