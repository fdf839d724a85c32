"""What a touch is for decides of which kind it is."""

import pytest

from leadqual.nurture.purposes import TOUCH_KINDS, touch_kind


@pytest.mark.parametrize("purpose", ["newsletter", "offer", "invitation", "marketing", "*", "Sales", "requests"])
def test_purpose_is_marketing_unless_it_is_one_of_two_words(purpose):
    """A word that nobody has declared otherwise is the strictest kind."""
    assert touch_kind(purpose) == "marketing"


def test_kinds_of_touches_are_three():
    """Marketing, answers to requests, and one-to-one sales."""
    assert TOUCH_KINDS == ("marketing", "requested", "sales")
    assert (touch_kind("requested"), touch_kind("sales")) == ("requested", "sales")
