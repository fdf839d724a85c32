"""Can a guard hold at all? A bounded search; *no* is certain, *perhaps* is not."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import define, field

from leadqual.conditions.bind import Holds, bound_of
from leadqual.conditions.claims import Claims, Joined
from leadqual.conditions.comparisons import NO_VALUE
from leadqual.conditions.fieldtypes import WrongType
from leadqual.conditions.leafcheck import Scope, literals_of
from leadqual.conditions.nodes import Leaf
from leadqual.lifecycle.check.fields import Asked, can_be
from leadqual.lifecycle.check.known import ANYTHING, Known

_MOST_TRIED: Final = 200_000
_MOST_CHOICES: Final = 20
_Said = dict[str, dict[Leaf, bool]]
"""By field, the comparisons that must hold, and those that must not."""


@define
class Search:
    """What is looked for in the guards of one table.

    Attributes:
        scope: What they may read.
        left: How many more comparisons may be tried; when none is left, everything is taken to be possible.
    """

    scope: Scope
    left: int = _MOST_TRIED
    _bound: dict[Leaf, tuple[tuple[Any, ...], Holds]] = field(factory=dict, init=False)

    def can_hold(self, parts: Sequence[Claims], known: Mapping[str, Known]) -> bool:
        """Return whether claims may be true together; `False` is certain.

        Args:
            parts: The claims of conditions that passed their checks.
            known: What is known of their fields.
        """
        return self.left <= 0 or self._possible([*parts], {}, known)

    def _possible(self, nodes: list[Claims], said: _Said, known: Mapping[str, Known]) -> bool:
        choices: list[Joined] = []
        touched: dict[str, None] = {}
        stack = nodes[::-1]
        while stack:
            node = stack.pop()
            self.left -= 1
            if isinstance(node, Joined) and node.every:
                stack += reversed(node.parts)
            elif isinstance(node, Joined):
                choices.append(node)
            elif said.setdefault(node.leaf.field, {}).setdefault(node.leaf, node.holds) is not node.holds:
                return False
            else:
                touched[node.leaf.field] = None
        for name in touched:
            asked = [self._asked(leaf, holds=holds) for leaf, holds in said[name].items()]
            if not can_be(asked, known.get(name, ANYTHING), self.scope.fields[name].name):
                return False
        if not choices or len(choices) > _MOST_CHOICES:
            return True
        choices.sort(key=lambda choice: len(choice.parts))
        for part in choices[0].parts:
            copied = {name: of_field.copy() for name, of_field in said.items()}
            if self.left <= 0 or self._possible([part, *choices[1:]], copied, known):
                return True
        return False

    def _asked(self, leaf: Leaf, *, holds: bool) -> Asked:
        if leaf not in self._bound:
            kind = self.scope.fields[leaf.field]
            literals = () if leaf.op in NO_VALUE else literals_of(leaf, kind, self.scope, "", [])
            self.left -= len(literals)
            self._bound[leaf] = literals, bound_of(leaf, self.scope).holds
        literals, test = self._bound[leaf]
        return Asked(leaf, holds, literals, lambda value: self._says(leaf.field, test, value, holds=holds))

    def _says(self, name: str, test: Holds, value: object, *, holds: bool) -> bool:
        self.left -= 1
        if self.left <= 0:
            return True
        try:
            return test({name: value}) is holds
        except WrongType:  # it is no value of this type
            return False
