"""Every problem of a lifecycle, word for word as its reader gets it: ``problems.txt``."""

from pathlib import Path
from typing import Any

from attrs import evolve

from leadqual.conditions import All, AnyOf, Not
from tests.core.lifecycle.check.support import (
    STAGES,
    TRANSITIONS,
    Lifecycle,
    Recycle,
    RecyclePolicy,
    Sla,
    Stage,
    Transition,
    changed,
    field,
    problems,
    renewed,
    table,
)

SIZE = field("size")
RECYCLED = RecyclePolicy(
    to="won", interest="no", then="lost", wake="now", nurture=1, bonus_event="", rest_months=(9, 61), spread_days=400,
    attempts=0, reasons={"budget": 0, 7: 3},
)  # fmt: skip


def _other(**parts: Any) -> Any:
    return (*TRANSITIONS, Transition(**({"name": "other", "from_": "mql", "to": "sql", "on": "event"} | parts)))


def _guard(guard: Any, **parts: Any) -> Any:
    return _other(when=guard, **parts)


TABLES: list[Any] = [
    table("abc", 7, recycle="x", sla=(), lifecycle=None),
    table((), (), initial="mqll"),
    table((), (Stage(name="won", kind="ended"), Stage(name="rest", kind="rest"))),
    table(initial="recycle"),
    table(
        stages=(
            *STAGES,
            Stage(name="Sales Lead", kind="opne", phase="tofu", temperature="ice", hand_off="yes"),
            Stage(name="mql"),
            "sal",
            Stage(name="alone"),
        )
    ),
    table(stages=(*STAGES, *(Stage(name=f"s{i}", kind="") for i in range(95)))),
    table((*TRANSITIONS, *[7] * 993)),
    table(
        _other(
            name="yes", from_=("laed", "lead", "lead"), to="sqll", on=("evnt", "tick", "tick"), when=5, reason="",
            sla="x", cycle="nxt",
        )
    ),
    table(_other(name=7, from_=(), to=8, on=(), reason=9, sla=10)),
    table(_other(from_=("won", "mql"), on=("reopen", "event", "yes", "wake"), cycle="next")),
    table(_other(from_=("won", "lost", "mql"), on=("reopen", "profile"))),
    table(_other(on=("tick", "wake"))),
    table(changed("rested", to="mql", on=("wake", "tick"))),
    table(changed("score", when=SIZE.lt(5)) + _other(from_="lead", to="sql", on="event", when=SIZE.lt(5))[-1:]),
    table(changed("score", to="lead"), stages=(*STAGES, Stage(name="x", kind="ended"))),
    table(tuple(part for part in TRANSITIONS if part.name != "rested")),
    table(changed("rested", on="yes")),
    table(
        (*TRANSITIONS, Transition(name="in", from_="mql", to="a", on="event"),
         Transition(name="to", from_="a", to="b", on="event"), Transition(name="fro", from_="b", to="a", on="tick")),
        (*STAGES, Stage(name="a"), Stage(name="b")),
    ),
    table(stages=STAGES[:4], lifecycle=Lifecycle(stages=STAGES[:4])),
    table(_guard(SIZE.ge(10) & SIZE.lt(5))),
    table(_guard(AnyOf((SIZE.gt(2**63 - 1), SIZE.lt(-(2**63)))))),
    table(_guard(All(((SIZE.lt(5) | SIZE.gt(9)), SIZE.gt(4), SIZE.lt(10))))),
    table(_guard(field("score.qualifies").has("hot") & field("score.stays").has_any("cold", "warm"))),
    table(_guard(field("score.qualifies").has("mql")), bars=(), stay_bars=()),
    table(_guard(Not(field("score.stays").has("sql")))),
    table(_guard(field("stage").eq("lead") & field("furthest").eq("sal") & field("stage").missing())),
    table(_guard(field("grade").eq("A") & field("state.hand_raised").eq(value=True)), grades=(), hand_raise=False),
    table(_guard(field("input.hand_raise").eq(value=True) & field("verdict.reason").exists()), hand_raise=False),
    table(_guard(field("input.kind").eq("demo") & field("input.reply").eq(value=True), on="release")),
    table(_guard(field("score.gate").exists() & field("attempts").lt(0) & field("cycle").lt(1))),
    table(
        _guard(field("input.reply").eq(value=True) & field("input.capture").eq(value=True)),
        lifecycle=evolve(Lifecycle(transitions=TRANSITIONS), replies=(), captures=()),
    ),
    table(recycle=Recycle(inbound=RECYCLED, outbound=RecyclePolicy(to="zzz", rest_months=(3, 2)), partner=5)),
    table(
        recycle=Recycle(
            inbound=RecyclePolicy(attempts=3, reasons={"budget": 3}),
            outbound=RecyclePolicy(rest_months=3, reasons=1),
            partner=RecyclePolicy(rest_months=(3, 6), reasons={"budget": 7}),
        )
    ),
    table(stages=renewed("recycle", kind="open"), recycle=Recycle(inbound=RecyclePolicy(to="won"))),
    table(
        sla={
            "mql": Sla(within="2 hours"), "sql": Sla(within="1d", escalate=7), "won": Sla(within="1d"), "mqll": 3,
            7: Sla(within="20000m"), "hand_raise": "1d", "recycle": Sla(within="1d"),
        }
    ),
    table(stages=(*STAGES, Stage(name="alone")), sla={"alone": Sla(within="1h")}),
    table(
        lifecycle=Lifecycle(
            preset="defualt", transitions=TRANSITIONS, touches="call", replies=("a", "a"), captures=(1,),
            hand_raise_days=-1, return_days=3_651, reopen_days="90",
        )
    ),
]  # fmt: skip


def test_every_problem_reads_as_it_is_written():
    """Where, what, what came and what to do: all of it is said, and says the same tomorrow."""
    told = [["", *(str(problem) for problem in problems(asked)[:12])] for asked in TABLES]
    lines = [line for lines in told for line in lines][1:]
    expected = Path(__file__).with_name("problems.txt").read_text(encoding="utf-8")
    assert "\n".join(lines) + "\n" == expected
