"""Runs cases of the conformance set until DuckDB differs: ``python -m tests.engines.broken.check [NAME ...]``.

Ends with 0 when everything is equal, with 1 and the first difference when it is not, with 3 when the engine raised: a
plan that cannot be run is none that gives wrong scores. Without names, all cases are run.
"""

from __future__ import annotations

import sys

from leadqual.testing import conformance_cases
from leadqual.testing.engines import differences
from tests.engines.engines import engine

EQUAL, DIFFERS, RAISED = 0, 1, 3


def main(names: list[str]) -> int:
    """Run the cases."""
    score = engine(threads=1)
    for case in conformance_cases():
        if names and case.name not in names:
            continue
        for difference in differences(case, score):
            sys.stdout.write(f"{case.name}: {difference}\n")
            return RAISED if difference.startswith("it raised ") else DIFFERS
    return EQUAL


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
