"""What the nurturing of a playbook reads of leads and of acts."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from leadqual.conditions.nodes import Condition
from leadqual.nurture.people import Need, Persona
from leadqual.nurture.sequences import Sequence


@frozen(kw_only=True)
class NurtureReads:
    """Every condition of nurturing, and the kinds of acts that it waits for.

    Attributes:
        of_leads: Conditions over a lead, its score and its state.
        of_acts: Conditions over the properties of an act.
        kinds: The kinds, in document order, each once.
    """

    of_leads: tuple[Condition, ...]
    of_acts: tuple[Condition, ...]
    kinds: tuple[str, ...]


def nurture_reads(
    personas: Iterable[Persona], needs: Mapping[str, Need], sequences: Mapping[str, Sequence]
) -> NurtureReads:
    """Return what nurturing reads.

    Args:
        personas: The personas.
        needs: The needs by name.
        sequences: The sequences by name.

    >>> from leadqual.nurture.people import Hint
    >>> nurture_reads([], {"payroll": Need(hints=[Hint(on=["visit", "form"])])}, {}).kinds
    ('visit', 'form')
    """
    acts = [(hint.on, hint.when) for need in needs.values() for hint in need.hints]
    acts += [act for sequence in sequences.values() for act in _acts(sequence)]
    of_leads: list[Condition | None] = [sign.when for persona in personas for sign in persona.signs]
    for sequence in sequences.values():
        of_leads += [None if sequence.enter is None else sequence.enter.when, *(step.when for step in sequence.steps)]
    return NurtureReads(
        of_leads=tuple(condition for condition in of_leads if condition is not None),
        of_acts=tuple(condition for _, condition in acts if condition is not None),
        kinds=tuple(dict.fromkeys(kind for kinds, _ in acts for kind in kinds)),
    )


def _acts(sequence: Sequence) -> Iterator[tuple[tuple[str, ...], Condition | None]]:
    if sequence.enter is not None:
        yield sequence.enter.on, sequence.enter.properties
    yield from ((goal.on, goal.when) for goal in sequence.goals)
    yield from ((step.branch.on, step.branch.when) for step in sequence.steps if step.branch is not None)
