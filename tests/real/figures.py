"""Print what the playbooks reach on the real files.

From the project's root: ``python -m tests.real.figures ../shared/data``.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from leadqual.files import score_rows
from leadqual.scoring.ledger import Line
from tests.real.runs import Lift, Run, lift, run_bank, run_bpi12, run_cdnow, run_xeducation


def xeducation_lift(run: Run) -> Lift:
    """Compare X Education's best tenth with all."""
    return lift(run.scores, {row["Lead Number"]: row["Converted"] == "1" for row in run.rows})


def bank_lift(run: Run) -> Lift:
    """Compare the bank's best tenth with all."""
    return lift(run.scores, {row["lead_id"]: row["y"] == "yes" for row in run.rows})


def matched(run: Run) -> Counter[str]:
    """Return how many events matched each interest rule, over all leads."""
    return _counts(run, lambda line: line.count)


def counted(run: Run) -> Counter[str]:
    """Return how many events each interest rule let count after its limits, over all leads."""
    return _counts(run, lambda line: sum(evidence.count for evidence in line.evidence))


def _counts(run: Run, count: Callable[[Line], int]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for score in run.scores.values():
        counts.update({line.name: count(line) for line in score.lines if line.what == "rule"})
    return counts


def digest(run: Run) -> str:
    """Return a digest of all scores of a run, the same on every machine."""
    hashed = sha256()
    for id_ in sorted(run.scores):
        hashed.update("\t".join(map(str, score_rows(run.scores[id_]).values())).encode() + b"\n")
    return hashed.hexdigest()[:16]


def _lift_line(name: str, run: Run, found: Lift) -> str:
    return (
        f"{name}: {found.leads:,} leads, {100 * found.base_rate:.1f} % say yes; "
        f"top tenth ({found.top:,}) {100 * found.top_rate:.1f} %, {found.times:.2f} times the base rate\n"
        f"  digest {digest(run)}"
    )


def _event_lines(name: str, run: Run) -> Iterator[str]:
    yield f"{name}: {run.base.report.events:,} events of {len(run.scores):,} leads"
    count_of = counted(run)
    for rule, number in matched(run).items():
        yield f"  {rule}: {number:,} matched, {count_of[rule]:,} counted"
    yield f"  digest {digest(run)}"
    levels = Counter(str(score.level) for score in run.scores.values())
    yield "  leads by level: " + ", ".join(f"{level}: {levels[level]:,}" for level in sorted(levels))


def report(data: Path) -> Iterator[str]:
    """Run the playbooks one after the other and yield the lines of their figures."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        leads = run_xeducation(data, folder)
        yield _lift_line("X Education", leads, xeducation_lift(leads))
        acts = run_xeducation(data, folder, with_events=True)
        yield _lift_line("X Education with last acts", acts, xeducation_lift(acts))
        bank = run_bank(data, folder)
        yield _lift_line("Bank", bank, bank_lift(bank))
        yield from _event_lines("CDNOW", run_cdnow(data, folder))
        yield from _event_lines("BPI 2012", run_bpi12(data, folder))


if __name__ == "__main__":
    for line in report(Path(sys.argv[1])):
        sys.stdout.write(line + "\n")
