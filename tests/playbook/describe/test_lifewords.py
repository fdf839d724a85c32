"""How a lead moves, what becomes of a maybe and by when somebody acts, in plain sentences."""

import re

import pytest

from leadqual.conditions.describe import describe as said_of
from leadqual.conditions.nodes import Leaf
from leadqual.languages import LANGUAGES, Language
from leadqual.lifecycle.default import default_transitions
from leadqual.lifecycle.scope import guard_scope
from leadqual.lifecycle.values import Lifecycle
from leadqual.playbook import loads
from leadqual.playbook.describe import describe
from leadqual.playbook.describe.lifewords import TOLD, TOLD_WITH
from tests.playbook.describe.golden import starter

HEAD = 'schema = 1\nname = "a"\nversion = "1"\n'
CHAPTERS = {"en": "How a lead moves", "es": "Cómo avanza un lead"}


def told(text: str, language: Language = "en") -> str:
    """Return the chapter on how a lead moves, of a playbook with some tables."""
    playbook = loads(HEAD + text, format="toml")
    return describe(playbook, language=language).split(f"## {CHAPTERS[language]}\n")[1]


def test_every_transition_of_the_lifecycles_that_are_shipped_is_told():
    """No way of the tables that come with leadqual is left out, and none is told that they do not have."""
    model = starter().model
    ways = {way.name for preset in ("default", "subscriber")
            for way in default_transitions(Lifecycle(preset=preset), model)}  # fmt: skip
    assert ways <= {*TOLD, *TOLD_WITH}
    assert {*TOLD, *TOLD_WITH} - ways == {"cooled", "disqualified", "cooled as SQL"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_of_a_guard_has_words(language: Language):
    """What a guard may read beyond a bar is told without the name it has in a document."""
    scope = guard_scope(starter().model)
    for name, kind in scope.fields.items():
        if "." not in name or name.startswith("group."):
            continue
        values = {"boolean": (True, False), "list": ("mql", "sql")}.get(kind.name, ("lead", "no_budget"))
        for op in ("has", "has_all") if kind.name == "list" else ("eq", "ne", "exists", "missing"):
            for value in values:
                given = None if op in ("exists", "missing") else (value,) if op == "has_all" else value
                text = said_of(Leaf(field=name, op=op, value=given), language=language)
                assert not re.search(r"[a-z][._][a-z]", text), text


@pytest.mark.parametrize(("language", "phrase"), [
    ("en", "From reader to lead**: a subscriber becomes a lead if"),
    ("es", "De lector a lead**: un suscriptor pasa a ser lead si"),
])  # fmt: skip
def test_subscribers_are_told_of_where_they_are_a_stage(language, phrase):
    """The lifecycle for readers says how one of them becomes a lead, the other does not."""
    assert phrase in told('[lifecycle]\npreset = "subscriber"\n', language)
    assert phrase not in told("", language)


def test_hand_raise_asks_for_no_fit_where_there_are_no_grades():
    """Without grades nobody is a poor fit, and nothing is said of one."""
    text = told('[qualify]\nhand_raise = ["demo"]\n')
    assert "talk to sales (demo) becomes an SQL at once, whatever its interest. That holds once" in text
    assert "hardly fits" not in text
    graded = told('[qualify]\nhand_raise = ["demo"]\n[fit.grades]\nA = 50\nC = 20\n')
    assert "whatever its interest, if the best possible fit is at least 20. That" in graded
    assert "hardly fits" in graded


def test_kinds_of_answers_are_told_where_there_are_any():
    """A playbook without kinds that answer us has no sentence that names none."""
    assert "These acts are an answer: chat." in told('[lifecycle]\nreplies = ["chat"]\ntouches = []\n')
    none = told("[lifecycle]\nreplies = []\ntouches = []\n")
    assert "are an answer" not in none
    assert "works on a lead is seen" not in none


def test_maybes_that_go_back_into_the_funnel_do_not_rest():
    """Where a maybe leads to an open stage, nothing is said of a rest."""
    text = told('[recycle]\ninbound = { to = "lead", rest_months = [3, 6], attempts = 2 }\n')
    (line,) = [line for line in text.splitlines() if line.startswith("- **Leads that came by themselves")]
    assert line.endswith("go to lead. Only what they do from then on counts.")


def test_lifecycle_without_a_maybe_has_no_section_on_it():
    """Where no way waits for a maybe, nothing becomes of one."""
    ways = '[[lifecycle.transitions]]\nname = "{0}"\nfrom = "lead"\nto = "{1}"\non = "{0}"\n'
    stages = 'stages = [{ name = "lead" }, { name = "won", kind = "ended" }, { name = "lost", kind = "ended" }]\n'
    text = told(f"[lifecycle]\n{stages}" + ways.format("yes", "won") + ways.format("no", "lost"))
    assert "**Yes**: from lead to won, with a yes." in text.replace("Won", "won")
    assert "maybe" not in text


def test_holidays_are_counted_where_they_are_many():
    """Twenty holidays are named one by one, more are counted."""
    days = [f"2026-{month:02}-{day:02}" for month in range(1, 12) for day in (1, 15)]
    many = told(f"[calendar]\nholidays = {days[::-1]}\n")
    assert "The 22 holidays that are set down from 1 January 2026 to 15 November 2026 do not count." in many
    few = told(f"[calendar]\nholidays = {[*days[:20], days[0]]}\n")
    assert few.count(" 2026") == 20


def test_time_is_told_only_where_something_is_said_of_it():
    """Without times to act and without a calendar there is no section on them."""
    assert "By when" not in told("")
    assert "within 90 minutes" in told('[sla]\nlead = "90m"\n')
    assert "within 1 hour." in told('[sla]\nlead = "1h"\n')
