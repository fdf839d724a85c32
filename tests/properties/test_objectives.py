"""Objectives: each is the model that somebody who edited the document by hand would get."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from leadqual.canonical import canonical_json
from leadqual.playbook import Playbook, loads
from leadqual.playbook.dump import to_toml
from leadqual.testing import bases, documents, playbooks

_OF_BARS = ("lifecycle", "recycle", "sla")
"""Tables whose guards and stages may hang on the bars that an objective replaces."""


def _load(document: dict[str, Any]) -> Playbook:
    return loads(canonical_json(document), format="json")


def _by_name(parts: list[dict[str, Any]], name: str) -> dict[str, Any]:
    (part,) = [part for part in parts if part.get("name") == name]
    return part


def edited(document: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the document that somebody would write instead of an objective."""
    objective = document["objectives"][name]
    base = objective.get("based_on")
    by_hand = deepcopy(document if base is None else edited(document, base))
    for criterion, points in objective["criteria"].items():
        _by_name(by_hand["fit"]["criteria"], criterion)["points"] = points
    for table, row in objective["bands"].items():
        for band, points in zip(_by_name(by_hand["fit"]["tables"], table)["bands"], row, strict=True):
            band["points"] = points
    for rule, points in objective["rules"].items():
        _by_name(by_hand["interest"]["rules"], rule)["points"] = points
    by_hand |= {part: objective[part] for part in ("combine", "qualify") if part in objective}
    return {part: table for part, table in by_hand.items() if part not in _OF_BARS}


@given(documents())
def test_model_of_an_objective_is_that_of_the_document_edited_by_hand(document):
    """Points, bands, `combine` and `qualify` replaced in the text itself give the same model, to the fingerprint."""
    playbook = _load(document)
    assert set(playbook.models) == set(document["objectives"])
    for name, model in playbook.models.items():
        by_hand = _load({**edited(document, name), "objectives": {}, "examples": []}).model
        assert model == by_hand
        assert model.fingerprint == by_hand.fingerprint


@given(documents())
def test_objectives_leave_the_model_of_the_playbook_alone(document):
    """Without its objectives, examples and labels a playbook has the same model."""
    alone = _load({**document, "objectives": {}, "examples": [], "labels": {}})
    assert alone.model == _load(document).model


@given(playbooks(), st.data())
def test_leads_score_the_same_under_an_objective_read_back(playbook, data):
    """A playbook that went through JSON and TOML gives every lead the same score under each objective."""
    base = data.draw(bases(playbook, most_leads=1))
    again = [loads(playbook.to_json()), loads(to_toml(playbook), format="toml")]
    for name in (None, *playbook.models):
        for lead in base.leads:
            own = base.events_of(lead)
            scores = [each.model_for(name).score(lead, own, now=base.now) for each in (playbook, *again)]
            assert scores[0] == scores[1] == scores[2]


@given(playbooks())
def test_playbook_with_everything_survives_the_round_trip(playbook):
    """Objectives, examples, labels and files come back: the same JSON, fingerprint and models."""
    for text in (playbook.to_json(), to_toml(playbook)):
        again = loads(text)
        assert again.to_json() == playbook.to_json()
        assert again.fingerprint == playbook.fingerprint
        assert {name: model.fingerprint for name, model in again.models.items()} == {
            name: model.fingerprint for name, model in playbook.models.items()
        }
        assert (again.examples, again.labels, again.objectives.keys()) == (
            playbook.examples,
            playbook.labels,
            playbook.objectives.keys(),
        )


@given(documents())
def test_playbook_that_was_written_once_is_read_back_equal(document):
    """From its own canonical JSON on, a playbook is equal to what it is read back as."""
    playbook = loads(_load(document).to_json())
    assert loads(playbook.to_json()) == playbook


@given(documents())
def test_fingerprints_of_models_differ_exactly_when_the_models_do(document):
    """Two objectives have one fingerprint when and only when they come to the same model, in its canonical form."""
    playbook = loads(_load(document).to_json())
    models = [playbook.model, *playbook.models.values()]
    for one in models:
        for other in models:
            assert (one.fingerprint == other.fingerprint) == (one == other)


@given(documents(), st.data())
def test_price_that_an_objective_changes_shows_in_its_fingerprints_alone(document, data):
    """A hundredth more for one rule under one goal: that goal's model and the playbook are others, the rest is not."""
    named = [
        (name, rule["name"])
        for name in document["objectives"]
        for rule in document["interest"]["rules"]
        if "name" in rule and "weights" not in rule
    ]
    assume(named)
    name, rule = data.draw(st.sampled_from(named))
    before = _load(document)
    now = before.models[name]
    (index,) = [i for i, one in enumerate(now.interest.rules) if one.name == rule]
    points = now.interest.rules[index].points - Decimal("0.01")
    changed = deepcopy(document)
    changed["objectives"][name]["rules"][rule] = points
    after = _load(changed)
    assert after.models[name].fingerprint != now.fingerprint
    assert after.fingerprint != before.fingerprint
    assert after.model.fingerprint == before.model.fingerprint
    same = [other for other in document["objectives"] if not _stands_on(document, other, name)]
    assert all(after.models[other].fingerprint == before.models[other].fingerprint for other in same)


def _stands_on(document: dict[str, Any], name: str | None, base: str) -> bool:
    """Return whether an objective is another one or is based on it, however far down."""
    while name is not None and name != base:
        name = document["objectives"][name].get("based_on")
    return name == base


@given(documents(), st.data())
def test_objective_with_a_slip_is_refused_with_the_path_of_each(document, data):
    """However much else a playbook holds, an unknown rule and a circle are both told, by their paths."""
    from leadqual.errors import ModelError

    assume(document["objectives"])
    name = data.draw(st.sampled_from(sorted(document["objectives"])))
    wrong = deepcopy(document)
    wrong["objectives"][name]["rules"]["no such rule"] = 1
    wrong["objectives"][name]["based_on"] = name
    try:
        _load(wrong)
    except ModelError as error:
        found = {problem.where for problem in error.problems}
        assert found == {f"objectives.{name}.rules.no such rule", f"objectives.{name}.based_on"}
    else:
        raise AssertionError(name)
