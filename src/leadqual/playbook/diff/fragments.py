"""What stands at one place of a playbook, as a part of a sentence."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from attrs import frozen

from leadqual.conditions.describe import condition_phrase
from leadqual.conditions.leafwords import picked
from leadqual.conditions.nodes import All, AnyOf, Condition, Leaf, Not
from leadqual.conditions.words import Words
from leadqual.errors import shown
from leadqual.playbook.diff.phrases import PHRASES

_OF_POINTS: Final = frozenset({"max", "min", "missing", "other"})
_OF_DAYS: Final = frozenset({"memory", "inactivity"})
_OF_AXIS: Final = ("combine.fit", "combine.interest")
_AS_WRITTEN: Final = frozenset({"zone", "unit", "dates", "decimal", "delimiter", "encoding"})
_LONGEST_LIST: Final = 30


@frozen(kw_only=True)
class Fragments:
    """Puts values of a playbook into words.

    Attributes:
        words: The language, and what people call things in it.
    """

    words: Words

    def say(self, phrase: str, **parts: str) -> str:
        """Return a phrase of the language with its parts."""
        return PHRASES[self.words.language][phrase].format(**parts)

    def say_of(self, noun: str, phrase: str, **parts: str) -> str:
        """Return a phrase in the form for one thing or for several, as a noun has it."""
        text = picked(PHRASES[self.words.language][phrase], several=self.words.speech.many(noun))
        return text.format(**parts)

    def has(self, phrase: str) -> bool:
        """Return whether there is such a phrase."""
        return phrase in PHRASES[self.words.language]

    def number(self, phrase: str, number: Any, name: str = "n") -> str:
        """Return a phrase that counts something: *1 point*, *2 points*."""
        text = picked(PHRASES[self.words.language][phrase], several=number not in (1, -1))
        return text.format(**{name: self.words.amount(number) if _is_number(number) else shown(number)})

    def points(self, number: Any) -> str:
        """Return points with their sign."""
        return self.number("points", number)

    def bare(self, number: Any) -> str:
        """Return the size of points, without the word and the sign."""
        return self.words.amount(abs(number)) if _is_number(number) else shown(number)

    def earned(self, number: Any, phrase: str = "") -> str:
        """Return what something earns or costs.

        Args:
            number: Points.
            phrase: ``"bare "`` for the past.
        """
        sign = "cost" if number < 0 else "earned"
        return self.say(f"{phrase}{sign}", v=self.points(abs(number)))

    def condition(self, condition: Any) -> str:
        """Return a condition in words."""
        return condition_phrase(_condition(condition), self.words)

    def values(self, values: Sequence[Any]) -> str:
        """Return values of a list in words; of a long one the beginning."""
        more = [f"… (+{len(values) - _LONGEST_LIST})"] if len(values) > _LONGEST_LIST else []
        return ", ".join([*map(self.words.value, values[:_LONGEST_LIST]), *more])

    def kinds(self, kinds: Sequence[Any]) -> str:
        """Return kinds of events in words."""
        return self.words.joined([self.words.kind(str(kind)) for kind in kinds], "or")

    def fragment(self, key: str, value: Any) -> str:
        """Return what a value says at its place.

        Args:
            key: The place, such as ``interest.rules[].max``.
            value: The value; nothing where the document says nothing.
        """
        leaf = key.rpartition(".")[2]
        if value is None:
            return self.say(f"no {key}" if self.has(f"no {key}") else f"no {leaf}")
        if leaf in _OF_POINTS:
            return self.say(leaf, v=self.points(value))
        if leaf in _OF_DAYS:
            return self.say(leaf, v=self.number("days", value))
        if leaf in _AS_WRITTEN:
            return self.say(leaf, v=self.words.quoted(str(value)))
        return self._special(leaf, value)

    def _special(self, leaf: str, value: Any) -> str:
        match leaf:
            case "day_starts":
                return self.say("day_starts", v=str(value))
            case "bare_dates":
                return self.say("bare_dates", v=self.say("noon"))
            case "type":
                return self.say("type", v=self.say(f"type {value}"))
            case "when":
                return self.say("if", v=self.condition(value))
            case "event":
                return self.say("event", v=self.kinds(value))
            case "per":
                return self._per(value)
            case "times":
                return self.number("times", value)
            case "weights":
                return self.say("weights", v=", ".join(map(self._share, value)))
            case "decay":
                return self._curve(value)
            case "counts":
                return self.say("counts")
            case "kind":
                return self.say(f"kind {value}")
            case "bands":
                return self.bands(value)
            case "values":
                rows = [self.say("row", name=self.words.value(n), points=self.points(p)) for n, p in value.items()]
                return ", ".join(rows)
            case "group" | "based_on" | "objective":
                return self.say(leaf, v=self.words.quoted(self.words.name(str(value))))
            case "distinct_by" | "field":
                return self.say(leaf, v=self.words.name(str(value)))
            case "missing words":
                return self.say("words", v=", ".join(map(self.words.quoted, value)))
        return self.say(leaf, v=self.words.value(value))

    def bands(self, bands: Sequence[Mapping[str, Any]]) -> str:
        """Return the rows of a table by size."""
        names = [self.band(bands, i) for i in range(len(bands))]
        rows = zip(names, bands, strict=True)
        return ", ".join(self.say("row", name=name, points=self.points(band["points"])) for name, band in rows)

    def band(self, bands: Sequence[Mapping[str, Any]], number: int) -> str:
        """Return which sizes a row of a table is for."""
        low = bands[number - 1]["below"] if number else None
        high = bands[number].get("below")
        if low is None:
            return self.say("band any") if high is None else self.say("band first", high=self.words.value(high))
        if high is None:
            return self.say("band last", low=self.words.value(low))
        return self.say("band", low=self.words.value(low), high=self.words.value(high))

    def _per(self, per: Mapping[str, Any]) -> str:
        days, times = per["days"], self.words.amount(per["times"])
        if days in (1, 7):
            return self.say("per day" if days == 1 else "per week", n=times)
        return self.say("per days", n=times, days=self.number("days", days))

    def _share(self, share: Any) -> str:
        return self.say("share", v=self.words.amount(Decimal(share) * 100))

    def _curve(self, curve: Any) -> str:
        if not isinstance(curve, Mapping):
            return self.say("none")
        ((name, value),) = curve.items()
        if name != "steps":
            return self.say(name, days=self.number("days", value))
        steps = [self.say("step", share=self._share(share), days=self.number("days", age)) for age, share in value]
        return self.say("steps", v=", ".join(steps))


def _condition(data: Mapping[str, Any]) -> Condition:
    """Return a condition from its plain data; a model may hold larger ones than a document."""
    if "all" in data:
        return All([_condition(part) for part in data["all"]])
    if "any" in data:
        return AnyOf([_condition(part) for part in data["any"]])
    return Not(_condition(data["not"])) if "not" in data else Leaf(**data)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
