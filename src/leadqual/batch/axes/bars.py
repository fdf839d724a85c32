"""Which bars a lead reaches or keeps: what concerns the lead alone first, then all of it."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from leadqual.batch.axes.columns import is_of_lead
from leadqual.batch.sql import nodes
from leadqual.batch.sql.columns import Columns
from leadqual.batch.sql.conditions import holds
from leadqual.batch.sql.nodes import Expr
from leadqual.conditions.nodes import All, AnyOf, Condition, Leaf, Not, leaves
from leadqual.scoring.qualify import BarPlan

TRUTH = "lq_truth_"
"""What names a part of a bar that concerns the lead alone begin with."""


@frozen(kw_only=True)
class SplitBar:
    """A bar whose parts that concern the lead alone are names.

    Attributes:
        name: ``"mql"`` or ``"sql"``.
        when: What enters.
        stay: What keeps.
    """

    name: str
    when: Condition
    stay: Condition | None


@frozen(kw_only=True)
class SplitBars:
    """The bars of a model, in two steps.

    Attributes:
        of_lead: Names of booleans with the conditions that they stand for; these read fields of a lead and its stage.
        bars: The bars, which read the names and the score.
    """

    of_lead: tuple[tuple[str, Condition], ...]
    bars: tuple[SplitBar, ...]


def split_bars(bars: Sequence[BarPlan]) -> SplitBars:
    """Part bars, so that no field of a lead has to be kept until the interest is known.

    Args:
        bars: The bars of a model.

    >>> from leadqual.conditions import field
    >>> from leadqual.scoring import Bar, Qualify, ScoringModel
    >>> when = field("channel").eq("event") & ~field("stage").exists() & field("fit").ge(30)
    >>> found = split_bars(ScoringModel(qualify=Qualify(mql=Bar(when=when))).plans.bars)
    >>> [name for name, _ in found.of_lead], [leaf.field for leaf in leaves(found.bars[0].when)]
    (['lq_truth_0', 'lq_truth_1'], ['lq_truth_0', 'lq_truth_1', 'fit'])
    """
    names: dict[Condition, str] = {}
    parted = tuple(
        SplitBar(
            name=bar.name,
            when=_parted(bar.when.condition, names),
            stay=None if bar.stay is None else _parted(bar.stay.condition, names),
        )
        for bar in bars
    )
    return SplitBars(of_lead=tuple((name, condition) for condition, name in names.items()), bars=parted)


def lead_truths(bars: SplitBars, columns: Columns) -> tuple[tuple[str, Expr], ...]:
    """Return the names that the bars were parted by with what each says of a lead: never null.

    Args:
        bars: The bars.
        columns: The fields of a lead.
    """
    return tuple((name, holds(condition, columns)) for name, condition in bars.of_lead)


def reached(bars: SplitBars, columns: Columns, *, gated: Expr) -> tuple[tuple[str, Expr], ...]:
    """Return the name of each bar with whether it is reached; nothing is by a gated lead.

    Args:
        bars: The bars.
        columns: The score, and the names that the bars were parted by.
        gated: Whether a gate holds.
    """
    open_ = nodes.negated(gated)
    return tuple((bar.name, nodes.all_of([open_, holds(bar.when, columns)])) for bar in bars.bars)


def kept(bars: SplitBars, columns: Columns, *, gated: Expr) -> tuple[tuple[str, Expr], ...]:
    """Return the name of each bar with whether it is reached or kept; nothing is by a gated lead.

    Args:
        bars: The bars.
        columns: The score, and the names that the bars were parted by.
        gated: Whether a gate holds.
    """
    open_ = nodes.negated(gated)
    return tuple((bar.name, nodes.all_of([open_, nodes.any_of(_ways(bar, columns))])) for bar in bars.bars)


def joined_names(found: Sequence[tuple[str, Expr]]) -> Expr:
    r"""Return the names of the bars that hold, in alphabetical order and joined by ``;``; the empty text for none.

    Args:
        found: What `reached` or `kept` gives, or columns that hold it: each is asked up to twice.

    >>> joined_names([("mql", nodes.column("m"))]).sql("duckdb")
    'CASE WHEN "m" THEN \'mql\' ELSE \'\' END'
    """
    whens = []
    for i, (name, holding) in enumerate(found):
        whens += [
            (nodes.all_of([holding, also]), nodes.text(";".join(sorted((name, other)))))
            for other, also in found[i + 1 :]
        ]
    singles = [(holding, nodes.text(name)) for name, holding in found]
    return nodes.case([*whens, *singles], nodes.text(""))


def _ways(bar: SplitBar, columns: Columns) -> Iterator[Expr]:
    yield holds(bar.when, columns)
    if bar.stay is not None:
        yield holds(bar.stay, columns)


def _parted(condition: Condition, names: dict[Condition, str]) -> Condition:
    """Return a condition whose largest parts that concern the lead alone are names."""
    if all(is_of_lead(leaf.field) for leaf in leaves(condition)):
        name = names.setdefault(condition, f"{TRUTH}{len(names)}")
        return Leaf(field=name, op="eq", value=True)
    if isinstance(condition, Leaf):
        return condition
    if isinstance(condition, Not):
        return Not(_parted(condition.part, names))
    parts = tuple(_parted(part, names) for part in condition.parts)
    return All(parts) if isinstance(condition, All) else AnyOf(parts)
