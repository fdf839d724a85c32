"""One lead's score as a card: what it is, and the ledger that adds up to it."""

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console

from leadqual.cli.options import shown_instant
from leadqual.cli.screen import say, table
from leadqual.cli.subject import Subject
from leadqual.cli.voice import ENGLISH, Voice
from leadqual.scoring import Line, Score

_WIDE = 110
"""From how many columns there is room for the place of each rule in the playbook."""
_FIT: Final = (
    ("Rule", "long"),
    ("Reads", "left"),
    ("Raw", "right"),
    ("Caps", "right"),
    ("Points", "right"),
    ("Where", "left"),
)
_INTEREST: Final = (
    ("Rule", "long"),
    ("Events", "right"),
    ("Raw", "right"),
    ("Limits", "right"),
    ("Decay", "right"),
    ("Caps", "right"),
    ("Points", "right"),
    ("Where", "left"),
    ("Newest", "left"),
)


def print_head(console: Console, subject: Subject, *, clock: bool = False, voice: Voice = ENGLISH) -> None:
    """Print whose score it is, what made it, and what it comes to.

    Args:
        console: Where to.
        subject: The lead and its score.
        clock: Whether the instant came from the clock; then it is said how to repeat it.
        voice: The language.
    """
    score, playbook = subject.score, f"{subject.playbook.name} {subject.playbook.version}"
    at = shown_instant(score.now)
    if subject.told is not None:
        name, day = subject.told.example.name, voice.day(score.reading.today)
        name = voice.words.quoted(voice.words.labels.get(name, name))
        say(console, voice("Example {name} at the end of {day}", name=name, day=day), "bold")
    elif clock:
        text = "Lead {lead} as of {at} (the clock; repeat with --now {at})"
        say(console, voice(text, lead=score.lead_id, at=at), "bold")
    else:
        say(console, voice("Lead {lead} as of {at}", lead=score.lead_id, at=at), "bold")
    if subject.objective is None:
        say(console, voice("by {playbook}", playbook=playbook))
    else:
        say(console, voice("by {playbook}, objective {objective}", playbook=playbook, objective=subject.objective))
    console.print(table((("", "left"), ("", "right"), ("", "long")), _facts(score, voice), header=False))
    if subject.told is not None:
        _print_outcome(console, subject.told.problems, voice)


def _print_outcome(console: Console, problems: Sequence[object], voice: Voice) -> None:
    for problem in problems:
        say(console, str(problem), "red")
    if not problems:
        say(console, voice("The example holds."), "green")
    console.print()


def print_ledger(console: Console, score: Score, voice: Voice = ENGLISH) -> None:
    """Print the lines of both axes, each with their sum.

    Args:
        console: Where to.
        score: The score.
        voice: The language.
    """
    for axis, title in (("fit", "Fit"), ("interest", "Interest")):
        _print_axis(console, score, axis, voice(title), voice)


def print_notes(console: Console, subject: Subject, voice: Voice = ENGLISH, *, exact: bool = True) -> None:
    """Print what a reader of the card should know.

    Args:
        console: Where to.
        subject: The lead and its score.
        voice: The language.
        exact: Whether points were shown line by line, so that it is said where their other decimals are.
    """
    for remark in subject.remarks:
        say(console, voice("Note: {note}", note=voice(remark)), "yellow")
    if exact:
        text = "Points are shown to two decimals; --json has the exact ones, which add up exactly."
        say(console, voice(text), "dim")


def _facts(score: Score, voice: Voice) -> Iterator[Sequence[str]]:
    fit = [] if score.grade is None else [voice("grade {grade}", grade=score.grade)]
    fit.append(voice("{share} % of the profile is known", share=voice.points(score.completeness)))
    if score.fit_low != score.fit_high:
        low, high = voice.points(score.fit_low), voice.points(score.fit_high)
        fit.append(voice("from {low} to {high} once all is", low=low, high=high))
    interest = [] if score.level is None else [voice("level {level}", level=score.level)]
    acts, days = voice.count(score.interactions, "interaction"), voice.count(score.active_days, "active day")
    interest.append(voice("{interactions} on {days}", interactions=acts, days=days))
    own, ours = (_ago(days, voice) for days in (score.days_since_activity, score.days_since_contact))
    yield (voice("Label"), score.label, _verdict(score, voice))
    yield (voice("Fit"), voice.points(score.fit), "; ".join(fit))
    yield (voice("Interest"), voice.points(score.interest), "; ".join(interest))
    yield (voice("Total"), voice.points(score.total), voice("last own act: {own}; ours: {ours}", own=own, ours=ours))


def _ago(days: int | None, voice: Voice) -> str:
    if days is None:
        return voice("never")
    return voice("today") if days == 0 else voice("{days} ago", days=voice.count(days, "day"))


def _verdict(score: Score, voice: Voice) -> str:
    if score.gate is not None:
        gates = ", ".join(voice.words.name(reason) for reason in score.gates)
        return voice("gated: {gates}; cannot qualify", gates=gates)
    kept = score.stays - score.qualifies  # bars with a `stay` that are kept and not reached
    qualifies = voice("does not qualify")
    if score.qualifies:
        qualifies = voice("qualifies as {bars}", bars=voice.bars(score.qualifies))
    stays = [voice("is above the bar to stay {bars}", bars=voice.bars(kept))] if kept else []
    return "; ".join([qualifies, *stays])


def _print_axis(console: Console, score: Score, axis: str, title: str, voice: Voice) -> None:
    lines = [line for line in score.lines if line.axis == axis]
    if not lines:
        say(console, voice("{axis}: nothing counts.", axis=title))
        return
    columns, cells = (_INTEREST, _interest_cells) if axis == "interest" else (_FIT, _fit_cells)
    place = next(i for i, (heading, _) in enumerate(columns) if heading == "Points")
    total = [f"= {voice(axis)}", *[""] * (len(columns) - 1)]
    total[place] = voice.points(score.interest if axis == "interest" else score.fit)
    rows = [cells(line, voice) for line in lines if line.what != "rounding" or voice.some(line.points)]
    shown = len(columns) if console.width >= _WIDE else place + 1
    spoken = [(voice(heading), kind) for heading, kind in columns[:shown]]
    console.print(table(spoken, (row[:shown] for row in (*rows, total)), title=title))


def _fit_cells(line: Line, voice: Voice) -> tuple[str, ...]:
    reads = ", ".join(map(voice.words.name, line.fields))
    return (
        line_name(line, voice),
        reads,
        voice.some(line.raw),
        voice.some(line.cap),
        voice.points(line.points),
        line.where,
    )


def _interest_cells(line: Line, voice: Voice) -> tuple[str, ...]:
    events = f"{line.count:,}" if line.what in {"rule", "inactivity"} else ""
    taken = map(voice.some, (line.raw, line.limits, line.decay, line.cap))
    newest = line.evidence[0].day.isoformat() if line.evidence else ""
    return (line_name(line, voice), events, *taken, voice.points(line.points), line.where, newest)


def line_name(line: Line, voice: Voice = ENGLISH) -> str:
    """Return what people call a line of a ledger.

    Args:
        line: The line.
        voice: The language, with the playbook's labels.
    """
    if line.what == "rounding":
        return voice("Rounding")
    if line.what == "cap":
        _, of_group, name = line.where.partition(".groups.")
        axis = "Cap of fit" if line.axis == "fit" else "Cap of interest"
        return voice("Cap of {group}", group=voice.words.name(name)) if of_group else voice(axis)
    if line.what == "table" and [line.name] == [name.replace("_", " ") for name in line.fields]:
        return voice.words.name(line.fields[0])  # a table without a name is called by what it reads
    label = voice.words.labels.get(line.name)
    names: dict[str, str] = {}
    for part in line.name.split(", "):  # a rule without a name is called by its kinds
        spoken = _part(part, voice)
        names.setdefault(spoken.casefold(), spoken)
    return label or ", ".join(names.values())


def _part(name: str, voice: Voice) -> str:
    inner = name.isidentifier() and name == name.lower()  # written as in a document, not as by a person
    return voice.words.kind(name) if inner else voice.words.labels.get(name, name)
