"""The model of a generated document, built in Python instead of loaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leadqual.conditions import condition_from_plain
from leadqual.fit import Band, Cap, Criterion, Fit, Gate, Table
from leadqual.interest import NO_DECAY, HalfLife, Interest, InterestRule, Linear, Per, Steps, Window
from leadqual.scoring import Attribute, Bar, Combine, Qualify, ScoringModel

CURVES = {"half_life": HalfLife, "linear": Linear, "window": Window, "steps": Steps}


def model_built_in_python(document: Mapping[str, Any]) -> ScoringModel:
    """Build what the document says by naming our classes."""
    return ScoringModel(
        attributes={
            name: said if isinstance(said, str) else Attribute(**said)
            for name, said in document.get("attributes", {}).items()
        },
        **{key: document[key] for key in ("properties", "lists", "day_starts") if key in document},
        fit=_fit(document.get("fit", {})),
        interest=_interest(document.get("interest", {})),
        combine=Combine(**document.get("combine", {})),
        qualify=Qualify(
            **{
                name: said if name == "hand_raise" else _with_conditions(Bar, said)
                for name, said in document.get("qualify", {}).items()
            }
        ),
    )


def _curve(said: Any) -> Any:
    if said == "none":
        return NO_DECAY
    ((name, value),) = said.items()
    return CURVES[name](value)


def _with_conditions(build: Any, said: Mapping[str, Any]) -> Any:
    return build(
        **{key: condition_from_plain(value) if key in ("when", "stay") else value for key, value in said.items()}
    )


def _caps(groups: Mapping[str, Any]) -> dict[str, Cap]:
    return {name: Cap(**said) for name, said in groups.items()}


def _table(said: Mapping[str, Any]) -> Table:
    return Table(**{**said, **({"bands": [Band(**band) for band in said["bands"]]} if "bands" in said else {})})


def _fit(said: Mapping[str, Any]) -> Fit:
    tables: Any = [_table(table) for table in said.get("tables", [])]
    return Fit(
        **{key: said[key] for key in ("max", "min", "grades") if key in said},
        criteria=[_with_conditions(Criterion, criterion) for criterion in said.get("criteria", [])],
        tables=tables,
        gates=[_with_conditions(Gate, gate) for gate in said.get("gates", [])],
        groups=_caps(said.get("groups", {})),
    )


def _rule(said: Mapping[str, Any]) -> InterestRule:
    changed = dict(said)
    if "decay" in said:
        changed["decay"] = _curve(said["decay"])
    if "per" in said:
        changed["per"] = Per(**said["per"])
    if "per_day" in said:
        changed["per"] = Per(days=1, times=changed.pop("per_day"))
    rule: InterestRule = _with_conditions(InterestRule, changed)
    return rule


def _interest(said: Mapping[str, Any]) -> Interest:
    rules: Any = [_rule(rule) for rule in said.get("rules", [])]
    return Interest(
        **{key: said[key] for key in ("max", "min", "memory") if key in said},
        **({"decay": _curve(said["decay"])} if "decay" in said else {}),
        levels={int(digit): bound for digit, bound in said.get("levels", {}).items()},
        rules=rules,
        groups=_caps(said.get("groups", {})),
    )
