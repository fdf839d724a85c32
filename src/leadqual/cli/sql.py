"""``leadqual sql``: a playbook as one statement of SQL, for a warehouse."""

import csv
import io
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from attrs import evolve

from leadqual.cli.engine import told_as_ours
from leadqual.cli.objectives import asked_for, objective_option
from leadqual.cli.options import FILE, instant_or_clock, now_option, playbook_argument
from leadqual.cli.output import check_output, text_option, write_text
from leadqual.cli.screen import number_of, safe, say, screen
from leadqual.cli.sqlheader import head
from leadqual.errors import InputError, Kind, Problem
from leadqual.playbook import load_playbook

if TYPE_CHECKING:
    from leadqual.batch import Script

_DIALECTS: Final = ("duckdb", "spark", "postgres", "snowflake", "bigquery")
_ASKED: Final = ("lq_field", "lq_value")


@click.command()
@playbook_argument
@click.option("--dialect", type=click.Choice(_DIALECTS), required=True, help="Whose SQL.")
@now_option
@objective_option
@click.option("--details", is_flag=True, help="With bars that are kept, all gates, the range of fit and completeness.")
@click.option(
    "--ascii-only", is_flag=True, help="Promise that no text in the tables holds more than ASCII: no lq_text is needed."
)
@click.option(
    "--texts",
    type=FILE,
    metavar="VALUES.csv",
    help="Answer texts instead: a CSV file with the columns lq_field and lq_value in, the rows of lq_text out.",
)
@text_option("", "the statement (.sql) or the answers (.csv)")
def sql(
    *,
    playbook: Path,
    dialect: str,
    now: datetime | None,
    objective: str | None,
    details: bool,
    ascii_only: bool,
    texts: Path | None,
    output: Path | None,
) -> None:
    """Print a playbook as one statement of SQL.

    The statement scores the leads of tables that a warehouse holds, to the last unit as `leadqual score` does. Its
    comments say which tables with which columns, and how to make them. The instant stands in it: make it anew for each
    day. Statements for Snowflake and BigQuery are made and parsed, but have never been run there. Needs the extra
    `batch`.
    """
    if ascii_only and texts is not None:
        raise click.UsageError("With --ascii-only there are no texts to answer.")
    if output is not None:
        check_output(output, [playbook, *([texts] if texts else [])], (".csv",) if texts else (".sql",))
    at = instant_or_clock(now)
    loaded = load_playbook(playbook)
    asked = asked_for(loaded, [objective] if objective is not None else [])
    model = loaded.model_for(asked.single)
    with told_as_ours("duckdb"):
        from leadqual.batch import sql_script

        script = sql_script(model, dialect=dialect, now=at, details=details, ascii_only=ascii_only)
    if texts is not None:
        rows = [*script.text_rows(_asked(texts, script))]
        _put(output, _csv([tuple(script.texts), *rows]), number_of(rows, "row"))
        return
    text = head(evolve(loaded, model=model, objectives={}, examples=()), script, dialect, at, asked.single)
    _put(output, f"{text}{script.statement}\n", "the statement")


def _put(output: Path | None, text: str, what: str) -> None:
    if output is not None:
        write_text(output, text)
        say(screen(), f"Wrote {what} to {output}.", wrap=False)
    elif sys.stdout.isatty():
        click.echo("\n".join(map(safe, text.splitlines())))
    else:
        click.echo(text, nl=False)


def _csv(rows: list[tuple[str | int, ...]]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()


def _asked(path: Path, script: "Script") -> Iterator[tuple[str, str]]:
    """Yield the texts of a file, each with its column.

    Raises:
        InputError: If it is no such file, or a column is none that the statement reads texts of.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        try:
            absent = [name for name in _ASKED if name not in (rows.fieldnames or ())]
            if absent:
                raise _wrong(
                    str(path), f"the column `{absent[0]}` is missing", "The query of texts gives both columns."
                )
            for row in rows:
                key, value = row["lq_field"], row["lq_value"]
                if not value or "\0" in value or key not in script.keys:
                    where = f"{path}:{rows.line_num}"
                    raise _wrong(where, "this is no text that the statement asks for", "Run its query of texts anew.")
                yield key, value
        except (csv.Error, UnicodeDecodeError):
            raise _wrong(str(path), "the file is no CSV in UTF-8", "Export it as such.") from None


def _wrong(where: str, what: str, hint: str) -> InputError:
    return InputError([Problem(where=where, what=what, got=Kind("a CSV file"), hint=hint)])
