"""Run the playbooks beside this file on the real files, through the same door that `leadqual score` uses."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from attrs import frozen

import leadqual
from leadqual.files import Base, read_base
from leadqual.playbook import Playbook
from leadqual.scoring import Score
from tests.real.convert import (
    Row,
    bank_events,
    distinct,
    last_contact,
    numbered,
    read_rows,
    write_rows,
    xeducation_events,
)

HERE = Path(__file__).resolve().parent
LAST_DAY = datetime(2010, 11, 17, 12, tzinfo=UTC)  # of the bank's campaign
XEDUCATION_NOW = datetime(2026, 1, 15, tzinfo=UTC)  # any: its leads have no dates
CDNOW_NOW = datetime(1998, 7, 1, tzinfo=UTC)
BPI12_NOW = datetime(2012, 3, 16, tzinfo=UTC)


@frozen(kw_only=True)
class Run:
    """Rows of a real file, and what the playbook made of them."""

    rows: list[Row]
    base: Base
    scores: Mapping[str, Score]


@frozen(kw_only=True)
class Lift:
    """How much more often the best tenth comes to the good end than all do."""

    leads: int
    base_rate: float
    top: int
    top_rate: float

    @property
    def times(self) -> float:
        """The top tenth's rate over the base rate."""
        return self.top_rate / self.base_rate


def playbook(name: str) -> Playbook:
    """Load one of the playbooks beside this file."""
    return leadqual.load_playbook(HERE / f"{name}.toml")


def score_all(book: Playbook, base: Base, *, now: datetime) -> dict[str, Score]:
    """Score every lead of a base at one instant."""
    return {id_: book.model.score(lead, base.events.get(id_, ()), now=now) for id_, lead in base.leads.items()}


def lift(scores: Mapping[str, Score], good: Mapping[str, bool]) -> Lift:
    """Rank by total, ties by lead id, and compare the first tenth with all."""
    ranked = sorted(scores.values(), key=lambda score: (-score.total, score.lead_id))
    top = ranked[: len(ranked) // 10]
    return Lift(
        leads=len(ranked),
        base_rate=sum(good[score.lead_id] for score in ranked) / len(ranked),
        top=len(top),
        top_rate=sum(good[score.lead_id] for score in top) / len(top),
    )


def adds_up(score: Score) -> bool:
    """Tell whether every line adds up in itself and the lines of either axis to its score, exactly."""
    within = all(line.raw + line.limits + line.decay + line.cap == line.points for line in score.lines)
    axes = (("fit", score.fit), ("interest", score.interest))
    return within and all(
        sum((line.points for line in score.lines if line.axis == axis), Decimal(0)) == points for axis, points in axes
    )


def run_xeducation(data: Path, folder: Path, *, with_events: bool = False) -> Run:
    """Score the X Education leads, from their file as it is; with their last acts as events, if asked."""
    path, book = data / "xeducation" / "leads_dev.csv.gz", playbook("xeducation")
    rows = read_rows(path)
    events = None
    if with_events:
        events = write_rows(folder / "acts.csv", xeducation_events(rows, at="2026-01-10 12:00:00"))
    base = read_base(book, leads=path, events=events, now=XEDUCATION_NOW)
    return Run(rows=rows, base=base, scores=score_all(book, base, now=XEDUCATION_NOW))


def run_bank(data: Path, folder: Path, *, one_now: bool = False) -> Run:
    """Score the bank's leads, each on the day of its last contact.

    Args:
        data: The real data sets.
        folder: Where the events may be written.
        one_now: Move each lead's earlier contact so that all are decided on one day, as `leadqual score` needs it.
    """
    path, book = data / "bank_leads" / "bank_leads.csv.gz", playbook("bank")
    rows = read_rows(path)
    decided_on = LAST_DAY.date() if one_now else None
    events = write_rows(folder / "contacts.csv", bank_events(rows, decided_on=decided_on))
    base = read_base(book, leads=path, events=events, now=LAST_DAY)
    if one_now:
        return Run(rows=rows, base=base, scores=score_all(book, base, now=LAST_DAY))
    scores = {}
    for row in rows:
        day, id_ = last_contact(row), row["lead_id"]
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        scores[id_] = book.model.score(base.leads[id_], base.events.get(id_, ()), now=noon)
    return Run(rows=rows, base=base, scores=scores)


def run_cdnow(data: Path, folder: Path) -> Run:
    """Score CDNOW's customers by their purchases."""
    rows = read_rows(data / "cdnow" / "cdnow_sample_events.csv.gz")
    leads = write_rows(folder / "customers.csv", distinct(rows, "master_id"))
    events = write_rows(folder / "purchases.csv", numbered(rows, kind="purchase"))
    book = playbook("cdnow")
    base = read_base(book, leads=leads, events=events, now=CDNOW_NOW)
    return Run(rows=rows, base=base, scores=score_all(book, base, now=CDNOW_NOW))


def run_bpi12(data: Path, folder: Path) -> Run:
    """Score the loan applications of BPI 2012 by the work items on them."""
    rows = read_rows(data / "bpi12_w" / "events_dev.csv.gz")
    leads = write_rows(folder / "applications.csv", distinct(rows, "CaseID"))
    events = write_rows(folder / "items.csv", numbered(rows, by="us"))
    book = playbook("bpi12")
    base = read_base(book, leads=leads, events=events, now=BPI12_NOW)
    return Run(rows=rows, base=base, scores=score_all(book, base, now=BPI12_NOW))
