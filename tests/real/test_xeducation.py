"""X Education's leads: one row a lead, read from the file as it is."""

from pathlib import Path

import pytest
from attrs import evolve

from leadqual.files import write_scores
from tests.real.convert import read_rows
from tests.real.figures import xeducation_lift
from tests.real.runs import XEDUCATION_NOW, Run, adds_up, lift, playbook, run_xeducation

AFTERWARDS = {
    "Tags",
    "Lead Quality",
    "Lead Profile",
    "Asymmetrique Activity Index",
    "Asymmetrique Profile Index",
    "Asymmetrique Activity Score",
    "Asymmetrique Profile Score",
    "Last Notable Activity",
    "Converted",
}


@pytest.fixture(scope="module")
def run(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Score the leads of the file as it is, once for all tests."""
    return run_xeducation(shared_data, tmp_path_factory.mktemp("xeducation"))


@pytest.fixture(scope="module")
def run_with_acts(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Score them with their last acts as events."""
    return run_xeducation(shared_data, tmp_path_factory.mktemp("xeducation"), with_events=True)


def test_xeducation_scores_every_lead(run: Run) -> None:
    """Each of the 6,431 rows is a lead with a score."""
    assert len(run.scores) == 6_431
    assert set(run.scores) == {row["Lead Number"] for row in run.rows}


def test_xeducation_ledger_adds_up_for_every_lead(run: Run) -> None:
    """No ledger differs from its score by a hundredth."""
    assert all(adds_up(score) for score in run.scores.values())


def test_xeducation_top_tenth_converts_well_above_the_base_rate(run: Run) -> None:
    """The best tenth of the leads converts at least 1.8 times as often as all."""
    found = xeducation_lift(run)
    assert found.top == 643
    assert found.times >= 1.8


def test_xeducation_top_tenth_holds_on_the_leads_the_points_were_not_chosen_on(run: Run) -> None:
    """The points were chosen on even lead numbers; the odd ones show the same."""
    odd = {id_: score for id_, score in run.scores.items() if int(id_) % 2}
    good = {row["Lead Number"]: row["Converted"] == "1" for row in run.rows}
    assert lift(odd, good).times >= 1.8


def test_xeducation_playbook_reads_nothing_that_was_known_only_afterwards(shared_data: Path) -> None:
    """No column filled in by sales, nor the outcome, is mapped; and every mapped column is in the file."""
    book = playbook("xeducation")
    read = set(book.columns["leads"].values())
    assert not read & AFTERWARDS
    assert read <= set(read_rows(shared_data / "xeducation" / "leads_dev.csv.gz")[0])
    assert not set(book.model.attributes) & AFTERWARDS
    assert set(book.model.attributes) <= set(book.columns["leads"])


def test_xeducation_takes_select_for_missing(run: Run) -> None:
    """The form's unanswered choice is no specialization, no city and no answer."""
    for name, column in (("specialization", "Specialization"), ("city", "City")):
        known = sum(name in lead.attributes for lead in run.base.leads.values())
        assert known == sum(row[column] not in ("", "Select") for row in run.rows)


def test_xeducation_counts_both_spellings_of_google(run: Run) -> None:
    """Leads from `google` and from `Google` earn the criterion alike, and nobody else but organic search does."""
    earned = {
        score.lead_id
        for score in run.scores.values()
        if any(line.name == "Searched for us" and line.points for line in score.lines)
    }
    rows = {row["Lead Number"] for row in run.rows if row["Lead Source"] in ("google", "Google", "Organic Search")}
    assert earned == rows
    assert any(row["Lead Source"] == "google" for row in run.rows)


def test_xeducation_top_tenth_stays_ahead_with_acts_as_events(run: Run, run_with_acts: Run) -> None:
    """With each lead's last act as an event both axes count, fit stays as it was and the best tenth still leads."""
    assert {id_: score.fit for id_, score in run.scores.items()} == {
        id_: score.fit for id_, score in run_with_acts.scores.items()
    }
    assert all(adds_up(score) for score in run_with_acts.scores.values())
    assert xeducation_lift(run_with_acts).times >= 1.8


def test_xeducation_earns_interest_by_the_leads_own_acts_only(run_with_acts: Run) -> None:
    """A text message that was sent leaves the interest at nought; a form handed in does not."""
    sent = [row["Lead Number"] for row in run_with_acts.rows if row["Last Activity"] == "SMS Sent"]
    handed_in = [
        row["Lead Number"] for row in run_with_acts.rows if row["Last Activity"] == "Form Submitted on Website"
    ]
    assert {run_with_acts.scores[id_].interest for id_ in sent} == {0}
    assert {run_with_acts.scores[id_].active_days for id_ in sent} == {0}
    assert {run_with_acts.scores[id_].level for id_ in handed_in} == {2}


def test_xeducation_scores_are_written_one_line_a_lead(run: Run, tmp_path: Path) -> None:
    """The file has a line for every lead, in the order of the ids as text."""
    path = tmp_path / "scores.csv"
    assert write_scores(path, run.scores.values()) == 6_431
    ids = [line.split(",")[0] for line in path.read_text(encoding="utf-8").splitlines()]
    assert ids == ["lead_id", *sorted(run.scores)]


def test_xeducation_top_tenth_holds_without_what_forms_leave_open(run: Run) -> None:
    """Should occupation, studies and motive have been asked for later, the rest alone still finds the best tenth."""
    model = playbook("xeducation").model
    later = {"occupation", "specialization", "motive"}
    scores = {}
    for id_, lead in run.base.leads.items():
        known = {name: value for name, value in lead.attributes.items() if name not in later}
        scores[id_] = model.score(evolve(lead, attributes=known), (), now=XEDUCATION_NOW)
    good = {row["Lead Number"]: row["Converted"] == "1" for row in run.rows}
    assert lift(scores, good).times >= 2.2
