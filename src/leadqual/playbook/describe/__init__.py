"""A playbook in plain sentences, in every language of leadqual."""

from leadqual.playbook.describe.barwords import bar_sentence
from leadqual.playbook.describe.document import describe, words_of
from leadqual.playbook.describe.fitwords import criterion_sentence, gate_sentence, table_sentence
from leadqual.playbook.describe.interestwords import decay_phrase, rule_name, rule_sentence
from leadqual.playbook.describe.storywords import story

__all__ = [
    "bar_sentence",
    "criterion_sentence",
    "decay_phrase",
    "describe",
    "gate_sentence",
    "rule_name",
    "rule_sentence",
    "story",
    "table_sentence",
    "words_of",
]
