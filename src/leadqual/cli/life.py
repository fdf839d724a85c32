"""One lead's life on the screen and for machines: what became of it, where it stands, what is possible and next."""

from rich.console import Console

from leadqual.cli.explained import ToldLife
from leadqual.cli.options import shown_instant
from leadqual.cli.screen import say
from leadqual.cli.spanish import VERDICTS
from leadqual.cli.voice import Voice
from leadqual.lifecycle.told import stage_word, tell
from leadqual.lifecycle.told.voice import Voice as Told
from leadqual.qualifier.timeline import timeline


def print_life(console: Console, told: ToldLife, voice: Voice) -> None:
    """Print the timeline, where the lead stands, which verdicts it can take and when something happens next.

    Args:
        console: Where to.
        told: The life.
        voice: The language.
    """
    words, life = voice.words, told.life
    state = life.record.state
    zone = told.qualifier.lifecycle.business.zone
    when = Told(words, zone)
    text = timeline(
        life.facts,
        language=words.language,
        labels=words.labels,
        width=console.width - 1,
        until=life.record.as_of,
        zone=zone,
    )
    for line in text.splitlines():
        say(console, line, wrap=False)
    console.print()
    stage = words.quoted(stage_word(state.stage, language=words.language, labels=words.labels))
    first = "It stands in {stage} since {day}, in its first cycle."
    later = "It stands in {stage} since {day}, in cycle {cycle}."
    say(
        console,
        voice(later if state.cycle > 1 else first, stage=stage, day=when.day(state.entered_at), cycle=state.cycle),
    )
    allowed = told.qualifier.allowed(life.record)
    if allowed:
        own = allowed if words.language == "en" else [VERDICTS[verdict] for verdict in allowed]
        say(console, voice("Possible verdicts: {verdicts}.", verdicts=", ".join(own)))
    else:
        say(console, voice("No verdict is possible here."))
    due = told.qualifier.next_due(life.record)
    if due is None:
        say(console, voice("Nothing more happens by itself."))
    else:
        say(console, voice("Next, something happens by itself on {moment}.", moment=when.minute(due)))
    for refusal in life.refused:
        sentence = "Not taken: {verdict} on {day}; it was not possible then."
        say(console, voice(sentence, verdict=f"`{refusal.given.verdict}`", day=when.day(refusal.at)), "yellow")


def life_data(told: ToldLife, voice: Voice) -> dict[str, object]:
    """Return the same for machines.

    Args:
        told: The life.
        voice: The language of the sentences in it.
    """
    words, life = voice.words, told.life
    state = life.record.state
    zone = told.qualifier.lifecycle.business.zone
    due = told.qualifier.next_due(life.record)
    return {
        "stage": state.stage,
        "entered_at": shown_instant(state.entered_at),
        "furthest": state.furthest,
        "cycle": state.cycle,
        "allowed": list(told.qualifier.allowed(life.record)),
        "next_due": None if due is None else shown_instant(due),
        "refused": [
            {"verdict": refusal.given.verdict, "at": shown_instant(refusal.at), "why": refusal.problems[0].what}
            for refusal in life.refused
        ],
        "facts": [
            {
                "seq": fact.seq,
                "at": shown_instant(fact.at),
                "known_at": shown_instant(fact.known_at),
                "fact": fact.name,
                "text": tell(fact, language=words.language, labels=words.labels, zone=zone),
            }
            for fact in life.facts
        ],
    }
