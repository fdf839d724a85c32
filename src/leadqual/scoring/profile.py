"""What a score knows of a lead before any event: fit, grade, gates, completeness."""

from attrs import field, frozen

from leadqual.conditions.fieldtypes import READERS, WrongType
from leadqual.errors import LeadError, shown
from leadqual.fit.plan import FitPlan
from leadqual.lead import Lead
from leadqual.points import HUNDREDTHS, half_up


@frozen(kw_only=True)
class Profile:
    """A lead as a model reads it; made by ``model.profile(lead)``.

    Scoring many instants of one lead with a profile spares reading its attributes again.

    Attributes:
        lead: The lead.
        fit: Its fit in hundredths.
        grade: Its letter, ``"-"`` when nothing is known, ``None`` without grades.
        gates: Reasons of all gates that hold, in declared order.
        completeness: Share of the declared attributes' weight that is known, in hundredths of a percent.
        plan: The fit of the model.
    """

    lead: Lead
    fit: int
    grade: str | None
    gates: tuple[str, ...]
    completeness: int
    plan: FitPlan = field(repr=False, eq=False)

    def range(self) -> tuple[int, int]:
        """Return the lowest and highest fit that the unknown answers allow, in hundredths."""
        reading = self.plan.read(self.lead)
        return reading.low, reading.high


def read_profile(lead: Lead, plan: FitPlan, weights: tuple[tuple[str, str, int], ...]) -> Profile:
    """Read a lead.

    Args:
        lead: The lead.
        plan: The fit of the model.
        weights: Name, type and weight of each declared attribute.

    Returns:
        Its profile.

    Raises:
        LeadError: If a value is of another type than declared.
    """
    row = lead.row
    completeness = _completeness(lead, weights)  # reads every declared attribute, so that nothing below can fail
    fit, known = plan.points(lead)
    gates = tuple(reason for reason, bound in plan.gates if bound.holds(row))
    return Profile(
        lead=lead,
        fit=fit,
        grade=plan.grade(fit, known=known),
        gates=gates,
        completeness=completeness,
        plan=plan,
    )


def _completeness(lead: Lead, weights: tuple[tuple[str, str, int], ...]) -> int:
    """Return the known share in hundredths of a percent; 100 % when nothing is asked."""
    total = known = 0
    problems = []
    for name, type_name, weight in weights:
        total += weight
        value = lead.attributes.get(name)
        try:
            if value is not None and READERS[type_name](value) is not None:
                known += weight
        except WrongType as error:
            wrong = WrongType(error.expected, error.got, name)
            problems.append(wrong.problem(f"lead {shown(lead.id)}.attributes"))
    if problems:
        raise LeadError(problems)
    return half_up(100 * HUNDREDTHS * known, total) if total else 100 * HUNDREDTHS
