"""How many events a second the service takes in, with full qualification and everything written: SQLite and Postgres.

    python tests/benchmarks/bench_service.py [--quick] [--profile]

Prints events a second of the clock and of CPU (of this process; Postgres works in its own): in batches of a hundred,
and one by one with `synchronous=FULL`, and what a plain write of the same rows costs on the same disk. With --profile,
where the time of the batches goes.
"""

import argparse
import cProfile
import pstats
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from leadqual import Event, Qualifier, loads
from leadqual.presets import preset_text
from leadqual.service import Form, QualificationService, open_store
from tests.engines.servers import PLAIN, postgres_programs, running_postgres

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
KINDS = ["page_view", "page_view", "newsletter_open", "newsletter_open", "email_click", "download", "webinar_attended"]
TITLES = ["CTO", "Head of IT", "Student", "Manager", ""]


def leads(count: int) -> list[Form]:
    """Return forms of so many people."""
    random = Random(7)
    forms = []
    for number in range(count):
        title, size = random.choice(TITLES), random.choice([3, 40, 200, 4_000])
        answers = {"job_title": title, "employees": size, "country": random.choice(["ES", "FR"])}
        email, lead_id = f"p{number}@b{number % 900}.example", f"L{number:05}"
        form = Form(id=f"f{number}", at=START, form="guide", email=email, attributes=answers, lead_id=lead_id)
        forms.append(form)
    return forms


def events(count: int, people: int) -> list[Event]:
    """Return so many acts of theirs, in order of time."""
    random = Random(8)
    made = []
    for number in range(count):
        page = random.choice(["/", "/blog", "/pricing"])
        at = START + timedelta(seconds=30 * number)
        about = {"page": page, "asset": f"a{number % 9}", "email_id": f"m{number % 40}"}
        who = f"L{random.randrange(people):05}"
        made.append(Event(id=f"e{number}", lead_id=who, kind=random.choice(KINDS), at=at, properties=about))
    return made


@contextmanager
def timed(name: str, count: int) -> Iterator[dict[str, float]]:
    """Print how many a second were done, by the clock and by CPU."""
    found: dict[str, float] = {}
    clock, cpu = time.perf_counter(), time.process_time()
    yield found
    found["clock"], found["cpu"] = time.perf_counter() - clock, time.process_time() - cpu
    print(f"  {name:44} {count / found['clock']:9,.0f} a second {count / found['cpu']:9,.0f} a CPU second")


def batches(service: QualificationService, acts: list[Event], size: int) -> None:
    """Record events in batches."""
    for first in range(0, len(acts), size):
        part = acts[first : first + size]
        service.record(part, now=part[-1].at)


def plain(folder: Path, acts: list[Event], size: int) -> None:
    """Write as many rows as plainly as can be: what the disk costs."""
    base = sqlite3.connect(folder / "plain.db", isolation_level=None)
    base.execute("pragma journal_mode=wal")
    base.execute("pragma synchronous=full")
    base.execute("create table events(id text primary key, lead text, body text)")
    for first in range(0, len(acts), size):
        base.execute("begin immediate")
        base.executemany(
            "insert into events values(?,?,?)", [(one.id, one.lead_id, "x" * 200) for one in acts[first : first + size]]
        )
        base.execute("commit")
    base.close()


def measure(url: str, people: list[Form], acts: list[Event], singles: int, *, profile: bool) -> float:
    """Measure a store; return the seconds of the batches."""
    qualifier = Qualifier(loads(preset_text("saas")))
    with QualificationService(qualifier, open_store(url)) as service:
        with timed("forms, one by one", len(people)):
            for form in people:
                service.capture(form, now=START)
        watch = cProfile.Profile() if profile else None
        many, few = acts[:-singles], acts[-singles:]
        with timed("events in batches of a hundred", len(many)) as spent:
            if watch:
                watch.enable()
            batches(service, many, 100)
            if watch:
                watch.disable()
        with timed("events one by one", len(few)):
            batches(service, few, 1)
        stages: dict[str, int] = {}
        for lead_id in service.lead_ids():
            stage = service.record_of(lead_id).stage
            stages[stage] = stages.get(stage, 0) + 1
        print(f"  stages in the end: {dict(sorted(stages.items()))}")
    if watch:
        pstats.Stats(watch).sort_stats("tottime").print_stats(25)
    return spent["clock"]


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true")
    options.add_argument("--profile", action="store_true")
    given = options.parse_args()
    count, people, singles = (4_000, 500, 200) if given.quick else (30_000, 5_000, 1_000)
    forms, acts = leads(people), events(count, people)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"SQLite, synchronous=FULL, {count:,} events of {people:,} leads")
        local = measure(f"sqlite:///{folder}/leads.db", forms, acts, singles, profile=given.profile)
        with timed("plain rows in batches of a hundred", count):
            plain(folder, acts, 100)
    programs = postgres_programs()
    if programs is None:
        print("there is no Postgres here")
        return 0
    print("Postgres, on a socket, waiting for the disk at each commit")
    with running_postgres(programs, durable=True) as server:
        remote = measure(server.url(PLAIN), forms, acts, singles, profile=given.profile)
    print(f"  Postgres takes {remote / local:.2f} times as long as SQLite in batches")
    return 0


if __name__ == "__main__":
    sys.exit(main())
