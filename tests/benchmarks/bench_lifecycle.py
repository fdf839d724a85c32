"""What a decision costs beyond scoring, against the same table in the `transitions` package; replay of a million lives.

    python tests/benchmarks/bench_lifecycle.py [--quick]

Prints CPU microseconds (least of many short runs, taken in turns, since the machine may be busy) and the ratio of ours
to the other's, both in one run.
"""

import argparse
import gc
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from transitions import EventData, Machine

from leadqual import BusinessTime, Duration, Event, Lead, Qualifier, Record, Verdict, loads
from leadqual.lifecycle.decide import on_event
from leadqual.lifecycle.evolve import replay
from leadqual.lifecycle.facts import Fact
from leadqual.lifecycle.stored import fact_from_plain, fact_to_plain
from leadqual.presets import preset_text
from leadqual.qualifier.step import Step

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
KNOWN = {"job_title": "CTO", "department": "IT", "employees": 200, "email_type": "business", "country": "ES"}
ONE_DAY = Duration(1, "d")


def least(runs: dict[str, Callable[[], object]], rounds: int, number: int = 200) -> dict[str, float]:
    """Return CPU microseconds of each function: the least of several rounds, taken in turns."""
    best = dict.fromkeys(runs, float("inf"))
    gc.disable()
    for _ in range(rounds):
        for name, run in runs.items():
            begun = time.thread_time_ns()
            for _ in range(number):
                run()
            best[name] = min(best[name], (time.thread_time_ns() - begun) / number / 1000)
    gc.enable()
    return best


def act(name: str, kind: str, at: datetime, page: str = "/a") -> Event:
    """Return an act of the lead."""
    return Event(
        id=name, lead_id="L1", kind=kind, at=at, properties={"page": page, "asset": f"a{name}", "email_id": name}
    )


def opened(qualifier: Qualifier) -> Record:
    """Return a lead that we approach, with an excellent profile."""
    lead = Lead(id="L1", email="ana@b.example", acquisition="inbound", attributes=KNOWN)
    return qualifier.open(lead, now=START).record


class Other:
    """A lead as a host of `transitions` would write it: a stage, what guards read, and what it has to store and do."""

    state: str
    on_event: Callable[[], bool]

    def __init__(self, business: BusinessTime) -> None:
        self.business = business
        self.raised = self.touched = self.accepted = self.running = self.review = False
        self.open = True
        self.qualifies: set[str] = set()
        self.stays: set[str] = set()
        self.fit_high = 60
        self.outbound = self.reply = self.interaction = False
        self.facts: list[dict[str, object]] = []
        self.effects: list[dict[str, object]] = []

    def note(self, event: EventData) -> None:
        """Note a change of stage and what has to be done, as `StageChanged`, `SlaStarted` and their effects do."""
        transition = event.transition
        at = START
        due = self.business.due(at, ONE_DAY)
        self.facts += [
            {
                "lead_id": "L1", "seq": 1, "at": at, "known_at": at, "cause": ("event", "e1"),
                "from": transition.source, "to": transition.dest,
                "fit": 6000, "interest": 588, "total": 6588, "label": "A3", "cycle": 1,
            },
            {"lead_id": "L1", "seq": 2, "at": at, "known_at": at, "sla": transition.dest, "due": due},
        ]  # fmt: skip
        self.effects += [
            {"key": f"L1:1:{transition.dest}", "notify": transition.dest},
            {"key": f"L1:2:{transition.dest}", "task": "act", "due": due},
            {"key": f"L1:2:recheck:{transition.dest}", "at": due},
        ]


def guard(name: str) -> Callable[[EventData], bool]:
    """Return the guard of a transition of the default table, written by hand."""
    guards: dict[str, Callable[[Other], bool]] = {
        "hand-raise": lambda lead: lead.raised and lead.fit_high >= 20,
        "hand-raise of a poor fit": lambda lead: lead.raised and lead.fit_high < 20,
        "score for sales": lambda lead: lead.open and "sql" in lead.qualifies,
        "score for marketing": lambda lead: lead.open and "mql" in lead.qualifies,
        "reply to our approach": lambda lead: lead.outbound and lead.reply,
        "woken by its own act": lambda lead: lead.interaction,
        "cooled as MQL": lambda lead: (
            not (lead.touched or lead.accepted or lead.running or lead.review or "mql" in lead.stays)
        ),
    }
    found = guards.get(name, lambda _: True)
    return lambda event: found(event.model)


def other(qualifier: Qualifier) -> Other:
    """Return a lead on the same table in `transitions`."""
    table = [
        {"trigger": f"on_{trigger}", "source": stage, "dest": row.to, "conditions": guard(row.name), "after": "note"}
        for row in qualifier.lifecycle.transitions
        for stage in row.from_
        for trigger in row.on
        if stage != row.to
    ]
    lead = Other(qualifier.lifecycle.business)
    Machine(
        lead,
        states=list(qualifier.lifecycle.stages),
        initial="lead",
        auto_transitions=False,
        transitions=table,
        send_event=True,
        ignore_invalid_triggers=True,
    )
    return lead


def decisions(qualifier: Qualifier, rounds: int) -> None:
    """Print what it costs that nothing moves, and that something does."""
    record = opened(qualifier)
    for i in range(20):
        event = act(f"e{i}", ("page_view", "newsletter_open")[i % 2], START + timedelta(hours=5 * i))
        record = qualifier.handle(record, event, now=event.at).record
    model, plan = qualifier.model, qualifier.lifecycle
    quiet = opened(qualifier)
    first = act("d", "download", START)
    quiet = qualifier.handle(quiet, first, now=START).record
    calm = act("n", "page_view", START + timedelta(hours=9))
    moving = act("m", "page_view", START + timedelta(days=3), "/pricing")
    assert not qualifier.handle(quiet, calm, now=calm.at).facts
    assert [fact.name for fact in qualifier.handle(quiet, moving, now=moving.at).facts] == [
        "stage_changed",
        "sla_started",
    ]

    def decision(event: Event) -> Callable[[], object]:
        ready = Step(plan, quiet, event.at)
        ready.tally, interaction = ready.tally.plus(event)
        score = ready.score()

        def run() -> None:
            step = Step(plan, quiet, event.at)
            step._score = score
            on_event(step, event, interaction=interaction)

        return run

    def scoring() -> None:
        tally, _ = quiet.tally.plus(moving)
        model.score_state(quiet.profile, tally.state, moving.at, None, quiet.state)

    theirs = other(qualifier)
    warm = other(qualifier)
    warm.qualifies = warm.stays = {"mql"}

    def step_of_theirs() -> None:
        warm.state = "lead"
        warm.facts.clear()
        warm.effects.clear()
        warm.on_event()

    took = least(
        {
            "nothing": decision(calm),
            "theirs: nothing": theirs.on_event,
            "step": decision(moving),
            "theirs: step": step_of_theirs,
            "scoring": scoring,
            "handle": lambda: qualifier.handle(quiet, moving, now=moving.at),
            "maybe": lambda: qualifier.handle(record, Verdict("maybe", reason="timing"), now=record.as_of),
        },
        rounds,
    )
    assert warm.state == "mql"
    print("a decision, beyond folding and scoring            ours   transitions   ratio")
    for name, words in (("nothing", "nothing moves"), ("step", "a step with two facts and three effects")):
        ours, others = took[name], took[f"theirs: {name}"]
        print(f"  {words:<42} {ours:7.2f} us {others:9.2f} us {ours / others:7.2f}")
    print(f"  fold and score one event                   {took['scoring']:7.2f} us")
    print(f"  fold, score, step, outcome                 {took['handle']:7.2f} us")
    print(f"  a verdict (maybe), scored, with its rest   {took['maybe']:7.2f} us")
    print(f"a record of a lead with 20 events: {len(record.to_json().encode()):,} bytes as text")


def life(qualifier: Qualifier) -> list[Fact]:
    """Return the facts of a life: marketing, sales, returned, recycled, woken, won."""
    record = opened(qualifier)
    facts = list(qualifier.open(record.lead, now=START).facts)
    inputs: list[tuple[Event | Verdict, float]] = [
        (act("a", "download", START), 0),
        (act("b", "page_view", START + timedelta(days=3), "/pricing"), 3),
        (Verdict("accept"), 4),
        (Verdict("return", reason="early"), 5),
        (Verdict("maybe", reason="timing"), 6),
        (Verdict("yes"), 200),
    ]
    for given, day in inputs:
        outcome = qualifier.handle(record, given, now=START + timedelta(days=day))
        record = outcome.record
        facts += outcome.facts
    return facts


def replays(qualifier: Qualifier, count: int) -> None:
    """Print how long it takes to make so many records from facts."""
    facts = life(qualifier)
    plain = [fact_to_plain(fact) for fact in facts]
    begun = time.process_time()
    for _ in range(count):
        replay(facts)
    whole = time.process_time() - begun
    begun = time.process_time()
    for _ in range(count // 20):
        replay(map(fact_from_plain, plain))
    read = 20 * (time.process_time() - begun)
    print(f"{count:,} records replayed from {len(facts)} facts each: {whole:.1f} s; with reading them: {read:.1f} s")


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, a tenth of the records")
    quick = parser.parse_args().quick
    qualifier = Qualifier(loads(preset_text("saas")))
    decisions(qualifier, 10 if quick else 60)
    replays(qualifier, 100_000 if quick else 1_000_000)


if __name__ == "__main__":
    main()
