"""A base scored by DuckDB: every column and every count is that of the readers of files and of the reference."""

from datetime import timedelta
from random import Random

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from leadqual.batch import score_table
from leadqual.batch.engines.duck import Duck
from leadqual.batch.sql.template import statement
from leadqual.errors import EngineFailure, InputError, ModelLimit
from leadqual.event import Event
from leadqual.files import read_base
from leadqual.files.notes import RowsError
from leadqual.interest import Cap, Interest, InterestRule, Per, Window
from leadqual.lead import Lead
from leadqual.playbook import Playbook
from leadqual.scoring.model import ScoringModel
from leadqual.testing import arrow_events, arrow_leads, bases, playbooks
from leadqual.testing.engines import compare_rows
from leadqual.testing.reference import row_of

from .interest.drawing import NOW, PROPERTIES, acts
from .running import by_lead, differences, fewer, run

REPORTED = (
    "lead_rows", "event_rows", "leads", "events", "copies", "orphans", "conflicts", "doubled_leads", "bad_rows",
    "later_leads", "total", "profile_dated",
)  # fmt: skip
COUNTING = [
    InterestRule(event="open", points=2, decay=Window(9)),
    InterestRule(event="Click", points=3, distinct_by="page"),
    InterestRule(event="*", points=1, per=Per(days=7, times=2)),
]


def model_of(rules=(), **more):
    """Return a model with some rules."""
    return ScoringModel(properties=PROPERTIES, interest=Interest(rules=rules), **more)


def playbook_of(model):
    """Return a playbook of a model."""
    return Playbook(name="tried", version="1", model=model)


def one(number, *, kind="open", at=NOW, lead="L1", **more):
    """Return an event."""
    return Event(id=f"e{number}", lead_id=lead, kind=kind, at=at, **more)


def against_files(folder, playbook, leads, events, *, flagged=(), **how):
    """Return how the scores and the report over Parquet files differ from those of the readers of files."""
    paths = {"leads": folder / "leads.parquet", "events": folder / "events.parquet"}
    pq.write_table(leads, paths["leads"])
    pq.write_table(events, paths["events"])
    base = read_base(playbook, **paths, now=NOW, bad_rows="skip", flagged=flagged)
    expected = [
        row_of(playbook.model.score(lead, base.events.get(lead.id, ()), now=NOW)) for lead in base.leads.values()
    ]
    table = score_table(playbook, **paths, now=NOW, bad_rows="skip", details=True, flagged=flagged, **how)
    told = list(compare_rows(by_lead(expected), list(table.rows())))
    told += [
        f"{name}: expected {getattr(base.report, name)}, got {getattr(table.report, name)}"
        for name in REPORTED
        if getattr(base.report, name) != getattr(table.report, name)
    ]
    table.close()
    return told


def shuffled(random, table):
    """Return the rows of a table in another order."""
    order = random.sample(range(table.num_rows), table.num_rows)
    return table.take(pa.array(order, pa.int64()))


@fewer
@given(data=st.data(), playbook=playbooks(), seed=st.integers(0, 1 << 32))
def test_files_score_and_report_as_the_readers_of_files_do(tmp_path_factory, data, playbook, seed):
    """Any playbook over any base, rows in any order, with copies, conflicts, doubled leads, orphans and flags."""
    random, base = Random(seed), data.draw(bases(playbook, now=NOW))
    model, folder = playbook.model, tmp_path_factory.mktemp("base")
    leads, events = list(base.leads), list(base.events)
    leads += [evolve(lead, language=random.choice([lead.language, "xx"])) for lead in leads if random.random() < 0.3]
    events += [evolve(event, kind=random.choice([event.kind, "other"])) for event in events if random.random() < 0.2]
    events += [evolve(event, id=f"{event.id}!", lead_id="nobody") for event in events if random.random() < 0.2]
    flagged = frozenset(base.flagged)
    dated = shuffled(random, arrow_leads(model, leads))
    if random.random() < 0.5:
        instants = [random.choice([None, NOW - timedelta(days=1), NOW, NOW + timedelta(days=1)]) for _ in leads]
        dated = dated.append_column("valid_from", pa.array(instants, pa.timestamp("us", "UTC")))
    told = against_files(
        folder,
        playbook_of(model),  # files have our names, whatever the playbook calls them
        dated,
        shuffled(random, arrow_events(model, events)),
        flagged=flagged,
        threads=random.choice([1, 2]),
    )
    assert told == []


def test_little_memory_spills_and_scores_the_same(tmp_path):
    """What does not fit is put into a folder meanwhile, which is empty afterwards."""
    model, names = model_of(COUNTING), [f"L{at}" for at in range(3000)]
    leads, events = [Lead(id=name) for name in names], acts(7, 60_000, leads=names)
    plenty, _ = run(model, leads, events)
    little, report = run(model, leads, events, memory_limit="40MB", threads=1, spill=str(tmp_path))
    assert little == plenty
    assert report.leads == 3000
    assert list(tmp_path.iterdir()) == []


def test_conflicts_are_refused_with_ids_and_columns():
    """Who reads the message learns which events and what of them differs, and nothing that they hold."""
    model = model_of(COUNTING)
    events = [
        one(1, source="crm", properties={"page": "secret", "n": 41}),
        one(1, source="crm", properties={"page": "hidden", "n": 41}),
        one(2),
        one(2, by="us", at=NOW - timedelta(days=1), lead="L2"),
        one(3),
        one(3),
    ]
    with pytest.raises(RowsError) as raised:
        score_table(model, leads=arrow_leads(model, [Lead(id="L1")]), events=arrow_events(model, events), now=NOW)
    text = str(raised.value)
    assert raised.value.total == 2
    assert "event 'e1' of 'crm': one id came with two contents (got differs in page)" in text
    assert "event 'e2': one id came with two contents (got differs in lead_id, by, at)" in text
    assert not any(word in text for word in ("secret", "hidden", "41", "e3"))


def test_doubled_leads_are_refused_with_ids_and_columns():
    """So are leads whose rows contradict each other."""
    model = model_of(COUNTING, attributes={"size": "integer"})
    leads = [
        Lead(id="L1", email="ana@b.example", attributes={"size": 41}),
        Lead(id="L1", email="eva@b.example", attributes={"size": 42}),
        Lead(id="L2", email="ana@b.example"),
        Lead(id="L2", email="ana@b.example"),
    ]
    with pytest.raises(RowsError) as raised:
        score_table(model, leads=arrow_leads(model, leads), events=arrow_events(model, []), now=NOW)
    text = str(raised.value)
    assert raised.value.total == 1
    assert "lead 'L1': two rows of the lead differ in email, size" in text
    assert not any(word in text for word in ("ana", "eva", "41", "42", "L2"))


@pytest.mark.parametrize("rules", [[], COUNTING])
@pytest.mark.parametrize("leads", [[], [Lead(id="L1"), Lead(id="7")]])
@pytest.mark.parametrize("events", [None, [], [one(1), one(2, lead="nobody")]])
def test_whatever_is_absent_is_no_error(rules, leads, events):
    """Without rules, leads or events there is a score for each lead all the same."""
    model = model_of(rules)
    tables = {"leads": arrow_leads(model, leads), "events": None if events is None else arrow_events(model, events)}
    table = score_table(model, **tables, now=NOW, details=True)
    rows = list(table.rows())
    assert [row["lead_id"] for row in rows] == sorted(lead.id for lead in leads)
    assert table.report.orphans + table.report.events == len(events or [])
    assert table.to_arrow().num_rows == len(table) == len(leads)


def test_stage_of_the_leads_file_is_read_by_bars(tmp_path):
    """In a bare score, the stage is what the file says."""
    text = '[qualify.mql]\nwhen = { field = "stage", op = "eq", value = "mql" }'
    playbook = _loaded(text)
    leads = arrow_leads(playbook.model, [Lead(id="L1", stage="mql"), Lead(id="L2", stage="lead"), Lead(id="L3")])
    events = arrow_events(playbook.model, [])
    assert against_files(tmp_path, playbook, leads, events) == []
    rows = score_table(playbook, leads=leads, events=events, now=NOW).rows()
    assert [row["qualifies"] for row in rows] == ["mql", "", ""]


def _loaded(text):
    from leadqual.playbook import loads

    return loads(f'schema = 1\nname = "tried"\nversion = "1"\n{text}')


def test_columns_are_those_of_a_scores_file_and_details_beyond_them():
    """What is not asked for is not there."""
    model, leads = model_of(COUNTING), [Lead(id="L1")]
    brief, _ = run(model, leads, [], details=False)
    long, _ = run(model, leads, [])
    assert list(brief[0]) == ["lead_id", "fit", "interest", "total", "grade", "level", "label", "qualifies", "gate"]
    assert list(long[0]) == [*brief[0], "stays", "gates", "fit_low", "fit_high", "completeness"]
    assert {name: long[0][name] for name in brief[0]} == brief[0]


@pytest.mark.parametrize("name", ["9" * 30, "9" * 5000, "-", "²", "e1", "07", "9223372036854775808"])
def test_flags_may_name_what_no_whole_number_is(name):
    """A flag of an id that cannot be among whole numbers flags nothing."""
    model = model_of(COUNTING)
    events = [evolve(one(1, lead="1"), id="7"), evolve(one(2, lead="1"), id="8")]
    rows, _ = run(model, [Lead(id="1")], events, flagged=[("", name), ("", "8")])
    assert rows[0]["interest"] == 300


def test_orphan_with_more_events_than_may_count_is_only_an_orphan(many):
    """Leads that are not in the base have no score, and so no limit."""
    model = model_of(COUNTING[:1])
    table = score_table(model, leads=_ids(1), events=many(lead=7), now=NOW)
    assert (table.report.orphans, [row["interest"] for row in table.rows()]) == (4_000_001, [0])


def test_more_events_of_a_rule_than_may_count_are_refused(many):
    """By the rule's name, though no sum of them would fit 64 bits."""
    model = model_of([InterestRule(event="open", points=10_000, name=f"rule {at}") for at in range(3)])
    with pytest.raises(ModelLimit, match=r"interest\.rules\[[012]\]: 4,000,001 counted events of rule 'rule [012]'"):
        score_table(model, leads=_ids(7), events=many(lead=7), now=NOW)


def test_many_events_reach_the_silent_bound_of_their_rule(many):
    """A million points are the most of a rule before its group adds another, however many events there are."""
    rules = [
        InterestRule(event="open", points=10_000, times=1000, group="both"),
        InterestRule(event="open", points=-1, per=Per(days=1, times=1000), group="both"),
    ]
    model = ScoringModel(properties=PROPERTIES, interest=Interest(rules=rules, groups={"both": Cap()}))
    table = score_table(model, leads=_ids(7), events=many(lead=7), now=NOW)
    assert [row["interest"] for row in table.rows()] == [99_700_000]


@pytest.fixture(scope="module")
def many():
    """Return what makes a relation of 4,000,001 events of one lead, on three days."""
    import duckdb

    def events(lead):
        days = "TIMESTAMPTZ '2026-10-31 00:00:00+00' - (range % 3)::INTEGER * INTERVAL 1 DAY AS \"at\""
        return duckdb.sql("FROM range(4000001)").project(
            f"range AS event_id, {lead} AS lead_id, 'open' AS kind, {days}"
        )

    return events


def _ids(*leads):
    return pa.table({"lead_id": pa.array(leads, pa.int64())})


def test_broken_page_of_a_parquet_file_is_told_with_the_file(tmp_path):
    """The file that cannot be read is named, the other is not, and nothing of DuckDB's own words comes through."""
    model = model_of(COUNTING)
    random, names = Random(1), [f"L{at}" for at in range(3000)]
    events = [evolve(event, id=f"{event.id}/{random.random()}") for event in acts(7, 20_000, leads=names)]
    pq.write_table(arrow_events(model, events), tmp_path / "events.parquet", compression="snappy")
    pq.write_table(arrow_leads(model, [Lead(id=name) for name in names]), tmp_path / "leads.parquet")
    parts = pq.read_metadata(tmp_path / "events.parquet").row_group(0)
    column = next(parts.column(at) for at in range(parts.num_columns) if parts.column(at).path_in_schema == "at")
    start = column.dictionary_page_offset or column.data_page_offset
    data = bytearray((tmp_path / "events.parquet").read_bytes())
    for at in range(start + 60, start + column.total_compressed_size):
        data[at] ^= 0x5A
    (tmp_path / "events.parquet").write_bytes(data)
    with pytest.raises(InputError) as raised:
        list(score_table(model, leads=tmp_path / "leads.parquet", events=tmp_path / "events.parquet", now=NOW).rows())
    assert [problem.where for problem in raised.value.problems] == [str(tmp_path / "events.parquet")]


def test_too_little_memory_is_told_with_what_to_do():
    """More memory, fewer threads, a folder: no word of DuckDB's own."""
    model, names = model_of(COUNTING), [f"L{at}" for at in range(2000)]
    tables = {
        "leads": arrow_leads(model, [Lead(id=name) for name in names]),
        "events": arrow_events(model, acts(7, 30_000, leads=names)),
    }
    with pytest.raises(EngineFailure, match="memory_limit") as raised:
        score_table(model, **tables, now=NOW, memory_limit="1MB")
    assert raised.value.__suppress_context__


@pytest.mark.parametrize("limits", [{"memory_limit": "lots"}, {"threads": 0}, {"threads": -1}])
def test_limits_that_mean_nothing_are_refused(limits):
    """Before anything is read."""
    with pytest.raises(EngineFailure, match="memory_limit"):
        score_table(model_of(), leads="nothing.csv", now=NOW, **limits)


def test_ids_that_are_equal_but_for_their_form_are_leads_of_their_own():
    """Ids compare as texts, code point by code point, and are sorted so."""
    names = ["L1", "l1", "L1 ", "É", "E\u0301", "É ", "ı", "i", "10", "9"]
    leads = [Lead(id=name) for name in names]
    assert differences(model_of(COUNTING), leads, acts(3, 300, leads=names), NOW) == []
    rows, _ = run(model_of(COUNTING), leads, [])
    assert [row["lead_id"] for row in rows] == sorted(names)


class Kept:
    """What opens a DuckDB for each base, and remembers the last one."""

    def engine(self):
        """Return a new engine."""
        self.last = Duck.open()
        return self.last


def test_score_table_closes_what_it_opened_when_a_base_is_wrong():
    """An engine that was opened for a base is closed with it; one that was handed in stays open."""
    kept, own = Kept(), Duck.open()
    for engine in (kept, own):
        with pytest.raises(InputError):
            score_table(model_of(), leads=pa.table({"nobody": ["L1"]}), now=NOW, engine=engine)
    with pytest.raises(duckdb.ConnectionException):
        kept.last.connection.execute("SELECT 1")
    assert own.ask(statement("SELECT 1 AS a")) == [(1,)]
    own.close()


def test_report_counts_no_event_that_is_flagged(tmp_path):
    """Flagged rows are no events, nor are their copies; the readers of files say so too."""
    model = model_of([InterestRule(event="open", points=1)])
    events = [one("1"), one("2"), one("2"), one("3", lead="nobody")]
    leads = arrow_leads(model, [Lead(id="L1")])
    told = arrow_events(model, events)
    assert against_files(tmp_path, playbook_of(model), leads, told, flagged={events[1].key, ("", "absent")}) == []
    found = score_table(model, leads=leads, events=told, now=NOW, flagged={events[1].key})
    assert (found.report.events, found.report.copies, found.report.orphans) == (1, 0, 1)
    found.close()
