"""Add one day to a tally of a year and compare its CPU with scoring the whole base again.

    python tests/benchmarks/bench_tally.py BASE [--memory 1GB] [--threads N] [--rounds N] [--keep FOLDER]

BASE is a folder with the events.parquet and leads.parquet that `bench_batch.py --keep` leaves. The tally is built of
all days but the last; then the last day is added as often as there are rounds, each time to a fresh copy of the tally,
and the whole base is scored as often. Printed are medians of the CPU of this process, all threads together: of the day
(opening, adding, closing), of scoring out of the tally, and of the whole run. A day should take at most 5 % of it.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

import leadqual
from leadqual.batch import TallyTable, score_table
from leadqual.calendar import EARLIEST
from leadqual.playbook import Playbook

MODEL = Path(__file__).with_name("stream.toml")
MOST = 0.05
"""The share of a whole run that a day may take."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=Path, nargs="?")
    parser.add_argument("--quick", action="store_true", help="nothing is measured without a base")
    parser.add_argument("--memory")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    if asked.base is None:
        print("no base was named: a small one says nothing of a day's share")
        return
    limits = {"memory_limit": asked.memory, "threads": asked.threads}
    with tempfile.TemporaryDirectory() as folder:
        kept = asked.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        measure(asked.base, kept, Path(folder), asked.rounds, limits)


def measure(base: Path, kept: Path, folder: Path, rounds: int, limits: dict[str, Any]) -> None:
    """Build the tally if it is not there yet, then measure a day, the scores out of the tally and a whole run."""
    playbook = leadqual.load_playbook(MODEL)
    day, rest, built = kept / "day.parquet", kept / "rest.parquet", kept / "tally.duckdb"
    if not built.exists():
        split(base / "events.parquet", day, rest)
        spent = cpu(lambda: add(playbook, built, rest, limits))
        print(f"built of all days but one: {spent:.1f} s, {built.stat().st_size / 2**20:,.0f} MiB")
    ((count, now),) = duckdb.sql(
        "SELECT COUNT(*), epoch_us(MAX(ts)) FROM read_parquet($1)", params=[str(day)]
    ).fetchall()
    now = EARLIEST + timedelta(microseconds=now)
    print(f"the last day has {count:,} events")
    copy = folder / "copy.duckdb"
    days, scores, wholes = [], [], []
    for _ in range(rounds):
        shutil.copy(built, copy)
        days.append(cpu(lambda: add(playbook, copy, day, limits)))
        scores.append(cpu(lambda: score(playbook, copy, base / "leads.parquet", now, limits)))
        wholes.append(cpu(lambda: whole(playbook, base, folder, now, limits)))
    one, from_tally, every = map(statistics.median, (days, scores, wholes))
    print(f"adding a day {one:.2f} s, scores out of the tally {from_tally:.2f} s, the whole base {every:.2f} s")
    print(f"a day is {one / every:.1%} of the whole; at most {MOST:.0%} is the goal")


def split(events: Path, day: Path, rest: Path) -> None:
    """Part the last day from the others."""
    found = duckdb.sql("FROM read_parquet($1)", params=[str(events)])
    last = "(SELECT MAX(ts) FROM found) - INTERVAL 1 DAY"
    found.query("found", f"FROM found WHERE ts > {last}").write_parquet(str(day))
    found.query("found", f"FROM found WHERE ts <= {last}").write_parquet(str(rest))


def add(playbook: Playbook, path: Path, events: Path, limits: dict[str, Any]) -> None:
    """Open a tally, add events, close it."""
    tally = TallyTable.open(playbook, path, **limits)
    tally.add(events)
    tally.close()


def score(playbook: Playbook, path: Path, leads: Path, now: datetime, limits: dict[str, Any]) -> None:
    """Score a base out of a tally."""
    tally = TallyTable.open(playbook, path, **limits)
    tally.score(leads, now=now).write(path.with_name("tallied.parquet"))
    tally.close()


def whole(playbook: Playbook, base: Path, folder: Path, now: datetime, limits: dict[str, Any]) -> None:
    """Score a base out of its events."""
    table = score_table(playbook, leads=base / "leads.parquet", events=base / "events.parquet", now=now, **limits)
    table.write(folder / "whole.parquet")
    table.close()


def cpu(work: Callable[[], None]) -> float:
    """Return the seconds of CPU that some work takes."""
    before = time.process_time()
    work()
    return time.process_time() - before


if __name__ == "__main__":
    main()
