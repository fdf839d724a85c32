"""What came of an input."""

from collections.abc import Mapping
from datetime import UTC, tzinfo
from typing import Final

from attrs import frozen

from leadqual.languages import language_of
from leadqual.lifecycle.effects import Effect
from leadqual.lifecycle.facts import Fact
from leadqual.lifecycle.told import because
from leadqual.qualifier.record import Record
from leadqual.scoring.score import Score

Labels = Mapping[str, Mapping[str, str]]
"""By language, how people call what a playbook names."""
_NO_LABELS: Final[Labels] = {}
_NO_WORDS: Final[Mapping[str, str]] = {}


@frozen(eq=False)
class Outcome:
    """What came of an input.

    Attributes:
        record: The record after it.
        facts: What has become of the lead, in order; the host stores them.
        effects: What the host carries out, once.
        labels: By language, how people call what the playbook names.
        zone: Zone in which days and times are told: that of the playbook's calendar.
    """

    record: Record
    facts: tuple[Fact, ...] = ()
    effects: tuple[Effect, ...] = ()
    labels: Labels = _NO_LABELS
    zone: tzinfo = UTC

    @property
    def score(self) -> Score:
        """The lead's score after the input, as of that instant."""
        return self.record.score()

    @property
    def because(self) -> str:
        """What has become of the lead, in a few English sentences; written when it is read."""
        return self.explain()

    def explain(self, language: str = "en") -> str:
        """Return what has become of the lead, in a few sentences.

        Args:
            language: ``"en"`` or ``"es"``.

        Raises:
            UnknownName: If leadqual does not speak the language.
        """
        known = language_of(language)
        return because(self.facts, language=known, labels=self.labels.get(known, _NO_WORDS), zone=self.zone)
