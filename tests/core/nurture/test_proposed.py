from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from attrs import evolve, frozen

from leadqual.errors import PlannerError
from leadqual.lifecycle.enrolment import PastTouch
from leadqual.nurture.content import Content
from leadqual.nurture.planned import PlannedEnd
from leadqual.nurture.planner import SequencePlanner
from leadqual.nurture.proposing import Proposal
from leadqual.nurture.sequences import Pool, Step
from leadqual.nurture.settings import Nurture
from leadqual.nurture.waits import Wait
from leadqual.nurture.windows import SendWindow

from .placed import DAY, FREE, HOUR, NOW, lead, mail, next_move, place, playbook

CONTENTS = {"a": Content(kind="article"), "b": Content(kind="article"), "c": Content(kind="guide")}
POOL = Step(name="one", channel="email", pool=Pool(kinds="article"), wait=Wait(days=3))
FIXED = Step(name="two", channel="email", content="c", wait=Wait(days=1))
SEEN: list[Any] = []


@frozen
class Says:
    """Proposes what it was made with, and notes what it was asked."""

    kind: ClassVar[str] = "acme/says"
    what: Any

    def propose(self, asked, place, options, /):
        """Return it."""
        SEEN.append((asked, place, options))
        return self.what


@frozen
class Fails:
    """Does not do."""

    kind: ClassVar[str] = "acme/fails"

    def propose(self, _asked, _place, _options, /):
        """Fail."""
        raise ZeroDivisionError("somebody's secret")


def planned(planner, *steps, **parts):
    """Return a playbook whose sequence has a planner."""
    return playbook(*(steps or (POOL, FIXED)), sequence={"planner": planner}, contents=CONTENTS, **parts)


def test_proposed_step_becomes_a_touch():
    """With the content that fits best, or the one that is proposed; not before the proposed instant."""
    move = next_move(planned(Says(Proposal(step="one"))), lead(), place())
    assert (move.step, move.content, move.at, move.wished) == ("one", "a", NOW, NOW)
    assert [(one.content, one.reason) for one in move.rejected] == [("b", "other_chosen")]
    move = next_move(planned(Says(Proposal(step="one", content="b", at=NOW + HOUR))), lead(), place())
    assert (move.content, move.at, move.wished, move.rejected) == ("b", NOW + HOUR, NOW + HOUR, ())
    move = next_move(planned(Says(Proposal(step="two", content="c", at=NOW - HOUR))), lead(), place())
    assert (move.step, move.content, move.at, move.wished) == ("two", "c", NOW, NOW)


def test_planner_is_asked_as_of_when_the_lead_began_to_wait():
    """So that it answers the same whenever it is asked; the options are as of then, each with its own wait."""
    plan = planned(Says(Proposal(step="two")))
    SEEN.clear()
    waiting = place("two", since=NOW - HOUR)
    begun = lead(waiting, now=NOW + 5 * DAY)
    next_move(plan, begun, waiting)
    (asked, where, options), = SEEN  # fmt: skip
    assert (asked.now, where) == (NOW - HOUR, waiting)
    assert [(option.step, option.at) for option in options] == [("one", NOW - HOUR), ("two", NOW - HOUR)]
    gone = next_move(plan, lead(), place())
    assert gone.key == "L1:welcome:1:two:1"


def test_steps_wait_after_the_first_touch():
    """Each as it says, since the touch before; whatever the planner would rather."""
    SEEN.clear()
    plan = SequencePlanner(planned(Says(Proposal(step="one", at=NOW)))).plan(lead())
    assert [(touch.content, touch.at) for touch in plan.touches] == [("a", NOW), ("b", NOW + 3 * DAY)]
    assert [option.at for option in SEEN[1][2]] == [NOW + 3 * DAY, NOW + DAY]


def test_windows_hold_whatever_is_proposed():
    """A planner can wait longer; it cannot send by night."""
    night = Nurture(bases=FREE, windows={"email": SendWindow(hours=("09:00-12:00",))})
    plan = planned(Says(Proposal(step="one", at=NOW + 5 * HOUR)), nurture={"windows": night.windows})
    move = next_move(plan, lead(), place())
    assert (move.at, move.wished, move.moved_by) == (NOW + 20 * HOUR, NOW + 5 * HOUR, ("window",))


def test_what_is_withheld_waits():
    """A step is never skipped: the planner would be asked again at the same instant."""
    move = next_move(planned(Says(Proposal(step="two")), nurture={"bases": ()}), lead(), place())
    assert (move.step, move.reason, move.at, move.skips) == ("two", "no_basis", NOW, False)


def test_sequence_ends_when_nothing_is_proposed():
    """Not before now, and without the name of a step."""
    plan = planned(Says(None))
    assert next_move(plan, lead(), place()) == PlannedEnd(sequence="welcome", at=NOW)
    assert next_move(plan, lead(now=NOW + DAY), place()).at == NOW + DAY
    assert next_move(plan, lead(), place(since=NOW + HOUR)).at == NOW + HOUR


def test_lead_that_gets_nothing_is_not_asked_about():
    """What keeps all touches away comes first."""
    plan = planned(Fails())
    assert next_move(plan, lead(gates=("rival",)), place()).reason == "gate"
    assert next_move(plan, lead(resting=True), place()).at == NOW


@pytest.mark.parametrize(
    ("what", "message"),
    [
        (
            "one",
            (
                "'acme/says' proposed something else (got a value of type str). "
                "Let `propose` return a Proposal, or None when the sequence is over."
            ),
        ),
        (Proposal(step="on"), "'acme/says' proposed a step that the sequence does not have (got 'on'). Did you mean"),
        (Proposal(step="one", content="c"), "'acme/says' proposed content that step 'one' may not bring (got 'c')"),
        (Proposal(step="one", content="bb"), "step 'one' may not bring (got 'bb'). Did you mean `b`?"),
        (Proposal(step="two", content="a"), "'acme/says' proposed content that step 'two' may not bring (got 'a')"),
        (Proposal(step="three", content="a"), "'acme/says' proposed content that step 'three' may not bring"),
        (Proposal(step="one", at=NOW.replace(tzinfo=None)), "sequences.welcome.planner.at: "),
    ],
)
def test_proposal_of_what_is_not_there_is_an_error(what, message):
    """That says where, what came and what to do."""
    with pytest.raises(PlannerError) as raised:
        next_move(planned(Says(what), POOL, FIXED, mail("three", wait=Wait(days=1))), lead(), place())
    (problem,) = raised.value.problems
    assert str(problem).startswith("sequences.welcome.planner")
    assert message in str(problem)


def test_planner_that_fails_is_an_error():
    """Which tells its kind and nothing of what it said."""
    with pytest.raises(PlannerError) as raised:
        next_move(planned(Fails()), lead(), place())
    told = "the planner fails: ZeroDivisionError (got 'acme/fails'). Mend it where it is written."
    assert str(raised.value.problems[0]) == f"sequences.welcome.planner: {told}"
    assert isinstance(raised.value.__cause__, ZeroDivisionError)


def test_steps_wait_by_the_calendar_of_the_lead():
    """A day later its clock shows the same time; it was put on meanwhile."""
    eve = datetime(2026, 3, 28, 8, tzinfo=UTC)  # 9:00 in Madrid
    start = place(at=eve, since=eve)
    plan = SequencePlanner(planned(Says(Proposal(step="one")))).plan(lead(start, now=eve))
    assert [touch.at for touch in plan.touches] == [eve, eve + 3 * DAY - HOUR]


def test_planner_is_told_of_every_touch_that_is_planned_before():
    """As of one that has come due."""
    SEEN.clear()
    SequencePlanner(planned(Says(Proposal(step="one")))).plan(lead())
    told = [asked.touches for asked, *_ in SEEN]
    one = PastTouch(
        key="L1:welcome:1:one:1", sequence="welcome", step="one", channel="email", purpose="newsletter",
        content="a", at=NOW,
    )  # fmt: skip
    two = evolve(one, key="L1:welcome:1:one:2", content="b", at=NOW + 3 * DAY)
    assert told == [(), (one,), (one, two)]
