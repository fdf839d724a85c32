"""What a difference is called in each language; a further language is one more file here."""

from collections.abc import Mapping
from typing import Final

from leadqual.languages import Language
from leadqual.playbook.diff.phrases.english import ENGLISH
from leadqual.playbook.diff.phrases.spanish import SPANISH

PHRASES: Final[Mapping[Language, Mapping[str, str]]] = {"en": ENGLISH, "es": SPANISH}
"""By language: sentences and parts of sentences. All languages have the same keys, with the same names in braces."""

__all__ = ["PHRASES"]
