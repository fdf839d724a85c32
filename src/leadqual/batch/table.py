"""``score_table``: every lead of a base, by an engine that was made for many."""

from collections.abc import Collection, Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Any, Literal

from leadqual.batch.axes.needs import needs
from leadqual.batch.border import Staged
from leadqual.batch.engines.base import Engine, Shared
from leadqual.batch.engines.duck import Duck
from leadqual.batch.engines.postgres import postgres
from leadqual.batch.engines.reference import reference_table
from leadqual.batch.engines.spark import spark
from leadqual.batch.facts import Facts
from leadqual.batch.program import Runs, Small
from leadqual.batch.run import Found, Run
from leadqual.batch.scores import ScoreTable
from leadqual.batch.sql.template import statement
from leadqual.batch.troubles import MOST_SHOWN
from leadqual.batch.verify import Check
from leadqual.batch.when import When
from leadqual.calendar import utc
from leadqual.errors import InputError, Problem
from leadqual.event import Key
from leadqual.files.report import Report
from leadqual.files.source import Progress
from leadqual.hints import did_you_mean
from leadqual.playbook.playbook import Playbook
from leadqual.scoring.model import ScoringModel

ENGINES = ("duckdb", "python", "spark")


def score_table(
    model: ScoringModel | Playbook,
    *,
    leads: Any,
    events: Any = None,
    now: datetime,
    engine: str | Engine | Shared = "duckdb",
    bad_rows: Literal["fail", "skip"] = "fail",
    flagged: Collection[Key] = (),
    details: bool = False,
    verify: int = 0,
    memory_limit: str | None = None,
    threads: int | None = None,
    spill: str | None = None,
    progress: Progress | None = None,
) -> ScoreTable:
    """Score every lead of a base as of an instant.

    Args:
        model: The model, or a playbook, which also says how files are written.
        leads: The leads: a path, a glob, a frame (anything with the Arrow C stream interface, a Polars LazyFrame), a
            DuckDB relation, or several of them; for another engine what it takes.
        events: Their events, likewise.
        now: The instant.
        engine: ``"duckdb"``, ``"python"`` (the reference, one lead at a time), ``"spark"``, the URL of a Postgres
            database, or an engine such as ``leadqual.batch.spark(session)``.
        bad_rows: ``"fail"`` refuses a base with anything wrong in it; ``"skip"`` leaves out bad rows, events in
            conflict and doubled leads, and counts them.
        flagged: Keys of events that do not exist while they are flagged.
        details: Whether bars that are kept, all gates, the range of fit and completeness are wanted too.
        verify: How many leads are scored again by the reference, which must say the same to the last unit.
        memory_limit: How much memory DuckDB may take, such as ``"1GB"``; beyond it, it spills to a folder.
        threads: How many threads DuckDB may use; all cores unless given.
        spill: The folder to which DuckDB spills.
        progress: Called now and then with the bytes read and the bytes of all files.

    Returns:
        The scores.

    Raises:
        EngineMismatch: If a lead that is scored again has another score.
        InputError: With the first hundred problems and their number, if the base is wrong; `RowsError` is one too.
        InstantError: If `now` is naive or out of range.
        MissingExtra: If what the engine needs is not installed.
        ModelLimit: If more than 4 000 000 events of one rule and lead count.
        UnsupportedByEngine: If the engine cannot do what the model asks, or not exactly.
    """
    at = utc(now, "now")
    scored = model.model if isinstance(model, Playbook) else model
    if engine == "python":
        return reference_table(
            model,
            leads=leads,
            events=events,
            now=at,
            bad_rows=bad_rows,
            flagged=flagged,
            details=details,
            progress=progress,
        )
    runs = opened(engine, memory_limit=memory_limit, threads=threads, spill=spill)
    with ExitStack() as failing:
        if runs is not engine:
            failing.callback(runs.close)
        staged = runs.stage(model, leads=leads, events=events, bad_rows=bad_rows, progress=progress)
        facts = facts_of(staged, runs, scored, flagged)
        when = When(at=at, day_start=scored.plans.interest.day_start, dialect=runs.dialect)
        run = Run(engine=runs, model=scored, when=when, facts=facts, details=details, skip=bad_rows == "skip")
        report = report_of(staged, run())
        if verify:
            of = "lq_profile" if facts.doubled else "lq_leads"
            Check(engine=runs, model=scored, when=when, leads=facts.leads, events=facts.events, profiles=of)(verify)
        failing.pop_all()
    return ScoreTable(engine=runs, report=report, details=details)


def opened(engine: str | Engine | Shared, **limits: Any) -> Engine:
    """Return an engine by its name, or the engine itself.

    Args:
        engine: The engine or its name.
        limits: Memory, threads and folder of one that is opened here.

    Raises:
        InputError: If the name is not known.
    """
    if isinstance(engine, Shared):
        return engine.engine()
    if not isinstance(engine, str):
        return engine
    if engine.startswith(("postgres:", "postgresql:", "postgresql+")):
        return postgres(engine).engine()
    if engine == "spark":
        return spark().engine()
    if engine == "duckdb":
        return Duck.open(**limits)
    hint = did_you_mean(engine, ENGINES, 'Pass "duckdb", or an engine such as leadqual.batch.spark(session).')
    raise InputError([Problem(where="engine", what="unknown engine", got=engine, hint=hint)])


def facts_of(staged: Staged, engine: Runs, model: ScoringModel, flagged: Collection[Key]) -> Facts:
    """Return what is known of staged tables before the plan is made.

    Args:
        staged: The tables.
        engine: What runs the plan.
        model: The model.
        flagged: Keys of events that do not exist while they are flagged.
    """
    leads, events = staged.leads, staged.events
    dated = "lq_valid_from" in leads.columns
    if flagged:
        columns = (("lq_source", "TEXT"), ("lq_event", staged.event_id_type))
        engine.make(Small(name="lq_flag", columns=columns, rows=tuple(_typed(flagged, staged.event_id_type))))
    open_kinds = any(test.only is None for test in needs(model).kinds)
    kinds = engine.ask(statement("SELECT DISTINCT e.lq_kind FROM lq_events AS e")) if open_kinds else ()
    return Facts(
        leads=leads.columns,
        events=events.columns,
        foreign_leads=leads.non_ascii,
        foreign_events=events.non_ascii,
        sourced="lq_source" not in events.absent,
        whole_ids=staged.event_id_type == "BIGINT",
        since="lq_since" not in leads.absent,
        dated=dated,
        doubled=dated or doubled(engine),
        flagged=bool(flagged),
        kinds=tuple(kind for (kind,) in kinds),
        ids=_ids(engine) if staged.lead_id_type == "BIGINT" else None,
        careful=False,
    )


def report_of(staged: Staged, found: Found) -> Report:
    """Return what reading a base came to.

    Args:
        staged: The tables.
        found: What was found while they were scored.
    """
    leads, events = staged.leads, staged.events
    present = events.rows - events.bad_rows - found.flagged
    once = present - found.repeated + found.contents - found.left_out
    return Report(
        lead_rows=leads.rows,
        event_rows=events.rows,
        leads=found.leads,
        events=once - found.orphans,
        copies=found.repeated - found.contents,
        orphans=found.orphans,
        conflicts=found.conflicts,
        doubled_leads=found.doubled,
        bad_rows=leads.bad_rows + events.bad_rows,
        later_leads=found.later,
        total=staged.total + found.total,
        problems=(*staged.problems, *found.problems)[:MOST_SHOWN],
        warnings=staged.warnings,
        profile_dated=staged.dated,
    )


def doubled(engine: Runs) -> bool:
    """Tell whether a lead has several rows."""
    return bool(engine.ask(statement(_DOUBLED)))


def _ids(engine: Runs) -> tuple[int, int] | None:
    """Return the lowest and the highest id of a lead in both tables, or nothing if there is none."""
    ends = [engine.ask(statement(query))[0] for query in (_LEAD_IDS, _EVENT_IDS)]
    lows, highs = ([int(end[at]) for end in ends if end[at] is not None] for at in (0, 1))
    return (min(lows), max(highs)) if lows else None


def _typed(flagged: Collection[Key], kind: str) -> Iterator[tuple[str, str | int]]:
    """Yield keys as the events have them; an id that is no whole number is that of none where all are."""
    for source, name in flagged:
        if kind == "TEXT":
            yield source, name
        elif name.isascii() and name.removeprefix("-").isdecimal() and str(int(name)) == name:
            yield source, int(name)


_LEAD_IDS = "SELECT MIN(p.lq_lead), MAX(p.lq_lead) FROM lq_leads AS p"
_EVENT_IDS = "SELECT MIN(e.lq_lead), MAX(e.lq_lead) FROM lq_events AS e"
_DOUBLED = "SELECT p.lq_lead FROM lq_leads AS p GROUP BY p.lq_lead HAVING COUNT(*) > 1 LIMIT 1"
