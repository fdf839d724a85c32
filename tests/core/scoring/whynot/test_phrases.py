"""Answers in sentences."""

from typing import Any

import pytest

from leadqual.conditions import field
from leadqual.errors import UnknownName
from leadqual.fit import Criterion, Fit, Gate
from leadqual.interest import Interest
from leadqual.lead import Lead
from leadqual.scoring import Bar, Qualify, ScoringModel
from tests.core.support import downloads, event, lead, rule, scored

LABELS = {"job": "cargo", "download": "descarga", "asset": "recurso", "rival": "competidor"}


def _model(bar, **more):
    return ScoringModel(
        attributes={"job": "text"},
        properties={"asset": "text", "page": "text"},
        fit=Fit(
            criteria=[Criterion(when=field("job").contains_word("A", "B", "C", "D"), points=20)],
            gates=[Gate(reason="rival", when=field("email").domain_in("rival.example"))],
            grades={"A": 20, "B": 0},
        ),
        interest=Interest(rules=[rule(4, **more)]),
        qualify=Qualify(sql=Bar(when=bar)),
    )


def test_answers_say_what_has_to_be_learned_and_what_has_to_happen():
    """Claims first, then acts by day; the result follows."""
    found = scored(_model(field("fit").ge(20) & field("active_days").ge(2))).why_not("sql")
    assert found.explain() == (
        "Needs: to learn that the job contains one of the words “A”, “B” or “C”, for example; download now; "
        "download a day later. Then: A, total 28, SQL."
    )
    assert found.explain("es", labels=LABELS) == (
        "Hace falta: saber que el cargo contiene alguna de las palabras «A», «B» o «C», por ejemplo; descarga ahora; "
        "descarga un día después. Entonces: A, total 28, SQL."
    )


def test_same_act_several_times_is_said_once():
    """Two downloads are one phrase; what only has to be new is said to be."""
    found = scored(_model(field("interest").ge(12), distinct_by="asset")).why_not("sql")
    assert found.explain() == "Needs: download (another asset) 3 times now. Then: -, total 12, SQL."
    assert found.explain("es", labels=LABELS).startswith("Hace falta: descarga (sin repetir recurso) 3 veces ahora.")


def test_properties_of_an_act_are_said():
    """What makes a rule match is in the phrase."""
    found = scored(_model(field("interest").ge(4), when=field("page").starts_with("/pricing"))).why_not("sql")
    assert found.explain() == "Needs: download (the page is /pricing) now. Then: -, total 4, SQL."


def test_known_value_is_told_as_one_that_is_otherwise_now():
    """A lead that is barred has that said first."""
    model = _model(field("interest").ge(4))
    barred = scored(model, downloads(0), of=Lead(id="L1", email="a@rival.example")).why_not("sql")
    claim = "the e-mail address does not end in “@rival.example”"
    assert barred.explain().splitlines() == [
        "SQL is out of reach while the lead is barred: rival.",
        f"Needs: it to be true, other than now, that {claim}. Then: -, total 4, SQL.",
    ]
    assert barred.explain("es", labels=LABELS).splitlines()[0] == (
        "SQL no se puede alcanzar mientras el lead esté vetado: competidor."
    )


def test_lack_of_answers_is_said_with_its_reason():
    """Met already, barred, none there is, or none found."""
    model = _model(field("interest").ge(4))
    assert scored(model, downloads(0)).why_not("sql").explain() == "SQL is reached already."
    never = _model(field("stage").eq("x"))
    assert scored(never).why_not("sql").explain() == (
        "No change of up to three parts, among what the playbook names, reaches SQL."
    )
    barred = scored(never, of=Lead(id="L1", email="a@rival.example")).why_not("sql")
    assert barred.explain() == "SQL is out of reach while the lead is barred: rival."
    many = ScoringModel(
        interest=Interest(rules=[rule(1, f"kind{i}") for i in range(150)]),
        qualify=Qualify(sql=Bar(when=field("interest").ge(90))),
    )
    assert scored(many).why_not("sql").explain() == (
        "No change of up to three parts was found that reaches SQL; the most promising ones were tried."
    )


def test_few_values_are_all_named_and_lists_that_exclude_are_whole():
    """Nothing is left out where that would change what is said."""
    several = _model(field("job").not_in("A", "B", "C", "D"))
    (told,) = scored(several).why_not("sql").explain().splitlines()
    assert "for example" not in told
    assert all(f"{letter}" in told for letter in "ABCD")
    few = _model(field("job").is_in("X", "Y"))
    assert "for example" not in scored(few).why_not("sql").explain()


def test_value_that_may_be_any_is_only_to_be_learned():
    """Where it is enough that something is known, no value is named."""
    found = scored(_model(field("phone").exists())).why_not("sql")
    assert found.explain() == "Needs: to learn the phone number. Then: -, total 0, SQL."
    assert found.explain("es") == "Hace falta: saber el teléfono. Entonces: -, total 0, SQL."


def test_language_that_is_not_spoken_is_an_error():
    """An answer and the whole say which languages there are."""
    found = scored(_model(field("fit").ge(20))).why_not("sql")
    french: Any = "fr"
    for say in (found.explain, found.answers[0].words):
        with pytest.raises(UnknownName, match="Known: en, es"):
            say(french)


def test_values_of_the_lead_are_never_said():
    """Only what the playbook names appears, not what the lead has."""
    model = _model(field("fit").ge(20))
    found = scored(model, [event("e1", asset="secret")], of=lead(job="private")).why_not("sql")
    assert found.answers
    assert "private" not in found.explain() + repr(found)
    assert "secret" not in found.explain() + repr(found)
