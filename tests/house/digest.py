"""Prints one SHA-256 over scores and lives of a seeded base: the same on every Python, machine, zone and locale.

Run as a script: ``python tests/house/digest.py``. The base is drawn by a generator of our own, since those of the
standard library may change; the playbook beside it uses every kind of rule, limit, decay, cap and comparison.
"""

import csv
import hashlib
import json
import locale
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import leadqual
from leadqual.files import read_base, write_scores
from leadqual.lifecycle.stored import effect_to_plain, fact_to_plain

PLAYBOOK = Path(__file__).with_name("digest.toml")
NOW = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
SIGNED = datetime(2026, 2, 28, 19, tzinfo=UTC)
LEADS = 150
TITLES = (None, "CEO", "ceo y fundador", "DIRECTOR TECNICO", "Director te\u0301cnico", "Doctor", "Werkstudent", "")
CITIES = (None, "İstanbul", "i\u0307stanbul", "ISTANBUL", "STRASSE", "Straße", "a coruña", "Ávila", "Madrid")
MAILS = (None, "a@rival.example", "b@GMAIL.com", "c@good.example", "no address")
KINDS = ("open", "download", "view", "webinar", "unsubscribe", "unknown")
ZONES = (None, "America/Santiago", "Australia/Lord_Howe", "Europe/Madrid")
PAGES = (None, "/preços/pro", "/PRECOS", "/blog", "")


class Draws:
    """A small generator whose numbers are fixed by this file alone (Knuth's MMIX constants)."""

    def __init__(self, seed: int) -> None:
        self._state = seed

    def below(self, limit: int) -> int:
        """Return a whole number from 0 up to, but without, ``limit``."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self._state >> 33) % limit

    def one(self, values):
        """Return one of the values."""
        return values[self.below(len(values))]


def lead(number: int, draws: Draws) -> leadqual.Lead:
    """Return a lead that knows some of its attributes."""
    drawn = {
        "job_title": draws.one(TITLES),
        "city": draws.one(CITIES),
        "employees": draws.one((None, 1, 9, 10, 999, 1000, 2**62)),
        "revenue": draws.one((None, 0.1, 1e6, float("nan"), -0.0)),
        "customer": draws.one((None, True, False)),
        "founded": draws.one((None, date(2015, 6, 30), date(1999, 1, 1))),
        "signed_at": draws.one((None, SIGNED, SIGNED - timedelta(microseconds=1))),
        "tools": draws.one((None, (), ("crm", "erp"), ("uber",))),
    }
    attributes = {name: value for name, value in drawn.items() if value is not None}
    since = NOW - timedelta(days=90) if draws.below(5) == 0 else None
    return leadqual.Lead(id=f"L{number:04}", email=draws.one(MAILS), since=since, attributes=attributes)


def events(number: int, draws: Draws) -> list[leadqual.Event]:
    """Return a lead's events in no order, some of them later than now, some twice."""
    drawn = []
    for index in range(draws.below(40)):
        zone = timezone(timedelta(minutes=15 * draws.below(97) - 720))
        age = timedelta(minutes=draws.below(400_000) - 400, microseconds=draws.below(10**6))
        at = (NOW - age).astimezone(zone)
        properties = {
            "asset": draws.one((None, "guide", "Guide", "gui\u0301a", "guía")),
            "page": draws.one(PAGES),
            "minutes": draws.one((None, 2.5, 2.6, float("nan"))),
        }
        event = leadqual.Event(
            id=f"e{number}-{index}",
            lead_id=f"L{number:04}",
            kind=draws.one(KINDS),
            at=at,
            by=draws.one(("lead", "lead", "us")),
            properties={name: value for name, value in properties.items() if value is not None},
        )
        drawn += [event] * (1 + (draws.below(10) == 0))
    return drawn


def described(score: leadqual.Score) -> Iterator[str]:
    """Yield all that a score says, in an order of its own."""
    numbers = (score.fit, score.interest, score.total, score.fit_low, score.fit_high, score.completeness)
    yield " ".join(map(str, numbers))
    yield repr((score.lead_id, score.grade, score.level, score.label, score.gate, score.gates, score.interactions))
    yield repr((sorted(score.qualifies), sorted(score.stays), sorted(score.kinds), score.active_days))
    yield repr((score.days_since_activity, score.days_since_contact, [(k, str(v)) for k, v in score.groups.items()]))
    for line in score.lines:
        amounts = (line.raw, line.limits, line.decay, line.cap, line.points)
        yield " ".join(map(str, (line.axis, line.where, line.name, line.what, line.count, *amounts, line.evidence)))
    yield score.explain()


def from_files(playbook: leadqual.Playbook) -> Iterator[str]:
    """Yield the scores of a base that is read from files with local times, as they are written."""
    draws = Draws(2)
    with tempfile.TemporaryDirectory() as folder:
        leads, happened, out = (Path(folder, name) for name in ("leads.csv", "events.csv", "scores.csv"))
        with leads.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["lead_id", "city", "employees"])
            table.writerows([f"L{number}", draws.one(CITIES), draws.one(("", "9", "10"))] for number in range(50))
        with happened.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["event_id", "lead_id", "kind", "when", "page"])
            for number in range(600):
                at = datetime(2026, 1, 1) + timedelta(minutes=draws.below(430_000))
                table.writerow(
                    [number, f"L{draws.below(50)}", draws.one(KINDS), at.isoformat(sep=" "), draws.one(PAGES)]
                )
        base = read_base(playbook, leads=leads, events=happened, now=NOW)
        known = sorted(base.leads.items())
        scores = [playbook.model.score(who, base.events.get(name, ()), now=NOW) for name, who in known]
        write_scores(out, scores)
        yield out.read_bytes().decode("utf-8")


def lives(playbook: leadqual.Playbook) -> Iterator[str]:
    """Yield the lives of leads: facts, effects, sentences and records, after events, verdicts and ticks."""
    draws = Draws(3)
    qualifier = leadqual.Qualifier(playbook)
    for number in range(60):
        who = leadqual.Lead(
            id=f"L{number:04}", acquisition=draws.one(("inbound", "outbound", None)), zone=draws.one(ZONES)
        )
        now = NOW - timedelta(days=400)
        outcome = qualifier.open(who, now=now)
        known = {event.key: event for event in events(number, draws) if event.at > now}
        for event in sorted(known.values(), key=lambda one: (one.at, one.id)):
            due = qualifier.next_due(outcome.record)
            if due is not None and due < event.at:
                outcome = qualifier.handle(outcome.record, leadqual.Tick(), now=due)
                yield from told(outcome)
            outcome = qualifier.handle(outcome.record, event, now=event.at)
            yield from told(outcome)
            allowed = qualifier.allowed(outcome.record)
            if allowed and draws.below(6) == 0:
                said = leadqual.Verdict(draws.one(allowed), reason="timing")
                outcome = qualifier.handle(outcome.record, said, now=event.at)
                yield from told(outcome)
        yield outcome.record.to_json()


def told(outcome: leadqual.Outcome) -> Iterator[str]:
    """Yield all that an outcome says."""
    yield json.dumps([fact_to_plain(fact) for fact in outcome.facts], sort_keys=True)
    yield json.dumps([effect_to_plain(effect) for effect in outcome.effects], sort_keys=True)
    yield outcome.because
    yield outcome.explain("es")


def everything() -> Iterator[str]:
    """Yield every text that goes into the digest."""
    playbook = leadqual.load_playbook(PLAYBOOK)
    model = playbook.model
    yield playbook.to_json()
    yield playbook.fingerprint
    yield model.fingerprint
    draws = Draws(1)
    for number in range(LEADS):
        who, happened = lead(number, draws), events(number, draws)
        yield from described(model.score(who, happened, now=NOW))
        tally = model.tally([event for event in happened if event.at <= NOW], lead=who)
        yield str(model.score(who, tally, now=NOW).total)
    yield from from_files(playbook)
    yield from lives(playbook)


def digest() -> str:
    """Return the digest as hexadecimal text."""
    whole = hashlib.sha256()
    for text in everything():
        whole.update(text.encode("utf-8") + b"\0")
    return whole.hexdigest()


if __name__ == "__main__":
    try:
        found = locale.setlocale(locale.LC_ALL, "")
    except locale.Error:
        found = "absent"
    print(digest(), f"locale={found}", f"python={sys.version.split()[0]}")
