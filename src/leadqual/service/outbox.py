"""What goes out: effects are claimed, carried out by the host, and said to be done; a touch is asked once more."""

from datetime import datetime, timedelta
from secrets import token_hex
from typing import Final

from attrs import evolve

from leadqual.calendar import LATEST
from leadqual.errors import ClaimLost, Kind, Problem, ProblemsError, shown
from leadqual.lifecycle.effects import TouchDue
from leadqual.lifecycle.inputs import Tick
from leadqual.lifecycle.nurtureinputs import TouchReport
from leadqual.nurture.planned import Withheld
from leadqual.service.answers import Claim
from leadqual.service.bodies import effect_of
from leadqual.service.clock import micros
from leadqual.service.rows import EffectRow
from leadqual.service.tables import EFFECTS
from leadqual.service.work import Work, withdrawn

FIRST_WAIT: Final = timedelta(minutes=1)
"""How long an effect waits after it has failed for the first time; then twice as long each time."""
LONGEST_WAIT: Final = timedelta(hours=6)
"""How long it waits at most."""
MOST_ATTEMPTS: Final = 20
"""How often it is tried before it is given up."""
_TICK: Final = Tick()


def claim(work: Work, *, limit: int, lease: timedelta) -> tuple[Claim, ...]:
    """Claim effects that are ready; see `QualificationService.effects`."""
    ready = work.unit.find(EFFECTS, upto=("ready_at", work.at), order=("ready_at", "number"), limit=limit)
    late = _let_time_pass(work, sorted({row.lead_id for row in ready if row.touch is not None}))
    keys = [row.key for row in ready]
    rows = work.unit.find(
        EFFECTS, equal={"key": keys}, upto=("ready_at", work.at), order=("ready_at", "number"), lock=work.lock
    )
    claims = []
    for row in rows:
        if row.attempts >= MOST_ATTEMPTS:  # whoever held it went without a word, each time
            work.replace(EFFECTS, row, _given_up(row, "no answer"))
        elif row.name == TouchDue.name and row.lead_id in late:
            work.replace(EFFECTS, row, evolve(row, state="waiting", token=None, ready_at=micros(work.now + FIRST_WAIT)))
        elif row.name != TouchDue.name or _goes(work, row):
            claims.append(_claimed(work, row, lease))
    return tuple(claims)


def _let_time_pass(work: Work, lead_ids: list[str]) -> frozenset[str]:
    """Lock leads, before their effects are, and let time pass for them; return those for which it cannot."""
    late = set()
    for lead_id, held in work.look(lead_ids).items():
        try:
            work.handle(held, _TICK)
        except ProblemsError:
            late.add(lead_id)
    return frozenset(late)


def _claimed(work: Work, row: EffectRow, lease: timedelta) -> Claim:
    until = min(work.now + lease, LATEST)
    taken = evolve(row, state="claimed", ready_at=micros(until), attempts=row.attempts + 1, token=token_hex(16))
    work.replace(EFFECTS, row, taken)
    return Claim(effect=effect_of(row), token=taken.token or "", attempt=taken.attempts, until=until)


def _goes(work: Work, row: EffectRow) -> bool:
    """Tell whether a touch may go now; it waits until it may, or is withdrawn and its lead told."""
    held = work.look([row.lead_id]).get(row.lead_id)
    if held is None:
        work.replace(EFFECTS, row, withdrawn(row, "erased"))
        return False
    effect = effect_of(row)
    key = effect.touch_key if isinstance(effect, TouchDue) else ""
    move = work.desk.qualifier.still_goes(held.record, key, now=work.when(held))
    if isinstance(move, Withheld):
        work.replace(EFFECTS, row, withdrawn(row, move.reason))
        if any(touch.key == key and touch.outcome == "due" for touch in held.record.state.touches):
            work.handle(held, TouchReport(key=key, outcome="skipped", reason=move.reason))
        return False
    if move.at > work.when(held):
        work.replace(EFFECTS, row, evolve(row, state="waiting", token=None, ready_at=micros(move.at)))
        return False
    return True


def done(work: Work, one: Claim) -> None:
    """Remember that an effect was carried out; see `QualificationService.done`."""
    row = _mine(work, one)
    if row is None:
        return
    work.replace(EFFECTS, row, evolve(row, state="done", ready_at=None, reason=None))
    if isinstance(one.effect, TouchDue):
        held = work.look([row.lead_id]).get(row.lead_id)
        if held is not None:
            work.handle(held, TouchReport(key=one.effect.touch_key, outcome="sent"))


def failed(work: Work, one: Claim, *, reason: str) -> datetime | None:
    """Remember that an effect could not be carried out; see `QualificationService.failed`."""
    row = _mine(work, one)
    if row is None:
        return None
    if row.attempts >= MOST_ATTEMPTS:
        work.replace(EFFECTS, row, _given_up(row, reason))
        return None
    wait = min(FIRST_WAIT * (1 << (row.attempts - 1)), LONGEST_WAIT)
    again = min(work.now + wait, LATEST)
    work.replace(EFFECTS, row, evolve(row, state="waiting", token=None, ready_at=micros(again), reason=reason))
    return again


def revive(work: Work, key: str) -> bool:
    """Let an effect be tried again that was given up; see `QualificationService.revive`."""
    rows = [row for row in work.unit.get(EFFECTS, [(key,)], lock=work.lock) if row.state == "dead"]
    for row in rows:
        work.replace(EFFECTS, row, evolve(row, state="waiting", ready_at=work.at, attempts=0, reason=None))
    return bool(rows)


def _given_up(row: EffectRow, reason: str) -> EffectRow:
    return evolve(row, state="dead", ready_at=None, token=None, reason=reason)


def _mine(work: Work, one: Claim) -> EffectRow | None:
    """Return the row of a claim; ``None`` if it is said a second time that it is done.

    Raises:
        ClaimLost: If somebody else holds it by now, or it is over otherwise.
    """
    work.look([one.effect.lead_id])
    rows = work.unit.get(EFFECTS, [(one.effect.key,)], lock=work.lock)
    row = rows[0] if rows else None
    if row is not None and row.token == one.token:
        return row if row.state == "claimed" else None
    where, hint = (
        f"effect {shown(one.effect.key)}",
        "Somebody else carries it out; claim for longer if this is often so.",
    )
    got = Kind("an effect that is gone" if row is None else f"an effect that is {row.state} by another claim")
    raise ClaimLost([Problem(where=where, what="the lease was over", got=got, hint=hint)])
