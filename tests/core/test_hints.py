"""Did you mean: hints name what exists."""

import pytest

from leadqual.hints import did_you_mean


@pytest.mark.parametrize("name", ["job_titel", "Job_Title", "jobtitle"])
def test_hint_names_the_closest_word(name):
    """A slip of the keys is recognised, whatever its case."""
    assert did_you_mean(name, ["job_title", "country"]) == "Did you mean `job_title`?"


def test_hint_lists_what_is_known_when_nothing_is_close():
    """Known words are listed in order, the first twenty of them."""
    assert did_you_mean("zzzz", ["b", "a"]) == "Known: a, b."
    assert did_you_mean("zzzz", [f"k{i:02}" for i in range(21)]).endswith("k19, ….")
    assert did_you_mean("zzzz", [f"k{i:02}" for i in range(20)]).endswith("k19.")


def test_hint_says_the_other_thing_where_one_is_given():
    """A caller may know better what to do."""
    assert did_you_mean("zzzz", ["a"], "Declare it.") == "Declare it."
    assert did_you_mean("zzzz", []) == ""


@pytest.mark.parametrize("name", [7, None, ["a"], "a" * 65])
def test_hint_does_not_compare_what_is_no_name(name):
    """Other types and very long texts are not looked up."""
    assert did_you_mean(name, ["a" * 64]) == f"Known: {'a' * 64}."


def test_hint_does_not_search_hundreds_of_names():
    """With very many names a search would cost more than it helps."""
    assert did_you_mean("k1", (f"k{i}" for i in range(201))).startswith("Known: k0, ")
