"""The lives of leads replayed from a base, and their file."""

import csv
import json
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pyarrow.parquet as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadqual.errors import InputError, InstantError
from leadqual.event import Event
from leadqual.files.history import HISTORY_COLUMNS, history_rows, write_history
from leadqual.files.replay import replay_base, replay_lead
from leadqual.lead import Lead
from leadqual.lifecycle.facts import Recycled, StageChanged
from leadqual.lifecycle.inputs import Tick, Verdict
from leadqual.playbook import loads
from leadqual.presets import starter_text
from leadqual.qualifier import Qualifier

QUALIFIER = Qualifier(loads(starter_text()))
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOW = START + timedelta(days=500)
GOOD = {"job_title": "CTO", "department": "IT", "employees": 200, "email_type": "business", "country": "ES"}


def day(number: float) -> datetime:
    """An instant so many days after the start."""
    return START + timedelta(days=number)


def prospect(lead_id: str = "L1", **more: Any) -> Lead:
    """An outbound lead of good fit."""
    values: dict[str, Any] = {"email": "ana@b.example", "acquisition": "outbound", "created_at": START}
    return Lead(id=lead_id, **(values | {"attributes": GOOD} | more))


def act(number: float, kind: str = "demo_request", lead_id: str = "L1", **more: Any) -> Event:
    """An act of a lead on a day."""
    return Event(id=f"{lead_id}-{number}-{kind}", lead_id=lead_id, kind=kind, at=day(number), **more)


def said(number: float, verdict: str, **more: Any) -> Verdict:
    """A verdict on a day."""
    given: Any = verdict
    return Verdict(given, at=day(number), **more)


EVENTS = (act(1, "email_reply"), act(3), act(400))
VERDICTS = (
    said(4, "accept", actor="ana"),
    said(6, "return", reason="too early"),
    said(10, "maybe", reason="no_budget"),
    said(200, "no"),
    said(402, "yes", amount=1000, currency="EUR"),
)


def life_of(lead=None, events=EVENTS, verdicts=VERDICTS, now=NOW, qualifier=QUALIFIER):
    """The life of one lead that has one."""
    life = replay_lead(qualifier, prospect() if lead is None else lead, events, verdicts, now=now)
    assert life is not None
    return life


def stages(life):
    """The stages that a lead entered after its first."""
    return [fact.to for fact in life.facts if isinstance(fact, StageChanged)]


def test_replay_takes_a_lead_through_its_life():
    """Events, verdicts and time come in the order in which they happened."""
    life = life_of()
    assert stages(life) == ["mql", "sql", "mql", "recycle", "lead", "lost", "sql", "won"]
    assert life.record.stage == "won"
    assert life.record.state.cycle == 2
    assert life.record.as_of == NOW
    assert life.refused == ()


def test_replay_is_what_the_facts_say():
    """Folding the facts gives the record's state, and restoring it from them the record's score."""
    life = life_of()
    assert QUALIFIER.replay(life.facts) == life.record.state
    restored = QUALIFIER.restore(prospect(), life.facts, EVENTS, now=NOW)
    assert restored.stage == life.record.stage
    assert restored.score().total == life.record.score().total


def test_replay_knows_everything_at_its_own_instant():
    """No fact becomes known later than it holds, except what waits for the next look."""
    facts = life_of().facts
    assert all(fact.at <= fact.known_at for fact in facts)
    assert [fact.known_at for fact in facts] == sorted(fact.known_at for fact in facts)
    assert all(fact.known_at - fact.at < timedelta(days=2) for fact in facts)


def test_replay_does_not_depend_on_the_order_of_the_files():
    """However events and verdicts are given, the same becomes of the lead."""
    expected = life_of().facts
    assert all(life_of(events=order).facts == expected for order in permutations(EVENTS))
    assert life_of(verdicts=VERDICTS[::-1]).facts == expected


def test_replay_takes_an_event_before_a_verdict_of_the_same_instant():
    """A demo request and a return of one instant: the lead is SQL when it is returned."""
    life = life_of(events=[act(3)], verdicts=[said(3, "return", reason="too early")], now=day(4))
    assert stages(life) == ["sql", "mql"]
    assert life.refused == ()


def test_replay_ticks_when_something_is_due():
    """A rest ends at its own instant, not when the next input comes or at the end."""
    life = life_of(events=[], verdicts=[said(10, "maybe")], now=NOW)
    rest = next(fact for fact in life.facts if isinstance(fact, Recycled))
    back = next(fact for fact in life.facts if isinstance(fact, StageChanged) and fact.to == "lead")
    assert rest.wake_at == back.at == back.known_at


def test_replay_lets_happen_what_is_due_at_the_very_end():
    """An instant that is now belongs to the life."""
    woken = life_of(events=[], verdicts=[said(10, "maybe")])
    until = next(fact.wake_at for fact in woken.facts if isinstance(fact, Recycled))
    before = until - timedelta(microseconds=1)
    assert life_of(events=[], verdicts=[said(10, "maybe")], now=until).record.stage == "lead"
    assert life_of(events=[], verdicts=[said(10, "maybe")], now=before).record.stage == "recycle"


def test_replay_says_which_verdicts_a_lead_could_not_take():
    """A second no changes nothing and is told with its reason; what comes after it still counts."""
    life = life_of(verdicts=[said(10, "no"), said(12, "no"), said(20, "reopen")], events=[], now=day(30))
    assert stages(life) == ["lost", "sql"]
    assert [(one.at, one.given.verdict) for one in life.refused] == [(day(12), "no")]
    assert "the cycle has ended" in life.refused[0].problems[0].what


def test_replay_opens_a_lead_when_it_was_created():
    """Without anything before it, its life begins then."""
    assert life_of(events=[], verdicts=[]).facts[0].at == START


def test_replay_opens_a_lead_at_what_came_before_it_was_created():
    """A CRM may create a lead after its first act."""
    early = act(-30, "email_reply")
    assert life_of(events=[*EVENTS, early]).facts[0].at == early.at
    assert life_of(verdicts=[said(-2, "maybe")]).facts[0].at == day(-2)


def test_replay_opens_a_lead_of_which_nobody_knows_when_it_was_created():
    """Its first event or verdict begins its life; without any it begins now."""
    lead = prospect(created_at=None)
    assert life_of(lead).facts[0].at == day(1)
    assert life_of(lead, events=[], verdicts=[]).facts[0].at == NOW


def test_replay_has_no_life_of_a_lead_that_comes_later():
    """What is after now is not there yet."""
    assert replay_lead(QUALIFIER, prospect(created_at=day(9)), [act(20)], [], now=day(8)) is None
    assert stages(life_of(now=day(2))) == ["mql"]


def test_replay_keeps_what_happened_at_the_instant_of_a_verdict_before_it():
    """A rest that begins at the instant of an act begins after it, so that nothing has to be folded anew."""
    life = life_of(
        events=[act(10, "page_view", properties={"page": "/pricing"})], verdicts=[said(10, "maybe")], now=day(11)
    )
    assert not life.record.stale
    assert life.record.score().interest == 0


def test_replay_adds_events_that_a_policy_adds():
    """A bonus for coming back is among the facts."""
    text = starter_text().replace("spread_days = 30", 'spread_days = 30\nbonus_event = "came_back"')
    qualifier = Qualifier(loads(text))
    life = life_of(
        events=[act(60, "email_reply"), act(60, "page_view", properties={"page": "/pricing"})],
        verdicts=[said(10, "maybe"), said(60, "maybe")],
        now=day(61),
        qualifier=qualifier,
    )
    assert "bonus_added" in [fact.name for fact in life.facts]
    assert not life.record.stale


def test_replay_tells_how_far_it_is():
    """Progress counts every lead, also those that come later."""
    calls: list[tuple[int, int]] = []
    leads = {name: prospect(name, created_at=day(900) if name == "b" else START) for name in "cab"}
    lives = list(replay_base(QUALIFIER, leads, {}, {}, now=NOW, progress=lambda *told: calls.append(told)))
    assert [life.lead_id for life in lives] == ["a", "c"]
    assert calls == [(1, 3), (2, 3), (3, 3)]


def test_replay_of_a_base_gives_each_lead_its_own():
    """Leads do not touch each other."""
    leads = {"L1": prospect(), "L2": prospect("L2")}
    lives = list(replay_base(QUALIFIER, leads, {"L1": EVENTS}, {"L1": VERDICTS}, now=NOW))
    assert lives[0].facts == life_of().facts
    assert stages(lives[1]) == []


def test_replay_refuses_a_naive_now():
    """As everything that takes an instant."""
    with pytest.raises(InstantError):
        life_of(now=START.replace(tzinfo=None))


@given(
    acts=st.lists(
        st.tuples(st.integers(-5, 300), st.sampled_from(["email_reply", "demo_request", "download", "call"]))
    ),
    verdicts=st.lists(st.tuples(st.integers(-5, 300), st.sampled_from(["yes", "no", "maybe", "accept", "reopen"]))),
)
def test_replay_takes_any_history(acts, verdicts):
    """Whatever happened, the life is a history, nothing is left undecided, and each verdict is taken or refused."""
    events = [act(number, kind, by="us" if kind == "call" else "lead") for number, kind in dict.fromkeys(acts)]
    given_ = [said(number, verdict) for number, verdict in verdicts]
    life = life_of(events=events, verdicts=given_, now=day(310))
    assert QUALIFIER.replay(life.facts) == life.record.state
    assert not life.record.stale
    taken = [fact for fact in life.facts if fact.name == "verdict_given"]
    assert len(taken) + len(life.refused) == len(verdicts)
    due = QUALIFIER.next_due(life.record)
    assert due is None or due > day(310)
    assert QUALIFIER.handle(life.record, Tick(), now=day(310)).facts == ()


def rows_of(life):
    """The rows of a life by column."""
    return [dict(zip(HISTORY_COLUMNS, row, strict=True)) for row in history_rows(life)]


def test_history_has_a_row_for_each_stage_and_each_rest():
    """Opened, moved, recycled and woken are rows; other facts are none."""
    rows = rows_of(life_of())
    assert {row["fact"] for row in rows} == {"opened", "stage_changed", "recycled", "woken"}
    first, second, *_ = rows
    assert (first["from"], first["to"], first["fit"], first["cycle"]) == ("", "lead", "", "1")
    assert (second["from"], second["to"], second["transition"]) == ("lead", "mql", "score for marketing")
    assert (second["label"], second["fit"], second["at"]) == ("A2", "60.00", "2026-03-03T09:00:00Z")
    recycled = next(row for row in rows if row["fact"] == "recycled")
    assert (recycled["reason"], recycled["from"], recycled["total"]) == ("no_budget", "", "")
    assert [row["cycle"] for row in rows[-2:]] == ["2", "2"]


@pytest.fixture
def written(tmp_path):
    """Writes the lives of two leads and gives the path."""

    def write(name, **more):
        leads = {"L1": prospect(), "=2": prospect("=2")}
        lives = replay_base(QUALIFIER, leads, {"L1": EVENTS}, {"L1": VERDICTS}, now=NOW)
        assert write_history(tmp_path / name, lives, **more) == 1 + len(rows_of(life_of()))
        return tmp_path / name

    return write


def test_history_is_written_as_csv(written):
    """Sorted by lead, then in the order of the facts."""
    with written("h.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == HISTORY_COLUMNS
    assert rows[0]["lead_id"] == "=2"
    assert rows[1:] == rows_of(life_of())


def test_history_can_be_made_safe_for_spreadsheets(written):
    """Ids that a spreadsheet would run are disarmed."""
    assert "\n'=2,1," in written("h.csv", safe_for_spreadsheets=True).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["h.json", "h.jsonl"])
def test_history_is_written_as_json(written, name):
    """Numbers are numbers, and what is not there is null."""
    text = written(name).read_text(encoding="utf-8")
    rows = json.loads(text) if name == "h.json" else [json.loads(line) for line in text.splitlines()]
    assert rows[1]["seq"] == 1
    assert rows[1]["fit"] is None
    assert rows[1]["from"] is None
    assert rows[2]["total"] == 68.0
    assert rows[2]["cycle"] == 1


def test_history_is_written_as_parquet(written):
    """Whole numbers are integers, points decimals."""
    table = pa.read_table(written("h.parquet"))
    assert table.column_names == list(HISTORY_COLUMNS)
    assert {str(table.schema.field(name).type) for name in ("seq", "cycle")} == {"int32"}
    assert str(table.schema.field("fit").type) == "decimal128(18, 2)"
    assert table.column("from").to_pylist()[:3] == [None, None, "lead"]


def test_history_refuses_another_ending(tmp_path):
    """The kinds of files are those of scores."""
    with pytest.raises(InputError, match="the kind of file is not known"):
        write_history(tmp_path / "h.xlsx", [])
