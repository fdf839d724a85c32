"""A playbook is the same however it is written."""

from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from leadqual.playbook import loads

from .bases import cases
from .built import model_built_in_python
from .documents import documents
from .running import events_of, lead_of, model_of, scored
from .written import as_json, as_toml


def spelt(value, spell):
    """Return the document with every decimal and whole number of points spelt otherwise."""
    if isinstance(value, dict):
        return {key: spelt(item, spell) for key, item in value.items()}
    if isinstance(value, list):
        return [spelt(item, spell) for item in value]
    return spell(value) if isinstance(value, Decimal) else value


def turned(value):
    """Return the document with the keys of every table in the opposite order."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(item) for item in value] if isinstance(value, list) else value


def fingerprint(text, format="json"):
    """Load a document and return what it is known by."""
    return loads(text, format=format).fingerprint


@given(cases())
def test_playbook_survives_the_round_trip_through_json(case):
    """What `to_json` writes loads to the same fingerprint, the same JSON and the same scores."""
    first = loads(as_json(case.document), format="json")
    again = loads(first.to_json(), format="json")
    assert again.fingerprint == first.fingerprint
    assert again.model.fingerprint == first.model.fingerprint
    assert again.to_json() == first.to_json()
    lead, events = lead_of(case.lead), events_of(case.events)
    assert scored(again.model, lead, events, case.now) == scored(first.model, lead, events, case.now)


@given(documents())
def test_fingerprint_is_that_of_the_same_document_in_toml(document):
    """TOML and JSON are two spellings; the format may be left to the library."""
    assert fingerprint(as_toml(document), "toml") == fingerprint(as_json(document))
    assert fingerprint(as_toml(document), None) == fingerprint(as_json(document), None)
    assert fingerprint(as_json(document).encode()) == fingerprint(as_json(document))


@given(documents())
def test_fingerprint_ignores_the_order_of_keys(document):
    """Tables are tables: turning every one around changes nothing."""
    assert fingerprint(as_json(turned(document))) == fingerprint(as_json(document))


@given(documents())
def test_fingerprint_ignores_how_numbers_are_spelt(document):
    """6.5, 6.50 and 65e-1 are one value."""
    longer = spelt(document, lambda number: Decimal(f"{number}0") if "E" not in str(number) else number)
    raised = as_json(spelt(document, Raised))
    assert fingerprint(as_json(longer)) == fingerprint(as_json(document)) == fingerprint(raised)


class Raised(Decimal):
    """A decimal that writes itself with an exponent: 6.5 as 65e-1."""

    def __str__(self):
        """Return sign and digits, then the exponent."""
        sign, digits, exponent = self.as_tuple()
        return f"{'-' * sign}{''.join(map(str, digits))}e{exponent}"


@given(documents(), st.data())
def test_fingerprint_tells_other_points_apart(document, data):
    """A hundredth more in any rule is another model."""
    rules = document["interest"]["rules"]
    n = data.draw(st.integers(0, len(rules) - 1))
    points = Decimal(rules[n]["points"]) + (1 if "weights" in rules[n] else Decimal("0.01"))
    assume(abs(points) <= 10_000 and points != 0)
    assume("weights" not in rules[n] or all(points * weight * 100 % 1 == 0 for weight in rules[n]["weights"]))
    changed = [rule | {"points": points} if m == n else rule for m, rule in enumerate(rules)]
    other = document | {"interest": document["interest"] | {"rules": changed}}
    assert model_of(other).fingerprint != model_of(document).fingerprint
    assert fingerprint(as_json(other)) != fingerprint(as_json(document))


@given(cases())
def test_model_built_in_python_is_the_one_loaded(case):
    """Naming our classes or writing a document: one fingerprint, one score."""
    loaded, built = model_of(case.document), model_built_in_python(case.document)
    assert built.fingerprint == loaded.fingerprint
    lead, events = lead_of(case.lead), events_of(case.events)
    assert scored(built, lead, events, case.now) == scored(loaded, lead, events, case.now)


@given(documents())
def test_canonical_json_is_plain_json(document):
    """Any JSON reader can read it, and it holds no number that is not finite."""
    text = loads(as_json(document), format="json").to_json()
    not_finite: list[str] = []
    assert json.loads(text, parse_constant=not_finite.append)["schema"] == 1
    assert not not_finite
