"""Mautic's points, groups and triggers, where their meaning is ours; README.md lists the rest."""

from pathlib import Path
from typing import Any

import pytest

from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.scoring import Score
from tests.real.acts import NOW, act, acts, published
from tests.real.runs import adds_up, playbook

OURS = ("plus", "minus")
TRIGGERS = {5: "mql", 6: "sql"}


@pytest.fixture(scope="module")
def facts(shared_data: Path) -> Any:
    """Return the cases."""
    return published(shared_data / "mautic_points" / "points_cases.json")


def score(name: str, events: list[Event]) -> Score:
    """Score the events, with a ledger that adds up."""
    found = playbook(name).model.score(Lead(id="L"), events, now=NOW)
    assert adds_up(found)
    return found


def points_of(case: Any) -> list[Event]:
    """Return a case's start and operations as events."""
    start = ["plus 100"] if case["start"] == 100 else []
    return acts([*start, *(f"{op} {amount}" for op, amount in case["ops"])])


def test_mautic_points_are_added_and_taken_away(facts: Any) -> None:
    """The five cases of plus and minus alone end at the published points, below nought too."""
    ours = [case for case in facts["adjust_cases"] if all(op in OURS for op, _ in case["ops"])]
    assert [score("mautic_points", points_of(case)).interest for case in ours] == [5, -5, 200, 0, 220]
    assert [case["expected"] for case in ours] == [5, -5, 200, 0, 220]
    assert {case["start"] for case in ours} == {0, 100}
    assert len(facts["adjust_cases"]) - len(ours) == 6


def test_mautic_points_change_once_however_often_they_are_asked_for(facts: Any) -> None:
    """Saved three times there, scored three times and delivered twice here: the points are added once."""
    case = next(case for case in facts["adjust_cases"] if case.get("then") == "saved three times")
    events = points_of(case)
    assert {score("mautic_points", events).interest for _ in range(3)} == {case["expected"]}
    assert score("mautic_points", events + events).interest == case["expected"]


def test_mautic_groups_have_scores_of_their_own(facts: Any) -> None:
    """Line A has 10 and then 8; line B has its 21 beside it."""
    steps = facts["group_cases"][0]["steps"]
    assert [step[3] for step in steps if step[1] in OURS] == [10, 8]
    assert score("mautic_groups", acts(["A plus 10"])).groups["A"] == 10
    found = score("mautic_groups", acts(["A plus 10", "A minus 2", "B set 21"]))
    assert found.groups == {"A": 8, "B": facts["group_cases"][0]["expected"]["B"]}


def test_mautic_group_action_changes_its_group_only(facts: Any) -> None:
    """A mail of line A gives A its points and B none; they are part of our interest, which there they are not."""
    found = score("mautic_groups", [act("email.open", line="A")])
    assert found.groups == {"A": facts["group_cases"][1]["expected"]["A"], "B": 0}
    assert found.interest == 5
    assert facts["group_cases"][1]["expected"]["main"] == 0


def test_mautic_action_without_a_group_changes_the_main_score(facts: Any) -> None:
    """A mail of no line leaves both groups as they were."""
    found = score("mautic_groups", [act("email.open")])
    assert found.interest == facts["group_cases"][2]["expected"]["main"]
    assert found.groups == {"A": 0, "B": 0}


def test_mautic_trigger_fires_at_or_above_its_threshold(facts: Any) -> None:
    """Five points reach the trigger at 5 and not the one at 6, whenever the trigger was made."""
    for case in (facts["trigger_cases"][0], facts["trigger_cases"][2]):
        reached = {t["tag"]: TRIGGERS[t["threshold"]] for t in case["triggers"]}
        found = score("mautic_points", acts([f"plus {case['points']}"]))
        assert found.qualifies == {reached[tag] for tag in case["expected_tags"]}


def test_mautic_group_trigger_reads_its_group_s_points(facts: Any) -> None:
    """Five points in line A reach the trigger of line A alone."""
    case = facts["trigger_cases"][1]
    assert case["group_points"] == {"A": 5}
    assert case["expected_tags"] == ["tagA"]
    assert score("mautic_groups", [act("email.open", line="A")]).qualifies == {"mql"}
