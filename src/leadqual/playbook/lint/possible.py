"""What each field can be: its values, and whether it can be missing."""

from collections.abc import Callable, Mapping
from typing import Final

from attrs import field, frozen

from leadqual.conditions.fieldtypes import FieldType
from leadqual.conditions.leafcheck import Scope
from leadqual.lead import ACQUISITIONS, KINDS
from leadqual.playbook.lint.claims import Claim
from leadqual.playbook.lint.sizes import Sizes
from leadqual.playbook.lint.words import Members, Words


@frozen
class Possible:
    """What a field can be.

    Attributes:
        values: Its values, or ``None`` if it is always missing.
        missing: Whether it can be missing.
    """

    values: Sizes | Words | Members | None
    missing: bool = True

    def narrowed(self, claim: Claim) -> "Possible | None":
        """Return what it can be when a claim is true, or ``None`` if the claim cannot be.

        >>> Possible(Sizes(0, 10)).narrowed(Claim("age", "ge", (11,))) is None
        True
        """
        if claim.op == "missing":
            return Possible(None) if self.missing else None
        missing = self.missing and claim.or_missing
        values = self.values
        if claim.op != "exists" and values is not None:
            values = values.narrowed(claim.op, claim.literals) if isinstance(values, Sizes) else values.narrowed(claim)
        return Possible(values, missing) if values is not None or missing else None

    def agrees(self) -> bool:
        """Return whether the claims made so far may all be true; `False` is certain."""
        return self.missing or isinstance(self.values, Sizes) or (self.values is not None and self.values.agree())


Known = dict[str, Possible]
Related = Callable[[Known], bool]
"""Takes what is known of the fields so far; tells whether they go together, and may narrow them."""


def _free(_: Known) -> bool:
    """Let all fields go together."""
    return True


@frozen
class Fields:
    """Everything that a condition may read, and what each can be.

    Attributes:
        scope: Names, types and lists.
        known: What is known of some fields; the others can be anything of their type.
        related: What fields have to do with each other.
    """

    scope: Scope
    known: Mapping[str, Possible] = field(factory=dict, hash=False)
    related: Related = _free

    def possible(self, name: str) -> Possible:
        """Return what a field can be."""
        return self.known.get(name) or of_type(self.scope.fields[name])


def of_type(kind: FieldType) -> Possible:
    """Return what a field of a type can be of which nothing else is known.

    >>> of_type(FieldType("boolean")).missing
    True
    """
    if kind.name == "text":
        return Possible(Words())
    if kind.name == "list":
        return Possible(Members())
    return Possible(Sizes.of_type(kind.name))


OF_EVERY_LEAD: Final[Mapping[str, Possible]] = {
    "id": Possible(Words(), missing=False),
    "kind": Possible(Words(frozenset(KINDS))),
    "acquisition": Possible(Words(frozenset(ACQUISITIONS))),
}
"""What is known of fields of every lead."""
