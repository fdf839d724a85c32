"""The review of a whole playbook."""

from collections.abc import Iterator

from attrs import evolve

from leadqual.nurture.reading import nurture_reads
from leadqual.playbook.lint.acts import acts_of
from leadqual.playbook.lint.bars import bar_findings
from leadqual.playbook.lint.branches import WORDS_OF_LEADS, branch_findings, words_of
from leadqual.playbook.lint.caps import fit_axis, group_findings, interest_axis, reached_findings, size_findings
from leadqual.playbook.lint.criteria import criterion_findings, overlap_findings
from leadqual.playbook.lint.finding import Finding
from leadqual.playbook.lint.gates import gate_findings
from leadqual.playbook.lint.labels import label_findings
from leadqual.playbook.lint.life import life_findings
from leadqual.playbook.lint.order import in_order
from leadqual.playbook.lint.parts import parts_of
from leadqual.playbook.lint.profiles import profiles_of
from leadqual.playbook.lint.reach import reach_of
from leadqual.playbook.lint.rules import earning_findings, hand_raise_findings, rule_findings
from leadqual.playbook.lint.unused import unused_findings
from leadqual.playbook.playbook import Playbook
from leadqual.scoring.model import ScoringModel


def lint(playbook: Playbook) -> tuple[Finding, ...]:
    """Review a playbook that is sound for what its authors can hardly have meant.

    What a warning says is true of every lead there can be, or proven by a lead that was made up and scored. What is not
    found may still be wrong.

    Args:
        playbook: The playbook.

    Returns:
        The findings in the order of the document; those of an objective last, and only where they differ from those of
        the playbook itself.

    >>> from leadqual.playbook import loads
    >>> from leadqual.presets import starter_text
    >>> lint(loads(starter_text()))
    ()
    """
    own = _Review(playbook.model)
    others = {name: _Review(model) for name, model in playbook.models.items()}
    everywhere = list(own.of_every_price())
    for other in others.values():
        also = {_key(found) for found in other.of_every_price()}
        everywhere = [found for found in everywhere if _key(found) in also]
    guards = [way.when for way in playbook.lifecycle.transitions if way.when is not None]
    nurtured = nurture_reads(playbook.personas, playbook.needs, playbook.sequences)
    models = [own.parts, *(other.parts for other in others.values())]
    offers = playbook.nurture.offers.values() if playbook.sequences or playbook.needs else ()
    found = list(unused_findings(models, [*guards, *nurtured.of_leads], nurtured.of_acts, offers))
    found += [*own.as_written(), *everywhere, *life_findings(playbook, own.parts)]
    priced = list(own.as_priced())
    found += priced
    seen = {_key(one) for one in priced}
    of_objectives: list[Finding] = []
    for name, other in others.items():
        fresh = [one for one in other.as_priced() if _key(one) not in seen]
        of_objectives += [
            evolve(one, where=f"objectives.{name}.{one.where}") for one in in_order(fresh, playbook.model)
        ]
    return (*in_order(found, playbook.model), *of_objectives)


def _key(found: Finding) -> tuple[str, str]:
    """Return by what two models' findings are the same."""
    return found.code, found.where


class _Review:
    """One model with everything that its leads can come to."""

    def __init__(self, model: ScoringModel) -> None:
        self.parts = parts_of(model)
        self.profiles = profiles_of(self.parts)
        self.acts = acts_of(self.parts)
        self.reach = reach_of(self.parts, self.profiles, self.acts)
        self.axes = (fit_axis(self.parts, self.profiles), interest_axis(self.parts, self.acts))

    def as_written(self) -> Iterator[Finding]:
        """Yield what does not depend on points, so that it is the same for every objective."""
        fields = {"lead": self.parts.of_lead, "event": self.parts.of_event}
        for asked in self.parts.conditions:
            if asked.of != "score":
                words = WORDS_OF_LEADS if asked.of == "lead" else {}
                yield from branch_findings(asked, fields[asked.of], words)
        yield from overlap_findings(self.parts)
        yield from gate_findings(self.parts)
        yield from rule_findings(self.parts, self.acts)
        for axis in self.axes:
            yield from group_findings(axis)

    def of_every_price(self) -> Iterator[Finding]:
        """Yield what is a fault only where it is one under every objective: one may price what another does not."""
        yield from criterion_findings(self.parts, self.profiles)
        yield from earning_findings(self.parts, self.acts)
        for axis in self.axes:
            yield from reached_findings(axis)

    def as_priced(self) -> Iterator[Finding]:
        """Yield what is a fault of one model, whatever the others are."""
        words = words_of(self.reach)
        for asked in self.parts.conditions:
            if asked.of == "score":
                yield from branch_findings(asked, self.reach.fields, words)
        yield from bar_findings(self.reach)
        yield from label_findings(self.reach)
        yield from hand_raise_findings(self.parts)
        for axis in self.axes:
            yield from size_findings(axis)
