"""Many processes at work on fifty leads of one store at once: nothing is lost, nothing happens twice, nobody fails."""

import pytest

from .scale import of, ran, say

PROCESSES = of(4, 8)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"], indirect=True)
def test_crowd_on_few_leads_loses_and_doubles_nothing(kind, new_url, tmp_path):
    """Events in batches, verdicts, ticks and effects: in the end each score is that of all events of its lead."""
    events = of(400, 10_000) if kind == "sqlite" else of(200, 2_000)
    found = ran("crowd", url=new_url(), folder=tmp_path, processes=PROCESSES, events=events)
    assert found["flaws"] == {}
    assert found["new"] == PROCESSES * events
    assert min(found[name] for name in ("known", "said", "sent", "changes")) > 0
    say(f"{PROCESSES} processes on {kind}", found)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"], indirect=True)
def test_crowd_with_a_planner_of_somebody_elses_loses_and_doubles_nothing(kind, new_url, tmp_path):
    """What was decided upon without a lock is looked at again before it is written."""
    events = of(100, 1_000)
    found = ran("crowd", url=new_url(), folder=tmp_path, processes=PROCESSES, events=events, by="others")
    assert found["flaws"] == {}
    assert found["new"] == PROCESSES * events
    say(f"{PROCESSES} processes on {kind}, with a planner of somebody else's", found)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_store_in_which_the_last_one_wins_is_found_out(kind, new_url, tmp_path):
    """What is read without a lock, and written in spite of others, loses updates."""
    found = ran("crowd", url=new_url(), folder=tmp_path, processes=4, events=200, build="hasty")
    assert found["flaws"].keys() & {"update lost", "lead that cannot be read", "gap between facts"}
