"""The smallest pieces of a sentence about a lead's life: names, stages, reasons, days, brackets."""

from datetime import UTC, datetime, time, tzinfo
from decimal import Decimal

from attrs import frozen

from leadqual.conditions.words import Words
from leadqual.errors import printable
from leadqual.lifecycle.told.phrases import NAMES, PHRASES, REASONS
from leadqual.points import to_decimal


@frozen
class Voice:
    """A language, what people call things in it, and the sentences of this part.

    Attributes:
        words: The language and the labels.
        zone: The zone of the days and times that are told.
    """

    words: Words
    zone: tzinfo = UTC

    def say(self, key: str, /, **parts: str) -> str:
        """Return a sentence or a piece of one with its parts filled in.

        >>> Voice(Words()).say("nothing")
        'Nothing has changed.'
        """
        return PHRASES[self.words.language][key].format(**parts)

    def has(self, key: str) -> bool:
        """Return whether there is a sentence or a piece by a key."""
        return key in PHRASES[self.words.language]

    def name(self, name: str) -> str:
        """Return what people call a stage, a kind, a reason, a channel or an SLA.

        Args:
            name: Its name in the playbook.

        Returns:
            Its label, else the language's own word for it, else the name with spaces.

        >>> Voice(Words()).name("no_budget"), Voice(Words(language="es")).name("no_budget")
        ('no budget', 'sin presupuesto')
        """
        return printable(self.words.labels.get(name) or NAMES[self.words.language].get(name) or name.replace("_", " "))

    def stage(self, before: str, name: str) -> str:
        """Return a piece of a sentence that speaks of a stage.

        Args:
            before: What is said of it: ``to``, ``again``, ``now`` or ``as``.
            name: The stage.

        >>> Voice(Words()).stage("to", "mql"), Voice(Words()).stage("to", "in_talks")
        ('it became an MQL', 'it moved to the stage “in talks”')
        """
        own = f"{before} {name}"
        usual = NAMES[self.words.language].get(name, name)
        if self.has(own) and self.words.labels.get(name, usual).lower() == usual.lower():
            return self.say(own)
        return self.say(before, stage=self.words.quoted(self.name(name)))

    def why(self, transition: str) -> str:
        """Return why a lead moved.

        Args:
            transition: The name of the transition.

        Returns:
            Its label, else the words for one that comes with leadqual, else its name in quotes.
        """
        own = REASONS[self.words.language].get(transition)
        label = self.words.labels.get(transition)
        return printable(label) if label else own or self.words.quoted(transition.replace("_", " "))

    def day(self, at: datetime) -> str:
        """Return the day of an instant.

        >>> Voice(Words(language="es")).day(datetime(2026, 3, 1, 23, tzinfo=UTC))
        '1 de marzo de 2026'
        """
        return self.words.value(at.astimezone(self.zone).date())

    def minute(self, at: datetime) -> str:
        """Return an instant to the minute; seconds are cut, so that it is never told later than it is.

        >>> Voice(Words()).minute(datetime(2026, 3, 1, 9, 30, 59, tzinfo=UTC))
        '1 March 2026, 09:30 UTC'
        >>> from zoneinfo import ZoneInfo
        >>> Voice(Words(), ZoneInfo("Europe/Madrid")).minute(datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
        '1 March 2026, 10:30 (Europe/Madrid)'
        """
        name = str(self.zone)
        zone = name if name.startswith("UTC") else f"({printable(name)})"
        return self.say("moment", day=self.day(at), time=f"{at.astimezone(self.zone):%H:%M}", zone=zone)

    def until(self, at: datetime) -> str:
        """Return the day on which something ends, or the minute if it is not where that day begins.

        >>> Voice(Words()).until(datetime(2026, 6, 14, tzinfo=UTC))
        '14 June 2026'
        """
        return self.day(at) if at.astimezone(self.zone).time() == time.min else self.minute(at)

    def points(self, hundredths: int) -> str:
        """Return hundredths of a point as people write points.

        >>> Voice(Words(language="es")).points(1135)
        '11,35'
        """
        return self.words.amount(to_decimal(hundredths))

    def price(self, amount: Decimal | None, currency: str | None) -> str | None:
        """Return an amount of money, if there is one.

        >>> Voice(Words()).price(Decimal("1500.50"), "EUR")
        '1500.50 EUR'
        """
        if amount is None:
            return None
        text = self.words.amount(amount)
        text += "0" if text[-2:-1] in (".", ",") else ""
        return f"{text} {printable(currency)}" if currency else text

    def reason(self, reason: str | None, key: str = "reason") -> str | None:
        """Return a reason as a piece of a bracket, if there is one."""
        return self.say(key, reason=self.name(reason)) if reason else None

    def sla(self, name: str) -> str:
        """Return an SLA in brackets."""
        return brackets(self.say("sla", sla=self.name(name)))

    def kind(self, kind: str) -> str:
        """Return a kind of act in brackets."""
        return brackets(self.name(kind))


def brackets(*pieces: str | None) -> str:
    """Return the pieces that there are in brackets, with a space before; nothing if there are none.

    >>> brackets("a", None, "b"), brackets(None)
    (' (a; b)', '')
    """
    found = [piece for piece in pieces if piece]
    return f" ({'; '.join(found)})" if found else ""
