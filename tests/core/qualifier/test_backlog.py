"""Who waits to be promoted."""

from datetime import timedelta

import pytest

from leadqual import Event, Lead, TransitionError
from leadqual.qualifier.backlog import Backlog, Waiting, backlog
from tests.core.lifecycle.small import BIG, INTEREST, MID, TINY, live, small
from tests.practice.life import on

LEVELS = INTEREST.replace("decay =", "levels = { 1 = 10, 2 = 0 }\ndecay =")
BY = small(interest=LEVELS)


def _imported(number: int, attributes, *days: float):
    """Return the record of a lead that came with a back-fill of visits."""
    events = [Event(id=f"e{number}-{day}", lead_id=f"L{number}", kind="visit", at=on(day)) for day in days]
    return BY.open(Lead(id=f"L{number}", attributes=attributes), events, now=on(0), imported=True).record


def test_backlog_counts_who_would_enter_each_stage():
    """Only those who would go on are in it; nobody does by being counted."""
    records = [_imported(1, BIG, 0), _imported(2, BIG, 0, -0.1, -0.2, -0.3), _imported(3, BIG), _imported(4, MID, 0)]
    found = BY.waiting(records, now=on(0))
    assert found.counts == {"mql": 2, "sql": 1}
    assert list(found.counts) == ["mql", "sql"]
    assert str(found) == "2 would enter mql; 1 would enter sql."
    assert {record.stage for record in records} == {"lead"}


def test_backlog_begins_with_the_best_label_then_the_latest_act():
    """Leads of whom nothing is known come after all labels, and the id decides the rest."""
    records = [
        _imported(5, BIG, 0),
        _imported(4, BIG, 0),
        _imported(1, {}, 0),
        _imported(2, TINY, 0),
        _imported(3, MID, 0),
        _imported(6, BIG, 0, -0.5),
    ]
    found = BY.waiting(records, now=on(0))
    assert [one.lead_id for one in found.leads] == ["L4", "L5", "L6", "L3", "L2", "L1"]
    assert [one.label for one in found.leads] == ["A2", "A2", "A2", "B2", "D2", "-2"]
    assert {one.last_act for one in found.leads} == {on(0)}


def test_backlog_puts_who_acted_later_first():
    """And behind them those who never did anything."""
    early, late = _imported(1, BIG, -0.5, -0.6), _imported(2, BIG, -0.1, -0.7)
    outcomes = [BY.release(record, now=on(0)) for record in (early, late)]
    silent = live(
        small(qualify='[qualify.mql]\nwhen = { field = "fit", op = "ge", value = 10 }\n'), id="L0", imported=True
    )
    found = backlog([silent.is_released(0), *outcomes], on(0))
    assert [(one.lead_id, one.stage) for one in found.leads if one.label == "A2"] == [("L2", "mql"), ("L1", "mql")]
    assert next(one for one in found.leads if one.lead_id == "L0").last_act is None


def test_backlog_of_leads_without_labels_goes_by_act_and_id():
    """A silent one comes after one that did something, however long ago."""
    by = small(fit="", qualify='[qualify.mql]\nwhen = { field = "id", op = "exists" }\n')
    records = []
    for name, days in (("La", ()), ("Lb", (-300,)), ("Lc", (-200,))):
        events = [Event(id=f"{name}{day}", lead_id=name, kind="visit", at=on(day)) for day in days]
        records.append(by.open(Lead(id=name), events, now=on(0), imported=True).record)
    assert [one.lead_id for one in by.waiting(records, now=on(0)).leads] == ["Lc", "Lb", "La"]


def test_backlog_of_nobody_says_so():
    """An empty one is no problem."""
    assert (str(BY.waiting([], now=on(0))), BY.waiting([], now=on(0))) == (
        "Nobody would be promoted.",
        Backlog(leads=(), counts={}),
    )


def test_backlog_tells_thousands_apart():
    """Large numbers are written so that they can be read."""
    assert str(Backlog(leads=(), counts={"mql": 12000})) == "12,000 would enter mql."


def test_backlog_holds_promotions_only_and_none_that_time_brings():
    """A lead that wakes meanwhile is not promoted by the release."""
    by = small("[recycle.outbound]\nrest_months = [1, 2]\n", interest=LEVELS)
    life = live(by, acquisition="outbound")
    life.is_said("maybe", 1)
    assert by.waiting([life.record], now=on(100)).leads == ()
    with pytest.raises(TransitionError):
        by.waiting([life.record], now=on(1) - timedelta(seconds=1))


def test_waiting_lead_is_told_with_its_stage_and_label():
    """All that a release list needs."""
    found = BY.waiting([_imported(1, BIG, 0)], now=on(0))
    assert found.leads == (Waiting(lead_id="L1", stage="mql", label="A2", last_act=on(0)),)
