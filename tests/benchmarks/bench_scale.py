"""Large playbooks and large leads: a 10,000-rule playbook, and a lead with 1,000,000 events.

    python tests/benchmarks/bench_scale.py [--quick]

Prints wall times beside the goals: loading the playbook under 2 s, scoring a lead with it under 50 ms, scoring a lead
with 1,000,000 events from scratch under 10 s, one more event under 5 ms (99th percentile of 1,000; fold and score).
With ``--quick`` the playbook has 2,000 rules and the lead 100,000 events.
"""

import argparse
import statistics
import time
from datetime import UTC, datetime, timedelta

import leadqual

START = datetime(2025, 1, 1, tzinfo=UTC)
NOW = START + timedelta(days=365)


def large_playbook(rules: int) -> str:
    """Return a playbook with many rules, as people would write it."""
    head = 'schema = 1\nname = "large"\nversion = "1"\nproperties = { page = "text", asset = "text" }\n'
    axis = "[interest]\nmax = 1000\ndecay = { half_life = 30 }\n[interest.groups.web]\nmax = 500\n"
    parts = [
        f'[[interest.rules]]\nname = "Rule {i}"\nevent = "kind_{i % 500}"\npoints = {1 + i % 9}\nper_day = 2\n'
        f'when = {{ field = "page", op = "starts_with", value = "/p{i}" }}\ngroup = "web"\n'
        for i in range(rules)
    ]
    return head + axis + "".join(parts)


def large_lead(events: int) -> list[leadqual.Event]:
    """Return many events of one lead over a year."""
    step = timedelta(days=364) / events
    kinds = ("page_view", "email_open", "download")
    return [
        leadqual.Event(
            id=f"e{i}",
            lead_id="L1",
            kind=kinds[i % 3],
            at=START + i * step,
            properties={"page": f"/p{i % 50}", "asset": f"a{i % 90}"},
        )
        for i in range(events)
    ]


def say(what: str, seconds: float, goal: float) -> None:
    """Print a time beside its goal."""
    print(
        f"{what:52s} {1000 * seconds:10,.1f} ms   goal {1000 * goal:8,.0f} ms   {'ok' if seconds <= goal else 'MISSED'}"
    )


def timed(job, rounds: int = 3):
    """Return what a job gives and the median of its times."""
    times = []
    result = None
    for _ in range(rounds):
        start = time.perf_counter()
        result = job()
        times.append(time.perf_counter() - start)
    return result, statistics.median(times)


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    rules, number = (2_000, 100_000) if quick else (10_000, 1_000_000)
    text = large_playbook(rules)
    playbook, seconds = timed(lambda: leadqual.loads(text))
    say(f"load {rules:,} rules, TOML ({len(text) // 1024} KiB)", seconds, 2)
    canonical = playbook.to_json()
    _, seconds = timed(lambda: leadqual.loads(canonical))
    say(f"load {rules:,} rules, JSON ({len(canonical) // 1024} KiB)", seconds, 2)
    visits = [
        leadqual.Event(
            id=f"v{i}",
            lead_id="L1",
            kind=f"kind_{i % 500}",
            at=START + timedelta(hours=i),
            properties={"page": f"/p{i}"},
        )
        for i in range(1000)
    ]
    lead = leadqual.Lead(id="L1")
    _, seconds = timed(lambda: playbook.model.score(lead, visits[:100], now=NOW), rounds=9)
    say("score a lead of 100 events with it", seconds, 0.05)
    _, seconds = timed(lambda: playbook.model.score(lead, visits, now=NOW), rounds=9)
    say("score a lead of 1,000 events with it", seconds, 0.05)

    model = leadqual.loads(STARTER).model
    events = large_lead(number)
    _, seconds = timed(lambda: model.score(lead, events, now=NOW))
    say(f"score a lead of {number:,} events from scratch", seconds, 10)
    tally = model.tally(events)
    times = []
    for i in range(1000):
        event = leadqual.Event(id=f"n{i}", lead_id="L1", kind="download", at=NOW, properties={"asset": f"n{i}"})
        start = time.perf_counter()
        tally.add(event)
        model.score(lead, tally, now=NOW)
        times.append(time.perf_counter() - start)
    say("one more event and a score, 99th percentile", sorted(times)[989], 0.005)


STARTER = """
schema = 1
name = "lead"
version = "1"
properties = { page = "text", asset = "text" }
[interest]
max = 100
decay = { half_life = 30 }
[[interest.rules]]
event = "page_view"
points = 1
per = { days = 7, times = 5 }
[[interest.rules]]
event = "email_open"
points = 1
per_day = 2
[[interest.rules]]
event = "download"
points = 2
distinct_by = "asset"
[[interest.rules]]
event = "page_view"
when = { field = "page", op = "starts_with", value = "/p4" }
points = 3
times = 10
[[interest.rules]]
event = "*"
inactivity = 30
points = -5
"""

if __name__ == "__main__":
    main()
