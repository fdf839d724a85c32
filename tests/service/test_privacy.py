"""No personal data in messages, tracebacks, logs and reprs.

Canaries, words that stand nowhere else, are put wherever a host may put something personal: addresses, numbers,
visitors, companies, answers, properties of events, reasons, actors, sources and wordings of consents. Then every
command is made to fail in every way, over every kind of store, and all that may come into a log is searched for them.
"""

import logging
import sqlite3
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta

import pytest
from attrs import evolve

from leadqual import (
    ConsentChange,
    Event,
    Flag,
    InputRefused,
    LeadqualError,
    PlannerError,
    ProfileChange,
    Proposal,
    StoreError,
    Suppression,
    Verdict,
)
from leadqual.errors import Kind, Problem, kind_of
from leadqual.lifecycle.nurtureinputs import EnrolmentChange, TouchReport
from leadqual.service import Form, QualificationService
from leadqual.service.holdings import holding_of
from leadqual.service.opening import open_store
from leadqual.service.outbox import MOST_ATTEMPTS
from leadqual.service.stores.sqlite import SQLiteStore
from leadqual.service.tables import EFFECTS, EVENTS, FACTS, LEADS, TABLES
from leadqual.service.work import Work
from tests.practice.life import on

from .canaries import Canaries, Set, Speaking, everything_of, playbook

KEY = b"a key that nobody can guess"
ENROL = EnrolmentChange(change="enrol", sequence="one")


@pytest.fixture
def canaries():
    """Return what makes canaries."""
    return Canaries()


@pytest.fixture(autouse=True)
def logged(caplog):
    """Return what is logged, by anybody and however little it matters."""
    caplog.set_level(logging.DEBUG)
    return caplog


def lived(store, canaries, *, planner=False):
    """Return a service with 40 leads of whom much is personal: some 600 canaries."""
    service = QualificationService(playbook(planner=planner), store, key=KEY)
    for number in range(40):
        lead_id = f"L{number}"
        service.capture(canaries.form(f"f{number}", lead_id=lead_id), now=on(0))
        service.record([canaries.act(f"e{number}", lead_id)], now=on(1))
        if number % 2 == 0:
            service.handle(lead_id, canaries.verdict("accept"), now=on(1), command_id=f"accept-{number}")
        elif not planner:
            service.handle(lead_id, ENROL, now=on(1))
    return service


def failing(service, canaries):
    """Yield commands that fail, each with what it is handed: all public ones, in all the ways they have."""
    word, now = canaries.word, on(2)

    def odd():
        return [word()]

    told = ConsentChange(channel="email", purpose="news", given=False, source=word(), wording=word(), actor=word())
    known = service.record_of("L0").lead
    wrong = [None, -7, word(), [word()], {word(): word()}, object(), word().encode()]
    for value in wrong:
        yield lambda value=value: service.capture(value, now=now)
        yield lambda value=value: service.record(value, now=now)
        yield lambda value=value: service.record([value], now=now)
        yield lambda value=value: service.record([], now=now, bad=value)
        yield lambda value=value: service.handle("L0", value, now=now)
        yield lambda value=value: service.verdict("L0", value, now=now)
        yield lambda value=value: service.consent("L0", value, now=now)
        yield lambda value=value: service.flag(value, now=now)
        yield lambda value=value: service.change_profile(evolve(known), now=value)
        yield lambda value=value: service.tick_due(now=value)
        yield lambda value=value: service.effects(now=now, lease=value)
        yield lambda value=value: service.done(value, now=now)
        yield lambda value=value: service.failed(value, now=now)
        yield lambda value=value: service.tick_due(now=now, limit=value)
        yield lambda value=value: service.effects(now=now, limit=value)
        yield lambda value=value: service.dead(limit=value)
        if not isinstance(value, str):
            yield lambda value=value: service.handle(value, told, now=now)
            yield lambda value=value: service.merge(value, "L1", now=now)
            yield lambda value=value: service.unmerge("L1", value, now=now)
            yield lambda value=value: service.revive(value, now=now)
            yield lambda value=value: service.erase(value, now=now)
            yield lambda value=value: service.export_lead(value)
            yield lambda value=value: service.handle("L0", told, now=now, command_id=[value])
        if value is not None:
            yield lambda value=value: service.unmerge("L1", "L2", now=now, leads=value)
    naive = now.replace(tzinfo=None)
    yield lambda: service.capture(canaries.form("late", lead_id="L0"), now=naive)
    yield lambda: service.erase("L0", now=naive)
    # forms
    yield lambda: canaries.form("f", email=7, phone=[word()], attributes=word(), properties=word(), consents=word())
    yield lambda: canaries.form("f", page=f"{word()}\0", visitor=f"{word()}\ud800", campaign={word()})
    yield lambda: canaries.form("f", intent=word(), acquisition=word(), kind=[word()], source={word()})
    yield lambda: Form(id=odd(), at=word(), email=word())
    yield lambda: service.capture(canaries.form("f", attributes={"employees": word()}), now=now)
    yield lambda: service.capture(canaries.form("f", attributes={"full_name": [word()]}), now=now)
    yield lambda: service.capture(canaries.form("f", attributes={"email": word()}), now=now)
    yield lambda: service.capture(canaries.form("f", kind="booking", properties={"people": word()}), now=now)
    yield lambda: service.capture(canaries.form("f", properties={"comment": {word(): word()}}), now=now)
    yield lambda: service.capture(canaries.form("f", properties={"else": object()}, email=canaries.email()), now=now)
    yield lambda: service.capture(canaries.form("f", 99), now=now)
    yield lambda: service.capture(canaries.form("f0", lead_id="L0"), now=now)
    # events
    yield lambda: service.record([canaries.act("e0", "L0")], now=now)
    yield lambda: service.record([canaries.act("n1", "L0"), canaries.act("n1", "L1")], now=now)
    yield lambda: service.record([canaries.act("n2", "L99")], now=now)
    yield lambda: service.record([canaries.act("n3", "L0", 99)], now=now)
    yield lambda: service.record([canaries.act("n4", "L0", 1, "booking", people=word())], now=now)
    yield lambda: service.record([canaries.act("n5", "L0", comment={word(): object()})], now=now)
    yield lambda: service.record([canaries.act("n6", "L0", **{word(): object()})], now=now)
    yield lambda: service.record([canaries.act("n7", "L0", comment=f"{word()}\0")], now=now)
    yield lambda: Event(id="", lead_id="L0", kind=odd(), at=word(), properties=word(), by=word())
    # what people say
    yield lambda: service.verdict("L99", canaries.verdict("yes"), now=now)
    yield lambda: service.verdict("L0", canaries.verdict("reinstate"), now=now)
    yield lambda: service.verdict("L0", canaries.verdict("reopen"), now=now)
    yield lambda: service.verdict("L0", canaries.verdict("yes"), now=now, command_id="accept-2")
    yield lambda: service.verdict("L0", canaries.verdict("accept"), now=now, command_id="accept-0")
    yield lambda: service.verdict("L0", canaries.verdict("maybe", at=on(99)), now=now)
    yield lambda: Verdict(word(), reason=odd(), actor=odd(), currency=odd())
    yield lambda: Verdict("yes", amount=word(), currency=odd(), closed_on=word(), wake_on=word())
    yield lambda: ConsentChange(channel=odd(), purpose=odd(), given=word(), source=odd(), wording=odd())
    yield lambda: Suppression(channel=odd(), reason=odd(), actor=odd(), at=word())
    yield lambda: TouchReport(key=odd(), outcome=word(), reason=odd())
    yield lambda: EnrolmentChange(change=word(), sequence=odd(), actor=odd())
    yield lambda: Flag(event_id=odd(), source=odd(), flag=word(), on=word(), actor=odd())
    yield lambda: ProfileChange(word(), actor=odd())
    yield lambda: service.consent("L99", told, now=now)
    yield lambda: service.flag(Flag(event_id="nothing", flag="bot", actor=word()), now=now)
    yield lambda: service.handle("L0", EnrolmentChange(change="leave", sequence="one", actor=word()), now=now)
    yield lambda: service.handle("L0", EnrolmentChange(change="leave", sequence="two", actor=word()), now=now)
    yield lambda: service.handle("L0", TouchReport(key="none", reason=word()), now=now)
    yield lambda: service.change_profile(evolve(known, attributes={"employees": word()}), now=now)
    yield lambda: service.change_profile(evolve(known, attributes={"full_name": [word()]}), now=now)
    yield lambda: service.change_profile(evolve(known, attributes={"notes": f"{word()}\0"}), now=now)
    yield lambda: service.change_profile(evolve(known, id="L99", email=canaries.email()), now=now)
    yield lambda: evolve(known, email=7, phone=[word()], attributes={"email": word()}, kind=word())
    yield lambda: service.handle("L0", ProfileChange(evolve(known, id="L1")), now=now)
    # who is who
    yield lambda: service.merge("L0", "L99", now=now)
    yield lambda: service.merge("L0", "L0", now=now)
    yield lambda: service.unmerge("L0", "L1", now=now)
    yield lambda: service.erase("L99", now=now)
    yield lambda: service.export_lead("L99")
    yield lambda: service.record_of("L99")
    yield lambda: service.facts_of("L99")
    # what goes out
    (claim, *_) = service.effects(now=now, limit=1)
    service.done(claim, now=now)
    yield lambda: service.done(evolve(claim, token=word()), now=now)
    yield lambda: service.failed(claim, now=now, reason=f"{word()}\0")
    yield lambda: service.failed(evolve(claim, token=word()), now=now, reason=word())
    # the service itself
    store = service._store
    yield lambda: QualificationService(word(), store)
    yield lambda: QualificationService(service.qualifier, store, tenant=odd(), key=KEY)
    yield lambda: QualificationService(service.qualifier, store, tenant=f"{word()}\0", key=KEY)
    yield lambda: QualificationService(service.qualifier, store, key=word())
    yield lambda: QualificationService(service.qualifier, store, key=word().encode() * 2)


def texts_of(commands):
    """Return all that may come into a log of commands, each of which has to fail by an error of ours."""
    texts = []
    for number, command in enumerate(commands):
        try:
            command()
        except LeadqualError as error:
            texts += everything_of(error)
        else:
            pytest.fail(f"command {number} has not failed")
    return texts


def test_no_message_holds_a_canary(store, canaries, logged, capfd):
    """Of no command that fails, in no way, with all that caused it; nor is anything logged or printed."""
    service = lived(store, canaries)
    texts = texts_of(failing(service, canaries))
    assert len(canaries.made) > 500
    assert len(texts) > 500
    assert canaries.seen_in(*texts, logged.text, *capfd.readouterr()) == []


def test_search_finds_a_message_that_holds_a_canary(canaries):
    """In a message, in what caused it, in what was at work before, in a note, and where it is logged."""
    word = canaries.word

    def planted():
        raise InputRefused([Problem(where="lead.email", what="no address", got=word(), hint="")])

    def caused():
        try:
            {}[word()]
        except KeyError as error:
            raise StoreError([Problem(where="store", what="it broke", got=Kind("a fault"), hint="")]) from error

    def beside():
        with ExitStack() as stack:
            stack.callback(planted_without)
            raise KeyError(word())

    def planted_without():
        raise StoreError([Problem(where="store", what="it broke", got=Kind("a fault"), hint="")])

    def noted():
        error = StoreError([Problem(where="store", what="it broke", got=kind_of(word()), hint="")])
        error.add_note(word())
        raise error

    for one in (planted, caused, beside, noted):
        assert canaries.seen_in(*texts_of([one]))
    assert canaries.seen_in(word().upper())


def used(service, canaries):
    """Yield commands that work, of every kind: those that write, then those that read."""
    now = on(3)
    yield lambda: service.capture(canaries.form("w1", lead_id="L0"), now=now)
    yield lambda: service.capture(canaries.form("f1", lead_id="L1"), now=now)
    yield lambda: service.record([canaries.act("w2", "L0"), canaries.act("e3", "L3")], now=now)
    yield lambda: service.verdict("L2", canaries.verdict(), now=now, command_id="accept-2")
    yield lambda: service.verdict("L2", canaries.verdict(), now=now, command_id="new")
    yield lambda: service.flag(Flag(event_id="e4", flag="bot", actor=canaries.word()), now=now)
    yield lambda: service.merge("L5", "L6", now=now)
    yield lambda: service.unmerge("L5", "L6", now=now)
    yield lambda: service.tick_due(now=on(9))
    yield lambda: service.effects(now=now)
    yield lambda: service.erase("L7", now=now)
    yield lambda: service.export_lead("L8")
    yield lambda: service.record_of("L9")
    yield lambda: service.facts_of("L9")
    yield service.lead_ids
    yield service.next_due
    yield service.standing
    yield service.dead


def errors_of(commands):
    """Return the errors of commands, of ours only, and all that may come into a log of them."""
    errors, texts = [], []
    for command in commands:
        try:
            command()
        except LeadqualError as error:
            errors.append(error)
            texts += everything_of(error)
    return errors, texts


def anew(store):
    """Return a service over a store that remembers nothing."""
    return QualificationService(playbook(), store, key=KEY)


DAMAGED = ("", '{"?', '"?"', '["?"]', '{"lead": "?"}', '{"lead": {"email": "?"}, "state": {"stage": "?"}}')
"""What may stand where a record should; each question mark is something personal."""


def damaged(store, canaries, table, name):
    """Change a text of each row of a table into what cannot be read."""
    with store.unit("main", write=True) as unit:
        for number, row in enumerate(unit.find(table)):
            text = DAMAGED[number % len(DAMAGED)].replace("?", canaries.word())
            unit.put(table, [evolve(row, **{name: text})])


@pytest.mark.parametrize(("table", "name"), [(LEADS, "record"), (EVENTS, "body"), (FACTS, "body"), (EFFECTS, "body")])
def test_no_message_holds_a_canary_when_what_is_kept_is_damaged(store, canaries, table, name):
    """Whatever stands in its place."""
    lived(store, canaries)
    damaged(store, canaries, table, name)
    errors, texts = errors_of(used(anew(store), canaries))
    assert len(errors) >= 2
    assert canaries.seen_in(*texts) == []


def test_no_message_holds_a_canary_when_the_store_is_closed(store, canaries, logged):
    """Of any command."""
    service = lived(store, canaries)
    service.close()
    errors, texts = errors_of(used(service, canaries))
    assert len(errors) == len(list(used(service, canaries)))
    assert canaries.seen_in(*texts, logged.text) == []


@contextmanager
def locked(path, _):
    """Hold the file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def full(path, store):
    """Leave no room on the disk."""
    store.clear_traces()
    Set(store, path, f"PRAGMA max_page_count={path.stat().st_size // 4096}")
    yield


@contextmanager
def malformed(path, store):
    """Overwrite pages of the file."""
    store.clear_traces()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    Set(store, path, "PRAGMA cache_size=-10")  # nothing of what it has read before
    yield


@contextmanager
def without_tables(path, _):
    """Remove a table."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TABLE leadqual_events")
    yield


@contextmanager
def refusing(path, _):
    """Let a rule of the host's refuse rows, and say what they hold."""
    with closing(sqlite3.connect(path)) as other:
        for name in ("leads", "events", "facts"):
            for what in ("INSERT", "UPDATE"):
                raising = "SELECT RAISE(ABORT, 'not that row')"
                other.execute(f"CREATE TRIGGER t{what}{name} BEFORE {what} ON leadqual_{name} BEGIN {raising}; END")
        other.commit()
    yield


@pytest.mark.parametrize("happens", [locked, full, malformed, without_tables, refusing])
def test_no_message_holds_a_canary_when_a_file_cannot_be_used(tmp_path, canaries, logged, happens):
    """Of commands upon a file that somebody holds, that is full, damaged, not ours any more, or refuses."""
    path = tmp_path / "leads.db"
    with closing(SQLiteStore(path, wait=timedelta(milliseconds=20))) as store:
        service = lived(store, canaries)
        with happens(path, store):
            errors, texts = errors_of(used(service, canaries))
    assert sum(isinstance(error, StoreError) for error in errors) >= 5
    assert canaries.seen_in(*texts, logged.text) == []


def test_no_message_holds_a_canary_when_postgres_refuses_a_row(postgres_url, canaries, logged):
    """By a rule of the host's, of which Postgres says what the row holds."""
    import psycopg

    url = postgres_url()
    with closing(open_store(url)) as store:
        service = lived(store, canaries)
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            rule = "ADD CONSTRAINT ours CHECK (tenant = 'other') NOT VALID"
            connection.execute(f"ALTER TABLE leadqual_facts {rule}")
        errors, texts = errors_of(used(service, canaries))
    assert len(errors) >= 3
    assert canaries.seen_in(*texts, logged.text) == []


@pytest.fixture
def said():
    """Return what a planner says; nothing at first."""
    Speaking.said.clear()
    yield Speaking.said
    Speaking.said.clear()


def test_no_message_of_ours_holds_what_a_planner_says(store, canaries, logged, said):
    """When it fails, or proposes what nobody can do; its own error is the cause, for its author."""
    service = lived(store, canaries, planner=True)
    for one in (ValueError(canaries.word()), canaries.word(), Proposal(step="a", at=canaries.word())):
        said[:] = [one]
        with pytest.raises(PlannerError) as caught:
            service.handle("L1", ENROL, now=on(2))
        texts = [str(caught.value), repr(caught.value), *map(repr, caught.value.problems)]
        assert canaries.seen_in(*texts, logged.text) == []


def shown(service, store, canaries):
    """Yield every value that a host, or whoever looks into a service, may have in hand."""
    form = canaries.form("v1", lead_id="L0")
    yield service.capture(form, now=on(3))
    yield from (service, store, service.qualifier, service._runner, service._runner.desk, service._runner.desk.records)
    yield from (form, *form.consents)
    event = canaries.act("v2", "L0")
    verdict = canaries.verdict()
    yield from (event, verdict, service.record([event], now=on(3)), service.record([event], now=on(3)))
    yield service.verdict("L1", verdict, now=on(3))
    yield service.verdict("L0", canaries.verdict("return"), now=on(3))
    yield service.verdict("L3", canaries.verdict("disqualify"), now=on(3))
    yield service.tick_due(now=on(4))
    record = service.record_of("L0")
    yield from (record, record.lead, record.state, record.score(), record.traces, record.tally, record.profile)
    yield from service.facts_of("L0")
    yield from service.facts_of("L1")
    yield from service.facts_of("L3")
    claims = service.effects(now=on(4))
    yield from claims
    yield from (claim.effect for claim in claims)
    yield service.merge("L4", "L6", now=on(4))
    yield from service.facts_of("L4")
    with store.unit("main", write=True) as unit:
        work = Work(service._runner.desk, unit, on(4), lock=True)
        yield from (unit, work, work.need("L0"))
        for table in TABLES:
            yield from (table, *unit.find(table))
        holding = holding_of(unit, "L0")
        yield from (holding, *holding.parts)
    yield service.erase("L0", now=on(5))
    for day in range(6, 7 + MOST_ATTEMPTS):
        for claim in service.effects(now=on(day), limit=1_000):
            service.failed(claim, now=on(day), reason=canaries.word())
    dead = service.dead()
    assert dead
    yield from dead


def test_no_value_shows_a_canary(store, canaries):
    """Rows, forms, decisions, claims, facts, effects, the service, the store and what is at work in them."""
    service = lived(store, canaries)
    texts = []
    for value in shown(service, store, canaries):
        texts += [repr(value), str(value)]
    assert len(texts) > 500
    assert canaries.seen_in(*texts) == []
