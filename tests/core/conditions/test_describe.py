"""Conditions in plain words."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from leadqual.conditions import All, AnyOf, Condition, Leaf, describe, field
from leadqual.errors import UnknownName

A = field("country").eq("ES")
B = field("size").ge(50)
C = field("vip").eq(True)
SEEN = datetime(2026, 3, 1, 9, 30, 5, tzinfo=UTC)
ES = {
    "country": "país",
    "size": "tamaño",
    "job_title": "cargo",
    "tags": "etiquetas",
    "page": "la página",
    "ES": "España",
}

ENGLISH = [
    (A, "the country is ES"),
    (~A, "the country is not ES"),
    (C, "the answer to “vip” is yes"),
    (~C, "the answer to “vip” is not yes"),
    (field("vip").ne(False), "the answer to “vip” is known and is not no"),
    (field("country").ne("ES"), "the country is known and is not ES"),
    (~field("country").ne("ES"), "the country is ES or is not known"),
    (~field("country").ne("ES", missing=True), "the country is ES"),
    (field("country").is_in("ES"), "the country is ES"),
    (field("country").is_in("ES", "FR", "IT"), "the country is ES, FR or IT"),
    (~field("country").is_in("ES", "FR"), "the country is not ES or FR"),
    (field("country").not_in("ES", "FR"), "the country is known and is not ES or FR"),
    (field("country").is_in("New York", "a, b"), "the country is “New York” or “a, b”"),
    (field("country").is_in("@home"), "the country is on the list “home”"),
    (~field("country").is_in("@home_markets"), "the country is not on the list “home markets”"),
    (field("country").eq("@home"), "the country is “@home”"),
    (field("tags").has("new_lead"), "the tags include new lead"),
    (field("tags").has_any("a", "b"), "the tags include a or b"),
    (field("tags").has_all("a", "b", "c"), "the tags include a, b and c"),
    (~field("tags").has_all("a", "b"), "the tags do not include all of a and b"),
    (field("tags").has_all("@all"), "the tags include everything on the list “all”"),
    (field("size").lt(10), "the size is less than 10"),
    (~field("size").lt(10), "the size is at least 10 or is not known"),
    (~field("size").lt(10, missing=True), "the size is at least 10"),
    (field("size").le(10), "the size is at most 10"),
    (field("size").gt(10), "the size is more than 10"),
    (field("size").ne(1.5), "the size is known and is not 1.5"),
    (field("size").between(1, 9), "the size is from 1 to 9"),
    (~field("size").between(1, 9), "the size is less than 1 or more than 9, or is not known"),
    (field("size").eq(Decimal("6.50"), missing=True), "the size is 6.5 or is not known"),
    (field("size").is_in(1, 2, missing=True), "the size is 1 or 2, or is not known"),
    (field("email").domain_in("ours.example"), "the e-mail address ends in “@ours.example”"),
    (field("email").domain_in("@free_mail"), "the e-mail address has a domain of the list “free mail providers”"),
    (field("page").starts_with("/pricing"), "the page starts with “/pricing”"),
    (field("page").ends_with("/a", "/b"), "the page ends with “/a” or “/b”"),
    (~field("page").contains("a", "b"), "the page does not contain “a” or “b”"),
    (field("page").contains_any("new_lead"), "the page contains “new_lead”"),
    (field("job_title").contains_word("CEO"), "the job title contains the word “CEO”"),
    (field("job_title").contains_word("CEO", "CTO"), "the job title contains one of the words “CEO” or “CTO”"),
    (~field("job_title").contains_word("CEO", "CTO"), "the job title contains none of the words “CEO” and “CTO”"),
    (field("job_title").contains_word("@chiefs"), "the job title contains a word of the list “chiefs”"),
    (field("job_title").exists(), "the job title is known"),
    (field("job_title").missing(), "the job title is not known"),
    (~field("job_title").exists(), "the job title is not known"),
    (~field("job_title").missing(), "the job title is known"),
    (field("country").eq("es", ignore_case=True), "the country is es (in capital or small letters)"),
    (field("country").eq("12", ignore_case=True, ignore_accents=True), "the country is 12"),
    (field("country").eq("é", ignore_case=True, ignore_accents=True), "the country is é (with or without accents)"),
    (
        field("country").is_in("@home", ignore_case=True, ignore_accents=True),
        "the country is on the list “home” (in capital or small letters, with or without accents)",
    ),
    (field("email").domain_in("a.example", ignore_case=True), "the e-mail address ends in “@a.example”"),
    (field("born").lt(date(2000, 1, 31)), "the born is before 31 January 2000"),
    (field("born").le("2000-01-31"), "the born is no later than 31 January 2000"),
    (field("born").eq("2000-01-31"), "the born is 31 January 2000"),
    (field("born").eq("2000-01-32"), "the born is 2000-01-32"),
    (
        ~field("born").between("2000-01-01", "2000-12-31"),
        "the born is before 1 January 2000 or after 31 December 2000, or is not known",
    ),
    (field("note").contains("2000-01-31"), "the note contains “2000-01-31”"),
    (field("created_at").gt(SEEN), "the date of creation is after 1 March 2026, 09:30:05 UTC"),
    (
        field("created_at").ge("2026-03-01T00:30:00+01:00"),
        "the date of creation is no earlier than 28 February 2026, 23:30 UTC",
    ),
    (field("grade").eq("A"), "the grade is A"),
    (field("grade").is_in("A", "-"), "the grade is A or “-”"),
    (~field("grade").eq("A"), "the grade is not A"),
    (field("label").eq("B2"), "the label is B2"),
    (field("fit").ge(30) & field("interest").lt(5), "the fit is at least 30 and the interest is less than 5"),
    (~field("fit").ge(30), "the fit is less than 30"),
    (field("fit").ne(30), "the fit is not 30"),
    (field("group.email").ge(5, missing=True), "the points of email are at least 5"),
    (field("level").le(2), "the level is 2 or hotter"),
    (~field("level").le(2), "the level is colder than 2 or is not known"),
    (field("level").between(2, 3), "the level is from 2 to 3"),
    (field("completeness").ge(50), "the share of the profile that is known is at least 50%"),
    (field("active_days").ge(1), "there is at least 1 active day"),
    (field("active_days").ge(2), "there are at least 2 active days"),
    (field("active_days").is_in(1, 2), "there are exactly 1 or 2 active days"),
    (field("active_days").is_in(1), "there is exactly 1 active day"),
    (~field("active_days").eq(1), "the number of active days is not 1"),
    (~field("interactions").between(2, 4), "there are fewer than 2 or more than 4 interactions"),
    (field("attempts").between(2, 4), "there are 2 to 4 attempts"),
    (field("attempts").exists(), "the number of attempts is known"),
    (field("cycle").lt(3, missing=True), "there are fewer than 3 cycles or the number of cycles is not known"),
    (field("cycle").ne(3), "the number of cycles is known and the number of cycles is not 3"),
    (field("days_since_activity").le(1), "the last act of the lead was at most 1 day ago"),
    (
        field("days_since_activity").gt(30, missing=True),
        "the last act of the lead was more than 30 days ago or the lead has not done anything",
    ),
    (field("days_since_contact").missing(), "we have not made contact"),
    (field("days_since_contact").between(3, 5), "our last contact was 3 to 5 days ago"),
    (field("kinds").has_any("page_view", "x"), "the kinds of interactions include “page view” or “x”"),
    (field("country").is_in(), "the country is"),
    (Leaf(field="x", op="odd"), "the x odd"),
    (Leaf(field="x", op="{0}[a"), "the x {0}[a"),
    (Leaf(field="x", op="odd_one", value=(object(),)), "the x odd one a object"),
    (Leaf(field="x", op="eq", value=float("nan")), "the x is nan"),
    (Leaf(field="x", op="eq", value=10**50), f"the x is {10**50}"),
    (field("x").eq(""), "the x is “”"),
    (field("x").eq("a\nb"), "the x is “a\\nb”"),
    (A & B, "the country is ES and the size is at least 50"),
    (A & B & C, "the country is ES, the size is at least 50 and the answer to “vip” is yes"),
    (A | B & C, "the country is ES, or the size is at least 50 and the answer to “vip” is yes"),
    ((A | B) & C, "either the country is ES or the size is at least 50, and the answer to “vip” is yes"),
    (
        (A | B) & C | field("a").exists(),
        "either the country is ES or the size is at least 50, and the answer to “vip” is yes; or the a is known",
    ),
    (
        ((A | B) & C | field("a").exists()) & C,
        (
            "(either the country is ES or the size is at least 50, and the answer to “vip” is yes; or the a is known) "
            "and the answer to “vip” is yes"
        ),
    ),
    (~(A & B), "the country is not ES, or the size is less than 50 or is not known"),
    (~(A | C), "the country is not ES and the answer to “vip” is not yes"),
    (All((A, AnyOf((B,)))), "the country is ES and the size is at least 50"),
    (All(()), "always"),
    (AnyOf(()), "never"),
    (~AnyOf(()), "always"),
    (A | All(()), "always"),
    (A & AnyOf(()), "never"),
]

SPANISH = [
    (A, "el país es España"),
    (~A, "el país no es España"),
    (~field("country").is_in("ES", "FR", "IT"), "el país no es España, FR ni IT"),
    (field("country").ne("ES"), "el país se conoce y no es España"),
    (field("country").is_in("FR", "Oro"), "el país es FR u Oro"),
    (field("country").missing(), "el país no se conoce"),
    (field("size").ge(Decimal("1.50")), "el tamaño es de al menos 1,5"),
    (field("size").le(9), "el tamaño es de 9 como máximo"),
    (~field("size").between(1, 9), "el tamaño es inferior a 1 o superior a 9, o no se conoce"),
    (field("tags").has_all("a", "i"), "las etiquetas incluyen a e i"),
    (field("tags").ne(5), "las etiquetas se conocen y no son 5"),
    (field("page").starts_with("/a"), "la página empieza por «/a»"),
    (C, "la respuesta a «vip» es sí"),
    (field("born").eq("2026-03-01"), "el born es el 1 de marzo de 2026"),
    (field("created_at").lt(SEEN), "la fecha de alta es anterior al 1 de marzo de 2026, a las 09:30:05 UTC"),
    (field("job_title").contains_word("CEO", "CTO"), "el cargo contiene alguna de las palabras «CEO» o «CTO»"),
    (
        ~field("job_title").contains_word("CEO", "CTO", ignore_case=True),
        "el cargo no contiene ninguna de las palabras «CEO» o «CTO» (en mayúsculas o minúsculas)",
    ),
    (~field("page").contains("a", "b"), "la página no contiene «a» ni «b»"),
    (
        field("email").domain_in("@free_mail"),
        "el correo electrónico tiene un dominio de la lista «proveedores de correo gratuito»",
    ),
    (field("grade").eq("A") & field("interest").ge(5), "la letra es A y el interés es de al menos 5"),
    (field("group.intent").ge(3), "los puntos de intent son al menos 3"),
    (field("completeness").ge(50), "la parte del perfil que se conoce es de al menos 50 %"),
    (field("active_days").ge(1), "hay al menos 1 día con actividad"),
    (field("days_since_activity").le(30), "la última acción del lead fue hace 30 días como máximo"),
    (field("level").ge(3), "el nivel es 3 o más frío"),
    (A & B | C, "el país es España y el tamaño es de al menos 50, o la respuesta a «vip» es sí"),
]


@pytest.mark.parametrize(("condition", "words"), ENGLISH)
def test_conditions_read_as_english(condition, words):
    """Every condition has English words that say exactly what it asks."""
    assert describe(condition) == words


@pytest.mark.parametrize(("condition", "words"), SPANISH)
def test_conditions_read_as_spanish(condition, words):
    """Every condition has Spanish words, with the labels of the team."""
    assert describe(condition, language="es", labels=ES) == words


def test_condition_in_an_unknown_language_is_refused():
    """A language that leadqual does not speak is an unknown name."""
    unknown: Any = "fr"
    with pytest.raises(UnknownName, match="language"):
        describe(A, language=unknown)


def nestings(atoms: tuple[Condition, ...], joint: type) -> list[Condition]:
    """Return every way to nest joints over atoms in their order, the outermost of the given kind."""
    if len(atoms) == 1:
        return list(atoms)
    other = AnyOf if joint is All else All
    found: list[Condition] = []
    for parts in splits(atoms):
        found += [joint(chosen) for chosen in product(*(nestings(part, other) for part in parts))]
    return found


def splits(atoms: tuple[Condition, ...]) -> list[list[tuple[Condition, ...]]]:
    """Return every way to cut a row of atoms into two parts or more."""
    found = []
    for size in range(1, len(atoms)):
        head, rest = atoms[:size], atoms[size:]
        found += [[head, rest], *([head, *cut] for cut in splits(rest))]
    return found


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_two_nestings_read_alike(language):
    """What stands between comparisons tells which belong together, also where they have lists of values."""
    for lists in product((False, True), repeat=5):
        atoms = tuple(
            field(name).is_in("x", "y") if several else field(name).eq("x")
            for name, several in zip("abcde", lists, strict=True)
        )
        conditions = [nested for joint in (All, AnyOf) for nested in nestings(atoms, joint)]
        assert len(conditions) == 90
        assert len({describe(condition, language=language) for condition in conditions}) == 90
