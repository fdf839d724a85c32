"""What why-not gives: answers made of changes, with their costs."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from attrs import field, frozen

from leadqual.axis import container_problems, copied
from leadqual.conditions.nodes import Condition
from leadqual.conditions.words import Words
from leadqual.errors import ModelError, Problem
from leadqual.event import Event
from leadqual.languages import Language, language_of
from leadqual.lead import Lead
from leadqual.points import Points, bound_problem
from leadqual.scoring.score import Score
from leadqual.scoring.whynot.phrases import answer_words, barred_words, nothing_words

_NO_LABELS: Final[Mapping[str, str]] = {}
_GIVEN: Final = frozenset({"id", "kind", "acquisition", "channel", "source", "company_id", "created_at"})
"""Fields of every lead that nobody changes."""


@frozen(kw_only=True)
class Costs:
    """What changes cost, in whatever unit one likes; answers come cheapest first.

    Attributes:
        events: Cost of an act by its kind; ``None`` for what must not be proposed.
        attributes: Cost of another value of an attribute; ``None`` for what must not be proposed. Where a lead comes
            from (``acquisition``, ``channel``, ``source``, ``kind``, ``company_id``) is proposed only if it is named.
        event: Cost of an act whose kind is not named.
        unknown: Cost of learning an attribute that is missing and not named.
        known: Cost of another value of an attribute that is known and not named.

    Raises:
        ModelError: If a cost is no number from 0 up, or costs by name are no table.

    >>> Costs(events={"demo_request": 5}).of_event("demo_request")
    Decimal('5')
    """

    events: Mapping[str, Points | None] = field(factory=dict, converter=copied, hash=False)
    attributes: Mapping[str, Points | None] = field(factory=dict, converter=copied, hash=False)
    event: Points = 1
    unknown: Points = 1
    known: Points = 5

    def __attrs_post_init__(self) -> None:
        tables = (("costs.events", self.events, dict), ("costs.attributes", self.attributes, dict))
        wrong = list(container_problems(tables))
        if wrong:
            raise ModelError(wrong)
        places = {"event": self.event, "unknown": self.unknown, "known": self.known}
        places |= {f"events.{name}": cost for name, cost in self.events.items() if cost is not None}
        places |= {f"attributes.{name}": cost for name, cost in self.attributes.items() if cost is not None}
        problems: list[Problem] = []
        for where, cost in places.items():
            found = list(bound_problem(cost, f"costs.{where}"))
            problems += found
            if not found and cost < 0:
                hint = "Nothing is gained by a cost below zero; write 0 for what costs nothing."
                problems.append(Problem(where=f"costs.{where}", what="a cost is zero or more", got=cost, hint=hint))
        if problems:
            raise ModelError(problems)

    def of_event(self, kind: str) -> Decimal | None:
        """Return the cost of an act, or ``None`` if it must not be proposed."""
        cost = self.events.get(kind, self.event)
        return None if cost is None else Decimal(cost)

    def of_attribute(self, name: str, *, known: bool) -> Decimal | None:
        """Return the cost of another value of an attribute, or ``None`` if it must not be proposed."""
        usual = None if name in _GIVEN else self.known if known else self.unknown
        cost = self.attributes.get(name, usual)
        return None if cost is None or name == "id" else Decimal(cost)


@frozen(kw_only=True)
class Act:
    """Something happens.

    Attributes:
        event: The event, with an id of its own.
        cost: What it costs.
        days: Days after the score's instant; 0 is at once.
        fresh: Properties whose value only has to be another one than came so far.
    """

    event: Event
    cost: Decimal
    days: int = 0
    fresh: tuple[str, ...] = ()


@frozen(kw_only=True)
class Learned:
    """An attribute turns out to be, or becomes, something.

    Attributes:
        attribute: Its name.
        value: The value that was tried; a literal of the playbook or next to one.
        cost: What it costs.
        condition: What has to hold of it, for people.
        known: Whether the lead has another value now.
    """

    attribute: str
    value: object
    cost: Decimal
    condition: Condition
    known: bool


Change = Act | Learned


@frozen(kw_only=True)
class Answer:
    """Changes that together reach the bar, none of which can be left out.

    Attributes:
        changes: The changes, at most three.
        cost: What they cost together.
        score: The score that they give, as of the last act.
    """

    changes: tuple[Change, ...]
    cost: Decimal
    score: Score

    @property
    def lead(self) -> Lead:
        """The lead with the attributes of the answer."""
        return self.score.reading.profile.lead

    @property
    def events(self) -> tuple[Event, ...]:
        """The acts of the answer as events; scored with the lead's own they reach the bar."""
        return tuple(change.event for change in self.changes if isinstance(change, Act))

    def words(self, language: Language = "en", *, labels: Mapping[str, str] = _NO_LABELS) -> str:
        """Return the answer in a sentence.

        Args:
            language: ``"en"`` or ``"es"``.
            labels: How people call what the playbook names, such as ``playbook.labels["es"]``.

        Raises:
            UnknownName: If leadqual does not speak the language.
        """
        return answer_words(self.changes, self.score, Words(language=language_of(language), labels=labels))


@frozen(kw_only=True)
class WhyNot:
    """What is missing for a bar.

    Attributes:
        bar: The bar.
        score: The score that was asked.
        met: Whether the bar is reached already; there are no answers then.
        answers: Up to five, the cheapest first.
        complete: Whether every set of up to three changes was looked at; else only the most promising ones were.
    """

    bar: str
    score: Score
    met: bool
    answers: tuple[Answer, ...]
    complete: bool

    def explain(self, language: Language = "en", *, labels: Mapping[str, str] = _NO_LABELS) -> str:
        """Return the answers in sentences, one a line, or why there is none.

        Args:
            language: ``"en"`` or ``"es"``.
            labels: How people call what the playbook names, such as ``playbook.labels["es"]``.

        Raises:
            UnknownName: If leadqual does not speak the language.
        """
        words = Words(language=language_of(language), labels=labels)
        if not self.answers:
            return nothing_words(self.bar, self.score, words, met=self.met, complete=self.complete)
        barred = [barred_words(self.bar, self.score, words)] if self.score.gates else []
        return "\n".join([*barred, *(answer.words(language, labels=labels) for answer in self.answers)])
