"""How long why-not takes for a playbook of 50 rules, 20 criteria and 5 tables, over leads near and far from its bar.

    python tests/benchmarks/bench_whynot.py [--quick]

Prints the median and the slowest of the leads in CPU milliseconds, and how many rescorings that is.
"""

import argparse
import random
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

import leadqual
from leadqual import Event, Lead, ScoringModel

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
COUNTRIES = ("ES", "MX", "CO", "CL", "AR", "PE")
PER_WEEK = "per = { days = 7, times = 2 }"
TITLES = ("CEO", "CTO", "Head", "Manager", "Student", "Owner", "Buyer", "Engineer")


def document() -> str:
    """Return a playbook with limits, caps, curves and groups as people write them."""
    lines = ['schema = 1\nname = "fifty"\nversion = "1"\n[attributes]']
    lines += [f'{name} = "text"' for name in ("title", "department", "country", "industry")]
    lines += ['employees = "integer"\nrevenue = "number"\nowners = "list"\n[properties]\nasset = "text"\npage = "text"']
    lines += ["[fit]\nmax = 60\n[fit.grades]\nA = 45\nB = 30\nC = 15\nD = 0"]
    for i in range(20):
        name = ("title", "department", "industry", "owners")[i % 4]
        op = "has_any" if name == "owners" else "contains_word"
        words = f'["{TITLES[i % 8]}", "word{i}"]'
        when = f'{{ field = "{name}", op = "{op}", value = {words} }}'
        lines.append(f'[[fit.criteria]]\nname = "c{i}"\npoints = {3 + i % 7}\nwhen = {when}')
    for name in ("employees", "revenue"):
        lines.append(
            f'[[fit.tables]]\nfield = "{name}"\nbands = [{{ below = 10, points = 0 }}, {{ below = 100, points = 5 }}, '
            "{ below = 1000, points = 9 }, { points = 4 }]"
        )
    for name, values in (("country", COUNTRIES), ("industry", TITLES), ("department", TITLES)):
        rows = ", ".join(f'"{value}" = {i + 1}' for i, value in enumerate(values))
        lines.append(f'[[fit.tables]]\nfield = "{name}"\nvalues = {{ {rows} }}')
    lines.append("[interest]\nmax = 60\ndecay = { linear = 90 }\n[interest.levels]\n1 = 30\n2 = 15\n3 = 5\n4 = 0")
    lines += [f"[interest.groups.g{i}]\nmax = {8 + 4 * i}" for i in range(5)]
    limits = ("per_day = 1", "times = 3", "weights = [1, 0.5]", 'distinct_by = "asset"', PER_WEEK)
    for i in range(49):
        when = f'\nwhen = {{ field = "page", op = "starts_with", value = "/p{i}" }}' if i % 3 == 0 else ""
        decay = ("\ndecay = { half_life = 20 }", "", "\ndecay = { window = 30 }")[i % 3]
        lines.append(
            f'[[interest.rules]]\nname = "r{i}"\nevent = "kind{i % 40}"\npoints = {2 + i % 6}\ngroup = "g{i % 5}"\n'
            f"{limits[i % 5]}{when}{decay}"
        )
    lines.append('[[interest.rules]]\nname = "quiet"\nevent = "*"\ninactivity = 30\npoints = -2\nmin = -8')
    lines.append(
        '[qualify.sql]\nwhen = { all = [{ field = "grade", op = "in", value = ["A", "B"] }, '
        '{ field = "interest", op = "ge", value = 30 }, { field = "group.g4", op = "ge", value = 5 }, '
        '{ field = "active_days", op = "ge", value = 2 }] }'
    )
    return "\n".join(lines)


def base(count: int) -> list[tuple[Lead, list[Event]]]:
    """Return leads with none to forty events, some of whose attributes are known."""
    draws = random.Random(7)
    found = []
    for n in range(count):
        known: dict[str, object] = {"title": draws.choice(TITLES), "country": draws.choice(COUNTRIES), "employees": 200}
        for name in list(known):
            if draws.random() < 0.4:
                del known[name]
        lead_id = f"L{n}"
        events = [
            Event(
                id=f"{lead_id}-{i}",
                lead_id=lead_id,
                kind=f"kind{draws.randrange(40)}",
                at=NOW - timedelta(days=draws.randrange(60), hours=draws.randrange(12)),
                properties={"page": f"/p{draws.randrange(49)}", "asset": f"a{draws.randrange(9)}"},
            )
            for i in range(draws.randrange(41))
        ]
        found.append((Lead(id=lead_id, attributes=known), events))
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    leads = base(20 if parser.parse_args().quick else 200)
    model: ScoringModel = leadqual.loads(document()).model
    times, answers = [], 0
    for lead, events in leads:
        score = model.score(lead, events, now=NOW)
        start = time.process_time()
        found = score.why_not("sql")
        times.append(1000 * (time.process_time() - start))
        answers += len(found.answers)
    print(
        f"why-not, 50 rules, {len(leads)} leads: median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms "
        f"(goal 200 ms); {answers} answers"
    )


if __name__ == "__main__":
    main()
