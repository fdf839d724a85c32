"""Rows of scores on their way to a file or a screen: counted, and the best of them kept."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from heapq import nsmallest
from typing import Final

from attrs import Factory, define, frozen

from leadqual.cli.objectives import Asked
from leadqual.files import Report
from leadqual.playbook import Playbook

Row = tuple[str, ...]
"""The cells of a scores file: nine, and two more where several objectives were tried."""
_FIT, _INTEREST, _TOTAL, _GRADE, _LEVEL, _LABEL, _QUALIFIES, _GATE, _CHOICE, _MARGIN = range(1, 11)
_BATCH: Final = 10_000


@define(kw_only=True)
class Passing:
    """Rows that pass by.

    Attributes:
        top: How many of the best are kept.
        leads: How many rows there were.
        mql: How many of them qualify as MQL.
        sql: How many as SQL.
        gated: How many have a gate.
        chosen: How many suit each objective best.
        best: The best rows: gated ones last, then by total, then by lead id.
    """

    top: int
    leads: int = 0
    mql: int = 0
    sql: int = 0
    gated: int = 0
    chosen: Counter[str] = Factory(Counter)
    best: list[Row] = Factory(list)

    def watch(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows, and see each.

        Args:
            rows: All rows of a base.
        """
        qualified: Counter[str] = Counter()
        for row in rows:
            self.leads += 1
            if row[_QUALIFIES]:
                qualified[row[_QUALIFIES]] += 1
            if row[_GATE]:
                self.gated += 1
            if len(row) > _CHOICE:
                self.chosen[row[_CHOICE]] += 1
            if self.top:
                self.best.append(row)
                if len(self.best) >= self.top + _BATCH:
                    self._settle()
            yield row
        self._settle()
        self.mql = sum(count for names, count in qualified.items() if "mql" in names.split(";"))
        self.sql = sum(count for names, count in qualified.items() if "sql" in names.split(";"))

    def see(self, rows: Iterable[Row]) -> None:
        """See rows that go nowhere else."""
        for _ in self.watch(rows):
            continue

    def _settle(self) -> None:
        self.best = nsmallest(self.top, self.best, key=rank)


def rank(row: Row) -> tuple[bool, int, str]:
    """Return what rows are ranked by.

    >>> rank(("L1", "1.00", "2.50", "3.50", "", "", "", "", "spam"))
    (True, -350, 'L1')
    """
    return bool(row[_GATE]), -int(row[_TOTAL].replace(".", "")), row[0]


def row_data(row: Row) -> dict[str, object]:
    """Return a row for machines: numbers as numbers, nothing as null.

    >>> row_data(("L1", "1.00", "2.50", "3.50", "", "2", "2", "", ""))["total"]
    3.5
    """
    found: dict[str, object] = {
        "lead_id": row[0],
        "fit": float(row[_FIT]),
        "interest": float(row[_INTEREST]),
        "total": float(row[_TOTAL]),
        "grade": row[_GRADE] or None,
        "level": int(row[_LEVEL]) if row[_LEVEL] else None,
        "label": row[_LABEL],
        "qualifies": row[_QUALIFIES],
        "gate": row[_GATE] or None,
    }
    if len(row) > _CHOICE:
        found |= {"objective": row[_CHOICE], "margin": float(row[_MARGIN]) if row[_MARGIN] else None}
    return found


@frozen(kw_only=True)
class Outcome:
    """What the scores of a base come to.

    Attributes:
        playbook: What scored them.
        now: As of when.
        asked: The objectives under which they were scored.
        report: What reading found.
        remarks: What is odd about the dates, as sentences.
        passing: What was seen of the rows.
        last_acts: By lead id, how many days ago a lead last acted; one that never did is not in it.
    """

    playbook: Playbook
    now: datetime
    asked: Asked
    report: Report
    remarks: tuple[str, ...]
    passing: Passing
    last_acts: Callable[[Collection[str]], Mapping[str, int]]
