"""Sentences about any facts and effects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual.languages import LANGUAGES
from leadqual.lifecycle.told import because, tell, tell_effect
from tests.properties.recorded import ANY_TEXT_FACTS, EFFECT_KINDS, FACT_KINDS, SECRET

LANGUAGE = st.sampled_from(LANGUAGES)


def _reads_well(text: str) -> bool:
    """Return whether a text is whole sentences without names of the program and without anybody's name."""
    whole = text[0].isupper() and text.endswith(".") and "  " not in text and " ." not in text and ".." not in text
    return whole and "_" not in text and "{" not in text and "None" not in text and SECRET not in text


@pytest.mark.parametrize("kind", FACT_KINDS)
@given(st.data())
def test_fact_is_told_in_whole_sentences_without_inner_names(kind, data):
    """Whatever a fact holds, a person reads sentences: no snake case, no None, no ids, no actors."""
    fact = data.draw(FACT_KINDS[kind])
    for language in LANGUAGES:
        assert _reads_well(tell(fact, language=language))


@pytest.mark.parametrize("kind", EFFECT_KINDS)
@given(st.data())
def test_effect_is_told_in_whole_sentences_without_inner_names(kind, data):
    """Whatever an effect holds, a person reads sentences, and owners are not named."""
    effect = data.draw(EFFECT_KINDS[kind])
    for language in LANGUAGES:
        assert _reads_well(tell_effect(effect, language=language))


@given(st.lists(st.one_of(list(FACT_KINDS.values())), max_size=5), LANGUAGE)
def test_several_facts_make_one_paragraph(facts, language):
    """A paragraph is never empty and has no line breaks."""
    text = because(facts, language=language)
    assert _reads_well(text)
    assert "\n" not in text


@given(ANY_TEXT_FACTS, st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3), LANGUAGE)
def test_any_texts_and_labels_stay_on_one_line(fact, labels, language):
    """A name or a label of any characters can be printed anywhere."""
    assert tell(fact, language=language, labels=labels).isprintable()
