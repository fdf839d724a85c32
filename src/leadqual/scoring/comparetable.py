"""What changed between two scores, in words and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from leadqual.conditions.words import Words
from leadqual.errors import printable
from leadqual.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from decimal import Decimal

    from leadqual.languages import Language
    from leadqual.scoring.compare import Comparison, Row
    from leadqual.scoring.score import Score

_NAME: Final = 30
_PARTS: Final[Mapping[str, Callable[[Row], Decimal]]] = {
    "raw": lambda row: row.raw,
    "limits": lambda row: row.limits,
    "decay": lambda row: row.decay,
    "cap": lambda row: row.cap,
}
_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "lead": "Lead {lead}",
        "times": "from {before} to {after} UTC",
        "time": "as of {before} UTC",
        "models": "under another model",
        "label": "label {before} → {after}",
        "same label": "label {after} as before",
        "no label": "no label",
        "total": "total {before} → {after} ({more})",
        "gained": "now qualifies for {names}",
        "lost": "no longer qualifies for {names}",
        "gates gained": "now gated: {names}",
        "gates lost": "no longer gated: {names}",
        "cap of": "Cap of {name}",
        "rounding": "Rounding",
        "before": "before",
        "after": "after",
        "difference": "change",
        "raw": "raw",
        "limits": "limits",
        "decay": "decay",
        "cap": "caps",
        "none": "nothing moved",
        "one": "1 line did not move",
        "many": "{count} lines did not move",
    },
    "es": {
        "lead": "Lead {lead}",
        "times": "del {before} al {after} UTC",
        "time": "a fecha de {before} UTC",
        "models": "con otro modelo",
        "label": "etiqueta {before} → {after}",
        "same label": "etiqueta {after}, como antes",
        "no label": "sin etiqueta",
        "total": "total {before} → {after} ({more})",
        "gained": "ahora alcanza {names}",
        "lost": "ya no alcanza {names}",
        "gates gained": "ahora con veto: {names}",
        "gates lost": "ya sin veto: {names}",
        "cap of": "Tope de {name}",
        "rounding": "Redondeo",
        "before": "antes",
        "after": "después",
        "difference": "cambio",
        "raw": "bruto",
        "limits": "límites",
        "decay": "por edad",
        "cap": "topes",
        "none": "nada se movió",
        "one": "1 línea no se movió",
        "many": "{count} líneas no se movieron",
    },
}


def table(comparison: Comparison, language: str, labels: Mapping[str, str]) -> str:
    """Return a comparison as a table for people.

    Args:
        comparison: The comparison.
        language: ``"en"`` or ``"es"``.
        labels: What people call groups, rules and reasons, by name.

    Returns:
        Plain text of one block an axis, about 100 characters wide; control characters are escaped.

    Raises:
        UnknownName: If leadqual does not speak the language.
    """
    words = Words(language=language_of(language), labels=labels)
    return "\n\n".join([_head(comparison, words), *(_block(comparison, axis, words) for axis in ("fit", "interest"))])


def _head(comparison: Comparison, words: Words) -> str:
    before, after, said = comparison.before, comparison.after, _WORDS[words.language]
    times = "time" if before.now == after.now else "times"
    parts = [
        said["lead"].format(lead=printable(before.lead_id, 40)),
        said[times].format(before=_instant(before), after=_instant(after)),
    ]
    if before.reading.model is not after.reading.model and before.reading.model != after.reading.model:
        parts.append(said["models"])
    label = "same label" if before.label == after.label else "label"
    names = {"before": before.label or said["no label"], "after": after.label or said["no label"]}
    values = {"before": _points(before.total, words), "after": _points(after.total, words)}
    lines = [said[label].format(**names) if before.label or after.label else said["no label"]]
    lines.append(said["total"].format(**values, more=_signed(comparison.total, words)))
    changed = (
        ("gained", sorted(comparison.gained)),
        ("lost", sorted(comparison.lost)),
        ("gates gained", comparison.gates_gained),
        ("gates lost", comparison.gates_lost),
    )
    lines += [said[key].format(names=_names(names, words)) for key, names in changed if names]
    return f"{' '.join(parts)}:\n  {'; '.join(lines)}"


def _block(comparison: Comparison, axis: str, words: Words) -> str:
    said = _WORDS[words.language]
    rows = [row for row in comparison.rows if row.axis == axis]
    moved = [row for row in rows if row.moved]
    parts = [part for part in _PARTS if any(_PARTS[part](row) for row in moved if row.what != "rounding")]
    before, after = comparison.before, comparison.after
    values = (before.fit, after.fit) if axis == "fit" else (before.interest, after.interest)
    difference = comparison.fit if axis == "fit" else comparison.interest
    title = words.name(axis)
    lines = [_line(title.capitalize(), [said[name] for name in ("before", "after", "difference", *parts)])]
    for row in moved:
        cells = ["" if line is None else _points(line.points, words) for line in (row.before, row.after)]
        split = [_PARTS[part](row) for part in parts if row.what != "rounding"]
        more = [_signed(part, words) if part else "" for part in split]
        lines.append(_line(f"  {_name(row, words)}", [*cells, _signed(row.difference, words), *more]))
    sums = [_points(value, words) for value in values]
    lines.append(_line(f"  = {title}", [*sums, _signed(difference, words)]))
    still = len(rows) - len(moved)
    notes = [] if moved else [said["none"]]
    if moved and still:
        notes.append(said["one" if still == 1 else "many"].format(count=still))
    return "\n".join([*lines, *(f"    {note}" for note in notes)])


def _name(row: Row, words: Words) -> str:
    said = _WORDS[words.language]
    if row.what == "rounding":
        return said["rounding"]
    if row.what != "cap":
        return printable(words.labels.get(row.name, row.name))
    _, of_group, name = row.where.partition(".groups.")
    return said["cap of"].format(name=words.name(name if of_group else row.axis))


def _line(name: str, cells: Sequence[str]) -> str:
    short = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
    return f"{short:<{_NAME}}" + "".join(f" {cell:>10}" for cell in cells).rstrip()


def _instant(score: Score) -> str:
    return f"{score.now:%Y-%m-%d %H:%M}"


def _names(names: Iterable[str], words: Words) -> str:
    return words.joined([words.name(name) for name in names], "and")


def _points(value: Decimal, words: Words) -> str:
    """Return points with as many places as they need, two at least."""
    whole, _, places = f"{value:.8f}".rstrip("0").partition(".")
    return f"{whole}{',' if words.language == 'es' else '.'}{places:0<2}"


def _signed(value: Decimal, words: Words) -> str:
    return f"+{_points(value, words)}" if value > 0 else _points(value, words)
