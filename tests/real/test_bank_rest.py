"""What the bank's earlier calls say about the rest of a maybe, and what the study quotes of it."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta

from tests.real.convert import Row, last_contact, read_rows
from tests.real.rest_study import Rate, Replayed, rate, replay_bank, report, wake_days

STUDY = Path(__file__).resolve().parents[2] / "docs" / "studies" / "rest.md"


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> dict[str, Row]:
    """Return the rows of the bank's file by lead."""
    return {row["lead_id"]: row for row in read_rows(shared_data / "bank_leads" / "bank_leads.csv.gz")}


@pytest.fixture(scope="module")
def leads(shared_data: Path) -> list[Replayed]:
    """Replay the bank's leads once for all tests."""
    return replay_bank(shared_data)


def test_study_prints_what_its_page_quotes(shared_data: Path) -> None:
    """The page holds the output of the script, to the letter."""
    quoted = STUDY.read_text(encoding="utf-8").split("```text\n")[2].split("```")[0]
    assert "\n".join(report(shared_data)) + "\n" == quoted


def test_study_says_in_words_only_figures_that_its_output_holds() -> None:
    """Every share that the text names stands in the printed table, rounded alike."""
    printed, _, text = STUDY.read_text(encoding="utf-8").partition("Bank: 9,009 leads")[2].partition("```")
    shares = set(re.findall(r"\d+\.\d(?= %| to \d)", text))
    assert len(shares) > 10
    assert shares <= set(re.findall(r"\d+\.\d", printed))


def _recount(rows: dict[str, Row], chosen: Callable[[Row], bool]) -> Rate:
    answers = [row["y"] for row in rows.values() if chosen(row)]
    return Rate(answers.count("yes"), len(answers))


@pytest.mark.parametrize(("span", "found"), [((60, 120), Rate(11, 54)), ((200, 365), Rate(22, 172))])
def test_bank_maybes_called_again_are_those_of_a_plain_recount(rows, leads, span, found) -> None:
    """Counted from the file with nothing else, as many were asked and said yes as in the replay."""
    low, high = span
    plain = _recount(rows, lambda row: row["poutcome"] == "other" and low <= int(row["pdays"]) <= high)
    replayed = rate(lead for lead in leads if lead.first == "maybe" and low <= lead.days <= high)
    assert plain == replayed == found


@pytest.mark.parametrize(
    ("year", "short", "long"), [("2008", (0, 11), (0, 0)), ("2009", (5, 23), (16, 159)), ("2010", (6, 20), (6, 13))]
)
def test_bank_maybes_by_year_are_those_of_a_plain_recount(rows, year, short, long) -> None:
    """The split by year adds up from the file."""
    again = {id_: row for id_, row in rows.items() if (row["poutcome"], row["year"]) == ("other", year)}
    assert _recount(again, lambda row: 60 <= int(row["pdays"]) <= 120) == Rate(*short)
    assert _recount(again, lambda row: 200 <= int(row["pdays"]) <= 365) == Rate(*long)


def test_bank_maybes_all_wake_within_three_to_six_calendar_months(rows, leads) -> None:
    """Each rest ends on a day between the two dates that the calendar gives, and one tick ends it."""
    maybes = [lead for lead in leads if lead.first == "maybe"]
    assert len(maybes) == 369
    for lead in maybes:
        row = rows[lead.lead_id]
        said = last_contact(row) - timedelta(days=int(row["pdays"]))
        assert said + relativedelta(months=3) <= lead.rested_until.date() <= said + relativedelta(months=6)
        assert lead.woken


def test_bank_maybes_called_before_during_and_after_their_window_are_all_decided(rows, leads) -> None:
    """A call may come while the lead rests or after it: its verdict is taken either way, and is that of the file."""
    maybes = [lead for lead in leads if lead.first == "maybe"]
    assert Counter(lead.window for lead in maybes) == {
        "before 3 months": 36,
        "3 to 6 months": 100,
        "after 6 months": 233,
    }
    assert {lead.window for lead in maybes if lead.stage == "won"} == {lead.window for lead in maybes}
    assert all((lead.stage == "won") is (rows[lead.lead_id]["y"] == "yes") for lead in maybes)


def test_bank_ended_leads_take_no_verdict_without_being_reopened(leads) -> None:
    """A lead that said no or yes before is closed: within ninety days it can be reopened, later it cannot."""
    ended = [lead for lead in leads if lead.first in ("yes", "no")]
    assert len(ended) == 1_257
    assert all(lead.refused for lead in ended)
    assert all(lead.reopened is (lead.days <= 90) for lead in ended)


def test_ten_thousand_maybes_of_one_day_wake_on_many_days() -> None:
    """No more than one in twenty wakes on the same day, and none outside the window."""
    days = wake_days(10_000, at=datetime(2009, 8, 31, 12, tzinfo=UTC))
    assert days.total() == 10_000
    assert max(days.values()) <= 500
    assert (min(days).date(), max(days).date()) == (date(2009, 11, 30), date(2009, 12, 30))


@pytest.mark.parametrize("found", [Rate(11, 54), Rate(22, 172), Rate(0, 11), Rate(7, 7)])
def test_interval_ends_where_the_observed_share_is_just_not_surprising(found: Rate) -> None:
    """At either end of Wilson's interval, the share lies 1.96 standard deviations of that end away."""
    share = found.yes / found.asked
    for end in found.interval():
        deviation = (end * (1 - end) / found.asked) ** 0.5
        assert abs(share - end) == pytest.approx(1.959963984540054 * deviation, abs=1e-9)
