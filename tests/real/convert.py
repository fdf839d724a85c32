"""The real files' rows as the leads and events of a base, written as CSV into a folder that is thrown away."""

import csv
import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

Row = dict[str, str]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ANSWERS = {"success": "said_yes", "failure": "said_no", "other": "said_maybe", "unknown": "talked"}
_OUR_ACTS = ("SMS Sent", "Email Bounced", "Unreachable", "Had a Phone Conversation", "Approached upfront")


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a gzipped CSV file."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """Write rows, of which there is at least one, under the first one's names, and return the path."""
    rows = iter(rows)
    first = next(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(first), lineterminator="\n")
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)
    return path


def numbered(rows: Sequence[Row], **constant: str) -> Iterator[Row]:
    """Give every row its number as an id, since the file has none, and the constant cells."""
    for number, row in enumerate(rows, start=1):
        yield {"row": str(number), **constant, **row}


def distinct(rows: Sequence[Row], column: str) -> Iterator[Row]:
    """Yield one row a value of the column, with nothing else in it."""
    for value in dict.fromkeys(row[column] for row in rows):
        yield {column: value}


def last_contact(row: Row) -> date:
    """Return the day of a bank lead's last contact, on which it is decided."""
    return date(int(row["year"]), _MONTHS.index(row["month"]) + 1, int(row["day"]))


def bank_events(rows: Sequence[Row], *, decided_on: date | None = None) -> Iterator[Row]:
    """Yield the earlier contacts of bank leads, each with what the lead answered.

    Args:
        rows: The bank's file.
        decided_on: One day for all leads to be decided on, keeping the days that lie between the two contacts;
            without it, every lead's own last contact.
    """
    for row in rows:
        ago = int(row["pdays"])
        if ago >= 0:
            at = (decided_on or last_contact(row)) - timedelta(days=ago)
            kind = _ANSWERS[row["poutcome"]]
            by = "us" if kind == "talked" else "lead"
            yield {
                "event_id": f"{row['lead_id']}-1",
                "lead_id": row["lead_id"],
                "kind": kind,
                "at": at.isoformat(),
                "by": by,
            }


def xeducation_events(rows: Sequence[Row], *, at: str) -> Iterator[Row]:
    """Yield each lead's last activity, which the file gives without a date, as one event at the stated instant."""
    for row in rows:
        kind = row["Last Activity"]
        if kind:
            by = "us" if kind in _OUR_ACTS else "lead"
            number = row["Lead Number"]
            yield {"event_id": f"{number}-last", "lead_id": number, "kind": kind, "at": at, "by": by}
