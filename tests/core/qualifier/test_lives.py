"""Whole lives in sequences, fact by fact and effect by effect: ``lives.txt``; and lives that sequences leave alone."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any, Literal

import pytest

from leadqual import Event, Lead, LeadqualError, Qualifier, Tick, Verdict
from leadqual.lifecycle.nurtureinputs import EnrolmentChange, Suppression, TouchReport
from leadqual.qualifier.nurturedstep import NurturedStep
from leadqual.qualifier.step import Step
from leadqual.qualifier.steps import step_of
from tests.core.lifecycle.small import BIG, live, small
from tests.core.qualifier.nurtured import OPEN_DOORS, by, mail, sequence, step
from tests.practice.life import BEGINNING, Life, on

ON_FORM = '{ on = ["form"] }'
FORK = step("fork", branch='{ on = ["visit"], within = "3d", yes = "yes", no = "no" }')
SINCE = FORK.replace("within", 'since = "enrolment", within')
LONG = sequence("one", mail("a"), mail("b", "1d"), mail("c", "9d"), enter=ON_FORM)
SENDING = sequence(
    "one",
    step("a", channel='"email"', content='"guide"', task='"Write"'),
    step("b", wait='"1d"', channel='"email"', pool="{}"),
    mail("c", "1d", when='{ field = "fit", op = "ge", value = 99 }'),
    mail("d", "1d"),
    enter=ON_FORM,
    version='"7"',
    arms="{ a = 1, b = 1, c = 1, d = 1, e = 1, f = 1, g = 1 }",
    on_end='{ verdict = "maybe", reason = "later" }',
)
FORKED = sequence("one", FORK, mail("no", "1d"), mail("yes", "2d"), enter=ON_FORM)
LAST = step("fork", branch='{ on = ["visit"], within = "3d" }')
LATER = sequence("one", mail("a", "2d"), SINCE, mail("no", "9d"), mail("yes", "1d"), enter=ON_FORM)
SIDE = {"enter": ON_FORM, "exclusive": "false"}
OPENING = sequence(
    "one", mail("a", "2d"), enter='{ stages = ["lead"] }', exits='["reply"]', on_end='{ sequence = "two" }'
)
ONWARD = sequence("two", mail("a"), enter='{ stages = ["mql"] }', priority="3")
RESTING = sequence("warm", mail("a", "2d"), stages='["recycle"]')
WARM = '[recycle.inbound]\nnurture = "warm"\n'


def _ending(kind: str, whose: Literal["lead", "us"] = "lead") -> Callable[[Life], None]:
    def lived(life: Life) -> None:
        life.does("form", 1)
        life.does(kind, 1.5, by=whose)
        life.passes(3)

    return lived


def _sent(life: Life) -> None:
    life.does("form", 1)
    life.takes(TouchReport(key="L1:one:1:a:1", outcome="sent"), 1.5)
    life.passes(2)
    life.passes(3)
    life.passes(9)
    life.passes(13)


def _forked(*acts: tuple[float, float]) -> Callable[[Life], None]:
    def lived(life: Life) -> None:
        life.does("form", 1)
        life.passes(3)
        for day, known in acts:
            life.does("visit", day, known=known)
        life.passes(20)
        life.passes(40)

    return lived


def _answered_late(life: Life) -> None:
    life.does("form", 1)
    life.takes(EnrolmentChange(change="enrol", sequence="two"), 2)
    life.does("email_reply", 1.5, known=3)


def _left_without_address(life: Life) -> None:
    life.does("form", 1)
    life.does("hard_bounce", 1.5, by="us")
    life.becomes(BIG, 2, email=None)
    life.becomes(BIG, 3, email="eva@b.example")


def _begun_anew(life: Life) -> None:
    life.is_said("maybe", 2)
    life.does("form", 2)


def _gated(life: Life) -> None:
    life.does("form", 1)
    life.becomes(BIG, 1.5, email="eva@rival.example")
    life.is_said("disqualify", 2, reason="x")


def _suppressed(life: Life) -> None:
    life.does("form", 1)
    life.takes(Suppression(channel="email", actor="ana"), 1.5)


def _moved(life: Life) -> None:
    life.takes(EnrolmentChange(change="enrol", sequence="one", actor="ana"), 1)
    life.takes(EnrolmentChange(change="pause", sequence="one", actor="ana"), 1.2)
    life.takes(EnrolmentChange(change="resume", sequence="one", actor="ana"), 1.4)
    life.takes(EnrolmentChange(change="leave", sequence="one", actor="ana"), 1.6)


def _withdrawn(life: Life) -> None:
    life.does("form", 1)
    life.consents(given=False, day=1.5)


def _opened(life: Life) -> None:
    life.passes(2)
    life.does("form", 3)
    life.passes(9)


def _followed(life: Life) -> None:
    life.passes(2)
    life.passes(5)


def _rested(life: Life) -> None:
    life.does("form", 1)
    life.is_said("maybe", 2)
    life.passes(4)


def _lost(life: Life) -> None:
    life.does("form", 1)
    life.is_said("no", 1.5)


_DOORS = OPEN_DOORS.replace("[nurture]", '[nurture]\npresets = ["rfc-8058"]')
_LEFT_OUT = (
    "lead_id",
    "seq",
    "at",
    "known_at",
    "cause",
    "actor",
    "model",
    "fit",
    "interest",
    "total",
    "label",
    "furthest",
)
_IN = (LONG,)
_STAYING = (sequence("one", mail("a"), mail("b", "1d"), enter=ON_FORM, exits='["reply"]'),)
_LIVES: dict[str, tuple[tuple[str, ...], Callable[[Life], None]]] = {
    "it answers": (_IN, _ending("email_reply")),
    "it meets": (_IN, _ending("meeting", "us")),
    "its address does not exist": (_IN, _ending("hard_bounce", "us")),
    "a machine answers": (_IN, _ending("auto_reply")),
    "it asks for sales": (_IN, _ending("ask")),
    "all is sent": ((SENDING,), _sent),
    "it answers what was not the first": ((sequence("one", mail("a", "9d"), **SIDE),
        sequence("two", mail("a", "9d"), exclusive="false", priority="3")), _answered_late),
    "it acts in time": ((FORKED,), _forked((3.5, 3.5))),
    "it acts too late": ((FORKED,), _forked((5, 5))),
    "it had acted before": ((LATER,), _forked((2, 3.5))),
    "it had acted as it came in": ((LATER,), _forked((1, 3.5))),
    "its act is the end": ((sequence("one", mail("a", "1d"), LAST, enter=ON_FORM),), _forked((3.5, 3.5))),
    "its act is the end, and another follows": (
        (sequence("one", mail("a", "1d"), LAST, enter=ON_FORM, on_end='{ sequence = "two" }'),
        sequence("two", mail("a", "9d"))),
        _forked((3.5, 3.5)),
    ),
    "a stronger one begins": ((LONG, sequence("two", mail("a"), enter='{ on = "visit" }', priority="3")),
        _ending("visit")),
    "a stage begins it, for some": (tuple(sequence(name, mail("a", "9d"), exclusive="false",
        enter=f'{{ stages = "mql", when = {{ field = "fit", op = "ge", value = {fit} }} }}')
        for name, fit in (("one", 30), ("two", 31))), _ending("visit")),
    "its end ends others": ((SENDING.replace("enter", "exclusive = false\nenter"),
        sequence("other", mail("a", "90d"), **SIDE)), _sent),
    "a gate ends it": (_IN, _gated),
    "a gate does not end it": (_STAYING, _gated),
    "its address changes": (_STAYING, _left_without_address),
    "it begins anew": ((sequence("warm", mail("a", "2d"), stages='["recycle"]', enter=ON_FORM),), _begun_anew),
    "it withdraws and stays": (_STAYING, _withdrawn),
    "nothing may go any more": (_IN, _suppressed),
    "a person moves it": (_IN, _moved),
    "it withdraws": (_IN, _withdrawn),
    "stages begin it": ((OPENING, ONWARD), _opened),
    "another follows": ((OPENING, ONWARD), _followed),
    "it rests": ((LONG, RESTING, WARM), _rested),
    "it is lost": (_IN, _lost),
}  # fmt: skip


def _days(at: datetime) -> str:
    return f"{(at - BEGINNING).total_seconds() / 86_400:g}"


def _parts(values: dict[str, object]) -> Iterator[str]:
    for name, value in sorted(values.items()):
        if value and name not in _LEFT_OUT:
            yield f"{name}={_days(value) if isinstance(value, datetime) else value}"


def _lines(life: Life) -> Iterator[str]:
    for fact in life.facts:
        cause = fact.cause
        why = [word for word in (cause.kind, cause.source, cause.id, fact.actor) if word]
        when = [_days(fact.known_at), fact.name, "at", _days(fact.at), "by"]
        yield " ".join([*when, *why, *_parts(vars(fact))])
    for effect in life.effects:
        yield " ".join([effect.name, *_parts(vars(effect))])


def told_lives() -> str:
    """Return all lives as they are written down."""
    return "\n".join(map(_told, _LIVES))


def _told(name: str) -> str:
    parts, lived = _LIVES[name]
    life = live(by(*parts, doors=_DOORS))
    lived(life)
    assert {vars(part)["lead_id"] for part in (*life.facts, *life.effects)} == {"L1"}
    return "\n".join([f"# {name}", *_lines(life), ""])


def test_every_life_reads_as_it_is_written():
    """Which facts there are and what brought them about, and which effects with which keys."""
    expected = Path(__file__).with_name("lives.txt").read_text(encoding="utf-8")
    assert told_lives() == expected


_SLA = '[sla.mql]\nwithin = "1d"\n[sla.sql]\nwithin = "4h"\n[recycle.inbound]\nrest_months = [1, 2]\nattempts = 2\n'
_WITHOUT = small(_SLA)
_WITH = small(_SLA, OPEN_DOORS, sequence("one", mail("a"), enter='{ on = ["never"] }'))
_KINDS = ("visit", "visit", "form", "ask", "email_reply", "booking", "newsletter", "call_answered")
_VERDICTS: tuple[Any, ...] = ("accept", "maybe", "maybe", "no", "yes", "reopen")


def _input(draw: Random, way: int, number: int, day: float) -> Tick | Verdict | Event:
    if way < 2:
        return Tick()
    if way < 4:
        return Verdict(draw.choice(_VERDICTS))
    at = on(day + draw.choice((0, 0, -0.1, -2, 0.5, 1, 31)))
    return Event(id=f"e{number}", lead_id="L1", kind=draw.choice(_KINDS), at=at)


def _outcomes(qualifier: Qualifier, kind: type[Step], seed: int) -> Iterator[tuple[object, ...]]:
    """Yield what comes of a drawn life."""
    draw, day = Random(seed), 0.0
    record = qualifier.open(Lead(id="L1", attributes=BIG, acquisition="inbound"), now=on(0)).record
    assert type(step_of(qualifier.lifecycle, qualifier.nurturing, record, on(0))) is kind
    for number in range(24):
        due, way = qualifier.next_due(record), draw.randrange(10)
        day += draw.choice((0, 0.1, 1, 3, 40))
        now = due if way == 0 and due is not None else max(on(day), record.as_of)
        try:
            outcome = qualifier.handle(record, _input(draw, way, number, day), now=now)
        except LeadqualError as error:
            yield due, type(error), str(error)
        else:
            record = outcome.record
            yield due, outcome.facts, outcome.effects, record.pending, record.stale


@pytest.mark.parametrize("seed", range(60))
def test_sequence_into_which_nobody_comes_changes_nothing(seed):
    """Acts, verdicts, time limits, rests and events that are known too early or too late come to the same."""
    assert list(_outcomes(_WITH, NurturedStep, seed)) == list(_outcomes(_WITHOUT, Step, seed))
