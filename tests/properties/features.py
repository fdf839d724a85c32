"""Which features of the definition a generated case uses, so that a test can see that none is forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from .bases import Case

RULE_KEYS = (
    "when",
    "distinct_by",
    "per",
    "per_day",
    "times",
    "weights",
    "decay",
    "max",
    "min",
    "group",
    "counts",
    "name",
)
OPS = (
    "eq", "ne", "in", "not_in", "lt", "le", "gt", "ge", "between", "contains", "contains_any", "contains_word",
    "starts_with", "ends_with", "domain_in", "exists", "missing", "has", "has_any", "has_all",
)  # fmt: skip
EVERY = frozenset(
    {f"rule.{key}" for key in RULE_KEYS}
    | {f"op.{op}" for op in OPS}
    | {f"decay.{name}" for name in ("none", "half_life", "linear", "window", "steps")}
    | {f"combine.{kind}" for kind in ("sum", "minimum", "gate", "matrix")}
    | {
        f"fit.{key}"
        for key in ("criteria", "tables", "bands", "values", "missing", "other", "grades", "gates", "max", "min")
    }
    | {f"interest.{key}" for key in ("levels", "memory", "decay", "max", "min")}
    | {
        "all",
        "any",
        "not",
        "all of nothing",
        "any of nothing",
        "leaf.missing",
        "leaf.ignore_case",
        "leaf.ignore_accents",
        "@list",
    }
    | {
        "rule.any kind",
        "rule.some kinds",
        "rule.inactivity",
        "rule.our kind",
        "both per and distinct_by",
        "negative points",
    }
    | {"bar.mql", "bar.sql", "bar.stay", "day_starts", "weight"}
    | {
        "since",
        "merged",
        "stage",
        "our act",
        "future",
        "one instant",
        "one day",
        "source",
        "nothing known",
        "no events",
        "edge of age",
    }
)


def features(case: Case) -> set[str]:
    """Return the names of the features that a case uses."""
    return set(_of_document(case.document)) | set(_of_base(case))


def _of_document(document: Mapping[str, Any]) -> Iterator[str]:
    fit, interest = document["fit"], document["interest"]
    yield from (f"fit.{key}" for key, value in fit.items() if value != [])
    yield from (f"fit.{key}" for table in fit["tables"] for key in table)
    yield from ("fit.missing" for criterion in fit["criteria"] if "missing" in criterion)
    yield from (f"interest.{key}" for key in interest)
    for rule in interest["rules"]:
        yield from (f"rule.{key}" for key in rule)
        yield {"*": "rule.any kind", "mail": "rule.our kind"}.get(str(rule["event"]), "rule.some kinds")
        yield from ("both per and distinct_by" for _ in "x" if {"per", "distinct_by"} <= rule.keys())
        yield from ("negative points" for _ in "x" if rule["points"] < 0)
    for curve in (interest.get("decay"), *(rule.get("decay") for rule in interest["rules"])):
        yield f"decay.{curve if not isinstance(curve, Mapping) else next(iter(curve))}"
    yield f"combine.{document.get('combine', {}).get('kind')}"
    for name, bar in document["qualify"].items():
        yield f"bar.{name}"
        yield from ("bar.stay" for _ in "x" if "stay" in bar)
    yield from ("day_starts" for _ in "x" if "day_starts" in document)
    yield from ("weight" for said in document["attributes"].values() if not isinstance(said, str))
    yield from _of_conditions([fit, interest, document["qualify"]])


def _of_conditions(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for item in part:
            yield from _of_conditions(item)
    if isinstance(part, Mapping):
        if "op" in part:
            yield f"op.{part['op']}"
            yield from (f"leaf.{key}" for key in part)
            yield from ("@list" for _ in "x" if part.get("value") == "@words")
        for key in ("all", "any", "not"):
            if key in part:
                yield key if part[key] else f"{key} of nothing"
        for item in part.values():
            yield from _of_conditions(item)


def _of_base(case: Case) -> Iterator[str]:
    _, lead, events, now = case
    yield from (name for name, key in (("since", "since"), ("merged", "merged_ids"), ("stage", "stage")) if key in lead)
    yield from ("nothing known" for _ in "x" if not lead["attributes"] and lead.get("email") is None)
    yield from ("no events" for _ in "x" if not events)
    yield from ("our act" for event in events if event["by"] == "us")
    yield from ("future" for event in events if event["at"] > now)
    yield from ("source" for event in events if event["source"])
    yield from ("one instant" for times in Counter(event["at"] for event in events).values() if times > 1)
    yield from ("one day" for times in Counter(event["at"].date() for event in events).values() if times > 1)
    yield from ("edge of age" for event in events if (now.date() - event["at"].date()).days in (1, 7, 10, 30))
