"""How people call what a playbook names: labels, and readable words where there is no label."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal

from attrs import field, frozen

from leadqual.conditions.speech import SPEECH, Speech
from leadqual.errors import printable, shown
from leadqual.languages import Language, amount, joined


@frozen(kw_only=True)
class Words:
    """A language, and what people call things in it.

    Attributes:
        language: ``"en"`` or ``"es"``.
        labels: Words by name: of attributes, properties, kinds of events, groups, lists, reasons, rules and values.

    >>> words = Words(language="es", labels={"job_title": "cargo"})
    >>> words.name("job_title"), words.name("company_size"), words.name("active_days")
    ('cargo', 'company size', 'días con actividad')
    """

    language: Language = "en"
    labels: Mapping[str, str] = field(factory=dict, hash=False)

    @property
    def speech(self) -> Speech:
        """The table of the language."""
        return SPEECH[self.language]

    def name(self, key: str) -> str:
        """Return what people call a field, a group, a list, a reason or a rule.

        Args:
            key: Its name in the document.

        Returns:
            Its label; else the language's own word for what every lead or score has; else the name with spaces.
        """
        own = key.removeprefix("group.").removeprefix("input.")
        of_input = self.speech.names.get(key) if key.startswith("input.") else None
        label = of_input or self.labels.get(own) or self.speech.names.get(key)
        return printable(label or own.replace("_", " "))

    def kind(self, key: str) -> str:
        """Return what people call a kind of event; ``"*"`` is any act of the lead.

        >>> Words().kind("page_view"), Words().kind("*")
        ('page view', 'any act of the lead')
        """
        return self.speech.any_kind if key == "*" else printable(self.labels.get(key) or key.replace("_", " "))

    def value(self, value: object) -> str:
        """Return a value as people write it: a label, a number, a date, yes or no.

        A text without a label stands in quotes where it would not be seen as one.

        >>> Words().value("ES"), Words().value("New York"), Words(language="es").value(Decimal("6.50"))
        ('ES', '“New York”', '6,5')
        >>> Words(language="es").value("2026-03-01")
        '1 de marzo de 2026'
        """
        if isinstance(value, bool):
            return self.speech.yes if value else self.speech.no
        if isinstance(value, date):
            return self._instant(value) if isinstance(value, datetime) else self._day(value)
        if isinstance(value, str):
            return self._text(value)
        return self.amount(value) if isinstance(value, int | float | Decimal) else shown(value)

    def quoted(self, text: str) -> str:
        """Return a text in the quotes of the language.

        >>> Words().quoted("CEO"), Words(language="es").quoted("CEO")
        ('“CEO”', '«CEO»')
        """
        before, after = self.speech.quotes
        return f"{before}{printable(text)}{after}"

    def amount(self, number: Decimal | float) -> str:
        """Return a number as people write it.

        >>> Words(language="es").amount(Decimal("1.50"))
        '1,5'
        """
        exact = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
        short = exact.is_finite() and abs(exact.adjusted()) < 40
        return amount(exact, self.language) if short else shown(number)

    def joined(self, words: Sequence[str], joint: Literal["and", "or"]) -> str:
        """Return words as a list in a sentence.

        >>> Words(language="es").joined(["plata", "oro"], "or")
        'plata u oro'
        """
        return joined(words, joint, self.language)

    def the(self, noun: str) -> str:
        """Return a noun with its article, unless it begins with one.

        >>> Words().the("job title"), Words(language="es").the("fecha"), Words(language="es").the("la imagen")
        ('the job title', 'la fecha', 'la imagen')
        """
        return self.speech.the(noun)

    def of(self, noun: str) -> str:
        """Return *of* and a noun with its article.

        >>> Words().of("group"), Words(language="es").of("grupo"), Words(language="es").of("fecha")
        ('of the group', 'del grupo', 'de la fecha')
        """
        return self.speech.of(noun)

    def _text(self, text: str) -> str:
        if text in self.labels:
            return printable(self.labels[text])
        moment = read_moment(text)
        if moment is not None:
            return self.value(moment)
        plain = text.replace("_", " ") if text.isidentifier() and text == text.lower() else text
        return plain if text and all(c.isalnum() or c in "_-./+&" for c in text) else self.quoted(text)

    def _day(self, day: date) -> str:
        month = self.speech.months[day.month - 1]
        return self.speech.day.format(day=day.day, month=month, year=day.year)

    def _instant(self, at: datetime) -> str:
        known = at if at.tzinfo is None else at.astimezone(UTC)
        time = known.time().replace(tzinfo=None)
        clock = f"{time:%H:%M}" if not (time.second or time.microsecond) else time.isoformat()
        return self.speech.instant.format(day=self._day(known.date()), time=clock)


def read_moment(text: str) -> date | None:
    """Return the date or the instant that a text writes in full, if it does.

    >>> read_moment("2026-03-01"), read_moment("2026")
    (datetime.date(2026, 3, 1), None)
    """
    if not (10 <= len(text) <= 40 and text.isascii() and text[4] == text[7] == "-"):
        return None
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return None
