"""Questions that bars ask of the kinds of a lead's interactions, each to be answered by one truth for each lead."""

from collections.abc import Iterable

from attrs import frozen

from leadqual.conditions.comparisons import NO_VALUE
from leadqual.conditions.leafcheck import Scope, literals_of
from leadqual.conditions.nodes import Leaf
from leadqual.fold import folding, normal

KINDS = "kinds"
"""The name in a bar."""


@frozen
class KindTest:
    """Whether a lead has an interaction, within memory, of a kind that equals a text.

    Attributes:
        text: The text, folded.
        ignore_case: A to Z and a to z are the same.
        ignore_accents: Combining marks do not matter.
    """

    text: str
    ignore_case: bool = False
    ignore_accents: bool = False

    def holds(self, kind: str) -> bool:
        """Tell whether a kind is meant.

        >>> KindTest("tecnico", ignore_case=True, ignore_accents=True).holds("Técnico")
        True
        """
        fold = folding(ignore_case=self.ignore_case, ignore_accents=self.ignore_accents)
        return fold(normal(kind)) == self.text

    @property
    def only(self) -> str | None:
        """The only kind that is meant, composed; ``None`` if others may be meant too."""
        return None if self.ignore_case or self.ignore_accents else self.text


def tests_of(leaf: Leaf, scope: Scope) -> tuple[KindTest, ...]:
    """Return the questions of a comparison of ``kinds``, each once.

    Args:
        leaf: The comparison; it passed its checks.
        scope: What it may name.

    >>> from leadqual.conditions.fieldtypes import FieldType
    >>> tests_of(Leaf(field="kinds", op="has", value="call"), Scope({"kinds": FieldType("list")}, {}))
    (KindTest(text='call', ignore_case=False, ignore_accents=False),)
    """
    if leaf.op in NO_VALUE:
        return ()
    fold = folding(ignore_case=leaf.ignore_case, ignore_accents=leaf.ignore_accents)
    literals = map(fold, literals_of(leaf, scope.fields[KINDS], scope, "", []))
    return tuple(KindTest(text, leaf.ignore_case, leaf.ignore_accents) for text in dict.fromkeys(literals))


def kinds_meant(tests: Iterable[KindTest], present: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds of events that have to be told apart so that the tests can be answered.

    Args:
        tests: The questions.
        present: The kinds that there are; needed only if some question ignores case or accents.

    Returns:
        The kinds, composed, each once.

    >>> kinds_meant([KindTest("form"), KindTest("call", ignore_case=True)], ["Call", "call", "mail"])
    ('form', 'Call', 'call')
    """
    asked = list(tests)
    exact = (test.only for test in asked if test.only is not None)
    folded = [test for test in asked if test.only is None]
    near = (normal(kind) for kind in present if any(test.holds(kind) for test in folded))
    return tuple(dict.fromkeys((*exact, *near)))
