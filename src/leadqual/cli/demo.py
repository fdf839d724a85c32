"""``leadqual demo``: the whole job on a made-up base whose truth is known."""

import filecmp
import shlex
import shutil
import tempfile
from pathlib import Path

import click
from rich.console import Console

from leadqual.cli.card import print_head, print_ledger, print_notes
from leadqual.cli.options import shown_instant
from leadqual.cli.prospects import print_prospects
from leadqual.cli.ranking import print_ranking, print_summary
from leadqual.cli.screen import number_of, say, screen, table
from leadqual.cli.subject import Subject
from leadqual.cli.voice import voice_of
from leadqual.cli.work import Scored, outcome_of, ranked, read, score_all
from leadqual.files import write_scores
from leadqual.playbook import load_playbook
from leadqual.presets import starter_text
from leadqual.scoring import Score
from leadqual.testing import SyntheticBase, synthetic_base

_PLAYBOOK = "playbook.toml"
_SCORES = "scores.csv"
_TOP = 10


@click.command()
@click.option(
    "--leads",
    type=click.IntRange(20, 50_000),
    default=500,
    show_default=True,
    metavar="N",
    help="How many leads to make up.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    default=7,
    show_default=True,
    metavar="N",
    help="Another seed, another base.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Where to keep the files; a new temporary folder by default.",
)
@click.option("--force", is_flag=True, help="Replace other files of the same names in FOLDER.")
def demo(leads: int, seed: int, out: Path | None, force: bool) -> None:
    """Show the whole job on a made-up base.

    The base is a B2B SaaS firm's: leads, a year of events, and what became of the leads afterwards. Because the truth
    is known, the demo can say how much better the best tenth converts.
    """
    base = synthetic_base(seed=seed, leads=leads)
    folder = _lay_out(base, out, force=force)
    playbook = load_playbook(folder / _PLAYBOOK)
    files = ([folder / "leads.csv"], [folder / "events.csv"])
    scored = score_all(playbook, read(playbook, *files, base.now, "fail"), base.now)
    write_scores(folder / _SCORES, scored.scores)
    console = screen()
    _tell(console, base, scored, folder)


def _lay_out(base: SyntheticBase, out: Path | None, *, force: bool) -> Path:
    """Write the base and the starter playbook; never over somebody's other files unless forced."""
    if out is None:
        folder = Path(tempfile.mkdtemp(prefix="leadqual-demo-"))
        _write_all(base, folder)
        return folder
    with tempfile.TemporaryDirectory() as scratch:
        _write_all(base, Path(scratch))
        made = sorted(Path(scratch).iterdir())
        others = [one.name for one in made if _differs(out / one.name, one)]
        if not (out / _PLAYBOOK).exists() and (out / _SCORES).exists():
            others.append(_SCORES)
        if others and not force:
            message = f"{str(out)!a} has other files named {', '.join(others)}. Take another folder, or --force."
            raise click.BadParameter(message, param_hint="--out")
        out.mkdir(parents=True, exist_ok=True)
        for one in made:
            shutil.copyfile(one, out / one.name)
    return out


def _write_all(base: SyntheticBase, folder: Path) -> None:
    base.write(folder)
    (folder / _PLAYBOOK).write_text(starter_text(), encoding="utf-8", newline="\n")


def _differs(there: Path, made: Path) -> bool:
    return there.exists() and not (there.is_file() and filecmp.cmp(there, made, shallow=False))


def _tell(console: Console, base: SyntheticBase, scored: Scored, folder: Path) -> None:
    mails = sum(event.by == "us" for event in base.events)
    _step(console, 1, "A made-up base")
    say(
        console,
        f"{number_of(base.leads, 'lead')} of a B2B SaaS firm and {number_of(base.events, 'event')} of one year, "
        f"{mails:,} of them our own e-mails and calls; some deliveries came twice, some profiles have gaps. "
        f"All in {folder}, with the starter playbook.",
    )
    _step(console, 2, "Who is ready?")
    outcome = outcome_of(scored, _TOP)
    print_ranking(console, outcome)
    print_summary(console, outcome, clock=False)
    say(
        console,
        "A label is the grade of fit, A to D, and the level of interest, 1 (hottest) to 4. MQL: worth marketing's full "
        "effort. SQL: ready for sales.",
        "dim",
    )
    _step(console, 3, "Is the order right?")
    _print_lift(console, base, scored)
    _step(console, 4, f"Why is {ranked(scored.scores)[0].lead_id} at the top?")
    _print_card(console, scored, ranked(scored.scores)[0])
    say(
        console,
        "Raw is what the acts are worth. Limits (once a day, once for each item), decay (age) and caps take from it.",
        "dim",
    )
    other = _other(scored)
    _step(console, 5, f"And what next for {other.lead_id}?")
    print_prospects(console, other, voice_of(scored.playbook, "en"))
    say(console, "Every answer was tried: the lead was scored anew with it.", "dim")
    _step(console, 6, "Try next")
    _print_next(console, scored, other.lead_id, folder)


def _step(console: Console, number: int, title: str) -> None:
    console.print()
    say(console, f"{number}. {title}", "bold cyan")
    console.print()


def _print_lift(console: Console, base: SyntheticBase, scored: Scored) -> None:
    won = {outcome.lead_id for outcome in base.outcomes if outcome.result == "won"}
    order = ranked(scored.scores)
    groups = (
        ("All leads", order),
        ("Top tenth by total", order[: max(1, len(order) // 10)]),
        ("Qualified as MQL or SQL", [s for s in order if s.qualifies]),
        ("The lower half", order[len(order) // 2 :]),
    )
    columns = (("", "left"), ("Leads", "right"), ("Won", "right"), ("Share", "right"), ("Against all", "right"))
    console.print(table(columns, (_lift_row(title, group, won, len(order)) for title, group in groups)))
    say(
        console,
        "What became of them in the 90 days afterwards, which no score could see. The base is drawn from a known "
        "truth (see outcomes.csv, column chance), so this shows that the job works, not how your leads will convert.",
        "dim",
    )


def _lift_row(title: str, group: list[Score], won: set[str], everyone: int) -> tuple[str, ...]:
    hits = sum(s.lead_id in won for s in group)
    if not group or not won:
        return (title, str(len(group)), str(hits), "", "")
    share, base_share = hits / len(group), len(won) / everyone
    return (title, f"{len(group):,}", f"{hits:,}", f"{share:.1%}", f"{share / base_share:.1f}x")


def _print_card(console: Console, scored: Scored, score: Score) -> None:
    subject = Subject(playbook=scored.playbook, lead=score.reading.profile.lead, score=score)
    voice = voice_of(scored.playbook, "en")
    print_head(console, subject, voice=voice)
    print_ledger(console, score, voice)
    print_notes(console, subject, voice)


def _other(scored: Scored) -> Score:
    """Return the best lead after the first that has a bar before it, or else the last."""
    order = ranked(scored.scores)
    return next((s for s in order[1:] if s.qualifies == {"mql"}), order[-1])


def _print_next(console: Console, scored: Scored, other: str, folder: Path) -> None:
    files, now = "--leads leads.csv --events events.csv", f"--now {shown_instant(scored.now)}"
    for what, command in (
        ("If your shell does not know leadqual, activate the environment that has it", ". .venv/bin/activate"),
        ("Go to the files", f"cd {shlex.quote(str(folder))}"),
        ("Explain another lead", f"leadqual explain {_PLAYBOOK} --lead {other} {files} {now}"),
        (
            "See what time alone does to its interest",
            f"leadqual explain {_PLAYBOOK} --lead {other} {files} {now} --forecast 60",
        ),
        ("See what became of all leads: who rose, cooled or came back", f"leadqual history {_PLAYBOOK} {files} {now}"),
        (f"Change a number in {_PLAYBOOK}, check it", f"leadqual check {_PLAYBOOK} {files} {now}"),
        ("and score again", f"leadqual score {_PLAYBOOK} {files} {now} --top 10"),
        (
            "Your own files: a playbook that fits them",
            "leadqual init my.toml --leads YOUR_LEADS.csv --events YOUR_EVENTS.csv",
        ),
    ):
        say(console, f"{what}:")
        say(console, command, "green", wrap=False)
