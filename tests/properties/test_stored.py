"""Storing any facts, effects and states, and reading anything."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual.errors import HistoryError
from leadqual.lifecycle.stored import (
    effect_from_plain,
    effect_to_plain,
    fact_from_plain,
    fact_to_plain,
    state_from_plain,
    state_to_plain,
)
from tests.properties.junk import JUNK, spoilt
from tests.properties.recorded import ANY_TEXT_FACTS, EFFECT_KINDS, FACT_KINDS, STATES

FACTS = st.one_of(list(FACT_KINDS.values()))
EFFECTS = st.one_of(list(EFFECT_KINDS.values()))
WAYS = [(FACTS, fact_to_plain, fact_from_plain), (EFFECTS, effect_to_plain, effect_from_plain),
        (STATES, state_to_plain, state_from_plain)]  # fmt: skip
NAMES = ["facts", "effects", "states"]


def _read(read, plain):
    """Return the value that plain data makes and nothing, or nothing and what is wrong with it."""
    try:
        return read(plain), None
    except HistoryError as error:
        return None, str(error)


@pytest.mark.parametrize("kind", FACT_KINDS)
@given(st.data())
def test_fact_comes_back_from_json_as_it_was(kind, data):
    """Writing a fact as JSON and reading it again gives the same fact."""
    fact = data.draw(FACT_KINDS[kind])
    assert fact_from_plain(json.loads(json.dumps(fact_to_plain(fact), allow_nan=False))) == fact


@given(ANY_TEXT_FACTS)
def test_fact_of_any_texts_comes_back_from_json_as_it_was(fact):
    """Names and reasons may be any text that can be stored."""
    assert fact_from_plain(json.loads(json.dumps(fact_to_plain(fact), ensure_ascii=False))) == fact


@pytest.mark.parametrize("kind", EFFECT_KINDS)
@given(st.data())
def test_effect_comes_back_from_json_as_it_was(kind, data):
    """Writing an effect as JSON and reading it again gives the same effect."""
    effect = data.draw(EFFECT_KINDS[kind])
    assert effect_from_plain(json.loads(json.dumps(effect_to_plain(effect), allow_nan=False))) == effect


@given(STATES)
def test_state_comes_back_from_json_as_it_was(state):
    """Writing a state as JSON and reading it again gives the same state."""
    assert state_from_plain(json.loads(json.dumps(state_to_plain(state), allow_nan=False))) == state


@pytest.mark.parametrize(("values", "write", "read"), WAYS, ids=NAMES)
@given(st.data())
def test_what_is_stored_twice_is_stored_alike(values, write, read, data):
    """Plain data does not change on its way: what was read is written as it was."""
    plain = write(data.draw(values))
    assert json.dumps(write(read(plain))) == json.dumps(plain)


@pytest.mark.parametrize(("values", "write", "read"), WAYS, ids=NAMES)
@given(st.data())
def test_spoilt_data_is_read_or_refused_and_nothing_else(values, write, read, data):
    """Of data with a mistake at any depth a value comes that can be stored again, or one error with problems."""
    plain = data.draw(spoilt(write(data.draw(values))))
    value, said = _read(read, plain)
    if said is None:
        assert read(json.loads(json.dumps(write(value)))) == value
    else:
        assert said.replace("\n", "").isprintable()


@pytest.mark.parametrize("read", [fact_from_plain, effect_from_plain, state_from_plain])
@given(JUNK)
def test_junk_is_refused(read, junk):
    """Whatever is no table of ours is refused by the one error, never by another."""
    with pytest.raises(HistoryError):
        read(junk)


@pytest.mark.parametrize(("values", "write", "read"), WAYS, ids=NAMES)
@given(st.data())
def test_odd_values_anywhere_are_refused_or_read_and_nothing_else(values, write, read, data):
    """Also values that JSON cannot hold never lead to another error."""
    plain = write(data.draw(values))
    key = data.draw(st.sampled_from(sorted(plain)))
    value, said = _read(read, {**plain, key: data.draw(JUNK)})
    assert (value is None) is bool(said)
