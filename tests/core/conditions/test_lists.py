"""The value lists that every playbook may name."""

import pytest

from leadqual.conditions import field
from leadqual.conditions.lists import BUILT_IN_LISTS
from leadqual.fit import Gate
from leadqual.lead import Lead
from tests.core.support import fits, refusal, scored


@pytest.mark.parametrize("name", ["free_mail", "disposable_mail"])
def test_built_in_lists_hold_domains(name):
    """Each value is a domain in small letters, once, in order."""
    values = BUILT_IN_LISTS[name]
    assert list(values) == sorted(set(values))
    assert all("." in value and value == value.lower() and "@" not in value for value in values)


@pytest.mark.parametrize(("email", "gate"), [("a@GMail.com", "free"), ("a@acme.example", None), ("gmail.com", None)])
def test_free_mail_is_named_without_declaring_it(email, gate):
    """`@free_mail` is built in."""
    model = fits({}, gates=[Gate(reason="free", when=field("email").domain_in("@free_mail"))])
    assert scored(model, of=Lead(id="L1", email=email)).gate == gate


def test_lists_are_named_texts():
    """A list has a name like any other and at least one text."""
    wrong = {"Bad Name": ("x",), "empty": (), "text": "x", "mixed": ("x", "", 3)}
    assert refusal(lists=wrong) == [
        "lists.Bad Name: the name cannot be used",
        "lists.empty: a list of texts was expected",
        "lists.text: a list of texts was expected",
        "lists.mixed[1]: a text was expected",
        "lists.mixed[2]: a text was expected",
    ]
    assert refusal(lists={"free_mail": ["a.example"]}) == ["lists.free_mail: the name is taken"]
    assert refusal(lists={"words": ["a\0"]}) == ["lists.words[0]: the text cannot be used"]
