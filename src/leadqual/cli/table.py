"""Scores of a base by an engine: the same rows, counts and remarks as one lead at a time gives."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from attrs import define, evolve, field, frozen

from leadqual.cli.engine import Choice
from leadqual.cli.findings import Finding, counted_findings
from leadqual.cli.objectives import Asked
from leadqual.cli.passing import Outcome, Passing, Row
from leadqual.cli.screen import reading_bar
from leadqual.cli.work import BadRows, remarks_of
from leadqual.files.source import Progress
from leadqual.playbook import Playbook

if TYPE_CHECKING:
    from leadqual.batch.beside import Beside
    from leadqual.batch.border import Staged
    from leadqual.batch.engines.base import Engine
    from leadqual.batch.program import Made
    from leadqual.batch.scores import ScoreTable
    from leadqual.batch.sql.dialects import Dialect
    from leadqual.batch.sql.nodes import Expr
    from leadqual.scoring.model import ScoringModel


@define
class Watched:
    """An engine, and the names of what was made on it."""

    runs: "Engine"
    made: set[str] = field(factory=set)

    @property
    def dialect(self) -> "Dialect":
        """How it speaks SQL."""
        return self.runs.dialect

    def stage(
        self,
        model: "ScoringModel | Playbook",
        *,
        leads: Any,
        events: Any,
        bad_rows: Literal["fail", "skip"],
        progress: Progress | None,
    ) -> "Staged":
        """Stage a base."""
        return self.runs.stage(model, leads=leads, events=events, bad_rows=bad_rows, progress=progress)

    def make(self, made: "Made") -> None:
        """Make a table or a view."""
        self.made.add(made.name)
        self.runs.make(made)

    def ask(self, query: "Expr") -> Sequence[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.runs.ask(query)

    def stream(self, query: "Expr") -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query."""
        return self.runs.stream(query)

    def arrow(self, query: "Expr") -> Any:
        """Return the rows of a query as a PyArrow table."""
        return self.runs.arrow(query)

    def parquet(self, query: "Expr", points: Sequence[str], path: str) -> None:
        """Write the rows of a query to a Parquet file."""
        self.runs.parquet(query, points, path)

    def close(self) -> None:
        """Free what the scores take."""
        self.runs.close()


@frozen(kw_only=True)
class Tabled:
    """Every lead of a base, scored by an engine.

    Attributes:
        playbook: What scored them.
        now: As of when.
        asked: The objective under which they were scored, if any.
        table: The scores.
        beside: What is asked of the events.
        with_events: Whether events files were named.
    """

    playbook: Playbook
    now: datetime
    asked: Asked
    table: "ScoreTable"
    beside: "Beside"
    with_events: bool

    def rows(self) -> Iterator[Row]:
        """Yield the rows of a scores file."""
        return self.table.cells()

    def outcome(self, passing: Passing) -> Outcome:
        """Return what the scores come to.

        Args:
            passing: What was seen of the rows.
        """
        return Outcome(
            playbook=self.playbook,
            now=self.now,
            asked=self.asked,
            report=self.table.report,
            remarks=remarks_of(self._findings(), with_events=self.with_events),
            passing=passing,
            last_acts=self._last_acts,
        )

    def _findings(self) -> Iterator[Finding]:
        events = self.table.report.events
        if events:
            yield from counted_findings(events, self.beside.most_common_instant(), self.beside.before_created())

    def _last_acts(self, leads: Collection[str]) -> dict[str, int]:
        return self.beside.last_acts(leads)


@contextmanager
def score_by_engine(
    playbook: Playbook,
    engine: str,
    choice: Choice,
    *,
    leads: Sequence[Path],
    events: Sequence[Path],
    now: datetime,
    bad_rows: BadRows,
    asked: Asked,
) -> Iterator[Tabled]:
    """Score every lead of a base; the engine is closed in the end.

    Args:
        playbook: What scores them.
        engine: The engine's name.
        choice: What is asked of it.
        leads: The leads files.
        events: The events files.
        now: As of when.
        bad_rows: What becomes of rows that cannot be read.
        asked: The objective under which they are scored, if any.

    Raises:
        EngineMismatch: If a lead that is scored again has another score.
        InputError: If the base is wrong.
        MissingExtra: If what the engine needs is not installed.
    """
    from leadqual.batch import score_table
    from leadqual.batch.beside import Beside
    from leadqual.batch.table import opened
    from leadqual.batch.when import When

    model = playbook.model_for(asked.single)
    watched = Watched(opened(engine, **_limits(engine, choice)))
    try:
        with reading_bar(sum(path.stat().st_size for path in (*leads, *events))) as progress:
            table = score_table(
                evolve(playbook, model=model, objectives={}, examples=()),
                leads=list(leads),
                events=list(events) or None,
                now=now,
                engine=watched,
                bad_rows=bad_rows,
                verify=choice.verify or 0,
                progress=progress,
            )
        when = When(at=now, day_start=model.plans.interest.day_start, dialect=watched.dialect)
        profiles = "lq_profile" if "lq_profile" in watched.made else "lq_leads"
        beside = Beside(engine=watched, when=when, profiles=profiles)
        yield Tabled(playbook=playbook, now=now, asked=asked, table=table, beside=beside, with_events=bool(events))
    finally:
        watched.close()


def _limits(engine: str, choice: Choice) -> dict[str, Any]:
    return {"memory_limit": choice.memory_limit, "threads": choice.threads} if engine == "duckdb" else {}
