"""What holds of every key, whatever the address."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from leadqual.nurture.suppression import suppression_key

TEXTS = st.text(max_size=30)
LETTERS = st.characters(categories=["Ll", "Lo", "Mn"], max_codepoint=0x2FFF)
NAMES = st.text(LETTERS, min_size=1, max_size=12)
LABELS = st.text(st.characters(categories=["Ll"], max_codepoint=0x24F), min_size=1, max_size=12)


@st.composite
def addresses(draw):
    """Draw an address of letters, with a domain of one to three labels."""
    return f"{draw(NAMES)}@{'.'.join(draw(st.lists(LABELS, min_size=1, max_size=3)))}"


@given(st.one_of(TEXTS, st.tuples(TEXTS, TEXTS).map("@".join), addresses()))
def test_key_of_a_key_is_itself(text):
    """A store may make keys of keys."""
    assert suppression_key(suppression_key(text)) == suppression_key(text)


@given(addresses(), st.sampled_from(["NFC", "NFD"]))
def test_key_does_not_depend_on_composition(address, form):
    """Whether é is one character or two."""
    assert suppression_key(unicodedata.normalize(form, address)) == suppression_key(address)


@given(addresses(), st.data())
def test_key_does_not_depend_on_case(address, data):
    """Any letter may be a capital, where there is one that is its own."""
    capital = [c.upper() if c.upper().lower() == c else c for c in address]
    turned = [c if data.draw(st.booleans()) else other for c, other in zip(address, capital, strict=True)]
    assert suppression_key("".join(turned)) == suppression_key(address)


@given(NAMES, LABELS)
def test_key_is_the_same_for_the_letters_of_a_domain_and_its_ascii_form(local, label):
    """Both are written, and they lead to one place."""
    plain = unicodedata.normalize("NFKC", label).lower()
    form = plain if plain.isascii() else f"xn--{plain.encode('punycode').decode()}"
    assert suppression_key(f"{local}@{form}.example") == suppression_key(f"{local}@{label}.example")


@given(addresses(), addresses())
def test_key_tells_addresses_apart_that_differ_after_folding(one, other):
    """Only spellings of one address share a key."""

    def folded(address):
        return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", address).lower()).replace("ς", "σ")

    if folded(one) != folded(other):
        assert suppression_key(one) != suppression_key(other)
