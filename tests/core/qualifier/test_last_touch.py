"""A touch that is the end of its sequence, in a lead's life."""

from leadqual import Tick
from tests.core.lifecycle.small import live
from tests.core.qualifier.nurtured import by, due_in, ends, mail, sequence
from tests.practice.life import on

NEVER = '{ field = "total", op = "lt", value = 0 }'


def test_sequence_ends_upon_its_last_touch():
    """As gone through, and what is on its way stays so; a step behind it belongs to the other way."""
    fork = 'name = "fork"\nbranch = { on = "visit", within = "1d", yes = "hot", no = "cold" }\n'
    life = live(by(sequence("news", fork, mail("hot", end="true"), mail("cold"), enter='{ on = ["form"] }')))
    life.does("form", 1)
    life.does("visit", 1.5)
    assert due_in(life) == ["hot"]
    assert ends(life) == {"news": "finished"}
    assert [touch.outcome for touch in life.record.state.touches] == ["due"]
    assert life.by.plan(life.record, now=on(1.5)).touches == ()


def test_last_touch_may_be_left_out_and_the_sequence_ends_all_the_same():
    """With what follows its own end, not that of the sequence."""
    life = live(
        by(
            sequence(
                "news",
                mail("last", "2d", end="true", on_end='{ sequence = "more" }', when=NEVER),
                enter='{ on = ["form"] }',
                on_end='{ verdict = "maybe" }',
            ),
            sequence("more", mail("one", "9d")),
        )
    )
    life.does("form", 1)
    plan = life.by.plan(life.record, now=on(1))
    assert [(one.step, one.reason, one.at) for one in plan.withheld] == [("last", "when", on(3))]
    assert [(one.sequence, one.at) for one in plan.ends] == [("news", on(3))]
    life.takes(Tick(), 3)
    assert (due_in(life), ends(life), life.stage) == ([], {"news": "finished"}, "mql")
    assert life.record.state.enrolments["more"].ended is None
