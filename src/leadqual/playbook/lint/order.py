"""Findings in the order of the document."""

from collections.abc import Iterable, Mapping
from typing import Final

from leadqual.playbook.lint.finding import CODES, Finding
from leadqual.scoring.model import ScoringModel

_TABLES: Final = (
    "attributes",
    "properties",
    "lists",
    "fit",
    "fit.max",
    "fit.min",
    "fit.criteria",
    "fit.tables",
    "fit.scorers",
    "fit.groups",
    "fit.gates",
    "fit.grades",
    "interest",
    "interest.max",
    "interest.min",
    "interest.rules",
    "interest.scorers",
    "interest.groups",
    "interest.levels",
    "combine",
    "combine.cells",
    "qualify.hand_raise",
    "qualify.mql.when",
    "qualify.mql.stay",
    "qualify.sql.when",
    "qualify.sql.stay",
    "lifecycle.transitions",
    "recycle",
    "recycle.inbound",
    "recycle.outbound",
    "recycle.partner",
    "sla",
)
_RANKS: Final = {table: rank for rank, table in enumerate(_TABLES)}
_CODES: Final = {code: rank for rank, code in enumerate(CODES)}


def in_order(findings: Iterable[Finding], model: ScoringModel) -> list[Finding]:
    """Return findings in the order in which a document is laid out; those of one place in the order of their codes.

    Args:
        findings: The findings.
        model: The model that they are about.
    """
    names: dict[str, Mapping[str, object]] = {
        "attributes": model.attributes,
        "properties": model.properties,
        "lists": model.lists,
        "fit.groups": model.fit.groups,
        "fit.grades": model.fit.grades,
        "interest.groups": model.interest.groups,
        "interest.levels": model.interest.levels,
        "combine.cells": model.combine.cells,
    }
    places = {f"{table}.{name}": (_RANKS[table], i) for table, named in names.items() for i, name in enumerate(named)}
    return sorted(findings, key=lambda found: (*_place(found.where, places), _CODES[found.code]))


def _place(where: str, places: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    """Return the rank of a path's table, and the place in it."""
    own = where if where in places else where.rpartition(".")[0]
    if own in places:
        return places[own]
    table, bracket, rest = where.partition("[")
    if bracket and table in _RANKS:
        return _RANKS[table], int(rest.partition("]")[0])
    while table not in _RANKS and "." in table:
        table = table.rpartition(".")[0]
    return _RANKS[table], 0
