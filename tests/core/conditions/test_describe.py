"""Conditions in plain words."""

from datetime import date

import pytest

from leadqual.conditions import All, AnyOf, Leaf, describe, field

A = field("country").eq("ES")
B = field("employees").ge(50)
C = field("vip").eq(True)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (A, "country is ES"),
        (C, "vip is yes"),
        (field("vip").ne(False), "vip is known and is not no"),
        (field("country").is_in("ES"), "country is one of ES"),
        (field("country").is_in("ES", "FR", "IT"), "country is one of ES, FR or IT"),
        (field("tags").has_all("a", "b", "c"), "tags holds all of a, b and c"),
        (field("employees").between(1, 9), "employees is from 1 to 9"),
        (field("email").domain_in("@free_mail"), "email has the domain of the list free mail"),
        (field("job_title").exists(), "job title is known"),
        (field("job_title").missing(), "job title is not known"),
        (field("group.email").ge(5), "email is at least 5"),
        (field("country").eq("ES", missing=True), "country is ES or is not known"),
        (field("country").eq("ES", missing=False), "country is ES"),
        (field("born").lt(date(2000, 1, 1)), "born is less than 2000-01-01"),
        (field("country").is_in(), "country is one of "),
        (Leaf(field="x", op="odd"), "x odd"),
        (A & B, "country is ES and employees is at least 50"),
        (A | B & C, "country is ES or (employees is at least 50 and vip is yes)"),
        ((A | B) & C, "(country is ES or employees is at least 50) and vip is yes"),
        (All((A, AnyOf((B,)))), "country is ES and employees is at least 50"),
        (~(A & B), "not (country is ES and employees is at least 50)"),
        (All(()), "always"),
        (AnyOf(()), "never"),
    ],
)
def test_conditions_read_as_english(condition, words):
    """Every condition has words that say exactly what it asks."""
    assert describe(condition) == words
