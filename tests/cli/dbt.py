"""Writes the generated files of docs/examples/dbt: the statement as a model, and the answers to texts.

PYTHONPATH=src python -m tests.cli.dbt
"""

import csv
import io
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from click.testing import CliRunner

from leadqual.cli.app import cli

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "examples" / "dbt"
HOW = "PYTHONPATH=src python -m tests.cli.dbt"
NOW = "2026-11-01T12:00:00Z"
TEXTS = (
    ("a_job_title", "Directora técnica"),
    ("a_job_title", "Técnico"),
    ("a_topics", "\x1fcafé\x1fanalytics\x1f"),
    ("a_topics", "\x1fcafés\x1f"),
    ("p_page", "/pricing/año"),
)
"""What is not pure ASCII in the tables of the example."""
_ABOVE = "-- depends_on: {{ ref('lq_leads') }}, {{ ref('lq_events') }}, {{ ref('lq_text') }}\n{% raw %}\n"
_BELOW = "{% endraw %}\n"


def _run(*args: str) -> str:
    result = CliRunner().invoke(cli, ["sql", str(FOLDER / "playbook.toml"), "--dialect", "duckdb", "--now", NOW, *args])
    if result.exit_code:
        raise RuntimeError(result.output)
    return result.stdout


def asked(texts: Iterable[tuple[str, str]]) -> str:
    """Return texts as the file that `leadqual sql --texts` reads."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([("lq_field", "lq_value"), *texts])
    return file.getvalue()


def files() -> dict[str, str]:
    """Return the generated files as they should be, by their paths in the folder."""
    with tempfile.TemporaryDirectory() as folder:
        values = Path(folder, "values.csv")
        values.write_text(asked(TEXTS), encoding="utf-8")
        answers = _run("--texts", str(values))
    return {"models/lead_scores.sql": f"{_ABOVE}{_run()}{_BELOW}", "seeds/lq_text.csv": answers}


if __name__ == "__main__":
    for name, text in files().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{FOLDER / name}\n")
