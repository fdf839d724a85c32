"""Fold, fold and score, and fit, against the hand-written references: ratios of CPU seconds, medians, one run.

    python tests/benchmarks/bench_stream.py [--quick] [--rounds N] [--shared DIR]

The data is made by the references' own generator: 50,000 leads and 1,000,000 events (a tenth of both with ``--quick``).
The references are `stream_min.py` (its `process` folds and scores each event) and its hand-written `fit`. Ours: `fold`
is `Tally.add` for every event; `fold + score` also scores the lead after each event and reads label and bars; `fit` is
the fit of a lead in hundredths, as `ScoringModel.profile` asks for it. Events are values on both sides before the clock
starts.
"""

import argparse
import gc
import importlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

import leadqual

HERE = Path(__file__).resolve().parent
DEFAULT_SHARED = Path(os.environ.get("LEADQUAL_SHARED", HERE.parents[2] / "shared"))
Job = Callable[[], tuple[int, float]]


def generate(bench: Path, folder: Path, leads: int, events: int) -> None:
    """Make the data with the references' generator."""
    command = [sys.executable, "-B", str(bench / "gen.py"), str(folder), str(leads), str(events)]
    subprocess.run(command, check=True)


def our_leads(rows: list[dict[str, Any]]) -> list[leadqual.Lead]:
    """Return the rows as leads."""
    own = ("lead_id", "source")
    return [
        leadqual.Lead(
            id=str(row["lead_id"]),
            source=row["source"],
            attributes={name: value for name, value in row.items() if name not in own},
        )
        for row in rows
    ]


def our_events(rows: list[dict[str, Any]]) -> list[leadqual.Event]:
    """Return the rows as events, each id once."""
    once = {row["event_id"]: row for row in rows}
    return [
        leadqual.Event(id=str(row["event_id"]), lead_id=str(row["lead_id"]), kind=row["type"], at=row["ts"])
        for row in once.values()
    ]


def jobs(bench: Path, folder: Path) -> dict[str, Job]:
    """Return the jobs by name, each giving how much it did and the CPU seconds it took."""
    sys.path.insert(0, str(bench))
    reference = importlib.import_module("stream_min")
    lead_rows = pq.read_table(folder / "leads.parquet").to_pylist()
    event_rows = pq.read_table(folder / "events.parquet").to_pylist()
    model = leadqual.load_playbook(HERE / "stream.toml").model
    leads, events = our_leads(lead_rows), our_events(event_rows)
    fit = model.plans.fit.points
    agree(model, reference, leads, lead_rows)

    def reference_stream() -> tuple[int, float]:
        states = {row["lead_id"]: reference.Lead(row) for row in lead_rows}
        process = reference.process
        start = time.process_time()
        for row in event_rows:
            process(states, row)
        return len(event_rows), time.process_time() - start

    def fold() -> tuple[int, float]:
        tallies = {lead.id: model.tally() for lead in leads}
        start = time.process_time()
        for event in events:
            tallies[event.lead_id].add(event)
        return len(events), time.process_time() - start

    def fold_and_score() -> tuple[int, float]:
        records: dict[str, list[Any]] = {lead.id: [model.tally(), model.profile(lead), events[0].at] for lead in leads}
        score = model.score
        start = time.process_time()
        for event in events:
            record = records[event.lead_id]
            tally, profile, newest = record
            tally.add(event)
            record[2] = now = max(newest, event.at)
            scored = score(profile, tally, now=now)
            _ = scored.total, scored.label, scored.qualifies
        return len(events), time.process_time() - start

    def reference_fit() -> tuple[int, float]:
        start = time.process_time()
        for row in lead_rows:
            reference.fit(row)
        return len(lead_rows), time.process_time() - start

    def our_fit() -> tuple[int, float]:
        start = time.process_time()
        for lead in leads:
            fit(lead)
        return len(leads), time.process_time() - start

    return {
        "reference stream": reference_stream,
        "fold": fold,
        "fold + score": fold_and_score,
        "reference fit": reference_fit,
        "fit": our_fit,
    }


def agree(model: leadqual.ScoringModel, reference: Any, leads: list[leadqual.Lead], rows: list[dict[str, Any]]) -> None:
    """Refuse to measure two different things."""
    wrong = sum(
        model.plans.fit.points(lead)[0] != 100 * reference.fit(row) for lead, row in zip(leads, rows, strict=True)
    )
    if wrong:
        raise SystemExit(f"fit differs from the reference for {wrong} leads")


def main() -> None:
    """Print rates and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the data, three rounds")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--shared", type=Path, default=DEFAULT_SHARED)
    options = parser.parse_args()
    bench = options.shared / "bench"
    if not bench.is_dir():
        raise SystemExit(f"the references are not there: {bench.name} beside the project's root is missing")
    size = (5_000, 100_000) if options.quick else (50_000, 1_000_000)
    with tempfile.TemporaryDirectory() as name:
        generate(bench, Path(name), *size)
        measured = jobs(bench, Path(name))
    rates: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(3 if options.quick else options.rounds):
        for name, job in measured.items():
            gc.collect()
            gc.freeze()  # what both sides have made so far is no work of either
            number, seconds = job()
            gc.unfreeze()
            rates[name].append(number / seconds)
    medians = {name: statistics.median(values) for name, values in rates.items()}
    print(f"{size[0]:,} leads, {size[1]:,} events, CPU seconds, Python {sys.version.split()[0]}")
    for name, median in medians.items():
        against = medians["reference fit" if name.endswith("fit") else "reference stream"]
        print(f"{name:18s} {median:12,.0f} /s {1e6 / median:8.2f} us   {median / against:5.2f} x reference")


if __name__ == "__main__":
    main()
