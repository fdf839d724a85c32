"""Sentences about a lead's life."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from string import Formatter
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve, fields

from leadqual.errors import HistoryError, UnknownName, kind_of
from leadqual.languages import LANGUAGES
from leadqual.lifecycle.default import default_stages, default_transitions
from leadqual.lifecycle.effects import EFFECTS, CreateTask, Effect, Notify, RecheckAt, Review
from leadqual.lifecycle.facts import FACTS, Cause, Fact, HandRaised, Opened, Recycled, ReviewOpened, Touched, Woken
from leadqual.lifecycle.inputs import FLAGS
from leadqual.lifecycle.told import because, stage_word, tell, tell_effect
from leadqual.lifecycle.told.phrases import NAMES, PHRASES, REASONS
from leadqual.lifecycle.values import VERDICTS, Lifecycle
from leadqual.playbook import loads
from leadqual.presets import starter_text
from tests.core.lifecycle.told import golden
from tests.core.lifecycle.told.golden import AT, change, effect, fact, verdict

_loose_tell: Any = tell
_loose_effect: Any = tell_effect


def test_sentences_are_the_ones_that_were_read():
    """Every sentence of both languages was read by a person; a changed one is to be read again."""
    assert golden.PATH.read_text(encoding="utf-8") == golden.written(), golden.AGAIN


def test_sentences_that_were_read_are_of_every_kind():
    """The text that people read holds each kind of fact and of effect."""
    assert {type(fact) for fact in golden.FACTS} == set(FACTS)
    assert {type(effect) for effect in golden.EFFECTS} == set(EFFECTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_was_read(language):
    """Each phrase of a language stands somewhere in the text that people read."""
    text = golden.PATH.read_text(encoding="utf-8")
    pieces = [piece for phrase in PHRASES[language].values() for piece, *_ in Formatter().parse(phrase)]
    assert not [piece for piece in (*pieces, *REASONS[language].values()) if piece.strip("() ") not in text]


def test_languages_have_the_same_phrases():
    """No language lacks a phrase, or says something in it that the other does not know."""
    holes = {
        language: {key: {name for _, name, *_ in Formatter().parse(phrase) if name} for key, phrase in phrases.items()}
        for language, phrases in PHRASES.items()
    }
    assert holes["en"] == holes["es"]
    assert REASONS["en"].keys() == REASONS["es"].keys()
    assert NAMES["en"].keys() <= NAMES["es"].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_shipped_lifecycles_are_told_without_names_of_the_table(language):
    """Each transition and stage that comes with leadqual has words of its own in each language."""
    model = loads(starter_text(), format="toml").model
    for preset in ("default", "subscriber"):
        lifecycle = Lifecycle(preset=preset)
        assert {way.name for way in default_transitions(lifecycle, model)} <= REASONS[language].keys()
        for stage in default_stages(lifecycle):
            assert {f"to {stage.name}", f"now {stage.name}"} <= PHRASES[language].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_a_fact_may_hold_has_a_phrase(language):
    """Verdicts, flags, tasks and the reasons of reviews are told in words of the language."""
    known = PHRASES[language].keys()
    assert {f"verdict {word}" for word in VERDICTS} <= known
    assert {f"{before} {flag}" for before in ("flag", "no flag") for flag in FLAGS} <= known
    assert {f"task {task}" for task in get_args(fields(CreateTask).task.type)} <= known
    for kind in (Review, ReviewOpened):
        assert {f"because {word}" for word in get_args(fields(kind).because.type)} <= known


def test_labels_name_stages_reasons_and_transitions():
    """What the team calls something comes first, in quotes where it does not fit the sentence."""
    labels = {"mql": "Warm lead", "no_budget": "keine Mittel", "score for marketing": "warm genug", "call": "Anruf"}
    moved = change("lead", "mql", "score for marketing")
    text = "On 3 March 2026 it moved to the stage “Warm lead” (B2, interest 11.35): warm genug."
    assert tell(moved, labels=labels) == text
    rest = fact(Recycled, reason="no_budget", attempt=1, dormant=True)
    assert "(reason: keine Mittel)" in tell(rest, labels=labels)
    assert "(Anruf)" in tell(fact(Touched, kind="call"), labels=labels)
    assert "it is in the stage “Warm lead” now" in tell_effect(
        effect(Notify, stage="mql", because="yes"), labels=labels
    )


def test_label_that_is_the_usual_word_changes_no_sentence():
    """A playbook that labels `mql` as MQL, or `lead` as Lead, reads as one that does not."""
    for stage in ("mql", "lead"):
        moved = change("recycle", stage, "rested")
        assert tell(moved, labels={"mql": "MQL", "lead": "Lead"}) == tell(moved)


def test_label_cannot_break_the_line():
    """A label or a reason with a line break or a brace is shown on one line, as it is."""
    said = tell(verdict("no", reason="{reason}\nx"), labels={"{reason}\nx": "a{b}\nc"})
    assert said == "It said no (reason: a{b}\\nc)."
    assert tell(verdict("no", reason="{0}\n")) == "It said no (reason: {0}\\n)."


@pytest.mark.parametrize(
    ("amount", "english", "spanish"),
    [("1500", "1500 EUR", "1500 EUR"), ("0.5", "0.50 EUR", "0,50 EUR"), ("9.99", "9.99 EUR", "9,99 EUR")],
)
def test_amounts_are_written_as_money(amount, english, spanish):
    """An amount has no cents or two of them, with the sign of the language."""
    sold = verdict("yes", amount=Decimal(amount), currency="EUR")
    assert tell(sold) == f"It said yes ({english})."
    assert tell(sold, language="es") == f"Dijo que sí ({spanish})."


def test_due_is_never_told_later_than_it_is():
    """Seconds are cut: who acts by the minute that is told has acted in time."""
    at = AT.replace(hour=23, minute=59, second=59, microsecond=999_999)
    assert tell_effect(effect(RecheckAt, at=at)) == "Look at it again on 3 March 2026, 23:59 UTC."


def test_day_is_that_of_utc():
    """An instant of another zone is told by its day in UTC."""
    tokyo = datetime(2026, 3, 4, 8, tzinfo=timezone(timedelta(hours=9)))
    assert tell(fact(Opened, stage="lead", model="m", at=tokyo)).startswith("On 3 March 2026 ")


def test_days_and_times_are_those_of_the_zone_that_is_asked_for():
    """A rest that ends where a day begins in Madrid is told by that day there."""
    madrid = ZoneInfo("Europe/Madrid")
    rest = fact(Recycled, attempt=1, wake_at=datetime(2026, 6, 13, 22, tzinfo=UTC))
    assert tell(rest) == "It rests until 13 June 2026, 22:00 UTC, attempt 1."
    assert tell(rest, zone=madrid) == because([rest], zone=madrid) == "It rests until 14 June 2026, attempt 1."
    again = effect(RecheckAt, at=datetime(2026, 6, 13, 22, 30, tzinfo=UTC))
    assert tell_effect(again, zone=madrid) == "Look at it again on 14 June 2026, 00:30 (Europe/Madrid)."
    spanish = "Volver a mirarlo el 13 de junio de 2026, a las 23:30 UTC+01:00."
    assert tell_effect(again, language="es", zone=timezone(timedelta(hours=1))) == spanish


def test_verdict_is_not_said_again_of_what_follows_from_it():
    """In a paragraph a change of stage and a rest do not repeat the verdict that brought them about."""
    text = because(golden.SEVERAL)
    assert text.count("no budget") == 1
    assert "It rests until 14 June 2026, attempt 1." in text
    assert "On 3 March 2026 it went to rest. " in text


@pytest.mark.parametrize("between", [{"known_at": AT.replace(hour=20)}, {"cause": Cause("time")}])
def test_what_has_another_cause_is_told_in_full(between):
    """A later change of stage says why, even if a verdict stands before it in the paragraph."""
    later = evolve(change("sql", "recycle", "maybe", reason="no_budget"), **between)
    assert because([verdict("maybe", reason="no_budget"), later]).endswith(tell(later))


def test_hand_raise_and_wake_are_said_once():
    """What a lead did by itself is not said again of the stage that it brought."""
    asked = fact(HandRaised, key=("", "e7"), kind="call", until=AT)
    assert because([asked, change("lead", "sql", "hand-raise")]).count("asked for sales") == 1
    woken = fact(Woken, early=True)
    text = because([woken, change("recycle", "lead", "woken by its own act")])
    assert text == f"{tell(woken)} On 3 March 2026 it became a lead again (B2, interest 11.35)."


def test_a_team_s_own_transition_and_reason_are_always_said():
    """A name or a reason that the facts before do not hold stands in the paragraph."""
    for moved in (change("sql", "recycle", "asked_twice"), change("sql", "recycle", "maybe", reason="cooled")):
        assert because([verdict("maybe", reason="no_budget"), moved]).endswith(tell(moved))
    poor = change("lead", "mql", "hand-raise of a poor fit")
    assert "poor fit" in because([fact(HandRaised, key=("", "e7"), kind="call", until=AT), poor])


def test_rest_for_another_reason_than_the_verdict_says_it():
    """Where the policy gives a reason of its own, the paragraph holds it."""
    rest = fact(Recycled, reason="cooled", attempt=1, dormant=True)
    assert because([verdict("maybe"), rest]).endswith(tell(rest))


def test_nothing_is_told_of_nothing():
    """Without facts there is a sentence too."""
    assert because(iter(())) == "Nothing has changed."
    assert because((), language="es") == "Nada ha cambiado."


@pytest.mark.parametrize("stage", ["won", "lost", "recycle", "lead", "mql", "sql", "subscriber", "in_talks"])
def test_stages_have_a_word(stage):
    """A stage is called by a word of the language or by its label, never by a name with underscores."""
    assert "_" not in stage_word(stage)
    assert stage_word(stage, language="es", labels={stage: "así"}) == "así"


def test_language_has_to_be_known():
    """A language that leadqual does not speak is refused, not replaced."""
    unknown: Any = "de"
    for told in (lambda: tell(golden.FACTS[0], language=unknown), lambda: because([], language=unknown)):
        with pytest.raises(UnknownName):
            told()


@pytest.mark.parametrize("value", [None, "fact", Fact, golden.FACTS, golden.EFFECTS[0]])
def test_only_facts_are_told(value):
    """What is no fact is refused, and not shown."""
    with pytest.raises(HistoryError) as caught:
        _loose_tell(value)
    said = f"a fact was expected (got {kind_of(value)}). Pass one that leadqual made."
    assert [str(problem) for problem in caught.value.problems] == [said]


@pytest.mark.parametrize("value", [None, "effect", Effect, golden.FACTS[0]])
def test_only_effects_are_told_as_such(value):
    """What is no effect is refused, and not shown."""
    with pytest.raises(HistoryError, match="^an effect was expected .*Pass one that leadqual made.$"):
        _loose_effect(value)


def test_nobody_is_named():
    """Neither a lead, nor an event, nor who acted or worked on it stands in a sentence."""
    words = golden.PATH.read_text(encoding="utf-8").replace(".", " ").split()
    assert {effect.lead_id for effect in golden.EFFECTS} == {"L1"}
    assert {fact.actor for fact in golden.FACTS} == {"ana"}
    assert not {"L1", "L2", "ana", "e7", "e9", "web", "m"} & set(words)
