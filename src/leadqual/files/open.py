"""Opening a file by its ending."""

from pathlib import Path
from typing import Final

from leadqual.errors import Kind, Problem
from leadqual.files.csvrows import open_csv
from leadqual.files.jsonrows import open_json_lines
from leadqual.files.notes import Unusable, plain
from leadqual.files.parquetrows import open_parquet
from leadqual.files.rows import Ask, Rows

ENDINGS: Final = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
}
"""The endings of files that are read; CSV and JSON Lines also with ``.gz`` behind."""


def kind_of_file(path: Path) -> str:
    """Return ``csv``, ``jsonl`` or ``parquet`` from the file's ending.

    Raises:
        Unusable: If the ending is none of theirs.

    >>> kind_of_file(Path("events.csv.gz"))
    'csv'
    """
    name = path.name.lower().removesuffix(".gz")
    ending = name[name.rfind(".") :] if "." in name else ""
    if ending in ENDINGS:
        return ENDINGS[ending]
    hint = "Give it the ending .csv, .jsonl (both also .gz) or .parquet."
    if ending in (".xlsx", ".xls", ".ods"):
        hint = "Save the sheet as CSV."
    elif ending == ".json":
        hint = "Write JSON Lines: one object a line, ending .jsonl."
    raise Unusable(
        Problem(
            where=plain(str(path)),
            what="the kind of file is not known",
            got=Kind(plain(ending) or "no ending"),
            hint=hint,
        )
    )


def open_rows(ask: Ask) -> Rows:
    """Open a file of any kind.

    Raises:
        Unusable: If it cannot be used at all.
        MissingExtra: If it is Parquet and pyarrow is not installed.
    """
    kind = kind_of_file(ask.path)
    if kind == "csv":
        return open_csv(ask)
    if kind == "jsonl":
        return open_json_lines(ask)
    return open_parquet(ask)
