"""One event, one time: copies are one, one id with two contents is a conflict."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from leadqual.errors import EventConflict, EventError
from leadqual.interest import dedupe
from leadqual.lead import Lead
from tests.core.support import event, on, rule, rules, scored

TYPES = {"asset": "text", "amount": "number", "at_least": "instant"}
MODEL = rules(rule(), properties=TYPES)


def _deduped(*events, **more):
    return dedupe(events, TYPES, **more)


def test_exact_copies_are_one_event():
    """Equal content under one id counts once, silently; how many copies there were is told."""
    result = _deduped(event("a"), event("b"), event("a"), event("a"))
    assert [kept.id for kept in result.events] == ["a", "b"]
    assert (result.copies, result.conflicts) == (2, ())
    assert scored(MODEL, [event("a"), event("a")]).interest == 10


def test_equal_events_with_other_ids_are_two():
    """The id tells events apart, not the content."""
    assert scored(MODEL, [event("a"), event("b")]).interest == 20


def test_ids_are_unique_within_their_source():
    """The same id of two sources is two events."""
    assert scored(MODEL, [event("a", source="web"), event("a", source="crm"), event("a")]).interest == 30


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"asset": "e\u0301"}, {"asset": "é"}),
        ({"amount": 0.0}, {"amount": -0.0}),
        ({"amount": 1}, {"amount": 1.0}),
        ({}, {"amount": float("nan")}),
        ({"asset": None}, {"asset": ""}),
        ({"at_least": datetime(2026, 1, 1, tzinfo=UTC)},
         {"at_least": datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=1)))}),
        ({"undeclared": 1}, {"undeclared": 2}),
        ({"kind": "d\u00e9mo"}, {"kind": "de\u0301mo"}),
    ],
)  # fmt: skip
def test_contents_compare_after_reading(one, two):
    """Texts in NFC, one zero, one kind of missing, instants as instants; undeclared properties are no content."""
    result = _deduped(event("a", **one), event("a", **two))
    assert (len(result.events), result.copies, result.conflicts) == (1, 1, ())


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        ({"lead_id": "L2"}, ("lead_id",)),
        ({"kind": "visit"}, ("kind",)),
        ({"by": "us"}, ("by",)),
        ({"at": on(0, 1)}, ("at",)),
        ({"asset": "x", "amount": 1}, ("amount", "asset")),
    ],
)
def test_two_contents_of_one_id_are_a_conflict(other, differs):
    """What differs is named; no copy of the id is kept."""
    result = _deduped(event("a"), event("b"), event("a", **other))
    (conflict,) = result.conflicts
    assert (conflict.key, conflict.differs) == (("", "a"), differs)
    assert [kept.id for kept in result.events] == ["b"]


def test_conflicts_are_raised_all_together():
    """`score` and `tally` refuse conflicting ids: each with its source and what differs, none resolved."""
    events = [event("a"), event("b", source="crm"), event("a", 1), event("b", 1, source="crm"), event("a", 2)]
    for call in (lambda: scored(MODEL, events), lambda: MODEL.tally(events)):
        with pytest.raises(EventConflict) as caught:
            call()
        assert [str(problem).partition(". ")[0] for problem in caught.value.problems] == [
            "event 'a': one id came with two contents (got 'differs in at')",
            "event 'b' of 'crm': one id came with two contents (got 'differs in at')",
        ]


@pytest.mark.parametrize("day", [-100, 100])
def test_events_that_do_not_count_can_conflict_too(day):
    """Dedupe sees events before `since` and after now as well."""
    of = Lead(id="L1", since=on(-1))
    with pytest.raises(EventConflict):
        scored(MODEL, [event("a", day), event("a", day, "visit")], of=of)


def test_flagged_events_do_not_exist():
    """A flagged event neither counts nor conflicts; without the flag it does both."""
    events = [event("a"), event("b"), event("b", 0, "visit")]
    assert scored(MODEL, events, flagged={("", "b")}).interest == 10
    assert scored(MODEL, events, flagged={("", "a"), ("", "b")}).interest == 0
    assert len(MODEL.tally(events, flagged={("", "b")})) == 1


def test_merged_ids_are_one_lead():
    """After a merge the same event under both lead ids is one event."""
    of = Lead(id="L1", merged_ids=["L2"])
    events = [event("a"), event("a", lead_id="L2"), event("b", lead_id="L2")]
    assert scored(MODEL, events, of=of).interest == 20
    assert len(MODEL.tally(events, lead=of)) == 2


@pytest.mark.parametrize(
    "fold", [lambda events: scored(MODEL, events), lambda events: MODEL.tally(events, lead=Lead(id="L1"))]
)
def test_events_of_another_lead_are_refused(fold):
    """Whose events they are is checked, with what to do after a merge."""
    with pytest.raises(EventError, match=r"event 'b'.lead_id: lead 'L1' was expected .*L2.*merged_ids"):
        fold([event("a"), event("b", lead_id="L2")])


def test_properties_of_another_type_are_refused():
    """A doubled id is compared by what is declared, which must have its type; the value is not shown."""
    with pytest.raises(EventError, match=r"^event 'a'\.properties\.amount: a number was expected \(got str\)"):
        _deduped(event("a", amount="Ada"), event("a"))


def test_what_follows_a_flagged_event_counts():
    """A flagged event is passed over, wherever it stands."""
    assert [kept.id for kept in _deduped(event("a"), event("b"), event("c"), flagged={("", "a")}).events] == ["b", "c"]


def test_conflicts_hold_both_events():
    """Of three contents the first two are kept, for whoever looks into it."""
    one, two = event("a"), event("a", 1)
    (conflict,) = _deduped(one, two, event("a", 2)).conflicts
    assert (conflict.first, conflict.other) == (one, two)
