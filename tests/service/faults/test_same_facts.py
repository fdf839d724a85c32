"""The same past replayed through every store gives the same facts, to the byte."""

import hashlib
from contextlib import closing
from datetime import timedelta

import pytest

from leadqual import ConsentChange, Event, Verdict
from leadqual.service.opening import open_store
from leadqual.service.stores.memory import MemoryStore
from leadqual.service.tables import FACTS
from leadqual.testing import synthetic_base
from tests.practice.life import STANDARD

from .scale import of, say
from .world import serve

LEADS = of(200, 5_000)
DAY = timedelta(days=1)


def past(base, *, said="maybe"):
    """Return what happened to the leads of a base: their acts, some verdicts and consents."""
    events: dict[str, list[Event]] = {}
    for event in base.events:
        events.setdefault(event.lead_id, []).append(event)
    verdicts = {lead.id: [Verdict(said, reason="later", at=base.now - 9 * DAY)] for lead in base.leads[::7]}
    consents = {
        lead.id: [ConsentChange(channel="email", purpose="newsletter", given=True, at=base.now - 20 * DAY)]
        for lead in base.leads[::5]
    }
    return {"events": events, "verdicts": verdicts, "consents": consents}


def lines(store):
    """Return all facts as canonical JSON, by lead and number."""
    with store.unit("main", write=False) as unit:
        return [f"{row.lead_id} {row.seq} {row.body}" for row in unit.find(FACTS, order=("lead_id", "seq"))]


def digest(facts):
    """Return the digest of facts."""
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def replayed(store, base, *, parts, **more):
    """Replay a base into a store, in one go or beginning with some of its leads; return its facts."""
    service, what = serve(store, STANDARD), past(base, **more)
    for number in range(1, parts + 1):
        leads = {lead.id: lead for lead in base.leads[: len(base.leads) * number // parts]}
        service.replay(leads, **what, now=base.now, bad="skip")
    return lines(store)


@pytest.fixture(scope="module")
def base():
    """Return the base."""
    return synthetic_base(seed=11, leads=LEADS)


@pytest.fixture(scope="module")
def in_memory(base):
    """Return the facts that its replay in memory gives."""
    return replayed(MemoryStore(), base, parts=1)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"], indirect=True)
def test_replay_gives_the_same_facts_in_every_store(kind, new_url, base, in_memory):
    """Also when it is done in parts; done once more, it adds nothing."""
    with closing(open_store(new_url())) as store:
        facts = replayed(store, base, parts=2)
        assert facts == in_memory
        assert replayed(store, base, parts=1) == facts
    assert len(facts) > LEADS
    say(f"facts of {LEADS} leads, in memory and on {kind}", f"{len(facts)}, sha256 {digest(facts)}")


def test_replay_of_another_past_gives_other_facts(in_memory):
    """One other word of a person is seen."""
    small = synthetic_base(seed=11, leads=60)
    known = [line for line in in_memory if line < "L000061"]
    assert replayed(MemoryStore(), small, parts=1) == known
    assert replayed(MemoryStore(), small, parts=1, said="no") != known
