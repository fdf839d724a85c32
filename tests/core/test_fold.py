"""How texts compare, the same on every machine."""

import pytest

from leadqual.fold import ascii_fold, folding, normal, without_accents


def test_normal_composes_texts():
    """A letter with a combining mark and the letter that has it are one text."""
    assert normal("e\u0301") == "\u00e9"
    assert normal("\u212b") == "\u00c5"
    assert normal("plain") == "plain"


@pytest.mark.parametrize(
    ("text", "folded"), [("CTO", "cto"), ("ÉCOLE", "École"), ("İI", "İi"), ("ẞ", "ẞ"), ("ÀZ[", "Àz["), ("@Z", "@z")]
)
def test_ascii_fold_leaves_other_letters_as_they_are(text, folded):
    """Only A to Z become small: É stays É."""
    assert ascii_fold(text) == folded


@pytest.mark.parametrize(
    ("text", "bare"), [("Técnico", "Tecnico"), ("e\u0301", "e"), ("ñÑ", "nN"), ("ø", "ø"), ("łß", "łß"), ("abc", "abc")]
)
def test_without_accents_drops_combining_marks(text, bare):
    """What Unicode takes apart loses its marks; a stroke is no mark."""
    assert without_accents(text) == bare


@pytest.mark.parametrize(
    ("case", "accents", "text", "ready"),
    [
        (False, False, "E\u0301A", "ÉA"),
        (True, False, "ÉA", "Éa"),
        (False, True, "ÉA", "EA"),
        (True, True, "ÉA", "ea"),
    ],
)
def test_folding_drops_accents_before_it_folds_case(case, accents, text, ready):
    """With both options É is e; with one alone it is not."""
    assert folding(ignore_case=case, ignore_accents=accents)(text) == ready
