"""The engine that scores: which one is asked for, and what it needs."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click
from attrs import frozen

from leadqual.cli.objectives import Asked
from leadqual.cli.options import Decorated
from leadqual.errors import EngineFailure, LeadqualError, MissingExtra
from leadqual.hints import did_you_mean

LARGE: Final = 64_000_000
"""From how many bytes of all files DuckDB scores, if it is installed and nothing else is asked for."""
_NAMES: Final = ("duckdb", "python", "spark")
_DATABASES: Final = ("postgresql://", "postgresql+psycopg://", "postgres://")
_WAY: Final = "Write duckdb, python, spark, or the URL of a database such as postgresql://crm@localhost/crm."


@frozen(kw_only=True)
class Choice:
    """What is asked of engines.

    Attributes:
        engine: ``duckdb``, ``python``, ``spark`` or a URL; nothing where the files decide.
        memory_limit: How much memory DuckDB may take.
        threads: How many threads it may use.
        verify: How many leads the reference scores again.
    """

    engine: str | None = None
    memory_limit: str | None = None
    threads: int | None = None
    verify: int | None = None

    @property
    def bound(self) -> bool:
        """Whether DuckDB's memory or threads are bounded."""
        return self.memory_limit is not None or self.threads is not None


def engine_options(command: Decorated) -> Decorated:
    """Add --engine, --memory-limit, --threads and --verify."""
    options: Sequence[Callable[[Decorated], Decorated]] = (
        click.option(
            "--engine",
            callback=_read_engine,
            metavar="ENGINE",
            help="What scores: `python`, `duckdb`, `spark` or the URL of a Postgres database. All give the same file. "
            "Without it: duckdb for files of more than 64 MB together, if the extra `batch` is installed; else python.",
        ),
        click.option("--memory-limit", metavar="SIZE", help="How much memory DuckDB may take, such as 2GB."),
        click.option("--threads", type=click.IntRange(min=1), metavar="N", help="How many threads DuckDB may use."),
        click.option(
            "--verify",
            type=click.IntRange(min=1),
            metavar="N",
            help="Score N leads again by the reference, and end with 1 if anything differs.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def chosen(choice: Choice, asked: Asked, files: Sequence[Path]) -> str:
    """Return the engine that scores.

    Args:
        choice: What is asked for.
        asked: The objectives; the best of several is found by ``python`` only.
        files: The files of the base.

    Raises:
        click.UsageError: If what is asked for contradicts itself.
    """
    wanted = choice.engine
    if wanted is None and (choice.bound or choice.verify is not None):
        wanted = "duckdb"
    if wanted not in (None, "python") and asked.several:
        raise click.UsageError("The best of several objectives is found by --engine python only; name one --objective.")
    if wanted not in (None, "duckdb") and choice.bound:
        raise click.UsageError("--memory-limit and --threads are for --engine duckdb.")
    if wanted == "python" and choice.verify is not None:
        raise click.UsageError("--verify compares another engine with python; there is nothing to compare.")
    if wanted is not None:
        return wanted
    large = sum(file.stat().st_size for file in files) > LARGE
    return "duckdb" if large and not asked.several and _installed() else "python"


@contextmanager
def told_as_ours(engine: str) -> Iterator[None]:
    """Turn what an engine itself raises into a message that says what to do; its own words may hold values.

    Args:
        engine: The engine's name.

    Raises:
        EngineFailure: If the engine stopped.
        MissingExtra: If what it needs is not installed.
    """
    try:
        yield
    except LeadqualError:
        raise
    except ImportError:
        raise MissingExtra("Engines need more than the command line: pip install 'leadqual[batch]'") from None
    except Exception as error:
        if not _of_engine(error):
            raise
        name, hint = _HINTS.get(engine, _DATABASE)
        raise EngineFailure(f"{name} stopped ({type(error).__name__}). {hint}") from None


def _installed() -> bool:
    """Tell whether DuckDB can score here."""
    try:
        from leadqual.batch.border.extra import duckdb, pyarrow

        duckdb()
        pyarrow()
    except ImportError:
        return False
    return True


def _of_engine(error: Exception) -> bool:
    return any(kind.__module__.partition(".")[0] in _TELLING for kind in type(error).__mro__)


def _read_engine(_ctx: click.Context, _option: click.Parameter, text: Any) -> str | None:
    """Return the engine's name; a URL may hold a password and is never shown."""
    if text is None or text in _NAMES or text.startswith(_DATABASES):
        return text if text is None else str(text)
    if "://" in text:
        raise click.BadParameter(f"the database is not known. {_WAY}")
    raise click.BadParameter(f"{text!a} is not known. {did_you_mean(text, _NAMES, _WAY)}")


_TELLING: Final = frozenset({"_duckdb", "duckdb", "psycopg", "py4j", "pyspark", "sqlalchemy"})
_HINTS: Final = {
    "duckdb": ("DuckDB", "Check the files and the room on the disk."),
    "spark": ("Spark", "Check that Java 17 or newer is installed and that the cluster answers."),
}
_DATABASE: Final = ("Postgres", "Check the URL, the password and whether the database answers.")
