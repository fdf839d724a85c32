"""What is going to happen to a lead, kept for who asks the same again."""

from datetime import UTC, datetime

import pytest

from leadqual.qualifier.upcoming import Due, Upcoming

FIRST, SECOND = (Due(datetime(2026, 6, day, tzinfo=UTC), None, f"L1:{day}") for day in (1, 2))
LEAD, STATE = object(), object()


def test_upcoming_is_worked_out_once_when_the_same_is_asked_again():
    """A second working out would have given something else."""
    upcoming = Upcoming()
    assert upcoming.of((LEAD, STATE), lambda: [FIRST]) == (FIRST,)
    assert upcoming.of((LEAD, STATE), lambda: [SECOND]) == (FIRST,)


@pytest.mark.parametrize(
    "parts",
    [(LEAD, object()), (object(), STATE), (LEAD,), (LEAD, STATE, STATE)],
    ids=["state", "lead", "fewer", "more"],
)
def test_upcoming_is_worked_out_anew_when_a_part_is_another(parts):
    """Any part, be it alike in all, and the one before is forgotten."""
    upcoming = Upcoming()
    upcoming.of((LEAD, STATE), lambda: [FIRST])
    assert upcoming.of(parts, lambda: [SECOND]) == (SECOND,)
    assert upcoming.of((LEAD, STATE), list) == ()


def test_upcoming_forgets_nothing_when_working_out_fails():
    """What was known before stays, and what failed is asked anew."""

    def fail():
        raise LookupError

    upcoming = Upcoming()
    upcoming.of((LEAD,), lambda: [FIRST])
    with pytest.raises(LookupError):
        upcoming.of((STATE,), fail)
    assert upcoming.of((LEAD,), list) == (FIRST,)
    assert upcoming.of((STATE,), lambda: [SECOND]) == (SECOND,)
