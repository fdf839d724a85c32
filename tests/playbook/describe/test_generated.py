"""Descriptions of generated playbooks."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from leadqual.canonical import canonical_json
from leadqual.conditions.describe import condition_phrase
from leadqual.languages import LANGUAGES, Language, amount
from leadqual.playbook import loads
from leadqual.playbook.describe import describe, rule_name, words_of
from tests.properties.documents import documents

LABELS = {"x_y": "z"}


def drawn(document: dict[str, Any], language: Language) -> tuple[Any, str]:
    """Return a playbook and its description."""
    playbook = loads(canonical_json({**document, "labels": {language: LABELS}}), format="json")
    return playbook, describe(playbook, language=language)


@pytest.mark.parametrize("language", LANGUAGES)
@given(document=documents())
def test_description_names_all_that_a_playbook_has(language, document):
    """Every criterion, table, gate, rule and bar of any playbook is found in its description."""
    playbook, text = drawn(document, language)
    words, model = words_of(playbook, language), playbook.model
    lower = text.lower()
    for criterion in model.fit.criteria:
        assert condition_phrase(criterion.when, words) in text
    for name in [table.field for table in model.fit.tables] + [gate.reason for gate in model.fit.gates]:
        assert f"**{words.name(name)}".lower() in lower
    for gate in model.fit.gates:
        assert condition_phrase(gate.when, words) in text
    for rule in model.interest.rules:
        assert f"**{rule_name(rule, words)}**".lower() in lower
        assert rule.when is None or condition_phrase(rule.when, words) in text
    for bar in ("mql", "sql"):
        assert (f"### {bar}:" in lower) is (bar in document["qualify"])


@pytest.mark.parametrize("language", LANGUAGES)
@given(document=documents())
def test_description_tells_every_number_of_points(language, document):
    """Points, limits and bounds of any playbook stand in its description."""
    playbook, text = drawn(document, language)
    fit, interest = playbook.model.fit, playbook.model.interest
    numbers: list[Any] = [fit.max, fit.min, interest.max, interest.min, *fit.grades.values(), *interest.levels.values()]
    numbers += [part.points for part in (*fit.criteria, *interest.rules)]
    for cap in (*fit.groups.values(), *interest.groups.values(), *interest.rules):
        numbers += [cap.max, cap.min]
    for table in fit.tables:
        numbers += [*table.values.values(), *(band.points for band in table.bands), table.other, table.missing]
        numbers += [band.below for band in table.bands]
    told = set(re.findall(r"\d+(?:[.,]\d+)?", text))
    assert {amount(abs(Decimal(number)), language) for number in numbers if number is not None} <= told


@pytest.mark.parametrize("language", LANGUAGES)
@given(document=documents())
def test_description_has_no_names_of_documents(language, document):
    """No name with an underscore is left in any description."""
    renamed = json.loads(canonical_json(document).replace('"click"', '"click_on"').replace('"page"', '"page_path"'))
    text = drawn(renamed, language)[1]
    assert not re.search("[A-Za-z0-9]_[A-Za-z0-9]", text)
