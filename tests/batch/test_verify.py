"""Scores are checked against the reference, and an engine that goes wrong is found out."""

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from leadqual.batch import score_table
from leadqual.batch.engines.duck import Duck
from leadqual.errors import EngineMismatch
from leadqual.interest import Interest, InterestRule, Window
from leadqual.lead import Lead
from leadqual.scoring.model import ScoringModel
from leadqual.testing import arrow_events, arrow_leads, bases, playbooks

from .interest.drawing import NOW, PROPERTIES, acts
from .running import fewer

MODEL = ScoringModel(
    properties=PROPERTIES,
    interest=Interest(rules=[InterestRule(event="open", points=2, decay=Window(90))], levels={1: 20, 2: 0}),
)


@frozen(kw_only=True)
class HalfAsMuch(Duck):
    """An engine whose curves are wrong: every event is worth half of what it should be."""

    def make(self, made):
        """Make a table or a view, the curves with half of each factor."""
        if made.name == "lq_curve":
            made = evolve(made, rows=tuple((place, factor // 2) for place, factor in made.rows))
        super().make(made)


def tables(names):
    """Return leads and their events."""
    events = acts(11, 40 * len(names), leads=names)
    return {"leads": arrow_leads(MODEL, [Lead(id=name) for name in names]), "events": arrow_events(MODEL, events)}


@fewer
@given(data=st.data(), playbook=playbooks())
def test_scores_that_are_right_pass(data, playbook):
    """All leads of any base are scored again to the last unit: ids, texts, lists and dates come back whole."""
    base, model = data.draw(bases(playbook, now=NOW)), playbook.model
    handed = {"leads": arrow_leads(model, base.leads), "events": arrow_events(model, base.events)}
    table = score_table(model, **handed, now=NOW, bad_rows="skip", flagged=base.flagged, verify=100)
    assert len(table) == len(base.leads)


def test_scores_that_are_wrong_are_told_with_leads_and_fields():
    """Each difference names the lead, the column and both values; ten are told and the others counted."""
    names = [f"L{at}" for at in range(12)]
    with pytest.raises(EngineMismatch) as raised:
        score_table(MODEL, **tables(names), now=NOW, verify=12, engine=HalfAsMuch.open(threads=1))
    told = str(raised.value)
    assert told.count("the reference says") == 10
    assert any(f"lead '{name}': interest is " in told for name in names)
    assert "more. Please report it" in told


def test_numbers_of_leads_are_checked_too():
    """Leads whose ids are whole numbers are found again."""
    with pytest.raises(EngineMismatch, match=r"lead '-3': interest is \d+, the reference says \d+"):
        score_table(MODEL, **tables(["-3"]), now=NOW, verify=1, engine=HalfAsMuch.open(threads=1))
    assert len(score_table(MODEL, **tables(["-3", "4"]), now=NOW, verify=9)) == 2


def test_nothing_is_checked_unless_asked_for():
    """A sample costs time, so it is taken on request."""
    assert len(score_table(MODEL, **tables(["L1"]), now=NOW, engine=HalfAsMuch.open(threads=1))) == 1


def test_sample_of_an_empty_base_is_right():
    """Where there is nothing to compare, nothing is wrong."""
    none = {"leads": arrow_leads(MODEL, []), "events": None}
    assert len(score_table(MODEL, **none, now=NOW, verify=5)) == 0
