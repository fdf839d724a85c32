"""BPI 2012's work items: a real stream with times that name no zone."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from leadqual.errors import InputError
from leadqual.files import read_base
from leadqual.playbook import loads
from tests.real.convert import Row, distinct, numbered, write_rows
from tests.real.figures import counted, matched
from tests.real.runs import BPI12_NOW, HERE, Run, adds_up, run_bpi12

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
CLERKS_DAY = timezone(timedelta(hours=1))


@pytest.fixture(scope="module")
def run(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Score the applications once for all tests."""
    return run_bpi12(shared_data, tmp_path_factory.mktemp("bpi12"))


def day(row: Row) -> int:
    """Return the day of a work item as the playbook's `day_starts` cuts days."""
    local = datetime.fromisoformat(row["CompleteTimestamp"]).replace(tzinfo=AMSTERDAM)
    return local.astimezone(CLERKS_DAY).date().toordinal()


def test_bpi12_reads_every_work_item_of_every_application(run: Run) -> None:
    """All 36,404 items of 4,846 applications arrive."""
    assert (run.base.report.events, len(run.scores)) == (36_404, 4_846)


def test_bpi12_reads_times_in_the_zone_the_playbook_names(run: Run) -> None:
    """A clerk's 19:43 in October is 17:43 UTC; a Dutch winter's is an hour later."""
    first = next(event for event in run.base.events["173691"] if event.id == "1")
    assert first.at == datetime(2011, 10, 1, 17, 43, 13, tzinfo=UTC)


def test_bpi12_refuses_its_times_when_the_playbook_names_no_zone(run: Run, tmp_path: Path) -> None:
    """Without the zone the file is refused, and the error says which line to add."""
    text = (HERE / "bpi12.toml").read_text(encoding="utf-8")
    book = loads("\n".join(line for line in text.splitlines() if not line.startswith("zone")), format="toml")
    leads = write_rows(tmp_path / "applications.csv", distinct(run.rows, "CaseID"))
    events = write_rows(tmp_path / "items.csv", numbered(run.rows, by="us"))
    with pytest.raises(InputError, match="zone = ") as caught:
        read_base(book, leads=leads, events=events, now=BPI12_NOW)
    assert caught.value.total == 36_404


def test_bpi12_ledger_adds_up_for_every_application(run: Run) -> None:
    """No ledger differs from its score by a hundredth."""
    assert all(adds_up(score) for score in run.scores.values())


def test_bpi12_counts_work_items_as_a_plain_recount_does(run: Run) -> None:
    """Every item, every day with one, the newest three of item 5, two of item 3 a week, every item 2."""
    counts = counted(run)
    by_case: dict[str, Counter[str]] = defaultdict(Counter)
    weeks: Counter[tuple[str, int]] = Counter()
    for row in run.rows:
        by_case[row["CaseID"]][row["ActivityID"]] += 1
        if row["ActivityID"] == "3":
            weeks[row["CaseID"], (day(row) - 1) // 7] += 1
    assert counts["Work item"] == len(run.rows)
    assert matched(run)["Item 5, newest three"] == sum(kinds["5"] for kinds in by_case.values())
    assert counts["Day with work"] == len({(row["CaseID"], day(row)) for row in run.rows})
    assert counts["Item 5, newest three"] == sum(min(3, kinds["5"]) for kinds in by_case.values())
    assert counts["Two of item 3 a week"] == sum(min(2, items) for items in weeks.values())
    assert counts["Item 2"] == sum(kinds["2"] for kinds in by_case.values())


def test_bpi12_work_of_clerks_is_no_interaction(run: Run) -> None:
    """Our own acts earn what their rules say, but no application was active by them."""
    assert all(score.interactions == 0 and score.active_days == 0 for score in run.scores.values())
    assert all(score.days_since_activity is None for score in run.scores.values())
    last: dict[str, int] = defaultdict(int)
    for row in run.rows:
        last[row["CaseID"]] = max(last[row["CaseID"]], day(row))
    today = BPI12_NOW.astimezone(CLERKS_DAY).date().toordinal()
    assert {id_: score.days_since_contact for id_, score in run.scores.items()} == {
        id_: today - newest for id_, newest in last.items()
    }
