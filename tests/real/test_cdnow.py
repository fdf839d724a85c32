"""CDNOW's purchases: one kind of event, dates without time or zone."""

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from tests.real.figures import counted, matched
from tests.real.runs import CDNOW_NOW, Run, adds_up, run_cdnow

TODAY = CDNOW_NOW.date()


@pytest.fixture(scope="module")
def run(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Score the customers once for all tests."""
    return run_cdnow(shared_data, tmp_path_factory.mktemp("cdnow"))


def week(day: str) -> int:
    """Return the number of the week, from Monday on."""
    return (date.fromisoformat(day).toordinal() - 1) // 7


def test_cdnow_reads_every_purchase_of_every_customer(run: Run) -> None:
    """Equal rows of one customer and day are purchases of their own, since each has its row's number."""
    assert (run.base.report.events, len(run.scores)) == (6_919, 2_357)
    assert not run.base.report.copies


def test_cdnow_ledger_adds_up_for_every_customer(run: Run) -> None:
    """No ledger differs from its score by a hundredth."""
    assert all(adds_up(score) for score in run.scores.values())


def test_cdnow_counts_purchases_as_a_plain_recount_does(run: Run) -> None:
    """Every purchase, every week with one, every day with three to nine discs."""
    counts = counted(run)
    assert counts["Purchase"] == len(run.rows)
    assert matched(run)["Week with a purchase"] == len(run.rows)
    assert counts["Week with a purchase"] == len({(row["master_id"], week(row["date"])) for row in run.rows})
    assert counts["Several discs"] == len(
        {(row["master_id"], row["date"]) for row in run.rows if 3 <= int(row["cds"]) <= 9}
    )


def test_cdnow_counts_the_newest_three_large_orders(run: Run) -> None:
    """`weights` of three lets no customer's fourth order count."""
    large = Counter(row["master_id"] for row in run.rows if float(row["dollars"]) >= 50)
    assert counted(run)["Large order"] == sum(min(3, orders) for orders in large.values())


def test_cdnow_takes_points_for_every_ninety_quiet_days(run: Run) -> None:
    """The penalty follows from the age of the last purchase alone, down to its bound."""
    last: dict[str, date] = defaultdict(lambda: date.min)
    for row in run.rows:
        last[row["master_id"]] = max(last[row["master_id"]], date.fromisoformat(row["date"]))
    for id_, score in run.scores.items():
        age = (TODAY - last[id_]).days
        lost = sum(line.raw + line.cap for line in score.lines if line.what == "inactivity")
        assert score.days_since_activity == age
        assert lost == max(-9, -3 * (age // 90))


def test_cdnow_ranks_those_who_bought_often_and_lately_first(run: Run) -> None:
    """The hottest level bought more often than the coldest, and more lately."""

    def means(level: int) -> tuple[float, float]:
        scores = [score for score in run.scores.values() if score.level == level]
        days = sum(score.days_since_activity or 0 for score in scores)
        return sum(score.interactions for score in scores) / len(scores), days / len(scores)

    (often, days), (seldom, many_days) = means(1), means(4)
    assert often > 3 * seldom
    assert 3 * days < many_days
