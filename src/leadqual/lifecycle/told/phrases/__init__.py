"""What is told of a lead's life in each language; a further language is one more file here."""

from collections.abc import Mapping
from typing import Final

from leadqual.languages import Language
from leadqual.lifecycle.told.phrases import english, spanish

PHRASES: Final[Mapping[Language, Mapping[str, str]]] = {"en": english.PHRASES, "es": spanish.PHRASES}
"""By language: sentences by a key of ours. All languages have the same keys, with the same names in braces."""
NAMES: Final[Mapping[Language, Mapping[str, str]]] = {"en": english.NAMES, "es": spanish.NAMES}
"""By language: words for stages, kinds, reasons and channels that have no label and are not their own best word."""
REASONS: Final[Mapping[Language, Mapping[str, str]]] = {"en": english.REASONS, "es": spanish.REASONS}
"""By language: why a lead moved, by the name of a transition of the lifecycles that come with leadqual."""

__all__ = ["NAMES", "PHRASES", "REASONS"]
