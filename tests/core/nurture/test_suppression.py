"""One key for all spellings of an address."""

import unicodedata

import pytest

from leadqual import LeadError
from leadqual.nurture.suppression import address_digest, suppression_key

NONSENSE = (
    "\ud800@\ud800.example", "a\0b@c", "@", "@@", ".", "..@..", "a@\u202e", "a@。。", "a@xn--", "a@xn--\xfc",
    "a@xn--9999999999",
)  # fmt: skip
FINAL_SIGMA = f"ana@xn--{'οδος'.encode('punycode').decode()}.example"


@pytest.mark.parametrize(
    ("key", "spellings"),
    [
        ("ana@b.example", ["ana@b.example", "ANA@B.EXAMPLE", " Ana@b.Example\n", "ana@b.example.", "ana@ｂ.example"]),
        (
            "ana@xn--bcher-kva.example",
            ["ana@bücher.example", "ana@BÜCHER.example", unicodedata.normalize("NFD", "ana@bücher.example"),
             "Ana@XN--BCHER-KVA.example", "ana@bücher。example", "ana@bücher｡example", "ana@bücher．example"],
        ),
        ("josé@b.example", ["josé@b.example", "JOSÉ@b.example", unicodedata.normalize("NFD", "José@b.example")]),
        ("ana@xn--strae-oqa.example", ["ana@straße.example", "ana@STRAẞE.example"]),
        (
            "ana@xn--pxavbq.example",
            ["ana@οδοσ.example", "ana@οδος.example", "ana@ΟΔΟΣ.example", "ana@xn--pxavbq.example", FINAL_SIGMA],
        ),
        ('"a@b"@b.example', ['"a@b"@b.example', '"A@B"@B.example']),
        ('"a@ü"@b.example', ['"a@ü"@b.example', '"A@Ü"@B.example']),
        ("+34600000000", ["+34 600 000 000", "0034600000000", "(+34) 600-000-000", "+34.600.000.000"]),
        ("600000000", ["600 000 000", "600000000"]),
        ("@ana", ["@ana", "@Ana"]),
        ("ana.garcía", ["ana.garcía", "Ana.García "]),
        ("", ["", "  "]),
    ],
)  # fmt: skip
def test_key_is_equal_for_all_spellings_of_an_address(key, spellings):
    """Case, composition, full-width letters, the ASCII form of a domain, signs in a number."""
    assert [suppression_key(spelling) for spelling in spellings] == [key] * len(spellings)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana@b.example", "\u0430na@b.example"),  # a Cyrillic letter that looks the same
        ("ana@b.example", "ana@\u042c.example"),
        ("ana@strasse.example", "ana@straße.example"),
        ("ana@bucher.example", "ana@bücher.example"),
        ("ana@b.example", "ana+news@b.example"),
        ("ana.g@b.example", "anag@b.example"),
        ("ana@b.example", "ana@b.example.org"),
        ("ana@b.example", "@b.example"),
        ("jose@b.example", "josé@b.example"),
        ("+34600000000", "600000000"),
        ("ana@xn--abc-.example", "ana@abc.example"),
        ("ana@xn--99999999.example", "ana@99999999.example"),
    ],
)
def test_key_is_another_for_another_address(one, other):
    """Look-alikes, accents and what only some providers ignore make another address."""
    assert suppression_key(one) != suppression_key(other)


@pytest.mark.parametrize("label", ["ü" * 64, "ü" * 50_000])
def test_key_of_a_label_that_is_too_long_is_the_label(label):
    """No such domain exists, and the work of writing it in ASCII would grow with its square."""
    assert suppression_key(f"ana@{label.upper()}.example") == f"ana@{label}.example"


def test_key_of_a_label_is_written_in_ascii_up_to_its_greatest_length():
    """Sixty-three characters are still a label."""
    assert suppression_key(f"ana@{'ü' * 63}.example").startswith("ana@xn--")


@pytest.mark.parametrize(
    "text",
    [
        "\ud800@\ud800.example",
        "a\0b@c",
        "@",
        "@@",
        ".",
        "..@..",
        "a@\u202e",
        "a@。。",
        "a@xn--",
        "a@xn--\xfc",
        "a@xn--9999999999",
    ],
)
def test_key_exists_for_every_text(text):
    """Nothing that somebody typed stops a plan."""
    assert isinstance(suppression_key(text), str)


@pytest.mark.parametrize("value", [None, 7, b"ana@b.example"])
def test_key_of_no_text_is_refused(value):
    """The value is not shown."""
    with pytest.raises(LeadError) as caught:
        suppression_key(value)
    kind = type(value).__name__
    assert str(caught.value) == f"address: a text was expected (got {kind}). Pass the address as a str."


@pytest.mark.parametrize("address", ["ana@b.example", " ANA@B.example ", "ana@b.example."])
def test_address_digest_is_one_for_all_spellings_and_hides_the_address(address):
    """It is short, and says nothing to whom does not know the address."""
    assert address_digest(address) == "8dd41b3e4b54f2af3001c9397f4078b2"
    assert address_digest("eva@b.example") != address_digest(address)


@pytest.mark.parametrize("address", NONSENSE)
def test_address_digest_of_nonsense_is_one(address):
    """Whatever a file had in it."""
    assert len(address_digest(address)) == 32
