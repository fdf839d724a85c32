"""How each language says what a condition asks; a further language is one more file here."""

from collections.abc import Mapping
from typing import Final

from leadqual.conditions.speech.english import ENGLISH
from leadqual.conditions.speech.spanish import SPANISH
from leadqual.conditions.speech.table import Speech
from leadqual.languages import Language

SPEECH: Final[Mapping[Language, Speech]] = {"en": ENGLISH, "es": SPANISH}
"""The table of each language."""

__all__ = ["SPEECH", "Speech"]
