"""A phone number is its digits, and its first ones are those of a country."""

import pytest

from leadqual.nurture.phones import phone_countries, phone_digits


@pytest.mark.parametrize(
    "text",
    [
        "+34 600 000 000",
        "+34600000000",
        "0034 600-000-000",
        "00 34 (600) 000/000",
        "+34.600.000.000",
        "\u202a+34\u00a0600\u2011000\u2011000\u202c",
        "＋３４６００００００００",
        "+34\u2009600\u202f000\u2013000",
        "\u200e+34 600 000 000\t",
    ],
)
def test_phone_number_is_the_same_however_it_is_written(text):
    """Signs between digits, the spelling of the plus, and invisible marks of an address book do not matter."""
    assert phone_digits(text) == "+34600000000"


@pytest.mark.parametrize("text", ["", " ", "+", "00", "ana", "+34 600 ext 5", "+34+600", "600a", "٣٤٦٠٠", "@ana"])
def test_phone_number_is_digits(text):
    """What holds anything else is none."""
    assert phone_digits(text) is None


def test_phone_number_without_a_plus_is_a_national_one():
    """It stays what it is: whose country it is in, it does not say."""
    assert phone_digits("(600) 00-00-00") == "600000000"
    assert phone_countries("(600) 00-00-00") == ()


@pytest.mark.parametrize(
    ("phone", "countries"),
    [
        ("+1 212 555 0100", ("CA", "US")),
        ("+1 809 555 0100", ("DO",)),
        ("+1 787 555 0100", ("PR",)),
        ("+7 495 000 00 00", ("RU",)),
        ("+7 701 000 00 00", ("KZ",)),
        ("+44 20 0000 0000", ("GB", "GG", "IM", "JE")),
        ("+39 06 698 00000", ("VA",)),
        ("+39 06 500 00000", ("IT",)),
        ("+599 9 000 0000", ("CW",)),
        ("+599 000", ("BQ", "CW")),
        ("+383 44 000 000", ("XK",)),
        ("+52", ("MX",)),
        ("+888 000 0000", ()),
        ("+870 000 0000", ()),
        ("+999 000 0000", ()),
        ("+34 600 000 000 000 000", ()),
        ("+", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_phone_countries_are_those_of_the_longest_code_that_fits(phone, countries):
    """A plan that several countries share is told apart as far as its codes do."""
    assert phone_countries(phone) == countries


def test_phone_countries_take_fifteen_digits_at_most():
    """No international number is longer."""
    assert phone_countries("+34" + "6" * 13) == ("ES",)
    assert phone_countries("+34" + "6" * 14) == ()
