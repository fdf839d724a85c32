"""What a comparison of two playbooks came to, on the screen, for machines and as a file."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Final

from attrs import asdict, frozen
from rich.console import Console

from leadqual.canonical import canonical_json
from leadqual.cli.options import shown_instant
from leadqual.cli.ranking import heading
from leadqual.cli.screen import say, say_lines
from leadqual.cli.spanish import TEXTS
from leadqual.cli.voice import Voice
from leadqual.cli.work import NO_EVENTS
from leadqual.conditions.words import Words
from leadqual.files.writers import disarmed
from leadqual.playbook import Playbook
from leadqual.playbook.diff import Diff
from leadqual.playbook.flips import Flip, Flips, Reason

COLUMNS: Final = (
    *("lead_id", "label_before", "label_after", "qualifies_before", "qualifies_after"),
    *("stays_before", "stays_after", "gate_before", "gate_after", "moved_most"),
)


@frozen(kw_only=True)
class Diffed:
    """What a comparison came to.

    Attributes:
        before: The playbook as it was.
        after: The playbook as it is.
        diff: What changed in words.
        flips: Who stands elsewhere, if a base was named.
        now: As of when the base was scored.
        objective: The objective under which it was.
        warnings: What reading the base warned of.
        with_events: Whether events were named.
    """

    before: Playbook
    after: Playbook
    diff: Diff
    flips: Flips | None
    now: datetime
    objective: str | None
    warnings: tuple[str, ...]
    with_events: bool

    @property
    def labels(self) -> Mapping[str, str]:
        """What people call things, by either playbook."""
        language = self.diff.language
        return {**self.before.labels.get(language, {}), **self.after.labels.get(language, {})}

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader of the figures should know."""
        if self.flips is None:
            return ()
        return (*(() if self.with_events else (NO_EVENTS,)), *self.warnings)


def print_diffed(console: Console, found: Diffed, paths: Sequence[Path], output: Path | None, *, clock: bool) -> None:
    """Print what changed, then who stands elsewhere.

    Args:
        console: Where to.
        found: The comparison.
        paths: Where the two playbooks are.
        output: The file to which the leads went.
        clock: Whether the instant came from the clock; then it is said how to repeat it.
    """
    voice = Voice(words=Words(language=found.diff.language, labels=found.labels))
    for side, path, one in zip(("Before", "After"), paths, (found.before, found.after), strict=True):
        say(console, f"{voice(side)}: {path} ({one.name} {one.version})", "bold", wrap=False)
    console.print()
    say_lines(console, found.diff.explain())
    if found.flips is not None:
        console.print()
        at = shown_instant(found.now)
        say(console, voice("As of {at} (the clock; repeat with --now {at})" if clock else "As of {at}", at=at), "bold")
        if found.objective is not None:
            say(console, voice("Under the objective {objective}", objective=found.objective))
        say_lines(console, found.flips.explain(found.diff.language, labels=found.labels))
    for remark in found.remarks:
        say(console, voice("Note: {note}", note=voice(remark) if remark in TEXTS else remark), "yellow")
    if found.diff and (found.before.name, found.before.version) == (found.after.name, found.after.version):
        note = "Both are called {name} {version}; raise `version` with every change."
        say(console, voice(note, name=found.after.name, version=found.after.version), "yellow")
    if output is not None and found.flips is not None:
        leads = voice.count(found.flips.flipped, "lead")
        say(console, voice("{leads} written to {path}.", leads=leads, path=output), wrap=False)


def diffed_document(found: Diffed, output: Path | None) -> dict[str, object]:
    """Return the comparison for machines; leads are in it unless they went to a file.

    Args:
        found: The comparison.
        output: The file to which they went.
    """
    names = () if found.objective is None else (found.objective,)
    document: dict[str, object] = {
        "before": heading(found.before, found.now, names),
        "after": heading(found.after, found.now, names),
        "changes": [
            {
                "kind": change.kind,
                "where": change.where,
                "where_before": change.where_before,
                "where_after": change.where_after,
                "before": _plain(change.before),
                "after": _plain(change.after),
                "words": change.words,
            }
            for change in found.diff.changes
        ],
    }
    if found.flips is not None:
        document["flips"] = _flips(found.flips, leads=output is None)
        document["warnings"] = list(found.remarks)
    if output is not None:
        document["output"] = str(output)
    return document


def _plain(value: object) -> object:
    """Return data of a document as JSON knows it."""
    return json.loads(canonical_json(value))


def _flips(found: Flips, *, leads: bool) -> dict[str, object]:
    labels = sorted(found.labels.items())
    document: dict[str, object] = {
        "leads": found.leads,
        "flipped": len(found.flipped),
        "bars": {name: asdict(flow) for name, flow in found.bars.items()},
        "stays": {name: asdict(flow) for name, flow in found.stays.items()},
        "labels": [{"before": before, "after": after, "leads": count} for (before, after), count in labels],
        "reasons": [_reason(reason) for reason in found.reasons],
    }
    if leads:
        document["who"] = [_flip(flip) for flip in found.flipped]
    return document


def _reason(reason: Reason) -> dict[str, object]:
    points = {"least": f"{reason.least:f}", "most": f"{reason.most:f}"}
    return {"axis": reason.axis, "name": reason.name, "leads": reason.leads, **points}


def _flip(flip: Flip) -> dict[str, object]:
    sides = {
        side: {
            "label": standing.label,
            "qualifies": sorted(standing.qualifies),
            "stays": sorted(standing.stays),
            "gate": standing.gate,
        }
        for side, standing in (("before", flip.before), ("after", flip.after))
    }
    moves = [{"axis": move.axis, "name": move.name, "points": f"{move.points:f}"} for move in flip.moves]
    return {"lead_id": flip.lead_id, **sides, "moves": moves}


def flips_text(found: Flips, *, safe: bool) -> str:
    """Return who stands elsewhere as a CSV file.

    Args:
        found: Who does.
        safe: Whether cells that a spreadsheet would run are disarmed.
    """
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows([disarmed(cell) if safe else cell for cell in _cells(flip)] for flip in found.flipped)
    return text.getvalue()


def _cells(flip: Flip) -> Iterator[str]:
    yield flip.lead_id
    for sides in (
        (flip.before.label, flip.after.label),
        (_names(flip.before.qualifies), _names(flip.after.qualifies)),
        (_names(flip.before.stays), _names(flip.after.stays)),
        (flip.before.gate or "", flip.after.gate or ""),
    ):
        yield from sides
    yield "; ".join(f"{move.name} {move.points:+.2f}" for move in flip.moves)


def _names(bars: frozenset[str]) -> str:
    return ";".join(sorted(bars))
