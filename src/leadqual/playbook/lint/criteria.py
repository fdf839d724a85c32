"""Findings on criteria and tables: those that never earn, that everybody earns, that ask the same twice."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from leadqual.conditions.comparisons import NO_VALUE
from leadqual.conditions.nodes import All, AnyOf, Condition, Leaf
from leadqual.errors import shown
from leadqual.fit.values import Criterion, Table
from leadqual.fold import folding
from leadqual.languages import amount
from leadqual.lead import Lead
from leadqual.playbook.lint.acts import NOTHING
from leadqual.playbook.lint.claims import Claim, claims_of
from leadqual.playbook.lint.finding import Finding, finding
from leadqual.playbook.lint.parts import FitPart, Parts
from leadqual.playbook.lint.profiles import Profiles
from leadqual.playbook.lint.search import can_fail, can_hold

_SAME: Final = {"eq": "in", "has": "has_any", "contains": "contains_any"}
_NAMED: Final = ("in", "has_any", "contains_any", "contains_word", "starts_with", "ends_with", "domain_in")


def criterion_findings(parts: Parts, profiles: Profiles) -> Iterator[Finding]:
    """Yield what is found about each criterion and table by itself.

    Args:
        parts: The parts of a model.
        profiles: What profiles can come to.
    """
    nobody = Lead(id="nobody").row
    for part, own in zip(parts.fit, profiles.parts, strict=True):
        written = part.written
        if own == NOTHING:
            yield finding("dead-criterion", part.where, _why_dead(part, parts), "Correct it or remove it.")
        elif isinstance(written, Table):
            yield from _same_bands(written, part.where)
        elif written.missing in (None, written.points) and not can_fail(written.when, parts.of_lead):
            reason = f"every lead earns these {amount(written.points)} points"
            yield finding("criterion-for-all", part.where, reason, "Correct its condition, or remove it.")
        elif written.missing is None:
            earned = part.item.earn(nobody)
            if earned.points and earned.low != earned.high:
                reason = f"a lead of whom the answer is not known earns these {amount(written.points)} points as well"
                hint = "Write `missing = 0`, or `missing` with the points that an unknown answer is to earn."
                yield finding("unknown-earns", part.where, reason, hint)


def _why_dead(part: FitPart, parts: Parts) -> str:
    written = part.written
    if isinstance(written, Table):
        return "all of its points are 0"
    if not written.points:
        return "it is worth 0 points"
    return "its condition can never hold" if not can_hold(written.when, parts.of_lead) else "it never earns anything"


def _same_bands(table: Table, where: str) -> Iterator[Finding]:
    for i, band in enumerate(table.bands[1:], 1):
        if band.points == table.bands[i - 1].points:
            reason = f"this band earns {amount(band.points)} points, as the one before it"
            yield finding("same-band", f"{where}.bands[{i}]", reason, "Make one band of the two.")


def overlap_findings(parts: Parts) -> Iterator[Finding]:
    """Yield criteria that ask the same as an earlier one, or name a value that an earlier one names.

    Args:
        parts: The parts of a model.
    """
    asked: dict[Condition, list[FitPart]] = {}
    named: dict[tuple[str, str, object], list[tuple[FitPart, Claim]]] = {}
    for part in parts.fit:
        if not isinstance(part.written, Criterion):
            continue
        twin = _first_apart(part, asked.setdefault(part.written.when, []), parts)
        asked[part.written.when].append(part)
        shared = _shared(part, named, parts)
        if twin is not None:
            reason = f"it asks the same as {twin.where}, so both earn"
            hint = "Make one of the two, or put both in a group with a `max`."
            yield finding("criterion-twice", part.where, reason, hint)
        elif shared is not None:
            other, value = shared
            reason = f"{value} is named by {other.where} too, so that one value earns in both"
            hint = "Name it in one of them, or put both in a group with a `max`."
            yield finding("criterion-overlap", part.where, reason, hint)


def _first_apart(part: FitPart, others: Sequence[FitPart], parts: Parts) -> FitPart | None:
    """Return the first of other parts that is not kept in bounds together with a part."""
    return next((other for other in others if not _kept_together(part, other, parts)), None)


def _kept_together(one: FitPart, other: FitPart, parts: Parts) -> bool:
    group = one.item.group
    if group is None or other.item.group != group:
        return False
    cap = parts.model.fit.groups[group]
    return cap.max is not None or cap.min is not None


def _shared(
    part: FitPart, named: dict[tuple[str, str, object], list[tuple[FitPart, Claim]]], parts: Parts
) -> tuple[FitPart, str] | None:
    """Return the first part that names a value of this one, with the value; notes the values that this one names."""
    found: tuple[FitPart, str] | None = None
    for claim in _enough(part.written, parts):
        for literal in claim.literals:
            key = (claim.field, _SAME.get(claim.op, claim.op), _folded(literal))
            beside = named.setdefault(key, [])
            if found is None:
                apart = (
                    other
                    for other, theirs in beside
                    if other is not part and _meet(claim, theirs, literal) and not _kept_together(part, other, parts)
                )
                found = next(((other, shown(literal)) for other in apart), None)
            if not beside or beside[-1][0] is not part:
                beside.append((part, claim))
    return found


def _enough(written: Criterion | Table, parts: Parts) -> Iterator[Claim]:
    """Yield the claims each of which is enough for a criterion to hold."""
    stack: list[Condition] = [written.when] if isinstance(written, Criterion) else []
    while stack:
        node = stack.pop()
        if isinstance(node, AnyOf) or (isinstance(node, All) and len(node.parts) == 1):
            stack.extend(reversed(node.parts))
        elif isinstance(node, Leaf) and node.op not in NO_VALUE and _SAME.get(node.op, node.op) in _NAMED:
            claim = claims_of(node, parts.of_lead.scope)
            if isinstance(claim, Claim):
                yield claim


def _folded(literal: Any) -> object:
    return folding(ignore_case=True, ignore_accents=True)(literal) if isinstance(literal, str) else literal


def _meet(one: Claim, other: Claim, literal: Any) -> bool:
    """Return whether a literal of one claim, as a value, makes both true."""
    mine = [literal, *(theirs for theirs in other.literals if _folded(theirs) == _folded(literal))]
    values: list[Any] = [f"x@{value}" for value in mine] if one.op == "domain_in" else mine
    if one.op in ("has", "has_any"):
        values = [(value,) for value in mine]
    return any(one.says(value) and other.says(value) for value in values)
