"""Plans that are wrong on purpose: exact snippets of the compiler, and what is written in their place.

A snippet that is no longer found is a failure too: then this list has to follow the source.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[3]
_SUMS, _LIMITS, _KEYS = "interest/sums.py", "interest/limits.py", "interest/keys.py"
_CAPPED = "CAST(GREATEST(r.lq_low, LEAST(r.lq_high, s.lq_grains)) AS BIGINT)"
_ZEROS = '{"number": nodes.double(0), "boolean": nodes.false()}.get(kind.name, nodes.integer(0))'
_IN_POINTS = """
    from sqlglot import exp
    from leadqual.batch.sql.nodes import as_bigint, double, multiply
    points = exp.Sum(this=multiply(exp.cast(chosen, "double"), double(1e-8)))
    return as_bigint(exp.Floor(this=multiply(points, double(1e8))))
"""


class Plant(NamedTuple):
    """A snippet of a file under ``src/leadqual/batch``, and what is written in its place."""

    file: str
    snippet: str
    instead: str


class Breakage(NamedTuple):
    """A way in which a plan is wrong.

    Attributes:
        name: What people call it.
        case: The case of the conformance set that shows it most plainly.
        plants: How it comes about.
    """

    name: str
    case: str
    plants: tuple[Plant, ...]


BREAKAGES = (
    Breakage("no dedupe", "copies", (
        Plant("interest/once.py", "OVER (PARTITION BY 0) = 2", "OVER (PARTITION BY 0) = 2000000000"),)),
    Breakage("cap off", "caps of interest", (Plant(_SUMS, _CAPPED, "CAST(s.lq_grains AS BIGINT)"),)),
    Breakage("horizon off by one", "decay", (
        Plant("interest/worths.py", "else [*rule.factors, 0]", "else [*rule.factors[:-1], 0, 0]"),)),
    Breakage("three-valued null", "two truths", (
        Plant("sql/leaves.py", "return test if if_missing is None else", "return test if not if_missing else"),)),
    Breakage("float sum", "rounding", (
        Plant(_SUMS, "    summed = statement(", f"{_IN_POINTS}    summed = statement("),
        Plant("sql/dialects/render.py", "    exp.Add, exp.Sub, exp.Mul,", "    exp.Floor, exp.Add, exp.Sub, exp.Mul,"),
    )),
    Breakage("truncating division", "rounding", (
        Plant("sql/nodes.py", "    moved = _HALF // unit\n    positive = ",
              "    return dialect.quotient(value, integer(unit))\n    moved = _HALF // unit\n    positive = "),)),
    Breakage("Unicode fold", "texts that are equal", (
        Plant("sql/texts.py", "ignore_accents=self.ignore_accents)(text)",
              "ignore_accents=self.ignore_accents)(text.lower() if self.ignore_case else text)"),)),
    Breakage("as of, exclusive", "as of now", (Plant(_KEYS, "[at_most(at, when.now)]", "[less(at, when.now)]"),)),
    Breakage("weights reversed", "times and weights", (
        Plant(_LIMITS, "PARTITION BY k.lq_no, k.lq_rule ORDER BY k.lq_age ROWS",
              "PARTITION BY k.lq_no, k.lq_rule ORDER BY k.lq_age DESC ROWS"),)),
    Breakage("since ignored", "since", (Plant(_KEYS, "    if since:\n", "    if since and not since:\n"),)),
    Breakage("gate ignored", "gates", (
        Plant("score.py", 'gated = any_of(column(name, "s") for name in self.leads.gate_names())',
              "gated = any_of([])"),)),
    Breakage("group cap before rule cap", "caps of interest", (
        Plant(_SUMS, _CAPPED, f"CASE WHEN r.lq_group >= 0 THEN CAST(s.lq_grains AS BIGINT) ELSE {_CAPPED} END"),)),
    Breakage("missing as zero", "integers", (
        Plant("sql/leaves.py", "size_test(leaf.op, literals, kind.name, column.value)",
              f"size_test(leaf.op, literals, kind.name, nodes.coalesce(column.value, {_ZEROS}))"),)),
)  # fmt: skip


def plant(breakage: Breakage, source: Path) -> None:
    """Change a copy of ``src``.

    Raises:
        AssertionError: If a snippet does not stand in its file exactly once.
    """
    for file, snippet, instead in breakage.plants:
        path = source / "leadqual" / "batch" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(snippet) == 1, f"{breakage.name}: {snippet!r} stands {text.count(snippet)} times in {file}"
        path.write_text(text.replace(snippet, instead), encoding="utf-8")
