"""How long the SQL of a large playbook takes to generate, in each dialect.

    python tests/benchmarks/bench_sql.py [--quick]

The playbook has 200 rules (on 60 kinds, with conditions, limits by day, caps, curves, ten groups), 60 criteria, 10
tables and two bars. Prints CPU milliseconds (medians) from the model to the finished statement, plain and with all
details; the goal is 300 ms. With ``--quick`` each is generated three times instead of nine.
"""

import argparse
import statistics
import time
from datetime import UTC, datetime

import leadqual
from leadqual.batch import sql_script

DIALECTS = ("duckdb", "spark", "postgres", "snowflake", "bigquery")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
HEAD = """
schema = 1
name = "large"
version = "1"
attributes = { title = "text", employees = "integer", country = "text", tools = "list" }
properties = { page = "text", asset = "text", seconds = "integer" }
[interest]
max = 1000
decay = { half_life = 30 }
[fit]
max = 100
[fit.grades]
A = 60
B = 30
C = 0
[interest.levels]
1 = 200
2 = 50
3 = 0
[qualify.mql]
when = { all = [{ field = "fit", op = "ge", value = 30 }, { field = "active_days", op = "ge", value = 2 }] }
[qualify.sql]
when = { all = [{ field = "total", op = "ge", value = 200 }, { field = "grade", op = "in", value = ["A", "B"] }] }
"""
RULE_ENDS = (
    "per_day = 2",
    "times = 3\nmax = 20",
    'when = { field = "page", op = "starts_with", value = "/p%d" }',
    'distinct_by = "asset"',
    'when = { field = "seconds", op = "ge", value = %d }\nper = { days = 7, times = 2 }\ndecay = { linear = 90 }',
)
CRITERION_ENDS = (
    '{ field = "title", op = "contains_word", value = ["CEO%d", "CTO"], ignore_case = true }',
    '{ field = "employees", op = "between", value = [%d, 500] }',
    '{ all = [{ field = "country", op = "in", value = ["ES"] }, { field = "tools", op = "has", value = "t%d" }] }',
)


def large_playbook() -> str:
    """Return a playbook of 200 rules."""
    parts = [HEAD]
    parts += [f"[interest.groups.g{i}]\nmax = 300\n" for i in range(10)]
    for i in range(200):
        end = RULE_ENDS[i % len(RULE_ENDS)]
        end = end % i if "%d" in end else end
        head = f'[[interest.rules]]\nname = "Rule {i}"\nevent = "kind_{i % 60}"\ngroup = "g{i % 10}"'
        parts.append(f"{head}\npoints = {1 + i % 9}\n{end}\n")
    for i in range(60):
        when = CRITERION_ENDS[i % len(CRITERION_ENDS)] % i
        parts.append(f'[[fit.criteria]]\nname = "Criterion {i}"\nwhen = {when}\npoints = {1 + i % 5}\n')
    bands = "[{ below = 10, points = 0 }, { below = 1000, points = 20 }, { points = 10 }]"
    parts += [f'[[fit.tables]]\nname = "Table {i}"\nfield = "employees"\nbands = {bands}\n' for i in range(10)]
    return "".join(parts)


def said(model: leadqual.ScoringModel, dialect: str, rounds: int, *, details: bool) -> str:
    """Return what generating came to."""
    times = []
    size = 0
    for _ in range(rounds):
        start = time.process_time()
        size = len(sql_script(model, dialect=dialect, now=NOW, details=details).statement)
        times.append(time.process_time() - start)
    spent = 1000 * statistics.median(times)
    return f"{spent:6,.0f} ms   {size // 1024:5,d} KiB   goal 300 ms   {'ok' if spent <= 300 else 'MISSED'}"


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="three times instead of nine")
    rounds = 3 if parser.parse_args().quick else 9
    model = leadqual.loads(large_playbook()).model
    for details in (False, True):
        for dialect in DIALECTS:
            what = f"{dialect}{', details' if details else ''}"
            print(f"{what:20s} {said(model, dialect, rounds, details=details)}")


if __name__ == "__main__":
    main()
