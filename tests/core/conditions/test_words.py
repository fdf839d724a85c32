"""Words for what a playbook names."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from string import Formatter
from typing import Any

import pytest

from leadqual.conditions.speech import SPEECH, Speech
from leadqual.conditions.words import Words, read_moment
from leadqual.languages import LANGUAGES
from leadqual.scoring.declared import EVENT_COLUMNS, LEAD_COLUMNS, RESERVED

ENGLISH, SPANISH = Words(), Words(language="es", labels={"email": "correo", "page_view": "visita", "ES": "España"})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted({*RESERVED, *LEAD_COLUMNS, *EVENT_COLUMNS}))
def test_names_that_leadqual_knows_itself_have_words(language, name):
    """What every lead, event and score has is called by words of the language."""
    assert name in SPEECH[language].names


def test_name_is_its_label_or_what_it_says():
    """A label comes first, then the language's own word, then the name with spaces."""
    assert SPANISH.name("email") == "correo"
    assert ENGLISH.name("email") == "e-mail address"
    assert ENGLISH.name("company_size") == "company size"
    assert SPANISH.name("group.email") == "correo"
    assert ENGLISH.name("group.email") == "email"
    assert Words(labels={"x": "a\nb"}).name("x") == "a\\nb"


def test_kind_is_its_label_or_what_it_says():
    """A kind of event is never taken for a field of the same name."""
    assert SPANISH.kind("page_view") == "visita"
    assert SPANISH.kind("fit") == "fit"
    assert SPANISH.kind("*") == "cualquier acción del lead"


@pytest.mark.parametrize(
    ("value", "english", "spanish"),
    [
        ("ES", "ES", "España"),
        ("new_lead", "new lead", "new lead"),
        ("New_Lead", "New_Lead", "New_Lead"),
        ("New York", "“New York”", "«New York»"),
        ("", "“”", "«»"),
        (True, "yes", "sí"),
        (False, "no", "no"),
        (Decimal("6.50"), "6.5", "6,5"),
        (0.1, "0.1", "0,1"),
        (float("inf"), "inf", "inf"),
        (1e300, "1e+300", "1e+300"),
        (date(2026, 3, 1), "1 March 2026", "1 de marzo de 2026"),
        ("2026-03-01", "1 March 2026", "1 de marzo de 2026"),
        ("2026-03-01T10:00:00Z", "1 March 2026, 10:00 UTC", "1 de marzo de 2026, a las 10:00 UTC"),
        (datetime(2026, 3, 1, 10, 0, 7, tzinfo=UTC), "1 March 2026, 10:00:07 UTC", None),
        (datetime(2026, 3, 1, 10, 0, 0, 7, tzinfo=UTC), "1 March 2026, 10:00:00.000007 UTC", None),
        (datetime(2026, 3, 1, tzinfo=timezone(timedelta(hours=1))), "28 February 2026, 23:00 UTC", None),
        (datetime(2026, 3, 1, 9).replace(tzinfo=None), "1 March 2026, 09:00 UTC", None),
        (None, "None", "None"),
    ],
)
def test_value_is_written_as_people_write_it(value, english, spanish):
    """Numbers, dates, answers and texts are those of the language."""
    assert ENGLISH.value(value) == english
    assert spanish is None or SPANISH.value(value) == spanish


@pytest.mark.parametrize("text", ["2026-03", "2026-13-01", "2026-03-01T99", "2026/03/01", "２026-03-01", "x" * 50])
def test_text_that_is_no_date_is_no_moment(text):
    """Only a date or an instant in full is read as one."""
    assert read_moment(text) is None


@pytest.mark.parametrize(
    ("noun", "the", "of", "many"),
    [
        ("cargo", "el cargo", "del cargo", False),
        ("país", "el país", "del país", False),
        ("interés", "el interés", "del interés", False),
        ("fecha de alta", "la fecha de alta", "de la fecha de alta", False),
        ("captación", "la captación", "de la captación", False),
        ("ciudad", "la ciudad", "de la ciudad", False),
        ("idioma", "el idioma", "del idioma", False),
        ("día de visita", "el día de visita", "del día de visita", False),
        ("fuente", "la fuente", "de la fuente", False),
        ("análisis", "el análisis", "del análisis", False),
        ("empleados", "los empleados", "de los empleados", True),
        ("visitas", "las visitas", "de las visitas", True),
        ("interacciones", "las interacciones", "de las interacciones", True),
        ("necesidades", "las necesidades", "de las necesidades", True),
        ("temas", "los temas", "de los temas", True),
        ("fuentes", "las fuentes", "de las fuentes", True),
        ("valores", "los valores", "de los valores", True),
        ("mes", "el mes", "del mes", False),
        ("la moral", "la moral", "de la moral", False),
        ("el agua", "el agua", "del agua", False),
        ("los útiles", "los útiles", "de los útiles", True),
        ("su empresa", "su empresa", "de su empresa", False),
    ],
)
def test_spanish_nouns_have_their_article(noun, the, of, many):
    """The ending of a noun gives its article; a label that brings one keeps it."""
    assert SPANISH.the(noun) == the
    assert SPANISH.of(noun) == of
    assert SPEECH["es"].many(noun) is many


@pytest.mark.parametrize(
    ("noun", "the", "many"),
    [
        ("job title", "the job title", False),
        ("our budget", "our budget", False),
        ("number of employees", "the number of employees", False),
        ("employees in Spain", "the employees in Spain", True),
        ("e-mail address", "the e-mail address", False),
        ("status", "the status", False),
        ("analysis", "the analysis", False),
    ],
)
def test_english_nouns_have_their_article_and_verb(noun, the, many):
    """A noun that brings no article gets one, and the verb agrees with its first part."""
    assert ENGLISH.the(noun) == the
    assert ENGLISH.of(noun) == f"of {the}"
    assert SPEECH["en"].many(noun) is many


def parts_of(phrase: Any) -> set[str]:
    """Return the names in the braces of a phrase."""
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}


def tables(speech: Speech) -> dict[str, Mapping[str, object]]:
    """Return the tables of a language."""
    return {
        "names": speech.names,
        "counted": speech.counted,
        "subjects": speech.subjects,
        "phrases": speech.phrases,
        "whole": speech.whole,
        "joints": speech.joints,
    }


ONLY_SPANISH = {"date is", "date not is", "date between"}
"""Phrases that English says as it says them of anything else."""


@pytest.mark.parametrize("name", tables(SPEECH["en"]))
def test_languages_have_the_same_phrases(name):
    """No language lacks a phrase that another has."""
    english, spanish = (set(tables(speech)[name]) for speech in SPEECH.values())
    assert spanish - ONLY_SPANISH == english


@pytest.mark.parametrize("name", ["phrases", "whole"])
def test_phrases_speak_of_the_same_things(name):
    """A phrase has the same values in every language."""
    english, spanish = (tables(speech)[name] for speech in SPEECH.values())
    assert {key: parts_of(english[key]) for key in english} == {key: parts_of(spanish[key]) for key in english}
