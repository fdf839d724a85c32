"""Score a base from Parquet to Parquet against the hand-written references: CPU of the whole process, peak memory.

    python tests/benchmarks/bench_batch.py [--quick] [--events 5 20 50] [--ids int|uuid] [--memory 1GB] [--threads N]
        [--rounds N] [--keep FOLDER] [--shared DIR]

Both sides run in turns, each in a process of its own: `ref_duckdb.py --plan code`, which is SQL written by hand, and
for whole-number ids `ref_c.py`, an Arrow reader and a kernel in C. `--events` counts millions; there is a lead for
twenty events; `--ids` is what ids of events are, and ids of leads are whole numbers. Figures are medians; with two
sizes the growth of CPU per event is printed too. `--keep` keeps the bases in a folder for the next run (20 bytes an
event). The references do less: no conflicts, no orphans, floats.

Before anything is compared, results are: the references decay continuously and leadqual by whole days, so the SQL by
hand once reads the same events with their instants cut to the day, where both mean the same. Fit, grades and gates must
be equal, interest and total too but for the rounding to hundredths, levels and bars wherever the rounding cannot decide
them. ``--quick`` takes 200,000 events, three rounds, and ends without a word of blame where the references are missing.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

HERE = Path(__file__).resolve().parent
DEFAULT_SHARED = Path(os.environ.get("LEADQUAL_SHARED", HERE.parents[2] / "shared"))
SOURCE = HERE.parents[1] / "src"
MODEL = HERE / "stream.toml"
NOW_US = 1_767_225_600_000_000
"""The instant of asking, 2026-01-01 in UTC, that the references have."""
OURS = """
    import sys
    from datetime import UTC, datetime

    import leadqual
    from leadqual.batch import score_table

    document, leads, events, out, memory, threads = sys.argv[1:]
    playbook = leadqual.load_playbook(document)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    limits = {"memory_limit": memory or None, "threads": int(threads) if threads else None}
    score_table(playbook, leads=leads, events=events, now=now, **limits).write(out)
"""
STARTER = """
    import os
    import sys

    pid = os.spawnv(os.P_NOWAIT, sys.argv[1], sys.argv[1:])
    _, status, usage = os.wait4(pid, 0)
    print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
    sys.exit(os.waitstatus_to_exitcode(status))
"""
"""Starts a command from a small process: the peak of memory of a command is at least that of who starts it."""
UNITS = {"MB": 1_000_000, "GB": 1_000_000_000, "MiB": 1 << 20, "GiB": 1 << 30}
ROUNDING = 0.006
"""How far interest may be from the unrounded one: half a hundredth, and what rounded factors add up to."""
Measured = tuple[float, float]
"""CPU seconds, and the peak of memory in MiB."""


class Bases:
    """Bases and the commands that score them."""

    def __init__(self, bench: Path, folder: Path, options: argparse.Namespace) -> None:
        self.bench = bench
        self.folder = folder
        self.ids = options.ids
        self.memory = options.memory or ""
        self.threads = str(options.threads or "")

    def made(self, events: int) -> Path:
        """Return the folder of a base, made by the references' own generator unless it is there."""
        base = self.folder / f"{self.ids}{events}"
        if not (base / "done").exists():
            self._reference("gen.py", str(base), str(max(1, events // 20)), str(events), "--ids", self.ids)
            (base / "done").touch()
        return base

    def commands(self, base: Path) -> dict[str, list[str]]:
        """Return the commands by name; each writes ``<name>.parquet`` into the folder."""
        leads, events = base / "leads.parquet", base / "events.parquet"
        ours = [str(MODEL), str(leads), str(events), str(self.folder / "leadqual.parquet"), self.memory, self.threads]
        found = {
            "leadqual": [sys.executable, "-c", textwrap.dedent(OURS), *ours],
            "duckdb": self.by_hand(base, self.folder / "duckdb.parquet", limited=True),
        }
        if self.ids == "int":
            c = [str(self.bench / "ref_c" / "ref_c.py"), str(base), str(self.folder / "c.parquet")]
            found["c"] = [sys.executable, "-B", *c, *(("--threads", self.threads) if self.threads else ())]
        return found

    def by_hand(self, base: Path, out: Path, *, limited: bool) -> list[str]:
        """Return the command of the SQL that is written by hand."""
        command = [sys.executable, "-B", str(self.bench / "ref_duckdb.py"), str(base), str(out), "--plan", "code"]
        command += ["--threads", self.threads] if self.threads else []
        return command + (["--mem", self.memory] if limited and self.memory else [])

    def _reference(self, script: str, *words: str) -> None:
        subprocess.run([sys.executable, "-B", str(self.bench / script), *words], check=True)


def measure(command: Sequence[str]) -> Measured:
    """Run a command and return what it took."""
    paths = os.pathsep.join(part for part in (str(SOURCE), os.environ.get("PYTHONPATH")) if part)
    where = {**os.environ, "PYTHONPATH": paths}
    starter = [sys.executable, "-S", "-c", textwrap.dedent(STARTER), *command]
    done = subprocess.run(starter, check=False, stdout=subprocess.PIPE, text=True, env=where)
    if done.returncode:
        raise SystemExit(f"exit status {done.returncode}: {command[1:]}")
    seconds, peak = map(float, done.stdout.split()[-2:])
    return seconds, peak / 1024


def in_turns(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, Measured]:
    """Return the medians of each command; every round runs all of them and starts with another."""
    names = list(commands)
    taken: dict[str, list[Measured]] = {name: [] for name in names}
    for turn in range(rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            taken[name].append(measure(commands[name]))
    return {name: (middle(runs, 0), middle(runs, 1)) for name, runs in taken.items()}


def middle(runs: Sequence[Measured], part: int) -> float:
    """Return the median of one part of several runs."""
    return statistics.median(run[part] for run in runs)


def cut_to_days(base: Path, folder: Path) -> Path:
    """Return the base with each instant up to now cut to its day, as a playbook reads it."""
    cut = folder / "days"
    cut.mkdir(exist_ok=True)
    (cut / "leads.parquet").unlink(missing_ok=True)
    (cut / "leads.parquet").symlink_to(base / "leads.parquet")
    with (
        pq.ParquetFile(base / "events.parquet") as read,
        pq.ParquetWriter(cut / "events.parquet", read.schema_arrow, use_dictionary=["type"]) as written,
    ):
        for batch in read.iter_batches(250_000):
            at = batch["ts"]
            later = pc.greater(at.cast(pa.int64()), NOW_US)
            day = pc.if_else(later, at, pc.floor_temporal(at, unit="day"))
            where = batch.schema.get_field_index("ts")
            written.write_batch(batch.set_column(where, batch.schema.field(where), day))
    return cut


def by_number(table: pa.Table) -> pa.Table:
    """Return scores sorted by lead id as a number."""
    where = table.schema.get_field_index("lead_id")
    return table.set_column(where, "lead_id", table["lead_id"].cast(pa.int64())).sort_by("lead_id")


def differences(ours: pa.Table, theirs: pa.Table) -> Iterator[str]:
    """Yield in words what the two sides disagree on."""
    ours, theirs = (by_number(table) for table in (ours, theirs))

    def number(table: pa.Table, name: str) -> np.ndarray:
        return table[name].cast(pa.float64()).to_numpy()

    def text(table: pa.Table, name: str) -> np.ndarray:
        return table[name].cast(pa.string()).fill_null("").to_numpy()

    if not ours["lead_id"].equals(theirs["lead_id"]):
        yield "other leads"
        return
    interest, total = number(theirs, "interest"), number(theirs, "combined")
    stage = text(theirs, "stage")
    blocked = stage == "disqualified"
    bars = np.where(stage == "sql", "mql;sql", np.where(stage == "mql", "mql", ""))
    sure = np.ones(len(theirs), bool)
    for bound in (25, 50, 75):
        sure &= np.abs(interest - bound) > 2 * ROUNDING
    for bound in (40, 60):
        sure &= np.abs(total - bound) > 2 * ROUNDING
    wrong = {
        "fit": number(ours, "fit") != number(theirs, "fit"),
        "grade": text(ours, "grade") != text(theirs, "grade"),
        "gate": (text(ours, "gate") == "blocked") != blocked,
        "interest": np.abs(number(ours, "interest") - interest) > ROUNDING,
        "total": np.abs(number(ours, "total") - total) > 2 * ROUNDING,
        "level": sure & (number(ours, "level") != number(theirs, "band")),
        "qualifies": sure & (text(ours, "qualifies") != bars),
    }
    for name, where in wrong.items():
        if where.any():
            yield f"{name} of {int(where.sum()):,} leads"


def agree(bases: Bases, base: Path) -> None:
    """Refuse to compare two different things."""
    measure(bases.commands(base)["leadqual"])
    whole_days = bases.folder / "days.parquet"
    measure(bases.by_hand(cut_to_days(base, bases.folder), whole_days, limited=False))
    found = list(differences(pq.read_table(bases.folder / "leadqual.parquet"), pq.read_table(whole_days)))
    if found:
        raise SystemExit("results differ: " + ", ".join(found))
    print("results agree")


def report(bases: Bases, medians: Mapping[str, Measured]) -> None:
    """Print the figures beside the goals."""
    cpu, memory = medians["leadqual"]
    goals = {"duckdb": 1.0 if bases.ids == "int" else 1.1, "c": 2.2}
    print(f"{'':10s} {'CPU s':>8s} {'peak MiB':>9s}   leadqual against it")
    for name, (seconds, peak) in medians.items():
        against = ""
        if name != "leadqual":
            against = f"CPU {cpu / seconds:.2f} (goal {goals[name]}), memory {memory / peak:.2f}"
            against += " (goal 0.8)" if name == "duckdb" and not bases.memory else ""
        print(f"{name:10s} {seconds:8.2f} {peak:9.0f}   {against}")
    if bases.memory:
        limit = in_bytes(bases.memory) / (1 << 20)
        print(f"peak against the limit of {bases.memory}: {memory / limit:.2f} (goal at most 1.15)")


def in_bytes(size: str) -> int:
    """Return a size such as ``1GB`` in bytes."""
    for unit, factor in UNITS.items():
        if size.endswith(unit):
            return int(float(size.removesuffix(unit)) * factor)
    raise SystemExit(f"{size!r} is no size: write it like 600MB or 2GB")


def main() -> None:
    """Print figures and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="200,000 events, three rounds")
    parser.add_argument("--events", type=float, nargs="+", default=[5.0], help="millions of events")
    parser.add_argument("--ids", choices=("int", "uuid"), default="int", help="ids of events")
    parser.add_argument("--memory", help="the limit of memory of both, such as 1GB")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="a folder where bases stay")
    parser.add_argument("--shared", type=Path, default=DEFAULT_SHARED)
    options = parser.parse_args()
    if options.memory:
        in_bytes(options.memory)
    bench = options.shared / "bench"
    if not bench.is_dir():
        missing = f"the references are not there: {bench.name} beside the project's root is missing"
        raise SystemExit(0 if options.quick and not print(f"skipped: {missing}") else missing)
    sizes = [200_000] if options.quick else [int(1_000_000 * size) for size in options.events]
    rounds = 3 if options.quick else options.rounds
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        bases = Bases(bench, folder, options)
        per_event = []
        for events in sizes:
            base = bases.made(events)
            print(f"{events:,} events, {max(1, events // 20):,} leads, {options.ids} ids, medians of {rounds}")
            agree(bases, base)
            commands = bases.commands(base)
            if "c" in commands:
                measure(commands["c"])  # which builds it, the first time
            medians = in_turns(commands, rounds)
            report(bases, medians)
            per_event.append(medians["leadqual"][0] / events)
        if len(per_event) > 1:
            growth = per_event[-1] / per_event[0]
            print(f"CPU per event, {sizes[-1]:,} against {sizes[0]:,}: {growth:.2f} (goal 1.3, 50 against 5 million)")


if __name__ == "__main__":
    main()
