"""One input upon one lead, once: a command that is repeated under its id does nothing."""

import json
from collections.abc import Callable

from leadqual.canonical import canonical_json, plain
from leadqual.errors import CommandReused, Kind, Problem, UnknownLead, shown
from leadqual.lifecycle.inputs import Flag, Input
from leadqual.service.answers import Decision
from leadqual.service.bodies import fact_of, text_of
from leadqual.service.recording import decision_of
from leadqual.service.rows import CommandRow
from leadqual.service.sparing import spare
from leadqual.service.tables import COMMANDS, EVENTS, FACTS
from leadqual.service.work import Work


def decide(work: Work, lead_id: str | None, said: Input, command_id: str | None) -> Decision:
    """Decide what becomes of a lead upon an input; see `QualificationService.handle`.

    Args:
        work: The command.
        lead_id: The lead; ``None`` for that of the event that a flag is about.
        said: The input.
        command_id: The id of the command, if it has one.
    """

    def decided() -> Decision:
        held = work.need(_flagged(work, said) if lead_id is None else lead_id)
        work.handle(held, said)
        if held.readdressed:
            spare(work, held)
        return decision_of(held)

    return once(work, command_id, [lead_id, type(said).__name__, plain(said)], decided)


def once(work: Work, command_id: str | None, content: object, do: Callable[[], Decision]) -> Decision:
    """Carry out a command, unless one of this id was carried out before.

    Args:
        work: The command.
        command_id: Its id; without one it is carried out whenever it comes.
        content: What it says, as plain data.
        do: What it does.

    Raises:
        CommandReused: If the id came with other content before.
    """
    if command_id is None:
        return do()
    digest = work.desk.digests.of("command", canonical_json(content))
    known = work.unit.get(COMMANDS, [(command_id,)])
    if known:
        return _again(work, known[0], digest)
    decision = do()
    numbers = [fact.seq for fact in decision.facts if fact.lead_id == decision.lead_id]
    answer = {"stage": decision.stage, "facts": [min(numbers), max(numbers)] if numbers else []}
    lead_id = decision.lead_id
    row = CommandRow(command_id=command_id, digest=digest, lead_id=lead_id, at=work.at, answer=text_of(answer))
    work.add(COMMANDS, row)
    return decision


def _again(work: Work, row: CommandRow, digest: str) -> Decision:
    """Return what came of a command when it was carried out."""
    if row.digest != digest:
        where, hint = f"command {shown(row.command_id)}", "Give each command an id of its own; repeat one word by word."
        what = "this id came with other content before"
        raise CommandReused([Problem(where=where, what=what, got=Kind("another command"), hint=hint)])
    answer = json.loads(row.answer)
    facts = []
    if answer["facts"]:
        first, last = answer["facts"]
        rows = work.unit.get(FACTS, [(row.lead_id, seq) for seq in range(first, last + 1)])
        facts = [fact_of(one) for one in rows]
    return Decision(lead_id=row.lead_id, stage=answer["stage"], facts=tuple(facts), repeated=True)


def _flagged(work: Work, said: Input) -> str:
    """Return the lead of the event that a flag is about.

    Raises:
        UnknownLead: If there is no such event.
    """
    rows = work.unit.get(EVENTS, [said.key]) if isinstance(said, Flag) else []
    if not rows:
        where = f"event {shown(said.event_id)}" if isinstance(said, Flag) else "lead"
        hint = "Pass the source and the id with which it was recorded, or the lead's id."
        raise UnknownLead([Problem(where=where, what="no such event", got=Kind("an unknown key"), hint=hint)])
    return rows[0].lead_id
