"""What every planner of an extension has to keep; its author runs this check in a test."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from attrs import evolve

from leadqual.errors import PlannerError, ProblemsError
from leadqual.lifecycle.enrolment import Enrolment, PastTouch
from leadqual.nurture.asked import Asked, Who
from leadqual.nurture.basis import BasisRule
from leadqual.nurture.caps import Caps, FrequencyCap
from leadqual.nurture.content import Content
from leadqual.nurture.plan import NurturePlan, plan_nurture
from leadqual.nurture.planned import Plan, Touch
from leadqual.nurture.planner import SequencePlanner
from leadqual.nurture.proposing import Planner
from leadqual.nurture.sequences import Pool, Sequence, Step
from leadqual.nurture.settings import Nurture
from leadqual.nurture.waits import Wait
from leadqual.nurture.windows import SendWindow
from leadqual.nurture.zones import CandidateZones
from leadqual.playbook.dump import to_toml
from leadqual.playbook.load import loads
from leadqual.playbook.playbook import Playbook
from leadqual.playbook.registry import Registry
from leadqual.scoring.model import ScoringModel
from leadqual.testing.shape import shape_problems

_NAME: Final = "conformance"
_CONTENT: Final = {
    "guide": Content(kind="guide"),
    "story": Content(kind="case_study", cost=5),
    "prices": Content(kind="article", cost=2),
    "later": Content(kind="article", starts=datetime(2026, 5, 1, tzinfo=UTC).date()),
}
_ZONES: Final = ("Europe/Madrid", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe")
_START: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
STEPS: Final = (
    Step(name="mail", channel="email", pool=Pool(), wait=Wait(days=3)),
    Step(name="call", channel="phone", task="Call", purpose="sales", wait=Wait(business="2d")),
    Step(name="text", channel="sms", content="prices", wait=Wait(elapsed="36h")),
)
"""Steps among which a planner chooses when it is checked, if its author gives no others."""


def check_planner(planner: Planner, *, steps: tuple[Step, ...] = STEPS, examples: int = 50) -> None:
    """Check that a planner keeps what leadqual promises of it.

    It is a frozen attrs class with a tag of its vendor's; it survives a document; and for leads that are drawn, with
    channels that are closed to them, caps, quiet hours and touches that have gone, it answers the same when it is asked
    again, proposes only what the sequence has, and what it plans is what comes to pass.

    Args:
        planner: The planner, with fields as a document might give them.
        steps: Steps among which it chooses; each is a touch and waits.
        examples: How many leads are drawn.

    Raises:
        AssertionError: With everything that it does not keep, each in a sentence that says what to do.

    >>> from typing import ClassVar
    >>> from attrs import frozen
    >>> from leadqual import Proposal
    >>> @frozen
    ... class Turns:
    ...     kind: ClassVar[str] = "acme/turns"
    ...     def propose(self, asked, place, options, /):
    ...         return Proposal(step=options[len(asked.touches) % len(options)].step)
    >>> check_planner(Turns())
    """
    __tracebackhide__ = True
    problems = list(_problems(planner, steps, examples))
    if problems:
        name = (planner if isinstance(planner, type) else type(planner)).__name__
        raise AssertionError("\n".join([f"{name} does not keep what a planner has to:", *(f"- {p}" for p in problems)]))


def _problems(planner: Any, steps: tuple[Step, ...], examples: int) -> Iterator[str]:
    wrong = list(shape_problems(planner))
    if not wrong and not isinstance(planner, Planner):
        wrong.append("It has no method `propose`: add one that takes a lead, its place and the options.")
    if not wrong:
        wrong += _kept_problems(planner, steps)
    yield from wrong
    if wrong:
        return
    for seed in range(examples):
        wrong = list(_life_problems(planner, steps, Random(seed)))
        yield from wrong
        if wrong:  # the first lead tells enough
            return


def _kept_problems(planner: Planner, steps: tuple[Step, ...]) -> Iterator[str]:
    """Yield how a document fails to keep a planner."""
    registry = Registry().with_planner(type(planner))
    advice = "let its fields be texts, whole numbers, decimals, booleans and lists of these, as a document holds them"
    try:
        playbook = Playbook(
            name=_NAME,
            version="1",
            model=ScoringModel(),
            content=_CONTENT,
            sequences={_NAME: Sequence(planner=planner, steps=steps)},
        )
        for text in (playbook.to_json(), to_toml(playbook)):
            again = loads(text, registry=registry)
            if again.sequences[_NAME].planner != planner or again.fingerprint != playbook.fingerprint:
                yield f"It is another after a document was written and read: {advice}."
                return
    except ProblemsError as error:
        yield from (f"A playbook cannot be built, written or read with it: {problem}" for problem in error.problems)
    except (ArithmeticError, AttributeError, TypeError, ValueError) as error:
        yield f"A playbook that has it cannot be written ({type(error).__name__}): {advice}."


def _life_problems(planner: Planner, steps: tuple[Step, ...], random: Random) -> Iterator[str]:
    """Yield what goes wrong in the life of one lead that is drawn."""
    asked, draws = _drawn_lead(random), random.getstate()

    def planned(by: Planner) -> SequencePlanner:
        random.setstate(draws)
        return SequencePlanner(_drawn_playbook(Sequence(planner=by, steps=steps), random))

    sequences = planned(planner)
    try:
        first = sequences.plan(asked)
    except PlannerError as error:
        yield from (f"It fails for a lead that was drawn: {problem}" for problem in error.problems)
        return
    if sequences.plan(asked) != first or planned(deepcopy(planner)).plan(asked) != first:
        yield "Asked again, or in a copy, it answers something else: let it go by its fields and by what it is asked."
        return
    if not first.touches:
        return
    touch = first.touches[0]
    middle = asked.now + (touch.at - asked.now) / 2
    if _ahead(sequences.plan(evolve(asked, now=middle))) != _ahead(first):
        yield "Asked later, before anything has happened, it plans something else: let it not mind the clock."
    elif _ahead(sequences.plan(_lived(asked, touch))) != _ahead(first)[1:]:
        yield "After its first touch the rest of its plan is another: let it keep to what it reads of the lead."


def _drawn_playbook(sequence: Sequence, random: Random) -> NurturePlan:
    bases = (BasisRule(basis="none", channels=random.sample(["email", "phone", "sms"], random.randint(1, 3))),)
    office = SendWindow(hours=("09:00-18:00",), weekdays=("mon", "tue", "wed", "thu", "fri"))
    caps = {"email": [FrequencyCap(times=random.randint(0, 2), days=7)], "*": [FrequencyCap(times=3, days=14)]}
    return plan_nurture(
        {_NAME: sequence},
        nurture=Nurture(bases=bases, windows=random.choice([{}, {"*": office}])),
        contents=_CONTENT,
        caps=Caps(marketing=random.choice([{}, caps])),
    )


def _drawn_lead(random: Random) -> Asked:
    at = _START + timedelta(minutes=random.randrange(30 * 1440))
    since = at - timedelta(hours=random.randrange(96))
    return Asked(
        lead_id="L1",
        now=at,
        enrolments=(Enrolment(sequence=_NAME, at=since, since=since, step="mail"),),
        who=Who(persona=random.choice([None, "it"]), acts={"page_view": random.randrange(9)}),
        stage="lead",
        touches=_drawn_touches(at, random),
        candidates=CandidateZones(zones=(random.choice(_ZONES),), source="lead"),
    )


def _drawn_touches(now: datetime, random: Random) -> tuple[PastTouch, ...]:
    return tuple(
        PastTouch(
            key=f"L1:before:1:x:{i}",
            sequence="before",
            step="x",
            channel=random.choice(["email", "phone"]),
            purpose="newsletter",
            content=random.choice([None, "guide"]),
            at=now - timedelta(days=9 - i),
            outcome=random.choice(["sent", "skipped"]),
        )
        for i in range(random.randrange(3))
    )


def _ahead(plan: Plan) -> list[tuple[str, datetime, str | None]]:
    return [(touch.key, touch.at, touch.content) for touch in plan.touches if touch.at < _START + timedelta(days=180)]


def _lived(asked: Asked, touch: Touch) -> Asked:
    """Return a lead after the first touch of its plan, at that instant."""
    (place,) = asked.enrolments
    gone = PastTouch(
        key=touch.key,
        sequence=touch.sequence,
        step=touch.step,
        channel=touch.channel,
        purpose=touch.purpose,
        content=touch.content,
        at=touch.at,
    )
    after = evolve(place, step=touch.step, since=touch.at)
    return evolve(asked, now=touch.at, enrolments=(after,), touches=(*asked.touches, gone))
