"""The bank's leads: what is known of a person, and what they answered to an earlier campaign."""

from collections import Counter
from pathlib import Path

import pytest

from tests.real.figures import bank_lift
from tests.real.runs import Run, adds_up, lift, playbook, run_bank


@pytest.fixture(scope="module")
def run(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Score the bank's leads once for all tests."""
    return run_bank(shared_data, tmp_path_factory.mktemp("bank"))


def test_bank_scores_every_lead(run: Run) -> None:
    """Each of the 9,009 rows is a lead with a score, on the day of its last contact."""
    assert len(run.scores) == 9_009
    assert set(run.scores) == {row["lead_id"] for row in run.rows}


def test_bank_ledger_adds_up_for_every_lead(run: Run) -> None:
    """No ledger differs from its score by a hundredth."""
    assert all(adds_up(score) for score in run.scores.values())


def test_bank_top_tenth_says_yes_well_above_the_base_rate(run: Run) -> None:
    """The best tenth of the leads says yes at least 2.2 times as often as all."""
    found = bank_lift(run)
    assert found.top == 900
    assert found.times >= 2.2


def test_bank_top_tenth_holds_on_the_leads_the_points_were_not_chosen_on(run: Run) -> None:
    """The points were chosen on even lead numbers; the odd ones show the same."""
    odd = {id_: score for id_, score in run.scores.items() if int(id_[1:]) % 2}
    assert lift(odd, {row["lead_id"]: row["y"] == "yes" for row in run.rows}).times >= 2.2


def test_bank_playbook_reads_nothing_that_only_the_last_call_showed() -> None:
    """Neither the call's duration nor the campaign's number of calls, and not the outcome."""
    book = playbook("bank")
    read = set(book.model.attributes) | set(book.columns["leads"].values())
    assert not read & {"duration", "campaign", "y"}


def test_bank_reads_every_earlier_contact_as_an_event_with_its_outcome(run: Run) -> None:
    """The events by kind are the rows by outcome."""
    kinds = Counter(event.kind for events in run.base.events.values() for event in events)
    outcomes = Counter(row["poutcome"] for row in run.rows if row["pdays"] != "-1")
    assert kinds == Counter(
        said_yes=outcomes["success"],
        said_no=outcomes["failure"],
        said_maybe=outcomes["other"],
        talked=outcomes["unknown"],
    )
    assert sum(kinds.values()) == 1_627


def test_bank_finds_each_contact_as_old_as_the_file_says(run: Run) -> None:
    """On the day of the last contact the earlier one is `pdays` days old, with or without summer time between them."""
    for row in run.rows:
        score = run.scores[row["lead_id"]]
        age = score.days_since_contact if row["poutcome"] == "unknown" else score.days_since_activity
        assert age == (None if row["pdays"] == "-1" else int(row["pdays"]))


def test_bank_gives_the_same_scores_when_all_are_decided_on_one_day(
    run: Run, shared_data: Path, tmp_path: Path
) -> None:
    """Only ages count: with the contacts moved to one common day of decision every score is the same."""
    together = run_bank(shared_data, tmp_path, one_now=True)
    assert {id_: (score.label, score.total) for id_, score in run.scores.items()} == {
        id_: (score.label, score.total) for id_, score in together.scores.items()
    }


def test_bank_ranks_an_earlier_yes_above_a_maybe_above_a_no(run: Run) -> None:
    """Of contacts less than a year old, what the lead answered orders the interest."""
    recent = [row for row in run.rows if 0 <= int(row["pdays"]) <= 90]
    ranges = {
        outcome: [run.scores[row["lead_id"]].interest for row in recent if row["poutcome"] == outcome]
        for outcome in ("failure", "other", "success")
    }
    assert max(ranges["failure"]) <= 4 <= max(ranges["other"]) <= 8 < min(ranges["success"])
