"""Writes what became of leads to CSV, JSON, JSON Lines or Parquet: a row for each change of stage and each rest."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from os import PathLike
from typing import Final

from leadqual.files.replay import Life
from leadqual.files.write import write_rows
from leadqual.files.writers import Row
from leadqual.lifecycle.facts import CycleStarted, Opened, Recycled, StageChanged, Woken
from leadqual.points import to_decimal

HISTORY_COLUMNS: Final = (
    "lead_id", "seq", "at", "fact", "from", "to", "transition", "reason", "cycle", "label", "fit", "interest", "total",
)  # fmt: skip
"""The columns of a history file, in their order."""
_NO_SCORES: Final = ("", "", "", "")


def history_rows(life: Life) -> Iterator[Row]:
    """Yield the rows of one life.

    Args:
        life: What became of a lead.

    Yields:
        The cells of `HISTORY_COLUMNS` as text, in the order of the facts; nothing as the empty text. A lead that came
        under qualification, changed its stage, was recycled or woke has a row each; scores stand where it changed its
        stage.
    """
    cycle = "1"
    for fact in life.facts:
        start = (fact.lead_id, str(fact.seq), _instant(fact.at), fact.name)
        match fact:
            case CycleStarted():
                cycle = str(fact.cycle)
            case Opened():
                yield (*start, "", fact.stage, "", "", cycle, *_NO_SCORES)
            case StageChanged():
                cycle = str(fact.cycle)
                scores = (f"{to_decimal(points):.2f}" for points in (fact.fit, fact.interest, fact.total))
                yield (
                    *start, fact.from_, fact.to, fact.transition, fact.reason or "", cycle, fact.label, *scores,
                )  # fmt: skip
            case Recycled():
                yield (*start, "", "", "", fact.reason or "", cycle, *_NO_SCORES)
            case Woken():
                yield (*start, "", "", "", fact.previous_reason or "", cycle, *_NO_SCORES)
            case _:
                pass


def write_history(path: str | PathLike[str], lives: Iterable[Life], *, safe_for_spreadsheets: bool = False) -> int:
    """Write what became of leads to a file, sorted by lead id by code point, then in the order of the facts.

    Args:
        path: Where to; the ending says the format: ``.csv``, ``.json`` (one array), ``.jsonl`` or ``.parquet``.
        lives: What to write, in any order.
        safe_for_spreadsheets: As for `write_scores`.

    Returns:
        How many rows were written.

    Raises:
        InputError: If the ending is not known or the file cannot be written.
        MissingExtra: If it is Parquet and pyarrow is not installed.
    """
    rows = (row for life in lives for row in history_rows(life))
    return write_rows(path, HISTORY_COLUMNS, rows, safe=safe_for_spreadsheets)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
