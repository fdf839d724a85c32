"""What changed between two scores of a lead, as a table."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from rich.console import Console

from leadqual.cli.card import line_name
from leadqual.cli.screen import say, table
from leadqual.cli.voice import ENGLISH, Voice
from leadqual.scoring.compare import Comparison, Row

_COLUMNS: Final = (("Rule", "long"), ("Before", "right"), ("After", "right"), ("Difference", "right"))
_PARTS: Final = (("Raw", "right"), ("Limits", "right"), ("Decay", "right"), ("Caps", "right"))


def print_changes(console: Console, found: Comparison, title: str, voice: Voice = ENGLISH) -> None:
    """Print what changed, the largest change first.

    Args:
        console: Where to.
        found: The comparison.
        title: What is compared.
        voice: The language.
    """
    say(console, title, "bold")
    say(console, "; ".join(_verdict(found, voice)))
    console.print()
    moved = [row for row in found.rows if row.moved]
    for axis, name in (("fit", "Fit"), ("interest", "Interest")):
        rows = [row for row in moved if row.axis == axis and row.what != "rounding"]
        if rows:
            _print_axis(console, rows, (axis, voice(name)), _totals(found, axis), voice)
    still = len(found.rows) - len(moved)
    if not moved:
        say(console, voice("Nothing changed."))
    elif still:
        say(console, voice("{lines} did not move.", lines=voice.count(still, "line")), "dim")


def _totals(found: Comparison, axis: str) -> tuple[Decimal, Decimal, Decimal]:
    before, after = found.before, found.after
    if axis == "fit":
        return before.fit, after.fit, found.fit
    return before.interest, after.interest, found.interest


def _verdict(found: Comparison, voice: Voice) -> Iterator[str]:
    before, after = found.before.label or voice("none"), found.after.label or voice("none")
    if before != after:
        yield voice("Label {before} becomes {after}", before=before, after=after)
    else:
        yield voice("Label {label} stays", label=after)
    totals = (voice.points(found.before.total), voice.points(found.after.total), voice.points(found.total, sign=True))
    yield f"{voice('total')} {totals[0]} → {totals[1]} ({totals[2]})"
    for text, names in (("gained: {bars}", found.gained), ("lost: {bars}", found.lost)):
        if names:
            yield voice(text, bars=voice.bars(names))
    gates = (("now gated: {gates}", found.gates_gained), ("no longer gated: {gates}", found.gates_lost))
    yield from (voice(text, gates=", ".join(map(voice.words.name, names))) for text, names in gates if names)


def _print_axis(
    console: Console, rows: list[Row], names: tuple[str, str], total: tuple[Decimal, ...], voice: Voice
) -> None:
    columns = _COLUMNS if names[0] == "fit" else (*_COLUMNS, *_PARTS)
    cells = [_cells(row, voice)[: len(columns)] for row in rows]
    sums = (voice.points(total[0]), voice.points(total[1]), voice.points(total[2], sign=True))
    cells.append([f"= {voice(names[0])}", *sums, *[""] * (len(columns) - 4)])
    console.print(table([(voice(heading), kind) for heading, kind in columns], cells, title=names[1]))


def _cells(row: Row, voice: Voice) -> list[str]:
    line = row.after or row.before
    name = row.name if line is None else line_name(line, voice)
    values = ["" if one is None else voice.points(one.points) for one in (row.before, row.after)]
    parts = (row.raw, row.limits, row.decay, row.cap)
    return [name, *values, voice.points(row.difference, sign=True), *(voice.some(part, sign=True) for part in parts)]
