"""What a score needs to know of a lead, so that nothing else is worked out."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from leadqual.batch.axes.columns import is_of_lead
from leadqual.batch.axes.kinds import KINDS, KindTest, tests_of
from leadqual.conditions.nodes import Leaf, leaves
from leadqual.scoring.model import ScoringModel

GROUP = "group."
"""How the subtotal of a group of interest is named in a bar."""


@frozen(kw_only=True)
class Needs:
    """What the bars of a model read, and what else was asked for.

    Attributes:
        fit_low: Whether the lowest fit that unknown answers allow is needed.
        fit_high: Whether the highest is.
        completeness: Whether the share of the attributes that is known is needed.
        interactions: Whether the number of interactions is.
        active_days: Whether the number of days with one is.
        any_kind: Whether it matters that a lead has any interaction.
        kinds: What is asked of the kinds of the interactions.
        groups: The groups of interest whose subtotals are read.
        days_since_activity: Whether the age of the newest own act is needed.
        days_since_contact: Whether the age of our newest act is.
        stage: Whether the stage of the leads file is.
        fields: The fields of a lead that fit, gates, bars or completeness read, in that order.
    """

    fit_low: bool
    fit_high: bool
    completeness: bool
    interactions: bool
    active_days: bool
    any_kind: bool
    kinds: tuple[KindTest, ...]
    groups: tuple[str, ...]
    days_since_activity: bool
    days_since_contact: bool
    stage: bool
    fields: tuple[str, ...]

    @property
    def acts(self) -> bool:
        """Whether interactions matter at all."""
        return self.interactions or self.active_days or self.any_kind or bool(self.kinds)


def needs(model: ScoringModel, *, fit_range: bool = False, completeness: bool = False) -> Needs:
    """Return what a model needs to know of a lead.

    Args:
        model: The model.
        fit_range: Whether the lowest and highest fit are wanted too.
        completeness: Whether completeness is wanted too.

    >>> from leadqual.conditions import field
    >>> from leadqual.scoring import Bar, Qualify
    >>> found = needs(ScoringModel(qualify=Qualify(mql=Bar(when=field("interactions").ge(2)))))
    >>> found.interactions, found.completeness
    (True, False)
    """
    plans = model.plans
    read = list(_leaves(model))
    names = dict.fromkeys(leaf.field for leaf in read)
    of_kinds = [leaf for leaf in read if leaf.field == KINDS]
    completeness = completeness or "completeness" in names
    return Needs(
        fit_low=fit_range,
        fit_high=fit_range or "fit_high" in names,
        completeness=completeness,
        interactions="interactions" in names,
        active_days="active_days" in names,
        any_kind=any(leaf.op in ("exists", "missing") or leaf.missing for leaf in of_kinds),
        kinds=tuple(dict.fromkeys(test for leaf in of_kinds for test in tests_of(leaf, plans.scope))),
        groups=tuple(name[len(GROUP) :] for name in names if name.startswith(GROUP)),
        days_since_activity="days_since_activity" in names,
        days_since_contact="days_since_contact" in names,
        stage="stage" in names,
        fields=_fields(model, names, completeness=completeness),
    )


def _leaves(model: ScoringModel) -> Iterator[Leaf]:
    """Yield the comparisons of the bars."""
    for bar in model.plans.bars:
        yield from leaves(bar.when.condition)
        if bar.stay is not None:
            yield from leaves(bar.stay.condition)


def _fields(model: ScoringModel, names: Iterable[str], *, completeness: bool) -> tuple[str, ...]:
    """Return the fields of a lead that are read."""
    plans = model.plans
    of_fit = (name for item in plans.fit.items for name in item.fields)
    of_gates = (name for _, bound in plans.fit.gates for name in bound.fields)
    of_bars = (name for name in names if name != "stage" and is_of_lead(name))
    weighed = (name for name, _, _ in plans.weights) if completeness else ()
    return tuple(dict.fromkeys((*of_fit, *of_gates, *of_bars, *weighed)))
