"""What is explained: one lead of a base, or the lead of an example, with its score."""

from collections.abc import Sequence

from attrs import frozen

from leadqual.errors import Problem, UnknownName
from leadqual.event import Event
from leadqual.hints import did_you_mean
from leadqual.lead import Lead
from leadqual.playbook import Example, Playbook, Told, run_example
from leadqual.playbook.stories import events_of, lead_of
from leadqual.scoring import Score


@frozen(kw_only=True)
class Subject:
    """A lead with its score.

    Attributes:
        playbook: What scored it.
        objective: The objective under which it did.
        lead: The lead.
        events: Its events, also those after the instant of the score.
        score: The score.
        remarks: What a reader should know, as sentences.
        profile_dated: Whether the profile is as of the instant of the score; if not, it is as of today.
        told: The example that it belongs to, with what came of it.
    """

    playbook: Playbook
    objective: str | None = None
    lead: Lead
    events: Sequence[Event] = ()
    score: Score
    remarks: tuple[str, ...] = ()
    profile_dated: bool = False
    told: Told | None = None

    @property
    def objectives(self) -> tuple[str, ...]:
        """The objective as `heading` takes it."""
        return () if self.objective is None else (self.objective,)


def example_subject(playbook: Playbook, name: str) -> Subject:
    """Return the lead of an example of a playbook.

    Args:
        playbook: The playbook.
        name: The example's name, or its place, such as ``examples[0]``.

    Raises:
        UnknownName: If there is no such example.
    """
    example = _example(playbook, name)
    told = run_example(playbook, example)
    model = playbook.model_for(example.objective)
    return Subject(
        playbook=playbook,
        objective=example.objective,
        lead=lead_of(example, model),
        events=events_of(example, model),
        score=told.score,
        profile_dated=True,
        told=told,
    )


def example_name(playbook: Playbook, number: int) -> str:
    """Return what names an example for `example_subject`: its name, or its place where another one is called so."""
    name = playbook.examples[number].name
    alone = [example.name for example in playbook.examples].count(name) == 1
    return name if alone and name.isprintable() else f"examples[{number}]"


def _example(playbook: Playbook, name: str) -> Example:
    by_name = {f"examples[{i}]": example for i, example in enumerate(playbook.examples)}
    by_name |= {example.name: example for example in reversed(playbook.examples)}
    if name not in by_name:
        known = [example.name for example in playbook.examples]
        hint = did_you_mean(name, known, "" if known else "The playbook has no examples; write one under [[examples]].")
        raise UnknownName([Problem(where="--example", what="unknown example", got=name, hint=hint)])
    return by_name[name]
