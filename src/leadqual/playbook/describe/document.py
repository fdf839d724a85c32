"""A whole playbook in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadqual.conditions.claims import Claim, Claims, claims
from leadqual.conditions.words import Words
from leadqual.errors import printable
from leadqual.fit.values import Criterion
from leadqual.languages import Language, language_of
from leadqual.nurture.reading import nurture_reads
from leadqual.playbook.describe.barwords import both_blocks, qualify_blocks
from leadqual.playbook.describe.filewords import file_blocks
from leadqual.playbook.describe.fitwords import fit_blocks, fit_parts
from leadqual.playbook.describe.interestwords import interest_blocks, interest_rules
from leadqual.playbook.describe.lifewords import life_blocks
from leadqual.playbook.describe.nurturewords import nurture_blocks
from leadqual.playbook.describe.objectivewords import objective_blocks
from leadqual.playbook.describe.readwords import read_blocks
from leadqual.playbook.describe.restwords import rest_blocks
from leadqual.playbook.describe.say import heading, say
from leadqual.playbook.describe.storywords import story_blocks
from leadqual.playbook.describe.timewords import time_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leadqual.conditions.nodes import Condition
    from leadqual.playbook.playbook import Playbook
    from leadqual.scoring.model import ScoringModel
    from leadqual.scoring.qualify import Qualify


def words_of(playbook: Playbook, language: Language = "en") -> Words:
    """Return a language with the labels that a playbook has in it.

    Raises:
        UnknownName: If leadqual does not speak the language.
    """
    language = language_of(language)
    return Words(language=language, labels=playbook.labels.get(language, {}))


def describe(playbook: Playbook, *, language: Language = "en") -> str:
    r"""Say a whole playbook in plain sentences, for those who agree on it.

    Args:
        playbook: The playbook.
        language: ``"en"`` or ``"es"``.

    Returns:
        Headings, sentences and lists, as plain text that is also Markdown; the last line ends with a line feed.

    Raises:
        UnknownName: If leadqual does not speak the language.

    >>> from leadqual.playbook import loads
    >>> describe(loads('schema = 1\nname = "mine"\nversion = "7"'), language="es").split("\n")[0]
    '# Playbook «mine»'
    """
    return "\n\n".join(_blocks(playbook, words_of(playbook, language))) + "\n"


def _blocks(playbook: Playbook, words: Words) -> Iterator[str]:
    model = playbook.model
    yield heading(say(words, "title", name=words.quoted(words.name(playbook.name))), 1)
    yield f"{say(words, 'version', version=printable(playbook.version))} {say(words, 'about')}"
    if any(_speaks_of_not(condition) for condition in _conditions(playbook)):
        yield say(words, "negative")
    yield from read_blocks(model, words)
    yield from fit_blocks(model, words)
    yield from interest_blocks(model.interest, words)
    yield from both_blocks(model, words)
    yield from qualify_blocks(model.qualify, words)
    yield from life_blocks(playbook, words)
    yield from rest_blocks(playbook, words)
    yield from time_blocks(playbook, words)
    yield from nurture_blocks(playbook, words)
    yield from objective_blocks(playbook, words)
    yield from story_blocks(playbook.examples, words)
    yield from file_blocks(playbook.columns, playbook.files, words)


def _conditions(playbook: Playbook) -> Iterator[Condition]:
    yield from _of_model(playbook.model)
    nurtured = nurture_reads(playbook.personas, playbook.needs, playbook.sequences)
    yield from (*nurtured.of_leads, *nurtured.of_acts)
    for objective in playbook.objectives.values():
        if objective.qualify is not None:
            yield from _of_bars(objective.qualify)


def _of_model(model: ScoringModel) -> Iterator[Condition]:
    yield from (part.when for part in fit_parts(model.fit) if isinstance(part, Criterion))
    yield from (gate.when for gate in model.fit.gates)
    yield from (rule.when for rule in interest_rules(model.interest) if rule.when is not None)
    yield from _of_bars(model.qualify)


def _of_bars(qualify: Qualify) -> Iterator[Condition]:
    for bar in (qualify.mql, qualify.sql):
        if bar is not None:
            yield bar.when
            if bar.stay is not None:
                yield bar.stay


def _speaks_of_not(condition: Condition) -> bool:
    """Tell whether a condition claims of something that it is not so, and holds when that is not known."""
    found: list[Claims] = [claims(condition)]
    while found:
        claim = found.pop()
        if not isinstance(claim, Claim):
            found += claim.parts
        elif not claim.holds and claim.leaf.missing is not True:
            return True
    return False
