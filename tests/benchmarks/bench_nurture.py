"""How many six-touch plans a second of CPU time makes, against loops by hand with zoneinfo and with dateutil.rrule.

    python tests/benchmarks/bench_nurture.py [--quick] [--reference FILE]

A touch goes at the first instant that is not before its wait is over, at least seven days after the touch before the
one before it (two a week at most), from 8:00 to 20:00 of the lead's clock, Monday to Friday, not on a holiday. All
three give the same instants, which is checked first. Prints plans per CPU second, taken in turns, and the ratios with
their goals. If the reference of the project is at hand, its own figure for the zoneinfo loop is printed too.
"""

import argparse
import gc
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from dateutil.rrule import DAILY, FR, MO, TH, TU, WE, rrule, rruleset

from leadqual import BusinessTime
from leadqual.lifecycle.enrolment import Enrolment
from leadqual.lifecycle.state import Consent
from leadqual.nurture.ahead import plan_ahead
from leadqual.nurture.asked import Asked
from leadqual.nurture.caps import Caps, FrequencyCap
from leadqual.nurture.plan import plan_nurture
from leadqual.nurture.planner import SequencePlanner
from leadqual.nurture.sequences import Sequence, Step
from leadqual.nurture.settings import Nurture
from leadqual.nurture.waits import Wait
from leadqual.nurture.windows import SendWindow
from leadqual.nurture.zones import CandidateZones

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("America/New_York", "America/Chicago", "America/Los_Angeles", "America/Sao_Paulo", "Europe/London",
         "Europe/Berlin", "Europe/Kyiv", "Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney", "Asia/Kathmandu",
         "UTC")  # fmt: skip
FEASTS = ("01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11", "11-26", "12-25")
HOLIDAYS = frozenset(date.fromisoformat(f"{year}-{day}") for year in (2026, 2027) for day in FEASTS)
WAITS = (0, 2, 3, 4, 5, 7)
DELTAS = tuple(timedelta(days=days) for days in WAITS)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
Loop = Callable[[datetime, tzinfo], list[datetime]]


def by_zoneinfo(start: datetime, zone: tzinfo) -> list[datetime]:
    """Return a plan by hand."""
    out: list[datetime] = []
    t = start
    for i, delta in enumerate(DELTAS):
        t += delta
        if i > 1 and t < out[i - 2] + WEEK:
            t = out[i - 2] + WEEK
        local = t.astimezone(zone)
        hour, day = local.hour, local.date()
        moved = hour < 8
        if hour >= 20:
            day += DAY
            moved = True
        while day.weekday() > 4 or day in HOLIDAYS:
            day += DAY
            moved = True
        if moved:
            t = datetime(day.year, day.month, day.day, 8, tzinfo=zone).astimezone(UTC)
        out.append(t)
    return out


def by_rrule(start: datetime, zone: tzinfo) -> list[datetime]:
    """Return a plan with recurrence rules."""
    out: list[datetime] = []
    t = start
    for i, delta in enumerate(DELTAS):
        t += delta
        if i > 1 and t < out[i - 2] + WEEK:
            t = out[i - 2] + WEEK
        local = t.astimezone(zone).replace(tzinfo=None)
        if not (8 <= local.hour < 20 and local.weekday() < 5 and local.date() not in HOLIDAYS):
            rules = rruleset()
            rules.rrule(rrule(DAILY, byweekday=(MO, TU, WE, TH, FR), dtstart=local.replace(hour=8, minute=0)))
            for day in HOLIDAYS:
                rules.exdate(datetime(day.year, day.month, day.day, 8))
            t = rules.after(local).replace(tzinfo=zone).astimezone(UTC)
        out.append(t)
    return out


def planner() -> SequencePlanner:
    """Return our planner of the same touches."""
    steps = [
        Step(name=f"touch{i}", channel="email", task="Write", wait=Wait(elapsed=f"{days}d"))
        for i, days in enumerate(WAITS)
    ]
    office = SendWindow(hours=["08:00-20:00"], weekdays=["mon", "tue", "wed", "thu", "fri"])
    plan = plan_nurture(
        {"education": Sequence(steps=steps)},
        nurture=Nurture(windows={"email": office}),
        caps=Caps(marketing={"email": [FrequencyCap(times=2, days=7)]}),
        business=BusinessTime(holidays=HOLIDAYS),
    )
    return SequencePlanner(plan)


def leads(count: int) -> list[tuple[datetime, tzinfo, Asked]]:
    """Return leads all over the world that have agreed to a newsletter."""
    draws = random.Random(5)
    monday = datetime(2026, 1, 5, tzinfo=UTC)
    found: list[tuple[datetime, tzinfo, Asked]] = []
    for n in range(count):
        name, start = draws.choice(NAMES), monday + timedelta(minutes=draws.randrange(300 * 1440))
        asked = Asked(
            lead_id=f"L{n}",
            now=start,
            enrolments=(Enrolment(sequence="education", at=start, step="touch0", since=start),),
            stage="lead",
            consents={("email", "newsletter"): Consent(given=True, at=start)},
            candidates=CandidateZones(zones=(name,), source="lead"),
        )
        found.append((start, ZoneInfo(name), asked))
    return found


def rates(runs: dict[str, tuple[Callable[[], object], int]], rounds: int) -> dict[str, float]:
    """Return plans per CPU second of each: the most of several rounds, in turns, since the machine may be busy."""
    best = dict.fromkeys(runs, 0.0)
    gc.disable()
    for _ in range(rounds):
        for name, (run, count) in runs.items():
            begun = time.thread_time_ns()
            run()
            best[name] = max(best[name], 1e9 * count / (time.thread_time_ns() - begun))
    gc.enable()
    return best


def reference(path: Path, count: int) -> str:
    """Return what the reference prints of its zoneinfo loop; nothing if it is missing or does not run."""
    if not path.is_file():
        return ""
    done = subprocess.run([sys.executable, str(path), str(count), "3"], capture_output=True, text=True, check=False)
    return "".join(line + "\n" for line in done.stdout.splitlines() if line.startswith("zoneinfo"))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--reference", type=Path, default=ROOT.parent / "shared" / "bench" / "bench_nurture.py")
    options = parser.parse_args()
    many, few = (2_000, 100) if options.quick else (50_000, 1_000)
    base, ours = leads(many), planner()
    sample = base[:few]
    for start, zone, asked in sample:
        expected = by_zoneinfo(start, zone)
        assert by_rrule(start, zone) == expected, asked.lead_id
        assert list(ours.instants(asked)) == expected, asked.lead_id
        assert [touch.at for touch in ours.plan(asked).touches] == expected, asked.lead_id
        assert ours.plan(asked) == plan_ahead(ours.sequences, asked), asked.lead_id
    found = rates(
        {
            "instants": (lambda: [ours.instants(asked) for _, _, asked in base], many),
            "whole plans": (lambda: [ours.plan(asked) for _, _, asked in base], many),
            "move by move": (lambda: [plan_ahead(ours.sequences, asked) for _, _, asked in sample], few),
            "zoneinfo": (lambda: [by_zoneinfo(start, zone) for start, zone, _ in base], many),
            "rrule": (lambda: [by_rrule(start, zone) for start, zone, _ in sample], few),
        },
        2 if options.quick else 5,
    )
    for name, rate in found.items():
        print(f"{name:12s} {rate:10,.0f} six-touch plans per CPU second")
    by_hand, by_rules = found["instants"] / found["zoneinfo"], found["instants"] / found["rrule"]
    print(f"instants: {by_hand:.2f} times the zoneinfo loop (goal 0.8), {by_rules:.1f} times the rrule form (goal 8)")
    by_hand, by_rules = found["whole plans"] / found["zoneinfo"], found["whole plans"] / found["rrule"]
    print(f"whole plans, with keys and reasons: {by_hand:.2f} times the zoneinfo loop, {by_rules:.1f} times rrule")
    print(f"the same, worked out move by move: {found['move by move']:,.0f} a second, as where more than time decides")
    print(reference(options.reference, 2_000 if options.quick else 20_000), end="")


if __name__ == "__main__":
    main()
