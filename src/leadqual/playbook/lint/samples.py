"""Sample values of fields: those that a document's own literals tell apart."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any, Final

from leadqual.conditions.comparisons import NO_VALUE
from leadqual.conditions.leafcheck import Scope
from leadqual.conditions.nodes import Condition, leaves
from leadqual.playbook.lint.claims import literals_of
from leadqual.playbook.lint.sizes import Sizes

_MOST_OF_FIELD: Final = 40
_MOST_ROWS: Final = 300
_WORD: Final = "x"


def samples_of(conditions: Iterable[Condition], scope: Scope) -> dict[str, list[Any]]:
    """Return values to try for every field of a scope that conditions read, no value among them.

    Args:
        conditions: Conditions that passed their checks.
        scope: The fields and lists that they name.

    >>> from leadqual.conditions import field
    >>> from leadqual.conditions.fieldtypes import FieldType
    >>> samples_of([field("age").ge(18)], Scope({"age": FieldType("integer")}, {}))
    {'age': [None, 18, 17, 19]}
    """
    found: dict[str, dict[Any, None]] = {}
    first: dict[str, list[str]] = {}
    for condition in conditions:
        for leaf in leaves(condition):
            if leaf.field not in scope.fields:
                continue
            kind = scope.fields[leaf.field].name
            own = found.setdefault(leaf.field, {None: None})
            literals = () if leaf.op in NO_VALUE else literals_of(leaf, scope)[:_MOST_OF_FIELD]
            if leaf.op == "domain_in":
                literals = tuple(f"{_WORD}@{literal}" for literal in literals)
            own.update(dict.fromkeys(_around(kind, literals)))
            if kind == "text" and literals:
                first.setdefault(leaf.field, []).append(literals[0])
    all_at_once = {name: [" ".join(words[:_MOST_OF_FIELD])] for name, words in first.items()}
    return {name: [*islice(own, _MOST_OF_FIELD), *all_at_once.get(name, [])] for name, own in found.items()}


def _around(kind: str, literals: tuple[Any, ...]) -> Iterator[Any]:
    """Yield literals and what lies beside them."""
    if kind == "text":
        yield from literals
        yield _WORD * (1 + max(map(len, literals), default=0))
    elif kind == "list":
        yield from ((literal,) for literal in literals)
        yield literals or (_WORD,)
    elif kind == "boolean":
        yield from (True, False)
    else:
        ends = Sizes.of_type(kind)
        for literal in literals:
            below, above = ends.narrowed("lt", (literal,)), ends.narrowed("gt", (literal,))
            yield from (literal, *(part.high for part in (below,) if part), *(part.low for part in (above,) if part))
        if not literals:
            yield ends.high


def rows_of(samples: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """Yield combinations of values by field, some hundreds at most.

    Args:
        samples: Values to try by field.
    """
    names = list(samples)
    for values in islice(product(*(samples[name] for name in names)), _MOST_ROWS):
        yield dict(zip(names, values, strict=True))
