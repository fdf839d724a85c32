"""What could turn out about a lead: values of attributes that make a difference, from the playbook's own literals."""

from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from typing import Any, Final

from attrs import evolve, frozen

from leadqual.axis import listed
from leadqual.conditions.bind import Bound, bound_of
from leadqual.conditions.leafcheck import Scope
from leadqual.conditions.nodes import All, Condition, Leaf, Not, leaves
from leadqual.errors import LeadqualError
from leadqual.fit.items import Item, read_key
from leadqual.fit.values import Criterion, Table
from leadqual.lead import BUILT_IN, Lead
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.whynot.literals import beside, literals_of, other_text, values_for
from leadqual.scoring.whynot.values import Costs, Learned

_MOST_WORK: Final = 200_000
"""Comparisons of one attribute that are worked out at most; at least fifty values are tried."""
_MOST_NAMED: Final = 6
"""Values that are named together when each of them does."""
_ONE: Final = ("eq", "in")


@frozen
class Facts:
    """What a model reads of one attribute.

    Attributes:
        name: The attribute.
        kind: Its type.
        leaves: Every comparison of it, in the order of the document, each once.
        bound: The same, ready to be evaluated.
        tables: The tables that go by it.
        items: The same, ready to be evaluated.
    """

    name: str
    kind: str
    leaves: tuple[Leaf, ...]
    bound: tuple[Bound, ...]
    tables: tuple[Table, ...]
    items: tuple[Item, ...]

    @property
    def most(self) -> int:
        """How many values of the attribute are tried at most: the more ask for it, the fewer."""
        return max(50, _MOST_WORK // max(1, len(self.leaves) + len(self.items)))

    def truths(self, value: object) -> tuple[bool | None, ...]:
        """Return what each comparison says of a value of the attribute."""
        row = {} if value is None else {self.name: value}
        return tuple(bound.knows(row) for bound in self.bound)

    def signature(self, value: object) -> tuple[object, ...]:
        """Return everything that the model makes of a value of the attribute; equal signatures, equal scores."""
        row = {} if value is None else {self.name: value}
        return (*self.truths(value), *(item.earn(row).points for item in self.items))


def facts_of(model: ScoringModel, scope: Scope, bar: Condition) -> list[Facts]:
    """Return what a model reads of each attribute, as far as fit, gates and a bar are concerned.

    Args:
        model: The model.
        scope: What a bar may read.
        bar: What the bar asks.
    """
    parts: list[object] = [*model.fit.criteria, *model.fit.tables]
    for scorer in model.fit.scorers:
        parts += listed(scorer.lower())
    conditions = [part.when for part in parts if isinstance(part, Criterion)]
    conditions += [*(gate.when for gate in model.fit.gates), bar]
    read: dict[str, tuple[dict[Leaf, None], list[Table]]] = {}
    for leaf in (leaf for condition in conditions for leaf in leaves(condition)):
        read.setdefault(leaf.field, ({}, []))[0][leaf] = None
    for table in (part for part in parts if isinstance(part, Table)):
        read.setdefault(table.field, ({}, []))[1].append(table)
    if any(leaf.field == "completeness" for leaf in leaves(bar)):
        for name in model.attributes:  # knowing any of them makes a profile more complete
            read.setdefault(name, ({}, []))[0][Leaf(field=name, op="exists")] = None
    items = [item for item in model.plans.fit.items if item.what == "table"]
    return [
        _facts(name, tuple(own), tuple(tables), items, scope)
        for name, (own, tables) in read.items()
        if name in model.attributes or name in BUILT_IN
    ]


def _facts(name: str, own: tuple[Leaf, ...], tables: tuple[Table, ...], items: list[Item], scope: Scope) -> Facts:
    return Facts(
        name=name,
        kind=scope.fields[name].name,
        leaves=own,
        bound=tuple(bound_of(leaf, scope) for leaf in own),
        tables=tables,
        items=tuple(item for item in items if item.fields == (name,)),
    )


def learnable(
    facts: list[Facts], lead: Lead, lists: Mapping[str, tuple[str, ...]], costs: Costs
) -> tuple[list[Learned], bool]:
    """Return the values that would make a difference to a lead, one for each difference, and whether these are all.

    Args:
        facts: What the model reads.
        lead: The lead.
        lists: The named lists.
        costs: What changes cost.
    """
    found: list[Learned] = []
    whole = True
    for fact in facts:
        now = lead.row.get(fact.name)
        known = now is not None and now not in ("", (), [])
        cost = costs.of_attribute(fact.name, known=known)
        if cost is None:
            continue
        by_signature: dict[object, Learned] = {}
        current = fact.signature(now)
        tried = list(islice(candidates(fact, lists), fact.most + 1))
        whole = whole and len(tried) <= fact.most
        for value, condition in tried[: fact.most]:
            signature = _signature_of(fact, value, lead)
            if signature is None or signature == current:
                continue
            first = by_signature.get(signature)
            if first is None:
                by_signature[signature] = Learned(
                    attribute=fact.name,
                    value=value,
                    cost=cost,
                    condition=_news(fact, now, value) or condition,
                    known=known,
                )
            else:
                by_signature[signature] = evolve(first, condition=_together(first.condition, condition))
        found += by_signature.values()
    return found, whole


def candidates(fact: Facts, lists: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[Any, Condition]]:
    """Yield values of an attribute on every side of what the model asks of it, with what they stand for.

    Args:
        fact: What the model reads of the attribute.
        lists: The named lists.
    """
    for table in fact.tables:
        yield from _table_values(table, fact.kind)
    for leaf in fact.leaves:
        for value in values_for(leaf, fact.kind, lists, holds=True):
            yield value, _naming(leaf, value)
    for leaf in fact.leaves:
        for value in values_for(leaf, fact.kind, lists, holds=False):
            yield value, Not(leaf)


def _table_values(table: Table, kind: str) -> Iterator[tuple[Any, Condition]]:
    name = table.field
    if table.bands:
        ends = [literals_of(Leaf(field=name, op="lt", value=band.below), kind, {})[0] for band in table.bands[:-1]]
        if not ends:
            return
        yield beside(ends[0], -1), Leaf(field=name, op="lt", value=ends[0])
        for low, high in pairwise(ends):
            whole = Leaf(field=name, op="between", value=(low, high - 1))
            yield low, whole if kind == "integer" else _up_to(name, low, high)
        yield ends[-1], Leaf(field=name, op="ge", value=ends[-1])
        return
    for key in table.values:
        value: Any = read_key(key, kind)
        yield value, Leaf(field=name, op="eq", value=value)
    if kind == "text":
        yield other_text(tuple(table.values)), Leaf(field=name, op="not_in", value=tuple(table.values))


def _up_to(name: str, low: Any, high: Any) -> Condition:
    """Return the condition of a size from one bound up to, not with, another."""
    return Leaf(field=name, op="ge", value=low) & Leaf(field=name, op="lt", value=high)


def _news(fact: Facts, now: object, value: object) -> Condition | None:
    """Return what a value makes true that is not so now, and what it no longer makes true; nothing for rows of tables.

    Args:
        fact: What the model reads of the attribute.
        now: What the lead has.
        value: What it would have.
    """
    news: list[Condition] = []
    for leaf, before, after in zip(fact.leaves, fact.truths(now), fact.truths(value), strict=True):
        if after and not before:
            news.append(_naming(leaf, value))
        elif before and not after:
            news.append(Not(leaf))
    return news[0] if len(news) == 1 else All(tuple(news)) if news else None


def _naming(leaf: Leaf, value: object) -> Leaf:
    """Return a comparison with one of several values as one with the value that is meant."""
    one = leaf.op == "in" and isinstance(leaf.value, tuple) and value in leaf.value
    return evolve(leaf, op="eq", value=value) if one else leaf


def _signature_of(fact: Facts, value: object, lead: Lead) -> tuple[object, ...] | None:
    """Return the signature of a value, or nothing if no lead can have it."""
    try:
        given = with_values(lead, {fact.name: value})
        return fact.signature(given.row.get(fact.name))
    except LeadqualError:
        return None


def with_values(lead: Lead, values: Mapping[str, Any]) -> Lead:
    """Return a lead with other values of some attributes.

    Raises:
        LeadError: If no lead can have them.
    """
    own = {name: value for name, value in values.items() if name in BUILT_IN}
    rest = {name: value for name, value in values.items() if name not in BUILT_IN}
    return evolve(lead, **own, attributes={**lead.attributes, **rest}) if rest else evolve(lead, **own)


def _together(first: Condition, other: Condition) -> Condition:
    """Return one comparison with the values of two, where both only name values."""
    if not (isinstance(first, Leaf) and isinstance(other, Leaf) and first.op in _ONE and other.op == "eq"):
        return first
    values = first.value if isinstance(first.value, tuple) else (first.value,)
    if other.value in values or len(values) >= _MOST_NAMED or first.ignore_case != other.ignore_case:
        return first
    return evolve(first, op="in", value=(*values, other.value))
