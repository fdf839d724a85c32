"""What the scores of all leads can come to, as what a bar may read."""

from collections.abc import Sequence
from typing import Literal

from attrs import evolve, field, frozen

from leadqual.conditions.leafcheck import Scope
from leadqual.fit.plan import UNKNOWN_GRADE
from leadqual.fold import normal
from leadqual.interest.check import ANY_KIND
from leadqual.lead import ACQUISITIONS, Lead
from leadqual.playbook.lint.acts import LAST_AGE, NOTHING, Acts, Range
from leadqual.playbook.lint.parts import Parts
from leadqual.playbook.lint.possible import Fields, Possible
from leadqual.playbook.lint.profiles import Profiles
from leadqual.playbook.lint.relations import ANYTHING, MANY, Relations, labels_of, letters_of, steps_of
from leadqual.playbook.lint.sizes import Sizes
from leadqual.playbook.lint.totals import total_range
from leadqual.playbook.lint.words import Members, Words
from leadqual.points import MILLIONTHS, half_up
from leadqual.scoring.qualify import score_fields

Whom = Literal["all", "idle", "unknown"]


@frozen(eq=False)
class Reach:
    """Everything that a score can come to.

    Attributes:
        parts: The parts of the model.
        profiles: What profiles can come to.
        acts: What behaviour can come to.
        grades: The grades that occur; with `UNKNOWN_GRADE`, where it does.
        levels: The levels that occur.
        total: The totals that occur, in hundredths.
        fields: The same as what a bar may read.
    """

    parts: Parts
    profiles: Profiles
    acts: Acts
    grades: tuple[str, ...]
    levels: tuple[int, ...]
    total: Range
    fields: Fields = field(repr=False)


def reach_of(parts: Parts, profiles: Profiles, acts: Acts, *, of: Whom = "all") -> Reach:
    """Return what scores can come to.

    Args:
        parts: The parts of the model.
        profiles: What profiles can come to.
        acts: What behaviour can come to.
        of: ``"all"`` leads, ``"idle"`` ones that never did anything and that we did not approach, or ``"unknown"``
            ones of whose profile nothing is known.
    """
    model, plan = parts.model, parts.model.plans.fit
    nobody = model.profile(Lead(id="nobody"))
    if of == "unknown":
        high = nobody.range()[1]
        only = frozenset({nobody.fit})
        profiles = evolve(profiles, fit=Range(nobody.fit, nobody.fit), fits=only, fit_high=Range(high, high))
    interest = NOTHING if of == "idle" else acts.interest
    grades = letters_of(plan.grades, profiles.fit, profiles.fits)
    if of == "unknown" and nobody.grade is not None:
        grades = [nobody.grade]
    elif grades and "id" not in plan.readers:
        grades.append(UNKNOWN_GRADE)
    levels = letters_of(model.plans.interest.levels, interest)
    steps = {name: step for name, step in steps_of(plan.grades).items() if name in grades}
    if UNKNOWN_GRADE in grades:
        steps[UNKNOWN_GRADE] = Range(nobody.fit, nobody.fit)
    digits = {name: step for name, step in steps_of(model.plans.interest.levels).items() if name in levels}
    relations = Relations(model.combine, profiles.fit, interest, steps or {"": ANYTHING}, digits or {"": ANYTHING})
    total = total_range(model.combine, profiles.fit, interest, labels_of(grades, levels))
    known = {**_known_leads(parts, of), **_known_scores(parts, profiles, acts, (grades, levels), of)}
    for name, own in (("interest", interest), ("total", total)):
        known[name] = Possible(Sizes(*own), missing=False)
    known["fit"] = Possible(Sizes(*profiles.fit, profiles.fits), missing=False)
    scope = parts.of_lead.scope
    names = {**scope.fields, **score_fields(model.fit.grades, model.interest.groups)}
    fields = Fields(Scope(names, scope.lists, "field"), known, relations)
    return Reach(parts, profiles, acts, tuple(grades), tuple(levels), total, fields)


def _known_leads(parts: Parts, of: Whom) -> dict[str, Possible]:
    """Return what is known of the fields of a lead."""
    known = dict(parts.of_lead.known)
    if of == "idle":
        known["acquisition"] = Possible(Words(frozenset(ACQUISITIONS) - {"outbound"}))
    if of == "unknown":
        known |= {name: Possible(None) for name in parts.of_lead.scope.fields if name not in ("id", "acquisition")}
    return known


def _known_scores(
    parts: Parts, profiles: Profiles, acts: Acts, steps: tuple[Sequence[str], Sequence[int]], of: Whom
) -> dict[str, Possible]:
    """Return what is known of a score's own names, fit, interest and total aside."""
    grades, levels = steps
    idle = of == "idle"
    plan = parts.model.plans.interest
    weight = sum(weight for _, _, weight in parts.model.plans.weights)
    labels = labels_of(grades, levels) - {""}
    days = 0 if idle or not any(rule.interacts for rule in plan.rules) else min(plan.memory, LAST_AGE) + 1
    kinds = kinds_of(parts)
    known = {
        "fit_high": Possible(Sizes(*profiles.fit_high), missing=False),
        "completeness": Possible(
            Sizes(0 if weight else 10_000, 0 if weight and of == "unknown" else 10_000), missing=False
        ),
        "interactions": Possible(Sizes(0, MANY if days else 0), missing=False),
        "active_days": Possible(Sizes(0, days), missing=False),
        "persona": Possible(None),  # worked out for nurturing only, as the need is
        "need": Possible(None),
        "kinds": Possible(Members(kinds) if days and kinds != frozenset() else None),
        "grade": Possible(Words(frozenset(grades)) if grades else None, missing=not grades),
        "level": Possible(_digits(levels) if levels else None, missing=not levels),
        "label": Possible(Words(labels) if labels else None, missing=not labels),
    }
    for name in ("days_since_activity", "days_since_contact"):
        known[name] = Possible(None if idle else Sizes(0, LAST_AGE))
    for name, own, caps in zip(plan.groups, acts.groups.values(), plan.caps, strict=True):
        low, high = NOTHING if idle else own.clamped(*caps)
        known[f"group.{name}"] = Possible(Sizes(half_up(low, MILLIONTHS), half_up(high, MILLIONTHS)), missing=False)
    return known


def _digits(levels: Sequence[int]) -> Sizes:
    return Sizes(min(levels), max(levels), frozenset(levels))


def kinds_of(parts: Parts) -> frozenset[str] | None:
    """Return the kinds that interactions can be of, or ``None`` if they can be of any."""
    rules = [rule for rule in parts.rules if rule.interacts]
    kinds = frozenset(normal(kind) for rule in rules for kind in rule.rule.event)
    return None if ANY_KIND in kinds else kinds
