"""Strategies for documents with odd texts in every place that takes one, and with the tables beside the model."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from leadqual.testing.drawn.choose import Draw, few, often, pick, seldom
from leadqual.testing.drawn.life import life
from tests.conftest import ROOT
from tests.properties.documents import documents
from tests.properties.vocabulary import KINDS

NASTY = (
    'say "hi"',
    "it's",
    """both "of" 'them'""",
    "C:\\new\\table",
    'back\\slash and "quote"',
    "it's a \\ and a \"",
    '"""',
    "'''",
    "two\nlines",
    "dos\r\nline",
    "\r",
    "\t tab",
    "\b\f\x01\x1b\x7f",
    "\x85\u2028\u2029",
    "a\u200bb\u202ec\ufeff",
    "Te\u0301cnico",
    "\u0301",
    "СТО",
    "Ⅷ½ﬁ",
    "😀👩\u200d👧",
    "\U000e0001",
    "日本語",
    " leading and trailing ",
    "a.b.c",
    "[[x]]",
    "key = 1",
    "# no comment",
    "{x}",
    "true",
    "1",
    "1979-05-27",
    "-",
    "_",
    "x" * 200,
    "ü" * 60,
)
TEXT = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12),
)


def _own(draw: Draw, taken: set[str]) -> str:
    """Draw a text that is no other one, also not when both are composed."""
    text = draw(TEXT)
    while unicodedata.normalize("NFC", text) in taken:
        text += "x"
    taken.add(unicodedata.normalize("NFC", text))
    return text


def _model(draw: Draw, found: dict[str, Any], taken: set[str]) -> tuple[str, str, str]:
    """Put odd texts into the model; return the names of a criterion, a rule and a table with bands."""
    words = [_own(draw, set()), pick(draw, NASTY)]
    group, other, criterion, rule, table = (_own(draw, taken) for _ in range(5))
    fit, interest = found["fit"], found["interest"]
    found["lists"] = {**found["lists"], "odd": words}
    leaf = {"field": "title", "op": pick(draw, ("in", "contains", "contains_word")), "value": words}
    fit["criteria"] = [*fit["criteria"], {"name": criterion, "when": leaf, "points": 1, "group": group}]
    values = {"field": "team", "values": {words[0]: 1, f"{words[0]} ": 2}}
    bands = {"name": table, "field": "size", "bands": [{"below": 10, "points": 1}, {"points": 2}]}
    fit["tables"] = [*fit["tables"], values, bands]
    fit["groups"] = {**fit["groups"], group: {}}
    fit["gates"] = [*fit.get("gates", []), {"reason": words[1], "when": {"not": {"all": [leaf]}}}]
    interest["rules"] = [*interest["rules"], {"name": rule, "event": [words[0]], "points": 2, "group": other}]
    interest["groups"] = {**interest["groups"], other: {"max": 3}}
    return criterion, rule, table


def _objective(draw: Draw, names: tuple[str, str, str]) -> dict[str, Any]:
    criterion, rule, table = names
    parts: dict[str, Any] = {"criteria": {criterion: 3}, "rules": {rule: 4}, "bands": {table: [0, 5]}}
    if often(draw):
        parts["combine"] = {"kind": "minimum"}
    if often(draw):
        parts["qualify"] = {"hand_raise": list(KINDS[:2]), "sql": {"when": {"field": "fit", "op": "ge", "value": 1}}}
    return {name: parts[name] for name in few(draw, list(parts), 1, len(parts))}


def _example(draw: Draw, objectives: list[str]) -> dict[str, Any]:
    event = {"kind": draw(TEXT), "day": pick(draw, (0, 3)), "properties": {"asset": draw(TEXT)}}
    found: dict[str, Any] = {"name": draw(TEXT), "events": [event, {"kind": "open", "times": 2, "by": "us"}]}
    found["lead"] = {"title": draw(TEXT), "tags": [draw(TEXT)], "founded": "2020-02-29", "email": "who@firm.example"}
    found["expect"] = pick(draw, ({"label": "A1"}, {"fit": 3, "qualifies": ["mql", "sql"]}, {"gate": draw(TEXT)}))
    if objectives and often(draw):
        found["objective"] = pick(draw, objectives)
    if often(draw):
        found |= {"day": 9, "start": "2026-01-05"}
    return found


def _life(draw: Draw, document: dict[str, Any]) -> dict[str, Any]:
    """Draw how a lead moves, with odd texts wherever the words are the user's own."""
    found = life(draw, document)
    for way in found.get("lifecycle", {}).get("transitions", ()):
        if seldom(draw):
            way |= {"name": f"{way['name']} {draw(TEXT)}", "reason": draw(TEXT)}
    for policy in found.get("recycle", {}).values():
        if "rest_months" in policy:
            policy["reasons"] = {draw(TEXT): policy["rest_months"][0]}
        policy |= {"nurture": draw(TEXT), "bonus_event": draw(TEXT)}
    for name, sla in found.get("sla", {}).items():
        if isinstance(sla, str) and often(draw):
            found["sla"][name] = {"within": sla, "escalate": draw(TEXT)}
    return found


def _nurturing(draw: Draw, document: dict[str, Any]) -> dict[str, Any]:
    """Put odd texts into the tables on nurturing; policies name the sequences under their new names."""
    taken: set[str] = set()
    sequences: dict[str, Any] = {}
    for policy in document.get("recycle", {}).values():
        policy["nurture"] = next(iter(document["sequences"]))
    for name, sequence in document["sequences"].items():
        steps = [*sequence["steps"], {"name": f"more {_name(draw, taken)}", "channel": draw(TEXT), "task": draw(TEXT)}]
        sequences[name] = {**sequence, "version": draw(TEXT), "salt": draw(TEXT), "steps": steps}
        sequences[name]["moved"] = {"gone": "first", "also gone": steps[-1]["name"]}
    need = {"offers": [draw(TEXT)], "hints": [{"on": draw(TEXT)}]}
    return {"sequences": sequences, "needs": {**document.get("needs", {}), _name(draw, taken): need}}


def _name(draw: Draw, taken: set[str]) -> str:
    """Draw a name that keys of touches can be put together with."""
    return _own(draw, taken).replace(":", ".")[:40]


@st.composite
def odd_documents(draw: Draw) -> dict[str, Any]:
    """Draw a document with odd texts, a life of leads, objectives, examples, labels, columns and files."""
    found: dict[str, Any] = draw(documents())
    found |= {"name": draw(TEXT), "version": draw(TEXT)}
    names = _model(draw, found, set())
    found |= _life(draw, found)
    if "sequences" in found:
        found |= _nurturing(draw, found)
    if often(draw):
        first = draw(TEXT)
        found["objectives"] = {unicodedata.normalize("NFC", first): _objective(draw, names)}
        if seldom(draw):
            found["objectives"] |= {f"{first} too": {"based_on": unicodedata.normalize("NFC", first)}}
    found["examples"] = [_example(draw, list(found.get("objectives", {}))) for _ in range(pick(draw, (0, 1, 2)))]
    if often(draw):
        found["labels"] = {"es": {draw(TEXT): draw(TEXT), "asset": "recurso"}, "en": {}}
    if often(draw):
        found["columns"] = {"leads": {"lead_id": draw(TEXT), "title": draw(TEXT)}, "events": {}}
        found["files"] = {"leads": {"missing": [draw(TEXT), ""], "decimal": ","}, "events": {}}
    return found


def playbook_files() -> list[Path]:
    """Return the playbooks in TOML that people wrote: presets, fixtures, models of real data."""
    paths = sorted((*ROOT.glob("src/**/*.toml"), *ROOT.glob("tests/**/*.toml")))
    paths = [path for path in paths if "plugins" not in path.parts]  # those name what is not installed
    return [path for path in paths if tomllib.loads(path.read_text(encoding="utf-8")).get("schema") == 1]
