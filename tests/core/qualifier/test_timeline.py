"""One lead's life as text."""

from datetime import UTC, datetime, timedelta
from string import Formatter
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from leadqual.errors import HistoryError, InstantError, UnknownName
from leadqual.event import Event
from leadqual.lead import Lead
from leadqual.lifecycle.facts import (
    Cause,
    CycleStarted,
    Enrolled,
    Fact,
    Merged,
    Opened,
    StageChanged,
    TouchCameDue,
    TouchEnded,
    Unmerged,
)
from leadqual.lifecycle.inputs import Tick, Verdict
from leadqual.playbook import loads
from leadqual.presets import starter_text
from leadqual.qualifier import Qualifier
from leadqual.qualifier.lifewords import PHRASES
from leadqual.qualifier.timeline import timeline

_loose: Any = timeline
QUALIFIER = Qualifier(loads(starter_text()))
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
NASTY = "\x1b[31mred\x1b]0;t\x07\n2026-01-01  won\u202e"


def lived(*inputs: Any) -> list[Fact]:
    """All facts of a lead of good fit that takes each input on its day."""
    attributes = {"job_title": "CTO", "department": "IT", "employees": 200, "email_type": "business", "country": "ES"}
    lead = Lead(id="L1", email="ana@b.example", acquisition="inbound", attributes=attributes)
    outcome = QUALIFIER.open(lead, now=START)
    facts = list(outcome.facts)
    for number, given_ in inputs:
        at = START + number * DAY
        value = Event(id=f"e{number}", lead_id="L1", kind=given_, at=at) if isinstance(given_, str) else given_
        outcome = QUALIFIER.handle(outcome.record, value, now=at)
        facts += outcome.facts
    return facts


LIFE = lived(
    (1, "demo_request"),
    (1.01, Verdict("accept", actor="Ana Example")),
    (6, Verdict("maybe", reason="no_budget")),
    (30, Verdict("no")),
    (300, "demo_request"),
    (304, Tick()),
    (305, Verdict("yes", amount=1000, currency="EUR")),
)


def head(text: str) -> list[tuple[str, str]]:
    """The first two columns of the entries, before the counts; stages stand in the second."""
    lines = [line for line in text.partition("\nStage")[0].splitlines() if line.startswith("20")]
    return [(line[:10], line[12:].partition("  ")[0]) for line in lines]


def test_timeline_tells_days_stages_and_sentences():
    """Each cause has its day, the stage that the lead entered, and what became of it."""
    lines = timeline(LIFE, width=400).splitlines()
    assert lines[0] == "Cycle 1"
    assert lines[1].startswith("2026-03-02  lead     On 2 March 2026 it entered as a lead; it came to us by itself.")
    assert lines[2].startswith("2026-03-03  SQL      It asked for sales by itself")
    assert lines[3] == "            |        Sales accepted it. Somebody acted in time (SLA: own request)."
    assert lines[4].startswith("2026-03-08  resting  For now it is neither a yes nor a no (reason: no budget).")


def test_timeline_parts_cycles():
    """A cycle begins with a line of its own."""
    text = timeline(LIFE, width=200)
    first, second = text.split("\n\nCycle 2\n")
    assert first.splitlines()[-1].startswith("2026-04-01  lost ")
    assert second.startswith("2026-12-27  SQL ")


def test_timeline_of_one_cycle_has_no_cycles():
    """Nobody is told of the only one."""
    assert "Cycle" not in timeline(LIFE[:3])


def test_timeline_counts_at_the_end():
    """How often and how long the lead stood where, how often it rested, and what became of SLAs."""
    text = timeline(LIFE, until=START + 310 * DAY)
    assert text.split("\n\n")[-1].splitlines() == [
        "Stage    Times  Days",
        "lead         1     1",
        "SQL          2    10",
        "resting      1    24",
        "lost         1   270",
        "won          1     5",
        "Rested: 1 time",
        "Cycles: 2",
        "SLAs: 1 met, 1 breached",
    ]


def test_timeline_counts_days_up_to_the_newest_fact():
    """Without an end of its own the last stage lasts until then."""
    assert timeline(LIFE[:1]).splitlines()[-1] == "lead       1     0"
    assert timeline(LIFE[:1], until=START + 1.25 * DAY).splitlines()[-1] == "lead       1   1.2"


def test_timeline_says_what_became_known_later():
    """A breach of which the host heard a day later says so."""
    assert "Nobody acted in time (SLA: own request). (known on 31 December 2026)" in timeline(LIFE, width=200)


def test_timeline_speaks_spanish():
    """Sentences, stages and counts are Spanish, with the labels of the team."""
    text = timeline(LIFE, language="es", labels={"won": "cliente"}, width=200, until=START + 306.5 * DAY)
    assert "Ciclo 2" in text
    assert "2027-01-01  cliente" in text
    assert "En reposo: 1 vez" in text
    assert "cliente        1   1,5" in text
    assert "SLA: 1 cumplidos, 1 incumplidos" in text


def test_timeline_names_nobody():
    """Neither the lead nor who acted stands in it."""
    text = timeline(LIFE)
    assert "Ana" not in text
    assert "L1" not in text


def test_timeline_of_a_merge_tells_where_the_lead_stands_after_it():
    """A merge and its undoing may change the stage without a transition."""
    state = QUALIFIER.replay(LIFE)
    first = LIFE[0]
    more: dict[str, Any] = {"lead_id": "L1", "at": state.known_at, "known_at": state.known_at, "cause": Cause("merge")}
    alone = QUALIFIER.replay(LIFE[:1])
    merged = Merged(seq=2, other_id="L2", before=alone, other=state, state=state, **more)
    apart = Unmerged(seq=3, state=alone, **more)
    assert head(timeline([first, merged, evolve(apart, at=apart.at + DAY, known_at=apart.at + DAY)], width=200)) == [
        ("2026-03-02", "lead"),
        ("2027-01-01", "won"),
        ("2027-01-02", "lead"),
    ]


def test_timeline_of_a_part_of_a_life_has_no_stage_before_the_first_change():
    """Where the beginning is missing, the stage is blank until it is known."""
    text = timeline([fact for fact in LIFE if not isinstance(fact, Opened | CycleStarted | StageChanged)], width=200)
    assert "|" not in text
    assert text.splitlines()[0].startswith("2026-03-03    It asked for sales by itself")


def test_timeline_of_nothing_says_so():
    """No facts, no life."""
    assert timeline([]) == "Nothing has changed.\n"
    assert timeline([], language="es") == "Nada ha cambiado.\n"


def test_timeline_shows_hostile_words_as_codes():
    """Reasons and labels make no lines of their own and command no terminal."""
    facts = lived((1, Verdict("maybe", reason=NASTY)), (2, Verdict("no", reason=NASTY)))
    text = timeline(facts, labels={"lost": NASTY})
    assert [c for c in text if not c.isprintable() and c != "\n"] == []
    assert [day for day, _ in head(text)] == ["2026-03-02", "2026-03-03", "2026-03-04"]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_timeline_keeps_within_its_width(width):
    """No line is wider than the terminal."""
    assert max(map(len, timeline(LIFE, width=width).splitlines())) <= width


@given(width=st.integers(-5, 60))
def test_timeline_loses_nothing_in_a_narrow_terminal(width):
    """Every word stands there, however little room there is."""
    words = sorted(word for line in timeline(LIFE, width=10_000).splitlines() for word in line.split() if word != "|")
    assert (
        sorted(word for line in timeline(LIFE, width=width).splitlines() for word in line.split() if word != "|")
        == words
    )


def test_timeline_refuses_what_is_no_fact():
    """Facts have to be facts, the language known, the end an instant."""
    with pytest.raises(UnknownName):
        _loose(LIFE, language="fr")
    with pytest.raises(InstantError):
        timeline(LIFE, until=START.replace(tzinfo=None))
    with pytest.raises(HistoryError):
        _loose([evolve(LIFE[0]), Fact(lead_id="L1", seq=2, at=START, known_at=START, cause=Cause("time"))])


def test_languages_have_the_same_phrases():
    """No language lacks a phrase, or has other holes in it."""

    def holes(language: Any) -> dict[str, set[str]]:
        return {
            key: {name for _, name, *_ in Formatter().parse(text) if name} for key, text in PHRASES[language].items()
        }

    assert holes("en") == holes("es")


@pytest.mark.parametrize("facts", [None, [None], "ab"])
def test_timeline_refuses_what_are_no_facts_at_all(facts):
    """Whatever came instead is described, not shown."""
    with pytest.raises(HistoryError, match="history: facts were expected"):
        timeline(facts)


def _nurtured(*outcomes):
    """All facts of a lead to which a touch went for each outcome that came to be known."""
    facts = lived()
    touch = {"sequence": "warm", "step": "guide", "channel": "email", "purpose": "newsletter"}
    kinds: list[tuple[Any, dict[str, Any]]] = [(Enrolled, {"sequence": "warm", "step": "guide"})]
    kinds += [(TouchCameDue, {"key": f"k{number}", **touch}) for number, _ in enumerate(outcomes)]
    kinds += [
        (TouchEnded, {"key": f"k{number}", "outcome": outcome}) for number, outcome in enumerate(outcomes) if outcome
    ]
    for kind, words in kinds:
        more: dict[str, Any] = {"seq": len(facts) + 1, "at": START + DAY, "known_at": START + DAY, **words}
        facts.append(kind(lead_id="L1", cause=Cause("time"), **more))
    return facts


@pytest.mark.parametrize(
    ("outcomes", "english", "spanish"),
    [
        (("sent",), "Touches: 1 came due, 1 sent", "Contactos: 1 llegaron a su momento, 1 enviados"),
        (("sent", None, "skipped"), "Touches: 3 came due, 1 sent", "Contactos: 3 llegaron a su momento, 1 enviados"),
    ],
)
def test_timeline_counts_touches(outcomes, english, spanish):
    """How many came due, and how many of them went."""
    facts = _nurtured(*outcomes)
    assert timeline(facts).splitlines()[-1] == english
    assert timeline(facts, language="es").splitlines()[-1] == spanish


def test_timeline_of_a_lead_without_touches_counts_none():
    """Also if it is in a sequence."""
    assert "Touches" not in timeline(_nurtured())
