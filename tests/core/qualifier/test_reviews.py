"""A stage that may no longer be right."""

import pytest

from tests.core.lifecycle.small import QUALIFY, live, small
from tests.practice.life import details, effects_of

BY = small()
STAY = QUALIFY.replace("[qualify.sql]", 'stay = { field = "interest", op = "ge", value = 2 }\n[qualify.sql]')


def _flagged():
    life = live(small(qualify=STAY))
    seen = life.event("visit", 0)
    life.takes(seen, 0)
    life.is_flagged(seen, 1)
    return life


def test_review_is_asked_for_once():
    """Whoever was asked already is not asked again; the first reason stays."""
    life = _flagged()
    [asked] = [effect for effect in life.effects if effect.name == "review"]
    assert vars(asked)["because"] == "flag"
    out = life.is_folded_anew(2, by=small(qualify=STAY.replace("value = 5", "value = 7")))
    assert ("review_opened" in life.names(out), "review" in effects_of(out)) == (False, False)
    assert life.record.state.review == "flag"


@pytest.mark.parametrize("verdict", ["accept", "maybe", "no", "yes", "disqualify"])
def test_review_ends_with_the_next_verdict(verdict):
    """A person has looked."""
    life = _flagged()
    life.is_said(verdict, 2, reason="x")
    assert life.record.state.review is None


def test_review_keeps_a_lead_where_it_is():
    """Nobody cools away while a person is to look at it."""
    life = _flagged()
    life.passes(100)
    assert (life.stage, life.by.next_due(life.record)) == ("mql", None)


def test_review_is_asked_for_when_a_new_model_would_not_keep_a_stage():
    """With the reason said; the stage stays."""
    life = live(small(qualify=STAY))
    life.does("visit", 0)
    life.does("call", 0, by="us")
    assert effects_of(life.is_folded_anew(1, by=small(qualify=STAY.replace("value = 2", "value = 1")))) == []
    out = life.is_folded_anew(1, by=small(qualify=STAY.replace("value = 2", "value = 5")))
    assert (life.stage, details(out, "review_opened")["because"], details(out, "review")["because"]) == (
        "mql",
        "model",
        "model",
    )
    assert details(out, "review_opened")["cause"].kind == "refold"


def test_review_is_not_asked_for_where_the_score_did_not_keep_the_stage_before():
    """An SQL that a person made is nothing that the model could lose."""
    life = live(BY)
    life.is_said("accept", 1)
    out = life.is_folded_anew(2, by=small(qualify=QUALIFY.replace("value = 15", "value = 20")))
    assert (life.names(out), life.stage) == (["refolded"], "sql")


def test_review_is_not_asked_for_who_has_gone_on_meanwhile():
    """What fell due before the refold has moved the lead already, and by that it stands where it should."""
    life = live(small(qualify=STAY))
    life.does("visit", 0)
    life.does("ask", 0.5, known=0.1)
    out = life.is_folded_anew(1, by=small(qualify=STAY.replace("value = 2", "value = 39")))
    assert (life.stage, life.names(out)) == ("sql", ["refolded", "hand_raised", "stage_changed"])
