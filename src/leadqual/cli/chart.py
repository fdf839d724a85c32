"""A forecast that people like to look at: interest as bars over the days to come, and the days on which it matters."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from rich.console import Console

from leadqual.cli.screen import say
from leadqual.cli.voice import ENGLISH, Voice
from leadqual.points import to_decimal
from leadqual.scoring import Score
from leadqual.scoring.forecast import Outlook

_HEIGHT: Final = 8
"""Rows of the picture."""
_WIDEST: Final = 90
"""Columns of the picture at most."""
_BLOCKS: Final = " ▁▂▃▄▅▆▇█"
_LINES: Final = "│└─━┄"
_STYLES: Final = ("green", "yellow", "cyan", "blue")
"""Colours of the rows from the hottest level down; what lies below the last is dim."""
_MOST: Final = 15
"""Days that are listed at most."""
_GUTTER: Final = 11


def print_forecast(console: Console, score: Score, outlooks: Sequence[Outlook], voice: Voice = ENGLISH) -> None:
    """Print a curve of interest, and each day on which a level or a bar changes.

    Args:
        console: Where to.
        score: The score of today.
        outlooks: One for today and one for each of the days to come.
        voice: The language.
    """
    days = voice.count(len(outlooks) - 1, "day")
    if len({one.interest for one in outlooks}) == 1:
        points = voice.points(score.interest)
        say(console, voice("Interest stays at {points} for {days}, if nothing happens.", points=points, days=days))
    else:
        say(console, voice("Interest if nothing happens"), "bold")
        console.print()
        for text, style in _picture(console, score, outlooks, voice):
            say(console, text, style, wrap=False)
    console.print()
    _print_changes(console, outlooks, days, voice)


def _picture(console: Console, score: Score, outlooks: Sequence[Outlook], voice: Voice) -> Iterator[tuple[str, str]]:
    """Yield the rows of the picture from the top down, with their styles."""
    plain = not _can_show(console, _BLOCKS + _LINES)
    columns = _columns(outlooks, min(_WIDEST, max(console.width - _GUTTER - 2, 20)))
    values = [one.interest for one in columns]
    warm = [to_decimal(bound) for _, bound in score.reading.plan.levels if bound > 0]  # what is small looks small
    low, high = min(Decimal(0), *values), max(min(warm, default=Decimal(0)), *values)
    eighths = [round((value - low) * _HEIGHT * 8 / (high - low)) for value in values]
    eighths = [max(1, n) if value > low else n for n, value in zip(eighths, values, strict=True)]
    levels = _level_rows(score, low, high)
    for row in reversed(range(_HEIGHT)):
        blocks = "".join(_block(n - row * 8, plain=plain) for n in eighths)
        named = [voice("level {level}", level=level) for level, at in levels.items() if at == row]
        label = named[0] if named else voice.points(values[0]) if row == (eighths[0] - 1) // 8 else ""
        yield f"{label:>{_GUTTER}} {'|' if plain else _LINES[0]}{blocks}".rstrip(), _style(levels, row)
    corner, ruler = ("+", "-") if plain else (_LINES[1], _LINES[2])
    yield f"{voice.points(low):>{_GUTTER}} {corner}{ruler * len(columns)}", ""
    for bar in score.reading.model.plans.bars:
        line = "".join(_bar(bar.name, one, plain=plain) for one in columns).rstrip()
        if line:
            yield f"{bar.name.upper():>{_GUTTER}}  {line}", "bold"
    yield f"{'':>{_GUTTER + 2}}{_dates(columns)}", "dim"


def _columns(outlooks: Sequence[Outlook], most: int) -> Sequence[Outlook]:
    """Return the days of the picture: every one, or every n-th, up to a little after the last that changes anything."""
    last = outlooks[-1]
    still = next(i for i, one in enumerate(reversed(outlooks)) if _moving(one) != _moving(last))
    shown = outlooks[: len(outlooks) - still + 1 + len(outlooks) // 20]
    return shown[:: -(-len(shown) // most)]


def _moving(one: Outlook) -> tuple[object, ...]:
    return (one.interest, one.qualifies, one.stays)


def _style(levels: Mapping[int, int], row: int) -> str:
    """Return the colour of a row: that of the level in which it lies."""
    reached = [level for level, at in levels.items() if at <= row]
    place = min(reached) - min(levels) if reached else len(_STYLES)
    return _STYLES[place] if place < len(_STYLES) else "dim"


def _bar(name: str, one: Outlook, *, plain: bool) -> str:
    if name in one.qualifies:
        return "=" if plain else _LINES[3]
    if name in one.stays:
        return "-" if plain else _LINES[4]
    return " "


def _can_show(console: Console, text: str) -> bool:
    try:
        text.encode(console.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _block(eighths: int, *, plain: bool) -> str:
    filled = min(max(eighths, 0), 8)
    if plain:
        return "#" if filled >= 4 else "." if filled else " "
    return _BLOCKS[filled]


def _level_rows(score: Score, low: Decimal, high: Decimal) -> dict[int, int]:
    """Return the row in which each level begins that the picture reaches."""
    reached = {level: to_decimal(bound) for level, bound in score.reading.plan.levels}
    return {
        level: min(int((bound - low) * _HEIGHT / (high - low)), _HEIGHT - 1)
        for level, bound in sorted(reached.items())
        if low < bound <= high
    }


def _dates(columns: Sequence[Outlook]) -> str:
    """Return the dates under the picture, as many as there is room for."""
    width = len("2026-01-01") + 4
    every = max(width, len(columns) // 5)
    text = ""
    for i in range(0, len(columns), every):
        if i + width - 4 <= max(len(columns), width):
            text = f"{text:<{i}}{columns[i].day.isoformat()}"
    return text


def _print_changes(console: Console, outlooks: Sequence[Outlook], days: str, voice: Voice) -> None:
    changes = [
        (after, words)
        for before, after in itertools.pairwise(outlooks)
        if (words := list(_changes(before, after, voice)))
    ]
    for one, words in changes[:_MOST]:
        points = voice(
            "interest {interest}, total {total}", interest=voice.points(one.interest), total=voice.points(one.total)
        )
        say(console, f"{one.day.isoformat()}  {'; '.join(words)} ({points})")
    if len(changes) > _MOST:
        say(console, voice("… and {more}", more=voice.count(len(changes) - _MOST, "more change")))
    if not changes:
        say(console, voice("No level and no bar changes in these {days}.", days=days))


def _changes(before: Outlook, after: Outlook, voice: Voice) -> Iterator[str]:
    if before.level != after.level:
        yield voice("level {before} becomes {after}", before=before.level, after=after.level)
    told = (
        ("{bars} lost", before.qualifies - after.qualifies),
        ("{bars} reached", after.qualifies - before.qualifies),
        ("no longer kept: {bars}", before.stays - after.stays - (before.qualifies - after.qualifies)),
        ("kept again: {bars}", after.stays - before.stays - (after.qualifies - before.qualifies)),
    )
    yield from (voice(text, bars=voice.bars(names)) for text, names in told if names)
