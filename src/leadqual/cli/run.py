"""``leadqual run``: what happened to the leads of files goes into a store, each of it once."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click
from attrs import evolve, frozen

from leadqual.cli.lives import Lives, remarks, replay_all
from leadqual.cli.objectives import objective_option
from leadqual.cli.options import (
    bad_rows_option,
    base_options,
    contact_options,
    json_option,
    playbook_argument,
    read_instant,
    shown_instant,
    verdicts_option,
)
from leadqual.cli.ranking import heading, left_out
from leadqual.cli.refusals import reason_of
from leadqual.cli.screen import print_json, reading_bar, say, screen, told_progress
from leadqual.cli.spanish import TEXTS
from leadqual.cli.store import Desk, serving, store_options
from leadqual.cli.storescreen import print_standing
from leadqual.cli.voice import Voice, language_option, voice_of
from leadqual.cli.work import BadRows
from leadqual.files import read_consents, read_reports
from leadqual.playbook import Playbook, load_playbook
from leadqual.service.answers import Replayed

_MOST: Final = 20


@click.command()
@playbook_argument
@store_options
@base_options(required=True)
@verdicts_option
@contact_options
@click.option(
    "--now",
    callback=read_instant,
    required=True,
    metavar="INSTANT",
    help="Up to this instant, such as 2026-11-01T12:00:00Z; what comes later is left out.",
)
@objective_option
@language_option
@bad_rows_option
@json_option
def run(
    *,
    playbook: Path,
    url: str,
    tenant: str,
    leads: tuple[Path, ...],
    events: tuple[Path, ...],
    verdicts: tuple[Path, ...],
    consents: tuple[Path, ...],
    reports: tuple[Path, ...],
    now: datetime,
    objective: str | None,
    language: str,
    bad_rows: BadRows,
    as_json: bool,
) -> None:
    """Take the leads of files into a store, with all that happened to them.

    Each lead goes through the lifecycle and the sequences of PLAYBOOK as `leadqual history` replays it: everything is
    known at its own instant, never at that of the clock, so that the same files give the same facts in every store.
    What is decided goes into the outbox of the store; `leadqual effects` shows it.

    Run again, with the same files or longer ones, only what is new is taken: nothing doubles. One that was stopped is
    finished by running it again.
    """
    loaded = load_playbook(playbook)
    lives = replay_all(loaded, leads, events, verdicts, now, bad_rows=bad_rows, objective=objective)
    for kind, files in (("consents", consents), ("reports", reports)):
        with reading_bar(sum(path.stat().st_size for path in files)) as progress:
            if files and kind == "consents":
                lives.consents = read_consents(files, loaded, bad_rows=bad_rows, progress=progress)
            elif files:
                lives.reports = read_reports(files, loaded, bad_rows=bad_rows, progress=progress)
    with serving(loaded, url, tenant, objective, new=True) as desk:
        with told_progress("Taking in", len(lives.base.leads)) as told:
            came = desk.service.replay(
                lives.base.leads,
                events=lives.base.events,
                verdicts=lives.said.by_lead,
                consents=lives.consents.by_lead,
                reports=lives.reports.by_lead,
                now=now,
                bad=bad_rows,
                progress=told,
            )
        taken = _Taken(lives=lives, came=came)
        if as_json:
            print_json(taken.document(desk, loaded))
        else:
            taken.show(desk, voice_of(loaded, language))


@frozen(kw_only=True)
class _Taken:
    """What was read, and what came of it."""

    lives: Lives
    came: Replayed

    def document(self, desk: Desk, playbook: Playbook) -> dict[str, Any]:
        """Return it for machines."""
        lives, came = self.lives, self.came
        standing = desk.service.standing()
        effects = (("claimed", standing.claimed), ("waiting", standing.waiting))
        reasons = Counter(reason_of(refusal) for _, refusal in came.refused)
        return {
            **heading(playbook, lives.now),
            "tenant": desk.tenant,
            "leads": {"taken": came.leads, "new": came.opened, "changed": came.changed, "erased": came.erased},
            "events": {"new": came.new_events, "known": came.known_events},
            "said": {"new": came.new_said, "known": came.known_said},
            "facts": came.facts,
            "refused": dict(sorted(reasons.items())),
            "stray": len(came.stray),
            "problems": [str(problem) for problem in came.problems],
            "later_events": lives.later_events,
            "later_verdicts": lives.later_verdicts,
            "strangers": lives.strangers,
            "copies": lives.base.report.copies,
            "orphans": lives.base.report.orphans,
            "bad_rows": self._bad_rows,
            "store": {
                "stages": {name: standing.stages.get(name, 0) for name in lives.qualifier.lifecycle.stages},
                "facts": dict(sorted(desk.facts().items())),
                "effects": {name: count for name, count in effects if count},
            },
            "warnings": list(self._remarks()),
        }

    def show(self, desk: Desk, voice: Voice) -> None:
        """Show it to people."""
        came, console = self.came, screen()
        print_standing(console, desk, voice)
        say(console, voice("Up to {at}", at=shown_instant(self.lives.now)))
        for sentence in self._sentences(voice):
            say(console, sentence)
        for problem in came.problems[:_MOST]:
            say(console, str(problem), wrap=False)
        for remark in self._remarks():
            text = voice(remark) if remark in TEXTS else remark
            say(console, voice("Note: {note}", note=text), style="yellow")

    def _sentences(self, voice: Voice) -> Iterator[str]:
        came, lives = self.came, self.lives
        yield voice(
            "{leads} taken in: {new} new, {changed} with another profile.",
            leads=voice.count(came.leads, "lead"),
            new=voice.words.amount(came.opened),
            changed=voice.words.amount(came.changed),
        )
        yield voice(
            "{events} new, {known} known before; of what was said, {said} new, {known_said} known before.",
            events=voice.count(came.new_events, "event"),
            known=voice.words.amount(came.known_events),
            said=voice.words.amount(came.new_said),
            known_said=voice.words.amount(came.known_said),
        )
        yield voice("{facts} by this run.", facts=voice.count(came.facts, "fact"))
        counts = (
            (came.erased, "lead that was erased before", "leads that were erased before"),
            (lives.later_events, "event later than --now", "events later than --now"),
            (lives.later_verdicts, "verdict later than --now", "verdicts later than --now"),
            (len(came.stray), "report on a touch that has not come due", "reports on touches that have not come due"),
            (len(came.problems), "event that could not be taken", "events that could not be taken"),
        )
        report = evolve(lives.base.report, bad_rows=self._bad_rows)
        found = [*left_out(report, voice), *(voice.count(count, one, many) for count, one, many in counts if count)]
        if found:
            yield voice("Left out: {parts}.", parts="; ".join(found))
        reasons = Counter(reason_of(refusal, voice) for _, refusal in came.refused)
        for reason, count in sorted(reasons.items()):
            yield voice("Not taken: {verdicts}, since {reason}.", verdicts=voice.count(count, "verdict"), reason=reason)

    @property
    def _bad_rows(self) -> int:
        lives = self.lives
        return sum(one.bad_rows for one in (lives.base.report, lives.said, lives.consents, lives.reports))

    def _remarks(self) -> Iterator[str]:
        lives = self.lives
        yield from remarks(lives)
        for one in (lives.base.report, lives.said, lives.consents, lives.reports):
            yield from one.warnings
