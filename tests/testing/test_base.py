"""The synthetic base: the same for the same seed, honest about its truth, and fit for files."""

import csv
import hashlib
from collections import Counter
from datetime import UTC, datetime, timedelta
from math import exp

import pytest

from leadqual.errors import ProblemsError
from leadqual.testing import SyntheticBase, synthetic_base

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def base() -> SyntheticBase:
    """A base large enough for shares to settle."""
    return synthetic_base(seed=3, leads=2000)


def test_synthetic_base_is_the_same_for_the_same_seed():
    """Two calls give equal leads, events and outcomes."""
    assert synthetic_base(seed=5, leads=50) == synthetic_base(seed=5, leads=50)


def test_synthetic_base_differs_with_the_seed():
    """Another seed is another base."""
    assert synthetic_base(seed=5, leads=50).events != synthetic_base(seed=6, leads=50).events


def test_synthetic_base_is_the_same_on_every_version_of_python(tmp_path):
    """The files of one seed have a known digest, so nothing in them hangs on the interpreter."""
    paths = synthetic_base(seed=7, leads=100).write(tmp_path)
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
    assert digest == "9b2585dd403102119877bb4002817f2eb739e4300cac815ab3ac536f439e0ed2"


def test_synthetic_base_begins_with_the_smaller_one():
    """More leads of one seed leave the first ones as they were."""
    small, large = synthetic_base(seed=5, leads=20), synthetic_base(seed=5, leads=40)
    assert large.leads[:20] == small.leads
    assert large.outcomes[:20] == small.outcomes


def test_synthetic_base_keeps_every_event_between_creation_and_now(base):
    """No act comes before its lead or after the base."""
    created = {lead.id: lead.created_at for lead in base.leads}
    assert all(created[event.lead_id] <= event.at < base.now for event in base.events)


def test_synthetic_base_decides_outcomes_after_now(base):
    """A score at `now` cannot have seen what became of the lead."""
    assert all((o.at is None) == (o.result == "open") and (o.at is None or o.at > base.now) for o in base.outcomes)


def test_synthetic_base_draws_outcomes_from_the_stated_truth(base):
    """The chance of each lead is the formula of the docstring, and the won are about as many as it says."""
    assert all(o.chance == 1 / (1 + exp(-(-3.0 + 1.2 * o.fit + 1.5 * o.interest))) for o in base.outcomes)
    expected = sum(o.chance for o in base.outcomes)
    spread = sum(o.chance * (1 - o.chance) for o in base.outcomes) ** 0.5
    assert abs(sum(o.result == "won" for o in base.outcomes) - expected) < 4 * spread


def test_synthetic_base_has_what_real_ones_have(base):
    """Gaps in profiles, our own acts, robots, deliveries made twice, and every acquisition and outcome."""
    assert any("job_title" not in lead.attributes for lead in base.leads)
    assert {event.by for event in base.events} == {"lead", "us"}
    assert base.robots <= {event.key for event in base.events}
    assert base.robots
    twice = [key for key, count in Counter(event.key for event in base.events).items() if count > 1]
    assert twice
    assert {lead.acquisition for lead in base.leads} == {"inbound", "outbound", "partner"}
    assert {outcome.result for outcome in base.outcomes} == {"won", "lost", "open"}


def test_synthetic_base_repeats_events_only_as_exact_copies(base):
    """One id never stands for two contents."""
    assert len(set(map(repr, base.events))) == len({event.key for event in base.events})


def test_synthetic_base_uses_addresses_that_cannot_be_anybodys(base):
    """All mail domains end in a reserved name."""
    assert all(lead.email.endswith(".example") for lead in base.leads)


def test_synthetic_base_writes_files_that_hold_everything(tmp_path):
    """Each lead, event and outcome is one row."""
    base = synthetic_base(seed=1, leads=30, now=NOW - timedelta(days=700))
    texts = (path.read_text(encoding="utf-8") for path in base.write(tmp_path / "new"))
    leads, events, outcomes = (list(csv.DictReader(text.splitlines())) for text in texts)
    assert [row["lead_id"] for row in leads] == [lead.id for lead in base.leads]
    assert [row["event_id"] for row in events] == [event.id for event in base.events]
    assert [row["outcome"] for row in outcomes] == [outcome.result for outcome in base.outcomes]


@pytest.mark.parametrize("wrong", [{"seed": -1}, {"seed": True}, {"leads": 1_000_000}, {"days": 0}, {"leads": 2.0}])
def test_synthetic_base_refuses_arguments_out_of_range(wrong):
    """What is wrong is named with its range."""
    with pytest.raises(ProblemsError, match=f"synthetic_base.{next(iter(wrong))}: a whole number was expected"):
        synthetic_base(**wrong)


@pytest.mark.parametrize("days", [1, 2, 3650])
def test_synthetic_base_keeps_to_the_days_asked_for(days):
    """Leads arrive within these days before now."""
    base = synthetic_base(seed=2, leads=40, days=days)
    assert all(base.now - timedelta(days=days) <= lead.created_at < base.now for lead in base.leads)
