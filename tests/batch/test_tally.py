"""A tally built in any order of any batches scores as all events together do."""

import subprocess
import sys
from datetime import timedelta
from random import Random

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from leadqual.batch import TallyTable, score_table
from leadqual.conditions.nodes import Leaf
from leadqual.errors import EngineFailure, TallyMismatch, TooEarly, UnsupportedByEngine
from leadqual.event import Event
from leadqual.files.notes import RowsError
from leadqual.interest import Interest, InterestRule, Window
from leadqual.lead import Lead
from leadqual.scoring.model import ScoringModel
from leadqual.scoring.qualify import Bar, Qualify
from leadqual.testing import arrow_events, arrow_leads, python_engine
from leadqual.testing.engines import compare_rows

from .interest.drawing import NOW, PROPERTIES, acts, models
from .running import by_lead, fewer

NAMES = ("L1", "L2", "É3", "4")
seeds = st.integers(0, 1 << 32)


def plain(**more):
    """Return a model with a rule that decays, one of distinct values and one of silence."""
    rules = [
        InterestRule(event="open", points=2, decay=Window(5)),
        InterestRule(event="Click", points=3, distinct_by="page"),
        InterestRule(event="*", points=-1, inactivity=2, min=-4),
    ]
    return ScoringModel(properties=PROPERTIES, interest=Interest(rules=rules, min=-9), **more)


def tally_of(model, *batches, leads=None):
    """Return a tally in memory of some batches."""
    tally = TallyTable.open(model, threads=1)
    for batch in batches:
        tally.add(arrow_events(model, batch), leads=None if leads is None else arrow_leads(model, leads))
    return tally


def wrong(model, tally, leads, events, now=NOW):
    """Return how the scores out of a tally differ from the reference's over all events."""
    table = tally.score(arrow_leads(model, leads), now=now, details=True)
    rows = list(table.rows())
    table.close()
    return list(compare_rows(by_lead(python_engine(model, leads, events, now).rows), rows))


def event(number, *, kind="open", at=NOW, lead="L1", **more):
    """Return an event."""
    return Event(id=f"e{number}", lead_id=lead, kind=kind, at=at, **more)


def foldable(model):
    """Tell whether a tally can answer the bars of a model."""
    try:
        TallyTable.open(model).close()
    except UnsupportedByEngine:
        return False
    return True


@fewer
@given(model=models(most=6).filter(foldable), seed=seeds, parts=st.integers(1, 4), later=st.integers(0, 400))
def test_batches_in_any_order_score_as_all_events_do(model, seed, parts, later):
    """Copies across batches, late events, `since`, now and later, before pruning and after it: all come to the same."""
    random = Random(seed)
    leads = [Lead(id=name, since=random.choice([None, NOW - timedelta(days=9)])) for name in NAMES]
    events = [one for one in acts(seed, 90, leads=(*NAMES, "nobody")) if one.at <= NOW]
    batches = [[one for one in events if random.random() < 0.5] for _ in range(parts)]
    batches.append([one for one in events if not any(one in batch for batch in batches)])
    random.shuffle(batches)
    tally = tally_of(model, *batches, leads=leads)
    now = NOW + timedelta(days=later)
    assert len(tally) == len(events)
    assert wrong(model, tally, leads, events, NOW) == []
    assert wrong(model, tally, leads, events, now) == []
    tally.prune(NOW)
    assert wrong(model, tally, leads, events, now) == []
    late = event("late", kind="Click", at=NOW - timedelta(days=random.randrange(60)), properties={"page": "/a"})
    tally.add(arrow_events(model, [late]))
    assert wrong(model, tally, leads, [*events, late], now) == []
    tally.close()


@fewer
@given(model=models(most=6).filter(foldable), seed=seeds)
def test_tallies_merge_either_way(model, seed):
    """Two tallies of different events come to the scores of all, whichever takes the other."""
    leads = [Lead(id=name) for name in NAMES]
    events = [one for one in acts(seed, 80, leads=NAMES) if one.at <= NOW]
    halves = events[::2], events[1::2]
    one, other = tally_of(model, halves[0]), tally_of(model, halves[1])
    back = tally_of(model, halves[1])
    back.merge(one)
    one.merge(other)
    assert (len(one), len(back)) == (len(events), len(events))
    assert wrong(model, one, leads, events) == []
    assert wrong(model, back, leads, events) == []
    assert wrong(model, other, leads, halves[1]) == []


def test_conflict_across_batches_is_refused_and_changes_nothing():
    """An id that came before with another content is named with its source; the good events of the batch wait, too."""
    model, leads = plain(), [Lead(id="L1")]
    first = event(1, source="crm", properties={"page": "secret"})
    tally = tally_of(model, [first])
    against = [evolve(first, properties={"page": "hidden"}), event(2)]
    with pytest.raises(RowsError, match="'e1' of 'crm'") as raised:
        tally.add(arrow_events(model, against))
    assert raised.value.total == 1
    assert not any(word in str(raised.value) for word in ("secret", "hidden"))
    assert len(tally) == 1
    assert wrong(model, tally, leads, [first]) == []
    added = tally.add(arrow_events(model, against), bad_rows="skip")
    assert (added.events, added.copies, added.conflicts) == (1, 0, 1)
    assert wrong(model, tally, leads, [first, event(2)]) == []


def test_all_conflicts_are_counted_though_a_hundred_are_told():
    """The number of problems is that of all of them."""
    model = plain()
    tally = tally_of(model, [event(at) for at in range(150)])
    with pytest.raises(RowsError) as raised:
        tally.add(arrow_events(model, [event(at, kind="Click") for at in range(150)]))
    assert (raised.value.total, len(raised.value.problems)) == (150, 100)


def test_id_with_two_contents_at_once_stays_left_out():
    """One of the contents that comes again later does not count either."""
    model = plain()
    tally = tally_of(model)
    both = [event(1), event(1, kind="Click"), event(2), event(2)]
    added = tally.add(arrow_events(model, both), bad_rows="skip")
    assert (added.rows, added.events, added.copies, added.conflicts, len(tally)) == (4, 1, 1, 1, 1)
    again = tally.add(arrow_events(model, [event(1)]), bad_rows="skip")
    assert (again.events, again.conflicts) == (0, 1)
    assert wrong(model, tally, [Lead(id="L1")], [event(2)]) == []


def test_batch_that_is_refused_can_be_mended_and_added():
    """After scoring and a refused batch the tally takes the next one."""
    model, leads = plain(), [Lead(id="L1")]
    tally = tally_of(model, [event(1)])
    assert wrong(model, tally, leads, [event(1)]) == []
    with pytest.raises(RowsError):
        tally.add(arrow_events(model, [event(1, kind="Click")]))
    tally.add(arrow_events(model, [event(2)]))
    assert wrong(model, tally, leads, [event(1), event(2)]) == []


def test_whole_number_ids_are_those_of_texts():
    """A batch whose ids are whole numbers and one of texts name the same events and leads."""
    model = plain()
    import duckdb

    tally = tally_of(model, [evolve(event(1, lead="7"), id="12"), evolve(event(2, lead="x"), id="y")])
    numbers = "SELECT 12 AS event_id, 7 AS lead_id, 'open' AS kind, TIMESTAMPTZ '2026-11-01 12:00:00+00' AS \"at\""
    assert tally.add(duckdb.sql(numbers)).copies == 1
    assert len(tally) == 2


def test_pruning_leaves_interactions_within_memory():
    """What earns nothing any more may still be an act that a bar asks for; what is beyond memory goes."""
    rules = [InterestRule(event="open", points=2, decay=Window(2))]
    bar = Bar(when=Leaf(field="interactions", op="ge", value=3))
    model = ScoringModel(interest=Interest(rules=rules, memory=30), qualify=Qualify(mql=bar))
    events = [event(days, at=NOW - timedelta(days=days)) for days in (10, 20, 30, 60, 70)]
    tally = tally_of(model, events)
    assert tally.prune(NOW) == 2
    assert wrong(model, tally, [Lead(id="L1")], events) == []
    assert [row["qualifies"] for row in tally.score(arrow_leads(model, [Lead(id="L1")]), now=NOW).rows()] == ["mql"]


def test_score_before_the_newest_event_is_refused():
    """Also when that event is of nobody, or was merged, and after pruning until then."""
    model = plain()
    tally = tally_of(model, [event(1, lead="nobody")])
    with pytest.raises(TooEarly):
        tally.score(arrow_leads(model, []), now=NOW - timedelta(microseconds=1))
    other = TallyTable.open(model)
    other.merge(tally)
    with pytest.raises(TooEarly):
        other.score(arrow_leads(model, []), now=NOW - timedelta(microseconds=1))
    tally.prune(NOW + timedelta(days=1))
    with pytest.raises(TooEarly):
        tally.score(arrow_leads(model, []), now=NOW)


def test_tally_of_another_model_is_refused(tmp_path):
    """A file belongs to one model, and so does what is merged; the file stays as it is and can be opened again."""
    path, model, changed = tmp_path / "t.duckdb", plain(), plain(day_starts="+01:00")
    first = TallyTable.open(model, path)
    first.add(arrow_events(model, [event(1)]))
    first.close()
    with pytest.raises(TallyMismatch):
        TallyTable.open(changed, path)
    again = TallyTable.open(model, path, threads=1)
    with pytest.raises(TallyMismatch):
        TallyTable.open(changed).merge(again)
    assert wrong(model, again, [Lead(id="L1")], [event(1)]) == []


def test_another_since_is_refused():
    """A lead that starts anew needs its events to be folded again; others are not touched."""
    model, old, new = plain(), Lead(id="L1"), Lead(id="L1", since=NOW - timedelta(days=1))
    tally = tally_of(model, [event(1)], leads=[old])
    with pytest.raises(TallyMismatch):
        tally.score(arrow_leads(model, [new]), now=NOW)
    with pytest.raises(TallyMismatch):
        tally.merge(tally_of(model, [event(2)], leads=[new]))
    assert len(tally) == 1
    assert wrong(model, tally, [old], [event(1)]) == []


def test_tally_with_the_same_event_is_not_merged():
    """Counts cannot be told apart afterwards."""
    model = plain()
    tally = tally_of(model, [event(1), event(2)])
    with pytest.raises(TallyMismatch):
        tally.merge(tally_of(model, [event(2), event(3)]))
    assert wrong(model, tally, [Lead(id="L1")], [event(1), event(2)]) == []


def test_closing_the_scores_leaves_the_tally_open():
    """A table of scores is lent the tally, which stays as it was."""
    model = plain()
    tally = tally_of(model, [event(1)])
    tally.score(arrow_leads(model, [Lead(id="L1")]), now=NOW).close()
    assert len(tally) == 1


@pytest.mark.parametrize("folded", [{"ignore_case": True}, {"ignore_accents": True}])
def test_bars_that_fold_kinds_are_refused(folded):
    """A tally cannot know which kinds will come."""
    when = Leaf(field="kinds", op="has", value="OPEN", **folded)
    with pytest.raises(UnsupportedByEngine):
        TallyTable.open(plain(qualify=Qualify(mql=Bar(when=when))))


def test_what_is_no_tally_is_refused(tmp_path):
    """A file of something else is told of as such, and left alone."""
    path = tmp_path / "t.duckdb"
    path.write_bytes(b"lead_id,kind\n" * 1000)
    with pytest.raises(EngineFailure, match="DuckDB database"):
        TallyTable.open(plain(), path)
    assert path.read_bytes() == b"lead_id,kind\n" * 1000


def test_process_killed_while_adding_leaves_the_tally_as_it_was(tmp_path):
    """All of a batch is added or nothing, whatever happens."""
    path, model, leads = tmp_path / "t.duckdb", plain(), [Lead(id="L1")]
    tally = TallyTable.open(model, path)
    tally.add(arrow_events(model, [event(1)]))
    tally.close()
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(path)], check=False, timeout=120)
    assert killed.returncode == -9
    tally = TallyTable.open(model, path)
    assert wrong(model, tally, leads, [event(1)]) == []
    assert tally.add(arrow_events(model, [event(1), event(2)])).events == 1
    assert wrong(model, tally, leads, [event(1), event(2)]) == []


def test_report_of_a_tally_tells_of_leads_only():
    """Events are not read again; leads without any, and doubled rows of leads, are told of as ever."""
    model = plain()
    tally = tally_of(model, [event(1), event(2, lead="nobody")])
    report = tally.score(arrow_leads(model, [Lead(id="L1"), Lead(id="L9"), Lead(id="L9")]), now=NOW).report
    assert (report.leads, report.lead_rows, report.events, report.orphans) == (2, 3, 0, 0)


def test_tally_of_nothing_scores_leads():
    """Leads without events have what silence and bars give them."""
    model, leads = plain(), [Lead(id="L1")]
    assert wrong(model, tally_of(model), leads, []) == []
    assert wrong(model, tally_of(model, []), leads, []) == []
    table = score_table(model, leads=arrow_leads(model, leads), now=NOW)
    assert [row["interest"] for row in table.rows()] == [0]


_KILLED = """
import os, signal, sys
sys.path[:0] = ["src", "."]
from leadqual.batch import TallyTable
from leadqual.batch.tally.layout import Meta
from leadqual.testing import arrow_events
from tests.batch.test_tally import event, plain
Meta.reach = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
TallyTable.open(plain(), sys.argv[1]).add(arrow_events(plain(), [event(2), event(3)]))
"""
"""Adds events and dies after they were counted, before they are kept."""
