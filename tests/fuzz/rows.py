"""Rows: CSV and JSON Lines, generated and then spoilt, read as leads and as events.

python -m tests.fuzz.rows --examples 100000 --seed 7
"""

import gzip
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from leadqual.files import read_base
from leadqual.playbook import loads
from tests.fuzz.runner import fuzz, options
from tests.properties.vocabulary import NOWS

TYPES = ("text", "integer", "number", "boolean", "date", "instant", "list")
_DECLARED = "".join(f'a_{name} = "{name}"\n' for name in TYPES)
_HEAD = f'schema = 1\nname = "n"\nversion = "1"\n[attributes]\n{_DECLARED}[properties]\n{_DECLARED}'
_FORMATS = (
    "",
    'zone = "America/New_York"\nunit = "ms"\n',
    'zone = "Europe/Madrid"\ndates = "dd/mm/yyyy hh:mm"\ndecimal = ","\nbare_dates = "noon"\nmissing = ["-"]\n',
    'encoding = "cp1252"\ndelimiter = ";"\n',
    'encoding = "utf-16"\nunit = "ns"\n',
)
PLAYBOOKS = [loads(f"{_HEAD}[files.leads]\n{text}[files.events]\n{text}") for text in _FORMATS]
_LEAD_COLUMNS = ["lead_id", "email", "kind", "created_at", "since", "stage", "valid_from"]
_EVENT_COLUMNS = ["event_id", "lead_id", "kind", "at", "by", "source"]
_CELLS = st.sampled_from((
    "", "L1", "L2", "e1", "007", " ", "-", "x", "lead", "us", "person", "1", "0", "1.5", "1,5", "-0", "1e400", "NaN",
    "inf", "9" * 40, "9" * 5000, "true", "yes", "TRUE", "2026-01-31", "2026-02-30", "2026-01-01T00:00:00Z",
    "2026-01-01 00:00:00", "2026-03-29T02:30:00", "2026-01-01T00:00:00.123456789+05:30", "9999-12-31T23:59:59-23:59",
    "0000-00-00", "1767225600", "1767225600000", "-1", "1e12", "2026-W01-1", "20260101", "a|b", '["a", "b"]',
    '["a", 1]', "[", "[[]]", "\0", "\x1b[31m", "é", "e\u0301", "\ud800", "\u2028", '"', '""', "'", "\n", "\r", ";", ",",
    "\t", "=1+1",
))  # fmt: skip
_JSON = st.recursive(
    st.sampled_from((None, True, False, 0, 1, -1, 1.5, 10**30, "L1", "e1", "2026-01-01T00:00:00Z", "", "\ud800", "\0")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("a", "lead_id")), inner, max_size=2),
    max_leaves=4,
)
_SPICE = st.one_of(_CELLS.map(lambda cell: cell.encode("utf-8", "surrogatepass")), st.binary(max_size=5))


_GOOD = {
    "lead_id": ("L1", "L2"), "event_id": ("e1", "e2", "e3", "e4"), "kind": ("person", "open"), "by": ("lead", "us", ""),
    "at": ("2026-01-01T00:00:00Z", "2025-12-31T23:59:59.999999-06:00"), "created_at": ("2025-01-01T00:00:00Z", ""),
    "since": ("", "2025-12-31T00:00:00Z"), "valid_from": ("", "2025-06-01T00:00:00Z"), "a_integer": ("1", "", "-7"),
    "a_number": ("1", "", "-0"), "a_boolean": ("true", "no", ""), "a_date": ("2026-01-31", ""), "a_list": ("a|b", ""),
    "a_instant": ("2026-01-01T00:00:00Z", ""),
}  # fmt: skip
"""Cells that are right, by column."""


def _cell(name: str) -> st.SearchStrategy[str]:
    """Return a strategy for a cell of a column: mostly a right one."""
    good = st.sampled_from(_GOOD.get(name, ("x", "y", "")))
    return st.integers(0, 11).flatmap(lambda draw: good if draw else _CELLS)


def _quoted(cell: str, how: int) -> str:
    return '"' + cell.replace('"', '""') + '"' if how else cell


@st.composite
def _csv(draw: st.DrawFn, columns: list[str]) -> bytes:
    names = columns if draw(st.integers(0, 5)) else draw(st.permutations(columns))[: draw(st.integers(1, len(columns)))]
    mark = draw(st.sampled_from(",,,;\t"))
    quotes = draw(st.integers(0, 1))
    rows = [[_quoted(draw(_cell(name)), quotes) for name in names] for _ in range(draw(st.integers(0, 4)))]
    if rows and not draw(st.integers(0, 9)):
        rows[-1] = rows[-1][1:]
    lines = [mark.join(row) for row in (names, *rows)]
    return draw(st.sampled_from(("\n", "\n", "\r\n", "\r"))).join(lines).encode("utf-8", "surrogatepass")


@st.composite
def _json_lines(draw: st.DrawFn, columns: list[str]) -> bytes:
    lines: list[Any] = []
    for _ in range(draw(st.integers(0, 4))):
        row: dict[str, Any] = {name: draw(_cell(name)) for name in columns}
        if not draw(st.integers(0, 3)):
            row[draw(st.sampled_from([*columns, "other"]))] = draw(_JSON)
        lines.append(row if draw(st.integers(0, 11)) else draw(_JSON))
    return "\n".join(map(json.dumps, lines)).encode()


@st.composite
def _file(draw: st.DrawFn, columns: list[str]) -> tuple[str, bytes]:
    """Draw the ending and the bytes of a file, often with a few of them spoilt."""
    columns = [*columns, *draw(st.permutations([f"a_{name}" for name in TYPES]))[: draw(st.integers(0, 3))]]
    ending = draw(st.sampled_from((".csv", ".csv", ".jsonl", ".ndjson")))
    data = draw(_csv(columns) if ending == ".csv" else _json_lines(columns))
    for _ in range(max(0, draw(st.integers(-3, 2)))):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(_SPICE) + data[at + draw(st.integers(0, 3)) :]
    if draw(st.integers(0, 9)) == 0:
        packed = gzip.compress(data, 1)
        return ending + ".gz", packed[: draw(st.integers(0, len(packed)))] if draw(st.booleans()) else packed
    return ending, data


STRATEGY = st.tuples(
    st.integers(0, len(PLAYBOOKS) - 1), _file(_LEAD_COLUMNS), _file(_EVENT_COLUMNS), st.sampled_from(("fail", "skip"))
)
_FOLDER = tempfile.TemporaryDirectory(prefix="leadqual-fuzz-")


def act(example: Any) -> None:
    """Read a base; what is read also scores, and the counts add up."""
    number, leads, events, bad_rows = example
    paths = []
    for name, (ending, data) in (("leads", leads), ("events", events)):
        path = Path(_FOLDER.name, f"{name}{ending}")
        path.write_bytes(data)
        paths.append(path)
    playbook = PLAYBOOKS[number]
    base = read_base(playbook, leads=paths[0], events=paths[1], now=NOWS[0], bad_rows=bad_rows)
    report = base.report
    assert report.events + report.orphans + report.copies <= report.event_rows
    assert report.leads == len(base.leads) <= report.lead_rows
    for lead_id, lead in base.leads.items():
        playbook.model.score(lead, base.events.get(lead_id, ()), now=NOWS[0])


def main() -> int:
    """Fuzz rows."""
    return fuzz("rows", STRATEGY, act, options(40_000, __doc__))


if __name__ == "__main__":
    sys.exit(main())
