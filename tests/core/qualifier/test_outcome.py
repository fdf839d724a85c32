"""What came of an input."""

import pytest

from leadqual import Event, UnknownName
from tests.core.lifecycle.small import lead, live, small
from tests.practice.life import on

LABELS = '[labels.en]\nmql = "Marketing lead"\n[labels.es]\nmql = "Lead de marketing"\n'


def test_outcome_tells_why_in_the_words_of_the_playbook():
    """In English and in Spanish, with what people call things."""
    out = live(small(LABELS)).does("visit", 1)
    assert "Marketing lead" in out.because
    assert out.because == out.explain("en") == out.explain()
    assert "Lead de marketing" in out.explain("es")


def test_outcome_of_a_verdict_is_told_in_them_too():
    """Whatever the input was."""
    life = live(small(LABELS))
    life.is_said("accept", 0)
    assert "Marketing lead" in life.is_said("return", 1, reason="too early").because
    assert "Marketing lead" in life.by.release(_warm(life.by), now=on(1)).because


def _warm(by):
    history = (Event(id="h", lead_id="L1", kind="visit", at=on(1)),)
    return by.open(lead(), history, now=on(1), imported=True).record


def test_outcome_without_facts_tells_something_too():
    """A tick that comes early changed nothing, and that is said."""
    out = live(small()).passes(1)
    assert out.because
    assert (out.facts, out.effects) == ((), ())


def test_outcome_speaks_two_languages():
    """Another one is refused."""
    with pytest.raises(UnknownName, match="language"):
        live(small()).does("visit", 1).explain("de")


def test_outcome_has_the_score_after_the_input():
    """As of that instant."""
    life = live(small())
    out = life.does("visit", 1)
    assert out.score == life.record.score(on(1))
    assert (out.score.interest, out.score.qualifies) == (5, {"mql"})


def test_outcome_tells_days_in_the_zone_of_the_calendar():
    """What happens at eleven at night in Lima is told with the day of Lima."""
    by = small('[calendar]\nzone = "America/Lima"\n')
    out = live(by).is_said("maybe", 0.8)
    assert str(out.zone) == "America/Lima"
