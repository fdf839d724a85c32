"""What nurturing remembers of a lead's own acts: the offers that it took, what else it did, what that hints at."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from attrs import field, frozen

from leadqual.conditions.bind import Holds, bound_of
from leadqual.conditions.fieldtypes import READERS, WrongType
from leadqual.conditions.leafcheck import Scope
from leadqual.event import Event
from leadqual.fold import normal
from leadqual.nurture.people import Need
from leadqual.scoring.declared import typed
from leadqual.scoring.model import ScoringModel

MOST_OFFERS: Final = 1_000
"""Offers that are remembered of a lead: those that it took last."""
_NOTHING: Final[Mapping[str, Any]] = {}


@frozen(kw_only=True, eq=False)
class HintPlan:
    """A hint, ready to be asked.

    Attributes:
        need: Name of the need that it speaks for.
        points: How much one act says.
        holds: Its condition on the act's properties.
    """

    need: str
    points: int
    holds: Holds | None


@frozen(kw_only=True, eq=False)
class DeedsPlan:
    """What of an act is remembered, ready to be run.

    Attributes:
        offers: By kind of act, the property that names the offer, and how it is read.
        hints: By kind of act, what it hints at.
    """

    offers: Mapping[str, tuple[str, Callable[[object], Any]]]
    hints: Mapping[str, tuple[HintPlan, ...]]


@frozen(kw_only=True)
class Deeds:
    """What nurturing remembers of a lead's own acts. The order in which they become known does not matter.

    Attributes:
        offers: By name of an offer, when the lead last took it; at most 1,000, those that it took last.
        acts: By kind of act, how many there were.
        hints: By name of a need, the points that acts gave it; what offers say of it is added when it is asked.
    """

    offers: Mapping[str, datetime] = field(default=_NOTHING, hash=False)
    acts: Mapping[str, int] = field(default=_NOTHING, hash=False)
    hints: Mapping[str, int] = field(default=_NOTHING, hash=False)

    def plus(self, event: Event, plan: DeedsPlan) -> "Deeds":
        """Return the deeds with one more act; what we did to the lead is none.

        Args:
            event: An event that was not added before.
            plan: What is remembered.

        Raises:
            WrongType: If a property is of another type than declared.
        """
        return self if event.by != "lead" else self.plus_all((event,), plan)

    def plus_all(self, events: Iterable[Event], plan: DeedsPlan) -> "Deeds":
        """Return the deeds with more acts, in any order; what we did to the lead is none.

        Args:
            events: Events that were not added before, each once.
            plan: What is remembered.

        Raises:
            WrongType: If a property is of another type than declared.
        """
        offers, acts, hints = dict(self.offers), dict(self.acts), dict(self.hints)
        for event in events:
            if event.by != "lead":
                continue
            kind = normal(event.kind)
            acts[kind] = acts.get(kind, 0) + 1
            for offer in _offers(event, kind, plan):
                known = offers.get(offer)
                offers[offer] = event.at if known is None else max(known, event.at)
            for hint in _hinted(event, kind, plan):
                hints[hint.need] = hints.get(hint.need, 0) + hint.points
            _forget(offers)
        return Deeds(offers=offers, acts=acts, hints=hints)


def plan_deeds(offers: Mapping[str, str], needs: Mapping[str, Need], model: ScoringModel) -> DeedsPlan:
    """Return what of an act is remembered, ready to be run.

    Args:
        offers: By kind of the acts that take offers, the property that names the offer, or lists several. A kind whose
            property is no declared text or list takes none.
        needs: The needs by name.
        model: The model that declares the properties.

    Raises:
        ModelError: If the condition of a hint is wrong.
    """
    scope = event_scope(model)
    hints: dict[str, list[HintPlan]] = {}
    for name in sorted(needs):
        for i, hint in enumerate(needs[name].hints):
            where = f"needs.{name}.hints[{i}].when"
            holds = None if hint.when is None else bound_of(hint.when, scope, where).holds
            plan = HintPlan(need=name, points=hint.points, holds=holds)
            for kind in dict.fromkeys(map(normal, hint.on)):
                hints.setdefault(kind, []).append(plan)
    types = {name: kind.name for name, kind in scope.fields.items()}
    readable = {kind: name for kind, name in offers.items() if types.get(name) in ("text", "list")}
    return DeedsPlan(
        offers={normal(kind): (name, READERS[types[name]]) for kind, name in readable.items()},
        hints={kind: tuple(plans) for kind, plans in hints.items()},
    )


def event_scope(model: ScoringModel) -> Scope:
    """Return what conditions on an act may read: the declared properties.

    Args:
        model: The model that declares them.
    """
    return Scope(typed(model.properties), model.plans.scope.lists, "property")


def _offers(event: Event, kind: str, plan: DeedsPlan) -> tuple[str, ...]:
    """Return the names of the offers that an act takes."""
    known = plan.offers.get(kind)
    if known is None:
        return ()
    name, read = known
    value = event.properties.get(name)
    if value is None:
        return ()
    try:
        found = read(value)
    except WrongType as error:
        raise WrongType(error.expected, error.got, name) from None
    return found if isinstance(found, tuple) else () if found is None else (found,)


def _hinted(event: Event, kind: str, plan: DeedsPlan) -> Iterator[HintPlan]:
    """Yield what an act hints at."""
    for hint in plan.hints.get(kind, ()):
        if hint.holds is None or hint.holds(event.properties):
            yield hint


def _forget(offers: dict[str, datetime]) -> None:
    """Drop the offer that was taken first, if there are too many; of several the last by name."""
    while len(offers) > MOST_OFFERS:
        first = min(offers.values())
        del offers[max(name for name, at in offers.items() if at == first)]
