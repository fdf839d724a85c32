"""What happened to a lead in the order in which it happened; whole lives are in tests/files/test_replay.py."""

from typing import Any

from leadqual import ConsentChange, Event, Tick, Verdict
from leadqual.lifecycle.nurtureinputs import TouchReport
from leadqual.qualifier.replaying import Story, beginning, in_order
from tests.core.lifecycle.small import lead, live, small
from tests.practice.life import on

AGREED = ConsentChange(channel="email", purpose="newsletter", given=True, at=on(1))
NO, SENT = Verdict("no", at=on(1)), TouchReport(key="k", at=on(1))


def act(name: str, day: float) -> Event:
    """Return a visit of the lead."""
    return Event(id=name, lead_id="L1", kind="visit", at=on(day))


def test_inputs_of_one_instant_have_their_order():
    """A consent, events by their key, a verdict, a report; what is earlier comes before, what is later is left out."""
    events = [act("e2", 1), act("e1", 1), act("e0", 2), act("e3", 0), act("e4", 3)]
    found = in_order(events, [SENT, NO, AGREED, Verdict("no", at=on(3))], on(2))
    assert found == [
        (on(0), act("e3", 0)),
        (on(1), AGREED),
        (on(1), act("e1", 1)),
        (on(1), act("e2", 1)),
        (on(1), NO),
        (on(1), SENT),
        (on(2), act("e0", 2)),
    ]


def test_what_has_no_instant_is_left_out():
    """Nobody knows when it was."""
    assert in_order([], [Verdict("no")], on(1)) == []


def test_lead_begins_with_the_first_that_is_known_of_it():
    """Its creation or its first input; at the end if nothing is known, and not at all if it comes later."""
    history: Any = [(on(1), act("e1", 1))]
    assert beginning(lead(created_at=on(2)), history, on(5)) == on(1)
    assert beginning(lead(created_at=on(0)), history, on(5)) == on(0)
    assert beginning(lead(), history, on(5)) == on(1)
    assert beginning(lead(), [], on(5)) == on(5)
    assert beginning(lead(created_at=on(5)), [], on(5)) == on(5)
    assert beginning(lead(created_at=on(6)), [], on(5)) is None


def test_story_takes_what_is_late_when_everything_is_decided_already():
    """Each input at its instant or as of then, time in between, and a tick at the end."""
    by = small()
    record = live(by, opened=4).record
    taken: list[tuple[object, Any]] = []

    def take(record: Any, given: Any, at: Any) -> Any:
        taken.append((given, at))
        return by.handle(record, given, now=at).record

    story = Story(record, take, by.next_due)
    story.live([(on(2), act("e1", 2)), (on(6), act("e2", 6))], on(7))
    assert [one for one in taken if not isinstance(one[0], Tick)] == [(act("e1", 2), on(4)), (act("e2", 6), on(6))]
    assert taken[-1] == (Tick(), on(7))
    story.live([], on(5))
    assert taken[-1] == (Tick(), on(7))
    assert story.record.as_of == on(7)
