"""Two ways to one answer: what guards say in bits, and what they say when they are evaluated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from leadqual import Event, Lead, Qualifier, loads
from leadqual.conditions import field
from leadqual.conditions.bind import bound_of
from leadqual.conditions.nodes import All, AnyOf, Condition, Not
from leadqual.lifecycle.evolve import evolve as evolved
from leadqual.lifecycle.facts import Cause, Opened
from leadqual.lifecycle.plan import Route
from leadqual.lifecycle.quick import FLAGS, quick
from leadqual.lifecycle.routes import holds
from leadqual.lifecycle.scope import guard_scope
from leadqual.lifecycle.situation import Situation
from leadqual.lifecycle.state import HandRaise, LeadState, RunningSla
from leadqual.lifecycle.values import Transition
from leadqual.presets import PRESETS, preset_text
from tests.core.lifecycle.small import QUALIFY, text

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
_STAY = '\nstay = { field = "interest", op = "ge", value = 2 }\n[qualify.sql]'
SMALL = Qualifier(loads(text(qualify=QUALIFY.replace("[qualify.sql]", _STAY))))
INSTANTS = st.sampled_from([NOW + timedelta(hours=hours) for hours in (-2, -1, 0, 1, 2)])
MARKS = st.integers(0, 15).map(lambda bits: bits * FLAGS["input.interaction"])


@cache
def _presets() -> tuple[Qualifier, ...]:
    """Return what all shipped playbooks make of leads, with either lifecycle."""
    books = [loads(preset_text(name)) for name in PRESETS]
    kinds: tuple[Any, ...] = ("default", "subscriber")
    return tuple(
        Qualifier(evolve(book, lifecycle=evolve(book.lifecycle, preset=kind))) for book, kind in product(books, kinds)
    )


@st.composite
def states(draw: st.DrawFn, stages: tuple[str, ...] = ("lead",)) -> LeadState:
    """Draw where a lead stands, as far as guards ask."""
    opened = Opened(
        lead_id="L1", seq=1, at=NOW, known_at=NOW, cause=Cause("open"), stage=draw(st.sampled_from(stages)), model="m"
    )
    until = draw(st.none() | INSTANTS)
    return evolve(
        evolved(None, opened),
        hand_raise=None if until is None else HandRaise(("", "e"), "ask", until),
        shut_since=draw(st.none() | INSTANTS),
        shut_until=draw(st.none() | INSTANTS),
        touched=draw(st.booleans()),
        accepted=draw(st.booleans()),
        sla=draw(st.none() | st.just(RunningSla("mql", NOW, NOW))),
        review=draw(st.none() | st.sampled_from(("flag", "model"))),
        acquisition=draw(st.sampled_from((None, "inbound", "outbound"))),
    )


@st.composite
def rows(draw: st.DrawFn, by: Qualifier, kinds: tuple[str, ...], stages: tuple[str, ...] = ("lead",)) -> Situation:
    """Draw a situation: a lead with some acts, a state, and perhaps an event at hand."""
    model, state = by.model, draw(states(stages))
    email = draw(st.sampled_from((None, "a@b.example", "a@rival.example")))
    fits = {"size": draw(st.sampled_from(("big", "mid", "tiny")))} if "size" in model.attributes else {}
    known: dict[str, Any] = {"email": email, "acquisition": state.acquisition, "attributes": fits}
    lead = Lead(id="L1", **known)
    acts = draw(st.lists(st.tuples(st.sampled_from(kinds), st.integers(0, 12)), max_size=6))
    events = [
        Event(id=f"e{i}", lead_id="L1", kind=kind, at=NOW - timedelta(days=days)) for i, (kind, days) in enumerate(acts)
    ]
    tally = model.tally(events)
    score = model.score_state(model.profile(lead), tally.state, NOW, None, state)
    event = draw(st.none() | st.sampled_from(events)) if events else None
    newest = draw(st.none() | INSTANTS)
    return Situation(state, score, NOW, newest, event=event, marks=draw(MARKS), reason=draw(st.none() | st.just("x")))


def _flag(name: str) -> st.SearchStrategy[Condition]:
    return st.booleans().map(lambda value: field(name).eq(value=value))


PARTS: st.SearchStrategy[Condition] = st.one_of(
    st.sampled_from(sorted(FLAGS)).flatmap(_flag),
    st.builds(
        lambda name, bar, missing: field(name).has(bar, **({} if missing is None else {"missing": missing})),
        st.sampled_from(("score.qualifies", "score.stays")),
        st.sampled_from(("mql", "sql", "MQL")),
        st.none() | st.booleans(),
    ),
    st.sampled_from(
        (
            field("score.qualifies").has("SQL", ignore_case=True),
            field("score.stays").has_any("mql", "sql"),
            field("state.touched").ne(value=True),
            field("state.review").exists(),
            field("interest").ge(5),
            field("input.kind").eq("visit"),
            field("score.gate").missing(),
            field("verdict.reason").eq("x", missing=True),
        )
    ),
)
GUARDS = st.recursive(
    PARTS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=8,
)


def _agree(route: Route, row: Situation) -> None:
    bits, asked = row.bits(), route.quick
    said = not (asked.needs & ~bits or asked.forbids & bits)
    evaluated = holds(route, row)
    assert said or not evaluated
    assert not asked.whole or said is evaluated


@given(GUARDS, rows(SMALL, ("visit", "newsletter")))
def test_bits_of_a_drawn_guard_say_what_the_guard_says(guard, row):
    """Where bits say all, they say what evaluating says; where they say a part, they never refuse what it grants."""
    way = Transition(name="up", from_="lead", to="mql", on="event", when=guard)
    _agree(Route(transition=way, guard=bound_of(guard, guard_scope(SMALL.model)), quick=quick(guard)), row)


@given(st.data())
def test_bits_of_every_shipped_transition_say_what_its_guard_says(data):
    """In both lifecycles, under all shipped playbooks."""
    by = data.draw(st.sampled_from(_presets()))
    stages = tuple(name for name, stage in by.lifecycle.stages.items() if stage.kind != "ended")
    row = data.draw(rows(by, ("page_view", "demo_request", "download", "email_reply"), stages))
    for routes in by.lifecycle.routes.values():
        for route in routes:
            _agree(route, row)
