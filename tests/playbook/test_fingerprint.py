"""A fingerprint stands for one meaning: any change of it is seen, and nothing but a change of it."""

import json
import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from leadqual.errors import ModelError
from leadqual.playbook import Playbook, load_playbook, loads
from tests.conftest import ROOT
from tests.playbook.changes import bare, found, instead, places, shape
from tests.playbook.written import odd_documents
from tests.properties.written import as_json

PAST = ROOT / "tests" / "playbook" / "past" / "schema-1"
EVERY_KEY = PAST / "every_key.json"
LIFECYCLE = PAST / "lifecycle.json"

BOUND = {
    "schema",
    "combine.kind",
    "objectives.enterprise.combine.kind",
    "fit.tables.name",
    "interest.rules.decay",
    "fit.criteria.when.all.not.field",
    "fit.criteria.when.field",
    "qualify.mql.when.field",
    "qualify.mql.stay.field",
    "lifecycle.stages.name",
    "lifecycle.stages.kind",
    "lifecycle.transitions.cycle",
    "recycle.outbound.then",
    "lifecycle.transitions.when.all.field",
    "attributes.job_title",
}
"""Keys of the documents with every key that cannot change alone."""


def loaded(document: Any) -> Playbook | None:
    """Return a playbook, or nothing if the document is wrong."""
    try:
        return loads(as_json(document), format="json")
    except ModelError:
        return None


@given(odd_documents(), st.data())
def test_fingerprint_changes_with_any_single_change(document, data):
    """Another value, a key more or less, another order of a list: every change that says something else is seen."""
    before = loaded(document)
    everywhere = list(places(document))[1:]
    for _ in range(4):
        others = list(instead(document, data.draw(st.sampled_from(everywhere))))
        other = data.draw(st.sampled_from(others))
        after = loaded(other) if bare(other) != bare(document) else None
        event(f"a change {'loads' if after else 'does not load'}")
        assert after is None or after.fingerprint != before.fingerprint


@pytest.mark.parametrize(("path", "least"), [(EVERY_KEY, 100), (LIFECYCLE, 55)], ids=["model", "lifecycle"])
def test_fingerprint_changes_wherever_a_document_is_changed(path, least):
    """In documents with every key there is, each of them has a change that loads, and that change is seen."""
    document = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    before = loaded(document)
    assert before.fingerprint == load_playbook(path).fingerprint
    changed: dict[tuple[str, ...], bool] = {}
    for place in places(document):
        where = shape(place)
        if isinstance(found(document, place), dict | list) or changed.get(where) or _is_bound(where):
            continue
        for other in instead(document, place):
            after = loaded(other) if bare(other) != bare(document) else None
            changed[where] = after is not None
            if after is not None:
                assert after.fingerprint != before.fingerprint, where
                break
    assert len(changed) > least
    assert [where for where, done in changed.items() if not done] == []


def _is_bound(where: tuple[str, ...]) -> bool:
    """Return whether a key of that document cannot change alone, since other parts of it hold to it."""
    return where[-1] == "type" or where[0] == "properties" or ".".join(where) in BOUND


def _apart(value: Any) -> Any:
    """Return a document with its texts decomposed, but those that name something outside."""
    if isinstance(value, dict):
        return {_apart(key): part if key in ("columns", "files") else _apart(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_apart(part) for part in value]
    return unicodedata.normalize("NFD", value) if isinstance(value, str) else value


def _turned(value: Any) -> Any:
    """Return a document with the keys of every table in the opposite order."""
    if isinstance(value, dict):
        return {key: _turned(value[key]) for key in reversed(value)}
    return [_turned(part) for part in value] if isinstance(value, list) else value


class _Raised(Decimal):
    """A number that writes itself with an exponent: 6.5 as 65e-1."""

    def __str__(self):
        """Return sign and digits, then the exponent."""
        sign, digits, exponent = self.as_tuple()
        return f"{'-' * sign}{''.join(map(str, digits))}e{exponent}"


def _spelt(spell: Any) -> Any:
    """Return how a document is written with every number but that of its schema spelt otherwise."""

    def spelt(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: part if key == "schema" else spelt(part) for key, part in value.items()}
        if isinstance(value, list):
            return [spelt(part) for part in value]
        return spell(Decimal(value)) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value

    return spelt


def _in_other_forms(value: Any) -> Any:
    """Return a document with its short forms long and its long ones short."""
    if isinstance(value, list):
        return [_in_other_forms(part) for part in value]
    if not isinstance(value, dict):
        return value
    table = {key: _in_other_forms(part) for key, part in value.items()}
    for key in ("event", "from", "on"):
        one = table.get(key)
        if one is not None:
            table[key] = [one] if isinstance(one, str) else one[0] if len(one) == 1 else one
    if "schema" in table and "sla" in table:
        times = table["sla"].items()
        table["sla"] = {name: {"within": part} if isinstance(part, str) else part for name, part in times}
    if "per_day" in table:
        table["per"] = {"times": table.pop("per_day"), "days": 1}
    said = table.get("value")
    if table.get("op") in ("contains", "contains_word", "starts_with", "ends_with") and isinstance(said, str):
        table["value"] = said if said.startswith("@") else [said]
    if isinstance(table.get("attributes"), dict) and "schema" in table:
        table["attributes"] = {
            name: {"type": part} if isinstance(part, str) else part for name, part in table["attributes"].items()
        }
    return table


REWRITES = {
    "texts decomposed": _apart,
    "keys in the opposite order": _turned,
    "numbers with exponents": _spelt(_Raised),
    "numbers with zeros": _spelt(lambda number: Decimal(f"{number:f}0" if "." in f"{number:f}" else f"{number:f}.0")),
    "other forms": _in_other_forms,
}


@given(odd_documents())
def test_fingerprint_does_not_change_with_the_notation(document):
    """What means the same has one fingerprint, however it is written."""
    fingerprint = loaded(document).fingerprint
    for name, rewrite in REWRITES.items():
        assert loaded(rewrite(document)).fingerprint == fingerprint, name
