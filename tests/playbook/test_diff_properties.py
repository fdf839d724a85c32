"""What changed between two playbooks, over drawn ones: nothing is missed, nothing is made up."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leadqual.errors import ModelError
from leadqual.playbook import Playbook, loads
from leadqual.playbook.diff import diff
from leadqual.testing.drawn.choose import Draw, often, pick, seldom
from leadqual.testing.drawn.life import life
from tests.properties.documents import documents
from tests.properties.written import as_json

NAMES = ("first", "Second", "tércero", "4th", "number five")
BESIDE: dict[str, Any] = {
    "labels": {"en": {"visit": "visit to our pages"}, "es": {"visit": "visita", "first": "primero"}},
    "columns": {"leads": {"title": "Job"}, "events": {"at": "ts"}},
    "files": {"leads": {"missing": ["none"], "zone": "UTC"}, "events": {"unit": "ms", "decimal": ","}},
}
EXAMPLES: list[dict[str, Any]] = [
    {"name": "reads", "lead": {"title": "CTO"}, "events": [{"kind": "visit", "day": 2}], "expect": {"qualifies": []}},
    {"name": "is new", "expect": {"fit": 0, "stays": []}, "day": 3},
    {
        "name": "comes back",
        "lead": {"size": 10},
        "events": [{"kind": "click", "times": 2}, {"kind": "mail", "by": "us", "day": 1}],
        "expect": {"interest": 4, "total": 5},
    },
]


def with_names(draw: Draw, parts: list[dict[str, Any]]) -> None:
    """Give some of the parts names of their own."""
    for name, part in zip(NAMES, parts, strict=False):
        if often(draw):
            part["name"] = name


@st.composite
def whole(draw: Draw) -> dict[str, Any]:
    """Draw a document in which everything may occur that one can hold."""
    document = draw(documents())
    fit, interest = document["fit"], document["interest"]
    for rule in interest["rules"]:
        rule.pop("name", None)
    for parts in ([*fit["criteria"], *fit["tables"]], interest["rules"]):
        with_names(draw, parts)
    document |= {name: copy.deepcopy(part) for name, part in BESIDE.items() if often(draw)}
    if often(draw):
        document["examples"] = copy.deepcopy(EXAMPLES)
    if often(draw):
        document |= life(draw, document)
        kept = document.get("sequences", {"keep-warm": {}})
        for policy in document.get("recycle", {}).values():
            policy["nurture"] = next(iter(kept))
    if often(draw):
        own = {"criteria": fit["criteria"], "rules": interest["rules"]}
        replaced = {
            table: {
                part["name"]: 0
                for part in parts
                if "name" in part and "weights" not in part and "missing" not in part and "inactivity" not in part
            }
            for table, parts in own.items()
        }
        document["objectives"] = {"deals": replaced, "more": {"based_on": "deals", "combine": {"kind": "minimum"}}}
    return document


def places(part: Any, path: str = "") -> list[str]:
    """Return the paths of all values and tables below a part."""
    found = [path] if path else []
    if isinstance(part, dict):
        for name, value in part.items():
            found += places(value, f"{path}.{name}" if path else name)
    elif isinstance(part, list):
        for i, value in enumerate(part):
            found += places(value, f"{path}[{i}]")
    return found


def steps(path: str) -> list[str | int]:
    """Return the keys and numbers of a path."""
    words = path.replace("[", ".[").split(".")
    return [int(word[1:-1]) if word.startswith("[") else word for word in words]


def loaded(document: dict[str, Any]) -> Playbook | None:
    """Return the playbook of a document, if it is one."""
    try:
        return loads(as_json(document), format="json")
    except ModelError:
        return None


OTHER = {"eq": "ne", "lt": "ge", "sum": "minimum", "text": "integer", "UTC": "Europe/Madrid", "en": "es"}


def other(draw: Draw, value: Any) -> Any:
    """Draw a value unlike another one of its type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | Decimal):
        return Decimal(value) + pick(draw, (Decimal(1), Decimal(-1), Decimal("0.5"), Decimal(7)))
    return OTHER.get(value, f"{value} x")


@st.composite
def touched(draw: Draw) -> tuple[Playbook, Playbook, str]:
    """Draw a playbook, another one that differs in one value or lacks one part, and where."""
    document = draw(whole())
    first = loaded(document)
    assert first is not None
    changed: Any = copy.deepcopy(first.to_plain())
    path = pick(draw, [place for place in places(changed) if not place.startswith("schema")])
    *way, last = steps(path)
    part = changed
    for step in way:
        part = part[step]
    if isinstance(part[last], dict | list) or seldom(draw):
        del part[last]
    else:
        part[last] = other(draw, part[last])
    second = loaded(changed)
    assume(second is not None)
    assert second is not None
    return first, second, path


def near(one: str, two: str) -> bool:
    """Tell whether one path lies within the other, or is the same."""
    return one == two or one.startswith((f"{two}.", f"{two}[")) or two.startswith((f"{one}.", f"{one}["))


@given(whole(), st.sampled_from(["en", "es"]))
def test_diff_of_a_playbook_with_itself_is_empty(document, language):
    """Nothing changed, whatever is in it."""
    one = loaded(document)
    assert not diff(one, loads(one.to_json(), format="json"), language=language)


@given(touched())
def test_diff_names_the_place_of_a_single_change(drawn):
    """Playbooks of two fingerprints differ at the place that was touched; those of one do not differ."""
    before, after, path = drawn
    changes = diff(before, after).changes
    if before.fingerprint == after.fingerprint:
        assert not changes
        return
    assert changes
    assert any(near(place, path) for c in changes for place in (c.where_before, c.where_after) if place is not None)


@given(whole(), whole(), st.sampled_from(["en", "es"]))
def test_diff_says_every_change_in_a_sentence(one, other_one, language):
    """Any two playbooks have changes exactly if their fingerprints differ, each a sentence without markup."""
    before, after = loaded(one), loaded(other_one)
    found = diff(before, after, language=language)
    assert bool(found) is (before.fingerprint != after.fingerprint)
    for change in found.changes:
        assert change.words.endswith(".")
        assert not set(change.words) & set("{}[]|")
        assert change.words[0].isupper() or not change.words[0].isalpha()
    assert found.explain().count("\n  - ") == len(found.changes)


@given(touched())
def test_diff_the_other_way_round_swaps_before_and_after(drawn):
    """What was added has been removed, seen from the other side, and what was there before is there after."""
    before, after, _ = drawn
    there, back = diff(before, after).changes, diff(after, before).changes
    kinds = {"added": "removed", "removed": "added"}
    assert sorted((c.kind, repr(c.before), repr(c.after)) for c in there) == sorted(
        (kinds.get(c.kind, c.kind), repr(c.after), repr(c.before)) for c in back
    )


@given(whole(), st.data())
def test_diff_of_an_inserted_rule_is_one_addition(document, data):
    """A rule put in anywhere is one change, not as many as there are rules behind it."""
    changed = copy.deepcopy(document)
    rules = changed["interest"]["rules"]
    place = data.draw(st.integers(0, len(rules)))
    rules.insert(place, {"event": "a kind of its own", "points": 3})
    (change,) = diff(loaded(document), loaded(changed)).changes
    assert (change.kind, change.where) == ("added", f"interest.rules[{place}]")


@given(whole(), st.randoms(use_true_random=False))
def test_diff_says_once_that_rules_stand_in_another_order(document, random):
    """The order of rules has no meaning, so a shuffle is at most one change."""
    changed = copy.deepcopy(document)
    random.shuffle(changed["interest"]["rules"])
    changes = diff(loaded(document), loaded(changed)).changes
    assert [(c.kind, c.where) for c in changes] in ([], [("moved", "interest.rules")])


@pytest.mark.parametrize("key", ["labels", "columns"])
def test_diff_tells_names_in_two_writings_apart_only_where_they_differ(key):
    """A name composed otherwise is the same for us; a column of a file is taken as it is written."""
    head = {"schema": 1, "name": "x", "version": "1"}
    table = {"labels": "en", "columns": "leads"}[key]
    one, two = ({**head, key: {table: {"email": word}}} for word in ("Te\u0301l", "T\u00e9l"))
    assert bool(diff(loaded(one), loaded(two))) is (key == "columns")
