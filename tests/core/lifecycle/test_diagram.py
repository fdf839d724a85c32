"""A lifecycle drawn as a Mermaid state diagram and as a table."""

import html
import re
from collections import Counter
from string import Formatter
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from leadqual.conditions import field
from leadqual.errors import UnknownName
from leadqual.languages import LANGUAGES
from leadqual.lifecycle import values
from leadqual.lifecycle.diagram import diagram
from leadqual.lifecycle.drawn.phrases import NAMES, PHRASES
from leadqual.lifecycle.hours import BusinessHours
from leadqual.lifecycle.plan import LifecyclePlan, plan_lifecycle
from leadqual.lifecycle.values import Lifecycle, Recycle, RecyclePolicy, Sla, Stage, Transition
from leadqual.playbook import loads
from leadqual.presets import starter_text

BOOK = loads(starter_text())
SHOWN = r"[^\"\n:;#<>]|#\d+;"
LABEL = rf"(?:{SHOWN}|<br/>)+"
LINES = (
    r"  direction LR",
    rf'  state "{LABEL}" as s\d+',
    r"  \[\*\] --> s\d+",
    rf"  s\d+ --> s\d+ : {LABEL}",
    r"  classDef (?:rest|ended) stroke-[a-z]+: [0-9px ]+",
    r"  class s\d+(?:,s\d+)* (?:rest|ended)",
)
HEAD = ["---", "config:", "  state:", "    nodeSpacing: 60", "    rankSpacing: 120", "---", "stateDiagram-v2"]
_loose: Any = diagram
NASTY = 'x"\n  s0 --> s1 : <script>alert(1)</script> %%{init} }\x1b[31m\u202e#quot;; -->'


def planned(lifecycle: Lifecycle, recycle: Recycle | None = None, sla: dict[str, Sla] | None = None) -> LifecyclePlan:
    """The plan of a table, under the model of the starter playbook."""
    problems: list[Any] = []
    plan = plan_lifecycle(
        lifecycle=lifecycle,
        recycle=Recycle() if recycle is None else recycle,
        sla={} if sla is None else sla,
        calendar=BusinessHours(),
        model=BOOK.model,
        problems=problems,
    )
    assert plan is not None, problems
    return plan


def drawn(text: str) -> list[str]:
    """The lines of a diagram after its head."""
    assert text.endswith("\n")
    lines = text.splitlines()
    assert lines[: len(HEAD)] == HEAD
    return lines[len(HEAD) :]


def arrows(text: str) -> dict[tuple[str, str], list[str]]:
    """By stages from which and to which it leads, what stands at an arrow."""
    names = {}
    found = {}
    for line in drawn(text):
        if state := re.fullmatch(r'  state "(.+?)(?:<br/>.*)?" as (s\d+)', line):
            names[state[2]] = state[1]
        if arrow := re.fullmatch(r"  (s\d+) --> (s\d+) : (.+)", line):
            key = names[arrow[1]], names[arrow[2]]
            assert key not in found
            found[key] = arrow[3].split(",<br/>")
    return found


@pytest.mark.parametrize("preset", values.PRESETS)
def test_diagram_has_an_arrow_for_each_way(preset):
    """Each transition stands once at the arrow from each of its stages, and nothing else does."""
    plan = planned(Lifecycle(preset=preset))
    labels = {name: name for name in plan.stages}
    expected = Counter(
        (from_, transition.to, transition.name) for transition in plan.transitions for from_ in transition.from_
    )
    found = arrows(diagram(plan, labels=labels))
    assert Counter((*key, name) for key, names in found.items() for name in names) == expected


def test_diagram_marks_where_leads_begin_rest_and_end():
    """The first stage has an arrow out of nowhere; stages of rest and of an end have their own style."""
    lines = drawn(diagram(BOOK.plan))
    assert "  [*] --> s0" in lines
    assert lines[-4:] == [
        "  classDef rest stroke-dasharray: 5 4",
        "  class s3 rest",
        "  classDef ended stroke-width: 3px",
        "  class s4,s5 ended",
    ]


def test_diagram_declares_stages_in_their_order():
    """Stages stand as they are declared, each with its phase and temperature."""
    lines = drawn(diagram(planned(Lifecycle(preset="subscriber"))))
    assert lines[:4] == [
        "  direction LR",
        '  state "subscriber<br/>(TOFU, cold)" as s0',
        '  state "lead<br/>(TOFU, cold)" as s1',
        '  state "MQL<br/>(MOFU, warm)" as s2',
    ]


def test_diagram_speaks_spanish():
    """Stages, transitions and what stages are have Spanish words; labels of the team win."""
    found = diagram(BOOK.plan, language="es", labels={"won": "cliente", "hand-raise": "pide cita"})
    assert '"cliente<br/>(fin de un ciclo)"' in found
    assert "pide cita" in found
    assert "petición propia" not in found
    assert "aceptado por ventas" in found


def test_diagram_draws_where_a_policy_sends_a_maybe():
    """Where maybes of some leads go elsewhere, that is an arrow of its own."""
    recycle = Recycle(inbound=RecyclePolicy(to="lead"), partner=RecyclePolicy(to="lead"))
    found = arrows(diagram(planned(Lifecycle(), recycle)))
    assert found["SQL", "lead"] == ["maybe (inbound, partner)"]
    assert found["SQL", "resting"] == ["maybe"]


def test_diagram_of_a_team_has_only_what_is_there():
    """Without stages of rest there is no style for them, and a stage that says nothing of itself has its name alone."""
    stages = (Stage(name="in_talks"), Stage(name="done", kind="ended"))
    ways = (
        Transition(name="yes", from_="in_talks", to="done", on="yes"),
        Transition(name="again", from_="done", to="in_talks", on="reopen"),
    )
    lines = drawn(diagram(planned(Lifecycle(stages=stages, transitions=ways))))
    assert '  state "in talks" as s0' in lines
    assert not [line for line in lines if "rest" in line]
    text = diagram(planned(Lifecycle(stages=stages, transitions=ways)), "text")
    assert text.startswith("in talks: leads begin here\n  -> done      yes    on a yes\n")
    assert "maybe" not in text


@given(words=st.lists(st.text(max_size=20), min_size=1, max_size=6))
def test_diagram_is_not_broken_by_what_people_call_things(words):
    """Whatever labels say, the drawing has the same stages and arrows, and no line of another kind."""
    names = [*BOOK.plan.stages, *(transition.name for transition in BOOK.plan.transitions), "cold"]
    labels = {name: words[i % len(words)] for i, name in enumerate(names)}
    lines = drawn(diagram(BOOK.plan, labels=labels))
    assert [line for line in lines if not any(re.fullmatch(one, line) for one in LINES)] == []
    assert len(lines) == len(drawn(diagram(BOOK.plan)))


def test_diagram_shows_hostile_names_as_they_are():
    """What Mermaid would read is written as codes of characters, which it shows."""
    text = diagram(BOOK.plan, labels={"won": NASTY})
    line = next(line for line in drawn(text) if line.endswith(" as s4"))
    label = line.removeprefix('  state "').removesuffix('<br/>(end of a cycle)" as s4')
    shown = html.unescape(re.sub(r"#(\d+);", r"&#\1;", label))
    assert shown == 'x"\\n  s0 --> s1 : <script>alert(1)</script> %%{init} }\\x1b[31m\\u202e#quot;; -->'


def test_table_shows_hostile_names_as_codes():
    """No name in the table commands a terminal or makes a line of its own."""
    text = diagram(BOOK.plan, "text", labels={"won": NASTY, "yes": NASTY, "inbound": NASTY})
    assert [c for c in text if not c.isprintable() and c != "\n"] == []
    assert not [line for line in text.splitlines() if line.startswith("  s0")]


def blocks(text: str) -> list[list[str]]:
    """The lines of each part of a table."""
    return [block.splitlines() for block in text.removesuffix("\n").split("\n\n")]


def test_table_lists_what_leads_out_of_a_stage_in_the_order_of_trying():
    """The names of the transitions stand under their stage as they are declared."""
    text = diagram(BOOK.plan, "text", labels={name: name for name in BOOK.plan.stages}, width=120)
    for name, lines in zip(BOOK.plan.stages, blocks(text), strict=False):
        assert re.split(":|$", lines[0])[0] == name
        found = [line[14:38].rstrip() for line in lines if line.startswith("  -> ")]
        assert [one[:22] for one in found] == [way.name[:22] for way in BOOK.plan.transitions if name in way.from_]


def test_table_says_guards_reasons_slas_and_cycles_in_words():
    """What a transition asks and starts stands beside it."""
    plan = planned(
        Lifecycle(), sla={"hand_raise": Sla(within="30m", escalate="head_of_sales"), "mql": Sla(within="1d")}
    )
    text = " ".join(diagram(plan, "text", width=400).split())
    assert "-> SQL back by hand-raise on an act, if the lead has asked to talk to sales and " in text
    assert "SLA: within 30 minutes, or head of sales is told; starts the next cycle" in text
    assert "MQL: MOFU, warm; SLA: within 1 working day -> won" in text
    assert "SQL: BOFU, hot; handed to sales -> won" in text
    assert "the score is not enough to stay MQL; reason: cooled" in text


def test_table_leaves_out_slas_that_the_playbook_does_not_have():
    """The SLA of a hand-raise is named only where it has a time."""
    assert "SLA" not in diagram(planned(Lifecycle()), "text")


def test_table_says_what_becomes_of_a_maybe():
    """Each policy stands there: where to, how long, how often, what counts."""
    recycle = Recycle(
        inbound=RecyclePolicy(to="lead", interest="keep"),
        outbound=RecyclePolicy(rest_months=(3, 6), attempts=1),
        partner=RecyclePolicy(rest_months=(1, 1), wake="never"),
    )
    last = blocks(diagram(planned(Lifecycle(), recycle), "text", width=400))[-1]
    named = "rests until the day that the buyer names, else for"
    counts = "only what it does from then on counts"
    assert last == [
        "What becomes of a maybe",
        "  inbound: goes to lead; what it did before goes on fading",
        f"  outbound: {named} 3 to 6 months; after 1 rest it is dormant; its own act ends the rest sooner; {counts}",
        f"  partner: {named} 1 month; no act of its own ends the rest sooner; {counts}",
    ]


def test_table_says_to_which_of_several_rests_a_maybe_goes():
    """Where there is more than one stage of rest, the one that is meant is named."""
    stages = (Stage(name="lead"), Stage(name="nap", kind="rest"), Stage(name="sleep", kind="rest"))
    ways = (
        Transition(name="maybe", from_="lead", to="nap", on="maybe"),
        Transition(name="up", from_=("nap", "sleep"), to="lead", on=("event", "wake")),
    )
    plan = planned(Lifecycle(stages=stages, transitions=ways), Recycle(inbound=RecyclePolicy(to="sleep")))
    text = " ".join(diagram(plan, "text").split())
    assert "inbound: goes to sleep; rests until the day that the buyer names, else until an act of its own;" in text
    assert "-> sleep maybe (inbound) on a maybe" in text


def test_table_says_when_nothing_leads_out_of_a_stage():
    """An end that nobody comes back from says so."""
    stages = (Stage(name="lead"), Stage(name="done", kind="ended"))
    ways = (Transition(name="yes", from_="lead", to="done", on="yes", when=field("fit").ge(0)),)
    text = diagram(planned(Lifecycle(stages=stages, transitions=ways)), "text")
    assert blocks(text)[-1] == ["done: end of a cycle", "  nothing leads out of it"]


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("language", LANGUAGES)
def test_table_keeps_within_its_width(width, language):
    """No line is wider than the terminal."""
    text = diagram(BOOK.plan, "text", language=language, labels=BOOK.labels.get(language, {}), width=width)
    assert max(map(len, text.splitlines())) <= max(width, 70)


@pytest.mark.parametrize("width", [-1, 0, 1])
def test_table_is_readable_however_narrow_the_terminal_says_it_is(width):
    """A width that makes no sense gives the narrowest table."""
    assert diagram(BOOK.plan, "text", width=width) == diagram(BOOK.plan, "text", width=24)


def test_diagram_is_the_same_however_often_it_is_drawn():
    """A drawing depends on the plan alone, so that it can be kept under version control."""
    again = loads(starter_text()).plan
    assert diagram(BOOK.plan) == diagram(again)
    assert diagram(evolve(again), "text") == diagram(BOOK.plan, "text")


def test_diagram_refuses_another_kind():
    """A kind that does not exist gets a hint."""
    with pytest.raises(UnknownName, match=r"Did you mean `mermaid`\?"):
        _loose(BOOK.plan, "mermiad")


def test_diagram_refuses_another_language():
    """A language that leadqual does not speak is refused."""
    with pytest.raises(UnknownName):
        _loose(BOOK.plan, language="fr")


def test_languages_have_the_same_phrases():
    """No language lacks a phrase, or has other holes in it."""

    def holes(language: Any) -> dict[str, set[str]]:
        return {
            key: {name for _, name, *_ in Formatter().parse(text) if name} for key, text in PHRASES[language].items()
        }

    assert holes("en") == holes("es")
    assert NAMES["en"].keys() <= NAMES["es"].keys()
    assert {f"on {trigger}" for trigger in values.TRIGGERS} <= PHRASES["en"].keys()


@pytest.mark.parametrize("preset", values.PRESETS)
def test_every_transition_that_comes_with_leadqual_has_a_spanish_name(preset):
    """A Spanish drawing of the shipped tables holds no English name."""
    plan = planned(Lifecycle(preset=preset))
    assert {transition.name for transition in plan.transitions} <= NAMES["es"].keys()
