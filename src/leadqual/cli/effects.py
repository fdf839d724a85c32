"""``leadqual effects``: the outbox of a store, for shells: shown, claimed, and what became of it."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import click

from leadqual.cli.options import instant_or_clock, json_option, now_option, playbook_argument, shown_instant
from leadqual.cli.ranking import heading
from leadqual.cli.screen import print_json, say, screen
from leadqual.cli.store import Desk, serving, store_options
from leadqual.cli.storescreen import print_effects
from leadqual.cli.voice import Voice, language_option, voice_of
from leadqual.errors import ClaimLost, InputError, Kind, Problem, kind_of, shown
from leadqual.lifecycle.stored import effect_to_plain
from leadqual.playbook import load_playbook
from leadqual.service import Claim
from leadqual.service.bodies import effect_of
from leadqual.service.clock import instant
from leadqual.service.rows import EffectRow

_SPAN: Final = re.compile(r"(\d{1,6})([smhd])", re.ASCII)
_UNITS: Final = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_LONGEST: Final = timedelta(days=7)
_ONE: Final = "Choose one of --claim, --done, --failed, --dead and --revive"


def _read_span(_ctx: click.Context, _option: click.Parameter, text: str) -> timedelta:
    found = _SPAN.fullmatch(text)
    span = timedelta(seconds=int(found[1]) * _UNITS[found[2]]) if found else timedelta(0)
    if not timedelta(0) < span <= _LONGEST:
        raise click.BadParameter(f"{text!a} is no span up to 7 days. Write it like 30s, 5m or 2h.")
    return span


@click.command()
@playbook_argument
@store_options
@now_option
@click.option("--claim", type=click.IntRange(1, 1000), metavar="N", help="Claim so many, as JSON Lines with a token.")
@click.option(
    "--lease",
    callback=_read_span,
    default="5m",
    show_default=True,
    metavar="SPAN",
    help="For how long they are claimed: 30s, 5m, 2h.",
)
@click.option("--done", is_flag=True, help="Those on stdin, as --claim gave them, were carried out.")
@click.option("--failed", metavar="REASON", help="Those on stdin could not be; a short word why, nothing personal.")
@click.option("--dead", is_flag=True, help="Show those that were given up instead.")
@click.option(
    "--revive", multiple=True, metavar="KEY", help="Try one again that was given up; may be given repeatedly."
)
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, metavar="N", help="How many are shown."
)
@language_option
@json_option
def effects(
    *,
    playbook: Path,
    url: str,
    tenant: str,
    now: datetime | None,
    claim: int | None,
    lease: timedelta,
    done: bool,
    failed: str | None,
    dead: bool,
    revive: tuple[str, ...],
    limit: int,
    language: str,
    as_json: bool,
) -> None:
    """Show what waits in the outbox of a store, or carry it out from a shell.

    By itself it only shows: what waits, what is claimed by somebody, with --dead what was given up after twenty times.
    What an effect says may be personal and is not shown; --claim gives it, one effect a line.

    Whoever carries effects out reads the lines of --claim, and hands those that went well to --done, the others to
    --failed: they come again after a while. A claim ends with its lease; an effect may therefore come twice, always
    with the same key.
    """
    if sum((claim is not None, done, failed is not None, dead, bool(revive))) > 1:
        raise click.UsageError(_ONE)
    loaded, at = load_playbook(playbook), instant_or_clock(now)
    voice = voice_of(loaded, language)
    said = list(_said()) if done or failed is not None else []
    with serving(loaded, url, tenant) as desk:
        if claim is not None:
            for claimed in desk.service.effects(now=at, limit=claim, lease=lease):
                click.echo(json.dumps(_claim_data(claimed)))
        elif done:
            count = _tell(desk, said, partial(desk.service.done, now=at))
            say(screen(), voice("{effects} carried out.", effects=voice.count(count, "effect")))
        elif failed is not None:
            count = _tell(desk, said, partial(desk.service.failed, now=at, reason=failed))
            say(screen(), voice("{effects} noted as failed.", effects=voice.count(count, "effect")))
        elif revive:
            _revive(desk, revive, at, voice)
        else:
            standing, rows = desk.service.standing(), desk.effects(dead=dead, most=limit)
            if as_json:
                count = standing.dead if dead else standing.waiting + standing.claimed
                shown_rows = [_row_data(row) for row in rows]
                print_json({**heading(loaded, at), "tenant": tenant, "count": count, "effects": shown_rows})
            else:
                print_effects(screen(), rows, standing, voice, dead=dead)


def _said() -> Iterator[tuple[str, str]]:
    """Yield key and token of each line of stdin.

    Raises:
        InputError: With every problem, if a line is no effect.
    """
    problems = []
    found = []
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            data = None
        key, token = (data.get("key"), data.get("token")) if isinstance(data, dict) else (None, None)
        if isinstance(key, str) and isinstance(token, str):
            found.append((key, token))
        else:
            hint = "Hand over the lines that `leadqual effects --claim` gave: each has a key and a token."
            problem = Problem(where=f"stdin:{number}", what="an effect was expected", got=kind_of(line), hint=hint)
            problems.append(problem)
    if problems:
        raise InputError(problems[:100], len(problems))
    yield from found


def _tell(desk: Desk, said: list[tuple[str, str]], tell: Callable[[Claim], object]) -> int:
    """Tell the service of each what became of it; return of how many it took that.

    Raises:
        ClaimLost: In the end, if somebody else holds some of them.
    """
    rows = desk.named([key for key, _ in said])
    lost: list[Problem] = []
    for key, token in said:
        try:
            if key not in rows:
                hint = "Its lead was erased, or the store is another one."
                got = Kind("an effect that is not there")
                raise ClaimLost([Problem(where=f"effect {shown(key)}", what="no such effect", got=got, hint=hint)])
            row = rows[key]
            tell(Claim(effect=effect_of(row), token=token, attempt=row.attempts, until=instant(row.made_at)))
        except ClaimLost as error:
            lost += error.problems
    if lost:
        raise ClaimLost(lost)
    return len(said)


def _revive(desk: Desk, keys: tuple[str, ...], at: datetime, voice: Voice) -> None:
    revived = [key for key in keys if desk.service.revive(key, now=at)]
    say(screen(), voice("{effects} revived.", effects=voice.count(revived, "effect")))
    unknown = [key for key in keys if key not in revived]
    if unknown:
        hint = "`leadqual effects --dead` shows those that were given up."
        got = Kind("the key of no effect that was given up")
        raise InputError(
            [Problem(where=f"--revive {shown(key)}", what="nothing to revive", got=got, hint=hint) for key in unknown]
        )


def _claim_data(claim: Claim) -> dict[str, Any]:
    effect = claim.effect
    return {
        "key": effect.key,
        "lead_id": effect.lead_id,
        "token": claim.token,
        "attempt": claim.attempt,
        "until": shown_instant(claim.until),
        "effect": effect_to_plain(effect),
    }


def _row_data(row: EffectRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "lead_id": row.lead_id,
        "effect": row.name,
        "state": row.state,
        "ready_at": None if row.ready_at is None else shown_instant(instant(row.ready_at)),
        "attempts": row.attempts,
        "reason": row.reason,
    }
