"""The three questions: who is a lead, what did it take and do, and what does it want?"""

from collections.abc import Mapping, Sequence

from attrs import frozen

from leadqual.conditions.bind import Knows, Row, bound_of
from leadqual.conditions.leafcheck import Scope
from leadqual.fold import normal
from leadqual.nurture.asked import Who
from leadqual.nurture.deeds import Deeds
from leadqual.nurture.people import Need, Persona
from leadqual.points import to_hundredths
from leadqual.scoring.declared import lead_fields
from leadqual.scoring.model import ScoringModel


@frozen(kw_only=True, eq=False)
class PersonaPlan:
    """A persona, ready to be asked for.

    Attributes:
        name: Its name.
        signs: Points of each sign in hundredths, and its condition in three-valued logic.
        total: The points of all signs, in hundredths.
        least: Lowest confidence, in hundredths of a per cent.
    """

    name: str
    signs: tuple[tuple[int, Knows], ...]
    total: int
    least: int

    def confidence(self, row: Row) -> int:
        """Return how sure it is that somebody is of this persona, in hundredths of a per cent, cut.

        Only signs that are known to hold speak for it: what is unknown lowers the confidence.

        Args:
            row: What is known of somebody.
        """
        held = sum(points for points, knows in self.signs if knows(row) is True)
        return held * 10_000 // self.total if held > 0 else 0


@frozen(kw_only=True, eq=False)
class NeedPlan:
    """A need, ready to be asked for.

    Attributes:
        name: Its name.
        offers: Names of the offers that say something.
        offer_points: How much one says.
        least: Lowest sum of points.
    """

    name: str
    offers: frozenset[str]
    offer_points: int
    least: int

    def points(self, deeds: Deeds) -> int:
        """Return what acts say of the need: each offer once, however often it was taken, and all hints.

        Args:
            deeds: The acts.
        """
        taken = sum(1 for offer in self.offers if offer in deeds.offers)
        return taken * self.offer_points + deeds.hints.get(self.name, 0)


@frozen(kw_only=True, eq=False)
class WhoPlan:
    """Who a lead may be and what it may want, ready to be asked.

    Attributes:
        personas: The personas in their order.
        needs: The needs by name.
    """

    personas: tuple[PersonaPlan, ...] = ()
    needs: tuple[NeedPlan, ...] = ()


def plan_who(personas: Sequence[Persona], needs: Mapping[str, Need], model: ScoringModel) -> WhoPlan:
    """Return personas and needs, ready to be asked.

    Args:
        personas: The personas in their order.
        needs: The needs by name.
        model: The model that declares what is known of a lead.

    Raises:
        ModelError: If the condition of a sign is wrong.
    """
    scope = lead_scope(model)
    return WhoPlan(
        personas=tuple(_persona(persona, scope, f"personas[{i}]") for i, persona in enumerate(personas)),
        needs=tuple(
            NeedPlan(
                name=name,
                offers=frozenset(map(normal, needs[name].offers)),
                offer_points=needs[name].offer_points,
                least=needs[name].least,
            )
            for name in sorted(needs)
        ),
    )


def lead_scope(model: ScoringModel) -> Scope:
    """Return what the signs of a persona may read: the fields of a lead.

    Args:
        model: The model that declares the attributes.
    """
    return Scope(lead_fields(model.attributes), model.plans.scope.lists, "attribute")


def who_is(plan: WhoPlan, row: Row, deeds: Deeds) -> Who:
    """Answer the three questions.

    The persona is the one of highest confidence, if that is high enough for it; of two the one that stands first. The
    need is the one of most points, if those are enough for it; of two the first by name.

    Args:
        plan: Who a lead may be and what it may want.
        row: What is known of the lead, such as ``lead.row``.
        deeds: What it did.
    """
    persona, confidence = None, 0
    for one in plan.personas:
        sure = one.confidence(row)
        if sure > confidence and sure >= one.least:
            persona, confidence = one.name, sure
    need, most = None, 0
    for other in plan.needs:
        points = other.points(deeds)
        if points > most and points >= other.least:
            need, most = other.name, points
    return Who(persona=persona, confidence=confidence, offers=deeds.offers, acts=deeds.acts, need=need)


def _persona(persona: Persona, scope: Scope, where: str) -> PersonaPlan:
    signs = tuple(
        (to_hundredths(sign.points), bound_of(sign.when, scope, f"{where}.signs[{i}].when").knows)
        for i, sign in enumerate(persona.signs)
    )
    total = sum(points for points, _ in signs)
    return PersonaPlan(name=persona.name, signs=signs, total=total, least=100 * persona.least)
