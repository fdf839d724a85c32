"""The tally of a base in a DuckDB file."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from os import PathLike, fspath
from typing import Any, Literal

import attrs
from attrs import define, field, frozen

from leadqual.batch.border import Staged
from leadqual.batch.border.extra import pyarrow
from leadqual.batch.engines.duck import Duck
from leadqual.batch.facts import Facts
from leadqual.batch.interest.firsts import distinct_rules
from leadqual.batch.score import ScorePlan
from leadqual.batch.scores import ScoreTable
from leadqual.batch.sql.dialects import DUCKDB
from leadqual.batch.tally.fold import Fold, last_instant
from leadqual.batch.tally.layout import Meta
from leadqual.batch.tally.merge import take_other
from leadqual.batch.tally.prune import pruned
from leadqual.batch.tally.scored import score_tally
from leadqual.batch.tally.take import take_fresh
from leadqual.batch.when import When, micros
from leadqual.calendar import utc
from leadqual.errors import Problem, TallyMismatch, TooEarly, UnsupportedByEngine
from leadqual.playbook.playbook import Playbook
from leadqual.scoring.model import ScoringModel

_NOTHING = Facts(leads={}, events={})


@frozen(kw_only=True)
class Added:
    """What came of adding events to a tally.

    Attributes:
        rows: Rows handed in.
        events: Events that were new.
        copies: Rows that repeat an event, of this batch or of an earlier one.
        conflicts: Ids that came with two contents, in this batch or since an earlier one; left out.
        bad_rows: Rows that cannot be read, left out.
        problems: The first hundred problems of what was left out.
        warnings: What is odd but no error, as sentences.
    """

    rows: int
    events: int
    copies: int
    conflicts: int
    bad_rows: int
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()


@define
class TallyTable:
    """What the events of a base came to, in a DuckDB file: scored anew each day without reading the events again.

    It holds counts by lead, class of events and day, the days of distinct values, and a fingerprint of each event's id
    and content: an event that comes again is no new one, one that comes with another content is refused. One process
    may write it at a time; every method is one transaction.

    Attributes:
        model: The model that it belongs to; another model needs a tally of its own.
        meta: The database, and what is known of it as a whole.
    """

    model: ScoringModel
    _playbook: ScoringModel | Playbook = field(repr=False, alias="playbook")
    meta: Meta = field(repr=False)

    @classmethod
    def open(
        cls,
        model: ScoringModel | Playbook,
        path: str | PathLike[str] | None = None,
        *,
        memory_limit: str | None = None,
        threads: int | None = None,
    ) -> "TallyTable":
        """Open a tally, or begin one.

        Args:
            model: The model, or a playbook, which also says how files are written.
            path: The file; without one the tally lives in memory.
            memory_limit: How much memory DuckDB may take, such as ``"1GB"``.
            threads: How many threads it may use; all cores unless given.

        Raises:
            EngineFailure: If the file cannot be opened: it is no tally, or another process has it.
            MissingExtra: If DuckDB is not installed.
            TallyMismatch: If the file belongs to another model.
            UnsupportedByEngine: If bars ask for kinds whatever their case or accents, which a tally cannot tell apart.
        """
        scored = model.model if isinstance(model, Playbook) else model
        if any(
            test.only is None
            for test in _plan(scored, last_instant(scored.plans.interest.day_start), _NOTHING).needs.kinds
        ):
            raise UnsupportedByEngine(
                "a tally table cannot answer bars that read `kinds` with ignore_case or ignore_accents"
            )
        duck = Duck.open(path=None if path is None else fspath(path), memory_limit=memory_limit, threads=threads)
        meta = Meta(duck=duck)
        try:
            with duck.transaction():
                meta.start(scored.fingerprint)
        except BaseException:
            duck.close()
            raise
        return cls(model=scored, playbook=model, meta=meta)

    def __len__(self) -> int:
        return self.meta.one("SELECT COUNT(s.lq_content) FROM lq_seen_id AS s")

    def add(self, events: Any, *, leads: Any = None, bad_rows: Literal["fail", "skip"] = "fail") -> Added:
        """Add events: a day's, or all that there are so far.

        Args:
            events: A path, a glob, a frame, a relation, or several of them.
            leads: The leads, if any has a ``since``: of a lead that is new to the tally, earlier events do not count.
            bad_rows: ``"fail"`` refuses a batch with anything wrong in it, and nothing changes; ``"skip"`` leaves out
                bad rows and events in conflict, and counts them. What was added before stays as it is, and an id that
                came with two contents at once stays left out.

        Returns:
            What came of it.

        Raises:
            InputError: With the first hundred problems and their number, if rows are wrong or contradict others.
        """
        with self._staged(leads, events, bad_rows) as staged:
            facts = Facts(
                leads={},
                events=staged.events.columns,
                foreign_events=staged.events.non_ascii,
                sourced="lq_source" not in staged.events.absent,
                whole_ids=staged.event_id_type == "BIGINT",
                dated=False,
                doubled=False,
                tallied=True,
            )
            plan = _plan(self.model, last_instant(self.model.plans.interest.day_start), facts)
            problems = Fold(duck=self.meta.duck, plan=plan, skip=bad_rows == "skip")()
            take_fresh(self.meta.duck, [i for i, _ in distinct_rules(plan.interested.plan.rules)])
            one = self.meta.one
            events_new = one("SELECT COUNT(*) FROM lq_once AS e")
            if events_new:
                self.meta.reach(one("SELECT MAX(e.lq_us) FROM lq_once AS e"))
            read = staged.events.rows - staged.events.bad_rows
            changed = one("SELECT COUNT(*) FROM lq_changed AS c")
            return Added(
                rows=staged.events.rows,
                events=events_new,
                copies=read - events_new - changed - one(_LEFT_OUT),
                conflicts=changed + one("SELECT COUNT(*) FROM lq_conflict AS c"),
                bad_rows=staged.events.bad_rows,
                problems=(*staged.problems, *problems),
                warnings=staged.warnings if leads is not None else (),
            )

    def score(self, leads: Any, *, now: datetime, details: bool = False) -> ScoreTable:
        """Score every lead of a base as of an instant, out of the tally.

        Args:
            leads: The leads: a path, a glob, a frame, a relation, or several of them.
            now: The instant.
            details: Whether bars that are kept, all gates, the range of fit and completeness are wanted too.

        Returns:
            The scores; they are read before the tally is changed or asked again.

        Raises:
            InputError: With the first hundred problems and their number, if the leads are wrong.
            TallyMismatch: If a lead has another ``since`` than its events were folded with.
            TooEarly: If there is an event after `now`.
        """
        at = utc(now, "now")
        newest = self.meta.newest
        if newest is not None and micros(at) < newest:
            raise TooEarly("the tally reaches beyond now; score the events themselves to ask about an earlier instant")
        return score_tally(self.meta.duck, self.model, self._playbook, leads, at, details=details)

    def merge(self, other: "TallyTable") -> None:
        """Take in what another tally of the same model holds, such as that of another region.

        Args:
            other: The other; it stays as it is.

        Raises:
            TallyMismatch: If it belongs to another model, holds an event that this one holds, or counts a lead from
                another instant on.
        """
        if other.model.fingerprint != self.model.fingerprint:
            raise TallyMismatch("the other tally belongs to another model")
        with self.meta.duck.transaction():
            take_other(self.meta.duck, other.meta.duck)
            self.meta.reach(other.meta.newest)

    def prune(self, now: datetime) -> int:
        """Drop what no instant from now on can see.

        Args:
            now: The tally cannot be asked about an earlier instant afterwards.

        Returns:
            How many counts were dropped.
        """
        at = utc(now, "now")
        day_start = self.model.plans.interest.day_start
        plan = _plan(self.model, last_instant(day_start), attrs.evolve(_NOTHING, tallied=True))
        with self.meta.duck.transaction():
            dropped = pruned(self.meta.duck, plan.interested, day_start.day(at))
            self.meta.reach(micros(at))
        return dropped

    def close(self) -> None:
        """Close the file."""
        self.meta.duck.close()

    @contextmanager
    def _staged(self, leads: Any, events: Any, bad_rows: Literal["fail", "skip"]) -> Iterator[Staged]:
        """Stage a batch in a transaction of its own."""
        handed = pyarrow().table({"lead_id": pyarrow().array([], pyarrow().string())}) if leads is None else leads
        duck = self.meta.duck
        with duck.transaction():
            yield duck.stage(self._playbook, leads=handed, events=events, bad_rows=bad_rows, progress=None)


def _plan(model: ScoringModel, when: When, facts: Facts) -> ScorePlan:
    return ScorePlan(model=model, when=when, facts=facts, dialect=DUCKDB)


_LEFT_OUT = """
SELECT COUNT(*) FROM lq_twice AS t
JOIN lq_conflict AS c ON c.lq_source = t.lq_source AND c.lq_event = t.lq_event
"""
