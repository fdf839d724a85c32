"""The reference as an engine: one lead at a time in Python, for bases of any form that fit in memory."""

from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from re import escape, sub
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

from attrs import evolve, frozen

from leadqual.batch.border.bound import asked
from leadqual.batch.border.extra import pyarrow
from leadqual.batch.border.frames import opened
from leadqual.batch.border.handed import Streamed, paths_and_frames
from leadqual.batch.border.stage import AsItIs
from leadqual.batch.engines.duck import Duck
from leadqual.batch.program import Small
from leadqual.batch.score import COLUMNS, DETAILS
from leadqual.batch.scores import POINTS, ScoreTable
from leadqual.batch.verify import expected
from leadqual.errors import InputError, Problem
from leadqual.event import Key
from leadqual.files import Base, read_base
from leadqual.files.columns import Columns, FilesPlaybook
from leadqual.files.notes import Notes, Unusable, plain
from leadqual.files.source import Progress
from leadqual.playbook.playbook import Playbook
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.score import Score

_WHOLE: Final = (*POINTS, "level")
"""Columns of whole numbers; the others are texts."""


def reference_table(
    model: ScoringModel | Playbook,
    *,
    leads: Any,
    events: Any,
    now: datetime,
    bad_rows: Literal["fail", "skip"],
    flagged: Collection[Key],
    details: bool,
    progress: Progress | None,
) -> ScoreTable:
    """Score every lead of a base by the reference; see ``score_table``.

    Files go through the readers of `leadqual.files`; frames too, by way of a Parquet file. Only the scores are put
    into a database.

    Raises:
        InputError: With the first hundred problems and their number.
        MissingExtra: If DuckDB is not installed.
    """
    playbook = model if isinstance(model, Playbook) else AsItIs(model)
    scored = model.model if isinstance(model, Playbook) else model
    with TemporaryDirectory(prefix="leadqual-") as folder:
        told = _Told(folder=Path(folder))
        try:
            base = read_base(
                playbook,
                leads=_paths(playbook, leads, "leads", told.folder),
                events=_paths(playbook, [] if events is None else events, "events", told.folder),
                now=now,
                bad_rows=bad_rows,
                flagged=flagged,
                progress=progress,
            )
        except InputError as error:
            raise type(error)(map(told.problem, error.problems), error.total) from None
    report = evolve(
        base.report,
        problems=tuple(map(told.problem, base.report.problems)),
        warnings=tuple(map(told.text, base.report.warnings)),
    )
    names = (*COLUMNS, *(DETAILS if details else ()))
    kinds = tuple((name, "BIGINT" if name in _WHOLE else "TEXT") for name in names)
    duck = Duck.open()
    duck.make(Small(name="lq_score", columns=kinds, rows=tuple(_rows(scored, base, now, names))))
    return ScoreTable(engine=duck, report=report, details=details)


@frozen(kw_only=True)
class _Told:
    """What readers say of the files that frames were written to, in words that know of no files.

    Attributes:
        folder: Where the files are.
    """

    folder: Path

    def problem(self, problem: Problem) -> Problem:
        """Return a problem whose place names the table."""
        return evolve(problem, where=self.text(problem.where))

    def text(self, text: str) -> str:
        """Return a sentence that names the table."""
        return sub(rf"{escape(plain(str(self.folder)))}[/\\](leads|events)_\d+\.parquet", r"\1", text)


def _rows(model: ScoringModel, base: Base, now: datetime, names: Collection[str]) -> Iterator[tuple[Any, ...]]:
    for lead_id, lead in base.leads.items():
        score = model.score(lead, base.events.get(lead_id, ()), now=now)
        values = {"lead_id": lead_id, **expected(score), **_details(score)}
        yield tuple(values[name] for name in names)


def _details(score: Score) -> dict[str, Any]:
    hundredths = {"fit_low": score.fit_low, "fit_high": score.fit_high, "completeness": score.completeness}
    return {
        "stays": ";".join(sorted(score.stays)),
        "gates": ";".join(score.gates),
        **{name: int(points.scaleb(2)) for name, points in hundredths.items()},
    }


def _paths(playbook: FilesPlaybook, handed: object, table: str, folder: Path) -> list[Path]:
    """Return what was handed in as files."""
    columns = Columns.of(playbook, table)
    try:
        items = paths_and_frames(handed, table)
        return [
            item if isinstance(item, Path) else _written(columns, item, folder / f"{table}_{number}.parquet")
            for number, item in enumerate(items)
        ]
    except Unusable as unusable:
        raise InputError(unusable.problems) from None


def _written(columns: Columns, frame: Streamed, path: Path) -> Path:
    """Write the columns of a frame that are read to a Parquet file."""
    pyarrow()
    from pyarrow.parquet import write_table

    found = opened(frame, asked(columns, Path(columns.table), Notes()))
    whole = found.reader.read_all() if found.table is None else found.table
    wanted = [number for number, name in enumerate(whole.schema.names) if name in columns.wanted]
    write_table(whole.select(wanted), path)
    return path
