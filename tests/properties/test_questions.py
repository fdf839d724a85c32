"""What a question promises of its answers holds of any of them."""

from __future__ import annotations

import math

from hypothesis import assume, given
from hypothesis import strategies as st

from leadqual.scoring.whynot.facts import with_values

from .bases import cases
from .running import events_of, lead_of, model_of
from .vocabulary import ATTRIBUTES, INSTANTS, VALUES

ANY = {
    "integer": st.integers(-(2**63), 2**63 - 1),
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
    "date": st.dates(),
    "instant": st.sampled_from(INSTANTS),
}
EXACT = [name for name, kind in ATTRIBUTES.items() if kind not in ("text", "list")]
"""Attributes of which every way to read them is tried; of texts, which may join any words, only some are."""


def asked(case):
    """Return the model, the lead, its events, its score and the questions by attribute."""
    model, lead, events = model_of(case.document), lead_of(case.lead), events_of(case.events)
    score = model.score(lead, events, now=case.now)
    return model, lead, events, score, {question.attribute: question for question in score.questions()}


def is_missing(value):
    """Tell whether a value counts as missing."""
    return value in (None, "", []) or (isinstance(value, float) and math.isnan(value))


@given(cases(), st.sampled_from(EXACT), st.data())
def test_any_answer_keeps_what_its_question_promises(case, name, data):
    """The fit is between the two ends, the range so much narrower, and no other bar or gate moves."""
    model, lead, events, score, questions = asked(case)
    kind = ATTRIBUTES[name]
    value = data.draw(st.one_of(st.sampled_from(VALUES[kind]), ANY[kind]))
    assume(is_missing(lead.attributes.get(name)) and not is_missing(value))
    answered = model.score(with_values(lead, {name: value}), events, now=case.now)
    question = questions.get(name)
    if question is None:
        assert (answered.fit, answered.fit_low, answered.fit_high) == (score.fit, score.fit_low, score.fit_high)
        assert (answered.gates, answered.qualifies) == (score.gates, score.qualifies)
        return
    assert question.fit_low <= answered.fit <= question.fit_high
    width = score.fit_high - score.fit_low
    assert not question.narrows or answered.fit_high - answered.fit_low <= width - question.narrows
    assert answered.qualifies ^ score.qualifies <= question.decides
    assert set(answered.gates) ^ set(score.gates) <= question.gates


@given(cases())
def test_questions_are_about_what_is_missing_and_in_order(case):
    """Best first; each about an attribute that has no value, each once."""
    _, lead, _, score, questions = asked(case)
    keys = [(question.moves, question.narrows, bool(question.decides)) for question in questions.values()]
    assert keys == sorted(keys, reverse=True)
    assert len(questions) == len(score.questions())
    assert all(is_missing(lead.row.get(name)) for name in questions)
    assert all(moves >= 0 and narrows >= 0 for moves, narrows, _ in keys)
