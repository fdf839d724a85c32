"""Can a condition hold at all? A bounded search; *no* is certain, *perhaps* is not."""

from collections.abc import Sequence
from typing import Final

from attrs import define

from leadqual.conditions.nodes import Condition
from leadqual.playbook.lint.claims import Both, Claim, Either, Node, claims_of
from leadqual.playbook.lint.possible import Fields, Known

_MOST_BRANCHES: Final = 500
_MOST_CHOICES: Final = 20


@define
class _Search:
    """One search.

    Attributes:
        fields: What the fields can be.
        left: How many more branches may be tried.
    """

    fields: Fields
    left: int = _MOST_BRANCHES

    def possible(self, nodes: list[Node], known: Known) -> bool:
        """Return whether all nodes may be true together, given what is known."""
        choices: list[Either] = []
        stack = nodes[::-1]
        while stack:
            node = stack.pop()
            if isinstance(node, Both):
                stack += reversed(node.parts)
            elif isinstance(node, Either):
                choices.append(node)
            elif not self._narrowed(node, known):
                return False
        if not all(possible.agrees() for possible in known.values()) or not self.fields.related(known):
            return False
        if not choices or len(choices) > _MOST_CHOICES:
            return True
        choices.sort(key=lambda choice: len(choice.parts))
        first, rest = choices[0], choices[1:]
        for part in first.parts:
            self.left -= 1
            if self.left < 0 or self.possible([part, *rest], known.copy()):
                return True
        return False

    def _narrowed(self, claim: Claim, known: Known) -> bool:
        so_far = known.get(claim.field) or self.fields.possible(claim.field)
        narrowed = so_far.narrowed(claim)
        if narrowed is None:
            return False
        known[claim.field] = narrowed
        return True


def can_hold(condition: Condition, fields: Fields) -> bool:
    """Return whether a condition may hold, in two-valued logic; `False` is certain.

    Args:
        condition: A condition that passed its checks.
        fields: What it reads.

    >>> from leadqual.conditions import Scope, field
    >>> from leadqual.conditions.fieldtypes import FieldType
    >>> fields = Fields(Scope({"age": FieldType("integer")}, {}))
    >>> can_hold(field("age").lt(18) & field("age").ge(18), fields)
    False
    """
    return _Search(fields).possible([claims_of(condition, fields.scope)], {})


def can_fail(condition: Condition, fields: Fields) -> bool:
    """Return whether a condition may not hold, in two-valued logic; `False` is certain.

    Args:
        condition: A condition that passed its checks.
        fields: What it reads.
    """
    return _Search(fields).possible([claims_of(condition, fields.scope, holds=False)], {})


def without(condition: Condition, others: Sequence[Condition], fields: Fields) -> bool:
    """Return whether a condition may hold where no other one does; `False` is certain.

    Args:
        condition: The one that is to hold.
        others: Those that are not to.
        fields: What they read.
    """
    nodes = [claims_of(condition, fields.scope), *(claims_of(other, fields.scope, holds=False) for other in others)]
    return _Search(fields).possible(nodes, {})
