"""Writes the conformance set: the cases of the casebook with the scores that the Python reference gives them.

Run from the root of the repository: ``PYTHONPATH=src:. python -m tests.engines.make_cases``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from leadqual.testing.casefiles import COUNTS, read_case, write_value
from leadqual.testing.reference import python_engine
from tests.engines.casebook import fits, interests, texts, wholes

FOLDER: Final = Path(__file__).resolve().parents[2] / "src" / "leadqual" / "testing" / "cases"
Written = Callable[[], Iterable[dict[str, Any]]]
BOOK: Final[Mapping[str, tuple[Written, ...]]] = {
    "texts": (texts.text_cases, texts.list_cases),
    "names": (texts.id_cases, texts.name_cases),
    "values": (fits.value_cases, fits.logic_cases),
    "fit": (fits.table_cases, fits.cap_cases, fits.gate_cases),
    "decay": (interests.decay_cases, interests.rounding_cases),
    "limits": (interests.limit_cases, interests.distinct_cases, interests.cap_cases),
    "rules": (interests.inactivity_cases, interests.kind_cases, interests.mixed_cases),
    "events": (wholes.dedupe_cases, wholes.time_cases),
    "together": (wholes.together_cases, wholes.bar_cases, wholes.label_cases),
    "bases": (wholes.empty_cases, wholes.objective_cases),
}
"""By file: what writes its cases."""


def cases(name: str) -> Iterator[dict[str, Any]]:
    """Yield the cases of a file as plain data, with what is expected."""
    for write in BOOK[name]:
        for written in write():
            yield {**written, "expected": expected(written)}


def expected(written: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the Python reference says of a case."""
    nothing = {"rows": [], **dict.fromkeys(COUNTS, 0)}
    found = read_case(json.loads(text_of({**written, "expected": nothing}), parse_float=Decimal))
    answer = python_engine(found.model, found.leads, found.events, found.now)
    rows = [{name: _plain(value) for name, value in row.items() if not _is_nothing(value)} for row in answer.rows]
    return {"rows": rows, "copies": answer.copies, "orphans": answer.orphans, "conflicts": answer.conflicts}


def _is_nothing(value: object) -> bool:
    """Return whether a value is one that a file leaves out: no grade, no bar, no gate."""
    return value is None or value in ("", (), frozenset())


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def text_of(value: Any) -> str:
    """Return plain data as JSON on one line; decimals are written as they are."""
    value = write_value(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)}: {text_of(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(text_of, value)) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value, allow_nan=False)


def document(name: str) -> str:
    """Return a file of the set: every lead, event and row on a line of its own."""
    return '{"cases": [\n' + ",\n".join(map(_case, cases(name))) + "\n]}\n"


def _case(written: Mapping[str, Any]) -> str:
    rows = written["expected"]["rows"]
    counts = {name: written["expected"][name] for name in COUNTS}
    head = {key: part for key, part in written.items() if key not in ("leads", "events", "expected")}
    lines = [f'  "{key}": {text_of(part)}' for key, part in head.items()]
    lines += [f'  "{key}": {_lines(written[key])}' for key in ("leads", "events")]
    lines.append(f'  "expected": {{"rows": {_lines(rows)}, {text_of(counts)[1:]}')
    return " {\n" + ",\n".join(lines) + "\n }"


def _lines(parts: Iterable[Any]) -> str:
    several = ",\n   ".join(map(text_of, parts))
    return f"[\n   {several}\n  ]" if several else "[]"


def main() -> None:
    """Write all files anew."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for name in BOOK:
        (FOLDER / f"{name}.json").write_text(document(name), encoding="utf-8")


if __name__ == "__main__":
    main()
