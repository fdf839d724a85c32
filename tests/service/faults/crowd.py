"""Many processes at work on a few leads of one store at once; afterwards everything has to add up.

Run it as a script; what came of it is printed as JSON.
"""

import argparse
import json
import os
import random
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from leadqual import ConsentChange, Event, LeadqualError, Qualifier, TransitionError, Verdict
from leadqual.lifecycle import facts as made
from leadqual.lifecycle.nurtureinputs import EnrolmentChange
from leadqual.service import QualificationService
from leadqual.service.bodies import event_of, fact_of
from leadqual.service.opening import open_store
from leadqual.service.store import Store
from tests.practice.life import on
from tests.service.hosts import form

from .audit import Flaws, line_of, lines
from .planners import proposing
from .pure import Kept, events_by_lead, kept
from .world import MINUTE, QUALIFIER, SECOND, serve
from .wrong import WRONGS

LEASE: Final = timedelta(days=7)
_KINDS: Final = ("visit", "visit", "newsletter", "form", "ask", "email_reply")
_ENROL: Final = EnrolmentChange(change="enrol", sequence="one")
_SAID: Final = (
    Verdict("accept"), Verdict("maybe"), Verdict("no"), Verdict("reopen"), _ENROL, _ENROL, _ENROL,
    EnrolmentChange(change="leave", sequence="one"), ConsentChange(channel="email", purpose="*", given=True),
)  # fmt: skip
BY: Final[dict[str, Callable[[], Qualifier]]] = {"ours": lambda: QUALIFIER, "others": proposing}
"""Playbooks: one with sequences, and one whose planner is somebody else's."""


def prepare(service: QualificationService, leads: int) -> None:
    """Let the leads come in."""
    for number in range(leads):
        name = f"L{number}"
        service.capture(form(name, lead_id=name, email=f"{name}@b.example", kind="signup"), now=on(0))


def work(service: QualificationService, who: int, events: int, leads: int, sink: int) -> Counter[str]:
    """Record events in batches of any size, say what people say, let time pass, and carry out effects."""
    draw, now, recorded = random.Random(who), on(1) + who * timedelta(milliseconds=1), 0
    found: Counter[str] = Counter()
    while recorded < events:
        size = min(draw.choice((1, 1, 5, 20, 80)), events - recorded)
        batch = [_event(who, recorded + number, draw, leads, now) for number in range(size)]
        answer = service.record([*batch, *batch[: draw.randrange(2)]], now=now)
        found["new"] += answer.new
        found["known"] += answer.known
        recorded += size
        now += MINUTE
        if draw.random() < 0.7:
            found[_said(service, draw, leads, now)] += 1
        if draw.random() < 0.3:
            service.tick_due(now=now, limit=20)
        if draw.random() < 0.4:
            found["sent"] += _send(service, now, sink, limit=draw.choice((1, 10, 50)))
        now += SECOND
    return found


def _event(who: int, number: int, draw: random.Random, leads: int, now: datetime) -> Event:
    at = now - timedelta(minutes=draw.randrange(600))
    lead_id = f"L{draw.randrange(leads)}"
    return Event(id=f"{who}-{number}", lead_id=lead_id, kind=draw.choice(_KINDS), at=at)


def _said(service: QualificationService, draw: random.Random, leads: int, now: datetime) -> str:
    try:
        service.handle(f"L{draw.randrange(leads)}", draw.choice(_SAID), now=now)
    except TransitionError:
        return "refused"  # the lead stands where it cannot take it, as it may be
    return "said"


def _send(service: QualificationService, now: datetime, sink: int, *, limit: int) -> int:
    claims = service.effects(now=now, limit=limit, lease=LEASE)
    for claim in claims:
        os.write(sink, line_of(claim.effect, claim.effect.key))
        service.done(claim, now=now)
    return len(claims)


def _started(store: Callable[[], Store], by: str, who: int, given: Any, folder: Path) -> int:
    """Start a process of the crowd; what it did, or what went wrong, is written to a file of its own."""
    pid = os.fork()
    if pid:
        return pid
    found: Any = {}
    try:
        sink = os.open(folder / "sink", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        with closing(store()) as opened:
            found["did"] = work(serve(opened, BY[by]()), who, given.events, given.leads, sink)
    finally:
        error = sys.exception()
        if error is not None:
            found["error"] = "".join(traceback.format_exception(error))
        (folder / f"{who}.json").write_text(json.dumps(found), "utf-8")
        os._exit(0)


def crowd(given: Any) -> dict[str, Any]:
    """Let processes work on a store at once; return what they did and what is wrong with the store afterwards."""

    def store() -> Store:
        return WRONGS[given.build](open_store(given.url))

    folder, flaws = Path(given.folder), Flaws()
    total: Counter[str] = Counter()
    qualifier = BY[given.by]()
    with closing(store()) as opened:
        prepare(serve(opened, qualifier), given.leads)
    pids = [_started(store, given.by, who, given, folder) for who in range(given.processes)]
    try:
        for pid in pids:
            os.waitpid(pid, 0)
    except BaseException:
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        raise
    for who in range(given.processes):
        found = json.loads((folder / f"{who}.json").read_text("utf-8"))
        total.update(found.get("did", {}))
        if "error" in found:
            flaws.add("error that reached a caller", found["error"])
    with closing(open_store(given.url)) as opened:
        there = kept(opened)
    _compare(flaws, qualifier, there, given.processes * given.events + given.leads)
    _carried_out(flaws, there, folder / "sink")
    changes = sum(row.body.count('"fact":"stage_changed"') for rows in there.facts.values() for row in rows)
    return {**total, "events": len(there.events), "facts": sum(map(len, there.facts.values())), "changes": changes,
            "effects": len(there.effects), "flaws": flaws.plain()}  # fmt: skip


def _compare(flaws: Flaws, qualifier: Qualifier, there: Kept, handed_in: int) -> None:
    """See that each lead's score is that of all its events, and its state that of all its facts."""
    if len(there.events) != handed_in:
        flaws.add("event lost", f"{len(there.events)} of {handed_in}")
    events = events_by_lead(there)
    for lead_id, row in there.leads.items():
        try:
            _compare_lead(flaws, qualifier, row, events.get(lead_id, []), there.facts.get(lead_id, []))
        except LeadqualError as error:
            flaws.add("lead that cannot be read", f"{lead_id}: {error}")


def _compare_lead(flaws: Flaws, qualifier: Qualifier, row: Any, event_rows: list[Any], fact_rows: list[Any]) -> None:
    lead_id, record = row.lead_id, qualifier.load(row.record)
    own = [event_of(one) for one in event_rows]
    facts = [fact_of(one) for one in fact_rows]
    held, again = record.score(), qualifier.model.score(record.lead, own, now=record.as_of)
    if (held.interest, held.interactions) != (again.interest, again.interactions):
        flaws.add("update lost", f"{lead_id} has {held.interest} and not {again.interest}")
    if [fact.seq for fact in facts] != list(range(1, len(facts) + 1)):
        flaws.add("gap between facts", lead_id)
    elif qualifier.replay(facts) != record.state:
        flaws.add("state other than that of the facts", lead_id)
    elif qualifier.restore(record.lead, facts, own, now=record.as_of) != record:
        flaws.add("record other than the restored one", lead_id)
    _once(flaws, lead_id, facts)


def _once(flaws: Flaws, lead_id: str, facts: list[Any]) -> None:
    """See that an event has brought about one change of stage at most, and that each touch came due once."""
    causes = Counter(
        (fact.cause.source, fact.cause.id)
        for fact in facts
        if isinstance(fact, made.StageChanged) and fact.cause.kind == "event"
    )
    touches = Counter(fact.key for fact in facts if isinstance(fact, made.TouchCameDue))
    sent = Counter(fact.key for fact in facts if isinstance(fact, made.TouchEnded))
    for what, counted in (("double transition", causes), ("double touch", touches), ("touch that ended twice", sent)):
        for name, times in counted.items():
            if times > 1:
                flaws.add(what, f"{lead_id} {name}")


def _carried_out(flaws: Flaws, there: Kept, sink: Path) -> None:
    """See that nobody carried out what somebody else had, and that what is done was carried out."""
    sent = Counter(json.loads(line)["key"] for line in lines(sink))
    for key, times in sent.items():
        if times > 1:
            flaws.add("effect carried out twice", key)
        if key not in there.effects or there.effects[key].state != "done":
            flaws.add("effect carried out that is not done", key)
    for key, row in there.effects.items():
        if row.state == "done" and not sent[key]:
            flaws.add("effect done that nobody carried out", key)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--events", type=int, default=400)
    parser.add_argument("--leads", type=int, default=50)
    parser.add_argument("--by", choices=BY, default="ours")
    parser.add_argument("--build", choices=WRONGS, default="sound")
    json.dump(crowd(parser.parse_args()), sys.stdout)
